/** e^{−λ} as a letter: what is written with it has the same values, and where λ stands elsewhere nothing is written. */
import { describe, expect, it } from 'vitest';
import * as build from '../../src/formula/build.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { exponentialName, formulaWithLetter } from '../../src/judge/stated/exponential-letters.ts';
import { Dice } from '../fuzz/random.ts';
import { valueAtLetters } from './value-at-letters.ts';

const NAME = '\\lambda';
const lambda = build.parameter(NAME);
const beta = build.parameter('\\beta');
const n = build.index(ITERATION);

/** λ times a whole form of n, typed in several ways. */
function times(dice: Dice): Formula {
  const form = dice.pick([
    n,
    build.addition(n, build.number(1)),
    build.subtraction(build.number(2), n),
    build.number(2),
  ]);
  return dice.pick([
    build.multiplication(lambda, form),
    build.multiplication(build.number(3), form, lambda),
    build.negation(build.multiplication(lambda, form)),
    build.negation(lambda),
    build.divide(build.multiplication(build.number(4), lambda, form), build.number(2)),
  ]);
}

function drawn(dice: Dice, depth: number): Formula {
  if (depth === 0)
    return dice.pick([
      build.call('exp', times(dice)),
      build.call('exp', build.addition(times(dice), build.negation(beta))),
      build.call('exp', build.addition(build.negation(times(dice)), times(dice), build.number(1))),
      build.number(2),
      beta,
    ]);
  const part = (): Formula => drawn(dice, depth - 1);
  return dice.pick([
    () => build.addition(part(), part()),
    () => build.multiplication(part(), part()),
    () => build.divide(part(), build.addition(build.number(3), drawn(dice, 0))),
    () => build.negation(part()),
  ])();
}

/** How often a value is another one than before. */
function changes(written: (formula: Formula) => Formula): number {
  const dice = new Dice(5);
  let count = 0;
  for (let run = 0; run < 200; run += 1) {
    const formula = drawn(dice, 2);
    const after = written(formula);
    for (const [size, by] of [
      [0, 0.3],
      [2, 0.7],
      [3, 0.1],
    ] as const) {
      const letters = new Map([
        [NAME, by],
        [exponentialName(NAME), Math.exp(-by)],
        ['\\beta', 0.4],
        [ITERATION, size],
      ]);
      const [one, other] = [valueAtLetters(formula, letters), valueAtLetters(after, letters)];
      if (!(Math.abs(one - other) <= 1e-9 * (1 + Math.abs(one)))) count += 1;
    }
  }
  return count;
}

describe('e^{−λ} as a letter', () => {
  it('keeps every value', () => {
    expect(changes(formula => formulaWithLetter(formula, NAME))).toBe(0);
  });
  it.each<readonly [string, (formula: Formula) => Formula]>([
    ['the sign of the exponent lost', formula => turned(formulaWithLetter(formula, NAME))],
    ['the letter for e^{λ}', formula => inverted(formulaWithLetter(formula, NAME))],
  ])('a broken twin is caught: %s', (_, twin) => {
    expect(changes(twin)).toBeGreaterThan(0);
  });
  it.each<readonly [string, Formula]>([
    ['beside an exponential', build.multiplication(lambda, build.call('exp', build.negation(lambda)))],
    ['times another letter', build.call('exp', build.multiplication(beta, lambda))],
    ['squared', build.call('exp', build.multiplication(lambda, lambda))],
    ['halved', build.call('exp', build.multiplication(build.number(Rational.of(1, 2)), n, lambda))],
    ['below a fraction line', build.call('exp', build.divide(n, lambda))],
    ['under a logarithm', build.call('log', lambda)],
  ])('nothing is written where λ stands %s', (_, formula) => {
    expect(() => formulaWithLetter(formula, NAME)).toThrow();
  });
});

const mapPowers = (formula: Formula, change: (power: Formula & { readonly kind: 'power' }) => Formula): Formula => {
  if (formula.kind === 'power') return change(formula);
  if (formula.kind === 'add') return { ...formula, terms: formula.terms.map(each => mapPowers(each, change)) };
  if (formula.kind === 'multiply') return { ...formula, factors: formula.factors.map(each => mapPowers(each, change)) };
  if (formula.kind === 'negate') return { ...formula, argument: mapPowers(formula.argument, change) };
  if (formula.kind !== 'divide') return formula;
  return {
    ...formula,
    numerator: mapPowers(formula.numerator, change),
    denominator: mapPowers(formula.denominator, change),
  };
};
const turned = (formula: Formula): Formula =>
  mapPowers(formula, power => ({ ...power, exponent: build.negation(power.exponent) }));
const inverted = (formula: Formula): Formula =>
  mapPowers(formula, power => ({ ...power, base: build.divide(build.number(1), power.base) }));
