/**
 * Canonical bases: what stands under a radical, in a denominator or in a function is multiplied out, put over one
 * denominator and freed of monomial factors, so that √(A/d) and √A/√d, 1/(ab) and (1/a)(1/b) become the same thing.
 */
import type { Budget } from '../../base/budget.ts';
import { Owner, SharedValues } from '../../base/shared-values.ts';
import {
  type Assumptions,
  insideTemplate,
  isPositive,
  isPositivePower,
  symbolsKey,
  withIndices,
} from '../../expression/arithmetic/assumptions.ts';
import {
  type Expression,
  factorExpression,
  isZero,
  mapFactorsUnder,
  multiply,
  substituteIndices,
} from '../../expression/core/expression.ts';
import {
  exponentKey,
  exponentOf,
  type FactorPower,
  factorForms,
  factorKey,
  timesBelow,
  plainExponent,
} from '../../expression/core/factor.ts';
import type { TemplateFactor } from '../../expression/core/factors.ts';
import { applyFunction } from '../../expression/arithmetic/functions.ts';
import { freeSort, indexName, isBound, openIndex } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { isScalar } from '../../expression/arithmetic/scalar.ts';
import { singlePower, singleTerm } from '../../expression/core/single.ts';
import { argumentMap, type Template, vectorTemplate, wrap } from '../../expression/core/template.ts';
import { neverZero } from '../../expression/arithmetic/thin-zeros.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { absorbEnds } from './sums/absorb-ends.ts';
import { underContext } from '../context.ts';
import { cancelFractions } from './fractions.ts';
import { sumOut } from './sums/resum.ts';
import { unfold, unfoldScalars } from '../unfold.ts';

/** What was made of templates, under each set of facts about symbols and slots. */
const bodies = new SharedValues<Expression>({ paid: 'once' });
const quantities = new SharedValues<Expression>({ paid: 'once' });
/** Of powers: the same stand in many terms. */
const powers = new SharedValues<Expression | null>({ paid: 'each time' });

/** Canonicalises bases. */
export class Bases {
  readonly #assumptions: Assumptions;
  readonly #budget: Budget;
  readonly #owner: Owner;
  /** The facts about symbols, in the keys of what is shared. */
  readonly #symbols: string;

  /** The assumptions' facts about indices hold for the expressions that are given. */
  constructor(assumptions: Assumptions, budget: Budget) {
    this.#assumptions = assumptions;
    this.#budget = budget;
    this.#owner = new Owner(budget);
    this.#symbols = symbolsKey(assumptions);
  }

  /** The expression multiplied out, every base canonical. */
  canonical(expression: Expression): Expression {
    return this.#canonical(expression, this.#assumptions);
  }

  /** Every base canonical, quantities with positive powers kept together: the first, cheap normalisation. */
  onBases(expression: Expression): Expression {
    return this.#onBases(expression, this.#assumptions);
  }

  #canonical(expression: Expression, facts: Assumptions): Expression {
    let current = unfold(expression, this.#budget, facts);
    for (let round = 0; round < 6; round += 1) {
      const next = unfold(
        mapFactorsUnder(current, facts.indices, (own, inside) => this.#power(own, withIndices(facts, inside))),
        this.#budget,
        facts,
      );
      if (next === current) return next;
      current = next;
    }
    return current;
  }

  #onBases(expression: Expression, facts: Assumptions): Expression {
    let current = expression;
    for (let round = 0; round < 4; round += 1) {
      const next = mapFactorsUnder(current, facts.indices, (own, inside) =>
        this.#powerOnBases(own, withIndices(facts, inside)),
      );
      this.#budget.spend(next.terms.length);
      if (next === current) return next;
      current = next;
    }
    return current;
  }

  #powerOnBases(own: FactorPower, facts: Assumptions): Expression | null {
    const { factor, exponent } = own;
    const plain = plainExponent(exponent);
    if (factor.kind !== 'template' || plain === null || !plain.isInteger() || plain.sign() === -1)
      return this.#power(own, facts);
    if (isScalar(factor.template.body)) return null;
    const image = substituteIndices(
      this.#quantity(factor.template, insideTemplate(facts, factor.template, factor.arguments)),
      argumentMap(factor.template, factor.arguments),
    );
    const whole = power(image, plain, facts);
    return same(whole, own) ? null : whole;
  }

  /**
   * A quantity with its definition on bases and its free sums in closed form, as a template or, where it is a plain product,
   * inserted.
   */
  #quantity(template: Template, inside: Assumptions): Expression {
    const key = `${template.id}|${inside.indices.key}|${this.#symbols}`;
    return this.#owner.get(quantities, key, () => this.#madeQuantity(template, inside));
  }

  #madeQuantity(template: Template, inside: Assumptions): Expression {
    const based = this.#onBases(template.body, inside);
    const summed = sumOut(based, inside, this.#budget);
    const closed =
      summed === based
        ? based
        : this.#onBases(cancelFractions(unfoldScalars(summed, this.#budget, inside), this.#budget), inside);
    const body = underContext(closed, inside.indices);
    return isZero(body) || singleTerm(body) !== null ? body : wrap(body);
  }

  /** The canonical body of a base, under what is known of its slots where it is used. */
  #body(template: Template, args: readonly LinearForm[], facts: Assumptions): Expression {
    const inside = insideTemplate(facts, template, args);
    const key = `${template.id}|${inside.indices.key}|${this.#symbols}`;
    return this.#owner.get(bodies, key, () => this.base(template.body, inside));
  }

  /** An expression as the base of a root: multiplied out, sums in closed form, fractions cancelled, where these facts hold. */
  base(expression: Expression, facts: Assumptions): Expression {
    const summed = sumOut(this.opened(expression, facts), facts, this.#budget);
    const closed = this.#canonical(cancelFractions(this.#canonical(summed, facts), this.#budget), facts);
    return underContext(closed, facts.indices);
  }

  /** The same with its sums, each of which takes in the terms beside its ends. */
  opened(expression: Expression, facts: Assumptions): Expression {
    return absorbEnds(this.#canonical(expression, facts), facts.indices, this.#budget);
  }

  #power(own: FactorPower, facts: Assumptions): Expression | null {
    const { factor, exponent } = own;
    if (factor.kind === 'function') {
      const argument = substituteIndices(
        this.#body(factor.template, factor.arguments, facts),
        argumentMap(factor.template, factor.arguments),
      );
      const image = applyFunction(factor.name, factor.parity, factor.order, argument);
      return same(image, own) ? null : power(image, plainExponent(exponent) ?? Rational.one, facts);
    }
    if (factor.kind === 'vector-function') {
      const open = openIndex('coordinate');
      const [, ...rest] = factor.arguments;
      const map = argumentMap(factor.template, [variableForm(open), ...rest]);
      const { template, arguments: args } = vectorTemplate(
        substituteIndices(this.#body(factor.template, factor.arguments, facts), map),
        open,
      );
      return template.id === factor.template.id
        ? null
        : factorExpression({ ...factor, template, arguments: args }, exponent);
    }
    const plain = plainExponent(exponent);
    if (factor.kind !== 'template' || plain === null) return null;
    const [key, hasOpen] = withoutOpenNames(`${factorKey(factor, indexName)}^${plain}|${facts.indices.key}`);
    // What is made holds the open indices themselves, of which the key tells the order only.
    return this.#owner.get(
      powers,
      `${key}|${this.#symbols}`,
      () => this.#templatePower(own, factor, plain, facts),
      image => image === null || !hasOpen,
    );
  }

  #templatePower(own: FactorPower, factor: TemplateFactor, plain: Rational, facts: Assumptions): Expression | null {
    const body = substituteIndices(
      this.#body(factor.template, factor.arguments, facts),
      argumentMap(factor.template, factor.arguments),
    );
    const image = this.#splitPower(body, plain, facts);
    return same(image, own) ? null : image;
  }

  /** body^e as N^e · d^{−e} · (monomial)^e, as far as signs allow. */
  #splitPower(body: Expression, exponent: Rational, facts: Assumptions): Expression {
    if (body.terms.length <= 1) return power(body, exponent, facts);
    const outside = [...this.#denominators(body, exponent, facts), ...this.#monomial(body, exponent, facts)];
    if (outside.length === 0) return power(body, exponent, facts);
    const divisor = multiply(...outside.map(({ factor, exponent: e }) => factorExpression(factor, e)));
    const inverse = power(divisor, Rational.minusOne, facts);
    const numerator = unfold(multiply(body, inverse), this.#budget, facts);
    const parts = outside.map(({ factor, exponent: e }) => power(factorExpression(factor, e), exponent, facts));
    return multiply(power(numerator, exponent, facts), ...parts);
  }

  /** The denominators of a sum, as powers with negative exponents that may be taken out of the base. */
  #denominators(body: Expression, exponent: Rational, facts: Assumptions): FactorPower[] {
    const most = new Map<string, { readonly factor: FactorPower['factor']; readonly count: number }>();
    for (const term of body.terms) {
      for (const own of term.factors) {
        const count = timesBelow(own);
        if (own.factor.kind !== 'template' || count === 0 || hasBound(own)) continue;
        const { template, arguments: args } = own.factor;
        if (!exponent.isInteger() && !isPositive(template.body, insideTemplate(facts, template, args))) continue;
        const key = factorKey(own.factor, indexName);
        most.set(key, { factor: own.factor, count: Math.max(count, most.get(key)?.count ?? count) });
      }
    }
    return [...most.values()].map(({ factor, count }) => ({ factor, exponent: exponentOf(-count) }));
  }

  /** Symbols and positive factors that every term has. */
  #monomial(body: Expression, exponent: Rational, facts: Assumptions): FactorPower[] {
    const [first, ...rest] = body.terms;
    if (first === undefined) return [];
    return first.factors.flatMap(own => {
      const plain = plainExponent(own.exponent);
      if (plain === null || own.factor.kind === 'template' || hasBound(own)) return [];
      if (!exponent.isInteger() && (own.factor.kind === 'symbol' ? !isPositivePower(own, facts) : !plain.isInteger()))
        return [];
      // √(n²x) is 0 at n = 0, where |n|√x need not have a value.
      if (!exponent.isInteger() && own.factor.kind === 'index' && !neverZero(own.factor.index, facts.indices))
        return [];
      const key = factorKey(own.factor, indexName);
      let least = plain;
      for (const term of rest) {
        const other = term.factors.find(candidate => factorKey(candidate.factor, indexName) === key);
        const its = other === undefined ? null : plainExponent(other.exponent);
        if (its === null) return [];
        least = Rational.min(least, its);
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

/** The text with the names of open indices, which are new each time, by their order and sort. */
function withoutOpenNames(text: string): readonly [string, boolean] {
  const names = [...new Set(text.match(OPEN_NAME))].sort();
  if (names.length === 0) return [text, false];
  const short = (name: string): string =>
    `${freeSort(Number(name.slice(1))) === 'history' ? 'h' : 'c'}${names.indexOf(name)}`;
  return [text.replace(OPEN_NAME, short), true];
}

const OPEN_NAME = /\bo\d{9,}/g;

const hasBound = (own: FactorPower): boolean =>
  factorForms(own.factor).some(form => form.terms.some(([index]) => isBound(index)));

function same(image: Expression, own: FactorPower): boolean {
  const made = singlePower(image);
  return (
    made !== null &&
    factorKey(made.factor, indexName) === factorKey(own.factor, indexName) &&
    exponentKey(made.exponent, indexName) === exponentKey(own.exponent, indexName)
  );
}
