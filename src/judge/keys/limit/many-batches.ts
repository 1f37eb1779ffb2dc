/**
 * The limit n → ∞ without repetition, uniformly in the number m \ge n + 1 of batches. The derived side is Σ_{a,e} G_{a,e}(n)/(m − a)^e + G_0(n),
 * and 1/(m − a)^e is positive and largest at m = n + 1 for n \ge a: where G_{a,e}(n)/(n + 1 − a)^e tends to 0 for each of them, all of it tends
 * to the limit of G_0, uniformly in m.
 */
import type { Budget } from '../../../base/budget.ts';
import { attempt, refuse } from '../../../base/problem.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  scale,
  sumTerms,
  withOpened,
  ZERO_EXPRESSION,
} from '../../../expression/core/expression.ts';
import { exponentOf, type FactorPower, factorForms, integerExponent } from '../../../expression/core/factor.ts';
import { BATCHES_INDEX, ITERATION_INDEX } from '../../../expression/core/indices.ts';
import type { Term } from '../../../expression/core/term.ts';
import { factorial } from '../../../expression/calculus/series.ts';
import { Rational } from '../../../number/rational.ts';
import { variableForm } from '../../../number/linear-form.ts';
import { unfold } from '../../../rewrite/unfold.ts';
import type { Pair, VanishingPart } from '../../symbolic/sides.ts';

/** The pair without m, and a pair for each fraction in m, which is to vanish. */
export function withManyBatches({ what, derived, claimed }: Pair, budget: Budget): Pair[] {
  const { plain, fractions } = partsOf(derived, budget);
  if (fractions.length === 0) return [{ what, derived, claimed }];
  return [
    { what, derived: plain, claimed },
    ...fractions.map(
      (part): Pair => ({
        what: `what ${what} have beside ${nameOf(part)}`,
        derived: multiply(part.beside, atFewestBatches(part)),
        claimed: ZERO_EXPRESSION,
      }),
    ),
  ];
}

/**
 * A difference as what stands beside 1 and beside each 1/(m − a)^e, all of which is zero where each of them is, and for infinitely many m
 * not otherwise; the difference itself where m stands in it in any other way.
 */
export function besideFractions({ what, value }: VanishingPart, budget: Budget): VanishingPart[] {
  const parts = attempt(() => partsOf(value, budget));
  if (!parts.ok || parts.value.fractions.length === 0) return [{ what, value }];
  const { plain, fractions } = parts.value;
  return [
    { what, value: plain },
    ...fractions.map(part => ({ what: `what ${what} have beside ${nameOf(part)}`, value: part.beside })),
  ];
}

interface BesideFraction {
  readonly root: number;
  readonly exponent: number;
  readonly beside: Expression;
}

/** What has no m, and what stands beside each fraction in m. */
function partsOf(
  value: Expression,
  budget: Budget,
): { readonly plain: Expression; readonly fractions: BesideFraction[] } {
  const plain: Expression[] = [];
  const groups = new Map<string, { parts: Expression[]; root: number; exponent: number }>();
  for (const term of unfold(value, budget).terms) {
    const own = term.factors.filter(mentionsBatches);
    const rest = own.length === 0 ? sumTerms([term]) : withoutBatches(term);
    for (const { root, exponent, count } of fractionsOf(own)) {
      if (exponent === 0) {
        plain.push(scale(rest, count));
        continue;
      }
      const key = `${root} ${exponent}`;
      const group = groups.get(key) ?? { parts: [], root, exponent };
      groups.set(key, group);
      group.parts.push(scale(rest, count));
    }
  }
  return {
    plain: add(...plain),
    fractions: [...groups.values()].map(({ parts, root, exponent }) => ({ root, exponent, beside: add(...parts) })),
  };
}

const withoutBatches = (term: Term): Expression =>
  withOpened(term, powers =>
    multiply(
      constant(1),
      ...powers
        .filter(power => !mentionsBatches(power))
        .map(({ factor, exponent }) => factorExpression(factor, exponent)),
    ),
  );

const nameOf = ({ root, exponent }: BesideFraction): string => `1/(m − ${root})${exponent === 1 ? '' : `^${exponent}`}`;

const mentionsBatches = ({ factor, exponent }: FactorPower): boolean =>
  [...factorForms(factor), exponent.form].some(form => form.terms.some(([index]) => index === BATCHES_INDEX));

/** m^k/(m − a)^e as a sum of multiples of 1/(m − a)^i, by m = (m − a) + a. Refuses anything else, and what grows with m. */
function fractionsOf(powers: readonly FactorPower[]): { root: number; exponent: number; count: Rational }[] {
  if (powers.length === 0) return [{ root: 0, exponent: 0, count: Rational.one }];
  let [above, root, below] = [0, 0, 0];
  for (const { factor, exponent } of powers) {
    const whole = integerExponent(exponent);
    if (factor.kind !== 'index' || whole === null) return refuse('no-limit', NOT_COVERED);
    const { constant: shift, terms } = factor.index;
    const isAlone = terms.length === 1 && terms[0]?.[1] === 1;
    if (isAlone && shift === 0 && whole > 0 && above === 0) above = whole;
    else if (isAlone && shift < 0 && whole < 0 && below === 0) [root, below] = [-shift, -whole];
    else return refuse('no-limit', NOT_COVERED);
  }
  if (above > below) return refuse('no-limit', NOT_COVERED);
  return Array.from({ length: above + 1 }, (_, i) => ({
    root,
    exponent: below - i,
    count: Rational.of(binomial(above, i)).multiply(Rational.of(root).power(above - i)),
  })).filter(({ count }) => !count.isZero());
}

const binomial = (n: number, k: number): bigint => factorial(n) / (factorial(k) * factorial(n - k));

const NOT_COVERED = 'how the number of batches stands in it is not covered';

/** The fraction with n + 1 in the place of m. */
const atFewestBatches = ({ root, exponent }: BesideFraction): Expression =>
  factorExpression({ kind: 'index', index: variableForm(ITERATION_INDEX, 1 - root) }, exponentOf(-exponent));
