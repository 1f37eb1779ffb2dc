/** A typed loss with numbers for its hyperparameters, as an exact polynomial: multiplied out term by term, without any normal form. */
import { refuse } from '../../base/problem.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import type { TypedLoss } from '../../formula/typed-loss.ts';
import { Rational } from '../../number/rational.ts';
import { type LossMonomial, PolynomialLoss } from './polynomial-loss.ts';

/** The polynomial at these values of the hyperparameters; refuses where a denominator is zero. */
export function polynomialOfLoss(
  { formula, components }: TypedLoss,
  scalars: ReadonlyMap<string, Rational>,
): PolynomialLoss {
  return new PolynomialLoss(new Expansion(components, scalars).of(formula, new Map()));
}

type Monomials = readonly LossMonomial[];
type Letters = ReadonlyMap<string, number>;

class Expansion {
  readonly #components: number;
  readonly #scalars: ReadonlyMap<string, Rational>;

  constructor(components: number, scalars: ReadonlyMap<string, Rational>) {
    this.#components = components;
    this.#scalars = scalars;
  }

  of(formula: Formula, letters: Letters): Monomials {
    switch (formula.kind) {
      case 'number':
        return this.#number(formula.value);
      case 'parameter':
        return this.#number(
          this.#scalars.get(formula.name) ?? refuse('undefined-name', `${formula.name} has no value`),
        );
      case 'index':
        return this.#number(Rational.of(this.#integer(formula, letters)));
      case 'iterate': {
        const place = this.#integer(formula.component, letters);
        return [{ coefficient: Rational.one, powers: this.#powers(at => (at === place - 1 ? 1 : 0)) }];
      }
      case 'add':
        return collected(formula.terms.flatMap(term => this.of(term, letters)));
      case 'negate':
        return this.of(formula.argument, letters).map(each => ({ ...each, coefficient: each.coefficient.negate() }));
      case 'multiply':
        return formula.factors.map(factor => this.of(factor, letters)).reduce((a, b) => this.#product(a, b));
      case 'divide': {
        const by = this.#constant(formula.denominator, letters);
        if (by.isZero()) return refuse('division-by-zero', 'a denominator of the loss is zero');
        return this.of(formula.numerator, letters).map(each => ({
          ...each,
          coefficient: each.coefficient.divide(by),
        }));
      }
      case 'power':
        return this.#raised(formula.base, this.#constant(formula.exponent, letters), letters);
      case 'sum': {
        const [from, to] = [this.#integer(formula.lower, letters), this.#integer(formula.upper, letters)];
        const counts = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
        return collected(counts.flatMap(count => this.of(formula.body, new Map([...letters, [formula.index, count]]))));
      }
      default:
        return refuse('loss-not-polynomial', 'the typed loss is no polynomial', formula.span);
    }
  }

  #raised(base: Formula, exponent: Rational, letters: Letters): Monomials {
    if (base.kind === 'norm' && exponent.equals(Rational.of(2))) {
      const { index, body } = base.argument;
      const counts = Array.from({ length: this.#components }, (_, at) => at + 1);
      return collected(
        counts.flatMap(count => {
          const component = this.of(body, new Map([...letters, [index, count]]));
          return this.#product(component, component);
        }),
      );
    }
    if (!exponent.isInteger()) return refuse('loss-not-polynomial', 'the typed loss is no polynomial', base.span);
    const count = exponent.toNumber();
    if (count < 0) {
      const value = this.#constant(base, letters);
      if (value.isZero()) return refuse('division-by-zero', 'a denominator of the loss is zero');
      return this.#number(value.power(count));
    }
    const inner = this.of(base, letters);
    return Array.from({ length: count }, () => inner).reduce((a, b) => this.#product(a, b), this.#number(Rational.one));
  }

  #constant(formula: Formula, letters: Letters): Rational {
    const [only, ...others] = this.of(formula, letters).filter(({ coefficient }) => !coefficient.isZero());
    if (only === undefined) return Rational.zero;
    if (others.length > 0 || only.powers.some(power => power !== 0))
      return refuse('loss-not-polynomial', 'the typed loss is no polynomial', formula.span);
    return only.coefficient;
  }

  #integer(formula: Formula, letters: Letters): number {
    if (formula.kind === 'number') return formula.value.toNumber();
    if (formula.kind === 'index') {
      const value = formula.name === DIMENSION ? this.#components : letters.get(formula.name);
      if (value !== undefined) return value;
    }
    return refuse('loss-not-polynomial', 'the typed loss is no polynomial in numbered components', formula.span);
  }

  #number(value: Rational): Monomials {
    return [{ coefficient: value, powers: this.#powers(() => 0) }];
  }

  #powers(power: (at: number) => number): number[] {
    return Array.from({ length: this.#components }, (_, at) => power(at));
  }

  #product(left: Monomials, right: Monomials): Monomials {
    return collected(
      left.flatMap(a =>
        right.map(b => ({
          coefficient: a.coefficient.multiply(b.coefficient),
          powers: this.#powers(at => (a.powers[at] ?? 0) + (b.powers[at] ?? 0)),
        })),
      ),
    );
  }
}

function collected(monomials: Monomials): Monomials {
  const byPowers = new Map<string, LossMonomial>();
  for (const each of monomials) {
    const key = each.powers.join();
    const known = byPowers.get(key);
    byPowers.set(key, known ? { ...known, coefficient: known.coefficient.add(each.coefficient) } : each);
  }
  return [...byPowers.values()].filter(({ coefficient }) => !coefficient.isZero());
}
