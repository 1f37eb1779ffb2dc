/** Which conditions on free indices are written around a term: none that always holds, and none that the losses of the term say by themselves. */
import type { BeforeFirst } from '../../notation/before-first.ts';
import { ITERATION } from '../../formula/formula.ts';
import { addForms, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
import type { Constraint } from '../core/domain.ts';
import type { FactorPower } from '../core/factor.ts';
import { asForm } from '../core/index-form.ts';
import { atomForm, ITERATION_INDEX, ZERO } from '../core/indices.ts';
import { type WrittenIndices, writeForm } from './write-form.ts';

const ROLES: ReadonlyMap<string, LinearForm> = new Map([[ITERATION, variableForm(ITERATION_INDEX)]]);

/** Factors that have a value at every label. */
const PLAIN: ReadonlySet<FactorPower['factor']['kind']> = new Set(['loss', 'point', 'symbol', 'integer']);

/** The conditions that have to be written. */
export function neededConditions(
  conditions: readonly Constraint[],
  factors: readonly FactorPower[],
  letters: WrittenIndices,
  beforeFirst: BeforeFirst | undefined,
): Constraint[] {
  const arePlain = factors.every(({ factor }) => PLAIN.has(factor.kind));
  return conditions.filter(
    condition =>
      !alwaysHolds(condition, letters) && !(beforeFirst === 'zero' && arePlain && saidByLoss(condition, factors)),
  );
}

/** What is known of labels: whether there is a loss with one, and whether there is a point. */
interface Labels {
  readonly ofLoss: (batch: LinearForm) => boolean;
  readonly ofPoint: (at: LinearForm) => boolean;
}

/** Whether a factor has a value at every label, if losses and points have one where it is said so. */
export const hasValueAtEveryLabel = ({ factor, exponent }: FactorPower, { ofLoss, ofPoint }: Labels): boolean => {
  if (factor.kind === 'symbol' || factor.kind === 'integer') return true;
  if ((factor.kind !== 'loss' && factor.kind !== 'point') || exponent.constant.sign() <= 0) return false;
  const isAtPoint = factor.at === null || ofPoint(factor.at);
  return isAtPoint && (factor.kind === 'point' || factor.batch === null || ofLoss(factor.batch));
};

/** left ≤ right + bound for all n ≥ 0, with the letters that stand for the indices here. */
function alwaysHolds({ left, right, bound }: Constraint, letters: WrittenIndices): boolean {
  const [least, most] = [atomForm(left), atomForm(right, bound)].map(form => asWritten(form, letters));
  return least != null && most != null && isAtLeast(addForms(most, scaleForm(least, -1)), 0);
}

/** Whether the form is at least 1 for all n ≥ 0, with the letters that stand for the indices here. */
export function alwaysPositive(form: LinearForm, letters: WrittenIndices): boolean {
  const written = asWritten(form, letters);
  return written !== null && isAtLeast(written, 1);
}

const asWritten = (form: LinearForm, letters: WrittenIndices): LinearForm | null =>
  asForm(writeForm(form, letters), ROLES);

/** At n = 0, and so for all n. */
const isAtLeast = ({ constant, terms }: LinearForm, least: number): boolean =>
  constant >= least && terms.every(([index, count]) => index === ITERATION_INDEX && count >= 0);

/** x ≥ c where the term has E_{x−c}, or a still earlier one, which is zero for x < c. */
const saidByLoss = ({ left, right, bound }: Constraint, factors: readonly FactorPower[]): boolean =>
  left === ZERO &&
  factors.some(({ factor, exponent }) => {
    if (factor.kind !== 'loss' || factor.batch === null || exponent.constant.sign() <= 0) return false;
    const { constant, terms } = factor.batch;
    return terms.length === 1 && terms[0]?.[0] === right && terms[0][1] === 1 && constant <= bound;
  });
