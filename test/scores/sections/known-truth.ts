/** Claims of known truth from the generator of test/fuzz: true ones made by rewriting, false ones by a slip that exact arithmetic confirmed. */
import { documentOf } from '../../fuzz/claim.ts';
import { claimNumber } from '../../fuzz/generate.ts';
import { isWrong, judgeAll } from '../../fuzz/judge.ts';
import { percent, type SectionKind, table } from '../section.ts';

const CLAIMS = 10_000;
const BLOCK = 10;
const INSTANCES = 60;
const VERDICTS = ['proved', 'supported', 'refuted', 'undecided', 'unreadable', 'internal error'] as const;

export const knownTruthScore: SectionKind = {
  id: 'known-truth',
  open: seed => ({
    id: 'known-truth',
    title: 'Claims of known truth',
    about: `${CLAIMS} identities, limits, inequalities and equations of motion, made by a generator that shares no code with the program: true ones by rewriting one side into the other, false ones by a step that is wrong somewhere. A true claim must not be refuted, a false one neither proved nor supported.`,
    unit: `${BLOCK} claims`,
    size: CLAIMS / BLOCK,
    missing: null,
    run: unit => {
      const drawn = Array.from({ length: BLOCK }, (_, at) => claimNumber(seed, unit * BLOCK + at));
      const verdicts = judgeAll(drawn, { instances: INSTANCES });
      const counts: Record<string, number> = {};
      const wrong: string[] = [];
      for (const [at, claim] of drawn.entries()) {
        const judged = verdicts[at];
        if (!judged) throw new Error('every claim has a verdict');
        const key = `${claim.kind} ${claim.truth}: ${judged.verdict}`;
        counts[key] = (counts[key] ?? 0) + 1;
        if (isWrong(claim, judged))
          wrong.push(`number ${unit * BLOCK + at} is ${claim.truth} and ${judged.verdict}: ${documentOf(claim)}`);
      }
      return { counts, wrong };
    },
    lines: counts => {
      const kinds = [...new Set(Object.keys(counts).map(key => key.slice(0, key.lastIndexOf(': '))))].sort();
      const row = (name: string, of: readonly string[]): (string | number)[] => {
        const each = VERDICTS.map(verdict => of.reduce((sum, kind) => sum + (counts[`${kind}: ${verdict}`] ?? 0), 0));
        const whole = each.reduce((sum, count) => sum + count, 0);
        return [name, whole, ...each, percent(each[0] ?? 0, whole)];
      };
      const ends = (truth: string): string[] => kinds.filter(kind => kind.endsWith(` ${truth}`));
      return table(
        ['kind and truth', 'claims', ...VERDICTS, 'proved'],
        [...kinds.map(kind => row(kind, [kind])), row('all true', ends('true')), row('all false', ends('false'))],
      );
    },
  }),
};
