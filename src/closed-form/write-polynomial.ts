/** Polynomials in factors and their quotients over one denominator, each sum written out or by powers of one variable. */
import { Remembered } from '../base/work.ts';
import { factorExpression } from '../expression/core/expression.ts';
import { exponentKey, type FactorPower, factorKey } from '../expression/core/factor.ts';
import { indexName } from '../expression/core/indices.ts';
import { writeExpression, type WriterOptions } from '../expression/write/to-formula.ts';
import type { WrittenIndices } from '../expression/write/write-form.ts';
import { addition, number, toPower } from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import type { PolynomialPower } from '../algebra/factor-polynomial.ts';
import {
  addPolynomials,
  coefficientsOf,
  constantPolynomial,
  type Monomial,
  multiplyPolynomials,
  type Polynomial,
  polynomialKey,
  polynomialOf,
  substitutePolynomial,
  variablePolynomial,
  variablesOf,
} from '../algebra/polynomial.ts';
import type { Variables } from '../rewrite/polynomial-variables.ts';
import { type Fraction, fractionOf } from '../algebra/rational-function.ts';
import { costOf } from './cost.ts';
import { joined, type Written } from './written.ts';

/** Polynomials with more terms than this are written out as they are. */
export const MOST_COLLECTED = 40;

export class PolynomialWriter {
  readonly #variables: Variables;
  readonly #options: WriterOptions;
  readonly #letters: WrittenIndices;
  readonly #polynomials = new Map<string, Formula>();
  readonly #singles = new Map<string, Written>();
  readonly #powers = new Remembered<Formula>();

  constructor(variables: Variables, options: WriterOptions, letters: WrittenIndices) {
    this.#variables = variables;
    this.#options = options;
    this.#letters = letters;
  }

  /** Everything over one denominator, both sides in factors. */
  single(fraction: Fraction): Written {
    const key = keyOf(fraction);
    const known = this.#singles.get(key) ?? this.#inFactors(fraction);
    this.#singles.set(key, known);
    return known;
  }

  /** The monomial as factors above and below what is written. */
  times(written: Written, monomial: Monomial): Written {
    const { above, below } = this.#monomial(monomial);
    return { ...written, above: [...written.above, ...above], below: [...written.below, ...below] };
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
    return count === 1 ? written : toPower(written, number(count));
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
        this.times({ negative: coefficient.sign() < 0, number: coefficient.abs(), above: [], below: [] }, monomial),
      ),
    );
    return addition(...terms);
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
          const own = this.single(fractionOf(coefficient));
          if (exponent === 0) return own;
          if (base === null)
            return this.single(fractionOf(multiplyPolynomials(coefficient, variablePolynomial(id, exponent))));
          return { ...own, above: [exponent === 1 ? base : toPower(base, number(exponent)), ...own.above] };
        });
      const ordered = [...parts].sort((a, b) => Number(a.negative) - Number(b.negative));
      return [addition(...ordered.map(each => joined(each)))];
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

  /** The ways that are tried hold the same few powers, and what stands under a root is a closed form of its own. */
  #power({ factor, exponent }: FactorPower): Formula {
    return this.#powers.get(factorKey(factor, indexName) + exponentKey(exponent, indexName), () =>
      writeExpression(factorExpression(factor, exponent), this.#options, this.#letters),
    );
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
