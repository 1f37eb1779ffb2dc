/** Formulas in index positions (labels, batches, components, bounds, exponents) as linear forms. */
import { refuse } from '../../base/problem.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';
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

/** The linear form of an index position; refuses what is none. */
export function formOf(formula: Formula, letters: Letters): LinearForm {
  return (
    asForm(formula, letters) ??
    refuse('index-not-linear', 'an index must be a sum of index letters and integers', formula.span)
  );
}
