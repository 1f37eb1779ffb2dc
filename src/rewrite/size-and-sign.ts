/** Signs and absolute values in normal form: what a factor is the sign or the size of. |u| stands as √(u²). */
import { type Expression, multiply, ONE_EXPRESSION } from '../expression/core/expression.ts';
import { factorExpression } from '../expression/core/expression.ts';
import { exponentOf, type FactorPower, integerExponent, plainExponent } from '../expression/core/factor.ts';
import { singleTerm } from '../expression/core/single.ts';
import { instantiate } from '../expression/core/template.ts';

/** sign(u)^e or |u|^e with a whole e. */
export interface OfSign {
  readonly kind: 'sign' | 'size';
  readonly argument: Expression;
  readonly exponent: number;
}

/** The factor as a power of a sign or of an absolute value; null for every other. */
export function asSignOrSize({ factor, exponent }: FactorPower): OfSign | null {
  if (factor.kind === 'function') {
    const whole = integerExponent(exponent);
    if (factor.name !== 'sign' || factor.order !== 0 || whole === null) return null;
    return { kind: 'sign', argument: instantiate(factor.template, factor.arguments), exponent: whole };
  }
  const plain = plainExponent(exponent);
  if (factor.kind !== 'template' || plain === null || plain.den !== 2n) return null;
  const only = singleTerm(instantiate(factor.template, factor.arguments));
  if (only?.coefficient.isOne() !== true) return null;
  const parts: Expression[] = [];
  for (const own of only.factors) {
    const whole = integerExponent(own.exponent);
    if (whole === null || whole % 2 !== 0) return null;
    parts.push(root(own, whole / 2));
  }
  return { kind: 'size', argument: multiply(ONE_EXPRESSION, ...parts), exponent: Number(plain.num) };
}

/** The factor to the power; the factor's definition where it is kept together. */
const root = ({ factor }: FactorPower, to: number): Expression =>
  factor.kind === 'template' && to === 1
    ? instantiate(factor.template, factor.arguments)
    : factorExpression(factor, exponentOf(to));
