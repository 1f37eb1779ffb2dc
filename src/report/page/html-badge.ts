/** A verdict as a word with a sign, so that none is told by its colour alone, and whether it was expected. */
import type { Verdict } from '../../document/model.ts';
import { html, type Html } from './html.ts';

const SIGNS: Readonly<Record<Verdict, string>> = {
  proved: '✓',
  conditional: '⇒',
  supported: '≈',
  refuted: '✗',
  undecided: '?',
  unreadable: '!',
};

export const badge = (verdict: Verdict): Html =>
  html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]} </span>${verdict}</span>`;

/** The same in little, for lists. */
export const sign = (verdict: Verdict): Html =>
  html`<span class="sign ${verdict}" title="${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span><span class="unseen">${verdict}</span></span>`;

interface Outcome {
  readonly verdict: Verdict;
  readonly expect: Verdict;
}

/** `as expected` for a verdict that is expected and not a proof; what was expected where it is another. */
export function expectation({ verdict, expect }: Outcome): Html | null {
  if (verdict !== expect) return html` <strong class="unexpected">expected: ${expect}</strong>`;
  return verdict === 'proved' ? null : html` <span class="expected">as expected</span>`;
}
