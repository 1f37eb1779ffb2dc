/** A world in a regime: the small parameter, and with component j alone the other components of the gradient, at one σ. */
import { Rational } from '../number/rational.ts';
import { rationalPower } from '../evaluate/ring/ring.ts';
import type { RegimeOf } from '../prove/trace.ts';
import type { World } from './world.ts';

export function scaledWorld<T>(world: World<T>, regime: RegimeOf, sigma: Rational, component: number): World<T> {
  const { ring } = world;
  const { small, dimension, direction, alone } = regime;
  const scale = (power: Rational): T =>
    rationalPower(ring, ring.fromRational(sigma), power.multiply(Rational.of(direction)));
  const bySmall = scale(dimension);
  const byGradient = scale(Rational.one);
  return {
    ...world,
    symbol: name => (name === small ? ring.multiply(world.symbol(name), bySmall) : world.symbol(name)),
    loss: (batch, coordinates, at) => {
      const value = world.loss(batch, coordinates, at);
      const isOther = alone && coordinates.length === 1 && coordinates[0] !== component;
      return isOther ? ring.multiply(value, byGradient) : value;
    },
  };
}
