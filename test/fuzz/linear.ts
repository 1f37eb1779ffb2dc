/** Whole linear forms in n, p and index letters: the bounds, labels and exponents of the fuzz generator's claims. */
export interface Linear {
  readonly constant: number;
  /** Letter and factor, no factor 0, sorted by letter. */
  readonly terms: readonly (readonly [letter: string, factor: number])[];
}

function collected(constant: number, terms: Iterable<readonly [string, number]>): Linear {
  const factors = new Map<string, number>();
  for (const [letter, factor] of terms) factors.set(letter, (factors.get(letter) ?? 0) + factor);
  return {
    constant,
    terms: [...factors].filter(([, factor]) => factor !== 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

export const constant = (value: number): Linear => ({ constant: value, terms: [] });
export const letter = (name: string, shift = 0): Linear => ({ constant: shift, terms: [[name, 1]] });
export const added = (a: Linear, b: Linear): Linear => collected(a.constant + b.constant, [...a.terms, ...b.terms]);
export const scaled = (a: Linear, by: number): Linear =>
  collected(
    a.constant * by,
    a.terms.map(([name, factor]) => [name, factor * by] as const),
  );
export const difference = (a: Linear, b: Linear): Linear => added(a, scaled(b, -1));
export const shifted = (a: Linear, by: number): Linear => ({ ...a, constant: a.constant + by });
export const sameLinear = (a: Linear, b: Linear): boolean => {
  const { constant: rest, terms } = difference(a, b);
  return rest === 0 && terms.length === 0;
};
export const factorOf = (a: Linear, name: string): number => a.terms.find(([each]) => each === name)?.[1] ?? 0;
export const without = (a: Linear, name: string): Linear => ({
  ...a,
  terms: a.terms.filter(([each]) => each !== name),
});
export const replaced = (a: Linear, name: string, by: Linear): Linear => {
  const factor = factorOf(a, name);
  return factor === 0 ? a : added(without(a, name), scaled(by, factor));
};

/** A bound index and its range, outer ones first. */
export interface Binding {
  readonly name: string;
  readonly low: Linear;
  readonly high: Linear;
}

/** What all admissible integers satisfy: n ≥ leastN, p ≥ 1, free labels from 0 to n, bound indices in their ranges. */
export interface IndexFacts {
  readonly leastN: number;
  readonly labels: readonly string[];
  readonly bindings: readonly Binding[];
}

/**
 * A number that the form is never below, −∞ where this reasoning finds none. Bound indices are replaced by the end of their
 * range that is worse, innermost first; that is sound since a body counts only where its range is not empty.
 */
export function leastValue(form: Linear, { leastN, labels, bindings }: IndexFacts): number {
  let rest = form;
  for (const { name, low, high } of [...bindings].reverse()) {
    const factor = factorOf(rest, name);
    if (factor !== 0) rest = replaced(rest, name, factor > 0 ? low : high);
  }
  for (const name of labels) {
    const factor = factorOf(rest, name);
    if (factor !== 0) rest = replaced(rest, name, factor > 0 ? constant(0) : letter('n'));
  }
  let least = rest.constant;
  for (const [name, factor] of rest.terms) {
    if (factor < 0) return Number.NEGATIVE_INFINITY;
    least += factor * (name === 'n' ? leastN : 1);
  }
  return least;
}
