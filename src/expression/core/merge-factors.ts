/** The factors of a term, each once: equal ones multiplied, numbers taken into the coefficient. */
import { refuse } from '../../base/problem.ts';
import { factorInteger } from '../../number/factor-integer.ts';
import { Rational } from '../../number/rational.ts';
import {
  addExponents,
  type Exponent,
  exponentOf,
  type FactorPower,
  factorKey,
  integerExponent,
  isZeroExponent,
  ONE_EXPONENT,
  plainExponent,
} from './factor.ts';
import { indexName } from './indices.ts';
import type { RawTerm } from './term.ts';

export interface Merged {
  readonly coefficient: Rational;
  readonly factors: FactorPower[];
}

/** (n+1)^{−4/5} with a number in place of n: a product of powers of primes. */
function rootsOfNumbers(power: FactorPower): readonly FactorPower[] {
  const { factor, exponent } = power;
  const plain = plainExponent(exponent);
  if (factor.kind !== 'index' || factor.index.terms.length > 0 || plain === null || plain.isInteger()) return [power];
  const { constant } = factor.index;
  if (constant < 0) refuse('root-of-negative', 'a fractional power of a negative number');
  if (constant === 0)
    return plain.sign() < 0
      ? refuse('division-by-zero', 'a denominator is zero')
      : [{ factor, exponent: ONE_EXPONENT }];
  return [...factorInteger(BigInt(constant))].map(([value, count]) => ({
    factor: { kind: 'integer', value },
    exponent: exponentOf(plain.multiply(Rational.of(count))),
  }));
}

/** Multiplies equal factors; takes what is a number into the coefficient. Null when the term is zero. */
export function mergeFactors(term: Pick<RawTerm, 'coefficient' | 'factors'>): Merged | null {
  let coefficient = term.coefficient;
  const byKey = new Map<string, FactorPower>();
  const add = (power: FactorPower): void => {
    const key = factorKey(power.factor, indexName);
    const known = byKey.get(key);
    byKey.set(
      key,
      known === undefined ? power : { factor: known.factor, exponent: addExponents(known.exponent, power.exponent) },
    );
  };
  for (const power of term.factors) {
    if (power.factor.kind === 'index') rootsOfNumbers(power).forEach(add);
    else add(power);
  }
  const factors: FactorPower[] = [];
  for (const power of byKey.values()) {
    if (isZeroExponent(power.exponent)) continue;
    const { factor } = power;
    if (factor.kind === 'index' && factor.index.terms.length === 0) {
      const exponent = integerExponent(power.exponent);
      if (exponent === null) throw new Error('an index has an integer power');
      if (factor.index.constant === 0 && exponent < 0) refuse('division-by-zero', 'a denominator is zero');
      coefficient = coefficient.multiply(Rational.of(factor.index.constant).power(exponent));
    } else if (factor.kind === 'integer') {
      // 2^{n+1} is 2·2^n.
      const { constant, form } = factor.value === -1n ? parityOf(power.exponent) : power.exponent;
      const whole = Number(constant.floor());
      coefficient = coefficient.multiply(Rational.of(factor.value).power(whole));
      const rest = constant.subtract(Rational.of(whole));
      if (!rest.isZero() || form.terms.length > 0) factors.push({ factor, exponent: { constant: rest, form } });
    } else factors.push(power);
  }
  return coefficient.isZero() ? null : { coefficient, factors };
}

/** The exponent of −1 with 0 and 1 for even and odd coefficients. */
const parityOf = ({ constant, form }: Exponent): Exponent => ({
  constant,
  form: { constant: 0, terms: form.terms.filter(([, c]) => c % 2 !== 0).map(([index]) => [index, 1] as const) },
});
