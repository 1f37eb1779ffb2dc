/**
 * The parts of a summand: factors free of the summation letter, weights base^{a + c·letter}, and the rest.
 *
 * Only the distributive law is used. Nothing is cancelled: a factor that is undefined stays a factor.
 */
import { Rational } from '../../number/rational.ts';
import type { Slot } from './integer-expression.ts';
import type { Node, Weight } from './node.ts';

export interface NodeBuilder {
  number(value: Rational): Node;
  multiply(factors: readonly Node[]): Node;
  divide(numerator: Node, denominator: Node): Node;
  negate(argument: Node): Node;
}

interface Factors {
  readonly above: Node[];
  readonly below: Node[];
  negative: boolean;
}

function collect(node: Node, under: boolean, into: Factors): void {
  switch (node.kind) {
    case 'multiply':
      for (const factor of node.factors) collect(factor, under, into);
      return;
    case 'divide':
      collect(node.numerator, under, into);
      collect(node.denominator, !under, into);
      return;
    case 'negate':
      into.negative = !into.negative;
      collect(node.argument, under, into);
      return;
    default:
      (under ? into.below : into.above).push(node);
  }
}

function quotient(above: readonly Node[], below: readonly Node[], build: NodeBuilder): Node {
  const top = above.length === 0 ? build.number(Rational.one) : build.multiply(above);
  return below.length === 0 ? top : build.divide(top, build.multiply(below));
}

/** Splits `body` = outer · Π weights · term with `outer` (null: one) free of `slot`. */
export function splitSum(
  body: Node,
  slot: Slot,
  build: NodeBuilder,
): { outer: Node | null; weights: Weight[]; term: Node } {
  const factors: Factors = { above: [], below: [], negative: false };
  collect(body, false, factors);
  const dependsOn = (node: Node): boolean => node.free.includes(slot);
  const weights: Weight[] = [];
  const rest: Node[] = [];
  for (const factor of factors.above.filter(dependsOn)) {
    const stride =
      factor.kind === 'power' && factor.exponent.integral && !dependsOn(factor.base)
        ? factor.exponent.linear?.get(slot)
        : undefined;
    if (factor.kind === 'power' && stride !== undefined && !stride.isZero())
      weights.push({ base: factor.base, exponent: factor.exponent, stride: stride.toNumber() });
    else rest.push(factor);
  }
  const outerAbove = factors.above.filter(factor => !dependsOn(factor));
  const outerBelow = factors.below.filter(factor => !dependsOn(factor));
  const plain = outerAbove.length + outerBelow.length === 0 ? null : quotient(outerAbove, outerBelow, build);
  const outer = factors.negative ? build.negate(plain ?? build.number(Rational.one)) : plain;
  return { outer, weights, term: quotient(rest, factors.below.filter(dependsOn), build) };
}
