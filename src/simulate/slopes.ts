/**
 * Observed orders: slopes of errors against step sizes, and whether they are what an equation of order q promises.
 *
 * Errors that are not far above what the integration and Float64 leave are not used. Slopes of successive step sizes that still
 * change say nothing: `not-asymptotic`. Else their limit as h → 0 has to be the promised one, neither less nor more.
 */

export type SlopeVerdict = 'consistent' | 'inconsistent' | 'not-asymptotic';

export interface ErrorAt {
  readonly h: number;
  readonly error: number;
  /** Errors up to this may be those of the arithmetic. */
  readonly floor: number;
}

export interface Slope {
  /** Least squares over the step sizes used; null where fewer than two are. */
  readonly slope: number | null;
  /** The largest minus the smallest slope between successive step sizes among those used. */
  readonly spread: number | null;
  /** The successive slopes, extrapolated to h = 0; null where fewer than three step sizes are used. */
  readonly limit: number | null;
  readonly expected: number;
  readonly verdict: SlopeVerdict;
  /** Why it is not `consistent`. */
  readonly reason: string | null;
  /** The step sizes used. */
  readonly used: readonly number[];
}

/** Successive slopes may differ by at most this. */
export const LARGEST_CHANGE = 0.3;
/** The limit may miss the promised order by at most this. */
export const LARGEST_MISS = 0.25;
/** Slopes that still move towards the promised order may have so many times the last change to go. */
const STILL_TO_GO = 8;
/** Of the usable step sizes the smallest so many are used. */
const USED = 4;

/** Judges errors at several step sizes against the order `expected`. */
export function judgeSlope(errors: readonly ErrorAt[], expected: number): Slope {
  const usable = errors
    .filter(({ error, floor }) => Number.isFinite(error) && error > floor)
    .toSorted((a, b) => b.h - a.h)
    .slice(-USED);
  const used = usable.map(({ h }) => h);
  const points = usable.map(({ h, error }) => ({ x: Math.log(h), y: Math.log(error), h }));
  const slope = leastSquares(points);
  const steps = points.slice(1).map((to, at) => {
    const from = points[at] ?? to;
    return { slope: (from.y - to.y) / (from.x - to.x), h: Math.sqrt(from.h * to.h) };
  });
  const slopes = steps.map(step => step.slope);
  const spread = slopes.length > 1 ? Math.max(...slopes) - Math.min(...slopes) : null;
  const [before, last] = steps.slice(-2);
  if (before === undefined || last === undefined) {
    const dropped = errors.length - usable.length;
    const reason =
      dropped > 0
        ? `${usable.length} of ${errors.length} errors lie above the floor of the arithmetic; three are needed`
        : `${errors.length} step sizes; three are needed`;
    return { slope, spread, limit: null, expected, verdict: 'not-asymptotic', reason, used };
  }
  // A slope p + c·h + …: the line through the last two at h = 0.
  const limit = last.slope + ((last.slope - before.slope) * last.h) / (before.h - last.h);
  const change = Math.abs(last.slope - before.slope);
  const judged = { slope, spread, limit, expected, used };
  if (change > LARGEST_CHANGE)
    return {
      ...judged,
      verdict: 'not-asymptotic',
      reason: `the last two slopes, ${before.slope.toFixed(2)} and ${last.slope.toFixed(2)}, differ by more than ${LARGEST_CHANGE}`,
    };
  const miss = Math.abs(limit - expected);
  const approaching = Math.abs(expected - last.slope) < Math.abs(expected - before.slope);
  if (miss > LARGEST_MISS && approaching && miss <= STILL_TO_GO * change)
    return {
      ...judged,
      verdict: 'not-asymptotic',
      reason: `the slopes still move towards ${expected}, from ${before.slope.toFixed(2)} to ${last.slope.toFixed(2)}`,
    };
  if (miss > LARGEST_MISS)
    return {
      ...judged,
      verdict: 'inconsistent',
      reason: `the slopes tend to ${limit.toFixed(2)}, not to ${expected}`,
    };
  return { ...judged, verdict: 'consistent', reason: null };
}

function leastSquares(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  if (points.length < 2) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(point => point.x));
  const y = mean(points.map(point => point.y));
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return above / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

/** Where a term of the expansion in h has more than this of the one before it, slopes are no evidence against an equation. */
export const LARGEST_RATIO = 0.1;

/** A contradiction counts only where the expansion in h has begun to converge; `ratio` is that of its terms at the smallest step size. */
export function withExpansion(slope: Slope, ratio: number): Slope {
  if (slope.verdict !== 'inconsistent' || ratio <= LARGEST_RATIO) return slope;
  const why = Number.isFinite(ratio)
    ? `the terms of the expansion in h fall only by ${ratio.toPrecision(2)}`
    : 'the memory has not faded within the run, or f_0 vanishes on it';
  return {
    ...slope,
    verdict: 'not-asymptotic',
    reason: `${slope.reason ?? ''}; but ${why}`,
  };
}

/** The worst of several: one that contradicts outranks one that says nothing. */
export function worstSlope(verdicts: readonly SlopeVerdict[]): SlopeVerdict {
  if (verdicts.includes('inconsistent')) return 'inconsistent';
  return verdicts.length === 0 || verdicts.includes('not-asymptotic') ? 'not-asymptotic' : 'consistent';
}
