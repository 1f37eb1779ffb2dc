/** Formulas in index positions (labels, batches, components, bounds, exponents) as linear forms. */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { COMPONENT_INDEX, DIMENSION_INDEX, ITERATION_INDEX } from './indices.ts';

/** What index letters stand for. */
export type Letters = ReadonlyMap<string, LinearForm>;

/** The letters of the roles: n, j and p. */
export const ROLE_LETTERS: Letters = new Map([
  [ITERATION, variableForm(ITERATION_INDEX)],
  [COMPONENT, variableForm(COMPONENT_INDEX)],
  [DIMENSION, variableForm(DIMENSION_INDEX)],
]);

/** The linear form of a formula; null when it is none (or has a letter that `letters` does not know). */
export function asForm(formula: Formula, letters: Letters): LinearForm | null {
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() && formula.value.abs().num < 1_000_000n
        ? constantForm(Number(formula.value.num))
        : null;
    case 'index':
      return letters.get(formula.name) ?? null;
    case 'negate': {
      const inner = asForm(formula.argument, letters);
      return inner === null ? null : scaleForm(inner, -1);
    }
    case 'add': {
      let total: LinearForm = constantForm(0);
      for (const term of formula.terms) {
        const inner = asForm(term, letters);
        if (inner === null) return null;
        total = addForms(total, inner);
      }
      return total;
    }
    case 'multiply': {
      let total: LinearForm = constantForm(1);
      for (const factor of formula.factors) {
        const inner = asForm(factor, letters);
        if (inner === null) return null;
        if (inner.terms.length === 0) total = scaleForm(total, inner.constant);
        else if (total.terms.length === 0) total = scaleForm(inner, total.constant);
        else return null;
      }
      return total;
    }
    default:
      return null;
  }
}

/** n + 1/2 as a linear form and the number beside it that is no integer; null for anything else. */
export function formAndFraction(formula: Formula, letters: Letters): { form: LinearForm; fraction: Rational } | null {
  let form: LinearForm = constantForm(0);
  let fraction = Rational.zero;
  const pending = [formula];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'add') {
      pending.push(...node.terms);
      continue;
    }
    const number = numberOf(node);
    const inner = number === null ? asForm(node, letters) : null;
    if (number !== null) fraction = fraction.add(number);
    else if (inner !== null) form = addForms(form, inner);
    else return null;
  }
  return { form, fraction };
}

/** 1/2, typed as a number or as a fraction of numbers, with its sign. */
function numberOf(formula: Formula): Rational | null {
  if (formula.kind === 'number') return formula.value;
  if (formula.kind === 'negate') return numberOf(formula.argument)?.negate() ?? null;
  if (formula.kind !== 'divide') return null;
  const [above, below] = [numberOf(formula.numerator), numberOf(formula.denominator)];
  return above === null || below === null || below.isZero() ? null : above.divide(below);
}

/** The linear form of an index position; refuses what is none. */
export function formOf(formula: Formula, letters: Letters): LinearForm {
  return (
    asForm(formula, letters) ??
    refuse('index-not-linear', 'an index must be a sum of index letters and integers', formula.span)
  );
}
