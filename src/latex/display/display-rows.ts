/**
 * The rows of a display cut into segments at `&`, wide spaces, top-level commas and words. Environments are opened,
 * labels and tags dropped. Which segments make a statement is decided in display.ts.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { trim } from './display-tokens.ts';
import { withoutEquationNumbers } from './equation-numbers.ts';
import { openEnvironments } from './open-environments.ts';
import {
  CLOSING,
  EQUIVALENCES,
  IGNORED_WITH_ARGUMENT,
  OPENING,
  WIDE_SPACES,
  canonicalAlphabet,
} from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';
import { isConnective, meaningOfWords, quantifies } from '../notation/words.ts';

export interface Segment {
  readonly tokens: Token[];
  /** Whether it is the first of its row. */
  readonly starts: boolean;
  /** Whether it is the first of its row and an `&` stands before it. */
  readonly aligned: boolean;
  /** The comma or semicolon that separates it from what stands before, also one at the end of the row above. */
  readonly comma: Token | null;
  /** Whether a wide space or an `&` stands before it in its row. */
  readonly wide: boolean;
  /** The word that joins it to what stands before, as `\text{and}`; null without one. */
  readonly joint: { readonly text: string; readonly span: Span } | null;
  /** The word right before it: \text{if}, \text{for} open a condition, \text{for all} too, \iff an equivalence. */
  readonly word: 'condition' | 'quantifier' | 'equivalence' | null;
  readonly span: Span;
}

/** Cuts a display; rows end at `\\` outside brackets. */
export function cutRows(given: readonly Token[]): Segment[] {
  return new RowCutter(withoutEquationNumbers(openEnvironments(given))).cut();
}

class RowCutter {
  readonly #tokens: readonly Token[];
  readonly #segments: Segment[] = [];
  #current: Token[] = [];
  #starts = true;
  #aligned = false;
  #comma: Token | null = null;
  #wide = false;
  #joint: Segment['joint'] = null;
  #word: Segment['word'] = null;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  cut(): Segment[] {
    for (let at = 0; at < this.#tokens.length; at += 1) at = this.#token(at);
    this.#flush();
    this.#refuseOpenWord();
    return this.#segments;
  }

  #flush(): void {
    const first = trim(this.#current)[0];
    if (first !== undefined) {
      this.#segments.push({
        tokens: this.#current,
        starts: this.#starts,
        aligned: this.#starts && this.#aligned,
        comma: this.#comma,
        wide: this.#wide,
        joint: this.#joint,
        word: this.#word,
        span: first.span,
      });
      this.#starts = false;
      this.#word = null;
      this.#comma = null;
      this.#wide = false;
      this.#joint = null;
    }
    this.#current = [];
  }

  /** `\text{if}` at the end of a row: what follows is missing. */
  #refuseOpenWord(): void {
    if (this.#word !== null)
      refuse('condition', 'expected a condition after these words', this.#tokens[this.#tokens.length - 1]?.span);
  }

  /** Takes the token at `at`; returns the index of the last one that it used. */
  #token(at: number): number {
    const token = this.#tokens[at];
    if (token === undefined) return at;
    if (token.kind === 'open') this.#depth += 1;
    if (token.kind === 'close') this.#depth = Math.max(0, this.#depth - 1);
    if (token.text === '\\left' || token.text === '\\right') {
      this.#depth = Math.max(0, this.#depth + (token.text === '\\left' ? 1 : -1));
      return this.#takeDelimiter(at);
    }
    if (OPENING.has(token.text)) this.#depth += 1;
    if (CLOSING.has(token.text)) this.#depth = Math.max(0, this.#depth - 1);
    if (IGNORED_WITH_ARGUMENT.has(token.text)) return this.#skipArgument(at);
    if (token.text === '\\\\') return this.#newRow(at);
    if (this.#depth > 0) {
      if (token.kind !== 'alignment') this.#current.push(token);
      return at;
    }
    if (token.kind === 'alignment' && this.#starts) this.#aligned ||= trim(this.#current).length === 0;
    if (token.kind === 'alignment' || WIDE_SPACES.has(token.text)) {
      this.#flush();
      this.#wide = true;
    } else if (token.text === ',' || token.text === ';') {
      this.#flush();
      this.#comma = token;
    } else if (token.text === '\\forall' && this.#word === null) {
      this.#flush();
      this.#word = 'quantifier';
    } else if (EQUIVALENCES.has(token.text)) {
      this.#flush();
      this.#word = 'equivalence';
    } else if (
      canonicalAlphabet(token.text) === '\\mathrm' &&
      this.#tokens[at + 1]?.kind === 'open' &&
      token.text !== '\\mathrm'
    )
      return this.#words(at);
    else this.#current.push(token);
    return at;
  }

  #takeDelimiter(at: number): number {
    let end = at + 1;
    while (this.#tokens[end]?.kind === 'space') end += 1;
    this.#current.push(...this.#tokens.slice(at, end + 1));
    return end;
  }

  /** `\\[2pt]` ends a row outside brackets; inside it means nothing. */
  #newRow(at: number): number {
    let end = at;
    if (this.#tokens[at + 1]?.text === '*') end += 1;
    const bracket = this.#tokens[end + 1];
    const before = this.#tokens[end];
    if (bracket?.text === '[' && before !== undefined && bracket.span.start === before.span.end) {
      while (end < this.#tokens.length && this.#tokens[end]?.text !== ']') end += 1;
    }
    if (this.#depth === 0) {
      this.#flush();
      this.#refuseOpenWord();
      this.#starts = true;
      this.#aligned = false;
      this.#wide = false;
      this.#word = null;
    }
    return end;
  }

  #skipArgument(at: number): number {
    let next = at + 1;
    while (this.#tokens[next]?.kind === 'space' || this.#tokens[next]?.text === '*') next += 1;
    return this.#tokens[next]?.kind === 'open' ? this.#closing(next) : at;
  }
  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#tokens.length; at += 1) {
      if (this.#tokens[at]?.kind === 'open') depth += 1;
      if (this.#tokens[at]?.kind === 'close') depth -= 1;
      if (depth === 0) return at;
    }
    return refuse('unbalanced-brace', 'expected a closing brace `}` for this one', this.#tokens[open]?.span);
  }

  /** `\text{…}`: a condition word, a word between statements, or a remark that is dropped. */
  #words(at: number): number {
    const close = this.#closing(at + 1);
    const inside = this.#tokens.slice(at + 2, close);
    const words = inside.map(token => token.text).join('');
    const dollar = inside.findIndex(token => token.text === '$');
    const span = this.#tokens[at]?.span ?? refuse('unbalanced-brace', 'expected `{` here');
    const before = dollar === -1 ? words : textOf(inside.slice(0, dollar));
    // \text{beta1} is a name.
    const meaning = /^[A-Za-z]+\d+$/.test(words) ? 'nothing' : meaningOfWords(before, span);
    // \text{sign}(x) and x_{\text{max}} are parts of formulas.
    if (meaning === 'nothing' && /^[A-Za-z]+\d*$/.test(words) && !isConnective(words)) {
      this.#current.push(...this.#tokens.slice(at, close + 1));
      return close;
    }
    this.#flush();
    const punctuation = inside.find(token => token.text === ',' || token.text === ';');
    if (meaning === 'condition' && quantifies(before)) this.#word = 'quantifier';
    else if (meaning !== 'nothing') this.#word = meaning;
    else if (isConnective(before)) this.#joint = { text: before.trim(), span };
    else if (punctuation !== undefined && /^[\s,;]+$/.test(words)) this.#comma = punctuation;
    // \text{if $A \gg B$}: the formula inside the text is the condition.
    if (dollar !== -1) this.#formulaInText(inside.slice(dollar), span);
    return close;
  }

  /** `$A$`, `$A$ and $B$`: the formulas are taken, words behind them must say nothing. */
  #formulaInText(tokens: readonly Token[], span: Span): void {
    let isFormula = false;
    let words: Token[] = [];
    for (const token of tokens) {
      if (token.text !== '$') {
        if (isFormula) this.#current.push(token);
        else words.push(token);
        continue;
      }
      isFormula = !isFormula;
      if (isFormula && words.length > 0 && meaningOfWords(textOf(words), span) !== 'nothing')
        refuse('words-not-understood', 'expected one condition in this text', span);
      if (isFormula && words.some(word => word.kind !== 'space')) this.#current.push({ ...token, text: ',' });
      words = [];
    }
    if (words.length > 0 && meaningOfWords(textOf(words), span) !== 'nothing')
      refuse('words-not-understood', 'expected one condition in this text', span);
  }
}

const textOf = (tokens: readonly Token[]): string => tokens.map(token => token.text).join('');
