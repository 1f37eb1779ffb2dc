/**
 * The switches of an optimizer's rows: what sign and |·| are taken of, the differences of what max and min compare, and norms. Where none of
 * them vanishes the rule is smooth, and is expanded.
 *
 * Source: (|x|)′ = sign(x), sign′ = 0 and max(a, b) = (a + b + |a − b|)/2 for x ≠ 0, a ≠ b.
 */
import { refuse } from '../../base/problem.ts';
import * as build from '../build.ts';
import { type BigNode, COMPONENT, type Definition, DIMENSION, type Formula, type Vector } from '../formula.ts';
import { inlined } from '../substitute.ts';
import { children } from '../walk.ts';
import { type Rows, startsAtZero } from './starts-at-zero.ts';

/** The letter of a sum, product or vector around a switch, with its range. */
export type SwitchScope = Pick<BigNode, 'index' | 'sort' | 'lower' | 'upper'>;

/** One switch of the step whose iteration is ITERATION. */
export interface Switch {
  /** What switches there. */
  readonly of: Formula['kind'];
  readonly argument: Formula;
  /** Letters besides iteration and component, the outermost first. */
  readonly scopes: readonly SwitchScope[];
  /** The first step in which the argument is not zero by itself. */
  readonly from: number;
  /** It stands in a row that makes what the next step reads: of a step, only the earlier ones count. */
  readonly late: boolean;
}

const known = new WeakMap<Rows, readonly Switch[]>();

/** Every switch of the rows once, with the intermediate rows inserted. */
export function switchesOf(optimizer: Rows): readonly Switch[] {
  const before = known.get(optimizer);
  if (before !== undefined) return before;
  const found = collect(optimizer);
  known.set(optimizer, found);
  return found;
}

/** Zero exactly where the argument is for one of its letters. */
export function vanishingOf(argument: Formula, scopes: readonly SwitchScope[]): Formula {
  return scopes.reduceRight<Formula>(
    (body, { index, sort, lower, upper }) => ({ kind: 'product', span: null, index, sort, lower, upper, body }),
    argument,
  );
}

function collect(optimizer: Rows): Switch[] {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  const found = new Map<string, Switch>();
  const seen = new Set<string>();
  const note = (of: Formula['kind'], argument: Formula, scopes: readonly SwitchScope[], late: boolean): void => {
    const own = scopesOf(argument, scopes);
    const key = keyOf([argument, ...own.flatMap(({ lower, upper }) => [lower, upper])]);
    if (found.has(key)) return;
    const from = startsAtZero(optimizer, argument);
    if (from !== null) found.set(key, { of, argument, scopes: own, from, late });
  };
  const visit = (formula: Formula, scopes: readonly SwitchScope[], late: boolean): void => {
    for (const [part, around] of partsOf(formula, quantities)) {
      const within = [...scopes, ...around];
      const key = keyOf([part, ...within.flatMap(({ lower, upper }) => [lower, upper])]);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const [argument, own] of switchesIn(part)) note(part.kind, argument, [...within, ...own], late);
      visit(part, within, late);
    }
  };
  const isLate = ({ name }: { readonly name: string }): boolean => optimizer.startedLater?.has(name) === true;
  const rows = [...optimizer.states.filter(each => !isLate(each)).map(({ right }) => right), optimizer.update];
  for (const row of rows) visit(build.multiplication(row), [], false);
  for (const { right } of optimizer.states.filter(isLate)) visit(build.multiplication(right), [], true);
  return [...found.values()];
}

/** What a node by itself switches at, with the letters of its own. */
function switchesIn(formula: Formula): (readonly [Formula, readonly SwitchScope[]])[] {
  switch (formula.kind) {
    case 'absolute':
      return isOfIteration(formula.argument) ? [] : [[formula.argument, []]];
    case 'call':
      return formula.name !== 'sign' || isOfIteration(formula.argument) ? [] : [[formula.argument, []]];
    case 'extremum': {
      const gaps: Formula[] = [];
      const [first, ...others] = formula.arguments;
      others.reduce<Formula | undefined>((best, other) => {
        if (best === undefined) return other;
        gaps.push(build.addition(best, build.negation(other)));
        return { ...formula, arguments: [best, other] };
      }, first);
      return gaps.filter(gap => !isOfIteration(gap)).map(gap => [gap, []]);
    }
    case 'norm':
      if (formula.perturbation !== null) return [];
      return formula.order === 2 ? [[formula, []]] : [[formula.argument.body, [wholeRange(formula.argument)]]];
    case 'derivative':
      if (formula.argument.kind !== 'loss') refuseInside(formula);
      return [];
    default:
      return [];
  }
}

/** The parts of a formula that are looked at in turn, with the letters that the formula binds in them. */
function partsOf(
  formula: Formula,
  quantities: ReadonlyMap<string, Definition>,
): (readonly [Formula, readonly SwitchScope[]])[] {
  switch (formula.kind) {
    case 'power': {
      // |x|² and ‖v‖² are smooth.
      const { base, exponent } = formula;
      if (isEven(exponent) && base.kind === 'absolute') return [[base.argument, []]];
      if (isEven(exponent) && isEuclidean(base)) return [[base.argument.body, [wholeRange(base.argument)]]];
      return [
        [base, []],
        [exponent, []],
      ];
    }
    case 'sum':
    case 'product':
      return [[formula.body, [formula]]];
    case 'loss':
      return [[formula.at.body, [wholeRange(formula.at)]]];
    case 'norm':
    case 'vector-call':
      return [[formula.argument.body, [wholeRange(formula.argument)]]];
    case 'quantity': {
      const row = quantities.get(formula.name);
      return row === undefined ? [] : [[inlined(formula, row), []]];
    }
    default:
      return children(formula).map(part => [part, []]);
  }
}

function refuseInside(formula: Formula): void {
  for (const node of nodes(formula)) {
    const isPiece =
      node.kind === 'absolute' || node.kind === 'extremum' || (node.kind === 'call' && node.name === 'sign');
    if (isPiece && !isOfIteration(node))
      refuse('piece-differentiated', 'a derivative of what has pieces is not covered', node.span ?? formula.span);
  }
}

/** The letters that occur, and those that their ranges depend on, the outermost first. */
function scopesOf(argument: Formula, scopes: readonly SwitchScope[]): readonly SwitchScope[] {
  const used: SwitchScope[] = [];
  const read = [argument];
  for (const scope of scopes.toReversed()) {
    if (!read.some(part => mentions(part, scope.index))) continue;
    used.push(scope);
    read.push(scope.lower, scope.upper);
  }
  return used.toReversed();
}

const wholeRange = ({ index: letter }: Vector): SwitchScope => ({
  index: letter,
  sort: 'coordinate',
  lower: build.number(1),
  upper: build.index(DIMENSION),
});

const isEven = (exponent: Formula): boolean =>
  exponent.kind === 'number' &&
  exponent.value.isInteger() &&
  exponent.value.num % 2n === 0n &&
  exponent.value.sign() > 0;

const isEuclidean = (base: Formula): base is Extract<Formula, { kind: 'norm' }> =>
  base.kind === 'norm' && base.order === 2 && base.perturbation === null;

const mentions = (formula: Formula, letter: string): boolean =>
  nodes(formula).some(node => node.kind === 'index' && node.name === letter);

/** Equal for formulas that differ in their places in the text alone. */
const keyOf = (formulas: readonly Formula[]): string =>
  JSON.stringify(formulas, (name, value: unknown) =>
    name === 'span' ? undefined : typeof value === 'bigint' ? String(value) : value,
  );

/** What depends on the parameters, or on the step. */
export const OF_THE_STATE: ReadonlySet<Formula['kind']> = new Set([
  'iterate',
  'loss',
  'quantity',
  'derivative',
  'norm',
  'step',
  'vector-call',
]);

/** Whether only numbers, n, schedules and hyperparameters occur. */
export const isOfIteration = (formula: Formula): boolean =>
  nodes(formula).every(node => !OF_THE_STATE.has(node.kind) && !(node.kind === 'index' && node.name === COMPONENT));

function nodes(formula: Formula): readonly Formula[] {
  const found: Formula[] = [formula];
  for (let at = 0; at < found.length; at += 1) found.push(...children(found[at] ?? formula));
  return found;
}
