/**
 * Which values the formulas of an optimizer's rows can take, for every n and every point where the losses' derivatives are
 * bounded, and which of their parts have to be kept away from zero for that.
 *
 * Only what follows from declared domains and from the rows is used. A part that may vanish where it must not is remembered as a
 * doubt, and the rest goes on as if it were kept away from zero: whoever uses a range has to name the doubts.
 */
import { elementaryFunction } from '../formula/elementary.ts';
import { number } from '../formula/build.ts';
import { type BigNode, type Definition, type Formula, ITERATION, PI, type PowerNode } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import { valueOfNumbers } from './value-of-numbers.ts';
import { offsetFromIteration } from './label.ts';
import type { Optimizer, StateRow } from './model.ts';
import { nodes, replaceNode } from './replace.ts';
import {
  RANGE_OF_PI,
  addRanges,
  ANYTHING,
  atLeast,
  between,
  BOUNDED,
  rangeOfValue,
  hullOf,
  isContraction,
  isNonNegative,
  isSurelyAboveZero,
  multiplyRanges,
  negateRange,
  raiseRange,
  reciprocalRange,
  rootRange,
  sizeRange,
  type ValueRange,
} from './value-range.ts';

const LARGEST_POWER = 12;
const ONE = rangeOfValue(Rational.one);

export class RowRanges {
  readonly #optimizer: Optimizer;
  readonly #quantities: ReadonlyMap<string, Definition>;
  /** Whether a state stays bounded when what is added to it does. */
  readonly #isDamped: (state: StateRow) => boolean;
  /** Assumed of a state while its own row is looked at, and found afterwards. */
  readonly #states = new Map<string, ValueRange>();
  readonly #open = new Set<string>();
  /** Parts that are divided by or rooted and may vanish. */
  readonly doubts = new Set<Formula>();
  /** Schedules, which are taken to be bounded. */
  readonly schedules = new Set<string>();

  readonly #step: ValueRange;

  /** `step`: the values of h; zero in the limit h → 0. */
  constructor(optimizer: Optimizer, isDamped: (state: StateRow) => boolean, step: ValueRange) {
    this.#step = step;
    this.#optimizer = optimizer;
    this.#quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
    this.#isDamped = isDamped;
  }

  /** The values of a formula whose ITERATION is any n ≥ `least`. */
  of(formula: Formula, least = 0): ValueRange {
    const range = (inner: Formula): ValueRange => this.of(inner, least);
    switch (formula.kind) {
      case 'number':
        return rangeOfValue(formula.value);
      case 'parameter':
        return this.#parameter(formula.name);
      case 'step':
        return this.#step;
      case 'index':
        if (formula.name === ITERATION) return atLeast(least, false);
        return formula.name.startsWith('#') ? atLeast(1, true) : ANYTHING;
      case 'add':
        return formula.terms.map(range).reduce(addRanges, rangeOfValue(Rational.zero));
      case 'negate':
        return negateRange(range(formula.argument));
      case 'multiply':
        return formula.factors.map(range).reduce(multiplyRanges, ONE);
      case 'divide':
        return multiplyRanges(range(formula.numerator), this.#reciprocal(formula.denominator, least));
      case 'power':
        return this.#power(formula, least);
      case 'root':
        return this.#root(formula.radicand, least);
      case 'absolute': {
        const size = sizeRange(range(formula.argument));
        if (!isSurelyAboveZero(size) && !isScalarOfN(formula.argument)) this.doubts.add(formula.argument);
        return size;
      }
      case 'extremum': {
        const parts = formula.arguments.map(range);
        const [first = ANYTHING, ...others] = parts;
        const hull = others.reduce(hullOf, first);
        if (!parts.every(isNonNegative)) return hull;
        const bounded = formula.which === 'min' ? parts.some(part => part.bounded) : hull.bounded;
        const upper = formula.which === 'min' ? parts.find(part => part.upper !== null && part.bounded) : undefined;
        return { ...hull, bounded, ...(upper ? { upper: upper.upper, upperStrict: upper.upperStrict } : {}) };
      }
      case 'sum':
        return this.#sum(formula, least);
      case 'product': {
        const body = range(formula.body);
        if (!isNonNegative(body))
          return formula.sort === 'coordinate' ? BOUNDED : { ...ANYTHING, bounded: isContraction(body) };
        return isContraction(body) ? between(0, 1) : atLeast(0, formula.sort === 'coordinate' && body.bounded);
      }
      case 'iterate':
      case 'loss':
        return BOUNDED;
      case 'derivative':
        return formula.argument.kind === 'loss' ? BOUNDED : { ...BOUNDED, bounded: range(formula.argument).bounded };
      case 'parameter-derivative':
        return ANYTHING;
      case 'quantity':
        return this.#quantity(formula, least);
      case 'call':
        return this.#call(formula, least);
      case 'vector-call':
        return { ...BOUNDED, bounded: range(formula.argument.body).bounded };
      case 'schedule':
        this.schedules.add(formula.name);
        return BOUNDED;
      case 'norm': {
        const { bounded } = range(formula.argument.body);
        const isSmooth = formula.perturbation !== null && isSurelyAboveZero(range(formula.perturbation));
        if (!isSmooth) this.doubts.add(formula);
        return atLeast(0, bounded);
      }
    }
  }

  #parameter(name: string): ValueRange {
    const declared = this.#optimizer.declarations.find(each => each.name === name);
    if (declared === undefined && name === PI) return RANGE_OF_PI;
    if (declared?.kind !== 'scalar') return BOUNDED;
    const { lower, lowerOpen, upper, upperOpen } = declared.domain;
    return { lower, lowerStrict: lowerOpen, upper, upperStrict: upperOpen, bounded: true };
  }

  #reciprocal(denominator: Formula, least: number): ValueRange {
    const known = reciprocalRange(this.of(denominator, least));
    if (known) return known;
    // Factors are doubted one by one, so that each doubt names what may vanish.
    if (denominator.kind === 'negate') return negateRange(this.#reciprocal(denominator.argument, least));
    if (denominator.kind === 'multiply')
      return denominator.factors.map(factor => this.#reciprocal(factor, least)).reduce(multiplyRanges, ONE);
    if (denominator.kind === 'divide')
      return multiplyRanges(this.#reciprocal(denominator.numerator, least), this.of(denominator.denominator, least));
    this.doubts.add(denominator);
    return BOUNDED;
  }

  #root(radicand: Formula, least: number): ValueRange {
    const inner = this.of(radicand, least);
    if (!isSurelyAboveZero(inner)) this.doubts.add(radicand);
    return rootRange(inner);
  }

  #power({ base, exponent }: Extract<Formula, { kind: 'power' }>, least: number): ValueRange {
    const fixed = valueOfNumbers(exponent);
    if (fixed?.isInteger() && fixed.abs().compare(Rational.of(LARGEST_POWER)) <= 0) {
      const times = fixed.toNumber();
      // Even powers of |x| and ‖x‖ are smooth.
      const inner =
        times > 0 && times % 2 === 0 && base.kind === 'absolute'
          ? sizeRange(this.of(base.argument, least))
          : times > 0 && times % 2 === 0 && base.kind === 'norm' && base.order === 2
            ? atLeast(0, this.of(base.argument.body, least).bounded)
            : this.of(base, least);
      if (times >= 0) return raiseRange(inner, times);
      return raiseRange(reciprocalRange(inner) ?? this.#reciprocal(base, least), -times);
    }
    const inner = this.of(base, least);
    const power = this.of(exponent, least);
    if (isNonNegative(inner) && isNonNegative(power)) {
      if (isContraction(inner))
        return {
          ...between(0, 1),
          lowerStrict: isSurelyAboveZero(inner) && power.bounded,
          upperStrict: isSurelyAboveZero(power),
        };
      if (inner.upper !== null && inner.upper.compare(Rational.one) <= 0) return between(0, 1);
      if (fixed === null) return atLeast(0, false);
    }
    if (!isSurelyAboveZero(inner)) this.doubts.add(base);
    return fixed === null
      ? ANYTHING
      : { ...atLeast(0, fixed.sign() < 0 || inner.bounded), lowerStrict: inner.bounded && isSurelyAboveZero(inner) };
  }

  #sum(formula: BigNode, least: number): ValueRange {
    const weight = formula.sort === 'history' ? this.fadingWeight(formula) : null;
    // A weight that fades is left out: what it is multiplied by has to be bounded, and its own sum is.
    const rest = weight === null ? formula.body : replaceNode(formula.body, weight, number(1));
    const body = this.of(rest, least);
    const bounded = body.bounded && (formula.sort === 'coordinate' || weight !== null || isShortSum(formula));
    if (!isNonNegative(body)) return { ...ANYTHING, bounded };
    return { ...atLeast(0, bounded), lowerStrict: formula.sort === 'coordinate' && isSurelyAboveZero(body) };
  }

  /** The factor base^{…k…} of a sum over k with 0 ≤ base < 1; null where there is none. */
  fadingWeight({ index: letter, body }: BigNode): PowerNode | null {
    for (const factor of factorsAbove(body)) {
      if (factor.kind !== 'power' || !mentionsAnywhere(factor.exponent, letter)) continue;
      const base = this.of(factor.base);
      if (isNonNegative(base) && isContraction(base)) return factor;
    }
    return null;
  }

  #quantity(formula: Extract<Formula, { kind: 'quantity' }>, least: number): ValueRange {
    const [label] = formula.labels;
    const offset = label === undefined ? 0 : offsetFromIteration(label);
    const state = this.#optimizer.states.find(each => each.name === formula.name);
    if (state) return offset !== null && least + offset >= 1 ? this.#made(state) : this.#state(state);
    const definition = this.#quantities.get(formula.name);
    if (definition === undefined || this.#open.has(formula.name)) return ANYTHING;
    this.#open.add(formula.name);
    const found = this.of(definition.body, offset === null ? 0 : Math.max(0, least + offset));
    this.#open.delete(formula.name);
    return found;
  }

  /** The values that steps make: labels from 1 on. */
  #made(state: StateRow): ValueRange {
    this.#state(state);
    const key = `made ${state.name}`;
    if (this.#open.has(key)) return ANYTHING;
    this.#open.add(key);
    const made = this.of(state.right);
    this.#open.delete(key);
    return made;
  }

  #state(state: StateRow): ValueRange {
    const known = this.#states.get(state.name);
    if (known) return known;
    const bounded = this.#isDamped(state);
    const initial = this.of(state.initial);
    // By induction: if values from 0 are made from values from 0, all are.
    const assumed = isNonNegative(initial) ? atLeast(0, bounded) : { ...ANYTHING, bounded };
    this.#states.set(state.name, assumed);
    const made = this.of(state.right);
    const holds = !isNonNegative(assumed) || isNonNegative(made);
    const found = holds ? { ...hullOf(initial, made), bounded: bounded && made.bounded } : { ...ANYTHING, bounded };
    this.#states.set(state.name, found);
    return found;
  }

  #call({ name, argument, derivative }: Extract<Formula, { kind: 'call' }>, least: number): ValueRange {
    const inner = this.of(argument, least);
    const declared = this.#optimizer.declarations.find(each => each.name === name);
    if (declared?.kind === 'function') return { ...BOUNDED, bounded: inner.bounded };
    if (derivative !== 0) return { ...BOUNDED, bounded: inner.bounded };
    const elementary = elementaryFunction(name);
    if (elementary === null) return { ...BOUNDED, bounded: inner.bounded };
    if (elementary.ofPositive && !isSurelyAboveZero(inner)) this.doubts.add(argument);
    const { least: lower, greatest: upper, positive } = elementary.range;
    if (lower !== null && upper !== null) return between(lower, upper);
    if (lower === null) return { ...BOUNDED, bounded: inner.bounded };
    // A least value that is not taken is kept away from while the argument stays bounded.
    const lowerStrict = lower === 0 && positive && inner.bounded;
    return { ...atLeast(lower, inner.bounded), lowerStrict };
  }
}

/** The factors above the line, products taken apart. */
export function factorsAbove(formula: Formula): Formula[] {
  if (formula.kind === 'multiply') return formula.factors.flatMap(factorsAbove);
  if (formula.kind === 'negate') return factorsAbove(formula.argument);
  if (formula.kind === 'divide') return factorsAbove(formula.numerator);
  return [formula];
}

export const mentionsAnywhere = (formula: Formula, letter: string): boolean =>
  [...nodes(formula)].some(node => node.kind === 'index' && node.name === letter);

const isScalarOfN = (formula: Formula): boolean =>
  ![...nodes(formula)].some(({ kind }) => ['iterate', 'loss', 'derivative', 'quantity'].includes(kind));

/** From n − c to n − d: as many terms for every n. */
export function isShortSum({ lower, upper }: BigNode): boolean {
  if (offsetFromIteration(upper) === null) return false;
  const ends = lower.kind === 'extremum' && lower.which === 'max' ? lower.arguments : [lower];
  return ends.some(end => offsetFromIteration(end) !== null);
}
