/** How a rule is understood, in formulas and in the sentences of `modeq read`, with the places of what is wrong. */
import { attempt, type Problem } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import { conventionsOf } from '../../document/conventions.ts';
import { unexpectedProblems } from '../../document/told.ts';
import type { Domain } from '../../formula/declaration.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { html, type Html } from '../../report/page/html.ts';
import type { MathWriter } from '../../report/page/html-math.ts';
import { whereText } from '../../report/write-up/model/declare.ts';
import { optimizerRows } from '../../report/write-up/sections/optimizer-section.ts';
import { printRows } from '../../report/write-up/print/print-row.ts';
import type { EngineReply, Mark, Parameter } from '../protocol.ts';
import type { ReadRule } from './read-rule.ts';

export function understoodReply(rule: ReadRule, width: number, math: MathWriter): EngineReply {
  const { document, optimizer, annotated, notes, source } = rule;
  const problems = unexpectedProblems(document);
  return {
    kind: 'understood',
    html: html`${problemsHtml([...problems, ...(optimizer === null ? notes : [])], math)}
${optimizer === null ? nothingHtml(problems.length > 0) : optimizerHtml(optimizer, width, math)}`.text,
    marks: annotated === null ? marksOf(problems, source) : [],
    optimizers: document.optimizers.map(({ id }) => id),
    chosen: optimizer?.id ?? null,
    parameters: optimizer === null ? [] : parametersOf(optimizer, math),
    annotated,
  };
}

/** The places of the problems in this text. */
export const marksOf = (problems: readonly Problem[], source: Source): Mark[] =>
  problems.flatMap(({ span, severity, message, hint }) =>
    span === undefined || span.source.text !== source.text
      ? []
      : [
          {
            from: span.start,
            to: Math.max(span.end, span.start + 1),
            severity: severity ?? 'error',
            message: hint === undefined ? message : `${message}. ${hint}`,
          },
        ],
  );

/** The problems as a list; nothing where there are none. */
export const problemsHtml = (problems: readonly Problem[], math: MathWriter): Html | null =>
  problems.length === 0
    ? null
    : html`<ul class="problems">${problems.map(
        ({ message, hint, code }) =>
          html`<li>${math.sentence(message)} <code class="place">${code}</code>${hint === undefined ? null : html`<br>${math.sentence(hint)}`}</li>`,
      )}</ul>`;

const nothingHtml = (hasProblems: boolean): Html =>
  hasProblems
    ? html``
    : html`<p class="note">No update rule is found here. Type its rows in a display, \\[ … \\] or \\begin{align} … \\end{align}.</p>`;

function optimizerHtml(optimizer: Optimizer, width: number, math: MathWriter): Html {
  const rows = attempt(() => printRows(optimizerRows(optimizer), optimizer.notation, { width }));
  const where = optimizer.declarations.flatMap(each => whereText(each, optimizer.notation) ?? []);
  const display = rows.ok ? `\\begin{aligned}\n${rows.value.flat().join(' \\\\\n')}\n\\end{aligned}` : null;
  return html`${display === null ? null : math.display(display)}
${where.length === 0 ? null : html`<p class="condition">where ${math.inline(where.join(', \\; '))}</p>`}
<ul class="conventions">${conventionsOf(optimizer).map(sentence => html`<li>${math.sentence(sentence)}</li>`)}</ul>`;
}

/** The scalars of the rule. */
function parametersOf({ declarations }: Optimizer, math: MathWriter): Parameter[] {
  const scalars = declarations.flatMap(each => (each.kind === 'scalar' ? [each] : []));
  const bounded = scalars.filter(({ domain }) => domain.lower !== null && domain.upper !== null);
  return scalars.map(each => ({
    name: each.name,
    label: math.inline(each.name).text,
    ...rangeOf(each.name, each.domain, bounded.indexOf(each)),
  }));
}

/** What is small beside the squared gradient. */
const SMALL = /^\\(?:var)?epsilon|^\\delta/;

/** Each further one of the `at` bounded ones remembers ten times longer: 0.9, 0.99, …. */
function rangeOf(name: string, { lower, upper }: Domain, at: number): Omit<Parameter, 'name' | 'label'> {
  const least = lower?.toNumber() ?? null;
  const most = upper?.toNumber() ?? null;
  if (least !== null && most !== null) {
    const inside = (most - least) / 1000;
    return {
      least: least + inside,
      most: most - inside,
      scale: 'linear',
      usual: least + (1 - 10 ** -Math.min(3, at + 1)) * (most - least),
    };
  }
  if (SMALL.test(name)) return { least: 1e-10, most: 1, scale: 'log', usual: 1e-6 };
  return { least: 1e-4, most: 10, scale: 'log', usual: 0.1 };
}
