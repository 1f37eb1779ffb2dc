/**
 * Ranges of Σ as difference constraints, and the choice of the summation variable: Σ_{m=0}^{n} with E_{n−m} inside is
 * summed over k = n − m, so that batches, labels and bounds stay plain indices.
 */
import { refuse } from '../base/problem.ts';
import { type BigNode, DIMENSION, type Formula } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { addForms, coefficientOf, type LinearForm, variableForm } from '../number/linear-form.ts';
import type { Constraint } from './domain.ts';
import { asForm, formOf, type Letters } from './index-form.ts';
import type { Expression } from './expression.ts';
import { DIMENSION_INDEX, openIndex, ZERO } from './indices.ts';

/** The bound as a list of forms: max and min give several. */
function boundForms(bound: Formula, which: 'max' | 'min', letters: Letters): LinearForm[] {
  if (bound.kind === 'extremum' && bound.which === which)
    return bound.arguments.flatMap(a => boundForms(a, which, letters));
  return [formOf(bound, letters)];
}

/** form ≤ 0 as a difference constraint. */
function nonPositive(form: LinearForm, at: Formula): Constraint {
  const plus = form.terms.filter(([, c]) => c > 0);
  const minus = form.terms.filter(([, c]) => c < 0);
  const [left, right] = [plus[0], minus[0]];
  if (
    plus.length > 1 ||
    minus.length > 1 ||
    (left !== undefined && left[1] !== 1) ||
    (right !== undefined && right[1] !== -1)
  ) {
    return refuse('not-a-difference', 'a range must compare two indices up to a constant', at.span);
  }
  return { left: left?.[0] ?? ZERO, right: right?.[0] ?? ZERO, bound: -form.constant };
}

export interface Range {
  /** The open index that the body is built with. */
  readonly open: number;
  /** What the letter of the sum stands for: the open index, or L − open. */
  readonly form: LinearForm;
  readonly constraints: readonly Constraint[];
}

/** The range of a Σ or Π node in the given letters. */
export function rangeOf(node: BigNode, letters: Letters): Range {
  const open = openIndex(node.sort);
  const reflected = node.sort === 'history' ? reflection(node, letters) : null;
  const form = reflected === null ? variableForm(open) : addForms(reflected, variableForm(open), -1);
  const lower = boundForms(node.lower, 'max', letters).map(bound => nonPositive(addForms(bound, form, -1), node.lower));
  const upper = boundForms(node.upper, 'min', letters).map(bound => nonPositive(addForms(form, bound, -1), node.upper));
  return { open, form, constraints: [...lower, ...upper] };
}

/** The form L when the body uses L − m as a batch, label or bound; null when it uses m itself or neither. */
function reflection(node: BigNode, letters: Letters): LinearForm | null {
  const own = openIndex('history');
  const extended = new Map(letters);
  extended.set(node.index, variableForm(own));
  return findReflection(node.body, extended, own, new Set());
}

function positions(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'loss':
      return formula.batch === null ? [] : [formula.batch];
    case 'quantity':
      return formula.labels;
    case 'iterate':
      return formula.label === null ? [] : [formula.label];
    case 'schedule':
      return [formula.index];
    case 'sum':
    case 'product':
      return [formula.lower, formula.upper];
    default:
      return [];
  }
}

function findReflection(
  formula: Formula,
  letters: Map<string, LinearForm>,
  own: number,
  inner: ReadonlySet<number>,
): LinearForm | null {
  for (const position of positions(formula)) {
    const form = asForm(position, letters);
    if (form === null || coefficientOf(form, own) !== -1) continue;
    const rest = addForms(form, variableForm(own));
    if (!rest.terms.some(([variable]) => inner.has(variable))) return rest;
  }
  let scope = letters;
  let bound = inner;
  if (formula.kind === 'sum' || formula.kind === 'product') {
    const open = openIndex(formula.sort);
    scope = new Map(letters).set(formula.index, variableForm(open));
    bound = new Set([...inner, open]);
  }
  for (const child of children(formula)) {
    const found = findReflection(child, scope, own, bound);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a sum runs over all coordinates 1…p. */
export const isWholeRange = (node: BigNode): boolean =>
  node.lower.kind === 'number' &&
  node.lower.value.isOne() &&
  node.upper.kind === 'index' &&
  node.upper.name === DIMENSION;

/** 1 ≤ x ≤ p. */
export const withinDimension = (index: number): Constraint[] => [
  { left: ZERO, right: index, bound: -1 },
  { left: index, right: DIMENSION_INDEX, bound: 0 },
];

/** Whether an index stands where a component does: in a derivative, a point, a vector, or a slot for coordinates. */
export function isUsedAsCoordinate({ terms }: Expression, index: number): boolean {
  const mentions = (form: LinearForm): boolean => coefficientOf(form, index) !== 0;
  return terms.some(({ factors }) =>
    factors.some(({ factor }) => {
      switch (factor.kind) {
        case 'loss':
          return factor.coordinates.some(mentions);
        case 'point':
          return mentions(factor.coordinate);
        case 'schedule':
          return mentions(factor.index);
        case 'vector-function':
          return [...factor.by, ...(factor.component === null ? [] : [factor.component])].some(mentions);
        case 'template':
        case 'function':
        case 'product':
          return factor.arguments.some((form, at) => factor.template.sorts[at] === 'coordinate' && mentions(form));
        default:
          return false;
      }
    }),
  );
}
