/**
 * Tokens to layout: arguments of commands, scripts, brackets. Every unbalanced brace or bracket, every missing argument
 * and every unknown command is refused here, with its place and what was expected.
 */
import { readPrime, readScript } from './layout-scripts.ts';
import { refuse } from '../../base/problem.ts';
import { hidesSign, refuseHiddenSum } from './hidden-sign.ts';
import type { Item } from './item.ts';
import type { Bracket, Lists } from './layout-brackets.ts';
import { endsList, readBracket } from './layout-brackets.ts';
import type { Arguments } from './layout-commands.ts';
import { layOutCommand } from './layout-commands.ts';
import { bare, named, reframe, show } from './layout-items.ts';
import {
  BARS,
  CLOSING,
  DISPLAY_ENVIRONMENTS,
  IGNORED_COMMANDS,
  IGNORED_WITH_ARGUMENT,
  OPENING,
  SIZES,
} from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';
import { emptyGroupLength, TokenReader } from '../notation/token-reader.ts';

/** A formula of more tokens is refused. */
const MOST_FORMULA_TOKENS = 60_000;

/** The layout of a whole formula. Spaces and what means nothing is gone. */
export function layOut(tokens: readonly Token[]): Item[] {
  if (tokens.length > MOST_FORMULA_TOKENS)
    refuse('formula-too-long', `a formula of more than ${MOST_FORMULA_TOKENS} tokens`, tokens[0]?.span);
  return new Layout(tokens, 0).whole();
}

class Layout implements Lists, Arguments {
  readonly reader: TokenReader;

  constructor(tokens: readonly Token[], depth: number) {
    this.reader = new TokenReader(tokens, depth);
  }

  whole(): Item[] {
    const items = this.list(null);
    const rest = this.reader.peek();
    if (rest !== undefined)
      refuse('unbalanced-brace', `${show(rest)} closes nothing; expected an opening one before it`, rest.span);
    return items;
  }

  /** Items up to the end, a closing brace, or what closes `bracket`; the closing token is left in place. */
  list(bracket: Bracket | null): Item[] {
    const items: Item[] = [];
    for (;;) {
      const token = this.reader.peek();
      if (token === undefined || token.kind === 'close') return items;
      if (token.kind === 'space' || token.kind === 'alignment') this.reader.at += 1;
      else if (endsList(this.reader, token, bracket, items)) return items;
      else this.#item(token, items);
    }
  }

  /** Reads one item (or a script of the last one) and appends it. */
  #item(token: Token, items: Item[]): void {
    this.reader.nested(token, () => {
      switch (token.kind) {
        case 'superscript':
        case 'subscript':
          return readScript(this, token, items);
        case 'symbol':
        case 'command':
          if (token.text === "'") return readPrime(this, token, items);
          return this.#ignored(token) ? undefined : this.#push(this.#atom(token, items), items);
        case 'open':
          return this.#skipEmptyGroup() ? undefined : this.#group(token, items);
        case 'letter':
        case 'digit':
          return this.#push(this.#atom(token, items), items);
        case 'parameter':
          return refuse('unexpected-parameter', `${token.text} outside a macro definition`, token.span);
        case 'space':
        case 'alignment':
        case 'close':
          this.reader.at += 1;
          return undefined;
      }
    });
  }

  #group(token: Token, items: Item[]): void {
    const item = this.#atom(token, items);
    this.reader.skipSpaces();
    refuseHiddenSum(item, items.at(-1), this.reader.peek());
    this.#push(item, items);
  }

  #push(item: Item, items: Item[]): void {
    if (item.kind === 'evaluated' && item.items === null && items.length === 0)
      refuse('evaluation', 'expected a factor before this bar', item.span);
    this.reader.skipSpaces();
    if (hidesSign(item, items.at(-1), this.reader.peek())) items.push(...item.items);
    else items.push(item);
  }

  #ignored(token: Token): boolean {
    if (token.kind !== 'command') return false;
    if (token.text === '\\\\' || IGNORED_COMMANDS.has(token.text)) {
      this.reader.at += 1;
      const space = this.reader.peek();
      if (token.text === '\\\\' && space?.text === '[' && space.span.start === token.span.end)
        this.reader.optional(space);
      return true;
    }
    if (IGNORED_WITH_ARGUMENT.has(token.text)) {
      this.reader.at += 1;
      this.reader.skipSpaces();
      if (this.reader.peek()?.text === '*') this.reader.at += 1;
      this.reader.rawArgument(token);
      return true;
    }
    // A slash of another size is a slash: \Big/.
    if (SIZES.get(token.text) === 'either' && this.reader.peek(1)?.text === '/') {
      this.reader.at += 1;
      return true;
    }
    if (SIZES.has(token.text) && this.reader.peek(1)?.text === '.') {
      this.reader.at += 2;
      return true;
    }
    if (token.text === '\\begin' || token.text === '\\end') {
      const name = this.#environment(token);
      if (!DISPLAY_ENVIRONMENTS.has(name))
        refuse('unknown-environment', `the environment ${name || '?'} is not read inside a formula`, token.span);
      return true;
    }
    return false;
  }

  /** `{}` only sets spacing, unless a script stands on it. */
  #skipEmptyGroup(): boolean {
    const length = emptyGroupLength(this.reader.tokens, this.reader.at);
    this.reader.at += length;
    return length > 0;
  }

  #environment(token: Token): string {
    this.reader.at += 1;
    return this.reader
      .rawArgument(token)
      .map(piece => piece.text)
      .join('')
      .trim();
  }

  /** One argument: the content of braces, or a single token with its own arguments. */
  argument(command: Token, what: string): Item[] {
    this.reader.skipSpaces();
    const token = this.reader.peek();
    if (
      token === undefined ||
      token.kind === 'close' ||
      token.kind === 'alignment' ||
      token.kind === 'superscript' ||
      token.kind === 'subscript'
    ) {
      return refuse('missing-argument', `expected ${what} after ${command.text}`, token?.span ?? command.span);
    }
    if (token.kind === 'open') return this.#braces(token);
    if (token.kind === 'digit') {
      this.reader.at += 1;
      return [{ kind: 'number', text: token.text, bold: false, ...bare(token.span) }];
    }
    return [this.reader.nested(token, () => this.#atom(token, []))];
  }

  #braces(open: Token): Item[] {
    this.reader.at += 1;
    const items = this.reader.nested(open, () => this.list(null));
    const close = this.reader.peek();
    if (close === undefined) return refuse('unbalanced-brace', 'expected a closing brace `}` for this one', open.span);
    if (close.kind !== 'close')
      return refuse('unbalanced-brace', `${show(close)} closes nothing inside these braces`, close.span);
    this.reader.at += 1;
    return items;
  }

  #atom(token: Token, before: readonly Item[]): Item {
    switch (token.kind) {
      case 'digit':
        return this.#number();
      case 'letter':
        this.reader.at += 1;
        return named({ core: token.text, bold: false, accents: [] }, token.span);
      case 'open': {
        const items = this.#braces(token);
        const span = this.reader.spanFrom(token);
        const only = items[0];
        // {\theta_j}^{(n)} is \theta_j^{(n)}, but {x^2}^n is a power of a power.
        if (items.length === 1 && only !== undefined && only.kind !== 'operator' && only.sup === null)
          return reframe(only, span);
        return { kind: 'group', delimiter: 'brace', items, ...bare(span) };
      }
      case 'command':
      case 'symbol':
        return this.#commandAtom(token, before);
      case 'parameter':
      case 'space':
      case 'alignment':
      case 'close':
      case 'superscript':
      case 'subscript':
        return refuse('unexpected-token', `${show(token)} is not expected here`, token.span);
    }
  }

  #number(): Item {
    const first = this.reader.peek();
    let text = '';
    let last = first;
    for (let token = this.reader.peek(); token !== undefined; token = this.reader.peek()) {
      const point = token.text === '.' && !text.includes('.') && this.reader.peek(1)?.kind === 'digit';
      if (token.kind !== 'digit' && !point) break;
      text += token.text;
      last = token;
      this.reader.at += 1;
      if (text.length > 1000) refuse('formula-too-long', 'a number of more than 1000 digits', token.span);
    }
    if (first === undefined || last === undefined) throw new Error('a number starts with a token');
    const exponent = this.#exponent();
    if (exponent !== null)
      return { kind: 'number', text: `${text}${exponent}`, bold: false, ...bare(this.reader.spanFrom(first)) };
    return {
      kind: 'number',
      text: text.startsWith('.') ? `0${text}` : text,
      bold: false,
      ...bare(this.reader.spanFrom(first)),
    };
  }

  /** `e-8` of 1e-8, without blanks; null where it is something else, as in 2e or 2e - x. */
  #exponent(): string | null {
    const letter = this.reader.peek();
    const sign = this.reader.peek(1);
    const digit = this.reader.peek(2);
    // A blank would be a token of its own; places do not tell, since a macro gives all its tokens one.
    if (letter?.text !== 'e' || sign?.text !== '-' || digit?.kind !== 'digit') return null;
    this.reader.at += 2;
    let text = 'e-';
    for (let next = this.reader.peek(); next?.kind === 'digit' && text.length < 6; next = this.reader.peek()) {
      text += next.text;
      this.reader.at += 1;
    }
    return text;
  }

  #commandAtom(token: Token, before: readonly Item[]): Item {
    const text = token.text;
    if (text === '.' && this.reader.peek(1)?.kind === 'digit') return this.#number();
    if (text === '\\left' || SIZES.has(text) || OPENING.has(text) || BARS.has(text))
      return readBracket(this, token, before);
    if (CLOSING.has(text) || text === '\\right')
      return refuse('unbalanced-brace', `${show(token)} closes nothing; expected an opening one before it`, token.span);
    return layOutCommand(this, token);
  }

  /** Tokens that were set aside, laid out at the present depth. */
  nested(tokens: readonly Token[], first: Token): Item[] {
    return this.reader.nested(first, () => new Layout(tokens, this.reader.depth).whole());
  }
}
