/** A matrix of numbers in front of a column, \begin{bmatrix} \beta & 1 \\ 0 & 1 \end{bmatrix}\begin{bmatrix} v_t \\ x_t \end{bmatrix}: the column of its products. */
import type { Token } from '../../../latex/notation/token.ts';
import { solid } from '../author-tokens.ts';

/** The entries of a matrix or of one column, and all of it as it is typed. */
export interface MatrixEntries {
  readonly rows: readonly (readonly Token[])[];
  readonly typed: readonly Token[];
}

/** Cells of a row, cut at the alignment marks. */
function cellsOf(row: readonly Token[]): Token[][] {
  const cells: Token[][] = [[]];
  for (const token of row) {
    if (token.kind === 'alignment') cells.push([]);
    else cells.at(-1)?.push(token);
  }
  return cells.map(solid);
}

/** Whether cells stand side by side. */
export const isMatrix = ({ rows }: MatrixEntries): boolean =>
  rows.some(row => row.some(({ kind }) => kind === 'alignment'));

/** The product of a matrix and a column; null where their sizes do not fit. */
export function timesColumn(matrix: MatrixEntries, column: MatrixEntries): MatrixEntries | null {
  const [mark] = matrix.typed;
  const cells = matrix.rows.map(cellsOf);
  if (mark === undefined || !cells.every(row => row.length === column.rows.length)) return null;
  const symbol = (text: string): Token => ({ kind: 'symbol', text, span: mark.span });
  const grouped = (tokens: readonly Token[]): Token[] => [symbol('('), ...tokens, symbol(')')];
  const rows = cells.map(row => {
    const terms = row.flatMap((cell, at) => {
      const factor = withoutIdentity(cell);
      const text = factor.map(each => each.text).join('');
      const entry = column.rows[at] ?? [];
      if (
        text === '0' ||
        solid(entry)
          .map(each => each.text)
          .join('') === '0'
      )
        return [];
      return [[...(text === '1' || text === '' ? [] : grouped(factor)), ...grouped(entry)]];
    });
    const sum = terms.flatMap((term, at) => (at === 0 ? term : [symbol('+'), ...term]));
    return sum.length === 0 ? [{ ...symbol('0'), kind: 'digit' as const }] : sum;
  });
  return { rows, typed: [...matrix.typed, ...column.typed] };
}

/** An entry without the identity as a factor: \beta I, I. */
const withoutIdentity = (cell: readonly Token[]): Token[] =>
  cell.filter(({ text, kind }) => !(kind === 'letter' && text === 'I') && !/^\\(?:cdot|,)$/.test(text));
