/** Tokens of one side of a statement to a formula tree, componentwise, with the place of every node. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { COMPONENT } from '../../formula/formula.ts';
import { layOut } from '../layout/layout.ts';
import { readExpression } from './read-expression.ts';
import { Reading } from './reading.ts';
import type { FormalLetter, Scope } from './scope.ts';
import type { Token } from '../notation/token.ts';
import { componentOf, isScalar, rankName } from './value.ts';

/** One side of a statement. */
export interface Side {
  /** For a vector, its component COMPONENT. */
  readonly formula: Formula;
  readonly rank: 0 | 1;
  /** Index letters that this side introduced (left sides) with what they count, by the letter as typed. */
  readonly letters: ReadonlyMap<string, FormalLetter>;
  /** What the letters fixed on the left turned out to count. */
  readonly sorts: ReadonlyMap<string, FormalLetter>;
}

/**
 * Reads a side. With `free`, unknown letters in index places are introduced (a left side); otherwise they are errors.
 * Throws a Refusal with the place of what is wrong.
 */
export function readSide(tokens: readonly Token[], scope: Scope, free = false): Side {
  const used = new Set(tokens.map(token => token.text));
  const reading = new Reading(scope, readExpression, used, free);
  const place = placeOf(tokens);
  const value = readExpression(layOut(tokens), reading, place);
  if (value.rank > 1)
    return refuse('vector-rank', `expected a number or a vector, not a ${rankName(value)}`, value.span);
  const sorts = new Map(
    [...(scope.fixed ?? [])].map(([letter, { name, sort }]) => [
      letter,
      { name, sort: sort ?? reading.sortOfFixed(letter) },
    ]),
  );
  if (isScalar(value)) return { formula: value.formula, rank: 0, letters: reading.introduced(), sorts };
  if (value.row) return refuse('vector-rank', 'a transposed vector stands alone', value.span);
  const formula = componentOf(value, [{ kind: 'index', span: null, name: COMPONENT }]);
  return { formula, rank: 1, letters: reading.introduced(), sorts };
}

/**
 * The formula of one side. A vector gives its component COMPONENT; in a claim whose left side is a component that is
 * refused unless vectors are componentwise.
 */
export function readFormula(tokens: readonly Token[], scope: Scope): Formula {
  const side = readSide(tokens, scope);
  const fixed = [...(scope.fixed?.values() ?? [])].some(({ name }) => name === COMPONENT);
  if (side.rank === 1 && scope.where === 'claim' && fixed && !scope.componentwiseVectors) {
    return refuse(
      'vector-rank',
      'a vector, but the left side is a component',
      placeOf(tokens),
      'write the component index on both sides or on none',
    );
  }
  return side.formula;
}

/** The place of a row of tokens. */
export function placeOf(tokens: readonly Token[]): Span {
  const first = tokens[0];
  const last = tokens[tokens.length - 1];
  if (first === undefined || last === undefined) return { source: { name: 'formula', text: '' }, start: 0, end: 0 };
  return first.span.source === last.span.source
    ? { ...first.span, end: Math.max(first.span.end, last.span.end) }
    : first.span;
}
