/** One part of a long job that is cut into parts: every N-th unit of it, so that parts take about as long as each other. */
export interface Shard {
  /** Which part, from 1 on. */
  readonly number: number;
  /** How many parts there are. */
  readonly of: number;
}

export const WHOLE: Shard = { number: 1, of: 1 };

/** `i/N` with 1 ≤ i ≤ N; null for anything else. */
export function readShard(text: string): Shard | null {
  const [number = Number.NaN, of = Number.NaN] = /^\d+\/\d+$/.test(text) ? text.split('/').map(Number) : [];
  return number >= 1 && number <= of && Number.isSafeInteger(of) ? { number, of } : null;
}

/** The units of the part, in their order; those of all parts together are all units, each once. */
export const unitsOfShard = <T>(units: readonly T[], { number, of }: Shard): T[] =>
  units.filter((_, at) => at % of === number - 1);
