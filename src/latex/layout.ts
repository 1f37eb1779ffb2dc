/**
 * Tokens to layout: arguments of commands, scripts, brackets. Every unbalanced brace or bracket, every missing argument
 * and every unknown command is refused here, with its place and what was expected.
 */
import { refuse } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import { joinSpans } from '../base/span.ts';
import type { Item, Name } from './item.ts';
import {
  BARS,
  BOLD_COMMANDS,
  CLOSING,
  DISPLAY_ENVIRONMENTS,
  ELEMENTWISE_DIVIDE,
  ELEMENTWISE_TIMES,
  EQUIVALENCES,
  FRACTIONS,
  IGNORED_COMMANDS,
  IGNORED_WITH_ARGUMENT,
  LETTER_COMMANDS,
  OPENING,
  SIZES,
  TIMES_COMMANDS,
  TRANSPARENT_COMMANDS,
  canonicalAccent,
  canonicalAlphabet,
  functionByCommand,
  functionByWord,
  relationBySpelling,
} from './notation-table.ts';
import type { DelimiterKind } from './notation-table.ts';
import type { Token } from './token.ts';

/** Deeper nesting is refused; it also keeps every recursion over a formula far from the end of the stack. */
export const DEEPEST_NESTING = 300;
/** A formula of more tokens is refused. */
export const MOST_FORMULA_TOKENS = 60_000;

/** Commands that stand for themselves in the layout. */
const PLAIN_COMMANDS: ReadonlySet<string> = new Set([
  '\\nabla',
  '\\partial',
  '\\sum',
  '\\prod',
  '\\max',
  '\\min',
  '\\infty',
  '\\top',
  '\\intercal',
  '\\ldots',
  '\\dots',
  '\\cdots',
  '\\lim',
  '\\sup',
  '\\inf',
  '\\dotsc',
  '\\dotsb',
  '\\star',
  '\\dagger',
  '\\pm',
  '\\mp',
  '\\mid',
  '\\colon',
  '\\forall',
  '\\mathbb{R}',
  '\\lfloor',
  '\\rfloor',
  '\\lceil',
  '\\rceil',
  '\\mapsto',
  '\\implies',
  '\\Rightarrow',
  '\\vee',
  '\\wedge',
  '\\lor',
  '\\land',
  '\\propto',
  '\\notin',
  '\\subset',
  '\\subseteq',
  '\\cup',
  '\\cap',
  '\\setminus',
  '\\lesssim',
  '\\gtrsim',
  '\\cong',
  '\\bmod',
  '\\mod',
]);

interface Bracket {
  readonly kind: DelimiterKind;
  readonly closers: 'plain' | 'right' | 'bar';
  readonly token: Token;
}

/** The layout of a whole formula. Spaces and what means nothing is gone. */
export function layOut(tokens: readonly Token[]): Item[] {
  if (tokens.length > MOST_FORMULA_TOKENS)
    refuse('formula-too-long', `a formula of more than ${MOST_FORMULA_TOKENS} tokens`, tokens[0]?.span);
  return new Layout(tokens, 0).whole();
}

class Layout {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth: number;

  constructor(tokens: readonly Token[], depth: number) {
    this.#tokens = tokens;
    this.#depth = depth;
  }

  whole(): Item[] {
    const items = this.#list(null);
    const rest = this.#tokens[this.#at];
    if (rest !== undefined)
      refuse('unbalanced-brace', `${show(rest)} closes nothing; expected an opening one before it`, rest.span);
    return items;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }
  #skipSpaces(): void {
    while (this.#peek()?.kind === 'space') this.#at += 1;
  }
  #enter(token: Token): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST_NESTING)
      refuse('too-deep', `the formula is nested more than ${DEEPEST_NESTING} deep`, token.span);
  }

  /** Items up to the end, a closing brace, or what closes `bracket`; the closing token is left in place. */
  #list(bracket: Bracket | null): Item[] {
    const items: Item[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === undefined || token.kind === 'close') return items;
      if (token.kind === 'space' || token.kind === 'alignment') this.#at += 1;
      else if (this.#endsList(token, bracket, items)) return items;
      else this.#item(token, items);
    }
  }

  /** Whether `token` closes something: the bracket that is open, or one that is not (then the caller complains). */
  #endsList(token: Token, bracket: Bracket | null, items: readonly Item[]): boolean {
    if (token.text === '\\right' || CLOSING.has(token.text)) return true;
    const side = SIZES.get(token.text);
    if (side === 'close') return !this.#sizedEvaluation(token);
    if (side === 'either' && CLOSING.has(this.#tokens[this.#at + 1]?.text ?? '')) return true;
    if (bracket?.closers !== 'bar') return false;
    const delimiter = SIZES.has(token.text) ? this.#tokens[this.#at + 1] : token;
    if (delimiter === undefined || SIZES.get(token.text) === 'open') return false;
    const kind = this.#barKind(delimiter, bracket.kind);
    return kind === bracket.kind && endsOperand(items);
  }

  /** What a bar means here: two single bars side by side are a norm's, unless an absolute value is open. */
  #barKind(token: Token, open: DelimiterKind | null): DelimiterKind | null {
    const kind = BARS.get(token.text);
    if (kind === undefined) return null;
    if (token.text === '|' && open !== 'abs' && this.#doubledBar(token)) return 'norm';
    return kind;
  }
  #doubledBar(token: Token): boolean {
    const next = this.#tokens[this.#tokens[this.#at] === token ? this.#at + 1 : this.#at + 2];
    return (
      next !== undefined &&
      next.text === '|' &&
      next.span.start === token.span.end &&
      next.span.source === token.span.source
    );
  }
  /** `\bigr|_{…}` after a factor, with no `\bigl` before it. */
  #sizedEvaluation(token: Token): boolean {
    const bar = this.#tokens[this.#at + 1];
    return (
      token.text.endsWith('r') &&
      bar !== undefined &&
      bar.text === '|' &&
      this.#tokens[this.#at + 2]?.kind === 'subscript' &&
      this.#conditionFollows(this.#at + 2)
    );
  }

  /** Whether the subscript at `at` is a group with a `=` in it, as in `|_{\theta=\tilde\theta(t)}`. */
  #conditionFollows(at: number): boolean {
    let depth = 0;
    for (let index = at + 1; index < this.#tokens.length; index += 1) {
      const token = this.#tokens[index];
      if (token === undefined) return false;
      if (token.kind === 'open') depth += 1;
      if (token.kind === 'close') depth -= 1;
      if (depth === 0 && token.kind !== 'space') return false;
      if (depth === 1 && token.text === '=') return true;
    }
    return false;
  }

  /** Reads one item (or a script of the last one) and appends it. */
  #item(token: Token, items: Item[]): void {
    this.#enter(token);
    switch (token.kind) {
      case 'superscript':
      case 'subscript':
        this.#script(token, items);
        break;
      case 'symbol':
      case 'command':
        if (token.text === "'") this.#prime(token, items);
        else if (!this.#ignored(token)) this.#push(this.#atom(token, items), items);
        break;
      case 'open':
      case 'letter':
      case 'digit':
        this.#push(this.#atom(token, items), items);
        break;
      case 'parameter':
        refuse('unexpected-parameter', `${token.text} outside a macro definition`, token.span);
        break;
      case 'space':
      case 'alignment':
      case 'close':
        this.#at += 1;
    }
    this.#depth -= 1;
  }

  #push(item: Item, items: Item[]): void {
    if (item.kind === 'evaluated' && item.items === null && items.length === 0)
      refuse('evaluation', 'expected a factor before this bar', item.span);
    items.push(item);
  }

  #ignored(token: Token): boolean {
    if (token.kind !== 'command') return false;
    if (token.text === '\\\\' || IGNORED_COMMANDS.has(token.text)) {
      this.#at += 1;
      const space = this.#peek();
      if (token.text === '\\\\' && space?.text === '[' && space.span.start === token.span.end) this.#optional(space);
      return true;
    }
    if (IGNORED_WITH_ARGUMENT.has(token.text)) {
      this.#at += 1;
      this.#skipSpaces();
      if (this.#peek()?.text === '*') this.#at += 1;
      this.#rawArgument(token);
      return true;
    }
    if (SIZES.has(token.text) && this.#tokens[this.#at + 1]?.text === '.') {
      this.#at += 2;
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

  #environment(token: Token): string {
    this.#at += 1;
    return this.#rawArgument(token)
      .map(piece => piece.text)
      .join('')
      .trim();
  }

  /** The tokens of a braced argument, unread. */
  #rawArgument(command: Token): Token[] {
    this.#skipSpaces();
    const open = this.#peek();
    if (open?.kind !== 'open') return [];
    const inside: Token[] = [];
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const token = this.#tokens[this.#at];
      if (token?.kind === 'open') depth += 1;
      if (token?.kind === 'close') depth -= 1;
      if (depth === 0) {
        this.#at += 1;
        return inside;
      }
      if (token !== undefined && token !== open) inside.push(token);
    }
    return refuse('unbalanced-brace', `expected a closing brace for the argument of ${command.text}`, open.span);
  }
  /** The tokens of `[…]`, unread. */
  #optional(open: Token): Token[] {
    const inside: Token[] = [];
    let depth = 0;
    for (this.#at += 1; this.#at < this.#tokens.length; this.#at += 1) {
      const token = this.#tokens[this.#at];
      if (token === undefined) break;
      if (token.kind === 'open') depth += 1;
      if (token.kind === 'close') depth -= 1;
      if (depth === 0 && token.text === ']') {
        this.#at += 1;
        return inside;
      }
      inside.push(token);
    }
    return refuse('unbalanced-brace', 'expected a closing bracket `]`', open.span);
  }

  #script(mark: Token, items: Item[]): void {
    const key = mark.kind === 'superscript' ? 'sup' : 'sub';
    this.#at += 1;
    const content = this.#argument(mark, key === 'sup' ? 'a superscript' : 'a subscript');
    const base = items.pop();
    if (base === undefined || base.kind === 'operator')
      refuse('script', `expected something before this ${key === 'sup' ? 'superscript' : 'subscript'}`, mark.span);
    if (
      key === 'sup' &&
      content.length > 0 &&
      content.every(item => item.kind === 'command' && item.text === '\\prime')
    ) {
      items.push({ ...base, primes: base.primes + content.length });
      return;
    }
    const previous = this.#tokens[this.#at - 1];
    const span = previous === undefined ? base.span : joinSpans(base.span, previous.span);
    const inner =
      base.kind === 'group' && base.delimiter === 'brace' && base.items.length === 1 ? base.items[0] : undefined;
    if (key === 'sub' && inner !== undefined && inner.sub === null && base.sup === null) {
      items.push({ ...inner, sub: content, span, inner: span });
      return;
    }
    if (base[key] !== null) {
      refuse(
        'double-script',
        `a second ${key === 'sup' ? 'superscript' : 'subscript'} on the same symbol; expected braces around the first`,
        mark.span,
      );
    }
    items.push(
      key === 'sup'
        ? { ...base, sup: content, span }
        : { ...base, sub: content, span, inner: base.sup === null ? span : null },
    );
  }

  #prime(token: Token, items: Item[]): void {
    this.#at += 1;
    const base = items.pop();
    if (base === undefined || base.kind === 'operator')
      refuse('script', 'expected something before this prime', token.span);
    const span = joinSpans(base.span, token.span);
    items.push({ ...base, primes: base.primes + 1, span, inner: span });
  }

  /** One argument: the content of braces, or a single token with its own arguments. */
  #argument(command: Token, what: string): Item[] {
    this.#skipSpaces();
    const token = this.#peek();
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
    this.#enter(token);
    if (token.kind === 'digit') {
      this.#at += 1;
      this.#depth -= 1;
      return [{ kind: 'number', text: token.text, bold: false, ...bare(token.span) }];
    }
    const item = this.#atom(token, []);
    this.#depth -= 1;
    return [item];
  }

  #braces(open: Token): Item[] {
    this.#at += 1;
    this.#enter(open);
    const items = this.#list(null);
    this.#depth -= 1;
    const close = this.#peek();
    if (close === undefined) return refuse('unbalanced-brace', 'expected a closing brace `}` for this one', open.span);
    if (close.kind !== 'close')
      return refuse('unbalanced-brace', `${show(close)} closes nothing inside these braces`, close.span);
    this.#at += 1;
    return items;
  }

  #atom(token: Token, before: readonly Item[]): Item {
    switch (token.kind) {
      case 'digit':
        return this.#number();
      case 'letter':
        this.#at += 1;
        return named({ core: token.text, bold: false, accents: [] }, token.span);
      case 'open': {
        const items = this.#braces(token);
        const span = this.#spanFrom(token);
        const only = items[0];
        // {\theta_j}^{(n)} is \theta_j^{(n)}, but {x^2}^n is a power of a power.
        if (items.length === 1 && only !== undefined && only.kind !== 'operator' && only.sup === null)
          return { ...only, span, inner: span };
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

  #spanFrom(first: Token): Span {
    const last = this.#tokens[this.#at - 1] ?? first;
    return last.span.source === first.span.source ? joinSpans(first.span, last.span) : first.span;
  }

  #number(): Item {
    const first = this.#peek();
    let text = '';
    let last = first;
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      const point = token.text === '.' && !text.includes('.') && this.#tokens[this.#at + 1]?.kind === 'digit';
      if (token.kind !== 'digit' && !point) break;
      text += token.text;
      last = token;
      this.#at += 1;
      if (text.length > 1000) refuse('formula-too-long', 'a number of more than 1000 digits', token.span);
    }
    if (first === undefined || last === undefined) throw new Error('a number starts with a token');
    return {
      kind: 'number',
      text: text.startsWith('.') ? `0${text}` : text,
      bold: false,
      ...bare(this.#spanFrom(first)),
    };
  }

  #commandAtom(token: Token, before: readonly Item[]): Item {
    const text = token.text;
    if (text === '.' && this.#tokens[this.#at + 1]?.kind === 'digit') return this.#number();
    if (text === '\\left' || SIZES.has(text) || OPENING.has(text) || BARS.has(text))
      return this.#bracket(token, before);
    if (CLOSING.has(text) || text === '\\right')
      return refuse('unbalanced-brace', `${show(token)} closes nothing; expected an opening one before it`, token.span);
    this.#at += 1;
    const simple = simpleItem(token);
    if (simple !== null) return simple;
    if (text === ':' && this.#peek()?.text === '=') {
      this.#at += 1;
      return { kind: 'operator', text: ':=', ...bare(this.#spanFrom(token)) };
    }
    if (FRACTIONS.has(text)) {
      const numerator = this.#argument(token, 'a numerator');
      const denominator = this.#argument(token, 'a denominator');
      return { kind: 'fraction', numerator, denominator, ...bare(this.#spanFrom(token)) };
    }
    if (text === '\\sqrt') return this.#root(token);
    const accent = canonicalAccent(text);
    if (accent !== null)
      return decorate(
        this.#argument(token, 'a letter'),
        name => ({ ...name, accents: [accent, ...name.accents] }),
        this.#spanFrom(token),
        text,
      );
    if (BOLD_COMMANDS.has(text)) return this.#bold(token);
    const alphabet = canonicalAlphabet(text);
    if (alphabet !== null) return this.#word(token, alphabet);
    if (text === '\\operatorname' || text === '\\DeclareMathOperator') return this.#operatorName(token);
    if (text === '\\underbrace' || text === '\\overbrace') return this.#brace(token);
    if (text === '\\textcolor' || text === '\\colorbox') {
      this.#rawArgument(token);
      return this.#transparent(token);
    }
    if (TRANSPARENT_COMMANDS.has(text)) return this.#transparent(token);
    if (text === '\\norm' || text === '\\abs') {
      return {
        kind: 'group',
        delimiter: text === '\\norm' ? 'norm' : 'abs',
        items: this.#argument(token, 'an argument'),
        ...bare(this.#spanFrom(token)),
      };
    }
    if (text === '\\stackrel' || text === '\\overset' || text === '\\underset') {
      this.#argument(token, 'what stands above');
      const relation = this.#argument(token, 'a relation')[0];
      if (relation?.kind === 'operator') return { ...relation, text: relation.text === '=' ? ':=' : relation.text };
      return refuse('unknown-command', `${text} is read only around a relation`, token.span);
    }
    if (text === '\\substack')
      return { kind: 'group', delimiter: 'brace', items: this.#substack(token), ...bare(this.#spanFrom(token)) };
    if (token.kind === 'command')
      return refuse(
        'unknown-command',
        `unknown command ${text}`,
        token.span,
        'define it with \\newcommand, or write the formula without it',
      );
    return refuse('unexpected-symbol', `the character ${text} has no meaning here`, token.span);
  }

  /** The rows of \substack as items separated by commas. */
  #substack(token: Token): Item[] {
    const rows: Token[][] = [[]];
    for (const piece of this.#rawArgument(token)) {
      if (piece.text === '\\\\') rows.push([]);
      else rows[rows.length - 1]?.push(piece);
    }
    return rows.flatMap((row, index) => {
      const items = this.#nested(row, token);
      return index === 0 ? items : [{ kind: 'operator' as const, text: ',', ...bare(token.span) }, ...items];
    });
  }

  /** Tokens that were set aside, laid out at the present depth. */
  #nested(tokens: readonly Token[], first: Token): Item[] {
    this.#enter(first);
    const items = new Layout(tokens, this.#depth).whole();
    this.#depth -= 1;
    return items;
  }

  #transparent(token: Token): Item {
    const items = this.#argument(token, 'an argument');
    const only = items[0];
    const span = this.#spanFrom(token);
    return items.length === 1 && only !== undefined
      ? { ...only, span, inner: span }
      : { kind: 'group', delimiter: 'brace', items, ...bare(span) };
  }

  #root(token: Token): Item {
    this.#skipSpaces();
    const next = this.#peek();
    const degree = next?.text === '[' ? this.#nested(this.#optional(next), next) : null;
    const radicand = this.#argument(token, 'a radicand');
    return { kind: 'root', degree, radicand, ...bare(this.#spanFrom(token)) };
  }

  #bold(token: Token): Item {
    const items = this.#argument(token, 'a letter');
    const only = items[0];
    const span = this.#spanFrom(token);
    if (items.length === 1 && only !== undefined) {
      if (only.kind === 'number') return { ...only, bold: true, span, inner: span };
      if (only.kind === 'command' || only.kind === 'function') return { ...only, span, inner: span };
    }
    return decorate(items, name => ({ ...name, bold: true }), span, token.text);
  }

  /** `\mathcal{L}`, `\mathrm{sign}`, `\text{if}`: a letter of another alphabet, a function, or text. */
  #word(token: Token, alphabet: string): Item {
    this.#skipSpaces();
    const next = this.#peek();
    let word: string;
    if (next?.kind === 'open')
      word = this.#rawArgument(token)
        .map(piece => piece.text)
        .join('');
    else if (
      next !== undefined &&
      (next.kind === 'letter' || next.kind === 'digit' || LETTER_COMMANDS.has(next.text))
    ) {
      this.#at += 1;
      word = next.text;
    } else return refuse('missing-argument', `expected a letter after ${token.text}`, next?.span ?? token.span);
    const span = this.#spanFrom(token);
    if (alphabet === '\\mathrm') {
      const known = functionByWord(word);
      if (known !== null) return { kind: 'function', name: known, ...bare(span) };
      if (word === 'max' || word === 'min') return { kind: 'command', text: `\\${word}`, ...bare(span) };
      if (
        !/^[A-Za-z0-9]+$/.test(word) ||
        (token.text.startsWith('\\text') && word.length > 1) ||
        token.text === '\\mbox'
      )
        return { kind: 'text', text: word.trim(), ...bare(span) };
    }
    if (LETTER_COMMANDS.has(word)) return named({ core: word, bold: false, accents: [] }, span);
    if (!/^[A-Za-z0-9]+$/.test(word)) return refuse('letter-expected', `expected letters after ${token.text}`, span);
    if (/^[0-9]+$/.test(word)) return { kind: 'number', text: word, bold: alphabet === '\\mathbb', ...bare(span) };
    return named({ core: `${alphabet}{${word}}`, bold: false, accents: [] }, span);
  }

  #operatorName(token: Token): Item {
    if (this.#peek()?.text === '*') this.#at += 1;
    const word = this.#rawArgument(token)
      .map(piece => piece.text)
      .join('')
      .replace(/\\,|\\ |\\mathrm|\\rm|\s|[{}]/g, '');
    const span = this.#spanFrom(token);
    const known = functionByWord(word);
    if (known !== null) return { kind: 'function', name: known, ...bare(span) };
    if (word === 'max' || word === 'min') return { kind: 'command', text: `\\${word}`, ...bare(span) };
    if (!/^[A-Za-z0-9]+$/.test(word))
      return refuse('letter-expected', 'expected the name of an operator in braces', span);
    return named({ core: `\\mathrm{${word}}`, bold: false, accents: [] }, span);
  }

  /** `\underbrace{x}_{…}` is x. */
  #brace(token: Token): Item {
    const items = this.#argument(token, 'an argument');
    this.#skipSpaces();
    const mark = this.#peek();
    if (mark?.kind === (token.text === '\\underbrace' ? 'subscript' : 'superscript')) {
      this.#at += 1;
      this.#skipSpaces();
      const next = this.#peek();
      if (next?.kind === 'open') this.#rawArgument(mark);
      else if (next !== undefined) this.#argument(mark, 'a label');
    }
    return { kind: 'group', delimiter: 'brace', items, ...bare(this.#spanFrom(token)) };
  }

  /** A bracket of any kind up to the one that closes it. */
  #bracket(token: Token, before: readonly Item[]): Item {
    const sized = token.text === '\\left' || SIZES.has(token.text);
    this.#at += 1;
    if (sized) this.#skipSpaces();
    const delimiter = sized ? this.#peek() : token;
    if (delimiter === undefined)
      return refuse('missing-argument', `expected a delimiter after ${token.text}`, token.span);
    if (sized) this.#at += 1;
    if (token.text === '\\left') return this.#leftRight(token, delimiter);
    const kind = OPENING.get(delimiter.text);
    if (kind !== undefined) return this.#inside({ kind, closers: 'plain', token: delimiter }, token);
    if (!BARS.has(delimiter.text)) return refuse('delimiter', `${show(delimiter)} is no delimiter`, delimiter.span);
    // A bar with a condition below it evaluates the factor before it.
    if (
      delimiter.text === '|' &&
      SIZES.get(token.text) !== 'open' &&
      this.#peek()?.kind === 'subscript' &&
      endsOperand(before) &&
      this.#conditionFollows(this.#at)
    ) {
      return { kind: 'evaluated', items: null, ...bare(token.span) };
    }
    this.#at -= 1;
    const bar = this.#barKind(delimiter, null) ?? 'abs';
    this.#at += delimiter.text === '|' && bar === 'norm' ? 2 : 1;
    return this.#inside({ kind: bar, closers: 'bar', token: delimiter }, token);
  }

  /** The items inside and the closing delimiter, which may carry a size. */
  #inside(bracket: Bracket, first: Token): Item {
    this.#enter(first);
    const items = this.#list(bracket);
    this.#depth -= 1;
    const size = this.#peek();
    if (size !== undefined && SIZES.has(size.text)) {
      this.#at += 1;
      this.#skipSpaces();
    }
    const close = this.#peek();
    if (close === undefined)
      return refuse('unbalanced-bracket', `expected what closes ${show(bracket.token)}`, bracket.token.span);
    const kind =
      bracket.closers === 'bar'
        ? (this.#barKind(close, bracket.kind) ?? CLOSING.get(close.text))
        : (CLOSING.get(close.text) ?? BARS.get(close.text));
    if (kind !== bracket.kind)
      return refuse('unbalanced-bracket', `${show(close)} does not close ${show(bracket.token)}`, close.span);
    this.#at += close.text === '|' && kind === 'norm' ? 2 : 1;
    return { kind: 'group', delimiter: bracket.kind, items, ...bare(this.#spanFrom(first)) };
  }

  #leftRight(left: Token, open: Token): Item {
    this.#enter(left);
    const items = this.#list({ kind: 'paren', closers: 'right', token: open });
    this.#depth -= 1;
    const right = this.#peek();
    if (right?.text !== '\\right') {
      if (right === undefined) return refuse('unbalanced-bracket', 'expected a \\right for this \\left', left.span);
      return refuse('unbalanced-bracket', `expected a \\right for a \\left before ${show(right)}`, right.span);
    }
    this.#at += 1;
    this.#skipSpaces();
    const close = this.#peek();
    if (close === undefined) return refuse('missing-argument', 'expected a delimiter after \\right', right.span);
    this.#at += 1;
    const span = this.#spanFrom(left);
    if (open.text === '.' && (close.text === '|' || close.text === ']'))
      return { kind: 'evaluated', items, ...bare(span) };
    const opens = OPENING.get(open.text) ?? BARS.get(open.text);
    const closes = CLOSING.get(close.text) ?? BARS.get(close.text);
    if (open.text === '.' && close.text === '.') return { kind: 'group', delimiter: 'brace', items, ...bare(span) };
    if (opens === undefined)
      return refuse('delimiter', `expected an opening delimiter after \\left, not ${show(open)}`, open.span);
    if (closes !== opens)
      return refuse('unbalanced-bracket', `\\right${close.text} does not close \\left${open.text}`, close.span);
    return { kind: 'group', delimiter: opens, items, ...bare(span) };
  }
}

const bare = (span: Span): { span: Span; inner: Span | null; sup: null; sub: null; primes: number } => ({
  span,
  inner: span,
  sup: null,
  sub: null,
  primes: 0,
});
const named = (name: Name, span: Span): Item => ({ kind: 'name', name, ...bare(span) });
const show = (token: Token): string => `\`${token.text}\``;

/** Whether what stands before ends an operand, so that a bar closes. */
function endsOperand(items: readonly Item[]): boolean {
  const last = items[items.length - 1];
  if (last === undefined || last.kind === 'operator' || last.kind === 'function' || last.kind === 'text') return false;
  return last.kind !== 'command' || last.text === '\\infty';
}

/** Items that need no argument: letters, operators, relations, functions. */
function simpleItem(token: Token): Item | null {
  const text = token.text;
  const span = token.span;
  if (LETTER_COMMANDS.has(text)) return named({ core: text, bold: false, accents: [] }, span);
  const known = functionByCommand(text);
  if (known !== null) return { kind: 'function', name: known, ...bare(span) };
  if (TIMES_COMMANDS.has(text)) return { kind: 'operator', text: '\\cdot', ...bare(span) };
  if (ELEMENTWISE_TIMES.has(text)) return { kind: 'operator', text: '\\odot', ...bare(span) };
  if (ELEMENTWISE_DIVIDE.has(text)) return { kind: 'operator', text: '\\oslash', ...bare(span) };
  if (EQUIVALENCES.has(text)) return { kind: 'operator', text: '\\iff', ...bare(span) };
  if (text !== '\\stackrel' && text !== '\\overset') {
    const relation = relationBySpelling(text);
    if (relation !== null) return { kind: 'operator', text: relation, ...bare(span) };
  }
  if (PLAIN_COMMANDS.has(text)) return { kind: 'command', text, ...bare(span) };
  if (text === '\\prime') return { kind: 'command', text, ...bare(span) };
  if (text === '+' || text === '-' || text === '/' || text === ',' || text === ';' || text === '!')
    return { kind: 'operator', text, ...bare(span) };
  return null;
}

/** Puts an accent or bold on the one name in the braces; its scripts move outside. */
function decorate(items: readonly Item[], change: (name: Name) => Name, span: Span, command: string): Item {
  const only = items[0];
  if (items.length !== 1 || only?.kind !== 'name')
    return refuse('letter-expected', `expected one letter after ${command}`, only?.span ?? span);
  return { ...only, name: change(only.name), span, inner: span };
}
