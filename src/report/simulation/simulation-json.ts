/** A simulation as the JSON document of docs/reference/formats.md §4, and as CSV. */
import { formatPlace } from '../../base/span.ts';
import type { SimulationReport } from '../../judge/check/simulate-optimizer.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import type { Slope } from '../../simulate/slopes.ts';
import { LARGEST_CHANGE, LARGEST_MISS, LARGEST_RATIO } from '../../simulate/slopes.ts';

const slopeJson = ({ slope, spread, limit, expected, verdict, reason, used }: Slope) => ({
  slope,
  spread,
  limit,
  expected,
  verdict,
  reason,
  used,
});

/** Plain data; numbers that do not exist are null. */
export function simulationJson(report: SimulationReport): Record<string, unknown> {
  const { request, rows, slopes, ties, problems } = report;
  return {
    schema: 1,
    optimizer: request.optimizer.id,
    losses: request.losses,
    batches: request.batches,
    time: request.time.toNumber(),
    theta: report.start,
    hyperparameters: Object.fromEntries(
      [...request.hyperparameters].map(([name, value]) => [jsonName(name), value.toString()]),
    ),
    seed: request.seed,
    limit: request.largeN ? 'large-n' : null,
    rows: rows.map(({ order, start, h, steps, global, local, globalFloor, localFloor }) => ({
      order,
      start,
      h,
      steps,
      global,
      local,
      globalFloor,
      localFloor,
    })),
    slopes: slopes.map(({ order, start, global, local }) => ({
      order,
      start,
      global: global.slope,
      local: local?.slope ?? null,
      globalDetails: slopeJson(global),
      localDetails: local === null ? null : slopeJson(local),
    })),
    verdict: report.verdict,
    expansion: report.expansion.map(({ h, ratio }) => ({ h, ratio: Number.isFinite(ratio) ? ratio : null })),
    criterion: { largestChange: LARGEST_CHANGE, largestMiss: LARGEST_MISS, largestRatio: LARGEST_RATIO },
    derived: ties.map(({ order, tie }) =>
      typeof tie === 'string' ? { order, compared: false, reason: tie } : { order, compared: true, ...tie },
    ),
    layer: report.layer,
    interrupted: report.interrupted,
    problems: problems.map(({ code, message, hint, severity, span }) => ({
      code,
      message,
      ...(severity === undefined ? {} : { severity }),
      ...(hint === undefined ? {} : { hint }),
      ...(span === undefined ? {} : { place: formatPlace(span) }),
    })),
  };
}

/** The rows, a line each, with a header. */
export function simulationCsv({ rows }: SimulationReport): string {
  const lines = rows.map(({ order, start, h, steps, global, local }) =>
    [order, start, h, steps, global, local].join(','),
  );
  return `${['order,start,h,steps,global,local', ...lines].join('\n')}\n`;
}
