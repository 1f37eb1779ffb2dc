/** Makes formulas vanish at a sample by one number that each of them reads, and where that fails by two. */
import { liesIn } from '../../formula/domain.ts';
import { Budget } from '../../base/budget.ts';
import { DIMENSION, type Formula } from '../../formula/formula.ts';
import type { Claim } from '../../document/model.ts';
import { Rational } from '../../number/rational.ts';
import { isApart } from '../../evaluate/ring/ball.ts';
import { enclose } from '../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { Program } from '../../evaluate/program/program.ts';
import type { Draw } from '../sample/draw-sample.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample, SampleSpace } from '../sample/sample.ts';
import { type Adjustable, adjustablesOf, lettersAt } from './adjustable.ts';
import { isNowhereZero } from './nowhere-zero.ts';
import { partsOfSizes, partsOfZero } from './parts-of-zero.ts';
import { exactAt, rootsIn } from './vanish.ts';

interface Place {
  readonly claim: Claim;
  readonly space: SampleSpace;
}

/** Units of work for the search for one zero. */
const MOST_SEARCHED = 20_000;
/** Searches for the zeros of one formula that fail before no more are begun for it. */
const MOST_FAILED = 2;
/** Values of one search that do not exist, or are not rational, before it is given up: then none of them is. */
const MOST_WITHOUT_VALUE = 8;
/** The largest denominator of the numbers that are tried: (3/5, 4/5) and (5/13, 12/13) lie on the unit circle. */
const LARGEST_DENOMINATOR = 13;
const SIGN_DIGITS = 20;
const SIGN_STEPS = 5_000;

/** One after the other, for one component; null where one of them cannot be made zero exactly. */
export function madeZero(
  zeros: readonly Formula[],
  place: Place,
  start: Sample,
  component: number,
  draw: Draw,
): Sample | null {
  const dimension = start.theta.length;
  const vanishing = (partsOf: (zero: Formula) => readonly Formula[]): Sample | null =>
    withZeros(zeros, zeros.flatMap(partsOf), place, start, component, draw);
  const made = vanishing(zero => partsOfZero(zero, dimension) ?? [zero]);
  if (made || zeros.every(zero => partsOfSizes(zero, dimension).length === 0)) return made;
  return vanishing(zero => partsOfSizes(zero, dimension));
}

/** The parts are made zero one after the other; null where the zeros are not zero then. */
function withZeros(
  zeros: readonly Formula[],
  parts: readonly Formula[],
  { claim, space }: Place,
  start: Sample,
  component: number,
  draw: Draw,
): Sample | null {
  const known = { declarations: space.declarations, letters: lettersAt(start, component) };
  const program = new Program({ definitions: claim.definitions, declarations: space.declarations });
  const budget = Budget.unlimited();
  const isZero = (sample: Sample): boolean =>
    zeros.every(zero => exactAt(program, zero, sample, component, budget)?.isZero() === true);
  let sample = start;
  for (const zero of parts) {
    if (isNowhereZero(zero, known)) return null;
    if (exactAt(program, zero, sample, component, budget)?.isZero() === true) continue;
    const adjustables = adjustablesOf(withDefinitions([zero], claim.definitions), space, component);
    const rootsOf = (at: Sample, adjustable: Adjustable): Sample[] =>
      rootsIn(program, zero, at, component, adjustable, budget)
        .filter(root => liesIn(root, adjustable.domain))
        .map(root => adjustable.set(at, root));
    const found = adjustables.flatMap(adjustable => rootsOf(sample, adjustable));
    const valueAt = (at: Sample): Rational | null => exactAt(program, zero, at, component, budget);
    const isTried = found.length === 0 && failuresOf(space, zero) < MOST_FAILED;
    const searched = isTried ? searchedZero(sample, adjustables, valueAt, rootsOf, budget) : null;
    if (isTried && searched === null) failed(space, zero);
    const chosen = searched ?? found[found.length === 0 ? 0 : draw.integer(0, found.length - 1)];
    if (!chosen) return null;
    sample = chosen;
  }
  return isZero(sample) ? sample : null;
}

/** How many searches failed, by the space of a statement and its formula: for one statement only, so that no other one matters. */
const failures = new WeakMap<SampleSpace, Map<Formula, number>>();
const failuresOf = (space: SampleSpace, zero: Formula): number => failures.get(space)?.get(zero) ?? 0;
function failed(space: SampleSpace, zero: Formula): void {
  const table = failures.get(space) ?? new Map<Formula, number>();
  failures.set(space, table.set(zero, failuresOf(space, zero) + 1));
}

/** The first simple value of one number at which the formula vanishes, by itself or with another number at a root. */
function searchedZero(
  start: Sample,
  adjustables: readonly Adjustable[],
  valueAt: (sample: Sample) => Rational | null,
  rootsOf: (sample: Sample, adjustable: Adjustable) => readonly Sample[],
  budget: Budget,
): Sample | null {
  const before = budget.spent;
  let withoutValue = 0;
  let hasValue = false;
  for (const value of SIMPLE)
    for (const adjustable of adjustables) {
      if (!liesIn(value, adjustable.domain)) continue;
      if (budget.spent - before > MOST_SEARCHED) return null;
      const at = adjustable.set(start, value);
      const there = valueAt(at);
      if (there === null) {
        withoutValue += 1;
        if (!hasValue && withoutValue >= MOST_WITHOUT_VALUE) return null;
        continue;
      }
      hasValue = true;
      if (there.isZero()) return at;
      for (const other of adjustables) {
        const [root] = other === adjustable ? [] : rootsOf(at, other);
        if (root) return root;
      }
    }
  return null;
}

/** Fractions with small denominators, between −3 and 3. */
const SIMPLE: readonly Rational[] = Array.from({ length: LARGEST_DENOMINATOR }, (_, at) => at + 1).flatMap(den =>
  Array.from({ length: 6 * den + 1 }, (_, at) => Rational.of(at - 3 * den, den)).filter(
    value => value.den === BigInt(den),
  ),
);

/** The sign of a formula at a sample for one component; null where it has no value or digits do not tell. */
export function signAt(formula: Formula, { claim, space }: Place, sample: Sample, component: number): number | null {
  const program = new Program({ definitions: claim.definitions, declarations: space.declarations });
  const budget = Budget.unlimited();
  const exact = exactAt(program, formula, sample, component, budget);
  if (exact) return exact.sign();
  const letters = new Map(lettersAt(sample, component));
  letters.delete(DIMENSION);
  const enclosed = budget.within(SIGN_STEPS, () =>
    enclose(SIGN_DIGITS, ring => {
      const evaluator = new Evaluator(program, environmentOf(sample, ring), budget);
      return ring.ball(evaluator.value(formula, letters));
    }),
  );
  if (!enclosed?.ok || !isApart(enclosed.value)) return null;
  return enclosed.value.mantissa > 0n ? 1 : -1;
}
