/**
 * A probe of a normal form: its value in double precision at one random choice of everything that occurs in it. Losses
 * enter through independent random derivatives, since the derivatives of a loss at a point can be any numbers.
 *
 * A value far from zero shows at once that the prover need not try; a value near zero proves nothing.
 */
import { work } from '../base/work.ts';
import type { Constraint } from '../expression/core/domain.ts';
import { closeConstraints, knownBound } from '../expression/core/domain.ts';
import type { Exponent } from '../expression/core/factor.ts';
import { type Factor, kindOf } from '../expression/core/factors.ts';
import type { Expression } from '../expression/core/expression.ts';
import {
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  ZERO,
  atomForm,
  freeSort,
  isBound,
  isFormIndex,
  isOpenIndex,
  slot,
} from '../expression/core/indices.ts';
import { isPlainTerm } from '../expression/core/single.ts';
import type { Template } from '../expression/core/template.ts';
import type { Term } from '../expression/core/term.ts';
import { freeIndices } from '../expression/core/term.ts';
import { elementaryFunction } from '../formula/elementary.ts';
import { floatOf, randomBy, type IndexValues, type SumInNumbers, sumInNumbers } from './sum-in-numbers.ts';
import type { Valuation } from '../expression/core/factor-kind.ts';

export interface Probed {
  readonly value: number;
  /** The sum of the sizes of the terms: what rounding is relative to. */
  readonly size: number;
}

/** The sizes to probe at. */
export interface ProbePoint {
  readonly n: number;
  readonly p: number;
  readonly seed: number;
  /** Values of hyperparameters; those left out are random. */
  readonly symbols?: ReadonlyMap<string, number>;
  /** More products than this are not evaluated. */
  readonly products?: number;
}

class TooLarge extends Error {}

const MAX_PRODUCTS = 30_000;

/** Of the terms of a sum: what is left of them is nothing. */
const ROUNDING = 1e-13;

const asBound = (index: number): number => (isBound(index) ? index : -1);

/** The value at the point; null where it is not a number or takes too long. */
export function probe(expression: Expression, point: ProbePoint): Probed | null {
  const prober = new Prober(point);
  const indices = new Map([
    [ITERATION_INDEX, point.n],
    [COMPONENT_INDEX, 1 + (point.seed % point.p)],
    [DIMENSION_INDEX, point.p],
  ]);
  for (const term of expression.terms) {
    for (const index of freeIndices(term)) {
      if (indices.has(index)) continue;
      // The number of an open index depends on what was opened before.
      const rank = isOpenIndex(index) ? indices.size : index;
      indices.set(index, freeSort(index) === 'coordinate' ? 1 + (rank % point.p) : rank % (point.n + 1));
    }
  }
  try {
    const probed = prober.expression(expression, indices);
    return Number.isFinite(probed.value) && Number.isFinite(probed.size) ? probed : null;
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

const momentKey = (parts: readonly (readonly number[])[]): string =>
  parts
    .map(part => ascending(part).join(','))
    .sort()
    .join('|');
const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

/** Units of work for a term without a sum. */
const A_PLAIN_TERM = 2;

class Prober {
  readonly #point: ProbePoint;
  /** Values of templates, by their arguments: by one alone as a number, else by their text. */
  readonly #known = new Map<Template, Map<number | string, number>>();
  #products = 0;

  constructor(point: ProbePoint) {
    this.#point = point;
  }

  expression(expression: Expression, indices: IndexValues): Probed {
    let value = 0;
    let size = 0;
    for (const term of expression.terms) {
      const part = this.#term(term, indices);
      value += part;
      size += Math.abs(part);
    }
    return { value, size };
  }

  #term(term: Term, indices: IndexValues): number {
    if (isPlainTerm(term)) {
      work(A_PLAIN_TERM);
      return term.coefficient.toNumber() * this.#product(term, indices);
    }
    const fixed: Constraint[] = [];
    const seen = new Set(term.constraints.flatMap(({ left, right }) => [left, right]));
    for (const [index, value] of indices) {
      if (seen.has(index) || index === DIMENSION_INDEX)
        fixed.push({ left: index, right: ZERO, bound: value }, { left: ZERO, right: index, bound: -value });
    }
    for (const index of seen) {
      if (!isFormIndex(index)) continue;
      const value = floatOf(atomForm(index), indices);
      fixed.push({ left: index, right: ZERO, bound: value }, { left: ZERO, right: index, bound: -value });
    }
    term.sorts.forEach((sort, index) => {
      if (sort === 'coordinate')
        fixed.push({ left: ZERO, right: index, bound: -1 }, { left: index, right: ZERO, bound: this.#point.p });
    });
    const closure = closeConstraints([...term.constraints, ...fixed]);
    if (closure === null) return 0;
    const ranges = term.sorts.map((_, index) => ({
      low: -knownBound(closure, ZERO, index),
      high: knownBound(closure, index, ZERO),
    }));
    if (ranges.some(({ low, high }) => !Number.isFinite(low) || !Number.isFinite(high)))
      throw new TooLarge('an index without bounds');
    // Constraints between two indices are looked at as soon as both have values.
    const checks = term.sorts.map((_, index) =>
      term.constraints.filter(({ left, right }) => Math.max(asBound(left), asBound(right)) === index),
    );
    return (
      term.coefficient.toNumber() *
      sumInNumbers(term.factors, { ranges, checks, indices: new Map(indices) }, sum => this.#productInSum(sum))
    );
  }

  #productInSum({ powers, indices }: SumInNumbers): number {
    this.#count(powers.length);
    let product = 1;
    for (const { power, base, exponent } of powers) {
      base.value ??= this.#factor(power.factor, indices);
      exponent.value ??= this.#exponent(power.exponent, indices);
      product *= base.value ** exponent.value;
    }
    return product;
  }

  #product(term: Term, indices: IndexValues): number {
    this.#count(term.factors.length);
    let product = 1;
    for (const { factor, exponent } of term.factors)
      product *= this.#factor(factor, indices) ** this.#exponent(exponent, indices);
    return product;
  }

  #count(factors: number): void {
    this.#products += 1;
    work(1 + factors);
    if (this.#products > (this.#point.products ?? MAX_PRODUCTS)) throw new TooLarge('too many products');
  }

  #exponent(exponent: Exponent, indices: IndexValues): number {
    const constant = exponent.constant.isOne() ? 1 : exponent.constant.toNumber();
    return exponent.form.terms.length === 0 ? constant : constant + floatOf(exponent.form, indices);
  }

  #random(text: string): number {
    return randomBy(text, this.#point.seed);
  }

  #factor(factor: Factor, indices: IndexValues): number {
    return kindOf(factor).value(factor, this.#values, indices);
  }

  /** What names stand for: numbers that look random, the same at the same places. */
  readonly #values: Valuation<number> = {
    form: floatOf,
    integer: Number,
    symbol: name => this.#point.symbols?.get(name) ?? 0.15 + 0.7 * this.#random(`a${name}`),
    loss: (batch, coordinates, at) =>
      this.#anyNumber(`E${batch ?? ''};${ascending(coordinates).join(',')};${at ?? ''}`),
    moment: (parts, at) => this.#anyNumber(`M${momentKey(parts)};${at ?? ''}`),
    point: (coordinate, at) => this.#anyNumber(`x${coordinate};${at ?? ''}`),
    recursive: ({ id }, component, label, coordinates, at) =>
      this.#anyNumber(`r${id};${component ?? ''};${label};${ascending(coordinates).join(',')};${at ?? ''}`),
    schedule: (name, index) => 0.2 + 0.7 * this.#random(`s${name}${index}`),
    inside: (template, args) => this.template(template, args),
    function: ({ name, parity, order }, argument) => this.#function(name, parity !== null, order, argument),
    vectorFunction: (name, component, by, argument) => this.#vectorFunction(`${name}${component ?? ''}`, by, argument),
    times: (left, right) => left * right,
    components: each => {
      let sum = 0;
      for (let i = 1; i <= this.#point.p; i += 1) sum += each(i);
      return sum;
    },
    product: (from, to, each) => {
      let product = 1;
      for (let i = from; i <= to; i += 1) product *= each(i);
      return product;
    },
  };

  /** Of either sign. */
  #anyNumber(text: string): number {
    return 2 * this.#random(text) - 0.7;
  }

  template(template: Template, args: readonly number[]): number {
    let values = this.#known.get(template);
    if (values === undefined) {
      values = new Map();
      this.#known.set(template, values);
    }
    const [only] = args;
    const key = args.length === 1 && only !== undefined ? only : args.join(',');
    const known = values.get(key);
    if (known !== undefined) return known;
    const indices = new Map<number, number>([[DIMENSION_INDEX, this.#point.p]]);
    template.sorts.forEach((sort, position) => {
      indices.set(slot(position, sort), args[position] ?? Number.NaN);
    });
    const { value, size } = this.expression(template.body, indices);
    // What cancels leaves rounding, which beside nothing else would look like a value.
    const cleaned = Number.isFinite(size) && Math.abs(value) <= ROUNDING * size ? 0 : value;
    values.set(key, cleaned);
    return cleaned;
  }

  /** Elementary functions as they are; any other is a sine of its own frequency, odd or even as declared. */
  #function(name: string, hasParity: boolean, order: number, at: number): number {
    const elementary = elementaryFunction(name);
    if (elementary) return elementary.float(at);
    const speed = 0.5 + this.#random(`f${name}`);
    const phase = hasParity ? 0 : this.#random(`g${name}`);
    return speed ** order * Math.sin(speed * at + phase + (order * Math.PI) / 2);
  }

  #vectorFunction(tag: string, by: readonly number[], argument: (coordinate: number) => number): number {
    const speed = (coordinate: number): number => 0.3 + this.#random(`F${tag},${coordinate}`);
    let at = this.#random(`G${tag}`);
    for (let i = 1; i <= this.#point.p; i += 1) at += speed(i) * argument(i);
    return by.reduce((product, i) => product * speed(i), 1) * Math.sin(at + (by.length * Math.PI) / 2);
  }
}

/** The value of a template at whole-number arguments, at one random choice of what occurs in it; null where there is none. */
export function probeTemplate(template: Template, args: readonly number[], seed: number): number | null {
  try {
    const value = new Prober({ n: 3, p: 2, seed }).template(template, args);
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}
