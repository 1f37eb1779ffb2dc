/**
 * From the labels of a claim, counted as the rows of its optimizer are, to those of the model.
 *
 * A claim speaks of one step. Its interval says which, [(n+c)h, (n+c+1)h] being the step from the iterate n + c, or the label
 * that a one-step map makes; else it is the step whose rows use the letter as they do. With A added to the letter, labels go
 * down as in the rows: those of θ by as much as θ's, those of losses by as much as the losses'.
 */
import { withMembers } from '../../formula/population.ts';
import { attempt, refuse } from '../../base/problem.ts';
import { addition, multiplication, number, step } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION, TIME } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import { shiftIteration } from '../../optimizer/rows/counting.ts';
import { iterationPlus, offsetFromIteration, shiftLabel } from '../../optimizer/label.ts';
import type { Optimizer, TypedCounting } from '../../optimizer/model.ts';
import { rewrite } from '../../optimizer/replace.ts';
import type { Condition } from '../model.ts';
import { countsAsModel, type StepLabels } from '../step-labels.ts';
import { namesOfOptimizer } from './sort-pieces.ts';
import { readCondition } from './read-condition.ts';
import { isOfTime, stepOfInterval } from './step-interval.ts';

const PLAIN: Pick<TypedCounting, 'first' | 'iterates' | 'losses' | 'schedules'> = {
  first: 0,
  iterates: 0,
  losses: 0,
  schedules: 0,
};

const countingOf = (optimizer: Optimizer | null): typeof PLAIN => optimizer?.counting ?? PLAIN;

const isPlain = ({ first, iterates, losses, schedules }: typeof PLAIN): boolean =>
  first === 0 && iterates === 0 && losses === 0 && schedules === 0;

/** How the labels of the statement `piece` with the left side `left` are counted. */
export function stepLabels(
  piece: Piece,
  left: LeftSide,
  scope: NameScope,
  optimizer: Optimizer | null,
  names: ReadonlyMap<string, number>,
): StepLabels {
  const counting = countingOf(optimizer);
  const { iterates, losses, schedules } = counting;
  const labels = (letter: number): StepLabels => ({ letter, iterates, losses, schedules, names });
  // A bound is one for all n.
  if (left.kind === 'norm-bound') return labels(iterates);
  const interval = optimizer && intervalOf(piece, scope);
  if (interval !== null) {
    if (iterates !== 0 && interval !== 0) refuseInterval(piece, scope, interval);
    return labels(iterates - interval);
  }
  const made = left.kind === 'parameters-update' && !isPlain(counting) ? offsetFromIteration(left.label) : null;
  if (made === 0 || made === 1) return labels(1 + iterates - made);
  return labels(counting.first);
}

/** How the labels of a claim without an interval are counted. */
export const unlabelledSteps = (optimizer: Optimizer | null, names: ReadonlyMap<string, number>): StepLabels => {
  const { first, iterates, losses, schedules } = countingOf(optimizer);
  return { letter: first, iterates, losses, schedules, names };
};

/** Whether the iteration letter is a formal one in a definition: R^{(n)} := …, \gamma_n := …. */
export const isFormalStep = ({
  labels,
  indices,
}: {
  labels: readonly unknown[];
  indices: readonly string[];
}): boolean => labels.length > 0 || indices.includes(ITERATION);

/** c of the interval [(n+c)h, (n+c+1)h] behind a statement; null where none stands there. */
function intervalOf({ condition }: Piece, scope: NameScope): number | null {
  if (condition === null) return null;
  const read = attempt(() => readCondition(condition, scope, false));
  return read.ok && read.value ? stepOfInterval(read.value.comparisons) : null;
}

/** The first iterate has the label 1: its time may be h, or 0. */
function refuseInterval(piece: Piece, { notation }: NameScope, interval: number): never {
  const { parameters, step: h, iteration: n, time } = notation;
  const label = (offset: number): string => (offset === 0 ? n : `${n}${offset > 0 ? '+' : '-'}${Math.abs(offset)}`);
  const point = (offset: number): string => `${parameters}_{${label(offset)}}`;
  return refuse(
    'interval-of-step',
    `with the first iterate ${parameters}_1 this interval has two readings: the step from ${point(interval)}, if ${parameters}_1 is at ${time} = ${h}, or from ${point(interval + 1)}, if it is at ${time} = 0`,
    piece.condition?.[0]?.span ?? piece.span,
    `Write ${time} \\in [${n}${h}, (${n}+1)${h}] for the step from ${parameters}_${n}, or leave the interval out.`,
  );
}

/** The labels of statements that agree; those of a bare claim where there is none. Refuses where they differ. */
export function commonLabels(each: readonly StepLabels[], bare: StepLabels, piece: Piece | null = null): StepLabels {
  const [first = bare, ...others] = each;
  if (piece !== null && others.some(({ letter }) => letter !== first.letter))
    refuse(
      'two-steps',
      'the statements of this claim are about different steps, and share a definition that depends on the step',
      piece.span,
      'Give each a claim of its own.',
    );
  return first;
}

/** The offset from the letter at which a label means the current point. */
export const currentOffset = ({ letter, iterates }: StepLabels): number => iterates - letter;

/** The formula with the model's labels; `free` are the letters that no sum binds, those of the formula by default. */
export function withModelLabels(formula: Formula, labels: StepLabels, free = labelLetters([formula], labels)): Formula {
  const { letter, iterates, losses, schedules, names } = labels;
  if (countsAsModel(labels)) return formula;
  return rewrite(shiftIteration(replaceFree(formula, free), letter), node => {
    switch (node.kind) {
      case 'iterate':
        return node.label === null ? node : { ...node, label: shiftLabel(node.label, -iterates) };
      case 'loss':
        return node.batch === null ? node : { ...node, batch: shiftLabel(node.batch, -losses) };
      case 'sum':
        return withMembers(node, -losses);
      case 'schedule':
        return { ...node, index: shiftLabel(node.index, -schedules) };
      case 'quantity': {
        const shift = names.get(node.name);
        return shift === undefined ? node : { ...node, labels: node.labels.map(label => shiftLabel(label, shift)) };
      }
      case 'index':
        // The clock of the document shows Lh at the iterate with the label L.
        return node.name === TIME && iterates !== 0 ? addition(node, multiplication(number(iterates), step)) : node;
      default:
        return node;
    }
  });
}

/**
 * Letters that no sum binds, in labels, with what is taken from them: they count what they are the label of, so that in
 * ∇_jE_k(\tilde\theta(t_k)) the least k is the first loss.
 */
export function labelLetters(formulas: readonly Formula[], labels: StepLabels): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (node: Formula, bound: ReadonlySet<string>): void => {
    const label =
      node.kind === 'loss'
        ? node.batch
        : node.kind === 'iterate'
          ? node.label
          : node.kind === 'quantity'
            ? (node.labels[0] ?? null)
            : null;
    const down =
      node.kind === 'loss'
        ? labels.losses
        : node.kind === 'quantity'
          ? -(labels.names.get(node.name) ?? 0)
          : labels.iterates;
    if (label?.kind === 'index' && !label.name.startsWith('#') && !bound.has(label.name)) {
      if (node.kind === 'loss' || !found.has(label.name)) found.set(label.name, down);
    }
    const inner = node.kind === 'sum' || node.kind === 'product' ? new Set([...bound, node.index]) : bound;
    for (const child of children(node)) visit(child, inner);
  };
  for (const formula of formulas) visit(formula, new Set());
  return found;
}

function replaceFree(formula: Formula, shifts: ReadonlyMap<string, number>): Formula {
  if ([...shifts.values()].every(shift => shift === 0)) return formula;
  const visit = (node: Formula, bound: ReadonlySet<string>): Formula => {
    if (node.kind === 'index' && !bound.has(node.name)) return shiftLabel(node, shifts.get(node.name) ?? 0);
    const inner = node.kind === 'sum' || node.kind === 'product' ? new Set([...bound, node.index]) : bound;
    const old = children(node);
    const renewed = old.map(child => visit(child, inner));
    return renewed.every((child, at) => child === old[at]) ? node : withChildren(node, renewed);
  };
  return visit(formula, new Set());
}

/** The condition with the model's labels; the interval of the step is nh ≤ t ≤ (n+1)h. */
export function conditionWithStepLabels(
  condition: Condition,
  labels: StepLabels,
  free?: ReadonlyMap<string, number>,
): Condition {
  const hasInterval = stepOfInterval(condition.comparisons) !== null;
  return {
    ...condition,
    comparisons: condition.comparisons.map(comparison => {
      if (hasInterval && isOfTime(comparison)) return ofModelStep(comparison);
      return withBareLetter(
        {
          ...comparison,
          left: withModelLabels(comparison.left, labels, free),
          right: withModelLabels(comparison.right, labels, free),
        },
        labels.letter,
      );
    }),
  };
}

/** n + 1 ≥ 3 as n ≥ 2, so that it is seen that it is one of n. */
function withBareLetter(comparison: Condition['comparisons'][number], letter: number): typeof comparison {
  const { left, right } = comparison;
  const isLetter = (side: Formula): boolean => offsetFromIteration(side) === letter;
  if (letter === 0 || isLetter(left) === isLetter(right)) return comparison;
  return { ...comparison, left: shiftLabel(left, -letter), right: shiftLabel(right, -letter) };
}

function ofModelStep({ left, relation, right }: Condition['comparisons'][number]): Condition['comparisons'][number] {
  const onLeft = left.kind === 'index' && left.name === TIME;
  const isLess = relation === '<' || relation === '\\le';
  const bound = multiplication(iterationPlus(onLeft === isLess ? 1 : 0), step);
  return onLeft ? { left, relation, right: bound } : { left: bound, relation, right };
}

/** What is added to the labels of the optimizer's names that no definition hides. */
export function shiftsOf(
  optimizer: Optimizer | null,
  definitions: readonly Pick<Definition, 'name'>[],
): Map<string, number> {
  const names = namesOfOptimizer(optimizer, definitions);
  return new Map([...(optimizer?.labelShifts ?? [])].filter(([name]) => names.has(name)));
}
