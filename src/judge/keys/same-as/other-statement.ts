/**
 * `same-as`: the right side of a statement beside that of another claim, both as typed, each with its own definitions. The
 * other side takes the place of the derived one, so that `at` and `rescale` apply to it.
 */
import { statesFlow, statesMotion } from '../../../notation/kinds.ts';
import { hasOneLoss, isMean, type MeanSetting, type StepSetting } from '../../../notation/settings.ts';
import { attempt, refuse, type Result } from '../../../base/problem.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import { divide, multiplication, step } from '../../../formula/build.ts';
import { type Formula, withFormulas } from '../../../formula/formula.ts';
import { children, withChildren } from '../../../formula/walk.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import { type DocumentIndex, resolveClaim } from '../../claim-context.ts';
import { type StatedFlow, statedFlow } from '../../stated/modified-loss.ts';

export interface OtherStatement {
  /** With the definitions that it was given. */
  readonly claim: Claim;
  readonly statement: Statement;
  /** Its own and its optimizer's. */
  readonly declarations: readonly Declaration[];
}

/** A flow and a modified loss both state a flow. */
const areAlike = (one: Statement, other: Statement): boolean =>
  one.kind === other.kind || (statesFlow(one) && statesFlow(other));

/** The statement of the named claim that says the same kind of thing; with several, the one at the same place. */
export function otherStatement(claim: Claim, statement: Statement, library: DocumentIndex): Result<OtherStatement> {
  return attempt(() => {
    const found = claim.sameAs === null ? undefined : library.claims.get(claim.sameAs);
    if (!found) return refuse('unknown-claim', `there is no claim ${claim.sameAs}`, claim.span);
    refuseCircle(claim, library);
    const resolved = resolveClaim(found, library);
    if (!resolved.ok) return refuse('unknown-claim', resolved.problems[0]?.message ?? 'the other claim cannot be used');
    const alike = resolved.value.claim.statements.filter(other => areAlike(statement, other));
    const place = claim.statements.filter(own => areAlike(own, statement)).indexOf(statement);
    const chosen = alike.length === 1 ? alike[0] : alike[place];
    if (!chosen) return refuse('no-statement', `the claim ${found.id} has no statement of this kind at this place`);
    const { claim: other, optimizer } = resolved.value;
    const own = new Set(other.declarations.map(({ name }) => name));
    const declarations = [
      ...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name)),
      ...other.declarations,
    ];
    return { claim: other, statement: chosen, declarations };
  });
}

/** Refuses a claim that is compared with itself, also by way of others: nothing would be left that it is held against. */
function refuseCircle(claim: Claim, library: DocumentIndex): void {
  const met = [claim.id];
  for (let id = claim.sameAs; id !== null; id = library.claims.get(id)?.sameAs ?? null) {
    if (id === claim.id)
      refuse('same-as-cycle', `same-as leads back to the claim itself: ${[...met, id].join(' → ')}`, claim.span);
    if (met.includes(id)) return;
    met.push(id);
  }
}

/** Names of the other claim inside the one that is judged. */
const ownName = (name: string): string => `#same-as:${name}`;

/**
 * The two right sides as an identity in h, for the prover: stronger than equality up to the order of the claim, so that a
 * proof is one of the statement. The other side stands on the left, with this claim's step in it.
 */
export function asIdentity(claim: Claim, statement: Statement, other: OtherStatement): StatedFlow {
  const own = statedFlow(claim, statement);
  const flow = statedFlow(other.claim, other.statement);
  const names = new Set(flow.claim.definitions.map(({ name }) => name));
  const { rescale } = claim;
  const moved = (formula: Formula): Formula => adopt(formula, names, rescale);
  const isMap = statement.kind === 'map';
  const right = moved(flow.statement.right);
  const isFullBatch = hasOneLoss(claim.setting) || hasOneLoss(other.claim.setting);
  return {
    claim: {
      ...own.claim,
      sameAs: null,
      rescale: null,
      loss: null,
      limit: null,
      regime: null,
      part: null,
      setting: isFullBatch ? 'full-batch' : claim.setting,
      definitions: [
        ...own.claim.definitions,
        ...flow.claim.definitions.map(each => ({ ...withFormulas(each, moved), name: ownName(each.name) })),
      ],
      declarations: [
        ...claim.declarations,
        ...other.declarations.filter(({ name }) => !claim.declarations.some(each => each.name === name)),
      ],
    },
    statement: {
      ...own.statement,
      kind: 'identity',
      condition: null,
      left: rescale === null || isMap ? right : divide(multiplication(rescale, right), step),
    },
  };
}

/** The same up to the order of the claim, which is all that it says of two equations of motion; null where it says no more than that. */
export function asIdentityToOrder(claim: Claim, statement: Statement, other: OtherStatement): StatedFlow | null {
  if (!statesMotion(statement) || statement.remainder !== null || claim.rescale !== null) return null;
  const whole = asIdentity(claim, statement, other);
  // A map says θ + h(…): it has one power of h more.
  const remainder = claim.order + (statement.kind === 'map' ? 2 : 1);
  return { ...whole, statement: { ...whole.statement, remainder } };
}

/** The formula with its definitions renamed and `rescaled` in place of h. */
function adopt(formula: Formula, names: ReadonlySet<string>, rescaled: Formula | null): Formula {
  if (formula.kind === 'step') return rescaled ?? formula;
  const inner = withChildren(
    formula,
    children(formula).map(child => adopt(child, names, rescaled)),
  );
  return inner.kind === 'quantity' && names.has(inner.name) ? { ...inner, name: ownName(inner.name) } : inner;
}

/** What both claims declare; this one's where both declare a name. */
export const declaredWith = (own: readonly Declaration[], other: OtherStatement | null): readonly Declaration[] =>
  other === null ? own : [...own, ...other.declarations.filter(({ name }) => !own.some(each => each.name === name))];

/** The setting of the steps: the full batch where one of the two claims is about that. */
export const settingWith = (claim: Claim, other: OtherStatement | null): StepSetting | MeanSetting =>
  isMean(claim.setting)
    ? claim.setting
    : hasOneLoss(claim.setting) || (other !== null && hasOneLoss(other.claim.setting))
      ? 'full-batch'
      : 'mini-batch';
