/**
 * From the labels of the model to those that the author of an optimizer counts: the inverse of claim-counting.ts, so that what is printed
 * can be copied into the document as a claim. Sums over the history count with the losses in them: Σ_{k=0}^{n} of E_k becomes Σ_{k=1}^{n+1}
 * where the first loss is E_1.
 */
import { index } from '../formula/build.ts';
import { collected } from '../formula/collected.ts';
import { type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { isOverTimes, withMembers } from '../formula/population.ts';
import { shiftLabel } from '../optimizer/label.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { nodes, rewrite } from '../optimizer/replace.ts';

/** What a printed equation is about, which says what its letter is. */
export interface Counted {
  /** The step is named beside the equation: by its interval, or by the label that a map makes. */
  readonly namesStep: boolean;
}

/** Whether an author counts as the model does. */
export const countsAlike = ({ counting, labelShifts }: Optimizer): boolean =>
  (counting === undefined ||
    (counting.first === 0 && counting.iterates === 0 && counting.losses === 0 && counting.schedules === 0)) &&
  [...(labelShifts?.values() ?? [])].every(shift => shift === 0);

/** What the model's n is called less, in a statement. */
export const letterShift = ({ counting }: Optimizer, { namesStep }: Counted): number =>
  (namesStep ? counting?.iterates : counting?.first) ?? 0;

/** A formula of a statement with the author's labels. */
export const withTypedLabels = (formula: Formula, optimizer: Optimizer, counted: Counted): Formula =>
  typed(formula, optimizer, letterShift(optimizer, counted), letterShift(optimizer, counted));

/**
 * A definition likewise; the letter of a label on its left side is its own, and a row's name has there the label that the author gives it: what the
 * model calls u^{(n)} is u_{n−s} where the labels of u are shifted by s.
 */
export function definitionWithTypedLabels(definition: Definition, optimizer: Optimizer, counted: Counted): Definition {
  const { name, labels, indices, body, recursion } = definition;
  const letter = letterShift(optimizer, counted);
  const own = labels.length > 0 ? upOf(name, optimizer, letter) : 0;
  const isFormal = labels.length > 0 || indices.includes(ITERATION);
  const step = { ...definition, body: typed(body, optimizer, letter, isFormal ? own : letter) };
  if (recursion === undefined) return step;
  const start = typed(recursion.start, optimizer, letter, letter);
  return { ...step, recursion: { ...recursion, start, ...(own === 0 ? {} : { first: own }) } };
}

/** What is added to the labels of a name: those of the rows have the author's, the derived ones are called by the step. */
function upOf(name: string, { labelShifts, quantities, states }: Optimizer, letter: number): number {
  const shift = labelShifts?.get(name);
  if (shift !== undefined) return -shift;
  return quantities.some(each => each.name === name) || states.some(each => each.name === name) ? 0 : letter;
}

/** `letter` is what n is called more where no definition has a letter of its own, `own` what it is here. */
function typed(formula: Formula, optimizer: Optimizer, letter: number, own: number): Formula {
  const { iterates = 0, losses = 0, schedules = 0 } = optimizer.counting ?? {};
  const labelled = rewrite(
    countedAlong(formula, losses, name => upOf(name, optimizer, letter)),
    node => {
      switch (node.kind) {
        case 'iterate':
          return node.label === null ? node : { ...node, label: shiftLabel(node.label, iterates) };
        case 'loss':
          return node.batch === null ? node : { ...node, batch: shiftLabel(node.batch, losses) };
        case 'sum':
          return withMembers(node, losses);
        case 'schedule':
          return { ...node, index: shiftLabel(node.index, schedules) };
        case 'quantity': {
          const up = upOf(node.name, optimizer, letter);
          return up === 0 ? node : { ...node, labels: node.labels.map(label => shiftLabel(label, up)) };
        }
        default:
          return node;
      }
    },
  );
  const shifted =
    own === 0
      ? labelled
      : rewrite(labelled, node => (isLetter(node, ITERATION) ? shiftLabel(index(ITERATION), -own) : node));
  return rewrite(shifted, collected);
}

const isLetter = (node: Formula, name: string): boolean => node.kind === 'index' && node.name === name;

/** Sums whose letter is the number of a loss begin with the author's first loss; those of a named quantity count as its labels do. */
function countedAlong(formula: Formula, losses: number, up: (name: string) => number): Formula {
  return rewrite(formula, node => {
    if ((node.kind !== 'sum' && node.kind !== 'product') || !isOverTimes(node)) return node;
    const { index: letter, body } = node;
    const labels = [...nodes(body)].flatMap(each => {
      const [label, by] =
        each.kind === 'loss'
          ? [each.batch, losses]
          : each.kind === 'quantity'
            ? [each.labels[0] ?? null, up(each.name)]
            : [null, 0];
      const isOfLetter = label !== null && [...nodes(label)].some(part => isLetter(part, letter));
      return isOfLetter ? [{ isLoss: each.kind === 'loss', by }] : [];
    });
    const by = (labels.find(({ isLoss }) => isLoss) ?? labels[0])?.by ?? 0;
    if (by === 0) return node;
    return {
      ...node,
      lower: shiftLabel(node.lower, by),
      upper: shiftLabel(node.upper, by),
      body: rewrite(body, each => (isLetter(each, letter) ? shiftLabel(index(letter), -by) : each)),
    };
  });
}
