/** What the bounds of Σ and Π are made of: ranges of letters, index expressions, and sums over them. */
import type { Span } from '../../../base/span.ts';
import type { Formula } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';
import type { Letter } from '../reading.ts';

export interface LetterRange {
  readonly lower: Formula;
  readonly upper: Formula;
}
/** One letter to bind, with the ranges it runs over (two for `i\ne j`). */
export interface BoundLetter {
  readonly letter: string;
  readonly known: Letter;
  readonly ranges: readonly LetterRange[];
  readonly span: Span;
}

/** The sum or product over one letter; over two ranges both together. */
export function over(kind: 'sum' | 'product', bound: BoundLetter, body: Formula, span: Span): Formula {
  const parts = bound.ranges.map(
    ({ lower, upper }): Formula => ({
      kind,
      span,
      index: bound.letter,
      sort: bound.known.sort ?? 'history',
      lower,
      upper,
      body,
    }),
  );
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  return kind === 'sum' ? { kind: 'add', span, terms: parts } : { kind: 'multiply', span, factors: parts };
}

export const integer = (value: number, span: Span): Formula => ({ kind: 'number', span, value: Rational.of(value) });
/** An index expression and a number. */
export const shift = (formula: Formula, by: number): Formula => {
  if (by === 0) return formula;
  const span = formula.span;
  if (formula.kind === 'number') return { ...formula, value: formula.value.add(Rational.of(by)) };
  // max(a,b) + 1 is max(a+1,b+1): the bound stays a list of index expressions.
  if (formula.kind === 'extremum') return { ...formula, arguments: formula.arguments.map(part => shift(part, by)) };
  const step: Formula = { kind: 'number', span, value: Rational.of(Math.abs(by)) };
  const terms = formula.kind === 'add' ? formula.terms : [formula];
  return { kind: 'add', span, terms: [...terms, by < 0 ? { kind: 'negate', span, argument: step } : step] };
};

/** The letters of an index expression. */
export function indexLettersOf(formula: Formula): string[] {
  switch (formula.kind) {
    case 'index':
      return [formula.name];
    case 'add':
      return formula.terms.flatMap(indexLettersOf);
    case 'multiply':
      return formula.factors.flatMap(indexLettersOf);
    case 'extremum':
      return formula.arguments.flatMap(indexLettersOf);
    case 'negate':
      return indexLettersOf(formula.argument);
    default:
      return [];
  }
}
