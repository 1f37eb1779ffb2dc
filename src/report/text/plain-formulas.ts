/** Formulas in LaTeX within sentences, as plain text for a terminal: `\sum_{k=0}^{n} \nabla_{j} E_{k} \ne 0` is Σ_{k=0}^{n} ∇_j E_k ≠ 0. */
import { unicodeName } from '../../latex/write/write-unicode.ts';

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['sum', 'Σ'],
  ['prod', 'Π'],
  ['nabla', '∇'],
  ['partial', '∂'],
  ['infty', '∞'],
  ['ne', '≠'],
  ['neq', '≠'],
  ['le', '≤'],
  ['ge', '≥'],
  ['in', '∈'],
  ['to', '→'],
  ['cdot', '·'],
  ['dots', '…'],
  ['ldots', '…'],
  ['cdots', '…'],
  ['lVert', '‖'],
  ['rVert', '‖'],
  ['|', '‖'],
  ['lvert', '|'],
  ['rvert', '|'],
  ['min', 'min'],
  ['max', 'max'],
  ['quad', ' '],
  [',', ' '],
]);
const SIZES: ReadonlySet<string> = new Set(['left', 'right', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr']);
const WORDS: ReadonlySet<string> = new Set(['text', 'mathrm', 'textrm', 'operatorname']);

/** The sentence with its formulas in plain text; what has no sign of its own keeps its name. */
export const plainFormulas = (sentence: string): string => new PlainFormulas(sentence).run();

class PlainFormulas {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    return this.#until(null).replaceAll(/ {2,}/g, ' ');
  }

  #until(end: '}' | ']' | null): string {
    let made = '';
    while (this.#at < this.#text.length && this.#text[this.#at] !== end) made += this.#next();
    this.#at += 1;
    return made;
  }

  #next(): string {
    const character = this.#text[this.#at] ?? '';
    if (character === '\\') return this.#command();
    this.#at += 1;
    if (character === '{') return this.#until('}');
    if (character === '_' || character === '^') return this.#script(character);
    return character === '$' || character === '}' ? '' : character;
  }

  /** What a command or a script takes: a group, or one sign. */
  #argument(): string {
    while (this.#text[this.#at] === ' ') this.#at += 1;
    return this.#next();
  }

  #script(sign: '_' | '^'): string {
    const inside = this.#argument();
    const isShort = [...inside].length === 1 || /^\([^()]*\)$/.test(inside);
    return isShort ? `${sign}${inside}` : `${sign}{${inside}}`;
  }

  /** Bounds keep their braces. */
  #bounds(): string {
    let made = '';
    for (let sign = this.#text[this.#at]; sign === '_' || sign === '^'; sign = this.#text[this.#at]) {
      this.#at += 1;
      made += `${sign}{${this.#argument()}}`;
    }
    return made;
  }

  #command(): string {
    const start = this.#at;
    const name = /^\\([A-Za-z]+|.)/.exec(this.#text.slice(start))?.[1] ?? '';
    this.#at = start + 1 + name.length;
    if (SIZES.has(name)) return '';
    if (name === 'frac') return `${grouped(this.#argument())}/${grouped(this.#argument())}`;
    if (name === 'sqrt') return this.#root();
    if (WORDS.has(name)) return this.#argument();
    const sign = SIGNS.get(name);
    if (name === 'sum' || name === 'prod') return sign + this.#bounds();
    if (sign !== undefined) return sign;
    // A name with its accent or alphabet, and what it stands on.
    const whole = /^\\[A-Za-z]+(?:\{(?:[^{}]|\{[^{}]*\})*\})*/.exec(this.#text.slice(start))?.[0] ?? '';
    this.#at = start + Math.max(whole.length, 1 + name.length);
    return unicodeName(whole);
  }

  #root(): string {
    if (this.#text[this.#at] !== '[') return `√(${this.#argument()})`;
    this.#at += 1;
    const degree = this.#until(']');
    return `(${this.#argument()})^{1/${degree}}`;
  }
}

const grouped = (part: string): string => (/^[^\s+\-/−]*$/.test(part) ? part : `(${part})`);
