/**
 * The prover: both sides of a statement as normal forms, and the question whether their difference is zero, for all n, p,
 * losses and hyperparameters that the assumptions allow. It evaluates nothing at numbers.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, refuse } from '../base/problem.ts';
import type { Claim, Condition, Statement } from '../document/model.ts';
import { type Assumptions, assumptionsOf } from '../expression/assumptions.ts';
import {
  type Expression,
  factorExpression,
  multiply,
  substituteIndices,
  subtract,
  ZERO_EXPRESSION,
} from '../expression/expression.ts';
import { EPOCH_LETTERS } from '../expression/epoch.ts';
import { FormulaReader, type Meaning, ROLE_LETTERS } from '../expression/from-formula.ts';
import type { Letters } from '../expression/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex } from '../expression/indices.ts';
import { coefficient, type Series } from '../expression/series.ts';
import { substituteSymbol } from '../expression/substitute-symbol.ts';
import * as build from '../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../formula/formula.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../modified-equation/derive.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { largeN } from '../simplify/large-n.ts';
import { isDecidable } from '../simplify/decidable.ts';
import { regimeDifferences } from '../simplify/regime-difference.ts';
import { type Settling, stepsToLimit, usualValues } from '../simplify/settling.ts';
import { testZero } from '../simplify/zero-test.ts';
import { excludedValues } from './excluded-values.ts';
import { freeLetters } from './identity-question.ts';
import { expansionDifferences } from './prove-expansion.ts';
import { regimeOf, scalingOf, shownTerms } from './prove-regime.ts';
import { isInequality, proveSign } from './prove-sign.ts';
import { conditionsOf } from './unsupported.ts';
import type { ProofOutcome } from './prover.ts';

export type { ProofOutcome };
import { leastIteration } from './earlier-times.ts';
import { describeDomain } from './describe-domain.ts';

/** Work that one statement may cost, in terms made; right claims need a small part of it. */
const STEPS = 60_000;
const MILLISECONDS = 10_000;

/** Proves a statement, or says why not. `unequal` refutes nothing by itself. */
export function proveStatement(
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer | null,
  equation: ModifiedEquation | null,
  budget: Budget,
): ProofOutcome {
  const declarations = mergedDeclarations(claim, optimizer);
  budget.spend();
  const own = new Budget(STEPS, MILLISECONDS);
  try {
    if (isInequality(statement)) {
      const letters = lettersOf(claim, statement);
      const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
      return proveSign(claim, statement, declarations, formula => coefficient(reader.series(formula, letters), 0), own);
    }
    if (statement.condition?.equivalence === true)
      return { kind: 'stopped', reason: 'an equation that holds exactly where a condition does is not proved' };
    const read = attempt(() => differences(claim, statement, declarations, optimizer, equation, own));
    if (!read.ok) return { kind: 'stopped', reason: read.problems[0]?.message ?? 'not covered by the normal form' };
    const outcome = decide(underConditions(read.value, claim, statement, declarations), declarations, own);
    if (outcome.kind !== 'proved') return outcome;
    const least = statement.kind === 'expansion' ? leastIteration(statement) : 0;
    const from = least > 0 ? [`${claim.notation.iteration} \\ge ${least}`] : [];
    return {
      ...outcome,
      assumptions: [...outcome.assumptions, ...from],
      excluded: undefinedWhere(claim, statement, declarations),
    };
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: `the prover's budget: ${error.reason}` };
    throw error;
  }
}

function undefinedWhere(claim: Claim, statement: Statement, declarations: readonly Declaration[]): string[] {
  const letters = lettersOf(claim, statement);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const read = (formula: Formula, scope: Letters): Expression => coefficient(reader.series(formula, scope), 0);
  return excludedValues(claim, statement, letters, read, assumptionsOf(declarations));
}

/** The differences where the conditions hold: n from its least value on, a = b put in. Others are left to the samples. */
function underConditions(
  sides: Sides,
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
): Sides {
  const comparisons = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  if (comparisons.length === 0 || claim.limit !== null) return sides;
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const value = (formula: Formula): Expression => coefficient(reader.series(formula, ROLE_LETTERS), 0);
  const from = Math.max(0, ...comparisons.map(each => leastOfN(each)));
  const equal = comparisons.filter(({ left, relation }) => relation === '=' && left.kind === 'parameter');
  const put = (difference: Expression): Expression => {
    const late =
      from === 0
        ? difference
        : substituteIndices(difference, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, from)]]));
    return equal.reduce(
      (inner, { left, right }) =>
        left.kind === 'parameter' ? substituteSymbol(inner, left.name, value(right), assumptions) : inner,
      late,
    );
  };
  const changed = attempt(() =>
    sides.differences.map(({ what, value: difference }) => ({ what, value: put(difference) })),
  );
  return changed.ok ? { ...sides, differences: changed.value } : sides;
}

/** c where a comparison says n ≥ c or n > c − 1, else 0. */
function leastOfN({ left, relation, right }: Condition['comparisons'][number]): number {
  const [small, large, strict] =
    relation === '>' || relation === '\\ge'
      ? [right, left, relation === '>']
      : relation === '<' || relation === '\\le'
        ? [left, right, relation === '<']
        : [right, right, false];
  if (large.kind !== 'index' || large.name !== ITERATION || small.kind !== 'number') return 0;
  const { value } = small;
  const floor = Number(value.floor());
  return value.isInteger() && !strict ? floor : floor + 1;
}

function mergedDeclarations(claim: Claim, optimizer: Optimizer | null): Declaration[] {
  const own = new Set(claim.declarations.map(({ name }) => name));
  return [...claim.declarations, ...(optimizer?.declarations ?? []).filter(({ name }) => !own.has(name))];
}

interface Difference {
  readonly what: string;
  readonly value: Expression;
}

interface Sides {
  readonly differences: readonly Difference[];
  /** For limits: the difference from the limit is of the order of the n-th powers of these, up to powers of n. */
  readonly rates: readonly string[];
  /** Counts the steps that the derived equation takes to its limit. */
  readonly measure?: () => Settling;
}

/** Left minus right, power of h by power of h. */
function differences(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  optimizer: Optimizer | null,
  equation: ModifiedEquation | null,
  budget: Budget,
): Sides {
  if (statement.kind === 'flow' || statement.kind === 'map' || statement.kind === 'modified-loss')
    return equationDifferences(claim, statement, declarations, equation, budget);
  const letters = lettersOf(claim, statement);
  if (statement.kind === 'expansion') {
    if (optimizer === null) return refuse('no-optimizer', 'an expansion is one along an optimizer');
    return {
      differences: expansionDifferences(
        claim,
        statement,
        optimizer,
        declarations,
        letters,
        new Budget(Number.POSITIVE_INFINITY, MILLISECONDS),
      ),
      rates: [],
    };
  }
  if (statement.remainder !== null && claim.limit === null && regimeOf(claim, statement) === null) {
    // Equal up to O(h^r): the coefficients below h^r.
    const truncated = new FormulaReader(meaningOf(claim, declarations, Math.max(0, statement.remainder - 1)));
    const [a, b] = [statement.left, statement.right].map(formula => truncated.series(formula, letters));
    const powers = Array.from({ length: statement.remainder }, (_, q) => q);
    return {
      differences: powers.map(q => ({
        what: `the coefficients of h^${q}`,
        value: subtract(specialised(coefficient(a ?? [], q), claim, declarations), coefficient(b ?? [], q)),
      })),
      rates: [],
    };
  }
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const right = coefficient(reader.series(statement.right, letters), 0);
  const left = specialised(coefficient(reader.series(statement.left, letters), 0), claim, declarations);
  // Between quantities = means equality, in every regime.
  if (regimeOf(claim, statement) !== null && ['\\approx', '\\sim'].includes(statement.relation))
    return inRegime(
      claim,
      statement,
      declarations,
      [
        {
          what: 'the two sides',
          derived: claim.limit === null ? left : largeN(left, assumptionsOf(declarations), budget).value,
          claimed: right,
        },
      ],
      formula => [coefficient(reader.series(formula, letters), 0)],
      budget,
    );
  if (claim.limit === null)
    return {
      differences: [{ what: 'the two sides', value: subtract(left, right) }],
      rates: [],
    };
  return limits(
    [{ what: 'the limits of the two sides', derived: left, claimed: right }],
    assumptionsOf(declarations),
    budget,
  );
}

/** Free index letters of a statement as indices of their own. */
function lettersOf(claim: Claim, statement: Statement): Letters {
  const sorts = new Map(claim.definitions.map(({ name, indexSorts }) => [name, indexSorts]));
  const sortsOf = (name: string): Claim['definitions'][number]['indexSorts'] => sorts.get(name) ?? [];
  const free = [...freeLetters(statement.left, sortsOf), ...freeLetters(statement.right, sortsOf)];
  return new Map([
    ...free.map(([name, sort]) => [name, variableForm(openIndex(sort))] as const),
    ...(claim.setting === 'reshuffled' ? EPOCH_LETTERS : ROLE_LETTERS),
  ]);
}

/** The derived side with the values of `at`. */
function specialised(derived: Expression, claim: Claim, declarations: readonly Declaration[]): Expression {
  const assumptions = assumptionsOf(declarations);
  const reader = new FormulaReader({ declarations, definitions: [], order: 0 });
  return claim.at.reduce(
    (value, { name, value: by }) => substituteSymbol(value, name, coefficient(reader.read(by), 0), assumptions),
    derived,
  );
}

interface Pair {
  readonly what: string;
  readonly derived: Expression;
  readonly claimed: Expression;
}

/** Differences of the limits n → ∞ of both sides. */
function limits(pairs: readonly Pair[], assumptions: Assumptions, budget: Budget): Sides {
  const rates = new Set<string>();
  const list = pairs.map(({ what, derived, claimed }) => {
    const [a, b] = [largeN(derived, assumptions, budget), largeN(claimed, assumptions, budget)];
    for (const rate of [...a.rates, ...b.rates]) rates.add(rate);
    return { what, value: subtract(b.value, a.value) };
  });
  return { differences: list, rates: [...rates] };
}

function meaningOf(claim: Claim, declarations: readonly Declaration[], order: number): Meaning {
  const vectors = new Set(declarations.flatMap(d => (d.kind === 'vector' ? [d.name] : [])));
  return {
    declarations,
    definitions: claim.definitions,
    order,
    fullBatch: claim.setting === 'full-batch',
    epoch: claim.setting === 'reshuffled',
    iterate: currentPoint,
    // A declared vector is an arbitrary number for each coordinate.
    quantity: (node, labels, [index]) =>
      vectors.has(node.name) && index !== undefined && labels.length === 0
        ? [factorExpression({ kind: 'schedule', name: node.name, index })]
        : null,
  };
}

/** θ and θ^{(n)} are the current point; other labels do not occur in memoryless statements. */
function currentPoint(coordinate: LinearForm, label: LinearForm | null): Series {
  const isNow =
    label === null ||
    (label.constant === 0 &&
      label.terms.length === 1 &&
      label.terms[0]?.[0] === ITERATION_INDEX &&
      label.terms[0][1] === 1);
  if (!isNow) return refuse('earlier-point', 'the right side must be at the current θ');
  return [factorExpression({ kind: 'point', coordinate, at: null })];
}

function equationDifferences(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  equation: ModifiedEquation | null,
  budget: Budget,
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
  if (offset === 1)
    pairs.unshift({
      what: 'the terms without h',
      derived: factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: null }),
      claimed: coefficient(right, 0),
    });
  if (regimeOf(claim, statement) !== null) {
    const late = pairs.map(pair => ({
      ...pair,
      derived: claim.limit === null ? pair.derived : largeN(pair.derived, assumptionsOf(declarations), budget).value,
    }));
    return inRegime(
      claim,
      statement,
      declarations,
      late,
      formula => claimedSeries(claim, { ...statement, right: formula }, declarations, offset),
      budget,
    );
  }
  if (claim.limit !== null) {
    const isWhole = claim.part === null && claim.at.length === 0 && claim.rescale === null;
    return {
      ...limits(pairs, assumptionsOf(declarations), budget),
      ...(isWhole ? { measure: () => settlingOf(equation) } : {}),
    };
  }
  return {
    differences: pairs.map(({ what, derived: a, claimed: b }) => ({ what, value: subtract(b, a) })),
    rates: [],
  };
}

/** Both sides expanded in a regime, for every power of h; `read` gives the series of one term that is shown. */
function inRegime(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  pairs: readonly Pair[],
  read: (formula: Formula) => Series,
  budget: Budget,
): Sides {
  const regime = regimeOf(claim, statement);
  if (regime === null) throw new Error('a regime is given');
  const assumptions = assumptionsOf(declarations);
  const symbols = declarations.flatMap(d => (d.kind === 'scalar' ? [d.name] : []));
  const scaling = scalingOf(regime, statement, symbols);
  const shown = shownTerms(statement.right).map(read);
  const differences = pairs.flatMap(({ what, derived }, q) =>
    regimeDifferences(
      what,
      derived,
      shown.map(series => coefficient(series, q)),
      scaling,
      assumptions,
      budget,
    ),
  );
  return { differences, rates: [] };
}

/** The claimed right side as a series in h; for a modified loss the right side of the flow that it stands for. */
function claimedSeries(
  claim: Claim,
  statement: Statement,
  declarations: readonly Declaration[],
  offset: number,
): Series {
  const meaning = meaningOf(claim, declarations, claim.order + offset);
  if (statement.kind !== 'modified-loss') return new FormulaReader(meaning).read(statement.right);
  const flow = claim.flow ?? null;
  if (flow === null)
    return new FormulaReader(meaning).read(
      build.negate({ kind: 'derivative', span: null, by: [build.index(COMPONENT)], argument: statement.right }),
    );
  if (statement.left.kind !== 'quantity') return refuse('modified-loss', 'the modified loss needs a name');
  const own = { name: statement.left.name, indices: [], indexSorts: [], labels: [], body: statement.right, span: null };
  return new FormulaReader({ ...meaning, definitions: [...claim.definitions, own] }).read(flow);
}

/** The derived coefficients under part, at and rescale. */
function derivedCoefficients(
  claim: Claim,
  declarations: readonly Declaration[],
  equation: ModifiedEquation,
): Expression[] {
  const whole = partOf(claim, equation).map(value => specialised(value, claim, declarations));
  if (claim.rescale === null) return whole;
  const step = new FormulaReader({ declarations, definitions: [], order: 6 }).read(claim.rescale);
  if (coefficient(step, 0).terms.length > 0 || step.length > 2)
    return refuse('rescale', 'the new step must be a multiple of h');
  // The step c·h and the time c·t: θ̇ = c·F(θ; c·h).
  return whole.map((value, q) => multiply(value, ...Array.from({ length: q + 1 }, () => coefficient(step, 1))));
}

function partOf(claim: Claim, equation: ModifiedEquation): readonly Expression[] {
  if (claim.part === null) return equation.expressions;
  const map = deriveModifiedEquation(equation.optimizer, { order: 1, setting: equation.setting, form: 'map' });
  if (!map.ok) return refuse('no-map', 'the memoryless map was not derived');
  const memory = map.value.expressions[1] ?? ZERO_EXPRESSION;
  const first = equation.expressions[1];
  if (first === undefined || claim.order !== 1) return refuse('part', 'a part is one of the coefficient of h');
  return [ZERO_EXPRESSION, claim.part === 'memory' ? memory : subtract(first, memory)];
}

const settlings = new WeakMap<readonly Expression[], Settling>();

/** Steps to the limit of a derived equation at usual values, measured once. */
function settlingOf({ expressions, optimizer }: ModifiedEquation): Settling {
  const known = settlings.get(expressions);
  if (known !== undefined) return known;
  const assumptions = assumptionsOf(optimizer.declarations);
  const pairs = expressions.map(value => ({ value, limit: largeN(value, assumptions, new Budget(STEPS)).value }));
  const settling = stepsToLimit(pairs, usualValues(optimizer.declarations), assumptions);
  settlings.set(expressions, settling);
  return settling;
}

function decide(
  { differences: list, rates, measure }: Sides,
  declarations: readonly Declaration[],
  budget: Budget,
): ProofOutcome {
  const assumptions = assumptionsOf(declarations);
  const steps: string[] = [];
  for (const { what, value } of list) {
    const result = testZero(value, assumptions, budget);
    if (result.kind === 'stopped')
      return { kind: 'stopped', reason: `the prover's budget for ${what}: ${result.reason}` };
    if (result.kind === 'nonzero')
      return isDecidable(result.remainder)
        ? { kind: 'unequal', reason: `${what} differ` }
        : { kind: 'stopped', reason: `${what} contain something that the normal form does not decide` };
    steps.push(
      `${what} agree${result.steps.length === 0 ? ': their normal forms are the same' : ` after: ${result.steps.join(', ')}`}`,
    );
  }
  if (rates.length > 0)
    steps.push(
      `the difference from the limit is of order ${rates.map(rate => `${rate}^{n}`).join(', ')} up to powers of n`,
    );
  return {
    kind: 'proved',
    assumptions: declarations.flatMap(d => (d.kind === 'scalar' ? describeDomain(d) : [])),
    excluded: [],
    steps,
    ...(rates.length > 0 ? { rate: { orders: rates, measure: measure ?? null } } : {}),
  };
}
