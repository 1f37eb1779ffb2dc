/** Every number of the runs as JSON and as CSV. */
import { type Configuration, nameOfRun, type RunResult } from './configuration.ts';
import type { CellResult } from './grid-result.ts';
import { predictionOf } from './grid-result.ts';
import { judged } from './observations.ts';
import type { RatioResult } from './ratio-result.ts';
import { hillOf, type SweepResult } from './sweep-result.ts';

const CONFIGURATION = [
  ...['data', 'rows', 'activation', 'optimizer', 'beta', 'rho', 'epsilon', 'h', 'steps', 'threshold', 'seed'],
] as const satisfies readonly (keyof Configuration)[];

const cell = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : `${value}`;
const line = (values: readonly (string | number | null | undefined)[]): string => values.map(cell).join(',');

/** One line a run: the sweeps that it is of, what was fixed, and what is found where the loss first falls below the threshold. */
export function runsCsv(runs: readonly RunResult[], sweepsOf: (name: string) => readonly string[]): string {
  const head = [
    ...['run', 'sweeps', ...CONFIGURATION, 'hidden', 'parameters', 'regime', 'rise', 'risen'],
    ...['n', 'loss', 'norm', 'accuracy', 'hill', 'order0_n', 'order0_norm', 'order0_last', 'order0_ended'],
    ...['order1_n', 'order1_norm', 'order1_last', 'order1_ended', 'order0_error', 'order1_error', 'largest_ratio'],
  ];
  const rows = runs.map(run => {
    const { configuration, crossing, regime, equations, ratios, parameters } = run;
    const found = ratios.flatMap(({ ratio }) => ratio ?? []);
    return line([
      nameOfRun(configuration),
      sweepsOf(nameOfRun(configuration)).join(' '),
      ...CONFIGURATION.map(key => configuration[key]),
      ...[configuration.hidden.join(' '), parameters, regime.kind, regime.rise, regime.risen],
      ...[crossing?.n, crossing?.loss, crossing?.norm, crossing?.accuracy, hillOf(run)],
      ...equations.flatMap(each => [each.crossing?.n, each.crossing?.norm, each.last, each.ended]),
      ...[0, 1].map(order => predictionOf(run, order)?.norm),
      found.length === 0 ? null : Math.max(...found),
    ]);
  });
  return `${[line(head), ...rows].join('\n')}\n`;
}

/** One line a point of a curve: of a run, or of the solution of an equation beside it. */
export function pointsCsv(runs: readonly RunResult[]): string {
  const rows = runs.flatMap(run => {
    const name = nameOfRun(run.configuration);
    return [
      ...run.points.map(({ n, loss, norm, accuracy }) => line([name, 'run', n, loss, norm, accuracy, null, null])),
      ...run.equations.flatMap(({ order, points }) =>
        points.map(({ n, loss, norm, distance }) =>
          line([name, `order ${order}`, n, loss, norm, null, distance, null]),
        ),
      ),
      ...run.ratios.map(({ n, ratio }) => line([name, 'ratio', n, null, null, null, null, ratio])),
    ];
  });
  return `${['run,curve,n,loss,norm,accuracy,distance,ratio', ...rows].join('\n')}\n`;
}

export function trainingJson(
  runs: readonly RunResult[],
  sweeps: readonly SweepResult[],
  cells: readonly CellResult[],
  ratios: RatioResult,
): string {
  const summary = {
    schema: 1,
    kind: 'modeq training',
    sweeps: sweeps.map(result => ({
      id: result.sweep.id,
      varied: result.sweep.varied,
      values: result.values.map(({ value, bands, regimes }) => ({ value, bands, regimes })),
      stable: result.stable,
      unstable: result.unstable,
      along: result.along,
      observations: judged(result).map(({ observation, among, outcome, correlation, predicted }) => ({
        id: observation.id,
        says: observation.says,
        where: observation.where,
        sign: observation.sign(result.fixed),
        among,
        outcome,
        correlation,
        predicted,
      })),
    })),
    predictions: cells.map(({ cell: { data, width, epsilon, h }, ...rest }) => ({ data, width, epsilon, h, ...rest })),
    ratios: {
      ...ratios,
      ranges: ratios.ranges.map(range => ({ ...range, to: Number.isFinite(range.to) ? range.to : null })),
    },
    runs,
  };
  return `${JSON.stringify(summary, null, 1)}\n`;
}
