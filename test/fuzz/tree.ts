/** The little trees that the fuzz generator's claims are made of, and walking them. They know nothing of the program. */
import type { Fraction } from './fraction.ts';
import { fraction } from './fraction.ts';
import { added, type Binding, constant, type Linear, letter, replaced } from './linear.ts';

export type Tree =
  | { readonly kind: 'number'; readonly value: Fraction }
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'index'; readonly form: Linear }
  | { readonly kind: 'plus'; readonly parts: readonly Tree[] }
  | { readonly kind: 'times'; readonly parts: readonly Tree[] }
  | { readonly kind: 'over'; readonly top: Tree; readonly bottom: Tree }
  | { readonly kind: 'power'; readonly base: Tree; readonly exponent: Linear }
  | {
      readonly kind: 'sum' | 'product';
      readonly index: string;
      readonly low: Linear;
      readonly high: Linear;
      readonly body: Tree;
    }
  | { readonly kind: 'abs' | 'sign' | 'root'; readonly of: Tree }
  | { readonly kind: 'max' | 'min'; readonly one: Tree; readonly other: Tree }
  /** ∇_i E_k(θ); without a label ∇_i E(θ). */
  | { readonly kind: 'gradient'; readonly component: string; readonly label: Linear | null }
  | { readonly kind: 'schedule'; readonly label: Linear }
  /** A defined quantity Q_j^{(l)}(θ), or Q^{(l)} where it has no component. */
  | { readonly kind: 'named'; readonly name: string; readonly ofComponent: boolean; readonly label: Linear };

export type Sum = Extract<Tree, { kind: 'sum' | 'product' }>;

export const number = (top: number, bottom = 1): Tree => ({ kind: 'number', value: fraction(top, bottom) });
export const scalar = (name: string): Tree => ({ kind: 'scalar', name });
export const index = (form: Linear): Tree =>
  form.terms.length === 0 ? number(form.constant) : { kind: 'index', form };
export const plusOf = (...parts: readonly Tree[]): Tree => {
  const flat = parts.flatMap(part => (part.kind === 'plus' ? part.parts : [part]));
  const rest = flat.filter(part => !isNumber(part, 0));
  const [only] = rest;
  return rest.length === 0 ? number(0) : rest.length === 1 && only ? only : { kind: 'plus', parts: rest };
};
export const timesOf = (...parts: readonly Tree[]): Tree => {
  const flat = parts.flatMap(part => (part.kind === 'times' ? part.parts : [part]));
  const rest = flat.filter(part => !isNumber(part, 1));
  const [only] = rest;
  return rest.length === 0 ? number(1) : rest.length === 1 && only ? only : { kind: 'times', parts: rest };
};
export const negativeOf = (tree: Tree): Tree => timesOf(number(-1), tree);
export const minusOf = (a: Tree, b: Tree): Tree => plusOf(a, negativeOf(b));
export const overOf = (top: Tree, bottom: Tree): Tree => ({ kind: 'over', top, bottom });
export const powerOf = (base: Tree, exponent: Linear | number): Tree => ({
  kind: 'power',
  base,
  exponent: typeof exponent === 'number' ? constant(exponent) : exponent,
});
export const sumOf = (name: string, low: Linear, high: Linear, body: Tree): Tree => ({
  kind: 'sum',
  index: name,
  low,
  high,
  body,
});
export const productOf = (name: string, low: Linear, high: Linear, body: Tree): Tree => ({
  kind: 'product',
  index: name,
  low,
  high,
  body,
});
export const isNumber = (tree: Tree, value: number): boolean =>
  tree.kind === 'number' && tree.value.bottom === 1n && tree.value.top === BigInt(value);

export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'plus':
    case 'times':
      return tree.parts;
    case 'over':
      return [tree.top, tree.bottom];
    case 'power':
      return [tree.base];
    case 'sum':
    case 'product':
      return [tree.body];
    case 'abs':
    case 'sign':
    case 'root':
      return [tree.of];
    case 'max':
    case 'min':
      return [tree.one, tree.other];
    default:
      return [];
  }
}

/** The same node with other children, in the order of {@link childrenOf}. */
export function withChildren(tree: Tree, children: readonly Tree[]): Tree {
  const [first, second] = children;
  if (tree.kind === 'plus') return plusOf(...children);
  if (tree.kind === 'times') return timesOf(...children);
  if (first === undefined) return tree;
  switch (tree.kind) {
    case 'over':
      return { ...tree, top: first, bottom: second ?? first };
    case 'power':
      return { ...tree, base: first };
    case 'sum':
    case 'product':
      return { ...tree, body: first };
    case 'abs':
    case 'sign':
    case 'root':
      return { ...tree, of: first };
    case 'max':
    case 'min':
      return { ...tree, one: first, other: second ?? first };
    default:
      return tree;
  }
}

/** Every linear form of the node itself, bounds and labels included. */
export function formsOf(tree: Tree): readonly Linear[] {
  switch (tree.kind) {
    case 'index':
      return [tree.form];
    case 'power':
      return [tree.exponent];
    case 'sum':
    case 'product':
      return [tree.low, tree.high];
    case 'gradient':
      return tree.label ? [tree.label] : [];
    case 'schedule':
    case 'named':
      return [tree.label];
    default:
      return [];
  }
}

/** The node with its own linear forms mapped. */
export function mapForms(tree: Tree, map: (form: Linear) => Linear): Tree {
  switch (tree.kind) {
    case 'index':
      return index(map(tree.form));
    case 'power':
      return { ...tree, exponent: map(tree.exponent) };
    case 'sum':
    case 'product':
      return { ...tree, low: map(tree.low), high: map(tree.high) };
    case 'gradient':
      return tree.label ? { ...tree, label: map(tree.label) } : tree;
    case 'schedule':
    case 'named':
      return { ...tree, label: map(tree.label) };
    default:
      return tree;
  }
}

/** A component takes no other index than a letter: the rewriting does not apply there. */
export class NoSuchIndex extends Error {}

function componentIs(component: string, by: Linear): string {
  const [term, more] = by.terms;
  if (
    term === undefined ||
    more !== undefined ||
    by.constant !== 0 ||
    term[1] !== 1 ||
    term[0] === 'n' ||
    term[0] === 'p'
  )
    throw new NoSuchIndex(`${component} stands at a component`);
  return term[0];
}

/** The tree with a free letter replaced; bound letters of the tree must differ from those in `by`. */
export function substituted(tree: Tree, name: string, by: Linear): Tree {
  const own = mapForms(tree, form => replaced(form, name, by));
  const named = own.kind === 'gradient' && own.component === name ? { ...own, component: componentIs(name, by) } : own;
  if ((tree.kind === 'sum' || tree.kind === 'product') && tree.index === name) return named;
  return withChildren(
    named,
    childrenOf(named).map(child => substituted(child, name, by)),
  );
}

export interface Place {
  readonly tree: Tree;
  readonly path: readonly number[];
  readonly bindings: readonly Binding[];
}

/** Every node with its way from the root and the ranges around it. */
export function placesOf(tree: Tree, path: readonly number[] = [], bindings: readonly Binding[] = []): Place[] {
  const inner =
    tree.kind === 'sum' || tree.kind === 'product'
      ? [...bindings, { name: tree.index, low: tree.low, high: tree.high }]
      : bindings;
  return [{ tree, path, bindings }, ...childrenOf(tree).flatMap((child, at) => placesOf(child, [...path, at], inner))];
}

export function replacedAt(tree: Tree, path: readonly number[], by: Tree): Tree {
  const [at, ...rest] = path;
  if (at === undefined) return by;
  return withChildren(
    tree,
    childrenOf(tree).map((child, place) => (place === at ? replacedAt(child, rest, by) : child)),
  );
}

export const sizeOf = (tree: Tree): number => 1 + childrenOf(tree).reduce((total, child) => total + sizeOf(child), 0);

export function usesLetter(tree: Tree, name: string): boolean {
  return (
    formsOf(tree).some(form => form.terms.some(([each]) => each === name)) ||
    (tree.kind === 'gradient' && tree.component === name) ||
    childrenOf(tree).some(child => usesLetter(child, name))
  );
}

/** The scalars that stand in the tree. */
export const scalarsOf = (tree: Tree): string[] => [
  ...new Set([...(tree.kind === 'scalar' ? [tree.name] : []), ...childrenOf(tree).flatMap(scalarsOf)]),
];

export const lettersBound = (tree: Tree): string[] => [
  ...(tree.kind === 'sum' || tree.kind === 'product' ? [tree.index] : []),
  ...childrenOf(tree).flatMap(lettersBound),
];

const LETTERS = ['k', 'l', 'm', 'r', 's', 'q', 'u', 'v', 'a', 'b', 'c', 'd'];

/** An index letter that none of the trees uses. */
export function freshLetter(...trees: readonly Tree[]): string {
  const taken = new Set(
    trees.flatMap(tree =>
      placesOf(tree).flatMap(({ tree: node }) => [
        ...formsOf(node).flatMap(form => form.terms.map(([name]) => name)),
        ...(node.kind === 'sum' || node.kind === 'product' ? [node.index] : []),
      ]),
    ),
  );
  const free = LETTERS.find(name => !taken.has(name));
  if (free === undefined) throw new Error('no letter left');
  return free;
}

export { added, letter };
