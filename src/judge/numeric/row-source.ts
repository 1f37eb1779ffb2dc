/**
 * Coefficients of powers of h at samples, and what the keys of a claim make of them: a part of f_1, fixed values of
 * hyperparameters, another step size. Numbers only; the prover has its own way for each key.
 */
import type { Budget } from '../../base/budget.ts';
import { attempt, type Result } from '../../base/problem.ts';
import type { Claim } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Rational } from '../../number/rational.ts';
import { ballRing, enclose } from '../../evaluate/ring/enclose.ts';
import type { Ball } from '../../evaluate/ring/ball.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { Program } from '../../evaluate/program/program.ts';
import { SeriesRing } from '../../evaluate/ring/series-ring.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { exactValue } from '../sample/exact-value.ts';
import type { Outcome } from '../question.ts';
import { environmentOf } from '../sample/sample-environment.ts';
import type { Sample } from '../sample/sample.ts';

/** Row q holds the coefficient of h^q for the components 1…p. */
export interface RowSource {
  at(sample: Sample, digits: number, budget: Budget): Outcome;
}

/** The part of f_1 that a claim is about, from the flow and the memoryless map to order 1: Φ_1, or f_1 − Φ_1. Row 0 is zero. */
export function partOf(part: 'discretization' | 'memory', flow: RowSource, map: RowSource): RowSource {
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

type Values = Claim['at'];

/** The sample with the values of `at=`, which may lie outside their domains; a value may use other hyperparameters. */
export function withValues(sample: Sample, values: Values): Result<Sample> {
  if (values.length === 0) return { ok: true, value: sample };
  return attempt(() => {
    const fixed = values.map(({ name, value }): [string, Rational] => [name, exactValue(value, sample.scalars)]);
    return { ...sample, scalars: new Map([...sample.scalars, ...fixed]) };
  });
}

/** The source at the values of `at=`. Equal samples are made once, so that what the source remembers is used. */
function specialised(source: RowSource, values: Values): RowSource {
  if (values.length === 0) return source;
  const known = new WeakMap<Sample, Result<Sample>>();
  return {
    at: (sample, digits, budget) => {
      const fixed = known.get(sample) ?? withValues(sample, values);
      known.set(sample, fixed);
      return fixed.ok
        ? source.at(fixed.value, digits, budget)
        : { kind: 'unusable', reason: fixed.problems[0]?.message ?? 'a value of at= is not a number' };
    },
  };
}

/**
 * The equation with the step c·h in place of h, in the time that still counts h a step: θ̇ = c·F(θ; c·h), whose map is that
 * of the old one at c·h. Coefficient q is multiplied by c^{q+1}.
 */
function rescaled(source: RowSource, step: Formula, declarations: readonly Declaration[]): RowSource {
  const program = new Program({ declarations });
  return {
    at: (sample, digits, budget) => {
      const outcome = source.at(sample, digits, budget);
      if (outcome.kind === 'unusable') return outcome;
      const value = enclose(digits, base => {
        const series = new SeriesRing(base, 3);
        const environment = environmentOf(sample, series, { step: series.monomial(base.one, 1) });
        return new Evaluator(program, environment, budget).value(step).map(coefficient => base.ball(coefficient));
      });
      if (!value.ok) return { kind: 'unusable', reason: value.problems[0]?.message ?? 'the new step has no value' };
      const ring = ballRing(digits);
      const [constant, factor, square] = value.value;
      if (!constant || !factor || !square || !ring.isZero(constant) || !ring.isZero(square))
        return { kind: 'unusable', reason: 'the new step size is not a multiple of h' };
      let power = ring.one;
      const rows = outcome.rows.map(row => {
        power = ring.multiply(power, factor);
        return row.map(entry => ring.multiply(entry, power));
      });
      return { kind: 'values', rows };
    },
  };
}

/** The source with the values of `at=` and the step of `rescale=`. */
export function withKeys(source: RowSource, claim: Claim, declarations: readonly Declaration[]): RowSource {
  const stepped = claim.rescale === null ? source : rescaled(source, claim.rescale, declarations);
  return specialised(stepped, claim.at);
}
