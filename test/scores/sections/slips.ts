/** Slips of the pen in true claims, and whether what is suggested first, made in the text, gives a claim that is proved. */
import { corpus, drawSlip } from '../../slips/draw.ts';
import { judgeSlip } from '../../slips/judge-slip.ts';
import { percent, type SectionKind, table } from '../section.ts';

/** Numbers drawn; of some there is no slip, or it changes nothing. */
const DRAWS = 800;

export const slipScore: SectionKind = {
  id: 'slips',
  open: seed => {
    const claims = corpus();
    return {
      id: 'slips',
      title: 'Slips repaired',
      about: `One slip of the pen, or two, typed into a true claim (\`test/slips/\`, a generator that shares no code with what suggests). It counts where the claim is then refuted; it is repaired where the edit that is suggested first, made in the text, gives a claim that is proved. ${DRAWS} draws give a good 500 that count.`,
      unit: 'draw',
      size: DRAWS,
      missing: null,
      run: unit => {
        const drawn = drawSlip(claims, seed, unit);
        if (!drawn) return { counts: { 'nothing: drawn': 1 }, wrong: [] };
        const judged = judgeSlip(drawn);
        const kind = drawn.slips.length > 1 ? 'two at once' : (drawn.slips[0]?.kind ?? '');
        const outcome = judged.verdict !== 'refuted' ? 'not refuted' : judged.isRepaired ? 'repaired' : 'not repaired';
        const verdict = judged.verdict === 'refuted' ? {} : { [`nothing: ${judged.verdict}`]: 1 };
        return { counts: { [`${kind}: ${outcome}`]: 1, ...verdict }, wrong: [] };
      },
      lines: counts => {
        const of = (kind: string, outcome: string): number => counts[`${kind}: ${outcome}`] ?? 0;
        const kinds = [...new Set(Object.keys(counts).map(key => key.slice(0, key.lastIndexOf(': '))))]
          .filter(kind => kind !== 'nothing')
          .sort();
        const row = (name: string, all: readonly string[]): (string | number)[] => {
          const sum = (outcome: string): number => all.reduce((total, kind) => total + of(kind, outcome), 0);
          const [repaired, not] = [sum('repaired'), sum('not repaired')];
          return [name, repaired + not, repaired, percent(repaired, repaired + not), sum('not refuted')];
        };
        const rest = Object.entries(counts)
          .filter(([key]) => key.startsWith('nothing: '))
          .map(([key, count]) => `${count} ${key.slice('nothing: '.length)}`);
        return [
          ...table(
            ['kind of slip', 'count', 'repaired', 'share', 'not refuted'],
            [...kinds.map(kind => row(kind, [kind])), row('all', kinds)],
          ),
          ...(rest.length > 0
            ? ['', `Draws that do not count: ${rest.join(', ')} (drawn: no slip was found to make).`]
            : []),
        ];
      },
    };
  },
};
