/**
 * The integers in formulas: labels, batches, components, bounds and exponents, compiled to linear forms in index letters.
 *
 * They are exact machine integers; anything that is not an integer by its form (1/2 as a label, β as a bound) is refused
 * where it stands or handed back as null, never rounded.
 */
import { refuse } from '../../base/problem.ts';
import { Rational } from '../../number/rational.ts';
import type { Formula } from '../../formula/formula.ts';

/** The place of an index letter in the array of bindings. */
export type Slot = number;
/** Values of index letters by slot; undefined: not bound. */
export type Bindings = (number | undefined)[];

export interface IntegerExpression {
  /** Equal keys mean equal values under all bindings. */
  readonly key: string;
  readonly free: readonly Slot[];
  /** The coefficient of each letter, or null where the expression is not linear (k·l, max). */
  readonly linear: ReadonlyMap<Slot, Rational> | null;
  /** An integral expression is an integer for all integer bindings; others are exponents such as (n+1)/2. */
  readonly integral: boolean;
  /** The value, exact however large it is. */
  evaluate(bindings: Bindings): Rational;
  /** The value as a label or a bound; only for integral expressions. */
  integer(bindings: Bindings): number;
  /** The value as an exponent, which may be larger than a label; only for integral expressions. */
  exponent(bindings: Bindings): number;
}

/** Larger integers in labels or bounds are a slip or an attack. */
const LARGEST_INTEGER = 1_000_000;

const checkedExponent = (value: number): number =>
  Number.isSafeInteger(value)
    ? value
    : refuse('number-too-large', `an exponent exceeds ${Number.MAX_SAFE_INTEGER} in size`);

/** Integers whose sizes add up to no more are added without rounding. */
const LARGEST_EXACT = 2 ** 52;

function checked(value: number): number {
  if (!(Math.abs(value) <= LARGEST_INTEGER)) refuse('number-too-large', `an index exceeds ${LARGEST_INTEGER} in size`);
  return value;
}

export function bound(bindings: Bindings, slot: Slot): number {
  const value = bindings[slot];
  if (value === undefined) return refuse('unbound-index', 'an index letter has no value here');
  return value;
}

const notAnInteger = (): never => refuse('not-an-integer', 'an integer is expected here');

function linearForm(constant: Rational, coefficients: ReadonlyMap<Slot, Rational>): IntegerExpression {
  const entries = [...coefficients].filter(([, coefficient]) => !coefficient.isZero()).sort(([a], [b]) => a - b);
  const integral = constant.isInteger() && entries.every(([, coefficient]) => coefficient.isInteger());
  const offset = constant.toNumber();
  const slots = entries.map(([slot]) => slot);
  const factors = entries.map(([, coefficient]) => coefficient.toNumber());
  const exact = (bindings: Bindings): Rational => {
    let sum = constant;
    for (const [slot, coefficient] of entries) sum = sum.add(coefficient.multiply(Rational.of(bound(bindings, slot))));
    return sum;
  };
  /** Null where Float64 would round. */
  const total = (bindings: Bindings): number | null => {
    let sum = offset;
    let size = Math.abs(offset);
    for (let at = 0; at < slots.length; at += 1) {
      const term = (factors[at] ?? 0) * bound(bindings, slots[at] ?? -1);
      sum += term;
      size += Math.abs(term);
    }
    return size <= LARGEST_EXACT ? sum : null;
  };
  const integer = (bindings: Bindings): number => total(bindings) ?? exact(bindings).toNumber();
  return {
    key: [constant.toString(), ...entries.map(([slot, coefficient]) => `${coefficient}#${slot}`)].join('+'),
    free: slots,
    linear: new Map(entries),
    integral,
    integer: integral ? bindings => checked(integer(bindings)) : notAnInteger,
    exponent: integral ? bindings => checkedExponent(integer(bindings)) : notAnInteger,
    evaluate: bindings => {
      const sum = integral ? total(bindings) : null;
      return sum === null ? exact(bindings) : Rational.of(sum);
    },
  };
}

function nonlinear(
  key: string,
  parts: readonly IntegerExpression[],
  combine: (a: Rational, b: Rational) => Rational,
): IntegerExpression {
  const evaluate = (bindings: Bindings): Rational => parts.map(part => part.evaluate(bindings)).reduce(combine);
  return {
    key: `${key}(${parts.map(part => part.key).join(',')})`,
    free: [...new Set(parts.flatMap(part => part.free))].sort((a, b) => a - b),
    linear: null,
    integral: true,
    integer: bindings => checked(evaluate(bindings).toNumber()),
    exponent: bindings => checkedExponent(evaluate(bindings).toNumber()),
    evaluate,
  };
}

/**
 * Compiles a formula of numbers and index letters; null when anything else occurs in it. `slotOf` gives the slot of an
 * index letter in scope and refuses others.
 */
export function compileInteger(
  formula: Formula,
  slotOf: (name: string, formula: Formula) => Slot,
  depth = 0,
): IntegerExpression | null {
  if (depth > 500) return refuse('too-deep', 'nested deeper than 500 levels', formula.span);
  const inner = (part: Formula): IntegerExpression | null => compileInteger(part, slotOf, depth + 1);
  const all = (parts: readonly Formula[]): IntegerExpression[] | null => {
    const compiled: IntegerExpression[] = [];
    for (const part of parts) {
      const one = inner(part);
      if (one === null) return null;
      compiled.push(one);
    }
    return compiled;
  };
  switch (formula.kind) {
    case 'number':
      return linearForm(formula.value, new Map());
    case 'index':
      return linearForm(Rational.zero, new Map([[slotOf(formula.name, formula), Rational.one]]));
    case 'negate': {
      const argument = inner(formula.argument);
      return argument === null ? null : product(linearForm(Rational.minusOne, new Map()), argument);
    }
    case 'add':
      return all(formula.terms)?.reduce(sum, linearForm(Rational.zero, new Map())) ?? null;
    case 'multiply': {
      let result: IntegerExpression | null = linearForm(Rational.one, new Map());
      for (const factor of all(formula.factors) ?? [null])
        result = result === null || factor === null ? null : product(result, factor);
      return result;
    }
    case 'divide': {
      const parts = all([formula.numerator, formula.denominator]);
      const [numerator, denominator] = parts ?? [];
      if (
        numerator === undefined ||
        denominator === undefined ||
        denominator.free.length > 0 ||
        denominator.linear === null
      )
        return null;
      const value = denominator.evaluate([]);
      if (value.isZero()) return refuse('division-by-zero', 'division by zero', formula.span);
      return product(numerator, linearForm(value.inverse(), new Map()));
    }
    case 'extremum': {
      const parts = all(formula.arguments);
      if (parts === null || !parts.every(part => part.integral)) return null;
      const sign = formula.which === 'max' ? 1 : -1;
      return nonlinear(formula.which, parts, (a, b) => (b.compare(a) === sign ? b : a));
    }
    default:
      return null;
  }
}

/** The constant of a linear form: its value with all letters at zero. */
function constantOf(form: IntegerExpression): Rational {
  const zeros: Bindings = [];
  for (const slot of form.free) zeros[slot] = 0;
  return form.evaluate(zeros);
}

function sum(a: IntegerExpression, b: IntegerExpression): IntegerExpression {
  if (a.linear === null || b.linear === null) return nonlinear('sum', [a, b], (x, y) => x.add(y));
  const coefficients = new Map(a.linear);
  for (const [slot, coefficient] of b.linear)
    coefficients.set(slot, (coefficients.get(slot) ?? Rational.zero).add(coefficient));
  return linearForm(constantOf(a).add(constantOf(b)), coefficients);
}

/** The product, linear where one of the two is a number; null where it is neither linear nor integral. */
function product(a: IntegerExpression, b: IntegerExpression): IntegerExpression | null {
  const [number, form] = a.free.length === 0 && a.linear !== null ? [a, b] : [b, a];
  if (number.free.length === 0 && form.linear !== null) {
    const factor = number.evaluate([]);
    return linearForm(
      constantOf(form).multiply(factor),
      new Map([...form.linear].map(([slot, coefficient]) => [slot, coefficient.multiply(factor)])),
    );
  }
  return a.integral && b.integral ? nonlinear('product', [a, b], (x, y) => x.multiply(y)) : null;
}
