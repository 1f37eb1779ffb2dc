/**
 * `npm run campaign`: every claim of the built-in documents on many more instances than `modeq check` takes, 2,000 of them,
 * the optimizer run in series of h from 50 points beside every equation of motion, and every step of every proof checked again.
 *
 *   npm run campaign -- --seed 7 --instances 5000 --runs 100 --out build/campaign-7.json
 *
 * Results go to a file after every claim, so that Ctrl-C keeps them and the same command goes on where it stopped. `--only ID,…` takes some
 * claims. With `--shard i/N` every N-th claim is judged; `--merge FILE…` puts the records of the parts together, equal to that of the whole but
 * for the times. Exit code 1 when a verdict is another than the expected one, or a claim is missing behind --merge.
 */
import { parseArgs } from 'node:util';
import { readShard, type Shard, unitsOfShard } from '../../src/base/shard.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Claim } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import {
  type CampaignRecord,
  claimKey,
  type Entry,
  fingerprint,
  inOrder,
  mergeRecords,
  openRecord,
  readRecord,
  saveRecord,
  type Settings,
} from './record.ts';
import { summary } from './summary.ts';

/** Seconds a claim: a campaign may take its time. */
const TIMEOUT = 1800;

interface Arguments {
  readonly settings: Settings;
  readonly path: string;
  readonly shard: Shard;
  /** Null: all. */
  readonly only: readonly string[] | null;
  /** The records that are put together instead of judging; null: none. */
  readonly parts: readonly string[] | null;
}

const { settings, path, shard, only, parts } = readArguments();
const root = new URL('../../', import.meta.url).pathname;
const { documents } = builtInDocuments();
const claims = documents
  .flatMap(document => document.claims.map(claim => ({ claim, document, key: claimKey({ ...document, ...claim }) })))
  .filter(({ claim }) => only === null || only.includes(claim.id));
const unknown = only?.find(id => claims.every(({ claim }) => claim.id !== id));
if (unknown !== undefined) badUsage(`there is no claim ${unknown}`);
const order = claims.map(({ key }) => key);

const record = parts === null ? judged() : merged(parts);
const missing = order.filter(key => record.entries.every(entry => claimKey(entry) !== key));
process.stdout.write(summary(record, path));
if (parts !== null && missing.length > 0) {
  const few = missing.slice(0, 5).join(', ');
  process.stdout.write(
    `MISSING ${missing.length} of ${order.length} claims: ${few}${missing.length > 5 ? ', …' : ''}\n`,
  );
}
const isUnexpected = record.entries.some(({ verdict, expect }) => verdict !== expect);
process.exitCode = isUnexpected || (parts !== null && missing.length > 0) ? 1 : 0;

function judged(): CampaignRecord {
  let found = openRecord(path, settings, fingerprint([`${root}src`, `${root}derivations`]));
  const taken = new Set(found.entries.map(claimKey));
  const own = unitsOfShard(claims, shard);
  const left = own.filter(({ key }) => !taken.has(key));
  if (left.length < own.length)
    process.stderr.write(`${own.length - left.length} of ${own.length} claims are in ${path} already\n`);
  const equations = new Equations(standardEngine);
  for (const [at, { claim, document }] of left.entries()) {
    progress(`${own.length - left.length + at + 1}/${own.length} ${claim.id} …`);
    const context = { library: documentIndexOf(document, documents), engine: standardEngine, equations };
    const options = {
      ...settings,
      timeout: TIMEOUT,
      prover: 'on',
      suggestions: false,
      crossExamine: true,
      recheck: true,
    } as const;
    const entry = entryOf(document.file, claim, judgeClaim(claim, context, options));
    found = inOrder({ ...found, entries: [...found.entries, entry] }, order);
    saveRecord(path, found);
  }
  progress('');
  return found;
}

function merged(paths: readonly string[]): CampaignRecord {
  const records = paths.map(each => readRecord(each) ?? badUsage(`${each} holds no record of a campaign`));
  try {
    const whole = mergeRecords(records, order);
    saveRecord(path, whole);
    return whole;
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error));
  }
}

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

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function badUsage(message: string): never {
  process.stderr.write(`${message}\n`);
  return process.exit(2);
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      instances: { type: 'string', default: '2000' },
      runs: { type: 'string', default: '50' },
      digits: { type: 'string', default: '50' },
      only: { type: 'string' },
      shard: { type: 'string', default: '1/1' },
      merge: { type: 'boolean', default: false },
      out: { type: 'string', default: 'build/campaign.json' },
    },
  });
  const whole = (name: string, text: string | undefined, least: number): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    return badUsage(`--${name} takes a whole number from ${least} on, not ${text ?? 'nothing'}`);
  };
  const { shard: text = '1/1', out = 'build/campaign.json', merge = false } = values;
  if (positionals.length > 0 && !merge) badUsage(`files are taken with --merge only, not ${positionals.join(' ')}`);
  if (merge && positionals.length === 0) badUsage('--merge takes the records of the parts');
  return {
    settings: {
      seed: whole('seed', values.seed, 0),
      instances: whole('instances', values.instances, 1),
      runs: whole('runs', values.runs, 1),
      digits: whole('digits', values.digits, 10),
    },
    path: out,
    shard: readShard(text) ?? badUsage(`--shard takes i/N with 1 ≤ i ≤ N, not ${text}`),
    only: values.only?.split(',') ?? null,
    parts: merge ? positionals : null,
  };
}
