/**
 * The two parts of RMSProp's coefficient of the perturbed one-norm, for large n: what the nonzero step size does (it
 * penalises, as in signGD without memory) and what the memory does. Each is computed from its own derived part.
 */
import * as Plot from '@observablehq/plot';
import type { Figure } from './figure.ts';
import { drawFigure, type LegendEntry } from './figure-page.ts';
import type { NormCoefficient, NormCoefficientValue } from './norm-coefficient.ts';
import { drawPanel, INK, PALETTE, type Panel } from './plot-panel.ts';
import { signedNumber } from '../report/text/signed.ts';

const RHOS: readonly number[] = [0.5, 0.9, 0.99, 0.999];
const SAMPLES = 97;
/** x is log₁₀ of |∇_jE|²/ε, from −END to END. */
const END = 4;

interface Part {
  readonly key: keyof NormCoefficientValue;
  readonly label: string;
  readonly colour: string;
  readonly shape: LegendEntry['shape'];
  readonly dash: string;
}
const PARTS: readonly Part[] = [
  { key: 'discretization', label: 'nonzero steps', colour: PALETTE[0] ?? INK, shape: 'dashed', dash: '6 4' },
  { key: 'memory', label: 'memory', colour: PALETTE[1] ?? INK, shape: 'dotted', dash: '1.5 3.5' },
  { key: 'total', label: 'both', colour: 'black', shape: 'line', dash: 'none' },
];

interface Sample {
  readonly square: number;
  readonly value: NormCoefficientValue;
}

export function drawCoefficientParts(rmsprop: NormCoefficient): Figure {
  const drawn = RHOS.map((rho, at) => {
    const value = (square: number): NormCoefficientValue =>
      rmsprop.atLargeN({ ratio: 1 / square, hyperparameters: new Map([['\\rho', rho]]) });
    const samples = Array.from({ length: SAMPLES }, (_, k) => 10 ** (-END + (2 * END * k) / (SAMPLES - 1))).map(
      square => ({ square, value: value(square) }),
    );
    const crossing = findCrossing(value);
    return { rho, samples, crossing, panel: drawParts(`parts-${at + 1}`, samples, crossing) };
  });
  const title = 'RMSProp: nonzero steps penalise, memory hinders';
  return {
    name: 'coefficient-parts',
    title,
    svg: drawFigure({
      title,
      notes: [
        'The two parts of λ_j in the large-n equation of the full batch, dθ_j/dt = −s_j (∇_jE + h λ_j ∇_j‖∇E‖_{1,ε}): above zero the perturbed one-norm is penalised, below its decrease is hindered.',
        'Grey line: where the parts cancel.',
      ],
      legend: PARTS,
      columns: 2,
      panels: drawn.map(({ rho, crossing, panel }) => ({
        title: `ρ = ${rho}: penalised where |∇_jE|²/ε < ${signedNumber(crossing)}`,
        panel,
      })),
    }),
    numbers: {
      optimizer: rmsprop.optimizer.id,
      panels: drawn.map(({ rho, samples, crossing }) => ({
        rho,
        crossing,
        squareOverEpsilon: samples.map(({ square }) => square),
        discretization: samples.map(({ value }) => value.discretization),
        memory: samples.map(({ value }) => value.memory),
        total: samples.map(({ value }) => value.total),
      })),
    },
  };
}

/** The |∇_jE|²/ε at which the coefficient changes its sign, by bisection of its logarithm. */
function findCrossing(value: (square: number) => NormCoefficientValue): number {
  let [low, high] = [-2 * END, 2 * END];
  const start = Math.sign(value(10 ** low).total);
  if (Math.sign(value(10 ** high).total) === start) throw new Error('the coefficient keeps its sign');
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (Math.sign(value(10 ** middle).total) === start) low = middle;
    else high = middle;
  }
  return 10 ** ((low + high) / 2);
}

function drawParts(id: string, samples: readonly Sample[], crossing: number): Panel {
  const ticks = [0.0001, 0.01, 1, 100, 10_000];
  return drawPanel(id, {
    width: 430,
    height: 250,
    marginLeft: 58,
    marginRight: 14,
    marginBottom: 40,
    marginTop: 8,
    x: {
      type: 'log',
      domain: [10 ** -END, 10 ** END],
      label: '|∇_jE|²/ε',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks,
      tickFormat: (value: number) => String(value),
    },
    y: {
      type: 'symlog',
      constant: 0.5,
      label: 'λ_j',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [-1000, 1],
      ticks: [-1000, -100, -10, -1, 0, 1],
      tickFormat: signedNumber,
    },
    marks: [
      Plot.ruleY([0], { stroke: '#999' }),
      Plot.ruleX([crossing], { stroke: '#999' }),
      ...PARTS.map(({ key, colour, dash }) =>
        Plot.line(samples, {
          x: 'square',
          y: (sample: Sample) => sample.value[key],
          stroke: colour,
          strokeWidth: 2,
          strokeDasharray: dash,
        }),
      ),
      Plot.frame({ stroke: INK }),
    ],
  });
}
