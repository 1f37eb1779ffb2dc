/** Which problems are news: what follows from a mistake that is told at another place is not. */
import type { ModeqDocument } from './model.ts';
import type { Problem } from '../base/problem.ts';

/** Codes of mistakes elsewhere: a refused optimizer, a claim that could not be read, the letters of the file. */
const ELSEWHERE: ReadonlySet<string> = new Set(['refused-optimizer', 'given-unreadable', 'letters-in-doubt']);

/** Whether the mistake behind the problem is told at another place. */
export const isToldElsewhere = ({ code }: Problem): boolean => ELSEWHERE.has(code);

/** What follows from a mistake in the comment, or from one elsewhere, is left out: one mistake, one message. */
export function withoutConsequences(all: readonly Problem[], own: ReadonlySet<Problem>): readonly Problem[] {
  const elsewhere = all.filter(problem => isToldElsewhere(problem) || problem.code === 'given-cycle');
  const first = all.filter(problem => own.has(problem));
  if (first.length > 0) return first;
  // What its names mean is not known then.
  const unknown = all.filter(({ code }) => code === 'unknown-optimizer' || code === 'unknown-given');
  if (unknown.length > 0) return unknown;
  return elsewhere.length > 0 ? elsewhere : all;
}

/** The same problem may be met on several ways. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, message, span }) => {
    const key = `${code} ${span?.start ?? ''} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** What is wrong with a document, but for claims that are expected to be unreadable, and what is told elsewhere. */
export const unexpectedProblems = ({
  problems,
  unreadable,
}: Pick<ModeqDocument, 'problems' | 'unreadable'>): Problem[] => [
  ...problems,
  ...unreadable.flatMap(each =>
    each.expect === 'unreadable' ? [] : each.problems.filter(problem => !isToldElsewhere(problem)),
  ),
];

/** Enough for whoever has to mend them. */
const MOST_PROBLEMS = 200;

/** The first problems, and how many more there are. */
export function notTooMany(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const message = `and ${problems.length - MOST_PROBLEMS} further problems`;
  return [...problems.slice(0, MOST_PROBLEMS), { code: 'too-many-problems', message }];
}
