/** The typed rule read as a document; one without magic comments gets those that `modeq annotate` would propose. */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import type { Problem } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import { deriveModifiedEquation } from '../../derivation/derive.ts';
import { editsIn } from '../../document/annotate/place.ts';
import { proposeComments } from '../../document/annotate/propose.ts';
import { editedLines, textOfLines } from '../../document/annotate/unified-diff.ts';
import { libraryOf } from '../../document/library.ts';
import type { ModeqDocument } from '../../document/model.ts';
import { readDocuments } from '../../document/read/read-documents.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { TypedRule } from '../protocol.ts';

export interface ReadRule {
  /** What was read: the typed text, or the one with the proposed comments. */
  readonly source: Source;
  readonly document: ModeqDocument;
  readonly optimizer: Optimizer | null;
  /** The text with proposed comments; null where the typed one was read. */
  readonly annotated: string | null;
  /** What the proposal is unsure of. */
  readonly notes: readonly Problem[];
}

const NAME = 'rule.tex';
/** Work for the equation that a proposed rule must have; what takes longer is not held against it. */
const STEPS = 300_000;

let last: { readonly rule: TypedRule; readonly read: ReadRule } | null = null;

/** The rule; the same one is not read twice. */
export function readRule(rule: TypedRule): ReadRule {
  if (last?.rule.text === rule.text && last.rule.optimizer === rule.optimizer) return last.read;
  const read = readAnew(rule);
  last = { rule, read };
  return read;
}

function readAnew({ text, optimizer }: TypedRule): ReadRule {
  const typed = { name: NAME, text };
  const document = documentOf(typed);
  if (text.includes('!modeq') || text.trim() === '')
    return { source: typed, document, optimizer: chosen(document, optimizer), annotated: null, notes: [] };
  const { insertions, notes } = proposeComments(typed, null, derives);
  if (insertions.length === 0)
    return { source: typed, document, optimizer: chosen(document, optimizer), annotated: null, notes };
  const annotated = textOfLines(editedLines(text, editsIn(typed, insertions)));
  const source = { name: NAME, text: annotated };
  const proposed = documentOf(source);
  return { source, document: proposed, optimizer: chosen(proposed, optimizer), annotated, notes };
}

function documentOf(source: Source): ModeqDocument {
  const [document] = readDocuments([source], () => libraryOf([]));
  if (document === undefined) throw new Error('one source makes one document');
  return document;
}

/** The optimizer with this id, or the last one of the text. */
const chosen = ({ optimizers }: ModeqDocument, id: string | null): Optimizer | null =>
  optimizers.find(each => each.id === id) ?? optimizers.at(-1) ?? null;

/** Why no equation of order one is derived; null where it is. */
function derives(optimizer: Optimizer): string | null {
  try {
    const budget = new Budget(STEPS);
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch', budget });
    return derived.ok ? null : (derived.problems[0]?.message ?? 'no reason is known');
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}
