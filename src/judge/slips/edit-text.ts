/**
 * An edit of a formula as an edit of the text that the author typed: the smallest stretch that changes, and what stands there
 * instead. What stays as it is keeps its letters and macros. Says nothing about what a formula means.
 */
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { StepLabels } from '../../document/step-labels.ts';
import type { Notation } from '../../optimizer/model.ts';
import { foldedSum } from './node-edit.ts';
import { Retyped } from './retyped.ts';
import { isLoose, sameHead, withDelimiters } from './typed-stretch.ts';

/** `span` of the source is replaced by `text`; an empty span is an insertion, an empty text an omission. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  /** The smallest typed part of the formula around the edit that can be read by itself. */
  readonly around: Span;
}

interface Step {
  readonly from: Formula;
  readonly to: Formula;
  /** The typed parts around, the nearest last. */
  readonly above: readonly Formula[];
}

/**
 * How the text of `from` is edited so that it says `to`. Null where no part around the edit was typed as it stands (a macro's
 * inside, a letter that the notation supplies). `labels` is how the author counts, where that is not as the model does.
 */
export function textEdit(
  from: Formula,
  to: Formula,
  notation: Notation,
  labels: StepLabels | null = null,
): TextEdit | null {
  const retyped = new Retyped(from, notation, labels);
  let step: Step = { from, to, above: [] };
  for (;;) {
    // An index that is shifted beside a number is retyped with it: t for t − 1, not (t + 1) − 1.
    const folded = foldedSum(step.to);
    if (folded !== step.to && step.from.kind === 'add') return replacement({ ...step, to: folded }, retyped);
    const special = isTyped(step.from) ? specialEdit(step, retyped) : null;
    if (special) return special;
    const inner = innerStep(step);
    if (!inner) break;
    step = inner;
  }
  return isTyped(step.from) && !turnsMovedTerm(step) ? replacement(step, retyped) : null;
}

/**
 * Whether the node stands in the text as it is: its parts within it, summands in their order, a minus in front. \dot x + A = B, read as
 * \dot x = B - A, is no such text.
 */
function isTyped(formula: Formula): boolean {
  const { span } = formula;
  if (!span) return true;
  const inside = children(formula).flatMap(child => (child.span?.source === span.source ? [child.span] : []));
  if (inside.some(({ start, end }) => start < span.start || end > span.end)) return false;
  if (formula.kind === 'negate') return /^[\s{]*-/.test(span.source.text.slice(span.start, span.end));
  return formula.kind !== 'add' || inside.every(({ start }, index) => (inside[index - 1]?.end ?? 0) <= start);
}

/** A summand that was brought over, and whose sign in the text is the other one, cannot be retyped with its sign. */
const turnsMovedTerm = ({ from, to, above }: Step): boolean => {
  const parent = above.at(-1);
  return parent !== undefined && !isTyped(parent) && (from.kind === 'negate' || to.kind === 'negate');
};

/** The one child that changes, where it was typed by itself. */
function innerStep({ from, to, above }: Step): Step | null {
  if (!sameHead(from, to)) return null;
  const [old, now] = [children(from), children(to)];
  if (old.length !== now.length) return null;
  const changed = old.flatMap((child, at) => (child === now[at] ? [] : [at]));
  const [at] = changed;
  if (changed.length !== 1 || at === undefined) return null;
  const [child, by] = [old[at], now[at]];
  if (!child?.span || !by || !from.span) return null;
  // The sign between two summands stands before the second one.
  const isTurned =
    (by.kind === 'negate' && by.argument === child) || (child.kind === 'negate' && child.argument === by);
  if (from.kind === 'add' && at > 0 && (child.kind === 'negate') !== (by.kind === 'negate') && !isTurned) return null;
  const { start, end } = child.span;
  const isOwn = (other: Formula | undefined): boolean =>
    other === child || !other?.span || other.span.start !== start || other.span.end !== end;
  if (!isOwn(from) || !old.every(isOwn) || start < from.span.start || end > from.span.end) return null;
  return { from: child, to: by, above: [...above, from] };
}

const at = (span: Span, start: number, end: number, text: string, around: Span): TextEdit => ({
  span: { source: span.source, start, end },
  text,
  around,
});

/** What is put in front of something, left out, or turned round in sign: less than the whole is retyped. */
function specialEdit(step: Step, retyped: Retyped): TextEdit | null {
  if (!step.from.span) return null;
  return signEdit(step) ?? putBefore(step, retyped) ?? listEdit(step, retyped);
}

/** T ↔ −T where T is a summand or stands alone. */
function signEdit({ from, to, above }: Step): TextEdit | null {
  const { span } = from;
  const parent = above.at(-1);
  if (!span || (parent && parent.kind !== 'add' && isLoose(from))) return null;
  const text = span.source.text;
  const isFirst = parent?.kind !== 'add' || parent.terms[0] === from;
  if (to.kind === 'negate' && to.argument === from) {
    if (isFirst) return isLoose(from) ? null : at(span, span.start, span.start, '-', span);
    const sign = /[+-](?=[\s&({[\\a-z]*$)/i.exec(text.slice(0, span.start));
    // A summand that was brought over from the other side has a minus there.
    return sign ? at(span, sign.index, sign.index + 1, sign[0] === '+' ? '-' : '+', span) : null;
  }
  if (from.kind === 'negate' && from.argument === to && text[span.start] === '-')
    return at(span, span.start, span.start + 1, isFirst ? '' : '+', span);
  return null;
}

/** f·T and T/f for T. */
function putBefore({ from, to, above }: Step, retyped: Retyped): TextEdit | null {
  const { span } = from;
  if (!span) return null;
  const factors =
    to.kind === 'divide' && to.numerator === from
      ? `\\frac{1}{${retyped.write(to.denominator)}}`
      : to.kind === 'multiply' && to.factors.length === 2 && to.factors[1] === from && to.factors[0]
        ? retyped.factor(to.factors[0])
        : null;
  if (factors === null) return null;
  const text = span.source.text;
  const around = above.at(-1)?.span ?? span;
  if (from.kind === 'add') {
    const whole = withDelimiters(span);
    if (!whole) return at(span, span.start, span.end, `${factors} \\left(${typed(span)}\\right)`, span);
    return at(span, whole.start, whole.start, `${factors} `, around);
  }
  const isNumber = /^[0-9]/.test(text.slice(span.start)) && /[0-9]$/.test(factors);
  return at(span, span.start, span.start, isNumber ? `${factors} \\cdot ` : `${factors} `, span);
}

const typed = ({ source, start, end }: Span): string => source.text.slice(start, end);

/** One summand or factor more or less. */
function listEdit({ from, to }: Pick<Step, 'from' | 'to'>, retyped: Retyped): TextEdit | null {
  const { span } = from;
  if (!span) return null;
  const parts = from.kind === 'add' ? from.terms : from.kind === 'multiply' ? from.factors : [];
  const left = from.kind === to.kind ? (to.kind === 'add' ? to.terms : to.kind === 'multiply' ? to.factors : []) : [to];
  if (parts.length < 2) return null;
  if (from.kind === 'add' && left.length === parts.length + 1 && parts.every((part, index) => part === left[index])) {
    const last = left.at(-1);
    return last ? at(span, span.end, span.end, retyped.nextTerm(last), span) : null;
  }
  if (left.length !== parts.length - 1) return null;
  const gone = parts.findIndex((part, index) => part !== left[index]);
  const part = parts[gone];
  if (!part?.span || !parts.toSpliced(gone, 1).every((each, index) => each === left[index])) return null;
  const previous = parts[gone - 1];
  const next = parts[gone + 1];
  if (from.kind === 'multiply') {
    const whole = withDelimiters(part.span) ?? part.span;
    return whole.start < span.start || whole.end > span.end ? null : at(span, whole.start, whole.end, '', span);
  }
  if (previous?.span) return at(span, (withDelimiters(previous.span) ?? previous.span).end, part.span.end, '', span);
  if (!next?.span) return null;
  return at(
    span,
    part.span.start,
    next.kind === 'negate' ? next.span.start : (withDelimiters(next.span) ?? next.span).start,
    '',
    span,
  );
}

/** The nearest part around that was typed, written anew. */
function replacement({ from, to, above }: Step, retyped: Retyped): TextEdit | null {
  const { span } = from;
  if (!span) return null;
  const around = above.findLast(each => each.span)?.span ?? span;
  const { text: source } = span.source;
  const before = source.slice(0, span.start).trimEnd();
  const behind = source.slice(span.end).trimStart();
  const isScript = /[\^_]$/.test(before);
  const isBraced = /[{]$/.test(before) && behind.startsWith('}');
  const isGroup = isBraced || (/[([]$/.test(before) && /^(?:\\right)?[)\]]/.test(behind)) || above.length === 0;
  const plain = retyped.write(to, above.at(-1));
  const isSummand = above.at(-1)?.kind === 'add' && to.kind !== 'add' && to.kind !== 'negate';
  const isBase = above.at(-1)?.kind === 'power' && !isScript && !isGroup;
  const grouped =
    isLoose(to) && !isGroup && !isScript && !isSummand
      ? `\\left(${plain}\\right)`
      : isBase && !['parameter', 'step', 'index', 'number', 'quantity'].includes(to.kind)
        ? `\\left(${plain}\\right)`
        : plain;
  const braced = isScript && [...grouped].length > 1 ? `{${grouped}}` : grouped;
  const spaced = /\\[a-zA-Z]+$/.test(braced) && /^[a-zA-Z]/.test(source.slice(span.end)) ? `${braced} ` : braced;
  return { span, text: spaced, around };
}
