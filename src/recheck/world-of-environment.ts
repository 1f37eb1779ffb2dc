/** The names of a normal form where formula trees get their values from: one environment for both. */
import { refuse } from '../base/problem.ts';
import type { Environment } from '../evaluate/environment.ts';
import { Rational } from '../number/rational.ts';
import type { World } from './world.ts';

/** The mean of the product over the losses of the environment's population. */
function momentAt<T>(
  { ring, loss, population }: Environment<T>,
  parts: readonly (readonly number[])[],
  at: readonly T[],
): T {
  if (population === undefined) return refuse('no-population', 'there is no population of losses here');
  const mean = (values: readonly T[]): T =>
    ring.multiply(
      values.reduce((sum, value) => ring.add(sum, value), ring.zero),
      ring.fromRational(Rational.of(1, population)),
    );
  const all = Array.from({ length: population }, (_, k) => parts.map(part => loss(k).derivative(part)(ring, at)));
  const means = parts.map((_, place) => mean(all.map(values => values[place] ?? ring.zero)));
  return mean(
    all.map(values =>
      values.reduce(
        (product, value, place) => ring.multiply(product, ring.subtract(value, means[place] ?? ring.zero)),
        ring.one,
      ),
    ),
  );
}

/** The name under which normal forms hold h where it is a symbol. */
const STEP_SYMBOL = '#h';

/** `vectors` are the declared vectors, which normal forms hold as schedules. */
export function worldOfEnvironment<T>(environment: Environment<T>, vectors: ReadonlySet<string>): World<T> {
  const { ring, point } = environment;
  const component = (of: readonly T[], coordinate: number): T =>
    of[coordinate - 1] ?? refuse('index-out-of-range', `component ${coordinate} of a vector with ${of.length}`);
  const place = (at: number | null): readonly T[] => (at === null ? point : environment.iterate(at));
  return {
    ring,
    dimension: point.length,
    symbol: name => (name === STEP_SYMBOL ? environment.step() : environment.scalar(name)),
    loss: (batch, coordinates, at) => {
      for (const coordinate of coordinates) component(point, coordinate);
      return environment.loss(batch).derivative(coordinates)(ring, place(at));
    },
    moment: (parts, at) => {
      for (const coordinate of parts.flat()) component(point, coordinate);
      return momentAt(environment, parts, place(at));
    },
    point: (coordinate, at) => component(place(at), coordinate),
    recursive: ({ name }) =>
      refuse('defined-by-recursion', `${name} is defined by a recursion, which has no value here`),
    schedule: (name, index) =>
      vectors.has(name) ? component(environment.vector(name), index) : environment.schedule(name, index),
    function: (name, order, argument) =>
      environment.function(name, null).derivative(Array<number>(order).fill(1))(ring, [argument]),
    vectorFunction: (name, index, by, argument) => {
      for (const coordinate of by) component(argument, coordinate);
      return environment.function(name, index).derivative(by)(ring, argument);
    },
  };
}
