/**
 * Smaller samples, the boldest cuts first: fewer steps, fewer coordinates, fewer terms, simpler numbers. fast-check tries
 * them in this order and keeps the first that still tells the two sides apart, so a counterexample ends as numbers that a
 * person can check by hand. Every smaller sample lies in the same space.
 */
import { liesIn } from '../../formula/domain.ts';
import { hasOneLoss, isMean } from '../../notation/settings.ts';
import { Rational } from '../../number/rational.ts';
import type { Domain } from '../../optimizer/model.ts';
import { type LossMonomial, PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { LOSSES_AHEAD, type Sample, type SampleFunction, type SampleSpace } from './sample.ts';

const r = (num: number, den = 1): Rational => Rational.of(num, den);

/** Complexity of a number: what a person has to write. Simpler numbers are strictly smaller, so shrinking ends. */
const weight = (value: Rational): number =>
  value.num.toString().length * 2 +
  value.den.toString().length * 3 +
  Number(value.abs().num < 100n ? value.abs().num : 100n) +
  Number(value.den < 100n ? value.den : 100n) +
  (value.sign() < 0 ? 1 : 0);

const simpler = (value: Rational, candidates: readonly Rational[]): Rational[] =>
  candidates.filter(each => weight(each) < weight(value));

const polynomialIn = (variable: 'x' | 'v', monomials: readonly LossMonomial[]): PolynomialLoss =>
  new PolynomialLoss(monomials, index => `${variable}${index}`);

function withN(sample: Sample, n: number): Sample {
  const keep = n + 1 + LOSSES_AHEAD;
  return {
    ...sample,
    n,
    losses: hasOneLoss(sample.setting) || isMean(sample.setting) ? sample.losses : sample.losses.slice(0, keep),
    schedules: new Map([...sample.schedules].map(([name, values]) => [name, values.slice(0, keep)])),
  };
}

/** With those coordinates (from 0) alone that are kept: the others are set to zero. */
function withCoordinates(sample: Sample, isKept: (at: number) => boolean): Sample {
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, at) => isKept(at));
  const cut =
    (variable: 'x' | 'v') =>
    (polynomial: PolynomialLoss): PolynomialLoss =>
      polynomialIn(
        variable,
        polynomial.monomials
          .filter(({ powers }) => powers.every((power, at) => power === 0 || isKept(at)))
          .map(({ coefficient, powers }) => ({ coefficient, powers: kept(powers) })),
      );
  return {
    ...sample,
    theta: kept(sample.theta),
    losses: sample.losses.map(cut('x')),
    earlierLosses: sample.earlierLosses.map(cut('x')),
    vectorFunctions: new Map(
      [...sample.vectorFunctions].map(([name, components]) => [
        name,
        (components.length > 1 ? kept(components) : components).map(cut('v')),
      ]),
    ),
    vectors: new Map([...sample.vectors].map(([name, values]) => [name, kept(values)])),
  };
}

/** Of so many coordinates or terms none is cut by itself: each cut is a whole sample, and there would be thousands of them. */
const MANY = 40;

/** The letters must stay within 0…n and 1…p, and p where it is known. */
const fits = (sample: Sample, space: SampleSpace): boolean =>
  (space.components === undefined || sample.theta.length === space.components) &&
  [...sample.letters].every(([name, value]) =>
    space.letters.get(name) === 'coordinate' ? value <= sample.theta.length : value <= sample.n,
  );

function* smallerPolynomials(variable: 'x' | 'v', { monomials }: PolynomialLoss): Generator<PolynomialLoss> {
  const made = (smaller: readonly LossMonomial[]): PolynomialLoss => polynomialIn(variable, smaller);
  if (monomials.length > 2) yield made(monomials.slice(0, Math.ceil(monomials.length / 2)));
  if (monomials.length > MANY) return;
  for (const at of monomials.keys()) yield made(monomials.toSpliced(at, 1));
  for (const [at, monomial] of monomials.entries())
    for (const smaller of smallerMonomials(monomial)) yield made(monomials.with(at, smaller));
}

function* smallerMonomials({ coefficient, powers }: LossMonomial): Generator<LossMonomial> {
  for (const simple of simpler(coefficient, [r(1), r(-1), coefficient.num > 0n ? r(2) : r(-2)]))
    yield { coefficient: simple, powers };
}

function* smallerScalars(value: Rational, domain: Domain): Generator<Rational> {
  const { lower, upper } = domain;
  const within =
    lower && upper
      ? [r(1, 2), r(1, 3), r(1, 4), r(2, 3)].map(part => lower.add(upper.subtract(lower).multiply(part)))
      : [r(1), r(2), r(3)].map(part => (lower ? lower.add(part) : upper ? upper.subtract(part) : part));
  yield* simpler(value, within);
}

/** Equal scalars changed together: what differs only where β = ρ does not survive changing one of them. */
function* equalScalars(
  scalars: ReadonlyMap<string, Rational>,
  domainOf: (name: string) => Domain,
): Generator<Map<string, Rational>> {
  for (const value of new Set([...scalars.values()].map(String))) {
    const names = [...scalars].filter(([, other]) => String(other) === value).map(([name]) => name);
    const [first] = names;
    const old = first === undefined ? undefined : scalars.get(first);
    if (first === undefined || !old || names.length < 2) continue;
    for (const each of smallerScalars(old, domainOf(first)))
      if (names.every(name => liesIn(each, domainOf(name))))
        yield new Map([...scalars, ...names.map((name): [string, Rational] => [name, each])]);
  }
}

function* inMap<T>(
  map: ReadonlyMap<string, T>,
  smaller: (value: T, name: string) => Iterable<T>,
): Generator<Map<string, T>> {
  for (const [name, value] of map) for (const each of smaller(value, name)) yield new Map(map).set(name, each);
}

function* inList<T>(list: readonly T[], smaller: (value: T) => Iterable<T>): Generator<readonly T[]> {
  for (const [at, value] of list.entries()) for (const each of smaller(value)) yield list.with(at, each);
}

const smallerNumbers = (value: Rational): Rational[] => simpler(value, [r(0), r(1), r(-1), r(2)]);

/** Each coordinate by itself, or all of many at once. */
function* smallerVectors(values: readonly Rational[]): Generator<readonly Rational[]> {
  if (values.length <= MANY) yield* inList(values, smallerNumbers);
  else if (values.some(value => !value.isZero())) yield values.map(() => Rational.zero);
}

function* smallerFunctions(chosen: SampleFunction): Generator<SampleFunction> {
  const { saturating, linear, quadratic, constant } = chosen;
  for (const each of smallerNumbers(saturating)) yield { ...chosen, saturating: each };
  for (const each of smallerNumbers(linear)) yield { ...chosen, linear: each };
  for (const each of smallerNumbers(quadratic)) yield { ...chosen, quadratic: each };
  for (const each of smallerNumbers(constant)) yield { ...chosen, constant: each };
}

function* smallerSizes(sample: Sample): Generator<Sample> {
  for (const n of new Set([0, 1, Math.floor(sample.n / 2), sample.n - 1]))
    if (n >= 0 && n < sample.n) yield withN(sample, n);
  if (isMean(sample.setting) && sample.losses.length > (sample.setting === 'iid' ? 1 : sample.n + 1))
    yield { ...sample, losses: sample.losses.slice(0, -1) };
  const size = sample.theta.length;
  if (size > MANY) {
    for (const keep of [Math.floor(size / 2), size - 1]) yield withCoordinates(sample, at => at < keep);
    return;
  }
  for (let gone = sample.theta.length - 1; gone >= 0 && sample.theta.length > 1; gone--)
    yield withCoordinates(sample, at => at !== gone);
}

/** All one cut away from `sample`, boldest first. */
export function* smallerSamples(sample: Sample, space: SampleSpace): Generator<Sample> {
  const none = polynomialIn('x', []);
  if (sample.theta.length > MANY && sample.losses.some(({ monomials }) => monomials.length > 0))
    yield { ...sample, losses: sample.losses.map(() => none) };
  for (const smaller of smallerSizes(sample)) if (fits(smaller, space)) yield smaller;
  for (const [at, loss] of sample.losses.entries())
    if (loss.monomials.length > 0) yield { ...sample, losses: sample.losses.with(at, polynomialIn('x', [])) };
  for (const earlierLosses of inList(sample.earlierLosses, loss =>
    loss.monomials.length > 0 ? [polynomialIn('x', [])] : [],
  ))
    yield { ...sample, earlierLosses };
  const domains = new Map(
    space.declarations.flatMap((each): [string, Domain][] =>
      each.kind === 'scalar' ? [[each.name, each.domain]] : [],
    ),
  );
  const domainOf = (name: string): Domain =>
    domains.get(name) ?? { lower: null, lowerOpen: true, upper: null, upperOpen: true };
  for (const scalars of inMap(sample.scalars, (value, name) => smallerScalars(value, domainOf(name))))
    yield { ...sample, scalars };
  for (const scalars of equalScalars(sample.scalars, domainOf)) yield { ...sample, scalars };
  for (const theta of smallerVectors(sample.theta)) yield { ...sample, theta };
  for (const losses of inList(sample.losses, loss => smallerPolynomials('x', loss))) yield { ...sample, losses };
  for (const earlierLosses of inList(sample.earlierLosses, loss => smallerPolynomials('x', loss)))
    yield { ...sample, earlierLosses };
  for (const functions of inMap(sample.functions, smallerFunctions)) yield { ...sample, functions };
  for (const schedules of inMap(sample.schedules, values => inList(values, smallerNumbers)))
    yield { ...sample, schedules };
  for (const vectors of inMap(sample.vectors, smallerVectors)) yield { ...sample, vectors };
  for (const vectorFunctions of inMap(sample.vectorFunctions, components =>
    inList(components, each => smallerPolynomials('v', each)),
  ))
    yield { ...sample, vectorFunctions };
  for (const letters of inMap(sample.letters, (value, name) =>
    value > (space.letters.get(name) === 'coordinate' ? 1 : 0) ? [value - 1] : [],
  ))
    yield { ...sample, letters };
}

export interface Cut {
  readonly smaller: Sample;
  /** Where to begin the next time. */
  readonly place: number;
}

/**
 * The cuts from number `from` on and round to those before it: these failed a moment ago, and trying them first after every
 * success makes shrinking quadratic.
 */
export function cutsFrom(sample: Sample, space: SampleSpace, from: number): readonly Cut[] {
  const all = [...smallerSamples(sample, space)].map((smaller, place) => ({ smaller, place }));
  const start = Math.min(from, all.length);
  return [...all.slice(start), ...all.slice(0, start)];
}
