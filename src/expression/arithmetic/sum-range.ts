/**
 * Ranges of Σ as difference constraints, and the choice of the summation variable: Σ_{m=0}^{n} with E_{n−m} inside is
 * summed over k = n − m, so that batches, labels and bounds stay plain indices.
 */
import { refuse } from '../../base/problem.ts';
import { type BigNode, DIMENSION, type Formula } from '../../formula/formula.ts';
import { addForms, coefficientOf, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
import type { Constraint } from '../core/domain.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import type { Expression } from '../core/expression.ts';
import { reflection } from '../core/reflection.ts';
import { asAtom, DIMENSION_INDEX, openIndex, ZERO } from '../core/indices.ts';
import { kindOf } from '../core/factors.ts';

/** The bound as a list of forms: max and min give several. */
function boundForms(bound: Formula, which: 'max' | 'min', letters: Letters): LinearForm[] {
  if (bound.kind === 'extremum' && bound.which === which)
    return bound.arguments.flatMap(a => boundForms(a, which, letters));
  return [formOf(bound, letters)];
}

/** form ≤ 0 as a difference constraint, where the index `open` stands with ±1 in it; what it is compared with may be a form. */
function nonPositive(form: LinearForm, open: number, withForms: boolean, at: Formula): Constraint {
  const found = comparison(form, withForms ? open : null);
  return found ?? refuse('not-a-difference', 'a range must compare two indices up to a constant', at.span);
}

/**
 * form ≤ 0 as a constraint between two indices; with `open`, which must be one index of the form, the other may stand for a
 * form of free indices. Null where there is none.
 */
export function comparison(form: LinearForm, open: number | null): Constraint | null {
  const plus = form.terms.filter(([, c]) => c > 0);
  const minus = form.terms.filter(([, c]) => c < 0);
  if (plus.length <= 1 && minus.length <= 1 && form.terms.every(([, c]) => Math.abs(c) === 1))
    return { left: plus[0]?.[0] ?? ZERO, right: minus[0]?.[0] ?? ZERO, bound: -form.constant };
  if (open === null) return null;
  const sign = coefficientOf(form, open);
  if (Math.abs(sign) !== 1) return null;
  const rest = asAtom(scaleForm(addForms(form, variableForm(open), -sign), -sign));
  if (rest === null) return null;
  return sign > 0
    ? { left: open, right: rest.index, bound: rest.shift }
    : { left: rest.index, right: open, bound: -rest.shift };
}

export interface Range {
  /** The open index that the body is built with. */
  readonly open: number;
  /** What the letter of the sum stands for: the open index, or L − open. */
  readonly form: LinearForm;
  readonly constraints: readonly Constraint[];
}

/** The range of a Σ node in the given letters; `withForms` where its ends may be forms such as 2n − 3 and n + p. */
export function rangeOf(node: BigNode, letters: Letters, withForms: boolean): Range {
  const open = openIndex(node.sort);
  const reflected = node.sort === 'history' ? reflection(node, letters, withForms) : null;
  const form = reflected === null ? variableForm(open) : addForms(reflected, variableForm(open), -1);
  const lower = boundForms(node.lower, 'max', letters).map(bound =>
    nonPositive(addForms(bound, form, -1), open, withForms, node.lower),
  );
  const upper = boundForms(node.upper, 'min', letters).map(bound =>
    nonPositive(addForms(form, bound, -1), open, withForms, node.upper),
  );
  return { open, form, constraints: [...lower, ...upper] };
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
  return terms.some(({ factors }) => factors.some(({ factor }) => kindOf(factor).coordinates(factor).some(mentions)));
}
