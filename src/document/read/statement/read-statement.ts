/** One piece of a claim's display as a statement: what its left side says, both sides as formulas, its condition. */
import { kindFacts } from '../../../notation/kinds.ts';
import { attempt, refuse } from '../../../base/problem.ts';
import { index, iterate, number, quantity } from '../../../formula/build.ts';
import { COMPONENT, type Definition, type Formula } from '../../../formula/formula.ts';
import { canonicalName } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { scopeOfRight } from '../../../latex/read/definition/read-definition.ts';
import { readFormula, readSide } from '../../../latex/read/read-formula.ts';
import type { LeftSide } from '../../../latex/read/definition/left-side.ts';
import { readLeftSide } from '../../../latex/read/definition/read-left-side.ts';
import type { FormalLetter, NameScope } from '../../../latex/read/scope.ts';
import { offsetFromIteration } from '../../../optimizer/label.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { conditionWithStepLabels, currentOffset, labelLetters, withModelLabels } from '../claim-counting.ts';
import { countsAsModel, type StepLabels } from '../../step-labels.ts';
import type { Condition, Relation, Statement, StatementKind } from '../../model.ts';
import { refuseTwoSpellings } from './two-spellings.ts';
import { refusePairsOfComponents } from './pair-sums.ts';
import { readBound } from './read-bound.ts';
import { alongMotion, derivedInTime, secondDerivative } from './read-rate.ts';
import { degreeInStep } from '../../../formula/degree-in-step.ts';
import { saysEveryStep, saysFixedTime } from '../../author/index-range.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { readCondition } from '../read-condition.ts';
import { isMean, type MeanOf, type Setting, type WeakApproximation } from '../../../notation/settings.ts';
import { meanOfStatement } from '../means.ts';
import { readNoise } from './read-noise.ts';
import { orderOfStatement } from './order-of-statement.ts';

export interface StatementContext {
  readonly scope: NameScope;
  /** Names that are defined by `given`. */
  readonly given: ReadonlySet<string>;
  /** States and intermediate quantities of the optimizer that nothing redefines. */
  readonly optimizerNames: ReadonlySet<string>;
  /** How the labels of a piece with this left side are counted. */
  readonly labelsOf: (piece: Piece, left: LeftSide) => StepLabels;
  /** Whether the claim is about an optimizer, along which both sides can be expanded. */
  readonly hasOptimizer: boolean;
  /** Names whose gradient `flow=` mentions. */
  readonly modifiedLosses: ReadonlySet<string>;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The right side of the equation of motion that the claim states; null without one. */
  readonly motion: Formula | null;
  /** The order that the claim's key sets, or null. */
  readonly order: number | null;
  /** The setting and the key `mean` of the claim, where they are given. */
  readonly setting: Setting | null;
  readonly mean: MeanOf | null;
  /** How a stochastic equation of the claim approximates the rule. */
  readonly weak: WeakApproximation | null;
  /** What the claim's own equation of motion is the mean of. */
  readonly motionMean: MeanOf | null;
}

/** The statement with the id `id`. */
export function readStatement(piece: Piece, id: string, context: StatementContext): Statement & { order: number } {
  const { relation } = piece;
  if (relation === null) return refuse('relation-expected', 'expected a relation such as = or \\approx', piece.span);
  const { names, notation } = context.scope;
  if (context.setting === null || !isMean(context.setting))
    refuseTwoSpellings(piece, notation, name => names.has(name));
  const second = secondDerivative(piece, context.scope);
  const left = second === null ? readLeftSide(piece.left, context.scope) : ({ kind: 'other' } as const);
  const labels = context.labelsOf(piece, left);
  const { motion } = context;
  const isMotion = left.kind === 'flow';
  const scope = {
    ...context.scope,
    currentOffset: currentOffset(labels),
    ...(motion === null || isMotion ? {} : { motion }),
  };
  const sides =
    second ??
    noiseOf(piece, left, scope) ??
    boundOf(piece, left, scope) ??
    rateOf(piece, scope, context) ??
    readSides(piece, left, labels, { ...context, scope });
  if (!sides.undecided) refuseRelation(sides.kind, relation, piece);
  const { span } = piece;
  const remainder = piece.remainder ?? remainderOfMeans(sides, context);
  const mean = meanOfStatement({
    setting: context.setting,
    kind: sides.kind,
    typed: piece.mean,
    weak: context.weak,
    key: context.mean ?? (sides.kind === 'modified-loss' ? context.motionMean : null),
    notation: scope.notation,
    span,
  });
  const free = labelLetters([sides.left, sides.right], labels);
  const relabel = (formula: Formula): Formula => withModelLabels(formula, labels, free);
  const typed =
    piece.condition && saysMore(piece.condition, sides.kind, scope.notation)
      ? readCondition(piece.condition, sides.scope, piece.equivalence)
      : null;
  const condition = inComponent(typed && conditionWithStepLabels(typed, labels, free), left, sides, piece);
  const statement = {
    id,
    kind: sides.kind,
    relation,
    left: relabel(sides.left),
    right: relabel(sides.right),
    remainder,
    condition,
    span,
    ...(mean === undefined ? {} : { mean }),
    ...(countsAsModel(labels) ? {} : { counted: labels }),
    ...(sides.undecided ? { undecided: sides.undecided } : {}),
  };
  const order = context.weak === null ? context.order : weakOrder(context.weak);
  return { ...statement, order: orderOfStatement(statement, { ...context, order }) };
}

/** The power of h up to which drift and noise are compared; with covariances of size 1/h what stands beside h may be of size 1. */
const weakOrder = ({ order, noise }: WeakApproximation): number => order - noise;

/** Whether the condition says more than which steps there are. */
const saysMore = (condition: readonly Token[], kind: StatementKind, notation: Notation): boolean =>
  kind === 'global-bound'
    ? !saysFixedTime(condition, notation)
    : !(isOfSteps(kind) && saysEveryStep(condition, notation));

const isOfSteps = (kind: StatementKind): boolean => kind === 'flow' || kind === 'map' || kind === 'modified-loss';

/** The condition of \dot\theta_1 = …, a statement about component 1. */
function inComponent(condition: Condition | null, left: LeftSide, { kind }: Sides, piece: Piece): Condition | null {
  const isMotion = kind === 'flow' || kind === 'map' || kind === 'expansion';
  const only = isMotion && (left.kind === 'flow' || left.kind === 'parameters-update') ? left.only : undefined;
  if (only === undefined) return condition;
  const own = { left: index(COMPONENT), relation: '=' as const, right: number(only) };
  const text = [condition?.text ?? [], `component ${only}`].flat().join(', ');
  return { span: piece.span, ...condition, text, comparisons: [...(condition?.comparisons ?? []), own] };
}

interface Sides {
  readonly kind: StatementKind;
  readonly left: Formula;
  readonly right: Formula;
  /** The scope of the right side. */
  readonly scope: NameScope;
  /** Why it is read and not judged. */
  readonly undecided?: string | null;
}

const noiseOf = (piece: Piece, left: LeftSide, scope: NameScope): Sides | null => {
  if (piece.noise === undefined) return null;
  const inner = scopeOfRight(left, scope);
  return { kind: 'noise', ...readNoise(piece, piece.noise, inner), scope: inner };
};

const boundOf = (piece: Piece, left: LeftSide, scope: NameScope): Sides | null => {
  const bound = readBound(piece, left, scope);
  return bound && { kind: 'global-bound', ...bound };
};

const NO_MOTION =
  'a derivative in time is judged along an equation of motion that the same claim states, as \\dot\\theta = …; this one states none';

/** \frac{d}{dt}E(\theta) = …, by the chain rule along the claim's own equation of motion. */
function rateOf(piece: Piece, scope: NameScope, { motion }: StatementContext): Sides | null {
  const operand = derivedInTime(piece.left, scope);
  if (operand === null || isMoving(operand, scope)) return null;
  const side = readSide(piece.right, scope);
  const own = side.rank === 1 ? scope : { ...scope, fixed: new Map() };
  const right = readSide(piece.right, own).formula;
  if (motion !== null) return { kind: 'identity', left: alongMotion(operand, motion, scope, piece.span), right, scope };
  const left = quantity(`\\frac{d}{d${scope.notation.time}}`, [], []);
  return { kind: 'identity', left: { ...left, span: piece.span }, right, scope, undecided: NO_MOTION };
}

/** Whether the parameters alone are derived: that is an equation of motion. */
const isMoving = (operand: Piece['left'], scope: NameScope): boolean => {
  const read = attempt(() => readSide(operand, scope, true));
  return read.ok && read.value.formula.kind === 'iterate';
};

function readSides(piece: Piece, left: LeftSide, labels: StepLabels, context: StatementContext): Sides {
  const { scope } = context;
  const right = (kind: StatementKind, formula: Formula, inner: NameScope): Sides => ({
    kind,
    left: formula,
    right: readFormula(piece.right, inner),
    scope: inner,
  });
  switch (left.kind) {
    case 'flow':
      return right('flow', iterate(index(COMPONENT)), scopeOfRight(left, scope));
    case 'parameters-update': {
      if (!isNext(withModelLabels(iterate(index(COMPONENT), left.label), labels))) break;
      const step = right('map', iterate(index(COMPONENT), left.label), scopeOfRight(left, scope));
      // With points of the past or states on the right it is the step with its whole history, not a memoryless one; beside O(h) no map is left.
      const isMap = piece.remainder !== 1 && !readsHistory(withModelLabels(step.right, labels), context);
      return isMap ? step : { ...step, kind: 'expansion' };
    }
    case 'norm-bound':
      break;
    case 'name': {
      if (!isModifiedLoss(left, context)) break;
      return right('modified-loss', quantity(left.name, [], []), scopeOfRight(left, scope));
    }
    case 'other':
      break;
  }
  return readBoth(piece, left, labels, context);
}

/** Whether the node is a component of θ^{(n+1)}. */
const isNext = (node: Formula): boolean =>
  node.kind === 'iterate' && node.label !== null && offsetFromIteration(node.label) === 1;

/** How `\widetilde E` is spelled, with the letter of the loss. */
export const modifiedLossName = (notation: Notation): string =>
  `\\tilde{${canonicalName(notation.loss) ?? notation.loss}}`;

/** `\widetilde E(\theta)`, also with a subscript, or a name of `flow=`; neither may be defined otherwise. */
function isModifiedLoss(
  left: Extract<LeftSide, { kind: 'name' }>,
  { scope, modifiedLosses }: StatementContext,
): boolean {
  if (modifiedLosses.has(left.name)) return true;
  const name = modifiedLossName(scope.notation);
  return !scope.names.has(left.name) && (left.name === name || left.name.startsWith(`${name}_`));
}

/** A statement about two formulas. The letters of the left side are fixed on the right. */
function readBoth(piece: Piece, leftSide: LeftSide, labels: StepLabels, context: StatementContext): Sides {
  const { scope } = context;
  const left = readSide(piece.left, scope, true);
  const isVector = left.rank === 1;
  const usesComponent =
    !isVector && [...nodes(left.formula)].some(node => node.kind === 'index' && node.name === COMPONENT);
  const own: [string, FormalLetter][] = usesComponent
    ? [[scope.notation.component, { name: COMPONENT, sort: 'coordinate' }]]
    : [];
  const inner: NameScope = { ...scope, fixed: new Map([...left.letters, ...own]) };
  const right = readSide(piece.right, inner);
  const isZero = right.formula.kind === 'number' && right.formula.value.isZero();
  if (isVector !== (right.rank === 1) && !isZero && !scope.componentwiseVectors) {
    const what = isVector
      ? 'the left side is a vector and the right side is not'
      : 'the right side is a vector and the left side is not';
    refuse('vector-rank', what, piece.span, 'Write the component index on both sides or on none.');
  }
  const { notation } = scope;
  const isOfComponent = piece.condition?.some(({ text }) => text === notation.component) === true;
  if (!isVector && !isOfComponent) refusePairsOfComponents([left.formula, right.formula], notation);
  const sides = [left.formula, right.formula].map(side => withModelLabels(side, labels));
  const kind = kindOf(sides, piece, leftSide, context);
  return { kind, left: left.formula, right: right.formula, scope: inner };
}

/**
 * What reads the optimizer's history, or holds up to a power of h only (by O(h^r), or by the key `order` where h stands in it), is an
 * expansion about the current point, whatever its left side is called.
 */
function kindOf(sides: readonly Formula[], piece: Piece, left: LeftSide, context: StatementContext): StatementKind {
  const isEquality = piece.relation === '=' || piece.relation === ':=' || piece.relation === '\\equiv';
  const hasStep = (): boolean => sides.some(side => degreeInStep(side, context.definitions) !== 0);
  const isUpTo =
    context.hasOptimizer && !isOfMeans(context) && (piece.remainder !== null || (context.order !== null && hasStep()));
  if (isEquality && (isUpTo || sides.some(side => readsHistory(side, context)))) return 'expansion';
  return isEquality && left.kind === 'name' && context.given.has(left.name) ? 'given-quantity' : 'identity';
}

const isOfMeans = ({ setting }: StatementContext): boolean => setting !== null && isMean(setting);

/** Where batches are averaged there is no run to follow: two sides with h in them are compared as they are typed, up to the order that is asked for. */
const remainderOfMeans = ({ kind, left, right }: Sides, context: StatementContext): number | null =>
  kind === 'identity' &&
  isOfMeans(context) &&
  context.order !== null &&
  [left, right].some(side => degreeInStep(side, context.definitions) !== 0)
    ? context.order + 1
    : null;

/** Whether a formula reaches a state, a row of the optimizer or a point other than the current one, through definitions too. */
function readsHistory(formula: Formula, { optimizerNames, definitions }: StatementContext): boolean {
  const seen = new Set<string>();
  const waiting = [formula];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const node of nodes(next)) {
      if (isPast(node)) return true;
      if (node.kind !== 'quantity' || seen.has(node.name)) continue;
      seen.add(node.name);
      const known = definitions.get(node.name);
      if (known) waiting.push(known.body);
      else if (optimizerNames.has(node.name)) return true;
    }
  }
  return false;
}

/** Whether the node is a component of a point other than the current one: θ^{(k)}, θ^{(n+1)}. */
const isPast = (node: Formula): boolean =>
  node.kind === 'iterate' && node.label !== null && offsetFromIteration(node.label) !== 0;

const isOrder = (relation: Relation | null): boolean =>
  relation === '<' || relation === '>' || relation === '\\le' || relation === '\\ge';

function refuseRelation(kind: StatementKind, relation: Relation, piece: Piece): void {
  const { relations } = kindFacts(kind);
  if (relations === 'at-most' && relation !== '\\le' && relation !== '<')
    refuse('relation-not-expected', 'a bound needs \\le', piece.span);
  if (relations === 'none' && isOrder(relation))
    refuse('relation-not-expected', 'an inequality is read only between two formulas', piece.span);
}
