/**
 * States that are not linear in their own earlier value, as sequences of functions of θ: S^{(n)} = s_0^{(n)}(θ^{(n)}) + h s_1^{(n)}(θ^{(n)}) + ….
 * With s_r^{(n+1)} at θ^{(n+1)} = θ^{(n)} + h Φ_0 + h² Φ_1 + … the recursion S^{(n+1)} = F(S^{(n)}, …), expanded about θ^{(n)} and matched
 * order by order, defines each of them by a recursion of its own:
 *
 *     s_0^{(n+1)} = F(s_0^{(n)}, …),   s_1^{(n+1)} = ∂F/∂s · s_1^{(n)} + … − Σ_i Φ_{0,i} ∇_i s_0^{(n+1)},   and so on.
 *
 * In the normal form they are factors that are equal to themselves alone.
 */
import { refuse } from '../../base/problem.ts';
import type { Budget } from '../../base/budget.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { mapInside } from '../../expression/arithmetic/map-inside.ts';
import { addSeries, coefficient, type Series } from '../../expression/calculus/series.ts';
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
import type { Formula } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import type { OneStepMap } from '../memory-out.ts';
import { reservedNames } from '../reserved-names.ts';
import type { StepRow } from './states-of-steps.ts';

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
const RARE_ACCENTS = ['\\acute', '\\grave', '\\breve', '\\mathring'];
const LETTERS = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K', 'Q', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];

/** Optimizers by what they say; equal ones have equal sequences. */
const known = new Map<string, number>();

/** The names of the sequences of an optimizer, and the factors that stand for them. */
export class SequenceNames {
  readonly #id: string;
  readonly #names = new Map<string, string>();
  readonly #used: Set<string>;

  /** `steps` are rows besides those of the optimizer, which get a letter each. */
  constructor(optimizer: Optimizer, fullBatch: boolean, steps: readonly StepRow[] = []) {
    const own = [...optimizer.states.filter(({ recursive }) => recursive === true), ...steps];
    this.#used = reservedNames(optimizer);
    const letters = new Map(steps.map(({ name, letters: wanted }) => [name, this.#letterOf(wanted)]));
    for (const { name } of own) {
      const letter = letters.get(name) ?? name;
      for (let q = 0; q <= MOST_ORDERS; q += 1)
        this.#names.set(`${name}:${q}`, q === 0 ? letter : this.#fresh(letter, q));
    }
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

  /** s_0 + h s_1 + … at a label, taken at its point. */
  series(row: StateRow, label: LinearForm, component: LinearForm, order: number): Series {
    return Array.from({ length: order + 1 }, (_, q) => this.factor(row, q, label, component, label));
  }

  /** θ^{(n)} + h (… + …) of sequences at n. */
  behind(rows: readonly StateRow[], coordinate: LinearForm, order: number): Series {
    const now = variableForm(ITERATION_INDEX);
    const parts = rows.map(row => this.series(row, now, coordinate, order - 1));
    return [factorExpression({ kind: 'point', coordinate, at: now }), ...addSeries(...parts)];
  }

  nameOf({ name }: StateRow, q: number): string {
    const known = this.#names.get(`${name}:${q}`);
    if (known === undefined) throw new Error(`${name} has no variation of order ${q}`);
    return known;
  }

  idOf({ name }: StateRow, q: number): string {
    return `${this.#id}:${name}:${q}`;
  }

  #letterOf(wanted: readonly string[]): string {
    // A number in the subscript would be read as one more index.
    const accented = RARE_ACCENTS.flatMap(accent => LETTERS.map(letter => `${accent}{${letter}}`));
    const free = [...wanted, ...LETTERS, ...accented].find(each => !this.#used.has(each));
    if (free === undefined) return refuse('too-many-names', 'more sequences are needed than there are letters');
    this.#used.add(free);
    return free;
  }

  #fresh(name: string, q: number): string {
    const accent = ACCENTS[q - 1];
    // An accent over an accent means nothing to a reader.
    const accented = accent === undefined || name.includes('{') ? [] : [`${accent}{${name}}`];
    return this.#letterOf(accented);
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
  readonly rows: readonly (StateRow | StepRow)[];
  readonly names: SequenceNames;
  readonly row: (row: StateRow) => Series;
  readonly initial: (row: StateRow) => Series;
}

/** What a sequence is the first coefficient of; `row` is in the ids of all of them. */
export interface SequenceOf {
  readonly row: string;
  readonly letter: string;
  readonly componentwise: boolean;
  /** What it is at n, where no row of the optimizer makes it. */
  readonly difference: Formula | null;
}

export const sequencesByRow = ({ rows, names }: SequenceSource): SequenceOf[] =>
  rows.map(row => ({
    row: row.name,
    letter: names.nameOf(row, 0),
    componentwise: row.componentwise,
    difference: 'difference' in row ? row.difference : null,
  }));

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
