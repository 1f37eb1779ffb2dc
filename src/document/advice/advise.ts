/**
 * Hints that work. What could be meant is tried: the text with the change is read again, and only a change that makes the entry
 * readable becomes the hint of its mistake. Nothing is judged from a changed text, and no formula is known here.
 */
import type { Problem } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Entry, Outline } from '../outline.ts';
import { mistypedDeclaration } from './declarations.ts';
import { areApart, type Edit, type Fix, takenBack } from './edit.ts';
import type { Mistake } from './entry-text.ts';
import { otherAbout, otherKeys } from './keys.ts';
import { otherConventions, otherDimension, otherRemainder, unknownIndex, unknownName } from './letters.ts';
import {
  countsFromOne,
  layerLetters,
  meantIdentity,
  sameLabels,
  secondPoints,
  sizeOfStep,
  sumOverBatch,
} from './whole-rule.ts';
import { shapeProblem } from './shape.ts';
import {
  bareLabels,
  forgottenBackslash,
  greekSum,
  missingLabel,
  missingRowEnd,
  mistypedCommand,
  mistypedEnvironment,
  mistypedName,
  mistypedSymbol,
} from './spelling.ts';

/** The mistakes of the entry in the changed text, null where the change spoils something else. */
export type ReadAgain = (edits: readonly Edit[]) => readonly Problem[] | null;

/** What is known of an entry that could not be read. */
export interface Troubled {
  readonly entry: Entry;
  readonly outline: Outline;
  /** Its mistakes, at least one, in the order in which they are told. */
  readonly problems: readonly Problem[];
  readonly names: readonly string[];
  readonly optimizers: readonly string[];
  readonly readAgain: ReadAgain;
}

/** How many mistakes of one entry are mended one behind the other. */
const MOST_ROUNDS = 6;

const SEARCHES: readonly ((mistake: Mistake) => Generator<Fix>)[] = [
  mistypedDeclaration,
  otherAbout,
  bareLabels,
  mistypedCommand,
  forgottenBackslash,
  mistypedSymbol,
  mistypedName,
  missingLabel,
  greekSum,
  mistypedEnvironment,
  missingRowEnd,
  sumOverBatch,
  otherRemainder,
  otherDimension,
  unknownIndex,
  unknownName,
  layerLetters,
  sizeOfStep,
  countsFromOne,
  secondPoints,
  sameLabels,
  meantIdentity,
  otherConventions,
  otherKeys,
];

interface Mended {
  readonly problem: Problem;
  readonly fix: Fix;
}

/** What to do where nothing that was tried helps, and the reader does not say. */
const USUAL: Readonly<Record<string, string>> = {
  'double-script': 'Write both into one pair of braces, as f_{t,k}.',
  'unbalanced-brace': 'Add the brace that is missing where the group ends, or leave this one out.',
  'unbalanced-bracket': 'Add the one that belongs to it; \\left. and \\right. stand for none.',
};
const NO_OPTIMIZER =
  'The file has none: write "% !modeq optimizer ID" before its update rule, or name a built-in one, as about=gd.';

/** The mistakes as they are told, each with the hint that mends it where one was found. */
export function advise(troubled: Troubled): readonly Problem[] {
  return advised(troubled).map(problem => {
    // That was tried and does not help.
    if (problem.code === 'undefined-name' && problem.hint?.startsWith('declare it'))
      return {
        ...problem,
        hint: 'Define it by a row with :=, declare it with where, or name what defines it with given=ID.',
      };
    const hint =
      problem.code === 'missing-about' && troubled.optimizers.length === 0
        ? NO_OPTIMIZER
        : (problem.hint ?? USUAL[problem.code]);
    return hint === undefined ? problem : { ...problem, hint };
  });
}

function advised(troubled: Troubled): readonly Problem[] {
  const mended: Mended[] = [];
  let current = troubled.problems;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = nextFix(troubled, current, mended);
    if (found === null) break;
    mended.push(found.mended);
    if (found.left.length === 0) return told(mended);
    current = found.left;
  }
  const [stuck, ...others] = current;
  if (stuck === undefined) return told(mended);
  const better = shapeProblem(mistakeOf(troubled, stuck));
  if (better) return [better];
  // Where several changes lead nowhere, the first of them is as likely a wrong guess.
  const sure = mended.filter(({ fix }) => fix.declares || fix.message || /^Did you mean/.test(fix.hint));
  return sure.length === mended.length
    ? [...told(mended), stuck, ...(mended.length > 0 ? [] : others)]
    : troubled.problems;
}

const mistakeOf = ({ entry, outline, names, optimizers }: Troubled, problem: Problem): Mistake => ({
  problem,
  entry,
  outline,
  names,
  optimizers,
});

/** The first change that mends everything, else the first that mends the first mistake and leaves only later ones. */
function nextFix(
  troubled: Troubled,
  current: readonly Problem[],
  before: readonly Mended[],
): { readonly mended: Mended; readonly left: readonly Problem[] } | null {
  const [problem] = current;
  if (!problem) return null;
  let best: { mended: Mended; left: readonly Problem[] } | null = null;
  const done = before.flatMap(({ fix }) => fix.edits);
  for (const search of SEARCHES) {
    for (const fix of search(mistakeOf(troubled, problem))) {
      const edits = [...done, ...fix.edits];
      if (fix.edits.length === 0 || !areApart(edits)) continue;
      const again = troubled.readAgain(edits);
      if (again === null) continue;
      const left = again.map(each => inOriginal(each, troubled, edits));
      if (left.length === 0) return { mended: { problem, fix }, left };
      if (best === null && isFurther(problem, left[0])) best = { mended: { problem, fix }, left };
    }
  }
  return best;
}

/** What is found only when all rows are read. */
const LATER: ReadonlySet<string> = new Set([
  'no-update',
  'two-updates',
  'update-not-small',
  'step-not-small',
  'left-side',
]);

/** Whether the next mistake stands behind the one before, or is one of the whole that was read meanwhile. */
function isFurther({ span, code }: Problem, next: Problem | undefined): boolean {
  if (span === undefined || next?.span === undefined || next.span.source.name !== span.source.name) return false;
  return next.span.start > span.start || (LATER.has(next.code) && !LATER.has(code));
}

function inOriginal(problem: Problem, troubled: Troubled, edits: readonly Edit[]): Problem {
  const { span } = problem;
  const source = span && originalOf(span, troubled);
  return span && source ? { ...problem, span: takenBack(span, source, edits) } : problem;
}

/** The unchanged source of the name. */
function originalOf({ source }: Span, { entry, outline }: Troubled): Source | null {
  const known = [
    entry.body.source,
    entry.annotation.span.source,
    outline.source,
    ...entry.more.map(each => each.source),
  ];
  return known.find(({ name }) => name === source.name) ?? null;
}

/** `a, b and c`. */
const listed = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** What is said of the display below, which may make the name instead. */
const goesOn = ({ hint }: Problem): string => {
  const [found] = /If the rule goes on in the display of line [^.]*\.(?= |$)/.exec(hint ?? '') ?? [];
  return found === undefined ? '' : ` ${found}`;
};

/** Each mistake with its hint; names that only have to be declared are told together. */
function told(mended: readonly Mended[]): Problem[] {
  const declared = mended.flatMap(({ fix: { declares } }) => (declares ? [declares] : []));
  const first = mended.find(({ fix }) => fix.declares);
  const given = mended.flatMap(({ fix: { gives } }) => (gives ? [gives] : []));
  const firstGiven = mended.find(({ fix }) => fix.gives);
  return mended.flatMap(({ problem, fix }) => {
    if ((fix.declares && fix !== first?.fix) || (fix.gives && fix !== firstGiven?.fix)) return [];
    const place = fix.place ?? problem.span;
    const better = {
      ...problem,
      hint: fix.gives ? `${fix.hint}${goesOn(problem)}` : fix.hint,
      ...(fix.message ? { message: fix.message } : {}),
      ...(fix.code ? { code: fix.code } : {}),
      ...(place ? { span: place } : {}),
    };
    if (fix.gives && given.length > 1) {
      const letters = given.flatMap(each => Object.entries(each.letters)).map(([role, letter]) => `${role}=${letter}`);
      return [
        {
          ...better,
          hint: `If ${listed(given.map(({ words }) => words))}, say \`notation ${letters.join(' ')}\`.${goesOn(problem)}`,
        },
      ];
    }
    if (!fix.declares || declared.length === 1) return [better];
    const names = declared.map(({ name }) => name);
    const hint = `Declare them: \`where ${declared.map(({ where }) => where).join(', ')}\`.`;
    return [{ ...better, message: `${listed(names)} are neither declared nor defined`, hint }];
  });
}
