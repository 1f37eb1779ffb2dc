/** Ways to large n, p and free labels: which of them grow together, and how fast. */
import { WITHOUT_LOSSES } from '../stated/without-losses.ts';
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Sample, SampleSpace } from '../sample/sample.ts';
import { atIteration } from './variables.ts';

export interface Way {
  /** `as n grows`, for a reader. */
  readonly text: string;
  /** The sample there; null where a size is not allowed. */
  readonly at: (sample: Sample, size: number) => Sample | null;
}

/** A power of the size for n and each of the others. */
type Sizes = ReadonlyMap<string, number>;

export function waysFor(formulas: readonly Formula[], space: SampleSpace): Way[] {
  const { letters } = space;
  const all = formulas.flatMap(formula => [...nodes(formula)]);
  const names = new Set(all.flatMap(node => (node.kind === 'index' ? [node.name] : [])));
  const isWithoutPoint = all.every(({ kind }) => WITHOUT_LOSSES.has(kind));
  // A norm is a sum over all coordinates.
  if (all.some(({ kind }) => kind === 'norm')) names.add(DIMENSION);
  const free = [ITERATION, DIMENSION, ...letters.keys()].filter(name => names.has(name));
  return speedsFor(free).map(sizes => ({
    text: `as ${[...sizes.keys()].map(name => shownName(name)).join(' and ')} ${sizes.size === 1 ? 'grows' : 'grow'}`,
    at: (sample, size) => atSizes(sample, { sizes, size, space, isWithoutPoint }),
  }));
}

const shownName = (name: string): string => (name === ITERATION ? 'n' : name === DIMENSION ? 'p' : name);

/** Each alone, all together, and of two one as the square of the other. */
function speedsFor(free: readonly string[]): Sizes[] {
  const alone = free.map(name => new Map([[name, 1]]));
  const together = free.length > 1 ? [new Map(free.map(name => [name, 1]))] : [];
  const squares =
    free.length === 2 ? free.map((_, square) => new Map(free.map((name, at) => [name, at === square ? 2 : 1]))) : [];
  return [...alone, ...together, ...squares];
}

interface Asked {
  readonly sizes: Sizes;
  readonly size: number;
  readonly space: SampleSpace;
  readonly isWithoutPoint: boolean;
}

/** Labels lie within 0 … n, coordinates within 1 … p: n and p are as large as these ask for. */
function atSizes(sample: Sample, { sizes, size, space, isWithoutPoint }: Asked): Sample | null {
  const value = (name: string): number | null => {
    const power = sizes.get(name);
    return power === undefined ? null : size ** power;
  };
  const labels = new Map([...sample.letters].map(([name, own]) => [name, value(name) ?? own]));
  const most = (sort: string, least: number): number =>
    Math.max(least, ...[...labels].flatMap(([name, own]) => (space.letters.get(name) === sort ? [own] : [])));
  const n = value(ITERATION) ?? most('history', sample.n);
  const p = value(DIMENSION) ?? most('coordinate', sample.theta.length);
  if (![n, p].every(Number.isFinite) || n < most('history', 0) || p < most('coordinate', 1)) return null;
  const there = atIteration({ ...sample, letters: new Map() }, n, space);
  if (there === null || p === sample.theta.length) return there && { ...there, letters: labels };
  const wide = isWithoutPoint ? { ...there, dimension: p } : widened(there, p);
  return wide && { ...wide, letters: labels };
}

/** Points have no more coordinates than this. */
const MOST_COORDINATES = 64;

/** With so many coordinates: the point goes on as it began, and every loss by 1 along the new ones; null where that is too much. */
function widened(sample: Sample, p: number): Sample | null {
  const old = sample.theta.length;
  if (p > MOST_COORDINATES || p < old || sample.vectorFunctions.size > 0) return null;
  const goneOn = (values: readonly Rational[]): Rational[] =>
    Array.from({ length: p }, (_, at) => values[at % old] ?? Rational.one);
  const along = Array.from({ length: p - old }, (_, at) => ({
    coefficient: Rational.one,
    powers: Array.from({ length: p }, (__, other) => (other === old + at ? 1 : 0)),
  }));
  const wide = (loss: PolynomialLoss): PolynomialLoss => {
    const others = loss.monomials.map(({ coefficient, powers }) => ({
      coefficient,
      powers: Array.from({ length: p }, (_, at) => powers[at] ?? 0),
    }));
    return new PolynomialLoss([...others, ...along]);
  };
  const steps = sample.losses.slice(0, Math.min(sample.n + 1, MOST_WIDE));
  return {
    ...sample,
    theta: goneOn(sample.theta),
    losses: sample.setting === 'full-batch' ? sample.losses.map(wide) : steps.map(wide),
    earlierLosses: sample.earlierLosses.map(wide),
    vectors: new Map([...sample.vectors].map(([name, values]) => [name, goneOn(values)])),
  };
}
/** Losses of so many steps are made with many coordinates. */
const MOST_WIDE = 16;
