/** Signs: what is shown at every point of the domains, and what fails at one of their ends, at one n, or at a pole. */
import { describe, expect, it } from 'vitest';
import {
  add,
  constant,
  expressionKey,
  factorExpression,
  formExpression,
  isZero,
  multiply,
  subtract,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { constantForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Proof } from '../../src/prove/trace.ts';
import { hasPositiveDenominators, provablyPositive, provablySameSign } from '../../src/prove/sign/sign.ts';
import { provablyExactly, provablyUnder, type Sign } from '../../src/prove/sign/sign-under.ts';
import { Random } from '../rewrite/random.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const shows = (text: string, strictly: boolean, from = 0): boolean =>
  provablyPositive(typed(text), strictly, { assumptions: FACTS, from }, ample());

describe('positive', () => {
  it.each([
    '3',
    '1-b',
    'b',
    'u',
    '2-u',
    'm-1',
    '-v',
    'v^2',
    'v^2-v-1',
    '(1-a)(1-b)',
    '1-a b',
    '1-a c',
    '1-c w',
    '1-b^2',
    '1-b^3',
    '(1-b)^2+b(1-b)^3',
    '1+x^2',
    'e+1',
    'c+w',
    '1-c+a',
    '2-c-w',
    '-v+e',
    '-1-v+a',
    '1-3a+3a^2',
    '2-7a+7a^2',
    'm^2-2m+1',
    'u^2-u+1',
    'b^n',
    '2^n b',
    'm^n',
    'b^{-n}',
    '1-b^{n+1}',
    '1-w^{n+1}',
    '1-a^{n+1}b^n',
    'n+1',
    'n+1-n b',
    '(n+1)(n+2)',
    '1+n b^n',
    '2^n-n',
    '1+(n-1)^2',
    '\\frac{1}{1-b}',
    '\\frac{1}{2-b}',
    '\\frac{1}{b}',
    '\\frac{1}{x^2+1}',
    '\\frac{1}{x^2}',
    '\\frac{1}{(a-b)^2}',
    '\\frac{a^2-2a b+b^2+1}{(a-b)^4}',
    '\\frac{1-b^{n+1}}{1-b}',
    '\\frac{1}{1-b^{n+1}}-1+b',
    '\\frac{1}{\\sqrt{1-b}}',
    '1-(1-b)\\sum_{k=3}^{n}b^k',
    '1+\\sum_{k=2}^{n}(k-1)b^k',
    '\\sum_{k=0}^{n}b^k',
    '\\exp(x)^2+1',
    // (−1)^n, at even n and at odd ones.
    '1+(-b)^{n+1}',
    '2+(-1)^n',
    '1+b+(-1)^n b^n',
    '\\sum_{k=0}^{n}(-b)^k',
    '\\frac{1}{1-b}-\\sum_{k=0}^{n}(-b)^k',
    'n+2-(-1)^n n',
    '1-b^9',
    '2-(-2)^{-n}',
  ])('%s', text => {
    expect(shows(text, true)).toBe(true);
    expect(shows(text, false)).toBe(true);
    expect(shows(`-(${text})`, false)).toBe(false);
  });
});

describe('not negative, but zero somewhere', () => {
  it.each([
    '0',
    'e',
    'w',
    'e a',
    '1-c',
    '-1-v',
    'v^2-1',
    'x^2',
    'x^2 e',
    'x^4+y^2',
    'e^2+f^2',
    'e+w',
    '1-c+w',
    '1-c+e',
    '-1-v+e',
    '(1-c)(1-a)',
    'w^n',
    'w^2(1-b)',
    'e b^n',
    'x^2 b^n',
    '(n-1)^2',
    'n',
    'n^2-n',
    '1-b^n',
    '2-b^n-a^n',
    'm^n-1',
    '2^n-1',
    '2^n-n-1',
    'm^n-1-n(m-1)',
    '1-(n+1)b^n+n b^{n+1}',
    '\\frac{n}{1-b}',
    '\\frac{1-b^n}{1-b}',
    '(\\nabla_jE)^2',
    '(\\nabla_jE)^2 b^n+e',
    '\\sum_{i=1}^p(\\nabla_iE)^2',
    '\\sqrt{(\\nabla_jE)^2+e}',
    '\\phi(x)^2',
    '\\sum_{k=1}^{n}b^k',
    '\\sum_{k=2}^{n}b^k(\\nabla_jE_k)^2',
    // Positive at the end e = 0, and zero inside.
    '(e-1)^2',
    '(2c-1)^2',
    '\\frac{1}{1-b}\\sum_{i=1}^p(\\nabla_iE)^2',
  ])('%s', text => {
    expect(shows(text, false)).toBe(true);
    expect(shows(text, true)).toBe(false);
  });
});

describe('the proof of a sign', () => {
  const proofsOf = (text: string, strictly = true, from = 0): { readonly shown: boolean; readonly proofs: Proof[] } => {
    const proofs: Proof[] = [];
    return { shown: provablyPositive(typed(text), strictly, { assumptions: FACTS, from, proofs }, ample()), proofs };
  };
  it.each([
    ['1-b', true],
    ['x^2+1', true],
    ['1-b^{n+1}', true],
    ['n+1-n b', true],
    ['\\frac{1}{1-b^{n+1}}-1+b', true],
    ['\\frac{1-b^{n+1}}{1-b}', true],
    ['\\sum_{k=0}^{n}b^k', true],
    ['1-(1-b)\\sum_{k=3}^{n}b^k', true],
    ['m^n-1-n(m-1)', false],
    ['\\frac{1-b^n}{1-b}', false],
    ['1-c+a', true],
  ] as const)('%s goes from it to what needs no other', (text, strictly) => {
    const { shown, proofs } = proofsOf(text, strictly);
    expect(shown).toBe(true);
    expect(proofs.length).toBeGreaterThan(0);
    for (const { goal, start, steps } of proofs) {
      expect(goal).toBe('sign');
      expect(steps[0]?.before).toBe(start);
      steps.forEach((step, at) => {
        if (at > 0) expect(step.before).toBe(steps[at - 1]?.after);
        if (step.relation.kind === 'sign') expect(step.relation.strict || !strictly).toBe(true);
        if (step.relation.kind === 'sign') expect(step.relation.exactly).toBe(null);
        // What changes nothing is no step.
        if (step.relation.kind === 'equal') expect(step.before).not.toBe(step.after);
      });
      // At what has a sign by itself, or by recursions in n down to zero.
      const last = steps.at(-1);
      expect(last?.relation.kind === 'sign' || (last !== undefined && isZero(last.after))).toBe(true);
    }
  });
  it.each([
    // Without its end e = 0, or v = −1.
    ['(q-e)^2+e', 'e'],
    ['(q+v+1)^2-1-v', '-v-1'],
  ])('of %s is one where %s is positive', (text, inside) => {
    const { shown, proofs } = proofsOf(text);
    expect(shown).toBe(true);
    const where = proofs.flatMap(({ steps }) =>
      steps.flatMap(({ relation }) => (relation.kind === 'sign' ? relation.where : [])),
    );
    expect(where.length).toBeGreaterThan(0);
    for (const { gap, strict } of where) {
      expect(expressionKey(gap)).toBe(expressionKey(typed(inside)));
      expect(strict).toBe(true);
    }
  });
  it('is forgotten where it fails', () => {
    for (const text of ['a-b', '1-2a', '1-u+c', 'x', '1-(1-b)\\sum_{k=3}^{n}b^k-b'])
      expect(proofsOf(text), text).toEqual({ shown: false, proofs: [] });
  });
  it('has one for each n that is looked at by itself', () => {
    expect(proofsOf('1-b').proofs).toHaveLength(1);
    expect(proofsOf('1-(1-b)\\sum_{k=2}^{n}b^k').proofs.length).toBeGreaterThan(1);
    // At its end c = 1, and without it.
    expect(proofsOf('1-c+a').proofs.length).toBeGreaterThan(0);
  });
});

describe('nothing is said of', () => {
  it.each([
    '-1',
    'a-b',
    '1-2a',
    '1-u',
    'm-2',
    '-e',
    'x',
    'x^3',
    'v',
    'v+2',
    'v^3',
    '1-4a+4a^2-a^3',
    '2-9a+9a^2',
    'e-1',
    'x^n',
    'v^n',
    'u^n-1',
    'u^{n+1}-u^n',
    'n-1',
    'n^2-2n',
    'b^n-\\frac{1}{2}',
    '1-2b^n',
    '1-n b^n',
    'a^n-b^n',
    '2^n-3n',
    '3-2^n',
    '\\frac{1}{x}',
    '\\frac{1}{x^3}',
    '\\frac{1}{a-b}',
    '\\frac{1}{(a-b)^3}',
    '\\frac{1}{1-u}',
    '\\frac{1}{n-1}',
    '\\nabla_jE',
    '(\\nabla_jE)^3',
    '\\phi(x)',
    '\\phi(x)^3+1',
    'x\\sqrt{(\\nabla_jE)^2+e}',
    '\\theta_j',
    '\\eta_n-1',
    '1-(1-b)\\sum_{k=3}^{n}(k-1)b^k',
    '\\frac{1}{4}-\\sum_{k=2}^{n}b^k',
    '(a-b)\\sum_{k=0}^{n}a^k',
    '\\sum_{k=2}^{n}\\frac{1}{1-b^k}',
    '\\sum_{k=1}^{n}\\frac{(\\nabla_jE_k)^2}{k+x}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+x)^2}-1',
    '(-1)^n',
    '(-b)^n',
    'b-(-b)^{n}',
    '\\sum_{k=0}^{n}(-b)^k-\\frac{1}{1+b}',
    '1+(-1)^n n',
    'x^n+(-1)^n',
  ])('%s', text => {
    expect(shows(text, false)).toBe(false);
    expect(shows(text, true)).toBe(false);
  });
});

describe('from some n on', () => {
  it.each([
    ['n-2', 3, true, true],
    ['n-2', 2, true, false],
    ['n-2', 1, false, false],
    ['1-b^n', 1, true, true],
    ['n^2-2n', 2, true, false],
    ['n^2-2n', 3, true, true],
    ['\\frac{n-2}{1-b}', 2, true, false],
    ['\\sum_{k=2}^{n}b^k', 2, true, true],
    ['\\sum_{k=2}^{n}b^k', 1, true, false],
    ['1-(n+1)b^n+n b^{n+1}', 2, true, true],
    ['\\sum_{k=4}^{n}b^k-\\frac{1}{2}\\sum_{k=5}^{n+1}b^k', 3, true, false],
  ] as const)('%s, n ≥ %d', (text, from, weak, strict) => {
    expect(shows(text, false, from)).toBe(weak);
    expect(shows(text, true, from)).toBe(strict);
  });
});

describe('denominators', () => {
  const have = (text: string, from = 0): boolean =>
    hasPositiveDenominators(typed(text), { assumptions: FACTS, from }, ample());
  it.each([
    'a',
    '\\frac{1}{1-b}',
    '\\frac{x}{b}',
    '\\frac{1}{x^2}',
    '\\frac{1}{x^2}+\\frac{1}{x}',
    '\\frac{y}{x^2}+\\frac{1}{x}',
    '\\frac{1}{x^2}+\\frac{y}{x}',
    '\\frac{1}{1-b^{n+1}}',
  ])('%s changes its sign at no pole', text => expect(have(text)).toBe(true));
  it.each(['\\frac{1}{x}', '\\frac{1}{a-b}', '\\frac{1}{x^3}', '\\frac{1}{v}', '\\frac{1}{n-1}', '\\frac{1}{1-u}'])(
    '%s may',
    text => expect(have(text)).toBe(false),
  );
});

describe('one sign', () => {
  const same = (left: string, right: string): boolean =>
    provablySameSign(typed(left), typed(right), { assumptions: FACTS, from: 0 }, ample());
  it('is one of both where neither has a pole', () => {
    expect(same('x', 'x b^{-n}')).toBe(true);
    expect(same('x', 'x(b^{-n}+a^{-n})')).toBe(true);
    expect(same('x b^{-n}', 'x a^{-n}')).toBe(true);
    expect(same('x 2^{-n}', 'x 3^{-n}')).toBe(true);
    expect(same('x b^{-n}', 'x 3^{-n}')).toBe(true);
    // e and w may be 0.
    expect(same('x', 'x e^{-n}')).toBe(false);
    expect(same('x e^{-n}', 'x f^{-n}')).toBe(false);
    expect(same('x', 'x(b^{-n}+e^{-n})')).toBe(false);
    expect(same('x', 'x(w^{-n}+b^{-n})')).toBe(false);
  });
  it.each([
    ['x', '2x'],
    ['x', 'b x'],
    ['b x', 'a x'],
    ['x-1', '\\frac{x-1}{1-b}'],
    ['x-y', '(1+a)x-(1+a)y'],
    ['x^2-y^2', '(1-b)x^2-(1-b)y^2'],
    ['x-a', '(1+e)(x-a)(1-b)'],
    ['x b^n-y b^n', 'x-y'],
    ['(1-b)x-(1-b)y', '(1-a)(x-y)(1-b)'],
  ])('%s and %s', (left, right) => {
    expect(same(left, right)).toBe(true);
    expect(same(right, left)).toBe(true);
  });
  it.each([
    ['x', '-x'],
    ['x', 'y'],
    ['x', 'e x'],
    ['x', 'w x'],
    ['x', '(1-c)x'],
    ['x\\sum_{k=0}^{n}\\eta_k', 'x'],
    ['\\nabla_jE', '\\sum_{i=1}^{p}\\nabla_iE'],
    ['\\sum_{i=1}^{p}\\nabla_iE', '\\nabla_jE'],
    ['x', 'x^2'],
    ['x', 'x^3+x^2'],
    ['x-1', 'x-2'],
    ['x-y', '(a-b)(x-y)'],
    ['x', '\\frac{1}{x-1}'],
    ['x', 'v x'],
    ['\\sum_{k=0}^{n}b^k\\nabla_jE_k', '\\sum_{k=0}^{n}a^k\\nabla_jE_k'],
  ])('not %s and %s', (left, right) => {
    expect(same(left, right)).toBe(false);
    expect(same(right, left)).toBe(false);
  });
});

/** `x - 1 > 0` or `x - 1 >= 0`. */
function sign(text: string): Sign {
  const [gap = '', relation] = text.split(/ (>=?) 0/);
  return { gap: typed(gap), strict: relation === '>' };
}
const region = { assumptions: FACTS, from: 0 };
const under = (asked: string, ...given: string[]): boolean =>
  provablyUnder(sign(asked), given.map(sign), region, ample());

describe('under conditions', () => {
  it.each([
    ['n-3 >= 0', ['n-3 >= 0']],
    ['n-4 >= 0', ['n-3 > 0']],
    ['n-3 > 0', ['n-3 > 0']],
    ['n-4 >= 0', ['2n-7 > 0']],
    ['n-4 >= 0', ['2n-7 >= 0']],
    ['n-3 >= 0', ['2n-6 >= 0']],
    ['n-4 >= 0', ['2n-6 > 0']],
    ['n-5 >= 0', ['n-2 >= 0', 'n-5 >= 0']],
    ['n-5 >= 0', ['n-5 >= 0', 'n-2 >= 0']],
    ['n >= 0', ['n+2 > 0']],
    ['x-1 > 0', ['x-2 >= 0']],
    // In the case x > 0 only x itself is left.
    ['1-\\mathrm{sign}(x)^2+|x| > 0', []],
    ['1-\\mathrm{sign}(x)^2+|x|b^n > 0', []],
    ['|x|-x >= 0', []],
    ['x-1 > 0', ['x-1 > 0']],
    ['x-1 >= 0', ['x-1 >= 0']],
    ['1-x >= 0', ['2-2x >= 0']],
    ['1-x^2 > 0', ['x > 0', '1-x > 0']],
    ['2b-1 > 0', ['b-\\frac{1}{2} > 0']],
    ['1-2b >= 0', ['1-2b >= 0']],
    ['a^2-b^2 > 0', ['a-b > 0']],
    ['a^2-b^2 >= 0', ['a-b >= 0']],
    ['a-b^2 > 0', ['a-b >= 0']],
    ['a^{n+1}-b^{n+1} > 0', ['a-b > 0']],
    ['a^n-b^n >= 0', ['a-b > 0']],
    ['\\frac{1}{1-a}-\\frac{1}{1-b} > 0', ['a-b > 0']],
    ['q^2-e^2 > 0', ['q-e > 0']],
    ['(q-e)(1-b) > 0', ['q-e > 0']],
    ['3q-3e > 0', ['2q-2e > 0']],
    ['x y > 0', ['x y > 0']],
    ['x y(1-b) > 0', ['x y > 0']],
    // The end is no point of the domain.
    ['x^2+x > 0', ['x > 0']],
    ['x^2-x > 0', ['-x > 0']],
    ['x+y > 0', ['x > 0', 'y > 0']],
    ['-x-y > 0', ['-x > 0', '-y > 0']],
    ['x+y > 0', ['x >= 0', 'y > 0']],
  ] as const)('%s holds where %s', (asked, given) => expect(under(asked, ...given)).toBe(true));
  it.each([
    ['n-4 >= 0', ['n-3 >= 0']],
    ['n-3 > 0', ['n-3 >= 0']],
    ['n-5 >= 0', ['n-3 > 0']],
    ['n-5 >= 0', ['2n-7 > 0']],
    ['n-4 >= 0', ['2n-6 >= 0']],
    ['n-5 >= 0', ['2n-6 > 0']],
    ['n-3 >= 0', ['3-n >= 0']],
    ['n-3 >= 0', ['n^2-4 >= 0']],
    ['x > 0', ['x >= 0']],
    ['x-1 > 0', ['x-1 >= 0']],
    ['1-x > 0', ['2-2x >= 0']],
    ['x-2 >= 0', ['x-1 > 0']],
    ['1-x > 0', ['x-1 > 0']],
    ['x > 0', ['-x > 0']],
    ['2b-1 > 0', ['b-2 > 0']],
    ['a^2-b^2 > 0', ['a-b >= 0']],
    ['b^2-a^2 > 0', ['a-b > 0']],
    ['a^2-b >= 0', ['a-b > 0']],
    ['b^{n+1}-a^{n+1} >= 0', ['a-b > 0']],
    ['a^n-b^n > 0', ['a-b > 0']],
    ['\\frac{1}{x-b}-\\frac{1}{x-a} > 0', ['a-b > 0']],
    ['x-y > 0', ['x y > 0']],
    ['x y > 0', ['x y >= 0']],
    ['x y-1 >= 0', ['x y > 0']],
    ['(a-b)x y > 0', ['x y > 0']],
    ['x^2+x > 0', ['x >= 0']],
    ['x^2-x > 0', ['-x >= 0']],
    // p x > 1, and p n > 3.
    ['x-1 > 0', ['\\sum_{i=1}^{p}x-1 > 0']],
    ['n-3 > 0', ['\\sum_{i=1}^{p}n-3 > 0']],
    ['n-3 > 0', ['n p-4 > 0']],
    ['x-1 > 0', ['x y-1 > 0']],
    ['x+y > 0', ['x >= 0', 'y >= 0']],
    ['-x-y > 0', ['-x >= 0', '-y >= 0']],
  ] as const)('%s need not hold where %s', (asked, given) => expect(under(asked, ...given)).toBe(false));
});

describe('where a sign was shown', () => {
  /** The last region of those in which a coefficient has one sign, t being the way from the smaller to the greater symbol. */
  const shownWhere = (asked: string, given: string): readonly string[] => {
    const proofs: Proof[] = [];
    expect(provablyUnder(sign(asked), [sign(given)], { ...region, proofs }, ample())).toBe(true);
    const relation = proofs.at(-1)?.steps.at(-1)?.relation;
    if (relation?.kind !== 'sign') throw new Error('it was not shown by coefficients');
    return relation.where.map(({ gap, strict }) => `${expressionKey(gap)} ${strict ? '>' : '>='} 0`);
  };
  const t = factorExpression({ kind: 'symbol', name: '#t' });
  const rises = `${expressionKey(t)} > 0`;
  const ends = `${expressionKey(subtract(typed('1'), t))} > 0`;
  it.each([
    ['a-b+(a-b)^2-(a-b)^3 > 0', 'a-b > 0', [rises, ends]],
    ['a-b+(a-b)^2-(a-b)^3 >= 0', 'a-b >= 0', [rises, ends]],
    ['c^3-a^3-3a^2(c-a) >= 0', 'c-a >= 0', [rises, ends]],
    // Without an upper end t is any number above zero.
    ['q-e+(q-e)^2 > 0', 'q-e > 0', [rises]],
    ['q^3-e^3-3e^2(q-e) >= 0', 'q-e >= 0', [rises]],
  ] as const)('%s, where %s', (asked, given, where) => expect(shownWhere(asked, given)).toEqual(where));
});

describe('exactly where', () => {
  const exactly = (asked: string, condition: string, ...given: string[]): boolean =>
    provablyExactly(sign(asked), sign(condition), given.map(sign), region, ample());
  it.each([
    ['2x-2 > 0', 'x-1 > 0', []],
    ['a^2-b^2 > 0', 'a-b > 0', []],
    ['a^2-b^2 >= 0', 'a-b >= 0', []],
    ['n-3 > 0', 'n-4 >= 0', []],
    ['n^2-4 >= 0', 'n-2 >= 0', []],
    ['n^2-4 >= 0', 'n-1 > 0', []],
    ['n^2-16 > 0', 'n-5 >= 0', ['n-3 >= 0']],
    ['x^2-1 > 0', 'x-1 > 0', ['x > 0']],
    ['b^{n+1}-a^{n+1} > 0', 'b-a > 0', []],
  ] as const)('%s, where %s', (asked, condition, given) => expect(exactly(asked, condition, ...given)).toBe(true));
  it.each([
    ['2x-2 > 0', 'x-1 >= 0', []],
    ['a^2-b^2 > 0', 'a-b >= 0', []],
    ['a^2-b^2 >= 0', 'a-b > 0', []],
    ['n-3 >= 0', 'n-4 >= 0', []],
    ['n-3 > 0', 'n-5 >= 0', []],
    ['n^2-4 >= 0', 'n-1 >= 0', []],
    ['n^2-4 >= 0', 'n-3 >= 0', []],
    ['n^2-4 > 0', 'n-2 >= 0', []],
    ['n+1 > 0', 'n-1 >= 0', []],
    ['n+1 > 0', 'n-4 >= 0', ['n-3 >= 0']],
    ['x^2-1 > 0', 'x-1 > 0', []],
    ['1+x^2 > 0', 'x > 0', []],
    ['x > 0', 'x-1 > 0', []],
  ] as const)('not %s, where %s', (asked, condition, given) => expect(exactly(asked, condition, ...given)).toBe(false));
});

/** Terms coefficient · Π s^e · s^{kn} · n^d, and what they are worth at numbers. */
describe('a sign that is shown', () => {
  const NAMES = ['a', 'c', 'w', 'e', 'u', 'm', 'v'] as const;
  const END: Readonly<Record<(typeof NAMES)[number], readonly Rational[]>> = {
    a: [Rational.of(1, 100), Rational.of(1, 2), Rational.of(99, 100), Rational.of(1, 3)],
    c: [Rational.of(1, 100), Rational.of(1, 2), Rational.one, Rational.of(3, 4)],
    w: [Rational.zero, Rational.of(1, 2), Rational.of(99, 100), Rational.of(1, 5)],
    e: [Rational.zero, Rational.of(1, 10), Rational.of(7), Rational.one],
    u: [Rational.of(1, 100), Rational.one, Rational.of(199, 100), Rational.of(3, 2)],
    m: [Rational.of(101, 100), Rational.of(2), Rational.of(10), Rational.of(3, 2)],
    v: [Rational.minusOne, Rational.of(-3, 2), Rational.of(-10), Rational.of(-2)],
  };
  it('is there at all points that are looked at', () => {
    let [claimed, refused] = [0, 0];
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = new Random(seed);
      const [first, second] = [random.pick(NAMES), random.pick(NAMES)];
      const terms = random.list(1, 4, () => ({
        coefficient: random.pick([-3, -2, -1, 1, 1, 2, 3]),
        powers: [
          [first, random.int(0, 2)],
          [second, random.int(0, 1)],
        ] as const,
        speed: random.chance(40) ? random.int(1, 2) : 0,
        degree: random.chance(25) ? 1 : 0,
        alternates: random.chance(20),
      }));
      const expression = add(
        ...terms.map(({ coefficient, powers, speed, degree, alternates }) =>
          multiply(
            constant(coefficient),
            alternates ? typed('(-1)^n') : constant(1),
            ...powers.map(([name, exponent]) => factorExpression({ kind: 'symbol', name }, exponentOf(exponent))),
            speed === 0
              ? constant(1)
              : factorExpression(
                  { kind: 'symbol', name: first },
                  exponentFromForm({ ...constantForm(0), terms: [[ITERATION_INDEX, speed]] }),
                ),
            degree === 0 ? constant(1) : formExpression(variableForm(ITERATION_INDEX)),
          ),
        ),
      );
      const from = random.int(0, 2);
      const strictly = random.chance(50);
      if (!provablyPositive(expression, strictly, { assumptions: FACTS, from }, ample())) {
        refused += 1;
        continue;
      }
      claimed += 1;
      for (const x of END[first])
        for (const y of first === second ? [x] : END[second])
          for (const n of [from, from + 1, from + 2, from + 5]) {
            const value = terms.reduce((sum, { coefficient, powers, speed, degree, alternates }) => {
              const of = (name: string): Rational => (name === first ? x : y);
              const product = powers.reduce(
                (part, [name, exponent]) => part.multiply(exponent === 0 ? Rational.one : of(name).power(exponent)),
                Rational.of(alternates && n % 2 === 1 ? -coefficient : coefficient),
              );
              const fast = speed * n === 0 ? Rational.one : x.power(speed * n);
              return sum.add(product.multiply(fast).multiply(Rational.of(degree === 0 ? 1 : n)));
            }, Rational.zero);
            expect(strictly ? value.sign() > 0 : value.sign() >= 0, `seed ${seed}: ${value} at ${x}, ${y}, ${n}`).toBe(
              true,
            );
          }
    }
    expect(claimed).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(100);
  });
});
