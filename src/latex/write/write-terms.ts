/** The shape in which sums and products are written: nested ones opened, signs in front. Nothing here spells. */
import type { Formula, MultiplyNode } from '../../formula/formula.ts';

/** A term of a sum with the sign that is written in front of it. */
export interface SignedTerm {
  readonly negative: boolean;
  readonly term: Formula;
}

/** The terms of a sum, nested sums opened, signs in front: a − (b + c) has the two terms a and −(b + c). */
export function signedTerms(formula: Formula): SignedTerm[] {
  if (formula.kind === 'add') return formula.terms.flatMap(signedTerms);
  return [signed(formula)];
}

/** Takes the minus out of a negated formula, a negative number or a product that begins with one. */
export function signed(formula: Formula): SignedTerm {
  if (formula.kind === 'negate') return { negative: true, term: formula.argument };
  if (formula.kind === 'number' && formula.value.sign() < 0)
    return { negative: true, term: { ...formula, value: formula.value.negate() } };
  if (formula.kind === 'multiply') {
    const [first, ...others] = flatFactors(formula);
    if (first && others.length > 0) {
      const taken = signed(first);
      if (taken.negative && !signed(taken.term).negative)
        return { negative: true, term: { ...formula, factors: [taken.term, ...others] } };
    }
  }
  return { negative: false, term: formula };
}

/** The factors of a product, nested products opened. */
export function flatFactors(formula: MultiplyNode): Formula[] {
  return formula.factors.flatMap(factor => (factor.kind === 'multiply' ? flatFactors(factor) : [factor]));
}

/** What stands behind ∇ without parentheses: one name with its scripts and argument. */
export function bindsDirectly(formula: Formula): boolean {
  switch (formula.kind) {
    case 'loss':
    case 'norm':
    case 'quantity':
    case 'call':
    case 'absolute':
      return true;
    case 'power':
      return formula.base.kind === 'norm';
    default:
      return false;
  }
}
