/**
 * Drawing one sample: small exact rationals, sizes up to n = 12 and p = 5, equal hyperparameters and values near the ends of
 * their domains among them. What is drawn depends on the generator and the {@link SampleSpace} alone.
 */
import { beforeFirstOf } from '../../notation/before-first.ts';
import { hasOneLoss, isMean } from '../../notation/settings.ts';
import { Rational } from '../../number/rational.ts';
import { type LossMonomial, PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import type { Declaration, Domain } from '../../optimizer/model.ts';
import { LARGEST_DIMENSION_OF } from '../stated/place.ts';
import {
  EXTREME_DIMENSION,
  EXTREME_N,
  LARGEST_DIMENSION,
  LARGEST_N,
  LOSSES_AHEAD,
  LOSSES_BEHIND,
  MOST_LOSSES_BEHIND,
  MOST_LOSSES,
  type Sample,
  type SampleFunction,
  type SampleSpace,
} from './sample.ts';

const r = (num: number, den = 1): Rational => Rational.of(num, den);

/** Random integers: fast-check's generator, or one of a seed alone. */
export interface RandomIntegers {
  nextInt(from: number, to: number): number;
}

/** Draws with the generator that it is given. */
export class Draw {
  readonly #random: RandomIntegers;
  constructor(random: RandomIntegers) {
    this.#random = random;
  }
  integer(from: number, to: number): number {
    return this.#random.nextInt(from, to);
  }
  /** True in `percent` of 100 draws. */
  chance(percent: number): boolean {
    return this.integer(0, 99) < percent;
  }
  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.integer(0, from.length - 1)] ?? from[0];
  }
  /** ±a/b with a ≤ 5, b ≤ 4, not zero. */
  nonzero(): Rational {
    return r(this.integer(1, 5) * (this.chance(50) ? 1 : -1), this.integer(1, 4));
  }
}

/** Interior points of (0,1): ordinary, near 0 and near 1, where terms that matter little elsewhere decide. */
const FRACTIONS = [
  r(1, 2),
  r(1, 2),
  r(1, 3),
  r(2, 3),
  r(1, 4),
  r(3, 4),
  r(4, 5),
  r(9, 10),
  r(9, 10),
  r(1, 10),
  r(2, 5),
  r(99, 100),
  r(1, 100),
  r(999, 1000),
  r(1, 1000),
] as const;
const POSITIVE = [
  r(1),
  r(1, 2),
  r(2),
  r(3),
  r(1, 10),
  r(1, 100),
  r(5),
  r(10),
  r(100),
  r(1, 1000),
  r(1, 1000000),
] as const;

/** Sizes beside which the n that are tried are large. */
const MODERATE = [r(1), r(1, 2), r(2), r(3), r(1, 4), r(5)] as const;

/** The ways into a domain with two ends from which n-th powers vanish soon enough. */
const DECAYING = {
  slow: [r(1, 2), r(1, 3), r(2, 5), r(1, 4), r(3, 7), r(4, 9), r(1, 10), r(1, 100)],
  wide: [r(1, 2), r(3, 5), r(2, 3), r(3, 4), r(4, 5), r(9, 10)],
  fast: [r(1, 4), r(1, 5), r(1, 6), r(1, 7), r(1, 8), r(1, 10), r(1, 12), r(2, 9), r(3, 20), r(1, 9)],
} as const;

/** Beyond 1 powers grow, which must be seen too. */
const FAR_IN = [r(2, 3), r(3, 4)] as const;
const waysInto = (upper: Rational, decay: keyof typeof DECAYING): readonly [Rational, ...Rational[]] =>
  upper.compare(Rational.one) > 0 ? [...DECAYING[decay], ...FAR_IN] : DECAYING[decay];

/** Parts of an interval for fine samples. */
const PARTS = 1000;

/** A value in a domain. */
export function scalarIn(domain: Domain, { decay, fine }: SampleSpace, draw: Draw): Rational {
  const { lower, upper } = domain;
  if (lower && upper) {
    if (decay && !domain.upperOpen && draw.chance(8)) return upper;
    if (decay) return lower.add(upper.subtract(lower).multiply(draw.pick(waysInto(upper, decay))));
    if (fine && draw.chance(40)) return lower.add(upper.subtract(lower).multiply(r(draw.integer(1, PARTS - 1), PARTS)));
    if (!domain.lowerOpen && draw.chance(8)) return lower;
    if (!domain.upperOpen && draw.chance(8)) return upper;
    return lower.add(upper.subtract(lower).multiply(draw.pick(FRACTIONS)));
  }
  const sizes = decay ? MODERATE : POSITIVE;
  if (lower) return !domain.lowerOpen && draw.chance(10) ? lower : lower.add(draw.pick(sizes));
  if (upper) return !domain.upperOpen && draw.chance(10) ? upper : upper.subtract(draw.pick(sizes));
  return draw.chance(6) ? Rational.zero : draw.nonzero();
}

const sameDomain = (a: Domain, b: Domain): boolean =>
  a.lowerOpen === b.lowerOpen && a.upperOpen === b.upperOpen && `${a.lower}|${a.upper}` === `${b.lower}|${b.upper}`;

/** All scalars; in one sample of ten, those of equal domains are equal (β = ρ). */
function scalars(space: SampleSpace, draw: Draw): Map<string, Rational> {
  const values = new Map<string, Rational>();
  const drawn: { readonly domain: Domain; readonly value: Rational }[] = [];
  const equal = draw.chance(10);
  for (const each of space.declarations) {
    if (each.kind !== 'scalar' || values.has(each.name)) continue;
    const earlier = equal ? drawn.find(({ domain }) => sameDomain(domain, each.domain)) : undefined;
    const value = earlier?.value ?? scalarIn(each.domain, space, draw);
    values.set(each.name, value);
    drawn.push({ domain: each.domain, value });
  }
  return values;
}

/** Every function has derivatives up to this one. */
const ALWAYS = 4;

/** A sparse polynomial with every gradient component, couplings, third and fourth derivatives, and all others up to those asked for. */
function polynomial(dimension: number, draw: Draw, variable: 'x' | 'v', derivatives: number): PolynomialLoss {
  const monomials = new Map<string, LossMonomial>();
  const put = (coordinates: readonly number[]): void => {
    const powers = Array.from({ length: dimension }, (_, at) => coordinates.filter(each => each === at).length);
    monomials.set(powers.join(), { coefficient: draw.nonzero(), powers });
  };
  const anyCoordinate = (): number => draw.integer(0, dimension - 1);
  for (let at = 0; at < dimension; at++) {
    put([at]);
    put([at, draw.chance(50) ? at : anyCoordinate()]);
  }
  put([anyCoordinate(), anyCoordinate(), anyCoordinate()]);
  put([anyCoordinate(), anyCoordinate(), anyCoordinate()]);
  put([anyCoordinate(), anyCoordinate(), anyCoordinate(), anyCoordinate()]);
  for (let degree = ALWAYS + 1; degree <= derivatives; degree += 1) {
    const [one, other] = [anyCoordinate(), anyCoordinate()];
    put(Array.from({ length: degree }, () => one));
    if (dimension > 1) put(Array.from({ length: degree }, (_, at) => (at === 0 ? other : anyCoordinate())));
  }
  return new PolynomialLoss([...monomials.values()], index => `${variable}${index}`);
}

/** Every gradient component, a curvature and a coupling: what a large p can afford. */
function lean(dimension: number, draw: Draw): PolynomialLoss {
  const monomial = (coordinates: readonly number[]): LossMonomial => ({
    coefficient: draw.nonzero(),
    powers: Array.from({ length: dimension }, (_, at) => coordinates.filter(each => each === at).length),
  });
  const linear = Array.from({ length: dimension }, (_, at) => monomial([at]));
  return new PolynomialLoss([...linear, monomial([0, 0]), monomial([0, dimension - 1])], index => `x${index}`);
}

const inVector = ({ monomials }: PolynomialLoss): PolynomialLoss => new PolynomialLoss(monomials, index => `v${index}`);

/** Σ x_i times a number. */
function even(dimension: number, draw: Draw): PolynomialLoss {
  const coefficient = draw.nonzero();
  const monomials = Array.from({ length: dimension }, (_, at) => ({
    coefficient,
    powers: Array.from({ length: dimension }, (__, other) => (other === at ? 1 : 0)),
  }));
  return new PolynomialLoss(monomials, index => `x${index}`);
}

/** Mostly small, so that many samples are quick, but with a fixed share of large n and of large p, and of both. */
function sizes(draw: Draw): { readonly n: number; readonly dimension: number } {
  if (draw.chance(6)) return { n: draw.integer(8, LARGEST_N), dimension: draw.integer(4, LARGEST_DIMENSION) };
  const n = draw.chance(12) ? draw.integer(8, LARGEST_N) : draw.chance(25) ? draw.integer(4, 7) : draw.integer(0, 3);
  const dimension = draw.chance(12) ? draw.integer(4, LARGEST_DIMENSION) : draw.chance(35) ? 3 : draw.integer(1, 2);
  return { n, dimension };
}

function largeSizes(draw: Draw): { readonly n: number; readonly dimension: number } {
  const n = draw.chance(70) ? draw.integer(LARGEST_N + 1, EXTREME_N) : draw.integer(1, 4);
  const dimension =
    n > LARGEST_N && draw.chance(70) ? draw.integer(1, 2) : draw.integer(LARGEST_DIMENSION + 1, EXTREME_DIMENSION);
  return { n, dimension };
}

const sampleFunction = (odd: boolean, draw: Draw): SampleFunction => ({
  saturating: draw.nonzero(),
  linear: draw.nonzero(),
  quadratic: odd ? Rational.zero : draw.nonzero(),
  constant: Rational.zero,
});

/** Most sizes at which all sequences of batches can be run; beyond that so many losses as the steps need, or a few of which each counts often. */
function lossCount(setting: SampleSpace['setting'], n: number, steps: number, draw: Draw): number {
  if (hasOneLoss(setting)) return 1;
  if (!isMean(setting)) return steps;
  const [least, most] =
    setting === 'iid' ? [n === 0 ? 1 : 2, n < 2 ? 4 : n === 2 ? 3 : 2] : [n + 1, n < 3 ? n + 3 : n + 1];
  return draw.integer(Math.min(least, MOST_LOSSES), Math.min(most, MOST_LOSSES));
}

/** What is not left to chance. */
export interface Fixed {
  readonly n: number;
  readonly dimension: number;
  readonly letters: ReadonlyMap<string, number>;
  /** All losses are linear, with the same slope in every coordinate. */
  readonly even?: boolean;
}

/** A sample of the space, at the given sizes where they are given. */
export function drawSample(space: SampleSpace, draw: Draw, fixed: Fixed | null = null): Sample {
  const { n: drawn, dimension: size } = fixed ?? (space.large ? largeSizes(draw) : sizes(draw));
  const dimension = fixed === null ? (space.components ?? size) : size;
  const n = Math.min(drawn, space.largestN ?? drawn);
  const steps = Math.min(n, MOST_LOSSES) + 1 + LOSSES_AHEAD;
  const many = (count: number): Rational[] => Array.from({ length: count }, () => draw.nonzero());
  const { declarations: declared, derivatives = ALWAYS } = space;
  // Where everything vanishes, what is not negative may still fail to be positive.
  const isFlat = space.fine === true && draw.chance(6);
  const none = new PolynomialLoss([], index => `x${index}`);
  const loss = (): PolynomialLoss => {
    if (isFlat || dimension > LARGEST_DIMENSION_OF.even) return none;
    if (fixed?.even === true) return even(dimension, draw);
    return dimension > EXTREME_DIMENSION ? lean(dimension, draw) : polynomial(dimension, draw, 'x', derivatives);
  };
  const named = <T>(kind: Declaration['kind'], make: (each: Declaration) => T): Map<string, T> =>
    new Map(declared.filter(each => each.kind === kind).map((each): [string, T] => [each.name, make(each)]));
  const sample: Sample = {
    setting: space.setting,
    n,
    theta: many(dimension),
    scalars: scalars(space, draw),
    earlierLosses: Array.from(
      { length: hasOneLoss(space.setting) ? 0 : space.beforeFirst === 'own' ? MOST_LOSSES_BEHIND : LOSSES_BEHIND },
      loss,
    ),
    ...beforeFirstOf(space),
    losses: Array.from({ length: lossCount(space.setting, n, steps, draw) }, loss),
    functions: new Map(
      declared.flatMap((each): [string, SampleFunction][] =>
        each.kind === 'function' && each.body === null ? [[each.name, sampleFunction(each.odd, draw)]] : [],
      ),
    ),
    vectorFunctions: named('vector-function', each =>
      Array.from({ length: each.kind === 'vector-function' && each.result === 'vector' ? dimension : 1 }, () =>
        dimension > EXTREME_DIMENSION ? inVector(lean(dimension, draw)) : polynomial(dimension, draw, 'v', derivatives),
      ),
    ),
    schedules: named('schedule', () => many(steps)),
    vectors: named('vector', () => many(dimension)),
    letters: new Map(
      [...space.letters].map(([name, sort]) => [
        name,
        fixed?.letters.get(name) ?? (sort === 'coordinate' ? draw.integer(1, dimension) : draw.integer(0, n)),
      ]),
    ),
  };
  return withConstants(sample, declared, draw);
}

/** A function may have any value at 0 unless it is odd. Drawn last, so that nothing else depends on it. */
function withConstants(sample: Sample, declared: readonly Declaration[], draw: Draw): Sample {
  if (sample.functions.size + sample.vectorFunctions.size === 0) return sample;
  const odd = new Set(declared.flatMap(each => (each.kind === 'function' && each.odd ? [each.name] : [])));
  const functions = [...sample.functions].map(([name, chosen]): [string, SampleFunction] => [
    name,
    odd.has(name) ? chosen : { ...chosen, constant: draw.nonzero() },
  ]);
  const vectorFunctions = [...sample.vectorFunctions].map(([name, components]): [string, PolynomialLoss[]] => [
    name,
    components.map(({ monomials }) => {
      const constant = { coefficient: draw.nonzero(), powers: sample.theta.map(() => 0) };
      return new PolynomialLoss([...monomials, constant], index => `v${index}`);
    }),
  ]);
  return { ...sample, functions: new Map(functions), vectorFunctions: new Map(vectorFunctions) };
}
