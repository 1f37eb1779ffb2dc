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
import { type Matching, matchOrders } from './match-flow.ts';
import { type OneStepMap, removeMemory } from './memory-out.ts';
import { Roles } from './roles.ts';
import { type Sequence, sequencesOf } from './unroll/sequences.ts';
import { History } from './unroll/history.ts';

export interface StageOptions {
  readonly order: number;
  readonly setting: StepSetting;
  readonly budget: Budget;
}

export interface Stages {
  /** The parts that what arises plays, in all stages so far. */
  readonly roles: Roles;
  /** Those that were known with the map. */
  readonly rolesInMap: Roles;
  readonly history: History;
  /** F_0, F_1, … of θ^{(n+1)} = θ^{(n)} − h (F_0 + h F_1 + …), with the points of the past. */
  readonly update: Series;
  /** Φ_0, Φ_1, …: the same about the current point. */
  readonly map: OneStepMap;
  /** The states that are defined by their recursions. */
  readonly sequences: readonly Sequence[];
}

/** The flow with the derivatives along it that were subtracted, and the parts that were known with it. */
export interface FlowStage extends Matching {
  readonly roles: Roles;
}

/** The stages up to the memoryless map. Throws a problem where the optimizer is outside the class that is covered. */
export function deriveMap(optimizer: Optimizer, { order, setting, budget }: StageOptions): Stages {
  const fullBatch = hasOneLoss(setting);
  const roles = new Roles();
  const history = History.of(optimizer, order, {
    fullBatch,
    onDefinition: (definition, labels, value) => roles.noteDefinition(definition, labels, value),
  });
  const update = history.update();
  roles.noteUpdate(update);
  const assumptions = assumptionsOf(optimizer.declarations);
  const map = removeMemory(
    update,
    order,
    assumptions,
    (of, q, image, args) => {
      budget.spend(image.terms.length);
      roles.noteExpansion(of, q, image, args);
    },
    budget,
  );
  const sequences = sequencesOf(history.sequenceSource(), map, order, assumptions, budget);
  return { roles, rolesInMap: roles.copy(), history, update, map, sequences };
}

/** The last stage: f_0, f_1, … with the derivatives along the flow that were subtracted. */
export function deriveFlow({ roles, map }: Stages, budget: Budget): FlowStage {
  const matching = matchOrders(
    map.coefficients,
    (of, along, image) => {
      budget.spend(image.terms.length);
      roles.noteDerivative(of, along, image);
    },
    budget,
  );
  return { ...matching, roles: roles.copy() };
}
