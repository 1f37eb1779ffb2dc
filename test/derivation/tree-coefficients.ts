/**
 * The coefficients of explicit Euler's modified equation, tree by tree, by the recursion for B-series: written for the tests, sharing nothing
 * with src/. A tree is the list of the trees at its root, in no order; edges are cut one by one.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, 2nd ed., IX.9.1: b(τ) = a(τ) − Σ_{j≥2} (1/j!) ∂_b^{j−1} b(τ) and Lemma 9.1 for
 * the Lie derivative ∂_b c(τ) = Σ c(what is left) b(what is cut off), over all edges.
 */
export interface Plain {
  readonly below: readonly Plain[];
}

/** Fractions of integers. */
export type Fraction = readonly [bigint, bigint];

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
export const fraction = (a: bigint, b: bigint): Fraction => {
  const by = gcd(a, b) * (b < 0n ? -1n : 1n);
  return [a / by, b / by];
};
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d);
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);

export const sizeOf = ({ below }: Plain): number => below.reduce((total, each) => total + sizeOf(each), 1);
/** One text for trees that differ in the order of branches only. */
export const textOf = ({ below }: Plain): string => `(${below.map(textOf).sort().join('')})`;
/** The order of the group of symmetries. */
export function symmetryOf({ below }: Plain): bigint {
  const counts = new Map<string, bigint>();
  let product = 1n;
  for (const each of below) {
    const count = (counts.get(textOf(each)) ?? 0n) + 1n;
    counts.set(textOf(each), count);
    product *= count * symmetryOf(each);
  }
  return product;
}

/** All trees with `size` vertices: of those with one vertex less, a leaf added at every vertex. */
export function treesOf(size: number): Plain[] {
  if (size === 1) return [{ below: [] }];
  const found = new Map<string, Plain>();
  for (const tree of treesOf(size - 1)) for (const grown of withLeaf(tree)) found.set(textOf(grown), grown);
  return [...found.values()];
}

const withLeaf = ({ below }: Plain): Plain[] => [
  { below: [...below, { below: [] }] },
  ...below.flatMap((each, at) => withLeaf(each).map(grown => ({ below: below.toSpliced(at, 1, grown) }))),
];

/** For every edge what is left and what is cut off. */
export const cuts = ({ below }: Plain): [Plain, Plain][] =>
  below.flatMap((each, at): [Plain, Plain][] => [
    [{ below: below.toSpliced(at, 1) }, each],
    ...cuts(each).map(([left, off]): [Plain, Plain] => [{ below: below.toSpliced(at, 1, left) }, off]),
  ]);

const known = new Map<string, Fraction>();

/** ∂_b^{power} b(τ), b for explicit Euler; b itself for power 0. */
export function derivedCoefficient(tree: Plain, power = 0): Fraction {
  const key = `${textOf(tree)}${power}`;
  let value = known.get(key);
  if (value === undefined) {
    value = [0n, 1n];
    if (power > 0) {
      for (const [left, off] of cuts(tree))
        value = plus(value, times(derivedCoefficient(left, power - 1), derivedCoefficient(off)));
    } else {
      if (sizeOf(tree) === 1) value = [1n, 1n];
      let factorial = 1n;
      for (let j = 2; j <= sizeOf(tree); j += 1) {
        factorial *= BigInt(j);
        value = plus(value, times([-1n, factorial], derivedCoefficient(tree, j - 1)));
      }
    }
    known.set(key, value);
  }
  return value;
}
