/**
 * `npm run slips`: slips of the pen by the hundred. A slip counts where the claim with it is refuted; it is repaired where the
 * edit that is suggested first, made in the text, gives a claim that is proved. Prints every one that is not, and the shares.
 *
 *   npm run slips -- --slips 500 --seed 1
 */
import { parseArgs } from 'node:util';
import { corpus, drawSlip } from './draw.ts';
import { judgeSlip, type JudgedSlip } from './judge-slip.ts';

const { values } = parseArgs({
  options: {
    slips: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    all: { type: 'boolean', default: false },
  },
});
const [wanted, seed, from] = [values.slips, values.seed, values.from].map(Number);
const claims = corpus();
const counts = new Map<string, { slips: number; repaired: number }>();
const without: Record<string, number> = {};
let made = 0;
for (let number = from ?? 0; made < (wanted ?? 0); number += 1) {
  const drawn = drawSlip(claims, seed ?? 1, number);
  if (!drawn) continue;
  const judged = judgeSlip(drawn);
  if (judged.verdict !== 'refuted') {
    without[judged.verdict] = (without[judged.verdict] ?? 0) + 1;
    continue;
  }
  made += 1;
  const kind = drawn.slips.length > 1 ? 'two at once' : (drawn.slips[0]?.kind ?? '');
  const count = counts.get(kind) ?? { slips: 0, repaired: 0 };
  counts.set(kind, { slips: count.slips + 1, repaired: count.repaired + (judged.isRepaired ? 1 : 0) });
  if (values.all || !judged.isRepaired) process.stdout.write(`${lineOf(number, drawn.claim.id, kind, judged)}\n`);
}
const sum = (of: (count: { readonly slips: number; readonly repaired: number }) => number): number =>
  [...counts.values()].reduce((total, count) => total + of(count), 0);
const total = { slips: sum(({ slips }) => slips), repaired: sum(({ repaired }) => repaired) };
for (const [kind, { slips, repaired }] of [...counts, ['all', total] as const])
  process.stdout.write(`${kind.padEnd(16)} ${String(repaired).padStart(5)} of ${String(slips).padStart(5)}\n`);
process.stdout.write(
  `${((100 * total.repaired) / Math.max(1, total.slips)).toFixed(1)} % repaired at the first place; not counted: ${JSON.stringify(without)}\n`,
);
process.stdout.write(`${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time\n`);

function lineOf(number: number, id: string, kind: string, { isRepaired, slip, suggested }: JudgedSlip): string {
  return `${isRepaired ? 'repaired' : 'OPEN    '} ${number} ${id}, ${kind}: ${slip}\n           ${suggested ?? 'nothing is suggested'}`;
}
