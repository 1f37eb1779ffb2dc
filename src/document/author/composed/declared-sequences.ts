/**
 * A sequence with the letter of a declared number, \beta_t = \beta(1 - 1/t) beside `where \beta in (0,1)`: a value of its own, so that the two are
 * told apart. And rows of a sequence that is declared, t_{k+1} = … beside `where t_k schedule`: what is derived holds for every such sequence.
 */
import type { Problem } from '../../../base/problem.ts';
import { constantLabel } from '../../../optimizer/label.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Declaration, Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, letterToken, solid, spelledNames } from '../author-tokens.ts';
import type { OpenRow } from '../row-left.ts';

/** The rows of a rule with labels in the subscript, with such sequences renamed. `numbers` are the declared ones. */
export function withSequencesApart(
  rows: readonly Piece[],
  { iteration }: Notation,
  numbers: ReadonlySet<string>,
): Piece[] {
  const isLabelled = (tokens: readonly Token[], end: number): boolean => {
    const close = tokens[end]?.kind === 'subscript' ? scriptEnd(tokens, end) : null;
    return close !== null && tokens.slice(end, close).some(({ text }) => text === iteration);
  };
  const made = new Set(
    rows.flatMap(({ left }) => {
      const row = solid(trim(left));
      const end = letterEnd(row, 0);
      const name = end === null ? null : canonicalNameOf(row.slice(0, end));
      return end !== null && name !== null && numbers.has(name) && isLabelled(row, end) ? [name] : [];
    }),
  );
  if (made.size === 0) return [...rows];
  const plain = new Set<string>();
  for (const { right } of rows)
    replaceNames(right, (name, _, end) => {
      if (made.has(name) && right[end]?.kind !== 'subscript') plain.add(name);
      return null;
    });
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) =>
      plain.has(name) && tokens[end]?.kind === 'subscript'
        ? { tokens: [letterToken(tokens.slice(at, end), `${name}_\\cdot`)], next: end }
        : null,
    );
  return rows.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

/**
 * The rows without recursions and first values of declared sequences that are made of numbers alone, each with a warning. A formula of the
 * label, \\beta_k = 1 - 1/k, stays, and is told to be declared and defined.
 */
export function withoutDeclaredSequences(
  rows: readonly OpenRow[],
  declarations: readonly Declaration[],
  { iteration }: Notation,
  warnings: Problem[],
): OpenRow[] {
  const numbers = new Set([
    ...declarations.filter(({ kind }) => kind === 'scalar' || kind === 'schedule').map(({ name }) => name),
    iteration,
    '\\sqrt',
  ]);
  const sequences = new Set(declarations.filter(({ kind }) => kind === 'schedule').map(({ name }) => name));
  return rows.filter(({ left, piece }) => {
    if (left.kind !== 'name' || !sequences.has(left.name)) return true;
    const names = spelledNames(piece.right);
    const isFirst = left.labels.length > 0 && left.labels.every(label => constantLabel(label) !== null);
    if (!(isFirst || names.includes(left.name)) || !names.every(name => numbers.has(name))) return true;
    warnings.push({
      code: 'sequence-left-open',
      severity: 'warning',
      message: `${left.name} is declared as a sequence, and what is derived holds for every one: this row is not used`,
      hint: 'A claim that needs what the row says of the sequence can fail for others.',
      span: piece.span,
    });
    return false;
  });
}
