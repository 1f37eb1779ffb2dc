/**
 * What a derived theorem consists of, whatever it is printed in: an equation built from the coefficients, the range where
 * it holds, and the definitions it uses.
 */
import { add, divide, index, iterate, multiply, negate, number, power, step } from '../formula/build.ts';
import { COMPONENT, ITERATION } from '../formula/formula.ts';
import type { Definition, Formula } from '../formula/formula.ts';
import { inkFor, writeLeftSide } from '../latex/write-formula.ts';
import type { Format } from '../latex/write-formula.ts';
import type { Piece } from '../latex/write-box.ts';
import { write } from '../latex/write-node.ts';
import { flatFactors, signedTerms } from '../latex/write-terms.ts';
import { writeLines } from '../latex/write-lines.ts';
import type { Line, Margins } from '../latex/write-lines.ts';
import type { Ink } from '../latex/write-ink.ts';
import { Rational } from '../number/rational.ts';
import type { Notation, Optimizer } from '../optimizer/model.ts';
import { present } from './present.ts';

/** The part of a modified equation that is printed. */
export interface Theorem {
  readonly optimizer: Optimizer;
  readonly setting: string;
  readonly order: number;
  readonly form: 'flow' | 'map';
  /** coefficients[q] belongs to h^q in the flow, to h^{q+1} in the map. */
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

/** One equation of the theorem, its right side broken into lines. */
export interface PrintedEquation {
  readonly left: Piece;
  readonly relation: string;
  readonly lines: readonly Line[];
}

/** The whole right side: f_0 + h f_1 + h² f_2 + …, with θ_j in front for the map. */
export function rightSide(theorem: Theorem): Formula {
  const shift = theorem.form === 'map' ? 1 : 0;
  const terms = theorem.coefficients.flatMap((coefficient, q) =>
    isZero(coefficient) ? [] : [scaled(coefficient, q + shift)],
  );
  const start = theorem.form === 'map' ? [iterate(index(COMPONENT))] : [];
  const [only, ...others] = [...start, ...terms];
  if (!only) return number(0);
  return others.length === 0 ? only : add(only, ...others);
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** h^q times a formula as one writes it: −h x for h (−x), and h/2 x for h · 1/2 x. */
function scaled(formula: Formula, q: number): Formula {
  if (q === 0) return formula;
  const [first, ...others] = signedTerms(formula);
  const scale = q === 1 ? step : power(step, number(q));
  if (!first || others.length > 0) return multiply(scale, formula);
  const factors = first.term.kind === 'multiply' ? flatFactors(first.term) : [first.term];
  const [front, ...behind] = factors;
  const positive =
    front?.kind === 'number' && !front.value.isInteger()
      ? multiply(divide(withNumerator(front.value, scale), number(Rational.of(front.value.den))), ...behind)
      : front?.kind === 'number'
        ? multiply(front, scale, ...behind)
        : multiply(scale, ...factors);
  return first.negative ? negate(positive) : positive;
}

const withNumerator = (value: Rational, scale: Formula): Formula =>
  value.num === 1n ? scale : multiply(number(Rational.of(value.num)), scale);

/** The equation: \dot{\tilde\theta}_j(t) = …, or \theta_j^{(n+1)} = …. */
export function printEquation(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation {
  const typed = rightSide(theorem);
  const ink = inkFor([typed], notation, format, { current: theorem.form === 'flow' ? 'moving' : 'iterate' });
  const right = present(typed, isWiderThan(margins.width, ink));
  const { style } = ink;
  const left =
    theorem.form === 'flow'
      ? style.flow(notation.parameters, style.name(notation.component), notation.time)
      : write(iterate(index(COMPONENT), add(index(ITERATION), number(1))), ink);
  const lines = writeLines(right, ink, { ...margins, first: left.width + 3 });
  return { left, relation: style.equals, lines };
}

/** The definitions, one equation each. */
export function printDefinitions(
  theorem: Theorem,
  notation: Notation,
  format: Format,
  margins: Omit<Margins, 'first'>,
): PrintedEquation[] {
  return theorem.definitions.map(definition => {
    const { left, relation, ink } = writeLeftSide(definition, notation, format);
    const body = present(definition.body, isWiderThan(margins.width, ink));
    return { left, relation, lines: writeLines(body, ink, { ...margins, first: left.width + 4 }) };
  });
}

/** A fraction that would leave no room for the rest of its line. */
const isWiderThan =
  (width: number, ink: Ink) =>
  (fraction: Formula): boolean =>
    ink.style.stacked && write(fraction, ink).width > 0.7 * width;

/** Where a flow holds: t ∈ [nh, (n+1)h]; a map holds for every n and has no range. */
export function printRange(theorem: Theorem, notation: Notation, format: Format): Piece | null {
  if (theorem.form === 'map') return null;
  const from = multiply(index(ITERATION), step);
  const to = multiply(add(index(ITERATION), number(1)), step);
  const ink = { ...inkFor([from, to], notation, format, { current: 'moving' }), tight: true };
  return ink.style.interval(ink.style.name(notation.time), write(from, ink), write(to, ink));
}
