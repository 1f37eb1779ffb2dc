/**
 * `npm run campaign`: every claim of the built-in documents on many more instances than `modeq check` takes, 2,000 of them,
 * the optimizer run in series of h from 50 points beside every equation of motion, and every step of every proof checked again.
 *
 *   npm run campaign -- --seed 7 --instances 5000 --runs 100 --out build/campaign-7.json
 *
 * Results go to a file after every claim, so that Ctrl-C keeps them and the same command goes on where it stopped. Exit code
 * 1 when a verdict is another than the expected one.
 */
import { parseArgs } from 'node:util';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Claim } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { type CampaignRecord, type Entry, fingerprint, openRecord, saveRecord, type Settings } from './record.ts';
import { summary } from './summary.ts';

/** Seconds a claim: a campaign may take its time. */
const TIMEOUT = 1800;

const { settings, path } = readArguments();
const root = new URL('../../', import.meta.url).pathname;
let record = openRecord(path, settings, fingerprint([`${root}src`, `${root}derivations`]));
const { documents } = builtInDocuments();
const equations = new Equations(standardEngine);
const claims = documents.flatMap(document => document.claims.map(claim => ({ claim, document })));
const taken = new Set(record.entries.map(({ id, file }) => `${file} ${id}`));
if (taken.size > 0) process.stderr.write(`${taken.size} of ${claims.length} claims are in ${path} already\n`);

for (const { claim, document } of claims) {
  if (taken.has(`${document.file} ${claim.id}`)) continue;
  progress(`${record.entries.length + 1}/${claims.length} ${claim.id} …`);
  const context = { library: documentIndexOf(document, documents), engine: standardEngine, equations };
  const options = {
    ...settings,
    timeout: TIMEOUT,
    prover: 'on',
    suggestions: false,
    crossExamine: true,
    recheck: true,
  } as const;
  record = withEntry(record, entryOf(document.file, claim, judgeClaim(claim, context, options)));
  saveRecord(path, record);
}
progress('');
process.stdout.write(summary(record, path));
process.exitCode = record.entries.some(({ verdict, expect }) => verdict !== expect) ? 1 : 0;

function entryOf(
  file: string,
  claim: Claim,
  { verdict, message, evidence, statements, milliseconds }: ClaimVerdict,
): Entry {
  const followed = statements.map(each => each.evidence?.followed ?? 0);
  return {
    id: claim.id,
    file,
    expect: claim.expect,
    verdict,
    message: verdict === claim.expect ? null : message,
    instances: evidence?.instances ?? 0,
    skipped: evidence?.skipped ?? 0,
    degenerate: evidence?.degenerate ?? 0,
    followed: Math.max(0, ...followed),
    steps: statements.reduce((sum, { rechecked }) => sum + (rechecked?.steps ?? 0), 0),
    seconds: Math.round(milliseconds / 100) / 10,
  };
}

function withEntry({ entries, ...rest }: CampaignRecord, entry: Entry): CampaignRecord {
  return { ...rest, entries: [...entries, entry] };
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function readArguments(): { readonly settings: Settings; readonly path: string } {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      instances: { type: 'string', default: '2000' },
      runs: { type: 'string', default: '50' },
      digits: { type: 'string', default: '50' },
      out: { type: 'string', default: 'build/campaign.json' },
    },
  });
  const whole = (name: string, text: string | undefined, least: number): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    process.stderr.write(`--${name} takes a whole number from ${least} on, not ${text ?? 'nothing'}\n`);
    return process.exit(2);
  };
  const settings = {
    seed: whole('seed', values.seed, 0),
    instances: whole('instances', values.instances, 1),
    runs: whole('runs', values.runs, 1),
    digits: whole('digits', values.digits, 10),
  };
  return { settings, path: values.out ?? 'build/campaign.json' };
}
