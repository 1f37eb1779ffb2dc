/** The question that samples answer for a statement: which two sides, at which samples, compared how. */
import { isAlongRuns, statesMotion } from '../notation/kinds.ts';
import { isEpoch } from '../notation/settings.ts';
import type { Statement } from '../document/model.ts';
import { addition, index, iterate, number } from '../formula/build.ts';
import { COMPONENT, type Formula } from '../formula/formula.ts';
import { HiddenParts } from './keys/limit/hidden-parts.ts';
import { type Hides, limitQuestion } from './keys/limit/numeric.ts';
import { regimeQuestion } from './keys/regime/numeric.ts';
import { regimeOf, scalingOf, shownTerms } from './keys/regime/scaling.ts';
import { statedFlow } from './stated/modified-loss.ts';
import { reshuffledQuestion } from './kinds/motion/reshuffled.ts';
import { CLAIM_KINDS } from './kinds/table.ts';
import type { Question } from './question.ts';
import type { QuestionTask } from './question-task.ts';
import { hasExtremeNumbers } from './sample/extreme-numbers.ts';
import { highestDerivative } from './sample/highest-derivative.ts';
import { type LateStart, lateStart } from './satisfy/late-start.ts';

/** The question for a statement that nothing in unsupported.ts speaks against. */
export function questionOf(task: QuestionTask): Question {
  const question = questionAbout(task);
  const { loss } = task.claim;
  const components = loss === null ? {} : { components: loss.components };
  return { ...question, space: { ...question.space, derivatives: highestDerivative(task), ...components } };
}

function questionAbout(task: QuestionTask): Question {
  const { claim, declarations } = task;
  const { iteration } = claim.notation;
  const flow = statedFlow(claim, task.statement);
  const asked: QuestionTask = { ...task, ...flow };
  if (isEpoch(claim.setting)) {
    if (!task.optimizer) throw new Error('an epoch is one of an optimizer');
    return reshuffledQuestion({ ...flow, declarations, budget: task.budget }, task.optimizer);
  }
  const { sample } = CLAIM_KINDS[flow.statement.kind];
  const whole = sample(asked);
  if (isAlongRuns(flow.statement) || claim.sameAs !== null) return whole;
  const regime = regimeOf(claim, task.statement);
  if (regime !== null && isAsymptotic(task.statement)) {
    const symbols = declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
    const { small, dimension } = scalingOf(regime, task.statement, symbols, task.optimizer);
    const terms = termsOf(flow.statement).map(right => sample({ ...asked, statement: { ...flow.statement, right } }));
    return regimeQuestion({ whole, terms, regime, small, dimension, limit: claim.limit !== null, iteration });
  }
  if (claim.limit === null) return whole;
  const parts = new HiddenParts(asked);
  const hides: Hides = (first, last) => parts.hides(first, last);
  return limitQuestion(whole, task.budget, seesLimits(asked), { iteration, hides });
}

/** Where sequences begin that tell of large n; or why none does. */
const seesLimits = (asked: QuestionTask): LateStart =>
  hasExtremeNumbers(asked) ? { unknown: 'a number may hide what happens at large n' } : lateStart(asked);

/** The terms shown. A map is judged less θ: θ is added to each term, and taken off once as one more. */
function termsOf({ kind, right }: Statement): readonly Formula[] {
  const shown = shownTerms(right);
  return kind === 'map' ? [...shown.map(term => addition(iterate(index(COMPONENT)), term)), number(0)] : shown;
}

/** In a regime an equation of motion is asymptotic however it is written; between quantities only ≈ and ∼ are, and = is exact. */
const isAsymptotic = (statement: Statement): boolean =>
  statesMotion(statement) || statement.relation === '\\approx' || statement.relation === '\\sim';
