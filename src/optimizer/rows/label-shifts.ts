/** What is added to typed labels to get those of the model. */
import type { Counting, Optimizer } from '../model.ts';

/** For the names whose labels move; `made` are the states whose first value the first step makes. */
export function labelShifts(
  names: readonly string[],
  counting: Counting,
  made: ReadonlySet<string>,
): Pick<Optimizer, 'labelShifts'> {
  const shifts = names.map(
    name => [name, -(counting.states.get(name) ?? counting.iterates) - (made.has(name) ? 1 : 0)] as const,
  );
  const moved = shifts.filter(([, shift]) => shift !== 0);
  return moved.length > 0 ? { labelShifts: new Map(moved) } : {};
}
