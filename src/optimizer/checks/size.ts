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
  /** c where weight and known vanish and the value is c h^order + O(h^{order+1}) with a number c; 0 where that is not known. */
  readonly lead: number;
}

const TOLERANCE = 1e-9;
export const vanishes = (value: number): boolean => Math.abs(value) < TOLERANCE;

export const knownSize = (known: number): Size => ({
  weight: 0,
  known,
  order: Number.POSITIVE_INFINITY,
  lead: 0,
});
/** Anything of order h^order. */
export const restOf = (order: number): Size => ({ weight: 0, known: 0, order, lead: 0 });
export const STEP_SIZE: Size = { weight: 0, known: 0, order: 1, lead: 1 };
/** θ_c^{(label)}, which is θ_c^{(0)} + O(h). */
export const iterateSize = (label: number): Size => ({
  weight: 1,
  known: 0,
  order: label <= 0 ? Number.POSITIVE_INFINITY : 1,
  lead: 0,
});

export const isKnown = (size: Size): boolean => vanishes(size.weight) && size.order === Number.POSITIVE_INFINITY;
export const hasSizeZero = (size: Size): boolean => isKnown(size) && vanishes(size.known);
/** weight 0, known 0: the order of a quantity that is small for small h; 0 where it is not. */
export const smallness = (size: Size): number => (vanishes(size.weight) && vanishes(size.known) ? size.order : 0);

/** Whether it is a multiple of the parameters up to O(h), the given one where there is one. */
export const isNearMultiple = ({ weight, known, order }: Size, multiple?: number): boolean =>
  (multiple === undefined ? !vanishes(weight) : vanishes(weight - multiple)) && vanishes(known) && order >= 1;

/** θ times a number plus O(h), where it is one. */
export const nearMultipleOr = (other: Size, size: Size): Size =>
  isNearMultiple(size) ? { ...size, order: 1, lead: 0 } : other;

export const addSizes = (left: Size, right: Size): Size => ({
  weight: left.weight + right.weight,
  known: left.known + right.known,
  order: Math.min(left.order, right.order),
  lead: leadOfSum(left, right),
});

/** That of the lower power of h; of two equal ones the sum, unless they cancel. */
function leadOfSum(left: Size, right: Size): number {
  const isSmall = [left, right].every(({ weight, known }) => vanishes(weight) && vanishes(known));
  if (!isSmall) return 0;
  if (left.order !== right.order) return left.order < right.order ? left.lead : right.lead;
  const sum = left.lead === 0 || right.lead === 0 ? 0 : left.lead + right.lead;
  return vanishes(sum) ? 0 : sum;
}

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
  const weight = left.known * right.weight + left.weight * right.known;
  const known = left.known * right.known;
  const isSmall = vanishes(weight) && vanishes(known) && !squared;
  return { weight, known, order, lead: isSmall ? leadOf(left) * leadOf(right) : 0 };
}

/** The first number of a value that is no multiple of the parameters: that of what vanishes with h, or of what does not. */
const leadOf = ({ weight, known, lead }: Size): number => (vanishes(weight) ? (vanishes(known) ? lead : known) : 0);

/** Null where the denominator vanishes as h → 0, or may. */
export function divideSizes(left: Size, right: Size): Size | null {
  if (right.lead !== 0)
    return {
      ...restOf(hasSizeZero(left) ? left.order : Math.min(smallness(left), left.order) - right.order),
      lead: leadOf(left) / right.lead,
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
    return Number.isFinite(known) ? { weight: 0, known, order: size.order, lead: 0 } : restOf(0);
  }
  if (size.order === 0) return restOf(0);
  if (size.order === Number.POSITIVE_INFINITY) return exponent > 0 ? size : null;
  if (exponent <= 0 && size.lead === 0) return null;
  const lead = size.lead === 0 ? 0 : size.lead ** exponent;
  return { ...restOf(size.order * exponent), lead: Number.isFinite(lead) ? lead : 0 };
}
