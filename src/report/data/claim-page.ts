/**
 * What a report shows of a claim besides its verdict: the text as typed, the formula as understood, the keys that change
 * what it says. Plain data that survives structured cloning; it decides nothing.
 */
import { attempt } from '../../base/problem.ts';
import { positionAt, type Span } from '../../base/span.ts';
import { claimConventions, conditionSentence } from '../../document/conventions.ts';
import { shownChanges } from '../../document/changes.ts';
import type { Claim, Condition, Statement, UnreadableClaim } from '../../document/model.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { regimeFacts } from '../../notation/regimes.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { sectionAbove } from './headings.ts';
import { macrosIn } from './macros-in.ts';
import {
  definitionLatex,
  NARROW,
  type NarrowFormulas,
  narrowFormulas,
  type PageMargins,
  rowsLatex,
  sidesLatex,
  WIDE,
} from '../theorem/equation-latex.ts';

/** A stretch of a document. */
export interface Excerpt {
  readonly file: string;
  /** Both from 1, the last one inclusive (of what is shown). */
  readonly line: number;
  readonly lastLine: number;
  /** As typed, without the indentation that all its lines share. */
  readonly text: string;
  /** How many columns of indentation were left out of every line. */
  readonly indent: number;
  /** Where in `text` a mistake begins, counted from 0. */
  readonly mistake?: number;
}

/** One line of a page: what it is, and a formula (LaTeX for a display) or plain words. */
export interface Fact {
  readonly label: string;
  readonly latex: string | null;
  readonly text: string | null;
}

/** A statement as understood, its condition apart; null where it is too deep to be written. */
export interface StatementPage {
  readonly id: string;
  readonly latex: string | null;
  readonly condition: string | null;
}

export interface ClaimPage {
  readonly typed: Excerpt;
  /** The author's own commands that the text uses, as they are defined in its file. */
  readonly macros: Readonly<Record<string, string>>;
  /** The heading above it; null where its file has none. */
  readonly section: string | null;
  readonly statements: readonly StatementPage[];
  /** Names that the claim defines, each as `LEFT := RIGHT`. */
  readonly definitions: readonly string[];
  /** The statements and definitions for a narrow screen, by their LaTeX. */
  readonly narrow: NarrowFormulas;
  /** Keys of the magic comment that change what is said: a limit, a regime, what is given. */
  readonly facts: readonly Fact[];
}

/** The fact that says how a claim was read, and what stands between its sentences. */
export const READ_AS = 'read as';
export const BETWEEN_SENTENCES = '; ';

/** The page of a claim, which may be about one of the optimizers; an unreadable one has its text only. */
export function claimPage(claim: Claim | UnreadableClaim, optimizers: readonly Optimizer[] = []): ClaimPage {
  const typed = excerpt(claim.span, 'problems' in claim ? claim.problems[0]?.span : undefined);
  const section = sectionAbove(claim.span.source, claim.span.start);
  const macros = macrosIn(typed.text, claim.span);
  if (!('statements' in claim))
    return { typed, macros, section, statements: [], definitions: [], narrow: {}, facts: [] };
  const { notation } = claim;
  const formulas = (margins: PageMargins): string[] => [
    ...claim.statements.flatMap(each => written(() => rowsLatex(sidesLatex(each, notation, margins), margins))),
    ...definitionsLatex(claim, margins),
  ];
  const statements = claim.statements.map(statement => statementPage(statement, claim));
  // A condition that is shown below its statement is not said again.
  const said = new Set(
    claim.statements.flatMap(({ condition }, at) =>
      condition !== null && statements[at]?.condition !== null ? [conditionSentence(condition)] : [],
    ),
  );
  const optimizer = optimizers.find(({ id }) => id === claim.about) ?? null;
  return {
    typed,
    macros,
    section,
    statements,
    definitions: definitionsLatex(claim, WIDE),
    narrow: narrowFormulas(formulas(WIDE), formulas(NARROW)),
    facts: [
      ...factsOf(claim),
      {
        label: READ_AS,
        latex: null,
        text: claimConventions(claim, optimizer)
          .filter(sentence => !said.has(sentence))
          .join(BETWEEN_SENTENCES),
      },
    ],
  };
}

const definitionsLatex = ({ definitions, notation }: Claim, margins: PageMargins): string[] =>
  definitions.flatMap(definition => written(() => definitionLatex(definition, notation, margins)));

/** More of a text is not shown. */
const LONGEST = 20_000;

/** The text at a place; what is longer than is sensible on a page is cut off. */
export function excerpt({ source, start, end }: Span, mistake?: Span): Excerpt {
  const { line, column } = positionAt(source.text, start);
  const raw = source.text.slice(start, Math.min(end, start + LONGEST)).replaceAll('\t', ' ');
  const lines = `${' '.repeat(column - 1)}${raw}`.split('\n');
  const margins = lines.filter(each => each.trim() !== '').map(marginOf);
  const shared = margins.reduce((least, each) => Math.min(least, each), column - 1);
  const cutOff = (each: string): number => Math.min(shared, marginOf(each));
  const text = lines.map(each => each.slice(cutOff(each))).join('\n');
  const whole = {
    file: source.name,
    line,
    lastLine: line + lines.length - 1,
    indent: shared,
    text: end - start > LONGEST ? `${text} …` : text.trimEnd(),
  };
  if (mistake === undefined || mistake.start < start || mistake.start >= start + raw.length) return whole;
  const before = lines.slice(0, positionAt(source.text, mistake.start).line - line + 1);
  const removed = before.reduce((sum, each) => sum + cutOff(each), 0);
  return { ...whole, mistake: mistake.start - start + column - 1 - removed };
}

const marginOf = (line: string): number => line.length - line.trimStart().length;

/** The value of `write`, or nothing where the formula is nested beyond what is written. */
function written<T>(write: () => T): T[] {
  const result = attempt(write);
  return result.ok ? [result.value] : [];
}

function statementPage(statement: Statement, claim: Claim): StatementPage {
  const [latex] = written(() => rowsLatex(sidesLatex(statement, claim.notation)));
  const { condition, id } = statement;
  const [limits] = condition === null ? [] : written(() => conditionLatex(condition, claim));
  return { id, latex: latex ?? null, condition: limits ?? null };
}

/** `\text{if } A \gg B`. */
function conditionLatex({ comparisons, equivalence }: Condition, { notation }: Claim): string {
  const all = comparisons.map(
    ({ left, relation, right }) =>
      `${writeFormula(left, notation, 'latex')} ${relation} ${writeFormula(right, notation, 'latex')}`,
  );
  return `\\text{${equivalence ? 'if and only if' : 'if'} } ${all.join(', \\quad ')}`;
}

function factsOf(claim: Claim): Fact[] {
  const { notation } = claim;
  const facts: Fact[] = [];
  const words = (label: string, text: string | null): void => void (text && facts.push({ label, latex: null, text }));
  const formula = (label: string, latex: () => string): void => {
    for (const each of written(latex)) facts.push({ label, latex: each, text: null });
  };
  if (claim.limit !== null) formula('limit', () => `${notation.iteration} \\to \\infty`);
  words('regime', claim.regime === null ? null : regimeFacts(claim.regime).words);
  for (const { label, latex, text } of shownChanges(claim, notation)) {
    if (latex) formula(label, latex);
    else words(label, text ?? null);
  }
  words('compared with', claim.sameAs);
  words('given', claim.given.join(', '));
  for (const condition of claim.assume) words('assumed', condition.text);
  words('vectors', claim.vector);
  return facts;
}
