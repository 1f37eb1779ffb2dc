/** Scales of a picture: from values to places, and the values that get a tick. */

export type ScaleKind = 'linear' | 'log' | 'symlog';

export interface PictureScale {
  /** From 0 to 1 inside the domain. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** Values up to it are spread evenly by symlog, larger ones by their logarithm. */
const EVEN = 0.5;

export function scaleOf(kind: ScaleKind, [least, most]: readonly [number, number]): PictureScale {
  const bend = bendOf(kind);
  const [from, to] = [bend(least), bend(most)];
  return {
    place: value => (bend(value) - from) / (to - from || 1),
    ticks: ticksOf(kind, least, most),
  };
}

function bendOf(kind: ScaleKind): (value: number) => number {
  switch (kind) {
    case 'linear':
      return value => value;
    case 'log':
      return value => Math.log10(value);
    case 'symlog':
      return value => Math.sign(value) * Math.log1p(Math.abs(value) / EVEN);
  }
}

function ticksOf(kind: ScaleKind, least: number, most: number): number[] {
  switch (kind) {
    case 'linear':
      return evenTicks(least, most);
    case 'log':
      return powers(Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(most) + 1e-9));
    case 'symlog': {
      const highest = Math.ceil(Math.log10(Math.max(Math.abs(least), Math.abs(most), 1)));
      const all = powers(0, highest);
      return [...all.map(each => -each).reverse(), 0, ...all].filter(each => each >= least && each <= most);
    }
  }
}

/** At most seven powers of ten. */
function powers(from: number, to: number): number[] {
  const stride = Math.max(1, Math.ceil((to - from) / 6));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / stride) + 1) }, (_, k) => 10 ** (from + k * stride));
}

/** About five round values. */
function evenTicks(least: number, most: number): number[] {
  const rough = (most - least) / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5, 10].map(each => each * size).find(each => each >= rough) ?? rough;
  const first = Math.ceil(least / stride);
  const last = Math.floor(most / stride);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * stride);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `0.01`, `−3`, `10⁻⁶`. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  const power = Math.log10(size);
  if (size !== 0 && Number.isInteger(Math.round(power * 1e6) / 1e6) && (size < 0.01 || size > 1000)) {
    const digits = `${Math.round(Math.abs(power))}`.replace(/\d/g, digit => RAISED[Number(digit)] ?? '');
    return `${sign}10${power < 0 ? '⁻' : ''}${digits}`;
  }
  return `${sign}${Number(size.toPrecision(4))}`;
}
