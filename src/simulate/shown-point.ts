/** A point in a message: its first components. */
export function shownPoint(theta: ArrayLike<number>): string {
  const shown = Array.from(theta)
    .slice(0, 4)
    .map(value => value.toPrecision(6));
  return theta.length > 4 ? `(${shown.join(', ')}, …)` : `(${shown.join(', ')})`;
}
