/** What a search is given, and what it says. */
import type { Budget } from '../../base/budget.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';

export interface SearchTask {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly question: Question;
  readonly holds: (sample: Sample) => boolean;
  readonly samples: readonly Sample[];
  /** What is typed on both sides, and what it reaches by names. */
  readonly formulas: readonly Formula[];
  readonly digits: number;
  readonly seed: number;
  readonly budget: Budget;
}

export interface Searched {
  readonly found: Sample | null;
  /** Why samples that agree support nothing; null where nothing speaks against it. */
  readonly open: string | null;
}

/** What was found open so far: it counts also where the work ends before the search. */
export interface Noted {
  open: string | null;
}
