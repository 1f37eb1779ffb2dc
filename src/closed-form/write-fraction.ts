/**
 * A fraction as one would write it by hand: common factors in front, one bar, β/(1−β) − (n+1)β^{n+1}/(1−β^{n+1}) rather
 * than everything over one denominator. Of several ways the shortest is taken; all have the same value.
 */
import type { FactorPower } from '../expression/factor.ts';
import { factorExpression } from '../expression/expression.ts';
import { instantiate } from '../expression/template.ts';
import { type Letters, writeExpression, type WriterOptions } from '../expression/to-formula.ts';
import { add, divide, multiply, negate, number, power } from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../number/linear-form.ts';
import { fractionFrom } from '../simplify/collect-terms.ts';
import { costOf } from './cost.ts';
import type { PolynomialPower } from '../simplify/factor-polynomial.ts';
import {
  addFractions,
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
  scaleFraction,
  substituteFraction,
  subtractFractions,
} from '../simplify/rational-function.ts';
import {
  addPolynomials,
  coefficientsOf,
  commonMonomial,
  constantPolynomial,
  contentOf,
  dividedByMonomial,
  exponentIn,
  type Monomial,
  multiplyMonomials,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomialKey,
  polynomialOf,
  powerPolynomial,
  substitutePolynomial,
  variablePolynomial,
  variablesOf,
} from '../simplify/polynomial.ts';
import type { Variables } from '../simplify/polynomial-variables.ts';

/** ± number · above / below. */
export interface Written {
  readonly negative: boolean;
  readonly number: Rational;
  readonly above: readonly Formula[];
  readonly below: readonly Formula[];
}

/** One denominator for everything is taken only where that makes the formula so much shorter. */
const CLEARLY_SHORTER = 0.7;
export interface ClosedOptions extends WriterOptions {
  /** Fractions of hyperparameters are not taken apart into sums: for what stands in sums over times itself. */
  readonly inOneFraction?: boolean;
}

/** Ways to split a fraction are tried to this depth. */
const MOST_SPLITS = 3;
/** Polynomials with more terms than this are written out as they are. */
const MOST_COLLECTED = 40;

export class FractionWriter {
  readonly #variables: Variables;
  readonly #options: ClosedOptions;
  readonly #letters: Letters;
  readonly #depth: number;
  readonly #polynomials = new Map<string, Formula>();
  readonly #singles = new Map<string, Written>();

  constructor(variables: Variables, options: ClosedOptions, letters: Letters = new Map()) {
    this.#depth = options.inOneFraction === true ? 0 : MOST_SPLITS;
    this.#variables = variables;
    this.#options = options;
    this.#letters = letters;
  }

  /** The fraction times `tail`, which stands beside it. */
  formula(fraction: Fraction, tail: readonly Formula[] = []): Formula {
    return joined(this.write(fraction), tail);
  }

  /** The fraction times a letter that stands above its bar: \frac{h (1+β)}{4 (1−β)}. */
  scaledBy(fraction: Fraction, letter: Formula, tail: readonly Formula[]): Formula {
    const written = this.write(fraction);
    const isSum = written.above.some(factor => factor.kind === 'add') && written.below.length === 0;
    if (!isSum) return joined({ ...written, above: [letter, ...written.above] }, tail);
    return joined({ ...written, above: [letter] }, [...written.above, ...tail]);
  }

  /** The shortest way that was found. */
  write(fraction: Fraction): Written {
    const forms = this.#radicalForms(fraction);
    const byLocals = shortest(forms.map(each => this.#byLocals(each)));
    if (fraction.above.length > MOST_COLLECTED) return byLocals;
    const single = shortest(forms.map(each => this.#single(each)));
    return costOf(joined(single)) < CLEARLY_SHORTER * costOf(joined(byLocals)) ? single : byLocals;
  }

  /** The fraction as it is, and with s² as what stands under the root. */
  #radicalForms(fraction: Fraction): Fraction[] {
    const forms = [fraction];
    const common = commonMonomial(fraction.above);
    let expanded = fraction;
    for (const id of variablesOf(fraction.above)) {
      const variable = this.#variables.get(id);
      if (variable.kind !== 'local' || variable.factor.kind !== 'template' || variable.unit.form.terms.length > 0)
        continue;
      const body = fractionFrom(instantiate(variable.factor.template, variable.factor.arguments), this.#variables);
      const least = exponentIn(common, id);
      if (body === null || body.below.length > 0) continue;
      const above = expanded.above.map(({ coefficient, monomial }) => {
        const surplus = exponentIn(monomial, id) - least;
        if (surplus === 0 || surplus % 2 !== 0) return polynomialOf([{ coefficient, monomial }]);
        const lowered = multiplyMonomials(monomial, [[id, surplus]], -1);
        return multiplyPolynomials([{ coefficient, monomial: lowered }], powerPolynomial(body.above, surplus / 2));
      });
      expanded = { above: addPolynomials(...above), below: expanded.below };
    }
    if (expanded !== fraction && !isZeroFraction(expanded)) forms.push(expanded);
    return forms;
  }

  /** Every power of a local quantity with its own coefficient: ((…) g² − (…) ε)/(2 s³). */
  #byLocals(fraction: Fraction): Written {
    const groups = new Map<string, { local: Monomial; terms: Polynomial[] }>();
    const locals = this.#localVariables(fraction);
    for (const term of fraction.above) {
      const local = term.monomial.filter(([id]) => locals.has(id));
      const scalar = term.monomial.filter(([id]) => !locals.has(id));
      const key = JSON.stringify(local);
      const group = groups.get(key) ?? { local, terms: [] };
      group.terms.push(polynomialOf([{ coefficient: term.coefficient, monomial: scalar }]));
      groups.set(key, group);
    }
    const parts = [...groups.values()].map(({ local, terms }) => ({
      local,
      coefficient: multiplyFractions(fractionOf(addPolynomials(...terms)), {
        above: ONE_POLYNOMIAL,
        below: fraction.below,
      }),
    }));
    const common = commonMonomial(parts.map(({ local }) => ({ coefficient: Rational.one, monomial: local })));
    const content = contentOf(parts.flatMap(({ coefficient }) => coefficient.above));
    const [only] = parts;
    if (parts.length === 1 && only !== undefined)
      return this.#times(this.#scalar(only.coefficient, this.#depth), only.local);
    const written = parts.map(({ local, coefficient }) =>
      this.#times(
        this.#scalar(scaleFraction(coefficient, content.inverse()), this.#depth),
        multiplyMonomials(local, common, -1),
      ),
    );
    const ordered = [...written].sort((a, b) => Number(a.negative) - Number(b.negative));
    const negative = ordered[0]?.negative ?? false;
    const sum = add(...ordered.map(each => joined({ ...each, negative: each.negative !== negative })));
    return this.#times({ negative, number: content, above: [sum], below: [] }, common);
  }

  /** Factors at component j, and the symbols that stand under their roots. */
  #localVariables(fraction: Fraction): Set<number> {
    const found = new Set<number>();
    for (const id of variablesOf(fraction.above)) {
      const variable = this.#variables.get(id);
      if (variable.kind !== 'local' || variable.factor.kind === 'symbol') continue;
      found.add(id);
      if (variable.factor.kind !== 'template') continue;
      const body = fractionFrom(instantiate(variable.factor.template, variable.factor.arguments), this.#variables);
      for (const inner of body?.above ?? []) {
        if (
          inner.monomial.length === 1 &&
          inner.monomial.every(([each]) => this.#variables.get(each).kind === 'symbol')
        )
          found.add(inner.monomial[0]?.[0] ?? id);
      }
    }
    return found;
  }

  /** The monomial as factors above and below what is written. */
  #times(written: Written, monomial: Monomial): Written {
    const { above, below } = this.#monomial(monomial);
    return { ...written, above: [...written.above, ...above], below: [...written.below, ...below] };
  }

  /** A fraction of hyperparameters and indices: over one denominator, or as a sum of simpler ones. */
  #scalar(fraction: Fraction, depth: number): Written {
    const single = this.#single(fraction);
    if (depth === 0 || fraction.above.length < 2) return single;
    const names = new Set(
      fraction.above
        .flatMap(({ monomial }) => monomial)
        .filter(([id]) => this.#variables.get(id).kind === 'power')
        .flatMap(([id]) => this.#nameOf(id)),
    );
    const common = commonMonomial(fraction.above).filter(
      ([id, exponent]) =>
        exponent !== 0 &&
        !this.#nameOf(id).some(name => names.has(name)) &&
        !fraction.below.some(({ base }) => variablesOf(base).includes(id)),
    );
    const rest = { above: dividedByMonomial(fraction.above, common), below: fraction.below };
    const splits = this.#splits(rest).map(parts => this.#times(this.#sumOf(parts, depth - 1), common));
    return shortest([single, ...splits]);
  }

  #sumOf(parts: readonly Fraction[], depth: number): Written {
    const content = contentOf(parts.flatMap(({ above }) => above));
    const written = parts.map(part => this.#scalar(scaleFraction(part, content.inverse()), depth));
    const ordered = [...written].sort((a, b) => Number(a.negative) - Number(b.negative));
    const negative = ordered[0]?.negative ?? false;
    return {
      negative,
      number: content,
      above: [add(...ordered.map(each => joined({ ...each, negative: each.negative !== negative })))],
      below: [],
    };
  }

  /** Sums that a fraction is: its limit and what decays, and functions of different hyperparameters. */
  #splits(fraction: Fraction): Fraction[][] {
    const ids = [
      ...new Set([...variablesOf(fraction.above), ...fraction.below.flatMap(({ base }) => variablesOf(base))]),
    ];
    const powers = ids.filter(id => this.#variables.get(id).kind === 'power');
    const names = [...new Set(ids.flatMap(id => this.#nameOf(id)))];
    const found: Fraction[][] = [];
    const limit = this.#without(fraction, powers);
    if (powers.length > 0 && limit !== null && !isZeroFraction(limit))
      found.push([limit, subtractFractions(fraction, limit)]);
    for (const name of names.length > 1 ? names : []) {
      const own = ids.filter(id => this.#nameOf(id).includes(name));
      const others = ids.filter(id => this.#nameOf(id).some(each => each !== name));
      const [alone, without, neither] = [
        this.#without(fraction, others),
        this.#without(fraction, own),
        this.#without(fraction, [...own, ...others]),
      ];
      if (alone === null || without === null || neither === null) continue;
      if (!isZeroFraction(subtractFractions(addFractions(fraction, neither), addFractions(alone, without)))) continue;
      found.push([alone, subtractFractions(without, neither)], [subtractFractions(alone, neither), without]);
    }
    return found.map(parts => parts.filter(part => !isZeroFraction(part))).filter(parts => parts.length > 1);
  }

  #nameOf(id: number): string[] {
    const variable = this.#variables.get(id);
    return variable.kind === 'symbol' || variable.kind === 'power' ? [variable.name] : [];
  }

  /** The fraction at 0 for these variables; null where it has no value there. */
  #without(fraction: Fraction, ids: readonly number[]): Fraction | null {
    let current: Fraction | null = fraction;
    for (const id of ids)
      current = current === null ? null : substituteFraction(current, id, [], this.#variables.factor);
    return current;
  }

  /** Everything over one denominator, both sides in factors. */
  #single(fraction: Fraction): Written {
    const key = keyOf(fraction);
    const known = this.#singles.get(key) ?? this.#inFactors(fraction);
    this.#singles.set(key, known);
    return known;
  }

  #inFactors(fraction: Fraction): Written {
    const { number: value, monomial, powers } = this.#variables.factor(fraction.above);
    const { above, below } = this.#monomial(monomial);
    const front = joinConjugates(powers).map(each => this.#polynomialPower(each));
    const bottom = fraction.below.map(each => this.#polynomialPower(each));
    return {
      negative: value.sign() < 0,
      number: value.abs(),
      above: [...front, ...above].sort(inReadingOrder),
      below: [...below, ...bottom],
    };
  }

  #polynomialPower({ base, count }: PolynomialPower): Formula {
    const written = this.#polynomial(base);
    return count === 1 ? written : power(written, number(count));
  }

  /** A polynomial with several terms: written out, or collected by powers of one of its variables. */
  #polynomial(polynomial: Polynomial): Formula {
    const key = polynomialKey(polynomial);
    const known = this.#polynomials.get(key);
    if (known !== undefined) return known;
    const ways = [this.#expanded(polynomial)];
    if (polynomial.length > 2 && polynomial.length <= MOST_COLLECTED) {
      for (const id of variablesOf(polynomial)) ways.push(...this.#collected(polynomial, id));
    }
    const best = ways.reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
    this.#polynomials.set(key, best);
    return best;
  }

  #expanded(polynomial: Polynomial): Formula {
    const form = this.#asForm(polynomial);
    if (form !== null) return this.#form(form);
    const degree = ({ monomial }: Polynomial[number]): number =>
      monomial.reduce(
        (sum, [id, exponent]) =>
          sum +
          Math.abs(exponent) +
          (this.#variables.get(id).kind === 'power' ? 10 : this.#variables.get(id).kind === 'local' ? -5 : 0),
        0,
      );
    const byDegree = [...polynomial].sort((a, b) => degree(a) - degree(b));
    const startsPositive = (byDegree[0]?.coefficient.sign() ?? 1) > 0;
    const ordered = startsPositive
      ? byDegree
      : [...byDegree].sort((a, b) => b.coefficient.sign() - a.coefficient.sign());
    const terms = ordered.map(({ coefficient, monomial }) =>
      joined(
        this.#times({ negative: coefficient.sign() < 0, number: coefficient.abs(), above: [], below: [] }, monomial),
      ),
    );
    return add(...terms);
  }

  /** By powers of one variable; of an index also by powers of n + 1. */
  #collected(polynomial: Polynomial, id: number): Formula[] {
    const variable = this.#variables.get(id);
    const shifts = variable.kind === 'index' ? [0, 1] : [0];
    return shifts.flatMap(shift => {
      const shifted =
        shift === 0
          ? polynomial
          : substitutePolynomial(polynomial, id, addPolynomials(variablePolynomial(id), constantPolynomial(-shift)));
      const coefficients = shifted === null ? new Map<number, Polynomial>() : coefficientsOf(shifted, id);
      if (coefficients.size < 2) return [];
      const base = shift === 0 ? null : this.#form(variableForm(variable.kind === 'index' ? variable.index : 0, shift));
      const parts = [...coefficients]
        .sort((a, b) => a[0] - b[0])
        .map(([exponent, coefficient]) => {
          const own = this.#single(fractionOf(coefficient));
          if (exponent === 0) return own;
          if (base === null)
            return this.#single(fractionOf(multiplyPolynomials(coefficient, variablePolynomial(id, exponent))));
          return { ...own, above: [exponent === 1 ? base : power(base, number(exponent)), ...own.above] };
        });
      const ordered = [...parts].sort((a, b) => Number(a.negative) - Number(b.negative));
      return [add(...ordered.map(each => joined(each)))];
    });
  }

  /** A linear form with whole coefficients, such as n + 1; null for others. */
  #asForm(polynomial: Polynomial): LinearForm | null {
    let form = constantForm(0);
    for (const { coefficient, monomial } of polynomial) {
      const [only] = monomial;
      const variable = only === undefined ? null : this.#variables.get(only[0]);
      if (!coefficient.isInteger() || monomial.length > 1 || (only !== undefined && only[1] !== 1)) return null;
      if (variable !== null && variable.kind !== 'index') return null;
      const value = Number(coefficient.num);
      form =
        variable === null
          ? addForms(form, constantForm(value))
          : addForms(form, scaleForm(variableForm(variable.index), value));
    }
    return form;
  }

  #form(form: LinearForm): Formula {
    return this.#power({
      factor: { kind: 'index', index: form },
      exponent: { constant: Rational.one, form: constantForm(0) },
    });
  }

  #power({ factor, exponent }: FactorPower): Formula {
    return writeExpression(factorExpression(factor, exponent), this.#options, this.#letters);
  }

  /** The factors of a monomial, those with negative exponents below. */
  #monomial(monomial: Monomial): { readonly above: Formula[]; readonly below: Formula[] } {
    const above: Formula[] = [];
    const below: Formula[] = [];
    for (const own of this.#variables.factorPowers(monomial)) {
      const { constant, form } = own.exponent;
      const isBelow = form.terms.length === 0 ? constant.sign() < 0 : form.terms.every(([, count]) => count < 0);
      if (!isBelow) above.push(this.#power(own));
      else
        below.push(
          this.#power({ factor: own.factor, exponent: { constant: constant.negate(), form: scaleForm(form, -1) } }),
        );
    }
    return { above, below };
  }
}

const keyOf = ({ above, below }: Fraction): string =>
  `${polynomialKey(above)}/${below.map(({ base, count }) => `(${polynomialKey(base)})^${count}`).join('')}`;

/** (1 − x)(1 + x) as 1 − x². */
function joinConjugates(powers: readonly PolynomialPower[]): PolynomialPower[] {
  const rest = [...powers];
  for (const minus of powers) {
    const conjugate = polynomialOf(
      minus.base.map(({ coefficient, monomial }) => ({
        coefficient: monomial.length === 0 ? coefficient : coefficient.negate(),
        monomial,
      })),
    );
    const plus = rest.find(
      ({ base, count }) => count === minus.count && polynomialKey(base) === polynomialKey(conjugate),
    );
    if (minus.base.length !== 2 || plus === undefined || !rest.includes(minus) || plus === minus) continue;
    rest.splice(rest.indexOf(minus), 1, { base: multiplyPolynomials(minus.base, plus.base), count: minus.count });
    rest.splice(rest.indexOf(plus), 1);
  }
  return rest;
}

/** Counts before powers, powers before sums: (n+1) β^{n+1} (1−β). */
const inReadingOrder = (a: Formula, b: Formula): number => readingRank(a) - readingRank(b);

function readingRank(formula: Formula): number {
  if (formula.kind === 'index' || isCount(formula)) return 0;
  return formula.kind === 'add' ? 2 : 1;
}

const isCount = (formula: Formula): boolean =>
  formula.kind === 'add' && formula.terms.every(term => ['index', 'number'].includes(term.kind));

const shortest = (ways: readonly Written[]): Written => {
  const [first, ...others] = ways;
  if (first === undefined) throw new Error('there is always one way to write a fraction');
  return others.reduce((a, b) => (costOf(joined(b)) < costOf(joined(a)) ? b : a), first);
};

/** The formula of what is written, with further factors beside it. */
export function joined({ negative, number: value, above, below }: Written, tail: readonly Formula[] = []): Formula {
  const top = value.num === 1n && above.length > 0 ? above : [number(Rational.of(value.num)), ...above];
  const bottom = value.den === 1n ? below : [number(Rational.of(value.den)), ...below];
  const isOne = value.num === 1n && above.length === 0 && bottom.length === 0;
  // θ_j stands above the bar, a sum or a gradient beside it.
  const short = bottom.length === 0 ? [] : tail.filter(each => each.kind === 'iterate');
  const beside = bottom.length === 0 ? tail : tail.filter(each => each.kind !== 'iterate');
  const over = value.num === 1n && above.length === 0 && short.length > 0 ? short : [...top, ...short];
  const front = bottom.length === 0 ? top : [divide(productOf(over), productOf(bottom))];
  const result = productOf(isOne && tail.length > 0 ? tail : [...front, ...beside]);
  return negative ? negate(result) : result;
}

export function productOf(factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (only === undefined) return number(1);
  return factors.length === 1 ? only : multiply(...factors);
}
