/** One definition of a user's command, from its tokens. */
import type { Source, Span } from '../../base/span.ts';
import type { Macro } from './macros.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokenize.ts';

/** How many arguments a command takes, and the default of the first where it is optional. */
interface Head {
  readonly parameters: number;
  readonly optional: readonly Token[] | null;
}

/** Definitions within a definition: by their names. */
const WITHIN =
  /\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand|let|[gex]?def)(?![A-Za-z@])\*?\s*\{?\s*(\\[A-Za-z@]+)/g;

/** Reads one definition from its tokens; it never throws, since a preamble may hold TeX that no formula uses. */
export class MacroDefinitionReader {
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;
  readonly #define: (name: string, macro: Macro) => void;
  #at: number;
  /** How many characters were looked at. */
  searched = 0;

  constructor(source: Source, start: number, at: number, end: number, define: (name: string, macro: Macro) => void) {
    this.#source = source;
    this.#start = start;
    this.#at = at;
    this.#end = end;
    this.#define = define;
  }

  /** Where the definition ends, as far as it was followed. */
  get end(): number {
    return this.#at;
  }

  read(command: string, isKnown: (name: string) => boolean): void {
    if (this.#peek() === '*') this.#at += 1;
    if (command.endsWith('environment')) {
      this.#environment();
      return;
    }
    const name = this.#name();
    if (name === null) return;
    const from = this.#at;
    const macro = this.#macro(command, name);
    if (command !== 'providecommand' || !isKnown(name)) this.#define(name, macro);
    this.#within(from, name);
  }

  /** What an environment of the user's begins and ends with is a definition in which others may stand. */
  #environment(): void {
    const from = this.#at;
    const name = this.#bracedText();
    if (name === null) return;
    while (this.#bracketed() !== null);
    if (this.#bracedRange() !== null) this.#bracedRange();
    this.#within(from, `the environment ${name}`);
  }

  /** What is defined within a definition depends on where that is used, which is not followed. */
  #within(from: number, owner: string): void {
    if (this.#at === from) return;
    for (const [, name = ''] of this.#source.text.slice(from, this.#at).matchAll(WITHIN))
      if (name !== owner) this.#define(name, this.#broken(name, `it stands in that of ${owner}`));
  }

  #macro(command: string, name: string): Macro {
    if (command === 'let') return this.#broken(name, '`\\let` is not followed; define the command with \\newcommand');
    if (command.endsWith('def')) return this.#plainDefinition(name);
    if (command === 'DeclareMathOperator') return this.#operator(name);
    if (command === 'DeclarePairedDelimiter') {
      const open = this.#braced();
      const close = this.#braced();
      if (open === null || close === null) return this.#broken(name, 'expected two delimiters in braces');
      return { kind: 'delimiters', open, close };
    }
    const head = command.endsWith('DocumentCommand') ? this.#specification() : this.#count();
    if (typeof head === 'string') return this.#broken(name, head);
    const body = this.#braced();
    return body === null
      ? this.#broken(name, 'expected the definition in braces')
      : { kind: 'template', ...head, body };
  }

  /** `\operatorname{word}`. */
  #operator(name: string): Macro {
    const word = this.#braced();
    if (word === null) return this.#broken(name, "expected the operator's name in braces");
    const span: Span = { source: this.#source, start: this.#start, end: this.#at };
    const operator: Token = { kind: 'command', text: '\\operatorname', span };
    const open: Token = { kind: 'open', text: '{', span };
    const close: Token = { kind: 'close', text: '}', span };
    return { kind: 'template', parameters: 0, optional: null, body: [operator, open, ...word, close] };
  }

  /** `{m m}` of \NewDocumentCommand; a string says what is wrong. */
  #specification(): Head | string {
    const specification = this.#bracedText();
    if (specification === null || !/^[\sm]*$/.test(specification)) return 'only arguments of kind m are followed';
    return { parameters: specification.replace(/\s/g, '').length, optional: null };
  }

  /** `[2][default]` of \newcommand. */
  #count(): Head | string {
    const count = this.#bracketed();
    if (count === null) return { parameters: 0, optional: null };
    if (!/^\s*[0-9]\s*$/.test(count)) return 'expected a number of arguments from 0 to 9';
    const start = this.#at;
    const fallback = this.#bracketed();
    const optional =
      fallback === null ? null : tokenize(this.#source, this.#source.text.indexOf('[', start) + 1, this.#at - 1);
    return { parameters: Number(count), optional };
  }

  /** `\def\name#1#2{…}`; delimited parameters are not followed. */
  #plainDefinition(name: string): Macro {
    let parameters = 0;
    for (;;) {
      this.#skipBlanks();
      if (this.#peek() !== '#') break;
      if (this.#source.text.charAt(this.#at + 1) !== String(parameters + 1))
        return this.#broken(name, 'parameters must be #1, #2, … in order');
      parameters += 1;
      this.#at += 2;
    }
    const body = this.#braced();
    if (body === null) return this.#broken(name, '`\\def` with delimited parameters is not followed');
    return { kind: 'template', parameters, optional: null, body };
  }

  #broken(name: string, message: string): Macro {
    const span = { source: this.#source, start: this.#start, end: this.#at };
    return {
      kind: 'broken',
      problem: { code: 'macro-definition', message: `the definition of ${name} cannot be followed: ${message}`, span },
    };
  }
  #peek(): string {
    return this.#at < this.#end ? this.#source.text.charAt(this.#at) : '';
  }
  #skipBlanks(): void {
    while (/^\s$/.test(this.#peek()) || this.#peek() === '%') {
      if (this.#peek() === '%') while (this.#peek() !== '' && this.#peek() !== '\n') this.#at += 1;
      else this.#at += 1;
    }
  }
  /** `\name` or `{\name}`. */
  #name(): string | null {
    this.#skipBlanks();
    const pattern = /\{\s*(\\(?:[A-Za-z@]+|[^A-Za-z\s]))\s*\}|(\\(?:[A-Za-z@]+|[^A-Za-z\s]))/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source.text);
    if (match === null) return null;
    this.#at += match[0].length;
    return match[1] ?? match[2] ?? null;
  }
  #bracketed(): string | null {
    this.#skipBlanks();
    if (this.#peek() !== '[') return null;
    const length = this.#source.text.slice(this.#at, this.#end).indexOf(']');
    if (length === -1) return null;
    const close = this.#at + length;
    const inside = this.#source.text.slice(this.#at + 1, close);
    this.#at = close + 1;
    return inside;
  }
  /** The range inside the braces that follow, or null where there are none. */
  #bracedRange(): { start: number; end: number } | null {
    this.#skipBlanks();
    if (this.#peek() !== '{') return null;
    const start = this.#at + 1;
    let depth = 0;
    for (let at = this.#at; at < this.#end; at += 1) {
      const character = this.#source.text.charAt(at);
      this.searched += 1;
      if (character === '\\') at += 1;
      else if (character === '%') while (at + 1 < this.#end && this.#source.text.charAt(at + 1) !== '\n') at += 1;
      else if (character === '{') depth += 1;
      else if (character === '}') {
        depth -= 1;
        if (depth === 0) {
          this.#at = at + 1;
          return { start, end: at };
        }
      }
    }
    return null;
  }
  #braced(): Token[] | null {
    const range = this.#bracedRange();
    return range === null ? null : tokenize(this.#source, range.start, range.end);
  }
  #bracedText(): string | null {
    const range = this.#bracedRange();
    return range === null ? null : this.#source.text.slice(range.start, range.end);
  }
}
