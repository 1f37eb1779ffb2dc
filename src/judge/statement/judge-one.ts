/** One statement of a claim: what it is about made ready, all routes asked; a bound by the equation that it is about. */
import type { Budget } from '../../base/budget.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { isAlongRuns, statesBound, statesMotion } from '../../notation/kinds.ts';
import { isEpoch, isMean, stepSetting } from '../../notation/settings.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Rechecked } from '../check/recheck-statement.ts';
import { recheckStatement } from '../check/recheck-statement.ts';
import type { ResolvedClaim } from '../claim-context.ts';
import { resolveClaim } from '../claim-context.ts';
import type { ClaimTask } from '../claim-task.ts';
import { followRoute, isPlainFlow } from '../follow-route.ts';
import type { OtherStatement } from '../keys/same-as/other-statement.ts';
import { asIdentity, asIdentityToOrder } from '../keys/same-as/other-statement.ts';
import { brokenBound } from '../kinds/bound/bound-run.ts';
import { boundedEquation, globalBoundVerdict } from '../kinds/bound/global-bound.ts';
import type { Prepared } from '../prepare.ts';
import { prepare } from '../prepare.ts';
import { questionOf } from '../question-of.ts';
import type { StatedFlow } from '../stated/modified-loss.ts';
import { inOriginalExponentials, withExponentialLetters } from '../stated/exponential-letters.ts';
import { withSwitches } from '../switching.ts';
import { mergedDeclarations } from '../symbolic/claim-meaning.ts';
import { ProofRecord } from '../symbolic/proof-record.ts';
import type { DerivedEquation, ProofOutcome } from '../symbolic/prover.ts';
import { unsupportedReason } from '../unsupported.ts';
import type { StatementVerdict } from '../verdict.ts';
import { undecided } from '../verdict.ts';
import { withinBudget } from '../within-budget.ts';
import { judgeStatement } from './judge-statement.ts';

/** The optimizer's declarations and the claim's; the claim's win where both declare a name. */
export function declarationsAbout({ claim, optimizer }: ResolvedClaim): readonly Declaration[] {
  const own = new Set(claim.declarations.map(({ name }) => name));
  return [...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name)), ...claim.declarations];
}

/** Each equation of motion is judged to its own order, whatever its neighbours in the claim say. */
export function atOwnOrder(claim: Claim, statement: Statement): Claim {
  const { order } = statement;
  return statesMotion(statement) && order !== undefined && order !== claim.order ? { ...claim, order } : claim;
}

/** The verdict of one statement of a claim. */
export function judgeOne<Equation extends DerivedEquation>(
  whole: ClaimTask<Equation>,
  statement: Statement,
): StatementVerdict {
  const task = { ...whole, resolved: { ...whole.resolved, claim: atOwnOrder(whole.resolved.claim, statement) } };
  const { resolved, declarations, context, options, budget } = task;
  const { claim, optimizer } = resolved;
  const unsupported = unsupportedReason(claim, statement, optimizer);
  if (unsupported !== null) return undecided(statement, unsupported);
  if (statesBound(statement)) return judgeBound(task, statement);
  const prepared = prepare(task, statement);
  if (!prepared.ok) return undecided(statement, prepared.reason);
  const { derived, other } = prepared.value;
  const verdict = judgeStatement({
    claim,
    statement,
    optimizer,
    side: prepared.value.side,
    other,
    declarations,
    sampling: options,
    budget,
    crossExamine: options.crossExamine === true,
    prove:
      options.prover === 'off'
        ? null
        : remaining =>
            asFarAs(
              other,
              provedAsAsked({ claim, statement, other, optimizer }, (asked, about) =>
                context.engine.prove(asked, about, optimizer, derived?.equation ?? null, remaining),
              ).outcome,
            ),
    recheck: options.recheck === true && options.prover === 'on' ? recheckRoute(task, statement, prepared.value) : null,
    follow: derived ? followRoute(task, statement, derived) : null,
  });
  return withSwitches(verdict, statement, optimizer, derived?.equation ?? null);
}

interface Proved {
  readonly outcome: ProofOutcome;
  /** As it was proved: what is checked again is that. */
  readonly claim: Claim;
  readonly statement: Statement;
}

interface Asked {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly other: OtherStatement | null;
  readonly optimizer: ClaimOptimizer;
}

/** With same-as= the two sides as a whole, which says more than is needed, and where they differ up to the order of the claim. */
function provedAsAsked(
  { claim, statement, other, optimizer }: Asked,
  prove: (claim: Claim, statement: Statement) => ProofOutcome,
): Proved {
  const inLetters = (asked: StatedFlow): Proved => provedInLetters(asked.claim, asked.statement, optimizer, prove);
  if (other === null) return inLetters({ claim, statement });
  const whole = inLetters(asIdentity(claim, statement, other));
  const toOrder = whole.outcome.kind === 'proved' ? null : asIdentityToOrder(claim, statement, other);
  return toOrder === null ? whole : inLetters(toOrder);
}

/** As it stands; where that is not proved, with e^{−λ} as a letter. */
function provedInLetters(
  claim: Claim,
  statement: Statement,
  optimizer: ClaimOptimizer,
  prove: (claim: Claim, statement: Statement) => ProofOutcome,
): Proved {
  const plain = { outcome: prove(claim, statement), claim, statement };
  const written = plain.outcome.kind === 'proved' ? null : withExponentialLetters(claim, statement, optimizer);
  if (written === null) return plain;
  const outcome = prove(written.claim, written.statement);
  if (outcome.kind !== 'proved') return plain;
  const edges = outcome.edges?.map(edge => ({
    ...edge,
    zeros: edge.zeros.map(zero => inOriginalExponentials(zero, claim)),
  }));
  return { ...written, outcome: { ...outcome, ...(edges === undefined ? {} : { edges }) } };
}

type ClaimOptimizer = ResolvedClaim['optimizer'];

/** Makes the proof of a statement once more, with a record, and checks what it holds. */
function recheckRoute<Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  statement: Statement,
  { side, other, derived }: Prepared<Equation>,
): (budget: Budget) => Rechecked {
  const { declarations, context, options, budget: whole } = task;
  const { claim, optimizer } = task.resolved;
  return budget => {
    let record = new ProofRecord();
    const proof = provedAsAsked({ claim, statement, other, optimizer }, (made, about) => {
      record = new ProofRecord();
      return context.engine.prove(made, about, optimizer, derived?.equation ?? null, budget, record);
    });
    const isAsTyped = other === null && proof.claim === claim;
    // Both sides at one sample: without the limit and the regime that the claim is about.
    const asked = {
      claim: { ...proof.claim, limit: null, regime: null },
      statement: { ...proof.statement, condition: null },
      optimizer,
      declarations: isAsTyped ? declarations : mergedDeclarations(proof.claim, optimizer),
      side: other ? null : side,
      other: null,
      budget: whole,
    };
    const hasRows = !isEpoch(claim.setting) && !isAlongRuns(statement);
    const follow = derived ? followRoute(task, statement, derived) : null;
    return recheckStatement({
      record,
      question: hasRows ? questionOf(asked) : null,
      follow: follow === null ? null : () => follow('derived', budget),
      seed: options.seed,
    });
  };
}

/** The bound is as good as the equation that it is about. */
function judgeBound<Equation extends DerivedEquation>(task: ClaimTask<Equation>, bound: Statement): StatementVerdict {
  const { claim } = task.resolved;
  const found = boundedEquation(claim, task.context.library);
  if (!found)
    return undecided(bound, 'it is not said of which equation this is the solution: name its claim with given=');
  const { order } = bound;
  if (order === undefined) throw new Error('a bound has the order of its power of h');
  if (
    found.claim.about !== claim.about ||
    isEpoch(found.claim.setting) ||
    isMean(found.claim.setting) ||
    !isPlainFlow(found.claim, found.statement)
  )
    return undecided(
      bound,
      'a bound is judged for the modified equation of the same optimizer at every n, not for a limit or part',
    );
  const { optimizer } = task.resolved;
  if (optimizer === null) return undecided(bound, 'a bound is about an optimizer');
  const bounded = (given: typeof task): StatementVerdict => {
    const equationOrder = flowOrder(found.claim, found.statement);
    const setting = stepSetting(found.claim.setting);
    return globalBoundVerdict(bound, order, {
      optimizer,
      verdict: judgeOne(given, found.statement),
      about: found.statement.id,
      order: equationOrder,
      run: () =>
        withinBudget(
          () => brokenBound(optimizer, order, equationOrder, setting, task.budget),
          () => null,
        ),
    });
  };
  if (found.claim.id === claim.id) return bounded(task);
  const resolved = resolveClaim(found.claim, task.context.library);
  if (!resolved.ok) return undecided(bound, resolved.problems[0]?.message ?? 'the given claim cannot be judged');
  const given = { ...task, resolved: resolved.value, declarations: declarationsAbout(resolved.value) };
  return bounded(given);
}

/** The order to which a flow is judged. */
const flowOrder = (claim: Claim, statement: Statement): number => statement.order ?? claim.order;

/** With same-as= the prover is asked for more than the statement says: that the sides differ beyond the order means nothing. */
const asFarAs = (other: OtherStatement | null, outcome: ProofOutcome): ProofOutcome =>
  other && outcome.kind === 'unequal' ? { kind: 'stopped', reason: outcome.reason } : outcome;
