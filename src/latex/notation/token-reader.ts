/** A place in a row of tokens with the depth of nesting, and what is read without meaning: raw arguments, kinds of bars. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { joinSpans } from '../../base/span.ts';
import { BARS } from './notation-table.ts';
import type { DelimiterKind } from './notation-table.ts';
import type { Token } from './token.ts';

/** Deeper nesting is refused; it also keeps every recursion over a formula far from the end of the stack. */
const DEEPEST_NESTING = 300;

/** How many tokens the `{}` at `start` takes; 0 where none stands there or a script stands on it. */
export function emptyGroupLength(tokens: readonly Token[], start: number): number {
  if (tokens[start]?.kind !== 'open') return 0;
  let end = start + 1;
  while (tokens[end]?.kind === 'space') end += 1;
  if (tokens[end]?.kind !== 'close') return 0;
  let next = end + 1;
  while (tokens[next]?.kind === 'space') next += 1;
  const after = tokens[next]?.kind;
  return after === 'superscript' || after === 'subscript' ? 0 : end + 1 - start;
}

export class TokenReader {
  readonly tokens: readonly Token[];
  at = 0;
  #depth: number;

  constructor(tokens: readonly Token[], depth: number) {
    this.tokens = tokens;
    this.#depth = depth;
  }

  get depth(): number {
    return this.#depth;
  }
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }
  skipSpaces(): void {
    while (this.peek()?.kind === 'space') this.at += 1;
  }
  /** Runs `action` one level deeper. */
  nested<T>(token: Token, action: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST_NESTING)
      refuse('too-deep', `the formula is nested more than ${DEEPEST_NESTING} deep`, token.span);
    const result = action();
    this.#depth -= 1;
    return result;
  }

  /** From a token to the last one read. */
  spanFrom(first: Token): Span {
    const last = this.tokens[this.at - 1] ?? first;
    return last.span.source === first.span.source ? joinSpans(first.span, last.span) : first.span;
  }

  /** Whether the subscript at `at` is a group with a `=` in it, as in `|_{\theta=\tilde\theta(t)}`. */
  conditionFollows(at: number): boolean {
    let depth = 0;
    for (let index = at + 1; index < this.tokens.length; index += 1) {
      const token = this.tokens[index];
      if (token === undefined) return false;
      if (token.kind === 'open') depth += 1;
      if (token.kind === 'close') depth -= 1;
      if (depth === 0 && token.kind !== 'space') return false;
      if (depth === 1 && token.text === '=') return true;
    }
    return false;
  }

  /** The tokens of a braced argument, unread. */
  rawArgument(command: Token): Token[] {
    this.skipSpaces();
    const open = this.peek();
    if (open?.kind !== 'open') return [];
    const inside: Token[] = [];
    let depth = 0;
    for (; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at];
      if (token?.kind === 'open') depth += 1;
      if (token?.kind === 'close') depth -= 1;
      if (depth === 0) {
        this.at += 1;
        return inside;
      }
      if (token !== undefined && token !== open) inside.push(token);
    }
    return refuse('unbalanced-brace', `expected a closing brace for the argument of ${command.text}`, open.span);
  }
  /** The tokens of `[…]`, unread. */
  optional(open: Token): Token[] {
    const inside: Token[] = [];
    let depth = 0;
    for (this.at += 1; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at];
      if (token === undefined) break;
      if (token.kind === 'open') depth += 1;
      if (token.kind === 'close') depth -= 1;
      if (depth === 0 && token.text === ']') {
        this.at += 1;
        return inside;
      }
      inside.push(token);
    }
    return refuse('unbalanced-brace', 'expected a closing bracket `]`', open.span);
  }

  /** What a bar means here: two single bars side by side are a norm's, unless an absolute value is open. */
  barKind(token: Token, open: DelimiterKind | null): DelimiterKind | null {
    const kind = BARS.get(token.text);
    if (kind === undefined) return null;
    if (token.text === '|' && open !== 'abs' && this.#doubledBar(token)) return 'norm';
    return kind;
  }
  #doubledBar(token: Token): boolean {
    const next = this.tokens[this.tokens[this.at] === token ? this.at + 1 : this.at + 2];
    return (
      next !== undefined &&
      next.text === '|' &&
      next.span.start === token.span.end &&
      next.span.source === token.span.source
    );
  }
}
