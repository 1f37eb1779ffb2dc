/** Limits by samples: sequences of known limits. What tends to the claimed limit, however slowly, is never refuted. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { samplesOf } from '../../src/judge/sample/arbitrary-sample.ts';
import type { LateStart } from '../../src/judge/satisfy/late-start.ts';
import { limitQuestion } from '../../src/judge/keys/limit/numeric.ts';
import type { Outcome, Question } from '../../src/judge/question.ts';
import type { SampleSpace } from '../../src/judge/sample/sample.ts';
import { Rational } from '../../src/number/rational.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';

const space: SampleSpace = { setting: 'full-batch', declarations: [], letters: new Map() };
const [sample] = samplesOf(space, 1, 1);

/** What the question says of a sequence and its claimed limit, with numbers to 15 digits. */
function kindOf(
  derived: (n: number) => number,
  claimed: (n: number) => number,
  start: LateStart = { from: 0 },
): string {
  const at =
    (f: (n: number) => number) =>
    ({ n }: { readonly n: number }, digits: number): Outcome => {
      const ring = new BallRing(digits);
      return { kind: 'values', rows: [[ring.fromRational(Rational.of(BigInt(Math.round(f(n) * 1e15)), 10n ** 15n))]] };
    };
  const base: Question = {
    space,
    relation: '=',
    claimed: at(claimed),
    derived: at(derived),
    quantity: () => 'x',
    componentwise: false,
  };
  if (sample === undefined) throw new Error('a sample was drawn');
  const said = limitQuestion(base, Budget.unlimited(), start).along?.compare(sample, 12);
  return said?.kind === 'agree' && said.weak ? 'closer' : (said?.kind ?? 'none');
}

const TRUE: readonly (readonly [string, (n: number) => number])[] = [
  ['1/(n+1)', n => 1 / (n + 1)],
  ['1/√n', n => 1 / Math.sqrt(n)],
  ['n^{-1/4}', n => n ** -0.25],
  ['1/log(n+2)', n => 1 / Math.log(n + 2)],
  ['1/log²(n+2)', n => Math.log(n + 2) ** -2],
  ['1/log log(n+9)', n => 1 / Math.log(Math.log(n + 9))],
  ['log(n+2)/√n', n => Math.log(n + 2) / Math.sqrt(n)],
  ['0.5^n', n => 0.5 ** n],
  ['0.99^n', n => 0.99 ** n],
  ['0.999^n', n => 0.999 ** n],
  ['0.9999^n', n => 0.9999 ** n],
  ['1/(1+n/1000)', n => 1 / (1 + n / 1000)],
  ['n 0.9^n', n => n * 0.9 ** n],
  ['0.999^n + 0.5^n', n => 0.999 ** n + 0.5 ** n],
  ['0.999^n + 1/n', n => 0.999 ** n + 1 / n],
  ['(−1)^n/√n', n => (n % 2 === 0 ? 1 : -1) / Math.sqrt(n)],
  ['(−0.9)^n', n => (-0.9) ** n],
  ['min(1, 1000/n²)', n => Math.min(1, 1000 / n ** 2)],
  ['1/n^{0.01}', n => n ** -0.01],
];

describe('a sequence that tends to the claimed limit', () => {
  it.each(TRUE)('%s is not refuted', (_, f) => {
    expect(kindOf(f, () => 0)).not.toBe('differ');
    expect(
      kindOf(
        n => 3 + f(n),
        () => 3,
      ),
    ).not.toBe('differ');
    expect(
      kindOf(
        () => -2,
        n => -2 + f(n),
      ),
    ).not.toBe('differ');
  });
  it('agrees where it is fast enough to tell', () => {
    expect(
      kindOf(
        n => 0.5 ** n,
        () => 0,
      ),
    ).toBe('agree');
    expect(
      kindOf(
        n => 1 + 0.9 ** n,
        () => 1,
      ),
    ).toBe('agree');
  });
  it.each<readonly [string, (n: number) => number]>([
    ['1/(n+1)', n => 1 / (n + 1)],
    ['1/√n', n => 1 / Math.sqrt(n)],
    ['1/n²', n => n ** -2],
  ])('%s is no evidence: it does not come close enough', (_, f) => {
    expect(
      kindOf(
        n => 1 + f(n),
        () => 1,
      ),
    ).toBe('closer');
  });
});

describe('a claimed limit that is close to the last values is no evidence', () => {
  it.each<readonly [string, (n: number) => number, number]>([
    ['1/log(n+2) and 1/10', n => 1 / Math.log(n + 2), 0.1],
    ['1/log(n+2) and 3/25', n => 1 / Math.log(n + 2), 0.12],
    ['(1+1/(n+1))^{n+1} and 2.718', n => (1 + 1 / (n + 1)) ** (n + 1), 2718 / 1000],
    ['log(n+1)/(log(n+1)+1) and 9/10', n => Math.log(n + 1) / (Math.log(n + 1) + 1), 0.9],
    ['log(n+1)/log(n+10) and 0.999', n => Math.log(n + 1) / Math.log(n + 10), 0.999],
    ['1 + 1/√(n+1) and 1.01', n => 1 + 1 / Math.sqrt(n + 1), 1.01],
    ['1 + 1/(n+1) and 1.0001', n => 1 + 1 / (n + 1), 1.0001],
    ['1 + 1/(n²+1) and 1.000001', n => 1 + 1 / (n * n + 1), 1.000001],
    ['1 + 1/(n²+1) and 1.000001001', n => 1 + 1 / (n * n + 1), 1.000001001],
    ['1 + 0.9^n and 1 + 10^{−8}', n => 1 + 0.9 ** n, 1 + 1e-8],
  ])('%s', (_, f, limit) => {
    expect(kindOf(f, () => limit)).not.toBe('agree');
  });
});

describe('a sequence that tends elsewhere', () => {
  it.each<readonly [string, (n: number) => number]>([
    ['1', () => 1],
    ['1 + 0.5^n', n => 1 + 0.5 ** n],
    ['1 + 0.9^n', n => 1 + 0.9 ** n],
    ['1 + 1/n', n => 1 + 1 / n],
    ['1 − 1/n²', n => 1 - 1 / n ** 2],
    ['1/100', () => 0.01],
  ])('%s is refuted', (_, f) => {
    expect(kindOf(f, () => 0)).toBe('differ');
  });
  it('is not refuted where a number may hide a slow change', () => {
    expect(
      kindOf(
        () => 1,
        () => 0,
        { unknown: 'a number may hide a slow change' },
      ),
    ).toBe('unusable');
  });
});

describe('a sequence without a limit', () => {
  it.each<readonly [string, (n: number) => number]>([
    ['(−1)^n', n => (n % 2 === 0 ? 1 : -1)],
    ['1 + (−1)^n', n => (n % 2 === 0 ? 2 : 0)],
    ['n', n => n],
    ['log n', n => Math.log(n)],
  ])('%s is no evidence', (_, f) => {
    expect(kindOf(f, () => 0)).toBe('unusable');
  });
});

describe('where what is typed sets in late', () => {
  const late = (n: number): number => (n >= 100 ? 1 : 0);
  it('a sequence from the beginning on sees another limit, a late one the right one', () => {
    expect(kindOf(late, () => 1)).toBe('differ');
    expect(kindOf(late, () => 1, { from: 200 })).toBe('agree');
    expect(kindOf(late, () => 0, { from: 200 })).toBe('differ');
  });
  it('tells nothing where no beginning is late enough', () => {
    const start: LateStart = { unknown: 'a sign may change later' };
    expect(kindOf(late, () => 1, start)).toBe('unusable');
    expect(
      kindOf(
        () => 2,
        () => 2,
        start,
      ),
    ).toBe('closer');
  });
});
