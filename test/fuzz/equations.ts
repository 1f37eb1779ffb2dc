/**
 * Draws optimizers and claims about f_0 of their modified equation: the update with every past θ^{(k)} put at the present θ.
 * The rows are printed as recursions; what is known of them is the sum over the history, and the recursion itself is run in
 * exact fractions beside that sum.
 */
import type { FuzzClaim } from './claim.ts';
import { type Domain, type Facts, declarationText } from './facts.ts';
import { judged, slipped } from './identities.ts';
import { added, constant, letter, scaled, shifted } from './linear.ts';
import { print } from './print.ts';
import type { Dice } from './random.ts';
import { rewriteOnce, same } from './rewritings.ts';
import {
  index,
  minusOf,
  negativeOf,
  number,
  overOf,
  plusOf,
  powerOf,
  productOf,
  scalar,
  sizeOf,
  substituted,
  sumOf,
  timesOf,
  type Tree,
} from './tree.ts';

interface State {
  readonly name: string;
  /** s^{(n+1)} = keep_n s^{(n)} + take_n x_n; the trees have n free. */
  readonly keep: Tree;
  readonly take: Tree;
  readonly squared: boolean;
}

const n = letter('n');
const gradientAt = (label: ReturnType<typeof letter> | null): Tree => ({ kind: 'gradient', component: 'j', label });

/** Π_{i=k+1}^{n} keep_i. */
function kept(keep: Tree, k: string, i: string): Tree {
  if (tree1(keep)) return number(1);
  if (keep.kind === 'scalar' || keep.kind === 'number') return powerOf(keep, added(n, scaled(letter(k), -1)));
  return productOf(i, letter(k, 1), n, substituted(keep, 'n', letter(i)));
}

/** Σ_{k=0}^{n} take_k x_k Π_{i=k+1}^{n} keep_i, in the full batch with ∇_jE before it. */
function historySum({ keep, take, squared }: State, k: string, i: string, full: boolean): Tree {
  const weight = timesOf(kept(keep, k, i), substituted(take, 'n', letter(k)));
  const power = (tree: Tree): Tree => (squared ? powerOf(tree, 2) : tree);
  if (!full) return sumOf(k, constant(0), n, timesOf(weight, power(gradientAt(letter(k)))));
  return timesOf(sumOf(k, constant(0), n, weight), power(gradientAt(null)));
}

function rowText({ name, keep, take, squared }: State): string {
  const gradient = squared ? '\\left(\\nabla_j E_n(\\theta^{(n)})\\right)^2' : '\\nabla_j E_n(\\theta^{(n)})';
  const factor = (tree: Tree): string =>
    tree.kind === 'plus' || tree.kind === 'index' ? `\\left(${print(tree)}\\right)` : print(tree);
  const taken = tree1(take) ? gradient : `${factor(take)} ${gradient}`;
  return `${name}_j^{(n+1)} &= ${factor(keep)} ${name}_j^{(n)} + ${taken}`;
}

const tree1 = (tree: Tree): boolean => tree.kind === 'number' && tree.value.top === 1n && tree.value.bottom === 1n;

function drawnState(dice: Dice, name: string, letterName: string, squared: boolean): State {
  const rate = scalar(letterName);
  const schedule: Tree = { kind: 'schedule', label: n };
  const keep = dice.weighted<Tree>([
    [6, rate],
    [1.5, number(1, 2)],
    [1.5, squared ? rate : schedule],
    [0.8, number(1)],
  ]);
  const take = dice.weighted<Tree>([
    [3, number(1)],
    [4, minusOf(number(1), keep)],
    [1, index(shifted(n, 1))],
    [1, overOf(number(1), index(shifted(n, 1)))],
  ]);
  return { name, keep, take: tree1(keep) && take.kind === 'plus' ? number(1) : take, squared };
}

const usesSchedule = (tree: Tree): boolean =>
  JSON.stringify(tree, (_, value) => (typeof value === 'bigint' ? 0 : value)).includes('"schedule"');

export function drawEquation(dice: Dice, serial: number): FuzzClaim | null {
  const full = dice.chance(0.35);
  const scalars = new Map<string, Domain>([
    ['\\beta', 'unit'],
    ['\\rho', 'unit'],
    ['\\varepsilon', 'positive'],
  ]);
  const facts: Facts = { leastN: dice.pick([0, 0, 0, 0, 1, 2, 5]), labels: [], bindings: [], scalars };
  const momentum = drawnState(dice, 'm', '\\beta', false);
  const square: State = drawnState(dice, 'v', '\\rho', true);
  const first = historySum(momentum, 'k', 'r', full);
  const second = historySum(square, 's', 'u', full);
  const present = gradientAt(full ? null : n);
  const correction = minusOf(number(1), powerOf(scalar('\\beta'), shifted(n, 1)));
  const m = 'm_j^{(n+1)}';
  const g = '\\nabla_j E_n(\\theta^{(n)})';
  const past = dice.pick(['weighted', 'mean'] as const);
  const typedWeight =
    past === 'mean'
      ? overOf(number(1), index(shifted(n, 1)))
      : powerOf(scalar('\\beta'), added(n, scaled(letter('k'), -1)));
  const typed = timesOf(typedWeight, gradientAt(full ? null : letter('k')));
  const drawn = dice.weighted<{ readonly states: readonly State[]; readonly update: string; readonly step: Tree }>([
    [5, { states: [momentum], update: m, step: first }],
    [2, { states: [momentum], update: `\\frac{${m}}{${print(correction)}}`, step: overOf(first, correction) }],
    [
      2,
      {
        states: [momentum],
        update: `\\left(${g} + \\beta ${m}\\right)`,
        step: plusOf(present, timesOf(scalar('\\beta'), first)),
      },
    ],
    [
      1.5,
      {
        states: [momentum, square],
        update: `\\frac{${m}}{\\sqrt{v_j^{(n+1)} + \\varepsilon}}`,
        step: overOf(first, { kind: 'root', of: plusOf(second, scalar('\\varepsilon')) }),
      },
    ],
    [
      1,
      {
        states: [square],
        update: `\\frac{${g}}{\\sqrt{v_j^{(n+1)} + \\varepsilon}}`,
        step: overOf(present, { kind: 'root', of: plusOf(second, scalar('\\varepsilon')) }),
      },
    ],
    [
      2,
      {
        states: [],
        update: `\\sum_{k=0}^{n} ${print(typedWeight)} \\nabla_j E_k(\\theta^{(k)})`,
        step: sumOf('k', constant(0), n, typed),
      },
    ],
  ]);
  const { states, update, step } = drawn;
  const id = `drawn-${serial}`;
  const rows = [...states.map(rowText), `\\theta_j^{(n+1)} &= \\theta_j^{(n)} - h ${update}`];
  const needsSchedule = states.some(({ keep, take }) => usesSchedule(keep) || usesSchedule(take));
  const names = [...scalars].filter(([name]) => rows.some(row => row.includes(name)));
  const declared = [
    ...names.map(([name, domain]) => declarationText(name, domain)),
    ...(needsSchedule ? ['\\eta_n schedule'] : []),
  ];
  const lines = [
    `% !modeq optimizer ${id}`,
    ...(declared.length > 0 ? [`% !modeq where ${declared.join(', ')}`] : []),
    '\\begin{align}',
    `  ${rows.join(', \\\\\n  ')}`,
    '\\end{align}',
    '',
  ];
  const right = negativeOf(step);
  let changed = right;
  let holds = true;
  const steps: string[] = [];
  const stages: Tree[] = [right];
  for (let turn = dice.pick([1, 1, 2, 2, 3]); turn > 0; turn -= 1) {
    const next = rewriteOnce(changed, dice, { facts, meanings: [] });
    if (!next || sizeOf(next.tree) > 45) break;
    changed = next.tree;
    holds &&= next.holds;
    steps.push(next.name);
    stages.push(changed);
  }
  if (dice.chance(0.2)) {
    changed = slipped(changed, dice);
    holds = false;
    steps.push('a slip');
    stages.push(changed);
  }
  if (same(changed, right) && steps.length > 0) return null;
  return judged({
    one: right,
    other: changed,
    holds,
    steps,
    stages,
    facts: { ...facts, scalars: new Map(names) },
    meanings: [],
    dice,
    kind: 'equation',
    leftText: '\\dot\\theta_j',
    keys: ` setting=${full ? 'full-batch' : 'mini-batch'} order=0`,
    optimizer: { id, lines },
  });
}
