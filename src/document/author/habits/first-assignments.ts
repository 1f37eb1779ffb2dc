/**
 * What a program without labels sets before its loop, `r \leftarrow 0` in front of `r \leftarrow \rho r + …`: a first value, no part of a step. The
 * words in front of it or the loop behind it say so; without either the row has two readings and is refused with both.
 */
import { refuse } from '../../../base/problem.ts';
import { positionAt } from '../../../base/span.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { NameRow, Row } from '../../../optimizer/row.ts';

const OF_THE_STEP = new Set(['quantity', 'iterate', 'loss', 'schedule', 'step', 'index']);
const STARTS = /\b(?:initiali[sz]\w*|init|start\w*|begin\w*|first)\b[^.$]*$/i;
const LOOP =
  /\\(?:While|WHILE|For|FOR|ForAll|FORALL|ForEach|Repeat|REPEAT|Loop|LOOP)(?![A-Za-z])|\b(?:for|while|repeat|until|each|every|then iterate)\b/;

/** The rows of a step without such first values that are zero, with which every value starts; others are refused, since no label says that they are first. */
export function withoutFirstAssignments(rows: readonly Row[]): Row[] {
  return rows.filter((row, at) => {
    if (row.kind === 'update' || row.label !== null || !isConstant(row)) return true;
    const again = rows.find(
      (other, place): other is NameRow =>
        place > at && other.kind === 'name' && other.name === row.name && readsItself(other),
    );
    if (again === undefined || again.label !== null) return true;
    if (!isSaidFirst(row, again))
      refuse(
        'two-readings',
        `${row.name} is set here and again in line ${positionAt(again.span.source.text, again.span.start).line}: its first value, or the one that every step begins with`,
        row.span,
        `Leave the row out where ${row.name} starts from 0 before the first step; where every step begins with the value, insert it behind.`,
      );
    const isZero = row.right.kind === 'number' && row.right.value.isZero();
    if (!isZero)
      refuse(
        'unlabelled-start',
        `this is the first value of ${row.name}, and the other rows of ${row.name} have no labels`,
        row.span,
        `Write labels: ${row.name}_{t+1} = … beside ${row.name}_0 = ….`,
      );
    return false;
  });
}

const isConstant = ({ right }: Row): boolean => ![...nodes(right)].some(({ kind }) => OF_THE_STEP.has(kind));

const readsItself = ({ name, right }: NameRow): boolean =>
  [...nodes(right)].some(node => node.kind === 'quantity' && node.name === name);

/** Whether words in front of the row say that it starts something, or a loop begins behind it. */
function isSaidFirst({ span }: NameRow, { span: next }: NameRow): boolean {
  const { text } = span.source;
  const before = text.slice(Math.max(0, span.start - 200), span.start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (STARTS.test(line.replace(/\\text[a-z]*/g, ' '))) return true;
  return next.source === span.source && next.start > span.end && LOOP.test(text.slice(span.end, next.start));
}
