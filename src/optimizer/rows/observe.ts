/**
 * Another sequence than the parameters is followed, as an average w of them: w takes the part of the parameters, and they become a
 * second sequence that starts where w does. The iterates of both stay the same.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { COMPONENT, type Formula } from '../../formula/formula.ts';
import { index, iterate, quantity } from '../../formula/build.ts';
import { constantLabel, offsetFromIteration } from '../label.ts';
import type { Notation } from '../model.ts';
import { rewrite } from '../replace.ts';
import type { NameRow, Row, UpdateRow } from '../row.ts';

export interface Observed {
  readonly rows: readonly Row[];
  /** What the parameters of the rows are called beside the sequence that is followed. */
  readonly other: string;
}

/** The rows about the sequence `name`. Refuses a name that no row makes, and one that does not start at the parameters. */
export function observeRows(
  rows: readonly Row[],
  name: string,
  {
    notation,
    declared,
    span,
  }: { readonly notation: Notation; readonly declared: readonly string[]; readonly span: Span },
): Observed {
  const own = rows.filter((row): row is NameRow => row.kind === 'name' && row.name === name);
  const made = own.find(({ label }) => label !== null && offsetFromIteration(label) !== null);
  const update = rows.find((row): row is UpdateRow => row.kind === 'update' && constantLabel(row.label) === null);
  const letter = notation.parameters;
  if (made?.label == null || update === undefined)
    return refuse(
      'observe-unknown',
      `no row makes ${name} in every step`,
      span,
      `observe names a row beside that of ${letter}.`,
    );
  const start = own.find(({ label }) => label !== null && constantLabel(label) !== null);
  const first = start?.label == null ? null : constantLabel(start.label);
  const startsThere =
    start?.right.kind === 'iterate' && start.right.label !== null && constantLabel(start.right.label) === first;
  if (start === undefined || !startsThere)
    return refuse(
      'observe-start',
      `the first value of ${name} must be that of ${letter}`,
      start?.span ?? made.span,
      `The equation holds for a sequence that starts at one point: ${name}_j^{(0)} = ${letter}_j^{(0)}.`,
    );
  if (offsetFromIteration(made.label) !== offsetFromIteration(update.label))
    return refuse('observe-label', `${name} and ${letter} must be made with one label`, made.span);
  const other = freeName(rows, declared);
  const swap = (formula: Formula): Formula => swapped(formula, name, other);
  const swappedRows = rows.flatMap((row): Row[] => {
    if (row === made)
      return [{ kind: 'update', label: row.label ?? update.label, right: swap(row.right), span: row.span }];
    if (row === update)
      return [
        { kind: 'name', name: other, componentTyped: true, label: row.label, right: swap(row.right), span: row.span },
      ];
    if (row === start)
      return [{ ...row, name: other, componentTyped: true, right: iterate(index(COMPONENT), row.label) }];
    return [{ ...row, right: swap(row.right) }];
  });
  return { rows: swappedRows, other };
}

function swapped(formula: Formula, name: string, other: string): Formula {
  return rewrite(formula, node => {
    if (node.kind === 'iterate') return quantity(other, [node.component], node.label === null ? [] : [node.label]);
    if (node.kind !== 'quantity' || node.name !== name) return node;
    return iterate(node.indices[0] ?? index(COMPONENT), node.labels[0] ?? null);
  });
}

const CANDIDATES = ['\\vartheta', '\\xi', 'x', 'u', '\\zeta'];

function freeName(rows: readonly Row[], declared: readonly string[]): string {
  const taken = new Set([...declared, ...rows.map(row => (row.kind === 'name' ? row.name : ''))]);
  return CANDIDATES.find(each => !taken.has(each)) ?? '\\theta^{\\mathrm{own}}';
}
