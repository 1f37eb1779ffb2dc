/**
 * The value of a normal form at one point of a {@link World}, straight from what its parts mean: a term is a product summed
 * over the integer points of its domain, a template is its body, a power is a power. It knows no rule of rewriting, closes no
 * domain and cancels nothing, so that it can be a witness against the rules.
 *
 * What has no value (a zero to a negative power, a fractional power of a negative number, a name without a value) refuses,
 * and so does whatever contains it; the body of an empty sum is not looked at.
 */
import { Budget } from '../base/budget.ts';
import { Refusal, refuse } from '../base/problem.ts';
import type { Constraint } from '../expression/core/domain.ts';
import type { Expression } from '../expression/core/expression.ts';
import type { FactorPower } from '../expression/core/factor.ts';
import { type Factor, kindOf } from '../expression/core/factors.ts';
import { atomForm, DIMENSION_INDEX, isFormIndex, slot, ZERO } from '../expression/core/indices.ts';
import type { Template } from '../expression/core/template.ts';
import type { Tree } from '../expression/core/tree.ts';
import type { Term } from '../expression/core/term.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { rationalPower } from '../evaluate/ring/ring.ts';
import { elementaryDerivative } from './elementary-function.ts';
import { levelsOf, type TermLevels } from './term-levels.ts';
import type { World } from './world.ts';
import type { Valuation } from '../expression/core/factor-kind.ts';

/** Index variables with their values. */
export type Indices = ReadonlyMap<number, number>;

/** A sum's value; null where its domain has no point. */
type Summed<T> = { readonly value: T } | null;

export class Interpreter<T> {
  readonly #world: World<T>;
  #budget: Budget;
  readonly #levels = new WeakMap<Term, TermLevels>();
  readonly #templates = new Map<string, T | Refusal>();
  readonly #powers = new Map<string, T | Refusal>();

  readonly #values: Valuation<T>;

  constructor(world: World<T>) {
    this.#world = world;
    this.#values = this.#valuesIn(world);
    this.#budget = Budget.unlimited();
  }

  /**
   * The value with the free indices of the expression as given. Throws Refusal where there is none, and BudgetSpent. What was
   * worked out for one expression is remembered for the next.
   */
  value(expression: Expression, indices: Indices, budget: Budget = Budget.unlimited()): T {
    this.#budget = budget;
    return this.#value(expression, indices);
  }

  #value(expression: Expression, indices: Indices): T {
    const { ring, dimension } = this.#world;
    const at = new Map(indices).set(ZERO, 0).set(DIMENSION_INDEX, dimension);
    let total: T | null = null;
    for (const term of expression.terms) {
      const part = this.#term(term, at);
      if (part !== null) total = total === null ? part.value : ring.add(total, part.value);
    }
    return total ?? ring.zero;
  }

  #term(term: Term, indices: Map<number, number>): Summed<T> {
    let levels = this.#levels.get(term);
    if (levels === undefined) {
      levels = levelsOf(term);
      this.#levels.set(term, levels);
    }
    if (!holds(levels.conditions, indices)) return null;
    const sum = this.#level(levels, 0, indices);
    if (sum === null) return null;
    const { ring } = this.#world;
    const value = this.#times(levels.outer, sum.value, indices);
    return { value: ring.multiply(ring.fromRational(term.coefficient), value) };
  }

  /** Σ over the bound indices from number `at` on; the earlier ones have values. */
  #level(term: TermLevels, at: number, indices: Map<number, number>): Summed<T> {
    const { ring, dimension } = this.#world;
    const level = term.levels[at];
    if (level === undefined) return { value: ring.one };
    const isCoordinate = level.sort === 'coordinate';
    let low = isCoordinate ? 1 : Number.NEGATIVE_INFINITY;
    let high = isCoordinate ? dimension : Number.POSITIVE_INFINITY;
    for (const { left, right, bound } of level.constraints) {
      if (left === at) high = Math.min(high, indexValue(right, indices) + bound);
      else low = Math.max(low, indexValue(left, indices) - bound);
    }
    if (low > high) return null;
    if (!Number.isFinite(low) || !Number.isFinite(high)) refuse('endless-sum', 'a bound index has no bounds');
    let total: T | null = null;
    for (let value = low; value <= high; value += 1) {
      this.#budget.spend();
      indices.set(at, value);
      const inner = this.#level(term, at + 1, indices);
      if (inner === null) continue;
      const part = this.#times(level.factors, inner.value, indices);
      total = total === null ? part : ring.add(total, part);
    }
    indices.delete(at);
    return total === null ? null : { value: total };
  }

  #times(factors: readonly FactorPower[], start: T, indices: Indices): T {
    let product = start;
    for (const power of factors) product = this.#world.ring.multiply(product, this.#power(power, indices));
    return product;
  }

  /** A factor to its power; equal ones at equal places are worked out once. */
  #power({ factor, exponent }: FactorPower, indices: Indices): T {
    const to = exponent.constant.add(Rational.of(formValue(exponent.form, indices)));
    const at = this.#place(factor, indices);
    return once(this.#powers, `${at}^${to}`, () => rationalPower(this.#world.ring, this.#factor(factor, indices), to));
  }

  /** A text that is equal only for factors with equal values. */
  #place(factor: Factor, indices: Indices): string {
    return Object.entries(factor)
      .map(([field, part]) => `${field}:${typeof part === 'object' ? partText(part, indices) : part}`)
      .join(';');
  }

  #factor(factor: Factor, indices: Indices): T {
    return kindOf(factor).value(factor, this.#values, indices);
  }

  #valuesIn(world: World<T>): Valuation<T> {
    const { ring } = world;
    return {
      form: formValue,
      integer: value => ring.fromRational(Rational.of(value)),
      symbol: name => world.symbol(name),
      loss: (batch, coordinates, at) => world.loss(batch, coordinates, at),
      moment: (parts, at) => world.moment(parts, at),
      point: (coordinate, at) => world.point(coordinate, at),
      recursive: (factor, component, label, coordinates, at) =>
        world.recursive(factor, { component, label, coordinates, at }),
      schedule: (name, index) => world.schedule(name, index),
      inside: (template, args) => this.#template(template, args),
      function: ({ name, order }, argument) =>
        elementaryDerivative(name, order, ring, argument)?.value ?? world.function(name, order, argument),
      vectorFunction: (name, component, by, argument) =>
        world.vectorFunction(
          name,
          component,
          by,
          Array.from({ length: world.dimension }, (_, i) => argument(i + 1)),
        ),
      times: (left, right) => ring.multiply(left, right),
      components: each => {
        let sum = ring.zero;
        for (let i = 1; i <= world.dimension; i += 1) {
          this.#budget.spend();
          sum = ring.add(sum, each(i));
        }
        return sum;
      },
      product: (from, to, each) => {
        let product = ring.one;
        for (let i = from; i <= to; i += 1) {
          this.#budget.spend();
          product = ring.multiply(product, each(i));
        }
        return product;
      },
    };
  }

  #template(template: Template, args: readonly number[]): T {
    return once(this.#templates, `${template.id};${args.join()}`, () => {
      this.#budget.spend();
      return this.#value(
        template.body,
        new Map(template.sorts.map((sort, position) => [slot(position, sort), args[position] ?? missing(position)])),
      );
    });
  }
}

/** The value under the key, or the refusal that it ended in: both are remembered. */
function once<T>(known: Map<string, T | Refusal>, key: string, make: () => T): T {
  const before = known.get(key);
  if (before instanceof Refusal) throw before;
  if (before !== undefined) return before;
  try {
    const value = make();
    known.set(key, value);
    return value;
  } catch (error) {
    if (error instanceof Refusal) known.set(key, error);
    throw error;
  }
}

/** A field of a factor at a place: forms as their values, a template or a tree as what tells it from every other. */
type Part = LinearForm | readonly LinearForm[] | readonly (readonly LinearForm[])[] | Template | Tree | null;

function partText(part: Part, indices: Indices): string {
  if (part === null) return '';
  if ('body' in part) return String(part.id);
  if ('children' in part) return part.key;
  return 'terms' in part ? String(formValue(part, indices)) : `[${part.map(each => partText(each, indices)).join()}]`;
}

const missing = (position: number): never => {
  throw new Error(`a template lacks its argument ${position}`);
};

function indexValue(index: number, indices: Indices): number {
  if (isFormIndex(index)) return formValue(atomForm(index), indices);
  const value = indices.get(index);
  if (value === undefined) throw new Error(`the index ${index} has no value`);
  return value;
}

const formValue = (form: LinearForm, indices: Indices): number =>
  form.terms.reduce((sum, [index, times]) => sum + times * indexValue(index, indices), form.constant);

const holds = (constraints: readonly Constraint[], indices: Indices): boolean =>
  constraints.every(({ left, right, bound }) => indexValue(left, indices) - indexValue(right, indices) <= bound);
