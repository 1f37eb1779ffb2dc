/**
 * A derivation laid open: the history form, the expansions about the current point, the memoryless map, the derivatives
 * along the flow and the flow itself, written with the same names throughout. Its last entry is the equation of derive.ts.
 */
import { type Setting, type StepSetting, hasOneLoss, isEpoch, isMean } from '../notation/settings.ts';
import { Budget } from '../base/budget.ts';
import { attempt, refuse, type Result } from '../base/problem.ts';
import { type Expression, factorExpression } from '../expression/core/expression.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import type { Notation, Optimizer } from '../optimizer/model.ts';
import { Derivations } from './derive.ts';
import { EquationWriter } from './equation-writer.ts';
import { aboutThePast, type Expanded, isExact, pastFactors, pastLetters, rowsOfStep } from './history-form.ts';
import { readsPast } from './reads-past.ts';
import { Names } from './names.ts';
import { reservedIn } from './reserved-names.ts';
import { switchingSets } from './switching-sets.ts';
import { type SequenceOf, sequencesByRow } from './unroll/sequences.ts';

export interface Derivation {
  readonly optimizer: Optimizer;
  readonly setting: StepSetting;
  readonly order: number;
  /** States and rows of the optimizer at n+1 as sums over the past, with the points θ^{(k)}. */
  readonly history: readonly Expanded[];
  /** F_0, F_1, … of θ_j^{(n+1)} = θ_j^{(n)} − h (F_0 + h F_1 + …), with the points θ^{(k)}. */
  readonly update: readonly Formula[];
  /** Whether the history form holds as it stands, not only up to O(h^{order+2}). */
  readonly exact: boolean;
  /** Whether the update reads points before the current one. */
  readonly remembers: boolean;
  /** The letters of the label and of the component in `displacement` and `gradient`. */
  readonly pastLabel: string;
  readonly pastComponent: string;
  /** D_1, …, D_order of θ_i^{(k)} = θ_i + h D_1 + …, for k ≤ n. */
  readonly displacement: readonly Formula[];
  /** ∇_j E_k(θ^{(k)}) about the current point. */
  readonly gradient: Expanded;
  /** The optimizer's states and rows, then the factors of the update, about the current point. */
  readonly expansions: readonly Expanded[];
  /** Φ_q: coefficients of h^{q+1} in the memoryless step. */
  readonly map: readonly Formula[];
  /** f_q: coefficients of h^q in the modified equation. */
  readonly flow: readonly Formula[];
  /** derivatives[r][q]: the coefficient of h^q in (D_f)^r f, for r ≥ 1 and r + q ≤ order; row 0 is empty. */
  readonly derivatives: readonly (readonly Formula[])[];
  /** Everything that the formulas name, in order of first use in the flow and then in the steps. */
  readonly definitions: readonly Definition[];
  /** Where the coefficients have no value, because the rule switches there. */
  readonly switches: readonly SwitchingSet[];
  /** What is defined by its recursion: states, and differences of iterates (docs of steps-followed.ts). */
  readonly recursions: readonly SequenceOf[];
}

export interface DerivationOptions {
  readonly order: number;
  readonly setting: Setting;
  /** Letters that the names must leave free; the optimizer's own unless said otherwise. */
  readonly notation?: Notation;
  readonly budget?: Budget;
}

/**
 * The derivation to `order`, of what is derived already where that is given. Fails with a problem where the optimizer is outside the class
 * that is covered.
 */
export function deriveInSteps(
  optimizer: Optimizer,
  options: DerivationOptions,
  derivations: Derivations = new Derivations(),
): Result<Derivation> {
  return attempt(() => derive(optimizer, options, derivations));
}

function derive(
  derived: Optimizer,
  { order, setting, notation = derived.notation, budget = Budget.unlimited() }: DerivationOptions,
  derivations: Derivations,
): Derivation {
  if (isEpoch(setting)) return refuse('setting-not-covered', 'the mean over orders of batches is not derived in steps');
  if (isMean(setting)) return refuse('setting-not-covered', 'a mean over the batches is not derived in steps');
  const fullBatch = hasOneLoss(setting);
  const stages = derivations.map(derived, { order, setting, budget });
  const { roles, history, update, map, sequences } = stages;
  const matching = derivations.flow(stages, budget);
  const optimizer = { ...derived, notation };
  const writer = new EquationWriter(new Names(roles, reservedIn(optimizer, sequences)), optimizer, sequences);
  const write = (values: readonly Expression[]): Formula[] => values.map(value => writer.write(value));
  // The flow is written first, so that its quantities have the names that they have in the theorem alone.
  const flow = write(matching.flow);
  const written = {
    flow,
    map: write(map.coefficients),
    derivatives: matching.derivatives.map((row, r) => (r === 0 ? [] : write(row))),
  };
  const rows = rowsOfStep(optimizer).map(left => ({ left, value: history.valueOf(left) }));
  const letters = pastLetters(writer);
  const past = aboutThePast(map, writer, fullBatch, letters);
  const expansions = [
    ...rows.map(({ left, value }): Expanded => ({ left, coefficients: write(map.expand(value)) })),
    ...pastFactors(update, letters).map(({ power, letters: free }): Expanded => {
      const value = factorExpression(power.factor, power.exponent);
      const coefficients = map.expand([value]).map(each => writer.write(each, free));
      return { left: writer.writeOut(value, free), coefficients };
    }),
  ];
  const all = [
    ...flow,
    ...written.map,
    ...written.derivatives.flat(),
    ...past.displacement,
    ...past.gradient.coefficients,
    ...expansions.flatMap(({ coefficients }) => coefficients),
  ];
  return {
    optimizer,
    setting,
    order,
    ...written,
    ...past,
    expansions,
    history: rows.map(({ left, value }) => ({ left, coefficients: value.map(each => writer.writeOut(each)) })),
    update: update.map(value => writer.writeOut(value)),
    exact: isExact(optimizer, order),
    remembers: update.some(readsPast),
    definitions: writer.definitions(all),
    switches: switchingSets(stages, writer),
    recursions: sequencesByRow(history.sequenceSource()),
  };
}
