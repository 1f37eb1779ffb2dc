/**
 * A map over (β, ρ): where the first-order term of an optimizer penalises the perturbed one-norm and where it hinders its
 * decrease, after many steps, for a series of ε/|∇_jE|². Computed from the limit of the derived equation.
 */
import * as Plot from '@observablehq/plot';
import type { Figure } from './figure.ts';
import { drawFigure } from './figure-page.ts';
import { AXIS_END, memoryAxis, parameterAt, positionOf } from './memory-axis.ts';
import type { NormCoefficient } from './norm-coefficient.ts';
import { drawPanel, INK, type Panel } from './plot-panel.ts';
import { signedNumber } from '../report/text/signed.ts';

export const RATIOS: readonly number[] = [0.001, 1, 10, 100, 1000, 10_000];
const CELLS = 48;
/** λ at the borders of the bands of colour. */
const LEVELS: readonly number[] = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000];
const HINDERED: readonly string[] = ['#8c2d04', '#d94801', '#f16913', '#fdae6b', '#fdd9b4'];
const PENALISED: readonly string[] = ['#d6e6f4', '#9ecae1', '#4292c6', '#2171b5', '#08306b'];
/** Far below every coefficient, so that the lowest band is drawn too. */
const BOTTOM = -1e12;
const SIZE = 262;

/** What most programs take as their default; marked on the map. */
const USUAL = { beta: 0.9, rho: 0.999 };

interface Boundary {
  readonly beta: number;
  readonly rho: number;
}

export function drawCoefficientMap(coefficient: NormCoefficient): Figure {
  const panels = RATIOS.map((ratio, at) => {
    const value = (beta: number, rho: number): number =>
      coefficient.atLargeN({
        ratio,
        hyperparameters: new Map([
          ['\\beta', beta],
          ['\\rho', rho],
        ]),
      }).total;
    const boundary = findBoundary(value);
    return { ratio, boundary, usual: value(USUAL.beta, USUAL.rho), panel: drawMap(`map-${at + 1}`, value, boundary) };
  });
  const title = 'Adam: where the perturbed one-norm of the gradient is penalised';
  return {
    name: 'coefficient-map',
    title,
    svg: drawFigure({
      title,
      notes: [
        'The large-n equation, full batch, as dθ_j/dt = −s_j (∇_jE + h λ_j ∇_j‖∇E‖_{1,ε}): λ_j > 0 (blue) penalises the perturbed one-norm, λ_j < 0 (orange) hinders its decrease.',
        'Black line: λ_j = 0. Dot: β = 0.9, ρ = 0.999. The left edge, β → 0, is RMSProp (its step without bias correction is the same for large n).',
      ],
      legend: [],
      colourBar: {
        label: 'Colours: λ_j',
        colours: [...HINDERED, ...PENALISED],
        borders: LEVELS.map(signedNumber),
      },
      columns: 3,
      panels: panels.map(({ ratio, usual, panel }) => ({
        title: `ε/|∇_jE|² = ${ratio.toLocaleString('en')}  (dot: λ_j = ${signedNumber(usual)})`,
        panel,
      })),
    }),
    numbers: {
      optimizer: coefficient.optimizer.id,
      maps: panels.map(({ ratio, boundary, usual }) => ({
        ratio,
        boundary: boundary.map(({ beta, rho }) => ({ beta, rho })),
        usual: { ...USUAL, coefficient: usual },
      })),
    },
  };
}

/** For each β the ρ at which the coefficient changes its sign, by bisection; no entry where it does not. */
function findBoundary(value: (beta: number, rho: number) => number): Boundary[] {
  const found: Boundary[] = [];
  for (let step = 0; step < 64; step += 1) {
    const beta = parameterAt(((step + 0.2) * AXIS_END) / 64);
    let low = 1e-9;
    let high = AXIS_END;
    const start = Math.sign(value(beta, parameterAt(low)));
    if (Math.sign(value(beta, parameterAt(high))) === start) continue;
    for (let round = 0; round < 48; round += 1) {
      const middle = (low + high) / 2;
      if (Math.sign(value(beta, parameterAt(middle))) === start) low = middle;
      else high = middle;
    }
    found.push({ beta, rho: parameterAt((low + high) / 2) });
  }
  return found;
}

/** Spreads levels of several powers of ten evenly, through zero. */
const spread = (value: number): number => Math.asinh(value);

function drawMap(id: string, value: (beta: number, rho: number) => number, boundary: readonly Boundary[]): Panel {
  const centre = (cell: number): number => parameterAt(((cell + 0.5) * AXIS_END) / CELLS);
  const values = Array.from({ length: CELLS * CELLS }, (_, at) =>
    spread(value(centre(at % CELLS), centre(Math.floor(at / CELLS)))),
  );
  const levels = LEVELS.map(spread);
  const line = boundary.map(({ beta, rho }) => [positionOf(beta), positionOf(rho)] as const);
  return drawPanel(id, {
    width: SIZE,
    height: SIZE,
    marginLeft: 52,
    marginBottom: 36,
    marginTop: 6,
    marginRight: 14,
    x: memoryAxis('β'),
    y: memoryAxis('ρ'),
    color: { type: 'threshold', domain: levels, range: [...HINDERED, ...PENALISED] },
    marks: [
      Plot.contour(values, {
        width: CELLS,
        height: CELLS,
        x1: 0,
        y1: 0,
        x2: AXIS_END,
        y2: AXIS_END,
        fill: Plot.identity,
        thresholds: [spread(BOTTOM), ...levels],
      }),
      Plot.line(line, { stroke: 'black', strokeWidth: 2.4 }),
      Plot.dot([[positionOf(USUAL.beta), positionOf(USUAL.rho)]], { r: 4.5, fill: 'black', stroke: 'white' }),
      ...regionLabels(values, [positionOf(USUAL.beta), positionOf(USUAL.rho)]),
      Plot.frame({ stroke: INK }),
    ],
  });
}

/** In points: half of the longest word, and the height of a line with the dot. */
const WORD = { width: 40, height: 16 };

/**
 * The words inside the two regions, at the middle of their cells, where a region is large enough to hold one; a word that
 * would cover the dot stands above or below it.
 */
function regionLabels(values: readonly number[], dot: readonly [number, number]): Plot.Markish[] {
  const points = SIZE / AXIS_END;
  const words = [
    { word: 'penalised', isIn: (value: number) => value > 0 },
    { word: 'hindered', isIn: (value: number) => value < 0 },
  ];
  return words.flatMap(({ word, isIn }) => {
    const cells = values.flatMap((value, at) => (isIn(value) ? [[at % CELLS, Math.floor(at / CELLS)] as const] : []));
    if (cells.length < values.length / 12) return [];
    const mean = (axis: 0 | 1): number =>
      ((cells.reduce((sum, cell) => sum + cell[axis], 0) / cells.length + 0.5) * AXIS_END) / CELLS;
    const [across, up] = [(mean(0) - dot[0]) * points, (mean(1) - dot[1]) * points];
    const covers = Math.abs(across) < WORD.width && Math.abs(up) < WORD.height;
    const dy = covers ? (up < 0 ? WORD.height + up : up - WORD.height) : 0;
    const style = {
      text: () => word,
      dy,
      fill: 'black',
      stroke: 'white',
      strokeWidth: 3.5,
      fontWeight: 'bold',
      fontSize: 12.5,
    };
    return [Plot.text([[mean(0), mean(1)]], style)];
  });
}
