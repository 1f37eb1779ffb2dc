/**
 * From the rows of an optimizer to its model, or to the reason why it is refused. The rows come with their labels as
 * typed; the model counts as {@link Optimizer} says.
 */
import { attempt, refuse, type Result } from '../base/problem.ts';
import type { BeforeFirst } from '../notation/before-first.ts';
import type { Span } from '../base/span.ts';
import { number } from '../formula/build.ts';
import { children } from '../formula/walk.ts';
import { COMPONENT, type Definition, type DerivativeNode, type Formula, ITERATION } from '../formula/formula.ts';
import { findStates } from './rows/classify.ts';
import { decideCounting, shiftIteration, shiftLabels } from './rows/counting.ts';
import { DerivativeDecision } from './checks/decide-derivatives.ts';
import { refuseUnfadingMemory } from './checks/memory/unfading-memory.ts';
import { refuseProductsOfPoints } from './rows/products-of-points.ts';
import { checkFirstSteps } from './checks/first-steps.ts';
import type { PointNames } from './checks/point-names.ts';
import { OF_THE_STATE } from '../formula/pieces/switches.ts';
import { withImplicitStates, withoutOwnNewValue } from './checks/own-new-value.ts';
import { isImplicit, refuseDirectUse } from './checks/implicit.ts';
import { nameDelayedPoints } from './checks/delayed-points.ts';
import { insertArguments } from './rows/insert-arguments.ts';
import { nodesInserted } from './checks/linear-coefficient.ts';
import { insertPoints } from './rows/insert-points.ts';
import { degreeInState } from './linear.ts';
import type { Declaration, Notation, Optimizer, StateRow, TypedCounting } from './model.ts';
import { nodes } from './replace.ts';
import type { NameRow, Row } from './row.ts';
import { findScalars, withoutComponents } from './rows/scalars.ts';
import { redundantStarts } from './rows/redundant-starts.ts';
import { labelShifts } from './rows/label-shifts.ts';
import { withOlderValues } from './rows/older-values.ts';
import { rowsBehindUpdate, rowsOneBack } from './rows/rows-behind-update.ts';
import { readStart, startLater, startsWrittenOut, withoutEqualStarts } from './rows/start-rows.ts';
import { stepOutside } from './rows/step-outside.ts';
import { findUpdate, sortRows } from './sort-rows.ts';
import { withRecursiveStates } from './checks/recursive-states.ts';
import { refuseStateLabels } from './rows/state-labels.ts';
import { stateDependence } from './checks/state-reach.ts';

export interface OptimizerText {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly declarations: readonly Declaration[];
  readonly notation: Notation;
  readonly span: Span;
  /** The first value of the iteration letter that a row names. */
  readonly first?: { readonly value: 0 | 1; readonly text: string } | null;
  /** What E_k is for k < 0; zero where it is not said. */
  readonly beforeFirst?: BeforeFirst;
}

/**
 * The model of the optimizer. Refused: no update of θ or several, a row given twice, a value that is used and never
 * updated, states that are not linear in themselves or that feed each other, shifts and updates that
 * are not O(h), divisions by zero in the first steps.
 */
export function buildOptimizer(text: OptimizerText): Result<Optimizer> {
  return attempt(() => build(text));
}

function build(typed: OptimizerText): Optimizer {
  const free = withoutEqualStarts(typed);
  const outside = { ...free, rows: free.rows.map(row => ({ ...row, right: stepOutside(row.right) })) };
  for (const row of outside.rows) refuseMovingEnds(row.right, row.span);
  const { offset } = findUpdate(outside);
  const text = { ...outside, rows: withOlderValues(rowsBehindUpdate(rowsOneBack(outside.rows, offset), offset)) };
  const { update } = findUpdate(text);
  const { recurring, initial } = sortRows(text.rows);
  const rights = text.rows.map(row => row.right);
  const counted = (initialised: ReadonlyMap<string, NameRow>): { states: Set<string>; counting: TypedCounting } => {
    const found = findStates(recurring, new Set(initialised.keys()), rights);
    const typed = text.first ?? null;
    const { notation } = text;
    const starts = startsWrittenOut(initial, recurring);
    const rows = { update, updateOffset: offset, rows: recurring, states: found, initial: starts, notation, typed };
    return { states: found, counting: decideCounting(rows) };
  };
  const first = counted(initial);
  for (const name of redundantStarts(initial, recurring, first.counting.iterates)) initial.delete(name);
  const { states, counting } = counted(initial);
  const scalars = findScalars(recurring);
  const finish = (formula: Formula, amount: number): Formula =>
    withoutComponents(shiftLabels(shiftIteration(formula, amount), counting), scalars);
  const starts = new Map([...initial].map(([name, row]) => [name, readStart(row, recurring, states, counting)]));

  const stateRows: StateRow[] = [];
  const quantities: Definition[] = [];
  for (const [name, { row, offset: made }] of recurring) {
    if (states.has(name)) {
      const start = starts.get(name);
      stateRows.push({
        name,
        componentwise: !scalars.has(name),
        right: finish(row.right, counting.first),
        initial: start ? finish(start.right, counting.first) : number(0),
        span: row.span,
      });
    } else {
      const amount = made === null ? counting.first : counting.iterates - made;
      const indices = scalars.has(name) ? [] : [COMPONENT];
      quantities.push({
        name,
        indices,
        indexSorts: indices.map(() => 'coordinate' as const),
        labels: made === null ? [] : [ITERATION],
        body: finish(row.right, amount),
        span: row.span,
      });
    }
  }
  const made = new Set([...starts].filter(([, start]) => start.madeByFirstStep).map(([name]) => name));
  const optimizer: Optimizer = {
    id: text.id,
    declarations: text.declarations,
    states: stateRows,
    quantities,
    update: finish(update.right, counting.first),
    span: text.span,
    notation: text.notation,
    ...labelShifts([...recurring.keys()], counting, made),
    counting,
  };
  const started = insertArguments(startLater(optimizer, made));
  const { points, copies, readsEarlierLoss } = check(started);
  refuseUnfadingMemory(started, points);
  refuseProductsOfPoints(started);
  const before = readsEarlierLoss ? { beforeFirst: text.beforeFirst ?? 'zero' } : {};
  const implicit = isImplicit(started) ? { implicit: true as const } : {};
  const named = withPoints(nameDelayedPoints(withDerivatives(started, points), points, copies, made), points);
  return {
    ...withImplicitStates(withRecursiveStates(named, points)),
    ...before,
    ...implicit,
  };
}

/** The optimizer with the point of every total derivative decided. */
function withDerivatives(optimizer: Optimizer, points: ReadonlySet<string>): Optimizer {
  const rows = new Map(optimizer.quantities.map(row => [row.name, row]));
  const states = new Set(optimizer.states.map(({ name }) => name));
  const decision = new DerivativeDecision({
    definition: name => rows.get(name),
    isPoint: name => points.has(name),
    isState: name => states.has(name),
    stateDependsOn: stateDependence(optimizer),
    hasCurrent: false,
  });
  const decide = (formula: Formula): Formula => {
    const decided = decision.decide(formula);
    for (const node of nodes(decided)) if (node.kind === 'derivative') refusePieceDerived(node);
    return decided;
  };
  return {
    ...optimizer,
    states: optimizer.states.map(state => ({ ...state, right: decide(state.right), initial: decide(state.initial) })),
    quantities: optimizer.quantities.map(row => ({ ...row, body: decide(row.body) })),
    update: decide(optimizer.update),
    ...(points.size === 0 ? {} : { points }),
  };
}

/** \nabla(f(x_t) + \lambda\|x_t\|_1): the derivative of a piece is no piece that is read. */
function refusePieceDerived({ argument, span }: DerivativeNode): void {
  const piece = pieceOutsidePoints(argument);
  if (piece === null) return;
  refuse(
    'piece-differentiated',
    'a derivative of what has an absolute value, a maximum or a sign in it is not taken',
    piece.span ?? span,
    'Write it out: \\nabla f(x) + \\lambda\\,\\mathrm{sign}(x) for the derivative of f(x) + \\lambda\\|x\\|_1.',
  );
}

/** A bar, maximum, sign or one-norm without a smoothing term; those in the point of a loss are not differentiated. */
function pieceOutsidePoints(formula: Formula): Formula | null {
  const isPiece =
    formula.kind === 'absolute' ||
    formula.kind === 'extremum' ||
    (formula.kind === 'norm' && formula.order === 1 && formula.perturbation === null) ||
    (formula.kind === 'call' && formula.name === 'sign');
  if (isPiece) return formula;
  if (formula.kind === 'loss') return null;
  for (const child of children(formula)) {
    const found = pieceOutsidePoints(child);
    if (found !== null) return found;
  }
  return null;
}

/** The optimizer with its named points inserted, so that every step shows the parameters that it starts from. */
function withPoints(optimizer: Optimizer, points: ReadonlySet<string>): Optimizer {
  const quantities = new Map(optimizer.quantities.map(quantity => [quantity.name, quantity]));
  const insert = (formula: Formula): Formula => insertPoints(formula, quantities, points);
  return {
    ...optimizer,
    states: optimizer.states.map(state => ({ ...state, right: insert(state.right), initial: insert(state.initial) })),
    // A point that is inserted everywhere is no longer needed by name, but claims may still speak of it.
    quantities: optimizer.quantities.map(quantity => ({ ...quantity, body: insert(quantity.body) })),
    update: insert(optimizer.update),
  };
}

/** A window that moves with the parameters: the end of a sum is a number of steps, whatever its shape. */
function refuseMovingEnds(formula: Formula, span: Span): void {
  for (const node of nodes(formula)) {
    if (node.kind !== 'sum' && node.kind !== 'product') continue;
    for (const end of [...nodes(node.lower), ...nodes(node.upper)])
      if (end.kind === 'extremum' || (end.kind === 'call' && end.name === 'sign'))
        refuse('kink-in-range', 'the end of a sum cannot be a maximum, a minimum or a sign', end.span ?? span);
  }
}

/** Refuses what cannot be a model. */
function check(optimizer: Optimizer): PointNames {
  const quantities = new Map(optimizer.quantities.map(quantity => [quantity.name, quantity]));
  const isLinear = (state: StateRow, points?: ReadonlySet<string>): boolean =>
    degreeInState(withoutOwnNewValue(state), state.name, quantities, points) <= 1;
  const open = optimizer.states.filter(state => !isLinear(state));
  const known = open.length === 0 ? null : attempt(() => checkFirstSteps(optimizer));
  for (const state of open) {
    if (known?.ok === true && isLinear(state, known.value.points)) continue;
    const isOfSteps = [...nodesInserted(state.right, quantities)].every(
      node =>
        !OF_THE_STATE.has(node.kind) ||
        (node.kind === 'quantity' && (node.name === state.name || quantities.has(node.name))),
    );
    if (!isOfSteps) continue;
    const hint = `It depends on the iteration alone: leave its rows out and declare the sequence, where ${state.name}_${optimizer.notation.iteration} schedule.`;
    refuse(
      'state-not-linear',
      `the recursion of ${state.name} is not linear in its own earlier value`,
      state.span,
      hint,
    );
  }
  refuseStateLabels(optimizer);
  refuseDirectUse(optimizer);
  return checkFirstSteps(optimizer);
}
