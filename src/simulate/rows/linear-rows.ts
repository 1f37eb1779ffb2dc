/**
 * Optimizers whose states are sums over the history with weights that do not depend on the point: s^{(n+1)} = Σ a_n s^{(n)} +
 * Σ c_n h^e φ(∇E_n), as momentum and averages of powers of the gradient are. The weights then come once for all points, and the past
 * needs as many Hessian-vector products as there are φ and batches, instead of one a step.
 */
import { addition, divide, index, iterate, multiplication, negation, number } from '../../formula/build.ts';
import { type Formula, ITERATION, type Vector } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { labelOffset } from '../jet/label-offset.ts';

/** scalar · h^power · pure, where `pure` is a function of ∇E_n at one point and free of n. */
export interface GradientPart {
  readonly scalar: Formula;
  readonly power: number;
  readonly pure: Formula;
  /** Equal keys: the same function. */
  readonly key: string;
  /** The point of the gradient; null where `pure` is a constant. */
  readonly point: Vector | null;
}
/** scalar · state^{(n+offset)}. */
export interface StatePart {
  readonly scalar: Formula;
  readonly state: string;
  readonly offset: 0 | 1;
}
export interface LinearRow {
  readonly name: string;
  readonly states: readonly StatePart[];
  readonly gradients: readonly GradientPart[];
  readonly initial: readonly GradientPart[];
}

/** scalar · θ^{(n+offset)}, without h. */
export interface IteratePart {
  readonly scalar: Formula;
  readonly offset: number;
}

export interface Parts {
  readonly states: readonly StatePart[];
  readonly gradients: readonly GradientPart[];
  readonly iterates: readonly IteratePart[];
}
const NOTHING: Parts = { states: [], gradients: [], iterates: [] };
const one = number(1);

/** The rows of the states with components, in the order of the optimizer; null where one is not of this shape. */
export function linearRows(optimizer: Optimizer): LinearRow[] | null {
  const splitter = new Splitter(optimizer);
  const rows: LinearRow[] = [];
  for (const row of optimizer.states) {
    if (!row.componentwise) {
      if (!splitter.isScalar(splitter.inline(row.right))) return null;
      continue;
    }
    const linear = splitter.row(row);
    if (linear === null) return null;
    rows.push(linear);
  }
  return rows;
}

/** The update as a sum of such parts; null where it is none. */
export function linearUpdate(optimizer: Optimizer): Parts | null {
  const splitter = new Splitter(optimizer);
  return splitter.split(splitter.inline(optimizer.update));
}

class Splitter {
  readonly #optimizer: Optimizer;

  constructor(optimizer: Optimizer) {
    this.#optimizer = optimizer;
  }

  row({ name, right, initial }: StateRow): LinearRow | null {
    const parts = this.split(this.inline(right));
    const first = this.split(this.inline(initial));
    if (parts === null || first === null || first.states.length > 0) return null;
    if (parts.iterates.length > 0 || first.iterates.length > 0) return null;
    return { name, states: parts.states, gradients: parts.gradients, initial: first.gradients };
  }

  /** The formula with named quantities written out and every label as n plus an integer. */
  inline(formula: Formula, offset = 0): Formula {
    if (formula.kind === 'index' && formula.name === ITERATION)
      return offset === 0 ? formula : addition(index(ITERATION), number(offset));
    if (formula.kind === 'iterate' && formula.label === null) {
      const label = offset === 0 ? index(ITERATION) : addition(index(ITERATION), number(offset));
      return iterate(formula.component, label);
    }
    if (formula.kind === 'quantity') {
      const definition = this.#optimizer.quantities.find(({ name }) => name === formula.name);
      if (definition !== undefined) {
        const [label] = formula.labels;
        const own = label === undefined ? 0 : labelOffset(label, formula.span);
        return this.inline(definition.body, definition.labels.length === 0 ? offset : offset + own);
      }
    }
    return withChildren(
      formula,
      children(formula).map(child => this.inline(child, offset)),
    );
  }

  /** A number that depends on n alone, without h. */
  isScalar(formula: Formula): boolean {
    switch (formula.kind) {
      case 'number':
      case 'parameter':
      case 'schedule':
        return true;
      case 'index':
        return formula.name === ITERATION;
      case 'quantity':
        return this.#optimizer.states.some(({ name, componentwise }) => name === formula.name && !componentwise);
      case 'add':
      case 'negate':
      case 'multiply':
      case 'divide':
      case 'power':
      case 'root':
      case 'call':
        return children(formula).every(child => this.isScalar(child));
      default:
        return false;
    }
  }

  /** The formula, written out, as a sum of parts; null where it is none. */
  split(formula: Formula): Parts | null {
    if (this.isScalar(formula)) return isZero(formula) ? NOTHING : this.#gradientPart(formula, 0, one);
    switch (formula.kind) {
      case 'add':
        return this.#join(formula.terms.map(term => this.split(term)));
      case 'negate':
        return scaled(this.split(formula.argument), term => negation(term), 0);
      case 'multiply':
        return this.#product(formula.factors);
      case 'divide':
        return this.#quotient(formula.numerator, formula.denominator);
      case 'quantity': {
        const offset = formula.labels[0] === undefined ? 0 : labelOffset(formula.labels[0], formula.span);
        if (offset !== 0 && offset !== 1) return null;
        return { ...NOTHING, states: [{ scalar: one, state: formula.name, offset }] };
      }
      case 'iterate': {
        const offset = formula.label === null ? 0 : labelOffset(formula.label, formula.span);
        return { ...NOTHING, iterates: [{ scalar: one, offset }] };
      }
      default:
        return this.#gradientPart(one, 0, formula);
    }
  }

  #join(parts: readonly (Parts | null)[]): Parts | null {
    const known = parts.flatMap(part => (part === null ? [] : [part]));
    if (known.length < parts.length) return null;
    return {
      states: known.flatMap(part => part.states),
      gradients: known.flatMap(part => part.gradients),
      iterates: known.flatMap(part => part.iterates),
    };
  }

  #product(factors: readonly Formula[]): Parts | null {
    const power = factors.filter(({ kind }) => kind === 'step').length;
    const scalars = factors.filter(factor => this.isScalar(factor));
    const rest = factors.filter(factor => factor.kind !== 'step' && !this.isScalar(factor));
    const scale = (parts: Parts | null): Parts | null => scaled(parts, term => multiplication(...scalars, term), power);
    const [only, second] = rest;
    if (only === undefined) return scale(this.#gradientPart(one, 0, one));
    if (second === undefined) return scale(this.split(only));
    return scale(this.#gradientPart(one, 0, multiplication(...rest)));
  }

  #quotient(numerator: Formula, denominator: Formula): Parts | null {
    const above = this.split(numerator);
    if (this.isScalar(denominator)) return scaled(above, term => divide(term, denominator), 0);
    if (above === null || above.states.length + above.iterates.length > 0) return null;
    return this.#join(
      above.gradients.map(({ scalar, power, pure }) => this.#gradientPart(scalar, power, divide(pure, denominator))),
    );
  }

  /** Null where `pure` is more than a function of the gradients of this step at one point. */
  #gradientPart(scalar: Formula, power: number, pure: Formula): Parts | null {
    const points = new Map<string, Vector>();
    if (!isPure(pure, points) || points.size > 1) return null;
    const [point = null] = points.values();
    return { ...NOTHING, gradients: [{ scalar, power, pure, key: keyOf(pure), point }] };
  }
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

function scaled(parts: Parts | null, scale: (scalar: Formula) => Formula, power: number): Parts | null {
  if (parts === null || (power > 0 && parts.states.length + parts.iterates.length > 0)) return null;
  return {
    states: parts.states.map(part => ({ ...part, scalar: scale(part.scalar) })),
    gradients: parts.gradients.map(part => ({ ...part, scalar: scale(part.scalar), power: part.power + power })),
    iterates: parts.iterates.map(part => ({ ...part, scalar: scale(part.scalar) })),
  };
}

/** A function of numbers, hyperparameters and ∇E_n; the points of the gradients are collected. */
function isPure(formula: Formula, points: Map<string, Vector>): boolean {
  switch (formula.kind) {
    case 'number':
    case 'parameter':
      return true;
    case 'derivative': {
      const { argument, by } = formula;
      if (argument.kind !== 'loss' || by.length !== 1) return false;
      if (argument.batch !== null && keyOf(argument.batch) !== keyOf(index(ITERATION))) return false;
      points.set(keyOf(argument.at.body), argument.at);
      return true;
    }
    case 'add':
    case 'negate':
    case 'multiply':
    case 'divide':
    case 'power':
    case 'root':
    case 'absolute':
    case 'call':
      return children(formula).every(child => isPure(child, points));
    default:
      return false;
  }
}

const keyOf = (formula: Formula): string =>
  JSON.stringify(formula, (name, value: unknown) => {
    if (name === 'span') return undefined;
    return typeof value === 'bigint' ? value.toString() : value;
  });
