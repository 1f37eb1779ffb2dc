/**
 * The wrong twins of a claim, judged. A twin that differs has to be refuted and a harmless one proved. One that has no value
 * at most instances, as M^{(−1)} or a root of a negative number, is no formula and stays undecided. Anything else is open: the
 * judge could not tell it from the claim.
 */
import type { Claim } from '../document/model.ts';
import type { Verdict } from '../document/model.ts';
import { resolveClaim } from './claim-context.ts';
import type { JudgeContext, JudgeOptions } from './claim-task.ts';
import { judgeClaim } from './judge-claim.ts';
import type { DerivedEquation } from './symbolic/prover.ts';
import { type Twin, twins } from './slips/twins.ts';
import { type ClaimVerdict, JudgeContradiction } from './verdict.ts';

export interface JudgedTwin {
  readonly description: string;
  readonly kind: Twin['kind'];
  readonly verdict: Verdict;
  /** Why it is not refuted, or what refuted it. */
  readonly message: string | null;
  readonly isEmpty: boolean;
}

export interface TwinSummary {
  readonly claim: string;
  readonly twins: readonly JudgedTwin[];
  readonly refuted: number;
  /** Proved equal to the derived side: the slip changes nothing. */
  readonly harmless: number;
  /** Undecided, for it has no value at most instances. */
  readonly empty: readonly JudgedTwin[];
  /** Neither of these. */
  readonly open: readonly JudgedTwin[];
}

export interface TwinChoice {
  /** Judge each of so many twins; all unless said otherwise. */
  readonly every?: number;
  /** Told of each twin as it is judged. */
  readonly onTwin?: (twin: JudgedTwin) => void;
}

/** Judges the twins of a claim. Throws JudgeContradiction where the routes disagree about one. */
export function judgeTwins<Equation extends DerivedEquation>(
  claim: Claim,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
  { every = 1, onTwin }: TwinChoice = {},
): TwinSummary {
  const resolved = resolveClaim(claim, context.library);
  const optimizer = resolved.ok ? resolved.value.optimizer : null;
  const known = resolved.ok ? resolved.value.claim.definitions : claim.definitions;
  const judged: JudgedTwin[] = [];
  let place = 0;
  for (const each of twins(claim, optimizer?.declarations ?? [], 'twins', known)) {
    place += 1;
    if (place % every !== 0) continue;
    const twin = judgeTwin(each, context, options);
    judged.push(twin);
    onTwin?.(twin);
  }
  const count = (verdict: Verdict): number => judged.filter(twin => twin.verdict === verdict).length;
  return {
    claim: claim.id,
    twins: judged,
    refuted: count('refuted'),
    harmless: count('proved'),
    empty: judged.filter(({ isEmpty }) => isEmpty),
    open: judged.filter(({ verdict, isEmpty }) => verdict !== 'refuted' && verdict !== 'proved' && !isEmpty),
  };
}

/** One twin, judged. Throws JudgeContradiction where the routes disagree about it. */
export function judgeTwin<Equation extends DerivedEquation>(
  { claim, description, kind }: Twin,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
): JudgedTwin {
  const { verdict, message, evidence } = verdictOf(claim, description, context, options);
  const isEmpty = verdict === 'undecided' && evidence !== null && evidence.instances < evidence.skipped;
  return { description, kind, verdict, message, isEmpty };
}

function verdictOf<Equation extends DerivedEquation>(
  edited: Claim,
  description: string,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
): Pick<ClaimVerdict, 'verdict' | 'message' | 'evidence'> {
  try {
    return judgeClaim(edited, context, { crossExamine: true, ...options, suggestions: false, shrink: false });
  } catch (error) {
    if (error instanceof JudgeContradiction)
      throw new JudgeContradiction(edited.id, `twin "${description}": ${error.message}`);
    throw error;
  }
}
