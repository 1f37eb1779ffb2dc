/**
 * Where a gap goes as n or a number runs to an end of its domain, as far as it was followed: the limit that a geometric
 * tail would have (Aitken's Δ²), which tells a gap that closes, or that would be crossed, from one that stays.
 */
export type Trend =
  /** It grows, or stays away from zero. */
  | 'stays'
  /** Its limit is zero as far as can be told: an open end at which two sides meet. */
  | 'closes'
  /** It shrinks on, through zero or no one knows whereto. */
  | 'open';

/** Values that are looked at, the last ones. */
const LAST = 4;
/** A tail whose steps shrink by less than this has no limit that is known. */
const SLOW = 0.97;
/** A limit this small beside the last value is zero. */
const NOTHING = 1e-9;

/** A step this small beside the value is none that so few digits show. */
const UNSEEN = 1e-10;
/** A limit that is known no better than so, beside the last value, is not known. */
const UNSURE = 0.25;
/** So small beside the first value it has closed. */
const VANISHED = 1e-9;

/** `gaps` are positive: the larger side less the smaller one, ever farther out. */
export function trendOf(gaps: readonly number[]): Trend {
  const [a3, a2, a1, a0] = gaps.slice(-LAST);
  if (a3 === undefined || a2 === undefined || a1 === undefined || a0 === undefined) return 'stays';
  if (a0 <= VANISHED * (gaps[0] ?? a0)) return 'closes';
  const [d2, d1, d0] = [a3 - a2, a2 - a1, a1 - a0];
  if (d0 <= 0 || d0 < a0 * UNSEEN) return 'stays';
  if (d1 <= 0 || d2 <= 0) return d0 > a0 / 2 ? 'closes' : 'open';
  const ratio = d0 / d1;
  if (ratio >= SLOW) return 'open';
  const limit = a0 - (d0 * ratio) / (1 - ratio);
  const before = d1 / d2 < SLOW ? a1 - (d1 * (d1 / d2)) / (1 - d1 / d2) : a1;
  const error = 2 * Math.abs(limit - before) + a0 * NOTHING;
  if (Math.abs(limit) <= error) return error > a0 * UNSURE ? 'open' : 'closes';
  return limit < 0 ? 'open' : 'stays';
}
