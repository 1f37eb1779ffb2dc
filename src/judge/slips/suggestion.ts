/** A repair as a suggestion: where the text is edited, what it says then, and a sentence about it. */
import { positionAt, type Span } from '../../base/span.ts';
import type { Claim, Verdict } from '../../document/model.ts';
import { formalLabels, type StepLabels, withAuthorLabels } from '../../document/step-labels.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { writeDefinition, writeFormula } from '../../latex/write/write-formula.ts';
import type { Replacement, Suggestion } from '../verdict.ts';
import { type TextEdit, textEdit } from './edit-text.ts';
import type { Root } from './bodies.ts';
import type { Repair } from './repair.ts';
import type { Twin } from './twins.ts';

/** The formula that an edit belongs to, before and after all edits of the repair. */
interface Edited {
  readonly root: Root;
  readonly from: Formula;
  readonly to: Formula;
  readonly claim: Claim;
}

const isSameRoot = (one: Root, other: Root): boolean => JSON.stringify(one) === JSON.stringify(other);

function editedFormulas({ first, second }: Repair): Edited[] {
  if (!second) return [first];
  const { twin } = second;
  return isSameRoot(first.root, twin.root)
    ? [{ root: first.root, from: first.from, to: twin.to, claim: twin.claim }]
    : [first, twin];
}

const typed = (span: Span | null): string | null =>
  span === null ? null : span.source.text.slice(span.start, span.end).trim() || null;

/** The edits of the text: two apart from each other, or one of what holds both. */
function textEdits({ first, second }: Repair): TextEdit[] | null {
  const { notation } = first.claim;
  const one = textEdit(first.from, first.to, notation, countedIn(first));
  if (!second) return one && [one];
  const { twin, alone } = second;
  const other = alone && textEdit(alone.from, alone.to, notation, countedIn(alone));
  if (one && other && isApart(one.span, other.span)) return [one, other];
  const whole = isSameRoot(first.root, twin.root) ? textEdit(first.from, twin.to, notation, countedIn(first)) : null;
  return whole && [whole];
}

/** How the author counts where the edit was made; null where that is as the model does. */
function countedIn({ root, claim }: Pick<Edited, 'root' | 'claim'>): StepLabels | null {
  if (root.kind === 'statement') return claim.statements.find(({ id }) => id === root.id)?.counted ?? null;
  const definition = claim.definitions.find(({ name }) => name === root.name);
  const isFormal = definition !== undefined && (definition.labels.length > 0 || definition.indices.includes(ITERATION));
  return claim.counted === undefined ? null : isFormal ? formalLabels(claim.counted) : claim.counted;
}

const shown = (formula: Formula, at: Pick<Edited, 'root' | 'claim'>): string => {
  const labels = countedIn(at);
  return writeFormula(labels === null ? formula : withAuthorLabels(formula, labels), at.claim.notation, 'latex');
};

const isApart = (one: Span, other: Span): boolean =>
  one.source === other.source && (one.end < other.start || other.end < one.start);

export function suggestionOf(repair: Repair, verdict: Verdict): Suggestion {
  const found = textEdits(repair)?.sort((a, b) => a.span.start - b.span.start) ?? null;
  const twin = repair.first;
  const span = found?.[0]?.span ?? twin.span ?? twin.claim.span;
  const { line, column } = positionAt(span.source.text, span.start);
  const edit = found
    ? found.map(sentence).join(' and ')
    : [repair.first, ...(repair.second ? [repair.second.twin] : [])].map(withoutText).join(' and ');
  const formulas = editedFormulas(repair);
  const latex = formulas.map(each => corrected(each, found)).join(', ');
  const plain = formulas.map(each => corrected(each, null)).join(', ');
  return { latex, plain, line, column, edit, replacements: (found ?? []).map(replacementOf), verdict };
}

function replacementOf({ span, text }: TextEdit): Replacement {
  const { line, column } = positionAt(span.source.text, span.start);
  const end = positionAt(span.source.text, span.end);
  return { line, column, endLine: end.line, endColumn: end.column, text };
}

/** A letter alone says little: so much of what stands around it is shown. */
const SHORT = 4;
const LONG = 60;

/** What to do, in terms of the text as typed. */
function sentence({ span, text, around }: TextEdit): string {
  const { text: source } = span.source;
  const old = source.slice(span.start, span.end).trim();
  const by = text.trim();
  if (isSign(old) && isSign(by)) {
    const signed = source.slice(Math.max(span.end, around.start), around.end).trim();
    return `flip the sign of \`${signed.length <= LONG ? signed : excerpt(signed)}\``;
  }
  const isWide = around.end - around.start <= LONG && around.start <= span.start && around.end >= span.end;
  if ((old.length <= SHORT || by === '') && isWide && around.end - around.start > span.end - span.start) {
    const now = source.slice(around.start, span.start) + text + source.slice(span.end, around.end);
    return `replace \`${source.slice(around.start, around.end).trim()}\` by \`${now.trim()}\``;
  }
  if (by === '') return `drop \`${old}\``;
  if (old === '') return `insert \`${by}\` before \`${excerpt(source.slice(span.end))}\``;
  return `replace \`${old}\` by \`${by}\``;
}

const isSign = (text: string): boolean => text === '' || text === '+' || text === '-';

const EXCERPT = 24;

/** The beginning of a text, so that no command is cut. */
function excerpt(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT).replace(/\\[a-zA-Z]*$/, '')}…`;
}

/** Where the text does not show the part edited: a letter within a macro, a bound that was left out. */
function withoutText(twin: Twin): string {
  const { kind, before, after } = twin;
  const old = typed(before.span) ?? shown(before, twin);
  if (after === null) return `drop \`${old}\``;
  if (kind === 'sign') return `flip the sign of \`${old}\``;
  return `replace \`${old}\` by \`${shown(after, twin)}\``;
}

/** The corrected side or definition, as typed but for the edits. */
function corrected({ root, from, claim }: Edited, found: readonly TextEdit[] | null): string {
  const definition = root.kind === 'definition' ? claim.definitions.find(({ name }) => name === root.name) : undefined;
  const { span } = from;
  if (span && found) {
    const inside = found.filter(each => each.span.start >= span.start && each.span.end <= span.end);
    let text = span.source.text.slice(span.start, span.end);
    for (const { span: at, text: by } of inside.toReversed())
      text = text.slice(0, at.start - span.start) + by + text.slice(at.end - span.start);
    const head = definition ? writeDefinition(definition, claim.notation, 'latex').split(' := ', 1)[0] : null;
    return head === null ? text : `${head} := ${text}`;
  }
  if (definition) return writeDefinition(definition, claim.notation, 'latex');
  const statement = root.kind === 'statement' ? claim.statements.find(({ id }) => id === root.id) : undefined;
  if (!statement) return '';
  const side = root.kind === 'statement' && root.part === 'left' ? statement.left : statement.right;
  return shown(side, { root, claim });
}
