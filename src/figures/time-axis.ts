/** The axis of time of a run's curves: logarithmic beyond the first steps where most that happens does so early. */
import type * as Plot from '@observablehq/plot';

export interface TimedValue {
  readonly t: number;
  readonly value: number;
}

/** The part of the time that counts as early. */
const EARLY = 0.1;

/** Whether more than half of what all curves rise and fall, on a logarithmic scale, is in the first tenth of the time. */
export function happensEarly(curves: readonly (readonly TimedValue[])[], time: number): boolean {
  let early = 0;
  let all = 0;
  for (const curve of curves)
    for (const [at, point] of curve.entries()) {
      const before = curve[at - 1];
      if (before === undefined || !(before.value > 0 && point.value > 0)) continue;
      const change = Math.abs(Math.log(point.value / before.value));
      all += change;
      if (point.t <= EARLY * time) early += change;
    }
  return early > 0.5 * all;
}

/** The options of the axis for Plot; `step`, the smallest step size, is where the logarithmic one begins to be linear. */
export function timeAxis(curves: readonly (readonly TimedValue[])[], time: number, step: number): Plot.ScaleOptions {
  const common = { domain: [0, time], labelAnchor: 'center', labelArrow: 'none' } as const;
  if (!happensEarly(curves, time)) return { ...common, label: 't' };
  return {
    ...common,
    type: 'symlog',
    constant: step,
    label: 't (log scale)',
    ticks: ticksOf(time, step),
    tickFormat: '~g',
  };
}

/** 0, the powers of ten from the step on, and the end; those that would stand on each other are left out. */
function ticksOf(time: number, step: number): number[] {
  const place = (t: number): number => Math.log1p(t / step);
  const apart = place(time) / 16;
  const ticks = [0];
  for (let power = Math.ceil(Math.log10(step)); 10 ** power < time; power += 1) {
    const tick = Number(`1e${power}`);
    const isFree = place(tick) - place(ticks.at(-1) ?? 0) > apart && place(time) - place(tick) > apart;
    if (isFree) ticks.push(tick);
  }
  return [...ticks, time];
}
