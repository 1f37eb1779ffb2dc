/** `npm run rewritten`: every claim in every way; prints what is not proved any more, and the shares. */
import { rewritten } from './documents.ts';
import { judgeRewritten } from './judge-rewritten.ts';
import { WAYS } from './ways.ts';

const only = process.argv[2];
for (const way of WAYS) {
  if (only && only !== 'all' && only !== way) continue;
  const { text, changed } = rewritten(way, 1);
  if (process.argv[3]) { process.stdout.write(text); continue; }
  let proved = 0;
  let all = 0;
  for (const { id, verdict, message } of judgeRewritten(text, new Set(changed), 'on', 20)) {
    all += 1;
    if (verdict === 'proved') proved += 1;
    else process.stdout.write(`  ${way} ${id}: ${verdict} ${message ?? ''}\n`);
  }
  process.stdout.write(`${way}: ${proved} of ${all} proved; ${(process.cpuUsage().user / 1e6).toFixed(0)} s\n`);
}
