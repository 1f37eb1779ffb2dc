/** What each rewriting function makes of an expression: the form that it is for, and where it must leave things as they are. */
import { describe, expect, it } from 'vitest';
import { withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import {
  type Expression,
  expressionKey,
  factorExpression,
  isZero,
  multiply,
  restrict,
  subtract,
  substituteIndices,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf, plainExponent } from '../../src/expression/core/factor.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import { asAtom, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { abstract } from '../../src/expression/core/template.ts';
import { type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { Bases } from '../../src/rewrite/rules/bases.ts';
import { carryOutSums } from '../../src/rewrite/rules/sums/carry-out-sums.ts';
import { splitIntoCells } from '../../src/rewrite/rules/sums/cells.ts';
import { collectScalars } from '../../src/rewrite/rules/collect-scalars.ts';
import { collect } from '../../src/rewrite/rules/collect-terms.ts';
import { underContext } from '../../src/rewrite/context.ts';
import { clearDenominators, clearScalars } from '../../src/rewrite/rules/denominators.ts';
import { divideExpression } from '../../src/rewrite/divide-exactly.ts';
import { cancelFractions } from '../../src/rewrite/rules/fractions.ts';
import { matchQuantities } from '../../src/rewrite/rules/match.ts';
import { Variables } from '../../src/rewrite/polynomial-variables.ts';
import { cancelInN } from '../../src/rewrite/rules/rational-in-n.ts';
import { sumOut } from '../../src/rewrite/rules/sums/resum.ts';
import { unfold, unfoldLayer, unfoldScalars } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from './typed.ts';

const LETTER = openIndex('history');

type Make = (expression: Expression) => Expression;
const plain: Make = expression => unfold(expression, ample(), FACTS);
const key = (expression: Expression): string => expressionKey(expression);

/** f(left) is what is typed on the right, both multiplied out. */
const becomes = (make: Make, rows: readonly (readonly [string, string])[]): void => {
  it.each(rows)('%s ↦ %s', (left, right) => {
    expect(key(plain(make(typed(left))))).toBe(key(plain(typed(right))));
  });
};
const stays = (make: Make, rows: readonly string[]): void => {
  it.each(rows)('%s stays', text => {
    const before = typed(text);
    expect(key(make(before))).toBe(key(before));
  });
};

const N = (bound: number): Constraint => ({ left: ITERATION_INDEX, right: ZERO, bound });
const fromN = (least: number): Constraint => ({ left: ZERO, right: ITERATION_INDEX, bound: -least });
const hasSum = ({ terms }: Expression): boolean => terms.some(({ sorts }) => sorts.length > 0);
const hasQuotient = ({ terms }: Expression): boolean =>
  terms.some(({ factors }) => factors.some(({ exponent }) => (plainExponent(exponent)?.sign() ?? 1) < 0));

describe('fractions of hyperparameters cancelled', () => {
  const make: Make = e => cancelFractions(e, ample());
  becomes(make, [
    ['\\frac{1-b^2}{1-b}', '1+b'],
    ['\\frac{1}{1-b}-\\frac{b}{1-b}', '1'],
    ['\\frac{(1-b)(1-a)}{1-b}', '1-a'],
    ['\\frac{1}{(1-b)^2}-\\frac{b}{(1-b)^2}', '\\frac{1}{1-b}'],
    ['\\frac{1-2b+b^2}{(1-b)^3}', '\\frac{1}{1-b}'],
    ['\\frac{1}{1-b}-\\frac{b^{n+1}}{1-b}-\\frac{1}{1-b}+\\frac{b^{n+2}}{1-b}', '-b^{n+1}'],
    ['\\frac{\\nabla_jE}{1-a}-\\frac{a\\nabla_jE}{1-a}', '\\nabla_jE'],
    ['\\frac{a}{a-b}-\\frac{b}{a-b}', '1'],
    ['\\frac{a^n b-b^{n}a b}{a-b}-\\frac{a^n b}{a-b}', '-\\frac{a b^{n+1}}{a-b}'],
  ]);
  stays(make, [
    // The letter of a sum has no value outside of it.
    '\\sum_{k=1}^{n}\\frac{1-b^{2k}}{1-b^k}',
    '\\sum_{k=1}^{n}(1-b^{k})^{-1}-\\sum_{k=1}^{n}b^{k}(1-b^{k})^{-1}',
    '\\sum_{k=0}^{n}\\frac{a^{n-k+1}-b^{n-k+1}}{a^{n-k}-b^{n-k}}',
    '\\frac{1}{1-b}',
    '\\frac{a}{1-b}+\\frac{1}{1-a}',
    '\\frac{1}{\\sqrt{1-b}}-\\frac{b}{\\sqrt{1-b}}',
    '\\frac{1}{\\nabla_jE-1}-\\frac{\\nabla_jE}{\\nabla_jE-1}',
    '\\sum_{k=1}^{n}\\frac{1}{1-b^k}\\nabla_jE_k-\\sum_{k=1}^{n}\\frac{b^k}{1-b^k}\\nabla_jE_k',
    '\\frac{1+b}{1-b}',
  ]);
});

describe('exact division', () => {
  const quotient = (left: string, right: string): Expression | null =>
    divideExpression(plain(typed(left)), plain(typed(right)), ample());
  it.each([
    ['1-b^2', '1-b', '1+b'],
    ['a^2-2a b+b^2', 'a-b', 'a-b'],
    ['b^{2n}-1', 'b^n-1', 'b^n+1'],
    ['a^{n+1}-a b^n', 'a^n-b^n', 'a'],
    ['\\nabla_jE-b\\nabla_jE+2-2b', '1-b', '\\nabla_jE+2'],
    ['\\frac{1}{b}-b', '1-b', '\\frac{1}{b}+1'],
    ['\\frac{1}{b^2}-1', '1-\\frac{1}{b}', '-\\frac{1}{b}-1'],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k-\\sum_{k=0}^{n}a b^k\\nabla_jE_k', '1-a', '\\sum_{k=0}^{n}b^k\\nabla_jE_k'],
    ['3-3b', '2-2b', '\\frac{3}{2}'],
    ['a b', 'b', 'a'],
  ])('(%s)/(%s) = %s', (left, right, wanted) => {
    expect(key(quotient(left, right) ?? typed('0'))).toBe(key(plain(typed(wanted))));
  });
  it.each([
    ['1+b', '1-b'],
    ['1-b^3', '1+b'],
    ['a', 'a-b'],
    ['1-b', '\\nabla_jE'],
    ['1-b', '1-b\\nabla_jE'],
    ['\\nabla_jE-b\\nabla_jE+1', '1-b'],
    ['1-b', '\\sum_{k=0}^{n}b^k'],
  ])('(%s)/(%s) leaves a remainder', (left, right) => expect(quotient(left, right)).toBe(null));
  it('does not divide by zero', () => expect(divideExpression(typed('b'), typed('0'), ample())).toBe(null));
  it('does not divide by what a condition restricts', () => {
    expect(divideExpression(typed('1-b'), restrict(typed('1-b'), [N(3)]), ample())).toBe(null);
  });
});

describe('rational functions of n', () => {
  becomes(cancelInN, [
    ['\\frac{n}{n+1}+\\frac{1}{n+1}', '1'],
    ['\\frac{1}{n}-\\frac{1}{n+1}-\\frac{1}{n(n+1)}', '0'],
    ['\\frac{n^2}{n+1}-\\frac{1}{n+1}', 'n-1'],
    ['\\frac{(n+1)b}{n+1}-b', '0'],
    ['\\frac{n+2}{(n+1)^2}-\\frac{1}{(n+1)^2}', '\\frac{1}{n+1}'],
    ['\\frac{n}{n-1}b^n-\\frac{1}{n-1}b^n', 'b^n'],
    ['\\frac{2}{n+3}-\\frac{1}{n+3}', '\\frac{1}{n+3}'],
    ['\\frac{1}{(n+1)^3}+\\frac{n}{(n+1)^3}', '\\frac{1}{(n+1)^2}'],
    ['\\frac{n^3}{n+1}+\\frac{3n^2}{n+1}+\\frac{3n}{n+1}+\\frac{1}{n+1}', '(n+1)^2'],
    ['\\frac{n^2}{n-1}-\\frac{2n}{n-1}+\\frac{1}{n-1}', 'n-1'],
    ['\\frac{n}{(n-2)^2}-\\frac{2}{(n-2)^2}', '\\frac{1}{n-2}'],
  ]);
  stays(cancelInN, ['\\frac{1}{n+1}', '\\frac{b}{n}', '\\frac{1}{(n+2)^2}', 'b^n', '\\nabla_jE_n']);
  it.each([
    '\\frac{2n}{2n+1}+\\frac{1}{2n+1}',
    '\\frac{p}{p+1}+\\frac{1}{p+1}',
    '\\frac{n}{n+p}+\\frac{p}{n+p}',
    '\\frac{-n}{2-n}',
  ])('keeps the denominator of %s, which is no n + c', text => {
    expect(key(plain(cancelInN(typed(text))))).toBe(key(plain(typed(text))));
    expect(hasQuotient(cancelInN(typed(text)))).toBe(true);
  });
  it('keeps other indices and conditions apart', () => {
    const parts = '\\sum_{k=0}^{n}\\frac{k+1}{n+1}\\nabla_jE_k-\\frac{n}{n+1}\\nabla_jE';
    expect(cancelInN(typed(parts)).terms.length).toBeGreaterThan(1);
    const both = subtract(restrict(typed('\\frac{n}{n+1}'), [N(5)]), restrict(typed('\\frac{n}{n+1}'), [N(6)]));
    expect(isZero(cancelInN(both))).toBe(false);
  });
});

describe('sums in closed form', () => {
  const make: Make = e => sumOut(e, FACTS, ample());
  const closed: Make = e => cancelFractions(unfoldScalars(underContext(make(e)), ample(), FACTS), ample());
  const vanishes = (left: string, right: string): boolean =>
    collect(underContext(splitIntoCells(plain(subtract(make(typed(left)), typed(right))), ample())), new Variables())
      ?.length === 0;
  it.each([
    ['\\sum_{k=0}^{n}1', 'n+1'],
    ['\\sum_{k=0}^{n}k', '\\frac{n(n+1)}{2}'],
    ['\\sum_{k=0}^{n}k^2', '\\frac{n(n+1)(2n+1)}{6}'],
    ['\\sum_{k=0}^{n}k^3', '\\frac{n^2(n+1)^2}{4}'],
    ['\\sum_{k=0}^{n}(n-k)', '\\frac{n(n+1)}{2}'],
    ['\\sum_{k=0}^{n}(2k+1)', '(n+1)^2'],
    ['\\sum_{k=0}^{n}b^k', '\\frac{1-b^{n+1}}{1-b}'],
    ['\\sum_{k=1}^{n}b^k', '\\frac{b-b^{n+1}}{1-b}'],
    ['\\sum_{k=0}^{n-1}b^{n-k}', '\\frac{b-b^{n+1}}{1-b}'],
    ['\\sum_{k=0}^{n}b^{2k}', '\\frac{1-b^{2n+2}}{1-b^2}'],
    ['\\sum_{k=0}^{n}a^{n-k}b^k', '\\frac{a^{n+1}-b^{n+1}}{a-b}'],
    ['\\sum_{k=0}^{n}k b^k', '\\frac{b-(n+1)b^{n+1}+n b^{n+2}}{(1-b)^2}'],
    ['\\sum_{k=0}^{n}2^k', '2\\cdot 2^n-1'],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k}1', '\\frac{(n+1)(n+2)}{2}'],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{n}b^{k+l}', '\\frac{(1-b^{n+1})^2}{(1-b)^2}'],
    ['\\sum_{i=1}^{p}\\nabla_jE', 'p\\nabla_jE'],
    ['\\sum_{i=1}^{p}\\sum_{r=1}^{p}1', 'p^2'],
    ['\\sum_{i=1}^{p}\\sum_{r=1}^{i}1', '\\frac{p(p+1)}{2}'],
    ['\\sum_{i=1}^{p}\\sum_{r=i}^{p}1', '\\frac{p(p+1)}{2}'],
    ['x\\nabla_jE\\sum_{k=0}^{n}k', 'x\\nabla_jE\\frac{n(n+1)}{2}'],
  ])('%s = %s', (left, right) => {
    expect(hasSum(make(typed(left)))).toBe(false);
    expect(vanishes(left, right)).toBe(true);
    expect(vanishes(left, `${right}+1`)).toBe(false);
  });
  it.each([
    '\\sum_{k=0}^{n}\\nabla_jE_k',
    '\\sum_{k=0}^{n}b^k\\nabla_jE_k',
    '\\sum_{k=0}^{n}\\frac{1}{k+1}',
    '\\sum_{k=1}^{n}\\frac{1}{1-b^k}',
    '\\sum_{k=0}^{n}\\eta_k',
    '\\sum_{i=1}^{p}\\nabla_iE',
    // A function may be 1 everywhere.
    '\\sum_{k=0}^{n}\\phi(x)^k',
  ])('%s stays', text => expect(key(make(typed(text)))).toBe(key(typed(text))));

  it('begins where the range is empty by one, and not before', () => {
    const conditions = (text: string): string[] =>
      closed(typed(text)).terms.map(({ constraints }) => JSON.stringify(constraints));
    const least = (bound: number): string => JSON.stringify([{ left: ZERO, right: ITERATION_INDEX, bound: -bound }]);
    expect(new Set(conditions('\\sum_{k=3}^{n}b^k'))).toEqual(new Set([least(2)]));
    expect(new Set(conditions('\\sum_{k=4}^{n+1}k'))).toEqual(new Set([least(2)]));
    expect(new Set(conditions('\\sum_{k=0}^{n}b^k'))).toEqual(new Set(['[]']));
    expect(new Set(conditions('\\sum_{k=1}^{n}b^k'))).toEqual(new Set(['[]']));
    // 1/(n−2) has no value where the range is empty by one.
    expect(new Set(conditions('\\frac{1}{n-2}\\sum_{k=3}^{n}b^k'))).toEqual(new Set([least(3)]));
    expect(new Set(conditions('\\frac{1}{n-1}\\sum_{k=3}^{n}b^k'))).toEqual(new Set([least(2)]));
  });
  it('splits where two bounds compete', () => {
    const value = make(typed('\\sum_{k=0}^{n}\\sum_{l=0}^{n-1}\\sum_{r=k}^{l}1'));
    expect(hasSum(value)).toBe(false);
    // Σ_{k ≤ l} (l − k + 1) with l ≤ n − 1 is n(n+1)(n+2)/6.
    expect(isZero(underContext(plain(subtract(value, typed('\\frac{n(n+1)(n+2)}{6}')))))).toBe(true);
  });
});

describe('what is known at a place', () => {
  const facts = (...constraints: Constraint[]): IndexFacts => IndexFacts.TOP.with(constraints);
  const placed = (value: string, condition: Constraint[], known = IndexFacts.TOP): string =>
    key(underContext(restrict(typed(value), condition), known));
  it('drops what cannot be, and conditions that hold', () => {
    expect(placed('b', [N(-1)])).toBe(key(typed('0')));
    expect(placed('b', [fromN(0)])).toBe(key(typed('b')));
    expect(placed('b', [fromN(-2)])).toBe(key(typed('b')));
    expect(placed('b', [fromN(1)])).toBe(key(restrict(typed('b'), [fromN(1)])));
    expect(placed('b', [fromN(2)], facts(fromN(2)))).toBe(key(typed('b')));
    expect(placed('b', [fromN(3)], facts(fromN(2)))).toBe(key(restrict(typed('b'), [fromN(3)])));
    expect(placed('b', [N(1)], facts(fromN(2)))).toBe(key(typed('0')));
    expect(placed('b', [N(2)], facts(fromN(2)))).toBe(key(restrict(typed('b'), [N(2)])));
    expect(placed('b', [N(-1)], IndexFacts.NONE)).toBe(key(restrict(typed('b'), [N(-1)])));
  });
  it('puts in an n that the condition fixes', () => {
    expect(placed('b^n', [N(3), fromN(3)])).toBe(key(restrict(typed('b^3'), [N(3), fromN(3)])));
    expect(placed('n\\nabla_jE_n', [N(0)])).toBe(key(typed('0')));
    expect(placed('\\nabla_jE_n', [N(0)])).toBe(key(restrict(typed('\\nabla_jE_0'), [N(0)])));
    expect(placed('b^n', [N(3), fromN(2)])).toBe(key(restrict(typed('b^n'), [N(3), fromN(2)])));
  });
  it('puts in a letter that the condition ties to another', () => {
    const atLetter = (text: string): Expression =>
      substituteIndices(typed(text), new Map([[ITERATION_INDEX, variableForm(LETTER)]]));
    const tied = (left: number, right: number, shift: number): Constraint[] => [
      { left, right, bound: shift },
      { left: right, right: left, bound: -shift },
    ];
    const [loss] = atLetter('b^n\\nabla_jE_n').terms;
    const toN = underContext(restrict({ terms: loss === undefined ? [] : [loss] }, tied(LETTER, ITERATION_INDEX, -1)));
    expect(key(toN)).toBe(key(restrict(typed('b^{n-1}\\nabla_jE_{n-1}'), tied(LETTER, ITERATION_INDEX, -1))));
    const toNumber = underContext(restrict(atLetter('b^n'), tied(LETTER, ZERO, 4)));
    expect(key(toNumber)).toBe(key(restrict(typed('b^4'), tied(LETTER, ZERO, 4))));
    const free = restrict(atLetter('b^n'), [{ left: LETTER, right: ITERATION_INDEX, bound: -1 }]);
    expect(key(underContext(free))).toBe(key(free));
  });
  it('puts in a letter that the condition ties to a form', () => {
    const letter = (by: LinearForm): Expression =>
      factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(by));
    // a^n b^l where n + l = 4, or 2n + l = 5; with 2n + 3l = 7 neither is a form of the other.
    const where = (n: number, l: number, sum: number, value: Expression): Expression => {
      const whole = asAtom({ constant: 0, terms: [[ITERATION_INDEX, n] as const, [LETTER, l] as const] });
      if (whole === null) throw new Error('a form of letters is an index');
      return restrict(value, [
        { left: whole.index, right: ZERO, bound: sum - whole.shift },
        { left: ZERO, right: whole.index, bound: whole.shift - sum },
      ]);
    };
    const product = multiply(typed('a^n'), letter(variableForm(LETTER)));
    const at = (n: number, l: number, sum: number): string => key(underContext(where(n, l, sum, product)));
    const withoutN = substituteIndices(
      typed('a^n'),
      new Map([[ITERATION_INDEX, { constant: 4, terms: [[LETTER, -1]] }]]),
    );
    expect(at(1, 1, 4)).toBe(key(where(1, 1, 4, multiply(withoutN, letter(variableForm(LETTER))))));
    const withoutL = letter({ constant: 5, terms: [[ITERATION_INDEX, -2]] });
    expect(at(2, 1, 5)).toBe(key(where(2, 1, 5, multiply(typed('a^n'), withoutL))));
    expect(at(2, 3, 7)).toBe(key(where(2, 3, 7, product)));
  });
  it('leaves what has no condition', () => {
    const value = typed('b^n+n\\nabla_jE_n');
    expect(underContext(value)).toBe(value);
  });
});

describe('common cells', () => {
  const make: Make = e => splitIntoCells(e, ample());
  const cancels = (left: string, right: string): boolean =>
    isZero(underContext(make(plain(subtract(typed(left), typed(right))))));
  it.each([
    ['\\sum_{k=0}^{n}\\nabla_jE_k', '\\sum_{k=0}^{n-1}\\nabla_jE_k+\\nabla_jE_n'],
    ['\\sum_{k=0}^{n}\\nabla_jE_k', '\\nabla_jE_0+\\sum_{k=1}^{n}\\nabla_jE_k'],
    [
      '(\\sum_{k=0}^{n}\\nabla_jE_k)^2',
      '\\sum_{k=0}^{n}(\\nabla_jE_k)^2+2\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}\\nabla_jE_k\\nabla_jE_l',
    ],
    ['\\sum_{i=1}^{p}\\nabla_iE', '\\nabla_jE+\\sum_{i=1}^{j-1}\\nabla_iE+\\sum_{i=j+1}^{p}\\nabla_iE'],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\nabla_jE_l', '\\sum_{l=0}^{n}\\sum_{k=l}^{n}\\nabla_jE_l'],
  ])('%s', (left, right) => {
    expect(cancels(left, right)).toBe(true);
    expect(cancels(left, `${right}-\\nabla_jE_0`)).toBe(false);
    expect(cancels(left, `2(${right})`)).toBe(false);
  });
  it('are disjoint or equal', () => {
    const cells = make(plain(typed('\\sum_{k=0}^{n}\\nabla_jE_k+\\sum_{k=2}^{n-1}a\\nabla_jE_k')));
    const domains = cells.terms.map(({ factors, constraints }) => ({
      weighed: factors.some(({ factor }) => factor.kind === 'symbol'),
      domain: JSON.stringify(constraints),
    }));
    const plainOnes = domains.filter(({ weighed }) => !weighed).map(({ domain }) => domain);
    for (const { domain } of domains.filter(({ weighed }) => weighed)) expect(plainOnes).toContain(domain);
    expect(plainOnes.length).toBeGreaterThan(1);
  });
  it('are no more than are needed', () => {
    const cells = (text: string): number => make(plain(typed(text))).terms.length;
    expect(cells('\\sum_{k=0}^{n}\\nabla_jE_k+a\\sum_{k=0}^{n-2}\\nabla_jE_k')).toBe(3);
    expect(cells('\\sum_{k=0}^{n}\\nabla_jE_k+a\\sum_{k=2}^{n}\\nabla_jE_k')).toBe(3);
    expect(cells('\\sum_{i=1}^{p}\\nabla_iE+a\\sum_{i=1}^{j-1}\\nabla_iE')).toBe(3);
    expect(
      cells(
        '\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\nabla_jE_k\\nabla_jE_l+a\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}\\nabla_jE_k\\nabla_jE_l',
      ),
    ).toBe(3);
  });
  stays(make, ['\\sum_{k=0}^{n}\\nabla_jE_k', 'b', '\\sum_{i=1}^{p}\\nabla_iE']);
});

describe('denominators multiplied out', () => {
  const cleared = (text: string, facts = FACTS): { after: Expression; factors: Expression[] } => {
    const factors: Expression[] = [];
    return { after: clearDenominators(plain(typed(text)), facts, ample(), factors), factors };
  };
  const scalars = (text: string, facts = FACTS): { after: Expression; factors: Expression[] } => {
    const factors: Expression[] = [];
    return { after: clearScalars(typed(text), facts, ample(), factors), factors };
  };
  it.each([
    '\\frac{1}{1-b}-\\frac{1-b^{n+1}}{1-b}-\\frac{b^{n+1}}{1-b}',
    '\\frac{1}{1-b}-\\frac{1}{1-a}-\\frac{b-a}{(1-a)(1-b)}',
    '\\frac{x}{a-b}-\\frac{y}{a-b}-\\frac{x-y}{a-b}',
    '\\frac{1}{n+1}-\\frac{1}{n+2}-\\frac{1}{(n+1)(n+2)}',
    '\\frac{\\nabla_jE}{1-b^{n+1}}-\\frac{\\nabla_jE}{1-b^{n+1}}b^{n+1}-\\nabla_jE',
  ])('%s is zero', text => {
    expect(isZero(cleared(text).after)).toBe(true);
    expect(isZero(scalars(text).after) || text.includes('n+2')).toBe(true);
    expect(isZero(cleared(`${text}+a`).after)).toBe(false);
  });
  it.each([
    '\\frac{\\nabla_jE}{(\\nabla_jE)^2+q}-\\frac{\\nabla_jE_n}{(\\nabla_jE)^2+q}',
    '\\frac{a}{1-b}+\\frac{x}{(1-a)^2}',
    '\\frac{1}{\\sqrt{(\\nabla_jE)^2+q}}',
    '\\frac{1}{\\sqrt{(\\nabla_jE)^2+q}}+\\frac{a}{((\\nabla_jE)^2+q)^{3/2}}',
    '\\frac{1}{n+1}+b',
    '\\frac{1}{1-b^n}+b',
    '\\frac{\\nabla_jE}{1-b^{n}}+\\frac{1}{(1-b^{n})^2}',
    '\\frac{1}{1-w^{n+1}}+b',
    '\\frac{1}{(n+3)^2}+\\frac{1}{n+3}',
  ])('%s has none left', text => {
    const { after, factors } = cleared(text);
    expect(hasQuotient(after)).toBe(false);
    expect(factors.length).toBeGreaterThan(0);
  });
  it.each([
    // A root that is no denominator, beside one that is.
    ['\\sqrt{(\\nabla_jE)^2+q}\\nabla_jE', 0],
    ['\\sqrt{(\\nabla_jE)^2+q}+\\frac{1}{1-b}', 1],
    ['((\\nabla_jE)^2+q)^{3/2}+\\frac{a}{1-b}+\\frac{x}{1-a}', 2],
    ['a+b', 0],
  ])('%s has as many factors as denominators: %i', (text, count) => {
    expect(cleared(text).factors).toHaveLength(count);
  });
  it('keep the n at which they vanish apart', () => {
    const { after, factors } = scalars('\\frac{b^n}{1-b^{n-2}}+a');
    expect(factors).toHaveLength(1);
    const apart = after.terms.filter(({ constraints }) => constraints.length > 0);
    expect(key({ terms: apart })).toBe(key(restrict(typed('a'), [N(2), fromN(2)])));
    expect(hasQuotient(after)).toBe(false);
    const indices = cleared('\\frac{b^n}{n-2}+a').after;
    const there = indices.terms.filter(({ constraints }) => constraints.length > 0);
    expect(key({ terms: there })).toBe(key(restrict(typed('a'), [N(2), fromN(2)])));
    // With n ≥ 3 nothing vanishes.
    const first = scalars('\\frac{b^n}{1-b^n}+a').after.terms.filter(({ constraints }) => constraints.length > 0);
    expect(key({ terms: first })).toBe(key(underContext(restrict(typed('a'), [N(0)]))));
    const later = withIndices(FACTS, IndexFacts.TOP.with([fromN(3)]));
    expect(
      scalars('\\frac{b^n}{1-b^{n-2}}+a', later).after.terms.every(({ constraints }) => constraints.length === 0),
    ).toBe(true);
    expect(cleared('\\frac{b^n}{n-2}+a', later).after.terms.every(({ constraints }) => constraints.length === 0)).toBe(
      true,
    );
  });
  it.each(['\\sum_{k=1}^{n}\\frac{1}{k}\\nabla_jE_k', '\\sum_{k=1}^{n}\\frac{1}{1-b^k}\\nabla_jE_k', 'a+b'])(
    '%s stays',
    text => {
      const { after, factors } = scalars(text);
      expect(key(after)).toBe(key(typed(text)));
      expect(factors).toEqual([]);
    },
  );
  it('are not multiplied by what may vanish at unknown integers', () => {
    const text = '\\frac{b}{b^n-a^{2n-3}-b^{2n}}';
    expect(hasQuotient(scalars(text).after) || scalars(text).factors.length > 0).toBe(true);
  });
  it('level the powers of one radical', () => {
    const root = '\\sqrt{(\\nabla_jE)^2+q}';
    const text = `\\frac{1}{${root}}-\\frac{(\\nabla_jE)^2+q}{((\\nabla_jE)^2+q)^{3/2}}`;
    expect(isZero(cleared(text).after)).toBe(true);
    expect(isZero(cleared(`${text}+\\frac{q}{${root}}`).after)).toBe(false);
  });
});

describe('collected by quantities', () => {
  const make: Make = e => collectScalars(e, FACTS, ample());
  it.each([
    ['\\frac{\\nabla_jE}{1-b}-\\frac{b\\nabla_jE}{1-b}', '\\nabla_jE'],
    ['a\\nabla_jE+b\\nabla_jE-(a+b)\\nabla_jE', '0'],
    ['\\frac{n}{n+1}\\nabla_jE+\\frac{1}{n+1}\\nabla_jE', '\\nabla_jE'],
    ['\\frac{1}{1-\\frac{1}{b}}\\nabla_jE-\\frac{b}{b-1}\\nabla_jE', '0'],
    ['\\sum_{k=0}^{n}a\\nabla_jE_k+\\sum_{k=0}^{n}b\\nabla_jE_k', '(a+b)\\sum_{k=0}^{n}\\nabla_jE_k'],
  ])('%s = %s', (left, right) => {
    expect(key(plain(make(typed(left))))).toBe(key(plain(typed(right))));
  });
  it.each([
    ['\\frac{\\nabla_jE}{1-\\frac{1}{b}}', '\\frac{b\\nabla_jE}{b-1}'],
    ['\\frac{\\nabla_jE}{1-\\frac{1}{b^2}+\\frac{1}{b}}', '\\frac{b^2\\nabla_jE}{b^2-1+b}'],
    ['\\frac{\\nabla_jE}{a-\\frac{1}{b}}+\\frac{x\\nabla_jE}{a-\\frac{1}{b}}', '\\frac{b(1+x)\\nabla_jE}{a b-1}'],
    ['\\frac{\\nabla_jE}{(1-\\frac{1}{b})^2}', '\\frac{b^2\\nabla_jE}{(b-1)^2}'],
    ['\\frac{\\nabla_jE}{n}-\\frac{\\nabla_jE}{n+1}', '\\frac{\\nabla_jE}{n(n+1)}'],
  ])('%s is written as %s', (left, right) => {
    expect(key(make(typed(left)))).toBe(key(make(typed(right))));
  });
  it('keep their denominators outside of the numerator', () => {
    for (const text of [
      '\\frac{x\\nabla_jE}{1-b}+\\frac{a\\nabla_jE}{1-b}',
      '\\frac{x\\nabla_jE}{n+1}+\\frac{a\\nabla_jE}{n+1}',
    ]) {
      const { terms } = make(typed(text));
      expect(terms).toHaveLength(1);
      expect(hasQuotient({ terms })).toBe(true);
    }
    expect(hasQuotient(make(typed('x\\nabla_jE+a\\nabla_jE')))).toBe(false);
  });
  it.each([
    ['\\frac{x}{1-b}+\\frac{x}{(1-b)^2}', 2],
    ['\\frac{x}{(1-b)^2}+\\frac{a}{1-b}', 2],
    ['\\frac{1}{n+1}+\\frac{b^n}{(n+1)^2}', 2],
    ['\\frac{b^n}{(n+1)^3}+\\frac{1}{n+1}', 3],
  ])('%s is one fraction over its greatest denominator', (text, power) => {
    const { terms } = make(typed(text));
    const powers = terms.flatMap(({ factors }) =>
      factors.flatMap(({ factor, exponent }) => [
        Number(plainExponent(exponent)?.num),
        ...('template' in factor && hasQuotient(factor.template.body) ? [Number.NaN] : []),
      ]),
    );
    expect(powers.sort()).toEqual([-power, 1]);
  });
  it('are as many terms as there are quantities', () => {
    expect(make(typed('a\\nabla_jE+b^n\\nabla_jE+n\\nabla_jE+\\theta_j+b\\theta_j')).terms).toHaveLength(2);
    expect(make(plain(typed('\\sum_{k=0}^{n}(a+b^k)\\nabla_jE_k'))).terms).toHaveLength(2);
    const both = make({
      terms: [...restrict(typed('a\\nabla_jE'), [N(4)]).terms, ...typed('b\\nabla_jE').terms],
    });
    expect(both.terms).toHaveLength(2);
  });
});

describe('fractions with their sums', () => {
  const groups = (text: string, forAnyN = false): number | null =>
    collect(typed(text), new Variables(), forAnyN)?.length ?? null;
  it.each([
    '\\frac{1}{1-b}-\\frac{1}{1-a}-\\frac{b-a}{(1-a)(1-b)}',
    '\\frac{1-b^{n+1}}{1-b}-\\frac{b^{n+1}-1}{b-1}',
    '\\sum_{k=0}^{n}\\frac{\\nabla_jE_k}{1-b}-\\frac{1}{1-b}\\sum_{k=0}^{n}\\nabla_jE_k',
    '\\sum_{k=0}^{n}b^{n-k}\\nabla_jE_k-b^n\\sum_{k=0}^{n}b^{-k}\\nabla_jE_k',
    '\\sum_{k=0}^{n-1}b^k\\nabla_jE_{k+1}-\\sum_{k=1}^{n}b^{k-1}\\nabla_jE_k',
    '(1-b)^{3/2}-(1-b)\\sqrt{1-b}',
    '\\frac{1}{\\sqrt{1-b}}-\\frac{\\sqrt{1-b}}{1-b}',
    '\\frac{n+1}{(n+1)^2}-\\frac{1}{n+1}',
    '\\frac{\\nabla_jE}{b}-\\frac{a\\nabla_jE}{a b}',
    '\\sum_{i=1}^{p}\\frac{\\nabla_iE}{1+b}-\\frac{\\sum_{i=1}^{p}\\nabla_iE}{1+b}',
    '\\frac{(\\nabla_jE)^3}{\\nabla_jE}-(\\nabla_jE)^2',
    '|\\nabla_jE|^2-(\\nabla_jE)^2',
    '\\frac{1}{\\nabla_jE}-\\frac{\\nabla_jE}{|\\nabla_jE|^2}',
    '\\sqrt{2}\\cdot\\sqrt{2}-2',
    '\\sum_{k=0}^{n}2^k\\nabla_jE_k-2\\sum_{k=0}^{n}2^{k-1}\\nabla_jE_k',
    '\\sum_{k=0}^{n}k\\nabla_jE_k-\\sum_{k=0}^{n}(k+1)\\nabla_jE_k+\\sum_{k=0}^{n}\\nabla_jE_k',
    '\\sum_{k=1}^{n}\\frac{\\nabla_jE_k}{1-b^k}-\\sum_{k=1}^{n}\\frac{b^k\\nabla_jE_k}{1-b^k}-\\sum_{k=1}^{n}\\nabla_jE_k',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\nabla_jE_k\\nabla_jE_l b^{k-l}-\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\nabla_jE_k\\nabla_jE_l b^{l-k}',
    '\\frac{(\\frac{1}{2})^{n}}{2}-(\\frac{1}{2})^{n+1}',
  ])('%s is zero', text => {
    expect(groups(text)).toBe(0);
    expect(groups(`${text}+1`)).toBe(1);
    expect(groups(`${text}+b^n\\theta_j`)).toBe(1);
  });
  it.each([
    ['\\nabla_jE+b', 1],
    ['\\theta_j+b', 2],
    ['\\sum_{k=0}^{n}\\nabla_jE_k+\\sum_{k=1}^{n}\\nabla_jE_k', 2],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k+\\sum_{k=0}^{n}a\\nabla_jE_k', 1],
    ['\\sum_{k=0}^{n}\\nabla_jE_k+\\sum_{i=1}^{p}\\nabla_iE', 2],
    ['|\\nabla_jE|-\\nabla_jE', 1],
    ['\\tanh x-x', 1],
    ['\\sum_{k=0}^{n}\\nabla_jE_k+\\sum_{k=0}^{n}\\eta_k', 2],
    ['\\sum_{k=0}^{n}\\nabla_jE_k\\nabla_jE_{k+1}+\\sum_{k=0}^{n}\\nabla_jE_k\\nabla_jE_{k+2}', 2],
    ['\\sum_{k=0}^{n}\\nabla_jE_{k+3}b^k+\\sum_{k=3}^{n+3}\\nabla_jE_k', 1],
    ['a^{n}-b^{n}', 1],
  ])('%s has %d', (text, count) => expect(groups(text)).toBe(count));
  it('fits no third root', () => {
    expect(groups('b^{1/3}')).toBe(null);
    expect(groups('b+\\nabla_jE\\sqrt[3]{\\nabla_jE_n}')).toBe(null);
  });
  it('tells conditions on n apart, or not', () => {
    const value = subtract(typed('b'), restrict(typed('b'), [fromN(2)]));
    expect(collect(value, new Variables())).toHaveLength(2);
    expect(collect(value, new Variables(), true)).toHaveLength(0);
  });
});

describe('products multiplied out', () => {
  it('insert what is plain, and index factors', () => {
    const rows: readonly (readonly [string, string])[] = [
      ['(1-b)^2', '1-2b+b^2'],
      ['(n+1)^2', 'n^2+2n+1'],
      ['(n-1)(n+1)', 'n^2-1'],
      ['(1+a)(1+b)', '1+a+b+a b'],
    ];
    for (const [left, right] of rows) expect(key(plain(typed(left)))).toBe(key(typed(right)));
  });
  it('keep roots and quotients', () => {
    const root = plain(typed('(\\sqrt{(\\nabla_jE)^2+q})^3'));
    expect(root.terms).toHaveLength(2);
    for (const { factors } of root.terms)
      expect(factors.some(({ exponent }) => plainExponent(exponent)?.isInteger() === false)).toBe(true);
    expect(key(plain(typed('\\frac{1}{(1-b)^2}')))).toBe(key(typed('\\frac{1}{(1-b)^2}')));
    expect(key(plain(typed('(1-b)^{25}')))).toBe(key(typed('(1-b)^{25}')));
    expect(plain(typed('(1-b)^{24}')).terms).toHaveLength(25);
  });
  it('insert one term only where no condition stands with it', () => {
    // x·y from n = 3 on; its inverse has no value before.
    const late = restrict(typed('x y'), [fromN(3)]);
    const { template, arguments: args } = abstract(late, true);
    const whole = (by: number): Expression =>
      factorExpression({ kind: 'template', template, arguments: args }, exponentOf(by));
    expect(key(plain(whole(2)))).toBe(key(restrict(typed('x^2y^2'), [fromN(3)])));
    expect(key(plain(whole(-1)))).toBe(key(whole(-1)));
    const free = abstract(typed('x y'), true);
    const own = { kind: 'template', template: free.template, arguments: free.arguments } as const;
    expect(key(plain(factorExpression(own, exponentOf(-1))))).toBe(key(typed('\\frac{1}{x y}')));
  });
  it('of hyperparameters alone leave quantities together', () => {
    const text = '(1-b)^2(\\nabla_jE+1)^2';
    expect(unfoldScalars(typed(text), ample(), FACTS).terms).toHaveLength(3);
    expect(plain(typed(text)).terms).toHaveLength(9);
    const layer = unfoldLayer(typed('(\\nabla_jE+(\\nabla_jE_n+1)^2)^2'), ample());
    expect(layer.terms).toHaveLength(3);
    expect(plain(layer).terms.length).toBeGreaterThan(8);
    expect(key(unfoldLayer(typed('(1-b)^2'), ample()))).toBe(key(typed('(1-b)^2')));
  });
  it('begin and end products alike', () => {
    const difference = subtract(typed('\\prod_{k=0}^{n}\\eta_k'), typed('\\eta_n\\prod_{k=0}^{n-1}\\eta_k'));
    expect(isZero(plain(difference))).toBe(true);
    expect(isZero(plain(subtract(typed('\\prod_{k=1}^{n}\\eta_k'), typed('\\prod_{k=0}^{n}\\eta_k'))))).toBe(false);
  });
});

describe('bases brought to one form', () => {
  const canonical: Make = e => new Bases(FACTS, ample()).canonical(e);
  const onBases: Make = e => new Bases(FACTS, ample()).onBases(e);
  const alike = (left: string, right: string): boolean =>
    isZero(canonical(subtract(typed(left), typed(right)))) ||
    key(canonical(typed(left))) === key(canonical(typed(right)));
  it.each([
    ['\\sqrt{\\frac{(\\nabla_jE)^2}{1-b}+q}', '\\frac{\\sqrt{(\\nabla_jE)^2+q(1-b)}}{\\sqrt{1-b}}'],
    ['\\sqrt{b(\\nabla_jE)^2+b q}', '\\sqrt{b}\\sqrt{(\\nabla_jE)^2+q}'],
    ['\\sqrt{b^2(\\nabla_jE)^2+b^2q}', 'b\\sqrt{(\\nabla_jE)^2+q}'],
    ['\\sqrt{(\\nabla_jE)^4+(\\nabla_jE)^2q}', '|\\nabla_jE|\\sqrt{(\\nabla_jE)^2+q}'],
    ['\\frac{1}{\\nabla_jE b+b}', '\\frac{1}{b(\\nabla_jE+1)}'],
    ['\\frac{1}{x\\nabla_jE+x}', '\\frac{1}{x(\\nabla_jE+1)}'],
    ['\\frac{1}{\\frac{\\nabla_jE}{1-b}+1}', '\\frac{1-b}{\\nabla_jE+1-b}'],
    ['\\tanh((1-b)(\\nabla_jE+1))', '\\tanh(\\nabla_jE+1-b\\nabla_jE-b)'],
    ['\\sqrt{\\sum_{k=0}^{n}b^k}', '\\sqrt{\\frac{1-b^{n+1}}{1-b}}'],
    ['\\sqrt{\\sum_{k=0}^{n}(1-b)b^k(\\nabla_jE)^2}', '\\sqrt{(\\nabla_jE)^2-b^{n+1}(\\nabla_jE)^2}'],
    ['|x\\nabla_jE|', '|x||\\nabla_jE|'],
    ['\\sqrt{(\\nabla_jE)^3x+(\\nabla_jE)^4}', '|\\nabla_jE|\\sqrt{\\nabla_jE x+(\\nabla_jE)^2}'],
    [
      '\\sqrt{\\frac{x}{(\\nabla_jE)^2}+\\frac{y}{(\\nabla_jE)^4}}',
      '\\frac{\\sqrt{x(\\nabla_jE)^2+y}}{(\\nabla_jE)^2}',
    ],
    ['\\sqrt{\\frac{x}{\\nabla_jE}+\\frac{y}{(\\nabla_jE)^2}}', '\\frac{\\sqrt{x\\nabla_jE+y}}{|\\nabla_jE|}'],
    ['\\frac{1}{\\frac{x}{\\nabla_jE}+\\frac{y}{(\\nabla_jE)^2}}', '\\frac{(\\nabla_jE)^2}{x\\nabla_jE+y}'],
    ['\\frac{1}{\\frac{x}{(1-b)^2}+\\frac{y}{1-b}}', '\\frac{(1-b)^2}{x+y(1-b)}'],
    ['\\phi((1-b)(x+1))', '\\phi(x+1-b x-b)'],
    ['\\sqrt{\\frac{x}{(1-b)^2}+\\frac{y}{1-b}}', '\\frac{\\sqrt{x+y(1-b)}}{1-b}'],
    ['\\sqrt{\\frac{y}{1-b}+\\frac{x}{(1-b)^2}+q}', '\\frac{\\sqrt{x+y(1-b)+q(1-b)^2}}{1-b}'],
    ['\\sqrt{b^3x+b^2y}', 'b\\sqrt{b x+y}'],
    ['\\sqrt{b^2y+b^3x+b^4}', 'b\\sqrt{b x+y+b^2}'],
    ['\\sqrt{\\frac{x}{b}+\\frac{y}{b^2}}', '\\frac{\\sqrt{b x+y}}{b}'],
    ['\\frac{1}{b^2x+b y}', '\\frac{1}{b(b x+y)}'],
    ['\\frac{1}{(\\nabla_jE)^3x+(\\nabla_jE)^2}', '\\frac{1}{(\\nabla_jE)^2(\\nabla_jE x+1)}'],
    ['K((1-b)^2\\nabla E)', 'K(\\nabla E-2b\\nabla E+b^2\\nabla E)'],
  ])('%s and %s', (left, right) => expect(alike(left, right)).toBe(true));
  it.each([
    ['\\sqrt{x^2(\\nabla_jE)^2+x^2q}', 'x\\sqrt{(\\nabla_jE)^2+q}'],
    ['\\sqrt{(\\nabla_jE)^4+(\\nabla_jE)^2q}', '\\nabla_jE\\sqrt{(\\nabla_jE)^2+q}'],
    ['\\sqrt{n^2(\\nabla_jE)^2+n^2(\\nabla_jE_0+x)}', 'n\\sqrt{(\\nabla_jE)^2+\\nabla_jE_0+x}'],
    ['\\sqrt{\\frac{(\\nabla_jE)^2}{a-b}+q}', '\\frac{\\sqrt{(\\nabla_jE)^2+q(a-b)}}{\\sqrt{a-b}}'],
    ['|x\\nabla_jE|', 'x|\\nabla_jE|'],
    ['\\sqrt{\\frac{x}{a-b}+y}', '\\frac{\\sqrt{x+y(a-b)}}{\\sqrt{a-b}}'],
    ['\\sqrt{x^3+x^2y}', 'x\\sqrt{x+y}'],
    ['\\sqrt{e^3x+e y}', '\\sqrt{e}\\sqrt{e^2x-y}'],
  ])('%s is not made %s', (left, right) => expect(alike(left, right)).toBe(false));
  it.each([
    '\\frac{1}{q\\sum_{i=1}^{p}\\nabla_iE+\\sum_{i=1}^{p}(\\nabla_iE)^2}',
    '\\frac{1}{\\sum_{i=1}^{p}\\nabla_iE\\nabla_jE+\\sum_{i=1}^{p}\\nabla_iE}',
    '\\frac{1}{\\sum_{k=0}^{n}\\eta_kb^k+\\sum_{k=0}^{n}\\eta_k}',
    '\\frac{1}{\\sum_{k=1}^{n}k\\eta_k+\\sum_{k=1}^{n}k\\nabla_jE_k}',
  ])('%s keeps under its sums what is summed', text => {
    expect(key(onBases(typed(text)))).toBe(key(typed(text)));
  });
  it('keep in a root what is zero at some n', () => {
    const [left, right] = ['\\sqrt{n^3x+n^4(q+x)}', 'n\\sqrt{n x+n^2(q+x)}'];
    expect(alike(left, right)).toBe(false);
    const later = new Bases(withIndices(FACTS, IndexFacts.TOP.with([fromN(1)])), ample());
    expect(key(later.canonical(typed(left)))).toBe(key(later.canonical(typed(right))));
    expect(key(later.canonical(typed(left)))).not.toBe(key(later.canonical(typed('n^2\\sqrt{\\frac{x}{n}+q+x}'))));
  });
  it('are the same object where nothing is to be done', () => {
    for (const text of [
      'b',
      '\\sqrt{(\\nabla_jE)^2+q}',
      '\\tanh(x+1)',
      '\\phi(x)',
      'K(\\nabla E)',
      '|\\nabla_jE|',
      '\\frac{1}{1-b}',
    ]) {
      const bases = new Bases(FACTS, ample());
      const value = bases.canonical(typed(text));
      expect(key(bases.canonical(value)), text).toBe(key(value));
      expect(onBases(value), text).toBe(value);
    }
  });
  it('keep quantities together where they are only settled', () => {
    expect(onBases(typed('(\\nabla_jE+1)^2')).terms).toHaveLength(1);
    expect(canonical(typed('(\\nabla_jE+1)^2')).terms).toHaveLength(3);
    expect(key(onBases(typed('(\\nabla_jE+1-\\nabla_jE)^2')))).toBe(key(typed('1')));
  });
});

describe('sums carried out inside definitions', () => {
  const make: Make = e => carryOutSums(e, FACTS, ample());
  it.each([
    '\\frac{\\nabla_jE}{\\sqrt{\\sum_{k=0}^{n}b^{n-k}(\\nabla_jE)^2+q}}',
    '(\\sum_{k=0}^{n}(b^k+\\sum_{l=0}^{k}a^l)\\nabla_jE)^2',
  ])('%s has none left', text => {
    const value = make(typed(text));
    const inside = (e: Expression): boolean =>
      e.terms.some(
        ({ sorts, factors }) =>
          sorts.includes('history') ||
          factors.some(({ factor }) => 'template' in factor && inside(factor.template.body)),
      );
    expect(inside(typed(text))).toBe(true);
    expect(inside(value)).toBe(false);
  });
});

describe('equal quantities written alike', () => {
  const isNothing = (e: Expression): boolean => isZero(underContext(splitIntoCells(plain(e), ample())));
  const make: Make = e => matchQuantities(e, isNothing, IndexFacts.TOP, ample());
  const total = '(\\sum_{k=0}^{n}\\nabla_jE_k)';
  it.each([
    [`\\tanh(x)${total}^2-\\tanh(x)(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^2`],
    [`${total}^3-(\\nabla_jE_0+\\sum_{k=1}^{n}\\nabla_jE_k)^3`],
    [`${total}^3+(-\\nabla_jE_n-\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`],
    [`8${total}^3-(2\\nabla_jE_n+2\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`],
    [`\\sqrt{${total}^2+q}-\\sqrt{(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^2+q}`],
  ])('%s is zero', text => {
    expect(isZero(typed(text))).toBe(false);
    expect(isZero(make(typed(text)))).toBe(true);
    expect(isZero(make(typed(`${text}+b`)))).toBe(false);
  });
  it('asks for every label at which a quantity is used', () => {
    const late = '(\\sum_{k=0}^{n-2}\\nabla_jE_k)^3-(\\nabla_jE_{n-2}+\\sum_{k=0}^{n-3}\\nabla_jE_k)^3';
    const under = (facts: IndexFacts, value = typed(late)): Expression =>
      matchQuantities(value, e => isZero(underContext(splitIntoCells(plain(e), ample()), facts)), facts, ample());
    // At n = 1 the sums are empty, and ∇_jE_{−1} stands alone.
    expect(isZero(under(IndexFacts.TOP))).toBe(false);
    expect(isZero(under(IndexFacts.TOP.with([fromN(1)])))).toBe(false);
    expect(isZero(under(IndexFacts.TOP.with([fromN(2)])))).toBe(true);
    expect(isZero(under(IndexFacts.TOP.with([fromN(2), N(9)])))).toBe(false);
    const atLetter = substituteIndices(typed(late), new Map([[ITERATION_INDEX, variableForm(LETTER)]]));
    expect(isZero(under(IndexFacts.TOP, atLetter))).toBe(false);
    expect(isZero(under(IndexFacts.TOP.with([{ left: ZERO, right: LETTER, bound: -2 }]), atLetter))).toBe(true);
    expect(isZero(under(IndexFacts.TOP.with([{ left: ZERO, right: LETTER, bound: -1 }]), atLetter))).toBe(false);
  });
  it('sees ratios and shifts', () => {
    const moment = '(\\sum_{k=0}^{n}b^{n-k}\\nabla_jE_k)';
    expect(isZero(make(typed(`${moment}^3-(b\\sum_{k=0}^{n-1}b^{n-1-k}\\nabla_jE_k+\\nabla_jE_n)^3`)))).toBe(true);
    expect(isZero(make(typed(`${moment}^3-(\\sum_{k=0}^{n-1}b^{n-1-k}\\nabla_jE_k+\\nabla_jE_n)^3`)))).toBe(false);
    for (const [ratio, power] of [
      ['\\frac{3}{2}', '\\frac{27}{8}'],
      ['\\frac{5}{24}', '\\frac{125}{13824}'],
      ['-1', '-1'],
    ])
      expect(
        isZero(make(typed(`${power}${total}^3-(${ratio}\\nabla_jE_n+${ratio}\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`))),
        ratio,
      ).toBe(true);
    // A root of a negative multiple is none of the root.
    const roots = `\\sqrt{${total}}-\\sqrt{-\\nabla_jE_n-\\sum_{k=0}^{n-1}\\nabla_jE_k}`;
    expect(key(make(typed(roots)))).toBe(key(typed(roots)));
  });
  it('writes nothing alike that is not shown to be', () => {
    const text = `${total}^3-(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`;
    expect(key(matchQuantities(typed(text), () => false, IndexFacts.TOP, ample()))).toBe(key(typed(text)));
    const other = `${total}^3-(2\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`;
    expect(key(make(typed(other)))).toBe(key(typed(other)));
    // Every other n only: nothing is said of a letter without a least value.
    expect(key(matchQuantities(typed(text), isNothing, IndexFacts.NONE, ample()))).toBe(key(typed(text)));
  });
});
