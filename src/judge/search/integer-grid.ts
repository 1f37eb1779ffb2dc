/** Zeros of formulas in n, p and free labels alone, by their values at all small ones: n − p² − 30, √n − 7. */
import { ARITHMETIC_KINDS, setOfKinds } from '../../formula/arithmetic.ts';
import { gcd } from '../../number/gcd.ts';
import { Budget } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { DIMENSION, type Formula, ITERATION, PI } from '../../formula/formula.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { doubleRing } from '../../evaluate/ring/double-ring.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import type { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import { type IntegerForm, integerFormOf } from '../stated/integer-form.ts';
import type { Place } from '../stated/place.ts';
import { bareEnvironment } from '../sample/bare-environment.ts';
import type { SampleSpace } from '../sample/sample.ts';

const KINDS = setOfKinds(...ARITHMETIC_KINDS, 'index', 'call', 'absolute', 'extremum', 'sum', 'product');

const isPi = (node: Formula): boolean => node.kind === 'parameter' && node.name === PI;

/** The free integers of a formula that reads nothing else; null for any other. */
export function integersOf(formula: Formula, { letters }: SampleSpace): readonly string[] | null {
  const all = [...nodes(formula)];
  const bound = new Set(all.flatMap(node => (node.kind === 'sum' || node.kind === 'product' ? [node.index] : [])));
  const free = new Set(all.flatMap(node => (node.kind === 'index' && !bound.has(node.name) ? [node.name] : [])));
  const isKnown = (name: string): boolean => name === ITERATION || name === DIMENSION || letters.has(name);
  // An abstract function may have any value at an integer.
  const isOfIntegers = (node: Formula): boolean =>
    (KINDS.has(node.kind) || isPi(node)) &&
    (node.kind !== 'call' || node.name === 'sign' || elementaryFunction(node.name) !== null);
  return free.size > 0 && all.every(isOfIntegers) && [...free].every(isKnown) ? [...free] : null;
}

/** How far each letter goes where there are so many of them. */
const LARGEST_ALONE = 2_500;
const LARGEST = [0, LARGEST_ALONE, 160, 30] as const;
const LARGEST_P = 120;
/** Powers of two that are looked at beyond. */
const FAR = Array.from({ length: 22 }, (_, at) => 2 ** (at + 4));
const LARGEST_FAR_P = 2 ** 14;
const MOST_STEPS = 600_000;
const MOST_FOUND = 8;
/** Rounding of square roots and quotients. */
const ROUNDING = 1e-11;

export interface Grid {
  readonly places: readonly Place[];
  /** Where else it was asked for. */
  readonly others: readonly Place[];
  /** Whether it has both signs, so that zeros beyond may be. */
  readonly changesSign: boolean;
  readonly wasCutShort: boolean;
}

type Sign = -1 | 0 | 1;

/** Of integers by their letters, and the sign of the formula there. */
export type AlsoAt = (sign: Sign, letters: ReadonlyMap<string, number>) => boolean;

const NOWHERE: AlsoAt = () => false;

/** The zeros of a formula on the grid of its integers, and where else it is asked for, those of the smallest sizes first. */
export function zerosOnGrid(
  formula: Formula,
  free: readonly string[],
  program: Program,
  space: SampleSpace,
  alsoAt: AlsoAt = NOWHERE,
): Grid {
  const budget = new Budget(MOST_STEPS);
  const places: Place[] = [];
  const others: Place[] = [];
  const signs = new Set<Sign>();
  let wasCutShort = false;
  let last: Sign = 0;
  const evaluators = new Map<number, Evaluator<number>>();
  const look = (values: ReadonlyMap<string, number>): void => {
    const n =
      values.get(ITERATION) ?? Math.max(0, ...[...values].map(([name, each]) => (name === DIMENSION ? 0 : each)));
    const dimension = values.get(DIMENSION) ?? 1;
    const labels = new Map([...values].filter(([name]) => name !== ITERATION && name !== DIMENSION));
    if (![...labels].every(([name, each]) => fits(name, each, n, dimension, space))) return;
    const evaluator =
      evaluators.get(dimension) ?? new Evaluator(program, bareEnvironment(doubleRing, dimension), budget);
    evaluators.set(dimension, evaluator);
    const letters = new Map([...labels, [ITERATION, n]]);
    const value = attempt(() => evaluator.value(formula, letters));
    if (!value.ok) return;
    const size = [...values.values()].reduce((most, each) => Math.max(most, each), 1);
    const isZero = Math.abs(value.value) <= ROUNDING * size;
    last = isZero ? 0 : value.value > 0 ? 1 : -1;
    signs.add(last);
    if (isZero || alsoAt(last, new Map([...letters, [DIMENSION, dimension]])))
      places.push({ n, dimension, letters: labels });
  };
  try {
    for (const values of gridOf(free)) {
      look(values);
      if (places.length >= MOST_FOUND && (alsoAt === NOWHERE || others.length > 0)) break;
    }
    // Between two neighbours of one letter there is no integer: only the signs from the last one on count.
    if (free.length === 1) signs.clear();
    signs.add(last);
    for (const far of FAR.filter(each => free.length > 1 || each > LARGEST_ALONE))
      for (const name of free)
        if (name !== DIMENSION || far <= LARGEST_FAR_P)
          look(new Map(free.map(each => [each, each === name ? far : 1])));
  } catch {
    wasCutShort = true;
  }
  return { places, others, changesSign: signs.has(1) && signs.has(-1), wasCutShort };
}

const fits = (name: string, value: number, n: number, dimension: number, { letters }: SampleSpace): boolean =>
  letters.get(name) === 'coordinate' ? value >= 1 && value <= dimension : value >= 0 && value <= n;

/** By the sum of the letters, so that small zeros come first. */
function* gridOf(free: readonly string[]): Generator<ReadonlyMap<string, number>> {
  const most = LARGEST[Math.min(free.length, LARGEST.length - 1)] ?? 0;
  const largest = (name: string): number => (name === DIMENSION ? Math.min(most, LARGEST_P) : most);
  const whole = free.reduce((sum, name) => sum + largest(name), 0);
  for (let sum = 0; sum <= whole; sum += 1) yield* withSum(free, sum, largest);
}

function* withSum(
  free: readonly string[],
  sum: number,
  largest: (name: string) => number,
): Generator<ReadonlyMap<string, number>> {
  const [first, ...others] = free;
  if (first === undefined) return;
  const least = first === DIMENSION ? 1 : 0;
  if (others.length === 0) {
    if (sum >= least && sum <= largest(first)) yield new Map([[first, sum]]);
    return;
  }
  for (let value = least; value <= Math.min(sum, largest(first)); value += 1)
    for (const rest of withSum(others, sum - value, largest)) yield new Map([[first, value], ...rest]);
}

/** 2n − 4p + 1 is zero nowhere: the numbers beside the letters have a divisor that the constant has not; n − n − 3 is a number. */
export function isNowhereZeroAffine(formula: Formula): boolean {
  const form = integerFormOf(formula);
  if (form === null) return false;
  return form.terms.size > 0 ? !dividesConstant(form) : !form.constant.isZero();
}

function dividesConstant({ constant, terms }: IntegerForm): boolean {
  const all = [constant, ...terms.values()];
  const common = all.reduce((product, { den }) => product * den, 1n);
  const whole = (value: (typeof all)[number]): bigint => (value.num * common) / value.den;
  let divisor = 0n;
  for (const each of terms.values()) divisor = gcd(divisor, whole(each));
  return divisor !== 0n && whole(constant) % divisor === 0n;
}
