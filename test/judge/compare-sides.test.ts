import { describe, expect, it } from 'vitest';
import { Rational } from '../../src/number/rational.ts';
import type { Ball } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { compareSides } from '../../src/judge/numeric/compare-sides.ts';
import type { Outcome, Question, QuestionRelation } from '../../src/judge/question.ts';
import { samplesOf } from '../../src/judge/sample/arbitrary-sample.ts';
import type { Sample, SampleSpace } from '../../src/judge/sample/sample.ts';

const space: SampleSpace = { setting: 'full-batch', declarations: [], letters: new Map() };
const sample: Sample = (() => {
  const [first] = samplesOf(space, 1, 1);
  if (!first) throw new Error('one sample');
  return first;
})();

type Value = (ring: BallRing) => Ball;
const values =
  (...row: Value[]) =>
  (_: Sample, digits: number): Outcome => ({ kind: 'values', rows: [row.map(value => value(new BallRing(digits)))] });
const exact =
  (num: number | bigint, den: number | bigint = 1): Value =>
  ring =>
    ring.fromRational(Rational.of(num, den));
const question = (claimed: Value, derived: Value, relation: QuestionRelation = '='): Question => ({
  space,
  relation,
  componentwise: false,
  quantity: () => 'x',
  claimed: values(claimed),
  derived: values(derived),
});
const verdict = (claimed: Value, derived: Value, relation: QuestionRelation = '='): string =>
  compareSides(question(claimed, derived, relation), sample, 50).kind;

/** √2·√2 − 2: zero but for rounding. */
const cancels: Value = ring => {
  const s = ring.root(ring.fromRational(Rational.of(2)), 2);
  return ring.subtract(ring.multiply(s, s), ring.fromRational(Rational.of(2)));
};

describe('compareSides', () => {
  it('tells apart what differs by more than the error of the arithmetic', () => {
    expect(verdict(exact(1, 3), exact(1, 3))).toBe('agree');
    expect(verdict(exact(1, 3), exact(1, 4))).toBe('differ');
    expect(verdict(exact(1, 3), exact(-1, 3))).toBe('differ');
    expect(verdict(exact(10n ** 30n + 1n, 10n ** 30n), exact(1))).toBe('differ');
    expect(verdict(exact(10n ** 58n + 1n, 10n ** 58n), exact(1))).toBe('differ');
    // What lies beyond the digits of the first look is not asked for.
    expect(verdict(exact(10n ** 90n + 1n, 10n ** 90n), exact(1))).toBe('agree');
  });
  it('does not take rounding for a difference, however large relative to a value that cancels', () => {
    expect(verdict(cancels, exact(0))).not.toBe('differ');
    expect(verdict(exact(0), cancels)).not.toBe('differ');
    expect(verdict(exact(1, 10 ** 9), cancels)).toBe('differ');
  });
  it('does not count two zeros as agreement', () => {
    expect(verdict(exact(0), exact(0))).toBe('degenerate');
  });
  it('reads inequalities, strict ones as violated by equality', () => {
    // The claimed side stands on the right.
    expect(verdict(exact(2), exact(1), '<')).toBe('agree');
    expect(verdict(exact(2), exact(2), '<')).toBe('differ');
    expect(verdict(exact(2), exact(2), '\\le')).toBe('agree');
    expect(verdict(exact(2), exact(3), '\\le')).toBe('differ');
    expect(verdict(exact(2), exact(3), '>')).toBe('agree');
    expect(verdict(exact(2), exact(1), '\\ge')).toBe('differ');
  });
  it('passes on why a side has no value', () => {
    const broken: Question = {
      ...question(exact(1), exact(1)),
      claimed: () => ({ kind: 'unusable', reason: 'division by zero' }),
    };
    expect(compareSides(broken, sample, 50)).toEqual({ kind: 'unusable', reason: 'division by zero' });
  });
  it('uses the rows that a side has, and does not count the rest as agreement', () => {
    const rows =
      (count: number) =>
      (_: Sample, digits: number): Outcome => ({
        kind: 'values',
        rows: Array.from({ length: count }, () => [exact(1)(new BallRing(digits))]),
      });
    const partial: Question = { ...question(exact(1), exact(1)), claimed: rows(1), derived: rows(2) };
    expect(compareSides(partial, sample, 50).kind).toBe('unusable');
    expect(compareSides({ ...partial, claimed: values(exact(2)) }, sample, 50).kind).toBe('differ');
  });
});
