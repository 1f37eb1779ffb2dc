/**
 * The derivation, stage by stage: the states unrolled into sums over the history, the points of the past expanded about the current one,
 * the flow whose map the memoryless step is. What prints an equation and what prints its steps both take it from here, so that a write-up
 * shows the derivation that was made.
 *
 * Source: backward error analysis, Hairer, Lubich, Wanner, Geometric Numerical Integration, chapter IX.
 */
import { type StepSetting, hasOneLoss } from '../notation/settings.ts';
import type { Budget } from '../base/budget.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import type { Series } from '../expression/calculus/series.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { reservedNames } from './equation-writer.ts';
import { type Matching, matchOrders } from './match-flow.ts';
import { type OneStepMap, removeMemory } from './memory-out.ts';
import { Names } from './names.ts';
import { History } from './unroll.ts';

export interface StageOptions {
  readonly order: number;
  readonly setting: StepSetting;
  readonly budget: Budget;
}

export interface Stages {
  /** The names of what arises, in all stages. */
  readonly names: Names;
  readonly history: History;
  /** F_0, F_1, … of θ^{(n+1)} = θ^{(n)} − h (F_0 + h F_1 + …), with the points of the past. */
  readonly update: Series;
  /** Φ_0, Φ_1, …: the same about the current point. */
  readonly map: OneStepMap;
}

/** The stages up to the memoryless map. Throws a problem where the optimizer is outside the class that is covered. */
export function deriveMap(optimizer: Optimizer, { order, setting, budget }: StageOptions): Stages {
  const names = new Names(reservedNames(optimizer));
  const history = new History(optimizer, order, {
    fullBatch: hasOneLoss(setting),
    onDefinition: (definition, labels, value) => names.noteDefinition(definition, labels, value),
  });
  const update = history.update();
  names.noteUpdate(update);
  const map = removeMemory(
    update,
    order,
    assumptionsOf(optimizer.declarations),
    (of, q, image) => {
      budget.spend(image.terms.length);
      names.noteExpansion(of, q, image);
    },
    budget,
  );
  return { names, history, update, map };
}

/** The last stage: f_0, f_1, … with the derivatives along the flow that were subtracted. */
export function deriveFlow({ names, map }: Stages, budget: Budget): Matching {
  return matchOrders(
    map.coefficients,
    (of, along, image) => {
      budget.spend(image.terms.length);
      names.noteDerivative(of, along, image);
    },
    budget,
  );
}
