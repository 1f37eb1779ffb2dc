/** A typed claim judged: its verdict with what speaks for and against it as HTML, and the repairs as edits of what is typed. */
import { Derivations } from '../../derivation/derive.ts';
import { isToldElsewhere } from '../../document/told.ts';
import { libraryOf } from '../../document/library.ts';
import type { Claim, UnreadableClaim } from '../../document/model.ts';
import { readDocuments } from '../../document/read/read-documents.ts';
import { type DocumentIndex, documentIndexOf } from '../../judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../judge/claim-task.ts';
import { judgeClaim } from '../../judge/judge-claim.ts';
import { claimsOf } from '../../judge/judge-documents.ts';
import { Equations } from '../../judge/prove/engine.ts';
import { engineOf } from '../../judge/prove/standard-engine.ts';
import type { Replacement } from '../../judge/verdict.ts';
import { claimPage } from '../../report/data/claim-page.ts';
import { claimTrace } from '../../report/data/claim-trace.ts';
import { Counterparts } from '../../report/data/counterpart.ts';
import { claimReport } from '../../report/verdicts/claim-report.ts';
import { type Html, html, joinHtml } from '../../report/page/html.ts';
import { badge } from '../../report/page/html-badge.ts';
import type { MathWriter } from '../../report/page/html-math.ts';
import type { EngineReply, EquationChoice, PageEdit } from '../protocol.ts';
import { verdictHtml } from './claim-html.ts';
import type { ReadRule } from './read-rule.ts';
import { marksOf, problemsHtml } from './understood.ts';

const ID = 'typed-claim';

export function claimReply(
  rule: ReadRule,
  typed: string,
  choice: EquationChoice,
  seconds: number,
  math: MathWriter,
): EngineReply {
  const [before, behind] = completion(typed, rule.optimizer?.id ?? null, choice);
  const front = `${rule.source.text}\n\n${before}`;
  const source = { name: rule.source.name, text: `${front}${typed}${behind}` };
  const documents = readDocuments([source], () => libraryOf([]));
  const claims = claimsOf(documents).filter(({ claim }) => claim.span.start >= front.length - before.length);
  const outside = documents.flatMap(({ problems }) => problems).filter(({ span }) => (span?.end ?? 0) > front.length);
  const judged: Judged[] = [];
  for (const { claim, document } of claims) {
    const firstRepair = judged.reduce((sum, { repairs }) => sum + repairs.length, 0);
    const library = documentIndexOf(document, documents);
    judged.push('statements' in claim ? judge(claim, library, seconds, firstRepair, math) : unread(claim, math));
  }
  const problems = [
    ...outside,
    ...claims.flatMap(({ claim }) =>
      'problems' in claim ? claim.problems.filter(each => !isToldElsewhere(each)) : [],
    ),
  ];
  const nothing = html`<p class="note">There is no claim here: type a formula, or a display behind <code>% !modeq claim ID</code>.</p>`;
  const shown = [
    ...(outside.length === 0 ? [] : [problemsHtml(outside, math) ?? html``]),
    ...judged.map(each => each.html),
    ...(claims.length === 0 && outside.length === 0 ? [nothing] : []),
  ];
  return {
    kind: 'judged',
    html: joinHtml(shown).text,
    verdict: judged.map(({ verdict }) => verdict).join(' '),
    marks: marksOf(problems, source).map(mark => ({
      ...mark,
      from: mark.from - front.length,
      to: mark.to - front.length,
    })),
    repairs: judged.flatMap(({ repairs }) => repairs.map(each => editsOf(each, source.text, front.length))),
  };
}

/** What a bare formula is put between: the comment that its tab means, and the marks of a display. */
function completion(typed: string, about: string | null, choice: EquationChoice): readonly [string, string] {
  if (typed.includes('!modeq')) return ['', '\n'];
  const { setting, limit, regime } = choice;
  const keys = [
    ...(about === null ? [] : [`about=${about}`]),
    ...(setting === 'full-batch' ? ['setting=full-batch'] : []),
    ...(limit === null ? [] : [`limit=${limit}`]),
    ...(regime === null ? [] : [`regime=${regime}`]),
  ];
  const comment = `% !modeq claim ${[ID, ...keys].join(' ')}`;
  if (/\\begin\s*\{(?:align|equation|gather|multline|eqnarray|flalign)|\\\[|\$\$/.test(typed))
    return [`${comment}\n`, '\n'];
  if (/^\s*\$[^$\n]*\$\s*$/.test(typed)) return [`${comment}: `, '\n'];
  return [`${comment}\n\\[\n`, '\n\\]\n'];
}

interface Judged {
  readonly html: Html;
  readonly verdict: string;
  readonly repairs: readonly (readonly Replacement[])[];
}

function judge(claim: Claim, library: DocumentIndex, seconds: number, firstRepair: number, math: MathWriter): Judged {
  const derivations = new Derivations();
  const engine = engineOf(derivations);
  const context = { library, engine, equations: new Equations(engine) };
  const verdict = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, timeout: seconds });
  const counterpart = new Counterparts(derivations).of(claim, library);
  const full = {
    ...claimReport(verdict),
    page: claimPage(claim, [...library.optimizers.values()]),
    trace: claimTrace(verdict, counterpart, library, derivations),
  };
  const repairs = verdict.suggestions.map(({ replacements }) => replacements).filter(each => each.length > 0);
  return { html: verdictHtml(full, firstRepair, math), verdict: verdict.verdict, repairs };
}

const unread = (claim: UnreadableClaim, math: MathWriter): Judged => ({
  html: html`<article class="claim" data-verdict="unreadable"><p>${badge('unreadable')}</p>
${problemsHtml(claim.problems, math)}</article>`,
  verdict: 'unreadable',
  repairs: [],
});

/** Edits by line and column of the whole text as edits of the typed claim. */
function editsOf(replacements: readonly Replacement[], text: string, front: number): PageEdit[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1 - front;
  return replacements.map(({ line, column, endLine, endColumn, text: inserted }) => ({
    from: offset(line, column),
    to: offset(endLine, endColumn),
    text: inserted,
  }));
}
