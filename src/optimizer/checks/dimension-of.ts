/**
 * The dimension of a hyperparameter in powers of the gradient, as the rows of an optimizer fix it: terms of a sum have one
 * dimension, arguments of functions have none.
 */
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import type { Optimizer } from '../model.ts';

/** A dimension as fixed + slope · (the dimension of the small parameter); null where it is not known. */
interface Dimension {
  readonly fixed: Rational;
  readonly slope: Rational;
}

/** The dimension of a parameter in powers of the gradient: 2 for ε beside g², 1 beside g; null where the rows fix none. */
export function dimensionOf(small: string, optimizer: Optimizer): Rational | null {
  const reader = new DimensionReader(small, optimizer);
  const found = reader.solutions();
  const [first, ...others] = found;
  return first !== undefined && others.every(each => each.equals(first)) ? first : null;
}

/** The same for a regime, where a parameter that the rows say nothing of stands beside g². */
export const regimeDimension = (small: string, optimizer: Optimizer | null): Rational =>
  (optimizer === null ? null : dimensionOf(small, optimizer)) ?? Rational.of(2);

class DimensionReader {
  readonly #small: string;
  readonly #optimizer: Optimizer;
  readonly #known = new Map<string, Dimension | null>();
  readonly #solutions: Rational[] = [];

  constructor(small: string, optimizer: Optimizer) {
    this.#small = small;
    this.#optimizer = optimizer;
  }

  solutions(): readonly Rational[] {
    this.#of(this.#optimizer.update);
    return this.#solutions;
  }

  #named(name: string): Dimension | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // A state's own earlier value has the dimension of what is fed to it.
    this.#known.set(name, null);
    const row = this.#optimizer.states.find(state => state.name === name);
    const body = row?.right ?? this.#optimizer.quantities.find(quantity => quantity.name === name)?.body;
    const found = body === undefined ? null : this.#of(body);
    this.#known.set(name, found);
    return found;
  }

  #of(formula: Formula): Dimension | null {
    switch (formula.kind) {
      case 'number':
      case 'index':
        return NONE;
      case 'parameter':
        return formula.name === this.#small ? { fixed: Rational.zero, slope: Rational.one } : NONE;
      case 'step':
      case 'schedule':
        return NONE;
      case 'derivative':
        return { fixed: Rational.one, slope: Rational.zero };
      case 'quantity':
        return this.#named(formula.name);
      case 'negate':
      case 'absolute':
        return this.#of(formula.argument);
      case 'sum':
        return this.#of(formula.body);
      case 'root':
        return scaled(this.#of(formula.radicand), Rational.of(1, formula.degree));
      case 'power':
        return formula.exponent.kind === 'number' ? scaled(this.#of(formula.base), formula.exponent.value) : NONE;
      case 'multiply':
        return formula.factors.reduce<Dimension | null>((sum, factor) => plus(sum, this.#of(factor), 1), NONE);
      case 'divide':
        return plus(this.#of(formula.numerator), this.#of(formula.denominator), -1);
      case 'add':
        return this.#sum(formula.terms);
      case 'call':
        this.#equal(this.#of(formula.argument), NONE);
        return NONE;
      default:
        for (const child of children(formula)) this.#of(child);
        return null;
    }
  }

  /** All terms of a sum have one dimension; θ tells nothing. */
  #sum(terms: readonly Formula[]): Dimension | null {
    const known = terms.flatMap(term => this.#of(term) ?? []);
    const [first] = known;
    for (const other of known.slice(1)) if (first !== undefined) this.#equal(first, other);
    return first ?? null;
  }

  #equal(a: Dimension | null, b: Dimension): void {
    if (a === null || a.slope.equals(b.slope)) return;
    this.#solutions.push(b.fixed.subtract(a.fixed).divide(a.slope.subtract(b.slope)));
  }
}

const NONE: Dimension = { fixed: Rational.zero, slope: Rational.zero };
const scaled = (dimension: Dimension | null, by: Rational): Dimension | null =>
  dimension === null ? null : { fixed: dimension.fixed.multiply(by), slope: dimension.slope.multiply(by) };
const plus = (a: Dimension | null, b: Dimension | null, sign: 1 | -1): Dimension | null =>
  a === null || b === null
    ? null
    : {
        fixed: a.fixed.add(b.fixed.multiply(Rational.of(sign))),
        slope: a.slope.add(b.slope.multiply(Rational.of(sign))),
      };
