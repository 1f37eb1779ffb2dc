/**
 * A theorem as it may be printed: derived, brought into closed form or into the limit and regime that are asked for, and checked beside the
 * optimizer itself. What `modeq derive` prints, for every caller.
 */
import { attempt, refuse, type Result, success } from '../../base/problem.ts';
import { type ClosedEquation, closeEquation } from '../../closed-form/close-equation.ts';
import { specialEquation } from '../../closed-form/special-equation.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../derivation/derive.ts';
import { beforeFirstNote, meanNote, observedNote, weakNotes } from '../../document/conventions.ts';
import { switchingConditions } from '../../document/switching-text.ts';
import { uniformityNote } from '../../judge/kinds/bound/memory-text.ts';
import { checkEpoch, checkMean, checkNoise, checkRegime } from '../../judge/check/check-special.ts';
import { leastStep } from '../../judge/check/first-steps-of-closed.ts';
import { checkLimit, checkPrinted, PrintedWrongly } from '../../judge/check/self-check.ts';
import type { Regime } from '../../notation/regimes.ts';
import {
  hasOneLoss,
  isEpoch,
  isMean,
  type MeanOf,
  type Setting,
  type WeakApproximation,
} from '../../notation/settings.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { hasOperatorForm } from './operator-form.ts';
import type { EquationStyle, Theorem } from './theorem-parts.ts';

export interface TheoremRequest {
  readonly setting: Setting;
  /** Up to and including h^order in the flow, h^{order+1} in the map. */
  readonly order: number;
  /** The modified ODE, or the memoryless step; the flow where nothing is said. */
  readonly form?: 'flow' | 'map';
  /** With iid and permuted: what the mean of a flow is taken of; the equation where nothing is said. */
  readonly mean?: MeanOf;
  /** With iid: the drift and the noise of the stochastic equation of this weak order, in place of a mean. */
  readonly weakOrder?: WeakApproximation['order'];
  /** n → ∞ of every coefficient, with 0 < β, ρ < 1; of the full batch only. */
  readonly limit?: 'large-n' | null;
  /** The leading terms where the gradient is large or small; of the full batch only. */
  readonly regime?: Regime | null;
  /** Values of hyperparameters at which the steps to the limit are counted, by their plain names (`beta`, `epsilon`). */
  readonly values?: ReadonlyMap<string, number>;
  readonly style?: EquationStyle;
}

/**
 * The theorem of an optimizer: `coefficients[q]` belongs to h^q in \dot{\tilde\theta}_j (in the map to h^{q+1}), with the component index j and
 * the iteration n free, and `definitions` hold the quantities that they name. Of the full batch it is in closed form, with its modified loss
 * where it has one. It holds on [nh, (n+1)h] for every n ≥ 0, in an epoch on [0, mh]; with `limit` and `regime` it is about right sides.
 *
 * Fails with the problems of a rule that is refused, of a limit or regime that does not exist, and of a style that does not fit. Throws
 * where the equation does not follow the optimizer run in power series of h, which is a mistake of this program.
 */
export function deriveTheorem(optimizer: Optimizer, request: TheoremRequest): Result<Theorem> {
  if (request.weakOrder !== undefined) return stochasticTheorem(optimizer, request, request.weakOrder);
  const { setting, order, form = 'flow', mean = 'equation', style = 'sums' } = request;
  const outcome = attempt(() => {
    if (isEpoch(setting) && form === 'map')
      refuse(
        'setting-not-covered',
        'an epoch has no map of its own to print',
        null,
        'derive prints its flow: leave --form map out',
      );
    const derived = deriveModifiedEquation(optimizer, { order, setting, form, mean });
    if (!derived.ok) return derived;
    const bare = shown(derived.value, request);
    if (!bare.ok) return bare;
    const checked = checkWhatIsShown(derived.value, bare.value);
    return success(styled(withNotes(checked.theorem, checked.isCompared), style));
  });
  return outcome.ok ? outcome.value : outcome;
}

/** The stochastic equation whose moments are those of one step, compared with the optimizer's runs with every batch. */
function stochasticTheorem(
  optimizer: Optimizer,
  { setting, limit = null, regime = null, style = 'sums', form = 'flow', mean }: TheoremRequest,
  weakOrder: WeakApproximation['order'],
): Result<Theorem> {
  const outcome = attempt((): Result<Theorem> => {
    if (setting !== 'iid' || (limit ?? regime) !== null || style !== 'sums' || form !== 'flow' || mean !== undefined)
      refuse(
        'option-needs-draws',
        '--weak-order goes with --setting iid, without --limit, --regime, --style, --form and --mean',
      );
    const derived = deriveModifiedEquation(optimizer, { order: weakOrder - 1, setting, mean: 'map', noise: 1 });
    if (!derived.ok) return derived;
    const theorem = withOneLoss(closeEquation(derived.value, { allSteps: true }));
    checkMean(derived.value);
    checkMean(theorem);
    const noise = derived.value.noise?.coefficients ?? [];
    checkNoise(derived.value, noise);
    const notes = [
      meanNote(optimizer.notation),
      ...weakNotes({ weak: { order: weakOrder, noise: 1 }, notation: optimizer.notation }),
    ];
    return success({ ...theorem, squaredNoise: noise, notes });
  });
  return outcome.ok ? outcome.value : outcome;
}

/** The equation as it is to be printed: in closed form for the full batch, in the limit and regime that are asked for. */
function shown(equation: ModifiedEquation, { limit = null, regime = null, values }: TheoremRequest): Result<Theorem> {
  if (limit !== null || regime !== null)
    return specialEquation(equation, {
      limit,
      regime,
      ...(values ? { values: namedValues(values, equation.optimizer) } : {}),
    });
  if (isMean(equation.setting)) return success(withOneLoss(closeEquation(equation, { allSteps: true })));
  return success(hasOneLoss(equation.setting) ? closeEquation(equation) : equation);
}

/** Where the whole right side is the gradient of a modified loss, that is not printed twice. */
function withOneLoss({ losses, ...equation }: ClosedEquation): ClosedEquation {
  return losses === undefined || equation.whole !== null ? equation : { ...equation, losses };
}

interface Checked {
  readonly theorem: Theorem;
  /** False where it could not be compared with the optimizer. */
  readonly isCompared: boolean;
}

/** Throws where what is to be printed is not the optimizer's. */
function checkWhatIsShown(derived: ModifiedEquation, theorem: Theorem): Checked {
  if (isEpoch(theorem.setting)) {
    checkEpoch(theorem);
    return { theorem, isCompared: true };
  }
  const { limit = null, regime = null, from = 0 } = theorem;
  if (isMean(theorem.setting)) {
    checkMean(derived);
    if (limit === null) checkMean(theorem);
    else checkLimit(theorem, derived);
    return { theorem, isCompared: true };
  }
  if (limit === null && regime === null) return checkClosed(derived, theorem);
  const isCompared = checkPrinted(derived);
  if (regime === null) checkLimit(theorem, derived);
  else checkRegime({ ...theorem, limit, regime, from }, derived);
  return { theorem, isCompared };
}

/** The equation in closed form, or as it is where the closed form is another one in the first steps. */
export function closedForAllSteps(derived: ModifiedEquation): ClosedEquation {
  for (const allSteps of [false, true]) {
    const closed = closeEquation(derived, { allSteps });
    if (checkClosed(derived, closed).theorem === closed) return closed;
  }
  return { ...derived, inserted: null, whole: null };
}

/** A closed form that is not the equation in the first steps says from which on it is. */
function checkClosed(derived: ModifiedEquation, theorem: Theorem): Checked {
  const own = attemptPrinted(theorem);
  if (own === true || !hasOneLoss(theorem.setting)) {
    if (own instanceof PrintedWrongly) throw own;
    return { theorem, isCompared: own };
  }
  if (!checkPrinted(derived)) {
    if (own instanceof PrintedWrongly) throw own;
    return { theorem, isCompared: false };
  }
  const from = leastStep(theorem, derived);
  if (from !== null) return { theorem: from === 0 ? theorem : { ...theorem, from }, isCompared: from > 0 };
  if (own instanceof PrintedWrongly) throw own;
  return { theorem: { ...derived, inserted: null, whole: null }, isCompared: true };
}

function attemptPrinted(theorem: Theorem): boolean | PrintedWrongly {
  try {
    return checkPrinted(theorem);
  } catch (error) {
    if (error instanceof PrintedWrongly) return error;
    throw error;
  }
}

const NOT_COMPARED =
  'not compared with the optimizer run in power series: along its first steps one of the two has no value';

/** A closed form of the full batch that does not hold in the first steps, counted as its interval [nh, (n+1)h] says. */
function firstStepsNote({ from = 0, limit = null, regime = null, optimizer }: Theorem): string | null {
  if (from === 0 || limit !== null || regime !== null) return null;
  const { iteration } = optimizer.notation;
  return from === 1
    ? `the step with ${iteration} = 0 is another one: its coefficients are those of modeq eval`
    : `the steps before ${iteration} = ${from} are others: their coefficients are those of modeq eval`;
}

function switchingNote({ switches = [], optimizer }: Theorem): string | null {
  const conditions = switchingConditions(switches, optimizer);
  return conditions.length === 0
    ? null
    : `where ${conditions.join(' and ')}; elsewhere the rule switches, and no coefficient has a value`;
}

/** With notes where the equation is not uniform in n, and where nothing was compared. */
function withNotes(theorem: Theorem, isCompared: boolean): Theorem {
  if (isEpoch(theorem.setting)) return theorem;
  if (isMean(theorem.setting)) return { ...theorem, notes: [meanNote(theorem.optimizer.notation)] };
  const { optimizer } = theorem;
  const notes = [
    observedNote(optimizer),
    beforeFirstNote(optimizer),
    switchingNote(theorem),
    uniformityNote(optimizer),
    firstStepsNote(theorem),
    isCompared ? null : NOT_COMPARED,
  ].filter(note => note !== null);
  return notes.length === 0 ? theorem : { ...theorem, notes };
}

/** The theorem in the style that is asked for; refuses one that is not made of elementary differentials. */
function styled(theorem: Theorem, style: EquationStyle): Theorem {
  if (style === 'sums') return theorem;
  if (!hasOperatorForm(theorem))
    refuse(
      'no-operator-form',
      'the equation is not a sum of elementary differentials: components are multiplied, divided or put into functions one by one',
      null,
      'Leave --style operator out.',
    );
  return { ...theorem, style };
}

/** Values by the names as typed in the optimizer: epsilon is \\varepsilon. */
function namedValues(values: ReadonlyMap<string, number>, { declarations }: Optimizer): Map<string, number> {
  const byName = new Map(
    declarations.flatMap(each => (each.kind === 'scalar' ? [[plainName(each.name), each.name] as const] : [])),
  );
  return new Map(
    [...values].map(([name, value]) => [
      byName.get(plainName(name)) ??
        refuse(
          'unknown-hyperparameter',
          `the optimizer has no hyperparameter ${name}`,
          null,
          `it has ${[...byName.keys()].join(', ') || 'none'}`,
        ),
      value,
    ]),
  );
}

const plainName = (name: string): string =>
  name
    .replace(/^\\/, '')
    .replace(/^var(?=[a-z])/, '')
    .replace(/[{}]/g, '');
