/** Replaces a symbol by an expression everywhere in a normal form, inside templates too. */
import { refuse } from '../../base/problem.ts';
import { constantForm, type LinearForm } from '../../number/linear-form.ts';
import { type Assumptions, withIndices } from '../arithmetic/assumptions.ts';
import type { Constraint } from '../core/domain.ts';
import {
  type Expression,
  factorExpression,
  isZero,
  mapFactorsUnder,
  ONE_EXPRESSION,
  restrict,
  substituteIndices,
  ZERO_EXPRESSION,
} from '../core/expression.ts';
import { type Exponent, type FactorPower, plainExponent } from '../core/factor.ts';
import { type ProductFactor, kindOf } from '../core/factors.ts';
import { applyFunction } from '../arithmetic/functions.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { isBound, ZERO } from '../core/indices.ts';
import { bodyOf } from '../arithmetic/map-inside.ts';
import { power } from '../arithmetic/power.ts';
import { powerOfForm } from '../arithmetic/power-of-form.ts';
import { productOver, rangeOfProduct } from '../arithmetic/product.ts';
import { argumentMap, type Template, vectorTemplate } from '../core/template.ts';
import { hasThinZeros, hasValues } from '../arithmetic/thin-zeros.ts';
import { withZeroPowers } from '../arithmetic/zero-power.ts';
import type { FactorReplacement, AppliedTemplate } from '../core/factor-kind.ts';

/**
 * `value` with `by` in place of the symbol, in every factor that can hold one; `by` must not contain bound indices of `value` (it
 * never does). Refuses a power with an index that has no form, and a cumulative product of which a factor may then vanish or have
 * no value. What the facts of the assumptions exclude is dropped; a label may lie before 0.
 */
export function substituteSymbol(
  value: Expression,
  symbol: string,
  by: Expression,
  assumptions: Assumptions,
): Expression {
  return new Substitution(symbol, by, assumptions).visit(value, assumptions.indices);
}

class Substitution {
  readonly #symbol: string;
  readonly #by: Expression;
  readonly #assumptions: Assumptions;
  /** Images of bodies, of whose slots nothing is known. */
  readonly #images = new Map<Template, Expression>();

  constructor(symbol: string, by: Expression, assumptions: Assumptions) {
    this.#symbol = symbol;
    this.#by = by;
    this.#assumptions = assumptions;
  }

  visit(given: Expression, facts: IndexFacts): Expression {
    const start = isZero(this.#by) ? withZeroPowers(given, this.#symbol) : given;
    return mapFactorsUnder(start, facts, (own, inside) => this.#power(own, inside));
  }

  /** The image of a factor power; null where it does not contain the symbol. */
  #power({ factor, exponent }: FactorPower, inside: IndexFacts): Expression | null {
    if (factor.kind === 'symbol') return factor.name === this.#symbol ? this.#raisedSymbol(exponent) : null;
    const image = kindOf(factor).replaced(factor, this.#verbs(inside));
    return image === null ? null : this.#raised(image, exponent);
  }

  #verbs(facts: IndexFacts): FactorReplacement {
    return {
      inside: factor => {
        const image = this.#image(factor.template);
        return image && withArguments(image, factor, facts);
      },
      outer: factor => {
        const image = this.#image(factor.template);
        return image && applyFunction(factor.name, factor.parity, factor.order, withArguments(image, factor, facts));
      },
      vector: (factor, make) => {
        const own = bodyOf(factor);
        const image = own && this.#ofBody(own.body, facts);
        return own && image && factorExpression(make(vectorTemplate(image, own.component)));
      },
      product: factor => this.#product(factor, facts),
    };
  }

  /** The image of what stands inside a factor; null where that is the same. */
  #ofBody(body: Expression, inside: IndexFacts): Expression | null {
    const image = this.visit(body, inside);
    return image === body ? null : image;
  }

  #image(template: Template): Expression | null {
    let image = this.#images.get(template);
    if (image === undefined) {
      image = this.visit(template.body, IndexFacts.NONE);
      this.#images.set(template, image);
    }
    return image === template.body ? null : image;
  }

  /** A cumulative product stands for a ratio of two, so that none of its factors may vanish, those before the range among them. */
  #product(factor: ProductFactor, inside: IndexFacts): Expression | null {
    const own = bodyOf(factor);
    if (own === null) return null;
    const { lower = constantForm(0), upper } = factor;
    const isRange = factor.lower !== undefined;
    const first: Constraint = { left: ZERO, right: own.component, bound: 0 };
    const known = inside.with(isRange ? rangeOfProduct(own.component, lower, upper) : [first]);
    const image = this.#ofBody(own.body, known);
    if (image === null) return null;
    const facts = withIndices(this.#assumptions, known);
    if (!isRange && !(hasThinZeros(image, facts) && hasValues(image, facts)))
      return refuse('product-not-covered', 'at this value a factor of a product may vanish or have no value');
    return productOver(image, own.component, lower, upper, withIndices(this.#assumptions, inside), isRange);
  }

  #raised(base: Expression, exponent: Exponent): Expression {
    const plain = plainExponent(exponent);
    if (plain !== null) return power(base, plain, this.#assumptions);
    return exponent.constant.isInteger() ? (powerOfForm(base, formOf(exponent)) ?? notCovered()) : notCovered();
  }

  #raisedSymbol(exponent: Exponent): Expression {
    if (plainExponent(exponent) !== null || !isZero(this.#by)) return this.#raised(this.#by, exponent);
    return exponent.constant.isInteger() ? (zeroToForm(formOf(exponent)) ?? notCovered()) : notCovered();
  }
}

const notCovered = (): never =>
  refuse('exponent-not-covered', 'this value cannot stand under an exponent with an index');

const formOf = ({ constant, form }: Exponent): LinearForm => ({ constant: Number(constant.num), terms: form.terms });

/** The image of a body at the arguments, without what the facts exclude there. */
function withArguments(
  image: Expression,
  { template, arguments: args }: AppliedTemplate,
  facts: IndexFacts,
): Expression {
  const placed = substituteIndices(image, argumentMap(template, args));
  const possible = placed.terms.filter(term => !term.constraints.some(each => isFree(each) && facts.excludes(each)));
  return possible.length === placed.terms.length ? placed : { terms: possible };
}

const isFree = ({ left, right }: Constraint): boolean => !isBound(left) && !isBound(right);

/** 0^{form} for a form that is not negative where it occurs: 1 where it is 0, by 0⁰ = 1. */
export function zeroToForm(form: LinearForm): Expression | null {
  const plus = form.terms.filter(([, c]) => c > 0);
  const minus = form.terms.filter(([, c]) => c < 0);
  const [only, ...more] = form.terms;
  // c·x + k is 0 at x = −k/c alone, and at no index where that is no integer.
  if (only !== undefined && more.length === 0 && Math.abs(only[1]) !== 1) {
    return form.constant % only[1] === 0
      ? zeroToForm({ constant: form.constant / only[1], terms: [[only[0], 1]] })
      : ZERO_EXPRESSION;
  }
  if (plus.length > 1 || minus.length > 1 || form.terms.some(([, c]) => Math.abs(c) !== 1)) return null;
  const [left, right] = [plus[0]?.[0] ?? ZERO, minus[0]?.[0] ?? ZERO];
  return restrict(ONE_EXPRESSION, [
    { left, right, bound: -form.constant },
    { left: right, right: left, bound: form.constant },
  ]);
}
