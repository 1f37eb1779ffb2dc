/**
 * Update with history: the state recursions s^{(n+1)} = a_n s^{(n)} + b_n are unrolled, so that
 * θ^{(n+1)} = θ^{(n)} − h F^{(n)}(θ^{(n)}, …, θ^{(0)}; h) with F a power series in h whose points carry their labels.
 *
 * An update that uses θ^{(n−1)} gets the step u^{(n+1)} = F^{(n)}, u^{(0)} = 0, as one more state: θ^{(n−1)} = θ^{(n)} + h u^{(n)}.
 */
import { Budget } from '../base/budget.ts';
import { refuse } from '../base/problem.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  negate,
  restrict,
  substituteIndices,
  subtract,
  sumOver,
  sumTerms,
  ZERO_EXPRESSION,
} from '../expression/core/expression.ts';
import { integerExponent } from '../expression/core/factor.ts';
import { withIndices } from '../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../expression/core/domain.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import type { Meaning } from '../expression/read/meaning.ts';
import { asForm } from '../expression/core/index-form.ts';
import {
  COMPONENT_INDEX,
  ITERATION_INDEX,
  LABEL_INDEX,
  openIndex,
  SELF_INDEX,
  ZERO,
} from '../expression/core/indices.ts';
import { productOver } from '../expression/arithmetic/product.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { coefficient, type Series } from '../expression/calculus/series.ts';
import { makeTerm } from '../expression/core/term.ts';
import type { Declaration } from '../formula/declaration.ts';
import { type Definition, type Formula, ITERATION, type QuantityNode } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { constantForm, type LinearForm, shiftForm, variableForm } from '../number/linear-form.ts';
import { labelledQuantities } from '../optimizer/checks/current-points.ts';
import type { Optimizer, StateRow } from '../optimizer/model.ts';
import { testZero } from '../prove/zero/zero-test.ts';

const N = variableForm(ITERATION_INDEX);
const PREVIOUS_STEP = '#step';
/** Terms made to see that an update starts from θ^{(n)}. */
const START_BUDGET = 10_000;

const sameForm = (a: LinearForm, b: LinearForm): boolean => JSON.stringify(a) === JSON.stringify(b);

export type HistoryOptions = Pick<Meaning, 'fullBatch' | 'onDefinition'>;

/** The history form of an optimizer, computed to the powers of h that are asked for. */
export class History {
  readonly optimizer: Optimizer;
  readonly #order: number;
  readonly #options: HistoryOptions;
  /** Coefficient q of a state at LABEL_INDEX, component COMPONENT_INDEX. */
  readonly #solved = new Map<string, Expression[]>();
  readonly #solving = new Set<string>();

  constructor(optimizer: Optimizer, order: number, options: HistoryOptions = {}) {
    this.optimizer = optimizer;
    this.#order = order;
    this.#options = options;
  }

  /** F_0, …, F_order of F^{(n)} component j; every point carries its label. Refuses what is no small step. */
  update(): Series {
    const next = variableForm(ITERATION_INDEX, 1);
    if (usesPrevious(this.optimizer.update))
      return this.#solve(PREVIOUS_STEP, this.#order, next, variableForm(COMPONENT_INDEX));
    return this.#step(
      this.#reader({ order: this.#order + 1, groupFactors: true, wrapDefinitions: true }, null),
      this.#order,
    );
  }

  /** A formula of the optimizer's rows, such as a state or quantity at the label n+1, with its states unrolled. */
  valueOf(formula: Formula): Series {
    return this.#reader({ order: this.#order, wrapDefinitions: false }, null).read(formula);
  }

  /** Reads formulas about what the optimizer has computed: states unrolled, points with their labels, θ without one the current. */
  reading(definitions: readonly Definition[], declarations: readonly Declaration[], order: number): FormulaReader {
    const own = new Set(definitions.map(({ name }) => name));
    return new FormulaReader({
      declarations,
      definitions: [...definitions, ...labelledQuantities(this.optimizer).filter(({ name }) => !own.has(name))],
      readAtLabels: true,
      ...this.#options,
      order,
      quantity: (node, labels, indices) => this.#state(node, labels, indices, null, order),
      iterate: (coordinate, label) => [factorExpression({ kind: 'point', coordinate, at: label })],
    });
  }

  /** F from the update row: −(right side − θ^{(n)})/h. */
  #step(reader: FormulaReader, order: number): Series {
    const right = reader.read(this.optimizer.update);
    const start = factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: N });
    // (1−α)θ + αθ is θ, which only the zero test sees where 1−α stays together.
    if (
      testZero(subtract(coefficient(right, 0), start), reader.assumptions, new Budget(START_BUDGET)).kind !== 'zero'
    ) {
      refuse(
        'step-not-small',
        'the update must be θ^{(n)} plus a step of order h',
        this.optimizer.update.span ?? this.optimizer.span,
      );
    }
    return Array.from({ length: order + 1 }, (_, q) => negate(coefficient(right, q + 1)));
  }

  #reader(
    options: Pick<Meaning, 'order' | 'groupFactors' | 'wrapDefinitions'>,
    self: { readonly name: string; readonly q: number } | null,
  ): FormulaReader {
    return new FormulaReader({
      declarations: this.optimizer.declarations,
      definitions: this.optimizer.quantities,
      readAtLabels: true,
      ...this.#options,
      ...options,
      quantity: (node, labels, indices) => this.#state(node, labels, indices, self, options.order),
      iterate: (coordinate, label) => this.#iterate(coordinate, label ?? N, self, options.order),
    });
  }

  #iterate(
    coordinate: LinearForm,
    label: LinearForm,
    self: { readonly name: string; readonly q: number } | null,
    order: number,
  ): Series {
    if (!isPrevious(label)) return [factorExpression({ kind: 'point', coordinate, at: label })];
    const step =
      self?.name === PREVIOUS_STEP
        ? this.#own(PREVIOUS_STEP, self.q, N, coordinate)
        : this.#solve(PREVIOUS_STEP, order - 1, N, coordinate);
    return [factorExpression({ kind: 'point', coordinate, at: N }), ...step];
  }

  #state(
    node: QuantityNode,
    labels: readonly LinearForm[],
    indices: readonly LinearForm[],
    self: { readonly name: string; readonly q: number } | null,
    order: number,
  ): Series | null {
    const row = this.optimizer.states.find(state => state.name === node.name);
    const [label] = labels;
    if (row === undefined || label === undefined) return null;
    if (row.componentwise !== (indices.length === 1))
      return refuse('wrong-indices', `${node.name} is used with other indices than its recursion has`, node.span);
    const component = indices[0] ?? variableForm(COMPONENT_INDEX);
    if (self?.name === row.name && sameForm(label, N)) return this.#own(row.name, self.q, label, component);
    return this.#solve(row.name, order, label, component);
  }

  /** A state's own earlier value while coefficient q of its recursion is solved: known below q, a marker at q; zero for q < 0. */
  #own(name: string, q: number, label: LinearForm, component: LinearForm): Series {
    if (q < 0) return [];
    const known = (this.#solved.get(name) ?? []).slice(0, q).map(value => place(value, label, component));
    return [...known, factorExpression({ kind: 'point', coordinate: component, at: variableForm(SELF_INDEX) })];
  }

  /** The state at a label as a series in h. */
  #solve(name: string, order: number, label: LinearForm, component: LinearForm): Series {
    const solved = this.#solved.get(name) ?? [];
    this.#solved.set(name, solved);
    const row = this.optimizer.states.find(state => state.name === name) ?? null;
    for (let q = solved.length; q <= order; q += 1) {
      if (this.#solving.has(name))
        return refuse(
          'coupled-states',
          'states that feed each other at the same iteration are not covered',
          row?.span ?? this.optimizer.span,
        );
      this.#solving.add(name);
      try {
        solved.push(this.#solveCoefficient(name, row, q));
      } finally {
        this.#solving.delete(name);
      }
    }
    return solved.slice(0, order + 1).map(value => place(value, label, component));
  }

  #solveCoefficient(name: string, row: StateRow | null, q: number): Expression {
    if (q === 0 && row !== null && this.#isSmall(row)) return ZERO_EXPRESSION;
    const self = { name, q };
    const right =
      row === null
        ? coefficient(this.#step(this.#reader({ order: q + 1, wrapDefinitions: false }, self), q), q)
        : coefficient(this.#reader({ order: q, wrapDefinitions: false }, self).read(row.right), q);
    const initial = row === null ? ZERO_EXPRESSION : this.#initial(row, q);
    const { carry, input } = splitRecursion(right, row, this.optimizer);
    return unrolled(carry, input, initial, this.optimizer);
  }

  /** Whether a state vanishes as h → 0: started at zero and, where it is zero, fed by nothing without h. */
  #isSmall(row: StateRow): boolean {
    if (this.#initial(row, 0).terms.length > 0) return false;
    const reader = this.#reader({ order: 0, wrapDefinitions: false }, { name: row.name, q: -1 });
    return coefficient(reader.read(row.right), 0).terms.length === 0;
  }

  #initial(row: StateRow, q: number): Expression {
    const value = coefficient(this.#reader({ order: q, wrapDefinitions: false }, null).read(row.initial), q);
    return substituteIndices(value, new Map([[ITERATION_INDEX, constantForm(0)]]));
  }
}

/** Whether a formula contains θ^{(n−1)}. */
function usesPrevious(formula: Formula): boolean {
  if (formula.kind === 'iterate' && formula.label !== null) {
    const label = asForm(formula.label, new Map([[ITERATION, N]]));
    if (label !== null && isPrevious(label)) return true;
  }
  return children(formula).some(usesPrevious);
}

const isPrevious = (label: LinearForm): boolean =>
  label.terms.length === 1 &&
  label.terms[0]?.[0] === ITERATION_INDEX &&
  label.terms[0][1] === 1 &&
  label.constant === -1;

const place = (value: Expression, label: LinearForm, component: LinearForm): Expression =>
  substituteIndices(
    value,
    new Map([
      [LABEL_INDEX, label],
      [COMPONENT_INDEX, component],
    ]),
  );

const NOT_LINEAR =
  'the recursion must be linear in its own earlier value, with a coefficient of hyperparameters and n only';

/** a and b of a·s + b, with the marker in place of s. */
function splitRecursion(
  right: Expression,
  row: StateRow | null,
  optimizer: Optimizer,
): { readonly carry: Expression; readonly input: Expression } {
  const span = (row?.right ?? optimizer.update).span ?? optimizer.span;
  const carry: Expression[] = [];
  const input: Expression[] = [];
  for (const term of right.terms) {
    const own = term.factors.filter(({ factor }) => factor.kind === 'point' && factor.at?.terms[0]?.[0] === SELF_INDEX);
    const [only] = own;
    if (only === undefined) {
      input.push(sumTerms([term]));
      continue;
    }
    const sameComponent =
      only.factor.kind === 'point' && sameForm(only.factor.coordinate, variableForm(COMPONENT_INDEX));
    if (own.length > 1 || integerExponent(only.exponent) !== 1 || !sameComponent)
      return refuse('not-linear', NOT_LINEAR, span);
    const rest = makeTerm({ ...term, factors: term.factors.filter(power => power !== only) });
    if (rest !== null) carry.push(sumTerms([rest]));
  }
  const total = add(...carry);
  if (!isScalar(total) || mentionsMarker(add(...input))) return refuse('not-linear', NOT_LINEAR, span);
  return { carry: total, input: add(...input) };
}

function mentionsMarker(value: Expression): boolean {
  return JSON.stringify(value.terms.map(term => term.key)).includes('self');
}

/** s^{(L)} = Σ_{k=0}^{L−1} (Π_{i=k+1}^{L−1} a_i) b_k + (Π_{i=0}^{L−1} a_i) s^{(0)}. */
function unrolled(carry: Expression, input: Expression, initial: Expression, optimizer: Optimizer): Expression {
  const label = variableForm(LABEL_INDEX);
  const last = shiftForm(label, -1);
  if (carry.terms.length === 0) {
    const latest = restrict(substituteIndices(input, new Map([[ITERATION_INDEX, last]])), [
      { left: ZERO, right: LABEL_INDEX, bound: -1 },
    ]);
    const first = restrict(initial, [
      { left: LABEL_INDEX, right: ZERO, bound: 0 },
      { left: ZERO, right: LABEL_INDEX, bound: 0 },
    ]);
    return add(latest, first);
  }
  const assumptions = new FormulaReader({ declarations: optimizer.declarations, definitions: [], order: 0 })
    .assumptions;
  const i = openIndex('history');
  const factor = substituteIndices(carry, new Map([[ITERATION_INDEX, variableForm(i)]]));
  const k = openIndex('history');
  const earlier: readonly Constraint[] = [
    { left: ZERO, right: k, bound: 0 },
    { left: k, right: LABEL_INDEX, bound: -1 },
  ];
  const fromStart: Constraint = { left: ZERO, right: LABEL_INDEX, bound: 0 };
  const weight = (lower: LinearForm, known: readonly Constraint[]): Expression =>
    productOver(factor, i, lower, last, {
      ...withIndices(assumptions, assumptions.indices.with(known)),
      genericProducts: true,
    });
  const at = substituteIndices(input, new Map([[ITERATION_INDEX, variableForm(k)]]));
  const sum = sumOver(multiply(weight(variableForm(k, 1), earlier), at), k, 'history', earlier);
  const start = initial.terms.length === 0 ? initial : multiply(weight(constantForm(0), [fromStart]), initial);
  return add(sum, start);
}
