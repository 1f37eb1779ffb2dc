/** One claim in the LaTeX report. */
import type { CounterexampleReport } from '../verdicts/check-report.ts';
import type { Counterpart } from '../data/counterpart.ts';
import { counterexampleLines } from '../verdicts/counterexample-text.ts';
import { isSequence } from '../verdicts/evidence-text.ts';
import type { FullClaim } from '../data/full-report.ts';
import { BETWEEN_SENTENCES, READ_AS } from '../data/claim-page.ts';
import { isFormula } from '../page/is-formula.ts';
import { latexCode, latexText } from '../text/latex-text.ts';
import { isOneFormula, type SentencePart, sentenceParts } from '../text/sentence.ts';

/**
 * The section; `shown` holds the derived equations, definitions and sentences that were printed already, with the claim that has them. A proof that was
 * expected is printed in short: the formula as understood and what it rests on; the data and the page have the rest.
 */
export function claimLatex(claim: FullClaim, shown: Map<string, string>): string {
  return claim.verdict === claim.expect && (claim.verdict === 'proved' || claim.verdict === 'conditional')
    ? shortLatex(claim, shown)
    : wholeLatex(claim, shown);
}

function shortLatex(claim: FullClaim, shown: Map<string, string>): string {
  const { id, verdict, message, notes, page, evidence: found, assumptions, excluded } = claim;
  const rests = [
    ...(found === null || found.instances === 0
      ? []
      : [`${found.instances} instances agree at ${found.digits} digits`]),
    ...(assumptions.length === 0 ? [] : [`under ${assumptions.map(condition).join('; ')}`]),
    ...(excluded.length === 0 ? [] : [`except ${excluded.map(condition).join('; ')}`]),
  ];
  return [
    `\\shorthead{${latexText(id)}}{${verdict}}{${factsText(claim)}}`,
    ...[message, ...notes].flatMap(note =>
      note === null || page.facts.some(({ text }) => text?.includes(note))
        ? []
        : [`{\\footnotesize ${sentence(note)}\\par}`],
    ),
    ...understood(claim, shown, rests),
  ].join('\n');
}

const factsText = ({ about, setting, order, page }: FullClaim): string =>
  latexText(
    [
      ...(about === null ? [] : [`about ${about}`]),
      ...(setting === null ? [] : [setting]),
      ...(order === null ? [] : [`order ${order}`]),
      `${page.typed.file.split('/').at(-1) ?? ''}:${page.typed.line}`,
    ].join(', '),
  );

function wholeLatex(claim: FullClaim, shown: Map<string, string>): string {
  const { id, verdict, expect, page, message, counterexample, suggestion, notes } = claim;
  const expected = verdict === expect ? (verdict === 'proved' ? '' : ', as expected') : `, expected: ${expect}`;
  return [
    `\\claimhead{${latexText(id)}}{${verdict}${expected}}`,
    `{\\footnotesize ${factsText(claim)}\\par}`,
    ...(message !== null && counterexample === null ? [`${sentence(message)}\\par`] : []),
    ...notes.map(note => `${sentence(note)}\\par`),
    ...(counterexample === null ? [] : ['\\claimpart{Counterexample}', ...example(counterexample, claim)]),
    ...(suggestion === null
      ? []
      : [
          '\\claimpart{Meant?}',
          `{\\raggedright Line ${suggestion.line}, column ${suggestion.column}: ${sentence(suggestion.edit)} (then ${suggestion.verdict})\\par}`,
        ]),
    '\\claimpart{As typed}',
    typed(page.typed.text),
    '\\claimpart{As understood}',
    ...understood(claim, shown),
    ...(claim.trace === null ? [] : counterpart(claim.trace.counterpart, id, shown)),
    ...evidence(claim),
  ].join('\n');
}

/** Source lines in small type, indented as they are. */
function typed(text: string): string {
  const lines = text.split('\n').map(line => {
    const indent = line.length - line.trimStart().length;
    return `\\hangindent=${indent + 2}em\\hangafter=1\\hspace*{${indent / 2}em}${latexCode(line.trim())}\\par`;
  });
  return `{\\scriptsize\\raggedright\\parskip=0pt\n${lines.join('\n')}\n}`;
}

/** Longer formulas are more than LaTeX can hold at once; the data has them. */
const LONGEST = 20_000;

const display = (latex: string): string =>
  latex.length > LONGEST ? 'too long to be printed\\par' : `\\noindent\\fitted{${latex}}\\par`;

/** The formulas, then in small type what they are about and `rests`. */
function understood({ page, id }: FullClaim, shown: Map<string, string>, rests: readonly string[] = []): string[] {
  if (page.statements.length === 0) return ['nothing\\par'];
  const statements = page.statements.flatMap(({ latex, condition }) => [
    latex === null ? 'nested too deep to be written\\par' : display(latex),
    ...(condition === null ? [] : [`$${condition}$\\par`]),
  ]);
  const facts = page.facts.map(({ label, latex, text }) => {
    if (latex !== null) return `${latexText(label)}: $${latex}$`;
    return `${latexText(label)}: ${sentence(label === READ_AS ? saidOnce(text ?? '', shown, id) : (text ?? ''))}`;
  });
  const key = page.definitions.join('\n');
  const known = shown.get(key);
  if (page.definitions.length > 0 && known === undefined) shown.set(key, id);
  const small = [...(known === undefined ? [] : [`with the quantities of ${latexCode(known)}`]), ...facts, ...rests];
  return [
    ...statements,
    ...(known === undefined ? page.definitions.map(display) : []),
    ...(small.length === 0 ? [] : [`{\\footnotesize ${small.join('; ')}.\\par}`]),
  ];
}

/** What the claim is about, and of the other sentences those that no claim before it has. */
function saidOnce(text: string, shown: Map<string, string>, id: string): string {
  const isNew = (each: string): boolean => {
    const known = shown.has(each);
    if (!known) shown.set(each, id);
    return !known;
  };
  return text
    .split(BETWEEN_SENTENCES)
    .filter((each, at) => at === 0 || isNew(each))
    .join(BETWEEN_SENTENCES);
}

function counterpart(part: Counterpart, id: string, shown: Map<string, string>): string[] {
  const head = '\\claimpart{Derived counterpart}';
  if (part.kind === 'none') return [head, `${sentence(part.reason)}\\par`];
  const before =
    part.before === null
      ? [`${latexText(part.caption)}\\par`]
      : [`${latexText(part.caption)}; before it is compared: ${latexText(part.before)}\\par`];
  const key = part.equations.join('\n');
  const known = shown.get(key);
  if (known !== undefined) return [head, ...before, `the same equation as for ${latexCode(known)}\\par`];
  shown.set(key, id);
  return [head, ...before, ...part.equations.map(display)];
}

function example(counterexample: NonNullable<FullClaim['counterexample']>, claim: FullClaim): string[] {
  const members: readonly CounterexampleReport[] = isSequence(counterexample) ? counterexample : [counterexample];
  return members.flatMap(member =>
    counterexampleLines(member, 100, claim).map(line => `{\\footnotesize ${latexCode(line.trim())}\\par}`),
  );
}

function evidence({ evidence: found, assumptions, excluded, trace }: FullClaim): string[] {
  const lines = [
    ...(found === null || found.instances === 0
      ? []
      : [`${found.instances} independent instances agree at ${found.digits} digits`]),
    ...(assumptions.length === 0 ? [] : [`under ${assumptions.map(condition).join('; ')}`]),
    ...(excluded.length === 0 ? [] : [`except ${excluded.map(condition).join('; ')}`]),
    ...(trace?.statements ?? []).flatMap(({ id, verdict, steps }) =>
      steps.length === 0 ? [] : [`${latexCode(id)}, ${verdict}: ${steps.map(sentence).join('; ')}`],
    ),
  ];
  return lines.length === 0 ? [] : ['\\claimpart{Evidence}', ...lines.map(line => `${line}.\\par`)];
}

const formula = (latex: string): string => (isFormula(latex) ? `$${latex}$` : latexCode(latex));

const condition = (text: string): string => (isOneFormula(text) ? formula(text) : sentence(text));

const sentence = (text: string): string => sentenceParts(text).map(partLatex).join('');

function partLatex({ kind, text }: SentencePart): string {
  switch (kind) {
    case 'words':
      return latexText(text);
    case 'code':
      return latexCode(text);
    case 'formula':
      return formula(text);
  }
}
