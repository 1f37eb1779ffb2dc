/**
 * `npm run rewritten`: every claim that is to be proved, in every way of writing the same. Prints what is not proved any more,
 * and the shares; exit code 1 where one is refuted. `-- --way complement` takes one way, `--seed N` other spellings, `--text`
 * prints the document.
 */
import { parseArgs } from 'node:util';
import { rewritten } from './documents.ts';
import { judgeRewritten } from './judge-rewritten.ts';
import { WAYS } from './ways.ts';

const INSTANCES = 20;

const { values } = parseArgs({
  options: {
    way: { type: 'string' },
    seed: { type: 'string', default: '1' },
    text: { type: 'boolean', default: false },
  },
});
let [proved, all] = [0, 0];
for (const way of WAYS) {
  if (values.way !== undefined && values.way !== way) continue;
  const { changed, textOf } = rewritten(way, Number(values.seed));
  const text = textOf(changed);
  if (values.text) {
    process.stdout.write(text);
    continue;
  }
  let own = 0;
  for (const { id, verdict, message } of judgeRewritten(text, new Set(changed), 'on', INSTANCES)) {
    if (verdict === 'proved') own += 1;
    else process.stdout.write(`  ${way} ${id}: ${verdict} ${message ?? ''}\n`);
    if (verdict === 'refuted') process.exitCode = 1;
  }
  process.stdout.write(
    `${way.padEnd(12)} ${String(own).padStart(4)} of ${String(changed.length).padStart(4)} stay proved\n`,
  );
  proved += own;
  all += changed.length;
}
if (!values.text)
  process.stdout.write(
    `${((100 * proved) / Math.max(1, all)).toFixed(1)} % of ${all}; ${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time\n`,
  );
