/** A counterexample in HTML: the instance, what is claimed there and what holds, and the instance to evaluate oneself. */
import { hasOneLoss } from '../../notation/settings.ts';
import { type ShownLetters, USUAL_LETTERS } from '../../document/shown-letters.ts';
import { integerText, USUAL_SIDES, type Wording } from '../verdicts/counterexample-text.ts';
import type { ClaimReport, CounterexampleReport } from '../verdicts/check-report.ts';
import { isSequence } from '../verdicts/evidence-text.ts';
import { html, type Html } from './html.ts';
import type { MathWriter } from './html-math.ts';
import { lossLatex, numberHtml, pairHtml } from './html-number.ts';
import { GREEK_NAMES } from '../text/greek.ts';
import { workedHtml } from './html-worked.ts';
import { placeInFile } from '../verdicts/place-of.ts';
import type { WorkedPage } from '../data/worked-page.ts';

/** The instance or the sequence of instances. */
export function counterexampleHtml(
  example: NonNullable<ClaimReport['counterexample']>,
  { letters = USUAL_LETTERS, sides = USUAL_SIDES }: Wording,
  figure: string | null,
  worked: readonly WorkedPage[],
  math: MathWriter,
): Html {
  const members = isSequence(example) ? example : [example];
  const [first, ...others] = members;
  if (first === undefined) return html``;
  const last = members.at(-1) ?? first;
  const where = first.component === null ? '' : `, component ${first.component}`;
  return html`<div class="counterexample">
<h5>Counterexample</h5>
<dl class="facts">${pointFacts(first, others.length > 0, letters, math)}</dl>
<p>The ${math.condition(first.quantity)}${where}:</p>
${others.length === 0 ? pair(first, sides) : sequenceTable(members, letters, sides)}
${figure === null ? null : figureHtml(figure)}
${worked.map(each => workedHtml(each, math))}
<details><summary>The ${others.length === 0 ? '' : 'last '}instance for <code>modeq eval --instance</code></summary>
<pre><code>${JSON.stringify(instanceOf(last), null, 2)}</code></pre></details>
</div>`;
}

/** Without what is no part of the instance. */
function instanceOf({ claimed, derived, quantity, component, along, ...instance }: CounterexampleReport): object {
  return instance;
}

function pointFacts(
  example: CounterexampleReport,
  isFirstOfMany: boolean,
  letters: ShownLetters,
  math: MathWriter,
): Html[] {
  const { n, theta, dimension, losses, earlierLosses, hyperparameters, functions, schedules, symbols } = example;
  const facts: Html[] = [];
  const put = (name: Html, value: Html): void => void facts.push(html`<div><dt>${name} =</dt><dd>${value}</dd></div>`);
  const add = (name: Html, value: string): void => put(name, html`<code>${numberHtml(value)}</code>`);
  const addLoss = (name: Html, value: string): void => {
    const latex = lossLatex(value, letters.parameters);
    put(name, latex === null ? html`<code>${value}</code>` : math.inline(latex));
  };
  if (n !== undefined && !isFirstOfMany)
    add(math.inline(letters.iteration), integerText(typeof n === 'number' ? n + letters.first : n));
  if (dimension !== undefined) add(math.inline(letters.dimension), integerText(dimension));
  if (dimension === undefined && Array.isArray(theta))
    add(math.inline(`\\boldsymbol{${letters.parameters}}`), `(${theta.join(', ')})`);
  for (const record of [hyperparameters, symbols, schedules, functions])
    for (const [name, value] of entries(record)) add(letter(name, math), value);
  if (Array.isArray(losses)) {
    const single = losses.length === 1 && example.setting !== undefined && hasOneLoss(example.setting);
    const numbered = (at: number): string => `${letters.loss}_{${at + letters.losses}}`;
    if (Array.isArray(earlierLosses))
      earlierLosses.forEach((loss, at) => void addLoss(math.inline(numbered(-1 - at)), String(loss)));
    losses.forEach((loss, at) => void addLoss(math.inline(single ? letters.loss : numbered(at)), String(loss)));
  }
  return facts;
}

const entries = (record: unknown): [string, string][] =>
  typeof record === 'object' && record !== null
    ? Object.entries(record).map(([name, value]) => [
        name,
        Array.isArray(value) ? `(${value.join(', ')})` : String(value),
      ])
    : [];

/** `beta_1` as β₁; other names as they stand. */
function letter(name: string, math: MathWriter): Html {
  const [, base, below] = /^([A-Za-z]+)(?:_([A-Za-z0-9]+))?$/.exec(name) ?? [];
  if (base === undefined || !(base.length === 1 || GREEK_NAMES.has(base))) return html`<code>${name}</code>`;
  return math.inline(
    `${base.length === 1 ? base : `\\${base === 'epsilon' ? 'varepsilon' : base}`}${below === undefined ? '' : `_{${below}}`}`,
  );
}

function pair({ claimed, derived }: CounterexampleReport, [left, right]: readonly [string, string]): Html {
  const [one, other] = pairHtml(claimed, derived);
  return html`<dl class="values">
<div class="claimed"><dt>${left}</dt><dd>${one}</dd></div>
<div class="derived"><dt>${right}</dt><dd>${other}</dd></div>
</dl>`;
}

function sequenceTable(
  members: readonly CounterexampleReport[],
  letters: ShownLetters,
  [left, right]: readonly [string, string],
): Html {
  const rows = members.map(
    member => html`<tr><th scope="row">${placeInFile(member, letters)}</th><td>${numberHtml(member.claimed)}</td><td>${numberHtml(member.derived)}</td></tr>
`,
  );
  return html`<div class="scroll"><table class="sequence">
<thead><tr><th scope="col">along</th><th scope="col">${left}</th><th scope="col">${right}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** As a picture, so that nothing in it can be run; the table beside it has the same numbers. */
const figureHtml = (svg: string): Html =>
  html`<img class="figure" alt="claimed and derived values along the sequence, as in the table" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
