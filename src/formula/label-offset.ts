/** How far a label lies beyond a letter, at most: c of n + c, of min(n + c, …) and of a summed letter that ends there. */
import type { Formula } from './formula.ts';

/**
 * The largest c at which the label may be `letter` + c, with what is known of summed letters; −∞ for the label 0, which is a first value.
 * Null where nothing is known. Example: −1 of l − 0 under Σ_{l=0}^{n−1}.
 */
export function offsetFrom(letter: string, label: Formula, bounds: ReadonlyMap<string, number>): number | null {
  switch (label.kind) {
    case 'index':
      return label.name === letter ? 0 : (bounds.get(label.name) ?? null);
    case 'number':
      return label.value.isZero() ? Number.NEGATIVE_INFINITY : null;
    case 'add': {
      let known: number | null = null;
      let constant = 0;
      for (const term of label.terms) {
        const number = wholeNumber(term);
        if (number !== null) constant += number;
        else if (known !== null) return null;
        else {
          known = offsetFrom(letter, term, bounds);
          if (known === null) return null;
        }
      }
      return known === null ? null : known + constant;
    }
    case 'extremum': {
      const each = label.arguments.map(part => offsetFrom(letter, part, bounds));
      const known = each.filter(part => part !== null);
      if (known.length === 0 || (label.which === 'max' && known.length < each.length)) return null;
      return label.which === 'min' ? Math.min(...known) : Math.max(...known);
    }
    default:
      return null;
  }
}

/** The integer that a formula in numbers alone is; null for any other. Example: −1 of 1 − 2. */
export function wholeNumber(formula: Formula): number | null {
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() ? formula.value.toNumber() : null;
    case 'negate': {
      const inner = wholeNumber(formula.argument);
      return inner === null ? null : -inner;
    }
    case 'add': {
      const terms = formula.terms.map(wholeNumber);
      return terms.every(each => each !== null) ? terms.reduce((sum, each) => sum + each, 0) : null;
    }
    default:
      return null;
  }
}
