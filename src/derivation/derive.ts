/**
 * The modified equation of an optimizer, derived from its update rule alone: unroll, memory out, flow through the map.
 */
import {
  type MeanOf,
  type MeanSetting,
  type Setting,
  type StepSetting,
  type WeakApproximation,
  isEpoch,
  isMean,
} from '../notation/settings.ts';
import { attempt, orRefuse, refuse, type Result } from '../base/problem.ts';
import { Budget } from '../base/budget.ts';
import { RememberedOf } from '../base/work.ts';
import { type Assumptions, assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { type Expression, ZERO_EXPRESSION } from '../expression/core/expression.ts';
import { inDifferentials } from '../expression/calculus/differential.ts';
import { spreadMean } from '../expression/read/epoch.ts';
import { ITERATION_INDEX, OTHER_COMPONENT_INDEX } from '../expression/core/indices.ts';
import * as build from '../formula/build.ts';
import { BATCHES, type Definition, type Formula, OTHER_COMPONENT } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import { switchesOf } from '../formula/pieces/switches.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { isProbablyNonzero } from '../rewrite/probably-nonzero.ts';
import { deriveEpochMap, epochFlow } from './epoch/derive-epoch.ts';
import { meanFlow, meanMap, requireMean } from './mean/derive-mean.ts';
import { driftAtDeclaredSize, noiseOf, requireMemoryless } from './mean/noise.ts';
import { EquationWriter } from './equation-writer.ts';
import { Names } from './names.ts';
import { reservedIn } from './reserved-names.ts';
import { deriveFlow, deriveMap, type FlowStage, type StageOptions, type Stages } from './stages.ts';
import { switchingSets } from './switching-sets.ts';
import { reread, withoutQuantities } from './written-out.ts';

export interface ModifiedEquation {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  /** What a mean is taken of, in the settings of means. */
  readonly mean?: MeanOf;
  /**
   * coefficients[q] is the coefficient of h^q in the ODE of component j on [nh, (n+1)h] (flow), or of h^{q+1} in
   * θ_j^{(n+1)} − θ_j^{(n)} (map), at the current θ.
   */
  readonly coefficients: readonly Formula[];
  /** What the coefficients use, in order of use. */
  readonly definitions: readonly Definition[];
  /** The same coefficients in normal form, as the formulas above read. */
  readonly expressions: readonly Expression[];
  /**
   * For an epoch: losses[q] is the coefficient of h^q in the modified loss whose gradient flow the equation is; absent where
   * it is none.
   */
  readonly losses?: readonly Formula[];
  /** Of a stochastic equation, whose drift the coefficients are: what it has before dW. */
  readonly noise?: Noise;
  /** Where the coefficients of every order have no value, because the rule switches there. */
  readonly switches: readonly SwitchingSet[];
  /** The memoryless map of the same derivation, where there is one at hand. */
  readonly map?: () => Result<ModifiedEquation>;
}

/** \sigma\sigma^\top of a stochastic equation: coefficients[q] is the coefficient of h^q in its entry of the components j and i. */
export interface Noise {
  readonly coefficients: readonly Formula[];
  readonly expressions: readonly Expression[];
}

export interface DeriveOptions {
  /** The highest power of h in the equation, 0, 1, 2, …. */
  readonly order: number;
  readonly setting: Setting;
  readonly form?: 'flow' | 'map';
  /** In a setting of means: what the mean of a flow is taken of; the equation, where nothing is said. */
  readonly mean?: MeanOf;
  /** Of a stochastic equation, derived of a memoryless rule and iid: the power of h that its noise begins with. */
  readonly noise?: WeakApproximation['noise'];
  /** Spent with every quantity that is made; a spent one is thrown as BudgetSpent. */
  readonly budget?: Budget;
}

/** The memoryless maps that everything else is derived from: of steps, and of epochs in random order. */
export interface Origins {
  readonly steps: typeof deriveMap;
  readonly epochs: typeof deriveEpochMap;
}

type Asked = Required<Pick<DeriveOptions, 'order' | 'budget'>>;

/**
 * What is derived of optimizers in a run, made once for each optimizer, setting and order: whoever shows or uses it takes it from here.
 * Asked again it costs the work that it took (base/work.ts).
 */
export class Derivations {
  readonly #origins: Origins;
  readonly #maps = new RememberedOf<Optimizer, Result<Stages>>();
  readonly #flows = new RememberedOf<Stages, FlowStage>();
  readonly #epochs = new RememberedOf<Optimizer, Result<Expression[]>>();
  readonly #equations = new RememberedOf<Optimizer, Result<ModifiedEquation>>();

  constructor(origins: Origins = { steps: deriveMap, epochs: deriveEpochMap }) {
    this.#origins = origins;
  }

  /** The modified equation to `order`. Fails with a problem where the optimizer is outside the class that is covered. */
  equation(
    optimizer: Optimizer,
    { order, setting, form = 'flow', mean = 'equation', noise, budget = Budget.unlimited() }: DeriveOptions,
  ): Result<ModifiedEquation> {
    const making = { order, form, budget, derivations: this };
    const map = () => this.equation(optimizer, { order, setting, form: 'map' });
    const made = (): ModifiedEquation =>
      isEpoch(setting)
        ? epoch(optimizer, making)
        : isMean(setting)
          ? ofMean(optimizer, setting, {
              ...making,
              mean: form === 'map' ? 'map' : mean,
              ...(noise === undefined ? {} : { noise }),
            })
          : derive(optimizer, setting, making);
    const make = (): Result<ModifiedEquation> => attempt(() => ({ ...made(), map }));
    const asked = isMean(setting) ? `${form} ${mean} ${noise ?? ''}` : form;
    return this.#equations.get(optimizer, `${setting} ${order} ${asked}`, make, budget);
  }

  /** The stages up to the memoryless map. Throws a problem where there is none. */
  map(optimizer: Optimizer, { order, setting, budget }: StageOptions): Stages {
    const make = (): Result<Stages> => attempt(() => this.#origins.steps(optimizer, { order, setting, budget }));
    return orRefuse(this.#maps.get(optimizer, `${setting} ${order}`, make, budget));
  }

  flow(stages: Stages, budget: Budget): FlowStage {
    return this.#flows.get(stages, '', () => deriveFlow(stages, budget), budget);
  }

  /** The mean of an epoch over all orders of its batches. Throws a problem where there is none. */
  epoch(optimizer: Optimizer, { order, budget }: Asked): readonly Expression[] {
    const assumptions = assumptionsOf(optimizer.declarations);
    const make = (): Result<Expression[]> =>
      attempt(() => this.#origins.epochs(optimizer, { order, assumptions, budget }));
    return orRefuse(this.#epochs.get(optimizer, `${order}`, make, budget));
  }
}

/** The modified equation to `order`, for whoever asks once. Fails with a problem where the optimizer is outside the class that is covered. */
export const deriveModifiedEquation = (optimizer: Optimizer, options: DeriveOptions): Result<ModifiedEquation> =>
  new Derivations().equation(optimizer, options);

/** What the maker of an equation has: how it is asked for, and what is derived already. */
interface Making extends Asked {
  readonly form: 'flow' | 'map';
  readonly derivations: Derivations;
}

function derive(
  optimizer: Optimizer,
  setting: StepSetting,
  { order, form, budget, derivations }: Making,
): ModifiedEquation {
  const stages = derivations.map(optimizer, { order, setting, budget });
  const assumptions = assumptionsOf(optimizer.declarations);
  const { values, roles } =
    form === 'map'
      ? { values: stages.map.coefficients, roles: stages.rolesInMap }
      : valuesOfFlow(derivations.flow(stages, budget));
  const expressions = values.map(value => withoutNothing(value, assumptions));
  const { sequences } = stages;
  const writer = new EquationWriter(new Names(roles, reservedIn(optimizer, sequences)), optimizer, sequences);
  const coefficients = expressions.map(value => writer.write(value));
  const written = { coefficients, definitions: writer.definitions(coefficients) };
  const switches = switchingSets(stages, writer);
  const known = reread(expressions, written, optimizer, setting);
  return { optimizer, setting, order, form, ...written, expressions: known, switches };
}

const valuesOfFlow = ({ flow, roles }: FlowStage) => ({ values: flow, roles });

/** Work for the proof that a coefficient vanishes. */
const ZERO_STEPS = 20_000;

/** Zero where the value is: parts of it that are called by different names may cancel. */
function withoutNothing(value: Expression, assumptions: Assumptions): Expression {
  if (value.terms.length < 2 || isOfDifferentials(value) || isProbablyNonzero(value)) return value;
  return testZero(value, assumptions, new Budget(ZERO_STEPS)).kind === 'zero' ? ZERO_EXPRESSION : value;
}

/**
 * Whether every term is a number times an elementary differential: those of different trees are linearly independent (Hairer, Lubich, Wanner,
 * Geometric Numerical Integration, III.1).
 */
const isOfDifferentials = (value: Expression): boolean =>
  inDifferentials([value])?.every(({ terms }) => terms.every(({ factors }) => factors.length === 1)) === true;

/** A mean over the batches of the steps so far; every quantity is written out. */
function ofMean(
  optimizer: Optimizer,
  setting: MeanSetting,
  {
    order,
    form,
    mean,
    noise,
    budget,
    derivations,
  }: Making & { readonly mean: MeanOf; readonly noise?: WeakApproximation['noise'] },
): ModifiedEquation {
  const stages = derivations.map(optimizer, { order, setting: 'mini-batch', budget });
  const options = { setting, budget };
  if (noise !== undefined) requireMemoryless(stages, optimizer, options);
  requireMean(optimizer);
  const expressions =
    noise === 0
      ? driftAtDeclaredSize(meanMap(stages, optimizer, options))
      : form === 'map'
        ? meanMap(stages, optimizer, options)
        : meanFlow(stages, () => derivations.flow(stages, budget), mean, optimizer, options);
  const { parts, writer } = withoutQuantities(expressions, { optimizer, setting, form });
  const equation = { optimizer, setting, order, form, mean, ...parts, switches: [] };
  if (noise === undefined) return equation;
  const square = noiseOf(stages, order, optimizer, { ...options, noise });
  return { ...equation, noise: noiseIn(square, writer, optimizer, setting) };
}

function noiseIn(
  expressions: readonly Expression[],
  writer: EquationWriter,
  optimizer: Optimizer,
  setting: Setting,
): Noise {
  const coefficients = expressions.map(value => writer.writeOut(value, OTHER_LETTER));
  return { coefficients, expressions: reread(expressions, { coefficients, definitions: [] }, optimizer, setting) };
}

const OTHER_LETTER: ReadonlyMap<number, Formula> = new Map([[OTHER_COMPONENT_INDEX, build.index(OTHER_COMPONENT)]]);

/** One epoch in random order; every quantity is written out. */
function epoch(optimizer: Optimizer, { order, form, budget, derivations }: Making): ModifiedEquation {
  const assumptions = assumptionsOf(optimizer.declarations);
  if (switchesOf(optimizer).some(({ argument }) => argument.kind !== 'norm'))
    refuse(
      'setting-not-covered',
      'the mean over orders of batches is not derived of a rule with pieces',
      optimizer.span,
    );
  const map = derivations.epoch(optimizer, { order, budget });
  const expressions = form === 'map' ? map : epochFlow(map, assumptions, budget);
  const { parts } = withoutQuantities(expressions, {
    optimizer,
    setting: 'reshuffled',
    form,
    letters: LAST_BATCH,
    meant: spreadMean,
  });
  return { optimizer, setting: 'reshuffled', order, form, ...parts, switches: [] };
}

/** In an epoch n is the last batch, m − 1. */
const LAST_BATCH: ReadonlyMap<number, Formula> = new Map([
  [ITERATION_INDEX, build.subtraction(build.index(BATCHES), build.number(1))],
]);
