/** part=: a part of f_1 in numbers. */
import type { Ball } from '../../../evaluate/ring/ball.ts';
import { ballRing } from '../../../evaluate/ring/enclose.ts';
import type { RowKey, RowSource } from '../../numeric/row-source.ts';

export const partOfRows: RowKey = (flow, { claim, map }) =>
  claim.part === null ? flow : partOf(claim.part, flow, map());

/** The part of f_1 that a claim is about, from the flow and the memoryless map to order 1: Φ_1, or f_1 − Φ_1. Row 0 is zero. */
function partOf(part: 'discretization' | 'memory', flow: RowSource, map: RowSource): RowSource {
  return {
    at: (sample, digits, budget) => {
      const memory = map.at(sample, digits, budget);
      if (memory.kind === 'unusable') return memory;
      const whole = part === 'memory' ? null : flow.at(sample, digits, budget);
      if (whole?.kind === 'unusable') return whole;
      const ring = ballRing(digits);
      const first = (rows: readonly (readonly Ball[])[]): readonly Ball[] => {
        const row = rows[1];
        if (!row) throw new Error('a part needs an equation of order 1');
        return row;
      };
      const own = first(memory.rows);
      const row =
        whole === null ? own : first(whole.rows).map((value, at) => ring.subtract(value, own[at] ?? ring.zero));
      return { kind: 'values', rows: [sample.theta.map(() => ring.zero), row] };
    },
  };
}
