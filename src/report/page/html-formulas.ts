/** The formula of a claim as typed, as understood, and what the update rule gives. */
import type { Excerpt } from '../data/claim-page.ts';
import type { Counterpart } from '../data/counterpart.ts';
import type { FullClaim } from '../data/full-report.ts';
import { html, type Html } from './html.ts';
import { badge } from './html-badge.ts';
import type { MathWriter } from './html-math.ts';

/** Derived equations that the page shows already, with the place of each. */
export type ShownEquations = Map<string, string>;

export function typedHtml({ page: { typed } }: FullClaim): Html {
  const lines = typed.line === typed.lastLine ? `line ${typed.line}` : `lines ${typed.line}–${typed.lastLine}`;
  const source = html`<pre class="typed"><code>${marked(typed)}</code></pre>`;
  // What could not be read is there to be seen; elsewhere the formula says more than its source.
  return typed.mistake === undefined
    ? html`<details class="source"><summary>As typed, ${lines}</summary>${source}</details>`
    : html`<h5>As typed <span class="place">${lines}</span></h5>${source}`;
}

/** The text with the word at which the mistake begins marked. */
function marked({ text, mistake }: Excerpt): Html {
  if (mistake === undefined) return html`${text}`;
  const word = /^(?:\\?[A-Za-z]+|\S|$)/.exec(text.slice(mistake))?.[0] ?? '';
  return html`${text.slice(0, mistake)}<mark>${word}</mark>${text.slice(mistake + word.length)}`;
}

export function understoodHtml({ page, statements }: FullClaim, math: MathWriter): Html | null {
  if (page.statements.length === 0) return null;
  const verdicts = new Map(statements.map(({ id, verdict }) => [id, verdict]));
  const rows = page.statements.map(({ id, latex, condition }) => {
    const verdict = verdicts.get(id);
    const label =
      page.statements.length === 1 ? null : html`<p class="statement">${id} ${verdict ? badge(verdict) : null}</p>`;
    const formula =
      latex === null ? html`<p>nested too deep to be written</p>` : math.display(latex, page.narrow[latex]);
    return html`${label}${formula}${condition === null ? null : html`<p class="condition">${math.inline(condition)}</p>`}`;
  });
  const facts = page.facts.map(
    ({ label, latex, text }) =>
      html`<div><dt>${label}</dt><dd>${latex === null ? math.sentence(text ?? '') : math.inline(latex)}</dd></div>`,
  );
  return html`<h5 class="understood">As understood</h5>
${rows}${page.definitions.map(each => math.display(each, page.narrow[each]))}
${facts.length === 0 ? null : html`<dl class="facts">${facts}</dl>`}`;
}

/** An equation that the page has shown before is folded away: the script copies it in when it is asked for. */
export function counterpartHtml(
  counterpart: Counterpart,
  anchor: string,
  math: MathWriter,
  shown: ShownEquations,
): Html {
  if (counterpart.kind === 'none')
    return html`<div class="counterpart"><h5>Derived counterpart</h5><p>${math.sentence(counterpart.reason)}</p></div>`;
  const { caption, equations, narrow = {}, range, before } = counterpart;
  const heading = html`<h5>Derived counterpart <span class="place">${caption}</span></h5>
${before === null ? null : html`<p class="condition">before it is compared: ${before}</p>`}`;
  const key = equations.join('\n');
  const known = shown.get(key);
  if (known !== undefined) {
    return html`<div class="counterpart">${heading}<details class="again" data-of="${known}"><summary>the same equation as another claim</summary><p><a href="#${known}">shown there</a></p></details></div>`;
  }
  const place = `${anchor}-derived`;
  shown.set(key, place);
  const validity = range === null ? null : html`<p class="condition">for ${math.inline(range)}</p>`;
  return html`<div class="counterpart">${heading}<div id="${place}">${equations.map(each => math.display(each, narrow[each]))}${validity}</div></div>`;
}
