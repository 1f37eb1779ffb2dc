/**
 * What a program without labels sets before its loop, `r \leftarrow 0` in front of `r \leftarrow \rho r + …`: a first value, no part of a step. The
 * words in front of it or the loop behind it say so; without either the row has two readings and is refused with both.
 */
import { refuse } from '../../../base/problem.ts';
import { positionAt } from '../../../base/span.ts';
import { number } from '../../../formula/build.ts';
import type { Span } from '../../../base/span.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { NameRow, Row } from '../../../optimizer/row.ts';

const OF_THE_STEP = new Set(['quantity', 'iterate', 'loss', 'schedule', 'step', 'index']);
const STARTS = /\b(?:initiali[sz]\w*|init|start\w*|begin\w*|first)\b[^.$]*$/i;
const LOOP =
  /\\(?:While|WHILE|For|FOR|ForAll|FORALL|ForEach|Repeat|REPEAT|Loop|LOOP)(?![A-Za-z])|\b(?:for|while|repeat|until|each|every|then iterate)\b/;

/** The rows of a step, such first values with the label 0, those that are zero left out, since every value starts with it. */
export function withoutFirstAssignments(rows: readonly Row[]): Row[] {
  return rows.flatMap((row, at): Row[] => {
    if (row.kind === 'update' || row.label !== null || !isConstant(row)) return [row];
    const again = rows.find(
      (other, place): other is NameRow =>
        place > at && other.kind === 'name' && other.name === row.name && readsItself(other),
    );
    if (again === undefined || again.label !== null) return [row];
    if (!isSaidFirst(row, again))
      refuse(
        'two-readings',
        `${row.name} is set here and again in line ${positionAt(again.span.source.text, again.span.start).line}: its first value, or the one that every step begins with`,
        row.span,
        `Leave the row out where ${row.name} starts from 0 before the first step; where every step begins with the value, insert it behind.`,
      );
    const isZero = row.right.kind === 'number' && row.right.value.isZero();
    return isZero ? [] : [{ ...row, label: number(0) }];
  });
}

const isConstant = ({ right }: Row): boolean => ![...nodes(right)].some(({ kind }) => OF_THE_STEP.has(kind));

const readsItself = ({ name, right }: NameRow): boolean =>
  [...nodes(right)].some(node => node.kind === 'quantity' && node.name === name);

const FORMULAS = /\$\$[^$]*\$\$|\$[^$]*\$|\\\[[\s\S]*?\\\]|\\\([\s\S]*?\\\)/g;
const TITLE = /\b(?:initiali[sz]\w*|init|start\w*|before the first (?:step|iteration))\W*$/i;

/** Whether the last words in front of the formula, other formulas aside, are `Initialization:`, and other words stand before the next one. */
function isUnderTitle(text: string, { start, end }: Span, next: Span): boolean {
  const words = (part: string): string =>
    part
      .replace(FORMULAS, ' ')
      .replace(/\$\$|\\\[|\\\]/g, ' ')
      .trim();
  const before = text.slice(Math.max(0, start - 600), start).replace(/(?:\$\$|\$|\\\[|\\\()\s*$/, '');
  const between = text
    .slice(end, next.start)
    .replace(/^\s*(?:\$\$|\$|\\\]|\\\))/, '')
    .replace(/(?:\$\$|\$|\\\[|\\\()\s*$/, '');
  return TITLE.test(words(before)) && /[A-Za-z]{3,}/.test(words(between));
}

/** Whether words in front of the row say that it starts something, or a loop begins behind it. */
function isSaidFirst({ span }: NameRow, { span: next }: NameRow): boolean {
  const { text } = span.source;
  const before = text.slice(Math.max(0, span.start - 200), span.start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (STARTS.test(line.replace(/\\text[a-z]*/g, ' '))) return true;
  if (next.source === span.source && next.start > span.end && isUnderTitle(text, span, next)) return true;
  return next.source === span.source && next.start > span.end && LOOP.test(text.slice(span.end, next.start));
}
