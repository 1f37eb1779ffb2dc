/** What `npm run mutants` found: its file is read, nothing is run here, since a mutant takes seconds and the whole sample hours. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { percent, type SectionKind, table } from '../section.ts';

const FILES = ['build/mutants.jsonl', 'build/mutants.json'];
const DEAD = new Set(['Killed', 'Timeout']);

interface Mutant {
  readonly file: string;
  readonly status: string;
  /** The same for one mutant that was run twice. */
  readonly key?: string;
}

/** The mutants of a file: a line each, or a report of Stryker. */
export function mutantsIn(text: string): Mutant[] {
  const whole = parsed(text);
  if (isReport(whole))
    return Object.entries(whole.files).flatMap(([file, { mutants }]) =>
      mutants.map(({ status }) => ({ file, status })),
    );
  const lines = text.split('\n').map(parsed).filter(isMutant);
  return [...new Map(lines.map((line, at) => [line.key ?? at, line])).values()];
}

/** What the first line of a run says; a file may hold the lines of several runs, one behind the other. */
const headsIn = (text: string): object[] =>
  text.split('\n').flatMap(line => {
    const head = parsed(line);
    return typeof head === 'object' && head !== null && 'drawn' in head ? [head] : [];
  });

/** How many mutants were drawn in all runs, each once; null where no line says it. */
export function drawnIn(text: string): number | null {
  const lists = headsIn(text).flatMap(head => ('drawn' in head && Array.isArray(head.drawn) ? [head.drawn] : []));
  if (lists.length === 0) return null;
  const drawn = lists.flat() as readonly { readonly counted: readonly unknown[] }[];
  return new Set(drawn.flatMap(({ counted }) => counted.map(each => JSON.stringify(each)))).size;
}

/** The seeds with which they were drawn. */
export const seedsIn = (text: string): number[] =>
  headsIn(text).flatMap(head => {
    const asked = 'asked' in head ? head.asked : null;
    return typeof asked === 'object' && asked !== null && 'seed' in asked && typeof asked.seed === 'number'
      ? [asked.seed]
      : [];
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A line that was cut off when a run was stopped is none.
    return null;
  }
}

const isMutant = (value: unknown): value is Mutant =>
  typeof value === 'object' && value !== null && 'file' in value && 'status' in value;

const isReport = (
  value: unknown,
): value is {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
} => typeof value === 'object' && value !== null && 'files' in value;

export const mutantScore: SectionKind = {
  id: 'mutants',
  open: () => {
    const path = FILES.find(file => existsSync(file));
    const text = path === undefined ? '' : readFileSync(path, 'utf8');
    const mutants = mutantsIn(text);
    const drawn = drawnIn(text);
    const seeds = seedsIn(text);
    const by = seeds.length === 0 ? '' : ` with seed ${seeds.join(' and ')}`;
    const share = drawn === null ? '' : ` ${mutants.length} of the ${drawn} that were drawn${by} have been run.`;
    const day = path === undefined ? '' : statSync(path).mtime.toISOString().slice(0, 10);
    return {
      id: 'mutants',
      title: 'Mutants of the rooms that prove',
      about: `One-line mistakes in the prover's rooms, and whether the nearest tests see them. Run by \`npm run mutants\`${day === '' ? '' : `, last on ${day}`}; read from its file here.${share}`,
      unit: 'file of results',
      size: 1,
      missing: mutants.length === 0 ? `there are no results of \`npm run mutants\` in ${FILES.join(' or ')}` : null,
      run: () => {
        const counts: Record<string, number> = {};
        for (const { file, status } of mutants) {
          const room = /^(?:\.\/)?src\/([^/]+)\//.exec(file)?.[1] ?? 'other';
          const key = `${room}: ${DEAD.has(status) ? 'die' : 'live'}`;
          counts[key] = (counts[key] ?? 0) + 1;
        }
        return { counts, wrong: [] };
      },
      lines: counts => {
        const rooms = [...new Set(Object.keys(counts).map(key => key.slice(0, key.lastIndexOf(': '))))].sort();
        const row = (name: string, of: readonly string[]): (string | number)[] => {
          const sum = (what: string): number => of.reduce((all, room) => all + (counts[`${room}: ${what}`] ?? 0), 0);
          return [name, sum('die') + sum('live'), sum('die'), percent(sum('die'), sum('die') + sum('live'))];
        };
        return table(['room', 'mutants', 'die', 'share'], [...rooms.map(room => row(room, [room])), row('all', rooms)]);
      },
    };
  },
};
