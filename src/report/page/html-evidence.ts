/** What a verdict rests on, and the steps to it. */
import type { Verdict } from '../../document/model.ts';
import { plural } from '../verdicts/evidence-text.ts';
import type { FullClaim } from '../data/full-report.ts';
import { html, type Html } from './html.ts';
import { badge } from './html-badge.ts';
import type { MathWriter } from './html-math.ts';
import { isOneFormula } from '../text/sentence.ts';

const BASIS: Readonly<Record<Verdict, string>> = {
  proved: 'proved exactly, for everything that the assumptions allow',
  conditional: 'the formal identity is proved; the rest follows from a theorem under the hypotheses named here',
  supported: 'no proof; the numbers agree',
  refuted: 'refuted by the counterexample',
  undecided: 'neither proved nor refuted',
  unreadable: 'not understood, so not judged',
};

export function evidenceHtml({ verdict, trace, evidence, assumptions, excluded }: FullClaim, math: MathWriter): Html {
  const lines: Html[] = [html`<li>${BASIS[verdict]}</li>`];
  const found = trace?.evidence ?? null;
  if (evidence !== null && evidence.instances > 0) {
    const seed = found === null ? null : `, seed ${found.seed}`;
    lines.push(
      html`<li>${plural(evidence.instances, 'independent instance')} agree${evidence.instances === 1 ? 's' : ''} at ${evidence.digits} digits${seed}</li>`,
    );
  }
  if (found !== null && found.skipped + found.degenerate > 0) {
    lines.push(
      html`<li>not counted: ${plural(found.skipped, 'instance')} without a value, ${found.degenerate} where both sides vanish</li>`,
    );
  }
  if (found !== null && found.followed > 0) {
    lines.push(
      html`<li>the equation was followed beside the optimizer itself, in power series of the step, from ${found.followed} points</li>`,
    );
  }
  const formulas = assumptions.filter(isOneFormula);
  if (formulas.length > 0) lines.push(html`<li>under ${list(formulas, math)}</li>`);
  for (const text of assumptions.filter(each => !isOneFormula(each))) lines.push(html`<li>${math.sentence(text)}</li>`);
  if (excluded.length > 0) lines.push(html`<li>where ${list(excluded, math)}</li>`);
  return html`<h5 class="evidence-title">Evidence</h5><ul class="evidence">${lines}</ul>`;
}

const list = (texts: readonly string[], math: MathWriter): Html[] =>
  texts.map((text, at) => html`${at === 0 ? null : '; '}${math.condition(text)}`);

/** Folded away; nothing where there are none. */
export function stepsHtml({ trace }: FullClaim, math: MathWriter): Html | null {
  const parts = (trace?.statements ?? []).filter(({ steps, message }) => steps.length > 0 || message !== null);
  if (parts.length === 0) return null;
  const shown = parts.map(({ id, verdict, steps, message }) => {
    const items = steps.map(step => html`<li>${math.sentence(step)}</li>`);
    return html`<p class="statement">${id} ${badge(verdict)}</p>
${items.length === 0 ? null : html`<ol>${items}</ol>`}${message === null ? null : html`<p>${math.sentence(message)}</p>`}
`;
  });
  return html`<details class="steps"><summary>Steps</summary>
${shown}</details>`;
}
