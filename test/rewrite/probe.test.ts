/** The probe by itself: its values where they can be worked out by hand, and that it says nothing where there is none. */
import { describe, expect, it } from 'vitest';
import {
  type Expression,
  formExpression,
  multiply,
  restrict,
  substituteIndices,
  subtract,
  sumOverAll,
} from '../../src/expression/core/expression.ts';
import { asAtom, type Atom, DIMENSION_INDEX, ITERATION_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import {
  addForms,
  constantForm,
  type LinearForm,
  scaleForm,
  shiftForm,
  variableForm,
} from '../../src/number/linear-form.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { probe, type ProbePoint, probeTemplate } from '../../src/rewrite/probe.ts';
import { typed } from './typed.ts';

const AT: ProbePoint = {
  n: 3,
  p: 2,
  seed: 7,
  symbols: new Map([
    ['a', 2],
    ['b', 0.5],
    ['x', 3],
  ]),
};
const worth = (value: string | Expression, at: ProbePoint = AT): number | null =>
  probe(typeof value === 'string' ? typed(value) : value, at)?.value ?? null;

describe('the value at a point', () => {
  it('has letters within the range of components and of steps', () => {
    for (const point of [AT, { ...AT, p: 1 }, { ...AT, p: 3, n: 0 }, { ...AT, p: 4, n: 5 }]) {
      const at = (letter: number): number => worth(formExpression(variableForm(letter)), point) ?? Number.NaN;
      for (let count = 0; count < 5; count += 1) {
        const component = at(openIndex('coordinate'));
        expect(component).toBeGreaterThanOrEqual(1);
        expect(component).toBeLessThanOrEqual(point.p);
        const label = at(openIndex('history'));
        expect(label).toBeGreaterThanOrEqual(0);
        expect(label).toBeLessThanOrEqual(point.n);
      }
    }
  });
  it.each([
    ['3', 3],
    ['a', 2],
    ['a^2b', 2],
    ['a-x', -1],
    ['n', 3],
    ['n-5', -2],
    ['p', 2],
    ['a^n', 8],
    ['a^{-n}', 1 / 8],
    ['a^{2n-4}', 4],
    ['\\sqrt{a^2}', 2],
    ['\\sqrt{x^2+7}', 4],
    ['2^n', 8],
    ['\\sum_{k=0}^{n}b^k', 1.875],
    ['\\sum_{k=1}^{n}b^k', 0.875],
    ['\\sum_{k=1}^{n-1}b^k', 0.75],
    ['\\sum_{k=4}^{n}b^k', 0],
    ['\\sum_{k=n}^{n+1}a^k', 24],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k}a^l', 26],
    ['\\sum_{k=0}^{n}\\sum_{l=k+1}^{n}a^{l-k}', 2 * 3 + 4 * 2 + 8],
    ['\\sum_{k=0}^{n}a^{n-k}k', 1 * 4 + 2 * 2 + 3],
    ['\\sum_{k=1}^{p}a^k', 6],
    ['\\sum_{k=0}^{n}\\frac{1}{1+a^k}', 1 / 2 + 1 / 3 + 1 / 5 + 1 / 9],
    ['(\\sum_{k=0}^{n}b^k)^2', 1.875 ** 2],
    ['\\prod_{k=1}^{n}(1+a^k)', 3 * 5 * 9],
    ['\\prod_{k=0}^{n}(k+1)', 24],
    ['\\exp(b)', Math.exp(0.5)],
    ['\\log(x)', Math.log(3)],
    ['\\sin(x)', Math.sin(3)],
    ['\\cos(x)', Math.cos(3)],
    ['\\sinh(b)', Math.sinh(0.5)],
    ['\\cosh(b)', Math.cosh(0.5)],
    ['\\tanh(b)', Math.tanh(0.5)],
    ['\\operatorname{sign}(a-x)', -1],
  ])('%s: %d', (text, wanted) => {
    expect(worth(text)).toBeCloseTo(wanted, 12);
  });

  it('comes with the sum of the sizes of the terms', () => {
    expect(probe(typed('a-x'), AT)).toEqual({ value: -1, size: 5 });
    expect(probe(typed('-a'), AT)).toEqual({ value: -2, size: 2 });
    expect(probe(typed('0'), AT)).toEqual({ value: 0, size: 0 });
  });

  it('knows a range of a term without a sum', () => {
    const within = (bound: number): Expression => restrict(typed('a'), [{ left: ITERATION_INDEX, right: -1, bound }]);
    expect([2, 3, 4].map(bound => worth(within(bound)))).toEqual([0, 2, 2]);
  });

  it('knows ranges that end at a multiple of n or at n + p', () => {
    const k = openIndex('history');
    const end = (form: LinearForm): Atom => {
      const atom = asAtom(form);
      if (atom === null) throw new Error('an index stands for the form');
      return atom;
    };
    const sum = (low: Atom, high: Atom): number | null => {
      const body = substituteIndices(typed('a^n'), new Map([[ITERATION_INDEX, variableForm(k)]]));
      return worth(
        sumOverAll(
          body,
          [k],
          ['history'],
          [
            { left: low.index, right: k, bound: -low.shift },
            { left: k, right: high.index, bound: high.shift },
          ],
        ),
      );
    };
    const [zero, n] = [constantForm(0), variableForm(ITERATION_INDEX)];
    const [twice, beside] = [scaleForm(n, 2), addForms(n, variableForm(DIMENSION_INDEX))];
    expect(sum(end(zero), end(twice))).toBe(127);
    expect(sum(end(n), end(shiftForm(twice, -1)))).toBe(8 * 7);
    expect(sum(end(shiftForm(beside, -2)), end(twice))).toBe(8 * 15);
    expect(sum(end(twice), end(beside))).toBe(0);
    expect(sum(end(beside), end(twice))).toBe(32 * 3);
  });

  it('is none where a number is none, and where there is too much to do', () => {
    expect(worth('\\frac{1}{n-3}')).toBeNull();
    expect(worth('\\sqrt{a-x}')).toBeNull();
    expect(worth('\\log(a-x)')).toBeNull();
    const many = typed('\\sum_{k=0}^{n}b^k');
    expect(worth(many, { ...AT, products: 4 })).toBe(1.875);
    expect(worth(many, { ...AT, products: 3 })).toBeNull();
  });

  it('has letters at labels of their own', () => {
    const letter = openIndex('history');
    const at = (text: string): Expression =>
      substituteIndices(typed(text), new Map([[ITERATION_INDEX, variableForm(letter)]]));
    const label = worth(at('n'));
    expect([0, 1, 2, 3]).toContain(label);
    expect(worth(at('a^n'))).toBe(2 ** (label ?? Number.NaN));
    expect(worth(subtract(at('a^n'), typed('a^n')), AT)).toBe(2 ** (label ?? Number.NaN) - 8);
  });
});

describe('what is drawn', () => {
  const same = (left: string, right: string, at: Partial<ProbePoint> = {}): boolean =>
    worth(left, { ...AT, ...at }) === worth(right, { ...AT, ...at });
  it.each([
    ['\\nabla_jE_n', '\\nabla_jE_{3}'],
    ['\\nabla_jE_{n-1}', '\\nabla_jE_{2}'],
    ['\\eta_{n-2}', '\\eta_{1}'],
    ['\\theta_j^{(n)}', '\\theta_j^{(3)}'],
    ['\\sum_{k=3}^{n}\\nabla_jE_k', '\\nabla_jE_n'],
    ['\\sum_{i=1}^{p}\\nabla_i\\nabla_jE', '\\sum_{i=1}^{p}\\nabla_j\\nabla_iE'],
    ['\\phi(\\nabla_jE_n)', '\\phi(\\nabla_jE_3)'],
    ['K(\\nabla E_n)', 'K(\\nabla E_3)'],
  ])('%s is %s', (left, right) => {
    expect(same(left, right)).toBe(true);
  });
  it.each([
    ['\\nabla_jE_n', '\\nabla_jE_{n-1}'],
    ['\\nabla_jE_n', '\\nabla_jE'],
    ['\\nabla_jE', '\\nabla_j\\nabla_jE'],
    ['\\nabla_jE', '\\nabla_jE(\\theta^{(n)})'],
    ['\\nabla_jE(\\theta^{(n-1)})', '\\nabla_jE(\\theta^{(n)})'],
    ['\\theta_j', '\\theta_j^{(n)}'],
    ['\\theta_j^{(n-1)}', '\\theta_j^{(n)}'],
    ['\\eta_n', '\\eta_{n-1}'],
    ['\\phi(x)', '\\phi(a)'],
    ['\\phi(x)', '\\sin(x)'],
    ["\\phi'(x)", '\\phi(x)'],
    ['c', 'd'],
    ['K(\\nabla E_n)', 'K(\\nabla E_{n-1})'],
  ])('%s is not %s', (left, right) => {
    expect(same(left, right)).toBe(false);
  });

  it('depends on the seed, and hyperparameters lie between 0 and 1', () => {
    for (const text of ['c', '\\nabla_jE', '\\eta_n', '\\theta_j', '\\phi(x)'])
      expect(worth(text, { ...AT, seed: 8 }), text).not.toBe(worth(text));
    const drawn = ['c', 'd', 'u', 'y', '\\eta_n', '\\eta_0'].flatMap(text =>
      [1, 2, 3, 4, 5].map(seed => worth(text, { n: 3, p: 2, seed }) ?? Number.NaN),
    );
    for (const value of drawn) expect(value > 0.1 && value < 0.95, String(value)).toBe(true);
    // A gradient has either sign.
    const signs = Array.from({ length: 20 }, (_, seed) => Math.sign(worth('\\nabla_jE', { ...AT, seed }) ?? 0));
    expect(new Set(signs)).toEqual(new Set([1, -1]));
  });

  it('has a function the derivatives that it must have', () => {
    const steps = 1e-5;
    const at = (x: number, text: string): number => worth(text, { ...AT, symbols: new Map([['x', x]]) }) ?? Number.NaN;
    const slope = (at(0.3 + steps, '\\phi(x)') - at(0.3 - steps, '\\phi(x)')) / (2 * steps);
    expect(at(0.3, "\\phi'(x)")).toBeCloseTo(slope, 8);
    const bent = (at(0.3 + steps, "\\phi'(x)") - at(0.3 - steps, "\\phi'(x)")) / (2 * steps);
    expect(at(0.3, "\\phi''(x)")).toBeCloseTo(bent, 8);
  });
});

describe('far from zero', () => {
  it.each([
    ['0', false],
    ['a-b', true],
    ['(a+b)^2-a^2-2a b-b^2', false],
    ['\\sum_{k=0}^{n}b^k-\\sum_{k=0}^{n}b^{n-k}', false],
    // Only n = 0, n = 2 and n = 4 are looked at.
    ['\\sum_{k=0}^{n}b^k-\\sum_{k=0}^{n-1}b^k', true],
    ['\\sum_{k=1}^{n}b^k', true],
    ['n(n-2)', true],
    ['n(n-2)(n-4)', false],
    ['n(n-1)(n-4)', true],
    ['a-a\\frac{1}{n}n', false],
    // a² beside terms of the size 10⁶, which rounding might leave over, and 10⁴.
    ['(1000x+a)^2-1000000x^2-2000x a', false],
    ['(100x+a)^2-10000x^2-200x a', true],
  ])('%s: %s', (text, wanted) => {
    expect(isProbablyNonzero(typed(text))).toBe(wanted);
  });
});

describe('the value of a quantity', () => {
  const of = (text: string, args: readonly number[]): number | null => {
    const factor = typed(text).terms[0]?.factors[0]?.factor;
    if (factor?.kind !== 'template') throw new Error('a quantity was read');
    return probeTemplate(factor.template, args, 3);
  };
  it('is that of its body at the labels', () => {
    // Σ_{k ≤ s} 1, up to a number that is taken out.
    const [first, second] = [2, 5].map(label => of('\\frac{1}{\\sum_{k=0}^{n}2^k}', [label]));
    expect((second ?? 0) / (first ?? 1)).toBe(9);
    expect(of('\\frac{1}{\\sum_{k=0}^{n}\\frac{1}{2-k}}', [1])).toBe(1.5);
    expect(of('\\frac{1}{\\sum_{k=0}^{n}\\frac{1}{2-k}}', [2])).toBeNull();
    expect(of('\\frac{1}{\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\nabla_jE_{k+l}}', [900, 1])).toBeNull();
  });
});

it('takes rounding inside of a quantity for nothing', () => {
  // (b/3 + b/7 − 10b/21) x beside nothing else: what is left of the sum is some 10^{−17}.
  const rounding = multiply(wrap(typed('\\frac{b}{a}+\\frac{b}{a+1}-\\frac{b(2a+1)}{a(a+1)}')), typed('x'));
  expect(isProbablyNonzero(rounding)).toBe(false);
  expect(isProbablyNonzero(multiply(wrap(typed('\\frac{b}{a}+\\frac{b}{a+1}')), typed('x')))).toBe(true);
});
