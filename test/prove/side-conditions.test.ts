/** Side conditions of the routes to a proof, each on both sides of where it begins to hold. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import {
  add,
  type Expression,
  factorExpression,
  isZero,
  substituteIndices,
  subtract,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { makeTerm, type Term } from '../../src/expression/core/term.ts';
import type { Domain } from '../../src/formula/declaration.ts';
import { addForms, type LinearForm, scaleForm, shiftForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { largeN } from '../../src/prove/limit/large-n.ts';
import { provablyNonzero } from '../../src/prove/sign/nonzero.ts';
import { weightedSum } from '../../src/prove/limit/toeplitz.ts';
import { expandRegime } from '../../src/prove/regime/regime.ts';
import { coefficientAt } from '../../src/prove/regime/scaled-series.ts';
import { provablyUnder, containsWay } from '../../src/prove/sign/sign-under.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const LETTER = openIndex('history');
const plain = (value: Expression): Expression => unfold(value, ample(), FACTS);

describe('a sum of what is not negative, with weights 1 − r^{l + c}', () => {
  const nonzero = (text: string, least: number): boolean =>
    provablyNonzero(
      substituteIndices(typed(text), new Map([[ITERATION_INDEX, variableForm(LETTER)]])),
      withIndices(FACTS, FACTS.indices.with([{ left: ZERO, right: LETTER, bound: -least }])),
      ample(),
    );
  const g = '(\\nabla_jE)^2';
  it.each([
    // Weights that are not negative beside something that is positive.
    [`${g}-b^{n+1}${g}+q`, -1],
    [`${g}-b^{n}${g}+q`, 0],
    [`3${g}-3b^{n-2}${g}+q`, 2],
    [`x^2${g}-b^{n}x^2${g}+q`, 0],
    [`${g}-c^{n}${g}+q`, 0],
    [`${g}-w^{n}${g}+q`, 0],
    [`${g}-a^{n}b^{n+2}${g}+q`, 0],
    // A weight that is positive beside squares.
    ['q-b^{n}q+x^2', 1],
    ['q-b^{n+1}q+x^2', 0],
    ['q-w^{n}q+x^2', 1],
    ['q-a^{n}c^{n}q+x^2', 1],
    [`q-b^{n+1}q+${g}+x^2`, 0],
    [`q-b^{n+1}q+x^2-b^{n}x^2`, 0],
  ])('%s does not vanish from l = %i on, and may before', (text, least) => {
    expect(nonzero(text, least)).toBe(true);
    expect(nonzero(text, least + 3)).toBe(true);
    expect(nonzero(text, least - 1)).toBe(false);
  });
  it.each([
    // c may be 1, u more than 1, x anything; 2 − 3r is negative at r = 1.
    'q-c^{n}q+x^2',
    'q-u^{n}q+x^2',
    `${g}-u^{n}${g}+q`,
    `${g}-x^{n}${g}+q`,
    `${g}-v^{n}${g}+q`,
    `2${g}-3b^{n}${g}+q`,
    `${g}-b^{n}${g}-a^{n}${g}+q`,
    `2${g}-2b^{n}${g}-2a^{n+1}${g}+q`,
    `q-b^{n}q-a^{n}q+x^2`,
    `-${g}+b^{n}${g}-q`,
    `b^{n}${g}-${g}+q`,
    `-${g}-b^{n}${g}+q`,
    `x-b^{n}x+q`,
    `${g}-b^{n}${g}-q`,
    `${g}-b^{n}${g}+e`,
    `${g}-b^{n}${g}+x^2`,
    `${g}+b^{n}${g}-2a^{n}${g}+q`,
  ])('%s may vanish', text => {
    expect(nonzero(text, 5)).toBe(false);
  });
});

describe('a sign or a size that is known', () => {
  it.each([
    ['\\operatorname{sign}(b x^2+b q)', true],
    ['\\operatorname{sign}(b)x^2+q', true],
    ['|b-a b|+x^2', true],
    ['\\operatorname{sign}(n-2)+2', true],
    ['|b-1|-1+b+q', true],
    ['|b x|-b x+q', true],
    ['|x^3|-x^2|x|+q', true],
    ['\\operatorname{sign}(b x^2)', false],
    ['\\operatorname{sign}(x)x^2+q', false],
    ['|b-a b|-x^2', false],
    ['\\operatorname{sign}(n-2)+1', false],
    ['|b-1|-1+b', false],
    ['|b x|-2b x+q', false],
  ])('%s > 0: %s', (text, wanted) => {
    const asked = { gap: typed(text), strict: true };
    expect(provablyUnder(asked, [], { assumptions: FACTS, from: 0 }, ample())).toBe(wanted);
  });
});

describe('a condition that bounds n', () => {
  const under = (asked: string, given: string): boolean =>
    provablyUnder(
      { gap: typed(asked), strict: true },
      [{ gap: typed(given), strict: true }],
      { assumptions: FACTS, from: 0 },
      ample(),
    );
  it.each([
    ['n-3', 'n-3', true],
    ['n-2', 'n-3', true],
    ['n-3', 'n-2', false],
    ['n-3', '2n-7', true],
    ['2n-7', 'n-3', true],
    ['n^2-9', 'n-3', true],
    ['n^2-9', '3-n', false],
    ['n^2-9', 'p-3', false],
    ['p^2-9', 'n-3', false],
    ['n^2-9', 'n p-3', false],
    ['n^2-9', 'n+p-3', false],
    ['n^2-9', 'n-x', false],
    ['1-b^n-b', 'n-1', false],
    ['b-b^n', 'n-1', true],
    ['b-b^n', 'p-1', false],
  ])('%s > 0 where %s > 0: %s', (asked, given, wanted) => {
    expect(under(asked, given)).toBe(wanted);
  });
});

describe('a function', () => {
  it.each([
    ['\\exp(x)', true],
    ['\\exp(-x)\\cosh(y)', true],
    ['\\cosh(x)', true],
    ['x\\exp(x)', false],
    ['\\sinh(x)', false],
    ['\\tanh(x)', false],
    ['\\sin(x)', false],
    ['\\cos(x)', false],
    ['\\log(q)', false],
    ['\\operatorname{sign}(x)', false],
    ['\\phi(x)', false],
  ])('%s: whether it vanishes nowhere is %s', (text, wanted) => {
    expect(provablyNonzero(typed(text), FACTS, ample())).toBe(wanted);
  });
});

describe('the way from one symbol to the other', () => {
  const domain = (lower: number | null, lowerOpen: boolean, upper: number | null, upperOpen: boolean): Domain => ({
    lower: lower === null ? null : Rational.of(lower),
    lowerOpen,
    upper: upper === null ? null : Rational.of(upper),
    upperOpen,
  });
  const [open, closed, wide, high] = [
    domain(0, true, 1, true),
    domain(0, false, 1, false),
    domain(-1, true, 2, true),
    domain(1, true, null, true),
  ];
  const all = domain(null, true, null, true);
  it.each([
    [open, open, true, true],
    [closed, open, true, true],
    [open, closed, false, false],
    [closed, closed, true, true],
    [wide, closed, true, true],
    [closed, wide, false, false],
    [all, wide, true, true],
    [wide, all, false, false],
    [high, open, false, true],
    [open, high, true, false],
    [null, open, false, false],
    [open, null, false, false],
  ])('lies in the domain of the one that moves: %#', (moving, other, down, up) => {
    expect(containsWay(moving, other, 'down')).toBe(down);
    expect(containsWay(moving, other, 'up')).toBe(up);
  });
  it('must have no pole', () => {
    const under = (asked: string, given: string): boolean =>
      provablyUnder(
        { gap: typed(asked), strict: true },
        [{ gap: typed(given), strict: true }],
        { assumptions: FACTS, from: 0 },
        ample(),
      );
    // Positive at u = b and rising from there, but for the pole at u = 1.
    expect(under('\\frac{1}{1-u}', 'u-b')).toBe(false);
    expect(under('\\frac{1}{1-u}-1', 'u-b')).toBe(false);
    expect(under('\\frac{1}{1-a}-\\frac{1}{1-b}', 'a-b')).toBe(true);
    expect(under('\\frac{1}{1-u}-\\frac{1}{1-b}', 'u-b')).toBe(false);
  });
});

describe('a quantity of two labels as n → ∞', () => {
  /** x + b^{s − t} as one quantity at the two labels. */
  const apart = (s: LinearForm, t: LinearForm): Expression => {
    const [first, second] = [openIndex('history'), openIndex('history')];
    const form = addForms(variableForm(first), variableForm(second), -1);
    const body = add(typed('x'), factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(form)));
    return substituteIndices(
      wrap(body),
      new Map([
        [first, s],
        [second, t],
      ]),
    );
  };
  const n = (shift = 0): LinearForm => variableForm(ITERATION_INDEX, shift);
  const fixed = { constant: 3, terms: [] };
  const limit = (value: Expression): Expression | null => {
    const found = attempt(() => largeN(value, FACTS, ample()).value);
    return found.ok ? plain(found.value) : null;
  };
  it.each([
    [n(), n(-1), 'x+b'],
    [n(2), n(-1), 'x+b^3'],
    [n(), n(), 'x+1'],
    [n(), fixed, 'x'],
    [n(-7), fixed, 'x'],
    [variableForm(LETTER), variableForm(LETTER, -2), 'x+b^2'],
  ])('keeps how far they are apart: %#', (s, t, wanted) => {
    const found = limit(apart(s, t));
    expect(found !== null && isZero(subtract(found, plain(typed(wanted))))).toBe(true);
  });
  it('has none where its exponent falls without end', () => {
    expect(limit(apart(fixed, n()))).toBeNull();
    expect(limit(apart({ constant: 5, terms: [[ITERATION_INDEX, -1]] }, fixed))).toBeNull();
  });
  it('of one label has none either where that falls without end', () => {
    // b^{5 − n} grows; x + b^n at n ↦ 5 − n is no x.
    const own = openIndex('history');
    const body = add(typed('x'), factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(variableForm(own))));
    const at = (form: LinearForm): Expression => substituteIndices(wrap(body), new Map([[own, form]]));
    expect(limit(at({ constant: 5, terms: [[ITERATION_INDEX, -1]] }))).toBeNull();
    expect(isZero(subtract(limit(at(n(-5))) ?? typed('0'), plain(typed('x'))))).toBe(true);
  });
  it('keeps a label beside n', () => {
    const late = { constant: 0, terms: [[ITERATION_INDEX, 1] as const, [LETTER, 1] as const] };
    const found = limit(apart(late, n()));
    const wanted = substituteIndices(plain(typed('x+b^n')), new Map([[ITERATION_INDEX, variableForm(LETTER)]]));
    expect(found !== null && isZero(subtract(found, wanted))).toBe(true);
  });
});

describe('a sum of weights', () => {
  const parts = (text: string) => {
    const [term] = typed(text).terms;
    return term === undefined ? null : weightedSum(term, FACTS);
  };
  it.each([
    ['\\sum_{k=0}^{n}b^{n-k}\\exp(k)', 0],
    ['\\sum_{k=5}^{n}b^{n-k}\\exp(k)', 5],
    // n is large: a range that begins at n − 2 begins late.
    ['\\sum_{k=n-2}^{n}b^{n-k}\\exp(k)', 998],
  ])('%s begins at %i', (text, from) => {
    expect(parts(text)?.inner.map(each => each.from + 0)).toEqual([from]);
  });
  it('is none where its range is one of components', () => {
    expect(parts('\\sum_{k=1}^{p}b^k\\exp(k)')).toBeNull();
  });
  it('has no quantity whose label falls while the time grows', () => {
    const [term] = typed('\\sum_{k=0}^{n}b^{n-k}\\exp(k)').terms;
    if (term === undefined) throw new Error('one term was read');
    const turned = (sign: 1 | -1): Term | null =>
      makeTerm({
        ...term,
        factors: term.factors.map(({ factor, exponent }) => ({
          factor:
            factor.kind === 'function'
              ? { ...factor, arguments: factor.arguments.map(form => shiftForm(scaleForm(form, sign), 5)) }
              : factor,
          exponent,
        })),
      });
    const sums = (sign: 1 | -1): boolean => {
      const made = turned(sign);
      return made !== null && weightedSum(made, FACTS) !== null;
    };
    expect(sums(1)).toBe(true);
    expect(sums(-1)).toBe(false);
  });
  it('has no quantity of the time and n, or of two times', () => {
    for (const inner of ['\\exp(k+n)', '\\exp(n-k)', '\\tanh(b^{k+n})', '\\phi(2n+k)', '(1-a^{n+k+1})^2'])
      expect(parts(`\\sum_{k=0}^{n}b^{n-k}${inner}`), inner).toBeNull();
    expect(parts('\\sum_{k=0}^{n}b^{n-k}\\phi(2k+1)')).not.toBeNull();
  });
  it('is none where a quantity has n in its exponent', () => {
    expect(parts('\\sum_{k=0}^{n}b^{n-k}(1-a^{k+1})^2')).not.toBeNull();
    expect(parts('\\sum_{k=0}^{n}b^{n-k}(1-a^{k+1})^n')).toBeNull();
  });
  it('is none where it ends with the components', () => {
    expect(parts('\\sum_{k=0}^{\\min(n,p)}b^{n-k}\\exp(k)')).toBeNull();
  });
  it('has no terms that depend on how large n is', () => {
    const [term] = typed('\\sum_{k=0}^{n}b^{n-k}\\exp(k)').terms;
    if (term === undefined) throw new Error('one term was read');
    const within = (left: number, right: number, bound: number): boolean =>
      weightedSum({ ...term, constraints: [...term.constraints, { left, right, bound }] }, FACTS) !== null;
    expect(within(ZERO, ITERATION_INDEX, -4)).toBe(true);
    expect(within(ITERATION_INDEX, ZERO, 4)).toBe(false);
  });
});

describe('a base that vanishes in a regime', () => {
  const own = { small: 'e', dimension: Rational.of(2), direction: 1, alone: false } as const;
  const nothing = '(x+y)^2-x^2-2x y-y^2';
  const leading = (text: string): Expression | null => {
    const made = attempt(() => expandRegime(typed(text), own, 4, FACTS, ample()));
    return made.ok ? coefficientAt(made.value.series, Rational.zero) : null;
  };
  it('has powers that vanish, and no others', () => {
    const sign = `\\operatorname{sign}(${nothing})`;
    // A series whose coefficients cancel one by one.
    const cancelled = '(x+e)^2-x^2-2x e-e^2';
    for (const text of [
      `\\sqrt{${nothing}}+x`,
      `(${nothing})^3+x`,
      `\\tanh(${nothing})+x`,
      `${sign}+x`,
      `\\exp(${nothing})-1+x`,
      `\\tanh(${cancelled})+x`,
      `\\operatorname{sign}(${cancelled})+x`,
    ]) {
      const found = leading(text);
      expect(found !== null && isZero(plain(subtract(found, typed('x')))), text).toBe(true);
    }
    expect(leading(`\\frac{1}{${nothing}}+x`)).toBeNull();
    expect(leading(`\\frac{1}{\\sqrt{${nothing}}}+x`)).toBeNull();
  });
});
