/** The ends of the sums of a nest. */
import { type IndexSort, type BigNode, DIMENSION, type Formula } from '../../formula/formula.ts';
import { affineOf, writeAffine, affineLetter } from './affine.ts';
import { NOUGHT } from './index-order.ts';

/** letter + by; the letter may be {@link NOUGHT}. */
export interface End {
  readonly letter: string;
  readonly by: number;
}
export interface Bound {
  readonly letter: string;
  readonly sort: IndexSort;
  readonly node: BigNode;
  readonly lower: readonly End[];
  readonly upper: readonly End[];
}
export function boundOf(node: BigNode): Bound | null {
  const { sort, index: letter } = node;
  if (sort === 'coordinate') {
    const isWhole =
      node.lower.kind === 'number' &&
      node.lower.value.isOne() &&
      node.upper.kind === 'index' &&
      node.upper.name === DIMENSION;
    return isWhole ? { letter, sort, node, lower: [], upper: [] } : null;
  }
  const lower = endsOf(node.lower, 'max');
  const upper = endsOf(node.upper, 'min');
  return lower === null || upper === null ? null : { letter, sort, node, lower, upper };
}
export function endsOf(formula: Formula, which: 'max' | 'min'): End[] | null {
  const parts = formula.kind === 'extremum' && formula.which === which ? formula.arguments : [formula];
  const ends = parts.map(part => {
    const form = affineOf(part);
    const [only, second] = form === null ? [] : [...form.terms];
    if (form === null || second !== undefined || (only !== undefined && only[1] !== 1)) return null;
    return { letter: only?.[0] ?? NOUGHT, by: form.constant };
  });
  const known = ends.filter(end => end !== null);
  return known.length === ends.length ? known : null;
}
export function endOf(which: 'max' | 'min', ends: readonly End[]): Formula {
  const written = ends.map(({ letter, by }) => writeAffine(affineLetter(letter, by)));
  const [only] = written;
  return written.length === 1 && only ? only : { kind: 'extremum', span: null, which, arguments: written };
}
/** The ends that no other one implies: `distance` c of each, `between` the known difference of two. */
export function sharpest(
  letters: readonly string[],
  distance: (letter: string) => number,
  between: (a: string, b: string) => number,
): End[] {
  const all = letters.map(letter => ({ letter, by: distance(letter) })).filter(({ by }) => Number.isFinite(by));
  // Where two imply each other the first stays.
  const implies = (a: End, b: End): boolean => between(b.letter, a.letter) + a.by <= b.by;
  return all.filter(
    (end, place) =>
      !all.some((other, at) => at !== place && implies(other, end) && (at < place || !implies(end, other))),
  );
}
