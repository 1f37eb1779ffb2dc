/** What the guard is asked: both sides of a statement, and the places to look at. */
import type { Budget } from '../../base/budget.ts';
import type { Claim } from '../../document/model.ts';
import type { Question } from '../question.ts';
import type { Sample } from '../sample/sample.ts';
import type { Satisfier } from '../satisfy/satisfy.ts';
import type { Constants } from '../stated/constants.ts';
import type { Place } from '../stated/place.ts';

/** What the guard is asked. */
export interface GuardTask {
  readonly question: Question;
  readonly claim: Claim;
  readonly places: readonly Place[];
  readonly constants: Constants;
  /** Which sizes the conditions on integers let through. */
  readonly allows: (letters: ReadonlyMap<string, number>) => boolean;
  readonly satisfier: Satisfier | null;
  readonly holds: (sample: Sample) => boolean;
  readonly digits: number;
  readonly seed: number;
  readonly budget: Budget;
  /** Whether samples are looked at besides: they have found most of what is wrong already, and time is of less concern. */
  readonly isBesideSamples: boolean;
}
