/**
 * What must be zero for a statement to hold: the differences of its two sides in normal form, power of h by power of h, of
 * their limits or in their regime where the claim is about those.
 */
import { isEpoch } from '../../notation/settings.ts';
import { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { type Assumptions, assumptionsOf } from '../../expression/arithmetic/assumptions.ts';
import {
  type Expression,
  factorExpression,
  isZero,
  restrict,
  subtract,
  ZERO_EXPRESSION,
} from '../../expression/core/expression.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import type { Letters } from '../../expression/core/index-form.ts';
import { COMPONENT_INDEX } from '../../expression/core/indices.ts';
import { coefficient, type Series } from '../../expression/calculus/series.ts';
import type { Formula } from '../../formula/formula.ts';
import type { ModifiedEquation } from '../../derivation/derive.ts';
import { variableForm } from '../../number/linear-form.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import { inEveryCase } from '../../prove/limit/in-every-case.ts';
import { largeN, limitProof } from '../../prove/limit/large-n.ts';
import { compareInRegime } from '../../prove/regime/regime-difference.ts';
import { signsOfGradients } from '../../prove/sign/sign-cases.ts';
import type { Proof } from '../../prove/trace.ts';
import type { Settling } from '../../prove/limit/settling.ts';
import { claimedSeries, letterFacts, lettersOf, meaningOf, specialised } from '../symbolic/claim-meaning.ts';
import { derivedCoefficients, settlingOf } from '../symbolic/derived-coefficients.ts';
import type { ProofRecord } from '../symbolic/proof-record.ts';
import { expansionDifferences } from '../kinds/expansion/zero.ts';
import { regimeOf, scalingOf, shownTerms } from '../keys/regime/scaling.ts';

interface Difference {
  readonly what: string;
  readonly value: Expression;
}

export interface Sides {
  readonly differences: readonly Difference[];
  /** For limits: the difference from the limit is of the order of the n-th powers of these, up to powers of n. */
  readonly rates: readonly string[];
  /** Counts the steps that the derived equation takes to its limit. */
  readonly measure?: () => Settling;
  /** In a regime: the coefficients that are shown, which are taken not to vanish. */
  readonly shown?: readonly Expression[];
  /** The limits that the differences rest on, with what was divided by in them. */
  readonly limits?: readonly Proof[];
  /** Theorems that the differences rest on, for the steps of the proof. */
  readonly theorems?: readonly string[];
}

/** Left minus right, power of h by power of h. */
export function differences(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  optimizer: Optimizer | null,
  equation: ModifiedEquation | null,
  budget: Budget,
  record?: ProofRecord,
): Sides {
  if (statement.kind === 'flow' || statement.kind === 'map' || statement.kind === 'modified-loss')
    return equationDifferences(claim, statement, declarations, equation, budget, record);
  const letters = lettersOf(claim, statement);
  if (record !== undefined) record.scope = letters;
  if (statement.kind === 'expansion') {
    if (optimizer === null) return refuse('no-optimizer', 'an expansion is one along an optimizer');
    // The expansion of the derived side makes many terms: its work is bounded with the rest of the proof.
    return {
      differences: expansionDifferences(claim, statement, optimizer, declarations, letters, Budget.unlimited()),
      rates: [],
    };
  }
  if (statement.remainder !== null && claim.limit === null && regimeOf(claim, statement) === null)
    return truncatedDifferences(claim, statement, statement.remainder, declarations, letters, record);
  return identityDifferences(claim, statement, declarations, optimizer, letters, budget, record);
}

/** For an equation up to O(h^r): the coefficients below h^r. */
function truncatedDifferences(
  claim: Claim,
  statement: Statement,
  remainder: number,
  declarations: readonly Declaration[],
  letters: Letters,
  record: ProofRecord | undefined,
): Sides {
  const reader = new FormulaReader(meaningOf(claim, declarations, Math.max(0, remainder - 1)));
  const left = reader.series(statement.left, letters);
  const right = reader.series(statement.right, letters);
  const powers = Array.from({ length: remainder }, (_, q) => q);
  return {
    differences: powers.map(q => {
      const what = `the coefficients of h^${q}`;
      const derived = specialised(coefficient(left, q), claim, declarations);
      const claimed = coefficient(right, q);
      record?.read(what, q, { derived, claimed });
      return { what, value: restrict(subtract(derived, claimed), letterFacts(letters)) };
    }),
    rates: [],
  };
}

/** For an equation between quantities: the two sides, their limits, or their terms in a regime. */
function identityDifferences(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  optimizer: Optimizer | null,
  letters: Letters,
  budget: Budget,
  record: ProofRecord | undefined,
): Sides {
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const right = coefficient(reader.series(statement.right, letters), 0);
  const left = specialised(coefficient(reader.series(statement.left, letters), 0), claim, declarations);
  record?.read('the two sides', 0, { derived: left, claimed: right });
  // Between quantities = means equality, in every regime.
  if (regimeOf(claim, statement) !== null && ['\\approx', '\\sim'].includes(statement.relation)) {
    const pairs = [{ what: 'the two sides', derived: left, claimed: right }];
    const read = (formula: Formula): Series => [coefficient(reader.series(formula, letters), 0)];
    return inRegime(claim, statement, declarations, optimizer, pairs, read, budget, record);
  }
  if (claim.limit === null)
    return {
      differences: [{ what: 'the two sides', value: restrict(subtract(left, right), letterFacts(letters)) }],
      rates: [],
    };
  return limits([{ what: 'the limits of the two sides', derived: left, claimed: right }], assumptions, budget, record);
}

interface Pair {
  readonly what: string;
  readonly derived: Expression;
  readonly claimed: Expression;
}

/** Differences of the limits n → ∞ of both sides, in general and where something that was divided by vanishes. */
function limits(
  pairs: readonly Pair[],
  assumptions: Assumptions,
  budget: Budget,
  record: ProofRecord | undefined,
): Sides {
  const rates = new Set<string>();
  const theorems = new Set<string>();
  const proofs: Proof[] = [];
  let isSlow = false;
  const list = pairs.flatMap(({ what, derived, claimed }) =>
    inEveryCase([derived, claimed], assumptions, budget, (sides, given) => {
      const found = sides.map(side => largeN(side, given, budget));
      for (const limit of found) {
        for (const rate of limit.rates) rates.add(rate);
        for (const theorem of limit.theorems) theorems.add(theorem);
        isSlow ||= limit.isSlow;
      }
      const [a, b] = found;
      if (a === undefined || b === undefined) throw new Error('there are two sides');
      if (sides[0] === derived) proofs.push(limitProof(what, derived, a), limitProof(what, claimed, b));
      return { result: subtract(b.value, a.value), divisors: [...a.divisors, ...b.divisors] };
    }).map(({ where, result }) => ({ what: `${what}${where}`, value: result })),
  );
  record?.proofs.push(...proofs);
  return { differences: list, rates: isSlow ? [] : [...rates], theorems: [...theorems], limits: proofs };
}

function equationDifferences(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  equation: ModifiedEquation | null,
  budget: Budget,
  record: ProofRecord | undefined,
): Sides {
  if (equation === null) return refuse('no-equation', 'there is no derived equation to compare with');
  const offset = statement.kind === 'map' ? 1 : 0;
  const right = claimedSeries(claim, statement, declarations, offset);
  const derived = derivedCoefficients(claim, declarations, equation);
  const pairs: Pair[] = Array.from({ length: claim.order + 1 }, (_, q) => ({
    what: `the coefficients of h^${q + offset}`,
    derived: derived[q] ?? ZERO_EXPRESSION,
    claimed: coefficient(right, q + offset),
  }));
  const isRead = !isEpoch(claim.setting);
  for (const [q, { what, derived: expression, claimed }] of pairs.entries())
    record?.read(what, isRead ? q + offset : null, { derived: expression, claimed });
  if (offset === 1)
    pairs.unshift({
      what: 'the terms without h',
      derived: factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: null }),
      claimed: coefficient(right, 0),
    });
  if (regimeOf(claim, statement) !== null) {
    return inRegime(
      claim,
      statement,
      declarations,
      equation.optimizer,
      pairs,
      formula => claimedSeries(claim, { ...statement, right: formula }, declarations, offset),
      budget,
      record,
    );
  }
  if (claim.limit !== null) {
    const isWhole = claim.part === null && claim.at.length === 0 && claim.rescale === null;
    return {
      ...limits(pairs, assumptionsOf(declarations), budget, record),
      ...(isWhole ? { measure: () => settlingOf(equation) } : {}),
    };
  }
  return {
    differences: pairs.map(({ what, derived: a, claimed: b }) => ({ what, value: subtract(b, a) })),
    rates: [],
  };
}

/**
 * Both sides expanded in a regime, after n → ∞ where the claim says so, for every power of h; `read` gives the series of one
 * term that is shown. Where a term that is shown vanishes nothing is said of what is as small.
 */
function inRegime(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  optimizer: Optimizer | null,
  pairs: readonly Pair[],
  read: (formula: Formula) => Series,
  budget: Budget,
  record: ProofRecord | undefined,
): Sides {
  const regime = regimeOf(claim, statement);
  if (regime === null) throw new Error('a regime is given');
  const symbols = declarations.flatMap(d => (d.kind === 'scalar' ? [d.name] : []));
  const scaling = scalingOf(regime, statement, symbols, optimizer);
  const shown = shownTerms(statement.right).map(read);
  const theorems = new Set<string>();
  const compared = pairs.flatMap(({ what, derived }, q) => {
    const terms = shown.map(series => signsOfGradients(coefficient(series, q)));
    return inEveryCase([derived, ...terms], assumptionsOf(declarations), budget, ([own, ...others], given) => {
      if (own === undefined) throw new Error('there is a derived side');
      if (others.some((term, at) => isZero(term) && !isZero(terms[at] ?? term))) return null;
      const limit = claim.limit === null ? null : largeN(own, given, budget);
      for (const theorem of limit?.theorems ?? []) theorems.add(theorem);
      const result = compareInRegime(what, signsOfGradients(limit?.value ?? own), others, scaling, given, budget);
      if (own === derived) {
        if (limit !== null) record?.proofs.push(limitProof(what, own, limit));
        for (const { before, terms: parts, through } of result.expansions)
          record?.expansion(what, before, { regime: scaling, terms: parts, through });
      }
      return { result, divisors: [...(limit?.divisors ?? []), ...result.divisors] };
    });
  });
  return {
    differences: compared.flatMap(({ where, result }) =>
      result.differences.map(({ what, value }) => ({ what: `${what}${where}`, value })),
    ),
    rates: [],
    shown: compared.filter(({ where }) => where === '').flatMap(({ result }) => result.shown),
    theorems: [...theorems],
  };
}
