// Every mutant that Stryker would make in the prover's rooms, and a seeded sample of them. A mutant whose place holds many
// others (a whole function made empty) is left out: Stryker takes places, and those die of anything.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** Texts of messages are no part of a proof. */
export const EXCLUDED = ['StringLiteral', 'Regex'];
/** Mutants at one place beyond which the place is left out. */
const MOST_AT_A_PLACE = 4;

/** The files of the prover: the rules, the routes to a proof, and what the judge hands to them. */
export function proverFiles() {
  const all = folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => join(folder, file));
  const judge = readdirSync('src/judge')
    .filter(file => /^prove.*\.ts$/.test(file) || file === 'statement-differences.ts')
    .map(file => join('src/judge', file));
  return [...all('src/rewrite'), ...all('src/prove'), ...judge].sort();
}

const silent = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map(level => [level, () => {}]));

/** Places `file:line:column-line:column`, each with its number of mutants, in the order of the files. */
export async function placesOfMutants(files) {
  const instrumenter = new Instrumenter({ ...silent, isDebugEnabled: () => false, isTraceEnabled: () => false });
  const found = await instrumenter.instrument(
    files.map(name => ({ name, content: readFileSync(name, 'utf8'), mutate: true })),
    { excludedMutations: EXCLUDED, ignorers: [], plugins: null, noHeader: true },
  );
  const places = new Map();
  for (const { fileName, location, ignoreReason } of found.mutants) {
    if (ignoreReason) continue;
    const { start, end } = location;
    // Lines from 1 and columns from 0 in --mutate, lines from 0 in the instrumenter.
    const key = `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
    const place = places.get(key) ?? { key, file: fileName, start, end, own: 0 };
    places.set(key, { ...place, own: place.own + 1 });
  }
  const before = (a, b) => a.line < b.line || (a.line === b.line && a.column <= b.column);
  const all = [...places.values()];
  return all.map(place => ({
    ...place,
    mutants: all
      .filter(each => each.file === place.file && before(place.start, each.start) && before(each.end, place.end))
      .reduce((sum, { own }) => sum + own, 0),
  }));
}

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

/** Places, drawn until they hold `size` mutants; no place inside another drawn one. */
export function sampled(places, size, seed) {
  const random = randomOf(seed);
  const pool = places.filter(({ mutants }) => mutants <= MOST_AT_A_PLACE);
  const drawn = [];
  let count = 0;
  while (pool.length > 0 && count < size) {
    const [place] = pool.splice(Math.floor(random() * pool.length), 1);
    if (drawn.some(other => overlap(other, place))) continue;
    drawn.push(place);
    count += place.mutants;
  }
  return drawn;
}

function overlap(a, b) {
  if (a.file !== b.file) return false;
  const before = (one, other) => one.line < other.line || (one.line === other.line && one.column <= other.column);
  return !(before(a.end, b.start) || before(b.end, a.start));
}
