/** Equations of motion, modified losses and bounds, with the definitions that they use, as claims about the rules that were found. */
import { comparesSides } from '../../notation/kinds.ts';
import type { Problem } from '../../base/problem.ts';
import { spellName } from '../../latex/layout/item.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Claim, ModeqDocument } from '../model.ts';
import { assemble, type Assembled, draftOf, type DraftProposal, type Supply, written } from './assemble.ts';
import { type FoundSeed, itemsOf } from './found.ts';
import { slugOf, type Ids } from './ids.ts';
import type { RoleLetters } from './letters.ts';
import { isFirstValue, isFlow, type Made } from './rows.ts';
import type { Proposal } from './trial.ts';
import { makersOf, unsure, type AnnotatedFile } from './world.ts';

/** An optimizer that claims may be about, and where it stands among the formulas. */
export interface ClaimSubject {
  readonly id: string;
  readonly optimizer: Optimizer;
  readonly at: number;
}

export interface FoundClaim {
  readonly formula: FoundSeed;
  /** The claim, and before it the definitions that it is given by. */
  readonly proposals: readonly Proposal[];
  readonly notes: readonly Problem[];
}

/** Whether the display may state something of an optimizer. */
export function mayClaim({ kind, isFree, pieces }: FoundSeed, losses: ReadonlySet<string>): boolean {
  if (kind !== 'display' || !isFree) return false;
  return pieces.some(found => {
    const { left, right, piece } = found;
    if (isFlow(found) || piece.remainder !== null) return true;
    const [first, second] = left;
    if (first?.kind === 'group' && first.delimiter === 'norm')
      return piece.relation === '\\le' || piece.relation === '<';
    const isName = first?.kind === 'name' && (second === undefined || second.kind === 'group');
    return isName && right.some(item => item.kind === 'name' && losses.has(item.name.core));
  });
}

const says = (claim: Claim): boolean =>
  claim.statements.some(each => !comparesSides(each) && (each.kind !== 'map' || each.remainder !== null));

/** What claims may lean on: definitions and claims by the formula that holds them. */
export interface Given {
  readonly ids: ReadonlyMap<FoundSeed, string>;
  readonly documents: readonly ModeqDocument[];
  /** The proposals behind the ids. */
  readonly proposals: ReadonlyMap<string, readonly Proposal[]>;
}

/** So many optimizers are tried for a claim, the nearest first. */
const MOST_SUBJECTS = 3;

/** The claim that the display makes; null where it makes none, a problem where it seems to make one that is not read. */
export function findClaim(
  formula: FoundSeed,
  subjects: readonly ClaimSubject[],
  letters: RoleLetters,
  given: Given,
  ids: Ids,
  world: AnnotatedFile,
): FoundClaim | { readonly problem: Problem } | null {
  const id = ids.of(formula, formula.pieces.some(isFlow) ? 'flow' : 'statement');
  const before = subjects.filter(({ at }) => at < formula.at).sort((a, b) => b.at - a.at);
  const behind = subjects.filter(({ at }) => at > formula.at);
  const ordered = [...before, ...behind].slice(0, MOST_SUBJECTS);
  let first: Problem | null = null;
  const readable: { readonly subject: ClaimSubject; readonly found: Extract<Assembled, { ok: true }> }[] = [];
  for (const subject of ordered) {
    const found = about(subject, formula, id, letters, given, world);
    if (!found.ok) first ??= found.problem;
    else if (found.trial.document.claims.some(claim => claim.id === id && says(claim)))
      readable.push({ subject, found });
  }
  const [best, ...others] = readable;
  if (!best) return first !== null && formula.pieces.some(isFlow) ? { problem: first } : null;
  ids.take(id);
  const notes = [...best.found.notes];
  if (others.length > 0) {
    const names = others.map(({ subject }) => subject.id).join(', ');
    notes.push(
      unsure(
        `it can be read as a claim about ${best.subject.id}, the rule before it, and as one about ${names}; the first is proposed`,
        formula.span,
        `Change about=${best.subject.id} where that is not meant.`,
      ),
    );
  }
  const { draft } = best.found;
  return { formula, proposals: [...draft.before.filter(each => !given.proposals.has(each.id)), written(draft)], notes };
}

/** The claim about one subject; with the limit that the words before the display speak of, where it is read with it. */
function about(
  subject: ClaimSubject,
  formula: FoundSeed,
  id: string,
  letters: RoleLetters,
  given: Given,
  world: AnnotatedFile,
): Assembled {
  const plain = (): Assembled => aboutUnder([], subject, formula, id, letters, given, world);
  if (!speaksOfLimit(formula)) return plain();
  const found = aboutUnder(['limit=large-n'], subject, formula, id, letters, given, world);
  if (!found.ok) return plain();
  const note = unsure('the words before it speak of many steps; limit=large-n is proposed', formula.span);
  return { ...found, notes: [...found.notes, note] };
}

/** How far before a display its words are looked at. */
const WORDS_BEFORE = 600;

const MANY_STEPS =
  /\\(?:to|rightarrow)\s*\\infty|\blarge\s+(?:number|\$?[a-z]\$?(?![a-z]))|\bmany (?:steps|iterations)/i;

/** Words behind a display that go on with its sentence. */
const GOES_ON =
  /^(?:[A-Za-z]+\*?\})?[\s.,;]*(?:that is|i\.\s?e\.|which|or,? equivalently|equivalently|and|hence|so that|or)\b/;

/** Whether the sentence before the display speaks of n → ∞, also where another display stands in it. */
function speaksOfLimit({ span }: FoundSeed): boolean {
  const text = span.source.text.slice(Math.max(0, span.start - WORDS_BEFORE), span.start);
  const paragraph = text.split(/\n[ \t]*\n/).at(-1) ?? '';
  const parts = paragraph.split(/\\(?:begin|end)\s*\{|(?<!\\)\\[[\]]|\$\$/);
  let last = parts.length - 1;
  // Back over the display before and what stands before that.
  while (last > 1 && GOES_ON.test(parts[last] ?? '')) last -= 2;
  return parts.slice(Math.max(0, last)).some(part => MANY_STEPS.test(part));
}

function aboutUnder(
  more: readonly string[],
  { id: subject, optimizer }: ClaimSubject,
  formula: FoundSeed,
  id: string,
  letters: RoleLetters,
  given: Given,
  world: AnnotatedFile,
): Assembled {
  const proposal: Proposal = {
    kind: 'claim',
    id,
    keys: [`about=${subject}`, ...more],
    wheres: [],
    formulas: [formula],
  };
  const context = {
    document: world.document,
    optimizers: new Map([[subject, optimizer]]),
    documents: given.documents,
  };
  const supply: Supply = ({ base, full }, draft) => {
    const makers = [base, full].flatMap(name =>
      makersOf(name, formula, world, made => isDefinition(made, letters)).filter(each => each !== formula),
    );
    for (const maker of makers) {
      const known = given.ids.get(maker);
      if (known !== undefined) {
        const before = given.proposals.get(known) ?? [];
        if (!givenOf(draft).includes(known)) return withGiven(draft, known, before);
        continue;
      }
      const own = `${id}-${slugOf(base)}`;
      if (givenOf(draft).includes(own)) continue;
      const definition: Proposal = {
        kind: 'definition',
        id: own,
        keys: [`about=${subject}`],
        wheres: [],
        formulas: [maker],
      };
      return withGiven(draft, own, [definition]);
    }
    return null;
  };
  const plain = draftOf(letters, proposal);
  const full = withModifiedLosses(plain, formula, letters, supply);
  const found = assemble(full, supply, context, world);
  return found.ok || full === plain ? found : assemble(plain, supply, context, world);
}

/** \tilde f of -\nabla\tilde f(x) is the plain loss to the reader, unless what defines it is given. */
function withModifiedLosses(
  plain: DraftProposal,
  formula: FoundSeed,
  letters: RoleLetters,
  supply: Supply,
): DraftProposal {
  const loss = letters.get('loss') ?? 'E';
  let draft = plain;
  for (const { left, right, piece } of formula.pieces) {
    for (const item of itemsOf([...left, ...right])) {
      if (item.kind !== 'name' || item.name.core !== loss || item.name.accents.length === 0) continue;
      const base = spellName(item.name);
      const problem = { code: 'undefined-name', message: base, span: piece.span };
      const found = supply({ base, full: base, item, isApplied: false, problem }, draft);
      if (found !== null && found !== 'elsewhere') draft = found;
    }
  }
  return draft;
}

/** Whether the row defines a name: no usual value of a number, no next iterate. */
const isDefinition = (made: Made, letters: RoleLetters): boolean =>
  !isFirstValue(made) &&
  ![...itemsOf(made.found.right)].some(item => item.kind === 'name' && spellName(item.name) === made.name) &&
  made.core !== letters.get('parameters') &&
  made.found.right.some(item => item.kind !== 'number' && item.kind !== 'operator');

const GIVEN = 'given=';
const givenOf = ({ proposal }: DraftProposal): string[] =>
  (proposal.keys.find(key => key.startsWith(GIVEN)) ?? GIVEN)
    .slice(GIVEN.length)
    .split(/[{},]+/)
    .filter(Boolean);

function withGiven(draft: DraftProposal, id: string, before: readonly Proposal[]): DraftProposal {
  const ids = [...givenOf(draft), id];
  const keys = [
    ...draft.proposal.keys.filter(key => !key.startsWith(GIVEN)),
    `${GIVEN}${ids.length > 1 ? `{${ids.join(',')}}` : id}`,
  ];
  const known = new Set(draft.before.map(each => each.id));
  return {
    ...draft,
    before: [...draft.before, ...before.filter(each => !known.has(each.id))],
    proposal: { ...draft.proposal, keys },
  };
}
