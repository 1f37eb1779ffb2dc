/** Every rewriting rule alone, on expressions drawn for it: values before and after, by an interpreter that knows no rule. */
import { watch } from '../../rewrite/law.ts';
import { OF_FUNCTIONS, OF_RULES } from '../../rewrite/rewrites.ts';
import type { SectionKind } from '../section.ts';
import { table } from '../section.ts';

/** Expressions a rule, and those of one unit. */
const EACH = 1_000;
const BLOCK = 50;

export const ruleScore: SectionKind = {
  id: 'rules',
  open: seed => {
    const all = [...OF_RULES, ...OF_FUNCTIONS];
    const blocks = EACH / BLOCK;
    return {
      id: 'rules',
      title: 'Rewriting rules, each alone',
      about: `Every rule and every finer rewriting function on ${EACH} expressions drawn for it: wherever the expression before has a value, the one after must have the same. “Seen” are those that the rule changed and that have a value on both sides.`,
      unit: `${BLOCK} expressions of one rule`,
      size: all.length * blocks,
      missing: null,
      run: unit => {
        // Neighbouring units are other rules, so that a small share sees them all.
        const rule = all[unit % all.length];
        if (!rule) throw new Error('there is no such rule');
        const block = Math.floor(unit / all.length);
        const firstSeed = seed * 1_000_000 + block * BLOCK;
        const seen = watch(rule.rewrite, rule.draw, BLOCK, { firstSeed });
        return {
          counts: {
            [`${rule.name}: drawn`]: BLOCK,
            [`${rule.name}: changed`]: seen.fired,
            [`${rule.name}: seen`]: seen.valued,
            [`${rule.name}: broken`]: seen.violations.length,
          },
          wrong: seen.violations.map(
            ({ before, after, at, reason, seed: own }) =>
              `${rule.name}, seed ${own}: ${reason} at ${at}: ${before} became ${after}`,
          ),
        };
      },
      lines: counts => {
        const of = (name: string, what: string): number => counts[`${name}: ${what}`] ?? 0;
        const rows = all.filter(({ name }) => of(name, 'drawn') > 0);
        const columns = ['drawn', 'changed', 'seen', 'broken'];
        const sums = columns.map(what => rows.reduce((sum, { name }) => sum + of(name, what), 0));
        return table(
          ['rule', ...columns],
          [...rows.map(({ name }) => [name, ...columns.map(what => of(name, what))]), ['all', ...sums]],
        );
      },
    };
  },
};
