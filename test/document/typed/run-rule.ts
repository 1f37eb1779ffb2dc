/** An optimizer run from its rows in Float64, at the losses and values that rules/run-rules.py has too. */
import { jsonName } from '../../../src/evaluate/instance/instance.ts';
import { instanceEnvironment } from '../../../src/evaluate/instance/instance-environment.ts';
import { readInstance } from '../../../src/evaluate/instance/read-instance.ts';
import { doubleRing } from '../../../src/evaluate/ring/double-ring.ts';
import { runOptimizer } from '../../../src/evaluate/series/run-optimizer.ts';
import type { Optimizer } from '../../../src/optimizer/model.ts';
import type { AuthoredRule } from './authored-rules.ts';

const STEP = 1 / 64;
const LOSSES = [
  'x1^2/2 + x1*x2/3 - x2',
  'x1*x2^2 + 2*x1',
  '(3/2 - 2*x1*x2)^2/2',
  'tanh(x1*x2) + x1',
  'x1^2 - x1*x2 + x2^2/3 + x2',
];
const SCALARS = ['4/5', '9/10', '1/7', '2/7', '1/3', '5/11', '3/13'];
const SCHEDULE = ['1', '1/2', '2/3', '1/4', '3/5', '2/5', '1/3'];

/** The points after each step. */
export async function runRule(
  optimizer: Optimizer,
  { points, full, values }: NonNullable<AuthoredRule['runs']>,
): Promise<readonly (readonly number[])[]> {
  const steps = points.length;
  const named = (kind: 'scalar' | 'schedule'): string[] =>
    optimizer.declarations.flatMap(each => (each.kind === kind ? [jsonName(each.name)] : [])).sort();
  const instance = await readInstance(
    JSON.stringify({
      n: steps - 1,
      theta: ['1/3', '-2/5'],
      setting: full ? 'full-batch' : 'mini-batch',
      losses: full ? LOSSES.slice(2, 3) : LOSSES.slice(0, steps),
      hyperparameters: Object.fromEntries(
        named('scalar').map((name, at) => [name, values.get(name) ?? SCALARS[at] ?? '1/2']),
      ),
      schedules: Object.fromEntries(named('schedule').map(name => [name, SCHEDULE.slice(0, steps + 1)])),
    }),
    optimizer,
  );
  if (!instance.ok) throw new Error(instance.problems.map(each => each.message).join('; '));
  return runOptimizer(optimizer, instanceEnvironment(instance.value, doubleRing, STEP), steps).slice(1);
}
