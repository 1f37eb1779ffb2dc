/**
 * Where a side of a statement has no value: denominators that may be zero, roots of what may be negative, logarithms of what may not be positive, as they are
 * typed. A proof says nothing there, so they are printed with it.
 */
import { asCounted, formalLabels } from '../../document/step-labels.ts';
import { Budget, BudgetSpent } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import type { Claim, Statement } from '../../document/model.ts';
import { type Assumptions, isPositive } from '../../expression/arithmetic/assumptions.ts';
import { asNumber, type Expression, negate } from '../../expression/core/expression.ts';
import type { Letters } from '../../expression/core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex } from '../../expression/core/indices.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import { COMPONENT, type Definition, type Formula, ITERATION, POPULATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { nodes } from '../../optimizer/replace.ts';
import { variableForm } from '../../number/linear-form.ts';
import { provablyPositive } from '../../prove/sign/sign.ts';

/** The normal form of a formula without h. */
type Read = (formula: Formula, letters: Letters) => Expression;

const STEPS = 2_000;

/** `\beta - \rho \ne 0`, `a \ge 0`: the conditions under which both sides of a statement are defined, each once. */
export function excludedValues(
  claim: Claim,
  statement: Statement,
  letters: Letters,
  read: Read,
  assumptions: Assumptions,
): string[] {
  const found = new Set<string>();
  const definitions = new Map(claim.definitions.map(each => [each.name, each]));
  const visited = new Set<string>();
  let counted: Pick<Statement, 'counted'> = statement;
  const say = (formula: Formula, relation: string): void => {
    found.add(`${writeFormula(asCounted(formula, counted), claim.notation, 'latex')} ${relation} 0`);
  };
  const denominator = (formula: Formula, scope: Letters): void => {
    if (formula.kind === 'step' || (formula.kind === 'index' && formula.name === POPULATION)) return;
    if (formula.kind === 'multiply') for (const factor of formula.factors) denominator(factor, scope);
    else if (formula.kind === 'negate') denominator(formula.argument, scope);
    else if (formula.kind === 'power') denominator(formula.base, scope);
    else if (formula.kind === 'root') denominator(formula.radicand, scope);
    else if (!isNonzero(formula, scope, read, assumptions)) say(formula, '\\ne');
  };
  const visit = (formula: Formula, scope: Letters): void => {
    switch (formula.kind) {
      case 'divide':
        denominator(formula.denominator, scope);
        break;
      case 'power':
        if (formula.exponent.kind === 'number' && formula.exponent.value.sign() < 0) denominator(formula.base, scope);
        if (isRootLike(formula.exponent) && !holds(formula.base, false, scope, read, assumptions))
          say(formula.base, '\\ge');
        break;
      case 'call':
        if (
          elementaryFunction(formula.name)?.ofPositive === true &&
          !holds(formula.argument, true, scope, read, assumptions)
        )
          say(formula.argument, '>');
        break;
      case 'root':
        if (formula.degree % 2 === 0 && !holds(formula.radicand, false, scope, read, assumptions))
          say(formula.radicand, '\\ge');
        break;
      case 'quantity': {
        const definition = definitions.get(formula.name);
        if (definition === undefined || visited.has(formula.name)) break;
        visited.add(formula.name);
        const around = counted;
        if (claim.counted && definition.labels.length > 0) counted = { counted: formalLabels(claim.counted) };
        visit(definition.body, inDefinition(definition, scope));
        if (definition.recursion) visit(definition.recursion.start, inDefinition(definition, scope));
        counted = around;
        break;
      }
      default:
        break;
    }
    const inner =
      formula.kind === 'sum' || formula.kind === 'product'
        ? new Map(scope).set(formula.index, variableForm(openIndex(formula.sort)))
        : scope;
    for (const child of children(formula)) visit(child, inner);
  };
  visit(statement.left, letters);
  visit(statement.right, letters);
  // Behind \iff stands the other half of what is stated.
  const { condition } = statement;
  for (const { left, right } of condition?.equivalence === true ? condition.comparisons : []) {
    visit(left, letters);
    visit(right, letters);
  }
  return [...found];
}

/** An exponent that is no whole number, or a hyperparameter: powers of what is negative have no value then. */
const isRootLike = (exponent: Formula): boolean =>
  exponent.kind === 'number'
    ? !exponent.value.isInteger()
    : [...nodes(exponent)].some(({ kind }) => kind === 'parameter');

function inDefinition(definition: Definition, scope: Letters): Letters {
  const inner = new Map(scope);
  definition.indices.forEach((name, at) => {
    const index = name === COMPONENT ? COMPONENT_INDEX : openIndex(definition.indexSorts[at] ?? 'coordinate');
    inner.set(name, variableForm(index));
  });
  for (const label of definition.labels) {
    if (!inner.has(label)) inner.set(label, variableForm(label === ITERATION ? ITERATION_INDEX : openIndex('history')));
  }
  return inner;
}

function isNonzero(formula: Formula, scope: Letters, read: Read, assumptions: Assumptions): boolean {
  return (
    holds(formula, true, scope, read, assumptions) ||
    holds(formula, true, scope, (each, l) => negate(read(each, l)), assumptions)
  );
}

function holds(formula: Formula, strictly: boolean, scope: Letters, read: Read, assumptions: Assumptions): boolean {
  const value = attempt(() => read(formula, scope));
  if (!value.ok) return false;
  const number = asNumber(value.value);
  if (number !== null) return strictly ? number.sign() > 0 : number.sign() >= 0;
  if (isPositive(value.value, assumptions)) return true;
  try {
    const region = { assumptions, from: 0 };
    const result = attempt(() => provablyPositive(value.value, strictly, region, new Budget(STEPS)));
    return result.ok && result.value;
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  }
}
