/**
 * One claim: its statements judged one by one, the worst verdict, and for a refuted claim the likely slip of the pen.
 *
 * No verdict depends on the order in which claims are judged: only derived equations and their values are shared.
 */
import { isAlongRuns, statesBound, statesMotion } from '../notation/kinds.ts';
import { isEpoch, stepSetting } from '../notation/settings.ts';
import { Budget } from '../base/budget.ts';
import { inTime, TimeLimitReached } from '../base/work.ts';
import type { Claim, Statement, Verdict } from '../document/model.ts';
import { shownLetters } from '../document/shown-letters.ts';
import type { Declaration } from '../optimizer/model.ts';
import { resolveClaim, type ResolvedClaim } from './claim-context.ts';
import type { ClaimTask, JudgeContext, JudgeOptions } from './claim-task.ts';
import { followRoute, isPlainFlow } from './follow-route.ts';
import { judgeStatement } from './judge-statement.ts';
import type { DerivedEquation, ProofOutcome } from './symbolic/prover.ts';
import { mergedDeclarations } from './symbolic/claim-meaning.ts';
import { ProofRecord } from './symbolic/proof-record.ts';
import { type Rechecked, recheckStatement } from './check/recheck-statement.ts';
import { brokenBound } from './kinds/bound/bound-run.ts';
import { boundedEquation, globalBoundVerdict } from './kinds/bound/global-bound.ts';
import { otherReading } from './slips/other-reading.ts';
import { suggestionsFor } from './slips/suggest.ts';
import { positiveScalars } from './slips/surroundings.ts';
import { type Prepared, prepare } from './prepare.ts';
import { questionOf } from './question-of.ts';
import { asIdentity, type OtherStatement } from './keys/same-as/other-statement.ts';
import { complementedScalars, withComplements } from './stated/complements.ts';
import { inOriginalLetters } from './refute/original-letters.ts';
import { withSwitches } from './switching.ts';
import { unsupportedReason } from './unsupported.ts';
import { type ClaimVerdict, type StatementVerdict, undecided, worstVerdict } from './verdict.ts';
import { withinBudget } from './within-budget.ts';

/** Samples of a claim with a suggested edit, which is proved besides where it can be. */
const SUGGESTION_INSTANCES = 60;

const ORDER_RELATIONS: ReadonlySet<string> = new Set(['<', '>', '\\le', '\\ge']);

/** The optimizer's declarations and the claim's; the claim's win where both declare a name. */
function declarationsOf({ claim, optimizer }: ResolvedClaim): readonly Declaration[] {
  const own = new Set(claim.declarations.map(({ name }) => name));
  return [...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name)), ...claim.declarations];
}

/** The verdict of a claim. Never throws for what a document says; a contradiction between the routes is thrown. */
export function judgeClaim<Equation extends DerivedEquation>(
  claim: Claim,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
): ClaimVerdict {
  const started = performance.now();
  const budget = Budget.unlimited();
  const resolved = resolveClaim(claim, context.library);
  if (!resolved.ok) {
    const message = resolved.problems[0]?.message ?? 'the claim cannot be judged';
    return combine(claim, [], [], { verdict: 'unreadable', message }, started);
  }
  const complements = complementedScalars(resolved.value, declarationsOf(resolved.value));
  const written = withComplements(resolved.value, complements);
  const task = { resolved: written, declarations: declarationsOf(written), context, options, budget };
  const watch = new Watch();
  return inTime(options.timeout * 1000, options.clock ?? Date.now, () => {
    const statements = written.claim.statements.map(statement =>
      watch.unless(
        () => inOriginalLetters(judgeOne(task, statement), complements),
        reason => undecided(statement, reason),
      ),
    );
    const refuted = statements.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
    // A wrong inequality is no slip of the pen: almost any edit of it gives another that holds.
    const isEquation = claim.statements.every(
      ({ id, relation }) => !refuted.includes(id) || !ORDER_RELATIONS.has(relation),
    );
    const isSampled = options.instances > 0 && options.suggestions !== false;
    const isLookedAt = refuted.length > 0 && isEquation && isSampled;
    const reading = isLookedAt
      ? watch.unless(
          () => otherReading(claim, other => worstOf(task, other)),
          () => null,
        )
      : null;
    const suggestions =
      isLookedAt && reading === null
        ? watch.unless(
            () => suggest(task, new Set(refuted)),
            () => [],
          )
        : [];
    const verdict = combine(claim, statements, suggestions, null, started);
    const letters = shownLetters(claim.notation, resolved.value.optimizer?.counting);
    return {
      ...verdict,
      letters,
      ...(reading ? { otherReading: reading } : {}),
      ...(watch.isOver ? { timeIsOver: true } : {}),
    };
  });
}

/** What comes after the end of the time is not begun. */
class Watch {
  #ended: string | null = null;

  get isOver(): boolean {
    return this.#ended !== null;
  }

  /** What `action` gives; what `late` gives where the time is over, or ends meanwhile. */
  unless<T>(action: () => T, late: (reason: string) => T): T {
    if (this.#ended !== null) return late(this.#ended);
    try {
      return action();
    } catch (error) {
      if (!(error instanceof TimeLimitReached)) throw error;
      this.#ended = error.reason;
      return late(this.#ended);
    }
  }
}

/** Each equation of motion is judged to its own order, whatever its neighbours in the claim say. */
function atOwnOrder(claim: Claim, statement: Statement): Claim {
  const { order } = statement;
  return statesMotion(statement) && order !== undefined && order !== claim.order ? { ...claim, order } : claim;
}

function judgeOne<Equation extends DerivedEquation>(
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
  const proof = other ? asIdentity(claim, statement, other) : { claim, statement };
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
              context.engine.prove(proof.claim, proof.statement, optimizer, derived?.equation ?? null, remaining),
            ),
    recheck: options.recheck === true && options.prover === 'on' ? recheckRoute(task, statement, prepared.value) : null,
    follow: derived ? followRoute(task, statement, derived) : null,
  });
  return withSwitches(verdict, statement, optimizer, derived?.equation ?? null);
}

/** Makes the proof of a statement once more, with a record, and checks what it holds. */
function recheckRoute<Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  statement: Statement,
  { side, other, derived }: Prepared<Equation>,
): (budget: Budget) => Rechecked {
  const { declarations, context, options, budget: whole } = task;
  const { claim, optimizer } = task.resolved;
  return budget => {
    const record = new ProofRecord();
    const proof = other ? asIdentity(claim, statement, other) : { claim, statement };
    context.engine.prove(proof.claim, proof.statement, optimizer, derived?.equation ?? null, budget, record);
    // Both sides at one sample: without the limit and the regime that the claim is about.
    const asked = {
      claim: { ...proof.claim, limit: null, regime: null },
      statement: { ...proof.statement, condition: null },
      optimizer,
      declarations: other ? mergedDeclarations(proof.claim, optimizer) : declarations,
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
  if (found.claim.about !== claim.about || isEpoch(found.claim.setting) || !isPlainFlow(found.claim, found.statement))
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
  const given = { ...task, resolved: resolved.value, declarations: declarationsOf(resolved.value) };
  return bounded(given);
}

/** The order to which a flow is judged. */
const flowOrder = (claim: Claim, statement: Statement): number => statement.order ?? claim.order;

/** With same-as= the prover is asked for more than the statement says: that the sides differ beyond the order means nothing. */
const asFarAs = (other: OtherStatement | null, outcome: ProofOutcome): ProofOutcome =>
  other && outcome.kind === 'unequal' ? { kind: 'stopped', reason: outcome.reason } : outcome;

/** The task with another claim in place of its own, on fewer samples. */
const edited = <Equation extends DerivedEquation>(task: ClaimTask<Equation>, claim: Claim): ClaimTask<Equation> => ({
  ...task,
  resolved: { ...task.resolved, claim },
  options: { ...task.options, instances: Math.min(task.options.instances, SUGGESTION_INSTANCES) },
});

const worstOf = <Equation extends DerivedEquation>(task: ClaimTask<Equation>, claim: Claim): Verdict =>
  worstVerdict(claim.statements.map(statement => judgeOne(edited(task, claim), statement).verdict));

/** The edited claim is judged like any other, on fewer samples; its statements share the derived equations. */
function suggest<Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  refuted: ReadonlySet<string>,
): ClaimVerdict['suggestions'] {
  const { resolved, declarations, options, budget } = task;
  return suggestionsFor({
    claim: resolved.claim,
    givenNames: resolved.givenNames,
    declarations,
    seed: options.seed,
    budget,
    refuted,
    positive: positiveScalars(declarations),
    questionOf: (edit, statement) => {
      const claim = atOwnOrder(edit, statement);
      if (unsupportedReason(claim, statement, resolved.optimizer) !== null) return null;
      const prepared = prepare(edited(task, claim), statement);
      if (!prepared.ok) return null;
      const { side, other } = prepared.value;
      return questionOf({ claim, statement, optimizer: resolved.optimizer, declarations, side, other, budget });
    },
    judge: claim => worstOf(task, claim),
  });
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

function combine(
  claim: Claim,
  statements: readonly StatementVerdict[],
  suggestions: ClaimVerdict['suggestions'],
  instead: Pick<ClaimVerdict, 'verdict' | 'message'> | null,
  started: number,
): ClaimVerdict {
  const verdict = instead?.verdict ?? worstVerdict(statements.map(each => each.verdict));
  const worst = statements.find(each => each.verdict === verdict) ?? null;
  const named = statements.length > 1 && worst?.message ? `${worst.id}: ${worst.message}` : (worst?.message ?? null);
  return {
    claim,
    id: claim.id,
    expect: claim.expect,
    verdict,
    order: claim.order,
    statements,
    suggestions,
    assumptions: distinct(statements.flatMap(each => each.assumptions)),
    excluded: distinct(statements.flatMap(each => each.excluded)),
    evidence: leastEvidence(statements),
    counterexample: worst?.counterexample ?? null,
    message: instead?.message ?? (statements.length === 0 ? 'the claim states nothing' : named),
    milliseconds: performance.now() - started,
  };
}

/** The weakest evidence among the statements: a claim is supported on no more samples than its least sampled statement. */
function leastEvidence(statements: readonly StatementVerdict[]): ClaimVerdict['evidence'] {
  return statements.reduce<ClaimVerdict['evidence']>(
    (least, { evidence }) => (evidence && (!least || evidence.instances < least.instances) ? evidence : least),
    null,
  );
}
