/** Claims A > 0, A ≥ 0, A < B of known truth: positive because of what they are made of, or false at an admissible point. */
import type { FuzzClaim, Relation } from './claim.ts';
import { decide, pointText } from './decide.ts';
import { type Drawing, side } from './draw.ts';
import { type Facts, sureSign } from './facts.ts';
import { drawnScalars } from './identities.ts';
import { letter, type Linear } from './linear.ts';
import type { Dice } from './random.ts';
import {
  index,
  minusOf,
  number,
  overOf,
  plusOf,
  powerOf,
  scalar,
  scalarsOf,
  sizeOf,
  timesOf,
  type Tree,
} from './tree.ts';

function candidate(dice: Dice, drawing: Drawing): Tree {
  const { facts } = drawing;
  const r = scalar(dice.pick([...facts.scalars.keys()]));
  const near = (): Linear =>
    letter('n', dice.pick([0, 1, 1, -1, -facts.leastN, 1 - facts.leastN, -1 - facts.leastN, -dice.whole(1, 21)]));
  return dice.weighted<() => Tree>([
    [4, () => side(drawing)],
    [3, () => overOf(number(1), minusOf(number(1), powerOf(r, near())))],
    [2, () => minusOf(number(1), powerOf(r, near()))],
    [2, () => index(near())],
    [2, () => timesOf(index(near()), powerOf(r, near()))],
    [2, () => plusOf(index(near()), powerOf(r, near()))],
    [1, () => ({ kind: 'sign', of: index(near()) })],
    [1, () => ({ kind: 'abs', of: index(near()) })],
    [1, () => ({ kind: 'root', of: powerOf(minusOf(number(1), powerOf(r, near())), 2) })],
    [1, () => powerOf(index(near()), 2)],
    [1, () => timesOf(minusOf(number(1), powerOf(r, near())), side(drawing))],
  ])();
}

export function drawInequality(dice: Dice): FuzzClaim | null {
  const scalars = drawnScalars(dice);
  const facts: Facts = { leastN: dice.pick([0, 0, 0, 1, 2, 3, 5, 13, 20]), labels: [], bindings: [], scalars };
  const drawing: Drawing = {
    dice,
    facts,
    meanings: [],
    withLosses: false,
    withSchedule: false,
    letters: ['k', 'r', 's', 'u', 'v', 'd'],
  };
  const tree = candidate(dice, drawing);
  if (sizeOf(tree) > 24) return null;
  const sure = sureSign(tree, facts);
  const shown = dice.pick([0, 0, 0, 1]) === 0 ? number(0) : candidate(dice, drawing);
  // A > 0, or A + B > B.
  const left = plusOf(tree, shown);
  if (sizeOf(left) > 30 || sizeOf(tree) < 2) return null;
  const relation: Relation = dice.pick(['>', '>', '\\ge']);
  const answer = decide({ left, relation, right: shown, meanings: [], facts }, dice);
  const truth = answer.failing === null;
  const known = sure === 'positive' || (sure === 'not-negative' && relation === '\\ge');
  if (!truth && known)
    throw new Error(
      `the generator contradicts itself about a sign at ${answer.failing ? pointText(answer.failing) : ''}`,
    );
  if (truth && (!known || answer.holding < 8)) return null;
  const used = new Set([left, shown].flatMap(scalarsOf));
  return {
    kind: 'inequality',
    steps: [],
    left,
    leftText: null,
    relation,
    right: shown,
    scalars: new Map([...scalars].filter(([name]) => used.has(name))),
    meanings: [],
    leastN: facts.leastN,
    labels: [],
    truth,
    brokenBy: truth ? null : 'a sign',
    failsAt: answer.failing && pointText(answer.failing),
    keys: '',
    optimizer: null,
  };
}
