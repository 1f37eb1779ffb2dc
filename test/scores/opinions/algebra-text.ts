/** The fuzz generator's trees as SymPy and Maxima type them: with their own sums, or written out for one n in plain arithmetic. */
import type { Linear } from '../../fuzz/linear.ts';
import type { Tree } from '../../fuzz/tree.ts';

export type Program = 'sympy' | 'maxima';

/** A name that means nothing to either program: both know beta, and n and k are taken at times. */
export const scalarName = (name: string): string => `q${name.replace(/[^A-Za-z0-9]/g, '')}`;
const indexName = (letter: string): string => `x${letter}`;

interface Words {
  readonly power: string;
  readonly number: (top: bigint, bottom: bigint) => string;
  readonly big: (kind: 'sum' | 'product', body: string, index: string, low: string, high: string) => string;
  readonly call: Readonly<Record<'abs' | 'sign' | 'root' | 'max' | 'min', string>>;
}

const WORDS: Readonly<Record<Program, Words>> = {
  sympy: {
    power: '**',
    number: (top, bottom) => `Rational(${top},${bottom})`,
    big: (kind, body, index, low, high) => `${kind === 'sum' ? 'Sum' : 'Product'}(${body},(${index},${low},${high}))`,
    call: { abs: 'Abs', sign: 'sign', root: 'sqrt', max: 'Max', min: 'Min' },
  },
  maxima: {
    power: '^',
    number: (top, bottom) => `(${top}/${bottom})`,
    big: (kind, body, index, low, high) => `${kind}(${body},${index},${low},${high})`,
    call: { abs: 'abs', sign: 'signum', root: 'sqrt', max: 'max', min: 'min' },
  },
};

/** What a tree may hold so that both programs know every part of it. */
export function isPlain(tree: Tree): boolean {
  switch (tree.kind) {
    case 'gradient':
    case 'schedule':
    case 'named':
      return false;
    case 'index':
      return isOfLetters(tree.form);
    case 'power':
      return isOfLetters(tree.exponent) && isPlain(tree.base);
    case 'sum':
    case 'product':
      return isOfLetters(tree.low) && isOfLetters(tree.high) && isPlain(tree.body);
    case 'plus':
    case 'times':
      return tree.parts.every(isPlain);
    case 'over':
      return isPlain(tree.top) && isPlain(tree.bottom);
    case 'max':
    case 'min':
      return isPlain(tree.one) && isPlain(tree.other);
    case 'abs':
    case 'sign':
    case 'root':
      return isPlain(tree.of);
    default:
      return true;
  }
}

/** Without the number of components, which no formula of numbers has. */
const isOfLetters = ({ terms }: Linear): boolean => terms.every(([letter]) => letter !== 'p');

/** The tree with sums as the program has them. */
export function withSums(tree: Tree, program: Program): string {
  const words = WORDS[program];
  const form = ({ constant, terms }: Linear): string =>
    `(${[...terms.map(([letter, factor]) => `${factor}*${indexName(letter)}`), String(constant)].join('+')})`;
  const text = (node: Tree): string => {
    if (node.kind === 'index') return form(node.form);
    if (node.kind === 'power') return `(${text(node.base)})${words.power}${form(node.exponent)}`;
    if (node.kind === 'sum' || node.kind === 'product')
      return words.big(node.kind, text(node.body), indexName(node.index), form(node.low), form(node.high));
    return plain(node, words, text);
  };
  return text(tree);
}

/** The tree for one n in arithmetic without sums: an empty sum is 0, an empty product 1. */
export function writtenOut(tree: Tree, n: number, program: Program): string {
  const words = WORDS[program];
  const text = (node: Tree, values: ReadonlyMap<string, number>): string => {
    const value = ({ constant, terms }: Linear): number =>
      terms.reduce((sum, [letter, factor]) => sum + factor * (values.get(letter) ?? Number.NaN), constant);
    if (node.kind === 'index') return `(${value(node.form)})`;
    if (node.kind === 'power') return `(${text(node.base, values)})${words.power}(${value(node.exponent)})`;
    if (node.kind === 'sum' || node.kind === 'product') {
      const [low, high] = [value(node.low), value(node.high)];
      const parts: string[] = [];
      for (let at = low; at <= high; at += 1) parts.push(text(node.body, new Map([...values, [node.index, at]])));
      const isSum = node.kind === 'sum';
      return parts.length === 0 ? (isSum ? '0' : '1') : `(${parts.join(isSum ? '+' : '*')})`;
    }
    return plain(node, words, inner => text(inner, values));
  };
  return text(tree, new Map([['n', n]]));
}

function plain(node: Tree, words: Words, text: (node: Tree) => string): string {
  switch (node.kind) {
    case 'number':
      return words.number(node.value.top, node.value.bottom);
    case 'scalar':
      return scalarName(node.name);
    case 'plus':
      return `(${node.parts.map(text).join('+')})`;
    case 'times':
      return `(${node.parts.map(each => `(${text(each)})`).join('*')})`;
    case 'over':
      return `((${text(node.top)})/(${text(node.bottom)}))`;
    case 'abs':
    case 'sign':
    case 'root':
      return `${words.call[node.kind]}(${text(node.of)})`;
    case 'max':
    case 'min':
      return `${words.call[node.kind]}(${text(node.one)},${text(node.other)})`;
    default:
      throw new Error(`${node.kind} is no plain algebra`);
  }
}
