/**
 * One claim: its statements judged one by one, the worst verdict, and for a refuted claim the likely slip of the pen.
 *
 * No verdict depends on the order in which claims are judged: only derived equations and their values are shared.
 */
import { Budget } from '../base/budget.ts';
import { TimeLimitReached, inTime } from '../base/work.ts';
import type { Claim, Verdict } from '../document/model.ts';
import { shownLetters } from '../document/shown-letters.ts';
import { resolveClaim } from './claim-context.ts';
import type { ClaimTask, JudgeContext, JudgeOptions } from './claim-task.ts';
import { combine } from './combine-statements.ts';
import { prepare } from './prepare.ts';
import { questionOf } from './question-of.ts';
import { inOriginalLetters } from './refute/original-letters.ts';
import { otherReading } from './slips/other-reading.ts';
import { suggestionsFor } from './slips/suggest.ts';
import { positiveScalars } from './slips/surroundings.ts';
import { withStatedLoss } from './stated/with-loss.ts';
import { complementedScalars, withComplements } from './stated/complements.ts';
import { atOwnOrder, declarationsAbout, judgeOne } from './statement/judge-one.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import { unsupportedReason } from './unsupported.ts';
import type { ClaimVerdict } from './verdict.ts';
import { undecided, worstVerdict } from './verdict.ts';

/** Samples of a claim with a suggested edit, which is proved besides where it can be. */
const SUGGESTION_INSTANCES = 60;

const ORDER_RELATIONS: ReadonlySet<string> = new Set(['<', '>', '\\le', '\\ge']);

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
  const complements = complementedScalars(resolved.value, declarationsAbout(resolved.value));
  const written = withComplements(resolved.value, complements);
  const task = { resolved: written, declarations: declarationsAbout(written), context, options, budget };
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
          () => otherReading(withStatedLoss(claim), other => worstOf(task, other)),
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
