/**
 * What of a claim the judge cannot decide yet. Each is a plain reason for `undecided`: a key that is not understood here
 * must never be passed over, or the verdict would be about another claim.
 */
import type { Claim, Condition, Statement, StatementKind } from '../document/model.ts';
import { type Formula, TIME } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';

const KINDS: Readonly<Record<StatementKind, string | null>> = {
  flow: null,
  map: null,
  'given-quantity': null,
  identity: null,
  'modified-loss': 'statements about a modified loss are not judged yet',
  'global-bound': 'global error bounds are not judged yet',
  expansion: 'expansions about the current point are not judged yet',
};

function mentionsTime(formula: Formula): boolean {
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'index' && node.name === TIME) return true;
    waiting.push(...children(node));
  }
  return false;
}

/** `t \in [nh, (n+1)h]` says of a flow only what a flow is. */
const isTimeRange = (condition: Condition): boolean =>
  condition.comparisons.length > 0 &&
  condition.comparisons.every(({ left, right }) => mentionsTime(left) || mentionsTime(right));

/** The conditions that restrict which samples a statement is about. */
export function conditionsOf(claim: Claim, statement: Statement): readonly Condition[] {
  const own = statement.condition;
  const kept = own && !((statement.kind === 'flow' || statement.kind === 'map') && isTimeRange(own)) ? [own] : [];
  return [...claim.assume, ...kept];
}

const LIMITED_RELATIONS = new Set(['\\gg', '\\ll']);

function conditionReason(condition: Condition): string | null {
  if (condition.comparisons.length === 0) return `the condition "${condition.text}" is not understood`;
  const limiting = condition.comparisons.find(({ relation }) => LIMITED_RELATIONS.has(relation));
  return limiting ? 'conditions with ≫ or ≪ are not judged yet' : null;
}

/** Why the statement cannot be judged, or null. */
export function unsupportedReason(claim: Claim, statement: Statement): string | null {
  if (claim.setting === 'reshuffled') return 'the reshuffled setting is not judged yet';
  if (claim.limit !== null) return 'limits are not judged yet';
  if (claim.regime !== null) return 'regimes are not judged yet';
  if (claim.part !== null) return 'parts of the first-order term are not judged yet';
  if (claim.at.length > 0) return 'values set with at= are not judged yet';
  if (claim.sameAs !== null) return 'same-as= is not judged yet';
  if (claim.rescale !== null) return 'rescale= is not judged yet';
  if (KINDS[statement.kind] !== null) return KINDS[statement.kind];
  if (statement.relation === '\\approx' || statement.relation === '\\sim')
    return `${statement.relation} says nothing that can be judged without a regime`;
  const isEquation = statement.kind === 'flow' || statement.kind === 'map';
  if (statement.remainder !== null && !isEquation) return 'an identity up to O(·) is not judged yet';
  if (isEquation && ['<', '>', '\\le', '\\ge'].includes(statement.relation))
    return 'an inequality about an equation of motion is not judged';
  for (const condition of conditionsOf(claim, statement)) {
    const reason = conditionReason(condition);
    if (reason !== null) return reason;
  }
  return null;
}
