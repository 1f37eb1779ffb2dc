/** The rules of the zero test, and the orders in which they are tried. What a rule is stands in rule.ts, how each works in its own file. */
import type { Budget } from '../base/budget.ts';
import { type Expression, ZERO_EXPRESSION } from '../expression/core/expression.ts';
import { alignProducts } from './rules/align-products.ts';
import { signsAsBrackets } from './rules/brackets.ts';
import { splitIntoCells } from './rules/sums/cells.ts';
import { collect } from './rules/collect-terms.ts';
import { underContext } from './context.ts';
import { clearDenominators, clearScalars } from './rules/denominators.ts';
import { throughExponentials } from './rules/exponentials.ts';
import { joinProducts } from './rules/join-products.ts';
import { throughLogarithms } from './rules/logarithms.ts';
import { matchQuantities } from './rules/match.ts';
import { inPartialFractions } from './rules/apart/partial-fractions.ts';
import { inPowerFractions } from './rules/apart/power-fractions.ts';
import { Variables } from './polynomial-variables.ts';
import { sumOut } from './rules/sums/resum.ts';
import { countedUp } from './rules/sums/reversed.ts';
import type { Pipeline, Rule } from './rule.ts';
import { writeOutShortSums } from './rules/sums/short-sums.ts';
import { joinSignsAndSizes } from './rules/sign-times-size.ts';
import { takeSignsApart } from './rules/signs-apart.ts';
import { unfoldLayer } from './unfold.ts';

export const SIGNS: Rule = {
  name: 'signs and absolute values taken apart',
  source: 'sign(xy) = sign(x) sign(y) and |xy| = |x| |y|; sign(x) = 1 where x > 0 and |x| = x where x ≥ 0',
  keeps: 'equal',
  conditions: ['slots', 'divisors'],
  apply: (e, { assumptions, bases, budget }) => takeSignsApart(e, assumptions, { bases, budget }),
};

export const BRACKETS: Rule = {
  name: 'signs of differences of indices as conditions',
  source: 'sign(u) = [u > 0] − [u < 0] and |u| = u [u > 0] − u [u < 0] for a difference u of two indices',
  keeps: 'equal',
  conditions: ['ranges', 'slots'],
  apply: (e, { assumptions, budget }) => signsAsBrackets(e, assumptions, budget),
};

export const EXPONENTIALS: Rule = {
  name: 'functions by exponentials',
  source:
    'NIST Digital Library of Mathematical Functions, 4.28.1, 4.28.2, 4.8(i), 4.8(ii) and 4.21.12: sinh, cosh, exp(a+b), e^{r log x} = x^r, cos² + sin² = 1',
  keeps: 'equal',
  conditions: ['slots'],
  apply: (e, { assumptions, budget }) => throughExponentials(e, assumptions, budget),
};

export const LOGARITHMS: Rule = {
  name: 'logarithms of products as sums',
  source:
    'NIST Digital Library of Mathematical Functions, 4.8(i): log(xy) = log x + log y for positive x and y; log e^x = x',
  keeps: 'equal',
  conditions: ['slots'],
  apply: (e, { assumptions, budget }) => throughLogarithms(e, assumptions, budget),
};

export const SIGN_TIMES_SIZE: Rule = {
  name: 'a sign times its absolute value',
  source: 'sign(u) |u| = u, sign(u) u = |u| and sign(u)³ = sign(u), also where u = 0',
  keeps: 'equal',
  conditions: ['slots'],
  apply: (e, { assumptions, budget }) => joinSignsAndSizes(e, assumptions, budget),
};

export const ON_BASES: Rule = {
  name: 'bases brought to one form',
  source: 'a^e b^e = (ab)^e where the signs allow it; √(a²) = |a|',
  keeps: 'equal',
  conditions: ['slots', 'divisors'],
  apply: (e, { bases }) => bases.onBases(e),
};

export const MATCH: Rule = {
  name: 'equal quantities written alike',
  source: 'a quantity is replaced by another one that is proved equal to it at every label at which it is used',
  keeps: 'equal',
  conditions: ['slots'],
  apply: (e, { isZero, assumptions, budget }) => matchQuantities(e, isZero, assumptions.indices, budget),
};

export const LAYER: Rule = {
  name: 'definitions inserted',
  source: 'a definition and what it defines are the same',
  keeps: 'equal',
  conditions: ['slots'],
  apply: (e, { bases, budget }) => bases.onBases(unfoldLayer(e, budget)),
};

export const CLOSED_FORMS: Rule = {
  name: 'sums in closed form',
  source: 'Graham, Knuth, Patashnik, Concrete Mathematics, 2.5 and 2.6: Δ^{−1} of polynomials and of x^d r^x',
  keeps: 'equal',
  conditions: ['ranges', 'slots', 'divisors'],
  apply: (e, { assumptions, budget }) => sumOut(e, assumptions, budget),
};

export const CONTEXT: Rule = {
  name: 'n ≥ 0',
  source: 'a term whose condition cannot hold is 0; a condition that always holds is none',
  keeps: 'equal',
  conditions: ['ranges'],
  apply: (e, { assumptions }) => underContext(e, assumptions.indices),
};

export const CELLS: Rule = {
  name: 'domains split into common cells',
  source: 'a sum over a domain is the sum over its parts x − y ≤ c and x − y > c',
  keeps: 'equal',
  conditions: ['ranges'],
  apply: (e, { budget }) => splitIntoCells(e, budget),
};

export const COUNTED_UP: Rule = {
  name: 'sums counted from the other end',
  source: 'Σ_{x=0}^{y} f(y − x) = Σ_{x=0}^{y} f(x)',
  keeps: 'equal',
  conditions: ['ranges'],
  apply: (e, { budget }) => countedUp(e, budget),
};

export const PARTIAL_FRACTIONS: Rule = {
  name: 'partial fractions',
  source: 'Graham, Knuth, Patashnik, Concrete Mathematics, 7.3: partial fractions of rational functions of an index',
  keeps: 'equal',
  conditions: ['divisors'],
  apply: (e, { budget }) => inPartialFractions(e, budget),
};

export const POWER_FRACTIONS: Rule = {
  name: 'powers divided by one less them',
  source: 'u/(c − u) = c/(c − u) − 1: division with remainder, Graham, Knuth, Patashnik, Concrete Mathematics, 7.3',
  keeps: 'equal',
  conditions: ['divisors'],
  apply: (e, { assumptions, budget }) => inPowerFractions(e, assumptions, budget),
};

export const SHORT_SUMS: Rule = {
  name: 'short sums written out',
  source: 'Σ_{k=a}^{a+1} f(k) = f(a) + f(a+1)',
  keeps: 'equal',
  conditions: ['ranges'],
  apply: (e, { budget }) => writeOutShortSums(e, budget),
};

export const PRODUCTS: Rule = {
  name: 'products over the same range',
  source: 'Π_{i=a}^{b} f(i) = f(a) Π_{i=a+1}^{b} f(i) for a ≤ b',
  keeps: 'equal',
  conditions: ['ranges', 'slots'],
  apply: (e, { assumptions, budget }) => alignProducts(e, assumptions, budget),
};

export const JOINED: Rule = {
  name: 'products joined with the factors beside them',
  source: 'C(x) f(x+1) = C(x+1) for C(x) = Π_{i=0}^{x} f(i) and x ≥ −1',
  keeps: 'equal',
  conditions: ['ranges', 'slots', 'divisors'],
  apply: (e, { assumptions, budget }) => joinProducts(e, assumptions, budget),
};

export const SCALARS: Rule = {
  name: 'hyperparameters multiplied out',
  source: 'D = 0 where m D = 0 and m ≠ 0; m vanishes on a thin set only, or its integers are kept apart',
  keeps: 'times',
  conditions: ['ranges', 'slots', 'divisors'],
  apply: (e, { assumptions, budget, multiplied }) => clearScalars(e, assumptions, budget, multiplied),
};

export const EVERYTHING: Rule = {
  name: 'definitions inserted, products multiplied out',
  source: 'the distributive law',
  keeps: 'equal',
  conditions: ['slots', 'divisors'],
  apply: (e, { bases }) => bases.canonical(e),
};

export const DENOMINATORS: Rule = {
  name: 'common denominators',
  source: 'D = 0 where m D = 0 and m ≠ 0; s^k with s² = V for a radical s of V',
  keeps: 'times',
  conditions: ['ranges', 'slots', 'divisors'],
  apply: (e, { assumptions, budget, multiplied }) => clearDenominators(e, assumptions, budget, multiplied),
};

export const FRACTIONS: Rule = {
  name: 'fractions of hyperparameters added',
  source:
    'fractions of polynomials in hyperparameters, n and n-th powers, which are independent of each other, add to zero',
  keeps: 'equal',
  conditions: ['divisors'],
  apply: (e, { budget }) => (e.terms.length <= MOST_COLLECTED && addsToZero(e, budget) ? ZERO_EXPRESSION : e),
};

/** Fractions of more terms than this are not added. */
const MOST_COLLECTED = 200;

/** Whether the fractions that stand with each sum cancel. */
function addsToZero(expression: Expression, budget: Budget): boolean {
  budget.spend(expression.terms.length);
  return collect(expression, new Variables())?.length === 0;
}

/** Tried on every layer without losing it: these only make more terms. */
export const ON_A_LAYER: Pipeline = [
  PRODUCTS,
  JOINED,
  CLOSED_FORMS,
  CONTEXT,
  COUNTED_UP,
  PARTIAL_FRACTIONS,
  CELLS,
  SHORT_SUMS,
  CONTEXT,
  CELLS,
  PRODUCTS,
  SCALARS,
  CONTEXT,
  CLOSED_FORMS,
  SCALARS,
  POWER_FRACTIONS,
  FRACTIONS,
];
export const AT_THE_END: Pipeline = [
  EVERYTHING,
  PRODUCTS,
  JOINED,
  CLOSED_FORMS,
  CONTEXT,
  COUNTED_UP,
  PARTIAL_FRACTIONS,
  CELLS,
  SHORT_SUMS,
  PRODUCTS,
  SIGN_TIMES_SIZE,
  POWER_FRACTIONS,
  FRACTIONS,
  DENOMINATORS,
];

/** Every rule, each of which has a test of its own. */
export const RULES: readonly Rule[] = [
  SIGNS,
  BRACKETS,
  LOGARITHMS,
  EXPONENTIALS,
  SIGN_TIMES_SIZE,
  ON_BASES,
  MATCH,
  LAYER,
  CLOSED_FORMS,
  CONTEXT,
  COUNTED_UP,
  PARTIAL_FRACTIONS,
  POWER_FRACTIONS,
  CELLS,
  SHORT_SUMS,
  PRODUCTS,
  JOINED,
  SCALARS,
  EVERYTHING,
  DENOMINATORS,
  FRACTIONS,
];
