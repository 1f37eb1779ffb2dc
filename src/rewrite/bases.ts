/**
 * Canonical bases: what stands under a radical, in a denominator or in a function is multiplied out, put over one
 * denominator and freed of monomial factors, so that √(A/d) and √A/√d, 1/(ab) and (1/a)(1/b) become the same thing.
 */
import type { Budget } from '../base/budget.ts';
import { type Assumptions, isPositive, isPositivePower } from '../expression/assumptions.ts';
import type { Constraint } from '../expression/domain.ts';
import {
  type Expression,
  expressionOf,
  factorExpression,
  mapFactors,
  multiply,
  substituteIndices,
} from '../expression/expression.ts';
import {
  exponentKey,
  exponentOf,
  type FactorPower,
  factorForms,
  factorKey,
  integerExponent,
  plainExponent,
} from '../expression/factor.ts';
import { applyFunction } from '../expression/functions.ts';
import { indexName, isBound, isSlot, openIndex, ZERO } from '../expression/indices.ts';
import { power } from '../expression/power.ts';
import { isScalar } from '../expression/scalar.ts';
import { argumentMap, type Template, vectorTemplate, wrap } from '../expression/template.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { cancelFractions } from './fractions.ts';
import { sumOut } from './resum.ts';
import { unfold, unfoldScalars } from './unfold.ts';

/** Canonicalises bases; remembers what it made of each template. */
export class Bases {
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #bodies = new Map<number, Expression>();
  readonly #quantities = new Map<number, Expression>();

  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = assumptions;
    this.#budget = budget;
  }

  /** The expression multiplied out, every base canonical. */
  canonical(expression: Expression): Expression {
    let current = unfold(expression, this.#budget);
    for (let round = 0; round < 6; round += 1) {
      const next = unfold(
        mapFactors(current, own => this.#power(own)),
        this.#budget,
      );
      if (next === current) return next;
      current = next;
    }
    return current;
  }

  /** Every base canonical, quantities with positive powers kept together: the first, cheap normalisation. */
  settle(expression: Expression): Expression {
    let current = expression;
    for (let round = 0; round < 4; round += 1) {
      const next = mapFactors(current, own => this.#settlePower(own));
      this.#budget.spend(next.terms.length);
      if (next === current) return next;
      current = next;
    }
    return current;
  }

  #settlePower(own: FactorPower): Expression | null {
    const { factor, exponent } = own;
    const plain = plainExponent(exponent);
    if (factor.kind !== 'template' || plain === null || !plain.isInteger() || plain.sign() < 0) return this.#power(own);
    if (isScalar(factor.template.body)) return null;
    const image = substituteIndices(
      this.#quantity(factor.template, factor.arguments),
      argumentMap(factor.template, factor.arguments),
    );
    const whole = power(image, plain, this.#assumptions);
    return same(whole, own) ? null : whole;
  }

  /**
   * A quantity with settled definition and its free sums in closed form, as a template or, where it is a plain product,
   * inserted.
   */
  #quantity(template: Template, args: readonly LinearForm[]): Expression {
    const known = this.#quantities.get(template.id);
    if (known !== undefined) return known;
    const settled = this.settle(template.body);
    const summed = sumOut(settled, this.#assumptions, this.#budget);
    const closed =
      summed === settled ? settled : this.settle(cancelFractions(unfoldScalars(summed, this.#budget), this.#budget));
    const body = allLabels(template, args) ? dropLabelConditions(closed) : closed;
    const [only] = body.terms;
    const isPlain =
      body.terms.length <= 1 && (only === undefined || (only.sorts.length === 0 && only.constraints.length === 0));
    const image = isPlain ? body : wrap(body);
    if (allLabels(template, args)) this.#quantities.set(template.id, image);
    return image;
  }

  /**
   * The canonical body of a base that is used with these arguments. Labels from −1 on are all that occur, so a condition
   * s ≥ −1 that summation has left on a slot is dropped; where an argument may be less it stays.
   */
  #body(template: Template, args: readonly LinearForm[]): Expression {
    const body = this.#fullBody(template);
    return allLabels(template, args) ? dropLabelConditions(body) : body;
  }

  #fullBody(template: Template): Expression {
    const known = this.#bodies.get(template.id);
    if (known !== undefined) return known;
    const summed = sumOut(this.canonical(template.body), this.#assumptions, this.#budget);
    const body = this.canonical(cancelFractions(this.canonical(summed), this.#budget));
    this.#bodies.set(template.id, body);
    return body;
  }

  #power(own: FactorPower): Expression | null {
    const { factor, exponent } = own;
    if (factor.kind === 'function') {
      const argument = substituteIndices(
        this.#body(factor.template, factor.arguments),
        argumentMap(factor.template, factor.arguments),
      );
      const image = applyFunction(factor.name, factor.parity, factor.order, argument);
      return same(image, own) ? null : power(image, plainExponent(exponent) ?? Rational.one, this.#assumptions);
    }
    if (factor.kind === 'vector-function') {
      const open = openIndex('coordinate');
      const [, ...rest] = factor.arguments;
      const map = argumentMap(factor.template, [variableForm(open), ...rest]);
      const { template, arguments: args } = vectorTemplate(
        substituteIndices(this.#body(factor.template, factor.arguments), map),
        open,
      );
      return template.id === factor.template.id
        ? null
        : factorExpression({ ...factor, template, arguments: args }, exponent);
    }
    const plain = plainExponent(exponent);
    if (factor.kind !== 'template' || plain === null) return null;
    const body = substituteIndices(
      this.#body(factor.template, factor.arguments),
      argumentMap(factor.template, factor.arguments),
    );
    const image = this.#splitPower(body, plain);
    return same(image, own) ? null : image;
  }

  /** body^e as N^e · d^{−e} · (monomial)^e, as far as signs allow. */
  #splitPower(body: Expression, exponent: Rational): Expression {
    if (body.terms.length <= 1) return power(body, exponent, this.#assumptions);
    const outside = [...this.#denominators(body, exponent), ...this.#monomial(body, exponent)];
    if (outside.length === 0) return power(body, exponent, this.#assumptions);
    const divisor = multiply(...outside.map(({ factor, exponent: e }) => factorExpression(factor, e)));
    const inverse = power(divisor, Rational.minusOne, this.#assumptions);
    const numerator = unfold(multiply(body, inverse), this.#budget);
    const parts = outside.map(({ factor, exponent: e }) =>
      power(factorExpression(factor, e), exponent, this.#assumptions),
    );
    return multiply(power(numerator, exponent, this.#assumptions), ...parts);
  }

  /** The denominators of a sum, as powers with negative exponents that may be taken out of the base. */
  #denominators(body: Expression, exponent: Rational): FactorPower[] {
    const least = new Map<string, FactorPower>();
    for (const term of body.terms) {
      for (const own of term.factors) {
        const whole = integerExponent(own.exponent);
        if (own.factor.kind !== 'template' || whole === null || whole >= 0 || hasBound(own)) continue;
        if (!exponent.isInteger() && !isPositive(own.factor.template.body, this.#assumptions)) continue;
        const key = factorKey(own.factor, indexName);
        const known = least.get(key);
        if (known === undefined || (integerExponent(known.exponent) ?? 0) > whole) least.set(key, own);
      }
    }
    return [...least.values()];
  }

  /** Symbols and positive factors that every term has. */
  #monomial(body: Expression, exponent: Rational): FactorPower[] {
    const [first, ...rest] = body.terms;
    if (first === undefined) return [];
    return first.factors.flatMap(own => {
      const plain = plainExponent(own.exponent);
      if (plain === null || own.factor.kind === 'template' || hasBound(own)) return [];
      if (
        !exponent.isInteger() &&
        (own.factor.kind === 'symbol' ? !isPositivePower(own, this.#assumptions) : !plain.isInteger())
      )
        return [];
      const key = factorKey(own.factor, indexName);
      let least = plain;
      for (const term of rest) {
        const other = term.factors.find(candidate => factorKey(candidate.factor, indexName) === key);
        const its = other === undefined ? null : plainExponent(other.exponent);
        if (its === null) return [];
        if (its.compare(least) < 0) least = its;
      }
      // Under a root only an even power may leave it, as |a|, unless a is a positive symbol.
      const even =
        own.factor.kind === 'symbol' || exponent.isInteger()
          ? least
          : least.subtract(Rational.of(((Number(least.num) % 2) + 2) % 2));
      return even.isZero() ? [] : [{ factor: own.factor, exponent: exponentOf(even) }];
    });
  }
}

/** n + c or l + c with c ≥ −1, a slot with c ≥ 0, or a constant ≥ −1: a label that is at least −1. */
function isLabel(form: LinearForm): boolean {
  const [only] = form.terms;
  if (only === undefined) return form.constant >= -1;
  return form.terms.length === 1 && only[1] === 1 && form.constant >= (isSlot(only[0]) ? 0 : -1);
}

const allLabels = (template: Template, args: readonly LinearForm[]): boolean =>
  args.every((form, position) => template.sorts[position] === 'coordinate' || isLabel(form));

function dropLabelConditions(body: Expression): Expression {
  const holds = (c: Constraint): boolean => c.left === ZERO && isSlot(c.right) && c.bound >= 1;
  if (!body.terms.some(term => term.constraints.some(holds))) return body;
  return expressionOf(body.terms.map(term => ({ ...term, constraints: term.constraints.filter(c => !holds(c)) })));
}

const hasBound = (own: FactorPower): boolean =>
  factorForms(own.factor).some(form => form.terms.some(([index]) => isBound(index)));

function same(image: Expression, own: FactorPower): boolean {
  const [only] = image.terms;
  const [made] = only?.factors ?? [];
  if (
    image.terms.length !== 1 ||
    only === undefined ||
    made === undefined ||
    only.factors.length !== 1 ||
    only.sorts.length > 0 ||
    !only.coefficient.isOne()
  )
    return false;
  return (
    factorKey(made.factor, indexName) === factorKey(own.factor, indexName) &&
    exponentKey(made.exponent, indexName) === exponentKey(own.exponent, indexName)
  );
}
