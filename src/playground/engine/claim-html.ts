/** A verdict as HTML, in the pieces of the report: what is said first, the counterexample, the repair, then how it was judged. */
import type { FullClaim } from '../../report/data/full-report.ts';
import { html, type Html } from '../../report/page/html.ts';
import { badge } from '../../report/page/html-badge.ts';
import { counterexampleHtml } from '../../report/page/html-counterexample.ts';
import { evidenceHtml, stepsHtml } from '../../report/page/html-evidence.ts';
import { counterpartHtml, understoodHtml } from '../../report/page/html-formulas.ts';
import type { MathWriter } from '../../report/page/html-math.ts';

/** The article of one claim. A repair that can be made has a button with its number, the first one `firstRepair`. */
export function verdictHtml(claim: FullClaim, firstRepair: number, math: MathWriter): Html {
  const { verdict, about, setting, order, counterexample, message, notes, trace } = claim;
  const worked = (trace?.statements ?? []).flatMap(({ worked: each }) => (each === null ? [] : [each])).slice(0, 1);
  const subject = [...(about === null ? [] : [`about ${about}`]), setting, `order ${order}`].filter(
    each => each !== null,
  );
  return html`<article class="claim" data-verdict="${verdict}">
<p class="verdict">${badge(verdict)} <span class="about">${subject.join(' · ')}</span></p>
${message === null || counterexample !== null ? null : html`<p class="message">${math.sentence(message)}</p>`}
${notes.map(note => html`<p class="note">${math.sentence(note)}</p>`)}
${counterexample === null ? null : counterexampleHtml(counterexample, claim, null, worked, math)}
${repairsHtml(claim, firstRepair, math)}
<details class="how"><summary>As understood, what the rule gives, evidence</summary>
${understoodHtml(claim, math)}
${trace === null ? null : counterpartHtml(trace.counterpart, 'claim', math, new Map())}
${evidenceHtml(claim, math)}
${stepsHtml(claim, math)}
</details>
</article>`;
}

function repairsHtml({ suggestions }: FullClaim, firstRepair: number, math: MathWriter): Html | null {
  let number = firstRepair;
  const [first, ...others] = suggestions.map(suggestion => {
    const { edit, verdict, replacements } = suggestion;
    const button =
      replacements.length === 0 ? null : html`<button type="button" data-repair="${number++}">Repair</button>`;
    return { suggestion, shown: html`<p>${math.sentence(edit)} (then ${badge(verdict)}) ${button}</p>` };
  });
  if (first === undefined) return null;
  return html`<div class="suggestion"><h5>Meant?</h5>
${first.shown}
${math.display(first.suggestion.plain)}
${others.length === 0 ? null : html`<details><summary>${others.length} other ${others.length === 1 ? 'edit' : 'edits'}</summary>${others.map(({ shown }) => shown)}</details>`}
</div>`;
}
