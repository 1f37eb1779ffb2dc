/** The Taylor polynomial of a derivative of a loss about the starting point. */
import { addFloats, type FloatSeries, floatConstant, multiplyFloats } from './float-series.ts';

/** Derivatives of the losses beyond this many more are left out: the steps are looked at to h³. */
const TAYLOR = 4;

/** ∇_{by}E at the start moved by `moves`, which are O(h); `tensor` gives the derivatives of E at the start. */
export function taylorOfLoss(
  by: readonly number[],
  moves: readonly FloatSeries[],
  tensor: (indices: readonly number[]) => number,
): FloatSeries {
  const taylor = (indices: readonly number[], left: number, factor: number): FloatSeries => {
    let sum = floatConstant(tensor(indices) * factor);
    if (left === 0) return sum;
    const rank = TAYLOR - left + 1;
    // Σ_c move_c ∂_c of the next derivative, each order divided by its number.
    for (const [c, move] of moves.entries())
      sum = addFloats(sum, multiplyFloats(move, taylor([...indices, c + 1], left - 1, factor / rank)));
    return sum;
  };
  return taylor(by, TAYLOR, 1);
}
