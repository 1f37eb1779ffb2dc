/**
 * What no line can hold, written so that it can be broken: a fraction with a wide denominator as a product with negative powers, a wide root
 * as a power. The value is the same.
 */
import { divide, multiplication, number, toPower as power } from '../../../formula/build.ts';
import type { DivideNode, Formula } from '../../../formula/formula.ts';
import { children, withChildren } from '../../../formula/walk.ts';
import { flatFactors } from '../../../latex/write/write-terms.ts';
import { Rational } from '../../../number/rational.ts';

/** The formula; `isWide` says what does not fit on a line. */
export function fitLine(formula: Formula, isWide: (part: Formula) => boolean): Formula {
  const visit = (node: Formula): Formula => {
    if (!isWide(node)) return node;
    if (node.kind === 'divide') return fitFraction(node, isWide, visit);
    if (node.kind === 'root') return power(visit(node.radicand), number(Rational.of(1, node.degree)));
    const inner = children(node);
    const replaced = inner.map(visit);
    return replaced.some((child, at) => child !== inner[at]) ? withChildren(node, replaced) : node;
  };
  return visit(formula);
}

const factorsOf = (formula: Formula): readonly Formula[] =>
  formula.kind === 'multiply' ? flatFactors(formula) : [formula];

function fitFraction(
  { numerator, denominator }: DivideNode,
  isWide: (part: Formula) => boolean,
  visit: (node: Formula) => Formula,
): Formula {
  const above = factorsOf(numerator).filter(factor => !(factor.kind === 'number' && factor.value.isOne()));
  const below = factorsOf(denominator);
  const whole = divide(number(1), denominator);
  if (above.length > 0 && !isWide(whole)) return multiplication(whole, ...above.map(visit));
  const wide = below.filter(isWide);
  const taken = wide.length > 0 ? wide : below;
  const kept = below.filter(factor => !taken.includes(factor));
  const front =
    kept.length === 0 ? [] : [divide(number(1), kept.length === 1 && kept[0] ? kept[0] : multiplication(...kept))];
  const factors = [...front, ...above.map(visit), ...taken.map(factor => inverse(factor, visit))];
  const [only] = factors;
  return factors.length === 1 && only ? only : multiplication(...factors);
}

/** 1/√x as x^{−1/2}, 1/x^q as x^{−q}, 1/x as x^{−1}. */
function inverse(factor: Formula, visit: (node: Formula) => Formula): Formula {
  if (factor.kind === 'root') return power(visit(factor.radicand), number(Rational.of(-1, factor.degree)));
  if (factor.kind === 'power' && factor.exponent.kind === 'number')
    return power(visit(factor.base), number(factor.exponent.value.negate()));
  return power(visit(factor), number(-1));
}
