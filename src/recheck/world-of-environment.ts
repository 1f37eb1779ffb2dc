/** The names of a normal form where formula trees get their values from: one environment for both. */
import { refuse } from '../base/problem.ts';
import type { Environment } from '../evaluate/environment.ts';
import type { World } from './world.ts';

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
