/**
 * Rules as their authors typed them, each against the same rule in canonical letters: f_0 and f_1 at 30 digits. What is not read is
 * refused with a hint, and where the hint leads to a rule that is read, that one is compared too.
 */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';
import { type AuthoredRule, authoredRules } from './authored-rules.ts';
import { bothValues } from './same-rule.ts';

const expectSame = async (rule: AuthoredRule, text: string): Promise<void> => {
  const { canonical, name } = rule;
  if (canonical === null) throw new Error(`${rule.id} has no canonical form`);
  const setting = canonical.full ? 'full-batch' : 'mini-batch';
  const [typed, same] = await bothValues({ text, name, rows: canonical.rows, where: canonical.where, setting });
  expect(typed).toEqual(same);
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
      if (rule.canonical === null) expect(read(refused.second, rule.name).optimizers.length).toBe(1);
      else await expectSame(rule, refused.second);
    },
  );
});
