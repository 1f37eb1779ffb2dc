/**
 * Numbers in a statement beside which what happens at the n that samples reach may say nothing about large n: 0.9999^n is
 * still near 1 there, and n/(n + 10^9) near 0.
 */
import type { Claim, Statement } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Optimizer } from '../../optimizer/model.ts';

/** Sizes between 1/LARGE and LARGE are usual, but for those nearer to 1 than 1/NEAR. */
const LARGE = Rational.of(1_000);
const NEAR = Rational.of(1, 200);

interface Numbered {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly optimizer: Optimizer | null;
}

/** Whether a number of a statement, of its definitions and given values or of its optimizer is extreme. */
export const hasExtremeNumbers = (of: Numbered): boolean => formulasOf(of).some(holdsExtreme);

/** How many powers of ten the most extreme number lies away from 1, or near to it; 0 where none is extreme. */
export function extremeDigits(of: Numbered): number {
  const found = formulasOf(of).flatMap(formula => [...extremesIn(formula)]);
  const powers = formulasOf(of).flatMap(formula => [...nodes(formula)].map(hugePowerOf));
  return Math.max(0, ...powers, ...found.flatMap(value => [powerOf(value), powerOf(value.subtract(Rational.one))]));
}

/** The same of a power that is not worked out, as 10^{−600}; 0 for anything else. */
function hugePowerOf(formula: Formula): number {
  if (formula.kind !== 'power' || !isHugePower(formula)) return 0;
  const [base, exponent] = [numberOf(formula.base), numberOf(formula.exponent)];
  return base && exponent ? Math.ceil(Math.abs(exponent.toNumber() * Math.log10(base.abs().toNumber()))) : 0;
}

const powerOf = ({ num, den }: Rational): number =>
  num === 0n ? 0 : Math.ceil(Math.abs(digitsOf(num < 0n ? -num : num) - digitsOf(den)));
const digitsOf = (value: bigint): number => value.toString().length;

function* extremesIn(formula: Formula): Generator<Rational> {
  const value = numberOf(formula);
  if (value === null) for (const child of children(formula)) yield* extremesIn(child);
  else if (isExtreme(value)) yield value.abs();
}

function formulasOf({ claim, statement, optimizer }: Numbered): readonly Formula[] {
  return [
    statement.left,
    statement.right,
    ...claim.definitions.map(({ body }) => body),
    ...claim.at.map(({ value }) => value),
    ...(optimizer === null
      ? []
      : [
          optimizer.update,
          ...optimizer.states.map(({ right }) => right),
          ...optimizer.quantities.map(({ body }) => body),
        ]),
  ];
}

function holdsExtreme(formula: Formula): boolean {
  const value = numberOf(formula);
  if (value !== null) return isExtreme(value);
  if (isHugePower(formula)) return true;
  return children(formula).some(holdsExtreme);
}

/** The value of a formula of numbers alone; null for any other. */
function numberOf(formula: Formula): Rational | null {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'negate':
      return numberOf(formula.argument)?.negate() ?? null;
    case 'add':
      return combined(formula.terms, (a, b) => a.add(b));
    case 'multiply':
      return combined(formula.factors, (a, b) => a.multiply(b));
    case 'divide': {
      const [above, below] = [numberOf(formula.numerator), numberOf(formula.denominator)];
      return above === null || below === null || below.isZero() ? null : above.divide(below);
    }
    case 'power': {
      const [base, exponent] = [numberOf(formula.base), numberOf(formula.exponent)];
      const isSmall = exponent?.isInteger() === true && exponent.abs().compare(MOST_EXPONENT) <= 0;
      return base === null || exponent === null || !isSmall || base.isZero() ? null : base.power(Number(exponent.num));
    }
    default:
      return null;
  }
}

const MOST_EXPONENT = Rational.of(64);

/** 10^{300} and (1/2)^{−1000}: of a number other than 0 and ±1. */
function isHugePower(formula: Formula): boolean {
  if (formula.kind !== 'power') return false;
  const [base, exponent] = [numberOf(formula.base), numberOf(formula.exponent)];
  if (base === null || exponent === null || base.isZero() || base.abs().isOne()) return false;
  return exponent.abs().compare(MOST_EXPONENT) > 0;
}

function combined(formulas: readonly Formula[], by: (a: Rational, b: Rational) => Rational): Rational | null {
  return formulas.map(numberOf).reduce((a, b) => (a === null || b === null ? null : by(a, b)));
}

function isExtreme(value: Rational): boolean {
  const size = value.abs();
  if (size.isZero()) return false;
  const gap = size.subtract(Rational.one).abs();
  return size.compare(LARGE) > 0 || size.compare(LARGE.inverse()) < 0 || (!gap.isZero() && gap.compare(NEAR) < 0);
}
