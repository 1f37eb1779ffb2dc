/** What the writing of a node depends on besides the node: the format, the letters, and where the node stands. */
import type { Formula, IndexSort } from '../../formula/formula.ts';
import type { Box } from './write-box.ts';
import type { LetterBook } from './write-letters.ts';
import type { Style } from './write-style.ts';

/** How the current point is written: θ, the solution θ̃(t) of the modified equation, or the iterate θ^{(n)}. */
export type CurrentPoint = 'plain' | 'moving' | 'iterate';

interface Place {
  readonly letters: LetterBook;
  readonly tight: boolean;
  readonly nested: boolean;
  readonly left: string | null;
  readonly bare: boolean;
}

/** One ink a place; it remembers what was written with it, since breaking lines measures the same node many times. */
export class Ink {
  readonly style: Style;
  readonly current: CurrentPoint;
  readonly letters: LetterBook;
  /** Inside a script: no spaces, fractions with a slash. */
  readonly tight: boolean;
  /** Inside a fraction, where another one is spelled with a slash. */
  readonly nested: boolean;
  /** The component that is left out because a vector is being written. */
  readonly left: string | null;
  /** The current point is left out; vectors are written as elementary differentials. */
  readonly bare: boolean;
  readonly #boxes = new Map<Formula, Box>();
  readonly #others = new Map<string, Ink>();

  private constructor(style: Style, current: CurrentPoint, { letters, tight, nested, left, bare }: Place) {
    this.style = style;
    this.current = current;
    this.letters = letters;
    this.tight = tight;
    this.nested = nested;
    this.left = left;
    this.bare = bare;
  }

  static of(style: Style, letters: LetterBook, current: CurrentPoint): Ink {
    return new Ink(style, current, { letters, tight: false, nested: false, left: null, bare: false });
  }

  /** Inside the scope of a bound index. */
  within(index: string, sort: IndexSort): Ink {
    return this.#other(`within ${sort} ${index}`, () => ({ letters: this.letters.bind(index, sort) }));
  }

  /** Inside a script. */
  inScript(): Ink {
    return this.tight ? this : this.#other('script', () => ({ tight: true }));
  }

  /** Inside a fraction. */
  inFraction(): Ink {
    return this.nested ? this : this.#other('fraction', () => ({ nested: true }));
  }

  /** Where a fraction is drawn though it stands inside another one. */
  outsideFraction(): Ink {
    return this.nested ? this.#other('no fraction', () => ({ nested: false })) : this;
  }

  /** Inside a vector that is written without the component `index`, or (null) with every component. */
  without(index: string | null): Ink {
    return this.left === index ? this : this.#other(`without ${index ?? ''}`, () => ({ left: index }));
  }

  /** In operator notation: the component `index` is left out, and so is the current point. */
  asOperators(index: string): Ink {
    return this.#other(`operators ${index}`, () => ({ left: index, bare: true }));
  }

  /** Where a function without an argument is one of the current point. */
  withoutPoint(): Ink {
    return this.bare ? this : this.#other('no point', () => ({ bare: true }));
  }

  /** The box of a formula, made once. */
  once(formula: Formula, make: () => Box): Box {
    const known = this.#boxes.get(formula);
    if (known) return known;
    const made = make();
    this.#boxes.set(formula, made);
    return made;
  }

  #other(key: string, change: () => Partial<Place>): Ink {
    const known = this.#others.get(key);
    if (known) return known;
    const { letters, tight, nested, left, bare } = this;
    const made = new Ink(this.style, this.current, { letters, tight, nested, left, bare, ...change() });
    this.#others.set(key, made);
    return made;
  }
}
