/**
 * Sums over pairs of coordinates: Σ_{i,k} b_{ik} of b ≥ 0 is at least its diagonal Σ_i b_{ii}, and at least Σ_{i,k} |a_{ik}| where a_{ik}² = b_{ik} b_{ki}, since
 * b_{ik} + b_{ki} ≥ 2√(b_{ik} b_{ki}). p Σ_i b_i is such a sum, Σ_{i,k} b_i.
 *
 * Source: Hardy, Littlewood, Pólya, Inequalities, 2.2 and 2.4, Theorems 7 and 9 (Cauchy's inequality by arithmetic and geometric means).
 */
import {
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  sameExpression,
  substituteIndices,
} from '../../expression/core/expression.ts';
import { type FactorPower, integerExponent } from '../../expression/core/factor.ts';
import { DIMENSION_INDEX, openIndex } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { variableForm } from '../../number/linear-form.ts';

/** A term's body, without its coefficient, with a letter for each of its two summed coordinates. */
interface Pairs {
  readonly body: Expression;
  readonly letters: readonly [number, number];
}

type Canonical = (value: Expression) => Expression;

/** Whether Σ_{i,k} b_{ik} outweighs Σ_{i,k} a_{ik}, coefficients apart; `positive` is never negative term by term. */
export function outweighsPairs(positive: Term, negative: Term, canonical: Canonical): boolean {
  const [b, a] = [pairsOf(positive), pairsOf(negative)];
  if (b === null || a === null) return false;
  const [x, y] = [openIndex('coordinate'), openIndex('coordinate')];
  const product = canonical(multiply(at(b, x, y), at(b, y, x)));
  return [at(a, x, y), at(a, y, x)].some(value => sameExpression(canonical(multiply(value, value)), product));
}

/** Whether Σ_i a_i is the diagonal of Σ_{i,k} b_{ik}, coefficients apart; `positive` is never negative term by term. */
export function isAboveDiagonal(positive: Term, negative: Term, canonical: Canonical): boolean {
  const b = pairsOf(positive);
  if (b === null || !isOverAll(negative, 1)) return false;
  const { open, factors } = openTerm(negative);
  const [letter] = open;
  const x = openIndex('coordinate');
  if (letter === undefined) return false;
  const diagonal = substituteIndices(bodyOf(factors), new Map([[letter, variableForm(x)]]));
  return sameExpression(canonical(diagonal), canonical(at(b, x, x)));
}

function pairsOf(term: Term): Pairs | null {
  const { open, factors } = openTerm(term);
  const [first, second] = open;
  if (isOverAll(term, 2) && first !== undefined && second !== undefined)
    return { body: bodyOf(factors), letters: [first, second] };
  const others = factors.filter(own => !isDimension(own));
  if (!isOverAll(term, 1) || first === undefined || others.length !== factors.length - 1) return null;
  return { body: bodyOf(others), letters: [first, openIndex('coordinate')] };
}

/** Whether a term is a sum over so many coordinates, each from 1 to p. */
const isOverAll = ({ sorts, constraints }: Term, count: number): boolean =>
  sorts.length === count && sorts.every(sort => sort === 'coordinate') && constraints.length === 0;

/** p itself. */
const isDimension = ({ factor, exponent }: FactorPower): boolean => {
  if (factor.kind !== 'index' || integerExponent(exponent) !== 1 || factor.index.constant !== 0) return false;
  const [only, ...more] = factor.index.terms;
  return only !== undefined && more.length === 0 && only[0] === DIMENSION_INDEX && only[1] === 1;
};

const bodyOf = (factors: readonly FactorPower[]): Expression =>
  multiply(...factors.map(({ factor, exponent }) => factorExpression(factor, exponent)));

const at = ({ body, letters: [first, second] }: Pairs, x: number, y: number): Expression =>
  substituteIndices(
    body,
    new Map([
      [first, variableForm(x)],
      [second, variableForm(y)],
    ]),
  );
