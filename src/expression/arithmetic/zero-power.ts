/**
 * 0^{form} in the terms of a sum, by 0⁰ = 1. Exponents are not negative where they occur, but where weights of several sums
 * meet, as in β^{2n−k−l}, only the domain k ≤ n, l ≤ n says which parts are not: all of them must be zero.
 */
import type { LinearForm } from '../../number/linear-form.ts';
import { closeConstraints, type Constraint, knownBound } from '../core/domain.ts';
import { type Expression, expressionOf } from '../core/expression.ts';
import { freeSort, isBound, ITERATION_INDEX, ZERO } from '../core/indices.ts';
import type { RawTerm, Term } from '../core/term.ts';

const FACTS: readonly Constraint[] = [{ left: ZERO, right: ITERATION_INDEX, bound: 0 }];

/** The expression with every power of the symbol whose exponent mixes several indices replaced at the symbol's value 0. */
export function withZeroPowers(expression: Expression, symbol: string): Expression {
  let changed = false;
  const raws = expression.terms.flatMap((term): RawTerm[] => {
    const own = term.factors.find(
      ({ factor, exponent }) => factor.kind === 'symbol' && factor.name === symbol && exponent.form.terms.length > 1,
    );
    const parts = own?.exponent.constant.isInteger()
      ? vanishingParts({ constant: Number(own.exponent.constant.num), terms: own.exponent.form.terms }, term)
      : null;
    if (own === undefined || parts === null) return [term];
    changed = true;
    if (parts === 'positive') return [];
    return [
      { ...term, factors: term.factors.filter(each => each !== own), constraints: [...term.constraints, ...parts] },
    ];
  });
  return changed ? expressionOf(raws) : expression;
}

/**
 * The form as a sum of differences u − v ≥ 0 and of indices u ≥ 0 that the domain knows not to be negative: the constraints
 * that make all of them zero. `positive` where the constant left is; null where the form cannot be taken apart so.
 */
function vanishingParts(form: LinearForm, term: Term): readonly Constraint[] | 'positive' | null {
  const closure = closeConstraints([...term.constraints, ...FACTS]);
  if (closure === null) return 'positive';
  const plus: number[] = [];
  const minus: number[] = [];
  for (const [index, count] of form.terms)
    for (let i = 0; i < Math.abs(count); i += 1) (count > 0 ? plus : minus).push(index);
  const parts: Constraint[] = [];
  let { constant } = form;
  for (const low of minus) {
    // low ≤ high + gap, so that high − low + gap is not negative.
    const at = plus.findIndex(high => Number.isFinite(knownBound(closure, low, high)));
    const high = plus[at];
    if (high === undefined) return null;
    plus.splice(at, 1);
    const gap = knownBound(closure, low, high);
    constant -= gap;
    parts.push(...equality(high, low, -gap));
  }
  for (const high of plus) {
    if (!isHistory(high, term)) return null;
    const gap = knownBound(closure, ZERO, high);
    if (!Number.isFinite(gap)) return null;
    constant -= gap;
    parts.push(...equality(high, ZERO, -gap));
  }
  return constant > 0 ? 'positive' : constant === 0 ? parts : null;
}

const isHistory = (index: number, { sorts }: Term): boolean =>
  (isBound(index) ? sorts[index] : freeSort(index)) === 'history';

/** left = right + shift. */
const equality = (left: number, right: number, shift: number): Constraint[] => [
  { left, right, bound: shift },
  { left: right, right: left, bound: -shift },
];
