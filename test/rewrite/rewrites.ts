/** Every rule and every finer rewriting function, with a generator of expressions on which it fires. */
import type { Budget } from '../../src/base/budget.ts';
import type { Assumptions } from '../../src/expression/arithmetic/assumptions.ts';
import { add, type Expression } from '../../src/expression/core/expression.ts';
import { testZero } from '../../src/prove/zero/zero-test.ts';
import { absorbEnds } from '../../src/rewrite/rules/sums/absorb-ends.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import { carryOutSums } from '../../src/rewrite/rules/sums/carry-out-sums.ts';
import { splitIntoCells } from '../../src/rewrite/rules/sums/cells.ts';
import { collectScalars } from '../../src/rewrite/rules/collect-scalars.ts';
import { underContext } from '../../src/rewrite/context.ts';
import { clearDenominators, clearScalars } from '../../src/rewrite/rules/denominators.ts';
import { cancelFractions } from '../../src/rewrite/rules/fractions.ts';
import { matchQuantities } from '../../src/rewrite/rules/match.ts';
import {
  BRACKETS,
  CELLS,
  CLOSED_FORMS,
  CONTEXT,
  COUNTED_UP,
  DENOMINATORS,
  EVERYTHING,
  EXPONENTIALS,
  FRACTIONS,
  JOINED,
  LAYER,
  LOGARITHMS,
  MATCH,
  PARTIAL_FRACTIONS,
  POWER_FRACTIONS,
  PRODUCTS,
  SCALARS,
  ON_BASES,
  SHORT_SUMS,
  SIGN_TIMES_SIZE,
  SIGNS,
} from '../../src/rewrite/pipelines.ts';
import { joinProducts } from '../../src/rewrite/rules/join-products.ts';
import { cancelInN } from '../../src/rewrite/rules/rational-in-n.ts';
import { withRemainders } from '../../src/rewrite/rules/sums/geometric-remainders.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import type { Rule } from '../../src/rewrite/rule.ts';
import { unfold, unfoldLayer, unfoldScalars } from '../../src/rewrite/unfold.ts';
import {
  cancelling,
  classes,
  closable,
  conditioned,
  countedDown,
  cutSums,
  fractions,
  generator,
  joinable,
  parted,
  logarithmic,
  overRanges,
  powersOverLess,
  products,
  rationalInN,
  remaindered,
  rationalSums,
  roots,
  shortSums,
  elementary,
  signed,
  signsTimesSizes,
  sums,
  twoForms,
  zeros,
} from './generators.ts';
import type { Generator, Rewrite } from './law.ts';
import type { SpoilName } from './twins.ts';

export interface Subject {
  readonly name: string;
  readonly rewrite: Rewrite;
  readonly draw: Generator;
  readonly twins: readonly SpoilName[];
  /** All that it makes is 0. */
  readonly toZero: boolean;
}

/** Applies a rule, with lemmas proved without a probe. */
export const byRule =
  (rule: Rule): Rewrite =>
  (before, assumptions, budget) => {
    const factors: Expression[] = [];
    const after = rule.apply(before, {
      bases: new Bases(assumptions, budget),
      assumptions,
      budget,
      isZero: difference => isZero(difference, assumptions, budget),
      multiplied: factors,
    });
    return { after, factors };
  };

const isZero = (difference: Expression, assumptions: Assumptions, budget: Budget): boolean =>
  testZero(difference, assumptions, budget, { probe: false }).kind === 'zero';

/** A function that keeps the value. */
export const equal =
  (apply: (before: Expression, facts: Assumptions, budget: Budget) => Expression): Rewrite =>
  (before, facts, budget) => ({ after: apply(before, facts, budget), factors: [] });

const times =
  (apply: (before: Expression, facts: Assumptions, budget: Budget, factors: Expression[]) => Expression): Rewrite =>
  (before, facts, budget) => {
    const factors: Expression[] = [];
    return { after: apply(before, facts, budget, factors), factors };
  };

const rule = (of: Rule, draw: Generator, twins: readonly SpoilName[]): Subject => ({
  name: of.name,
  rewrite: byRule(of),
  draw,
  twins,
  toZero: of === FRACTIONS,
});
const called = (name: string, rewrite: Rewrite, draw: Generator, twins: readonly SpoilName[]): Subject => ({
  name,
  rewrite,
  draw,
  twins,
  toZero: false,
});

/** The rules as data, each with expressions for it. */
export const OF_RULES: readonly Subject[] = [
  rule(SIGNS, generator(signed), ['any symbol taken to be positive', 'a sign turned', 'n ≥ 3 taken for granted']),
  rule(BRACKETS, generator(signed), ['conditions forgotten', 'conditions one too wide', 'n ≥ 3 taken for granted']),
  rule(LOGARITHMS, generator(logarithmic), ['any symbol taken to be positive', 'a term left out', 'a sign turned']),
  rule(EXPONENTIALS, generator(elementary), ['a term left out', 'a sign turned']),
  rule(SIGN_TIMES_SIZE, generator(signsTimesSizes), ['a sign turned', 'a term left out']),
  rule(
    ON_BASES,
    generator(draw => (draw.random.chance(50) ? roots(draw) : products(draw))),
    ['any symbol taken to be positive', 'a term left out', 'a sign turned'],
  ),
  rule(MATCH, generator(twoForms), ['a sign turned', 'n ≥ 3 taken for granted']),
  rule(LAYER, generator(products), ['a sign turned', 'a term left out']),
  rule(CLOSED_FORMS, generator(closable), [
    'n ≥ 3 taken for granted',
    'ranges one too long',
    'conditions forgotten',
    'conditions one too wide',
  ]),
  rule(CONTEXT, generator(conditioned), ['n ≥ 3 taken for granted', 'conditions forgotten', 'conditions one too wide']),
  rule(COUNTED_UP, generator(countedDown), ['ranges one too long', 'a term left out', 'a sign turned']),
  rule(PARTIAL_FRACTIONS, generator(rationalSums), ['ranges one too long', 'a term left out', 'a sign turned']),
  rule(POWER_FRACTIONS, generator(powersOverLess), ['a term left out', 'a sign turned', 'ranges one too long']),
  rule(CELLS, generator(sums, 'top'), ['ranges one too long', 'conditions forgotten', 'a term left out']),
  rule(SHORT_SUMS, generator(shortSums), ['ranges one too long', 'a term left out', 'a sign turned']),
  rule(PRODUCTS, generator(overRanges), [
    'n ≥ 3 taken for granted',
    'a term left out',
    'a sign turned',
    'conditions forgotten',
  ]),
  rule(JOINED, generator(joinable), ['n ≥ 3 taken for granted', 'ranges one too long', 'a sign turned']),
  rule(SCALARS, generator(fractions), [
    'a factor not told',
    'integers at which a factor is zero not kept apart',
    'n ≥ 3 taken for granted',
  ]),
  rule(
    EVERYTHING,
    generator(draw => draw.random.oneOf([() => roots(draw), () => products(draw), () => cancelling(draw)])),
    ['a term left out', 'a sign turned', 'n ≥ 3 taken for granted'],
  ),
  rule(
    DENOMINATORS,
    generator(draw => (draw.random.chance(60) ? classes(draw) : fractions(draw))),
    ['a factor not told', 'integers at which a factor is zero not kept apart', 'n ≥ 3 taken for granted'],
  ),
  rule(FRACTIONS, generator(zeros), ['always zero']),
];

/** What the rules are made of. */
export const OF_FUNCTIONS: readonly Subject[] = [
  called('joinProducts: parts of a factor', equal(joinProducts), generator(parted), [
    'n ≥ 3 taken for granted',
    'ranges one too long',
    'a sign turned',
    'a term left out',
  ]),
  called('sumOut', equal(sumOut), generator(closable), [
    'n ≥ 3 taken for granted',
    'ranges one too long',
    'conditions forgotten',
    'conditions one too wide',
  ]),
  called('withRemainders', equal(withRemainders), generator(remaindered, 'top'), [
    'a sign turned',
    'a term left out',
    'ranges one too long',
  ]),
  called(
    'splitIntoCells',
    equal((e, _, budget) => splitIntoCells(e, budget)),
    generator(sums, 'top'),
    ['ranges one too long', 'a term left out'],
  ),
  called(
    'underContext',
    equal((e, { indices }) => underContext(e, indices)),
    generator(conditioned),
    ['n ≥ 3 taken for granted', 'conditions forgotten'],
  ),
  called('clearScalars', times(clearScalars), generator(fractions), [
    'a factor not told',
    'integers at which a factor is zero not kept apart',
  ]),
  called('clearDenominators', times(clearDenominators), generator(classes), [
    'a factor not told',
    'integers at which a factor is zero not kept apart',
  ]),
  called(
    'cancelFractions',
    equal((e, _, budget) => cancelFractions(e, budget)),
    generator(cancelling),
    ['a term left out', 'a sign turned'],
  ),
  called('cancelInN', equal(cancelInN), generator(rationalInN), [
    'conditions forgotten',
    'a sign turned',
    'a term left out',
  ]),
  called(
    'absorbEnds',
    equal((e, { indices }, budget) => absorbEnds(e, indices, budget)),
    generator(cutSums),
    ['n ≥ 3 taken for granted', 'ranges one too long', 'a term left out'],
  ),
  called(
    'unfold',
    equal((e, facts, budget) => unfold(e, budget, facts)),
    generator(products),
    ['a sign turned', 'a term left out'],
  ),
  called(
    'unfoldScalars',
    equal((e, facts, budget) => unfoldScalars(e, budget, facts)),
    generator(products),
    ['a sign turned', 'a term left out'],
  ),
  called(
    'unfoldLayer',
    equal((e, _, budget) => unfoldLayer(e, budget)),
    generator(products),
    ['a sign turned', 'a term left out'],
  ),
  called(
    'canonical',
    equal((e, facts, budget) => new Bases(facts, budget).canonical(e)),
    generator(roots),
    ['a sign turned', 'n ≥ 3 taken for granted'],
  ),
  called(
    'settle',
    equal((e, facts, budget) => new Bases(facts, budget).onBases(e)),
    generator(roots),
    ['a sign turned'],
  ),
  called(
    'matchQuantities',
    equal((e, facts, budget) => matchQuantities(e, d => isZero(d, facts, budget), facts.indices, budget)),
    generator(twoForms),
    ['a sign turned', 'n ≥ 3 taken for granted'],
  ),
  called(
    'collectScalars',
    equal(collectScalars),
    generator(draw => add(fractions(draw), rationalInN(draw))),
    ['conditions forgotten', 'a term left out'],
  ),
  called(
    'carryOutSums',
    equal(carryOutSums),
    generator(draw => add(closable(draw), products(draw)), 'top'),
    ['ranges one too long', 'conditions forgotten', 'n ≥ 3 taken for granted'],
  ),
];
