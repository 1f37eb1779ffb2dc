/** A counterexample worked out in numbers, folded away: what the named quantities are there, and both sides term by term. */
import { html, type Html } from './html.ts';
import { numberHtml } from './html-number.ts';
import type { MathWriter } from './html-math.ts';
import type { WorkedPage, WorkedSidePage } from '../data/worked-page.ts';

export function workedHtml({ power, quantities, sides }: WorkedPage, math: MathWriter): Html {
  const what = power === null ? null : html`: the coefficient of ${math.inline(power)} term by term`;
  return html`<details class="worked"><summary>Worked out in numbers${what}</summary>
${quantities.length === 0 ? null : quantitiesHtml(quantities, power === null, math)}
${sides.map(side => sideHtml(side, math))}
</details>`;
}

function quantitiesHtml(quantities: WorkedPage['quantities'], isIdentity: boolean, math: MathWriter): Html {
  const rows = quantities.map(({ latex, claimed, derived, agrees }) => {
    const second = isIdentity
      ? null
      : html`<td>${numberHtml(derived ?? '–')}${agrees === false ? html` <strong>differs</strong>` : null}</td>`;
    return html`<tr><th scope="row">${math.inline(latex)}</th><td>${numberHtml(claimed ?? '–')}</td>${second}</tr>
`;
  });
  const heads = isIdentity
    ? html`<th scope="col">value</th>`
    : html`<th scope="col">claimed</th><th scope="col">derived</th>`;
  return html`<div class="scroll"><table class="sequence"><thead><tr><th scope="col">quantity</th>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function sideHtml({ name, terms, total }: WorkedSidePage, math: MathWriter): Html {
  const rows = terms.map(
    ({
      latex,
      value,
      isShared,
    }) => html`<tr><td>${numberHtml(value)}${isShared ? null : html` <strong>only here</strong>`}</td><th scope="row">${math.inline(latex)}</th></tr>
`,
  );
  return html`<div class="scroll"><table class="sequence"><thead><tr><th scope="col">${name}</th><th scope="col">term</th></tr></thead>
<tbody>${rows}<tr class="total"><td>${numberHtml(total)}</td><th scope="row">in all</th></tr></tbody></table></div>`;
}
