/** The question that samples answer for a statement: which two sides, at which samples, compared how. */
import { statesMotion } from '../notation/kinds.ts';
import { beforeFirstOf } from '../notation/before-first.ts';
import { hasOneLoss, isEpoch } from '../notation/settings.ts';
import type { Budget } from '../base/budget.ts';
import type { Claim, Statement } from '../document/model.ts';
import { shownLetters } from '../document/shown-letters.ts';
import { addition, index, iterate, number } from '../formula/build.ts';
import { COMPONENT, type Formula } from '../formula/formula.ts';
import type { Declaration } from '../optimizer/model.ts';
import { expansionQuestion } from './kinds/expansion/sample.ts';
import { flowQuestion, statedSource } from './kinds/motion/sample.ts';
import { identityQuestion, type IdentitySides } from './kinds/identity/sample.ts';
import { hasExtremeNumbers } from './sample/extreme-numbers.ts';
import { type LateStart, lateStart } from './satisfy/late-start.ts';
import { limitQuestion } from './keys/limit/numeric.ts';
import { statedFlow } from './kinds/motion/modified-loss.ts';
import { regimeOf, scalingOf, shownTerms } from './keys/regime/scaling.ts';
import type { Question, QuestionRelation } from './question.ts';
import { regimeQuestion } from './keys/regime/numeric.ts';
import type { QuestionTask } from './question-task.ts';
import { reshuffledQuestion } from './kinds/motion/reshuffled.ts';
import { type RowSource, withKeys } from './numeric/row-source.ts';
import type { OtherStatement } from './keys/same-as/other-statement.ts';
import type { SampleSpace } from './sample/sample.ts';

function relationOf(statement: Statement): QuestionRelation {
  switch (statement.relation) {
    case '<':
    case '>':
    case '\\le':
    case '\\ge':
      return statement.relation;
    default:
      return '=';
  }
}

/** The question for a statement that nothing in unsupported.ts speaks against. */
export function questionOf(task: QuestionTask): Question {
  const { claim, declarations } = task;
  const { iteration } = claim.notation;
  const flow = statedFlow(claim, task.statement);
  const asked: QuestionTask = { ...task, ...flow };
  if (isEpoch(claim.setting)) {
    if (!task.optimizer) throw new Error('an epoch is one of an optimizer');
    return reshuffledQuestion({ ...flow, declarations, budget: task.budget }, task.optimizer);
  }
  if (flow.statement.kind === 'expansion') {
    if (!task.optimizer) throw new Error('an expansion is one along an optimizer');
    return expansionQuestion({ ...flow, declarations, budget: task.budget }, task.optimizer);
  }
  const whole = pointwise(asked);
  if (claim.sameAs !== null) return whole;
  const regime = regimeOf(claim, task.statement);
  if (regime !== null && isAsymptotic(task.statement)) {
    const symbols = declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
    const { small, dimension } = scalingOf(regime, task.statement, symbols, task.optimizer);
    const terms = termsOf(flow.statement).map(right =>
      pointwise({ ...asked, statement: { ...flow.statement, right } }),
    );
    return regimeQuestion({ whole, terms, regime, small, dimension, limit: claim.limit !== null, iteration });
  }
  return claim.limit === null ? whole : limitQuestion(whole, task.budget, seesLimits(asked), iteration);
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

/** The two sides at one sample. */
function pointwise({ claim, statement, declarations, side, other, optimizer, budget }: QuestionTask): Question {
  const declared = other ? joined(declarations, other.declarations) : declarations;
  const isFullBatch = hasOneLoss(claim.setting) || (other !== null && hasOneLoss(other.claim.setting));
  const setting = isFullBatch ? 'full-batch' : 'mini-batch';
  if (statement.kind !== 'flow' && statement.kind !== 'map') {
    const left = other && {
      formula: other.statement.right,
      definitions: other.claim.definitions,
      declarations: other.declarations,
    };
    const sides: IdentitySides = { claim: { ...claim, setting }, statement, declarations: declared, budget };
    return identityQuestion(left ? { ...sides, left } : sides, relationOf(statement));
  }
  const derived = other ? otherSide(claim, other, declared, budget) : side;
  if (!derived) throw new Error('a flow or map is judged against a derived equation');
  const space: SampleSpace = { setting, declarations: declared, letters: new Map(), ...beforeFirstOf(claim) };
  const letters = shownLetters(claim.notation, optimizer?.counting);
  return flowQuestion({ claim, statement, declarations, derived, space, budget, letters });
}

/** The other claim's right side to the order of this claim, with this claim's values and step. */
function otherSide(claim: Claim, other: OtherStatement, declared: readonly Declaration[], budget: Budget): RowSource {
  const flow = statedFlow(other.claim, other.statement);
  const stated = statedSource({ ...flow, declarations: other.declarations, order: claim.order, budget });
  return withKeys(stated, claim, declared);
}

const joined = (own: readonly Declaration[], other: readonly Declaration[]): readonly Declaration[] => [
  ...own,
  ...other.filter(({ name }) => !own.some(each => each.name === name)),
];
