/**
 * Where a sequence towards large n has to begin: beyond every integer that stands beside n or a label, since what is typed may begin, end or
 * change its sign there, Σ_{k=60}^{n}, β^{n−500}, sign(n − 100). A sign or bar whose argument depends on n in any other way may change
 * later still, so that a sequence tells nothing.
 */
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { QuestionTask } from '../question-task.ts';
import { conditionsOf } from '../unsupported.ts';
import { constantsOf } from '../stated/constants.ts';
import { integerFormOf } from '../stated/integer-form.ts';
import { integerZeros } from './integer-zeros.ts';
import { statedFormulas } from '../stated/stated-formulas.ts';

/** Up to here constants lie between the first members of any sequence. */
const USUAL = 6;
/** No sequence begins later. */
const LATEST = 20_000;
/** Beyond the sum of what is typed, so that the first members differ by more than what has just begun. */
const BEYOND = 2;

/** The n from which on a sequence tells of large n, 0 where any does; or why none does. */
export type LateStart = { readonly from: number } | { readonly unknown: string };

export function lateStart(
  asked: Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other' | 'declarations'>,
): LateStart {
  const formulas = statedFormulas(asked);
  if (formulas.some(formula => [...nodes(formula)].some(isOpenKink)))
    return { unknown: 'a sign or bar with n in it may change later than the sequence goes' };
  const comparisons = conditionsOf(asked.claim, asked.statement)
    .flatMap(condition => condition.comparisons)
    .map(({ left, right }) => [left, right] as const);
  const program = new Program({ definitions: asked.claim.definitions, declarations: asked.declarations });
  const sums = formulas.flatMap(formula => [...nodes(formula)].filter(({ kind }) => kind === 'add'));
  const sizes = new Set([...constantsOf(formulas, comparisons).history, ...integerZeros(sums, ITERATION, program)]);
  // What begins after another has begun comes later than both.
  const total = [...sizes].filter(size => size > USUAL).reduce((sum, size) => sum + size, 0);
  const from = BEYOND * total;
  return from > LATEST ? { unknown: `the sequence would have to begin beyond n = ${LATEST}` } : { from };
}

/** A sign, bar, maximum or minimum of a sum that depends on n, but not as an integer form does. */
function isOpenKink(node: Formula): boolean {
  switch (node.kind) {
    case 'absolute':
      return isOpen(node.argument);
    case 'call':
      return node.name === 'sign' && isOpen(node.argument);
    case 'extremum':
      return node.arguments.some(isOpen) || (node.arguments.length > 1 && node.arguments.some(dependsOnN));
    default:
      return false;
  }
}

const isOpen = (argument: Formula): boolean =>
  integerFormOf(argument) === null &&
  [...nodes(argument)].some(node => node.kind === 'add' && integerFormOf(node) === null && dependsOnN(node));

const dependsOnN = (formula: Formula): boolean =>
  [...nodes(formula)].some(node => node.kind === 'index' && node.name === ITERATION);
