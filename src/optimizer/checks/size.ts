/**
 * How large a part of an optimizer is as h → 0: weight·θ_c + known + O(h^order), with the hyperparameters at generic values.
 *
 * `weight` counts the parameters' component (θ^{(k)} and θ^{(n)} count alike, since they differ by O(h)), `known` is what
 * depends on hyperparameters alone. Weights are compared with a tolerance, which at generic values decides identities in
 * the hyperparameters; nothing else is concluded from these numbers.
 */
export interface Size {
  readonly weight: number;
  readonly known: number;
  /** Infinity: there is no rest. */
  readonly order: number;
  /** Whether it is exactly a hyperparameter factor times h^order. */
  readonly monomial: boolean;
}

const TOLERANCE = 1e-9;
export const vanishes = (value: number): boolean => Math.abs(value) < TOLERANCE;

export const knownSize = (known: number): Size => ({
  weight: 0,
  known,
  order: Number.POSITIVE_INFINITY,
  monomial: false,
});
/** Anything of order h^order. */
export const restOf = (order: number): Size => ({ weight: 0, known: 0, order, monomial: false });
export const STEP_SIZE: Size = { weight: 0, known: 0, order: 1, monomial: true };
/** θ_c^{(label)}, which is θ_c^{(0)} + O(h). */
export const iterateSize = (label: number): Size => ({
  weight: 1,
  known: 0,
  order: label <= 0 ? Number.POSITIVE_INFINITY : 1,
  monomial: false,
});

export const isKnown = (size: Size): boolean => vanishes(size.weight) && size.order === Number.POSITIVE_INFINITY;
export const hasSizeZero = (size: Size): boolean => isKnown(size) && vanishes(size.known);
/** weight 0, known 0: the order of a quantity that is small for small h; 0 where it is not. */
export const smallness = (size: Size): number => (vanishes(size.weight) && vanishes(size.known) ? size.order : 0);

/** Whether it is a multiple of the parameters up to O(h), the given one where there is one. */
export const isNearMultiple = ({ weight, known, order }: Size, multiple?: number): boolean =>
  (multiple === undefined ? !vanishes(weight) : vanishes(weight - multiple)) && vanishes(known) && order >= 1;

export const addSizes = (left: Size, right: Size): Size => ({
  weight: left.weight + right.weight,
  known: left.known + right.known,
  order: Math.min(left.order, right.order),
  monomial: false,
});

export function multiplySizes(left: Size, right: Size): Size {
  const leftKnown = !vanishes(left.known);
  const rightKnown = !vanishes(right.known);
  const squared = !vanishes(left.weight) && !vanishes(right.weight);
  const leftSolid = leftKnown || !vanishes(left.weight);
  const rightSolid = rightKnown || !vanishes(right.weight);
  const order = Math.min(
    squared ? 0 : Number.POSITIVE_INFINITY,
    leftSolid ? right.order : Number.POSITIVE_INFINITY,
    rightSolid ? left.order : Number.POSITIVE_INFINITY,
    left.order + right.order,
  );
  return {
    weight: left.known * right.weight + left.weight * right.known,
    known: left.known * right.known,
    order,
    monomial: (left.monomial && (right.monomial || isKnown(right))) || (right.monomial && isKnown(left)),
  };
}

/** Null where the denominator vanishes as h → 0, or may. */
export function divideSizes(left: Size, right: Size): Size | null {
  if (right.monomial)
    return {
      ...restOf(hasSizeZero(left) ? left.order : Math.min(smallness(left), left.order) - right.order),
      monomial: left.monomial,
    };
  const inverse = raiseSize(right, -1);
  return inverse && multiplySizes(left, inverse);
}

/** size^exponent for a real exponent; null where it is not defined or not smooth. */
export function raiseSize(size: Size, exponent: number): Size | null {
  if (exponent === 0) return knownSize(1);
  if (exponent === 1) return size;
  if (!vanishes(size.weight)) return restOf(0);
  if (!vanishes(size.known)) {
    const known = size.known ** exponent;
    return Number.isFinite(known) ? { weight: 0, known, order: size.order, monomial: false } : restOf(0);
  }
  if (size.order === 0) return restOf(0);
  if (size.order === Number.POSITIVE_INFINITY) return exponent > 0 ? size : null;
  return exponent > 0 || size.monomial ? { ...restOf(size.order * exponent), monomial: size.monomial } : null;
}
