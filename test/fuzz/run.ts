/**
 * `npm run fuzz`: claims of known truth by the thousand. Prints how many of each kind got which verdict and the wrong
 * verdicts as small documents; exit code 1 where there is one. What is found goes to a file after every few claims, so that
 * Ctrl-C keeps it and the same command goes on where it stopped.
 *
 *   npm run fuzz -- --claims 10000 --seed 7 --instances 200 --out build/fuzz-7.json
 */
import { parseArgs } from 'node:util';
import { fingerprint } from '../campaign/record.ts';
import { documentOf } from './claim.ts';
import { claimNumber } from './generate.ts';
import { isWrong, judgeAll } from './judge.ts';
import { type FuzzRecord, openFuzzRecord, saveFuzzRecord, shareProved } from './record.ts';
import { shrink } from './shrink.ts';

/** Claims in one document. */
const CHUNK = 25;
/** True claims without a proof that the file keeps for each verdict and message. */
const KEPT = 5;

const { claims, seed, instances, path } = readArguments();
const root = new URL('../../', import.meta.url).pathname;
let record = openFuzzRecord(path, { seed, instances }, fingerprint([`${root}src`, `${root}test/fuzz`]));
if (record.done > 0) process.stderr.write(`${record.done} claims are in ${path} already\n`);
while (record.done < claims) {
  progress(`${record.done}/${claims}, ${record.wrong.length} wrong`);
  record = withChunk(record, Math.min(CHUNK, claims - record.done));
  saveFuzzRecord(path, record);
}
progress('');
process.stdout.write(summary(record));
process.exitCode = record.wrong.length > 0 ? 1 : 0;

function withChunk(before: FuzzRecord, size: number): FuzzRecord {
  const drawn = Array.from({ length: size }, (_, at) => claimNumber(seed, before.done + at));
  const verdicts = judgeAll(drawn, { instances });
  const counts = { ...before.counts };
  const wrong = [...before.wrong];
  const open = [...before.open];
  for (const [at, claim] of drawn.entries()) {
    const judged = verdicts[at];
    if (!judged) throw new Error('every claim has a verdict');
    const { verdict, message } = judged;
    const key = `${claim.kind} ${claim.truth} ${verdict}`;
    counts[key] = (counts[key] ?? 0) + 1;
    const number = before.done + at;
    if (isWrong(claim, judged)) {
      const small = shrink(claim, each => judgeAll([each], { instances }).some(now => now.verdict === verdict));
      const { kind, truth, brokenBy, failsAt } = small;
      wrong.push({ number, kind, truth, verdict, message, brokenBy, failsAt, document: documentOf(small) });
    } else if (claim.truth && verdict !== 'proved') {
      const like = open.filter(each => each.verdict === verdict && each.message === message);
      if (like.length < KEPT) open.push({ number, verdict, message, steps: claim.steps, document: documentOf(claim) });
    }
  }
  return { ...before, done: before.done + size, counts, wrong, open };
}

function summary({ settings, done, counts, wrong }: FuzzRecord): string {
  const lines = [
    `${done} claims of known truth, seed ${settings.seed}, ${settings.instances} instances`,
    ...Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => `${String(count).padStart(7)}  ${key}`),
    `of the true ones ${(100 * shareProved(counts)).toFixed(1)} % are proved`,
    `${wrong.length} wrong verdicts`,
    ...wrong.map(
      each =>
        `\nWRONG number ${each.number}: ${each.truth ? 'true' : `false (${each.brokenBy}) at ${each.failsAt}`}, judged ${each.verdict}${each.message ? `: ${each.message}` : ''}\n${each.document}`,
    ),
    `written to ${path}`,
  ];
  return `${lines.join('\n')}\n`;
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

interface Arguments {
  readonly claims: number;
  readonly seed: number;
  readonly instances: number;
  readonly path: string;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      claims: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      instances: { type: 'string', default: '200' },
      out: { type: 'string' },
    },
  });
  const whole = (name: string, text: string | undefined, least: number): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    process.stderr.write(`--${name} takes a whole number from ${least} on, not ${text ?? 'nothing'}\n`);
    return process.exit(2);
  };
  const seed = whole('seed', values.seed, 0);
  return {
    claims: whole('claims', values.claims, 1),
    seed,
    instances: whole('instances', values.instances, 0),
    path: values.out ?? `build/fuzz-${seed}.json`,
  };
}
