/** The names under which a test file's equations are recorded, and when they are written. */
import type { MatcherState } from 'vitest';
import { VERSION } from '../base/version.ts';
import type { RecordedOptimizer, Snapshot } from '../report/snapshot/snapshot.ts';

/** `all`: everything is recorded anew; `new`: what is missing; `none`: nothing (in CI). */
export type UpdateMode = 'all' | 'new' | 'none';

/** What vitest was told: `-u`, nothing, or that it runs in CI. */
export function updateModeOf({ snapshotState }: MatcherState): UpdateMode {
  const mode: unknown =
    Reflect.get(snapshotState, 'snapshotUpdateState') ?? Reflect.get(snapshotState, '_updateSnapshot');
  return mode === 'all' || mode === 'new' ? mode : 'none';
}

interface Count {
  readonly assertions: number;
  readonly count: number;
}

const counts = new Map<string, Count>();

/** `NAME OF THE TEST 1`, `… 2`: the calls of one run of a test are counted, and a run that is made again counts from 1. */
export function nextName(testPath: string, testName: string, assertions: number): string {
  const key = `${testPath}\n${testName}`;
  const before = counts.get(key);
  const count = before === undefined || assertions <= before.assertions ? 1 : before.count + 1;
  counts.set(key, { assertions, count });
  return `${testName} ${count}`;
}

/** The snapshot with this entry, in the place of the one that has its name, else at the end. */
export function withEntry(snapshot: Snapshot | null, entry: RecordedOptimizer): Snapshot {
  const old = snapshot?.optimizers ?? [];
  const optimizers = old.some(({ id }) => id === entry.id)
    ? old.map(each => (each.id === entry.id ? entry : each))
    : [...old, entry];
  return { schema: 1, version: VERSION, optimizers };
}
