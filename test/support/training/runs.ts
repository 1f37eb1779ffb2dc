/** The two CSV files of `modeq figures training`, read by other code than that which wrote them, with the statistics of the text. */

export type Row = Readonly<Record<string, string>>;

export function rowsOf(csv: string): Row[] {
  const [head = '', ...lines] = csv.trim().split('\n');
  const keys = head.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((value, place) => [keys[place] ?? '', value])));
}

export type Point = Readonly<Record<'n' | 'loss' | 'norm' | 'accuracy' | 'distance' | 'ratio', number>>;
export interface Run {
  readonly row: Row;
  readonly seed: string;
  readonly stable: boolean;
  readonly kind: string;
  readonly curve: (name: string) => Point[];
  readonly crossing: Point | undefined;
  /** Where the comparison ends. */
  readonly last: number;
}

export const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;
export const middle = (all: readonly number[]): number => {
  const sorted = [...all].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
};
export const text = (value: number): string => String(value).replaceAll('-', '−');
export const two = (value: number): string => text(Number(value.toFixed(2)) + 0);
export const three = (value: number): string => text(Number(value.toPrecision(3)));
export const range = (all: readonly number[]): string =>
  all.length === 0 ? '–' : `${three(Math.min(...all))} to ${three(Math.max(...all))}`;
export const unique = (all: readonly string[]): string[] => [...new Set(all)];

/** Spearman's correlation by the ranks' product moments; 0 where one side is constant, null of fewer than three. */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 3) return null;
  const ranks = (all: readonly number[]): number[] =>
    all.map(each => all.reduce((rank, other) => rank + (other < each ? 1 : other === each ? 0.5 : 0), 0.5));
  const [a, b] = [ranks(x), ranks(y)];
  const covariance = (p: readonly number[], q: readonly number[]): number =>
    mean(p.map((each, place) => (each - mean(p)) * ((q[place] ?? 0) - mean(q))));
  const found = covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
  return Number.isNaN(found) ? 0 : found;
}

export function runsOf(runRows: readonly Row[], pointRows: readonly Row[]): Run[] {
  const points = new Map<string, Point[]>();
  for (const { run, curve, ...values } of pointRows) {
    const key = `${run} ${curve}`;
    const point = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === '' ? Number.NaN : Number(value)]),
    ) as unknown as Point;
    points.set(key, [...(points.get(key) ?? []), point]);
  }
  return runRows.map((row): Run => {
    const curve = (name: string): Point[] => points.get(`${row.run} ${name}`) ?? [];
    const crossing = curve('run').find(({ loss }) => loss < Number(row.threshold));
    const [rise, risen] = [Number(row.rise), Number(row.risen)];
    const [first, end] = [curve('run')[0], curve('run').at(-1)];
    const isLost = crossing === undefined && !((end?.loss ?? 0) <= (first?.loss ?? 0));
    const kind = isLost ? 'divergence' : rise > 2 ? 'spikes' : risen > 0 ? 'oscillation' : 'monotone';
    const stable = kind === 'monotone' || kind === 'oscillation';
    return { row, seed: row.seed ?? '', stable, kind, curve, crossing, last: crossing?.n ?? Number(row.steps) };
  });
}
