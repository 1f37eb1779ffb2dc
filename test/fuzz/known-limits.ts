/**
 * Claims about limits n → ∞ of known value: sequences whose limit stands beside them, put together by sums, products,
 * quotients and absolute values; wrong ones take a limit term by term where the weights grow, or have a slip.
 */
import type { FuzzClaim } from './claim.ts';
import { decide, orderAt, pointText } from './decide.ts';
import { CannotTell } from './enclosure.ts';
import type { Facts } from './facts.ts';
import { fraction } from './fraction.ts';
import { added, constant, type Linear, letter, scaled, shifted } from './linear.ts';
import type { Dice } from './random.ts';
import { rewriteOnce } from './rewritings.ts';
import { slipped } from './identities.ts';
import {
  index,
  minusOf,
  number,
  overOf,
  plusOf,
  powerOf,
  productOf,
  scalar,
  scalarsOf,
  sizeOf,
  sumOf,
  timesOf,
  type Tree,
} from './tree.ts';

interface Sequence {
  readonly of: Tree;
  /** Null where it has none. */
  readonly limit: Tree | null;
  /** What a careless hand takes for the limit. */
  readonly tempting?: Tree;
}

const n = letter('n');
const [beta, rho] = [scalar('\\beta'), scalar('\\rho')];
const [zero, one] = [number(0), number(1)];
const gap = (ratio: Tree): Tree => minusOf(one, ratio);

/** Every draw uses index letters of its own. */
function basic(dice: Dice, k: string, l: string): Sequence {
  const [at, back] = [letter(k), added(n, scaled(letter(k), -1))];
  const r = dice.pick([beta, rho]);
  const c = dice.whole(0, 3);
  const [a, b] = [dice.whole(1, 4), dice.whole(1, 5)];
  const sum = (body: Tree, low = 0, high: Linear = n): Tree => sumOf(k, constant(low), high, body);
  const over = (form: Linear): Tree => overOf(one, index(form));
  const choices: (readonly [number, () => Sequence])[] = [
    [2, () => ({ of: powerOf(r, shifted(n, c)), limit: zero })],
    [1, () => ({ of: timesOf(powerOf(index(n), dice.pick([1, 2])), powerOf(r, n)), limit: zero })],
    [
      2,
      () => ({ of: sum(powerOf(r, at), c, shifted(n, dice.pick([0, -1, 1]))), limit: overOf(powerOf(r, c), gap(r)) }),
    ],
    [2, () => ({ of: sum(powerOf(r, back), c), limit: overOf(one, gap(r)) })],
    [1, () => ({ of: sum(timesOf(index(shifted(at, 1)), powerOf(r, at))), limit: overOf(one, powerOf(gap(r), 2)) })],
    [1, () => ({ of: sum(timesOf(index(back), powerOf(r, back))), limit: overOf(r, powerOf(gap(r), 2)) })],
    [2, () => ({ of: sum(timesOf(powerOf(r, back), over(shifted(at, 1)))), limit: zero })],
    [
      2,
      () => ({
        of: timesOf(index(n), sum(timesOf(powerOf(r, back), over(shifted(at, 1))))),
        limit: overOf(one, gap(r)),
        tempting: zero,
      }),
    ],
    [
      1,
      () => ({
        of: timesOf(overOf(one, index(n)), sum(timesOf(powerOf(r, back), index(at)))),
        limit: overOf(one, gap(r)),
        tempting: zero,
      }),
    ],
    [1, () => ({ of: sum(timesOf(powerOf(beta, back), powerOf(rho, at))), limit: zero })],
    [1, () => ({ of: timesOf(index(n), sum(timesOf(powerOf(beta, back), powerOf(rho, at)))), limit: zero })],
    [
      1,
      () => ({
        of: sum(
          timesOf(powerOf(rho, back), sumOf(l, constant(0), at, powerOf(beta, added(at, scaled(letter(l), -1))))),
        ),
        limit: overOf(one, timesOf(gap(beta), gap(rho))),
      }),
    ],
    [
      1,
      () => ({
        of: sum(timesOf(powerOf(r, back), overOf(index(shifted(at, 1)), index(shifted(n, 1))))),
        limit: overOf(one, gap(r)),
        tempting: zero,
      }),
    ],
    [1, () => ({ of: overOf(index(shifted(scaled(n, a), c)), index(shifted(scaled(n, b), 1))), limit: number(a, b) })],
    [1, () => ({ of: over(shifted(n, 1)), limit: zero })],
    [
      1,
      () => ({
        of: timesOf(overOf(one, powerOf(index(shifted(n, 1)), 2)), sum(index(at))),
        limit: number(1, 2),
        tempting: zero,
      }),
    ],
    [1, () => ({ of: timesOf(over(shifted(n, 1)), sum(one)), limit: one, tempting: zero })],
    [1, () => ({ of: minusOf(one, powerOf(r, shifted(n, 1))), limit: one })],
    [1, () => ({ of: sum(timesOf(over(shifted(at, 1)), over(shifted(at, 2)))), limit: one })],
    [1, () => ({ of: sum(minusOf(over(shifted(at, 1)), over(shifted(at, 2)))), limit: one, tempting: zero })],
    [1, () => ({ of: timesOf(over(shifted(n, 1)), sum(powerOf(r, at))), limit: zero })],
    [1, () => ({ of: productOf(k, constant(0), n, r), limit: zero })],
    [
      1,
      () => ({
        of: timesOf(index(n), productOf(k, constant(0), n, overOf(index(shifted(at, 1)), index(shifted(at, 2))))),
        limit: one,
        tempting: zero,
      }),
    ],
    [1, () => ({ of: { kind: 'sign', of: index(letter('n', -dice.whole(1, 20))) }, limit: one })],
    [
      1,
      () => ({
        of: overOf({ kind: 'abs', of: index(letter('n', -dice.whole(1, 9))) }, index(shifted(n, 1))),
        limit: one,
        tempting: zero,
      }),
    ],
    [0.7, () => ({ of: sum(over(shifted(at, 1))), limit: null, tempting: zero })],
    [0.7, () => ({ of: powerOf(number(-1), n), limit: null, tempting: zero })],
    [0.7, () => ({ of: timesOf(index(n), sum(powerOf(r, at))), limit: null, tempting: overOf(one, gap(r)) })],
    [
      0.7,
      () => ({ of: sum(timesOf(index(at), powerOf(r, back))), limit: null, tempting: overOf(r, powerOf(gap(r), 2)) }),
    ],
  ];
  return dice.weighted(choices)();
}

/** Null where nothing is known of the two together: of a product with what has no limit, of two that have none. */
function combined(dice: Dice): Sequence | null {
  const first = basic(dice, 'k', 'r');
  if (dice.chance(0.45)) return first;
  if (first.limit !== null && dice.chance(0.1))
    return { of: { kind: 'abs', of: first.of }, limit: { kind: 'abs', of: first.limit } };
  const second = basic(dice, 's', 'u');
  const make = dice.weighted<(a: Tree, b: Tree) => Tree>([
    [4, plusOf],
    [3, minusOf],
    [3, timesOf],
  ]);
  const known = first.limit !== null && second.limit !== null;
  if (!known && (make === timesOf || (first.limit === null && second.limit === null))) return null;
  const limit = first.limit && second.limit && make(first.limit, second.limit);
  const guess = ({ tempting, limit: right }: Sequence): Tree => tempting ?? right ?? zero;
  const careless = first.tempting ?? second.tempting ?? null;
  return { of: make(first.of, second.of), limit, ...(careless ? { tempting: make(guess(first), guess(second)) } : {}) };
}

/** Whether the sequence has a value at most of a few n. */
function hasValues(of: Tree): boolean {
  const scalars = new Map([
    ['\\beta', fraction(1, 2)],
    ['\\rho', fraction(1, 3)],
  ]);
  const nowhere = (): never => {
    throw new CannotTell('nothing of a loss is in a sequence');
  };
  const found = [4, 7, 22].filter(at => {
    const point = { n: at, p: 1, letters: new Map<string, number>(), scalars, gradient: nowhere, schedule: nowhere };
    return orderAt({ left: of, relation: '=', right: zero, meanings: [], facts: NO_FACTS }, point) !== null;
  });
  return found.length > 1;
}

const NO_FACTS: Facts = { leastN: 0, labels: [], bindings: [], scalars: new Map() };

export function drawLimit(dice: Dice): FuzzClaim | null {
  const facts: Facts = {
    leastN: 0,
    labels: [],
    bindings: [],
    scalars: new Map([
      ['\\beta', 'unit'],
      ['\\rho', 'unit'],
    ]),
  };
  const sequence = combined(dice);
  if (!sequence) return null;
  let { of } = sequence;
  const steps: string[] = [];
  if (dice.chance(0.4)) {
    const step = rewriteOnce(of, dice, { facts, meanings: [] });
    // A rewriting that fails for a few n changes no limit; one that fails for all does, so only sound ones are taken.
    if (step?.holds && sizeOf(step.tree) < 30) {
      of = step.tree;
      steps.push(step.name);
    }
  }
  if (!hasValues(of)) return null;
  const claimed = (): { readonly right: Tree; readonly wrong: boolean } => {
    if (sequence.limit === null)
      return { right: sequence.tempting ?? dice.pick([zero, one, overOf(one, gap(beta))]), wrong: true };
    if (sequence.tempting && dice.chance(0.5)) return { right: sequence.tempting, wrong: true };
    return dice.chance(0.3)
      ? { right: slipped(sequence.limit, dice), wrong: true }
      : { right: sequence.limit, wrong: false };
  };
  const { right, wrong } = claimed();
  const base = {
    kind: 'limit',
    left: of,
    leftText: null,
    relation: '=' as const,
    right,
    scalars: new Map([...facts.scalars].filter(([name]) => [of, right].some(tree => scalarsOf(tree).includes(name)))),
    meanings: [],
    leastN: 0,
    labels: [],
    keys: ' limit=large-n',
    optimizer: null,
  };
  if (sequence.limit === null)
    return {
      ...base,
      steps: [...steps, 'no limit'],
      truth: false,
      brokenBy: 'no limit',
      failsAt: 'the left side has no limit',
    };
  const answer = decide({ left: sequence.limit, relation: '=', right, meanings: [], facts }, dice);
  if (answer.failing)
    return {
      ...base,
      steps: [...steps, 'another limit'],
      truth: false,
      brokenBy: sequence.tempting === right ? 'a limit term by term' : 'a slip',
      failsAt: pointText(answer.failing),
    };
  return wrong ? null : { ...base, steps, truth: true, brokenBy: null, failsAt: null };
}
