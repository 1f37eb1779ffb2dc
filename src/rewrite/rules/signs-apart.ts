/**
 * Signs and absolute values taken apart: sign(xy) = sign(x) sign(y), |xy| = |x| |y|; a factor that is surely positive has the
 * sign 1, one that is never negative is its own size. Arguments are multiplied out, freed of denominators and of what all their
 * terms have in common, and what is left is taken apart into the factors that it has as a polynomial, as 1 − x². |u| stands as √(u²).
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, isPositive, isPositivePower } from '../../expression/arithmetic/assumptions.ts';
import {
  asNumber,
  constant,
  type Expression,
  expressionKey,
  factorExpression,
  isZero,
  multiply,
  negate,
  scale,
} from '../../expression/core/expression.ts';
import {
  type Exponent,
  exponentOf,
  type FactorPower,
  factorForms,
  factorKey,
  integerExponent,
  plainExponent,
} from '../../expression/core/factor.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { indexName, isBound } from '../../expression/core/indices.ts';
import { absolute, power } from '../../expression/arithmetic/power.ts';
import { isPositiveFactor, isSurelyPositive } from '../../expression/arithmetic/sure-sign.ts';
import { singleTerm } from '../../expression/core/single.ts';
import { abstract, instantiate } from '../../expression/core/template.ts';
import { addForms, scaleForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Bases } from './bases.ts';
import { factorsOf } from '../factors-of.ts';
import { mapDeep } from '../map-deep.ts';
import { asSignOrSize } from '../size-and-sign.ts';
import { unfold } from '../unfold.ts';

interface Tools {
  readonly bases: Bases;
  readonly budget: Budget;
}

/** Products inside products inside an argument are taken apart so deep. */
const MOST_DEEP = 4;

/** The expression with its signs and absolute values taken apart, at every depth; the same object where nothing is. */
export function takeSignsApart(expression: Expression, assumptions: Assumptions, tools: Tools): Expression {
  return mapDeep(expression, assumptions, (own, facts) => {
    const found = asSignOrSize(own);
    if (found === null) return null;
    tools.budget.spend();
    const part = new Parts(facts, tools);
    const image = found.kind === 'sign' ? part.sign(found.argument, 0) : part.size(found.argument, 0);
    const whole = power(image, Rational.of(found.exponent), facts);
    return expressionKey(whole) === expressionKey(factorExpression(own.factor, own.exponent)) ? null : whole;
  });
}

class Parts {
  readonly #facts: Assumptions;
  readonly #tools: Tools;

  constructor(facts: Assumptions, tools: Tools) {
    this.#facts = facts;
    this.#tools = tools;
  }

  sign(argument: Expression, depth: number): Expression {
    const { by, common, core } = this.#apart(argument);
    return scale(
      multiply(constant(1), ...common.map(own => this.#signOfPower(own, depth)), this.#signOfCore(core, depth)),
      Rational.of(by.sign()),
    );
  }

  size(argument: Expression, depth: number): Expression {
    const { by, common, core } = this.#apart(argument);
    return scale(
      multiply(constant(1), ...common.map(own => this.#sizeOfPower(own, depth)), this.#sizeOfCore(core, depth)),
      by.abs(),
    );
  }

  /** The argument as a number times factors times a sum without common factors. */
  #apart(argument: Expression): {
    readonly by: Rational;
    readonly common: readonly FactorPower[];
    readonly core: Expression;
  } {
    const { budget, bases } = this.#tools;
    // A product before it is multiplied out.
    const single = singleTerm(argument);
    if (single !== null && single.factors.length > 1)
      return { by: single.coefficient, common: single.factors, core: constant(1) };
    const sum = argument.terms.some(({ sorts }) => sorts.length > 0) ? bases.opened(argument, this.#facts) : null;
    // Its closed form need not show that it is never negative.
    if (sum !== null && isPositive(sum, this.#facts)) return { by: Rational.one, common: [], core: sum };
    if (sum !== null && isPositive(negate(sum), this.#facts))
      return { by: Rational.minusOne, common: [], core: negate(sum) };
    const whole = bases.base(argument, this.#facts);
    if (isZero(whole)) return { by: Rational.zero, common: [], core: constant(1) };
    const only = singleTerm(whole);
    if (only !== null) return { by: only.coefficient, common: only.factors, core: constant(1) };
    const common = commonFactors(whole, this.#facts.indices);
    const inverse = common.map(({ factor, exponent }) => factorExpression(factor, negated(exponent)));
    const rest = unfold(multiply(whole, ...inverse), budget, this.#facts);
    const { scale: by } = abstract(rest, true);
    return { by, common, core: by.isZero() ? rest : scale(rest, by.inverse()) };
  }

  #signOfCore(core: Expression, depth: number): Expression {
    if (asNumber(core) !== null) return constant(asNumber(core)?.sign() ?? 0);
    if (isSurelyPositive(core, this.#facts)) return constant(1);
    if (isSurelyPositive(negate(core), this.#facts)) return constant(-1);
    const factors = depth < MOST_DEEP ? factorsOf(core) : [core];
    if (factors.length > 1) return multiply(constant(1), ...factors.map(each => this.sign(each, depth + 1)));
    return applyFunction('sign', 'odd', 0, core);
  }

  #sizeOfCore(core: Expression, depth: number): Expression {
    const isNeverNegative = (value: Expression): boolean =>
      isPositive(value, this.#facts) || isSurelyPositive(value, this.#facts);
    if (isNeverNegative(core)) return core;
    if (isNeverNegative(negate(core))) return negate(core);
    const factors = depth < MOST_DEEP ? factorsOf(core) : [core];
    if (factors.length > 1) return multiply(constant(1), ...factors.map(each => this.size(each, depth + 1)));
    return absolute(core, this.#facts);
  }

  #signOfPower(own: FactorPower, depth: number): Expression {
    const { factor, exponent } = own;
    const value = factorExpression(factor, exponent);
    if (isPositiveFactor(own, this.#facts)) return constant(1);
    const plain = plainExponent(exponent);
    if (plain === null) return applyFunction('sign', 'odd', 0, value);
    // A root has the sign of its base, which is not negative where the root has a value; so has an odd power.
    const base = this.#signOfBase(own, depth);
    return plain.isInteger() && plain.num % 2n === 0n ? multiply(base, base) : base;
  }

  #signOfBase({ factor }: FactorPower, depth: number): Expression {
    const { indices } = this.#facts;
    if (factor.kind === 'index' && indices.high(factor.index) < 0) return constant(-1);
    if (factor.kind === 'template' && depth < MOST_DEEP)
      return this.sign(instantiate(factor.template, factor.arguments), depth + 1);
    return applyFunction('sign', 'odd', 0, factorExpression(factor));
  }

  #sizeOfPower(own: FactorPower, depth: number): Expression {
    const { factor, exponent } = own;
    const value = factorExpression(factor, exponent);
    const whole = integerExponent(exponent);
    if (factor.kind === 'integer' && factor.value === -1n) return constant(1);
    if (isPositivePower(own, this.#facts) || isPositiveFactor(own, this.#facts) || isEven(exponent)) return value;
    if (whole === null) return absolute(value, this.#facts);
    const { indices } = this.#facts;
    if (factor.kind === 'index' && indices.high(factor.index) <= 0) return negate(value);
    const base =
      factor.kind === 'template' && depth < MOST_DEEP
        ? this.size(instantiate(factor.template, factor.arguments), depth + 1)
        : absolute(factorExpression(factor), this.#facts);
    return power(base, Rational.of(whole), this.#facts);
  }
}

const negated = ({ constant: own, form }: Exponent): Exponent => ({
  constant: own.negate(),
  form: scaleForm(form, -1),
});

/** Whether an exponent is an even number at all integers. */
const isEven = ({ constant: own, form }: Exponent): boolean =>
  own.isInteger() && own.num % 2n === 0n && form.terms.every(([, count]) => count % 2 === 0);

/** What all terms have in common, and denominators of some: factors without summed indices, each to its least exponent. */
function commonFactors({ terms }: Expression, facts: IndexFacts): FactorPower[] {
  const first = new Map<string, FactorPower>();
  for (const own of terms.flatMap(({ factors }) => factors)) {
    const key = factorKey(own.factor, indexName);
    if (!first.has(key) && own.factor.kind !== 'product') first.set(key, own);
  }
  return [...first].flatMap(([key, { factor }]) => {
    const uses = terms.map(
      ({ factors }) => factors.find(each => factorKey(each.factor, indexName) === key)?.exponent ?? exponentOf(0),
    );
    const least = uses.find(one => uses.every(other => isAtMost(one, other, facts)));
    if (least === undefined || (least.form.terms.length === 0 && least.constant.isZero())) return [];
    const own = { factor, exponent: least };
    return hasBound(own) ? [] : [own];
  });
}

const hasBound = ({ factor, exponent }: FactorPower): boolean =>
  [exponent.form, ...factorForms(factor)].some(form => form.terms.some(([index]) => isBound(index)));

/** Whether one exponent is never above the other, by a whole number. */
function isAtMost(one: Exponent, other: Exponent, facts: IndexFacts): boolean {
  const gap = other.constant.subtract(one.constant);
  const form = addForms(other.form, one.form, -1);
  if (!gap.isInteger()) return false;
  return facts.low({ constant: Number(gap.num), terms: form.terms }) >= 0;
}
