/** Whether h‖f_2‖/‖f_1‖ tells where the first-order solution is nearer to the run: step by step along all stable runs. */
import type { RunResult } from './configuration.ts';
import { isStable } from './regime.ts';
import { rankCorrelation } from './statistics.ts';

/** The ratio at θ^{(n)}, and whether order 1 is nearer than order 0 at this n; an equation that has ended before is nearer nowhere. */
interface RatioPoint {
  readonly ratio: number;
  readonly isNearerInNorm: boolean;
  readonly isNearer: boolean;
  readonly hasEnded: boolean;
  /** The error of the norm by order 1, relative to that by order 0. */
  readonly share: number;
}

export interface RatioRange {
  readonly from: number;
  readonly to: number;
  readonly points: number;
  /** Where order 1 is nearer in ‖∇E‖_{1,ε}, and in θ. */
  readonly norm: number;
  readonly theta: number;
  readonly ended: number;
}

export interface RatioResult {
  readonly ranges: readonly RatioRange[];
  /** Between the ratio and the error of the norm by order 1 relative to that by order 0. */
  readonly correlation: number | null;
}

export const RATIO_EDGES = [0, 0.125, 0.25, 0.5, 1, 2, 4, Number.POSITIVE_INFINITY] as const;

export function ratioResult(runs: readonly RunResult[]): RatioResult {
  const points = runs.filter(({ regime }) => isStable(regime)).flatMap(pointsOf);
  return {
    ranges: RATIO_EDGES.slice(1).map((to, at) => {
      const from = RATIO_EDGES[at] ?? 0;
      const own = points.filter(({ ratio }) => ratio >= from && ratio < to);
      const count = (has: (point: RatioPoint) => boolean): number => own.filter(has).length;
      return {
        from,
        to,
        points: own.length,
        norm: count(each => each.isNearerInNorm),
        theta: count(each => each.isNearer),
        ended: count(each => each.hasEnded),
      };
    }),
    correlation: rankCorrelation(points.map(({ ratio, share }) => [ratio, share] as const)),
  };
}

function pointsOf(run: RunResult): RatioPoint[] {
  return run.ratios.flatMap(({ n, ratio }): RatioPoint[] => {
    const here = run.points.find(point => point.n === n);
    if (ratio === null || here === undefined) return [];
    const [zeroth, first] = [0, 1].map(order => run.equations[order]?.points.find(point => point.n === n));
    if (zeroth === undefined || first === undefined)
      return [{ ratio, isNearerInNorm: false, isNearer: false, hasEnded: true, share: Number.POSITIVE_INFINITY }];
    const [a, b] = [Math.abs(zeroth.norm - here.norm), Math.abs(first.norm - here.norm)];
    return [
      { ratio, isNearerInNorm: b < a, isNearer: first.distance < zeroth.distance, hasEnded: false, share: b / a },
    ];
  });
}
