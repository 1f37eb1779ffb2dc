/**
 * How many steps an equation takes to come near its limit n → ∞: at ρ = 0.999 that is thousands. Measured, not proved: the
 * coefficients are evaluated in double precision at some random gradients and at given values of the hyperparameters.
 */
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { Refusal } from '../../base/problem.ts';
import type { Assumptions } from '../../expression/arithmetic/assumptions.ts';
import { type Expression, isZero } from '../../expression/core/expression.ts';
import type { Declaration } from '../../formula/declaration.ts';
import { carryOutSums } from '../../rewrite/rules/sums/carry-out-sums.ts';
import { probe } from '../../rewrite/probe.ts';

/** How fast the limit is reached. */
export interface Rate {
  /** The difference is of the order of the n-th powers of these hyperparameters, up to powers of n. */
  readonly orders: readonly string[];
  readonly settling: Settling | null;
}

export interface Settling {
  /** About the least n from which on every coefficient is within 5 % of its limit; null where that was not found. */
  readonly steps: number | null;
  /** The values of the hyperparameters that were used, by their names. */
  readonly values: ReadonlyMap<string, number>;
}

const WITHIN = 0.05;
const SEEDS = [11, 29, 53];
/** Steps are found up to this part of them. */
const PRECISION = 1 / 64;
const MOST_STEPS = 200_000;
const MOST_PRODUCTS = 100_000;
/** Work for closed forms at finite n, in terms made. */
const STEPS = 60_000;

/** What is usual for a hyperparameter of this name; other names get a value in the middle of their domain. */
const USUAL: readonly (readonly [RegExp, number])[] = [
  [/^\\(rho|nu)$|^\\beta_\{?2\}?$/, 0.999],
  [/^\\(beta|mu|gamma|alpha)$|^\\beta_\{?1\}?$/, 0.9],
  [/epsilon/, 1e-8],
  [/^\\lambda$/, 0.01],
];

/** Values for all scalars: those given, else usual ones. */
export function usualValues(
  declarations: readonly Declaration[],
  given: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const values = new Map<string, number>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'scalar') continue;
    const { lower, upper } = declaration.domain;
    const [low, high] = [lower?.toNumber() ?? 0, upper?.toNumber() ?? (lower?.toNumber() ?? 0) + 2];
    const usual = USUAL.find(([name]) => name.test(declaration.name))?.[1];
    const fits = usual !== undefined && usual >= low && usual <= high;
    values.set(declaration.name, given.get(declaration.name) ?? (fits ? usual : (low + high) / 2));
  }
  return values;
}

/** Steps until the coefficients are near their limits, the greatest of some random gradients. */
export function stepsToLimit(
  coefficients: readonly { readonly value: Expression; readonly limit: Expression }[],
  values: ReadonlyMap<string, number>,
  assumptions: Assumptions,
): Settling {
  const measured = coefficients.flatMap(({ value, limit }) => {
    const closed = closedForm(value, assumptions);
    // A sum over times is as long as the steps that are looked at: one gradient must do.
    const seeds = closed.terms.some(term => term.sorts.includes('history')) ? SEEDS.slice(0, 1) : SEEDS;
    return seeds.map(seed => stepsOf(closed, limit, seed, values));
  });
  const known = measured.flatMap(steps => (steps === null ? [] : [steps]));
  return { steps: known.length < measured.length ? null : Math.max(0, ...known), values };
}

function closedForm(value: Expression, assumptions: Assumptions): Expression {
  try {
    return carryOutSums(value, assumptions, new Budget(STEPS));
  } catch (error) {
    if (error instanceof BudgetSpent || error instanceof Refusal) return value;
    throw error;
  }
}

/** The least n from which on the value is near the limit, as far as doubling n shows. */
function stepsOf(
  value: Expression,
  limit: Expression,
  seed: number,
  symbols: ReadonlyMap<string, number>,
): number | null {
  const at = (expression: Expression, n: number): number | null =>
    isZero(expression) ? 0 : (probe(expression, { n, p: 1, seed, symbols, products: MOST_PRODUCTS })?.value ?? null);
  const goal = at(limit, 0);
  if (goal === null) return null;
  const isNear = (n: number): boolean | null => {
    const own = at(value, n);
    // No share of 0 is a distance from it.
    if (own === null || (goal === 0 && own !== 0)) return null;
    return Math.abs(own - goal) <= WITHIN * Math.abs(goal);
  };
  let far = -1;
  let near = 0;
  for (let n = 0; near <= far || n <= 2 * near + 2; n = n === 0 ? 1 : 2 * n) {
    const answer = n > MOST_STEPS ? null : isNear(n);
    if (answer === null) return null;
    if (!answer) far = n;
    else if (near <= far) near = n;
  }
  while (near - far > Math.max(1, PRECISION * near)) {
    const middle = Math.floor((near + far) / 2);
    if (isNear(middle) === true) near = middle;
    else far = middle;
  }
  return near;
}
