/** The figure of a run's expansion: h‖f_2‖/‖f_1‖ along it for several step sizes, and h‖f_1‖/‖f_0‖ beside it. */
import * as Plot from '@observablehq/plot';
import type { SimulationRequest } from '../judge/check/simulate-optimizer.ts';
import { jsonName } from '../evaluate/instance/instance.ts';
import type { ExpansionCurves, ExpansionPoint } from './expansion-run.ts';
import type { Figure } from './figure.ts';
import { drawFigure } from './figure-page.ts';
import { drawPanel, INK, PALETTE, type Panel } from './plot-panel.ts';
import { signedNumber } from '../report/text/signed.ts';
import { timeAxis } from './time-axis.ts';

const GREEK: Readonly<Record<string, string>> = {
  beta: 'β',
  rho: 'ρ',
  epsilon: 'ε',
  lambda: 'λ',
  mu: 'μ',
  gamma: 'γ',
  delta: 'δ',
};
/** Longer losses are cut in the figure's text. */
const LONGEST = 60;

const colour = (at: number): string => PALETTE[at % PALETTE.length] ?? INK;

export function drawExpansion(request: SimulationRequest, expansion: ExpansionCurves): Figure {
  const { optimizer, losses, hyperparameters, time } = request;
  const { courses, start, tie } = expansion;
  const values = [...hyperparameters].map(([name, value]) => `${greek(jsonName(name))} = ${value.toNumber()}`);
  const loss = losses.map(text => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)).join('; ');
  const from = start.length <= 4 ? `(${start.join(', ')})` : `${start.length} parameters`;
  const title = `${optimizer.id}: how much the first-order equation leaves out along a run`;
  return {
    name: `expansion-${optimizer.id}`,
    title,
    svg: drawFigure({
      title,
      notes: [
        [...values, `T = ${time.toNumber()}`, `loss ${loss}`, `from ${from}`].join(', ').replaceAll('_', '·'),
        'dθ/dt = f_0 + h f_1 + h² f_2 + …, at the iterates. The first-order equation says something where h‖f_2‖/‖f_1‖ is well below 1 (grey lines: 1 and 0.1).',
      ],
      legend: courses.map(({ h, largest }, at) => ({
        label: `h = ${h}${largest === null ? '' : `: at most ${signedNumber(largest.ratio)}, at t = ${signedNumber(largest.t)}`}`,
        colour: colour(at),
        shape: 'line',
      })),
      columns: 2,
      panels: [
        { title: 'h‖f_2‖/‖f_1‖', panel: drawRatio('second', expansion, point => point.second, time.toNumber()) },
        { title: 'h‖f_1‖/‖f_0‖', panel: drawRatio('first', expansion, point => point.first, time.toNumber()) },
      ],
    }),
    numbers: {
      optimizer: optimizer.id,
      losses: [...losses],
      start: [...start],
      time: time.toNumber(),
      hyperparameters: Object.fromEntries(
        [...hyperparameters].map(([name, value]) => [jsonName(name), value.toNumber()]),
      ),
      comparedWithDerived: typeof tie === 'string' ? { reason: tie } : { ...tie },
      courses: courses.map(({ h, largest, points }) => ({
        h,
        largest: largest === null ? null : { ...largest },
        n: points.map(({ n }) => n),
        first: points.map(({ first }) => first),
        second: points.map(({ second }) => second),
      })),
    },
  };
}

const greek = (name: string): string => name.replace(/^[a-z]+/, word => GREEK[word] ?? word);

function drawRatio(
  id: string,
  { courses }: ExpansionCurves,
  of: (point: ExpansionPoint) => number | null,
  time: number,
): Panel {
  const positive = courses
    .flatMap(({ points }) => points.flatMap(point => [of(point) ?? 0]))
    .filter(value => value > 0);
  const top = Math.max(2, ...positive);
  // A ratio that passes through zero would stretch the axis without end.
  const bottom = Math.max(top * 1e-4, Math.min(0.05, ...positive));
  return drawPanel(`expansion-${id}`, {
    width: 450,
    height: 300,
    marginLeft: 60,
    marginRight: 16,
    marginTop: 8,
    marginBottom: 38,
    x: timeAxis(
      courses.map(({ points }) => points.map(point => ({ t: point.t, value: of(point) ?? 0 }))),
      time,
      Math.min(...courses.map(({ h }) => h)),
    ),
    y: {
      type: 'log',
      domain: [bottom, 1.3 * top],
      label: null,
      ticks: powersBetween(bottom, top),
      tickFormat: signedNumber,
    },
    marks: [
      Plot.ruleY([0.1, 1], { stroke: '#999', clip: true }),
      ...courses.map(({ points }, at) =>
        Plot.line(
          points.filter(point => (of(point) ?? 0) > 0),
          { x: 't', y: (point: ExpansionPoint) => of(point), stroke: colour(at), strokeWidth: 2, clip: true },
        ),
      ),
      Plot.frame({ stroke: INK }),
    ],
  });
}

function powersBetween(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => Number(`1e${first + at}`));
}
