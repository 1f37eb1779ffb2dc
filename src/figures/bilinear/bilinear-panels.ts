/** The panels of the bilinear figures: whole trajectories, their ends on the line of minima, and where they end. */
import * as Plot from '@observablehq/plot';
import { minimumAt, type Point } from './bilinear-model.ts';
import type { BilinearCourse, RowResult } from './bilinear-runs.ts';
import { memoryAxis, positionOf } from '../memory-axis.ts';
import { drawPanel, INK, PALETTE, type Panel } from '../plot-panel.ts';

const SIZE = { width: 310, height: 300, marginLeft: 52, marginRight: 12, marginTop: 8, marginBottom: 38 } as const;
const VIOLET = '#8e44ad';
const LETTERS = { beta: 'β', rho: 'ρ', h: 'h' } as const;

interface Window {
  readonly x: [number, number];
  readonly y: [number, number];
}
const WHOLE: Window = { x: [0.2, 3], y: [0.2, 3.7] };
/** The end of the way and the cross. */
const LOWER_LEFT: Window = { x: [0.32, 1.05], y: [0.7, 1.85] };

const colour = (at: number): string => PALETTE[at % PALETTE.length] ?? INK;

/** The points that a reader can tell apart in this window, those outside it but for their neighbours left out. */
function visible(points: readonly Point[], { x, y }: Window): Point[] {
  const [perX, perY] = [SIZE.width / (x[1] - x[0]), SIZE.height / (y[1] - y[0])];
  const isInside = (point: Point): boolean => {
    const slack = 0.5;
    const [dx, dy] = [(x[1] - x[0]) * slack, (y[1] - y[0]) * slack];
    return point.x > x[0] - dx && point.x < x[1] + dx && point.y > y[0] - dy && point.y < y[1] + dy;
  };
  const kept: Point[] = [];
  points.forEach((point, at) => {
    const last = kept[kept.length - 1];
    const far = last === undefined || Math.hypot((point.x - last.x) * perX, (point.y - last.y) * perY) >= 0.6;
    if ((far || at === points.length - 1) && isInside(point)) kept.push(point);
  });
  return kept;
}

/** Adam in colour; the equation dashed over it, black or, where the curves part, in the colour of its run. */
function trajectories({ runs }: RowResult, window: Window, dashes: (at: number) => string): Plot.Markish[] {
  const line = ({ points }: BilinearCourse, style: Plot.LineOptions): Plot.Markish =>
    Plot.line(visible(points, window), { x: 'x', y: 'y', clip: true, ...style });
  return [
    ...runs.map(({ adam }, at) => line(adam, { stroke: colour(at), strokeWidth: 2.4 })),
    ...runs.map(({ equation }, at) => line(equation, { stroke: dashes(at), strokeWidth: 1.3, strokeDasharray: '5 4' })),
  ];
}

function minima({ x }: Window): Plot.Markish {
  const line = Array.from({ length: 200 }, (_, at) => minimumAt(x[0] + ((x[1] - x[0]) * (at + 0.5)) / 200));
  return Plot.line(line, { x: 'x', y: 'y', stroke: VIOLET, strokeWidth: 1.8, clip: true });
}

const axis = (domain: readonly [number, number], label: string): Plot.ScaleOptions => ({
  domain: [...domain],
  label,
  labelAnchor: 'center',
  labelArrow: 'none',
  ticks: 4,
});

/** From the start to the line of minima, with the cross and the names of the curves. */
export const drawWhole = (id: string, result: RowResult, cross: Point): Panel =>
  drawWindow(id, result, cross, { window: WHOLE, dashes: () => 'black', width: SIZE.width, namesAt: 0.4 });

/** From near the line of minima to the cross. */
export const drawLowerLeft = (id: string, result: RowResult, cross: Point): Panel =>
  drawWindow(id, result, cross, { window: LOWER_LEFT, dashes: colour, width: 450, namesAt: 0.5 });

interface WindowStyle {
  readonly window: Window;
  /** The colour of the equation beside the run at this place. */
  readonly dashes: (at: number) => string;
  readonly width: number;
  /** How high the names of the curves stand, 0 at the bottom. */
  readonly namesAt: number;
}

function drawWindow(
  id: string,
  result: RowResult,
  cross: Point,
  { window, dashes, width, namesAt }: WindowStyle,
): Panel {
  const { row, runs } = result;
  const names = runs.map(({ setting }, at) => ({
    x: window.x[0] + 0.66 * (window.x[1] - window.x[0]),
    y: window.y[0] + (namesAt - at * 0.07) * (window.y[1] - window.y[0]),
    text: `${LETTERS[row.varied]} = ${setting[row.varied]}`,
    at,
  }));
  // Where all ends fall on one place of the picture they would hide the line.
  const ends =
    window === WHOLE
      ? []
      : runs.map(({ adam }, at) => Plot.dot([adam.end], { x: 'x', y: 'y', r: 3.5, fill: colour(at) }));
  return drawPanel(id, {
    ...SIZE,
    width,
    x: axis(window.x, 'θ_1'),
    y: axis(window.y, 'θ_2'),
    marks: [
      minima(window),
      ...trajectories(result, window, dashes),
      ...ends,
      Plot.dot([cross], { x: 'x', y: 'y', symbol: 'times', r: 6, stroke: VIOLET, strokeWidth: 2.4 }),
      Plot.dot([runs[0]?.adam.points[0] ?? cross], { x: 'x', y: 'y', r: 3.5, fill: INK, clip: true }),
      ...names.map(({ at, ...name }) =>
        Plot.text([name], { x: 'x', y: 'y', text: 'text', textAnchor: 'start', fill: colour(at), fontWeight: 'bold' }),
      ),
      Plot.frame({ stroke: INK }),
    ],
  });
}

/** The window that holds the ends of all curves, with room around them. */
function endWindow({ runs }: RowResult): Window {
  const ends = runs.flatMap(({ adam, equation }) => [adam.end, equation.end]);
  const range = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = 0.25 * (high - low);
    return [low - room, high + room];
  };
  return { x: range(ends.map(({ x }) => x)), y: range(ends.map(({ y }) => y)) };
}

export function drawZoom(id: string, result: RowResult): Panel {
  const window = endWindow(result);
  return drawPanel(id, {
    ...SIZE,
    marginLeft: 64,
    x: axis(window.x, 'θ_1'),
    y: axis(window.y, 'θ_2'),
    marks: [
      minima(window),
      ...trajectories(result, window, colour),
      ...result.runs.flatMap(({ adam, equation }, at) => [
        Plot.dot([equation.end], { x: 'x', y: 'y', r: 5, stroke: colour(at), strokeWidth: 2, fill: 'white' }),
        Plot.dot([adam.end], { x: 'x', y: 'y', r: 3.5, fill: colour(at) }),
      ]),
      Plot.frame({ stroke: INK }),
    ],
  });
}

/** θ₁ at the end against the hyperparameter that varies; the cross lies above. */
export function drawEnds(id: string, { row, runs, ends }: RowResult): Panel {
  const place = row.varied === 'h' ? (value: number) => value : positionOf;
  const label = LETTERS[row.varied];
  const largest = Math.max(...ends.map(({ value }) => value));
  const memory = memoryAxis(label);
  return drawPanel(id, {
    ...SIZE,
    marginLeft: 64,
    x:
      row.varied === 'h'
        ? axis([0, largest * 1.08], label)
        : {
            ...memory,
            domain: [0, positionOf(largest) * 1.08],
            ticks: memory.ticks.filter(tick => tick <= positionOf(largest)),
          },
    y: { label: 'θ_1 at the end', labelAnchor: 'center', labelArrow: 'none', ticks: 5, inset: 12 },
    marks: [
      Plot.line(ends, { x: ({ value }) => place(value), y: ({ end }) => end.x, stroke: '#999' }),
      ...runs.flatMap(({ setting, adam, equation }, at) => {
        const x = (): number => place(setting[row.varied]);
        return [
          Plot.dot([equation.end], { x, y: 'x', r: 5, stroke: colour(at), strokeWidth: 2, fill: 'white' }),
          Plot.dot([adam.end], { x, y: 'x', r: 3.5, fill: colour(at) }),
        ];
      }),
      Plot.frame({ stroke: INK }),
    ],
  });
}
