/** Draws an identity: a side, the other one made from it by rewritings, at times with a slip, and its truth. */
import type { FuzzClaim } from './claim.ts';
import { decide, orderAt, pointText } from './decide.ts';
import { type Drawing, side } from './draw.ts';
import type { Meaning, Point } from './evaluate.ts';
import type { Domain, Facts } from './facts.ts';
import { constant, letter, shifted } from './linear.ts';
import type { Dice } from './random.ts';
import { rewriteOnce, same } from './rewritings.ts';
import {
  formsOf,
  mapForms,
  number,
  placesOf,
  powerOf,
  replacedAt,
  scalar,
  scalarsOf,
  sizeOf,
  sumOf,
  timesOf,
  type Tree,
} from './tree.ts';

/** Larger claims are hard to read and say no more. */
const LARGEST = 34;

const DOMAINS: readonly (readonly [string, readonly Domain[]])[] = [
  ['\\beta', ['unit', 'unit', 'unit', 'unit-closed']],
  ['\\rho', ['unit', 'unit', 'unit-closed']],
  ['x', ['real', 'real', 'positive', 'not-negative']],
  ['c', ['real', 'positive']],
];

export function drawnScalars(dice: Dice): Map<string, Domain> {
  const count = dice.pick([1, 1, 2, 2, 3]);
  return new Map(
    dice
      .shuffled(DOMAINS)
      .slice(0, count)
      .map(([name, domains]) => [name, dice.pick(domains)]),
  );
}

function drawnMeaning(dice: Dice, scalars: ReadonlyMap<string, Domain>, withLosses: boolean): Meaning {
  const base = scalar(dice.pick([...scalars.keys()]));
  const k = letter('q');
  const weight = powerOf(base, dice.pick([k, k, shifted(k, 1)]));
  const gradient: Tree = { kind: 'gradient', component: 'j', label: k };
  const body =
    withLosses && dice.chance(0.6) ? timesOf(weight, gradient) : dice.chance(0.8) ? weight : timesOf(number(2), weight);
  return {
    name: 'Q',
    letter: 'l',
    ofComponent: body.kind !== 'power' && withLosses && placesOf(body).some(({ tree }) => tree.kind === 'gradient'),
    body: sumOf('q', constant(dice.pick([0, 0, 0, 1, 2])), letter('l', dice.pick([0, 0, -1, 1, -2])), body),
  };
}

/** A small change somewhere that as a rule makes the side another. */
export function slipped(tree: Tree, dice: Dice): Tree {
  const places = dice.shuffled(placesOf(tree));
  for (const { tree: node, path } of places) {
    const forms = formsOf(node);
    if (forms.length > 0) {
      const which = dice.whole(0, forms.length - 1);
      const by = dice.pick([-1, 1, 1, -2]);
      let seen = -1;
      return replacedAt(
        tree,
        path,
        mapForms(node, form => {
          seen += 1;
          return seen === which ? shifted(form, by) : form;
        }),
      );
    }
    if (node.kind === 'number' && dice.chance(0.5))
      return replacedAt(tree, path, { ...node, value: { ...node.value, top: node.value.top + 1n } });
    if (node.kind === 'abs') return replacedAt(tree, path, node.of);
  }
  return tree;
}

/** Null where the draw came to nothing: the truth is not known, or nothing is to be seen. */
export function drawIdentity(dice: Dice): FuzzClaim | null {
  const scalars = drawnScalars(dice);
  const labels = dice.chance(0.12) ? ['a'] : [];
  const facts: Facts = {
    leastN: dice.weighted([
      [6, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [0.6, 5],
      [0.6, 8],
      [1.2, 13],
      [0.5, 20],
    ] as const),
    labels,
    bindings: [],
    scalars,
  };
  const withLosses = dice.chance(0.3);
  const meanings = dice.chance(0.2) ? [drawnMeaning(dice, scalars, withLosses)] : [];
  const drawing: Drawing = {
    dice,
    facts,
    meanings,
    withLosses,
    withSchedule: dice.chance(0.12),
    letters: ['k', 'r', 's', 'u', 'v', 'd'],
  };
  const left = side(drawing);
  let right = left;
  let holds = true;
  const steps: string[] = [];
  const stages: Tree[] = [left];
  const count = dice.pick([1, 1, 2, 2, 3]);
  for (let turn = 0; turn < count; turn += 1) {
    const step = rewriteOnce(right, dice, { facts, meanings });
    if (!step || sizeOf(step.tree) > LARGEST) break;
    right = step.tree;
    holds &&= step.holds;
    steps.push(step.name);
    stages.push(right);
  }
  if (steps.length === 0 || same(left, right)) return null;
  if (dice.chance(0.2)) {
    right = slipped(right, dice);
    holds = false;
    steps.push('a slip');
    stages.push(right);
  }
  const [one, other] = dice.chance(0.25) || left.kind === 'named' ? [right, left] : [left, right];
  // A quantity alone on the left would be read as its definition.
  if (one.kind === 'named') return null;
  return judged({ one, other, holds, steps, stages, facts, meanings, dice, kind: 'identity' });
}

export interface Drawn {
  readonly one: Tree;
  readonly other: Tree;
  readonly holds: boolean;
  readonly steps: readonly string[];
  /** The side before the first step and after each. */
  readonly stages: readonly Tree[];
  readonly facts: Facts;
  readonly meanings: readonly Meaning[];
  readonly dice: Dice;
  readonly kind: string;
  readonly leftText?: string | null;
  readonly keys?: string;
  readonly optimizer?: FuzzClaim['optimizer'];
}

/** Points without which a claim is thrown away: too little is seen of it. */
const LEAST_POINTS = 8;

export function judged({
  one,
  other,
  holds,
  steps,
  stages,
  facts,
  meanings,
  dice,
  kind,
  leftText = null,
  keys = '',
  optimizer = null,
}: Drawn): FuzzClaim | null {
  const answer = decide({ left: one, relation: '=', right: other, meanings, facts }, dice);
  const truth = answer.failing === null;
  if (truth && (!holds || answer.holding < LEAST_POINTS || answer.telling === 0)) return null;
  if (!truth && holds)
    throw new Error(
      `the generator contradicts itself: ${steps.join('; ')} at ${answer.failing ? pointText(answer.failing) : ''}`,
    );
  const used = new Set([one, other, ...meanings.map(({ body }) => body)].flatMap(scalarsOf));
  return {
    kind,
    steps,
    left: one,
    leftText,
    relation: '=',
    right: other,
    scalars: new Map([...facts.scalars].filter(([name]) => used.has(name))),
    meanings,
    leastN: facts.leastN,
    labels: facts.labels,
    truth,
    brokenBy: answer.failing && brokenStep(steps, stages, meanings, facts, answer.failing),
    failsAt: answer.failing && pointText(answer.failing),
    keys,
    optimizer,
  };
}

/** The first step after which the side is worth something else at the point. */
function brokenStep(
  steps: readonly string[],
  stages: readonly Tree[],
  meanings: readonly Meaning[],
  facts: Facts,
  point: Point,
): string {
  const [left] = stages;
  const broken = stages.findIndex(stage => {
    const found = left && orderAt({ left, relation: '=', right: stage, meanings, facts }, point);
    return found ? found.order !== 0 : false;
  });
  return steps[broken - 1] ?? 'unknown';
}
