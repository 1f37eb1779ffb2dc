/** Polynomials in n or p alone: what is shown holds at every integer, and what holds at all is shown. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { add, constant, type Expression, factorExpression, multiply } from '../../src/expression/core/expression.ts';
import { DIMENSION_INDEX, ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { isPositiveAtIntegers } from '../../src/prove/sign/at-integers.ts';
import { Random } from '../rewrite/random.ts';
import { typed } from '../rewrite/typed.ts';

const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 400);
const budget = (): Budget => new Budget(1_000_000);

interface Drawn {
  readonly expression: Expression;
  /** Its values from the first integer on, far beyond its zeros. */
  readonly values: readonly number[];
}

function drawn(random: Random): Drawn {
  const letter = random.pick([ITERATION_INDEX, ITERATION_INDEX, DIMENSION_INDEX]);
  const zeros = Array.from({ length: random.int(1, 4) }, () => random.int(-3, 30));
  const near = zeros.flatMap(zero => [zero, zero + random.pick([1, 1, 1, 0, 2])]);
  const chosen = random.chance(70) ? near.slice(0, 4) : zeros;
  const beside = random.pick([0, 0, 0, 1, -1, 3]);
  // Multiplied out, or as forms side by side.
  const isSum = random.chance(50);
  const form = (offset: number): Expression =>
    factorExpression({ kind: 'index', index: { constant: offset, terms: [[letter, 1]] } });
  const factor = (zero: number): Expression => (isSum ? add(form(0), constant(-zero)) : form(-zero));
  const start = letter === DIMENSION_INDEX ? 1 : 0;
  return {
    expression: add(
      chosen.reduce<Expression>((product, zero) => multiply(product, factor(zero)), constant(1)),
      constant(beside),
    ),
    values: Array.from(
      { length: 60 },
      (_, at) => chosen.reduce((product, zero) => product * (at + start - zero), 1) + beside,
    ),
  };
}

type Shown = (expression: Expression, strictly: boolean) => boolean;
const own: Shown = (expression, strictly) => isPositiveAtIntegers(expression, strictly, budget());

/** How often it is shown, and how often it holds or fails and the contrary is said. */
function watched(shown: Shown): { readonly shown: number; readonly wrong: number; readonly missed: number } {
  const random = new Random(3);
  const seen = { shown: 0, wrong: 0, missed: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const { expression, values } = drawn(random);
    for (const strictly of [true, false]) {
      const holds = values.every(value => (strictly ? value > 0 : value >= 0));
      const found = shown(expression, strictly);
      if (found) seen.shown += 1;
      if (found && !holds) seen.wrong += 1;
      if (!found && holds) seen.missed += 1;
    }
  }
  return seen;
}

describe('polynomials in one integer', () => {
  it('are shown to be positive exactly where they are', () => {
    const { shown, wrong, missed } = watched(own);
    expect({ wrong, missed }).toEqual({ wrong: 0, missed: 0 });
    expect(shown).toBeGreaterThan(RUNS / 10);
  });
  it.each<readonly [string, Shown]>([
    ['zero taken for positive', expression => own(expression, false)],
    ['the first value left out', (expression, strictly) => own(later(expression), strictly)],
    ['one more than it is', (expression, strictly) => own(add(expression, constant(1)), strictly)],
  ])('a broken twin is caught: %s', (_, twin) => {
    expect(watched(twin).wrong).toBeGreaterThan(0);
  });
  it('are none with another letter, a sum, or a fraction', () => {
    for (const text of [
      '(n-1)(n-2)+x',
      'n^{-1}',
      'b^n',
      'n p',
      '1+\\frac{n}{n-5}',
      '3-\\frac{1}{n-1}',
      '\\sqrt{n}+1',
      '\\sum_{k=0}^{n}k+1',
      '(2n-1)(n-p)+9',
    ])
      expect(own(typed(text), false)).toBe(false);
  });
});

/** n + 1 in place of n. */
const later = ({ terms }: Expression): Expression =>
  add(
    ...terms.map(({ coefficient, factors }) =>
      factors.reduce<Expression>(
        (product, { factor, exponent }) =>
          multiply(
            product,
            factor.kind === 'index'
              ? factorExpression(
                  { kind: 'index', index: { ...factor.index, constant: factor.index.constant + 1 } },
                  exponent,
                )
              : factorExpression(factor, exponent),
          ),
        constant(coefficient),
      ),
    ),
  );
