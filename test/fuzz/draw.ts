/** Draws one side of an identity: sums, products, powers, quotients, signs, roots of what the claim declares. */
import type { Facts } from './facts.ts';
import type { Meaning } from './evaluate.ts';
import { added, constant, type Linear, letter, scaled, shifted } from './linear.ts';
import type { Dice } from './random.ts';
import {
  index,
  minusOf,
  number,
  overOf,
  plusOf,
  powerOf,
  productOf,
  scalar,
  substituted,
  sumOf,
  timesOf,
  type Tree,
} from './tree.ts';

export interface Drawing {
  readonly dice: Dice;
  readonly facts: Facts;
  readonly meanings: readonly Meaning[];
  readonly withLosses: boolean;
  readonly withSchedule: boolean;
  /** Fresh index letters; taken from its front. */
  readonly letters: string[];
}

/** p counts components, so no label may depend on it. */
const unlabelled = (drawing: Drawing): Drawing => ({
  ...drawing,
  withLosses: false,
  withSchedule: false,
  meanings: [],
});

const reachesDimension = (form: Linear): boolean => form.terms.some(([name]) => name === 'p');

const take = (drawing: Drawing): string => drawing.letters.shift() ?? 'z';

function anyScalar({ dice, facts }: Drawing): Tree {
  const names = [...facts.scalars.keys()];
  return names.length > 0 && dice.chance(0.85) ? scalar(dice.pick(names)) : number(dice.pick([2, 2, 3, -1, -2]));
}

/** Numbers near what the claim assumes of n. */
const someConstant = ({ dice, facts }: Drawing): number =>
  dice.pick([
    0,
    0,
    0,
    1,
    1,
    2,
    3,
    facts.leastN,
    facts.leastN - 1,
    facts.leastN + 1,
    facts.leastN - 2,
    dice.whole(0, 15),
  ]);

function lowEnd(drawing: Drawing, around: readonly string[]): Linear {
  const { dice } = drawing;
  return dice.weighted<Linear>([
    [6, constant(0)],
    [2, constant(1)],
    [3, constant(someConstant(drawing))],
    [2, letter('n', dice.pick([-3, -2, -1, 0, -5]))],
    [1, constant(-dice.whole(1, 3))],
    [around.length > 0 ? 6 : 0, letter(around[around.length - 1] ?? 'n', dice.pick([0, 0, 1, 1, -1, 2]))],
    [
      drawing.withLosses || drawing.withSchedule || drawing.meanings.length > 0 ? 0.3 : 1,
      letter('p', dice.pick([0, -1, -2])),
    ],
  ]);
}

function highEnd(drawing: Drawing, around: readonly string[]): Linear {
  const { dice } = drawing;
  return dice.weighted<Linear>([
    [7, letter('n', dice.pick([0, 0, 0, 0, -1, -1, -2, 1, -3]))],
    [1.5, constant(someConstant(drawing))],
    [1, letter('p', dice.pick([0, 0, -1, -2, 1]))],
    [1, shifted(scaled(letter('n'), 2), dice.pick([0, -1, -3]))],
    [0.7, added(letter('n'), letter('p'))],
    [around.length > 0 ? 6 : 0, letter(around[around.length - 1] ?? 'n', dice.pick([0, 0, -1, -1, -2, 1]))],
    [around.length > 0 ? 2 : 0, added(letter('n'), scaled(letter(around[around.length - 1] ?? 'n'), -1))],
  ]);
}

function weight(drawing: Drawing, name: string): Tree {
  const { dice, withLosses, withSchedule, meanings } = drawing;
  const k = letter(name);
  const down = added(letter('n'), scaled(k, -1));
  const meaning = meanings[0];
  return dice.weighted<Tree>([
    [6, powerOf(anyScalar(drawing), dice.pick([k, k, down, down, shifted(k, 1), shifted(down, -1), scaled(k, 2)]))],
    [3, index(dice.pick([k, k, shifted(k, 1), down, shifted(down, 1), shifted(k, -3)]))],
    [1, powerOf(index(dice.pick([k, shifted(k, 1)])), dice.pick([2, 3]))],
    [1, overOf(number(1), index(shifted(k, dice.pick([1, 2, 1, 0]))))],
    [withLosses ? 5 : 0, { kind: 'gradient', component: 'j', label: dice.pick([k, k, down, shifted(k, -1)]) }],
    [withSchedule ? 4 : 0, { kind: 'schedule', label: dice.pick([k, k, down, shifted(k, 1)]) }],
    [
      meaning ? 4 : 0,
      {
        kind: 'named',
        name: meaning?.name ?? 'Q',
        ofComponent: meaning?.ofComponent ?? false,
        label: dice.pick([k, k, down, shifted(k, -1), shifted(k, -dice.whole(2, 6))]),
      },
    ],
    [1, { kind: 'sign', of: index(shifted(k, -dice.whole(0, 13))) }],
    [0.7, { kind: 'abs', of: index(shifted(k, -dice.whole(0, 9))) }],
  ]);
}

/** Σ_i of derivatives of the loss in every coordinate. */
function overCoordinates(drawing: Drawing, label: Linear): Tree {
  const { dice } = drawing;
  const gradient: Tree = { kind: 'gradient', component: 'i', label };
  const body = dice.weighted<Tree>([
    [3, powerOf(gradient, 2)],
    [2, gradient],
    [1, { kind: 'abs', of: gradient }],
    [1, timesOf(gradient, { kind: 'gradient', component: 'i', label: letter('n') })],
    [1, timesOf(anyScalar(drawing), powerOf(gradient, 2))],
  ]);
  return sumOf('i', constant(1), letter('p'), body);
}

function summand(drawing: Drawing, name: string, around: readonly string[], depth: number): Tree {
  const { dice } = drawing;
  if (depth > 0 && dice.chance(0.3)) {
    const inner = range(drawing, [...around, name], depth - 1);
    return dice.chance(0.6) ? timesOf(weight(drawing, name), inner) : inner;
  }
  return dice.weighted<() => Tree>([
    [5, () => weight(drawing, name)],
    [4, () => timesOf(weight(drawing, name), weight(drawing, name))],
    [1, () => plusOf(weight(drawing, name), weight(drawing, name))],
    [1, () => timesOf(anyScalar(drawing), weight(drawing, name))],
    [1, () => anyScalar(drawing)],
    [around.length > 0 ? 2 : 0, () => timesOf(weight(drawing, around[0] ?? name), weight(drawing, name))],
    [2, () => telescoping(drawing, name)],
    [drawing.withLosses ? 1.5 : 0, () => timesOf(weight(drawing, name), overCoordinates(drawing, letter(name)))],
  ])();
}

/** g(k+1) − g(k). */
function telescoping(drawing: Drawing, name: string): Tree {
  const g = weight(drawing, name);
  return minusOf(substituted(g, name, letter(name, 1)), g);
}

function range(outer: Drawing, around: readonly string[], depth: number): Tree {
  const { dice } = outer;
  const name = take(outer);
  const [low, high] = [lowEnd(outer, around), highEnd(outer, around)];
  const drawing = reachesDimension(low) || reachesDimension(high) ? unlabelled(outer) : outer;
  if (dice.chance(0.75)) return sumOf(name, low, high, summand(drawing, name, around, depth));
  return productOf(
    name,
    low,
    high,
    dice.weighted<() => Tree>([
      [3, () => anyScalar(drawing)],
      [1, () => number(dice.pick([2, 3, -1]))],
      [2, () => timesOf(anyScalar(drawing), weight(drawing, name))],
      [3, () => weight(drawing, name)],
      [
        2,
        () => {
          const g = index(letter(name, dice.whole(0, 3)));
          return overOf(substituted(g, name, letter(name, 1)), g);
        },
      ],
    ])(),
  );
}

/** Something without a sum of its own. */
function plain(drawing: Drawing): Tree {
  const { dice, facts, withLosses, meanings } = drawing;
  const meaning = meanings[0];
  return dice.weighted<() => Tree>([
    [3, () => anyScalar(drawing)],
    [2, () => index(letter('n', -someConstant(drawing)))],
    [1, () => index(letter('p', -dice.whole(0, 5)))],
    [2, () => powerOf(anyScalar(drawing), letter('n', dice.pick([0, 1, 1, -1, -2, -someConstant(drawing)])))],
    [
      2,
      () =>
        minusOf(number(1), powerOf(anyScalar(drawing), letter('n', dice.pick([0, 1, 1, -1, -someConstant(drawing)])))),
    ],
    [2, () => minusOf(anyScalar(drawing), number(dice.pick([1, 3, 2, -1]), dice.pick([1, 2, 17, 5])))],
    [1, () => minusOf(number(1), powerOf(anyScalar(drawing), 2))],
    [1, () => minusOf(anyScalar(drawing), anyScalar(drawing))],
    [
      withLosses ? 2 : 0,
      () => ({ kind: 'gradient', component: 'j', label: dice.pick([letter('n'), letter('n'), constant(0)]) }),
    ],
    [
      meaning ? 2 : 0,
      () => ({
        kind: 'named',
        name: meaning?.name ?? 'Q',
        ofComponent: meaning?.ofComponent ?? false,
        label: letter('n', -dice.pick([0, 0, 1, 2, 20, 5])),
      }),
    ],
    [facts.labels.length > 0 ? 6 : 0, () => labelled(drawing)],
  ])();
}

/** A free label stands at a loss at least, so that the program sees that it is one. */
function labelled({ dice, facts }: Drawing): Tree {
  const label = letter(dice.pick(facts.labels));
  const gradient: Tree = { kind: 'gradient', component: 'j', label };
  return dice.chance(0.5)
    ? gradient
    : timesOf(gradient, powerOf(scalar(dice.pick([...facts.scalars.keys()])), added(letter('n'), scaled(label, -1))));
}

function wrapped(drawing: Drawing, tree: Tree): Tree {
  const { dice } = drawing;
  const square = powerOf(tree, 2);
  return dice.weighted<() => Tree>([
    [4, () => ({ kind: 'root', of: square })],
    [3, () => ({ kind: 'abs', of: tree })],
    [2, () => powerOf({ kind: 'sign', of: tree }, 2)],
    [2, () => ({ kind: 'sign', of: timesOf(plain(drawing), tree) })],
    [2, () => ({ kind: 'abs', of: timesOf(plain(drawing), tree) })],
    [1.5, () => overOf(tree, { kind: 'abs', of: tree })],
    [1, () => overOf(tree, tree)],
    [1, () => ({ kind: 'max', one: tree, other: plain(drawing) })],
    [1, () => ({ kind: 'min', one: tree, other: plain(drawing) })],
  ])();
}

/** One side. */
export function side(drawing: Drawing): Tree {
  const { dice } = drawing;
  const core = dice.weighted<() => Tree>([
    [8, () => range(drawing, [], 2)],
    [1.5, () => powerOf(range(drawing, [], 0), 2)],
    [2, () => wrapped(drawing, plain(drawing))],
    [1, () => wrapped(drawing, range(drawing, [], 0))],
    [1, () => plain(drawing)],
  ])();
  return dice.weighted<() => Tree>([
    [6, () => core],
    [2, () => timesOf(plain(drawing), core)],
    [1.5, () => plusOf(core, plain(drawing))],
    [1, () => overOf(core, plain(drawing))],
    [1, () => timesOf(index(letter('n', -someConstant(drawing))), core)],
  ])();
}
