/**
 * The generator's rewritings. Each makes of a node one that is equal to it under a side condition, applied whether the
 * condition holds or not; `holds` says that it surely does for everything that the claim admits. "Equal" means: wherever
 * both have a value. Only exact evaluation decides that a claim is false, never a side condition that is not known to hold.
 */
import type { Dice } from './random.ts';
import { type Facts, sureSign, surelyApart } from './facts.ts';
import { signOf } from './fraction.ts';
import {
  added,
  type Binding,
  constant,
  difference,
  factorOf,
  leastValue,
  type Linear,
  letter,
  scaled,
  shifted,
} from './linear.ts';
import {
  freshLetter,
  index,
  isNumber,
  minusOf,
  negativeOf,
  NoSuchIndex,
  number,
  overOf,
  type Place,
  placesOf,
  plusOf,
  powerOf,
  productOf,
  replacedAt,
  substituted,
  type Sum,
  sumOf,
  timesOf,
  type Tree,
  usesLetter,
} from './tree.ts';
import type { Meaning } from './evaluate.ts';

export interface Rewritten {
  readonly tree: Tree;
  readonly holds: boolean;
}

export interface Setting {
  readonly facts: Facts;
  readonly meanings: readonly Meaning[];
}

interface Rewriting {
  readonly name: string;
  readonly apply: (tree: Tree, dice: Dice, setting: Setting) => Rewritten | null;
}

const isRange = (tree: Tree): tree is Sum => tree.kind === 'sum' || tree.kind === 'product';
const at = ({ body, index: name }: Sum, value: Linear): Tree => substituted(body, name, value);
const joined = (kind: Sum['kind'], one: Tree, other: Tree): Tree =>
  kind === 'sum' ? plusOf(one, other) : timesOf(one, other);
const apart = (kind: Sum['kind'], one: Tree, other: Tree): Tree =>
  kind === 'sum' ? minusOf(one, other) : overOf(one, other);

/** A rewriting of a sum or product that holds where the range ends at least `by` beyond its start. */
const ofRange = (
  name: string,
  by: number,
  make: (node: Sum, dice: Dice, setting: Setting) => Tree | null,
): Rewriting => ({
  name,
  apply: (tree, dice, setting) => {
    if (!isRange(tree)) return null;
    const made = make(tree, dice, setting);
    return made && { tree: made, holds: surelyApart(tree.low, tree.high, by, setting.facts) };
  },
});

const always = (name: string, make: (tree: Tree, dice: Dice, setting: Setting) => Tree | null): Rewriting => ({
  name,
  apply: (tree, dice, setting) => {
    const made = make(tree, dice, setting);
    return made && { tree: made, holds: true };
  },
});

/** Factors with and without the letter. */
function parted(body: Tree, name: string): { readonly free: readonly Tree[]; readonly rest: readonly Tree[] } {
  const factors = body.kind === 'times' ? body.parts : [body];
  return {
    free: factors.filter(factor => !usesLetter(factor, name)),
    rest: factors.filter(factor => usesLetter(factor, name)),
  };
}

const half = (tree: Tree): Tree => timesOf(number(1, 2), tree);

/** Σ_{k=1}^{m} k^d as a polynomial of m. */
function powerSum(degree: number, m: Linear): Tree | null {
  const [x, x1] = [index(m), index(shifted(m, 1))];
  if (degree === 1) return half(timesOf(x, x1));
  if (degree === 2) return timesOf(number(1, 6), x, x1, index(shifted(scaled(m, 2), 1)));
  return degree === 3 ? timesOf(number(1, 4), powerOf(x, 2), powerOf(x1, 2)) : null;
}

/** (k + L)^d. */
function linearPower(tree: Tree, name: string): { readonly shift: Linear; readonly degree: number } | null {
  const [base, degree] = tree.kind === 'power' ? [tree.base, tree.exponent] : [tree, constant(1)];
  if (base.kind !== 'index' || degree.terms.length > 0 || factorOf(base.form, name) !== 1) return null;
  return { shift: difference(base.form, letter(name)), degree: degree.constant };
}

interface Geometric {
  /** The product of all r^{e} at k. */
  readonly at: (k: Linear) => Tree;
  readonly ratio: Tree;
}

function geometric(factors: readonly Tree[], name: string): Geometric | null {
  const ratio: Tree[] = [];
  for (const factor of factors) {
    if (factor.kind !== 'power' || (factor.base.kind !== 'scalar' && factor.base.kind !== 'number')) return null;
    const step = factorOf(factor.exponent, name);
    if (step === 0) return null;
    ratio.push(step === 1 ? factor.base : powerOf(factor.base, step));
  }
  if (ratio.length === 0) return null;
  return { at: k => timesOf(...factors.map(factor => substituted(factor, name, k))), ratio: timesOf(...ratio) };
}

/** A square as a double sum: (Σ a_k)² = Σ a_k² + 2 Σ_{k<l} a_k a_l. */
function squareOfSum(tree: Tree): Tree | null {
  if (tree.kind !== 'power' || tree.base.kind !== 'sum' || tree.exponent.terms.length > 0) return null;
  if (tree.exponent.constant !== 2) return null;
  const { index: k, low, high, body } = tree.base;
  const l = freshLetter(tree);
  const other = substituted(body, k, letter(l));
  return plusOf(
    sumOf(k, low, high, powerOf(body, 2)),
    timesOf(number(2), sumOf(k, low, high, sumOf(l, letter(k, 1), high, timesOf(body, other)))),
  );
}

/** Σ_{k=a}^{b} Σ_{l=k+e}^{d} f = Σ_{l=a+e}^{d} Σ_{k=a}^{l-e} f, where l − e never passes b: d − e ≤ b. */
function reordered(tree: Tree): { readonly tree: Tree; readonly low: Linear; readonly high: Linear } | null {
  if (tree.kind !== 'sum' || tree.body.kind !== 'sum') return null;
  const { index: k, low: a, high: b } = tree;
  const { index: l, low, high: d, body } = tree.body;
  if (factorOf(low, k) === 1 && factorOf(d, k) === 0) {
    const e = difference(low, letter(k));
    const inner = difference(letter(l), e);
    return { tree: sumOf(l, added(a, e), d, sumOf(k, a, inner, body)), low: difference(d, e), high: b };
  }
  if (factorOf(d, k) === 1 && factorOf(low, k) === 0) {
    // Σ_{k=a}^{b} Σ_{l=c}^{k+e} f = Σ_{l=c}^{b+e} Σ_{k=l-e}^{b} f, where l − e never falls below a: c − e ≥ a.
    const e = difference(d, letter(k));
    const start = difference(letter(l), e);
    return { tree: sumOf(l, low, added(b, e), sumOf(k, start, b, body)), low: a, high: difference(low, e) };
  }
  return null;
}

const isSquare = (tree: Tree): tree is Extract<Tree, { kind: 'power' }> =>
  tree.kind === 'power' && tree.exponent.terms.length === 0 && tree.exponent.constant === 2;

export const REWRITINGS: readonly Rewriting[] = [
  ofRange('the last term apart', 0, node =>
    joined(node.kind, { ...node, high: shifted(node.high, -1) }, at(node, node.high)),
  ),
  ofRange('the last two terms apart', 1, node =>
    joined(
      node.kind,
      { ...node, high: shifted(node.high, -2) },
      joined(node.kind, at(node, shifted(node.high, -1)), at(node, node.high)),
    ),
  ),
  ofRange('the first term apart', 0, node =>
    joined(node.kind, at(node, node.low), { ...node, low: shifted(node.low, 1) }),
  ),
  ofRange('one more term at the end', -1, node =>
    apart(node.kind, { ...node, high: shifted(node.high, 1) }, at(node, shifted(node.high, 1))),
  ),
  ofRange('one more term at the start', -1, node =>
    apart(node.kind, { ...node, low: shifted(node.low, -1) }, at(node, shifted(node.low, -1))),
  ),
  {
    name: 'a range cut in two',
    apply: (tree, dice, { facts }) => {
      if (!isRange(tree)) return null;
      const cuts = [
        shifted(tree.low, dice.whole(0, 3)),
        shifted(tree.high, dice.whole(-4, -1)),
        constant(dice.whole(0, 12)),
      ];
      const cut = dice.pick([...cuts, ...facts.bindings.map(({ name }) => letter(name))]);
      const holds = surelyApart(tree.low, cut, -1, facts) && surelyApart(cut, tree.high, 0, facts);
      const rest = { ...tree, low: shifted(cut, 1) };
      return { tree: joined(tree.kind, { ...tree, high: cut }, rest), holds };
    },
  },
  always('an index shifted', (tree, dice) => {
    if (!isRange(tree)) return null;
    const by = dice.pick([-2, -1, 1, 2, 3]);
    const { low, high, index: name, body } = tree;
    const moved = substituted(body, name, letter(name, -by));
    return { ...tree, low: shifted(low, by), high: shifted(high, by), body: moved };
  }),
  always('an index counted from the other end', tree => {
    if (!isRange(tree)) return null;
    const { low, high, index: name, body } = tree;
    return { ...tree, body: substituted(body, name, difference(added(low, high), letter(name))) };
  }),
  always('an index counted down from the end', tree => {
    if (!isRange(tree)) return null;
    const { low, high, index: name, body } = tree;
    const down = difference(high, letter(name));
    return { ...tree, low: constant(0), high: difference(high, low), body: substituted(body, name, down) };
  }),
  always('factors before the sum', tree => {
    if (tree.kind !== 'sum') return null;
    const { free, rest } = parted(tree.body, tree.index);
    return free.length === 0 || rest.length === 0 ? null : timesOf(...free, { ...tree, body: timesOf(...rest) });
  }),
  always('factors before the product', tree => {
    if (tree.kind !== 'product') return null;
    const { free, rest } = parted(tree.body, tree.index);
    if (free.length === 0 || rest.length === 0) return null;
    const [one, other] = [productOf(tree.index, tree.low, tree.high, timesOf(...free)), timesOf(...rest)];
    return timesOf(one, { ...tree, body: other });
  }),
  ofRange('a geometric sum', -1, node => {
    if (node.kind !== 'sum') return null;
    const { free, rest } = parted(node.body, node.index);
    const found = geometric(rest, node.index);
    if (!found) return null;
    const top = minusOf(found.at(node.low), found.at(shifted(node.high, 1)));
    return timesOf(...free, overOf(top, minusOf(number(1), found.ratio)));
  }),
  ofRange('an arithmetic-geometric sum', -1, node => {
    if (node.kind !== 'sum') return null;
    const { free, rest } = parted(node.body, node.index);
    const [one, other, more] = rest;
    if (!one || !other || more) return null;
    const [line, power] = one.kind === 'index' ? [one, other] : [other, one];
    const weight = linearPower(line, node.index);
    const found = geometric([power], node.index);
    if (weight?.degree !== 1 || !found) return null;
    // Σ_{k=a}^{b} (k+L) x_k with x_{k+1} = r x_k: T(a) − T(b+1), T(k) = x_k ((k+L)/(1−r) + r/(1−r)²).
    const gap = minusOf(number(1), found.ratio);
    const tail = (k: Linear): Tree =>
      timesOf(found.at(k), plusOf(overOf(index(added(k, weight.shift)), gap), overOf(found.ratio, powerOf(gap, 2))));
    return timesOf(...free, minusOf(tail(node.low), tail(shifted(node.high, 1))));
  }),
  ofRange('a sum of powers', -1, node => {
    if (node.kind !== 'sum') return null;
    const { free, rest } = parted(node.body, node.index);
    const [only, more] = rest;
    if (!only || more) return null;
    const found = linearPower(only, node.index);
    if (!found) return null;
    const [end, start] = [
      powerSum(found.degree, added(node.high, found.shift)),
      powerSum(found.degree, added(shifted(node.low, -1), found.shift)),
    ];
    return end && start && timesOf(...free, minusOf(end, start));
  }),
  ofRange('a sum or product of one thing', -1, ({ kind, index: name, low, high, body }) => {
    if (usesLetter(body, name)) return null;
    const count = shifted(difference(high, low), 1);
    return kind === 'sum' ? timesOf(index(count), body) : powerOf(body, count);
  }),
  ofRange('what telescopes', -1, node => {
    // Σ (g(k+1) − g(k)), written by the drawer as the plus of the two.
    if (node.kind !== 'sum' || node.body.kind !== 'plus' || node.body.parts.length !== 2) return null;
    const [next, before] = node.body.parts;
    if (!next || !before) return null;
    const here = substituted(next, node.index, letter(node.index, -1));
    if (JSON.stringify(negativeOf(here), bigText) !== JSON.stringify(before, bigText)) return null;
    return minusOf(at({ ...node, body: here }, shifted(node.high, 1)), at({ ...node, body: here }, node.low));
  }),
  ofRange('a product that telescopes', -1, node => {
    if (node.kind !== 'product' || node.body.kind !== 'over') return null;
    const { top, bottom } = node.body;
    const here = substituted(top, node.index, letter(node.index, -1));
    if (JSON.stringify(here, bigText) !== JSON.stringify(bottom, bigText)) return null;
    return overOf(at({ ...node, body: here }, shifted(node.high, 1)), at({ ...node, body: here }, node.low));
  }),
  always('a sum of sums', tree => {
    if (tree.kind !== 'sum' || tree.body.kind !== 'plus') return null;
    return plusOf(...tree.body.parts.map(part => ({ ...tree, body: part })));
  }),
  always('a square of a sum', squareOfSum),
  {
    name: 'sums in the other order',
    apply: (tree, _, { facts }) => {
      const found = reordered(tree);
      return found && { tree: found.tree, holds: surelyApart(found.low, found.high, 0, facts) };
    },
  },
  always('a power cut in two', (tree, dice) => {
    if (tree.kind !== 'power' || tree.exponent.terms.length === 0) return null;
    const by = dice.pick([constant(1), constant(2), constant(-1), letter('n'), letter('n', -3)]);
    return timesOf(powerOf(tree.base, by), powerOf(tree.base, difference(tree.exponent, by)));
  }),
  always('the root of a square', tree =>
    tree.kind === 'root' && isSquare(tree.of) ? { kind: 'abs', of: tree.of.base } : null,
  ),
  {
    name: 'the root of a square without bars',
    apply: (tree, _, { facts }) =>
      tree.kind === 'root' && isSquare(tree.of)
        ? { tree: tree.of.base, holds: sureSign(tree.of.base, facts) !== null }
        : null,
  },
  {
    name: 'bars left out',
    apply: (tree, _, { facts }) =>
      tree.kind === 'abs' ? { tree: tree.of, holds: sureSign(tree.of, facts) !== null } : null,
  },
  always('the absolute value of a product', tree =>
    tree.kind === 'abs' && tree.of.kind === 'times'
      ? timesOf(...tree.of.parts.map((of): Tree => ({ kind: 'abs', of })))
      : null,
  ),
  always('the absolute value as a sign', tree =>
    tree.kind === 'abs' ? timesOf(tree.of, { kind: 'sign', of: tree.of }) : null,
  ),
  always('the sign of a product', tree =>
    tree.kind === 'sign' && tree.of.kind === 'times'
      ? timesOf(
          ...tree.of.parts.map((of): Tree => (of.kind === 'number' ? number(signOf(of.value)) : { kind: 'sign', of })),
        )
      : null,
  ),
  {
    name: 'a sign that is one',
    apply: (tree, _, { facts }) =>
      tree.kind === 'sign' ? { tree: number(1), holds: sureSign(tree.of, facts) === 'positive' } : null,
  },
  {
    name: 'the square of a sign',
    apply: (tree, _, { facts }) =>
      isSquare(tree) && tree.base.kind === 'sign'
        ? { tree: number(1), holds: sureSign(tree.base.of, facts) === 'positive' }
        : null,
  },
  always('a quotient by the absolute value', tree =>
    tree.kind === 'over' && tree.bottom.kind === 'abs' && same(tree.top, tree.bottom.of)
      ? { kind: 'sign', of: tree.top }
      : null,
  ),
  always('a quotient by itself', tree => (tree.kind === 'over' && same(tree.top, tree.bottom) ? number(1) : null)),
  always('a quotient as a product', tree =>
    tree.kind === 'over' && tree.top.kind !== 'number' ? timesOf(overOf(number(1), tree.bottom), tree.top) : null,
  ),
  always('max and min by absolute values', tree => {
    if (tree.kind !== 'max' && tree.kind !== 'min') return null;
    const gap: Tree = { kind: 'abs', of: minusOf(tree.one, tree.other) };
    return half(plusOf(tree.one, tree.other, tree.kind === 'max' ? gap : negativeOf(gap)));
  }),
  {
    name: 'the larger of two',
    apply: (tree, _, { facts }) => {
      if (tree.kind !== 'max' && tree.kind !== 'min') return null;
      const gap = sureSign(minusOf(tree.one, tree.other), facts) ?? indexGap(tree.one, tree.other, facts);
      return { tree: tree.kind === 'max' ? tree.one : tree.other, holds: gap !== null };
    },
  },
  always('a product multiplied out', tree => {
    if (tree.kind !== 'times') return null;
    const place = tree.parts.findIndex(part => part.kind === 'plus');
    const sum = tree.parts[place];
    if (sum?.kind !== 'plus') return null;
    return plusOf(...sum.parts.map(part => timesOf(...tree.parts.map((each, here) => (here === place ? part : each)))));
  }),
  always('the difference of squares', tree => {
    if (tree.kind !== 'plus' || tree.parts.length !== 2) return null;
    const [one, rest] = tree.parts;
    if (!one || !rest || !isNumber(one, 1) || rest.kind !== 'times' || rest.parts.length !== 2) return null;
    const [minus, square] = rest.parts;
    if (!minus || !isNumber(minus, -1) || !square || !isSquare(square)) return null;
    return timesOf(minusOf(number(1), square.base), plusOf(number(1), square.base));
  }),
  always('a definition written out', (tree, _, { meanings }) => {
    if (tree.kind !== 'named') return null;
    const meaning = meanings.find(({ name }) => name === tree.name);
    return meaning ? substituted(meaning.body, meaning.letter, tree.label) : null;
  }),
];

function indexGap(one: Tree, other: Tree, facts: Facts): 'not-negative' | null {
  const form = (tree: Tree): Linear | null =>
    tree.kind === 'index'
      ? tree.form
      : tree.kind === 'number' && tree.value.bottom === 1n
        ? constant(Number(tree.value.top))
        : null;
  const [a, b] = [form(one), form(other)];
  return a && b && leastValue(difference(a, b), facts) >= 0 ? 'not-negative' : null;
}

const bigText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);
export const same = (a: Tree, b: Tree): boolean => JSON.stringify(a, bigText) === JSON.stringify(b, bigText);

export interface Step {
  readonly tree: Tree;
  readonly holds: boolean;
  readonly name: string;
}

/** What the rewriting makes of the node, null where it does not apply. */
function applied({ apply }: Rewriting, place: Place, dice: Dice, setting: Setting): Rewritten | null {
  try {
    return apply(place.tree, dice, inner(setting, place.bindings));
  } catch (error) {
    if (error instanceof NoSuchIndex) return null;
    throw error;
  }
}

/** One rewriting at a place where it applies, the rewriting drawn first; null where none applies. */
export function rewriteOnce(tree: Tree, dice: Dice, setting: Setting): Step | null {
  const places = placesOf(tree);
  for (const rewriting of dice.shuffled(REWRITINGS)) {
    for (const place of dice.shuffled(places)) {
      const made = applied(rewriting, place, dice, setting);
      if (made) return { tree: replacedAt(tree, place.path, made.tree), holds: made.holds, name: rewriting.name };
    }
  }
  return null;
}

const inner = ({ facts, meanings }: Setting, bindings: readonly Binding[]): Setting => ({
  facts: { ...facts, bindings },
  meanings,
});
