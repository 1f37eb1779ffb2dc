/** Medians, quartiles and rank correlations. */

/** The value below which the share of the sorted values lies, linear between them; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Band {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The quartiles; null of none. */
export const bandOf = (values: readonly number[]): Band | null =>
  values.length === 0 ? null : { low: quantile(values, 0.25), median: median(values), high: quantile(values, 0.75) };

/** Spearman's rank correlation, equal values with their mean rank, 0 where one side is constant; null of fewer than three pairs. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const left = ranks(pairs.map(([a]) => a));
  const right = ranks(pairs.map(([, b]) => b));
  const mean = (pairs.length + 1) / 2;
  let [product, one, other] = [0, 0, 0];
  for (const [at, a] of left.entries()) {
    const b = right[at] ?? Number.NaN;
    product += (a - mean) * (b - mean);
    one += (a - mean) ** 2;
    other += (b - mean) ** 2;
  }
  return one === 0 || other === 0 ? 0 : product / Math.sqrt(one * other);
}

function ranks(values: readonly number[]): number[] {
  return values.map(value => {
    const below = values.filter(each => each < value).length;
    const equal = values.filter(each => each === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Rank correlations of the same two quantities seed by seed. */
export interface Correlation {
  /** Their mean. */
  readonly mean: number;
  /** How many seeds have the sign of the mean, of how many that have a correlation; none has the sign of 0. */
  readonly agreeing: number;
  readonly of: number;
}

export function correlationOver(seeds: readonly (readonly (readonly [number, number])[])[]): Correlation | null {
  const all = seeds.flatMap(pairs => rankCorrelation(pairs) ?? []);
  if (all.length === 0) return null;
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  return { mean, agreeing: all.filter(each => each * mean > 0).length, of: all.length };
}
