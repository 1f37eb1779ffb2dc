/**
 * The variables of the polynomials of a closed form, and what they stand for: a hyperparameter β, a power β^n or β^l of
 * one, an index n, or any other factor of the normal form, in units of the least fraction of its exponents (√R², ∇_jE).
 */
import type { Exponent, FactorPower } from '../expression/core/factor.ts';
import type { Factor } from '../expression/core/factors.ts';
import {
  addExponents,
  exponentFromForm,
  exponentOf,
  factorKey,
  integerExponent,
  isZeroExponent,
} from '../expression/core/factor.ts';
import { factorExpression } from '../expression/core/expression.ts';
import { abstract } from '../expression/core/template.ts';
import { indexName } from '../expression/core/indices.ts';
import { type LinearForm, scaleForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { type Factorer, factorerFor } from '../algebra/factor-polynomial.ts';
import {
  type Monomial,
  multiplyMonomials,
  type Polynomial,
  polynomialOf,
  variablePolynomial,
} from '../algebra/polynomial.ts';

export type Variable =
  | { readonly kind: 'symbol'; readonly name: string }
  /** symbol^{index}. */
  | { readonly kind: 'power'; readonly name: string; readonly index: number }
  | { readonly kind: 'index'; readonly index: number }
  /** factor^{unit}; an exponent with indices is part of the unit. */
  | { readonly kind: 'local'; readonly factor: Factor; readonly unit: Exponent };

const HALF = 2;

interface Square {
  readonly own: Factor;
  readonly count: number;
}

/** The gradient's component g, and the count of g in g^count or (g²)^{count/2}, where |g| is to be told from g. */
function squareOf({ factor, exponent }: FactorPower): Square | null {
  if (factor.kind === 'loss' && factor.coordinates.length === 1) {
    const count = integerExponent(exponent);
    return count === null ? null : { own: factor, count };
  }
  return null;
}

export class Variables {
  readonly #all: Variable[] = [];
  readonly #byKey = new Map<string, number>();
  /** The factors of polynomials in these variables. */
  readonly factor: Factorer = factorerFor(among => this.#candidates(among));

  get(id: number): Variable {
    const variable = this.#all[id];
    if (variable === undefined) throw new Error('a variable has been made before it is used');
    return variable;
  }

  #make(key: string, variable: Variable): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#all.push(variable);
    this.#byKey.set(key, this.#all.length - 1);
    return this.#all.length - 1;
  }

  symbol(name: string): number {
    return this.#make(`a:${name}`, { kind: 'symbol', name });
  }

  power(name: string, index: number): number {
    return this.#make(`p:${name}@${index}`, { kind: 'power', name, index });
  }

  index(index: number): number {
    return this.#make(`i:${index}`, { kind: 'index', index });
  }

  /** The polynomial of a linear form: n − l + 1. */
  form(form: LinearForm): Polynomial {
    return polynomialOf([
      { coefficient: Rational.of(form.constant), monomial: [] },
      ...form.terms.map(([index, coefficient]) => ({
        coefficient: Rational.of(coefficient),
        monomial: [[this.index(index), 1] as const],
      })),
    ]);
  }

  /** A factor to a power as a monomial; null for an exponent that is no multiple of ½. */
  monomial({ factor, exponent }: FactorPower): Monomial | null {
    if (factor.kind === 'symbol' && exponent.constant.isInteger()) {
      const parts = exponent.form.terms.map(([index, count]) => [this.power(factor.name, index), count] as const);
      const constant = Number(exponent.constant.num);
      return multiplyMonomials(parts, constant === 0 ? [] : [[this.symbol(factor.name), constant]]);
    }
    const square = squareOf({ factor, exponent });
    if (square !== null) return this.#absoluteMonomial(square);
    const doubled = exponent.constant.multiply(Rational.of(HALF));
    if (!doubled.isInteger()) return null;
    const key = factorKey(factor, indexName);
    const halves = factor.kind === 'template' || factor.kind === 'symbol' || factor.kind === 'integer';
    if (exponent.form.terms.length > 0) {
      const formKey = exponent.form.terms.map(([index, count]) => `${indexName(index)}*${count}`).join('+');
      const unit = { constant: Rational.zero, form: exponent.form };
      const own = this.#make(`f:${key}^${formKey}`, { kind: 'local', factor, unit });
      const rest = this.monomial({ factor, exponent: exponentOf(exponent.constant) });
      return rest === null ? null : multiplyMonomials(rest, [[own, 1]]);
    }
    if (halves) {
      const id = this.#make(`h:${key}`, { kind: 'local', factor, unit: exponentOf(Rational.of(1, HALF)) });
      return doubled.isZero() ? [] : [[id, Number(doubled.num)]];
    }
    if (!exponent.constant.isInteger()) return null;
    const id = this.#make(`w:${key}`, { kind: 'local', factor, unit: exponentOf(1) });
    const count = Number(exponent.constant.num);
    return count === 0 ? [] : [[id, count]];
  }

  /** g^k as g^{k mod 2} |g|^{…}, with |g| = √(g²). */
  #absoluteMonomial({ own, count }: Square): Monomial {
    const square = abstract(factorExpression(own, exponentOf(2)), false);
    const absolute: FactorPower['factor'] = {
      kind: 'template',
      template: square.template,
      arguments: square.arguments,
    };
    const id = this.#make(`h:${factorKey(absolute, indexName)}`, {
      kind: 'local',
      factor: absolute,
      unit: exponentOf(Rational.of(1, HALF)),
    });
    const odd = ((count % 2) + 2) % 2;
    const sign = (): number =>
      this.#make(`w:${factorKey(own, indexName)}`, { kind: 'local', factor: own, unit: exponentOf(1) });
    return multiplyMonomials(odd === 0 ? [] : [[sign(), 1]], [[id, count - odd]]);
  }

  /** A product of factor powers as a monomial; null where one is no multiple of its unit. */
  monomialOf(powers: readonly FactorPower[]): Monomial | null {
    let product: Monomial = [];
    for (const power of powers) {
      const own = power.factor.kind === 'index' ? this.#indexMonomial(power) : this.monomial(power);
      if (own === null) return null;
      product = multiplyMonomials(product, own);
    }
    return product;
  }

  #indexMonomial({ factor, exponent }: FactorPower): Monomial | null {
    const [only] = factor.kind === 'index' ? factor.index.terms : [];
    return only === undefined ? null : [[this.index(only[0]), Number(exponent.constant.num)]];
  }

  /** β, √β and β^n of a monomial joined to one power of β; indices first, then hyperparameters. */
  factorPowers(monomial: Monomial): FactorPower[] {
    const symbols = new Map<string, Exponent>();
    const indices: FactorPower[] = [];
    const others: FactorPower[] = [];
    for (const [id, count] of monomial) {
      const variable = this.get(id);
      const name = nameOf(variable);
      if (name !== null)
        symbols.set(name, addExponents(symbols.get(name) ?? exponentOf(0), exponentIn(variable, count)));
      else if (variable.kind === 'index')
        indices.push({ factor: { kind: 'index', index: variableForm(variable.index) }, exponent: exponentOf(count) });
      else if (variable.kind === 'local')
        others.push({ factor: variable.factor, exponent: exponentIn(variable, count) });
    }
    const powers = [...symbols]
      .filter(([, exponent]) => !isZeroExponent(exponent))
      .map(([name, exponent]) => ({ factor: { kind: 'symbol' as const, name }, exponent }));
    return [
      ...indices,
      ...powers.sort((a, b) => a.exponent.form.terms.length - b.exponent.form.terms.length),
      ...others,
    ];
  }

  /** What a polynomial in these variables may well be divisible by: 1 ± β, 1 ± β^{n+1}, 1 ± β^n, β − ρ, n + 1. */
  #candidates(among: readonly number[]): Polynomial[] {
    const one = { coefficient: Rational.one, monomial: [] };
    const minus = (sign: 1 | -1, monomial: Monomial): Polynomial =>
      polynomialOf([one, { coefficient: Rational.of(sign), monomial }]);
    const found: Polynomial[] = [];
    const symbols = among.filter(id => this.get(id).kind === 'symbol');
    for (const id of symbols) found.push(minus(-1, [[id, 1]]), minus(1, [[id, 1]]));
    for (const id of among) {
      const variable = this.get(id);
      if (variable.kind === 'index')
        for (const shift of [1, 0, 2, -1]) found.push(this.form(variableForm(variable.index, shift)));
      if (variable.kind !== 'power') continue;
      const base = this.symbol(variable.name);
      for (const shift of [1, 2, 0]) {
        const monomial = multiplyMonomials([[base, shift]], [[id, 1]]);
        found.push(minus(-1, monomial), minus(1, monomial));
      }
    }
    symbols.forEach((a, i) => {
      for (const b of symbols.slice(i + 1)) {
        found.push(
          polynomialOf([...variablePolynomial(a), { coefficient: Rational.minusOne, monomial: [[b, 1]] }]),
          minus(-1, multiplyMonomials([[a, 1]], [[b, 1]])),
        );
      }
    });
    return found.filter(polynomial => polynomial.length > 1);
  }
}

/** The hyperparameter that a variable is a power of. */
function nameOf(variable: Variable): string | null {
  if (variable.kind === 'symbol' || variable.kind === 'power') return variable.name;
  return variable.kind === 'local' && variable.factor.kind === 'symbol' ? variable.factor.name : null;
}

/** The exponent of variable^count. */
function exponentIn(variable: Variable, count: number): Exponent {
  if (variable.kind === 'power') return exponentFromForm(scaleForm(variableForm(variable.index), count));
  if (variable.kind === 'local')
    return {
      constant: variable.unit.constant.multiply(Rational.of(count)),
      form: scaleForm(variable.unit.form, count),
    };
  return exponentOf(count);
}
