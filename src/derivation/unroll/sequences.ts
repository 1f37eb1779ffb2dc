/**
 * States that are not linear in their own earlier value, as sequences of functions of θ: S^{(n)} = s_0^{(n)}(θ^{(n)}) + h s_1^{(n)}(θ^{(n)}) + ….
 * With s_r^{(n+1)} at θ^{(n+1)} = θ^{(n)} + h Φ_0 + h² Φ_1 + … the recursion S^{(n+1)} = F(S^{(n)}, …), expanded about θ^{(n)} and matched
 * order by order, defines each of them by a recursion of its own:
 *
 *     s_0^{(n+1)} = F(s_0^{(n)}, …),   s_1^{(n+1)} = ∂F/∂s · s_1^{(n)} + … − Σ_i Φ_{0,i} ∇_i s_0^{(n+1)},   and so on.
 *
 * In the normal form they are factors that are equal to themselves alone.
 */
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { mapInside } from '../../expression/arithmetic/map-inside.ts';
import { coefficient, type Series } from '../../expression/calculus/series.ts';
import { type Displacement, pointsCoefficient } from '../../expression/calculus/taylor.ts';
import {
  add,
  type Expression,
  factorExpression,
  subtract,
  substituteIndices,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { encodeDefinition, encodeFormula } from '../../formula/json.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import type { OneStepMap } from '../memory-out.ts';
import { reservedNames } from '../reserved-names.ts';

/** s_q of one state, as it is defined. */
export interface Sequence {
  readonly name: string;
  readonly id: string;
  readonly componentwise: boolean;
  /** Its value at n ≥ 1, which reads the label n − 1. */
  readonly body: Expression;
  /** Its value at 0. */
  readonly start: Expression;
}

/** Equations have orders up to 10, and are read with one power of h more. The name of a sequence depends on nothing but its optimizer. */
const MOST_ORDERS = 12;
/** Accents of s_1, s_2, … over the letter of the state. */
const ACCENTS = ['\\check', '\\breve', '\\acute', '\\grave'];
const LETTERS = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K', 'Q', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];

/** Optimizers by what they say; equal ones have equal sequences. */
const known = new Map<string, number>();

/** The names of the sequences of an optimizer, and the factors that stand for them. */
export class SequenceNames {
  readonly #id: string;
  readonly #names = new Map<string, string>();
  readonly #used: Set<string>;

  constructor(optimizer: Optimizer, fullBatch: boolean) {
    const own = optimizer.states.filter(({ recursive }) => recursive === true);
    this.#used = reservedNames(optimizer);
    for (const { name } of own)
      for (let q = 0; q <= MOST_ORDERS; q += 1) this.#names.set(`${name}:${q}`, q === 0 ? name : this.#fresh(name, q));
    this.#id = own.length === 0 ? '' : `${idOf(optimizer, fullBatch, [...this.#names.values()])}`;
  }

  /** s_q of the state at a label, taken at the point of a label, null for the current θ. */
  factor(row: StateRow, q: number, label: LinearForm, component: LinearForm, at: LinearForm | null): Expression {
    return factorExpression({
      kind: 'recursive',
      id: `${this.#id}:${row.name}:${q}`,
      name: this.nameOf(row, q),
      component: row.componentwise ? component : null,
      label,
      coordinates: [],
      at,
    });
  }

  nameOf({ name }: StateRow, q: number): string {
    const known = this.#names.get(`${name}:${q}`);
    if (known === undefined) throw new Error(`${name} has no variation of order ${q}`);
    return known;
  }

  idOf({ name }: StateRow, q: number): string {
    return `${this.#id}:${name}:${q}`;
  }

  #fresh(name: string, q: number): string {
    const accent = ACCENTS[q - 1];
    // An accent over an accent means nothing to a reader.
    const accented = accent === undefined || name.includes('{') ? [] : [`${accent}{${name}}`];
    const free = [...accented, ...LETTERS].find(each => !this.#used.has(each)) ?? `Z_{${this.#used.size}}`;
    this.#used.add(free);
    return free;
  }
}

/** Equal names are part of it, since what is equal is written alike. */
function idOf(optimizer: Optimizer, fullBatch: boolean, names: readonly string[]): number {
  const { states, quantities, update, beforeFirst = null } = optimizer;
  const text = JSON.stringify([
    states.map(({ name, right, initial }) => [name, encodeFormula(right), encodeFormula(initial)]),
    quantities.map(encodeDefinition),
    encodeFormula(update),
    beforeFirst,
    fullBatch,
    names,
  ]);
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}

/** What the sequences are made from: the row of a state at n + 1 and its initial value as series with labelled points. */
export interface SequenceSource {
  readonly rows: readonly StateRow[];
  readonly names: SequenceNames;
  readonly row: (row: StateRow) => Series;
  readonly initial: (row: StateRow) => Series;
}

/** s_0, …, s_order of every such state, by the one-step map about θ^{(n)}. */
export function sequencesOf(
  { rows, names, row: rowOf, initial }: SequenceSource,
  map: OneStepMap,
  order: number,
  assumptions: Assumptions,
  budget: Budget,
): Sequence[] {
  const ahead: Displacement = {
    assumptions,
    known: new Map(),
    budget,
    at: (q, _, coordinate) =>
      substituteIndices(map.coefficients[q - 1] ?? ZERO_EXPRESSION, new Map([[COMPONENT_INDEX, coordinate]])),
  };
  const next = variableForm(ITERATION_INDEX, 1);
  const before = new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, -1)]]);
  return rows.flatMap(row => {
    const made = map.expand(rowOf(row));
    const first = initial(row);
    const own = (q: number): Expression => names.factor(row, q, next, variableForm(COMPONENT_INDEX), next);
    return Array.from({ length: order + 1 }, (_, q) => {
      const moved = Array.from({ length: q }, (_each, r) => pointsCoefficient(own(r), q - r, ahead));
      return {
        name: names.nameOf(row, q),
        id: names.idOf(row, q),
        componentwise: row.componentwise,
        body: substituteIndices(subtract(made[q] ?? ZERO_EXPRESSION, add(...moved)), before),
        start: atCurrent(coefficient(first, q)),
      };
    });
  });
}

/** Every point taken to the current θ. */
export const atCurrent = (value: Expression): Expression =>
  mapInside(value, leaf => (leaf.at === null ? leaf : { ...leaf, at: null }));
