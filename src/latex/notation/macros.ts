/**
 * A user's own commands: `\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\DeclareMathOperator`,
 * `\DeclarePairedDelimiter`. A definition that cannot be followed is kept as a problem that shows only where the command
 * is used. Nothing here expands; see expand-macros.ts.
 */
import type { Problem } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokenize.ts';

export type Macro =
  | {
      readonly kind: 'template';
      readonly parameters: number;
      readonly optional: readonly Token[] | null;
      readonly body: readonly Token[];
    }
  /** `\norm{x}` and `\norm*{x}` become \left OPEN x \right CLOSE. */
  | { readonly kind: 'delimiters'; readonly open: readonly Token[]; readonly close: readonly Token[] }
  | { readonly kind: 'broken'; readonly problem: Problem };

/** How many arguments a command takes, and the default of the first where it is optional. */
interface Head {
  readonly parameters: number;
  readonly optional: readonly Token[] | null;
}

/** Names (with backslash) and what they stand for. */
export class MacroTable {
  readonly #macros = new Map<string, Macro>();
  readonly #ofFiles = new Map<Source, MacroTable>();

  /** A table that starts with everything in `other`. */
  static copy(other: MacroTable): MacroTable {
    const table = new MacroTable();
    for (const [name, macro] of other.#macros) table.#macros.set(name, macro);
    return table;
  }
  /** What a file knows that another one brings in: what is defined up to its end, not what comes later. */
  keepFor(source: Source): void {
    this.#ofFiles.set(source, MacroTable.copy(this));
  }
  /** The macros that hold in a file. */
  at(source: Source): MacroTable {
    return this.#ofFiles.get(source) ?? this;
  }
  get size(): number {
    return this.#macros.size;
  }
  get(name: string): Macro | undefined {
    return this.#macros.get(name);
  }
  /** With their backslashes. */
  names(): readonly string[] {
    return [...this.#macros.keys()];
  }
  define(name: string, macro: Macro): void {
    this.#macros.set(name, macro);
  }
}

const DEFINERS =
  /%[^\n]*|\\(newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|DeclarePairedDelimiter|NewDocumentCommand|RenewDocumentCommand|let|def|gdef|edef|xdef)(?![A-Za-z@])|\\[\s\S]/g;
/** No definition is longer; what is left open is not searched to the end of a large file. */
const LONGEST_DEFINITION = 20_000;
/** What all definitions of a file together may be searched, so that a file of unclosed ones ends in time. */
const MOST_SEARCHED = 4_000_000;

/** Reads the definitions of a file, or of a part of it, wherever they stand, into `into`; later ones win, as in TeX. */
export function gatherMacros(source: Source, into: MacroTable, from = 0, to = source.text.length): void {
  let searched = 0;
  const definers = new RegExp(DEFINERS);
  definers.lastIndex = from;
  for (let match = definers.exec(source.text); match && match.index < to; match = definers.exec(source.text)) {
    const command = match[1];
    if (command === undefined) continue;
    const start = match.index;
    const length = searched > MOST_SEARCHED ? 200 : LONGEST_DEFINITION;
    const reader = new DefinitionReader(
      source,
      start,
      start + match[0].length,
      Math.min(source.text.length, start + length),
      into,
    );
    reader.read(command);
    searched += reader.searched;
  }
}

/** Reads one definition from its tokens; it never throws, since a preamble may hold TeX that no formula uses. */
class DefinitionReader {
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;
  readonly #into: MacroTable;
  #at: number;
  /** How many characters were looked at. */
  searched = 0;

  constructor(source: Source, start: number, at: number, end: number, into: MacroTable) {
    this.#source = source;
    this.#start = start;
    this.#at = at;
    this.#end = end;
    this.#into = into;
  }

  read(command: string): void {
    if (this.#peek() === '*') this.#at += 1;
    const name = this.#name();
    if (name === null || (command === 'providecommand' && this.#into.get(name) !== undefined)) return;
    this.#into.define(name, this.#macro(command, name));
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
