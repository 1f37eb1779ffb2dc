/** Programs that `derive --format` prints, run in Python beside the coefficients that `modeq eval` prints. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SeededNumbers } from '../../../src/base/seeded-numbers.ts';
import { attempt, orRefuse } from '../../../src/base/problem.ts';
import { deriveModifiedEquation } from '../../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../../src/evaluate/evaluate-equation.ts';
import { jsonName } from '../../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../../src/evaluate/instance/read-instance.ts';
import type { Optimizer } from '../../../src/optimizer/model.ts';
import { pythonCode } from '../../../src/report/code/python-code.ts';
import { sympyCode } from '../../../src/report/code/sympy-code.ts';
import { type VectorEquation, vectorEquation } from '../../../src/report/code/vector-equation.ts';

/** A python3 with NumPy and SymPy: the usual one, or that of the system beside it; null where there is none. */
const python = ['python3', '/usr/bin/python3'].find(
  program => spawnSync(program, ['-c', 'import numpy, sympy']).status === 0,
);

/** Whether python3 with NumPy and SymPy is there. */
export const hasPython = python !== undefined;

export interface Asked {
  readonly optimizer: Optimizer;
  readonly order: number;
  readonly kind: 'python' | 'sympy';
  readonly limit: 'large-n' | null;
  readonly seed: number;
  readonly n: number;
}

/** The coefficients of the program and those of `modeq eval` at the same instance; in the limit, at an n that is large. */
export async function programBesideEval(
  asked: readonly Asked[],
): Promise<{ readonly found: number[][] | string; readonly expected: number[][] }[]> {
  const prepared = await Promise.all(asked.map(prepare));
  const { stdout, stderr } = spawnSync(
    python ?? 'python3',
    [fileURLToPath(new URL('run_programs.py', import.meta.url))],
    {
      input: JSON.stringify(prepared.map(({ task }) => task)),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  if (stdout === '') throw new Error(stderr);
  const results: (number[][] | string)[] = JSON.parse(stdout);
  return prepared.map(({ expected }, at) => ({ found: results[at] ?? 'nothing', expected }));
}

const known = new Map<string, VectorEquation>();

function equationOf(optimizer: Optimizer, order: number, limit: Asked['limit']): VectorEquation {
  const key = `${optimizer.id} ${order} ${limit}`;
  const made = known.get(key) ?? orRefuse(vectorEquation(optimizer, { order, limit }));
  known.set(key, made);
  return made;
}

/** Whether the equation at finite n can be printed as a program. */
export function hasVectorForm(optimizer: Optimizer, order: number): boolean {
  return attempt(() => equationOf(optimizer, order, null)).ok;
}

async function prepare({
  optimizer,
  order,
  kind,
  limit,
  seed,
  n,
}: Asked): Promise<{ readonly task: object; readonly expected: number[][] }> {
  const equation = equationOf(optimizer, order, limit);
  const random = randomOf(seed);
  const scalars = optimizer.declarations.flatMap(each =>
    each.kind === 'scalar' ? [[jsonName(each.name), `${1 + random(3)}/${5 + random(3)}`] as const] : [],
  );
  const steps = optimizer.declarations.flatMap(each =>
    each.kind === 'schedule'
      ? [[jsonName(each.name), Array.from({ length: n + 2 }, () => `${1 + random(4)}/${6 + random(3)}`)] as const]
      : [],
  );
  const theta = Array.from({ length: 3 }, () => `${random(2) === 0 ? '-' : ''}${1 + random(9)}/${7 + random(4)}`);
  const loss = randomLoss(random);
  const instance = {
    ...{ n, theta, setting: 'full-batch', losses: [loss] },
    hyperparameters: Object.fromEntries(scalars),
    ...(steps.length > 0 ? { schedules: Object.fromEntries(steps) } : {}),
  };
  const read = orRefuse(await readInstance(JSON.stringify(instance), optimizer));
  const derived = orRefuse(deriveModifiedEquation(optimizer, { order, setting: 'mini-batch' }));
  const values = orRefuse(evaluateCoefficients({ ...derived, declarations: optimizer.declarations }, read, 20));
  const used = new Set(equation.needed.map(({ key }) => key));
  const task = {
    ...{ kind, loss, theta, n: limit === null ? n : null, step: equation.step },
    code: (kind === 'python' ? pythonCode : sympyCode)(equation),
    values: Object.fromEntries(scalars.filter(([name]) => used.has(name))),
    schedules: Object.fromEntries(steps.filter(([name]) => used.has(name))),
    asked: [...used],
  };
  return { task, expected: values.map(row => row.map(Number)) };
}

function randomOf(seed: number): (below: number) => number {
  const numbers = new SeededNumbers(seed);
  return below => numbers.integer(0, below - 1);
}

/** A loss of three coordinates with derivatives of every order, mixed ones among them. */
function randomLoss(random: (below: number) => number): string {
  const x = (): string => `x${1 + random(3)}`;
  const pieces = Array.from({ length: 3 }, () => {
    const scale = `${1 + random(5)}/${2 + random(3)}`;
    return [
      `${scale}*${x()}^2*${x()}`,
      `${scale}*sin(${x()}*${x()})`,
      `${scale}*exp(${x()}/3)`,
      `${scale}*${x()}*${x()}`,
    ][random(4)];
  });
  return `x1^2/2 + 2*x2^2/3 + x3^2 - x1*x2/2 + x3 - x2/3 + x1*x3^2 + ${pieces.join(' + ')}`;
}
