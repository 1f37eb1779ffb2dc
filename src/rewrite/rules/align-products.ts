/**
 * Products over ranges written over the shortest one among them: where Π_{i=a}^{b} f(i) and Π_{i=a+1}^{b} f(i) occur, the first is
 * f(a) Π_{i=a+1}^{b} f(i), which holds where a ≤ b. Factors are only split off and never divided by, so that f may vanish.
 * Where the facts do not tell whether the shortest range is one, it is a case of its own; the shorter ones are written out.
 */
import type { Budget } from '../../base/budget.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import {
  add,
  type Expression,
  factorExpression,
  multiply,
  openTerm,
  restrict,
  scale,
  sumOverAll,
} from '../../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../../expression/core/factor.ts';
import type { ProductFactor } from '../../expression/core/factors.ts';
import type { IndexFacts } from '../../expression/core/index-facts.ts';
import { asAtom, indexName } from '../../expression/core/indices.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { instantiate } from '../../expression/core/template.ts';
import type { Term } from '../../expression/core/term.ts';
import { addForms, constantForm, formKey, type LinearForm, shiftForm } from '../../number/linear-form.ts';

/** Ranges that differ by more factors than this stay as they are. */
const MOST_SPLIT = 12;
/** Numbers of factors that are looked at one by one where a range may be none. */
const MOST_CASES = 8;

type Ranged = ProductFactor & { readonly lower: LinearForm };

/** The ends that all products of one kind have in common, and the greatest first and least last shift beside them. */
interface Common {
  first: number;
  last: number;
  least: number;
  greatest: number;
}

/** The expression with equal products over ranges that begin and end alike; the same object where nothing is to be done. */
export function alignProducts(expression: Expression, assumptions: Assumptions, budget: Budget): Expression {
  const kinds = new Map<string, Common>();
  for (const { factors } of expression.terms)
    for (const { factor, exponent } of factors) {
      if (!isRanged(factor) || plainExponent(exponent)?.isInteger() !== true) continue;
      const [first, last] = [factor.lower.constant, factor.upper.constant];
      const known = kinds.get(kindOf(factor));
      kinds.set(kindOf(factor), {
        first: Math.max(known?.first ?? first, first),
        last: Math.min(known?.last ?? last, last),
        least: Math.min(known?.least ?? first, first),
        greatest: Math.max(known?.greatest ?? last, last),
      });
    }
  const split = splitRanges(expression, kinds, assumptions.indices, budget);
  let changed = split !== expression;
  const parts = split.terms.map((term): Expression => {
    const opened = openTerm(term);
    const inside = withIndices(assumptions, assumptions.indices.with(opened.constraints));
    // The kinds are those of the term, whose bound indices have canonical names.
    const images = opened.factors.map((own, at) => {
      const factor = term.factors[at]?.factor;
      return aligned(own, factor !== undefined && isRanged(factor) ? kinds.get(kindOf(factor)) : undefined, inside);
    });
    if (images.every(image => image === null)) return { terms: [term] };
    changed = true;
    const body = multiply(...opened.factors.map((own, at) => images[at] ?? factorExpression(own.factor, own.exponent)));
    return scale(sumOverAll(body, opened.open, opened.sorts, opened.constraints), opened.coefficient);
  });
  if (!changed) return expression;
  const next = add(...parts);
  budget.spend(next.terms.length);
  return next;
}

const isRanged = (factor: FactorPower['factor']): factor is Ranged =>
  factor.kind === 'product' && factor.lower !== undefined;

const endOf = (form: LinearForm): LinearForm => ({ constant: 0, terms: form.terms });

/** Equal for products of the same factors whose ends differ by numbers; bound indices are those of canonical terms. */
const kindOf = ({ template, arguments: args, lower, upper }: Ranged): string =>
  [template.id, ...[...args.slice(1), endOf(lower), endOf(upper)].map(form => formKey(form, indexName))].join('|');

/** Numbers for first and last that are not too far apart. */
const isNear = ({ first, last, least, greatest }: Common): boolean =>
  first - least <= MOST_SPLIT && greatest - last <= MOST_SPLIT;

/** What is left of upper − lower + 1 in the shortest range. */
const shortest = ({ lower, upper }: Ranged, { first, last }: Common): LinearForm =>
  shiftForm(addForms(endOf(upper), endOf(lower), -1), last - first + 1);

/** Every term in which the shortest range may be none, split into cases in which it is one, or its products have few factors. */
function splitRanges(
  expression: Expression,
  kinds: ReadonlyMap<string, Common>,
  known: IndexFacts,
  budget: Budget,
): Expression {
  const parts: Expression[] = [];
  const queue: Term[] = [...expression.terms];
  let changed = false;
  for (let term = queue.pop(); term !== undefined; term = queue.pop()) {
    budget.spend();
    const cases = casesOf(term, kinds, known.with(term.constraints));
    if (cases === null) {
      parts.push({ terms: [term] });
      continue;
    }
    changed = true;
    for (const constraints of cases) queue.push(...restrict({ terms: [term] }, constraints).terms);
  }
  return changed ? add(...parts) : expression;
}

function casesOf(term: Term, kinds: ReadonlyMap<string, Common>, known: IndexFacts): Constraint[][] | null {
  if (known.isEmpty) return null;
  for (const { factor } of term.factors) {
    const common = isRanged(factor) ? kinds.get(kindOf(factor)) : undefined;
    if (!isRanged(factor) || common === undefined || !isNear(common)) continue;
    const length = shortest(factor, common);
    // From this number of factors of the shortest range on downwards every product of the kind is empty.
    const empty = -(common.first - common.least) - (common.greatest - common.last);
    const [low, high] = [known.low(length), known.high(length)];
    if (empty === 0 || low >= 0 || high <= empty || low === high || -empty > MOST_CASES) continue;
    const cases = [
      { from: 0, to: Number.POSITIVE_INFINITY },
      { from: Number.NEGATIVE_INFINITY, to: empty },
      ...Array.from({ length: -empty - 1 }, (_, i) => ({ from: empty + 1 + i, to: empty + 1 + i })),
    ].map(({ from, to }) => {
      const constraints = between(factor, common, from, to);
      const inside = known.with(constraints ?? []);
      return constraints !== null && inside.low(length) >= from && inside.high(length) <= to ? constraints : null;
    });
    if (cases.every(each => each !== null)) return cases;
  }
  return null;
}

/** from ≤ length of the shortest range ≤ to as constraints between the ends; null where an end is no index. */
function between({ lower, upper }: Ranged, { first, last }: Common, from: number, to: number): Constraint[] | null {
  const [a, b] = [asAtom(endOf(lower)), asAtom(endOf(upper))];
  if (a === null || b === null) return null;
  const beside = last - first + 1;
  return [
    ...(Number.isFinite(from) ? [{ left: a.index, right: b.index, bound: beside - from }] : []),
    ...(Number.isFinite(to) ? [{ left: b.index, right: a.index, bound: to - beside }] : []),
  ];
}

/** A product over its range as one over the shortest range times factors; any product written out where its length is a number. */
function aligned(own: FactorPower, common: Common | undefined, assumptions: Assumptions): Expression | null {
  const { factor, exponent } = own;
  const plain = plainExponent(exponent);
  if (factor.kind !== 'product' || plain?.isInteger() !== true) return null;
  const { indices } = assumptions;
  const [, ...rest] = factor.arguments;
  const at = (place: LinearForm): Expression =>
    power(instantiate(factor.template, [place, ...rest]), plain, assumptions);
  const factors = (from: LinearForm, count: number): Expression[] =>
    Array.from({ length: count }, (_, i) => at(shiftForm(from, i)));
  const lower = factor.lower ?? constantForm(0);
  const length = addForms(shiftForm(factor.upper, 1), lower, -1);
  const [fewest, most] = [indices.low(length), indices.high(length)];
  if (most <= 0) return multiply();
  if (fewest === most && most <= MOST_SPLIT) return multiply(...factors(lower, most));
  if (!isRanged(factor) || common === undefined || !isNear(common) || indices.low(shortest(factor, common)) < 0)
    return null;
  const [before, after] = [common.first - factor.lower.constant, factor.upper.constant - common.last];
  if (before < 0 || after < 0 || before + after === 0) return null;
  const [first, last] = [shiftForm(lower, before), shiftForm(factor.upper, -after)];
  return multiply(
    ...factors(lower, before),
    factorExpression({ ...factor, lower: first, upper: last }, exponent),
    ...factors(shiftForm(last, 1), after),
  );
}
