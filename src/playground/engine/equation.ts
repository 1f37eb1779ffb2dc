/** The derived equation as HTML: the equation, its further forms, and the quantities that it names, each folded away. */
import { attempt, type Result } from '../../base/problem.ts';
import { REGIMES } from '../../notation/regimes.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { deriveTheorem, type TheoremRequest } from '../../report/theorem/derive-theorem.ts';
import { rowsLatex } from '../../report/theorem/equation-latex.ts';
import { rateText } from '../../report/theorem/rate-text.ts';
import { theoremLatex } from '../../report/theorem/theorem-latex.ts';
import {
  printDefinitions,
  type PrintedEquation,
  printEquation,
  printFurther,
  printModifiedLoss,
  printRange,
  type Theorem,
} from '../../report/theorem/theorem-parts.ts';
import { typedTheorem } from '../../report/theorem/typed-theorem.ts';
import { html, type Html } from '../../report/page/html.ts';
import type { MathWriter } from '../../report/page/html-math.ts';
import type { EngineReply, EquationChoice } from '../protocol.ts';
import { problemsHtml } from './understood.ts';

export function equationReply(
  optimizer: Optimizer,
  choice: EquationChoice,
  width: number,
  math: MathWriter,
): EngineReply {
  const derived = deriveTheorem(optimizer, requestOf(choice));
  const shown = derived.ok ? printed(typedTheorem(derived.value), width, math) : derived;
  if (!shown.ok) return { kind: 'refused', html: html`${problemsHtml(shown.problems, math)}`.text };
  return { kind: 'equation', ...shown.value, order: choice.order };
}

function requestOf({ setting, order, form, limit, regime }: EquationChoice): TheoremRequest {
  return { setting, order, form, limit, regime: REGIMES.find(each => each === regime) ?? null };
}

/** What cannot be written is a problem, as what cannot be derived. */
const printed = (theorem: Theorem, width: number, math: MathWriter): Result<{ html: string; latex: string }> =>
  attempt(() => ({ html: theoremHtml(theorem, width, math).text, latex: theoremLatex(theorem) }));

function theoremHtml(theorem: Theorem, width: number, math: MathWriter): Html {
  const { notation } = theorem.optimizer;
  const margins = { width, indent: 2 };
  const show = (equation: PrintedEquation): Html => math.display(rowsLatex(equation));
  const further = printFurther(theorem, notation, 'latex', margins);
  const loss = printModifiedLoss(theorem, notation, 'latex', margins);
  const range = printRange(theorem, notation, 'latex');
  const definitions = printDefinitions(theorem, notation, 'latex', margins);
  const names = printDefinitions(theorem, notation, 'text', margins).map(({ left }) => left.text);
  const rate = theorem.rate ? rateText(theorem.rate) : null;
  const notes = [...(rate === null ? [] : [rate]), ...(theorem.notes ?? [])];
  return html`<div class="equation">${show(printEquation(theorem, notation, 'latex', margins))}</div>
${range === null ? null : html`<p class="condition">for ${math.inline(range.text)}</p>`}
${further.length === 0 ? null : html`<h4>The same in other words</h4>${further.map(show)}`}
${loss === null ? null : html`<h4>Modified loss</h4>${show(loss)}`}
${definitions.length === 0 ? null : definitionsHtml(definitions, names, math)}
${notes.map(note => html`<p class="note">${math.sentence(note)}</p>`)}`;
}

/** `names` are what the quantities are called aloud. */
const definitionsHtml = (definitions: readonly PrintedEquation[], names: readonly string[], math: MathWriter): Html =>
  html`<h4>Named quantities</h4>
${definitions.map(
  (definition, at) =>
    html`<details class="quantity"><summary><span class="aloud">${names[at] ?? ''}</span><span aria-hidden="true">${math.inline(definition.left.text)}</span></summary>${math.display(rowsLatex(definition))}</details>`,
)}`;
