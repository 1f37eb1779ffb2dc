/**
 * The rows of a claim or definition that define names. Bodies may use each other in any order but not in a circle; what a
 * subscript counts may show only in a body, so bodies are read until the roles of the names no longer change. Two rows define a sequence by
 * its recursion where one of them is its first value: u^{(n+1)} := …, u^{(0)} := ….
 */
import { attempt, type Problem, refuse, type Result } from '../../base/problem.ts';
import { index } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { offsetFrom } from '../../formula/label-offset.ts';
import { substituteLetters } from '../../formula/substitute.ts';
import type { Piece } from '../../latex/display/display.ts';
import { readDefinition } from '../../latex/read/definition/read-definition.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import { shiftIteration } from '../../optimizer/rows/counting.ts';
import { constantLabel, offsetFromIteration } from '../../optimizer/label.ts';
import { nodes } from '../../optimizer/replace.ts';
import { roleOfDefinition } from '../annotation/roles.ts';
import { circleIn } from '../../formula/definition-circles.ts';

export type NameLeft = Extract<LeftSide, { kind: 'name' }>;

/** A row that defines a name. */
export interface DefinitionRow {
  readonly piece: Piece;
  readonly left: NameLeft;
}

/** The definitions of all rows, or every problem in them. `names` is extended with their roles; `place` tells sequences of different claims apart. */
export function readDefinitions(
  rows: readonly DefinitionRow[],
  scope: NameScope,
  names: Map<string, NameRole>,
  place: string,
): Result<Definition[]> {
  const problems: Problem[] = [];
  const first = new Map<string, DefinitionRow>();
  const starts = new Map(
    [...firstValues(rows)].map(([{ piece, left }, start]) => [left.name, { piece, ...start }] as const),
  );
  for (const row of rows) {
    const { name } = row.left;
    if (starts.get(name)?.piece === row.piece) continue;
    if (first.has(name))
      problems.push({ code: 'defined-twice', message: `${name} is defined twice`, span: row.piece.span });
    else first.set(name, row);
  }
  for (const { left } of first.values()) {
    names.set(left.name, {
      kind: 'quantity',
      indices: left.indices.length,
      labels: left.labels.length,
      indexSorts: left.indexSorts,
      hasArgument: left.hasPoint,
    });
  }
  let results: Result<Definition>[] = [];
  // Each round decides at least one more role, so as many rounds as rows are enough.
  for (let round = 0; round <= first.size; round += 1) {
    results = [...first.values()].map(row =>
      attempt(() => {
        const inner = { ...scope, warnings: [] };
        const start = starts.get(row.left.name);
        return start === undefined ? readRow(row, inner) : readRecursion(row, start, inner, place);
      }),
    );
    let changed = false;
    for (const result of results) {
      if (!result.ok) continue;
      const hasArgument = first.get(result.value.name)?.left.hasPoint === true;
      const role = { ...roleOfDefinition(result.value), hasArgument };
      changed ||= JSON.stringify(names.get(result.value.name)) !== JSON.stringify(role);
      names.set(result.value.name, role);
    }
    if (!changed) break;
  }
  const definitions = results.flatMap(result => (result.ok ? [result.value] : []));
  problems.push(...results.flatMap(result => (result.ok ? [] : result.problems)));
  if (problems.length > 0) return { ok: false, problems };
  return attempt(() => {
    refuseCircles(definitions, rows);
    return definitions;
  });
}

function readRow({ piece, left }: DefinitionRow, scope: NameScope): Definition {
  const formal = [...left.indices, ...left.labels.map(labelLetter)];
  const twice = formal.find((letter, position) => formal.indexOf(letter) !== position);
  if (twice !== undefined || left.indices.some(each => IS_NUMBER.test(each))) {
    refuse('left-side', 'expected different letters as the indices and labels of a definition', piece.span);
  }
  const [label] = left.labels;
  const offset = label ? offsetFromIteration(label) : 0;
  if (!offset) return { ...readDefinition(left, piece.right, scope), span: piece.span };
  // R^{(n+1)} := body(n) is R^{(n)} := body(n − 1).
  const shifted = readDefinition({ ...left, labels: [index(ITERATION)] }, piece.right, scope);
  return { ...shifted, body: shiftIteration(shifted.body, -offset), span: piece.span };
}

const labelLetter = (label: Formula): string => {
  const letter = [...nodes(label)].find(node => node.kind === 'index');
  return letter?.kind === 'index' ? letter.name : '';
};

/** The left side of a first value without its label, and that label. */
interface FirstValue {
  readonly left: NameLeft;
  readonly first: number;
}

/** The rows that say the first value of a sequence, u^{(0)} := … or u_{0,j} := …, beside another row of the same name. */
function firstValues(rows: readonly DefinitionRow[]): ReadonlyMap<DefinitionRow, FirstValue> {
  const found = new Map<DefinitionRow, FirstValue>();
  for (const row of rows) {
    const start = withoutNumber(row.left);
    const others = rows.filter(each => each !== row && each.left.name === row.left.name);
    const isAlone = others.every(each => withoutNumber(each.left) === null && !found.has(each));
    if (start !== null && others.length > 0 && isAlone) found.set(row, start);
  }
  return found;
}

/** The left side of a first value without its label; null where the label is no number. Beside a component it is read as one more index. */
function withoutNumber(left: NameLeft): FirstValue | null {
  const [label, second] = left.labels;
  if (label !== undefined) {
    const first = constantLabel(label);
    return second === undefined && first !== null ? { left: { ...left, labels: [] }, first } : null;
  }
  const [number, ...indices] = left.indices;
  const isFirst = number !== undefined && IS_NUMBER.test(number) && indices.length > 0;
  return isFirst ? { left: { ...left, indices, indexSorts: left.indexSorts.slice(1) }, first: Number(number) } : null;
}

const IS_NUMBER = /^-?\d+$/;

/** u^{(n+1)} := … (or u^{(n)} := … of u^{(n−1)}) with u^{(0)} := …. */
function readRecursion(
  row: DefinitionRow,
  first: DefinitionRow & FirstValue,
  scope: NameScope,
  place: string,
): Definition {
  const { piece, left } = row;
  const [label, second] = left.labels;
  const offset = label === undefined || second !== undefined ? null : offsetFrom(labelLetter(label), label, new Map());
  if (offset !== 0 && offset !== 1)
    refuse(
      'left-side',
      `beside its first value a sequence is defined at n + 1 by its value at n, or at n by that at n - 1`,
      piece.span,
    );
  const made = readRow(row, scope);
  const start = readDefinition(first.left, first.piece.right, scope);
  if (start.indices.some(each => IS_NUMBER.test(each)) || start.indices.length > made.indices.length)
    refuse('left-side', 'the first value has other indices than the sequence', first.piece.span);
  const renamed = new Map(
    start.indices.flatMap((name, at) => {
      const own = made.indices[at];
      return own === undefined || own === name ? [] : [[name, index(own)] as const];
    }),
  );
  const value = renamed.size === 0 ? start.body : substituteLetters(start.body, renamed);
  const begins = first.first === 0 ? {} : { first: first.first };
  return { ...made, recursion: { start: value, id: `${place}:${made.name}`, ...begins } };
}

function refuseCircles(definitions: readonly Definition[], rows: readonly DefinitionRow[]): void {
  const circle = circleIn(definitions);
  if (circle === null) return;
  const [name] = circle;
  const row = rows.find(({ left }) => left.name === name);
  const earlier = circle.length === 2 && (row?.left.labels.length ?? 0) > 0;
  refuse(
    'definition-cycle',
    circle.length === 2 && earlier && definitions.some(each => each.name === name && each.recursion !== undefined)
      ? `${circle[0]} needs itself at a label that is not seen to be an earlier one`
      : `these definitions need each other: ${circle.join(', ')}`,
    row?.piece.span,
    earlier ? `A sequence has a first value beside it: ${name}^{(n+1)} := …, ${name}^{(0)} := ….` : undefined,
  );
}
