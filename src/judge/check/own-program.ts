/**
 * A program of the user's own beside the rows of its optimizer: both make steps from one point with the same gradients, in Float64. What is
 * compared is the iterates; the first step at which they differ is named.
 */
import { refuse } from '../../base/problem.ts';
import { instanceEnvironment } from '../../evaluate/instance/instance-environment.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import { doubleRing } from '../../evaluate/ring/double-ring.ts';
import { runOptimizer } from '../../evaluate/series/run-optimizer.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';
import { offsetFromIteration } from '../../optimizer/label.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { nodes } from '../../optimizer/replace.ts';
import { plainInstance } from './plain-instance.ts';

/** What the program is told first. */
export interface ProgramStart {
  readonly theta: readonly number[];
  /** By plain name, `beta` for \beta; schedules as lists from n = 0. */
  readonly hyper: Readonly<Record<string, number | readonly number[]>>;
  readonly h: number;
}

/** A program that makes steps: `next` is told n and the gradient of E_n at its own current point, and gives the next point. */
export interface SteppingProgram {
  readonly start: (start: ProgramStart) => Promise<void>;
  readonly next: (n: number, gradient: readonly number[]) => Promise<readonly number[]>;
}

export type ProgramVerdict =
  | { readonly kind: 'same'; readonly steps: number; readonly deviation: number }
  | {
      readonly kind: 'differs';
      readonly step: number;
      readonly component: number;
      /** What the rows make and what the program makes. */
      readonly rows: number;
      readonly program: number;
      readonly start: ProgramStart;
    };

const STEPS = 6;
const STEP = 1 / 64;
/** Float64 with the roundings of a few steps. */
const TOLERANCE = 1e-9;

/** Refuses optimizers whose gradients are not all taken at the current point, and those with abstract functions. */
export async function compareProgram(
  optimizer: Optimizer,
  program: SteppingProgram,
  seed: number,
): Promise<ProgramVerdict> {
  refuseOtherPoints(optimizer);
  const instance = plainInstance(optimizer, STEPS - 1, 'mini-batch', seed);
  const rows = runOptimizer(optimizer, instanceEnvironment(instance, doubleRing, STEP), STEPS);
  const hyper = Object.fromEntries([
    ...[...instance.hyperparameters].map(([name, value]) => [jsonName(name), value.toNumber()] as const),
    ...[...instance.schedules].map(([name, values]) => [jsonName(name), values.map(each => each.toNumber())] as const),
  ]);
  const start: ProgramStart = { theta: instance.theta.map(value => value.toNumber()), hyper, h: STEP };
  await program.start(start);
  let point = start.theta;
  let deviation = 0;
  for (let n = 0; n < STEPS; n += 1) {
    const at = point;
    const gradient = at.map((_, place) => instance.losses[n]?.derivative([place + 1])(doubleRing, at) ?? Number.NaN);
    const made = await program.next(n, gradient);
    const wanted = rows[n + 1] ?? [];
    if (made.length !== wanted.length)
      refuse('program-answer', `the program answers ${made.length} components, not ${wanted.length}`);
    for (const [place, value] of wanted.entries()) {
      const own = made[place] ?? Number.NaN;
      const gap = Math.abs(own - value) / Math.max(1, Math.abs(value));
      if (!(gap <= TOLERANCE))
        return { kind: 'differs', step: n + 1, component: place + 1, rows: value, program: own, start };
      deviation = Math.max(deviation, gap);
    }
    point = made;
  }
  return { kind: 'same', steps: STEPS, deviation };
}

function refuseOtherPoints({ states, quantities, update, declarations, span, observed }: Optimizer): void {
  const formulas = [update, ...states.flatMap(({ right }) => [right]), ...quantities.map(({ body }) => body)];
  const isCurrent = (node: Formula): boolean =>
    node.kind !== 'loss' ||
    (node.at.body.kind === 'iterate' &&
      offsetFromIteration(node.at.body.label ?? { kind: 'index', span: null, name: ITERATION }) === 0);
  const isElsewhere = update && formulas.some(formula => ![...nodes(formula)].every(isCurrent));
  const higher = formulas.some(formula =>
    [...nodes(formula)].some(node => node.kind === 'derivative' && node.by.length > 1),
  );
  const abstract = declarations.find(({ kind }) => kind === 'vector-function' || kind === 'function');
  const isAbstract = abstract !== undefined && !(abstract.kind === 'function' && abstract.body !== null);
  if (!isElsewhere && !higher && !isAbstract && observed === undefined) return;
  refuse(
    'program-not-comparable',
    isAbstract
      ? 'the optimizer has an abstract function, which a program cannot know'
      : 'a program is told the gradient at its current point, and this optimizer needs others, or follows another sequence',
    span,
  );
}
