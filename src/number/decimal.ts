/**
 * High-precision decimals: decimal.js behind one factory, one independent clone a precision.
 *
 * decimal.js keeps its precision in a constructor, so a shared constructor would be hidden global state, and a number
 * made by a clone of low precision cuts every result silently. Take the constructor from {@link decimalsWith} and let no
 * number cross from one clone to another except as text.
 */
import { Decimal } from 'decimal.js';

export type DecimalConstructor = typeof Decimal;
export type { Decimal };

const clones = new Map<number, DecimalConstructor>();

/**
 * The constructor whose results are rounded half up to `digits` significant digits. π and ln 10 are known to 1,025
 * digits only, so trigonometric functions and logarithms beyond about 1,000 digits throw.
 */
export function decimalsWith(digits: number): DecimalConstructor {
  const known = clones.get(digits);
  if (known) return known;
  const made = Decimal.clone({ defaults: true, precision: digits, rounding: Decimal.ROUND_HALF_UP });
  clones.set(digits, made);
  return made;
}
