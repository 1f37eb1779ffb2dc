/**
 * Rules as their authors typed them, each against the same rule in canonical letters, f_0 and f_1 at 30 digits, or against the points
 * that a program of the rule makes. What is not read is refused with a hint, and where the hint leads to a rule that is read, that one is compared too.
 */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';
import { type AuthoredRule, authoredRules } from './authored-rules.ts';
import { runRule } from './run-rule.ts';
import { bothValues, onlyOptimizer } from './same-rule.ts';

const expectSame = async (rule: AuthoredRule, text: string): Promise<void> => {
  if (rule.runs !== null) return expectRuns(rule.runs, text, rule.name);
  const { canonical, name } = rule;
  if (canonical === null) throw new Error(`${rule.id} has no canonical form`);
  const setting = canonical.full ? 'full-batch' : 'mini-batch';
  const [typed, same] = await bothValues({ text, name, rows: canonical.rows, where: canonical.where, setting });
  expect(typed).toEqual(same);
};

const expectRuns = async (runs: NonNullable<AuthoredRule['runs']>, text: string, name: string): Promise<void> => {
  const points = await runRule(onlyOptimizer(text, name), runs);
  expect(points.length).toBe(runs.points.length);
  for (const [step, point] of runs.points.entries())
    for (const [place, value] of point.entries()) expect(points[step]?.[place]).toBeCloseTo(value, 9);
};

describe.each([
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twentyfirst',
  'twentysecond',
  'twentythird',
  'twentyfourth',
  'mended',
])('rules of the %s batch', batch => {
  const rules = authoredRules(batch);
  it.each(rules.filter(({ refused }) => refused === null).map(rule => [rule.id, rule] as const))(
    '%s is read as it is meant',
    async (_, rule) => expectSame(rule, rule.text),
  );
  it.each(rules.flatMap(rule => (rule.refused ? [[rule.id, rule, rule.refused] as const] : [])))(
    '%s is refused with a hint that helps',
    async (_, rule, refused) => {
      const { optimizers, problems } = read(rule.text, rule.name);
      const [first] = problems;
      expect(optimizers).toEqual([]);
      expect(first?.code).toBe(refused.code);
      expect(first?.hint ?? '').toContain(refused.hint);
      if (refused.second === null) return;
      if (rule.canonical === null && rule.runs === null)
        expect(read(refused.second, rule.name).optimizers.length).toBe(1);
      else await expectSame(rule, refused.second);
    },
  );
});
