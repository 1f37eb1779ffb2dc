/** One claim as an article: its verdict first, then what speaks against it, the formula in three forms, how it was judged. */
import type { FullClaim } from '../data/full-report.ts';
import { html, type Html } from './html.ts';
import { badge, expectation } from './html-badge.ts';
import { counterexampleHtml } from './html-counterexample.ts';
import { evidenceHtml, stepsHtml } from './html-evidence.ts';
import { counterpartHtml, type ShownEquations, typedHtml, understoodHtml } from './html-formulas.ts';
import { slipHtml } from './html-slip.ts';
import type { MathWriter } from './html-math.ts';
import type { WorkedPage } from '../data/worked-page.ts';

/** Whether nothing in it calls for a look: a proof, as expected. */
export const isFolded = ({ verdict, expect }: FullClaim): boolean =>
  verdict === expect && (verdict === 'proved' || verdict === 'conditional');

/** The article; `anchor` is its id in the page. A proof that was expected is folded to its verdict. */
export function claimHtml(claim: FullClaim, anchor: string, math: MathWriter, shown: ShownEquations): Html {
  const { id, verdict } = claim;
  const head = html`<h4 id="${anchor}-title">${id}</h4> ${badge(verdict)}${expectation(claim)} <span class="about">${aboutHtml(claim)}</span>`;
  const body = bodyHtml(claim, anchor, math, shown);
  return html`<article class="claim" id="${anchor}" aria-labelledby="${anchor}-title" data-verdict="${verdict}" data-expected="${verdict === claim.expect ? 'yes' : 'no'}">
${isFolded(claim) ? html`<details class="fold"><summary>${head}</summary>${body}</details>` : html`<header>${head}</header>${body}`}
</article>
`;
}

function bodyHtml(claim: FullClaim, anchor: string, math: MathWriter, shown: ShownEquations): Html {
  const { id, counterexample, trace } = claim;
  return html`<p class="permalink"><a href="#${anchor}" aria-label="Link to claim ${id}">#</a></p>
${messageHtml(claim, math)}
${counterexample === null ? null : counterexampleHtml(counterexample, claim, claim.figure ?? null, workedOf(claim), math)}
${suggestionHtml(claim, math)}
${understoodHtml(claim, math)}
${typedHtml(claim)}
${trace === null ? null : counterpartHtml(trace.counterpart, anchor, math, shown)}
${evidenceHtml(claim, math)}
${stepsHtml(claim, math)}`;
}

/** The first refuted statement's example is the claim's. */
const workedOf = ({ trace }: FullClaim): WorkedPage[] =>
  (trace?.statements ?? []).flatMap(({ worked }) => (worked === null ? [] : [worked])).slice(0, 1);

/** `about adam · mini-batch · order 1 · paper.tex:12`. */
function aboutHtml({ about, setting, order, page }: FullClaim): Html[] {
  const facts = [
    ...(about === null ? [] : [html`about <b>${about}</b>`]),
    ...(setting === null ? [] : [html`${setting}`]),
    ...(order === null ? [] : [html`order ${order}`]),
    html`${page.typed.file.split('/').at(-1) ?? ''}:${page.typed.line}`,
  ];
  return facts.map((fact, at) => (at === 0 ? fact : html` · ${fact}`));
}

/** The reason for the verdict; a counterexample says more than the message that sums it up. Notes change no verdict. */
function messageHtml({ verdict, message, counterexample, notes }: FullClaim, math: MathWriter): Html[] {
  const kind = verdict === 'proved' || verdict === 'conditional' ? 'note' : 'message';
  const reason =
    message === null || counterexample !== null ? [] : [html`<p class="${kind}">${math.sentence(message)}</p>`];
  return [...reason, ...notes.map(note => html`<p class="note">${math.sentence(note)}</p>`)];
}

function suggestionHtml({ suggestion, suggestions, page }: FullClaim, math: MathWriter): Html | null {
  if (suggestion === null) return null;
  const { line, column, edit, verdict } = suggestion;
  const others = suggestions.slice(1);
  const items = others.map(
    other =>
      html`<li>line ${other.line}, column ${other.column}: ${math.sentence(other.edit)} (then ${other.verdict})</li>`,
  );
  return html`<div class="suggestion"><h5>Meant?</h5>
<p><span class="place">${page.typed.file}:${line}:${column}</span>: ${math.sentence(edit)} (then ${badge(verdict)})</p>
${slipHtml(page, suggestion, math) ?? math.display(suggestion.plain)}
${others.length === 0 ? null : html`<details><summary>${others.length} other ${others.length === 1 ? 'edit' : 'edits'}</summary><ul>${items}</ul></details>`}
</div>`;
}
