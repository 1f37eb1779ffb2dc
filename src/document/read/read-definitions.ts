/**
 * The rows of a claim or definition that define names. Bodies may use each other in any order but not in a circle; what a
 * subscript counts may show only in a body, so bodies are read until the roles of the names no longer change.
 */
import { attempt, type Problem, refuse, type Result } from '../../base/problem.ts';
import { index } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import { readDefinition } from '../../latex/read/definition/read-definition.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import { shiftIteration } from '../../optimizer/rows/counting.ts';
import { offsetFromIteration } from '../../optimizer/label.ts';
import { nodes } from '../../optimizer/replace.ts';
import { roleOfDefinition } from '../annotation/roles.ts';

export type NameLeft = Extract<LeftSide, { kind: 'name' }>;

/** A row that defines a name. */
export interface DefinitionRow {
  readonly piece: Piece;
  readonly left: NameLeft;
}

/** The definitions of all rows, or every problem in them. `names` is extended with their roles. */
export function readDefinitions(
  rows: readonly DefinitionRow[],
  scope: NameScope,
  names: Map<string, NameRole>,
): Result<Definition[]> {
  const problems: Problem[] = [];
  const first = new Map<string, DefinitionRow>();
  for (const row of rows) {
    const { name } = row.left;
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
  // Each round settles at least one more role, so as many rounds as rows are enough.
  for (let round = 0; round <= first.size; round += 1) {
    results = [...first.values()].map(row => attempt(() => readRow(row, { ...scope, warnings: [] })));
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
  if (twice !== undefined || left.indices.some(each => /^\d+$/.test(each))) {
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

/** Names that a formula uses. */
export const namesIn = (formula: Formula): Set<string> =>
  new Set([...nodes(formula)].flatMap(node => (node.kind === 'quantity' ? [node.name] : [])));

function refuseCircles(definitions: readonly Definition[], rows: readonly DefinitionRow[]): void {
  const uses = new Map(definitions.map(({ name, body }) => [name, [...namesIn(body)]]));
  const done = new Set<string>();
  for (const start of uses.keys()) {
    // Depth first with an explicit stack: [name, how many of its uses were looked at].
    const path: [string, number][] = done.has(start) ? [] : [[start, 0]];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const [name, position] = top;
      const next = uses.get(name)?.[position];
      top[1] += 1;
      if (next === undefined) {
        done.add(name);
        path.pop();
      } else if (path.some(([open]) => open === next)) {
        const circle = path.slice(path.findIndex(([open]) => open === next)).map(([open]) => open);
        const row = rows.find(({ left }) => left.name === next);
        refuse(
          'definition-cycle',
          `these definitions need each other: ${[...circle, next].join(', ')}`,
          row?.piece.span,
        );
      } else if (uses.has(next) && !done.has(next)) path.push([next, 0]);
    }
  }
}
