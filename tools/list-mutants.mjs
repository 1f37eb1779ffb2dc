// Every mutant that Stryker would make in the prover's rooms, which of them count (counted-mutants.mjs), and a seeded sample of
// their places. A place that holds many others (a whole function made empty) is left out: Stryker takes places, and those die of
// anything.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { countedAmong } from './counted-mutants.mjs';

/** Texts of messages are no part of a proof. */
export const EXCLUDED = ['StringLiteral', 'Regex'];
/** Mutants at one place beyond which the place is left out. */
const MOST_AT_A_PLACE = 4;

/** Folders of the prover: polynomials, the rules, the routes to a proof, and what the judge hands to them. */
export const ROOMS = ['src/algebra', 'src/rewrite', 'src/prove', 'src/judge'];
/** The judge's files that lead to a proof. */
const PROVES =
  /^(prove\/prove|symbolic\/(sides|prover|under-conditions)|kinds\/.*\/(zero|inequality)|keys\/.*\/symbolic)\.ts$/;
/** Folders of what looks at a proof again and makes none: the guard, and the proof checked step by step. */
export const WATCHERS = ['src/judge/guard', 'src/recheck'];

/** The files of these folders; of the judge's own only what leads to a proof. */
export function filesOf(rooms) {
  const all = folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .filter(file => folder !== 'src/judge' || PROVES.test(file))
      .map(file => join(folder, file));
  return rooms.flatMap(all).sort();
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
/** A logger for Stryker's instrumenter that tells nothing. */
export const SILENT = {
  ...Object.fromEntries(LEVELS.map(level => [level, () => {}])),
  isDebugEnabled: () => false,
  isTraceEnabled: () => false,
};
/** What the instrumenter is asked for. */
export const INSTRUMENTED = { excludedMutations: EXCLUDED, ignorers: [], plugins: null };

/** A text that is the same for one mutant whenever it is made; lines and columns from 0. */
export const keyOfMutant = ({ file, start, end, mutatorName, replacement }) =>
  JSON.stringify([file, start.line, start.column, end.line, end.column, mutatorName, replacement]);

/** Places `file:line:column-line:column`, each with the mutants in it, in the order of the files. */
export async function placesOfMutants(files) {
  const found = await new Instrumenter(SILENT).instrument(
    files.map(name => ({ name, content: readFileSync(name, 'utf8'), mutate: true })),
    { ...INSTRUMENTED, noHeader: true },
  );
  const mutants = found.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ fileName, location: { start, end }, mutatorName, replacement }) => ({
      file: fileName,
      start,
      end,
      mutatorName,
      replacement,
    }));
  const places = new Map();
  for (const { file, start, end } of mutants) {
    // Lines from 1 and columns from 0 in --mutate, lines from 0 in the instrumenter.
    const key = `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
    if (!places.has(key)) places.set(key, { key, file, start, end });
  }
  return [...places.values()].map(place => ({
    ...place,
    mutants: mutants.filter(
      each => each.file === place.file && before(place.start, each.start) && before(each.end, place.end),
    ),
  }));
}

const before = (a, b) => a.line < b.line || (a.line === b.line && a.column <= b.column);

/** A random number generator of the seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Places that are looked at together. */
const AT_ONCE = 250;

/** Places, drawn until `size` of their mutants count; no place inside another drawn one. Each has its mutants that count. */
export function sampled(places, size, seed) {
  const random = randomOf(seed);
  const pool = places.filter(({ mutants }) => mutants.length <= MOST_AT_A_PLACE);
  const drawn = [];
  let count = 0;
  while (pool.length > 0 && count < size) {
    const next = [];
    while (pool.length > 0 && next.length < Math.min(AT_ONCE, 2 * size))
      next.push(...pool.splice(Math.floor(random() * pool.length), 1));
    const counts = countedAmong(next.flatMap(({ mutants }) => mutants));
    for (const place of next) {
      if (count >= size) break;
      const counted = place.mutants.filter(mutant => counts.has(mutant));
      if (counted.length === 0 || drawn.some(other => overlap(other, place))) continue;
      drawn.push({ ...place, counted });
      count += counted.length;
    }
  }
  return drawn;
}

const overlap = (a, b) => a.file === b.file && !(before(a.end, b.start) || before(b.end, a.start));
