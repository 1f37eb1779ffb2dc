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
import { type Matching, matchOrders, matchTrees } from './match-flow.ts';
import { type OneStepMap, removeMemory } from './memory-out.ts';
import { readsPast } from './reads-past.ts';
import { Roles } from './roles.ts';
import { type Sequence, sequencesOf } from './unroll/sequences.ts';
import { mapOfTrees, type TreeMap, treeExpression } from './trees/tree-memory.ts';
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
  /** The same coefficients tree by tree, where they are elementary differentials times fractions. */
  readonly trees: TreeMap | null;
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
  const removed = (): OneStepMap =>
    removeMemory(
      update,
      order,
      assumptions,
      (of, q, image, args) => {
        budget.spend(image.terms.length);
        roles.noteExpansion(of, q, image, args);
      },
      budget,
    );
  const trees =
    fullBatch && order >= FIRST_IN_TREES && update.some(readsPast)
      ? mapOfTrees(update, order, assumptions, budget)
      : null;
  const map = trees === null ? removed() : mapInTrees(trees, removed);
  const sequences = sequencesOf(history.sequenceSource(), map, order, assumptions, budget);
  return { roles, rolesInMap: roles.copy(), history, update, map, trees, sequences };
}

/** To order 1 the quantities that arise have names. */
const FIRST_IN_TREES = 2;

/** The map whose coefficients are known tree by tree; what leads there is expanded when somebody asks for it. */
function mapInTrees(trees: TreeMap, removed: () => OneStepMap): OneStepMap {
  let known: OneStepMap | null = null;
  const plain = (): OneStepMap => {
    known ??= removed();
    return known;
  };
  return {
    coefficients: trees.coefficients.map(each => treeExpression(each, trees.weights)),
    get earlier() {
      return plain().earlier;
    },
    displacement: (label, coordinate) => plain().displacement(label, coordinate),
    expand: source => plain().expand(source),
  };
}

/** The last stage: f_0, f_1, … with the derivatives along the flow that were subtracted. */
export function deriveFlow({ roles, map, trees }: Stages, budget: Budget): FlowStage {
  const matching =
    trees === null
      ? matchOrders(
          map.coefficients,
          (of, along, image) => {
            budget.spend(image.terms.length);
            roles.noteDerivative(of, along, image);
          },
          budget,
        )
      : matchTrees(trees);
  return {
    flow: matching.flow,
    // Written out when somebody asks for them.
    get derivatives() {
      return matching.derivatives;
    },
    roles: roles.copy(),
  };
}
