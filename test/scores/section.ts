/** A score: so many units of work, each of which follows from the seed and its number alone, counted by outcome. */
import { type Shard, unitsOfShard, WHOLE } from '../../src/base/shard.ts';

/** What one unit came to. */
export interface UnitResult {
  /** How often each outcome occurred. */
  readonly counts: Readonly<Record<string, number>>;
  /** Outcomes that must not be, each so that it can be made again. */
  readonly wrong: readonly string[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What is counted, in a sentence or two. */
  readonly about: string;
  /** What one unit is: `twin`, `100 documents`. */
  readonly unit: string;
  /** All units of the whole score. */
  readonly size: number;
  /** Why nothing can be measured here; null where it can. */
  readonly missing: string | null;
  readonly run: (unit: number) => UnitResult | Promise<UnitResult>;
  /** The lines of the page for these counts. */
  readonly lines: (counts: Readonly<Record<string, number>>) => readonly string[];
}

/** A section for a seed; it is opened only when it is wanted, since some draw much first. */
export interface SectionKind {
  readonly id: string;
  readonly open: (seed: number) => Section | Promise<Section>;
}

/** Counts added up. */
export function total(all: Iterable<Readonly<Record<string, number>>>): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** The units that a share and a shard take: evenly among all, at least one of a share, every N-th of these. */
export function unitsOf(size: number, share: number, shard: Shard = WHOLE): number[] {
  const taken = Array.from({ length: size }, (_, at) => at).filter(
    at => Math.floor((at + 1) * share) > Math.floor(at * share),
  );
  return unitsOfShard(taken.length === 0 && size > 0 ? [0] : taken, shard);
}

/** A Markdown table; columns behind the first stand to the right. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| --- |${' ---: |'.repeat(head.length - 1)}`,
  ...rows.map(row => `| ${row.map(each => String(each).replaceAll('|', '\\|')).join(' | ')} |`),
];

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === whole || part === 0 ? 0 : 1)} %`;
