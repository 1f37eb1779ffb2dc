import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addition,
  divide,
  multiplication,
  negation,
  number,
  parameter,
  quantity,
  toPower,
  root,
  step,
} from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { Rational } from '../../src/number/rational.ts';
import { truncateStep } from '../../src/judge/numeric/truncate-step.ts';

const [a, b, c] = [parameter('a'), parameter('b'), parameter('c')];
const NONE = { definitions: [], declarations: [] };
const cut = (formula: Formula, terms: number): string => oneLine(truncateStep(formula, terms, NONE));

describe('truncateStep', () => {
  it('drops summands above the order, also inside products', () => {
    const formula = addition(a, multiplication(step, addition(b, multiplication(step, c))));
    expect(cut(formula, 1)).toBe(oneLine(a));
    expect(cut(formula, 2)).toBe(oneLine(addition(a, multiplication(step, b))));
    expect(cut(formula, 3)).toBe(oneLine(formula));
  });
  it('knows powers of h, signs and numerators', () => {
    const formula = addition(
      negation(a),
      negation(divide(multiplication(toPower(step, number(2)), b), c)),
      divide(multiplication(step, a), number(2)),
    );
    expect(cut(formula, 1)).toBe(oneLine(negation(a)));
    expect(cut(formula, 2)).toBe(oneLine(addition(negation(a), divide(multiplication(step, a), number(2)))));
  });
  it('keeps what h may be hidden in', () => {
    const formula = divide(multiplication(step, a), addition(step, multiplication(step, b)));
    expect(cut(formula, 1)).toBe(oneLine(formula));
    const inside = root(addition(a, multiplication(step, b)));
    expect(cut(inside, 1)).toBe(oneLine(inside));
  });
  it('gives zero for what is of higher order altogether', () => {
    expect(cut(multiplication(toPower(step, number(3)), a), 3)).toBe('0');
    expect(cut(addition(multiplication(step, a), multiplication(step, b)), 1)).toBe('0');
  });
});

describe('what may have a pole at h = 0', () => {
  const square = toPower(step, number(2));
  it.each([
    ['a quotient', multiplication(square, divide(a, step))],
    ['a quotient whose denominator does not vanish at sight', multiplication(square, divide(a, addition(b, step)))],
    ['a negative power', multiplication(square, toPower(step, number(-1)))],
    ['a root', multiplication(square, root(step))],
    ['a pole to the power 0', multiplication(square, toPower(divide(a, step), number(0)))],
    ['a pole under a sum', multiplication(square, addition(a, divide(b, step)))],
  ])('stays beside powers of h: %s', (_, formula) => {
    expect(cut(formula, 2)).toBe(oneLine(formula));
    expect(cut(negation(formula), 1)).toBe(oneLine(negation(formula)));
  });
  it('stays in names', () => {
    const body = (formula: Formula) => ({
      name: 'A',
      indices: [],
      indexSorts: [],
      labels: [],
      body: formula,
      span: null,
    });
    const formula = multiplication(square, quantity('A', [], []));
    const cutWith = (meant: Formula): string =>
      oneLine(truncateStep(formula, 2, { definitions: [body(meant)], declarations: [] }));
    expect(cutWith(divide(a, step))).toBe(oneLine(formula));
    expect(cutWith(multiplication(a, step))).toBe('0');
  });
  it('stays beside a zero', () => {
    const formula = multiplication(number(0), divide(a, step));
    expect(cut(formula, 1)).toBe(oneLine(formula));
  });
});

describe('what is cut off', () => {
  const values = new Map([
    ['a', Rational.of(3, 7)],
    ['b', Rational.of(-2, 5)],
    ['c', Rational.of(5, 3)],
  ]);
  const valueAt = (formula: Formula, h: Rational): Rational => {
    const at = (part: Formula): Rational => valueAt(part, h);
    switch (formula.kind) {
      case 'number':
        return formula.value;
      case 'parameter':
        return values.get(formula.name) ?? Rational.zero;
      case 'step':
        return h;
      case 'add':
        return formula.terms.map(at).reduce((x, y) => x.add(y));
      case 'multiply':
        return formula.factors.map(at).reduce((x, y) => x.multiply(y));
      case 'negate':
        return at(formula.argument).negate();
      case 'divide':
        return at(formula.numerator).divide(at(formula.denominator));
      default:
        throw new Error(formula.kind);
    }
  };
  const leaf = fc.constantFrom<Formula>(a, b, c, step, step, number(2), divide(number(1), step));
  const { tree } = fc.letrec<{ tree: Formula }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => addition(x, y)),
      fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => multiplication(x, y)),
      fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => divide(x, y)),
      tie('tree').map(x => negation(x)),
    ),
  }));
  /** Whether the formula less what stays falls as h^terms, in exact numbers. */
  const isOfOrder = (formula: Formula, kept: Formula, terms: number): boolean => {
    const rest = (h: Rational): Rational => valueAt(formula, h).subtract(valueAt(kept, h));
    try {
      const [large, small] = [Rational.of(1, 10n ** 12n), Rational.of(1, 10n ** 15n)].map(rest);
      if (large === undefined || small === undefined) return true;
      const bound = Rational.of(2, 1000n ** BigInt(terms));
      const size = (x: Rational): Rational => (x.sign() < 0 ? x.negate() : x);
      return size(small).compare(size(large).multiply(bound)) <= 0;
    } catch (error) {
      if (error instanceof RangeError) return true;
      throw error;
    }
  };
  const order = fc.integer({ min: 1, max: 3 });
  it('is of order h^terms, whatever is divided by h', () => {
    const found = fc.check(
      fc.property(tree, order, (formula, terms) => isOfOrder(formula, truncateStep(formula, terms, NONE), terms)),
      { numRuns: 3000, seed: 1 },
    );
    expect(found.counterexample).toBeNull();
  });
  it('would not be with a factor of h less (broken twin)', () => {
    const found = fc.check(
      fc.property(tree, order, (formula, terms) => isOfOrder(formula, truncateStep(formula, terms, NONE), terms + 1)),
      { numRuns: 3000, seed: 1 },
    );
    expect(found.failed).toBe(true);
  });
});
