/** Sums of index letters with whole coefficients, as exponents and bounds have them. */
import { index, negation, multiplication, number, addition } from '../../formula/build.ts';
import { type Formula, DIMENSION } from '../../formula/formula.ts';
import { type IndexOrder, NOUGHT } from './index-order.ts';

/** constant + Σ coefficient·letter. */
export interface Affine {
  readonly constant: number;
  readonly terms: ReadonlyMap<string, number>;
}
export function affineOf(formula: Formula): Affine | null {
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() ? affineConstant(formula.value.toNumber()) : null;
    case 'index':
      return formula.name === DIMENSION ? null : affineLetter(formula.name, 0);
    case 'negate': {
      const inner = affineOf(formula.argument);
      return inner && scaleAffine(inner, -1);
    }
    case 'add':
      return formula.terms.reduce<Affine | null>((total, term) => {
        const inner = affineOf(term);
        return total && inner && addAffine(total, inner, 1);
      }, affineConstant(0));
    case 'multiply':
      return formula.factors.reduce<Affine | null>((total, factor) => {
        const inner = affineOf(factor);
        if (total === null || inner === null) return null;
        if (total.terms.size === 0) return scaleAffine(inner, total.constant);
        return inner.terms.size === 0 ? scaleAffine(total, inner.constant) : null;
      }, affineConstant(1));
    default:
      return null;
  }
}
export const affineConstant = (value: number): Affine => ({ constant: value, terms: new Map() });
export const affineLetter = (letter: string, by: number): Affine => ({
  constant: by,
  terms: new Map(letter === NOUGHT ? [] : [[letter, 1]]),
});
export const scaleAffine = (form: Affine, by: number): Affine => addAffine(affineConstant(0), form, by);
export function addAffine(left: Affine, right: Affine, factor: number): Affine {
  const terms = new Map(left.terms);
  for (const [letter, coefficient] of right.terms) {
    const total = (terms.get(letter) ?? 0) + factor * coefficient;
    if (total === 0) terms.delete(letter);
    else terms.set(letter, total);
  }
  return { constant: left.constant + factor * right.constant, terms };
}
/** Whether the order shows it: every letter that is taken away is paired with one that is added, or with 0. */
export function isNeverNegative({ constant: by, terms }: Affine, order: IndexOrder): boolean {
  const units = (sign: 1 | -1): string[] =>
    [...terms].flatMap(([letter, coefficient]) =>
      Array.from({ length: Math.max(0, sign * coefficient) }, () => letter),
    );
  const [added, taken] = [units(1), units(-1)];
  const length = Math.max(added.length, taken.length);
  let least = by;
  for (let i = 0; i < length; i += 1) least -= order.most(taken[i] ?? NOUGHT, added[i] ?? NOUGHT);
  return least >= 0;
}
export function writeAffine({ constant: by, terms }: Affine): Formula {
  const parts = [...terms].map(([letter, coefficient]) =>
    coefficient === 1
      ? index(letter)
      : coefficient === -1
        ? negation(index(letter))
        : multiplication(number(coefficient), index(letter)),
  );
  return parts.length === 0 ? number(by) : addition(...parts, ...(by === 0 ? [] : [number(by)]));
}
