/**
 * How a claim came to its verdict, as data: the steps from the update rule to the derived form, the steps from there to the
 * printed one, and where they part a counterexample worked out in numbers. Texts and reports are written from it.
 */
import { kindFacts } from '../../notation/kinds.ts';
import { atMost } from '../../base/work.ts';
import { type SpecialEquation, specialEquation } from '../../closed-form/special-equation.ts';
import { claimConventions } from '../../document/conventions.ts';
import { isChanged } from '../../document/changes.ts';
import type { Claim, Verdict } from '../../document/model.ts';
import type { DocumentIndex } from '../../judge/claim-context.ts';
import { resolveClaim } from '../../judge/claim-context.ts';
import type { Rechecked } from '../../judge/check/recheck-statement.ts';
import type { ClaimVerdict } from '../../judge/verdict.ts';
import { workOut, type WorkedExample } from '../../judge/work-out.ts';
import type { Derivations, ModifiedEquation } from '../../derivation/derive.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { buildWriteUp } from '../write-up/build-write-up.ts';
import type { WriteUp } from '../write-up/model/write-up.ts';

export interface StatementExplanation {
  readonly id: string;
  readonly verdict: Verdict;
  /** From the derived form to the printed one, in words; empty where nothing was proved. */
  readonly steps: readonly string[];
  readonly message: string | null;
  /** The proof with its steps, where it was made once more; else null. */
  readonly rechecked: Rechecked | null;
  /** A refuted statement at its counterexample; null where it is not refuted or has no values by itself. */
  readonly worked: WorkedExample | null;
}

export interface Explanation {
  /** How the claim was understood, in sentences with the author's letters; empty where it was not read. */
  readonly conventions: readonly string[];
  /** The steps from the update rule to the equation; null for claims about no equation, or where none is derived. */
  readonly derivation: WriteUp | null;
  /** What the update rule gives for a claimed flow or map; null for other claims. */
  readonly counterpart: ModifiedEquation | null;
  readonly statements: readonly StatementExplanation[];
}

/** Sections of a write-up that lead from the update rule to a form of the equation. */
export const STEPS_TO: Readonly<Record<'flow' | 'map', readonly string[]>> = {
  flow: ['sequences', 'history', 'expansions', 'map', 'matching'],
  map: ['sequences', 'history', 'expansions', 'map'],
};

/** Work for one derivation (base/work.ts). */
const WORK = 10_000_000;

/** `derivations` hold what the verdict came from. */
export function explanationOf(verdict: ClaimVerdict, library: DocumentIndex, derivations: Derivations): Explanation {
  const { claim } = verdict;
  const statements = explainedStatements(verdict, library, derivations);
  if (!('statements' in claim)) return { conventions: [], derivation: null, counterpart: null, statements };
  const resolved = resolveClaim(claim, library);
  if (!resolved.ok)
    return { conventions: claimConventions(claim, null), derivation: null, counterpart: null, statements };
  const { optimizer } = resolved.value;
  const counterpart = counterpartOf(claim, optimizer, derivations);
  return {
    conventions: claimConventions(claim, optimizer),
    derivation: optimizer && counterpart ? derivation(optimizer, claim, derivations) : null,
    counterpart,
    statements,
  };
}

/** The statements alone, without the steps from the update rule. */
export function explainedStatements(
  verdict: ClaimVerdict,
  library: DocumentIndex,
  derivations: Derivations,
): StatementExplanation[] {
  const { claim } = verdict;
  const resolved = 'statements' in claim ? resolveClaim(claim, library) : null;
  if (!('statements' in claim) || resolved === null || !resolved.ok)
    return verdict.statements.map(({ id, verdict: own, steps, message, rechecked = null }) => ({
      id,
      verdict: own,
      steps,
      message,
      rechecked,
      worked: null,
    }));
  const { optimizer } = resolved.value;
  const counterpart = counterpartOf(claim, optimizer, derivations);
  const own = new Set(resolved.value.claim.declarations.map(({ name }) => name));
  const declarations = [
    ...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name)),
    ...resolved.value.claim.declarations,
  ];
  return verdict.statements.map(
    ({ id, verdict: each, steps, message, rechecked = null, refutedAt }): StatementExplanation => {
      const statement = claim.statements.find(other => other.id === id);
      const worked =
        refutedAt && statement
          ? workOut({
              claim: resolved.value.claim,
              statement,
              declarations,
              derived: isComparedAsItStands(claim) ? counterpart : null,
              at: refutedAt(),
            })
          : null;
      return { id, verdict: each, steps, message, rechecked, worked };
    },
  );
}

/** The form of the equation that the claim states. */
export function statedForm({ statements, sameAs }: Claim): 'flow' | 'map' | null {
  if (sameAs !== null) return null;
  const forms = statements.map(({ kind }) => kindFacts(kind).equation);
  return forms.includes('map') ? 'map' : forms.includes('flow') ? 'flow' : null;
}

/** The derived equation in the limit and regime of the claim; null where it has none, or where no closed form is found. */
export function specialCounterpart(claim: Claim, counterpart: ModifiedEquation): SpecialEquation | null {
  const { limit, regime } = claim;
  if ((limit ?? regime) === null || isChanged(claim)) return null;
  const special = specialEquation(counterpart, { limit, regime });
  return special.ok ? special.value : null;
}

/** The values of `at` are those of the instance. */
const isComparedAsItStands = (claim: Claim): boolean => claim.sameAs === null && !isChanged(claim, 'at');

function counterpartOf(claim: Claim, optimizer: Optimizer | null, derivations: Derivations): ModifiedEquation | null {
  const form = statedForm(claim);
  if (optimizer === null || form === null) return null;
  const { order, setting } = claim;
  const mean = claim.statements.find(({ kind }) => kindFacts(kind).equation === form)?.mean;
  return atMost(
    WORK,
    () => {
      const result = derivations.equation(optimizer, { order, setting, form, ...(mean === undefined ? {} : { mean }) });
      return result.ok ? result.value : null;
    },
    () => null,
  );
}

/** In the letters of the claim. */
function derivation(
  optimizer: Optimizer,
  { order, setting, notation }: Claim,
  derivations: Derivations,
): WriteUp | null {
  return atMost(
    WORK,
    () => {
      const built = buildWriteUp(optimizer, { setting, order, notation, detail: 'steps' }, derivations);
      return built.ok ? built.value : null;
    },
    () => null,
  );
}
