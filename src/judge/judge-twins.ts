/**
 * The wrong twins of a claim, judged. A twin that differs has to be refuted and a harmless one proved; anything else is a
 * survivor, for the judge could not tell it from the claim.
 */
import type { Claim } from '../document/model.ts';
import type { Verdict } from '../document/model.ts';
import { resolveClaim } from './claim-context.ts';
import { type JudgeContext, judgeClaim, type JudgeOptions } from './judge-claim.ts';
import type { DerivedEquation } from './prover.ts';
import { type Twin, twins } from './twins.ts';
import { JudgeContradiction } from './verdict.ts';

export interface JudgedTwin {
  readonly description: string;
  readonly kind: Twin['kind'];
  readonly verdict: Verdict;
  /** Why it is not refuted, or what refuted it. */
  readonly message: string | null;
}

export interface TwinSummary {
  readonly claim: string;
  readonly twins: readonly JudgedTwin[];
  readonly refuted: number;
  /** Proved equal to the derived side: the slip changes nothing. */
  readonly harmless: number;
  /** Neither refuted nor proved. */
  readonly open: readonly JudgedTwin[];
}

/** As many twins of a claim may stay open, each listed with its reason: such as read M^{(−1)}, which is 0/0. */
export const MOST_OPEN = 2;

/** Judges every twin of a claim; `onTwin` is told as it goes. Throws JudgeContradiction where the routes disagree about one. */
export function judgeTwins<Equation extends DerivedEquation>(
  claim: Claim,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
  onTwin?: (twin: JudgedTwin) => void,
): TwinSummary {
  const resolved = resolveClaim(claim, context.library);
  const optimizer = resolved.ok ? resolved.value.optimizer : null;
  const judged: JudgedTwin[] = [];
  for (const { claim: edited, description, kind } of twins(claim, optimizer?.declarations ?? [])) {
    const { verdict, message } = judgeTwin(edited, description, context, options);
    const twin = { description, kind, verdict, message };
    judged.push(twin);
    onTwin?.(twin);
  }
  const count = (verdict: Verdict): number => judged.filter(twin => twin.verdict === verdict).length;
  return {
    claim: claim.id,
    twins: judged,
    refuted: count('refuted'),
    harmless: count('proved'),
    open: judged.filter(({ verdict }) => verdict !== 'refuted' && verdict !== 'proved'),
  };
}

function judgeTwin<Equation extends DerivedEquation>(
  edited: Claim,
  description: string,
  context: JudgeContext<Equation>,
  options: JudgeOptions,
): { readonly verdict: Verdict; readonly message: string | null } {
  try {
    return judgeClaim(edited, context, { ...options, suggestions: false, shrink: false });
  } catch (error) {
    if (error instanceof JudgeContradiction)
      throw new JudgeContradiction(edited.id, `twin "${description}": ${error.message}`);
    throw error;
  }
}

/** Whether the judge let a wrong twin pass, or too many undecided. */
export const hasSurvivor = ({ open }: TwinSummary): boolean =>
  open.length > MOST_OPEN || open.some(({ verdict }) => verdict !== 'undecided');
