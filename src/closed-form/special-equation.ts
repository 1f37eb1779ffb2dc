/**
 * The modified equation of the full batch for n → ∞ and in regimes: the limit of every coefficient, then its leading terms.
 * Every formula is read again and proved to be the limit, or of the leading order, before it is given out.
 */
import { beforeFirstOf } from '../notation/before-first.ts';
import type { Regime } from '../notation/regimes.ts';
import { atMost } from '../base/work.ts';
import { hasOneLoss, isMean, readingOf } from '../notation/settings.ts';
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, failure, type Problem, refuse, type Result } from '../base/problem.ts';
import { type Assumptions, assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { add, type Expression, isZero, subtract } from '../expression/core/expression.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import { coefficient } from '../expression/calculus/series.ts';
import type { Formula } from '../formula/formula.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import { regimeDimension } from '../optimizer/checks/dimension-of.ts';
import { inEveryCase } from '../prove/limit/in-every-case.ts';
import { largeN } from '../prove/limit/large-n.ts';
import type { Limit } from '../prove/limit/limit.ts';
import { type RegimeScaling, scalingFor } from '../prove/regime/scaling.ts';
import { compareInRegime } from '../prove/regime/regime-difference.ts';
import { type Rate, stepsToLimit, usualValues } from '../prove/limit/settling.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { carryOutSums } from '../rewrite/rules/sums/carry-out-sums.ts';
import { closeLayers, withoutPlain } from './close-layers.ts';
import { type ClosedTerm, closedTerms } from './closed-terms.ts';
import { writeClosed, writeTerm } from './write-closed.ts';
import { leadingTerms } from './leading-terms.ts';
import { modifiedLoss, potentialLoss } from './modified-loss.ts';
import { shiftSums } from './shift-sums.ts';
import { vanishesUpTo } from './vanishing.ts';
import { inlineOptions } from './writing-options.ts';

export interface SpecialOptions {
  readonly limit: 'large-n' | null;
  readonly regime: Regime | null;
  /** Values of hyperparameters, by name, at which the steps to the limit are counted; others get usual ones. */
  readonly values?: ReadonlyMap<string, number>;
  /** Units of work after which the search ends. */
  readonly work?: number;
}

export interface SpecialEquation extends ModifiedEquation, SpecialOptions {
  /** The right side as −scale · ∇_j(E + h c‖·‖); null where it is none. */
  readonly whole: Formula | null;
  /** How fast the limit is reached; null without one. */
  readonly rate: Rate | null;
  /** In a regime without limit: the least n from which on no term that is shown vanishes. */
  readonly from: number;
}

/** Work for one coefficient, in terms made. */
const STEPS = 200_000;
/** Units of work of every kind for all of them. */
const WORK = 20_000_000;

/** The equation for n → ∞, in a regime, or both. Fails with a problem where there is no limit or no regime. */
export function specialEquation(equation: ModifiedEquation, options: SpecialOptions): Result<SpecialEquation> {
  const isOfDraws = equation.setting === 'iid' && options.regime === null;
  if (!hasOneLoss(equation.setting) && !isOfDraws) return failure(ofMiniBatches(equation, options));
  const stopped = (reason: string): Result<SpecialEquation> =>
    failure({ code: 'closed-form-stopped', message: `the search for a closed form stopped: ${reason}` });
  try {
    return atMost(
      options.work ?? WORK,
      () => attempt(() => new Specialiser(inShortForm(equation), options).equation()),
      () => stopped('its work is used up'),
    );
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return stopped(error.reason);
  }
}

/** The equation with its sums over times carried out first, so that what is inserted into the coefficients is short. */
function inShortForm(equation: ModifiedEquation): ModifiedEquation {
  const { declarations } = equation.optimizer;
  refuseSequences(equation);
  const layered = closeLayers(equation);
  const closed = { ...layered, ...withoutPlain(layered) };
  const meaning = {
    declarations,
    order: 0,
    ...readingOf(equation.setting),
    genericProducts: true,
    ...(isMean(equation.setting) ? {} : beforeFirstOf(equation.optimizer)),
  };
  const reader = new FormulaReader({ ...meaning, definitions: closed.definitions });
  return { ...closed, expressions: closed.coefficients.map(formula => coefficient(reader.read(formula), 0)) };
}

/** A sequence that is defined by a recursion alone has no formula whose limit or leading terms could be taken. */
function refuseSequences({ definitions }: ModifiedEquation): void {
  const own = definitions.find(({ recursion }) => recursion !== undefined);
  if (own === undefined) return;
  refuse(
    'defined-by-recursion',
    `${own.name} is defined by its recursion: it has no formula whose limit or leading terms could be taken`,
    null,
    'The equation at finite n is derived without --limit and --regime; its values at an n are given by modeq eval.',
  );
}

function ofMiniBatches({ setting }: ModifiedEquation, { limit }: SpecialOptions): Problem {
  if (isMean(setting)) return ofMeans(setting, limit);
  const message =
    limit === null
      ? `a regime is derived for the full batch: in ${setting} the gradients of different steps have no common size`
      : `for n → ∞ the right side has no limit: in ${setting} every step has a loss of its own`;
  return { code: 'setting-not-covered', message, hint: 'use --setting full-batch' };
}

/** Of a mean only the limit without regimes is printed, of batches that are drawn each by itself. */
const ofMeans = (setting: string, limit: SpecialOptions['limit']): Problem => ({
  code: 'setting-not-covered',
  message:
    limit === null
      ? 'a regime is derived for the full batch, not of means over the batches'
      : `the limit of means is printed with --setting iid, not with --setting ${setting}`,
  hint:
    limit === null
      ? 'use --setting full-batch'
      : 'Without repetition, uniformly in m \\ge n + 1, the limit is that of iid wherever a claim of it is proved: check it as a claim.',
});

class Specialiser {
  readonly #equation: ModifiedEquation;
  readonly #options: SpecialOptions;
  readonly #assumptions: Assumptions;
  readonly #reader: FormulaReader;
  readonly #rates = new Set<string>();

  constructor(equation: ModifiedEquation, options: SpecialOptions) {
    const { declarations } = equation.optimizer;
    this.#equation = equation;
    this.#options = options;
    this.#assumptions = assumptionsOf(declarations);
    this.#reader = new FormulaReader({ declarations, definitions: [], order: 0, ...readingOf(equation.setting) });
  }

  equation(): SpecialEquation {
    this.#scaling();
    const values = this.#equation.expressions.map(value => this.#limit(value));
    const terms = values.map(value => this.#terms(value));
    const coefficients = terms.map((each, q) => this.#write(each, this.#equation.expressions[q], q));
    const written = coefficients.map((formula, q) => ({ formula, terms: terms[q] ?? null }));
    const whole = modifiedLoss(this.#equation, written) ?? potentialLoss(this.#equation, coefficients);
    const from = this.#options.limit === null ? Math.max(0, ...terms.flat().map(vanishesUpTo)) : 0;
    return {
      ...this.#equation,
      ...this.#options,
      coefficients,
      definitions: [],
      expressions: values,
      whole,
      rate: this.#options.limit === null ? null : this.#rate(values),
      from,
    };
  }

  #rate(limits: readonly Expression[]): Rate {
    const { expressions, optimizer } = this.#equation;
    const pairs = expressions.map((value, q) => ({ value, limit: limits[q] ?? value }));
    const values = usualValues(optimizer.declarations, this.#options.values);
    return {
      orders: [...this.#rates].sort(),
      settling: this.#rates.size === 0 ? null : stepsToLimit(pairs, values, this.#assumptions),
    };
  }

  #limit(value: Expression): Expression {
    if (this.#options.limit === null) return value;
    const { value: limit, rates } = largeN(value, this.#assumptions, new Budget(STEPS));
    for (const rate of rates) this.#rates.add(rate);
    return limit;
  }

  #scaling(): RegimeScaling | null {
    const { regime } = this.#options;
    const symbols = this.#equation.optimizer.declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
    return regime === null
      ? null
      : scalingFor(regime, symbols, small => regimeDimension(small, this.#equation.optimizer));
  }

  /** The closed terms of a coefficient; in a regime those of leading order. */
  #terms(value: Expression): ClosedTerm[] {
    if (isZero(value)) return [];
    const scaling = this.#scaling();
    const sums = carryOutSums(value, this.#assumptions, new Budget(STEPS));
    const options = inlineOptions(this.#equation.optimizer);
    const terms =
      scaling === null
        ? closedTerms(sums, options)
        : leadingTerms(sums, scaling, options, this.#assumptions, new Budget(STEPS));
    return terms ?? refuse('no-closed-form', 'the equation has no closed form that could be written');
  }

  #write(terms: readonly ClosedTerm[], value: Expression | undefined, q: number): Formula {
    const options = inlineOptions(this.#equation.optimizer);
    const formula = shiftSums(writeClosed(terms, options));
    if (
      value !== undefined &&
      !this.#isRight(
        formula,
        terms.map(term => writeTerm(term, options)),
        value,
      )
    ) {
      return refuse('no-closed-form', `what was found for the coefficient of h^${q} could not be proved`);
    }
    return formula;
  }

  /** Whether the formula is the limit, or has its leading terms, in general and where something that was divided by vanishes. */
  #isRight(formula: Formula, shown: readonly Formula[], value: Expression): boolean {
    const read = (each: Formula): Expression => coefficient(this.#reader.read(each), 0);
    const scaling = this.#scaling();
    const budget = new Budget(STEPS);
    const isZeroFor = (difference: Expression): boolean =>
      testZero(difference, this.#assumptions, budget).kind === 'zero';
    const limitOf = (own: Expression, given: Assumptions): Pick<Limit, 'value' | 'divisors'> =>
      this.#options.limit === null ? { value: own, divisors: [] } : largeN(own, given, budget);
    const whole = read(formula);
    if (scaling === null)
      return inEveryCase([value, whole], this.#assumptions, budget, ([own, written], given) => {
        if (own === undefined || written === undefined) throw new Error('there are two sides');
        const limit = limitOf(own, given);
        return { result: subtract(written, limit.value), divisors: limit.divisors };
      }).every(({ result }) => isZeroFor(result));
    const terms = shown.map(read);
    if (!isZeroFor(subtract(whole, add(...terms)))) return false;
    return inEveryCase([value, ...terms], this.#assumptions, budget, ([own, ...others], given) => {
      if (own === undefined) throw new Error('there is a side');
      if (others.some(isZero)) return null;
      const limit = limitOf(own, given);
      const result = compareInRegime('the coefficient', limit.value, others, scaling, given, budget);
      return { result: result.differences, divisors: [...limit.divisors, ...result.divisors] };
    }).every(({ result }) => result.every(each => isZeroFor(each.value)));
  }
}
