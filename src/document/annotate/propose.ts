/**
 * The magic comments that a document without them might have: rules, equations of motion, modified losses, bounds and what they use, each
 * read by the reader itself before it is proposed, and all of them together in their places. Comments that are there stay.
 */
import type { Problem } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import type { Definition } from '../../formula/formula.ts';
import { oneLine } from '../../formula/one-line.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import { libraryOf } from '../library.ts';
import type { ModeqDocument } from '../model.ts';
import { readDocuments } from '../read/read-documents.ts';
import type { Follow } from '../scan/followed-files.ts';
import { findClaim, mayClaim, type Given, type ClaimSubject } from './claims.ts';
import { ranked } from './evidence.ts';
import { type FoundSeed, findFormulas } from './found.ts';
import { chooseLetters, type ChosenLetters } from './choose-letters.ts';
import { type RoleLetters, letterText } from './letters.ts';
import { editsIn, type Insertion, placed } from './place.ts';
import { madeIn } from './rows.ts';
import type { UpdateRuleFound } from './rules.ts';
import { type Proposal, tryReading } from './trial.ts';
import { editedLines, textOfLines } from './unified-diff.ts';
import { type Derives, unsure, type AnnotatedFile, worldOf } from './world.ts';

export interface Annotated {
  readonly insertions: readonly Insertion[];
  /** The files that get comments. */
  readonly sources: readonly Source[];
  readonly proposals: readonly Proposal[];
  readonly letters: RoleLetters;
  /** What was believed and what is ambiguous, what looks like a rule or an equation of motion and is not read. */
  readonly notes: readonly Problem[];
  /** Whether the document has optimizers or claims with comments of its own. */
  readonly isAnnotated: boolean;
}

/** Proposes comments for `root` and the files that it brings in. */
export function proposeComments(root: Source, follow: Follow | null, derives: Derives): Annotated {
  const cached = follow && remembering(follow);
  const world = worldOf(findFormulas(root, cached), derives);
  const existing = readDocuments([root], () => libraryOf([]), new MacroTable(), cached, false);
  const chosen = chooseLetters(world);
  const claimed = claimsOf(chosen, existing, world);
  const proposals = inTextOrder([...chosen.rules.map(({ proposal }) => [proposal]), ...claimed.groups]);
  const notes = [...chosen.notes, ...claimed.notes];
  const letters = new Map([...claimed.letters].filter(([role]) => !chosen.given.has(role)));
  const isAnnotated = world.document.outline.entries.length > 0;
  const whole = verified({ letters, proposals, notes }, root, cached);
  if (!isAnnotated || whole.insertions.length === 0) return { ...whole, isAnnotated };
  const [now] = existing;
  const then = patched(whole.insertions, root, cached);
  const stays = now !== undefined && then !== null && saysOf(now).every(each => saysOf(then).includes(each));
  if (stays) return { ...whole, isAnnotated };
  const note = unsure(
    `under the letters that the rest would need (${letterText(letters)}) what has comments already would be read in another way; nothing is proposed`,
    { source: root, start: 0, end: 0 },
    'Put the rules with these letters into a file of their own.',
  );
  return { insertions: [], sources: [], proposals: [], letters, notes: [...whole.notes, note], isAnnotated };
}

/** Every optimizer and claim of a document as it is read, in lines. */
function saysOf({ optimizers, claims, definitions }: ModeqDocument): string[] {
  return [
    ...optimizers.map(({ id, states, quantities, update }) =>
      [
        `optimizer ${id}`,
        ...states.map(({ name, right, initial }) => `${name}: ${oneLine(right)}, ${oneLine(initial)}`),
        ...bodies(quantities),
        oneLine(update),
      ].join('; '),
    ),
    ...claims.map(({ id, statements, definitions: own }) =>
      [
        `claim ${id}`,
        ...statements.map(({ left, right }) => `${oneLine(left)} = ${oneLine(right)}`),
        ...bodies(own),
      ].join('; '),
    ),
    ...definitions.map(({ id, definitions: own }) => [`definition ${id}`, ...bodies(own)].join('; ')),
  ];
}

const bodies = (definitions: readonly Definition[]): string[] =>
  definitions.map(({ name, body }) => `${name}: ${oneLine(body)}`);

/** So that a file is one source wherever it is met. */
function remembering(follow: Follow): Follow {
  const known = new Map<string, ReturnType<Follow>>();
  return (item, root) => {
    const found = follow(item, root);
    if (!found.ok) return found;
    const first = known.get(found.value.name) ?? found;
    known.set(found.value.name, first);
    return first;
  };
}

/** Claims after the rules, those that need nothing first, so that others may be given by them. */
function claimsOf(
  { letters: own, rules, ids, given }: ChosenLetters,
  existing: readonly ModeqDocument[],
  world: AnnotatedFile,
): { groups: Proposal[][]; notes: Problem[]; letters: RoleLetters } {
  const { formulas } = world.document;
  const used = new Set(rules.flatMap(({ proposal }) => proposal.formulas));
  const losses = new Set([own.get('loss') ?? 'E', ...ranked(world.evidence.losses)]);
  // What makes a loss comes first, so that an equation of motion with it can be given by it.
  const makesLoss = (formula: FoundSeed): boolean => madeIn(formula).some(({ core }) => losses.has(core));
  const open = formulas
    .filter(formula => mayClaim(formula, losses) && !used.has(formula))
    .sort((a, b) => Number(makesLoss(b)) - Number(makesLoss(a)));
  const subjects = [...existingSubjects(existing, formulas), ...rules.map(subjectOf)];
  if (open.length === 0 || subjects.length === 0) return { groups: [], notes: [], letters: own };
  const letters = withLettersOfMotion(own, given, world);
  const rereadable = letters === own || rules.every(rule => isReadAs(rule, letters, world));
  const chosen = rereadable ? letters : own;
  const groups = new Map<FoundSeed, Proposal[]>();
  const notes: Problem[] = [];
  const problems = new Map<FoundSeed, Problem>();
  let known: Given = { ids: new Map(), documents: existing, proposals: new Map() };
  for (let before = -1; before !== groups.size; ) {
    before = groups.size;
    for (const formula of open) {
      if (groups.has(formula)) continue;
      const found = findClaim(formula, subjects, chosen, known, ids, world);
      problems.delete(formula);
      if (found === null) continue;
      if ('problem' in found) {
        problems.set(formula, found.problem);
        continue;
      }
      for (const { id } of found.proposals) ids.take(id);
      groups.set(formula, [...found.proposals]);
      notes.push(...found.notes);
      known = withKnown(known, found.proposals);
    }
  }
  const defined = new Set([...known.ids.keys()]);
  const left = [...problems].filter(([formula]) => !defined.has(formula)).map(([, problem]) => problem);
  return { groups: [...groups.values()], notes: [...notes, ...left], letters: chosen };
}

const subjectOf = ({ proposal, optimizer, seed }: UpdateRuleFound): ClaimSubject => ({
  id: proposal.id,
  optimizer,
  at: seed.formula.at,
});

const existingSubjects = (existing: readonly ModeqDocument[], formulas: readonly FoundSeed[]): ClaimSubject[] =>
  existing.flatMap(({ optimizers }) =>
    optimizers.map(optimizer => ({
      id: optimizer.id,
      optimizer,
      at:
        formulas.find(({ span }) => span.start === optimizer.span.start && span.source === optimizer.span.source)?.at ??
        -1,
    })),
  );

/** The letters of the time, the components and the dimension as the equations of motion have them, where no row has another meaning for them. */
function withLettersOfMotion(
  letters: RoleLetters,
  given: RoleLetters,
  { evidence, document }: AnnotatedFile,
): RoleLetters {
  const taken = new Set(letters.values());
  const [time] = ranked(evidence.times);
  const [component] = ranked(evidence.components);
  const dimension = dimensionIn(document.outline.text, ranked(evidence.bounds));
  const more: (readonly ['time' | 'component' | 'dimension', string])[] = [];
  if (time !== undefined && time !== 't' && !taken.has(time) && !letters.has('time')) more.push(['time', time]);
  if (component !== undefined && component !== 'j' && !taken.has(component) && !letters.has('component'))
    more.push(['component', component]);
  if (dimension !== null && dimension !== 'p' && !taken.has(dimension)) more.push(['dimension', dimension]);
  const open = more.filter(([role]) => !given.has(role));
  return open.length === 0 ? letters : new Map([...letters, ...open]);
}

/** d of \mathbb R^d, where sums go up to it, or a usual letter of it. */
function dimensionIn(text: string, bounds: readonly string[]): string | null {
  const space = /\\(?:mathbb\s*\{?\s*)?R\s*\}?\s*\^\s*\{?\s*([A-Za-z])/.exec(text)?.[1];
  if (space !== undefined && bounds.includes(space)) return space;
  return bounds.find(letter => /^[dDpP]$/.test(letter)) ?? null;
}

const isReadAs = ({ proposal }: UpdateRuleFound, letters: RoleLetters, world: AnnotatedFile): boolean => {
  const context = { document: world.document, optimizers: new Map(), documents: [] };
  const trial = tryReading(letters, [proposal], context);
  return trial !== null && trial.problems.length === 0 && trial.document.optimizers.length === 1;
};

function withKnown(known: Given, proposals: readonly Proposal[]): Given {
  const main = proposals.at(-1);
  const ids = new Map(known.ids);
  const all = new Map(known.proposals);
  for (const each of proposals) for (const formula of each.formulas) if (!ids.has(formula)) ids.set(formula, each.id);
  for (const each of proposals) all.set(each.id, each === main ? proposals : [each]);
  return { ...known, ids, proposals: all };
}

const inTextOrder = (groups: readonly (readonly Proposal[])[]): Proposal[] =>
  [...groups].sort((a, b) => placeOf(a) - placeOf(b)).flat();

const placeOf = (group: readonly Proposal[]): number => group.at(-1)?.formulas[0]?.at ?? 0;

interface Whole {
  readonly letters: RoleLetters;
  readonly proposals: readonly Proposal[];
  readonly notes: readonly Problem[];
}

/** The proposals that the whole document with all of them still reads; the others are said. */
function verified(
  { letters, proposals, notes }: Whole,
  root: Source,
  follow: Follow | null,
): Omit<Annotated, 'isAnnotated'> {
  let kept = proposals;
  let said = notes;
  for (let round = 0; round <= proposals.length; round += 1) {
    const insertions = placed(letters, kept);
    const bad = insertions === null ? kept.slice(-1) : unreadIn(kept, insertions, root, follow);
    if (bad.length === 0 && insertions) {
      const sources = [...new Set(insertions.map(({ source }) => source))];
      return { insertions, sources, proposals: kept, letters, notes: said };
    }
    kept = kept.filter(each => !bad.includes(each));
    said = [
      ...said,
      ...bad.flatMap(({ kind, id, formulas: [first] }) =>
        first ? [unsure(`the ${kind} ${id} is read alone, but not in its place among the others`, first.span)] : [],
      ),
    ];
  }
  return { insertions: [], sources: [], proposals: [], letters, notes: said };
}

/** The proposals that are not read in the whole document; others may only be unread because of them. */
function unreadIn(
  proposals: readonly Proposal[],
  insertions: readonly Insertion[],
  root: Source,
  follow: Follow | null,
): Proposal[] {
  const document = patched(insertions, root, follow);
  if (!document) return [...proposals];
  const has = ({ kind, id }: Proposal): boolean => {
    if (kind === 'optimizer') return document.optimizers.some(each => each.id === id);
    return (kind === 'claim' ? document.claims : document.definitions).some(each => each.id === id);
  };
  const unread = proposals.filter(each => !has(each));
  const rules = unread.filter(({ kind }) => kind === 'optimizer');
  const definitions = unread.filter(({ kind }) => kind === 'definition');
  return rules.length > 0 ? rules : definitions.length > 0 ? definitions : unread;
}

/** The whole document as it would be read with the insertions. */
function patched(insertions: readonly Insertion[], root: Source, follow: Follow | null): ModeqDocument | null {
  const renewed = (source: Source): Source => ({
    name: source.name,
    text: textOfLines(editedLines(source.text, editsIn(source, insertions))),
  });
  const through: Follow | null =
    follow &&
    ((item, from) => {
      const found = follow(item, from);
      return found.ok ? { ok: true, value: renewed(found.value) } : found;
    });
  const [document] = readDocuments([renewed(root)], () => libraryOf([]), new MacroTable(), through, false);
  return document ?? null;
}
