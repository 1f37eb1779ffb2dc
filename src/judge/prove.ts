/**
 * The prover: both sides of a statement as normal forms, and the question whether their difference is zero, for all n, p,
 * losses and hyperparameters that the assumptions allow. It evaluates nothing at numbers.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, refuse } from '../base/problem.ts';
import type { Claim, Statement } from '../document/model.ts';
import { assumptionsOf, isPositive } from '../expression/assumptions.ts';
import { type Expression, factorExpression, subtract, ZERO_EXPRESSION } from '../expression/expression.ts';
import { plainExponent } from '../expression/factor.ts';
import { FormulaReader, type Meaning, ROLE_LETTERS } from '../expression/from-formula.ts';
import type { Letters } from '../expression/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex } from '../expression/indices.ts';
import { isScalar } from '../expression/scalar.ts';
import { coefficient, type Series } from '../expression/series.ts';
import { instantiate } from '../expression/template.ts';
import { writeExpression } from '../expression/to-formula.ts';
import { writeFormula } from '../latex/write-formula.ts';
import type { ModifiedEquation } from '../modified-equation/derive.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';
import { type Declaration, DEFAULT_NOTATION, type Optimizer } from '../optimizer/model.ts';
import { testZero } from '../simplify/zero-test.ts';
import { freeLetters } from './identity-question.ts';
import type { ProofOutcome } from './prover.ts';

export type { ProofOutcome };
import { describeDomain } from './describe-domain.ts';

/** Work that one statement may cost, in terms made; right claims need a small part of it. */
const STEPS = 60_000;
const MILLISECONDS = 10_000;

/** Proves a statement, or says why not. `unequal` refutes nothing by itself. */
export function proveStatement(claim: Claim, statement: Statement, optimizer: Optimizer | null, equation: ModifiedEquation | null, budget: Budget): ProofOutcome {
  const declarations = mergedDeclarations(claim, optimizer);
  budget.spend();
  const own = new Budget(STEPS, MILLISECONDS);
  try {
    const read = attempt(() => differences(claim, statement, declarations, equation));
    if (!read.ok) return { kind: 'stopped', reason: read.problems[0]?.message ?? 'not covered by the normal form' };
    return decide(read.value, declarations, own);
  } catch (error) {
    if (error instanceof BudgetSpent) return { kind: 'stopped', reason: `the prover's budget: ${error.reason}` };
    throw error;
  }
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
  /** What the claim divides by. */
  readonly claimed: readonly Expression[];
}

/** Left minus right, power of h by power of h. */
function differences(claim: Claim, statement: Statement, declarations: readonly Declaration[], equation: ModifiedEquation | null): Sides {
  if (statement.kind === 'flow' || statement.kind === 'map') return equationDifferences(claim, statement, declarations, equation);
  if (['<', '>', '\\le', '\\ge'].includes(statement.relation)) return refuse('inequality', 'inequalities are not proved');
  const sorts = new Map(claim.definitions.map(({ name, indexSorts }) => [name, indexSorts]));
  const sortsOf = (name: string): Claim['definitions'][number]['indexSorts'] => sorts.get(name) ?? [];
  const letters: Letters = new Map([
    ...[...freeLetters(statement.left, sortsOf), ...freeLetters(statement.right, sortsOf)].map(([name, sort]) => [name, variableForm(openIndex(sort))] as const),
    ...ROLE_LETTERS,
  ]);
  const reader = new FormulaReader({ ...meaningOf(claim, declarations, 0), stepIsSymbol: true });
  const right = coefficient(reader.series(statement.right, letters), 0);
  const left = coefficient(reader.series(statement.left, letters), 0);
  return { differences: [{ what: 'the two sides', value: subtract(left, right) }], claimed: [left, right] };
}

function meaningOf(claim: Claim, declarations: readonly Declaration[], order: number): Meaning {
  const vectors = new Set(declarations.flatMap((d) => (d.kind === 'vector' ? [d.name] : [])));
  return {
    declarations,
    definitions: claim.definitions,
    order,
    fullBatch: claim.setting === 'full-batch',
    iterate: currentPoint,
    // A declared vector is an arbitrary number for each coordinate.
    quantity: (node, labels, [index]) => (vectors.has(node.name) && index !== undefined && labels.length === 0 ? [factorExpression({ kind: 'schedule', name: node.name, index })] : null),
  };
}

/** θ and θ^{(n)} are the current point; other labels do not occur in memoryless statements. */
function currentPoint(coordinate: LinearForm, label: LinearForm | null): Series {
  const isNow = label === null || (label.constant === 0 && label.terms.length === 1 && label.terms[0]?.[0] === ITERATION_INDEX && label.terms[0][1] === 1);
  if (!isNow) return refuse('earlier-point', 'the right side must be at the current θ');
  return [factorExpression({ kind: 'point', coordinate, at: null })];
}

function equationDifferences(claim: Claim, statement: Statement, declarations: readonly Declaration[], equation: ModifiedEquation | null): Sides {
  if (equation === null) return refuse('no-equation', 'there is no derived equation to compare with');
  const offset = statement.kind === 'map' ? 1 : 0;
  const right = new FormulaReader(meaningOf(claim, declarations, claim.order + offset)).read(statement.right);
  const start = offset === 1 ? factorExpression({ kind: 'point', coordinate: variableForm(COMPONENT_INDEX), at: null }) : ZERO_EXPRESSION;
  const list: Difference[] = offset === 1 ? [{ what: 'the terms without h', value: subtract(coefficient(right, 0), start) }] : [];
  for (let q = 0; q <= claim.order; q += 1) {
    const derived = equation.expressions[q];
    if (derived === undefined) throw new Error('the equation is derived to the order of the claim');
    list.push({ what: `the coefficients of h^${q + offset}`, value: subtract(coefficient(right, q + offset), derived) });
  }
  return { differences: list, claimed: right };
}

function decide({ differences: list, claimed }: Sides, declarations: readonly Declaration[], budget: Budget): ProofOutcome {
  const assumptions = assumptionsOf(declarations);
  const steps: string[] = [];
  for (const { what, value } of list) {
    const result = testZero(value, assumptions, budget);
    if (result.kind === 'stopped') return { kind: 'stopped', reason: `the prover's budget for ${what}: ${result.reason}` };
    if (result.kind === 'nonzero') return { kind: 'unequal', reason: `${what} differ` };
    steps.push(`${what} agree${result.steps.length === 0 ? ': their normal forms are the same' : ` after: ${result.steps.join(', ')}`}`);
  }
  const excluded = new Set<string>();
  for (const value of claimed) for (const text of uncertainDenominators(value, declarations)) excluded.add(text);
  return { kind: 'proved', assumptions: declarations.flatMap((d) => (d.kind === 'scalar' ? describeDomain(d) : [])), excluded: [...excluded], steps };
}

/** Denominators of hyperparameters that may vanish, as β − ρ: where they do the claim says nothing. */
function uncertainDenominators(value: Expression, declarations: readonly Declaration[]): string[] {
  const assumptions = assumptionsOf(declarations);
  return value.terms.flatMap((term) =>
    term.factors.flatMap(({ factor, exponent }) => {
      const plain = plainExponent(exponent);
      if (factor.kind !== 'template' || plain === null || plain.sign() >= 0 || !isScalar(factor.template.body) || isPositive(factor.template.body, assumptions)) return [];
      if (factor.arguments.some((form) => form.terms.some(([index]) => index < ITERATION_INDEX))) return [];
      return [`${writeFormula(writeExpression(instantiate(factor.template, factor.arguments), { nameOf: () => null, reserved: new Set() }), DEFAULT_NOTATION, 'latex')} \\ne 0`];
    }),
  );
}
