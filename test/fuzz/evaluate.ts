/**
 * What a tree is worth at a point, exactly: sums and products over a range whose end lies before its start are 0 and 1,
 * sign(0) = 0, 0⁰ = 1, and a tree with a part without a value has none. It must not be the program's own evaluator.
 */
import {
  absolute,
  CannotTell,
  type Enclosure,
  exactly,
  integerPower,
  inverse,
  order,
  product,
  squareRoot,
  sum,
  surelySign,
} from './enclosure.ts';
import { type Fraction, fraction, ONE, ZERO } from './fraction.ts';
import type { Linear } from './linear.ts';
import type { Tree } from './tree.ts';

export interface Point {
  readonly n: number;
  readonly p: number;
  /** Free index letters, the component j among them. */
  readonly letters: ReadonlyMap<string, number>;
  readonly scalars: ReadonlyMap<string, Fraction>;
  /** ∇_iE_k for any k, and for null ∇_iE. */
  readonly gradient: (component: number, label: number | null) => Fraction;
  readonly schedule: (label: number) => Fraction;
}

/** A defined quantity: its formal label and its body. */
export interface Meaning {
  readonly name: string;
  /** Whether it has a component j. */
  readonly ofComponent: boolean;
  readonly letter: string;
  readonly body: Tree;
}

/** Steps that one evaluation may take. */
const STEPS = 15_000;
/** Numbers beyond this are not carried on. */
const LARGEST = 1n << 3000n;
const isLarge = ({ low: { top, bottom } }: Enclosure): boolean => top > LARGEST || top < -LARGEST || bottom > LARGEST;

/** Counts the steps of several evaluations. */
export interface Meter {
  steps: number;
}

/** Digits of whole numbers grow with powers: exponents beyond this are not tried. */
const LARGEST_EXPONENT = 400;

export function valueAt(tree: Tree, point: Point, meanings: readonly Meaning[], meter: Meter): Enclosure {
  const evaluation = new Evaluation(point, meanings);
  try {
    return evaluation.value(tree, new Map([...point.letters, ['n', point.n], ['p', point.p]]));
  } finally {
    meter.steps += evaluation.steps;
  }
}

type Letters = ReadonlyMap<string, number>;

class Evaluation {
  steps = 0;
  private readonly point: Point;
  private readonly meanings: readonly Meaning[];

  constructor(point: Point, meanings: readonly Meaning[]) {
    this.point = point;
    this.meanings = meanings;
  }

  private whole({ constant, terms }: Linear, letters: Letters): number {
    return terms.reduce((total, [name, factor]) => {
      const value = letters.get(name);
      if (value === undefined) throw new Error(`${name} is not bound`);
      return total + factor * value;
    }, constant);
  }

  value(tree: Tree, letters: Letters): Enclosure {
    this.steps += 1;
    if (this.steps > STEPS) throw new CannotTell('too many steps');
    switch (tree.kind) {
      case 'number':
        return exactly(tree.value);
      case 'scalar': {
        const value = this.point.scalars.get(tree.name);
        if (value === undefined) throw new Error(`${tree.name} has no value`);
        return exactly(value);
      }
      case 'index':
        return exactly(fraction(this.whole(tree.form, letters)));
      case 'plus':
        return tree.parts.map(part => this.value(part, letters)).reduce(sum);
      case 'times':
        return tree.parts.map(part => this.value(part, letters)).reduce(product);
      case 'over': {
        const top = this.value(tree.top, letters);
        return product(top, inverse(this.value(tree.bottom, letters)));
      }
      case 'power': {
        const exponent = this.whole(tree.exponent, letters);
        if (Math.abs(exponent) > LARGEST_EXPONENT) throw new CannotTell('a large exponent');
        return integerPower(this.value(tree.base, letters), exponent);
      }
      case 'sum':
      case 'product': {
        const [low, high] = [this.whole(tree.low, letters), this.whole(tree.high, letters)];
        const combine = tree.kind === 'sum' ? sum : product;
        let total = exactly(tree.kind === 'sum' ? ZERO : ONE);
        for (let at = low; at <= high; at += 1) {
          total = combine(total, this.value(tree.body, new Map([...letters, [tree.index, at]])));
          if (isLarge(total)) throw new CannotTell('a large number');
        }
        return total;
      }
      case 'abs':
        return absolute(this.value(tree.of, letters));
      case 'sign':
        return exactly(fraction(surelySign(this.value(tree.of, letters))));
      case 'root':
        return squareRoot(this.value(tree.of, letters));
      case 'max':
      case 'min': {
        const [one, other] = [this.value(tree.one, letters), this.value(tree.other, letters)];
        const larger = order(one, other);
        if (larger === null) throw new CannotTell('which of two is larger');
        return larger >= 0 === (tree.kind === 'max') ? one : other;
      }
      case 'gradient': {
        const component = letters.get(tree.component);
        if (component === undefined) throw new Error(`the component ${tree.component} is not bound`);
        return exactly(this.point.gradient(component, tree.label === null ? null : this.whole(tree.label, letters)));
      }
      case 'schedule':
        return exactly(this.point.schedule(this.whole(tree.label, letters)));
      case 'named': {
        const meaning = this.meanings.find(({ name }) => name === tree.name);
        if (!meaning) throw new Error(`${tree.name} means nothing`);
        const label = this.whole(tree.label, letters);
        return this.value(meaning.body, new Map([...letters, [meaning.letter, label]]));
      }
      default:
        throw new Error(`unknown tree ${JSON.stringify(tree satisfies never)}`);
    }
  }
}
