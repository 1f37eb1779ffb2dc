/** Adam on the bilinear model and the solution of its derived piecewise equation, for the rows of the figures. */
import { LossReader } from '../../evaluate/loss/expression-loss.ts';
import type { Loss } from '../../evaluate/loss/loss.ts';
import { loadMathjs } from '../../evaluate/loss/mathjs.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { expressionLoss } from '../../simulate/loss/expression-gradient.ts';
import type { LossSequence } from '../../simulate/loss/float-loss.ts';
import { followFlow } from '../../simulate/flow-run.ts';
import { runSteps } from '../../simulate/optimizer-run.ts';
import { BILINEAR_LOSS, BILINEAR_START, limitingNorm, type Point, residual } from './bilinear-model.ts';
import { DerivedVelocity } from '../derived-field.ts';

export interface BilinearSetting {
  readonly beta: number;
  readonly rho: number;
  readonly epsilon: number;
  readonly h: number;
  /** T; the number of steps is T/h. */
  readonly time: number;
}

/** Where a curve ends, how far from the line of minima, and the limiting one-norm of the gradient there. */
export interface CurveEnd extends Point {
  readonly residual: number;
  readonly limitingNorm: number;
}

export interface BilinearCourse {
  readonly points: readonly Point[];
  readonly end: CurveEnd;
}

export interface BilinearRun {
  readonly setting: BilinearSetting;
  readonly adam: BilinearCourse;
  /** The order-1 equation, restarted at every nh. */
  readonly equation: BilinearCourse;
  /** max_n ‖θ̃(nh) − θ^{(n)}‖. */
  readonly distance: number;
}

/** One row of a figure: the setting with one hyperparameter that varies. */
export interface BilinearRow {
  readonly varied: 'beta' | 'rho' | 'h';
  readonly values: readonly number[];
  /** More values, for which only Adam is run: the line of end points. */
  readonly between: readonly number[];
  readonly fixed: BilinearSetting;
  readonly says: string;
}

export interface RowResult {
  readonly row: BilinearRow;
  readonly runs: readonly BilinearRun[];
  /** Where Adam ends, by the varied value, the drawn ones among them, ascending. */
  readonly ends: readonly { readonly value: number; readonly end: CurveEnd }[];
}

/** Of the integration: far below what a figure shows. */
const TOLERANCE = 1e-8;

export class BilinearRuns {
  readonly #optimizer: Optimizer;
  readonly #equation: DerivedVelocity;
  readonly #loss: Loss;
  readonly #losses: LossSequence;

  private constructor(optimizer: Optimizer, reader: LossReader) {
    this.#optimizer = optimizer;
    this.#equation = new DerivedVelocity(optimizer, 1);
    this.#loss = reader.function(BILINEAR_LOSS, 'x', 2, null);
    this.#losses = { losses: [expressionLoss(reader, BILINEAR_LOSS, 2, 1)], dimension: 2, order: [0] };
  }

  static async of(optimizer: Optimizer): Promise<BilinearRuns> {
    return new BilinearRuns(optimizer, new LossReader(await loadMathjs()));
  }

  adam(setting: BilinearSetting): BilinearCourse {
    const { h, time } = setting;
    const setup = { optimizer: this.#optimizer, hyperparameters: named(setting), schedules: new Map() };
    return courseOf(runSteps(setup, this.#losses, BILINEAR_START, h, Math.round(time / h)));
  }

  both(setting: BilinearSetting): BilinearRun {
    const { h, time } = setting;
    const adam = this.adam(setting);
    const field = this.#equation.field(this.#loss, named(setting));
    const equation = courseOf(followFlow(field, BILINEAR_START, h, Math.round(time / h), TOLERANCE));
    const distances = adam.points.map((point, n) => {
      const other = equation.points[n] ?? point;
      return Math.hypot(point.x - other.x, point.y - other.y);
    });
    return { setting, adam, equation, distance: Math.max(...distances) };
  }
}

const named = ({ beta, rho, epsilon }: BilinearSetting): ReadonlyMap<string, number> =>
  new Map([
    ['\\beta', beta],
    ['\\rho', rho],
    ['\\varepsilon', epsilon],
  ]);

function courseOf(values: readonly Float64Array[]): BilinearCourse {
  const points = values.map(([x, y]) => ({ x: x ?? Number.NaN, y: y ?? Number.NaN }));
  const last = points[points.length - 1];
  if (last === undefined) throw new Error('a course has a start');
  return { points, end: { ...last, residual: residual(last), limitingNorm: limitingNorm(last) } };
}
