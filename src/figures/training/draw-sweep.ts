/** The figure of a sweep, after Figures 3 to 8 of the paper: what is found at the threshold, curves along the runs, and the equations beside them. */
import * as Plot from '@observablehq/plot';
import type { Json } from '../../formula/json.ts';
import { signedNumber } from '../../report/text/signed.ts';
import type { Figure } from '../figure.ts';
import { drawFigure, type LegendEntry } from '../figure-page.ts';
import { drawPanel, INK, PALETTE, type Panel } from '../plot-panel.ts';
import type { RunResult } from './configuration.ts';
import { type Band, bandOf } from './statistics.ts';
import type { MeasureName, SweepResult, ValueResult } from './sweep-result.ts';
import type { Sweep } from './plan.ts';
import { describeFixed, VARIED_LETTER } from './training-words.ts';

type BandPoint = Band & { readonly x: number };

const SIZE = { width: 360, height: 250, marginLeft: 66, marginRight: 14, marginTop: 10, marginBottom: 40 } as const;
const colour = (at: number): string => PALETTE[at % PALETTE.length] ?? INK;

export function drawSweep(result: SweepResult): Figure {
  const { sweep, fixed, values } = result;
  const letter = VARIED_LETTER[sweep.varied];
  const seeds = sweep.runs[0]?.length ?? 0;
  const title = `${fixed.optimizer === 'adam' ? 'Adam' : 'RMSProp'} on ${fixed.data}: what ${letter} does`;
  const threshold = `E < ${fixed.threshold}`;
  const legend: LegendEntry[] = [
    ...values.map(
      ({ value }, at): LegendEntry => ({ label: `${letter} = ${value}`, colour: colour(at), shape: 'line' }),
    ),
    { label: 'equation of order 1', colour: INK, shape: 'dashed' },
    { label: 'of order 0', colour: INK, shape: 'dotted' },
  ];
  const panels = [
    { title: `‖∇E‖_{1,ε} where first ${threshold}`, panel: atThreshold(result, 'norm') },
    { title: `Test accuracy where first ${threshold}`, panel: atThreshold(result, 'accuracy') },
    { title: `${sweep.varied === 'h' ? 'nh' : 'n'} where first ${threshold}`, panel: atThreshold(result, 'steps') },
    { title: 'Training loss', panel: along(result, 'loss', run => run.points.map(({ n, loss }) => [n, loss]), 'log') },
    {
      title: '‖∇E‖_{1,ε} along the run',
      panel: along(result, 'norms', run => run.points.map(({ n, norm }) => [n, norm]), 'either'),
    },
    {
      title: 'Test accuracy along the run',
      panel: along(result, 'accuracies', run => run.points.map(({ n, accuracy }) => [n, accuracy]), 'linear'),
    },
    { title: '‖θ̃(nh) − θ⁽ⁿ⁾‖, orders 0 and 1', panel: beside(result, 'distance') },
    { title: '|‖∇E(θ̃)‖_{1,ε} − ‖∇E(θ)‖_{1,ε}|', panel: beside(result, 'norm') },
    {
      title: 'h‖f₂‖/‖f₁‖ at θ⁽ⁿ⁾',
      panel: along(
        result,
        'ratios',
        run => run.ratios.flatMap(({ n, ratio }) => (ratio === null ? [] : [[n, ratio]])),
        'log',
      ),
    },
  ];
  return {
    name: `training-${sweep.id}`,
    title,
    svg: drawFigure({
      title,
      notes: [
        describeFixed(fixed, sweep.varied),
        `Medians over ${seeds} seeds with bands from the first to the third quartile. The equations are followed as far as they are stable.`,
      ],
      legend,
      columns: 3,
      panels,
    }),
    numbers: numbersOf(result),
  };
}

function atThreshold({ sweep, values }: SweepResult, name: 'norm' | 'accuracy' | 'steps'): Panel {
  const of = (measure: MeasureName): BandPoint[] =>
    values.flatMap(({ value, bands }) => {
      const band = bands[measure];
      const unit = measure === 'steps' && sweep.varied === 'h' ? value : 1;
      return band === null
        ? []
        : [{ x: value, low: unit * band.low, median: unit * band.median, high: unit * band.high }];
    });
  const own = of(name);
  const others =
    name === 'norm'
      ? ([
          ['order1', '6 4'],
          ['order0', '1.5 3.5'],
        ] as const)
      : [];
  const isLog = sweep.varied === 'h';
  return drawPanel(`${sweep.id}-at-${name}`, {
    ...SIZE,
    x: {
      type: isLog ? 'log' : 'linear',
      domain: [Math.min(...sweep.values), Math.max(...sweep.values)],
      label: VARIED_LETTER[sweep.varied],
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: isLog ? [...sweep.values] : apart(sweep.values),
      tickFormat: signedNumber,
    },
    y: { label: null, ...domainOf([...own, ...others.flatMap(([measure]) => of(measure))]), ticks: 5, grid: true },
    marks: [
      Plot.areaY(own, { x: 'x', y1: 'low', y2: 'high', fill: colour(0), fillOpacity: 0.18 }),
      ...others.map(([measure, dash]) =>
        Plot.line(of(measure), { x: 'x', y: 'median', stroke: INK, strokeWidth: 1.6, strokeDasharray: dash }),
      ),
      Plot.line(own, { x: 'x', y: 'median', stroke: colour(0), strokeWidth: 2 }),
      Plot.dot(own, { x: 'x', y: 'median', r: 3.4, fill: colour(0) }),
      Plot.frame({ stroke: INK }),
    ],
  });
}

/** Values whose labels do not run into each other on a linear axis, the last one always. */
function apart(values: readonly number[]): number[] {
  const last = values[values.length - 1] ?? 0;
  const room = 0.1 * (last - (values[0] ?? 0));
  const kept: number[] = [];
  for (const value of values) {
    const before = kept[kept.length - 1];
    const isClear = (before === undefined || value - before >= room) && last - value >= room;
    if (isClear || value === last) kept.push(value);
  }
  return kept;
}

/** Room above and below; an empty panel has some axis too. */
function domainOf(bands: readonly Band[]): { readonly domain: [number, number] } {
  if (bands.length === 0) return { domain: [0, 1] };
  const [low, high] = [Math.min(...bands.map(each => each.low)), Math.max(...bands.map(each => each.high))];
  const room = Math.max(0.06 * (high - low), 1e-3 * Math.abs(high), 1e-9);
  return { domain: [low - room, high + room] };
}

type Curve = (run: RunResult) => readonly (readonly [n: number, value: number])[];

/** The bands of a curve at one value, against n or, where h is varied, against nh, where more than half of the seeds have it. */
function bandsAlong({ varied }: Sweep, { runs }: ValueResult, curve: Curve): BandPoint[] {
  const unit = varied === 'h' ? (runs[0]?.configuration.h ?? Number.NaN) : 1;
  const found = new Map<number, number[]>();
  for (const run of runs)
    for (const [n, value] of curve(run)) if (Number.isFinite(value)) found.set(n, [...(found.get(n) ?? []), value]);
  return [...found]
    .filter(([, all]) => 2 * all.length > runs.length)
    .sort(([a], [b]) => a - b)
    .flatMap(([n, all]) => {
      const band = bandOf(all);
      return band === null ? [] : [{ x: unit * n, ...band }];
    });
}

function along({ sweep, values }: SweepResult, id: string, curve: Curve, type: AxisType): Panel {
  const curves = values.map(each => bandsAlong(sweep, each, curve));
  return drawPanel(`${sweep.id}-${id}`, {
    ...SIZE,
    x: { ...timeOf(sweep), domain: [0, longest(curves)] },
    y: { label: null, ...scaleOf(curves.flat(), type), grid: true },
    marks: [
      ...curves.map((points, at) =>
        Plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: colour(at), fillOpacity: 0.15, clip: true }),
      ),
      ...curves.map((points, at) =>
        Plot.line(points, { x: 'x', y: 'median', stroke: colour(at), strokeWidth: 1.8, clip: true }),
      ),
      Plot.frame({ stroke: INK }),
    ],
  });
}

function beside({ sweep, values }: SweepResult, name: 'distance' | 'norm'): Panel {
  const curveOf =
    (order: number): Curve =>
    run => {
      const norms = new Map(run.points.map(({ n, norm }) => [n, norm]));
      const last = run.crossing?.n ?? run.configuration.steps;
      return (run.equations[order]?.points ?? [])
        .filter(({ n }) => n > 0 && n <= last)
        .map(({ n, distance, norm }) => [
          n,
          name === 'distance' ? distance : Math.abs(norm - (norms.get(n) ?? Number.NaN)),
        ]);
    };
  const curves = ([0, 1] as const)
    .flatMap(order =>
      values.map((each, at) => ({
        order,
        at,
        points: bandsAlong(sweep, each, curveOf(order)).filter(point => point.median > 0),
      })),
    )
    .filter(({ points }) => points.length > 1);
  return drawPanel(`${sweep.id}-beside-${name}`, {
    ...SIZE,
    x: { ...timeOf(sweep), domain: [0, longest(curves.map(({ points }) => points))] },
    y: {
      label: null,
      ...scaleOf(
        curves.flatMap(({ points }) => points.map(point => ({ ...point, low: point.median, high: point.median }))),
        'log',
      ),
      grid: true,
    },
    marks: [
      ...curves.map(({ order, at, points }) =>
        Plot.line(points, {
          x: 'x',
          y: 'median',
          stroke: colour(at),
          strokeWidth: 1.6,
          strokeDasharray: order === 0 ? '1.5 3.5' : '6 4',
          clip: true,
        }),
      ),
      ...(curves.length === 0
        ? [Plot.text(['the equations are stiff from the start'], { frameAnchor: 'middle' })]
        : []),
      Plot.frame({ stroke: INK }),
    ],
  });
}

const timeOf = ({ varied }: Sweep): Plot.ScaleOptions => ({
  label: varied === 'h' ? 't = nh' : 'n',
  labelAnchor: 'center',
  labelArrow: 'none',
});

const longest = (curves: readonly (readonly BandPoint[])[]): number => {
  const last = Math.max(0, ...curves.flat().map(({ x }) => x));
  return last > 0 ? last : 1;
};

/** `either`: logarithmic, but linear where the values are not far apart. */
type AxisType = 'log' | 'either' | 'linear';
/** From this ratio on values are far apart. */
const WIDE = 20;

/** A logarithmic axis over at most five powers of ten, or a linear one with room; runs that blow up leave the panel. */
function scaleOf(bands: readonly Band[], asked: AxisType): Plot.ScaleOptions {
  const all = bands.flatMap(({ low, high }) => [low, high]).filter(value => Number.isFinite(value) && value > 0);
  if (all.length === 0) return { domain: [0.1, 1] };
  const sorted = all.toSorted((a, b) => a - b);
  const usual = sorted[Math.floor(0.5 * (sorted.length - 1))] ?? 1;
  const high = Math.min(Math.max(...all), 100 * Math.abs(usual));
  if (asked === 'linear' || (asked === 'either' && high < WIDE * Math.min(...all)))
    return { ...domainOf([{ low: Math.min(...all), median: 0, high }]), ticks: 5 };
  const low = Math.max(Math.min(...all), 1e-5 * high);
  return { type: 'log', domain: [low / 1.2, 1.2 * high], ticks: powersBetween(low, high), tickFormat: signedNumber };
}

/** Powers of ten, with 2 and 5 times them where there are few. */
function powersBetween(low: number, high: number): number[] {
  const found = (factors: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
      for (const factor of factors) {
        const tick = Number(`${factor}e${power}`);
        if (tick >= low / 1.2 && tick <= 1.2 * high) ticks.push(tick);
      }
    return ticks;
  };
  const powers = found([1]);
  return powers.length >= 3 ? powers : found([1, 2, 5]);
}

function numbersOf({ sweep, values }: SweepResult): { readonly [key: string]: Json } {
  const bands = (each: ValueResult, name: MeasureName): Json => {
    const band = each.bands[name];
    return band === null ? null : { ...band };
  };
  return {
    varied: sweep.varied,
    values: values.map(each => ({
      value: each.value,
      norm: bands(each, 'norm'),
      accuracy: bands(each, 'accuracy'),
      steps: bands(each, 'steps'),
      order0: bands(each, 'order0'),
      order1: bands(each, 'order1'),
    })),
  };
}
