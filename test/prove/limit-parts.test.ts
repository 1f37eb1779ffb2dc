/** The parts of a limit n → ∞ by themselves: growth, divisors that do not vanish, zeros, fractions, weights, and how fast. */
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { usualValues, stepsToLimit } from '../../src/prove/limit/settling.ts';
import {
  add,
  constant,
  type Expression,
  expressionKey,
  isZero,
  restrict,
  substituteIndices,
  subtract,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import { ITERATION_INDEX, openIndex, slot, ZERO } from '../../src/expression/core/indices.ts';
import { makeTerm } from '../../src/expression/core/term.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Proof } from '../../src/prove/trace.ts';
import { growthOf } from '../../src/prove/limit/growth.ts';
import { inEveryCase } from '../../src/prove/limit/in-every-case.ts';
import { largeN } from '../../src/prove/limit/large-n.ts';
import { LimitNotebook } from '../../src/prove/limit/limit-notes.ts';
import { limitOfFractions } from '../../src/prove/limit/limit-of-fractions.ts';
import { provablyAbove, provablyNonzero } from '../../src/prove/sign/nonzero.ts';
import { iterationUnderSum } from '../../src/prove/limit/under-the-sum.ts';
import { same } from '../rewrite/exact.ts';
import { weightedSum } from '../../src/prove/limit/toeplitz.ts';
import { zerosOf } from '../../src/prove/limit/zeros-of.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, DECLARATIONS, FACTS, typed } from '../rewrite/typed.ts';

const plain = (expression: Expression): Expression => unfold(expression, ample(), FACTS);
const alike = (left: Expression, right: Expression): boolean => isZero(plain(subtract(left, right)));

describe('the growth of a product', () => {
  const growth = (text: string): string => {
    const [term] = typed(text).terms;
    if (term === undefined) throw new Error('one term was read');
    const found = growthOf(term.factors, FACTS);
    if (found === null) return 'unknown';
    if (found.kind === 'decays') return `decays ${found.symbols.join()} beside ${found.rest.length}`;
    if (found.kind === 'vanishes') return `${found.isFading ? 'fades' : 'vanishes'} beside ${found.rest.length}`;
    return found.kind === 'settles'
      ? `settles at ${expressionKey(found.factor)} ${found.isPlain} beside ${found.rest.length}`
      : found.kind;
  };
  const one = expressionKey(constant(1));
  it.each([
    ['b^n', 'decays b beside 0'],
    ['n^3b^n', 'decays b beside 0'],
    ['a^n b^{2n}', 'decays a,b beside 0'],
    ['w^n', 'decays w beside 0'],
    ['2^{-n}', 'decays  beside 0'],
    ['b^n 2^{-n}\\nabla_jE', 'decays b beside 1'],
    ['\\frac{b^n}{n+1}', 'decays b beside 0'],
    ['b^{-n}', 'grows'],
    ['2^n', 'grows'],
    ['n', 'grows'],
    ['\\frac{n}{n+1}(n+1)^{-q}', 'fades beside 0'],
    ['\\frac{n}{n+1}(n+1)^{-e}', 'unknown'],
    ['n(n+1)^{-m}', 'unknown'],
    ['(n+1)^{q}(n+2)^{-q}', `settles at ${one} false beside 0`],
    ['(2n+1)^{q}(n+2)^{-q}', 'fades beside 1'],
    ['\\frac{n^2}{n+1}', 'grows'],
    ['n^{-1}a^{-n}', 'grows'],
    ['c^n', 'unknown'],
    ['x^n', 'unknown'],
    ['u^n', 'unknown'],
    ['m^n', 'unknown'],
    ['a^n b^{-n}', 'unknown'],
    ['2^n b^n', 'unknown'],
    ['\\frac{1}{n+1}', 'vanishes beside 0'],
    ['\\frac{x}{n-3}', 'vanishes beside 1'],
    ['\\frac{n}{(n+1)^2}', 'vanishes beside 0'],
    ['\\frac{n}{n+1}', `settles at ${one} false beside 0`],
    ['\\frac{x}{1}', `settles at ${one} true beside 1`],
    ['\\frac{n^2}{2n^2+1}', `settles at ${expressionKey(constant(Rational.of(1, 2)))} false beside 0`],
    ['\\frac{\\sqrt{n^2+1}}{n}', `settles at ${one} false beside 0`],
    ['\\frac{n}{n^2+1}', 'vanishes beside 0'],
    ['\\frac{\\sqrt{n(n+3)+3n^2}}{n}', `settles at ${expressionKey(constant(2))} false beside 0`],
    ['\\frac{\\sqrt{n+(n+1)(n+2)+n(n-5)+2n^2}}{n}', `settles at ${expressionKey(constant(2))} false beside 0`],
    ['\\frac{n}{\\sqrt{4n^2-n+1}}', `settles at ${expressionKey(constant(Rational.of(1, 2)))} false beside 0`],
    ['\\frac{\\sqrt{4n^2+1}}{\\sqrt{n^2+2}}', `settles at ${expressionKey(constant(2))} false beside 0`],
    ['\\sqrt{n+1}n^{-1}', 'vanishes beside 0'],
    ['n(n^2+1)^{-1/2}(n+1)^{-1/2}', 'vanishes beside 0'],
    ['n^{3/2}(n^2+1)^{-1/2}', 'grows'],
    ['(1-n)(n+1)^{-1}', `settles at ${expressionKey(constant(-1))} false beside 0`],
    ['(n+b^n)^{-1}', `settles at ${one} true beside 1`],
    ['\\frac{n^3}{n^2+1}', 'grows'],
    ['\\frac{n^2+1}{n}', 'grows'],
    ['t^n', 'decays t beside 0'],
    ['(-1)^nb^n', 'decays b beside 0'],
    ['(-1)^n2^{-n}', 'decays  beside 0'],
    ['(-1)^n', 'unknown'],
    ['\\frac{(-1)^n}{n+1}', 'unknown'],
    // No powers of n + 2: what they are stays beside the limit of the rest.
    ['\\exp(-\\frac{q}{\\log(n+2)})', `settles at ${one} true beside 1`],
    ['\\exp(-q\\log(n+2)^2)', `settles at ${one} true beside 1`],
    ['(n+1)^{-q}', 'fades beside 0'],
    ['\\frac{(n+1)^{-q}}{n}', 'fades beside 0'],
    ['n(n+1)^{-q}', 'unknown'],
    ['(n+1)^{q}', 'unknown'],
    ['(n+1)^{-x}', 'unknown'],
    ['\\nabla_jE_n', `settles at ${one} true beside 1`],
    ['b\\nabla_jE', `settles at ${one} true beside 2`],
    ['\\exp(\\log(n+2)-\\log(n+1))', `settles at ${one} false beside 0`],
    ['\\sqrt{5-n}', 'unknown'],
    ['(5-n)^2', 'grows'],
    ['\\frac{1}{5-n}', 'vanishes beside 0'],
    // (n+1)^{1−j}, which is 1 for j = 1.
    ['\\exp(-\\sum_{i=1}^{j-1}\\log(n+1))', `settles at ${one} true beside 1`],
  ])('of %s: it %s', (text, wanted) => {
    expect(growth(text)).toBe(wanted);
  });
});

describe('what does not vanish', () => {
  const nonzero = (text: string): boolean => provablyNonzero(typed(text), FACTS, ample());
  it.each([
    '3',
    '-\\frac{1}{2}',
    'b',
    'b^n',
    '1-b',
    'b-1',
    'v',
    '(1-b)^3',
    '\\frac{1}{1-b}',
    '2-u',
    'm-1',
    '1-a b',
    '1-b^{n+1}',
    'a^2b(1-b)',
    '\\exp(x)',
    '\\cosh(x)',
    '\\exp(x)b',
    'x^2+1',
    'x^2+a',
    '(\\nabla_jE)^2+q',
    '\\sqrt{(\\nabla_jE)^2+q}',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2+q',
    '\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q}',
    'x^2b-x^2+\\frac{x^2}{b}+q',
    'n+1',
    '-1-q',
    // A cube beside a square is known to be positive by its terms, or by the values of its letters.
    '(\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q})^3(\\nabla_jE)^2+q',
    '(2-u)^3(\\nabla_jE)^2+\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q}',
  ])('%s', text => expect(nonzero(text)).toBe(true));
  it.each([
    '0',
    'x',
    'e',
    'w',
    'a-b',
    '1-c',
    '1-u',
    '1-2a',
    'm-2',
    'v+1',
    'n',
    '1-b^n',
    'x^2',
    'x^2+e',
    'b x',
    'x b-x a',
    '(\\nabla_jE)^2',
    '(\\nabla_jE)^2+e',
    '\\nabla_jE',
    '\\sinh(x)',
    '\\tanh(x)',
    '\\log(q)',
    '\\phi(x)',
    '\\sum_{k=1}^{n}b^k',
    '\\sum_{i=1}^{p}(\\nabla_iE)^2',
    '\\sum_{i=1}^{j-1}\\sqrt{(\\nabla_iE)^2+q}',
    '\\sum_{k=0}^{n}(\\nabla_jE_k)^2+x',
    'x^3+q',
    '(u-1)^3(\\nabla_jE)^2+\\sum_{i=1}^{p}\\sqrt{(\\nabla_iE)^2+q}',
    '(\\nabla_jE)^2-q',
  ])('%s may', text => expect(nonzero(text)).toBe(false));
  it('takes single factors on trust where that is said', () => {
    const trusted = (text: string): boolean =>
      provablyNonzero(typed(text), FACTS, ample(), ({ factor }) => factor.kind === 'loss');
    expect(trusted('\\nabla_jE')).toBe(true);
    expect(trusted('b(\\nabla_jE)^2')).toBe(true);
    expect(trusted('2^n\\nabla_jE')).toBe(true);
    expect(trusted('(\\nabla_jE)^2+e')).toBe(true);
    expect(trusted('(\\nabla_jE)^2-b(\\nabla_jE)^2')).toBe(true);
    expect(trusted('\\sum_{i=1}^{p}(\\nabla_iE)^2')).toBe(true);
    expect(trusted('\\sum_{i=1}^{j-1}(\\nabla_iE)^2')).toBe(false);
    // Components that do not vanish may cancel.
    expect(trusted('\\sum_{i=1}^{p}\\nabla_iE')).toBe(false);
    expect(trusted('q\\sum_{i=1}^{p}\\nabla_iE+\\sum_{i=1}^{p}\\nabla_iE')).toBe(false);
    expect(trusted('q\\nabla_jE+\\nabla_jE')).toBe(true);
    expect(trusted('\\sqrt{x^2+y^2}+(\\nabla_jE)^2')).toBe(true);
    expect(trusted('(x^2+q)^3+(\\nabla_jE)^2')).toBe(true);
    expect(trusted('(x-y)^3+(\\nabla_jE)^2')).toBe(false);
    expect(trusted('x^2b+(\\nabla_jE)^2e')).toBe(false);
    expect(trusted('x+(\\nabla_jE)^2')).toBe(false);
    expect(trusted('x b^n+(\\nabla_jE)^2')).toBe(false);
    expect(trusted('(\\nabla_jE)^2-x^2')).toBe(false);
    expect(trusted('2^n x^2+(\\nabla_jE)^2')).toBe(true);
    expect(trusted('\\nabla_jE+e')).toBe(false);
    expect(trusted('\\nabla_jE-\\nabla_jE_n')).toBe(false);
    expect(trusted('x\\nabla_jE')).toBe(false);
  });
  it('does so under no condition on n', () => {
    const late = restrict(typed('b'), [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }]);
    expect(provablyNonzero(late, FACTS, ample())).toBe(false);
  });
  it('spends a bounded part of the budget', () => {
    const budget = ample();
    expect(provablyAbove(typed('1-b'), FACTS, budget)).toBe(true);
    expect(provablyAbove(typed('b-1'), FACTS, budget)).toBe(false);
    expect(budget.spent).toBeGreaterThan(0);
    const before = budget.spent;
    provablyAbove(typed('(1-a)^9(1-b)^9(x+y)^9-(a-b)^{20}'), FACTS, budget);
    expect(budget.spent - before).toBeLessThanOrEqual(2000);
  });
});

describe('zeros of a divisor', () => {
  const zeros = (text: string): string[] | null => {
    const found = zerosOf(typed(text), FACTS);
    return (
      found?.map(({ symbol, by }) => {
        const name = ['a', 'b', 'd', 'c', 'w', 'e', 'x', 'y', '0', '1', '-1', '2', 'a^2', 'b^2'].find(text_ =>
          alike(by, typed(text_)),
        );
        return `${symbol} = ${name ?? '?'}`;
      }) ?? null
    );
  };
  it.each([
    ['1-b', []],
    ['b', []],
    ['x', ['x = 0']],
    ['\\sqrt{2}x', ['x = 0']],
    ['x^2', ['x = 0']],
    ['e', ['e = 0']],
    ['w b', ['w = 0']],
    ['\\frac{1}{x}', []],
    ['1-c', ['c = 1']],
    ['(1-c)^2', ['c = 1']],
    ['1-w', []],
    ['1-e', ['e = 1']],
    ['1-x^2', ['x = 1', 'x = -1']],
    ['1-e^2', ['e = 1']],
    ['v+1', ['v = -1']],
    ['a-b', ['a = b']],
    ['a^2-b^2', ['a = b']],
    ['(a-b)^2(1-b)', ['a = b']],
    ['a-b^2', ['a = b^2']],
    ['x+y', ['x = ?']],
    ['x y', ['x = 0', 'y = 0']],
    ['x-2', ['x = 2']],
    ['\\frac{1}{x}-a', ['x = ?']],
    ['\\frac{a}{b}-1', ['a = b']],
    ['\\frac{a}{b^2}-\\frac{1}{b}', ['a = b']],
    ['3x-6', ['x = 2']],
    ['x^2+2x+1', ['x = -1']],
    ['x^3-1', ['x = 1']],
    ['x^3+x^2+x b+b', ['x = -1']],
    ['u-2', []],
    ['m-a', []],
    ['x-a b', ['a = ?']],
    ['a-e', ['a = e']],
    ['\\frac{a-b}{1-a}', ['a = b']],
    ['x^3-a-x y^2', ['a = ?']],
    ['(a-b)(b-d)', ['a = b', 'b = d']],
  ] as const)('%s: %j', (text, wanted) => expect(zeros(text)).toEqual(wanted));
  it.each([
    '\\tanh(x)-a',
    '\\nabla_jE',
    '\\nabla_jE-a',
    'x^2-y-a^2+y^2a',
    'b^n-a^n',
    '1-b^n',
    '\\frac{1}{1-a}-\\frac{1}{1-b}',
    'b^n(1-c)x^n',
    '\\sqrt{x}-a',
    '\\sum_{k=1}^{n}x^k',
    '\\sum_{i=1}^{p}x',
    '\\sum_{i=1}^{j-1}x',
    '\\sum_{i=1}^{j-1}x+y',
    'x-\\sum_{i=1}^{j-1}a',
    '\\sum_{k=0}^{n-3}x+\\sum_{i=1}^{j-1}y',
  ])('%s: not found', text => expect(zeros(text)).toBe(null));
  it('are not found of what is there for some n only', () => {
    expect(zerosOf(restrict(typed('x+y'), [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }]), FACTS)).toBe(null);
  });
  it('compares no domain with that of a power', () => {
    for (const [text, by] of [
      ['b m-1', 'm^{-1}'],
      ['q-v^2', 'v^2'],
    ] as const) {
      const found = zerosOf(typed(text), FACTS) ?? [];
      expect(found).toHaveLength(1);
      expect(alike(found[0]?.by ?? typed('0'), typed(by))).toBe(true);
    }
  });
  it('says what then holds of the other symbol', () => {
    const [zero] = zerosOf(typed('a-e'), FACTS) ?? [];
    const { lowerOpen, upper } = zero?.assumptions.domain('e') ?? {};
    expect([lowerOpen, upper?.toString()]).toEqual([true, '1']);
    expect(zero?.assumptions.domain('b')?.upper?.toString()).toBe('1');
  });
});

describe('cases of a limit', () => {
  const run = (sides: readonly string[], divisors: (sides: readonly Expression[]) => readonly Expression[]) =>
    attempt(() =>
      inEveryCase(sides.map(typed), FACTS, ample(), given => ({
        result: given.map(expressionKey).join(' ; '),
        divisors: divisors(given),
      })).map(({ where, result }) => `${result}${where}`),
    );
  it('are all put in, once each', () => {
    const key = (text: string): string => expressionKey(typed(text));
    const found = run(['x+y+1', 'x y'], ([first = ZERO_EXPRESSION]) =>
      ['x', 'y'].filter(name => !isZero(subtract(first, first)) || containsSymbol(first, name)).map(typed),
    );
    expect(found.ok && found.value).toEqual([
      `${key('x+y+1')} ; ${key('x y')}`,
      `${key('y+1')} ; ${key('0')}, where x = 0`,
      `${key('1')} ; ${key('0')}, where x = 0 and y = 0`,
      `${key('x+1')} ; ${key('0')}, where y = 0`,
    ]);
  });
  it('are named by numbers, symbols and powers', () => {
    const names = (divisor: string): string[] => {
      const found = run(['x y a b e q'], given =>
        isZero(subtract(given[0] ?? ZERO_EXPRESSION, typed('x y a b e q'))) ? [typed(divisor)] : [],
      );
      return found.ok ? found.value.slice(1).map(text => text.replace(/^.*where /, '')) : [];
    };
    expect(names('a-b')).toEqual(['a = b']);
    expect(names('a-b^2')).toEqual(['a = b^{2}']);
    expect(names('x-2')).toEqual(['x = 2']);
    expect(names('x-2a')).toEqual(['a = 1/2x']);
    // a = q/(1 + b) is none of them.
    const quotient = expressionKey(typed('\\frac{q}{1+b}'));
    expect(names('a(1+b)-q')).toEqual([`a = ${quotient}`]);
    expect(names('a-x-y-1')).toEqual([`a = ${expressionKey(typed('x+y+1'))}`]);
  });
  it('leave out where a side has no value, and refuse where zeros are unknown', () => {
    const first = run(['\\frac{1}{x}'], () => [typed('x')]);
    expect(first.ok && first.value).toHaveLength(1);
    expect(run(['x'], () => [typed('\\tanh(x)-a')]).ok).toBe(false);
  });
  it('refuse where the normal form has no word for a side', () => {
    // 0^n is 1 at n = 0 alone.
    for (const side of ['w^n', 'w^{n+1}', '\\sum_{k=0}^{n}w^k\\eta_k'])
      expect(run([side], () => [typed('w')]).ok, side).toBe(false);
  });
  it('say nothing where the statement does not', () => {
    const seen: string[] = [];
    const cases = inEveryCase([typed('x')], FACTS, ample(), ([own = ZERO_EXPRESSION]) => {
      seen.push(expressionKey(own));
      return isZero(own) ? null : { result: 1, divisors: [typed('x')] };
    });
    expect(cases).toEqual([{ where: '', result: 1 }]);
    expect(seen).toHaveLength(2);
  });
  it('are not endless', () => {
    const names = ['x', 'y', 'e', 'f', 'w'];
    expect(
      run(['x+y+e+f+w'], ([own = ZERO_EXPRESSION]) => names.filter(each => containsSymbol(own, each)).map(typed)).ok,
    ).toBe(false);
    const two = run(['x+y+e'], ([own = ZERO_EXPRESSION]) =>
      ['x', 'y', 'e'].filter(each => containsSymbol(own, each)).map(typed),
    );
    expect(two.ok && two.value).toHaveLength(8);
  });
});

function containsSymbol({ terms }: Expression, name: string): boolean {
  return terms.some(({ factors }) => factors.some(({ factor }) => factor.kind === 'symbol' && factor.name === name));
}

describe('fractions at large n', () => {
  const limit = (text: string): { value: Expression; notebook: LimitNotebook } | null => {
    const notebook = new LimitNotebook();
    const value = limitOfFractions(typed(text), FACTS, ample(), notebook);
    return value === null ? null : { value, notebook };
  };
  it.each([
    ['\\frac{1-b^{n+1}}{1-b}', '\\frac{1}{1-b}'],
    ['n b^n', '0'],
    ['\\frac{1}{1-b^{n+1}}', '1'],
    ['\\frac{a+b^n}{1-a-b^n n}', '\\frac{a}{1-a}'],
    ['\\sum_{k=0}^{n}b^{n-k}', '\\frac{1}{1-b}'],
    ['\\sum_{k=0}^{n}k b^k', '\\frac{b}{(1-b)^2}'],
    ['(\\nabla_jE)^2\\sum_{k=0}^{n}b^k', '\\frac{(\\nabla_jE)^2}{1-b}'],
    ['\\sum_{i=1}^{p}\\nabla_iE\\sum_{k=0}^{n}b^k', '\\sum_{i=1}^{p}\\frac{\\nabla_iE}{1-b}'],
    ['\\sum_{k=0}^{n}a^{n-k}b^k', '0'],
    ['x', 'x'],
    ['\\frac{n}{n+1}', '1'],
    ['\\frac{q n}{q n+1}+\\frac{n b^n}{n+1}', '1'],
    ['\\frac{q n+1}{n^2+b^n}', '0'],
  ])('%s → %s', (text, wanted) => {
    const found = limit(text);
    const difference = subtract(found?.value ?? typed('17'), typed(wanted));
    expect(isZero(largeDifference(difference))).toBe(true);
  });
  it.each([
    'n',
    '\\frac{n^2}{n+1}',
    '\\frac{n}{q+b^n}',
    'b^{-n}',
    'a^n b^{-n}',
    '\\frac{b^n}{a^n}',
    'c^n',
    'x^n',
    '\\nabla_jE_n',
    '\\frac{1}{b^n}',
    '\\frac{1}{b^n-a^n}',
    '\\sum_{k=0}^{n}\\nabla_jE_k',
    '\\sum_{k=0}^{n}b^k\\nabla_jE_k',
    '\\sum_{k=0}^{n}c^k',
  ])('%s is left to others', text => expect(limit(text)).toBe(null));
  it('shows that sums were carried out first', () => {
    const { proofs } = limit('\\sum_{k=0}^{n}b^k')?.notebook.notes ?? { proofs: [] };
    const steps = proofs.flatMap(proof => proof.steps);
    expect(steps.map(({ rule }) => rule)).toContain('sums carried out');
    expect(steps[0]?.before).toEqual(typed('\\sum_{k=0}^{n}b^k'));
    expect(steps[0]?.after.terms.every(({ sorts }) => sorts.length === 0)).toBe(true);
  });
  it('notes what was divided by, rates and theorems', () => {
    const { notes } = limit('\\frac{1-a^{n+1}}{x-b^n}')?.notebook ?? new LimitNotebook();
    expect([...notes.divisors.values()].map(expressionKey)).toEqual([expressionKey(typed('-x'))]);
    expect([...notes.rates].sort()).toEqual(['a', 'b']);
    expect(notes.theorems.size).toBe(2);
    expect(limit('\\frac{1}{1-b-b^n}')?.notebook.notes.divisors.size).toBe(0);
    expect(limit('\\frac{1}{x}')?.notebook.notes.divisors.size).toBe(1);
    expect(limit('\\frac{1}{\\nabla_jE}')?.notebook.notes.divisors.size).toBe(0);
    expect(limit('\\frac{1}{q}')?.notebook.notes.divisors.size).toBe(0);
  });
  it('has no condition on n left', () => {
    const from = (bound: number) => [{ left: ZERO, right: ITERATION_INDEX, bound: -bound }];
    const notebook = new LimitNotebook();
    const late = limitOfFractions(restrict(typed('a'), from(5)), FACTS, ample(), notebook);
    expect(expressionKey(late ?? ZERO_EXPRESSION)).toBe(expressionKey(typed('a')));
    const early = limitOfFractions(
      restrict(typed('a'), [{ left: ITERATION_INDEX, right: ZERO, bound: 5 }]),
      FACTS,
      ample(),
      notebook,
    );
    expect(early === null || isZero(early)).toBe(true);
    expect(early).not.toBe(null);
  });
  it('leaves conditions that compare n with a letter to others, and keeps those on the letter', () => {
    const [own, other] = [openIndex('history'), openIndex('history')];
    const where = (...constraints: readonly Constraint[]): Expression | null =>
      limitOfFractions(restrict(typed('a+b^n'), constraints), FACTS, ample(), new LimitNotebook());
    const atLeast = (least: number): Constraint => ({ left: ZERO, right: own, bound: -least });
    expect(where({ left: own, right: ITERATION_INDEX, bound: 0 })).toBe(null);
    expect(where({ left: ITERATION_INDEX, right: own, bound: 0 })).toBe(null);
    const both = where(atLeast(2), { left: own, right: other, bound: 0 });
    const wanted = restrict(typed('a'), [atLeast(2), { left: own, right: other, bound: 0 }]);
    expect(both && expressionKey(both)).toBe(expressionKey(wanted));
  });
  it('leaves a group with n to others, beside any fraction', () => {
    for (const text of [
      '\\frac{\\nabla_jE_n}{1-b^n}',
      '\\frac{\\nabla_jE}{1-b^n}+\\eta_n',
      '\\frac{\\theta_j\\tanh(b^n)}{1-b}',
    ])
      expect(limit(text), text).toBe(null);
    expect(limit('\\frac{\\nabla_jE}{1-b^n}')?.value).toBeDefined();
  });
  it('notes roots below the line, but no gradient', () => {
    const count = (text: string): number | undefined => limit(text)?.notebook.notes.divisors.size;
    expect(count('\\frac{1}{\\sqrt{x^2+e}}')).toBe(1);
    expect(count('\\frac{1}{\\sqrt{x^2+q}}')).toBe(0);
    expect(count('\\frac{1}{\\sqrt{(\\nabla_jE)^2+e}}')).toBe(0);
    expect(count('\\frac{x}{b}')).toBe(0);
    expect(count('\\frac{b^n}{(x-b^n)^2}')).toBe(1);
  });
});

/** A difference of fractions over one denominator. */
function largeDifference(difference: Expression): Expression {
  return largeN(difference, FACTS, ample()).value.terms.length === 0 ? ZERO_EXPRESSION : plain(difference);
}

describe('weights and quantities', () => {
  const parts = (text: string) => {
    const [term] = typed(text).terms;
    if (term === undefined) throw new Error('one term was read');
    return weightedSum(term, FACTS);
  };
  it.each([
    ['\\sum_{k=0}^{n}b^{n-k}\\tanh(k+1)', 1, 0],
    ['x\\sum_{k=0}^{n}b^{n-k}\\tanh(k+1)', 1, 1],
    ['\\sum_{k=2}^{n}b^{n-k}(n-k)\\tanh(k+1)', 1, 2 - 2],
    ['\\sum_{k=3}^{n}(k-3)b^{n-k}\\exp(k)', 1, 0],
    ['\\sum_{k=0}^{n}(k-n)b^{n-k}\\exp(k)', 1, 0],
    ['\\sum_{k=0}^{n}(k-4)^2b^{n-k}\\exp(k)', 1, 0],
    ['\\sum_{k=0}^{n}2^{k-n}\\exp(2k+1)', 1, 0],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k}b^{n-k}a^{k-l}\\exp(k)\\exp(l)', 2, 0],
    ['\\sum_{k=0}^{n}b^{n-k}\\tanh(n)\\tanh(k)', 1, 1],
  ])('%s', (text, inner, outer) => {
    const found = parts(text);
    expect([found?.inner.length, found?.outer.length]).toEqual([inner, outer]);
    expect(found?.times.length).toBe(inner);
  });
  it.each([
    '\\sum_{k=0}^{n}x^{n-k}\\exp(k)',
    '\\sum_{k=0}^{n}v^{n-k}\\exp(k)',
    '\\sum_{k=0}^{n}(k-4)b^{n-k}\\exp(k)',
    '\\sum_{k=0}^{n}(n-k-1)b^{n-k}\\exp(k)',
    '\\sum_{k=0}^{n}b^{n-k}\\exp(n-k)',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k}b^{n-k}\\exp(k-l)',
    '\\sum_{k=0}^{n}b^{n-k}\\exp(k-n)',
    '\\sum_{k=0}^{n}b^{n-k}\\exp(k+n)',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}b^{n-k}\\exp(k+l)',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{n}b^{n-k}\\exp(l-k)',
    '\\exp(n)',
    'b^n',
  ])('%s is none', text => expect(parts(text)).toBe(null));
  it('may begin at a letter', () => {
    const letter = openIndex('history');
    const [term] = substituteIndices(
      typed('\\sum_{k=n}^{9}b^k\\exp(k)'),
      new Map([[ITERATION_INDEX, variableForm(letter)]]),
    ).terms;
    expect(term === undefined ? null : weightedSum(term, FACTS)?.inner).toBe(undefined);
    const [sum] = typed('\\sum_{k=0}^{n}b^{n-k}\\exp(k)').terms;
    const from: Constraint = { left: letter, right: 0, bound: 0 };
    const later = sum === undefined ? null : makeTerm({ ...sum, constraints: [...sum.constraints, from] });
    expect(later === null ? null : weightedSum(later, FACTS)?.inner).toHaveLength(1);
  });
  it('knows from where its times run', () => {
    expect(parts('\\sum_{k=3}^{n}b^{n-k}\\exp(k)')?.inner.map(({ from }) => from)).toEqual([3]);
    const shifted = parts('\\sum_{k=3}^{n}b^{n-k}\\exp(k)(k-3)');
    expect(shifted?.inner).toHaveLength(1);
  });
  it('sums its weights, and their sizes', () => {
    const found = parts('\\sum_{k=0}^{n}(k-n)b^{n-k}\\exp(k)');
    const sum = typed('\\sum_{k=0}^{n}(k-n)b^{n-k}');
    expect(expressionKey(found?.weights ?? ZERO_EXPRESSION)).toBe(expressionKey(sum));
    expect(isZero(add(found?.sizes ?? ZERO_EXPRESSION, sum))).toBe(true);
    const [time = 0] = found?.times ?? [];
    expect(found?.sizesAt(time).terms.every(({ sorts }) => sorts.length === 0)).toBe(true);
    const overAll = parts('\\sum_{i=1}^{p}\\sum_{k=0}^{n}b^{n-k}\\exp(k)\\nabla_iE');
    expect(overAll?.outer).toHaveLength(1);
  });
});

describe('limits by several ways', () => {
  const tends = (text: string, wanted: string): boolean | null => {
    const found = attempt(() => largeN(typed(text), FACTS, ample()).value);
    return found.ok ? isZero(plain(subtract(found.value, typed(wanted)))) : null;
  };
  it.each([
    ['x', 'x'],
    ['b^n\\tanh(b^n)', '0'],
    ['\\tanh(b^n+x)', '\\tanh(x)'],
    ['\\frac{n+1}{n+2}x', 'x'],
    ['\\frac{n^2}{n+1}-n', '-1'],
    ['\\sqrt{q+b^n}', '\\sqrt{q}'],
    ['\\frac{1}{q+b^n}', '\\frac{1}{q}'],
    ['\\log(q+b^n)', '\\log(q)'],
    ['\\operatorname{sign}(q+b^n)', '1'],
    ['\\operatorname{sign}(b^n)', '1'],
    ['\\sum_{i=1}^{p}(\\nabla_iE)^2(1-b^n)', '\\sum_{i=1}^{p}(\\nabla_iE)^2'],
    ['\\sum_{k=0}^{n}b^{n-k}\\tanh(b^k)', '0'],
    ['\\frac{1}{n+1}\\sum_{k=0}^{n}\\tanh(x+a^k)', '\\tanh(x)'],
    ['(\\sum_{k=0}^{n}(1-b)b^{n-k})^2', '1'],
  ])('%s → %s', (text, wanted) => expect(tends(text, wanted)).toBe(true));
  it.each([
    'n',
    'c^n',
    'x^n',
    '\\nabla_jE_n',
    '\\tanh(n)',
    '\\frac{1}{b^n}',
    '\\log(b^n)',
    '\\log(e+b^n)',
    '\\frac{a^n}{b^n}',
    '\\sum_{k=0}^{n}\\exp(a^k)',
    '\\sum_{k=0}^{n}b^k\\exp(a^k)',
    '\\sum_{k=0}^{n}\\nabla_jE_k',
  ])('%s has none that is shown', text => expect(tends(text, '0')).toBe(null));
  it('show nothing of what does not move', () => {
    const starts = ({ start, steps }: Proof): Expression[] => [
      start,
      ...steps.flatMap(step => step.lemmas.flatMap(starts)),
    ];
    for (const text of ['x\\tanh(b^n)', 'x\\nabla_jE', '\\tanh(b^n+y)y+x']) {
      const all = largeN(typed(text), FACTS, ample()).proofs.flatMap(starts);
      expect(all.map(expressionKey), text).not.toContain(expressionKey(constant(1)));
    }
  });
  it('takes work', () => {
    const budget = ample();
    expect(isZero(largeN(typed('x^7b^n+a^nb^n'), FACTS, budget).value)).toBe(true);
    expect(budget.spent).toBeGreaterThan(0);
  });
  it('notes rates, theorems and what is slow', () => {
    const notes = (text: string) => {
      const { rates, isSlow, theorems, divisors } = largeN(typed(text), FACTS, ample());
      return { rates: rates.join(), isSlow, theorems: theorems.length, divisors: divisors.length };
    };
    expect(notes('x')).toEqual({ rates: '', isSlow: false, theorems: 0, divisors: 0 });
    expect(notes('b^n')).toEqual({ rates: 'b', isSlow: false, theorems: 1, divisors: 0 });
    expect(notes('a^n+b^n')).toEqual({ rates: 'a,b', isSlow: false, theorems: 2, divisors: 0 });
    expect(notes('a^n+\\frac{1}{n+1}')).toEqual({ rates: '', isSlow: true, theorems: 3, divisors: 0 });
    expect(notes('\\frac{n}{n+1}x')).toEqual({ rates: '', isSlow: true, theorems: 1, divisors: 0 });
    expect(notes('\\sqrt{e+b^n}').isSlow).toBe(true);
    expect(notes('\\sqrt{q+b^n}').isSlow).toBe(false);
    expect(notes('\\frac{1}{x+b^n}').divisors).toBe(1);
    expect(notes('\\frac{1}{q+b^n}').divisors).toBe(0);
    expect(notes('\\frac{1}{a-d}b^n+\\frac{1}{a-d}').divisors).toBe(1);
    expect(notes('\\frac{1}{\\nabla_jE}').divisors).toBe(0);
    expect(notes('\\operatorname{sign}(x+b^n)').divisors).toBe(1);
  });
});

describe('notes', () => {
  it('of an attempt are apart from those before it', () => {
    const notebook = new LimitNotebook();
    notebook.rate('a');
    notebook.divisor(typed('x'));
    notebook.theorem('n^a r^n → 0 for |r| < 1');
    const inner = notebook.during(() => {
      notebook.rate('b');
      notebook.slow();
      return 1;
    });
    expect([...inner.notes.rates]).toEqual(['b']);
    expect([inner.notes.isSlow, inner.notes.divisors.size, inner.notes.theorems.size]).toEqual([true, 0, 0]);
    expect([...notebook.notes.rates]).toEqual(['a']);
    expect([notebook.notes.isSlow, notebook.notes.divisors.size, notebook.notes.theorems.size]).toEqual([false, 1, 1]);
    expect(() =>
      notebook.during(() => {
        notebook.rate('d');
        throw new Error('a failed attempt');
      }),
    ).toThrow();
    expect([...notebook.notes.rates]).toEqual(['a']);
    notebook.adopt(inner.notes);
    expect([...notebook.notes.rates].sort()).toEqual(['a', 'b']);
    expect(notebook.notes.isSlow).toBe(true);
    notebook.adopt({
      theorems: new Set(),
      rates: new Set(),
      isSlow: false,
      divisors: new Map([['k', typed('y')]]),
      proofs: [],
    });
    expect([notebook.notes.isSlow, notebook.notes.divisors.size]).toEqual([true, 2]);
  });
});

describe('what is shown of a limit', () => {
  const [a, b, x, y, q] = ['a', 'b', 'x', 'y', 'q'].map(typed) as [
    Expression,
    Expression,
    Expression,
    Expression,
    Expression,
  ];
  it('is one proof, with what was shown on the way as lemmas and parts', () => {
    const notebook = new LimitNotebook();
    const found = notebook.show(a, () => {
      notebook.show(x, () => ({ rule: 'inner', after: y }));
      notebook.rate('b');
      return {
        rule: 'outer',
        after: b,
        equal: [
          { rule: 'none', value: a },
          { rule: 'one', value: q },
        ],
      };
    });
    expect(found).toBe(b);
    const { proofs, rates } = notebook.notes;
    expect([...rates]).toEqual(['b']);
    expect(proofs).toHaveLength(1);
    const [proof] = proofs;
    expect([proof?.goal, proof?.start]).toEqual(['limit', a]);
    // A step that changes nothing is none.
    expect(proof?.steps.map(({ rule, before, after }) => [rule, before, after])).toEqual([
      ['one', a, q],
      ['outer', q, b],
    ]);
    const [first, last] = proof?.steps ?? [];
    expect([first?.relation, first?.lemmas]).toEqual([{ kind: 'equal' }, []]);
    expect(last?.relation).toEqual({ kind: 'limit', parts: [{ before: x, after: y }] });
    expect(last?.lemmas.map(({ start }) => start)).toEqual([x]);
  });
  it('has no parts of what stands inside a definition, and its own relation where one is given', () => {
    const notebook = new LimitNotebook();
    const inside = substituteIndices(typed('\\eta_n'), new Map([[ITERATION_INDEX, variableForm(slot(0, 'history'))]]));
    notebook.show(a, () => {
      notebook.show(inside, () => ({ rule: 'inner', after: y }));
      return { rule: 'outer', after: b };
    });
    notebook.show(x, () => ({ rule: 'growth', after: y, relation: { kind: 'growth' } }));
    const [outer, grown] = notebook.notes.proofs.map(({ steps }) => steps.at(-1));
    expect(outer?.relation).toEqual({ kind: 'limit', parts: [] });
    expect(outer?.lemmas).toHaveLength(1);
    expect(grown?.relation).toEqual({ kind: 'growth' });
  });
  it('is nothing where none was found', () => {
    const notebook = new LimitNotebook();
    expect(
      notebook.show(a, () => {
        notebook.rate('b');
        return null;
      }),
    ).toBe(null);
    expect([notebook.notes.proofs.length, notebook.notes.rates.size]).toEqual([0, 0]);
  });
});

describe('n under a sum', () => {
  const taken = (text: string): Expression | null => {
    const [term] = typed(text).terms;
    if (term === undefined) throw new Error('one term was read');
    return iterationUnderSum(term);
  };
  /** The forms of the factors that are indices. */
  const forms = (value: Expression | null): string[] =>
    (value?.terms ?? []).flatMap(({ factors }) =>
      factors.flatMap(({ factor }) =>
        factor.kind === 'index' ? [`${factor.index.terms.length}:${factor.index.constant}`] : [],
      ),
    );
  it.each([
    '\\sum_{k=0}^{n}\\frac{(n+1)\\eta_k}{k+1}',
    '\\sum_{k=0}^{n-2}\\frac{(2n+3)\\eta_k}{(k+1)^2}',
    '\\sum_{k=0}^{n+1}\\frac{n^2x}{k+3}',
    '\\sum_{k=0}^{\\min(n,5)}\\frac{(n+1)\\eta_k}{k+1}',
    '\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}\\frac{(n+1)\\eta_k}{l+1}',
  ])('%s keeps its values', text => {
    const after = same(value => taken(text) ?? value, text);
    expect(expressionKey(after)).not.toBe(expressionKey(typed(text)));
  });
  it('is written by how far the index is from n at its last', () => {
    // (n − k)/(k + 1) + 1, and with min(n, 5) the same.
    expect(forms(taken('\\sum_{k=0}^{n}\\frac{n+1}{k+1}\\eta_k'))).toEqual(expect.arrayContaining(['2:0']));
    expect(forms(taken('\\sum_{k=0}^{\\min(n,5)}\\frac{n+1}{k+1}\\eta_k'))).toEqual(expect.arrayContaining(['2:0']));
    expect(forms(taken('\\sum_{k=0}^{n-2}\\frac{n+1}{k+1}\\eta_k'))).toEqual(expect.arrayContaining(['2:-2']));
    expect(forms(taken('\\sum_{k=3}^{n-2}\\frac{n+1}{k+1}\\eta_k'))).toEqual(expect.arrayContaining(['2:-2']));
  });
  it.each([
    '\\sum_{k=0}^{5}\\frac{(n+1)\\eta_k}{k+1}',
    '\\sum_{k=0}^{n}\\frac{\\eta_k}{k+1}',
    '\\sum_{k=0}^{n}(n+1)\\eta_k',
    '\\sum_{k=0}^{n}\\frac{\\eta_k}{(n+1)(k+1)}',
    '\\sum_{k=0}^{n}\\frac{(n+1)\\eta_k}{2k+1}',
    '\\sum_{k=0}^{n}\\frac{(n+1)\\eta_k}{n-k+1}',
    '\\sum_{k=0}^{n}\\frac{(k+1)\\eta_k}{k+2}',
    '\\sum_{k=0}^{n}\\frac{p\\eta_k}{k+2}',
    '\\frac{n+1}{p}',
  ])('%s is none', text => {
    expect(taken(text)).toBe(null);
  });
});

describe('steps to a limit', () => {
  const steps = (value: string, limit: string, at: Record<string, number>): number | null =>
    stepsToLimit([{ value: typed(value), limit: typed(limit) }], new Map(Object.entries(at)), FACTS).steps;
  it('are those after which 5 % are left', () => {
    // 0.9^{n+1} ≤ 0.05 from n = 28 on.
    expect(steps('1-b^{n+1}', '1', { b: 0.9 })).toBe(28);
    expect(steps('\\sum_{k=0}^{n}(1-b)b^k', '1', { b: 0.9 })).toBe(28);
    expect(steps('1', '1', {})).toBe(0);
    expect(steps('0', '0', {})).toBe(0);
    // 5 % of 0 is no distance: what tends to it was counted until it was too small for a double.
    expect(steps('b^n', '0', { b: 0.9 })).toBe(null);
    // Far at n = 0 alone, at n = 0 and 1, and up to n = 2.
    expect(steps('1-b^n', '1', { b: 0.01 })).toBe(1);
    expect(steps('1-b^n', '1', { b: 0.1 })).toBe(2);
    expect(steps('1-b^n', '1', { b: 0.3 })).toBe(3);
    const many = steps('1-b^{n+1}', '1', { b: 0.999 }) ?? 0;
    expect(Math.abs(many - 2993)).toBeLessThan(60);
    expect(steps('\\sum_{k=0}^{n}(1-b)b^{n-k}\\tanh(b^k+1)', '\\tanh(1)', { b: 0.5 })).toBeLessThan(20);
  });
  it('are not found where there is no value', () => {
    // The term k = l of the sum is divided by zero.
    expect(steps('\\sum_{k=0}^{n}\\sum_{l=0}^{k}\\frac{b^k}{\\sqrt{1-b^{k-l}}}', '1', { b: 0.5 })).toBe(null);
  });
  it('are not found where the limit is not reached', () => {
    expect(steps('2', '1', {})).toBe(null);
    expect(steps('n', '1', {})).toBe(null);
    expect(steps('1+b^n', '\\frac{1}{x-x^2}', { b: 0.5, x: 1 })).toBe(null);
  });
  it('are the most that any coefficient takes', () => {
    const both = [
      { value: typed('1-b^{n+1}'), limit: typed('1') },
      { value: typed('1'), limit: typed('1') },
    ];
    expect(stepsToLimit(both, new Map([['b', 0.9]]), FACTS).steps).toBe(28);
    const none = [...both, { value: typed('2'), limit: typed('1') }];
    expect(stepsToLimit(none, new Map([['b', 0.9]]), FACTS).steps).toBe(null);
  });
  it('are counted at usual values', () => {
    const values = usualValues(DECLARATIONS, new Map([['a', 0.25]]));
    expect([values.get('a'), values.get('b'), values.get('q'), values.get('x')]).toEqual([0.25, 0.5, 1, 1]);
    const named = (name: string): number | undefined =>
      usualValues([{ ...(DECLARATIONS[0] ?? { kind: 'schedule', span: null }), name }]).get(name);
    expect([named('\\rho'), named('\\beta'), named('\\beta_2'), named('\\beta_1'), named('\\varepsilon')]).toEqual([
      0.999, 0.9, 0.999, 0.9, 1e-8,
    ]);
    const within = (lower: Rational, upper: Rational): number | undefined =>
      usualValues([
        { kind: 'scalar', name: '\\beta', domain: { lower, lowerOpen: false, upper, upperOpen: false }, span: null },
      ]).get('\\beta');
    expect(within(Rational.of(9, 10), Rational.one)).toBe(0.9);
    expect(within(Rational.zero, Rational.of(9, 10))).toBe(0.9);
    expect(within(Rational.zero, Rational.of(1, 2))).toBe(0.25);
    expect(within(Rational.of(2), Rational.of(4))).toBe(3);
    expect(named('\\lambda')).toBe(0.01);
    expect(named('\\sigma')).toBe(0.5);
  });
});
