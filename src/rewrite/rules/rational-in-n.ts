/**
 * Rational functions of the iteration: in every group of terms that differ only by powers of n, n + 1, n − 1, … these are
 * put over one denominator of such factors, cancelled, and written in powers of n + 1, the number of steps made.
 *
 * Source: Knuth, The Art of Computer Programming 2, 4.6.1: division of polynomials.
 */
import { keyOfFactors } from '../factors-of.ts';
import {
  add,
  constant,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
} from '../../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent } from '../../expression/core/factor.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';

/** The coefficients of a polynomial in m = n + 1, from the constant on. */
type Polynomial = readonly Rational[];

/** Σ over the group of P(m) Π (m − a)^{−e}: `below` has e by a. */
interface Group {
  readonly rest: Term;
  numerator: Polynomial;
  below: Map<number, number>;
}

/** The expression with its rational functions of n cancelled; equal wherever both have values. */
export function cancelInN(expression: Expression): Expression {
  const groups = new Map<string, Group>();
  for (const term of expression.terms) {
    const own = term.factors.filter(power => shiftOf(power) !== null);
    const rest: Term = { ...term, factors: term.factors.filter(power => !own.includes(power)) };
    const key = keyOfFactors(rest);
    const group = groups.get(key);
    const made = functionOf(own, term.coefficient);
    if (group === undefined) groups.set(key, { rest, ...made });
    else Object.assign(group, sum(group, made));
  }
  const parts = [...groups.values()].map(({ rest, numerator, below }) => written(rest, cancelled(numerator, below)));
  return add(...parts);
}

/** a where the factor is a whole power of m − a. */
function shiftOf({ factor, exponent }: FactorPower): { readonly shift: number; readonly power: number } | null {
  const power = integerExponent(exponent);
  if (factor.kind !== 'index' || power === null) return null;
  const [only] = factor.index.terms;
  const isPlain = factor.index.terms.length === 1 && only?.[0] === ITERATION_INDEX && only[1] === 1;
  return isPlain ? { shift: 1 - factor.index.constant, power } : null;
}

type Function = Pick<Group, 'numerator' | 'below'>;

function functionOf(powers: readonly FactorPower[], coefficient: Rational): Function {
  let numerator: Polynomial = [coefficient];
  const below = new Map<number, number>();
  for (const own of powers) {
    const { shift, power } = shiftOf(own) ?? { shift: 0, power: 0 };
    for (let i = 0; i < power; i += 1) numerator = times(numerator, shift);
    if (power < 0) below.set(shift, -power);
  }
  return { numerator, below };
}

/** P·(m − a). */
const times = (polynomial: Polynomial, a: number): Polynomial =>
  Array.from({ length: polynomial.length + 1 }, (_, at) =>
    (polynomial[at - 1] ?? Rational.zero).subtract((polynomial[at] ?? Rational.zero).multiply(Rational.of(a))),
  );

function sum(left: Function, right: Function): Function {
  const below = new Map(left.below);
  for (const [shift, power] of right.below) below.set(shift, Math.max(power, below.get(shift) ?? 0));
  const raised = ({ numerator, below: own }: Function): Polynomial =>
    [...below].reduce((polynomial, [shift, power]) => {
      let result = polynomial;
      for (let i = own.get(shift) ?? 0; i < power; i += 1) result = times(result, shift);
      return result;
    }, numerator);
  const [a, b] = [raised(left), raised(right)];
  const numerator = Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
    (a[at] ?? Rational.zero).add(b[at] ?? Rational.zero),
  );
  return { numerator, below };
}

/** The quotient by m − a where it leaves no remainder (Horner); null otherwise. */
function dividedBy(polynomial: Polynomial, a: number): Polynomial | null {
  const quotient: Rational[] = [];
  let carry = Rational.zero;
  for (let at = polynomial.length - 1; at >= 0; at -= 1) {
    carry = carry.multiply(Rational.of(a)).add(polynomial[at] ?? Rational.zero);
    quotient.unshift(carry);
  }
  return quotient.shift()?.isZero() === true ? quotient : null;
}

function cancelled(numerator: Polynomial, below: ReadonlyMap<number, number>): Function {
  let left = numerator;
  const rest = new Map<number, number>();
  if (left.every(coefficient => coefficient.isZero())) return { numerator: [], below: rest };
  for (const [shift, power] of below) {
    let remaining = power;
    for (let next = dividedBy(left, shift); remaining > 0 && next !== null; next = dividedBy(left, shift)) {
      left = next;
      remaining -= 1;
    }
    if (remaining > 0) rest.set(shift, remaining);
  }
  return { numerator: left, below: rest };
}

function written(rest: Term, { numerator, below }: Function): Expression {
  const index = (shift: number): LinearForm => variableForm(ITERATION_INDEX, 1 - shift);
  const to = (shift: number, power: number): Expression =>
    factorExpression({ kind: 'index', index: index(shift) }, exponentOf(power));
  const above = add(...numerator.map((coefficient, power) => multiply(constant(coefficient), to(0, power))));
  const denominator = [...below].map(([shift, power]) => to(shift, -power));
  return multiply(expressionOf([{ ...rest, coefficient: Rational.one }]), above, ...denominator);
}
