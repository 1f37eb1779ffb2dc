/** The errors of a simulation against the step sizes, both logarithmic, with lines of the promised slopes. */
import * as Plot from '@observablehq/plot';
import { harmless } from '../report/text/paint.ts';
import { jsonName } from '../evaluate/instance/instance.ts';
import type { SimulationReport } from '../judge/check/simulate-optimizer.ts';
import { drawFigure } from './figure-page.ts';
import { drawPanel, INK, PALETTE, type Panel } from './plot-panel.ts';

const WIDTH = 420;
const HEIGHT = 380;

interface Place {
  readonly h: number;
  readonly error: number;
}

interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly expected: number;
  readonly slope: number | null;
  readonly points: readonly { readonly h: number; readonly error: number; readonly floored: boolean }[];
}

/** An SVG document. What no logarithm can show (an error of zero) is left out. */
export function simulationFigure(report: SimulationReport): string {
  const { request, slopes, verdict, layer } = report;
  const global = curves(report, 'global');
  const local = slopes.some(each => each.local !== null) ? curves(report, 'local') : [];
  const hyper = [...request.hyperparameters].map(([name, value]) => `${jsonName(name)} = ${value}`);
  const panels = [
    { title: 'global error: max over n of ‖θ̃(nh) − θ⁽ⁿ⁾‖', panel: panel('global', global) },
    ...(local.length > 0 ? [{ title: 'local error: one step from the past of θ̃', panel: panel('local', local) }] : []),
  ];
  return drawFigure({
    title: `${request.optimizer.id} and its modified equations${layer === null ? '' : ' for n → ∞'}`,
    notes: [
      [...hyper, `T = ${request.time}`, `losses: ${harmless(request.losses.join(' | ')).slice(0, 160)}`].join(', '),
      `Dashed: the promised slope. Hollow: at the floor of the arithmetic. Verdict: ${verdict}.`,
    ],
    panels,
    columns: panels.length,
    legend: [],
  });
}

function curves({ rows, slopes }: SimulationReport, which: 'global' | 'local'): Curve[] {
  return slopes.flatMap(({ order, start, global, local }, at) => {
    const slope = which === 'global' ? global : local;
    if (slope === null) return [];
    const points = rows
      .filter(row => row.order === order && row.start === start && row[which] > 0)
      .map(row => ({ h: row.h, error: row[which], floored: row[which] <= row[`${which}Floor`] }));
    const label = start === 'corrected' ? `order ${order}, corrected start` : `order ${order}`;
    return [
      { label, colour: PALETTE[at % PALETTE.length] ?? INK, expected: slope.expected, slope: slope.slope, points },
    ];
  });
}

function panel(id: string, drawn: readonly Curve[]): Panel {
  return drawPanel(`simulation-${id}`, {
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 62,
    marginBottom: 44,
    insetLeft: 10,
    insetRight: 10,
    insetTop: 26,
    insetBottom: 24,
    grid: true,
    x: {
      type: 'log',
      label: 'step size h',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: 5,
      tickFormat: plainNumber,
      nice: false,
    },
    y: { type: 'log', label: 'error', labelArrow: 'none', tickFormat: plainNumber },
    marks: [
      ...drawn.flatMap(({ points, expected, colour }) => {
        const line = promised(points, expected);
        return line === null ? [] : [Plot.line(line, { x: 'h', y: 'error', stroke: colour, strokeDasharray: '5 4' })];
      }),
      ...drawn.flatMap(({ label, points, expected, slope, colour }) => [
        ...onLine(label + (slope === null ? '' : `, slope ${slope.toFixed(2)}`), points.at(0), colour, 'end'),
        ...onLine(`slope ${expected}`, promised(points, expected)?.[0], colour, 'start'),
        Plot.line(points, { x: 'h', y: 'error', stroke: colour, strokeWidth: 1.8 }),
        Plot.dot(points, {
          x: 'h',
          y: 'error',
          stroke: colour,
          fill: (point: { readonly floored: boolean }) => (point.floored ? 'white' : colour),
          r: 3.4,
        }),
      ]),
      Plot.frame({ stroke: INK }),
    ],
  });
}

/** Words at an end of a line: above its upper end, below its lower one. */
function onLine(words: string, place: Place | undefined, colour: string, anchor: 'start' | 'end'): Plot.Markish[] {
  const style = { x: 'h', y: 'error', text: () => words, textAnchor: anchor, fill: colour, stroke: 'white' } as const;
  return place === undefined ? [] : [Plot.text([place], { ...style, dy: anchor === 'end' ? -12 : 14 })];
}

/** A line of the promised slope through the smallest step size that is not at the floor, a little below the curve. */
function promised(points: Curve['points'], slope: number): Place[] | null {
  const usable = points.filter(({ floored }) => !floored).toSorted((a, b) => a.h - b.h);
  const [first, last] = [usable[0], usable[usable.length - 1]];
  if (first === undefined || last === undefined || first === last) return null;
  const at = (h: number): number => 0.6 * first.error * (h / first.h) ** slope;
  return [first.h, last.h].map(h => ({ h, error: at(h) }));
}

const plainNumber = (value: number): string =>
  value >= 0.001 && value < 1000 ? String(Number(value.toPrecision(3))) : value.toExponential(0).replace('+', '');
