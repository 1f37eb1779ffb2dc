/**
 * A state that one row makes from its earlier value and another one changes in the same step, m_t = \beta m_{t-1} + … and then
 * m_t = m_t/(1-\beta^t): the next step starts from either. In a program's order it is the newest, unless the change is the one by
 * 1 − β^t, which is meant for the update alone; beside labels it is the newest only where something is added.
 */
import { positionAt } from '../../base/span.ts';
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { offsetFromIteration } from '../label.ts';
import { nodes } from '../replace.ts';
import type { NameRow, Row } from '../row.ts';
import { dividesByZeroAtZero } from './counting.ts';

/** Refuses such a state with both readings. The rows have their labels as typed. */
export function refuseGivenTwice(rows: readonly Row[]): void {
  for (const [at, first] of rows.entries()) {
    if (first.kind !== 'name') continue;
    const own = offsetOf(first.label);
    const second = rows
      .slice(at + 1)
      .find((row): row is NameRow => row.kind === 'name' && row.name === first.name && offsetOf(row.label) === own);
    if (own === null || !second || !readsOwn(second, own) || !isState(first, own, rows)) continue;
    const isProgram = own === 'none';
    if (!dividesByZeroAtZero(second.right) && (isProgram || addsTo(second.right, first.name))) continue;
    const { line } = positionAt(first.span.source.text, first.span.start);
    const { name } = first;
    refuse(
      'two-readings',
      `${name} is made in line ${line} and changed here: the next step starts from the value made there, or from the changed one`,
      second.span,
      `Give the changed value a name of its own, as ${accented(name)}; or write both rows as one, if the next step starts from it.`,
    );
  }
}

type Offset = number | 'none' | null;

const offsetOf = (label: Formula | null): Offset => (label === null ? 'none' : offsetFromIteration(label));

const isUse = (node: Formula, name: string, offset: Offset): boolean =>
  node.kind === 'quantity' && node.name === name && offsetOf(node.labels[0] ?? null) === offset;

const readsOwn = ({ name, right }: NameRow, own: Offset): boolean =>
  [...nodes(right)].some(node => isUse(node, name, own));

/** Whether a step reads the value of the step before. */
const isState = (first: NameRow, own: Offset, rows: readonly Row[]): boolean =>
  typeof own === 'number'
    ? rows.some(({ right }) => [...nodes(right)].some(node => isUse(node, first.name, own - 1)))
    : readsOwn(first, own);

/** Whether the formula is the value plus what does not contain it. */
function addsTo(formula: Formula, name: string): boolean {
  const terms = formula.kind === 'add' ? formula.terms : [formula];
  const isOwn = (node: Formula): boolean => node.kind === 'quantity' && node.name === name;
  return terms.filter(isOwn).length === 1 && terms.every(term => isOwn(term) || ![...nodes(term)].some(isOwn));
}

const accented = (name: string): string =>
  name.startsWith('\\') && name.includes('{') ? 'a letter' : `\\hat{${name}}`;
