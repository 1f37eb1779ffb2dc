/** The highest power of h in a formula, with defined names inserted: the default order of a statement about it. */
import type { Definition, Formula } from './formula.ts';
import { children } from './walk.ts';

/**
 * The degree of the formula as a polynomial in h, the lowest power being allowed to be negative; null where h stands under
 * a root, in a denominator that is no monomial, or in a function, so that no highest power exists.
 */
export function degreeInStep(formula: Formula, definitions: ReadonlyMap<string, Definition>): number | null {
  const memo = new Map<string, Powers | null>();
  return powers(formula, definitions, memo)?.highest ?? null;
}

interface Powers {
  readonly lowest: number;
  readonly highest: number;
}

const NONE: Powers = { lowest: 0, highest: 0 };

function powers(
  formula: Formula,
  definitions: ReadonlyMap<string, Definition>,
  memo: Map<string, Powers | null>,
): Powers | null {
  const inner = (each: Formula): Powers | null => powers(each, definitions, memo);
  const free = (each: readonly Formula[]): Powers | null =>
    each.every(one => {
      const found = inner(one);
      return found?.lowest === 0 && found.highest === 0;
    })
      ? NONE
      : null;
  switch (formula.kind) {
    case 'step':
      return { lowest: 1, highest: 1 };
    case 'number':
    case 'parameter':
    case 'index':
      return NONE;
    case 'add':
      return formula.terms.map(inner).reduce(either, NO_TERMS);
    case 'negate':
      return inner(formula.argument);
    case 'multiply':
      return formula.factors.map(inner).reduce(both, NONE);
    case 'divide': {
      const numerator = inner(formula.numerator);
      const denominator = inner(formula.denominator);
      if (!numerator || !denominator || denominator.lowest !== denominator.highest) return null;
      return { lowest: numerator.lowest - denominator.lowest, highest: numerator.highest - denominator.lowest };
    }
    case 'power': {
      const base = inner(formula.base);
      if (base && base.lowest === 0 && base.highest === 0) return free([formula.exponent]);
      if (!base || formula.exponent.kind !== 'number') return null;
      const exponent = formula.exponent.value.toNumber();
      const whole = Number.isInteger(exponent) && (exponent >= 0 || base.lowest === base.highest);
      return whole ? { lowest: base.lowest * exponent, highest: base.highest * exponent } : null;
    }
    case 'sum':
      return both(free([formula.lower, formula.upper]), inner(formula.body));
    case 'derivative':
    case 'parameter-derivative':
      return inner(formula.argument);
    case 'quantity': {
      const definition = definitions.get(formula.name);
      if (!definition) return free(children(formula));
      const known = memo.get(formula.name);
      if (known !== undefined) return known;
      memo.set(formula.name, null);
      const found = inner(definition.body);
      memo.set(formula.name, found);
      return found;
    }
    case 'root':
    case 'absolute':
    case 'extremum':
    case 'product':
    case 'iterate':
    case 'loss':
    case 'call':
    case 'vector-call':
    case 'schedule':
    case 'norm':
      return free(children(formula));
  }
}

/** The neutral element of {@link either}; no sum is empty. */
const NO_TERMS: Powers = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };

const either = (left: Powers | null, right: Powers | null): Powers | null =>
  left && right && { lowest: Math.min(left.lowest, right.lowest), highest: Math.max(left.highest, right.highest) };

const both = (left: Powers | null, right: Powers | null): Powers | null =>
  left && right && { lowest: left.lowest + right.lowest, highest: left.highest + right.highest };
