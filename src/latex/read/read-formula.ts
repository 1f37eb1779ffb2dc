/** Tokens of one side of a statement to a formula tree, componentwise, with the place of every node. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { COMPONENT } from '../../formula/formula.ts';
import { layOut } from '../layout/layout.ts';
import { refuseBars } from './read-factor.ts';
import { readExpression } from './read-expression.ts';
import { Reading } from './reading.ts';
import type { FormalLetter, NameScope } from './scope.ts';
import type { Token } from '../notation/token.ts';
import { componentOf, isScalarValue, rankName } from './value.ts';

/** One side of a statement. */
export interface Side {
  /** For a vector, its component COMPONENT; for a matrix its component with the indices `more` behind that one. */
  readonly formula: Formula;
  readonly rank: number;
  readonly more: readonly string[];
  /** Index letters that this side introduced (left sides) with what they count, by the letter as typed. */
  readonly letters: ReadonlyMap<string, FormalLetter>;
  /** What the letters fixed on the left turned out to count. */
  readonly sorts: ReadonlyMap<string, FormalLetter>;
}

/**
 * Reads a side. With `free`, unknown letters in index places are introduced (a left side); otherwise they are errors. It may be a
 * number, a vector, or what has `mostIndices` indices. Throws a Refusal with the place of what is wrong.
 */
export function readSide(tokens: readonly Token[], scope: NameScope, free = false, mostIndices = 1): Side {
  const used = new Set(tokens.map(token => token.text));
  const reading = new Reading(scope, readExpression, used, free);
  const place = placeOf(tokens);
  const value = readExpression(layOut(tokens), reading, place);
  if (value.rank > mostIndices)
    return refuse(
      'vector-rank',
      `expected a number or a vector, not a ${rankName(value)}`,
      value.span,
      scope.where === 'optimizer' && value.rank === 2 ? MATRIX_HINT : undefined,
    );
  const [bars] = reading.bars;
  if (bars !== undefined && (value.rank > 0 || mostIndices > 1)) refuseBars(bars, reading);
  const sorts = new Map(
    [...(scope.fixed ?? [])].map(([letter, { name, sort }]) => [
      letter,
      { name, sort: sort ?? reading.sortOfFixed(letter) },
    ]),
  );
  const letters = reading.introduced();
  if (isScalarValue(value)) return { formula: value.formula, rank: 0, more: [], letters, sorts };
  if (value.row) return refuse('vector-rank', 'a transposed vector stands alone', value.span);
  const more = Array.from({ length: value.rank - 1 }, () => reading.fresh());
  const indices = [COMPONENT, ...more].map((name): Formula => ({ kind: 'index', span: null, name }));
  return { formula: componentOf(value, indices), rank: value.rank, more, letters, sorts };
}

const MATRIX_HINT =
  'Rows are read component by component: write the diagonal, as g_t^2 for g_t g_t^\\top, or \\mathrm{diag}(…) wherever the matrix is read.';

/**
 * The formula of one side. A vector gives its component COMPONENT; in a claim whose left side is a component that is
 * refused unless vectors are componentwise.
 */
export function readFormula(tokens: readonly Token[], scope: NameScope): Formula {
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
