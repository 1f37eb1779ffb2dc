/**
 * The truth of a claim, by exact evaluation at many points far beyond those that the program samples, with the numbers that
 * stand in the claim and their neighbours among them. A claim is false when both sides have a value at an admissible point
 * and are not related as claimed.
 */
import type { Relation } from './claim.ts';
import { CannotTell, type Enclosure, NoValue, order } from './enclosure.ts';
import { type Meaning, type Meter, type Point, valueAt } from './evaluate.ts';
import { type Domain, type Facts, isIn } from './facts.ts';
import { type Fraction, fraction, power, times } from './fraction.ts';
import type { Dice } from './random.ts';
import { formsOf, placesOf, type Tree } from './tree.ts';

export interface Question {
  readonly left: Tree;
  readonly relation: Relation;
  readonly right: Tree;
  readonly meanings: readonly Meaning[];
  readonly facts: Facts;
}

export interface Answer {
  /** Points at which the claim holds. */
  readonly holding: number;
  /** Points at which both sides have a value. */
  readonly usable: number;
  /** Points at which a side is not 0. */
  readonly telling: number;
  readonly failing: Point | null;
}

/** Whole numbers beside n, p or an index anywhere in the claim. */
function wholeNumbers(trees: readonly Tree[]): number[] {
  return [
    ...new Set(
      trees.flatMap(tree =>
        placesOf(tree).flatMap(({ tree: node }) => [
          ...formsOf(node).map(({ constant }) => Math.abs(constant)),
          ...(node.kind === 'number' && node.value.bottom === 1n
            ? [Number(node.value.top < 0n ? -node.value.top : node.value.top)]
            : []),
        ]),
      ),
    ),
  ].filter(each => each < 70);
}

const fractionsIn = (trees: readonly Tree[]): Fraction[] =>
  trees.flatMap(tree => placesOf(tree).flatMap(({ tree: node }) => (node.kind === 'number' ? [node.value] : [])));

const USUAL: readonly Fraction[] = [
  [1, 2],
  [1, 4],
  [4, 9],
  [1, 3],
  [9, 10],
  [3, 4],
  [1, 16],
  [9, 16],
  [0, 1],
  [1, 1],
  [2, 1],
  [4, 1],
  [-1, 1],
  [-2, 1],
  [-1, 2],
  [1, 9],
  [3, 1],
  [-3, 4],
].map(([top, bottom]) => fraction(top ?? 0, bottom ?? 1));

function scalarsAt(
  scalars: ReadonlyMap<string, Domain>,
  special: readonly Fraction[],
  dice: Dice,
): Map<string, Fraction> {
  const chosen = new Map<string, Fraction>();
  for (const [name, domain] of scalars) {
    const before = [...chosen.values()];
    const candidates = [
      ...(dice.chance(0.3) ? before : []),
      ...(dice.chance(0.25) ? before.map(value => times(value, value)) : []),
      ...(dice.chance(0.35) ? special : []),
      ...(dice.chance(0.6)
        ? USUAL
        : [fraction(dice.whole(-40, 40), dice.whole(1, 9)), fraction(dice.whole(1, 12), dice.whole(13, 20))]),
      ...USUAL,
    ].filter(value => isIn(value, domain));
    chosen.set(name, candidates.length > 0 ? pickEarly(candidates, dice) : fraction(1, 2));
  }
  return chosen;
}

/** The front of the list more often than its end. */
const pickEarly = <T>(things: readonly T[], dice: Dice): T => {
  const thing = things[Math.floor(dice.next() ** 1.5 * things.length)];
  if (thing === undefined) throw new Error('nothing to pick from');
  return thing;
};

/** Random values with small denominators, the same ones for the same arguments. */
function table(dice: Dice, values: readonly Fraction[]): (...key: readonly (number | null)[]) => Fraction {
  const known = new Map<string, Fraction>();
  return (...key) => {
    const name = key.join(' ');
    const found = known.get(name) ?? dice.pick(values);
    known.set(name, found);
    return found;
  };
}

const DERIVATIVES = [2, -1, 3, 1, 5, -2, 7, -3].map(top => fraction(top)).concat([fraction(1, 2), fraction(-3, 2)]);
const SCHEDULES = [
  [1, 2],
  [1, 3],
  [2, 3],
  [1, 1],
  [2, 1],
  [3, 4],
].map(([top, bottom]) => fraction(top ?? 1, bottom ?? 1));

/** The n that are tried: all small ones, those beside the numbers of the claim, and some large ones. */
function stepsTried(leastN: number, numbers: readonly number[]): number[] {
  const near = numbers.flatMap(each => [each - 1, each, each + 1]);
  const small = Array.from({ length: 14 }, (_, at) => leastN + at);
  return [...new Set([...small, ...near, 20, 33, 60])].filter(n => n >= leastN && n <= 71);
}

/** What one point says: the order of the sides, or null where it says nothing. */
export function orderAt(
  { left, right, meanings }: Question,
  point: Point,
  meter: Meter = { steps: 0 },
): { readonly order: number; readonly telling: boolean } | null {
  try {
    const one: Enclosure = valueAt(left, point, meanings, meter);
    const other: Enclosure = valueAt(right, point, meanings, meter);
    const found = order(one, other);
    const telling = one.low.top !== 0n || other.low.top !== 0n;
    return found === null ? null : { order: found, telling };
  } catch (error) {
    if (error instanceof NoValue || error instanceof CannotTell) return null;
    throw error;
  }
}

export const related = (order: number, relation: Relation): boolean =>
  ({ '=': order === 0, '<': order < 0, '>': order > 0, '\\le': order <= 0, '\\ge': order >= 0 })[relation];

/** Steps that all points of a claim together may take. */
const ALL_STEPS = 300_000;

/** Stops at the first failing point. */
export function decide(question: Question, dice: Dice): Answer {
  const { left, right, meanings, relation, facts } = question;
  const trees = [left, right, ...meanings.map(({ body }) => body)];
  const numbers = wholeNumbers(trees);
  const special = fractionsIn(trees).flatMap(value => [value, power(value, 2)]);
  const usesP = trees.some(tree =>
    placesOf(tree).some(({ tree: node }) => formsOf(node).some(form => form.terms.some(([name]) => name === 'p'))),
  );
  let [holding, usable, telling] = [0, 0, 0];
  const meter: Meter = { steps: 0 };
  for (const n of stepsTried(facts.leastN, numbers)) {
    const dimensions = usesP
      ? [1, 2, 3, 4, 5, 6, 8, 10, dice.pick(numbers.length > 0 ? numbers : [7]) || 1]
      : [dice.whole(1, 3)];
    const rounds = n > facts.leastN + 14 ? 1 : usesP ? 2 : 3;
    for (const p of dice.shuffled(dimensions).slice(0, n < 12 ? 4 : 2)) {
      for (let round = 0; round < rounds; round += 1) {
        const point: Point = {
          n,
          p,
          letters: new Map([
            ['j', dice.whole(1, p)],
            ...facts.labels.map((name): [string, number] => [name, dice.pick([0, n, dice.whole(0, n)])]),
          ]),
          scalars: scalarsAt(facts.scalars, special, dice),
          gradient: guarded(table(dice, dice.chance(0.2) ? [...DERIVATIVES, fraction(0)] : DERIVATIVES), n),
          schedule: guardedSchedule(table(dice, SCHEDULES), n),
        };
        const found = meter.steps > ALL_STEPS ? null : orderAt(question, point, meter);
        if (!found) continue;
        usable += 1;
        if (found.telling) telling += 1;
        if (!related(found.order, relation)) return { holding, usable, telling, failing: point };
        holding += 1;
      }
    }
  }
  return { holding, usable, telling, failing: null };
}

/** Labels outside 0 … n are never used against a claim: what they mean is left to the program. */
const guarded =
  (values: (component: number, label: number | null) => Fraction, n: number): Point['gradient'] =>
  (component, label) => {
    if (label !== null && (label < 0 || label > n)) throw new CannotTell('a label outside of 0 … n');
    return values(component, label);
  };
const guardedSchedule =
  (values: (label: number) => Fraction, n: number): Point['schedule'] =>
  label => {
    if (label < 0 || label > n) throw new CannotTell('a label outside of 0 … n');
    return values(label);
  };

export function pointText({ n, p, letters, scalars }: Point): string {
  const text = ({ top, bottom }: Fraction): string => (bottom === 1n ? `${top}` : `${top}/${bottom}`);
  return [
    `n = ${n}`,
    `p = ${p}`,
    ...[...letters].map(([name, value]) => `${name} = ${value}`),
    ...[...scalars].map(([name, value]) => `${name} = ${text(value)}`),
  ].join(', ');
}
