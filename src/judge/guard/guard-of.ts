/** The guard of a statement: the places that its constants ask for, as far as the conditions on n, p and labels allow them. */
import { WITHOUT_LOSSES } from '../stated/without-losses.ts';
import { subtraction } from '../../formula/build.ts';
import { BATCHES, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import { conditionsOf } from '../unsupported.ts';
import type { QuestionTask } from '../question-task.ts';
import { Satisfier } from '../satisfy/satisfy.ts';
import { type Constants, constantsOf } from '../stated/constants.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { Guard } from './guard.ts';
import type { GuardTask } from './guard-task.ts';
import { integersAllowed } from '../stated/integer-conditions.ts';
import { integerZeros } from '../satisfy/integer-zeros.ts';
import { placesFor } from './places.ts';
import { statedFormulas } from '../stated/stated-formulas.ts';
import { zeroCandidates } from './zeros.ts';

export interface StatementGuardTask extends Omit<GuardTask, 'places' | 'satisfier' | 'claim' | 'constants' | 'allows'> {
  readonly asked: Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;
}

export interface StatementGuard {
  readonly guard: Guard;
  /** Finds samples at which the conditions hold; null where there is none. */
  readonly satisfier: Satisfier | null;
}

export function guardOf({ asked, ...task }: StatementGuardTask): StatementGuard {
  const { claim, statement } = asked;
  const { question } = task;
  const { space } = question;
  const conditions = conditionsOf(claim, statement).filter(({ equivalence }) => equivalence !== true);
  const comparisons = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  const restricting = conditions.flatMap(condition => condition.comparisons);
  const formulas = statedFormulas(asked);
  const isOrdered = question.relation !== '=';
  const zeros = zeroCandidates(formulas, comparisons, space.declarations, isOrdered);
  const constants = withZeros(
    constantsOf(
      formulas,
      comparisons.map(({ left, right }) => [left, right]),
      isOrdered,
    ),
    [
      ...zeros.map(({ formula }) => formula),
      ...formulas.flatMap(formula => [...nodes(formula)].filter(({ kind }) => kind === 'add')),
      ...(isOrdered ? [subtraction(statement.left, statement.right)] : []),
    ],
    new Program({ definitions: claim.definitions, declarations: space.declarations }),
  );
  const allows = integersAllowed(restricting);
  const hasLosses = formulas.some(formula => [...nodes(formula)].some(({ kind }) => !WITHOUT_LOSSES.has(kind)));
  const places = placesFor(constants, space.letters, allows, zeros, { hasLosses, isOrdered }).filter(
    ({ n }) => space.largestN === undefined || n <= space.largestN,
  );
  const satisfier =
    conditions.length === 0 ? null : new Satisfier({ conditions, claim, space, digits: task.digits, places });
  return { guard: new Guard({ ...task, claim, places, satisfier, constants, allows }), satisfier };
}

/** The constants, with the integers at which formulas in n, p or m alone vanish or change their sign. */
function withZeros(constants: Constants, formulas: readonly Formula[], program: Program): Constants {
  const once = new Map(formulas.map(formula => [formulaKey(formula), formula]));
  const joined = (own: readonly number[], ...letters: readonly string[]): number[] =>
    [...new Set([...own, ...letters.flatMap(letter => integerZeros([...once.values()], letter, program))])].sort(
      (a, b) => a - b,
    );
  return {
    ...constants,
    history: joined(constants.history, ITERATION, BATCHES),
    coordinates: joined(constants.coordinates, DIMENSION),
  };
}
