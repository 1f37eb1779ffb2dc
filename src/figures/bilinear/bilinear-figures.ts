/**
 * The reference paper's Figures 1 and 2: Adam on the bilinear model for several β, several ρ and several h, with the solution of
 * its derived piecewise equation dashed over each. The hyperparameters are this program's choice; docs/figures.md says why.
 */
import type { Json } from '../../formula/json.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { BILINEAR_START, leastLimitingPoint, limitingNorm, type Point } from './bilinear-model.ts';
import { drawEnds, drawLowerLeft, drawWhole, drawZoom } from './bilinear-panels.ts';
import {
  type BilinearRow,
  BilinearRuns,
  type CurveEnd,
  type RowResult,
  type BilinearSetting,
} from './bilinear-runs.ts';
import type { Figure } from '../figure.ts';
import { drawFigure, type LegendEntry } from '../figure-page.ts';

const BASE: BilinearSetting = { beta: 0.5, rho: 0.5, epsilon: 1, h: 0.002, time: 4 };

const FIGURE_1: readonly BilinearRow[] = [
  {
    varied: 'beta',
    values: [0.5, 0.8, 0.9, 0.95],
    between: [0.6, 0.7, 0.85, 0.925, 0.96, 0.97],
    fixed: BASE,
    says: 'larger β: towards the cross',
  },
  {
    varied: 'rho',
    values: [0.2, 0.7, 0.85, 0.9],
    between: [0.4, 0.6, 0.8, 0.925, 0.95],
    fixed: BASE,
    says: 'larger ρ: away from the cross',
  },
];

const FIGURE_2: readonly BilinearRow[] = [
  {
    varied: 'h',
    values: [0.001, 0.002, 0.003, 0.004],
    between: [0.0015, 0.0025, 0.0035, 0.0045, 0.005],
    fixed: { ...BASE, beta: 0.9 },
    says: 'β > ρ, larger h: towards the cross',
  },
  {
    varied: 'h',
    values: [0.0005, 0.00075, 0.001, 0.00125],
    between: [0.0015, 0.00175, 0.002],
    fixed: { ...BASE, beta: 0.05, rho: 0.95 },
    says: 'ρ > β, larger h: away from the cross',
  },
];

/** Steps so large that the effect is seen on the scale of the picture; the first-order equation does not follow them to the end. */
const LARGE: BilinearSetting = { ...BASE, h: 0.01, time: 9 };
export const LARGE_STEPS: readonly BilinearRow[] = [
  { varied: 'beta', values: [0.5, 0.8, 0.9, 0.92], between: [], fixed: LARGE, says: 'larger β: towards the cross' },
  { varied: 'rho', values: [0.5, 0.9, 0.95, 0.97], between: [], fixed: LARGE, says: 'larger ρ: away from the cross' },
  {
    varied: 'h',
    values: [0.002, 0.005, 0.01, 0.015],
    between: [],
    fixed: { ...LARGE, beta: 0.9 },
    says: 'β > ρ, larger h: towards the cross',
  },
  {
    varied: 'h',
    values: [0.002, 0.005, 0.01, 0.015],
    between: [],
    fixed: { ...LARGE, rho: 0.97 },
    says: 'ρ > β, larger h: away from the cross',
  },
];

/** Runs a row; `onRun` hears of every run that is done. */
function runRow(runs: BilinearRuns, row: BilinearRow, onRun: () => void = () => {}): RowResult {
  const settingOf = (value: number): BilinearSetting => ({ ...row.fixed, [row.varied]: value });
  const drawn = row.values.map(value => {
    const run = runs.both(settingOf(value));
    onRun();
    return run;
  });
  const known = row.values.map((value, at) => ({ value, end: drawn[at]?.adam.end ?? runs.adam(settingOf(value)).end }));
  const more = row.between.map(value => ({ value, end: runs.adam(settingOf(value)).end }));
  return { row, runs: drawn, ends: [...known, ...more].sort((a, b) => a.value - b.value) };
}

/** Draws both figures. */
export async function drawBilinearFigures(
  adam: Optimizer,
  onRun: (done: number, all: number) => void,
): Promise<Figure[]> {
  const runs = await BilinearRuns.of(adam);
  const all = [...FIGURE_1, ...FIGURE_2, ...LARGE_STEPS].reduce((sum, { values }) => sum + values.length, 0);
  let done = 0;
  const results = (rows: readonly BilinearRow[]): RowResult[] =>
    rows.map(row =>
      runRow(runs, row, () => {
        done += 1;
        onRun(done, all);
      }),
    );
  return [
    draw(
      'bilinear-beta-rho',
      'Adam on the bilinear model: larger β moves the end towards the cross, larger ρ away from it',
      results(FIGURE_1),
    ),
    draw(
      'bilinear-h',
      'Adam on the bilinear model: what a larger step size does depends on β and ρ',
      results(FIGURE_2),
    ),
    drawLarge(
      'bilinear-large-steps',
      'Adam on the bilinear model with large steps: where the runs end',
      results(LARGE_STEPS),
    ),
  ];
}

/** The same in the paper's manner: the ends themselves and the cross in one window. */
function drawLarge(name: string, title: string, rows: readonly RowResult[]): Figure {
  const cross = leastLimitingPoint();
  return {
    name,
    title,
    svg: drawFigure({
      title,
      notes: [
        `E(θ) = ½(3/2 − 2θ_1θ_2)², full batch, from (${BILINEAR_START.join(', ')}), ε = ${LARGE.epsilon}, T = ${LARGE.time}; dots: where Adam ends.`,
        `The other figures' setting with larger steps. Here h/(1−β) or h/(1−ρ) is too large for the equation of order 1 (dashed, in the colour of its run): it leaves Adam before the end, or never reaches the minima.`,
      ],
      legend: legendOf(cross),
      columns: 2,
      panels: rows.map((result, at) => ({
        title: `${result.row.says} (${fixedText(result.row).replace(/, ε.*/, '')})`,
        panel: drawLowerLeft(`${name}-${at}`, result, cross),
      })),
    }),
    numbers: numbersOf(cross, rows),
  };
}

function draw(name: string, title: string, rows: readonly RowResult[]): Figure {
  const cross = leastLimitingPoint();
  const [x, y] = BILINEAR_START;
  const panels = rows.flatMap((result, at) => [
    { title: fixedText(result.row), panel: drawWhole(`${name}-${at}-whole`, result, cross) },
    { title: 'near the end', panel: drawZoom(`${name}-${at}-zoom`, result) },
    { title: result.row.says, panel: drawEnds(`${name}-${at}-ends`, result) },
  ]);
  return {
    name,
    title,
    svg: drawFigure({
      title,
      notes: [
        `E(θ) = ½(3/2 − 2θ_1θ_2)², full batch, from (${x}, ${y}). Coloured: Adam. Dashed: the solution of its derived piecewise equation of order 1. Violet: minima.`,
        'Cross: the limiting point of least ‖∇E‖_1, far outside the middle panels. Right: where Adam ends (line, dots) and where the equation ends (rings).',
      ],
      legend: legendOf(cross),
      columns: 3,
      panels,
    }),
    numbers: numbersOf(cross, rows),
  };
}

const legendOf = (cross: Point): LegendEntry[] => [
  { label: 'Adam', colour: '#0072b2', shape: 'line' },
  { label: 'modified equation, order 1', colour: 'black', shape: 'dashed' },
  { label: 'minima', colour: '#8e44ad', shape: 'line' },
  { label: `least limiting ‖∇E‖_1: θ_1 = θ_2 = ${cross.x.toFixed(4)}`, colour: '#8e44ad', shape: 'cross' },
];

const numbersOf = (cross: Point, rows: readonly RowResult[]): Figure['numbers'] => ({
  start: [...BILINEAR_START],
  cross: { theta: [cross.x, cross.y], limitingNorm: limitingNorm(cross) },
  rows: rows.map(rowNumbers),
});

function fixedText({ varied, fixed }: BilinearRow): string {
  const { beta, rho, epsilon, h, time } = fixed;
  const parts = [
    varied === 'beta' ? null : `β = ${beta}`,
    varied === 'rho' ? null : `ρ = ${rho}`,
    varied === 'h' ? null : `h = ${h}`,
    `ε = ${epsilon}`,
    `T = ${time}`,
  ];
  return parts.filter(part => part !== null).join(', ');
}

const endNumbers = ({ x, y, residual, limitingNorm: norm }: CurveEnd): Json => ({
  theta: [x, y],
  residual,
  limitingNorm: norm,
});

const rowNumbers = ({ row, runs, ends }: RowResult): Json => ({
  varied: row.varied,
  fixed: { ...row.fixed },
  runs: runs.map(({ setting, adam, equation, distance }) => ({
    value: setting[row.varied],
    steps: adam.points.length - 1,
    adam: endNumbers(adam.end),
    equation: endNumbers(equation.end),
    distance,
  })),
  adamEnds: ends.map(({ value, end }) => ({ value, end: endNumbers(end) })),
});
