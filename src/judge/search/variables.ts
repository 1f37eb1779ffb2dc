/** What a search changes in a sample: the real numbers that a statement reads, and n. */
import { liesIn } from '../../formula/domain.ts';
import { hasOneLoss } from '../../notation/settings.ts';
import { number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { nodes } from '../../optimizer/replace.ts';
import { partialAt } from '../satisfy/partial-at.ts';
import { LOSSES_AHEAD, MOST_LOSSES, type Sample, type SampleSpace } from '../sample/sample.ts';
import {
  type Adjustable,
  adjustablesOf,
  adjustableGradient,
  adjustableLoss,
  adjustableSchedule,
} from '../satisfy/adjustable.ts';

/** Of each kind: the first batches, coordinates and steps, which stand for the others. */
const MOST_OF_A_KIND = 2;
const MOST_VARIABLES = 6;

const ANY = { lower: null, lowerOpen: true, upper: null, upperOpen: true } as const;

/** The numbers that the formulas read at samples like this one and that can be set; each has a value there. */
export function settableNumbers(
  formulas: readonly Formula[],
  space: SampleSpace,
  sample: Sample,
  component: number,
): Adjustable[] {
  const all = formulas.flatMap(formula => [...nodes(formula)]);
  const has = (kind: Formula['kind']): boolean => all.some(node => node.kind === kind);
  const few = <T>(make: (at: number) => T, most: number): T[] =>
    Array.from({ length: Math.min(most, MOST_OF_A_KIND) }, (_, at) => make(at));
  const plain = adjustablesOf(formulas, space, component).filter(each => each.value(sample) !== null);
  const names = new Set(all.flatMap(node => (node.kind === 'schedule' ? [node.name] : [])));
  const schedules = [...names].flatMap(name =>
    few(at => adjustableSchedule(name, number(at), component), sample.n + 1),
  );
  const ownLosses = plain.some(({ name }) => name === 'a gradient' || name === 'a loss');
  // Slopes and the scale of all losses together would make ever longer numbers of each other.
  const hasSlope = all.some(node => node.kind === 'norm' || (node.kind === 'derivative' && node.by.length === 1));
  const losses = !has('loss') || ownLosses ? [] : hasSlope ? slopes(sample, component) : [scale];
  const vectors = [...sample.vectors.keys()].flatMap(name => few(at => vectorComponent(name, at), sample.theta.length));
  const functions = [...sample.functions.keys()].filter(name => !isOdd(name, space)).map(name => constantOf(name));
  const found = [...plain, ...schedules, ...losses, ...vectors, ...functions];
  return found.filter(each => each.value(sample) !== null).slice(0, MOST_VARIABLES);
}

/** The sample with losses that have the same values and gradients at the point, and no curvature: quick to change. */
export function linearised(sample: Sample): Sample {
  const { theta } = sample;
  const losses = sample.losses.map(loss => {
    const slope = theta.map((_, at) => partialAt(loss, theta, at + 1));
    const constant = slope.reduce(
      (rest, each, at) => rest.subtract(each.multiply(theta[at] ?? Rational.zero)),
      adjustableLoss(loss, theta),
    );
    const alone = (only: number): number[] => theta.map((_, at) => (at === only ? 1 : 0));
    return new PolynomialLoss([
      ...slope.map((coefficient, at) => ({ coefficient, powers: alone(at) })),
      { coefficient: constant, powers: alone(-1) },
    ]);
  });
  return { ...sample, losses };
}

const slopes = (sample: Sample, component: number): Adjustable[] => {
  const batches = hasOneLoss(sample.setting) ? 1 : Math.min(sample.n + 1, MOST_OF_A_KIND);
  return Array.from({ length: batches }, (_, batch) =>
    Array.from({ length: Math.min(sample.theta.length, MOST_OF_A_KIND) }, (__, at) =>
      adjustableGradient(number(batch), number(at + 1), component),
    ),
  ).flat();
};

/** All losses together, by the first coefficient of the first one. */
const scale: Adjustable = {
  name: 'all losses',
  domain: ANY,
  value: ({ losses }) => losses[0]?.monomials[0]?.coefficient ?? null,
  set: (sample, value) => {
    const old = sample.losses[0]?.monomials[0]?.coefficient;
    if (!old) return sample;
    return { ...sample, losses: sample.losses.map(loss => loss.scaled(value.divide(old))) };
  },
};

const vectorComponent = (name: string, at: number): Adjustable => ({
  name,
  domain: ANY,
  value: sample => sample.vectors.get(name)?.[at] ?? null,
  set: (sample, value) => ({
    ...sample,
    vectors: new Map([...sample.vectors].map(([own, old]) => [own, own === name ? old.with(at, value) : old])),
  }),
});

const isOdd = (name: string, { declarations }: SampleSpace): boolean =>
  declarations.some(each => each.kind === 'function' && each.name === name && each.odd);

const constantOf = (name: string): Adjustable => ({
  name,
  domain: ANY,
  value: sample => sample.functions.get(name)?.constant ?? null,
  set: (sample, value) => ({
    ...sample,
    functions: new Map(
      [...sample.functions].map(([own, old]) => [own, own === name ? { ...old, constant: value } : old]),
    ),
  }),
});

/** Longer numbers are not gone to. */
const MOST_BITS = 6_000n;
const isShort = ({ num, den }: Rational): boolean => num >> MOST_BITS === 0n && den >> MOST_BITS === 0n;
const isShortNegative = ({ num, den }: Rational): boolean => -num >> MOST_BITS === 0n && den >> MOST_BITS === 0n;

/** The sample with this value; null where it is not in the domain. */
export function withValue(sample: Sample, variable: Adjustable, value: Rational): Sample | null {
  if (!liesIn(value, variable.domain) || !(value.sign() < 0 ? isShortNegative(value) : isShort(value))) return null;
  return variable.set(sample, value);
}

/** The sample at another n: losses and schedules go on as they began. What lies beyond those that a sample knows has no value. */
export function atIteration(sample: Sample, n: number, { largestN }: SampleSpace): Sample | null {
  if (n < 0 || (largestN !== undefined && n > largestN) || !Number.isInteger(n)) return null;
  const steps = Math.min(n, MOST_LOSSES) + 1 + LOSSES_AHEAD;
  const goneOn = <T>(values: readonly T[]): T[] =>
    values.length === 0 ? [] : Array.from({ length: steps }, (_, at) => values[at % values.length] as T);
  if ([...sample.letters.values()].some(value => value > n)) return null;
  return {
    ...sample,
    n,
    losses: hasOneLoss(sample.setting) ? sample.losses : goneOn(sample.losses),
    schedules: new Map([...sample.schedules].map(([name, values]) => [name, goneOn(values)])),
  };
}

/** Samples like this one in which every abstract function, schedule, loss or vector is zero: each kind alone, and all of them. */
export function withoutAnything(sample: Sample): Sample[] {
  const zero = Rational.zero;
  const losses = { losses: sample.losses.map(loss => loss.scaled(zero)) };
  const schedules = { schedules: new Map([...sample.schedules].map(([name, all]) => [name, all.map(() => zero)])) };
  const vectors = { vectors: new Map([...sample.vectors].map(([name, all]) => [name, all.map(() => zero)])) };
  const functions = {
    functions: new Map(
      [...sample.functions.keys()].map(name => [
        name,
        { saturating: zero, linear: zero, quadratic: zero, constant: zero },
      ]),
    ),
  };
  const fields = {
    vectorFunctions: new Map(
      [...sample.vectorFunctions].map(([name, all]) => [name, all.map(each => each.scaled(zero))]),
    ),
  };
  const point = { theta: sample.theta.map(() => zero) };
  return [
    losses,
    schedules,
    vectors,
    functions,
    fields,
    point,
    { ...losses, ...schedules, ...vectors, ...functions, ...fields, ...point },
  ].map(changed => ({ ...sample, ...changed }));
}
