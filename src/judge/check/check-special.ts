/**
 * Equations that no run of a few steps in series of h can speak of, checked before they are printed: that of a reshuffled epoch beside the
 * mean of the optimizer's iterates over all orders of its batches, and the leading terms of a regime beside the equation itself as the
 * gradient becomes large or small. What differs is never printed.
 */
import type { Regime } from '../../notation/regimes.ts';
import { refuseEarlierBatch } from '../../derivation/mean/derive-mean.ts';
import { isMean } from '../../notation/settings.ts';
import { rowsOverDraws } from '../kinds/motion/over-draws.ts';
import { Budget } from '../../base/budget.ts';
import { UNCHANGED } from '../../document/changes.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { addition, index, iterate, multiplication, number, toPower, step } from '../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, OTHER_COMPONENT } from '../../formula/formula.ts';
import { replaceIndex } from '../../optimizer/replace.ts';
import type { Sample } from '../sample/sample.ts';
import { samplesOf } from '../sample/arbitrary-sample.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { DerivedSide } from '../numeric/derived-side.ts';
import type { Question } from '../question.ts';
import { questionOf } from '../question-of.ts';
import type { RowSource } from '../numeric/row-source.ts';
import { type Printed, PrintedWrongly } from './self-check.ts';
import { withinBudget } from '../within-budget.ts';

/** Samples that are drawn, and how many of them that tell something are enough. */
const SAMPLES = 12;
const ENOUGH = 3;
const DIGITS = 20;
/** A sample that costs more than a derivation does is given up; the clock takes no part. */
const MOST_STEPS = 1_500_000;

/** Throws {@link PrintedWrongly} where the equation of an epoch is not that of the mean over its orders. */
export function checkEpoch(printed: Printed): void {
  for (const side of sidesOf(printed))
    refuseDifference(questionFor(printed, side, null, null), 'the equation of an epoch');
}

/** Throws {@link PrintedWrongly} where a mean over the batches is not that of the optimizer's runs with every sequence of them. */
export function checkMean(printed: Printed): void {
  const { optimizer, setting, form, mean = 'map', order } = printed;
  if (!isMean(setting)) return;
  refuseEarlierBatch(optimizer);
  const values = rowsOverDraws({ optimizer, setting, form, mean, order });
  for (const side of sidesOf(printed)) {
    const question = questionFor(printed, side, null, values);
    refuseDifference(
      { ...question, space: { ...question.space, largestN: LARGEST_OF_MEAN } },
      'the mean over the batches',
    );
  }
}

/** Throws {@link PrintedWrongly} where the noise of a stochastic equation is not the covariance of the optimizer's step over the batches. */
export function checkNoise({ optimizer, setting, order }: Printed, noise: readonly Formula[]): void {
  const { declarations } = optimizer;
  if (setting !== 'iid') return;
  const runs = rowsOverDraws({
    optimizer,
    setting,
    form: 'flow',
    mean: 'map',
    order,
    noise: OTHER_COMPONENT,
    memoryless: true,
  });
  const budget = Budget.unlimited();
  const at = (sample: Sample): readonly Formula[] => {
    const other = number(sample.letters.get(OTHER_COMPONENT) ?? 1);
    return noise.map(each => replaceIndex(each, OTHER_COMPONENT, other));
  };
  const question: Question = {
    space: { setting, declarations, letters: new Map([[OTHER_COMPONENT, 'coordinate']]), largestN: LARGEST_OF_MEAN },
    relation: '=',
    componentwise: true,
    claimed: (sample, digits) =>
      new DerivedSide({ coefficients: at(sample), definitions: [] }, declarations).at(sample, digits, budget),
    derived: (sample, digits) => runs.at(sample, digits, budget),
    quantity: row => `coefficient of h^${row}`,
  };
  if (noise.length > 1) refuseDifference(question, 'the noise of the stochastic equation');
}

/** Few steps have few sequences of batches. */
const LARGEST_OF_MEAN = 2;

/** The leading terms of a regime, for n → ∞ where a limit is taken first. */
export interface PrintedRegime extends Printed {
  readonly regime: Regime;
  readonly limit: 'large-n' | null;
  /** The least n from which on no term that is shown vanishes. */
  readonly from: number;
}

/** Throws {@link PrintedWrongly} where what is printed are not the leading terms of `finite`, which holds for every gradient. */
export function checkRegime(printed: PrintedRegime, finite: Printed): void {
  for (const each of sidesOf(printed))
    refuseDifference(
      questionFor(printed, each, printed, valuesOf(finite)),
      'what is printed for the regime',
      printed.from,
    );
}

/** The judge's own questions whether the sides of a closed form are those of the equation that it was made of, and the values of that. */
export function sideQuestions(
  printed: Printed,
  finite: Printed,
  budget: Budget,
): { readonly question: Question; readonly values: RowSource }[] {
  const values = valuesOf(finite);
  return sidesOf(printed).map(side => ({ question: questionFor(printed, side, null, values, budget), values }));
}

/** The values of an equation at finite n. */
function valuesOf(finite: Pick<Printed, 'optimizer' | 'coefficients' | 'definitions' | 'form'>): RowSource {
  const source = new DerivedSide(finite, finite.optimizer.declarations);
  return { at: (...asked: Parameters<DerivedSide['at']>) => source.at(...asked) };
}

interface Side {
  readonly right: Formula;
  readonly definitions: readonly Definition[];
}

/** The right sides that are printed of one equation. */
function sidesOf({ coefficients, definitions, inserted = null, whole = null, form }: Printed): Side[] {
  const sides = [{ right: rightSide(coefficients, form), definitions }];
  if (inserted) sides.push({ right: rightSide(inserted, form), definitions: [] });
  if (whole && form === 'flow') sides.push({ right: whole, definitions });
  return sides;
}

function rightSide(coefficients: readonly Formula[], form: Printed['form']): Formula {
  const lowest = form === 'map' ? 1 : 0;
  const terms = coefficients.flatMap((each, q) =>
    each.kind === 'number' && each.value.isZero()
      ? []
      : [q + lowest === 0 ? each : multiplication(toPower(step, number(q + lowest)), each)],
  );
  const all = form === 'map' ? [iterate(index(COMPONENT)), ...terms] : terms;
  const [only, ...others] = all;
  if (!only) return number(0);
  return others.length === 0 ? only : addition(only, ...others);
}

/** The judge's own question whether the coefficients of a limit or a regime are those of the equation at finite n. */
export function specialQuestion(
  printed: Printed,
  finite: Parameters<typeof valuesOf>[0],
  special: Pick<PrintedRegime, 'limit'> & { readonly regime: Regime | null },
  budget: Budget,
): Question {
  const side = { right: rightSide(printed.coefficients, printed.form), definitions: printed.definitions };
  return questionFor(printed, side, special, valuesOf(finite), budget);
}

/** The judge's own question for a side, as if it were claimed; the optimizer, or the equation that is given, is the other side. */
function questionFor(
  { optimizer, setting, order, form, mean }: Printed,
  { right, definitions }: Side,
  special: (Pick<PrintedRegime, 'limit'> & { readonly regime: Regime | null }) | null,
  source: RowSource | null,
  budget: Budget = new Budget(MOST_STEPS),
): Question {
  const { declarations, notation, span } = optimizer;
  const statement: Statement = {
    id: optimizer.id,
    kind: form,
    relation: (special?.regime ?? null) === null ? '=' : '\\approx',
    left: iterate(index(COMPONENT)),
    right,
    remainder: null,
    condition: null,
    span,
    ...(mean === undefined ? {} : { mean }),
  };
  const claim: Claim = {
    id: optimizer.id,
    span,
    notation,
    about: optimizer.id,
    setting,
    order,
    limit: special?.limit ?? null,
    regime: special?.regime ?? null,
    ...UNCHANGED,
    sameAs: null,
    given: [],
    assume: [],
    vector: null,
    expect: 'proved',
    declarations,
    definitions,
    statements: [statement],
  };
  return questionOf({
    claim,
    statement,
    optimizer,
    declarations,
    side: source,
    other: null,
    budget,
  });
}

function refuseDifference(question: Question, what: string, from = 0): void {
  let told = 0;
  for (const sample of samplesOf(question.space, 1, SAMPLES)) {
    if (sample.n < from) continue;
    const said = withinBudget(
      () => compareSides(question, sample, DIGITS),
      () => null,
    );
    // A spent budget stays spent.
    if (said === null) return;
    if (said.kind === 'differ')
      throw new PrintedWrongly(`${what} does not follow the optimizer: the ${question.quantity(said.row)} differs`);
    if (said.kind === 'agree') told += 1;
    if (told === ENOUGH) return;
  }
}
