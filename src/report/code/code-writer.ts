/** Nodes as statements of a program: what is used twice, and what costs something, gets a name in the block where it can stand. */
import type { Rational } from '../../number/rational.ts';
import { type CodeNode, parts } from './vector-node.ts';

/** How strongly an expression holds together. */
export const TIGHT = { sum: 1, product: 2, power: 3, atom: 4 } as const;

export interface Text {
  readonly text: string;
  readonly tight: number;
}

/** What a language writes in its own way. */
export interface Dialect {
  number(value: Rational): Text;
  parameter(name: string): string;
  /** What is not arithmetic, with the parts already written. */
  other(node: CodeNode, write: (part: CodeNode) => string, whole: (part: CodeNode) => string): string;
  /** A vector of which `text` is written, made of the vectors `leaves`; as it is where arrays are taken as wholes. */
  vector(text: string, leaves: readonly string[]): string;
  /** How a vector with a name is written inside of a larger one. */
  entry(name: string): string;
  /** Σ or Π of a function of the letter. */
  big(
    kind: 'sum' | 'product',
    body: string,
    letter: string,
    range: readonly [string, string],
    isVector: boolean,
  ): string;
}

interface Block {
  readonly letters: ReadonlySet<string>;
  readonly lines: string[];
  readonly names: Map<CodeNode, string>;
}

export class CodeWriter {
  readonly #dialect: Dialect;
  readonly #uses = new Map<CodeNode, number>();
  readonly #blocks: Block[];
  readonly #taken: Set<string>;
  #made = 0;
  #leaves = new Set<string>();

  /** `letters` are those that have a value from the start; `taken` names that are in use. */
  constructor(dialect: Dialect, roots: readonly CodeNode[], letters: readonly string[], taken: readonly string[]) {
    this.#dialect = dialect;
    this.#taken = new Set(taken);
    this.#blocks = [{ letters: new Set(letters), lines: [], names: new Map() }];
    const count = (node: CodeNode): void => {
      const seen = this.#uses.get(node) ?? 0;
      this.#uses.set(node, seen + 1);
      if (seen === 0) for (const part of parts(node)) count(part);
    };
    for (const root of roots) count(root);
  }

  /** The statements so far. */
  get lines(): readonly string[] {
    return this.#blocks[0]?.lines ?? [];
  }

  /** An expression for a node that stands for itself: of a vector the whole vector. */
  whole(node: CodeNode): string {
    const before = this.#leaves;
    this.#leaves = new Set();
    const { text } = this.#write(node);
    const leaves = [...this.#leaves];
    this.#leaves = before;
    if (!node.isVector) return text;
    return this.#nameOf(node) ?? this.#dialect.vector(text, leaves);
  }

  #nameOf(node: CodeNode): string | undefined {
    for (const block of this.#blocks.toReversed()) {
      const name = block.names.get(node);
      if (name !== undefined) return name;
    }
    return node.kind === 'theta' ? 'theta' : undefined;
  }

  #write(node: CodeNode): Text {
    const known = this.#nameOf(node);
    if (known !== undefined) return this.#use(node, known);
    if (!this.#isNamed(node)) return this.#expression(node);
    const depth = this.#blocks.findIndex((_, at) => [...node.letters].every(letter => this.#hasLetter(letter, at)));
    const inner = this.#blocks.splice(depth + 1);
    const block = this.#blocks[depth];
    if (block === undefined) throw new Error(`no block has all letters of a ${node.kind}`);
    const before = this.#leaves;
    this.#leaves = new Set();
    const { text } = this.#expression(node);
    const value = node.isVector && !isCall(node) ? this.#dialect.vector(text, [...this.#leaves]) : text;
    this.#leaves = before;
    const name = this.#freshName(node.kind === 'tensor' && node.entries.length === 0 ? 'g' : null);
    block.lines.push(`${name} = ${value}`);
    block.names.set(node, name);
    this.#blocks.push(...inner);
    return this.#use(node, name);
  }

  #use(node: CodeNode, name: string): Text {
    if (!node.isVector) return atom(name);
    this.#leaves.add(name);
    return atom(this.#dialect.entry(name));
  }

  #hasLetter(letter: string, depth: number): boolean {
    return this.#blocks.slice(0, depth + 1).some(({ letters }) => letters.has(letter));
  }

  #isNamed(node: CodeNode): boolean {
    if (node.kind === 'tensor' || node.kind === 'loss' || node.kind === 'total') return true;
    if (node.kind === 'sum' || node.kind === 'product') return true;
    return (this.#uses.get(node) ?? 0) > 1 && !isTrivial(node);
  }

  #freshName(wish: string | null): string {
    let name = wish ?? '';
    while (name === '' || this.#taken.has(name) || this.#taken.has(this.#dialect.entry(name))) {
      this.#made += 1;
      name = `t${this.#made}`;
    }
    this.#taken.add(name).add(this.#dialect.entry(name));
    return name;
  }

  #expression(node: CodeNode): Text {
    const inside = (part: CodeNode, least: number): string => bracketed(this.#write(part), least);
    switch (node.kind) {
      case 'number':
        return this.#dialect.number(node.value);
      case 'parameter':
        return atom(this.#dialect.parameter(node.name));
      case 'letter':
        return atom(node.name);
      case 'add':
        return {
          text: node.terms.map((term, at) => signed(this.#write(term), at === 0)).join(''),
          tight: TIGHT.sum,
        };
      case 'multiply': {
        const [first, ...others] = node.factors;
        const isMinus = first?.kind === 'number' && first.value.isInteger() && first.value.num === -1n;
        const shown = isMinus ? others : node.factors;
        const texts = shown.map((factor, at) =>
          at === 0 && factor.kind === 'number'
            ? this.#write(factor).text
            : inside(factor, at === 0 ? TIGHT.product : TIGHT.power),
        );
        return { text: `${isMinus ? '-' : ''}${texts.join(' * ')}`, tight: TIGHT.product };
      }
      case 'divide':
        return {
          text: `${inside(node.above, TIGHT.product)} / ${inside(node.below, TIGHT.power)}`,
          tight: TIGHT.product,
        };
      case 'power':
        return { text: `${inside(node.base, TIGHT.atom)} ** ${inside(node.exponent, TIGHT.atom)}`, tight: TIGHT.power };
      case 'sum':
      case 'product':
        return atom(this.#big(node));
      default:
        return atom(
          this.#dialect.other(
            node,
            part => this.#write(part).text,
            part => this.whole(part),
          ),
        );
    }
  }

  /** Statements within the body make it a function of its own. */
  #big(node: CodeNode & { readonly kind: 'sum' | 'product' }): string {
    const range = [this.#write(node.lower).text, this.#write(node.upper).text] as const;
    const block: Block = { letters: new Set([node.letter]), lines: [], names: new Map() };
    this.#blocks.push(block);
    const body = this.whole(node.body);
    this.#blocks.pop();
    const { isVector } = node.body;
    if (block.lines.length === 0) return this.#dialect.big(node.kind, body, node.letter, range, isVector);
    const name = this.#freshName(null);
    this.#blocks
      .at(-1)
      ?.lines.push(`def ${name}(${node.letter}):`, ...[...block.lines, `return ${body}`].map(line => `    ${line}`));
    return this.#dialect.big(node.kind, `${name}(${node.letter})`, node.letter, range, isVector);
  }
}

const atom = (text: string): Text => ({ text, tight: TIGHT.atom });
const isTrivial = ({ kind }: CodeNode): boolean =>
  kind === 'number' || kind === 'parameter' || kind === 'letter' || kind === 'theta' || kind === 'dimension';
/** What is a list or an array by itself. */
const isCall = ({ kind }: CodeNode): boolean => kind === 'tensor' || kind === 'sum' || kind === 'product';

const bracketed = ({ text, tight }: Text, least: number): string =>
  tight < least || (text.startsWith('-') && least > TIGHT.sum) ? `(${text})` : text;

function signed({ text }: Text, isFirst: boolean): string {
  if (isFirst) return text;
  return text.startsWith('-') ? ` - ${text.slice(1)}` : ` + ${text}`;
}
