/**
 * What a derived theorem consists of, whatever it is printed in: an equation built from the coefficients, the range where
 * it holds, and the definitions it uses.
 */
import type { Regime } from '../../notation/regimes.ts';
import { type MeanOf, type Setting, isEpoch } from '../../notation/settings.ts';
import {
  addition,
  divide,
  index,
  iterate,
  multiplication,
  negation,
  number,
  toPower,
  step,
} from '../../formula/build.ts';
import { BATCHES, COMPONENT, ITERATION, OTHER_COMPONENT } from '../../formula/formula.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import type { SwitchingSet } from '../../formula/pieces/switching.ts';
import { inkFor, writeLeftSide } from '../../latex/write/write-formula.ts';
import type { Format } from '../../latex/write/write-formula.ts';
import type { PrintedPiece } from '../../latex/write/write-box.ts';
import { write } from '../../latex/write/write-node.ts';
import { flatFactors, signedTerms } from '../../latex/write/write-terms.ts';
import { writeLines } from '../../latex/write/write-lines.ts';
import type { Line, Margins } from '../../latex/write/write-lines.ts';
import type { Ink } from '../../latex/write/write-ink.ts';
import { Rational } from '../../number/rational.ts';
import type { Rate } from '../../prove/limit/settling.ts';
import type { Notation, Optimizer } from '../../optimizer/model.ts';
import { present } from './present.ts';

export type EquationStyle = 'sums' | 'operator';

/** The part of a modified equation that is printed. */
export interface Theorem {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  /** What a mean over the batches is taken of. */
  readonly mean?: MeanOf;
  /** coefficients[q] belongs to h^q in the flow, to h^{q+1} in the map. */
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
  /** Of a stochastic equation, whose drift the coefficients are: squaredNoise[q] is the coefficient of h^q in (σσ^⊤)_{ji}. */
  readonly squaredNoise?: readonly Formula[];
  /** losses[q] is the coefficient of h^q in the modified loss whose gradient flow the equation is. */
  readonly losses?: readonly Formula[];
  /** The same coefficients with every definition inserted, as a further side of the equation; null or left out: none. */
  readonly inserted?: readonly Formula[] | null;
  /** The whole right side of the flow as the gradient of a modified loss; null or left out: it is none. */
  readonly whole?: Formula | null;
  /** For n → ∞ and in regimes: `regime` makes the equation one between leading terms. */
  readonly limit?: 'large-n' | null;
  readonly regime?: Regime | null;
  /** How fast the limit is reached. */
  readonly rate?: Rate | null;
  /** Where no coefficient has a value, because the rule switches. */
  readonly switches?: readonly SwitchingSet[];
  /** What one should know of the equation, as that it is not uniform in n; LaTeX names in plain sentences. */
  readonly notes?: readonly string[];
  /** How components are written: summed over, or left out with the derivatives as operators, ∇³E[∇E, ∇E]. */
  readonly style?: EquationStyle;
  /** The least n for which an equation between leading terms, or a closed form, holds. */
  readonly from?: number;
}

/** One equation of the theorem, its right side broken into lines. */
export interface PrintedEquation {
  readonly left: PrintedPiece;
  readonly relation: string;
  readonly lines: readonly Line[];
}

/** The modified loss where the equation is the gradient flow of one: \tilde E(\theta) = …; else null. */
export function printModifiedLoss(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation | null {
  if (!theorem.losses || theorem.squaredNoise) return null;
  const body = powersOfStep(theorem.losses, 0);
  const own = { name: `\\tilde{${notation.loss}}`, indices: [], indexSorts: [], labels: [], body, span: null };
  const { left, ink } = writeLeftSide(own, notation, format);
  const { equals } = ink.style;
  return { left, relation: equals, lines: writeLines(body, ink, { ...margins, first: left.width + 3 }) };
}

/** The whole right side: f_0 + h f_1 + h² f_2 + …, with θ_j in front for the map. */
const rightSide = ({ form, coefficients }: Theorem): Formula =>
  form === 'map' ? powersOfStep(coefficients, 1, iterate(index(COMPONENT))) : powersOfStep(coefficients, 0);

/** start + h^s c_0 + h^{s+1} c_1 + …, with s the `lowest` power; terms that are zero are left out. */
export function powersOfStep(coefficients: readonly Formula[], lowest: number, start?: Formula): Formula {
  const terms = coefficients.flatMap((coefficient, q) =>
    isZero(coefficient) ? [] : [scaled(coefficient, q + lowest)],
  );
  const [only, ...others] = [...(start ? [start] : []), ...terms];
  if (!only) return number(0);
  return others.length === 0 ? only : addition(only, ...others);
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** h^q times a formula as one writes it: −h x for h (−x), h/2 x for h · 1/2 x, −h (x + y) for h (−x − y). */
function scaled(formula: Formula, q: number): Formula {
  if (q === 0) return formula;
  const terms = signedTerms(formula);
  const [first, ...others] = terms;
  const scale = q === 1 ? step : toPower(step, number(q));
  if (!first) return number(0);
  const allNegative = terms.every(({ negative }) => negative);
  const sum = addition(...terms.map(({ negative, term }) => (negative && !allNegative ? negation(term) : term)));
  const positive = others.length > 0 ? multiplication(scale, sum) : scaledTerm(first.term, scale);
  return allNegative || (others.length === 0 && first.negative) ? negation(positive) : positive;
}

function scaledTerm(term: Formula, scale: Formula): Formula {
  const [front, ...behind] = term.kind === 'multiply' ? flatFactors(term) : [term];
  const ratio = front ? numericRatio(front) : null;
  if (front?.kind === 'divide' && ratio === null && isOne(front.numerator))
    return behind.length === 0
      ? divide(scale, front.denominator)
      : multiplication(divide(scale, front.denominator), ...behind);
  if (ratio === null) return multiplication(scale, term);
  const above = ratio.num === 1n ? scale : multiplication(number(Rational.of(ratio.num)), scale);
  return multiplication(ratio.isInteger() ? above : divide(above, number(Rational.of(ratio.den))), ...behind);
}

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isOne();

/** The value of a number or of a quotient of numbers. */
function numericRatio(formula: Formula): Rational | null {
  if (formula.kind === 'number') return formula.value;
  if (formula.kind !== 'divide' || formula.numerator.kind !== 'number' || formula.denominator.kind !== 'number')
    return null;
  return formula.denominator.value.isZero() ? null : formula.numerator.value.divide(formula.denominator.value);
}

/** The equation: \dot{\tilde\theta}_j(t) = …, or \theta_j^{(n+1)} = …. */
export function printEquation(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation {
  const { whole = null } = theorem;
  if (theorem.squaredNoise) return printStochastic(theorem, notation, format);
  // Where the definitions are named the gradient of the modified loss is a further side.
  return isSpecial(theorem) && whole
    ? printRight(theorem, whole, notation, format, margins)
    : printSide(theorem, theorem.coefficients, notation, format, margins);
}

const isSpecial = ({ limit = null, regime = null }: Theorem): boolean => limit !== null || regime !== null;

/** Further right sides below the equation: with its definitions inserted, and as the gradient of a modified loss. */
export function printFurther(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation[] {
  const { inserted = null, whole = null } = theorem;
  // Operators say in one line what the further sides are for.
  if (theorem.style === 'operator' || theorem.squaredNoise) return [];
  return [
    ...(inserted ? [printSide(theorem, inserted, notation, format, margins)] : []),
    ...(whole && !isSpecial(theorem) ? [printRight(theorem, whole, notation, format, margins)] : []),
  ];
}

/** d\theta_j = b_j\,dt + \sum_i\sigma_{ji}\,dW_i, with letters that the optimizer does not have. */
function printStochastic(theorem: Theorem, notation: Notation, format: Format): PrintedEquation {
  const { style } = inkFor([], notation, format, { current: 'moving' });
  const { drift, root } = stochasticLetters(theorem);
  const [j, i] = [notation.component, notation.component === 'i' ? 'j' : 'i'];
  const latex = format === 'latex';
  const piece = (text: string): PrintedPiece => ({
    text,
    width: text.replace(/\\[a-z]+|[{}_\\,]/gi, '').length + 4,
    tall: false,
  });
  const point = style.point(notation.parameters).text;
  const left = piece(latex ? `d${notation.parameters}_${j}` : `d${style.name(notation.parameters).text}_${j}`);
  const b = latex ? `${drift}_${j}(${point})\\,dt` : `${drift}_${j}(${point}) dt`;
  const noise = latex ? `\\sum_${i} ${root}_{${j}${i}}\\,dW_${i}` : `Σ_${i} ${style.name(root).text}_${j}${i} dW_${i}`;
  const isSilent = theorem.squaredNoise?.every(isZero) === true;
  return { left, relation: style.equals, lines: [{ ...piece(isSilent ? b : `${b} + ${noise}`), indent: 0 }] };
}

/** The drift, and the square of what stands before dW. */
function partsOfStochastic(theorem: Theorem, noise: readonly Formula[], format: Format): Definition[] {
  const { drift, root } = stochasticLetters(theorem);
  const own = { labels: [], span: null };
  const drifts = { ...own, name: drift, indices: [COMPONENT], indexSorts: ['coordinate' as const] };
  const square = {
    ...own,
    name: format === 'latex' ? `(${root}${root}^\\top)` : '(σσ^T)',
    indices: [COMPONENT, OTHER_COMPONENT],
    indexSorts: ['coordinate' as const, 'coordinate' as const],
  };
  return [
    { ...drifts, body: powersOfStep(theorem.coefficients, 0) },
    ...theorem.definitions,
    ...(noise.every(isZero) ? [] : [{ ...square, body: powersOfStep(noise, 0) }]),
  ];
}

function stochasticLetters({ optimizer: { declarations, notation } }: Theorem): { drift: string; root: string } {
  const taken = new Set([...declarations.map(({ name }) => name), notation.parameters, notation.loss, notation.step]);
  const free = (letters: readonly [string, ...string[]]): string =>
    letters.find(letter => !taken.has(letter)) ?? letters[0];
  return { drift: free(['b', 'a', 'c', 'F']), root: free(['\\sigma', 'S', '\\varsigma']) };
}

function printSide(
  theorem: Theorem,
  coefficients: readonly Formula[],
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation {
  const ink = inkOf(theorem, coefficients, notation, format);
  const isWide = isWiderThan(margins.width, ink);
  const right = rightSide({ ...theorem, coefficients: coefficients.map(coefficient => present(coefficient, isWide)) });
  return printRight(theorem, right, notation, format, margins);
}

const inkOf = ({ form }: Theorem, formulas: readonly Formula[], notation: Notation, format: Format): Ink =>
  inkFor(formulas, notation, format, { current: form === 'flow' ? 'moving' : 'iterate' });

function printRight(
  theorem: Theorem,
  right: Formula,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation {
  const plain = inkOf(theorem, [right], notation, format);
  const ink = theorem.style === 'operator' ? plain.asOperators(COMPONENT) : plain;
  const { style } = ink;
  const isLogarithm = theorem.form === 'flow' && theorem.mean === 'map';
  const own =
    theorem.form === 'flow'
      ? style.flow(notation.parameters, ink.bare ? null : style.name(notation.component), notation.time, isLogarithm)
      : write(iterate(index(COMPONENT), addition(index(ITERATION), number(1))), ink);
  const left = theorem.mean === undefined || isLogarithm ? own : style.expectation(own);
  const lines = writeLines(right, ink, { ...margins, first: left.width + 3 });
  return { left, relation: (theorem.regime ?? null) === null ? style.equals : style.approximately, lines };
}

/** The definitions, one equation each. */
export function printDefinitions(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation[] {
  const definitions = theorem.squaredNoise
    ? partsOfStochastic(theorem, theorem.squaredNoise, format)
    : theorem.definitions;
  return definitions.flatMap(definition => {
    const written = writeLeftSide(definition, notation, format, {
      asOperators: theorem.style === 'operator',
      withoutPoint: definition.indices.length > 1,
    });
    const { relation, ink, start } = written;
    return [written, ...(start === null ? [] : [start])].map(({ left, body }) => {
      const shown = present(body, isWiderThan(margins.width, ink));
      return { left, relation, lines: writeLines(shown, ink, { ...margins, first: left.width + 4 }) };
    });
  });
}

/** A fraction that would leave no room for the rest of its line. */
export const isWiderThan =
  (width: number, ink: Ink) =>
  (fraction: Formula): boolean =>
    ink.style.stacked && write(fraction, ink).width > 0.7 * width;

/** Where a flow holds: t ∈ [nh, (n+1)h], or [0, mh] for an epoch; a map and the limit hold for every n and have no range. */
export function printRange(theorem: Theorem, notation: Notation, format: Format): PrintedPiece | null {
  if (theorem.squaredNoise) return null;
  if (isSpecial(theorem)) return printFrom(theorem, notation, format);
  if (theorem.form === 'map') return null;
  const wholeEpoch = isEpoch(theorem.setting);
  const from = wholeEpoch ? number(0) : multiplication(index(ITERATION), step);
  const to = wholeEpoch
    ? multiplication(index(BATCHES), step)
    : multiplication(addition(index(ITERATION), number(1)), step);
  const ink = inkFor([from, to], notation, format, { current: 'moving' }).inScript();
  const range = ink.style.interval(ink.style.name(notation.time), write(from, ink), write(to, ink));
  const least = printFrom(theorem, notation, format);
  return least === null ? range : ink.style.both(range, least);
}

/** The steps for which an equation between leading terms, or a closed form, holds; null where it holds for all. */
function printFrom({ from = 0 }: Theorem, notation: Notation, format: Format): PrintedPiece | null {
  if (from === 0) return null;
  const { style } = inkFor([], notation, format, { current: 'moving' });
  return style.condition(style.name(notation.iteration), style.number(`${from}`));
}
