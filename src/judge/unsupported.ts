/**
 * What of a claim the judge cannot decide yet. Each is a plain reason for `undecided`: a key that is not understood here
 * must never be passed over, or the verdict would be about another claim.
 */
import { isAlongRuns, statesBound, statesFlow, statesMotion } from '../notation/kinds.ts';
import { hasOneLoss, isEpoch, isMean } from '../notation/settings.ts';
import { isChanged, isChangedOutsideEpochs, KEYS_OUTSIDE_EPOCHS, reasonAgainst } from '../document/changes.ts';
import type { Claim, Condition, Statement } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { regimeConditionReason } from './keys/regime/condition.ts';
import { batchFactors } from './stated/batch-factors.ts';
import { isFromZero, isWholeStep } from './stated/time-range.ts';
import { BATCHES, type Formula, ITERATION, TIME } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { nodes } from '../optimizer/replace.ts';
import { regimeOf } from './keys/regime/scaling.ts';

const ORDER_RELATIONS: ReadonlySet<string> = new Set(['<', '>', '\\le', '\\ge']);

function mentionsIndex(formula: Formula, name: string): boolean {
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'index' && node.name === name) return true;
    waiting.push(...children(node));
  }
  return false;
}

type Comparison = Condition['comparisons'][number];

const isLimiting = ({ relation }: Comparison): boolean => relation === '\\gg' || relation === '\\ll';

/** `|\nabla_j E| \gg \sqrt\varepsilon` says what regime is meant. */
const isRegime = ({ comparisons }: Condition): boolean => comparisons.length > 0 && comparisons.every(isLimiting);

/** The conditions that restrict which samples a statement is about: its interval of time says which step that is, no more. */
export function conditionsOf(claim: Claim, statement: Statement): readonly Condition[] {
  const own = statement.condition;
  if (own === null || isRegime(own)) return claim.assume;
  const { ofTime, others } = byTime(own);
  if (ofTime.comparisons.length === 0 || !isAtOnePoint(claim, statement)) return [...claim.assume, own];
  const says = statesMotion(statement) || isWholeStep(ofTime, isEpoch(claim.setting)) || isFromZero(ofTime);
  if (!says || own.equivalence === true) return [...claim.assume, own];
  return others.comparisons.length === 0 ? claim.assume : [...claim.assume, others];
}

/** A condition cut into what it says of the time and the rest. */
function byTime(condition: Condition): { readonly ofTime: Condition; readonly others: Condition } {
  const isTimed = ({ left, right }: Comparison): boolean => mentionsIndex(left, TIME) || mentionsIndex(right, TIME);
  const { comparisons } = condition;
  return {
    ofTime: { ...condition, comparisons: comparisons.filter(isTimed) },
    others: { ...condition, comparisons: comparisons.filter(each => !isTimed(each)) },
  };
}

/** Whether all points of the statement are \tilde\theta(t), and t stands nowhere else: then it says the same at every time. */
function isAtOnePoint(claim: Claim, statement: Statement): boolean {
  if (statesMotion(statement)) return true;
  const own = new Set(claim.definitions.map(({ name }) => name));
  const formulas = [statement.left, statement.right, ...claim.definitions.map(({ body }) => body)];
  return formulas.every(formula =>
    [...nodes(formula)].every(
      node =>
        !(node.kind === 'index' && node.name === TIME) &&
        !(node.kind === 'iterate' && node.label !== null) &&
        (node.kind !== 'quantity' || own.has(node.name)),
    ),
  );
}

function conditionReason(condition: Condition): string | null {
  if (condition.comparisons.length === 0) {
    const isLimit = /\\(to|rightarrow|longrightarrow)\s*\\infty/.test(condition.text);
    return `the condition "${condition.text}" is not understood${isLimit ? ': a limit is said with limit=large-n on the claim' : ''}`;
  }
  const limiting = condition.comparisons.some(isLimiting);
  return limiting ? 'a condition with ≫ or ≪ is judged only where it is all that a statement has' : null;
}

/** Of a covariance there are two, of a third moment three; h^2 stands before four of size 1/h together. */
const MOST_BATCH_FACTORS = 3;

const SMALL = /epsilon|delta/;

function mentionsSmall(formula: Formula): boolean {
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'parameter' && SMALL.test(node.name)) return true;
    waiting.push(...children(node));
  }
  return false;
}

/** n in the statement, or in a definition that does not take it as a letter of its own. */
export const mentionsIteration = (claim: Claim, statement: Statement): boolean =>
  mentionsLetter(claim, statement, ITERATION);

function mentionsLetter(claim: Claim, { right }: Statement, letter: string): boolean {
  const open = claim.definitions.filter(({ indices, labels }) => ![...indices, ...labels].includes(letter));
  return [right, ...open.map(({ body }) => body)].some(formula => mentionsIndex(formula, letter));
}

/** Keys that do not go together, and a condition that says another regime than the key. */
function keyReason(claim: Claim, statement: Statement, optimizer: Optimizer | null): string | null {
  const { limit, sameAs } = claim;
  const regime = regimeOf(claim, statement);
  const isFlow = statesFlow(statement);
  if (isEpoch(claim.setting) && (!isFlow || isChangedOutsideEpochs(claim) || (limit ?? sameAs ?? regime) !== null))
    return `in the reshuffled setting only equations of motion are judged, without limit, regime, ${KEYS_OUTSIDE_EPOCHS.join(', ')} or same-as`;
  if (isEpoch(claim.setting) && mentionsIteration(claim, statement))
    return 'an epoch is taken as a whole: the iteration n has no meaning in the reshuffled setting';
  if (isMean(claim.setting)) {
    if (isAlongRuns(statement) || statesBound(statement))
      return 'where batches are drawn only means of the equation and of the one-step map are judged, and identities';
    if (isChangedOutsideEpochs(claim) || (sameAs ?? regime) !== null)
      return `means over the batches are judged without regime, ${KEYS_OUTSIDE_EPOCHS.join(', ')} or same-as`;
    if (claim.weak?.noise === 0 && batchFactors(statement.right, claim.definitions) > MOST_BATCH_FACTORS)
      return 'with noise of this size products and powers of covariances, as h^2\\Sigma^2, are of size 1 too: they are not judged';
    if (claim.weak !== undefined && limit !== null)
      return 'a stochastic equation is judged of every step, without limit';
    if (limit !== null && mentionsLetter(claim, statement, BATCHES))
      return 'the number of batches goes to infinity with the steps: it does not occur in the limit';
  }
  if (claim.loss !== null && (sameAs ?? regime) !== null) return 'loss= is judged without regime and same-as';
  if (claim.loss !== null && statement.kind === 'global-bound') return 'loss= is not judged of bounds';
  const change = reasonAgainst(claim, { isFlow, isMotion: statesMotion(statement), order: claim.order });
  if (change !== null) return change;
  if (isAlongRuns(statement) && (isChanged(claim) || (limit ?? sameAs ?? regime) !== null))
    return 'expansions are judged without limit, regime, at or same-as';
  const isInequality = ORDER_RELATIONS.has(statement.relation);
  if (isInequality && (limit !== null || regime !== null || sameAs !== null))
    return 'inequalities are not judged in a limit, a regime or with same-as=';
  for (const { left, relation, right } of (statement.condition?.comparisons ?? []).filter(isLimiting)) {
    if (mentionsSmall(left) && !mentionsSmall(right)) return 'write the gradient on the left of ≫ or ≪';
    if (regime !== null && regime.startsWith('large') !== (relation === '\\gg'))
      return `the condition says another regime than ${regime}`;
  }
  return regime === null ? null : regimeConditionReason(statement, claim, optimizer);
}

/** An equation of motion holds on [nh, (n+1)h], or [0, mh]; what does not depend on n, from 0 on. */
function timeReason(claim: Claim, statement: Statement): string | null {
  const { condition } = statement;
  if (condition === null || !statesMotion(statement)) return null;
  const { ofTime } = byTime(condition);
  if (ofTime.comparisons.length === 0) return null;
  const isOne = hasOneLoss(claim.setting) || claim.weak !== undefined;
  const everywhere = claim.limit !== null || (isOne && !mentionsIteration(claim, statement));
  if (isWholeStep(ofTime, isEpoch(claim.setting)) || (everywhere && isFromZero(ofTime))) return null;
  return isEpoch(claim.setting)
    ? `the equation of an epoch is one on [0, mh], not for ${condition.text}`
    : `the modified equation is one on [nh, (n+1)h], not for ${condition.text}`;
}

/** Why the statement cannot be judged, or null. */
export function unsupportedReason(claim: Claim, statement: Statement, optimizer: Optimizer | null): string | null {
  if (statement.undecided !== undefined) return statement.undecided;
  const key = keyReason(claim, statement, optimizer);
  if (key !== null) return key;
  const time = timeReason(claim, statement);
  if (time !== null) return time;
  const isApproximate = statement.relation === '\\approx' || statement.relation === '\\sim';
  if (isApproximate && regimeOf(claim, statement) === null)
    return `${statement.relation} says nothing that can be judged without a regime`;
  const isEquation = statesMotion(statement);
  const isIdentity = !isEquation && !isAlongRuns(statement);
  if (
    isIdentity &&
    statement.remainder !== null &&
    (claim.limit ?? claim.sameAs ?? regimeOf(claim, statement)) !== null
  )
    return 'an identity up to O(·) is judged without limit, regime or same-as';
  if (isIdentity && statement.remainder !== null && ORDER_RELATIONS.has(statement.relation))
    return 'an inequality has no O(·)';
  if (isEquation && ORDER_RELATIONS.has(statement.relation))
    return 'an inequality about an equation of motion is not judged';
  if (statement.condition?.equivalence === true && (isEquation || isAlongRuns(statement)))
    return 'an equivalence is judged between identities or inequalities, not of an equation of motion';
  if (statement.condition?.equivalence === true && (claim.limit ?? claim.sameAs ?? regimeOf(claim, statement)) !== null)
    return 'an equivalence is not judged in a limit, a regime or with same-as=';
  for (const condition of conditionsOf(claim, statement)) {
    const reason = conditionReason(condition);
    if (reason !== null) return reason;
  }
  return null;
}
