/**
 * Products, quotients and whole powers as Laurent series in h: what is divided by h has a series where a factor or the numerator begins
 * with enough of it. A denominator that begins with h^v costs v powers, so that the parts are read to as many more; nothing beyond what
 * was read is taken for zero.
 *
 * Source: Remmert, Theory of Complex Functions, chapter 12.1 (Laurent series and their quotients).
 */
import { refuse } from '../../base/problem.ts';
import { multiplication, number, step, toPower } from '../../formula/build.ts';
import type { BigNode, DivideNode, Formula, PowerNode } from '../../formula/formula.ts';
import { asPopulationMean } from '../../formula/population.ts';
import { reachesStep } from '../../formula/reaches-step.ts';
import { Rational } from '../../number/rational.ts';
import { isZero, ONE_EXPRESSION, ZERO_EXPRESSION } from '../core/expression.ts';
import { asForm, type Letters } from '../core/index-form.ts';
import { addSeries, coefficient, constantSeries, negateSeries, type Series } from '../calculus/series.ts';
import type { FormulaReader } from './from-formula.ts';
import { readPower } from './powers.ts';
import { readPopulationMean } from './population.ts';
import { readSum } from './sums.ts';

/** h^{−pole} (c_0 + c_1 h + …), known through h^order, `order` that of the reader. */
export interface Laurent {
  readonly pole: number;
  readonly series: Series;
}

/** Powers of h that a denominator may begin with, or a power may have. */
const MOST_POWERS = 8;

const regular = (series: Series): Laurent => ({ pole: 0, series });

/** The Laurent series of a formula; parts other than sums, products and powers are regular or refused. */
export function laurentOf(formula: Formula, letters: Letters, reader: FormulaReader): Laurent {
  switch (formula.kind) {
    case 'multiply':
      return productOf(formula.factors, letters, reader);
    case 'divide':
      return quotientOf(formula, letters, reader);
    case 'negate': {
      const { pole, series } = laurentOf(formula.argument, letters, reader);
      return { pole, series: negateSeries(series) };
    }
    case 'add':
      // Without h it may be an index, as n + 1.
      return hasStep(formula, reader)
        ? sumOfTerms(formula.terms, letters, reader)
        : regular(reader.series(formula, letters));
    case 'power':
      return powerOf(formula, letters, reader) ?? regular(readPower(formula.base, formula.exponent, letters, reader));
    case 'sum': {
      const mean = asPopulationMean(formula);
      if (mean !== null) return regular(readPopulationMean(mean, letters, reader, formula));
      return sumOf(formula, letters, reader);
    }
    default:
      return regular(reader.series(formula, letters));
  }
}

/** The series of a + b + …. */
export function sumOfTerms(terms: readonly Formula[], letters: Letters, reader: FormulaReader): Laurent {
  const parts = terms.map(term => laurentOf(term, letters, reader));
  const pole = Math.max(...parts.map(part => part.pole));
  if (pole === 0) return regular(addSeries(...parts.map(({ series }) => series)));
  return normal(pole, addSeries(...parts.map(part => shifted(part.series, pole - part.pole))));
}

/** The series of a formula that has no pole; refuses one. */
export function withoutPole({ pole, series }: Laurent, at: Formula): Series {
  return pole === 0
    ? series
    : refuse(
        'singular-expansion',
        'a denominator vanishes as h → 0, and is not expanded',
        at.span,
        'What is divided by h has to begin with h itself, as ∇E(θ + hv) − ∇E(θ) does.',
      );
}

const hasStep = (formula: Formula, { meaning }: FormulaReader): boolean =>
  meaning.stepIsSymbol !== true && reachesStep(formula, meaning);

const shifted = (series: Series, by: number): Series =>
  series.length === 0 ? [] : [...Array.from({ length: by }, () => ZERO_EXPRESSION), ...series];

/** Without powers that are zero by their form. */
function normal(pole: number, series: Series): Laurent {
  const first = series.findIndex(value => !isZero(value));
  if (first < 0) return regular([]);
  const stripped = Math.min(pole, first);
  return { pole: pole - stripped, series: series.slice(stripped) };
}

function productOf(factors: readonly Formula[], letters: Letters, reader: FormulaReader): Laurent {
  const multiplied = (parts: readonly Laurent[]): Series =>
    parts.map(({ series }) => series).reduce((a, b) => reader.product(a, b), constantSeries(ONE_EXPRESSION));
  const parts = factors.map(factor => laurentOf(factor, letters, reader));
  const pole = parts.reduce((total, part) => total + part.pole, 0);
  if (pole === 0) return regular(multiplied(parts));
  const { order } = reader;
  const longer = factors.map((factor, at) =>
    reader.atOrder(order + pole - (parts[at]?.pole ?? 0), () => laurentOf(factor, letters, reader)),
  );
  return normal(
    pole,
    reader.atOrder(order + pole, () => multiplied(longer)),
  );
}

/** The power of h with which a formula begins, by its first coefficient that is not zero; null where none of those looked at is. */
function beginning(formula: Formula, letters: Letters, reader: FormulaReader): number | null {
  for (let more = 0; more <= MOST_POWERS; more += 1) {
    const { pole, series } = reader.atOrder(reader.order + more, () => laurentOf(formula, letters, reader));
    const first = series.findIndex(value => !isZero(value));
    if (first >= 0) return first - pole;
    if (!hasStep(formula, reader)) return null;
  }
  return null;
}

function quotientOf({ numerator, denominator }: DivideNode, letters: Letters, reader: FormulaReader): Laurent {
  const above = laurentOf(numerator, letters, reader);
  const below = laurentOf(denominator, letters, reader);
  const isSeen = below.pole === 0 && !isZero(coefficient(below.series, 0));
  // Multiplied out, (x + 1)² − x² − 2x − 1 + h is seen to begin with h; what a derivation reads is looked at in its run.
  const isPlain = isSeen && (!hasStep(denominator, reader) || reader.meaning.readAtLabels === true);
  const start = isPlain ? 0 : reader.multipliedOut(() => beginning(denominator, letters, reader));
  const inverse = (series: Series): Series => reader.power(series, Rational.minusOne, denominator);
  if (start === null) return regular(inverse([]));
  if (start === 0 && isSeen && above.pole === 0) return regular(reader.product(above.series, inverse(below.series)));
  const { order } = reader;
  const total = above.pole + start;
  const pole = Math.max(0, total);
  const powers = order + total;
  if (powers < 0) return regular([]);
  const n = reader.atOrder(Math.max(0, order + start), () => laurentOf(numerator, letters, reader));
  const d = reader.atOrder(Math.max(0, order + total + start), () =>
    isSeen && start === 0
      ? laurentOf(denominator, letters, reader)
      : reader.multipliedOut(() => laurentOf(denominator, letters, reader)),
  );
  // Both begin at the same power now: n = h^{−above.pole} (n_0 + …), d = h^start (d_0 + …).
  const top = shifted(n.series, above.pole - n.pole);
  const bottom = d.series.slice(start + d.pole);
  const quotient = reader.atOrder(powers, () => reader.product(top, inverse(bottom)));
  return normal(pole, shifted(quotient, pole - total));
}

/** Whole powers of what contains h; null for others. */
function powerOf({ base, exponent }: PowerNode, letters: Letters, reader: FormulaReader): Laurent | null {
  const form = asForm(exponent, letters);
  if (form === null || form.terms.length > 0 || !hasStep(base, reader) || Math.abs(form.constant) > MOST_POWERS)
    return null;
  if (form.constant < 0) {
    const below = form.constant === -1 ? base : toPower(base, number(-form.constant));
    return quotientOf({ kind: 'divide', span: base.span, numerator: number(1), denominator: below }, letters, reader);
  }
  if (laurentOf(base, letters, reader).pole === 0) return null;
  return productOf(
    Array.from({ length: form.constant }, () => base),
    letters,
    reader,
  );
}

/** Σ of what has a pole: that of h^pole times it, read to so many more powers. */
function sumOf(node: BigNode, letters: Letters, reader: FormulaReader): Laurent {
  const { order } = reader;
  let pole = 0;
  const first = readSum(node, letters, reader, (body, inner) => {
    const found = laurentOf(body, inner, reader);
    pole = Math.max(pole, found.pole);
    return found.pole === 0 ? found.series : [];
  });
  if (pole === 0) return regular(first);
  const lifted = multiplication(toPower(step, number(pole)), node.body);
  return normal(
    pole,
    reader.atOrder(order + pole, () =>
      readSum({ ...node, body: lifted }, letters, reader, (body, inner) =>
        withoutPole(laurentOf(body, inner, reader), node),
      ),
    ),
  );
}
