/**
 * Whether two formulas are the same rational function of their atoms, which is whatever is no sum, product, quotient or integer power:
 * both are computed exactly at random rational values of these.
 */
import { attempt } from '../../base/problem.ts';
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

const POINTS = 4;

/** False also where one of them has no value. */
export function areEqualFormulas(left: Formula, right: Formula): boolean {
  const numbers = new SeededNumbers(17);
  for (let point = 0; point < POINTS; point += 1) {
    const atoms = new Map<string, Rational>();
    const compared = attempt(() => [exactValue(left, atoms, numbers), exactValue(right, atoms, numbers)] as const);
    if (!compared.ok) return false;
    const [first, second] = compared.value;
    if (first === null || second === null || !first.equals(second)) return false;
  }
  return true;
}

/** Exact value at the point that `atoms` is, which gets a number for every new atom; null where there is none. */
function exactValue(formula: Formula, atoms: Map<string, Rational>, numbers: SeededNumbers): Rational | null {
  const value = (part: Formula): Rational | null => exactValue(part, atoms, numbers);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'negate':
      return value(formula.argument)?.negate() ?? null;
    case 'add':
      return formula.terms.map(value).reduce(
        both((sum, term) => sum.add(term)),
        Rational.zero,
      );
    case 'multiply':
      return formula.factors.map(value).reduce(
        both((product, factor) => product.multiply(factor)),
        Rational.one,
      );
    case 'divide':
      return both((above, below) => (below.isZero() ? null : above.divide(below)))(
        value(formula.numerator),
        value(formula.denominator),
      );
    case 'power': {
      const base = value(formula.base);
      const exponent = formula.exponent.kind === 'number' ? formula.exponent.value : null;
      if (base === null || exponent === null || !exponent.isInteger() || exponent.abs().num > 20n)
        return atom(formula, atoms, numbers);
      return exponent.sign() < 0 && base.isZero() ? null : base.power(Number(exponent.num));
    }
    default:
      return atom(formula, atoms, numbers);
  }
}

const both =
  (join: (left: Rational, right: Rational) => Rational | null) =>
  (left: Rational | null, right: Rational | null): Rational | null =>
    left === null || right === null ? null : join(left, right);

function atom(formula: Formula, atoms: Map<string, Rational>, numbers: SeededNumbers): Rational {
  const key = JSON.stringify(formula, (name, value: unknown) =>
    name === 'span' ? undefined : typeof value === 'bigint' ? String(value) : value,
  );
  const known = atoms.get(key);
  if (known) return known;
  const value = Rational.of(numbers.integer(2, 10_007), numbers.integer(2, 10_007));
  atoms.set(key, value);
  return value;
}
