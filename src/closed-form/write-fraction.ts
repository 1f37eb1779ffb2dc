/**
 * A fraction as one would write it by hand: common factors in front, one bar, β/(1−β) − (n+1)β^{n+1}/(1−β^{n+1}) rather
 * than everything over one denominator. Of several ways the shortest is taken; all have the same value.
 */
import { instantiate } from '../expression/core/template.ts';
import type { WriterOptions } from '../expression/write/to-formula.ts';
import type { WrittenIndices } from '../expression/write/write-form.ts';
import type { Formula } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import { fractionFrom } from '../rewrite/rules/collect-terms.ts';
import type { Variables } from '../rewrite/polynomial-variables.ts';
import {
  addPolynomials,
  commonMonomial,
  contentOf,
  dividedByMonomial,
  exponentIn,
  type Monomial,
  multiplyMonomials,
  multiplyPolynomials,
  ONE_POLYNOMIAL,
  type Polynomial,
  polynomialOf,
  powerPolynomial,
  variablesOf,
} from '../algebra/polynomial.ts';
import {
  type Fraction,
  fractionOf,
  isZeroFraction,
  multiplyFractions,
  scaleFraction,
} from '../algebra/rational-function.ts';
import { costOf } from './cost.ts';
import { namesOfVariable, splitsOf } from './split-fraction.ts';
import { MOST_COLLECTED, PolynomialWriter } from './write-polynomial.ts';
import { joined, shortest, sumOf, type Written } from './written.ts';

/** One denominator for everything is taken only where that makes the formula so much shorter. */
const CLEARLY_SHORTER = 0.7;
/** Ways to split a fraction are tried to this depth. */
const MOST_SPLITS = 3;

export interface ClosedOptions extends WriterOptions {
  /** Fractions of hyperparameters are not taken apart into sums: for what stands in sums over times itself. */
  readonly inOneFraction?: boolean;
}

export class FractionWriter {
  readonly #variables: Variables;
  readonly #polynomials: PolynomialWriter;
  readonly #depth: number;

  constructor(variables: Variables, options: ClosedOptions, letters: WrittenIndices = new Map()) {
    this.#depth = options.inOneFraction === true ? 0 : MOST_SPLITS;
    this.#variables = variables;
    this.#polynomials = new PolynomialWriter(variables, options, letters);
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
    const single = shortest(forms.map(each => this.#polynomials.single(each)));
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
      return this.#polynomials.times(this.#scalar(only.coefficient, this.#depth), only.local);
    const written = parts.map(({ local, coefficient }) =>
      this.#polynomials.times(
        this.#scalar(scaleFraction(coefficient, content.inverse()), this.#depth),
        multiplyMonomials(local, common, -1),
      ),
    );
    return this.#polynomials.times(sumOf(written, content), common);
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

  /** A fraction of hyperparameters and indices: over one denominator, or as a sum of simpler ones. */
  #scalar(fraction: Fraction, depth: number): Written {
    const single = this.#polynomials.single(fraction);
    if (depth === 0 || fraction.above.length < 2) return single;
    const names = new Set(
      fraction.above
        .flatMap(({ monomial }) => monomial)
        .filter(([id]) => this.#variables.get(id).kind === 'power')
        .flatMap(([id]) => namesOfVariable(id, this.#variables)),
    );
    const common = commonMonomial(fraction.above).filter(
      ([id, exponent]) =>
        exponent !== 0 &&
        !namesOfVariable(id, this.#variables).some(name => names.has(name)) &&
        !fraction.below.some(({ base }) => variablesOf(base).includes(id)),
    );
    const rest = { above: dividedByMonomial(fraction.above, common), below: fraction.below };
    const splits = splitsOf(rest, this.#variables).map(parts =>
      this.#polynomials.times(this.#sumOf(parts, depth - 1), common),
    );
    return shortest([single, ...splits]);
  }

  #sumOf(parts: readonly Fraction[], depth: number): Written {
    const content = contentOf(parts.flatMap(({ above }) => above));
    const written = parts.map(part => this.#scalar(scaleFraction(part, content.inverse()), depth));
    return sumOf(written, content);
  }
}
