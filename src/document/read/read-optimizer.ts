/** From an annotated display to an optimizer: its declarations and rows. What the rows may do is decided in optimizer/. */
import { attempt, type Problem, refuse } from '../../base/problem.ts';
import { COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { readFormula, readSide } from '../../latex/read/read-formula.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import { buildOptimizer } from '../../optimizer/build-optimizer.ts';
import type { Declaration, Notation, Optimizer } from '../../optimizer/model.ts';
import { markArgument } from '../../optimizer/rows/insert-arguments.ts';
import { constantLabel } from '../../optimizer/label.ts';
import { nodes, rewrite } from '../../optimizer/replace.ts';
import type { NameRow, Row, UpdateRow } from '../../optimizer/row.ts';
import { observeRows } from '../../optimizer/rows/observe.ts';
import { stepRows } from '../../optimizer/rows/step-rows.ts';
import { index } from '../../formula/build.ts';
import { nameAccented, refuseTwoLosses, refuseUnmadeAccents, roleOfGradient } from '../author/author-left.ts';
import { notationOfRows, authorRows } from '../author/author-rows.ts';
import { tokensAt } from '../author/display-text.ts';
import { methodRows } from '../author/row-values.ts';
import { withoutDeclaredSequences } from '../author/composed/declared-sequences.ts';
import { withDeclaredStarts } from '../author/names/declared-starts.ts';
import { type OpenRow, readLeft } from '../author/row-left.ts';
import { apartChains, apartFirstValues, refuseOtherSide } from '../author/habits/chained-rows.ts';
import { withoutDraws } from '../author/beside/draws.ts';
import { withoutStatedDomains } from '../author/beside/stated-domains.ts';
import { withoutFirstAssignments } from '../author/habits/first-assignments.ts';
import { withMissingRow } from '../advice/missing-row.ts';
import { readKeys } from '../annotation/keys.ts';
import { type Entry, type Outline, spellNameAt } from '../outline.ts';
import { uprightWord } from '../author/several-letters.ts';
import { freeSchedule, roleOf } from '../annotation/roles.ts';
import { type FirstIteration, firstIteration } from '../author/row-condition.ts';
import { componentsOf, isScheduleByFormula, type NamedRow, roleOfRow, scalarNames } from '../author/row-roles.ts';
import { readRight } from './read-right.ts';
import { readWhere } from '../annotation/where.ts';

/** The optimizer, or null and the reasons; warnings come with an optimizer too. */
export function readOptimizer(entry: Entry, file: Outline): { optimizer: Optimizer | null; problems: Problem[] } {
  const { annotation } = entry;
  const notation = notationOfRows(entry, file);
  const outline = { ...file, notation };
  const { keys, problems: ofKeys } = readKeys(annotation, 'optimizer');
  const problems = [...annotation.problems, ...ofKeys];
  const where = readWhere(annotation.wheres, {
    notation,
    where: 'optimizer',
    spell: span => spellNameAt(span, outline.macros) ?? uprightWord(span),
    readBody: (span, formal, declared) =>
      readFormula(tokensAt(span, outline), bodyScope(formal, declared, notation, 'optimizer', problems)),
  });
  problems.push(...where.problems);
  if (problems.length > 0 || entry.id === '') return { optimizer: null, problems };

  const result = attempt(() => {
    const read = readRows(entry, outline, where.declarations, problems);
    const { observe } = keys;
    if (observe === null) return { ...read, observed: null };
    const name = spellNameAt(observe.span, outline.macros) ?? observe.value;
    const declared = where.declarations.map(each => each.name);
    const { rows, other } = observeRows(read.rows, name, { notation, declared, span: observe.span });
    return { ...read, rows, observed: { name, other } };
  });
  const refused = (found: readonly Problem[]): Problem[] => [...problems, ...withMissingRow(found, entry, outline)];
  if (!result.ok) return { optimizer: null, problems: refused(result.problems) };
  const { rows, first, stepSchedule, observed } = result.value;
  const schedule = stepSchedule === null ? [] : [{ kind: 'schedule' as const, name: stepSchedule, span: entry.span }];
  const declarations = [...where.declarations, ...schedule];
  const { beforeFirst } = keys;
  const before = beforeFirst === null ? {} : { beforeFirst };
  const built = buildOptimizer({ id: entry.id, rows, first, declarations, notation, span: entry.span, ...before });
  if (!built.ok) return { optimizer: null, problems: refused(built.problems) };
  const optimizer = {
    ...built.value,
    ...(stepSchedule === null ? {} : { stepSchedule }),
    ...(observed === null ? {} : { observed }),
  };
  return { optimizer, problems };
}

/** The scope of a declared function's body: its formal letter is a number there. */
export function bodyScope(
  formal: string,
  declared: readonly Declaration[],
  notation: Notation,
  where: NameScope['where'],
  warnings: Problem[],
): NameScope {
  const names = new Map([
    ...declared.map(each => [each.name, roleOf(each)] as const),
    [formal, { kind: 'scalar' as const }],
  ]);
  return { notation, names, where, componentwiseVectors: false, warnings };
}

function readRows(
  entry: Entry,
  outline: Outline,
  declarations: readonly Declaration[],
  warnings: Problem[],
  chains: 'try' | 'apart' = 'try',
): { rows: Row[]; first: FirstIteration | null; stepSchedule: string | null } {
  const { notation } = outline;
  const names = new Map<string, NameRole>(declarations.map(each => [each.name, roleOf(each)]));
  const schedule = freeSchedule(entry, declarations);
  const scope: NameScope = {
    notation,
    names,
    where: 'optimizer',
    componentwiseVectors: true,
    warnings,
    stepSchedule: schedule,
    samples: new Set(),
  };
  const numbers = new Set(declarations.filter(({ kind }) => kind === 'scalar').map(({ name }) => name));
  const typed = withoutStatedDomains(
    withoutDraws(authorRows(entry, outline, numbers), notation),
    declarations,
    notation,
  );
  const method = methodRows(typed, notation, numbers);
  const chained = apartChains(apartFirstValues(method.rows, notation.parameters));
  if (chains === 'try' && chained.again.length > 0) {
    const read = attempt(() => readRows(entry, outline, declarations, warnings, 'apart'));
    if (read.ok) return read.value;
    const [differ] = read.problems.filter(({ code }) => code === 'sides-differ');
    if (differ) refuse(differ.code, differ.message, differ.span, differ.hint);
  }
  // A second relation that makes no chain is most likely a row that is not ended, and is told so.
  const { pieces, again } =
    chains === 'apart' ? chained : { pieces: apartFirstValues(method.rows, notation.parameters), again: [] };
  refuseUnlaid(pieces);
  nameAccented(pieces, names, notation);
  refuseUnmadeAccents(pieces, names, notation);
  refuseTwoLosses(pieces, names, notation);
  const open = withoutDeclaredSequences(
    pieces.map(piece => readLeft(piece, scope)),
    declarations,
    notation,
    warnings,
  );
  const first = firstIteration(pieces, notation) ?? method.first;
  if (
    notation.gradient !== undefined &&
    !open.some(({ left }) => left.kind === 'name' && left.name === notation.gradient)
  )
    names.set(notation.gradient, roleOfGradient(notation.gradient, pieces, notation));
  const scalars = scalarNames(open, notation);
  const declared = new Set(declarations.map(({ name }) => name));
  for (const { left, piece } of open) {
    if (left.kind === 'name' && declared.has(left.name))
      refuse(
        'declared-and-defined',
        `${left.name} is declared and has a row too`,
        piece.span,
        'Leave it out of `where`, if the row defines it.',
      );
  }
  const setRoles = (): void => {
    for (const { left } of open)
      if (left.kind === 'name') names.set(left.name, roleOfRow(left, scalars.has(left.name), open));
  };
  setRoles();
  // Each round finds at least one more number, so as many rounds as rows are enough.
  for (const _ of open) {
    const before = scalars.size;
    for (const name of numbersAmong(open, scalars, { ...scope, warnings: [] })) scalars.add(name);
    if (scalars.size === before) break;
    setRoles();
  }
  const rows = open.map(({ piece, left }) => readRow(piece, left, scope));
  for (const { at, piece } of again) {
    const [row, left] = [rows[at], open[at]?.left];
    if (row && left) refuseOtherSide(row, readRow(piece, left, scope), rows);
  }
  const isUsed = rows.some(({ right }) =>
    [...nodes(right)].some(node => node.kind === 'schedule' && node.name === schedule),
  );
  const started = withDeclaredStarts(withoutFirstAssignments(rows), declarations);
  return { rows: stepRows(started, notation, entry.span), first, stepSchedule: isUsed ? schedule : null };
}

/** A bracket that is open, an unknown command: where a side cannot be laid out its labels are not seen, and nothing else is told of the row. */
function refuseUnlaid(pieces: readonly Piece[]): void {
  for (const { left, right } of pieces) for (const side of [left, right]) layOut(side);
}

/** Names that the letters alone take for vectors, and whose rows are numbers: F(\theta) := E_n(\theta). */
function numbersAmong(open: readonly OpenRow[], scalars: ReadonlySet<string>, scope: NameScope): string[] {
  const named = open.filter((row): row is OpenRow & { left: NamedRow } => row.left.kind === 'name');
  const candidates = new Set(
    named.filter(({ left }) => componentsOf(left).length === 0 && !scalars.has(left.name)).map(({ left }) => left.name),
  );
  return [...candidates].filter(name =>
    named
      .filter(({ left }) => left.name === name)
      .every(({ left, piece }) => {
        if (isScheduleByFormula(left) || componentsOf(left).length > 0) return false;
        const side = attempt(() => readSide(piece.right, scopeOfRow(left, scope)));
        return side.ok && side.value.rank === 0 && ![...nodes(side.value.formula)].some(isComponent);
      }),
  );
}

const isComponent = (node: Formula): boolean => node.kind === 'index' && node.name === COMPONENT;

/** The scope of a row's right side: its argument is a point there. */
const scopeOfRow = (left: OpenRow['left'], scope: NameScope): NameScope => {
  if (left.kind !== 'name') return { ...scope, ofParameters: true };
  if (left.labels.length > 0 && left.labels.every(label => constantLabel(label) !== null))
    return { ...scope, ofStart: true };
  return left.argument !== null ? { ...scope, points: new Set([left.argument]) } : scope;
};

function readRow(piece: Piece, left: OpenRow['left'], scope: NameScope): Row {
  const span = piece.span;
  const argument = left.kind === 'name' ? left.argument : null;
  const read = labelSchedules(readRight(piece, scopeOfRow(left, scope)), scope);
  const right = argument === null ? read : markArgument(read);
  if (left.kind === 'parameters-update') return { kind: 'update', label: left.label, right, span } satisfies UpdateRow;
  const components = componentsOf(left);
  const [label, second] = isScheduleByFormula(left) ? [index(ITERATION)] : left.labels;
  if (components.length > 1 || second || components.some(name => name !== '#j')) {
    refuse(
      'left-side',
      'expected at most one component letter and one iteration label',
      piece.span,
      `The component letter is ${scope.notation.component}.`,
    );
  }
  return {
    kind: 'name',
    name: left.name,
    componentTyped: components.length > 0,
    label: label ?? null,
    right,
    span,
  } satisfies NameRow;
}

/** \gamma_n as a name with the label n, as the model has it. */
const labelSchedules = (formula: Formula, { names }: NameScope): Formula =>
  rewrite(formula, node => {
    if (node.kind !== 'quantity') return node;
    const role = names.get(node.name);
    const isSchedule = role?.kind === 'quantity' && role.indexSorts?.[0] === 'history';
    return isSchedule ? { ...node, indices: [], labels: node.indices } : node;
  });
