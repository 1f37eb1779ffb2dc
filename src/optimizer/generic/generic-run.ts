/**
 * An optimizer's first steps at generic values, as power series of h: the losses are given by random derivatives at the starting point. It tells
 * that a step is of order h where that is so by a cancellation, ‖θ‖y/‖y‖ − θ with y = θ − h∇E; the derivation shows it again, exactly.
 */
import { elementaryFunction } from '../../formula/elementary.ts';
import {
  type BigNode,
  COMPONENT,
  type Definition,
  DIMENSION,
  type Formula,
  ITERATION,
  type LossNode,
  type QuantityNode,
  type Vector,
} from '../../formula/formula.ts';
import type { Optimizer, StateRow } from '../model.ts';
import {
  addFloats,
  FLOAT_SERIES,
  FLOAT_STEP,
  type FloatSeries,
  floatConstant,
  multiplyFloats,
  normOfFloats,
  elementaryValue,
  constantOf,
  orderOf,
  raiseFloats,
  subtractFloats,
  absoluteFloats,
} from './float-series.ts';
import { genericValues } from './generic-values.ts';
import { taylorOfLoss } from './taylor-of-loss.ts';

const DIMENSIONS = 3;
const LONGEST_SUM = 100;
const DEEPEST = 200;

interface Place {
  readonly n: number;
  readonly letters: ReadonlyMap<string, number>;
}

/** Whether the first steps are the parameters plus O(h); null where a row holds something that is not followed. */
export function isSmallAtGenericValues(optimizer: Optimizer, steps: number): boolean | null {
  for (const seed of [1, 2]) {
    const run = new GenericRun(optimizer, seed);
    for (let n = 0; n < steps; n += 1) {
      const known = run.stepOrder(n);
      if (known === null || known < 1) return known === null ? null : false;
    }
  }
  return true;
}

/** Whether a vector of step n is the parameters plus O(h) there; null where it holds something that is not followed. */
export function isPointAtGenericValues(
  optimizer: Optimizer,
  point: Vector,
  n: number,
  letters: ReadonlyMap<string, number>,
): boolean | null {
  const orders = [1, 2].map(seed => new GenericRun(optimizer, seed).distanceOrder(point, n, letters));
  return orders.includes(null) ? null : orders.every(order => order !== null && order >= 1);
}

class GenericRun {
  readonly #optimizer: Optimizer;
  readonly #states: ReadonlyMap<string, StateRow>;
  readonly #quantities: ReadonlyMap<string, Definition>;
  readonly #random: (key: string) => number;
  /** Values of iterates, states and quantities; null while one is being made. */
  readonly #known = new Map<string, FloatSeries | null>();
  #depth = 0;

  constructor(optimizer: Optimizer, seed: number) {
    this.#optimizer = optimizer;
    this.#states = new Map(optimizer.states.map(state => [state.name, state]));
    this.#quantities = new Map(optimizer.quantities.map(quantity => [quantity.name, quantity]));
    this.#random = genericValues(optimizer.declarations, seed);
  }

  /** The order in h of θ^{(n+1)} − θ^{(n)}; null where it is not known. */
  stepOrder(n: number): number | null {
    let least = Number.POSITIVE_INFINITY;
    for (let c = 1; c <= DIMENSIONS; c += 1) {
      const after = this.#iterate(c, n + 1);
      const difference = after && this.#minus(after, this.#iterate(c, n));
      if (!difference?.every(Number.isFinite)) return null;
      least = Math.min(least, orderOf(difference));
    }
    return least;
  }

  /** The order in h of a vector of step n less θ^{(n)}; null where it is not known. */
  distanceOrder(point: Vector, n: number, letters: ReadonlyMap<string, number>): number | null {
    // The component of the row in which it stands takes any value.
    const entries = this.#entries(point, { n, letters: new Map([[COMPONENT, 1], ...letters]) });
    const moves = entries?.map((each, c) => this.#minus(each, this.#iterate(c + 1, n))) ?? [null];
    const known = moves.filter(move => move !== null);
    if (known.length < moves.length || !known.every(move => move.every(Number.isFinite))) return null;
    return Math.min(...known.map(orderOf));
  }

  #minus(a: FloatSeries, b: FloatSeries | null): FloatSeries | null {
    return b && subtractFloats(a, b);
  }

  #iterate(component: number, label: number): FloatSeries | null {
    if (label <= 0) return floatConstant(this.#random(`#start ${component}`));
    return this.#memo(`#iterate ${component} ${label}`, () =>
      this.#value(this.#optimizer.update, { n: label - 1, letters: new Map([[COMPONENT, component]]) }),
    );
  }

  #memo(key: string, make: () => FloatSeries | null): FloatSeries | null {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, null);
    const made = make();
    this.#known.set(key, made);
    return made;
  }

  #value(formula: Formula, place: Place): FloatSeries | null {
    this.#depth += 1;
    try {
      return this.#depth > DEEPEST ? null : this.#dispatch(formula, place);
    } finally {
      this.#depth -= 1;
    }
  }

  #dispatch(formula: Formula, place: Place): FloatSeries | null {
    const all = (parts: readonly Formula[], join: (a: FloatSeries, b: FloatSeries) => FloatSeries, none: number) =>
      parts.reduce<FloatSeries | null>((sum, part) => {
        const value = sum && this.#value(part, place);
        return sum && value && join(sum, value);
      }, floatConstant(none));
    const of = (part: Formula, make: (value: FloatSeries) => FloatSeries): FloatSeries | null => {
      const value = this.#value(part, place);
      return value && make(value);
    };
    switch (formula.kind) {
      case 'number':
        return floatConstant(formula.value.toNumber());
      case 'parameter':
        return floatConstant(this.#random(formula.name));
      case 'step':
        return FLOAT_STEP;
      case 'index': {
        const value = this.#integer(formula, place);
        return value === null ? null : floatConstant(value);
      }
      case 'schedule': {
        const at = this.#integer(formula.index, place);
        return at === null ? null : floatConstant(this.#random(`${formula.name}@${at}`));
      }
      case 'add':
        return all(formula.terms, addFloats, 0);
      case 'negate':
        return of(formula.argument, FLOAT_SERIES.negate);
      case 'multiply':
        return all(formula.factors, multiplyFloats, 1);
      case 'divide': {
        const below = this.#value(formula.denominator, place);
        return below && of(formula.numerator, above => multiplyFloats(above, raiseFloats(below, -1)));
      }
      case 'power': {
        const exponent = this.#number(formula.exponent, place);
        return exponent === null ? null : of(formula.base, base => raiseFloats(base, exponent));
      }
      case 'root':
        return of(formula.radicand, radicand => raiseFloats(radicand, 1 / formula.degree));
      case 'absolute':
        return of(formula.argument, absoluteFloats);
      case 'extremum':
        return this.#extremum(formula.arguments, formula.which, place);
      case 'sum':
      case 'product':
        return this.#big(formula, place);
      case 'iterate': {
        const component = this.#integer(formula.component, place);
        const label = formula.label === null ? place.n : this.#integer(formula.label, place);
        return component === null || label === null || label > place.n ? null : this.#iterate(component, label);
      }
      case 'loss':
        return this.#loss(formula, [], place);
      case 'derivative': {
        const by = formula.by.map(each => this.#integer(each, place));
        const known = by.filter(each => each !== null);
        return formula.argument.kind === 'loss' && known.length === by.length
          ? this.#loss(formula.argument, known, place)
          : null;
      }
      case 'quantity':
        return this.#quantity(formula, place);
      case 'call': {
        const elementary = formula.derivative === 0 ? elementaryFunction(formula.name) : null;
        return elementary && of(formula.argument, x => elementaryValue(elementary, x));
      }
      case 'norm': {
        const added = formula.perturbation === null ? floatConstant(0) : this.#value(formula.perturbation, place);
        const entries = added && this.#entries(formula.argument, place);
        return entries && normOfFloats(entries, formula.order, added);
      }
      case 'vector-call':
      case 'parameter-derivative':
        return null;
    }
  }

  #number(formula: Formula, place: Place): number | null {
    const value = this.#value(formula, place);
    return value && constantOf(value);
  }

  #integer(formula: Formula, place: Place): number | null {
    if (formula.kind === 'index') {
      if (formula.name === ITERATION) return place.n;
      if (formula.name === DIMENSION) return DIMENSIONS;
      return place.letters.get(formula.name) ?? null;
    }
    const value = this.#number(formula, place);
    return value === null || !Number.isInteger(value) ? null : value;
  }

  #entries({ index, body }: Vector, place: Place): FloatSeries[] | null {
    const entries: FloatSeries[] = [];
    for (let c = 1; c <= DIMENSIONS; c += 1) {
      const value = this.#value(body, { ...place, letters: new Map(place.letters).set(index, c) });
      if (value === null) return null;
      entries.push(value);
    }
    return entries;
  }

  #extremum(parts: readonly Formula[], which: 'max' | 'min', place: Place): FloatSeries | null {
    let best: FloatSeries | null = null;
    for (const part of parts) {
      const value = this.#value(part, place);
      if (value === null) return null;
      const sign: number = best === null ? 1 : FLOAT_SERIES.sign(subtractFloats(value, best));
      if (best === null || (which === 'max' ? sign > 0 : sign < 0)) best = value;
    }
    return best;
  }

  #big(formula: BigNode, place: Place): FloatSeries | null {
    const lower = formula.sort === 'coordinate' ? 1 : this.#integer(formula.lower, place);
    const upper = formula.sort === 'coordinate' ? DIMENSIONS : this.#integer(formula.upper, place);
    if (lower === null || upper === null || upper - lower > LONGEST_SUM) return null;
    let total: FloatSeries = floatConstant(formula.kind === 'sum' ? 0 : 1);
    for (let at = lower; at <= upper; at += 1) {
      const value = this.#value(formula.body, { ...place, letters: new Map(place.letters).set(formula.index, at) });
      if (value === null) return null;
      total = formula.kind === 'sum' ? addFloats(total, value) : multiplyFloats(total, value);
    }
    return total;
  }

  /** A derivative of a loss at a point near θ^{(0)}, by its Taylor polynomial; a loss before the first is zero or generic like others. */
  #loss({ batch, at }: LossNode, by: readonly number[], place: Place): FloatSeries | null {
    const number = batch === null ? 0 : this.#integer(batch, place);
    const point = this.#entries(at, place);
    if (number === null || point === null) return null;
    if (number < 0 && this.#optimizer.beforeFirst !== 'first' && this.#optimizer.beforeFirst !== 'own')
      return floatConstant(0);
    const moves = point.map((each, c) => this.#minus(each, this.#iterate(c + 1, 0)) ?? each);
    if (moves.some(move => orderOf(move) < 1)) return null;
    return taylorOfLoss(by, moves, indices =>
      this.#random(`#loss ${number} ${indices.toSorted((a, b) => a - b).join(' ')}`),
    );
  }

  #quantity(node: QuantityNode, place: Place): FloatSeries | null {
    const [typed] = node.labels;
    const label = typed === undefined ? place.n : this.#integer(typed, place);
    const component = node.indices[0] === undefined ? 1 : this.#integer(node.indices[0], place);
    if (label === null || component === null || node.at !== null) return null;
    const letters = new Map([[COMPONENT, component]]);
    return this.#memo(`${node.name} ${component} ${label}`, () => {
      const state = this.#states.get(node.name);
      if (state !== undefined) {
        if (label < 0) return null;
        if (label === 0) return this.#value(state.initial, { n: 0, letters });
        return this.#value(state.right, { n: label - 1, letters });
      }
      const definition = this.#quantities.get(node.name);
      return definition === undefined ? null : this.#value(definition.body, { n: label, letters });
    });
  }
}
