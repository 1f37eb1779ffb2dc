/**
 * What a statement is compared with: the derived equation, changed as the keys of the claim say, or another claim's
 * statement. The claimed side is never touched.
 */
import { kindFacts } from '../notation/kinds.ts';
import { isEpoch, isMean, type MeanSetting } from '../notation/settings.ts';
import { BudgetSpent } from '../base/budget.ts';
import { attempt, orRefuse, type Problem, type Result } from '../base/problem.ts';
import type { Statement } from '../document/model.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { ClaimTask } from './claim-task.ts';
import type { Derived } from './prove/engine.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import { changedRows } from './keys/table.ts';
import { canRunAll, rowsOverDraws } from './kinds/motion/over-draws.ts';
import { otherLetter } from './kinds/noise/other-letter.ts';
import type { RowSource } from './numeric/row-source.ts';
import { otherStatement, type OtherStatement } from './keys/same-as/other-statement.ts';

export interface Prepared<Equation> {
  /** As the derivation gives it, for the prover and for following the optimizer. */
  readonly derived: Derived<Equation> | null;
  /** The same with the keys applied. */
  readonly side: RowSource | null;
  readonly other: OtherStatement | null;
}

type Preparation<Equation> =
  | { readonly ok: true; readonly value: Prepared<Equation> }
  | { readonly ok: false; readonly reason: string };

const messageOf = (problems: readonly Problem[], otherwise: string): string => problems[0]?.message ?? otherwise;

export function prepare<Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  statement: Statement,
): Preparation<Equation> {
  const { claim, optimizer } = task.resolved;
  if (claim.sameAs !== null) {
    const other = otherStatement(claim, statement, task.context.library);
    if (!other.ok) return { ok: false, reason: messageOf(other.problems, 'the other claim cannot be used') };
    return { ok: true, value: { derived: null, side: null, other: other.value } };
  }
  const { equation } = kindFacts(statement.kind);
  if (equation === null) return { ok: true, value: { derived: null, side: null, other: null } };
  if (!optimizer) return { ok: false, reason: 'it is not said which optimizer the claim is about' };
  try {
    const derived = derivedFor(task, optimizer, equation, statement);
    const { setting } = claim;
    if (isMean(setting)) return ofMean(task, optimizer, equation, statement, { derived, setting });
    // The mean over orders is taken by running the optimizer: it needs no derivation.
    if (!derived.ok && isEpoch(claim.setting)) return { ok: true, value: { derived: null, side: null, other: null } };
    if (!derived.ok) return { ok: false, reason: messageOf(derived.problems, 'the equation cannot be derived') };
    const side = sideOf(task, optimizer, derived.value.side);
    if (!side.ok) return { ok: false, reason: messageOf(side.problems, 'the equation cannot be derived') };
    return { ok: true, value: { derived: derived.value, side: side.value, other: null } };
  } catch (error) {
    if (error instanceof BudgetSpent) return { ok: false, reason: `the derivation stopped: ${error.reason}` };
    throw error;
  }
}

function derivedFor<Equation extends DerivedEquation>(
  { resolved: { claim }, context, budget }: ClaimTask<Equation>,
  optimizer: Optimizer,
  form: 'flow' | 'map',
  { mean }: Pick<Statement, 'mean'> = {},
): Result<Derived<Equation>> {
  const { order, setting, weak } = claim;
  return context.equations.get(optimizer, {
    order,
    setting,
    form,
    budget,
    ...(mean === undefined ? {} : { mean }),
    ...(weak === undefined ? {} : { noise: weak.noise }),
  });
}

/**
 * A mean over the batches: at samples with few sequences of batches the mean of the runs with all of them, which needs no derivation; beyond
 * them the values of the derived equation.
 */
function ofMean<Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  optimizer: Optimizer,
  form: 'flow' | 'map',
  statement: Statement,
  { derived, setting }: { readonly derived: Result<Derived<Equation>>; readonly setting: MeanSetting },
): Preparation<Equation> {
  const { kind, mean = 'map' } = statement;
  const { order, limit, weak } = task.resolved.claim;
  const hasMemory = !derived.ok && derived.problems.some(({ code }) => code === 'rule-with-memory');
  if (!derived.ok && (limit !== null || hasMemory))
    return { ok: false, reason: messageOf(derived.problems, 'the equation cannot be derived') };
  const runs = rowsOverDraws({
    optimizer,
    setting,
    form,
    mean,
    order,
    ...(kind === 'noise' ? { noise: otherLetter(statement) } : {}),
    memoryless: weak !== undefined,
  });
  const whole: RowSource =
    weak !== undefined
      ? runs
      : {
          at: (sample, digits, budget) =>
            derived.ok && !canRunAll(setting, sample)
              ? derived.value.side.at(sample, digits, budget)
              : runs.at(sample, digits, budget),
        };
  const side = sideOf(task, optimizer, whole);
  if (!side.ok) return { ok: false, reason: messageOf(side.problems, 'the equation cannot be derived') };
  return { ok: true, value: { derived: derived.ok ? derived.value : null, side: side.value, other: null } };
}

/** The rows under the keys of the claim. */
const sideOf = <Equation extends DerivedEquation>(
  task: ClaimTask<Equation>,
  optimizer: Optimizer,
  whole: RowSource,
): Result<RowSource> =>
  attempt(() =>
    changedRows(whole, {
      claim: task.resolved.claim,
      declarations: task.declarations,
      map: () => orRefuse(derivedFor(task, optimizer, 'map')).side,
    }),
  );
