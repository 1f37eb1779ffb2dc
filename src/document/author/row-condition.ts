/**
 * What stands behind an optimizer's row: from which iteration on it holds. A row is the rule of every step, so a condition
 * may only say with which number the iterations begin, or nothing; any other would leave steps without a rule.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { type WrittenComparison, type Piece, splitCondition } from '../../latex/display/display.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation } from '../../optimizer/model.ts';
import { partsOf } from './index-range.ts';

/** The number of the first iteration, as the rows say it. */
export interface FirstIteration {
  readonly value: 0 | 1;
  /** As typed: `t = 1, 2, \dots`. */
  readonly text: string;
  readonly span: Span;
}

/** The first iteration that the rows name; null where none does. Refuses every condition that says something else. */
export function firstIteration(rows: readonly Piece[], notation: Notation): FirstIteration | null {
  let found: FirstIteration | null = null;
  for (const row of rows) {
    refuseRemainder(row, notation);
    const first = row.condition && readFirst(row.condition, row, rows, notation);
    if (!first) continue;
    if (found && found.value !== first.value)
      refuse(
        'row-condition',
        `one row begins with ${notation.iteration} = ${found.value}, this one with ${notation.iteration} = ${first.value}`,
        first.span,
      );
    found ??= first;
  }
  return found;
}

/** `+ O(h^2)` behind a rule: what it hides would be dropped. */
function refuseRemainder({ remainder, span }: Piece, { step }: Notation): void {
  if (remainder === null) return;
  refuse(
    'row-remainder',
    'a row of an optimizer cannot leave terms out behind O(·)',
    span,
    `Write the rule without the remainder, or the terms in ${step} that it stands for.`,
  );
}

const DOTS = /^\\(?:l|c)?dots[cbo]?$/;

const solid = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ kind, text }) => kind !== 'space' && text !== '\\left' && text !== '\\right');
const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** `i = 1, \dots, k` of a letter that counts neither steps nor components: a loop inside of a step. */
export function refuseInnerLoop(left: string, right: string, span: Span, { iteration, component }: Notation): void {
  const isLoop =
    /^(?:[A-Za-z]|\\[a-z]+)$/.test(left) && left !== iteration && left !== component && /^\{?\d+(?:,|$)/.test(right);
  // The range may have been cut at its comma; a Greek letter with one number counts nothing.
  if (!isLoop || !(/dots/.test(right) || (/^\d+$/.test(right) && /^[a-z]$/i.test(left)))) return;
  refuse(
    'inner-loop',
    `this runs over ${left} within one step`,
    span,
    `Write the rows for a fixed number of values of ${left} out, with a name for each, as u_${iteration} = …, w_${iteration} = …; if ${left} counts components, say notation component=${left}.`,
  );
}

/** Nothing (null), or the first value of the iteration letter. */
function readFirst(
  condition: readonly Token[],
  row: Piece,
  rows: readonly Piece[],
  notation: Notation,
): FirstIteration | null {
  const span = condition[0]?.span ?? row.span;
  const source = span.source.text.slice(span.start, condition.at(-1)?.span.end ?? span.end).trim();
  const text = source === '' ? textOf(condition) : source;
  if (row.equivalence) refuseCondition(text, span, notation);
  const quantified = textOf(condition);
  if (isWholeSet(quantified.replace(/^\\forall/, ''), notation)) return null;
  let first: 0 | 1 | null = null;
  for (const comparison of splitCondition(condition)) {
    const value = firstOf(comparison, notation);
    if (value === 'nothing') continue;
    if (value === 'other') {
      if (comparison.relation === '=')
        refuseInnerLoop(textOf(comparison.left), textOf(comparison.right), span, notation);
      refuseCondition(text, span, notation);
    }
    if (value > 0 && hasFirstValue(row, value - 1, rows)) continue;
    if (value > 1) refuseLater(value, text, span, notation);
    first = value === 0 ? 0 : 1;
  }
  return first === null ? null : { value: first, text, span };
}

/** Whether a row of its own gives the value with the label before those of the condition: b_1 = … beside b_t = …, t > 1. */
function hasFirstValue({ left }: Piece, label: number, rows: readonly Piece[]): boolean {
  const name = nameOf(left);
  const own = new RegExp(`^(?:_\\{?${label}\\}?|\\^\\{?\\(?${label}\\)?\\}?)$`);
  return (
    label > 0 && rows.some(other => nameOf(other.left) === name && own.test(textOf(other.left).slice(name.length)))
  );
}

/** What stands before the scripts of a left side. */
const nameOf = (left: readonly Token[]): string => textOf(left).replace(/[_^].*$/, '');

/** `n \in \mathbb{N}_0`, `j \in [p]`: every value that the letter has. \mathbb{N} may begin with 0 or 1 and says neither. */
const isWholeSet = (text: string, { iteration, component, dimension }: Notation): boolean =>
  text === iteration ||
  text === component ||
  text.replace(/[{}]/g, '') === `${iteration}\\in\\mathbbN` ||
  text === `${component}\\in[${dimension}]` ||
  // i \in [d], where i is the component letter: of all components, whatever their number is called.
  (text.startsWith(`${component}\\in[`) &&
    /^[A-Za-z]\]$/.test(text.slice(component.length + 4)) &&
    !text.endsWith(`${iteration}]`));

/** The least value of the iteration letter that a comparison allows. */
function firstOf({ left, relation, right, more }: WrittenComparison, notation: Notation): number | 'nothing' | 'other' {
  const { iteration, component, step } = notation;
  const [one, other] = [textOf(left), textOf(right)];
  const others = more.map(textOf);
  if (one === component) {
    const values = relation === '=' ? [other, ...others] : relation === '\\in' ? inBraces(right) : [];
    return values[0] === '1' && values.some(value => DOTS.test(value)) ? 'nothing' : 'other';
  }
  if (one === step && relation === '>' && other === '0') return 'nothing';
  if (one === iteration) {
    switch (relation) {
      case '=':
        return fromList([other, ...others]);
      case '\\in':
        if (others.length > 0) return 'other';
        if (/^\\mathbbN_0$/.test(other.replace(/[{}]/g, ''))) return 0;
        return isWholeSet(`${one}\\in${other}`, notation) ? 'nothing' : fromList(inBraces(right));
      case '\\ge':
        return wholeNumber(other) ?? 'other';
      case '>':
        return next(wholeNumber(other));
      // How long the run is says nothing of a step: t \le T.
      case '\\le':
      case '<':
        return /^\\?[A-Za-z]+(?:-1)?$/.test(other) ? 'nothing' : 'other';
      default:
        return 'other';
    }
  }
  if (other === iteration && others.length === 0) {
    if (relation === '\\le') return wholeNumber(one) ?? 'other';
    if (relation === '<') return next(wholeNumber(one));
  }
  return 'other';
}

const next = (value: number | null): number | 'other' => (value === null ? 'other' : value + 1);

/** `0, 1, \ldots` and `1, \dots, T`. */
function fromList(values: readonly string[]): number | 'other' {
  const dots = values.findIndex(value => DOTS.test(value));
  const first = wholeNumber(values[0] ?? '');
  if (first === null || dots < 1 || values.length > dots + 2) return 'other';
  return values.slice(0, dots).every((value, at) => wholeNumber(value) === first + at) ? first : 'other';
}

const wholeNumber = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

function inBraces(tokens: readonly Token[]): string[] {
  const set = solid(tokens);
  const isSet = /^\\(\{|lbrace)$/.test(set[0]?.text ?? '') && /^\\(\}|rbrace)$/.test(set.at(-1)?.text ?? '');
  return isSet ? partsOf(set.slice(1, -1)).map(textOf) : [];
}

function refuseLater(first: number, text: string, span: Span, { iteration }: Notation): never {
  return refuse(
    'row-condition',
    `this row holds only where ${text}, so no step is given for ${iteration} < ${first}`,
    span,
    `A row is the rule of every step. Leave the condition out, or count from 0 or 1, as ${iteration} = 0, 1, \\dots.`,
  );
}

function refuseCondition(text: string, span: Span, { iteration }: Notation): never {
  return refuse(
    'row-condition',
    `this row holds only where ${text}, and no step is given for where it does not hold`,
    span,
    `A row is the rule of every step; behind it may stand ${iteration} = 0, 1, \\dots or ${iteration} = 1, 2, \\dots. What a hyperparameter may be is declared with where.`,
  );
}
