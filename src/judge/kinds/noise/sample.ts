/** The question whether what stands before dW has the covariance of one step as its square, entry by entry. */
import { shownLetters } from '../../../document/shown-letters.ts';
import type { Question } from '../../question.ts';
import type { QuestionTask } from '../../question-task.ts';
import type { SampleSpace } from '../../sample/sample.ts';
import { atDeclaredSize } from '../motion/declared-size.ts';
import { flowQuestion } from '../motion/sample.ts';
import { otherLetter } from './other-letter.ts';

export function noiseSample({ claim, statement, declarations, side, optimizer, budget }: QuestionTask): Question {
  if (!side) throw new Error('noise is judged beside the covariance of a step');
  const other = otherLetter(statement);
  const space: SampleSpace = { setting: 'iid', declarations, letters: new Map([[other, 'coordinate']]) };
  const letters = shownLetters(claim.notation, optimizer?.counting);
  const question = flowQuestion({ claim, statement, declarations, derived: side, space, budget, letters });
  const entries: Question = {
    ...question,
    quantity: row =>
      `coefficient of ${letters.step}^${row} in (\\sigma\\sigma^\\top)_{${claim.notation.component}${other}} of d${claim.notation.parameters} = b\\,dt + \\sigma\\,dW`,
  };
  return claim.weak?.noise === 0 ? atDeclaredSize(entries, letters.step) : entries;
}
