/** Brings a proposal together: what the reader misses is added until it reads it, or nothing more is found. */
import type { Problem } from '../../base/problem.ts';
import type { FoundSeed } from './found.ts';
import type { RoleLetters } from './letters.ts';
import { declarationsOf, type Missing, missingIn } from './repair.ts';
import { type Proposal, type Trial, type TrialContext, tryReading } from './trial.ts';
import type { AnnotatedFile } from './world.ts';

type Choice = ReturnType<typeof declarationsOf>[number];

/** What is proposed so far. */
export interface DraftProposal {
  readonly letters: RoleLetters;
  readonly proposal: Proposal;
  /** Proposals that it leans on, as definitions; they stand before it. */
  readonly before: readonly Proposal[];
  /** Declarations by name, the first of each list is in use. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
}

export const draftOf = (letters: RoleLetters, proposal: Proposal): DraftProposal => ({
  letters,
  proposal,
  before: [],
  choices: new Map(),
});

/**
 * A way to supply what is missing, tried before a declaration; null where there is none, `elsewhere` where the document makes it in
 * a place that cannot be used, so that a declaration would be wrong.
 */
export type Supply = (missing: Missing, draft: DraftProposal) => DraftProposal | 'elsewhere' | null;

export type Assembled =
  | { readonly ok: true; readonly draft: DraftProposal; readonly trial: Trial; readonly notes: readonly Problem[] }
  | { readonly ok: false; readonly problem: Problem };

const MOST_ROUNDS = 24;

/** The draft with everything that the reader asks for, or the first thing that could not be supplied. */
export function assemble(start: DraftProposal, supply: Supply, context: TrialContext, world: AnnotatedFile): Assembled {
  let draft = start;
  let last: Problem | null = null;
  for (let round = 0; round < MOST_ROUNDS && world.budget.left > 0; round += 1) {
    world.budget.left -= 1;
    const trial = tryReading(draft.letters, [...draft.before, written(draft)], context);
    if (trial === null) break;
    const [first] = trial.problems;
    if (!first) return { ok: true, draft, trial, notes: notesOf(draft) };
    const { problem } = first;
    const missing = missingIn(first, world);
    const next = missing ? (tryNext(missing, draft, supply, world) ?? otherChoice(draft)) : otherChoice(draft);
    if (next === null) return { ok: false, problem };
    draft = next;
    last = problem;
  }
  return { ok: false, problem: last ?? tooMuch(start.proposal.formulas) };
}

const tooMuch = ([first]: readonly FoundSeed[]): Problem => ({
  code: 'annotate-unsure',
  message: 'this formula was not tried: too many others were',
  severity: 'warning',
  ...(first ? { span: first.span } : {}),
});

/** The proposal with its declarations. */
export function written({ proposal, choices }: DraftProposal): Proposal {
  const wheres = [...choices.values()].flatMap(([first]) => (first ? [first.where] : []));
  return { ...proposal, wheres: [...proposal.wheres, ...wheres] };
}

const notesOf = ({ choices }: DraftProposal): Problem[] =>
  [...choices.values()].flatMap(([first]) => first?.note ?? []);

function tryNext(missing: Missing, draft: DraftProposal, supply: Supply, world: AnnotatedFile): DraftProposal | null {
  const known = draft.choices.get(missing.full);
  if (known) return withChoice(draft, missing.full, known.slice(1));
  // What the text declares is no row: `\beta \in (0,1)` beats `\beta = 0.9`.
  const isStated = world.stated.has(missing.full) || (missing.isApplied && world.functions.has(missing.full));
  const supplied = isStated ? null : supply(missing, draft);
  if (supplied === 'elsewhere') return null;
  if (supplied) return supplied;
  return withChoice(draft, missing.full, declarationsOf(missing, draft.proposal, draft.letters, world));
}

const withChoice = (draft: DraftProposal, name: string, choices: readonly Choice[]): DraftProposal | null =>
  choices.length === 0 ? null : { ...draft, choices: new Map([...draft.choices, [name, choices]]) };

/** Another meaning of the name declared last that has one left. */
function otherChoice(draft: DraftProposal): DraftProposal | null {
  const open = [...draft.choices].reverse().find(([, choices]) => choices.length > 1);
  return open ? withChoice(draft, open[0], open[1].slice(1)) : null;
}
