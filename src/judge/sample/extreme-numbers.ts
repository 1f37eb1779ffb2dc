/**
 * Numbers in a statement beside which what happens at the n that samples reach may say nothing about large n: 0.9999^n is
 * still near 1 there, and n/(n + 10^9) near 0.
 */
import { ARITHMETIC_KINDS, setOfKinds } from '../../formula/arithmetic.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { Budget } from '../../base/budget.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { Program } from '../../evaluate/program/program.ts';
import { type Ball, isExactZero, mayBeZero } from '../../evaluate/ring/ball.ts';
import { enclose } from '../../evaluate/ring/enclose.ts';
import type { EnclosingRing } from '../../evaluate/ring/enclosure-ring.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { type Formula, PI } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { logarithmOfSize } from '../../number/big-float.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { bareEnvironment } from './bare-environment.ts';

/** log10: sizes between −LARGE and LARGE are usual, but for those nearer to 1 than NEAR. */
const LARGE = Math.log10(1_000) + 1e-9;
const NEAR = Math.log10(1 / 200) - 1e-9;
/** Digits that tell a constant from 1, with more where these do not. */
const DIGITS = 60;
const MOST_WORK = 100_000;
const CONSTANTS = new Program({});

interface Numbered {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly optimizer: Optimizer | null;
}

/** Whether a number of a statement, of its definitions and given values or of its optimizer is extreme. */
export const hasExtremeNumbers = (of: Numbered): boolean =>
  formulasOf(of).some(formula => [...constantsIn(formula)].some(isExtreme));

/** How many powers of ten the most extreme number lies away from 1, or near to it; 0 where none is extreme. */
export function extremeDigits(of: Numbered): number {
  const found = formulasOf(of).flatMap(formula => [...constantsIn(formula)].filter(isExtreme));
  return Math.max(0, ...found.flatMap(({ size, distance }) => [powersOf(size), powersOf(distance)]));
}

/** log10 of the size of a constant, and of its distance from 1 (with any sign); −∞ for 0, null where no digits tell. */
interface Scale {
  readonly size: number | null;
  readonly distance: number | null;
}

const powersOf = (magnitude: number | null): number =>
  magnitude === null ? Number.POSITIVE_INFINITY : Number.isFinite(magnitude) ? Math.ceil(Math.abs(magnitude)) : 0;

/** The largest parts without letters: constants, the constant factors of a product together, and each constant term of a sum. */
function* constantsIn(formula: Formula): Generator<Scale> {
  const isWhole = isConstant(formula);
  if (isWhole) yield scaleOf(formula);
  if (isWhole && formula.kind !== 'add') return;
  if (formula.kind === 'multiply') {
    const constant = formula.factors.filter(isConstant);
    if (constant.length > 1) yield scaleOf({ ...formula, factors: constant });
  }
  for (const child of children(formula)) yield* constantsIn(child);
}

const CONSTANT = setOfKinds(...ARITHMETIC_KINDS, 'absolute');

const isConstant = (formula: Formula): boolean =>
  [...nodes(formula)].every(
    node =>
      CONSTANT.has(node.kind) ||
      (node.kind === 'parameter' && node.name === PI) ||
      (node.kind === 'call' && elementaryFunction(node.name) !== null),
  );

/** By its value: e^{500} and 1 − tanh 900 are as extreme as 10^{217} and 10^{−781}. */
function scaleOf(formula: Formula): Scale {
  const exact = numberOf(formula);
  if (exact !== null) return { size: levelOf(exact.abs()), distance: levelOf(exact.abs().subtract(Rational.one)) };
  const magnitudes = enclose(DIGITS, <T>(ring: EnclosingRing<T>): readonly (number | null)[] => {
    const value = new Evaluator(CONSTANTS, bareEnvironment(ring, 0), new Budget(MOST_WORK)).value(formula);
    const size = ring.sign(value) < 0 ? ring.negate(value) : value;
    return [size, ring.subtract(size, ring.one)].map(each => ballMagnitude(ring.ball(each)));
  });
  const [size = null, distance = null] = magnitudes.ok ? magnitudes.value : [];
  return { size, distance };
}

const levelOf = ({ num, den }: Rational): number => digitsOf(num < 0n ? -num : num) - digitsOf(den);
/** log10, to within 1e-15 of it, of integers that are far too large for a number as well; −∞ of 0. */
function digitsOf(value: bigint): number {
  if (value === 0n) return Number.NEGATIVE_INFINITY;
  const text = value.toString();
  return Math.log10(Number(`0.${text.slice(0, 17)}`)) + text.length;
}
const ballMagnitude = (value: Ball): number | null =>
  isExactZero(value) ? Number.NEGATIVE_INFINITY : mayBeZero(value) ? null : logarithmOfSize(value);

function isExtreme({ size, distance }: Scale): boolean {
  if (size === null || distance === null) return true;
  if (size === Number.NEGATIVE_INFINITY) return false;
  return size > LARGE || size < -LARGE || (distance !== Number.NEGATIVE_INFINITY && distance < NEAR);
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

function combined(formulas: readonly Formula[], by: (a: Rational, b: Rational) => Rational): Rational | null {
  return formulas.map(numberOf).reduce((a, b) => (a === null || b === null ? null : by(a, b)));
}
