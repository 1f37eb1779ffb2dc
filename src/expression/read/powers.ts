/** Powers, max, min and norms in formulas, as series in h. */
import { refuse } from '../../base/problem.ts';
import { call, multiplication } from '../../formula/build.ts';
import type { ExtremumNode, Formula, NormNode } from '../../formula/formula.ts';
import { reachesStep } from '../../formula/reaches-step.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { asNumber, type Expression, isZero, scale, sumOver } from '../core/expression.ts';
import { asForm, formAndFraction, type Letters } from '../core/index-form.ts';
import { openIndex } from '../core/indices.ts';
import { isScalar } from '../arithmetic/scalar.ts';
import { isSurelyPositive } from '../arithmetic/sure-sign.ts';
import { powerOfForm } from '../arithmetic/power-of-form.ts';
import { addSeries, coefficient, constantSeries, mapSeries, negateSeries, type Series } from '../calculus/series.ts';
import { zeroToForm } from '../calculus/substitute-symbol.ts';
import type { FormulaReader } from './from-formula.ts';

export function readPower(base: Formula, exponent: Formula, letters: Letters, reader: FormulaReader): Series {
  const form = asForm(exponent, letters);
  if (form !== null && form.terms.length === 0 && form.constant > 0 && form.constant % 2 === 0 && isEuclidean(base)) {
    const square = squareOfNorm(base, letters, reader);
    if (square !== null) return form.constant === 2 ? square : integerPower(square, form.constant / 2, base, reader);
  }
  const baseSeries = reader.series(base, letters);
  if (form !== null && form.terms.length === 0) return integerPower(baseSeries, form.constant, base, reader);
  if (form !== null) return constantSeries(indexPower(baseSeries, form, base));
  const parts = formAndFraction(exponent, letters);
  if (parts !== null && parts.form.terms.length > 0) return fractionalPower(baseSeries, parts, base, reader);
  // x^h is no power by the number that h tends to.
  const { meaning } = reader;
  const containsStep = meaning.stepIsSymbol !== true && reachesStep(exponent, meaning);
  const value = containsStep ? null : asNumber(coefficient(reader.series(exponent, letters), 0));
  if (value === null) return realPower(baseSeries, base, exponent, letters, reader);
  return reader.power(baseSeries, value, base);
}

/** x^y = exp(y log x) of x > 0, which is what a real power is: (n+1)^{−γ}, (v+ε)^q. The exponent is one of numbers, n and hyperparameters alone. */
function realPower(
  baseSeries: Series,
  base: Formula,
  exponent: Formula,
  letters: Letters,
  reader: FormulaReader,
): Series {
  const exponentSeries = reader.series(exponent, letters);
  const isPlain = exponentSeries.every(isScalar);
  // |x| in a rule's own rows is above zero wherever nothing switches, and elsewhere the rule has no value.
  const isAbove = reader.meaning.pieces === true && base.kind === 'absolute';
  if (!isPlain || !(isAbove || isSurelyPositive(coefficient(baseSeries, 0), reader.assumptions)))
    return refuse(
      'exponent-not-covered',
      'an exponent must be a number or a sum of index letters, or one of hyperparameters over what is surely positive, as v + \\varepsilon',
      exponent.span,
      'What is not negative and may be zero is read with bars, |v|^p, in the rows of an optimizer.',
    );
  return reader.series(call('exp', multiplication(exponent, call('log', base))), letters);
}

function integerPower(base: Series, exponent: number, at: Formula, reader: FormulaReader): Series {
  if (exponent >= 2 && exponent <= 4 && (base.length > 1 || !reader.keepsTogether)) {
    let result = base;
    for (let i = 1; i < exponent; i += 1) result = reader.product(result, base);
    return result;
  }
  return reader.power(base, Rational.of(exponent), at);
}

/** 2^{n+1/2} = 2^n 2^{1/2}, of positive numbers alone: elsewhere one side may have no value where the other has one. */
function fractionalPower(
  base: Series,
  parts: { form: LinearForm; fraction: Rational },
  at: Formula,
  reader: FormulaReader,
): Series {
  const value = base.length > 1 ? null : asNumber(coefficient(base, 0));
  if (value === null || value.sign() <= 0)
    return refuse(
      'exponent-not-covered',
      'an index beside a fraction in an exponent is covered for positive numbers only',
      at.span,
    );
  const whole = constantSeries(indexPower(base, parts.form, at));
  return reader.product(whole, reader.power(base, parts.fraction, at));
}

/** A power whose exponent contains indices: ρ^{n−k}. */
function indexPower(base: Series, form: LinearForm, at: Formula): Expression {
  if (base.length > 1)
    return refuse('exponent-not-covered', 'a power with an index in its exponent must not contain h', at.span);
  const value = coefficient(base, 0);
  return (
    (isZero(value) ? zeroToForm(form) : powerOfForm(value, form)) ??
    refuse('exponent-not-covered', 'this base cannot have an index in its exponent', at.span)
  );
}

/** max(a, b) = (a + b + |a − b|)/2, min(a, b) = (a + b − |a − b|)/2. */
export function readExtremum(node: ExtremumNode, letters: Letters, reader: FormulaReader): Series {
  const [first, ...others] = node.arguments.map(argument => reader.series(argument, letters));
  const isWithin = reader.meaning.pieces === true;
  if (first === undefined || (!isWithin && [first, ...others].some(each => each.length > 1)))
    return refuse('extremum-not-covered', `a ${node.which} of what contains h is not covered`, node.span);
  return others.reduce((best, other) => {
    const gap = reader.absolute(addSeries(best, negateSeries(other)), node);
    const twice = addSeries(best, other, node.which === 'max' ? gap : negateSeries(gap));
    return mapSeries(twice, value => scale(value, Rational.of(1, 2)));
  }, first);
}

const isEuclidean = (base: Formula): base is NormNode =>
  base.kind === 'norm' && base.order === 2 && base.perturbation === null;

/**
 * ‖v‖² of a state that is defined by its recursion as the sum of squares that it is: it has derivatives where v is zero, as it starts. Null for
 * others, whose norm has a name of its own.
 */
function squareOfNorm(node: NormNode, letters: Letters, reader: FormulaReader): Series | null {
  const open = openIndex('coordinate');
  const entry = reader.series(node.argument.body, new Map(letters).set(node.argument.index, variableForm(open)));
  const isOfSequence = coefficient(entry, 0).terms.some(({ factors }) =>
    factors.some(({ factor }) => factor.kind === 'recursive'),
  );
  if (!isOfSequence) return null;
  return mapSeries(reader.product(entry, entry), value => sumOver(value, open, 'coordinate', []));
}

export function readNorm(node: Extract<Formula, { kind: 'norm' }>, letters: Letters, reader: FormulaReader): Series {
  const open = openIndex('coordinate');
  const entry = reader.series(node.argument.body, new Map(letters).set(node.argument.index, variableForm(open)));
  const sum = (series: Series): Series => mapSeries(series, value => sumOver(value, open, 'coordinate', []));
  const square = reader.product(entry, entry);
  if (node.order === 2) return reader.power(sum(square), Rational.of(1, 2), node);
  if (node.perturbation === null) return sum(reader.absolute(entry, node));
  return sum(reader.power(addSeries(square, reader.series(node.perturbation, letters)), Rational.of(1, 2), node));
}
