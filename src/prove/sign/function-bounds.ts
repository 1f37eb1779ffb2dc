/**
 * Signs of what contains elementary functions. By their ranges: each application at one argument is a number between the bounds that the
 * sign of its argument leaves, as 0 < e^u < 1 for u < 0 and 0 < \tanh u < 1 for u > 0, and the sign is shown for all such numbers. By their
 * tangents: e^u ≥ 1 + u, \log v ≤ v − 1, \cos u ≥ 1 − u²/2, and \tanh u ≤ u and \sin u ≤ u for u ≥ 0, equal at one point only. Sufficient only.
 *
 * Source: NIST Digital Library of Mathematical Functions, 4.5.1, 4.5.2, 4.18.1 (inequalities), 4.23, 4.28 (ranges); Hardy, Littlewood, Pólya,
 * Inequalities, 4.2 (tangents of convex functions).
 */
import { type Assumptions, isPositivePower, withDomain } from '../../expression/arithmetic/assumptions.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  isZero,
  mapFactors,
  multiply,
  negate,
  scale,
  subtract,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, factorKey, integerExponent } from '../../expression/core/factor.ts';
import type { Factor, FunctionFactor } from '../../expression/core/factors.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import type { Domain } from '../../formula/declaration.ts';
import { Rational } from '../../number/rational.ts';

/** Whether an expression is positive, or not negative, where these facts hold. */
export type PositiveTest = (expression: Expression, strictly: boolean, assumptions: Assumptions) => boolean;

/** More functions are not looked at. */
const MOST_FUNCTIONS = 6;
const NAMES: ReadonlySet<string> = new Set(['exp', 'log', 'tanh', 'sin', 'cos', 'sinh', 'cosh']);

/** Whether it is positive by the ranges of its functions, or by their tangents. */
export const isPositiveByFunctions: (...given: Parameters<typeof isPositiveByRanges>) => boolean = (...given) =>
  isPositiveByRanges(...given) || isPositiveByTangents(...given);

/** Whether it is positive for every value that its functions can have. */
export function isPositiveByRanges(
  expression: Expression,
  strictly: boolean,
  assumptions: Assumptions,
  isPositive: PositiveTest,
): boolean {
  const names = new Map<string, string>();
  let known = assumptions;
  const replaced = mapFactors(expression, own => {
    if (!isPlainFunction(own.factor)) return factorExpression(own.factor, own.exponent);
    const key = factorKey(own.factor, indexName);
    const name = names.get(key) ?? `#f${names.size}`;
    if (!names.has(key) && names.size < MOST_FUNCTIONS) {
      names.set(key, name);
      known = withDomain(known, name, rangeOf(own.factor, assumptions, isPositive));
    }
    return factorExpression(names.has(key) ? { kind: 'symbol', name } : own.factor, own.exponent);
  });
  return names.size > 0 && isPositive(replaced, strictly, known);
}

/** Whether it is positive with tangents in the place of functions, each of them on the side where it makes the sum smaller. */
export function isPositiveByTangents(
  expression: Expression,
  strictly: boolean,
  assumptions: Assumptions,
  isPositive: PositiveTest,
): boolean {
  let isStrict = false;
  let count = 0;
  const parts = expression.terms.map(term => {
    const below = count < MOST_FUNCTIONS ? belowTerm(term, assumptions, isPositive) : null;
    if (below === null) return { terms: [term] };
    count += 1;
    isStrict ||= below.isStrict;
    return below.value;
  });
  return count > 0 && isPositive(add(...parts), strictly && !isStrict, assumptions);
}

/** An elementary function itself, at an argument without a summed letter. */
const isPlainFunction = (factor: Factor): factor is FunctionFactor =>
  factor.kind === 'function' &&
  factor.order === 0 &&
  NAMES.has(factor.name) &&
  factorForms(factor).every(form => form.terms.every(([index]) => !isBound(index)));

const argumentOf = ({ template, arguments: args }: FunctionFactor): Expression => instantiate(template, args);

type SignOfArgument = '+' | '0+' | '-' | '0-' | null;

function signOf(value: Expression, assumptions: Assumptions, isPositive: PositiveTest): SignOfArgument {
  if (isPositive(value, true, assumptions)) return '+';
  if (isPositive(negate(value), true, assumptions)) return '-';
  if (isPositive(value, false, assumptions)) return '0+';
  return isPositive(negate(value), false, assumptions) ? '0-' : null;
}

/** The ends of a range in ascending order: those of negative arguments, the value at 0, those of positive ones. */
const RANGES: Readonly<Record<string, readonly [number | null, number, number | null]>> = {
  exp: [0, 1, null],
  tanh: [-1, 0, 1],
  sinh: [null, 0, null],
};

/** The values that the function can have at its argument. */
function rangeOf(factor: FunctionFactor, assumptions: Assumptions, isPositive: PositiveTest): Domain {
  const argument = argumentOf(factor);
  const rising = RANGES[factor.name];
  if (factor.name === 'log') return rangeOfLog(signOf(subtract(argument, constant(1)), assumptions, isPositive));
  if (factor.name === 'sin' || factor.name === 'cos') return between(-1, 1, false, false);
  const sign = signOf(argument, assumptions, isPositive);
  if (rising === undefined) return between(1, null, sign === '+' || sign === '-', true);
  const [least, atZero, greatest] = rising;
  if (sign === '+' || sign === '0+') return between(atZero, greatest, sign === '+', true);
  return sign === null ? between(least, greatest, true, true) : between(least, atZero, true, sign === '-');
}

function rangeOfLog(sign: SignOfArgument): Domain {
  if (sign === '+' || sign === '0+') return between(0, null, sign === '+', true);
  return sign === null ? between(null, null, true, true) : between(null, 0, true, sign === '-');
}

const between = (lower: number | null, upper: number | null, lowerOpen: boolean, upperOpen: boolean): Domain => ({
  lower: lower === null ? null : Rational.of(lower),
  lowerOpen,
  upper: upper === null ? null : Rational.of(upper),
  upperOpen,
});

/** What a term c·f(u), c > 0, or −c·f(u) is at least, where f has a tangent on that side; `isStrict`: it is more. */
function belowTerm(
  term: Term,
  assumptions: Assumptions,
  isPositive: PositiveTest,
): { readonly value: Expression; readonly isStrict: boolean } | null {
  const { coefficient, factors, sorts, constraints } = term;
  const own = factors.find(({ factor }) => isPlainFunction(factor));
  if (own === undefined || !isPlainFunction(own.factor) || integerExponent(own.exponent) !== 1) return null;
  const others = factors.filter(each => each !== own);
  if (sorts.length + constraints.length > 0 || !others.every(each => isPositivePower(each, assumptions))) return null;
  const tangent = tangentOf(own.factor, coefficient.sign() > 0, assumptions, isPositive);
  if (tangent === null) return null;
  const rest = multiply(...others.map(({ factor, exponent }: FactorPower) => factorExpression(factor, exponent)));
  return {
    value: scale(multiply(rest, tangent.value), coefficient),
    isStrict: tangent.isStrict && others.length === 0,
  };
}

/** A bound of f(u) from below, or from above, by its tangent; and whether f(u) is surely not on it. */
function tangentOf(
  factor: FunctionFactor,
  fromBelow: boolean,
  assumptions: Assumptions,
  isPositive: PositiveTest,
): { readonly value: Expression; readonly isStrict: boolean } | null {
  const u = argumentOf(factor);
  const isApart = (value: Expression): boolean =>
    isPositive(value, true, assumptions) || isPositive(negate(value), true, assumptions);
  if (isZero(u)) return null;
  switch (factor.name) {
    case 'exp':
      return fromBelow ? { value: add(constant(1), u), isStrict: isApart(u) } : null;
    case 'cos':
      return fromBelow
        ? { value: subtract(constant(1), scale(multiply(u, u), Rational.of(1, 2))), isStrict: isApart(u) }
        : null;
    case 'log': {
      const above = subtract(u, constant(1));
      return fromBelow ? null : { value: above, isStrict: isApart(above) };
    }
    case 'tanh':
    case 'sin':
      return !fromBelow && isPositive(u, false, assumptions)
        ? { value: u, isStrict: isPositive(u, true, assumptions) }
        : null;
    default:
      return null;
  }
}
