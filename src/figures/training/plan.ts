/** Which runs `modeq figures training` makes: sweeps of one hyperparameter with all others fixed, and a grid of step sizes, ε and widths. */
import type { Configuration } from './configuration.ts';

export type Varied = 'beta' | 'rho' | 'h';

/** One hyperparameter in turn, every other fixed, each value from every start. */
export interface Sweep {
  readonly id: string;
  readonly varied: Varied;
  readonly values: readonly number[];
  /** The runs of each value, seed by seed. */
  readonly runs: readonly (readonly Configuration[])[];
}

/** One cell of the table of predictions, with its runs. */
export interface GridCell {
  readonly data: Configuration['data'];
  readonly width: number;
  readonly epsilon: number;
  readonly h: number;
  readonly runs: readonly Configuration[];
}

export interface Plan {
  readonly sweeps: readonly Sweep[];
  readonly grid: readonly GridCell[];
  readonly seeds: number;
}

type Base = Omit<Configuration, 'seed'>;
type Values = Readonly<Record<Varied, readonly number[]>>;

const DIGITS: Base = {
  ...{ data: 'digits', rows: 150, hidden: [6], activation: 'tanh', optimizer: 'adam' },
  ...{ beta: 0.9, rho: 0.95, epsilon: 1e-4, h: 0.01, steps: 180, threshold: 0.7 },
};
const DIGITS_DEEP: Base = {
  ...DIGITS,
  hidden: [8, 6],
  activation: 'softplus',
  epsilon: 1e-3,
  steps: 240,
  threshold: 1.2,
};
const IRIS: Base = {
  ...{ data: 'iris', rows: 100, hidden: [6, 6], activation: 'softplus', optimizer: 'adam' },
  ...{ beta: 0.9, rho: 0.95, epsilon: 1e-3, h: 0.005, steps: 350, threshold: 0.15 },
};
const FULL: Values = {
  beta: [0.5, 0.7, 0.8, 0.9, 0.95],
  rho: [0.8, 0.9, 0.95, 0.98, 0.99],
  h: [0.0025, 0.005, 0.01, 0.02],
};
/** A large step and a tiny ε: training oscillates and spikes, and the equations are stiff from the start. */
const SPIKING: Base = {
  ...{ ...IRIS, hidden: [6], activation: 'tanh', beta: 0.5, rho: 0.99 },
  ...{ epsilon: 1e-8, h: 0.1, steps: 600, threshold: 0.01 },
};
const WIDE: Values = { beta: [0, 0.5, 0.7, 0.9], rho: [0.5, 0.9, 0.99, 0.999], h: [0.02, 0.05, 0.1, 0.2] };

export function fullPlan(seeds = 5): Plan {
  const rmsprop = (base: Base): Base => ({ ...base, optimizer: 'rmsprop', beta: null });
  return {
    seeds,
    sweeps: [
      ...sweepsOf('digits-adam', DIGITS, FULL, seeds),
      ...sweepsOf(
        'digits-adam-deep',
        DIGITS_DEEP,
        { beta: [0.5, 0.8, 0.9, 0.95], rho: [0.8, 0.9, 0.95, 0.99], h: [] },
        seeds,
      ),
      ...sweepsOf('iris-adam', IRIS, FULL, seeds),
      ...sweepsOf('iris-adam-spiking', SPIKING, WIDE, seeds),
      ...sweepsOf(
        'digits-rmsprop',
        rmsprop({ ...DIGITS, rho: 0.9, steps: 120, threshold: 1 }),
        { beta: [], rho: [0.8, 0.9, 0.95], h: [0.005, 0.01, 0.02] },
        seeds,
      ),
      ...sweepsOf('iris-rmsprop', rmsprop({ ...IRIS, hidden: [6], activation: 'tanh' }), { ...FULL, beta: [] }, seeds),
    ],
    grid: [
      ...gridOf(
        { ...IRIS, hidden: [], activation: 'tanh' },
        [3, 12],
        [1e-3, 1e-4, 1e-5],
        [0.0025, 0.005, 0.01],
        1,
        seeds,
      ),
      ...gridOf({ ...DIGITS, rows: 100, hidden: [] }, [4, 8], [1e-3, 1e-4], [0.005, 0.01], 0.6, seeds),
    ],
  };
}

const NONE: Values = { beta: [], rho: [], h: [] };

/** A share that takes seconds: every kind of part once. */
export function smallPlan(seeds = 2): Plan {
  const base: Base = { ...IRIS, rows: 60, hidden: [3], activation: 'tanh', h: 0.02, steps: 60, threshold: 0.5 };
  return {
    seeds,
    sweeps: [
      ...sweepsOf('iris-adam', base, { beta: [0.5, 0.8, 0.9], rho: [0.8, 0.9, 0.95], h: [0.01, 0.02, 0.04] }, seeds),
      ...sweepsOf(
        'iris-rmsprop',
        { ...base, optimizer: 'rmsprop', beta: null },
        { ...NONE, rho: [0.8, 0.9, 0.95] },
        seeds,
      ),
      ...sweepsOf('digits-adam', { ...DIGITS, rows: 30, hidden: [3], steps: 12 }, { ...NONE, beta: [0.5, 0.9] }, 1),
      ...sweepsOf(
        'iris-adam-spiking',
        { ...SPIKING, rows: 60, threshold: 0.005 },
        { ...NONE, rho: [0.5, 0.8, 0.9] },
        seeds,
      ),
    ],
    grid: gridOf({ ...base, steps: 20 }, [3], [1e-3, 1e-4], [0.02], 0.4, seeds),
  };
}

function sweepsOf(id: string, base: Base, values: Values, seeds: number): Sweep[] {
  const every = (['beta', 'rho', 'h'] as const).filter(varied => values[varied].length > 0);
  return every.map(varied => ({
    id: `${id}-${varied}`,
    varied,
    values: values[varied],
    runs: values[varied].map(value =>
      seedsOf({ ...base, [varied]: value, ...(varied === 'h' ? { steps: stepsFor(base, value) } : {}) }, seeds),
    ),
  }));
}

/** The same time. */
const stepsFor = ({ h, steps }: Base, value: number): number => Math.round((h * steps) / value);

const seedsOf = (base: Base, seeds: number): Configuration[] =>
  Array.from({ length: seeds }, (_, at) => ({ ...base, seed: at + 1 }));

function gridOf(
  base: Base,
  widths: readonly number[],
  epsilons: readonly number[],
  steps: readonly number[],
  time: number,
  seeds: number,
): GridCell[] {
  return widths.flatMap(width =>
    epsilons.flatMap(epsilon =>
      steps.map(h => ({
        ...{ data: base.data, width, epsilon, h },
        runs: seedsOf({ ...base, hidden: [width], epsilon, h, steps: Math.round(time / h) }, seeds),
      })),
    ),
  );
}

/** Every run of a plan once, in the plan's order. */
export function runsOf({ sweeps, grid }: Plan, name: (run: Configuration) => string): Configuration[] {
  const all = [...sweeps.flatMap(({ runs }) => runs.flat()), ...grid.flatMap(({ runs }) => runs)];
  return [...new Map(all.map(run => [name(run), run])).values()];
}
