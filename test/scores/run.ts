/**
 * `npm run scores`: what the program achieves, measured, and docs/scores.md written from it. Progress goes to stderr; the record is whole
 * after every unit, so that Ctrl-C keeps it and the same command goes on. Exit code 1 where an outcome is wrong.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readShard } from '../../src/base/shard.ts';
import { fingerprint } from '../campaign/record.ts';
import { pageOf } from './page.ts';
import {
  mergeRecords,
  openRecord,
  readRecord,
  renewed,
  saveRecord,
  type ScoreRecord,
  withMissing,
  withUnit,
} from './record.ts';
import { SCORES } from './scores.ts';
import { type Section, unitsOf } from './section.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    share: { type: 'string', default: '1' },
    shard: { type: 'string', default: '1/1' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'build/scores.json' },
    page: { type: 'string', default: 'docs/scores.md' },
    'no-page': { type: 'boolean', default: false },
    merge: { type: 'boolean', default: false },
  },
});

const { share: shareText = '1', shard: shardText = '1/1', out = 'build/scores.json', page = 'docs/scores.md' } = values;

function badUsage(message: string): never {
  process.stderr.write(`${message}\n`);
  return process.exit(2);
}

const seed = Number(values.seed);
if (!Number.isSafeInteger(seed) || seed < 0) badUsage(`--seed takes a whole number, not ${values.seed}`);
const share = Number(shareText);
if (!(share > 0 && share <= 1)) badUsage(`--share takes a number above 0 and up to 1, not ${shareText}`);
const shard = readShard(shardText) ?? badUsage(`--shard takes i/N with 1 ≤ i ≤ N, not ${shardText}`);
const wanted = values.only?.split(',');
const unknown = wanted?.find(id => SCORES.every(each => each.id !== id));
if (unknown !== undefined) badUsage(`there is no score ${unknown}; there are ${SCORES.map(({ id }) => id).join(', ')}`);
if (positionals.length > 0 && !values.merge)
  badUsage(`files are taken with --merge only, not ${positionals.join(' ')}`);

/** Of everything that a count depends on. */
const mark = fingerprint(['src', 'derivations', 'test'].map(folder => `${root}${folder}`));
const today = new Date().toISOString().slice(0, 10);

const record = values.merge ? merged(positionals) : await measured();
saveRecord(out, record);
const sections = await Promise.all(SCORES.map(({ open }) => open(record.seed)));
if (!values['no-page']) writeFileSync(page, pageOf(record, sections));
const wrong = Object.entries(record.sections).flatMap(([id, { units }]) =>
  Object.values(units).flatMap(unit => unit.wrong.map(each => `${id}: ${each}`)),
);
for (const each of wrong) process.stdout.write(`WRONG ${each}\n`);
for (const { id, size } of sections) {
  const own = record.sections[id];
  const count = Object.keys(own?.units ?? {}).length;
  process.stdout.write(`${id}: ${own?.missing ?? `${count} of ${size} units`}\n`);
}
process.stdout.write(`${wrong.length} wrong; the record is ${out}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;

function merged(paths: readonly string[]): ScoreRecord {
  const records = paths.map(path => readRecord(path) ?? badUsage(`${path} holds no scores`));
  return records.length === 0 ? badUsage('--merge takes the records of the parts') : mergeRecords(records);
}

async function measured(): Promise<ScoreRecord> {
  let record = openRecord(out, seed);
  for (const kind of SCORES) {
    if (wanted && !wanted.includes(kind.id)) continue;
    const section = await kind.open(seed);
    if (section.missing !== null) {
      process.stderr.write(`${kind.id}: ${section.missing}\n`);
      record = withMissing(record, kind.id, section.missing, today);
      continue;
    }
    record = renewed(record, kind.id, mark);
    for (const unit of left(section, record)) {
      const started = process.cpuUsage();
      const result = await section.run(unit);
      const used = process.cpuUsage(started);
      const seconds = (used.user + used.system) / 1e6;
      record = withUnit(
        record,
        kind.id,
        section.size,
        unit,
        { ...result, seconds },
        { share, date: today, fingerprint: mark },
      );
      saveRecord(out, record);
      const done = Object.keys(record.sections[kind.id]?.units ?? {}).length;
      process.stderr.write(
        `${kind.id}: unit ${unit}, ${done} done of ${section.size}${result.wrong.length > 0 ? `, ${result.wrong.length} WRONG` : ''}\n`,
      );
    }
  }
  return record;
}

function left({ id, size }: Section, record: ScoreRecord): number[] {
  const done = record.sections[id]?.units ?? {};
  return unitsOf(size, share, shard).filter(unit => done[unit] === undefined);
}
