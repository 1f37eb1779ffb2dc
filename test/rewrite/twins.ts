/** Ways to break a rule on purpose, of the kinds that slip into one: the law must see each of them. */
import type { Budget } from '../../src/base/budget.ts';
import { type Assumptions, withDomain, withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import {
  type Expression,
  expressionOf,
  multiply,
  sameExpression,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import { isBound, ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import type { RawTerm, Term } from '../../src/expression/core/term.ts';
import { Rational } from '../../src/number/rational.ts';
import { unfoldScalars } from '../../src/rewrite/unfold.ts';
import type { Rewrite } from './law.ts';

export type Spoil = (rewrite: Rewrite) => Rewrite;

/** The rule under facts that are not there. */
const under =
  (believed: (facts: Assumptions) => Assumptions): Spoil =>
  rewrite =>
  (before, facts, budget) =>
    rewrite(before, believed(facts), budget);

const after =
  (
    change: (after: Expression, before: Expression, budget: Budget, factors: readonly Expression[]) => Expression,
  ): Spoil =>
  rewrite =>
  (before, facts, budget) => {
    const made = rewrite(before, facts, budget);
    return made.after === before ? made : { ...made, after: change(made.after, before, budget, made.factors) };
  };

const before =
  (change: (before: Expression) => Expression): Spoil =>
  rewrite =>
  (given, facts, budget) => {
    const made = rewrite(change(given), facts, budget);
    return sameExpression(made.after, given) ? { ...made, after: given } : made;
  };

const eachTerm =
  (change: (term: Term) => RawTerm) =>
  ({ terms }: Expression): Expression =>
    expressionOf(terms.map(change));

/** One bound of the first range is relaxed. */
function longer(term: Term): RawTerm {
  const at = term.constraints.findIndex(({ left, right }) => isBound(left) || isBound(right));
  return { ...term, constraints: term.constraints.map((c, i) => (i === at ? { ...c, bound: c.bound + 1 } : c)) };
}

const withoutConditions = (term: Term): RawTerm => ({
  ...term,
  constraints: term.constraints.filter(({ left, right }) => isBound(left) || isBound(right)),
});

/** Every condition without a summed index one wider. */
const widerConditions = (term: Term): RawTerm => ({
  ...term,
  constraints: term.constraints.map(c => (isBound(c.left) || isBound(c.right) ? c : { ...c, bound: c.bound + 1 })),
});

const POSITIVE = { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true };

export const SPOILS = {
  'n ≥ 3 taken for granted': under(facts =>
    withIndices(facts, facts.indices.with([{ left: ZERO, right: ITERATION_INDEX, bound: -3 }])),
  ),
  'any symbol taken to be positive': under(facts => withDomain(facts, 'c', POSITIVE)),
  'ranges one too long': before(eachTerm(longer)),
  'conditions forgotten': after(eachTerm(withoutConditions)),
  'conditions one too wide': after(eachTerm(widerConditions)),
  'a term left out': after(({ terms }) => ({ terms: terms.slice(0, -1) })),
  'a sign turned': after(({ terms }) => ({
    terms: terms.map((term, at) => (at === 0 ? { ...term, coefficient: term.coefficient.negate() } : term)),
  })),
  'always zero': () => given => ({ after: given.terms.length === 0 ? given : ZERO_EXPRESSION, factors: [] }),
  'a factor not told': rewrite => (given, facts, budget) => ({ ...rewrite(given, facts, budget), factors: [] }),
  'integers at which a factor is zero not kept apart': after((_, given, budget, factors) =>
    unfoldScalars(multiply(given, ...factors), budget),
  ),
} satisfies Record<string, Spoil>;

export type SpoilName = keyof typeof SPOILS;
