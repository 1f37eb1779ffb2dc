/** Hyperparameters near the ends of their domains, each by itself. */
import { Rational } from '../../number/rational.ts';
import type { Declaration, Domain } from '../../optimizer/model.ts';
import type { Draw } from './draw-sample.ts';

/** Corners of a box with four sides; of one with more some are drawn. */
const MOST_CORNERS = 16;

/** Values of all scalars near one end or the other, every choice of ends: `near` of the way from it. */
export function corners(
  declarations: readonly Declaration[],
  near: Rational,
  draw: Draw,
): ReadonlyMap<string, Rational>[] {
  const scalars = declarations.filter(each => each.kind === 'scalar');
  const all = 2 ** scalars.length;
  const chosen = Array.from({ length: Math.min(all, MOST_CORNERS) }, (_, at) =>
    all <= MOST_CORNERS ? at : draw.integer(0, all - 1),
  );
  return chosen.map(
    corner =>
      new Map(
        scalars.map(({ name, domain }, at) => [name, nearEnd(domain, near, Math.floor(corner / 2 ** at) % 2 === 1)]),
      ),
  );
}

/** That part of the way from one end of a domain, or from the only one; without ends a number of about that size, or its inverse. */
function nearEnd({ lower, upper }: Domain, near: Rational, isUpper: boolean): Rational {
  if (lower !== null && upper !== null) {
    const part = upper.subtract(lower).multiply(near);
    return isUpper ? upper.subtract(part) : lower.add(part);
  }
  const size = isUpper ? near.inverse() : near;
  return upper !== null ? upper.subtract(size) : (lower ?? Rational.zero).add(size);
}
