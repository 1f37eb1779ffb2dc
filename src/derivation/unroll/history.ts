/**
 * Update with history: the state recursions s^{(n+1)} = a_n s^{(n)} + b_n are unrolled, so that
 * θ^{(n+1)} = θ^{(n)} − h F^{(n)}(θ^{(n)}, …, θ^{(0)}; h) with F a power series in h whose points carry their labels.
 *
 * An update that uses θ^{(n−1)} gets the step u^{(n+1)} = F^{(n)}, u^{(l)} = 0 for l ≤ 0, as one more state: θ^{(n−1)} = θ^{(n)} + h u^{(n)},
 * θ^{(n−2)} = θ^{(n)} + h (u^{(n)} + u^{(n−1)}), and so on. So has an implicit one: θ^{(n+1)} = θ^{(n)} − h u^{(n+1)}, whose coefficients follow one another,
 * since it is read through a factor h (fixed-point iteration; Hairer, Lubich, Wanner, chapter IX).
 *
 * An update that is a small step only since θ^{(0)} = θ^{(n)} + O(h), as one that is pulled to θ^{(0)} without a factor h, gets the
 * path from the start D^{(n+1)} = D^{(n)} + F^{(n)}, D^{(0)} = 0, as a state: θ^{(0)} = θ^{(n)} + h D^{(n)}, where F^{(n)} contains D^{(n)}.
 */
import { beforeFirstOf } from '../../notation/before-first.ts';
import { attempt, refuse, type Result } from '../../base/problem.ts';
import {
  add,
  type Expression,
  factorExpression,
  negate,
  substituteIndices,
  subtract,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import type { Meaning } from '../../expression/read/meaning.ts';
import { ROLE_LETTERS } from '../../expression/core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { addSeries, coefficient, type Series } from '../../expression/calculus/series.ts';
import type { Declaration } from '../../formula/declaration.ts';
import type { Definition, Formula, QuantityNode } from '../../formula/formula.ts';
import { constantForm, type LinearForm, sameForm, variableForm } from '../../number/linear-form.ts';
import { labelledQuantities } from '../../optimizer/checks/current-points.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { isStart, readsItself, readsPrevious, stepsBack, usesPrevious, usesStart } from './labels-used.ts';
import { atLabel, mentionsMarker, ownMarker } from './markers.ts';
import { isZeroFor, splitRecursion, unrolled } from './recursion.ts';
import { SequenceNames, type SequenceSource } from './sequences.ts';
import { followedRow, rowsFollowed, stepsFollowed, type StepsFollowed } from './steps-followed.ts';
import { PATH, PREVIOUS_STEP, refuseCoupledStates, refuseNoSmallStep, unknownOf, ownValue } from './states-of-steps.ts';

const N = variableForm(ITERATION_INDEX);
const NEXT = variableForm(ITERATION_INDEX, 1);

export type UnrollOptions = Pick<Meaning, 'fullBatch' | 'onDefinition'>;

/** The state whose coefficient q is being solved. */
interface Own {
  readonly name: string;
  readonly q: number;
}
type Self = Own | null;

/** The history form of an optimizer, computed to the powers of h that are asked for. */
export class History {
  readonly optimizer: Optimizer;
  readonly #order: number;
  readonly #options: UnrollOptions;
  readonly #sequences: SequenceNames;
  /** Coefficient q of a state at LABEL_INDEX, component COMPONENT_INDEX. */
  readonly #solved = new Map<string, Expression[]>();
  readonly #solving = new Set<string>();
  /** Whether θ^{(0)} is θ^{(n)} + h D^{(n)}; otherwise it is a point with its label. */
  readonly #followsPath: boolean;
  /** The differences of older iterates, where they are sequences of their own. */
  readonly #followed: StepsFollowed | null;

  private constructor(
    optimizer: Optimizer,
    order: number,
    { followsPath, followed }: { readonly followsPath: boolean; readonly followed: StepsFollowed | null },
    options: UnrollOptions,
  ) {
    this.optimizer = optimizer;
    this.#order = order;
    this.#options = options;
    this.#followsPath = followsPath;
    this.#followed = followed;
    this.#sequences = new SequenceNames(optimizer, options.fullBatch === true, rowsFollowed(followed));
  }

  /** The history form; θ^{(0)} is followed along the path where the update is no small step otherwise. */
  static of(optimizer: Optimizer, order: number, options: UnrollOptions = {}): History {
    const { onDefinition: _, ...plain } = options;
    const test = (followsPath: boolean): Result<Series> =>
      attempt(() => new History(optimizer, 0, { followsPath, followed: null }, plain).update());
    const followsPath = usesStart(optimizer) && !test(false).ok;
    const followed = readsPrevious(optimizer) && !test(followsPath).ok ? stepsFollowed(optimizer) : null;
    return new History(optimizer, order, { followsPath, followed }, options);
  }

  /** F_0, …, F_order of F^{(n)} component j; every point carries its label. Refuses what is no small step. */
  update(): Series {
    if (this.#followed === null && usesPrevious(this.optimizer.update))
      return this.#solve(PREVIOUS_STEP, this.#order, NEXT, variableForm(COMPONENT_INDEX));
    return this.#namedStep();
  }

  #namedStep(): Series {
    return this.#step(
      this.#reader({ order: this.#order + 1, groupFactors: true, wrapDefinitions: true }, null),
      this.#order,
    );
  }

  /** A formula of the optimizer's rows, such as a state or quantity at the label n+1, with its states unrolled. */
  valueOf(formula: Formula): Series {
    return this.#reader({ order: this.#order, wrapDefinitions: false }, null).read(formula);
  }

  /** The rows of what is defined by its recursion: states, and differences of iterates. */
  sequenceSource(): SequenceSource {
    const options = { order: this.#order, groupFactors: true, wrapDefinitions: true };
    return {
      rows: [...this.optimizer.states.filter(({ recursive }) => recursive === true), ...rowsFollowed(this.#followed)],
      names: this.#sequences,
      row: row =>
        followedRow(this.#followed, row, () => this.#namedStep(), this.#sequences, this.#order) ??
        this.#reader(options, null).read(row.right),
      initial: row => Array.from({ length: this.#order + 1 }, (_, q) => this.#initial(row, q)),
    };
  }

  /** The same for h → 0, with letters of its own; every point carries its label. */
  valueAtZero(formula: Formula, letters: ReadonlyMap<string, number>): Expression {
    const forms = [...letters].map(([letter, open]) => [letter, variableForm(open)] as const);
    const reader = this.#reader({ order: 0, wrapDefinitions: false }, null);
    return coefficient(reader.series(formula, new Map([...ROLE_LETTERS, ...forms])), 0);
  }

  /** Reads formulas about what the optimizer has computed: states unrolled, points with their labels, θ without one the current. */
  reading(definitions: readonly Definition[], declarations: readonly Declaration[], order: number): FormulaReader {
    const own = new Set(definitions.map(({ name }) => name));
    return new FormulaReader({
      declarations,
      definitions: [...definitions, ...labelledQuantities(this.optimizer).filter(({ name }) => !own.has(name))],
      readAtLabels: true,
      ...this.#options,
      ...beforeFirstOf(this.optimizer),
      order,
      quantity: (node, labels, indices, upTo) => this.#state(node, labels, indices, null, { order: upTo }),
      iterate: (coordinate, label) => [factorExpression({ kind: 'point', coordinate, at: label })],
    });
  }

  /** F from the update row: −(right side − θ^{(n)})/h. */
  #step(reader: FormulaReader, order: number): Series {
    const right = reader.read(this.optimizer.update);
    const start = factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: N });
    if (!isZeroFor(subtract(coefficient(right, 0), start), reader)) {
      refuseNoSmallStep(this.optimizer);
    }
    return Array.from({ length: order + 1 }, (_, q) => negate(coefficient(right, q + 1)));
  }

  #reader(options: Pick<Meaning, 'order' | 'groupFactors' | 'wrapDefinitions'>, self: Self): FormulaReader {
    return new FormulaReader({
      declarations: this.optimizer.declarations,
      definitions: this.optimizer.quantities,
      readAtLabels: true,
      ...beforeFirstOf(this.optimizer),
      pieces: true,
      ...this.#options,
      ...options,
      quantity: (node, labels, indices, order) => this.#state(node, labels, indices, self, { ...options, order }),
      iterate: (coordinate, label, order) => this.#iterate(coordinate, label ?? N, self, order),
    });
  }

  #iterate(coordinate: LinearForm, label: LinearForm, self: Self, order: number): Series {
    if (sameForm(label, NEXT)) {
      const step = this.#solve(PREVIOUS_STEP, order - 1, NEXT, coordinate);
      return [factorExpression({ kind: 'point', coordinate, at: N }), ...step.map(negate)];
    }
    if (this.#followsPath && isStart(label)) return this.#start(coordinate, self, order);
    const back = stepsBack(label);
    if (back === null) return [factorExpression({ kind: 'point', coordinate, at: label })];
    if (this.#followed !== null) return this.#sequences.behind(this.#followed.steps.slice(0, back), coordinate, order);
    const step = (at: LinearForm): Series =>
      self?.name === PREVIOUS_STEP && sameForm(at, N)
        ? this.#own(PREVIOUS_STEP, self.q, N, coordinate, order - 1)
        : this.#solve(PREVIOUS_STEP, order - 1, at, coordinate);
    const steps = Array.from({ length: back }, (_, i) => step(variableForm(ITERATION_INDEX, -i)));
    return [factorExpression({ kind: 'point', coordinate, at: N }), ...addSeries(...steps)];
  }

  /** θ^{(0)} = θ^{(n)} + h D^{(n)}. */
  #start(coordinate: LinearForm, self: Self, order: number): Series {
    if (this.#followed?.path) return this.#sequences.behind([this.#followed.path], coordinate, order);
    const path =
      self?.name === PATH
        ? this.#own(PATH, self.q, N, coordinate, order - 1)
        : this.#solve(PATH, order - 1, N, coordinate);
    return [factorExpression({ kind: 'point', coordinate, at: N }), ...path];
  }

  #state(
    node: QuantityNode,
    labels: readonly LinearForm[],
    indices: readonly LinearForm[],
    self: Self,
    options: Pick<Meaning, 'order' | 'groupFactors' | 'wrapDefinitions'>,
  ): Series | null {
    const row = this.optimizer.states.find(state => state.name === node.name);
    const [label] = labels;
    if (row === undefined || label === undefined) return null;
    if (row.componentwise !== (indices.length === 1))
      return refuse('wrong-indices', `${node.name} is used with other indices than its recursion has`, node.span);
    const component = indices[0] ?? variableForm(COMPONENT_INDEX);
    if (row.recursive === true && !sameForm(label, NEXT))
      return this.#sequences.series(row, label, component, options.order);
    if (self?.name === row.name && sameForm(label, N))
      return this.#own(row.name, self.q, label, component, options.order);
    // What a step makes of other values alone is inserted, so that a recursion through it is seen.
    if (sameForm(label, NEXT) && (row.recursive === true || !readsItself(row, this.optimizer))) {
      const value = this.#reader(options, self).read(row.right);
      return value.map(each => substituteIndices(each, new Map([[COMPONENT_INDEX, component]])));
    }
    return this.#solve(row.name, options.order, label, component);
  }

  #own(name: string, q: number, label: LinearForm, component: LinearForm, order: number): Series {
    return ownValue(this.optimizer, { name, q, known: this.#solved.get(name) ?? [] }, label, component, order);
  }

  /**
   * The state at a label as a series in h, solved by state and order: while a coefficient is being solved, those that are not known yet
   * are markers, which vanish where the state is multiplied by h. A coefficient that contains one is not kept.
   */
  #solve(name: string, order: number, label: LinearForm, component: LinearForm): Series {
    const row = this.optimizer.states.find(state => state.name === name) ?? null;
    const known = (): readonly Expression[] => this.#solved.get(name) ?? [];
    while (known().length <= order && !this.#solving.has(name)) {
      const found = this.#coefficientOf(name, row, known().length);
      if (mentionsMarker(found)) {
        if (this.#solving.size > 0) break;
        refuseCoupledStates(name, row, this.optimizer);
      }
      this.#solved.set(name, [...known(), found]);
    }
    return Array.from({ length: order + 1 }, (_, q) => {
      const value = known()[q];
      return value === undefined
        ? unknownOf(this.optimizer, name, q - known().length, label, component)
        : atLabel(value, label, component);
    });
  }

  #coefficientOf(name: string, row: StateRow | null, q: number): Expression {
    this.#solving.add(name);
    try {
      return this.#solveCoefficient(name, row, q);
    } finally {
      this.#solving.delete(name);
    }
  }

  #solveCoefficient(name: string, row: StateRow | null, q: number): Expression {
    if (q === 0 && row !== null && this.#isSmall(row)) return ZERO_EXPRESSION;
    const self = { name, q };
    const right =
      row === null
        ? this.#right(self)
        : coefficient(this.#reader({ order: q, wrapDefinitions: false }, self).read(row.right), q);
    const initial = row === null ? ZERO_EXPRESSION : this.#initial(row, q);
    const { carry, input } = splitRecursion(right, row, this.optimizer);
    return unrolled(carry, input, initial, this.optimizer);
  }

  /** Coefficient q of F^{(n)}, or of D^{(n)} + F^{(n)}. */
  #right(self: Own): Expression {
    const component = variableForm(COMPONENT_INDEX);
    const step = (): Series =>
      self.name === PATH && usesPrevious(this.optimizer.update)
        ? this.#solve(PREVIOUS_STEP, self.q, NEXT, component)
        : this.#step(this.#reader({ order: self.q + 1, wrapDefinitions: false }, self), self.q);
    const made = coefficient(step(), self.q);
    return self.name === PATH ? add(ownMarker(component), made) : made;
  }

  /**
   * Whether a state vanishes as h → 0, by induction: started at zero and, where it is zero, fed by nothing without h. What was solved
   * under an assumption that does not hold is forgotten.
   */
  #isSmall(row: StateRow): boolean {
    if (this.#initial(row, 0).terms.length > 0) return false;
    const before = new Map([...this.#solved].map(([name, { length }]) => [name, length]));
    this.#solved.set(row.name, [ZERO_EXPRESSION]);
    const reader = this.#reader({ order: 0, wrapDefinitions: false }, { name: row.name, q: -1 });
    const made = attempt(() => isZeroFor(coefficient(reader.read(row.right), 0), reader));
    const isSmall = made.ok && made.value;
    if (!isSmall)
      for (const [name, values] of this.#solved) this.#solved.set(name, values.slice(0, before.get(name) ?? 0));
    this.#solved.set(row.name, []);
    return isSmall;
  }

  #initial(row: StateRow, q: number): Expression {
    const value = coefficient(this.#reader({ order: q, wrapDefinitions: false }, null).read(row.initial), q);
    return substituteIndices(value, new Map([[ITERATION_INDEX, constantForm(0)]]));
  }
}
