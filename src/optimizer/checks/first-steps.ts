/**
 * Follows an optimizer through its first steps with sizes instead of numbers ({@link Size}), so that whatever a step may not
 * do is found where it happens: a point of a gradient that is not the parameters up to O(h), an update that is not O(h), a
 * value that does not exist yet or never will, a division by zero.
 *
 * The values of the losses and of abstract functions are never looked at.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import {
  BATCHES,
  COMPONENT,
  type Definition,
  DIMENSION,
  type Formula,
  ITERATION,
  type Vector,
} from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { PointNames } from './point-names.ts';
import {
  refuseDivision,
  refuseFarPoint,
  refuseFirstValue,
  refuseLaterPoint,
  refuseLargeStep,
  refuseUnknownLoss,
  withoutLosses,
} from './first-step-refusals.ts';
import { genericValues } from '../generic/generic-values.ts';
import { isPointAtGenericValues, isSmallAtGenericValues } from '../generic/generic-run.ts';
import { offsetFromIteration } from '../label.ts';
import type { Declaration, Optimizer, StateRow } from '../model.ts';
import { readsOwnNewValue, termsWithoutNewValue } from './own-new-value.ts';
import { sizeOfCall } from './size-of-call.ts';
import { isOfNumbers, labelsRead, type PlaceRead } from './what-is-read.ts';
import {
  addSizes,
  divideSizes,
  isKnown,
  isNearMultiple,
  nearMultipleOr,
  hasSizeZero,
  iterateSize,
  knownSize,
  multiplySizes,
  raiseSize,
  restOf,
  type Size,
  smallness,
  STEP_SIZE,
  vanishes,
} from './size.ts';

/** Enough that every label n − 1, n, n + 1 of a row has been read with all its neighbours. */
const STEPS = 4;
/** An explicit sum over the past is followed this far at most; these steps need no more. */
const LONGEST_SUM = 100;

/** Refuses the optimizer when one of its first steps cannot be made or is not a step of size O(h). */
export function checkFirstSteps(optimizer: Optimizer): PointNames {
  let points = new Set([...optimizer.states, ...optimizer.quantities].map(({ name }) => name));
  let copies = points;
  let readsEarlierLoss = false;
  for (const seed of [1, 2]) {
    const run = new Run(optimizer, seed);
    for (let n = 0; n < STEPS; n += 1) run.step(n);
    points = new Set([...points].filter(name => run.isPoint(name)));
    copies = new Set([...copies].filter(name => points.has(name) && run.isPoint(name, 1)));
    readsEarlierLoss ||= run.readsEarlierLoss;
  }
  return { points, copies, readsEarlierLoss };
}

const isIndex = (formula: Formula, name: string): boolean => formula.kind === 'index' && formula.name === name;

class Run {
  readonly #optimizer: Optimizer;
  readonly #states: ReadonlyMap<string, StateRow>;
  readonly #quantities: ReadonlyMap<string, Definition>;
  readonly #functions: ReadonlyMap<string, Declaration>;
  readonly #random: (key: string) => number;
  readonly #sizes = new Map<string, Size | 'in progress'>();
  /** The iterate that the current step starts from; later ones do not exist yet. */
  #current = 0;
  /** Whether the loss of a batch before the first was asked for. */
  readsEarlierLoss = false;
  /** Whether a loss of a batch before the first was asked for, or one without number at a point from before the first step. */
  #lossBeforeStart = false;
  /** Whether what is read is multiplied by zero. */
  #besideZero = false;
  /** Whether the steps are O(h) by a cancellation that sizes do not show; null while nobody asked. */
  #cancels: boolean | null = null;

  constructor(optimizer: Optimizer, seed: number) {
    this.#optimizer = optimizer;
    this.#states = new Map(optimizer.states.map(state => [state.name, state]));
    this.#quantities = new Map(optimizer.quantities.map(quantity => [quantity.name, quantity]));
    this.#functions = new Map(optimizer.declarations.map(declaration => [declaration.name, declaration]));
    this.#random = genericValues(optimizer.declarations, seed);
  }

  step(n: number): void {
    this.#current = n;
    const { update, span, notation } = this.#optimizer;
    const size = this.#size(update, { n, component: COMPONENT, bound: new Map() });
    if (isNearMultiple(size, 1)) return;
    this.#cancels ??= isSmallAtGenericValues(this.#optimizer, STEPS) === true;
    if (!this.#cancels)
      refuseLargeStep(update, span, notation, part => this.#size(part, { n, component: COMPONENT, bound: new Map() }));
  }

  /** Whether the value was a multiple of the parameters up to O(h), this one if it is given, wherever it was needed, and was needed. */
  isPoint(name: string, multiple?: number): boolean {
    const sizes = [...this.#sizes].filter(([key]) => key.startsWith(`${name}@`)).map(([, size]) => size);
    return sizes.length > 0 && sizes.every(size => size !== 'in progress' && isNearMultiple(size, multiple));
  }

  #size(formula: Formula, place: PlaceRead): Size {
    const size = (inner: Formula): Size => this.#size(inner, place);
    switch (formula.kind) {
      case 'number':
        return knownSize(formula.value.toNumber());
      case 'parameter':
        return knownSize(this.#random(formula.name));
      case 'step':
        return STEP_SIZE;
      case 'index':
        return knownSize(this.#integer(formula.name, place));
      case 'schedule':
        return knownSize(this.#random(`${formula.name}@${this.#known(formula.index, place)}`));
      case 'add':
        return formula.terms.map(size).reduce(addSizes, knownSize(0));
      case 'negate':
        return multiplySizes(knownSize(-1), size(formula.argument));
      case 'multiply':
        return this.#product(formula.factors, place);
      case 'divide':
        return this.#defined(divideSizes(size(formula.numerator), size(formula.denominator)), formula.span, place);
      case 'power': {
        const exponent = size(formula.exponent);
        const base = size(formula.base);
        if (!isKnown(exponent)) return restOf(0);
        return this.#defined(raiseSize(base, exponent.known), formula.span, place);
      }
      case 'root':
        return this.#defined(raiseSize(size(formula.radicand), 1 / formula.degree), formula.span, place);
      case 'absolute': {
        const inner = size(formula.argument);
        return vanishes(inner.weight) ? { ...inner, known: Math.abs(inner.known) } : restOf(0);
      }
      case 'sum':
      case 'product':
        return this.#big(formula, place);
      case 'iterate':
        return this.#iterate(formula, place);
      case 'loss':
        this.#checkPoint(formula.at, formula.span, place);
        if (formula.batch) {
          const batch = this.#known(formula.batch, place);
          refuseUnknownLoss(formula, batch, this.#current, this.#optimizer.span);
          this.readsEarlierLoss ||= batch < 0;
          this.#lossBeforeStart ||= batch < 0;
        } else this.#lossBeforeStart ||= this.#labelsRead(formula.at.body, place).some(label => label < 0);
        return restOf(0);
      case 'derivative':
        size(formula.argument);
        return restOf(0);
      case 'quantity':
        return this.#quantity(formula, place);
      case 'call':
        return sizeOfCall(formula, size(formula.argument), this.#functions.get(formula.name), this.#random);
      case 'vector-call':
        this.#size(formula.argument.body, { ...place, component: formula.argument.index });
        return restOf(0);
      case 'norm':
        return restOf(smallness(this.#size(formula.argument.body, { ...place, component: formula.argument.index })));
      case 'extremum':
      case 'parameter-derivative':
        for (const child of children(formula)) size(child);
        return restOf(0);
    }
  }

  /** Beside a factor in n alone that is zero in this step, as k/(k+3) at k = 0, a value that no step makes is not missed. */
  #product(factors: readonly Formula[], place: PlaceRead): Size {
    const size = (factor: Formula): Size => this.#size(factor, place);
    const outer = this.#besideZero;
    this.#besideZero ||= factors.some(factor => isOfNumbers(factor, this.#quantities) && hasSizeZero(size(factor)));
    const product = factors.map(size).reduce(multiplySizes, knownSize(1));
    this.#besideZero = outer;
    return product;
  }

  #defined(size: Size | null, span: Span | null, { n }: PlaceRead): Size {
    return size ?? refuseDivision(span ?? this.#optimizer.span, n);
  }

  #integer(name: string, place: PlaceRead): number {
    if (name === ITERATION) return place.n;
    if (name === DIMENSION) return 3;
    if (name === BATCHES) return 4;
    return place.bound.get(name) ?? 1;
  }

  #known(formula: Formula, place: PlaceRead): number {
    const size = this.#size(formula, place);
    if (isKnown(size)) return Math.round(size.known * 1e6) / 1e6;
    return refuse('bad-label', 'expected a whole number here', formula.span ?? this.#optimizer.span);
  }

  #big(formula: Extract<Formula, { kind: 'sum' | 'product' }>, place: PlaceRead): Size {
    if (formula.sort === 'coordinate') {
      const body = this.#size(formula.body, { ...place, bound: new Map(place.bound).set(formula.index, 1) });
      if (formula.kind === 'product' || !vanishes(body.weight)) return restOf(0);
      return multiplySizes(knownSize(this.#integer(DIMENSION, place)), body);
    }
    const lower = this.#known(formula.lower, place);
    const upper = this.#known(formula.upper, place);
    let total = knownSize(formula.kind === 'sum' ? 0 : 1);
    for (let at = lower; at <= Math.min(upper, lower + LONGEST_SUM); at += 1) {
      const term = this.#size(formula.body, { ...place, bound: new Map(place.bound).set(formula.index, at) });
      total = formula.kind === 'sum' ? addSizes(total, term) : multiplySizes(total, term);
    }
    return total;
  }

  #iterate(formula: Extract<Formula, { kind: 'iterate' }>, place: PlaceRead): Size {
    const label = formula.label ? this.#known(formula.label, place) : place.n;
    const span = formula.span ?? this.#optimizer.span;
    const isNext = label === this.#current + 1 && formula.label !== null && offsetFromIteration(formula.label) !== null;
    if (label > this.#current && !isNext) refuseLaterPoint(span);
    return isIndex(formula.component, place.component) ? iterateSize(label) : restOf(0);
  }

  #checkPoint(at: Vector, span: Span | null, place: PlaceRead): void {
    const size = this.#size(at.body, { ...place, component: at.index });
    if (isNearMultiple(size, 1)) return;
    if (isPointAtGenericValues(this.#optimizer, at, place.n, place.bound) === true) return;
    refuseFarPoint(at.body.span ?? span ?? this.#optimizer.span, this.#optimizer.notation);
  }

  #quantity(formula: Extract<Formula, { kind: 'quantity' }>, place: PlaceRead): Size {
    const { name } = formula;
    const typed = formula.labels[0];
    const label = typed ? this.#known(typed, place) : place.n;
    const key = `${name}@${label}`;
    const span = formula.span ?? this.#optimizer.span;
    const memo = this.#sizes.get(key);
    if (memo === 'in progress') return this.#ownNewValue(name, label, span);
    let found = memo;
    if (!found) {
      this.#sizes.set(key, 'in progress');
      found = this.#valueOf(name, label, span);
      if (this.#besideZero) this.#sizes.delete(key);
      else this.#sizes.set(key, found);
    }
    const component = formula.indices[0];
    const isPoint = component === undefined || isIndex(component, place.component);
    return isPoint || vanishes(found.weight) ? found : restOf(0);
  }

  /** What a row reads of the value that it makes is as large as what it makes of the others, since the rest has a factor h. */
  #ownNewValue(name: string, label: number, span: Span): Size {
    const state = this.#states.get(name);
    if (state === undefined || label < 1 || !readsOwnNewValue(state))
      return refuse('definition-cycle', 'this value is needed to compute itself', span);
    const place = { n: label - 1, component: COMPONENT, bound: new Map<string, number>() };
    const rest = termsWithoutNewValue(state).map(term => this.#size(term, place));
    return nearMultipleOr(restOf(0), rest.reduce(addSizes, knownSize(0)));
  }

  #valueOf(name: string, label: number, span: Span): Size {
    const state = this.#states.get(name);
    if (state) {
      if (label < 0) refuse('state-too-far-back', 'the first step would need a value from before the start', span);
      if (label === 0) return this.#size(state.initial, { n: 0, component: COMPONENT, bound: new Map() });
      return this.#size(state.right, { n: label - 1, component: COMPONENT, bound: new Map() });
    }
    const definition = this.#quantities.get(name);
    if (!definition) return refuse('undefined-name', 'no row defines this name', span);
    const outer = this.#lossBeforeStart;
    this.#lossBeforeStart = false;
    const place = { n: label, component: COMPONENT, bound: new Map<string, number>() };
    const size = this.#size(definition.body, place);
    // A row starts from an iterate that there is, as y_k = x_k + α(x_k − x_{k−1}) does at k = 0, or reads none from before it.
    const labels = this.#labelsRead(withoutLosses(definition.body), place);
    const isMade = labels.length === 0 || Math.max(...labels) >= 0;
    if (this.#lossBeforeStart && !isMade && !vanishes(size.weight) && !this.#besideZero)
      refuseFirstValue(this.#optimizer, name, label, span);
    this.#lossBeforeStart ||= outer;
    return size;
  }

  #labelsRead(body: Formula, place: PlaceRead): number[] {
    return labelsRead(body).map(label => (label === null ? place.n : this.#known(label, place)));
  }
}
