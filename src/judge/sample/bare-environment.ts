/** Where only numbers and index letters have a value. */
import { refuse } from '../../base/problem.ts';
import { WITHOUT_HISTORY, type Environment } from '../../evaluate/environment.ts';
import type { Ring } from '../../evaluate/ring/ring.ts';
import { PI } from '../../formula/formula.ts';

const nothing = (): never => refuse('undefined-name', 'only integers have a value here');

/** With so many coordinates, each of them zero. */
export const bareEnvironment = <T>(ring: Ring<T>, dimension: number): Environment<T> => ({
  ring,
  point: Array.from({ length: dimension }, () => ring.zero),
  ...WITHOUT_HISTORY,
  step: nothing,
  scalar: name => (name === PI ? ring.pi() : nothing()),
  loss: nothing,
  vector: nothing,
  function: nothing,
  schedule: nothing,
});
