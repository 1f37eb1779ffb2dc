/**
 * The distance of a value from the parameters, with the parameters cancelled: of βw + (1−β)θ − hg, where w = θ + D, it is βD − hg.
 * Exact for every h: it is made only where the coefficients of the parameters add up to one.
 */
import {
  addition,
  iterate,
  index,
  multiplication,
  negation,
  number,
  quantity,
  subtraction,
} from '../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { withChildren } from '../../formula/walk.ts';
import { iterationPlus, offsetFromIteration } from '../label.ts';
import type { Declaration } from '../model.ts';
import { nodes, replaceIndex, rewrite } from '../replace.ts';
import { genericValues } from '../generic/generic-values.ts';
import { linearCoefficient, inserted } from './linear-coefficient.ts';
import { scalarValue } from './scalar-value.ts';
import { vanishes } from './size.ts';

const component = index(COMPONENT);
const here = iterate(component, index(ITERATION));

export interface DistanceContext {
  readonly quantities: ReadonlyMap<string, Definition>;
  readonly declarations: readonly Declaration[];
  /** The distance from θ^{(n)} of a sequence that is θ + O(h), at n plus an offset; null for other names. */
  readonly distanceOf: (name: string, offset: number) => string | null;
}

/** value − θ_j^{(n)}; the difference as it stands where the parameters occur in no simple way. */
export function distanceFromParameters(value: Formula, context: DistanceContext): Formula {
  const { quantities, declarations } = context;
  const whole = linearCoefficient(value, node => isParameters(node, context), quantities);
  if (whole === null || whole === 'nonlinear' || !isOne(whole, declarations)) return subtraction(value, here);
  const rest = without(value, context);
  if (rest === null) return subtraction(value, here);
  if (![...nodes(whole)].some(({ kind }) => kind === 'step')) return rest;
  // What the factor 1 − hλ takes from the parameters stays.
  return addition(rest, multiplication(subtraction(whole, withoutStep(whole)), here));
}

/** θ_j at n or n − 1, or a value that is θ + O(h), of the row's own component. */
function isParameters(node: Formula, { distanceOf }: DistanceContext): boolean {
  if (node.kind === 'iterate') {
    const offset = node.label === null ? 0 : offsetFromIteration(node.label);
    return isOwn(node.component) && (offset === 0 || offset === -1);
  }
  if (node.kind !== 'quantity' || node.labels[0] === undefined) return false;
  const offset = offsetFromIteration(node.labels[0]);
  return offset !== null && isOwn(node.indices[0]) && distanceOf(node.name, offset) !== null;
}

const isOwn = (formula: Formula | undefined): boolean => formula?.kind === 'index' && formula.name === COMPONENT;

/** The formula with every such value replaced by its distance from θ^{(n)}; null where it is not read. */
function without(formula: Formula, context: DistanceContext): Formula | null {
  if (isParameters(formula, context)) return distance(formula, context);
  const has = (part: Formula): boolean =>
    linearCoefficient(part, node => isParameters(node, context), context.quantities) !== null;
  if (!has(formula)) return formula;
  switch (formula.kind) {
    case 'quantity': {
      const body = inserted(formula, context.quantities);
      return body && without(body, context);
    }
    case 'add':
    case 'negate':
    case 'multiply':
    case 'divide': {
      const parts = partsOf(formula).map(part => without(part, context));
      const known = parts.filter(part => part !== null);
      if (known.length < parts.length) return null;
      if (formula.kind === 'add') {
        const kept = known.filter(part => !isNothing(part));
        return kept.length === 0 ? number(0) : withChildren({ ...formula, terms: kept }, kept);
      }
      return known.some(isNothing) ? number(0) : withChildren(formula, known);
    }
    default:
      return null;
  }
}

const isNothing = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

function partsOf(formula: Extract<Formula, { kind: 'add' | 'negate' | 'multiply' | 'divide' }>): readonly Formula[] {
  switch (formula.kind) {
    case 'add':
      return formula.terms;
    case 'multiply':
      return formula.factors;
    case 'negate':
      return [formula.argument];
    case 'divide':
      return [formula.numerator, formula.denominator];
  }
}

function distance(node: Formula, { distanceOf }: DistanceContext): Formula {
  if (node.kind === 'quantity' && node.labels[0] !== undefined) {
    const offset = offsetFromIteration(node.labels[0]) ?? 0;
    return quantity(distanceOf(node.name, offset) ?? node.name, [component], [node.labels[0]]);
  }
  const isCurrent = node.kind === 'iterate' && (node.label === null || offsetFromIteration(node.label) === 0);
  return isCurrent ? number(0) : negation(subtraction(here, iterate(component, iterationPlus(-1))));
}

const withoutStep = (formula: Formula): Formula => rewrite(formula, node => (node.kind === 'step' ? number(0) : node));

/** Whether a factor is 1 for h = 0, at generic values. */
function isOne(factor: Formula, declarations: readonly Declaration[]): boolean {
  const plain = rewrite(factor, node =>
    node.kind === 'schedule'
      ? { kind: 'parameter', span: null, name: `${node.name} ${JSON.stringify(node.index, withoutPlaces)}` }
      : node,
  );
  return [1, 2].every(seed =>
    [0, 1, 2, 3].every(n => {
      const value = scalarValue(replaceIndex(plain, ITERATION, number(n)), n, genericValues(declarations, seed));
      return value !== null && vanishes(value - 1);
    }),
  );
}

const withoutPlaces = (key: string, value: unknown): unknown =>
  key === 'span' ? undefined : typeof value === 'bigint' ? String(value) : value;
