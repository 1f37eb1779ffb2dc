/**
 * A sum of the normal form carried out in double precision, index by index: what does not depend on the index that moved keeps
 * its value. And what goes into it: forms, and numbers that look random.
 */
import { hashOf } from '../base/seeded-numbers.ts';
import type { Constraint } from '../expression/core/domain.ts';
import { type FactorPower, factorForms } from '../expression/core/factor.ts';
import { atomForm, isBound } from '../expression/core/indices.ts';
import type { LinearForm } from '../number/linear-form.ts';

export type IndexValues = ReadonlyMap<number, number>;

/** The value of a form; not a number where an index has none. */
export function floatOf(form: LinearForm, indices: IndexValues): number {
  let sum = form.constant;
  for (const term of form.terms) sum += term[1] * (indices.get(term[0]) ?? Number.NaN);
  return sum;
}

/** A number between 0 and 1 that depends on the text and the seed only. */
export const randomBy = (text: string, seed: number): number => hashOf(text, seed) / 2 ** 32;

/** A value with the innermost bound index in it, −1 where there is none; undefined until it is asked for. */
interface Part {
  readonly innermost: number;
  value: number | undefined;
}

/** A power in a sum, with the values of its base and of its exponent. */
interface PowerInSum {
  readonly power: FactorPower;
  readonly base: Part;
  readonly exponent: Part;
}

const powerInSum = (power: FactorPower): PowerInSum => ({
  power,
  base: { innermost: innermostOf(factorForms(power.factor)), value: undefined },
  exponent: { innermost: innermostOf([power.exponent.form]), value: undefined },
});

function innermostOf(forms: readonly LinearForm[]): number {
  let innermost = -1;
  for (const { terms } of forms)
    for (const [index] of terms) if (isBound(index)) innermost = Math.max(innermost, index);
  return innermost;
}

/** The range of every bound index, and the constraints that can be looked at as soon as it has a value. */
interface Domain {
  readonly ranges: readonly { low: number; high: number }[];
  readonly checks: readonly (readonly Constraint[])[];
  /** Values of the free indices, and of those bound ones that have one already. */
  readonly indices: Map<number, number>;
}

export interface SumInNumbers extends Domain {
  readonly powers: readonly PowerInSum[];
}

/** Σ of the product of the powers over the domain; `product` is asked at every point of it and fills in what is undefined. */
export function sumInNumbers(
  factors: readonly FactorPower[],
  domain: Domain,
  product: (sum: SumInNumbers) => number,
): number {
  return sumFrom(0, { ...domain, powers: factors.map(powerInSum) }, product);
}

const allHold = (constraints: readonly Constraint[], indices: IndexValues): boolean =>
  constraints.every(
    ({ left, right, bound }) => floatOf(atomForm(left), indices) - floatOf(atomForm(right), indices) <= bound,
  );

/** Over the bound indices from `index` on; the earlier ones have values. */
function sumFrom(index: number, sum: SumInNumbers, product: (sum: SumInNumbers) => number): number {
  const { ranges, checks, indices, powers } = sum;
  const range = ranges[index];
  if (range === undefined) return product(sum);
  let total = 0;
  for (let at = range.low; at <= range.high; at += 1) {
    indices.set(index, at);
    // What holds further indices is undefined again when these are set again.
    for (const { base, exponent } of powers) {
      if (base.innermost === index) base.value = undefined;
      if (exponent.innermost === index) exponent.value = undefined;
    }
    if (allHold(checks[index] ?? [], indices)) total += sumFrom(index + 1, sum, product);
  }
  indices.delete(index);
  return total;
}
