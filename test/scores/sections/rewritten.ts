/** The claims that are to be proved, each optimizer and claim written in another way that says the same: how many stay proved. */
import { rewritten } from '../../rewritten/documents.ts';
import { judgeRewritten } from '../../rewritten/judge-rewritten.ts';
import { WAYS } from '../../rewritten/ways.ts';
import { percent, type SectionKind, table } from '../section.ts';

const INSTANCES = 20;
/** Claims of one way in a unit. */
const BLOCK = 6;
const VERDICTS = ['proved', 'conditional', 'supported', 'refuted', 'undecided', 'unreadable'] as const;

export const rewrittenScore: SectionKind = {
  id: 'rewritten',
  open: seed => {
    const blocks = WAYS.flatMap(way => {
      const { changed, textOf } = rewritten(way, seed);
      return Array.from({ length: Math.ceil(changed.length / BLOCK) }, (_, at) => ({
        way,
        textOf,
        ids: changed.slice(at * BLOCK, (at + 1) * BLOCK),
      }));
    });
    return {
      id: 'rewritten',
      title: 'True claims in other spellings',
      about:
        'Every built-in optimizer and claim that is proved, rewritten mechanically (`test/rewritten/`, which shares no code with the program): a factor across the fraction bar, an average as a sum, a quantity named or inlined, rows in another order, 1 − ρ renamed. What was proved should stay proved, and nothing may be refuted.',
      unit: `${BLOCK} claims of one way`,
      size: blocks.length,
      missing: null,
      run: unit => {
        const block = blocks[unit];
        if (!block) throw new Error('there is no such block');
        const counts: Record<string, number> = {};
        const wrong: string[] = [];
        for (const { id, verdict, message } of judgeRewritten(
          block.textOf(block.ids),
          new Set(block.ids),
          'on',
          INSTANCES,
        )) {
          const key = `${block.way}: ${verdict}`;
          counts[key] = (counts[key] ?? 0) + 1;
          if (verdict === 'refuted') wrong.push(`${block.way} ${id} is refuted: ${message ?? ''}`);
        }
        return { counts, wrong };
      },
      lines: counts => {
        const row = (name: string, ways: readonly string[]): (string | number)[] => {
          const each = VERDICTS.map(verdict => ways.reduce((sum, way) => sum + (counts[`${way}: ${verdict}`] ?? 0), 0));
          const whole = each.reduce((sum, count) => sum + count, 0);
          return [name, whole, ...each, percent(each[0] ?? 0, whole)];
        };
        return table(
          ['way', 'claims', ...VERDICTS, 'stay proved'],
          [...WAYS.map(way => row(way, [way])), row('all', WAYS)],
        );
      },
    };
  },
};
