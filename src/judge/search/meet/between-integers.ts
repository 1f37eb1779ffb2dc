/**
 * Polynomials in two integers and more that vanish between them, along a curve: n⁴ − 122n²p² + 3721p⁴ − 4 is negative near n = p√61, and
 * positive at all small integers. Whether integers lie there is Pell's equation and its relatives, so that nothing is told.
 */
import { RATIONAL_KINDS, setOfKinds } from '../../../formula/arithmetic.ts';
import { subtraction } from '../../../formula/build.ts';
import { DIMENSION, type Formula, ITERATION } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import { Rational } from '../../../number/rational.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { Sample, SampleSpace } from '../../sample/sample.ts';
import { withDefinitions } from '../../stated/stated-formulas.ts';
import { WITHOUT_LOSSES } from '../../stated/without-losses.ts';
import type { SearchTask } from '../search-task.ts';
import { atIteration } from '../variables.ts';
import { irrationalZeros } from './irrational-zeros.ts';
import { polynomialIn } from './polynomial-in.ts';

/** What the others are while one letter is followed: n and the labels, p. */
const OTHERS = [
  [97, 31],
  [1_009, 101],
] as const;

interface Asked {
  readonly formula: Formula;
  /** Its integers. */
  readonly free: readonly string[];
  readonly task: SearchTask;
  /** Scalars have their values there. */
  readonly sample: Sample;
  /** What may not be: to be zero, or to have this sign. */
  readonly forbidden: 'zero' | 1 | -1;
}

/** Samples whose scalars are put in. */
const MOST_SAMPLES = 3;

/** Whether a formula in these integers vanishes along such a curve; false for other formulas. */
export const isZeroBetween = (formula: Formula, free: readonly string[], task: SearchTask): boolean =>
  task.samples.slice(0, 1).some(sample => failsBetween({ formula, free, task, sample, forbidden: 'zero' }));

/**
 * For an inequality: why it may fail between small integers. Its gap may not have the wrong sign along a curve, and no sum in it may
 * vanish there where the gap as a whole is no polynomial.
 */
export function openBetween(task: SearchTask): string | null {
  const { claim, statement, question, samples } = task;
  const { left, right } = statement;
  const isUpper = question.relation === '<' || question.relation === '\\le';
  const gap = isUpper ? subtraction(right, left) : subtraction(left, right);
  const isStrict = question.relation === '<' || question.relation === '>';
  const forbidden = isStrict ? 'zero' : -1;
  const parts = isPolynomial(gap)
    ? [{ formula: gap, forbidden } as const]
    : withDefinitions([left, right], claim.definitions)
        .flatMap(sumsIn)
        .map(formula => ({ formula, forbidden: 'zero' }) as const);
  for (const { formula, forbidden: not } of parts) {
    const free = lettersOf(formula, question.space);
    const fails = samples
      .slice(0, MOST_SAMPLES)
      .some(sample => failsBetween({ formula, free, task, sample, forbidden: not }));
    if (fails) return `it was not looked at where ${writeFormula(formula, claim.notation, 'latex')} = 0`;
  }
  return null;
}

const POLYNOMIAL = setOfKinds(...RATIONAL_KINDS, 'parameter', 'index');

/** By its kinds; what has no whole exponent turns out when it is read. */
const isPolynomial = (formula: Formula): boolean => [...nodes(formula)].every(({ kind }) => POLYNOMIAL.has(kind));

/** The largest sums that are polynomials: a product vanishes where a factor does. */
const sumsIn = (formula: Formula): Formula[] =>
  formula.kind === 'add' && isPolynomial(formula) ? [formula] : children(formula).flatMap(sumsIn);

const lettersOf = (formula: Formula, { letters }: SampleSpace): string[] => {
  const names = new Set([...nodes(formula)].flatMap(node => (node.kind === 'index' ? [node.name] : [])));
  return [...names].filter(name => name === ITERATION || name === DIMENSION || letters.has(name));
};

function failsBetween(asked: Asked): boolean {
  const { free, task } = asked;
  if (free.length < 2) return false;
  return OTHERS.some(([size, dimension]) => {
    const usual = (name: string): number => (isCoordinate(name, task.question.space) ? dimension : size);
    return free.some(letter => failsAlong(letter, usual, asked));
  });
}

const isCoordinate = (name: string, { letters }: SampleSpace): boolean =>
  name === DIMENSION || letters.get(name) === 'coordinate';

function failsAlong(letter: string, usual: (name: string) => number, asked: Asked): boolean {
  const { formula, free, task, sample, forbidden } = asked;
  const others = new Map(free.filter(name => name !== letter).map(name => [name, usual(name)]));
  const polynomial = polynomialIn(letter, formula, (kind, name) => {
    const value = kind === 'index' ? others.get(name) : undefined;
    return kind === 'parameter' ? (sample.scalars.get(name) ?? null) : value === undefined ? null : Rational.of(value);
  });
  if (polynomial === null) return false;
  const [from, to] = rangeOf(letter, others, task.question.space);
  return irrationalZeros(polynomial, from, to).some(({ lower, upper, signs }) => {
    if (forbidden !== 'zero' && !signs.includes(forbidden)) return false;
    const values = [lower.floor(), lower.floor() + 1n, upper.floor() + 1n];
    return values.some(value => holdsAt(new Map([...others, [letter, Number(value)]]), sample, task));
  });
}

/** Whether the conditions hold at these integers; so it is taken where that is not told. */
function holdsAt(
  letters: ReadonlyMap<string, number>,
  sample: Sample,
  { question: { space }, formulas, holds }: SearchTask,
): boolean {
  if (!formulas.every(each => [...nodes(each)].every(({ kind }) => WITHOUT_LOSSES.has(kind)))) return true;
  const labels = new Map([...sample.letters].map(([name, own]) => [name, letters.get(name) ?? own]));
  const n = letters.get(ITERATION) ?? Math.max(0, ...labels.values());
  const there = atIteration({ ...sample, letters: new Map() }, n, space);
  return there === null || holds({ ...there, letters: labels, dimension: letters.get(DIMENSION) ?? 1 });
}

/** Labels lie within 0 … n, coordinates within 1 … p. */
function rangeOf(
  letter: string,
  others: ReadonlyMap<string, number>,
  { letters }: SampleSpace,
): readonly [Rational, Rational | null] {
  const sort = letters.get(letter);
  if (sort !== undefined) {
    const most = others.get(sort === 'coordinate' ? DIMENSION : ITERATION);
    return [Rational.of(sort === 'coordinate' ? 1 : 0), most === undefined ? null : Rational.of(most)];
  }
  const bound = [...others].flatMap(([name, value]) =>
    letters.get(name) === (letter === DIMENSION ? 'coordinate' : 'history') ? [value] : [],
  );
  return [Rational.of(Math.max(letter === DIMENSION ? 1 : 0, ...bound)), null];
}
