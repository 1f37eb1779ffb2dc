/**
 * The coefficient of the perturbed one-norm against the iteration n, with its value for n → ∞ and the step from which on it
 * stays within 5 % of that value. At each n it is computed from the equation of that n, the dashed value from the limit.
 */
import * as Plot from '@observablehq/plot';
import type { Figure } from './figure.ts';
import { drawFigure } from './figure-page.ts';
import type { CoefficientPoint, NormCoefficient } from './norm-coefficient.ts';
import { drawPanel, INK, PALETTE, type Panel } from './plot-panel.ts';
import { signedNumber } from '../report/text/signed.ts';

const LAST = 10_000;
const SAMPLES_A_DECADE = 24;
const NEAR = 0.05;

interface Curve {
  readonly label: string;
  readonly limit: number;
  /** From this n on every computed value is within 5 % of the limit; null where none is or the limit is zero. */
  readonly settledFrom: number | null;
  readonly points: readonly { readonly n: number; readonly value: number }[];
}

interface Row {
  readonly coefficient: NormCoefficient;
  readonly ratio: number;
  readonly choices: readonly ReadonlyMap<string, number>[];
}

const choose = (beta: number | null, rho: number): ReadonlyMap<string, number> =>
  new Map([...(beta === null ? [] : [['\\beta', beta] as const]), ['\\rho', rho] as const]);
const ADAM_CHOICES = [choose(0.99, 0.9), choose(0.9, 0.9), choose(0.9, 0.99), choose(0.99, 0.999), choose(0.9, 0.999)];
const RMSPROP_CHOICES = [choose(null, 0.5), choose(null, 0.9), choose(null, 0.99), choose(null, 0.999)];

export function drawCoefficientSteps(adam: NormCoefficient, rmsprop: NormCoefficient): Figure {
  const rows: Row[] = [
    { coefficient: adam, ratio: 0.01, choices: ADAM_CHOICES },
    { coefficient: adam, ratio: 10, choices: ADAM_CHOICES },
    { coefficient: rmsprop, ratio: 0.01, choices: RMSPROP_CHOICES },
    { coefficient: rmsprop, ratio: 10, choices: RMSPROP_CHOICES },
  ];
  const drawn = rows.map((row, at) => {
    const curves = row.choices.map(choice =>
      computeCurve(row.coefficient, { ratio: row.ratio, hyperparameters: choice }),
    );
    return { ...row, curves, panel: drawCurves(`steps-${at + 1}`, curves) };
  });
  const title = 'The coefficient of the perturbed one-norm against the iteration';
  return {
    name: 'coefficient-steps',
    title,
    svg: drawFigure({
      title,
      notes: [
        'Full batch, one component, as dθ_j/dt = −s_j (∇_jE + h λ_j ∇_j‖∇E‖_{1,ε}) on [nh, (n+1)h]: above zero the norm is penalised, below its decrease is hindered.',
        'Dashed: the value for n → ∞. A dot marks the n from which on λ_j stays within 5 % of it.',
      ],
      legend: [],
      columns: 2,
      panels: drawn.map(({ coefficient, ratio, panel }) => ({
        title: `${coefficient.optimizer.id === 'adam' ? 'Adam' : 'RMSProp'}, ε/|∇_jE|² = ${ratio}`,
        panel,
      })),
    }),
    numbers: {
      panels: drawn.map(({ coefficient, ratio, curves, choices }) => ({
        optimizer: coefficient.optimizer.id,
        ratio,
        curves: curves.map((curve, at) => ({
          hyperparameters: Object.fromEntries(
            [...(choices[at] ?? [])].map(([name, value]) => [name.replace('\\', ''), value]),
          ),
          limit: curve.limit,
          settledFrom: curve.settledFrom,
          n: curve.points.map(({ n }) => n),
          coefficient: curve.points.map(({ value }) => value),
        })),
      })),
    },
  };
}

function sampledIterations(): number[] {
  const count = Math.ceil(Math.log10(LAST + 1) * SAMPLES_A_DECADE);
  const all = Array.from({ length: count + 1 }, (_, at) => Math.round(10 ** (at / SAMPLES_A_DECADE)) - 1);
  return [...new Set(all.filter(n => n < LAST)), LAST];
}

function computeCurve(coefficient: NormCoefficient, point: CoefficientPoint): Curve {
  const limit = coefficient.atLargeN(point).total;
  const valuesAt = (iterations: readonly number[]): { n: number; value: number }[] =>
    coefficient.atSteps(point, iterations).map(({ total }, at) => ({ n: iterations[at] ?? 0, value: total }));
  const points = valuesAt(sampledIterations());
  const label = [...point.hyperparameters]
    .map(([name, value]) => `${name === '\\beta' ? 'β' : 'ρ'} = ${value}`)
    .join(', ');
  return { label, limit, points, settledFrom: settle(points, limit, valuesAt) };
}

/** The last sampled n outside the 5 %, then every n up to the next sample. */
function settle(
  points: Curve['points'],
  limit: number,
  valuesAt: (iterations: readonly number[]) => Curve['points'],
): number | null {
  // Where the two parts of the coefficient cancel, rounding is all that is left of it.
  if (Math.abs(limit) < 1e-9) return null;
  const isFar = ({ value }: { readonly value: number }): boolean => !(Math.abs(value / limit - 1) <= NEAR);
  const last = points.findLastIndex(isFar);
  const [before, after] = [points[last], points[last + 1]];
  if (before === undefined) return 0;
  if (after === undefined) return null;
  const between = valuesAt(Array.from({ length: after.n - before.n }, (_, at) => before.n + at));
  return (between.findLast(isFar)?.n ?? before.n) + 1;
}

const HEIGHT = 300;
const TOP = 8;
const BOTTOM = 38;
/** λ at the lower and the upper edge, the same in every panel. */
const RANGE: [number, number] = [-1300, 160];
/** The axis is linear near zero and logarithmic beyond, as Plot's symlog scale with the constant 1. */
const logarithmic = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));
const backwards = (value: number): number => Math.sign(value) * Math.expm1(Math.abs(value));

function drawCurves(id: string, curves: readonly Curve[]): Panel {
  const colour = (at: number): string => PALETTE[at % PALETTE.length] ?? INK;
  const labels = placeLabels(curves.map(({ limit }) => limit));
  const marks = curves.flatMap((curve, at) => [
    Plot.ruleY([curve.limit], { stroke: colour(at), strokeDasharray: '5 4', strokeWidth: 1.2 }),
    Plot.line(curve.points, { x: point => point.n + 1, y: 'value', stroke: colour(at), strokeWidth: 2 }),
    ...(curve.settledFrom === null
      ? []
      : [
          Plot.dot([curve.settledFrom], {
            x: n => n + 1,
            y: () => curve.limit,
            r: 4,
            fill: colour(at),
            stroke: 'white',
          }),
        ]),
    Plot.text([curve.label], {
      x: () => LAST + 1,
      y: () => labels[at],
      text: label => label,
      textAnchor: 'start',
      dx: 6,
      fill: colour(at),
    }),
  ]);
  return drawPanel(id, {
    width: 470,
    height: HEIGHT,
    marginLeft: 58,
    marginRight: 128,
    marginBottom: BOTTOM,
    marginTop: TOP,
    x: {
      type: 'log',
      domain: [1, LAST + 1],
      label: 'n + 1',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: [1, 10, 100, 1000, 10_000],
      tickFormat: ',',
    },
    y: {
      type: 'symlog',
      constant: 1,
      domain: RANGE,
      label: 'λ_j',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: [-1000, -100, -10, -1, 0, 1, 10, 100],
      tickFormat: signedNumber,
    },
    marks: [Plot.ruleY([0], { stroke: '#999' }), ...marks, Plot.frame({ stroke: INK })],
  });
}

/** Where the labels stand: at their values, moved apart where they would cover one another. */
function placeLabels(values: readonly number[]): number[] {
  const [low, high] = [logarithmic(RANGE[0]), logarithmic(RANGE[1])];
  const distance = (14 * (high - low)) / (HEIGHT - TOP - BOTTOM);
  const placed = values.map((value, at) => ({ at, place: logarithmic(value) })).sort((a, b) => a.place - b.place);
  for (const [rank, own] of placed.entries()) {
    const below = placed[rank - 1];
    if (below !== undefined) own.place = Math.max(own.place, below.place + distance);
  }
  return placed.sort((a, b) => a.at - b.at).map(({ place }) => backwards(place));
}
