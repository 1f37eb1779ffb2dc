/** Limits of fractions in n with hyperparameters: by the highest powers, as the values at very large n say. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { add, constant } from '../../src/expression/core/expression.ts';
import { substituteSymbol } from '../../src/expression/calculus/substitute-symbol.ts';
import { Rational } from '../../src/number/rational.ts';
import { LimitNotebook } from '../../src/prove/limit/limit-notes.ts';
import { limitOfFractions } from '../../src/prove/limit/limit-of-fractions.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const RUNS = Number(process.env.MODEQ_RULE_RUNS ?? 120);
const FAR = 10n ** 7n;

interface Drawn {
  readonly text: string;
  /** At n and q, with b^n as nothing. */
  readonly at: (n: number, q: number) => number;
}

function polynomial(random: Random, most: number): Drawn {
  const terms = Array.from({ length: random.int(1, 3) }, () => ({
    number: random.pick([1, 2, 3, -1]),
    degree: random.int(0, most),
    hasQ: random.chance(40),
    decays: random.chance(20),
  }));
  const lead = { number: 1, degree: random.int(0, most), hasQ: random.chance(30), decays: false };
  const all = [...terms, lead];
  return {
    text: all
      .map(({ number, degree, hasQ, decays }) => `${number}${hasQ ? 'q' : ''}n^{${degree}}${decays ? 'b^n' : ''}`)
      .join('+')
      .replaceAll('+-', '-'),
    at: (n, q) =>
      all.reduce(
        (sum, { number, degree, hasQ, decays }) => sum + (decays ? 0 : number * (hasQ ? q : 1) * n ** degree),
        0,
      ),
  };
}

function drawn(random: Random): Drawn {
  const [above, below] = [polynomial(random, random.int(0, 3)), polynomial(random, random.int(0, 3))];
  const beside = polynomial(random, 0);
  return {
    text: `\\frac{${above.text}}{${below.text}}+${beside.text}`.replaceAll('+-', '-'),
    at: (n, q) => above.at(n, q) / below.at(n, q) + beside.at(n, q),
  };
}

type Taken = (text: string) => { readonly value: Expression; readonly divisors: number } | null;
const own: Taken = text => {
  const notebook = new LimitNotebook();
  const found = attempt(() => limitOfFractions(typed(text), FACTS, ample(), notebook));
  return found.ok && found.value !== null ? { value: found.value, divisors: notebook.notes.divisors.size } : null;
};

const numberAt = (value: Expression, q: number): number | null => {
  const there = attempt(() => unfold(substituteSymbol(value, 'q', constant(Rational.of(q)), FACTS), ample(), FACTS));
  const { terms } = there.ok ? there.value : { terms: [{ factors: [null] }] };
  if (terms.some(({ factors }) => factors.length > 0)) return null;
  return (terms as Expression['terms']).reduce((sum, { coefficient }) => sum + coefficient.toNumber(), 0);
};

function watched(taken: Taken): { readonly found: number; readonly wrong: readonly string[] } {
  const random = new Random(11);
  const wrong: string[] = [];
  let found = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { text, at } = drawn(random);
    const limit = taken(text);
    if (limit === null) continue;
    found += 1;
    for (const q of [2, 5, 17]) {
      const [value, far] = [numberAt(limit.value, q), at(Number(FAR), q)];
      // Where a noted divisor vanishes nothing is said.
      if (value === null || (limit.divisors > 0 && !Number.isFinite(far))) continue;
      const isNear = Math.abs(value - far) <= 1e-4 * (1 + Math.abs(far));
      if (!isNear && limit.divisors === 0) wrong.push(`${text}: ${value} at q = ${q}, not ${far}`);
    }
  }
  return { found, wrong };
}

describe('fractions in n', () => {
  it('tend to what their values far out are near', () => {
    const { found, wrong } = watched(own);
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(RUNS / 4);
  });
  it.each<readonly [string, Taken]>([
    [
      'one more than it is',
      text => {
        const limit = own(text);
        return limit && { ...limit, value: add(limit.value, constant(1)) };
      },
    ],
    [
      'the first term only',
      text => {
        const limit = own(text);
        return limit && { ...limit, value: { terms: limit.value.terms.slice(0, 1) } };
      },
    ],
    ['zero', text => own(text) && { value: constant(0), divisors: 0 }],
  ])('a broken twin is caught: %s', (_, twin) => {
    expect(watched(twin).wrong.length).toBeGreaterThan(0);
  });
  it('note a leading coefficient that may vanish', () => {
    expect(own('\\frac{(b-a)n+1}{(b-a)n+2}')?.divisors).toBe(1);
    expect(own('\\frac{(b+a)n+1}{(b+a)n+2}')?.divisors).toBe(0);
    expect(own('\\frac{x n}{e n+1}')?.divisors).toBe(1);
    expect(own('\\frac{q n^2}{q n+1}')).toBeNull();
    expect(own('\\frac{b^n}{b^n+a^n}')).toBeNull();
  });
});
