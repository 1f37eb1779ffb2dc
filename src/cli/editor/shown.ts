/** What an editor shows of claims: diagnostics, hovers and edits, in the terms of the Language Server Protocol. */
import type { CodeAction, Diagnostic, Location, Range, TextEdit } from 'vscode-languageserver/node.js';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { positionAt, type Span } from '../../base/span.ts';
import { conventionsOf } from '../../document/conventions.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { understoodLines } from '../../report/explain/understood.ts';
import type { ClaimReport, ProblemReport, SuggestionReport } from '../../report/verdicts/check-report.ts';
import { evidenceText } from '../../report/verdicts/evidence-text.ts';
import { levelOf } from '../../report/verdicts/findings.ts';
import { isExpectedProblem } from '../../report/verdicts/expected-problem.ts';
import type { LiveClaim, LiveState } from '../../session/live-check.ts';

// Severities of the protocol.
const SEVERITY = { error: 1, warning: 2, note: 3, pending: 4 } as const;

export const uriOf = (file: string): string => pathToFileURL(resolve(file)).href;

export function protocolRange({ source, start, end }: Span): Range {
  const at = (offset: number) => {
    const { line, column } = positionAt(source.text, offset);
    return { line: line - 1, character: column - 1 };
  };
  return { start: at(start), end: at(end) };
}

export const locationOf = (span: Span): Location => ({ uri: uriOf(span.source.name), range: protocolRange(span) });

/** Diagnostics by file: a verdict at every claim, and what is wrong besides. */
export function diagnosticsOf({ claims, problems }: LiveState): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  const put = (file: string, diagnostic: Diagnostic): void => {
    found.set(file, [...(found.get(file) ?? []), diagnostic]);
  };
  for (const { claim, report } of claims)
    put(claim.span.source.name, ofClaim(protocolRange(claim.span), claim.id, report));
  const reports = claims.flatMap(({ report }) => (report === null ? [] : [report]));
  for (const problem of problems ?? [])
    if (problem.file !== null && !isExpectedProblem(problem, reports)) put(problem.file, ofProblem(problem));
  return found;
}

function ofClaim(range: Range, id: string, report: ClaimReport | null): Diagnostic {
  const base = { range: firstLine(range), source: 'modeq' };
  if (report === null)
    return { ...base, severity: SEVERITY.pending, code: 'pending', message: `${id} is being judged …` };
  const { verdict, expect, message, suggestion } = report;
  const why = message ?? evidenceText(report);
  const sentences = [
    `${id} is ${verdict}${verdict === expect ? (expect === 'proved' ? '' : ' as expected') : `, expected ${expect}`}${why === '' ? '' : `: ${why}`}`,
    ...valuesOf(report),
    ...(suggestion === null ? [] : [`meant? ${suggestion.edit} (then ${suggestion.verdict})`]),
  ];
  return { ...base, severity: SEVERITY[levelOf(report)], code: verdict, message: sentences.join('\n') };
}

function valuesOf({ counterexample, sides = ['claimed', 'derived'] }: ClaimReport): string[] {
  const [example] = [counterexample].flat();
  if (!example) return [];
  return [`${sides[0]} ${example.claimed}, ${sides[1]} ${example.derived}`];
}

/** Long displays are marked in their first line only. */
const firstLine = ({ start, end }: Range): Range =>
  end.line === start.line ? { start, end } : { start, end: { line: start.line + 1, character: 0 } };

function ofProblem({ code, line, column, message, hint, severity, source }: ProblemReport): Diagnostic {
  const start = { line: (line ?? 1) - 1, character: (column ?? 1) - 1 };
  const length = source ? source.to - source.from : 1;
  return {
    range: { start, end: { line: start.line, character: start.character + Math.max(1, length) } },
    source: 'modeq',
    severity: SEVERITY[severity ?? 'error'],
    code,
    message: hint === null ? message : `${message}\nhint: ${hint}`,
  };
}

/** A claim as understood, the derived equation beside it, and the verdict. */
export function claimHover({ claim, report, trace }: LiveClaim): string {
  const parts: string[] = [];
  if (report !== null)
    parts.push(`**${claim.id}**: ${report.verdict}${report.message === null ? '' : ` — ${report.message}`}`);
  else parts.push(`**${claim.id}**`);
  if ('statements' in claim) {
    parts.push('as understood', fenced(understoodLines(claim, 90, claim.statements.length > 1).join('\n'), 'text'));
    const { counterpart } = trace ?? {};
    if (counterpart?.kind === 'derived') {
      const before = counterpart.before === null ? '' : `; ${counterpart.before}`;
      parts.push(`derived (${counterpart.caption}${before})`, fenced(counterpart.equations.join('\n\n'), 'latex'));
    } else if (counterpart?.kind === 'none') parts.push(`beside it: ${counterpart.reason}`);
  } else for (const { message, hint } of claim.problems) parts.push(hint ? `${message}\n\nhint: ${hint}` : message);
  return parts.join('\n\n');
}

export const optimizerHover = (optimizer: Optimizer): string =>
  [`**${optimizer.id}**, as understood`, ...conventionsOf(optimizer).map(each => `- ${each}`)].join('\n');

const fenced = (text: string, language: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** The repairs that were found for the claim. */
export function repairsOf({ claim, report }: LiveClaim, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return (report?.suggestions ?? []).map((suggestion, at) => ({
    title: `${claim.id}: ${suggestion.edit} (then ${suggestion.verdict})`,
    kind: 'quickfix',
    isPreferred: at === 0,
    diagnostics: diagnostics.filter(({ message }) => message.startsWith(`${claim.id} is `)),
    edit: { changes: { [uriOf(claim.span.source.name)]: editsOf(suggestion) } },
  }));
}

const editsOf = ({ replacements }: SuggestionReport): TextEdit[] =>
  replacements.map(({ line, column, endLine, endColumn, text }) => ({
    range: { start: { line: line - 1, character: column - 1 }, end: { line: endLine - 1, character: endColumn - 1 } },
    newText: text,
  }));
