/** The zero test from outside: what it shows by cases of signs, the steps it names, the proof it gives, and where it stops. */
import { describe, expect, it } from 'vitest';
import { differentiate, symbolRule } from '../../src/expression/calculus/differentiate.ts';
import { Budget } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import { type Expression, expressionKey, isZero, restrict, subtract } from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX, ZERO } from '../../src/expression/core/indices.ts';
import { isDecidable } from '../../src/prove/zero/decidable.ts';
import { hasSigns, isZeroByCases, signsOfGradients } from '../../src/prove/sign/sign-cases.ts';
import { testZero, type ZeroTest } from '../../src/prove/zero/zero-test.ts';
import { type Proof, Trace } from '../../src/prove/trace.ts';
import { isProbablyNonzero } from '../../src/rewrite/probably-nonzero.ts';
import { probe, probeTemplate } from '../../src/rewrite/probe.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { ample, FACTS, typed } from '../rewrite/typed.ts';

const g = '(\\nabla_jE)';
const sign = (of: string): string => `\\operatorname{sign}(${of})`;
const difference = (left: string, right: string): Expression => subtract(typed(left), typed(right));
const test = (left: string, right: string, probed = false): ZeroTest =>
  testZero(difference(left, right), FACTS, ample(), { probe: probed });

describe('by cases of a sign', () => {
  it.each([
    [`${g}${sign(g)}`, `|${g}|`],
    [`|${g}|${sign(g)}`, g],
    [`${sign(g)}`, `\\frac{|${g}|}{${g}}`],
    [`${sign(g)}`, `\\frac{${g}}{|${g}|}`],
    [`${sign(g)}^3`, sign(g)],
    [`${g}${sign(g)}^2`, g],
    [`x^2${sign('x')}`, 'x|x|'],
    [`(x-1)${sign('x-1')}`, '|x-1|'],
    [`|x-1|${sign('x-1')}`, 'x-1'],
    [`(2x-2)${sign('2x-2')}`, '|2x-2|'],
    [`${sign('n-2')}(n-2)`, '|n-2|'],
    [`${sign('n+1')}`, '1'],
    [`${sign('2n-3')}|2n-3|`, '2n-3'],
    [`\\sum_{i=1}^{p}\\nabla_iE${sign('\\nabla_iE')}`, '\\sum_{i=1}^{p}|\\nabla_iE|'],
    [`\\frac{${sign(g)}}{|${g}|}`, `\\frac{1}{${g}}`],
  ])('%s = %s', (left, right) => {
    expect(test(left, right).kind).toBe('zero');
    expect(isProbablyNonzero(difference(left, right))).toBe(false);
  });
  it.each([
    [`${sign(g)}^2`, '1'],
    [`${sign('x')}^2`, '1'],
    [`${sign('x-1')}^2`, '1'],
    [`${sign('n-2')}^2`, '1'],
    [`${sign('n')}`, '1'],
    [`${sign(g)}`, `${sign(g)}^2`],
    [`${g}${sign(g)}`, g],
    [`|${g}|${sign(g)}`, `|${g}|`],
    [`${sign('x')}`, sign('y')],
    [`${sign('x-1')}(x-1)`, 'x-1'],
    [`${sign('x-y')}^2`, '1'],
    [`\\sum_{i=1}^{p}${sign('\\nabla_iE')}^2`, 'p'],
    [`x^n${sign('x')}^2`, 'x^n'],
    // Other functions of the same argument, and signs of other arguments, are not zero beside it.
    [`\\exp(x-y)${sign('x-y')}^2`, '\\exp(x-y)'],
    [`\\exp(x-y)${sign('x-y')}`, `${sign('x-y')}^2`],
    [`\\exp(x)x${sign('x')}`, `\\exp(x)x`],
    [`${sign('x')}^2${sign('y')}`, sign('y')],
    [`${sign('x-y')}^2${sign('x+y')}`, sign('x+y')],
    [`x${sign('x')}^2`, '|x|'],
    [`x${sign('x y')}`, '|x|'],
    // True where no component is zero and where all are.
    [`(\\sum_{i=1}^{p}${sign('\\nabla_iE')}^2)^2`, `p\\sum_{i=1}^{p}${sign('\\nabla_iE')}^2`],
    [`\\sum_{i=1}^{p}\\nabla_iE${sign('\\sum_{r=1}^{p}\\nabla_rE')}`, '\\sum_{i=1}^{p}|\\nabla_iE|'],
    [`x^{n-1}${sign('x')}^2`, 'x^{n-1}'],
  ])('not %s = %s', (left, right) => {
    expect(test(left, right).kind).not.toBe('zero');
    expect(test(left, right, true).kind).not.toBe('zero');
  });
  it('are needed only where a sign stands among the factors', () => {
    expect(hasSigns(typed(sign(g)))).toBe(true);
    expect(hasSigns(typed(`b${sign('x')}+1`))).toBe(true);
    expect(hasSigns(typed(`\\tanh(${sign('x')})`))).toBe(false);
    expect(hasSigns(typed(`|${g}|`))).toBe(false);
  });
  it('ask for every case', () => {
    const asked: string[] = [];
    isZeroByCases(typed(`${sign('x')}+y`), own => asked.push(expressionKey(own)) < 0, FACTS, ample());
    expect(asked).toHaveLength(1);
    asked.length = 0;
    isZeroByCases(typed(`${sign('x')}+y`), own => asked.push(expressionKey(own)) > 0, FACTS, ample());
    expect(asked).toHaveLength(2);
    expect(asked[1]).toBe(expressionKey(typed('y')));
    asked.length = 0;
    // Without a value at x = 0 one case is enough.
    isZeroByCases(typed(`\\frac{${sign('x')}}{x}+y`), own => asked.push(expressionKey(own)) > 0, FACTS, ample());
    expect(asked).toHaveLength(1);
    const five = ['x', 'y', 'e', 'f', 'q'].map(sign).join('');
    expect(isZeroByCases(typed(five), () => true, FACTS, ample())).toBe(false);
    expect(isZeroByCases(typed(['x', 'y', 'e'].map(sign).join('')), () => true, FACTS, ample())).toBe(true);
  });
  it('need no second case where there is no value, and only there', () => {
    const shown = (value: Expression): boolean => isZeroByCases(value, () => true, FACTS, ample());
    const count = (value: Expression): number => {
      let asked = 0;
      isZeroByCases(
        value,
        () => {
          asked += 1;
          return true;
        },
        FACTS,
        ample(),
      );
      return asked;
    };
    const pole = (index: string, from: string, to: string, u: string): Expression =>
      typed(`\\sum_{${index}=${from}}^{${to}}\\frac{${sign(u)}}{|${u}|}`);
    expect(shown(pole('i', '1', 'p', '\\nabla_iE'))).toBe(true);
    expect(shown(pole('i', '1', 'j-1', '\\nabla_iE'))).toBe(false);
    expect(shown(pole('k', '0', 'n', '\\nabla_jE_k'))).toBe(false);
    expect(shown(typed(`\\sum_{i=1}^{p}${sign('\\nabla_iE')}`))).toBe(false);
    // Of the same quantity, at any component.
    expect(count(typed(`${sign(g)}\\sum_{i=1}^{p}\\frac{1}{|\\nabla_iE|}`))).toBe(1);
    expect(count(typed(`${sign(g)}\\sum_{i=1}^{p}\\frac{1}{|\\nabla_{ii}E|}`))).toBe(2);
    expect(count(typed(`${sign(g)}\\sum_{i=1}^{p}|\\nabla_iE|`))).toBe(2);
    expect(count(typed(`${sign(g)}\\sum_{i=1}^{j-1}\\frac{1}{|\\nabla_iE|}`))).toBe(2);
    const one = typed(`\\frac{${sign('x')}}{x}`);
    expect(count(one)).toBe(1);
    expect(count(restrict(one, [{ left: ZERO, right: ITERATION_INDEX, bound: -2 }]))).toBe(2);
    expect(count(typed(`\\frac{${sign('x')}}{y}`))).toBe(2);
    expect(count(typed(`\\frac{${sign(g)}}{|${g}|^3}`))).toBe(1);
    expect(count(typed(`\\frac{${sign(g)}}{|\\nabla_jE_n|}`))).toBe(2);
  });
  it('put in the n and the number at which the argument is zero', () => {
    const cases = (text: string): string[] => {
      const asked: string[] = [];
      isZeroByCases(
        typed(text),
        own => {
          asked.push(expressionKey(own));
          return asked.length < 2;
        },
        FACTS,
        ample(),
      );
      return asked.slice(1);
    };
    expect(cases(`${sign('x-3')}+x y`)).toContain(expressionKey(typed('3y')));
    expect(cases(`${sign('2x-3')}+x`)).toContain(expressionKey(typed('\\frac{3}{2}')));
    expect(cases(`${sign('2n-3')}+1`)).toContain(expressionKey(typed('0')));
    expect(cases(`${sign('n-3')}+b^n`).some(each => each.includes('b^3'))).toBe(true);
    expect(cases(`${sign(g)}+${g}y`)).toContain(expressionKey(typed('0')));
    expect(cases(`${sign('x-y')}+x y`)).toEqual([expressionKey(typed('x y'))]);
  });
  it('join u and its sign, and nothing else', () => {
    const first = (text: string): string => {
      const asked: string[] = [];
      isZeroByCases(typed(text), own => asked.push(expressionKey(own)) > 0, FACTS, ample());
      return asked[0] ?? '';
    };
    expect(first(`x${sign('x')}+y`)).toBe(expressionKey(typed('|x|+y')));
    expect(first(`|x|${sign('x')}+y`)).toBe(expressionKey(typed('x+y')));
    expect(first(`b x y${sign('x')}`)).toBe(expressionKey(typed('b y|x|')));
    for (const text of ['x\\exp(x)', 'x\\tanh(x)+y', '|x|\\cos(x)', 'x+y'])
      expect(first(text)).toBe(expressionKey(typed(text)));
    const quotient = (of: string): string => `\\frac{${of}}{|${of}|}`;
    const same = (text: string, wanted: string): void =>
      expect(isZero(unfold(subtract(firstOf(text), typed(wanted)), ample(), FACTS)), text).toBe(true);
    const firstOf = (text: string): Expression => {
      const asked: Expression[] = [];
      isZeroByCases(typed(text), own => asked.push(own) > 0, FACTS, ample());
      return asked[0] ?? typed('0');
    };
    same(`x^2${sign('x')}`, `x^2${quotient('x')}`);
    same(`x${sign('x')}^3`, `x${quotient('x')}^3`);
    same(`x${sign('x-y')}`, `x${quotient('x-y')}`);
    same(`\\exp(x)${sign('x')}`, `\\exp(x)${quotient('x')}`);
  });
  it('are quotients in a regime, for gradients', () => {
    expect(hasSigns(signsOfGradients(typed(`${sign(g)}+b`)))).toBe(false);
    expect(expressionKey(unfold(signsOfGradients(typed(sign(g))), ample(), FACTS))).toBe(
      expressionKey(unfold(typed(`\\frac{${g}}{|${g}|}`), ample(), FACTS)),
    );
    for (const other of ['x', `${g}+1`, `x${g}`, '\\nabla_{jj}E'])
      expect(attempt(() => signsOfGradients(typed(sign(other)))).ok).toBe(false);
  });
});

describe('what the zero test says', () => {
  it.each([
    ['\\sum_{i=1}^{p}\\sum_{r=1}^{i}b', '\\frac{b p(p+1)}{2}'],
    ['\\sum_{k=3}^{n}b^k+\\sum_{k=0}^{2}b^k-\\sum_{k=n+1}^{2}b^k', '\\frac{1-b^{n+1}}{1-b}'],
  ])('%s is %s', (left, right) => {
    expect(test(left, right).kind).toBe('zero');
    expect(test(left, `${right}+b^n`).kind).not.toBe('zero');
    expect(test(`2(${left})`, right).kind).not.toBe('zero');
  });
  it('names the rules that it needed', () => {
    const steps = (left: string, right: string): readonly string[] => {
      const found = test(left, right);
      return found.kind === 'zero' ? found.steps : ['not zero'];
    };
    expect(steps('b', 'b')).toEqual([]);
    expect(steps('(a+b)^2', 'a^2+2a b+b^2')).toEqual(['definitions inserted, products multiplied out']);
    const whole = '(\\sum_{k=0}^{n}\\nabla_jE_k+b)';
    expect(steps(`(${whole}^{20}+1)^2`, `${whole}^{40}+2${whole}^{20}+1`)).toEqual(['definitions inserted']);
    expect(steps('\\frac{1}{1-a}-\\frac{1}{1-b}', '\\frac{a-b}{(1-a)(1-b)}')).toContain(
      'hyperparameters multiplied out',
    );
    expect(steps('\\sum_{k=0}^{n}b^k', '\\frac{1-b^{n+1}}{1-b}')).toContain('sums in closed form');
    expect(steps('\\frac{x}{|x|}', sign('x'))).toContain('signs split by cases');
    expect(steps(`${sign('x')}^3`, sign('x'))).toContain('a sign times its absolute value');
    expect(new Set(steps(`${sign('x')}^3${sign('y')}`, `${sign('x')}${sign('y')}^3`)).size).toBe(
      steps(`${sign('x')}^3${sign('y')}`, `${sign('x')}${sign('y')}^3`).length,
    );
    expect(
      steps(
        `\\sqrt{(\\sum_{k=0}^{n}b^k\\nabla_jE_k)^2+q}`,
        `\\sqrt{(\\nabla_jE_0+\\sum_{k=1}^{n}b^k\\nabla_jE_k)^2+q}`,
      ),
    ).toContain('equal quantities written alike');
  });

  const proofOf = (left: string, right: string): Proof[] => {
    const proofs: Proof[] = [];
    testZero(difference(left, right), FACTS, ample(), { onProof: proof => proofs.push(proof), probe: false });
    return proofs;
  };
  const isChained = ({ start, steps }: Proof): boolean => {
    const [first] = steps;
    const last = steps.at(-1);
    return (
      first?.before === start &&
      last !== undefined &&
      isZero(last.after) &&
      steps.every((step, at) => at === 0 || steps[at - 1]?.after === step.before)
    );
  };
  it('gives one proof, from the expression to zero', () => {
    for (const [left, right] of [
      ['\\frac{1}{1-a}-\\frac{1}{1-b}', '\\frac{a-b}{(1-a)(1-b)}'],
      ['\\sum_{k=0}^{n}k b^k', '\\frac{b-(n+1)b^{n+1}+n b^{n+2}}{(1-b)^2}'],
      [`${sign('x')}^3`, sign('x')],
      [`(\\sum_{k=0}^{n}\\nabla_jE_k)^3`, `(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`],
    ] as const) {
      const [proof, ...more] = proofOf(left, right);
      expect(more).toEqual([]);
      expect(proof?.goal).toBe('zero');
      expect(proof === undefined ? false : isChained(proof)).toBe(true);
    }
    expect(proofOf('a', 'b')).toEqual([]);
    expect(proofOf('a', 'a').map(({ steps }) => steps)).toEqual([[]]);
  });
  it('gives what it multiplied by, lemmas and cases', () => {
    const [fractions] = proofOf('\\frac{1}{1-a}-\\frac{1}{1-b}', '\\frac{a-b}{(1-a)(1-b)}');
    expect(fractions?.steps.some(({ relation }) => relation.kind === 'times' && relation.factors.length === 2)).toBe(
      true,
    );
    // A step that multiplies by nothing keeps its value, and says so.
    const all = [
      fractions,
      ...proofOf('\\sum_{k=0}^{n}k b^k', '\\frac{b-(n+1)b^{n+1}+n b^{n+2}}{(1-b)^2}'),
      ...proofOf(`(\\sum_{k=0}^{n}\\nabla_jE_k)^3`, `(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^3`),
    ].flatMap(proof => proof?.steps ?? []);
    expect(all.some(({ relation }) => relation.kind === 'equal')).toBe(true);
    for (const { relation } of all) if (relation.kind === 'times') expect(relation.factors.length).toBeGreaterThan(0);
    const [matched] = proofOf(
      '\\sqrt{(\\sum_{k=0}^{n}\\nabla_jE_k)^2+q}',
      '\\sqrt{(\\nabla_jE_n+\\sum_{k=0}^{n-1}\\nabla_jE_k)^2+q}',
    );
    const lemmas = matched?.steps.flatMap(step => step.lemmas) ?? [];
    expect(lemmas.length).toBeGreaterThan(0);
    for (const lemma of lemmas) expect(lemma.steps.length === 0 || isChained(lemma)).toBe(true);
    // Where x = 0 the left side has no value.
    const [cases] = proofOf('\\frac{x}{|x|}', sign('x'));
    expect(cases?.steps.map(({ rule }) => rule)).toEqual(['signs split by cases']);
    expect(cases?.steps[0]?.lemmas.map(({ goal, steps }) => [goal, steps.length > 0])).toEqual([
      ['zero', true],
      ['zero', true],
    ]);
  });
  it('stops where its budget is spent, or where there is no value', () => {
    const long = difference(`(\\sum_{k=0}^{n}\\nabla_jE_k+b)^6`, `(\\sum_{k=1}^{n}\\nabla_jE_k+b+\\nabla_jE_0)^6+b-a`);
    expect(testZero(long, FACTS, new Budget(5), { probe: false }).kind).toBe('stopped');
  });
  it('looks at numbers first, unless told not to', () => {
    const none = testZero(difference('a', 'b'), FACTS, new Budget(0));
    expect(none.kind).toBe('nonzero');
    expect(testZero(difference('a^2+b', 'b+x'), FACTS, ample(), { probe: false }).kind).toBe('nonzero');
    const told: string[] = [];
    testZero(difference('(a+b)^2', 'a^2+2a b+b^2'), FACTS, ample(), {
      replaced: rule => {
        told.push(rule.name);
        return rule;
      },
    });
    expect(told.length).toBeGreaterThan(0);
  });
  it('is complete for what is decidable', () => {
    for (const text of [
      'b',
      'b^n',
      'a-b',
      `${g}`,
      `\\sqrt{${g}^2+q}`,
      `\\frac{1}{\\sqrt{${g}^2+q}}`,
      '\\phi(x)',
      '\\frac{1}{1-b}',
      '\\frac{1}{n+1}',
      '\\sum_{k=0}^{n}b^k\\nabla_jE_k',
    ])
      expect(isDecidable(typed(text)), text).toBe(true);
    for (const text of [
      '\\tanh(x)',
      '\\exp(x)',
      sign('x'),
      '\\sqrt{2}',
      '\\sqrt{1-b}',
      '\\sqrt{n+1}',
      '\\sum_{k=0}^{n}\\frac{1}{k+1}',
      '\\sum_{k=1}^{n}\\frac{1}{1-b^k}',
      '\\sum_{k=0}^{n}\\frac{1}{(k+x)^2}',
      '\\sqrt{\\tanh(x)+\\nabla_jE}',
      `(\\nabla_jE+\\sin(x))^2`,
    ])
      expect(isDecidable(typed(text)), text).toBe(false);
  });
});

describe('a trace', () => {
  it('has the steps that lead to its end', () => {
    const trace = new Trace();
    const [a, b, c, d] = ['a', 'b', 'x', '0'].map(typed) as [Expression, Expression, Expression, Expression];
    const step = (rule: string, before: Expression, after: Expression): void =>
      trace.note({ rule, before, after, relation: { kind: 'equal' }, lemmas: [] });
    expect(trace.path(a)).toEqual([]);
    step('1', a, b);
    step('lost', b, c);
    step('2', b, c);
    step('another', a, typed('y'));
    step('3', c, d);
    expect(trace.path(a).map(({ rule }) => rule)).toEqual(['1', '2', '3']);
    expect(trace.path(b).map(({ rule }) => rule)).toEqual(['2', '3']);
    expect(trace.path(d)).toEqual([]);
    expect(trace.path(typed('q')).map(({ rule }) => rule)).toEqual(['1', '2', '3']);
  });
});

describe('a probe', () => {
  const at = (text: string, n: number, symbols: Record<string, number> = {}, p = 2) =>
    probe(typed(text), { n, p, seed: 5, symbols: new Map(Object.entries(symbols)) });
  it.each([
    ['b^n+a', 3, { a: 2, b: 0.5 }, 2.125],
    ['\\sum_{k=1}^{n}k b^{k-1}', 3, { b: 2 }, 1 + 4 + 12],
    ['\\sum_{k=3}^{n}b^k', 2, { b: 2 }, 0],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}k l', 3, {}, 0 + 2 + 3 + 6],
    ['\\sum_{i=1}^{p}1', 0, {}, 2],
    ['\\sum_{i=1}^{p}\\sum_{r=1}^{i}1', 0, {}, 3],
    ['\\sum_{i=1}^{j}1+\\sum_{i=j+1}^{p}1', 0, {}, 2],
    ['\\frac{1}{n+1}', 3, {}, 0.25],
    ['|x-3|', 0, { x: 1 }, 2],
    ['\\prod_{k=1}^{n}(k+x)', 3, { x: 1 }, 24],
    ['\\prod_{k=1}^{n}(k+x)', 0, { x: 1 }, 1],
    ['\\exp(x)', 0, { x: 1 }, Math.E],
    ['\\log(x)', 0, { x: 3 }, Math.log(3)],
    ['\\sin(x)', 0, { x: 1 }, Math.sin(1)],
    ['\\cos(x)', 0, { x: 1 }, Math.cos(1)],
    ['\\sinh(x)', 0, { x: 1 }, Math.sinh(1)],
    ['\\cosh(x)', 0, { x: 1 }, Math.cosh(1)],
    ['\\tanh(x)', 0, { x: 1 }, Math.tanh(1)],
    [sign('x'), 0, { x: -2 }, -1],
    [sign('x'), 0, { x: 0 }, 0],
    ['\\sqrt{x+2}', 0, { x: 7 }, 3],
    ['2^n', 5, {}, 32],
    ['0', 5, {}, 0],
  ] as const)('%s at n = %d', (text, n, symbols, wanted) => {
    expect(at(text, n, symbols)?.value).toBeCloseTo(wanted, 10);
  });
  it('has a size that rounding is relative to', () => {
    const probed = at('x-a', 0, { x: 3, a: 3 });
    expect(probed).toEqual({ value: 0, size: 6 });
  });
  it('is the same for the same, and different for different things', () => {
    const value = (text: string): number | undefined => at(text, 3)?.value;
    for (const text of [g, '\\nabla_jE_n', '\\nabla_{jj}E', '\\theta_j', '\\eta_n', '\\phi(x)', 'x'])
      expect(value(text)).toBe(value(text));
    const all = [
      g,
      '\\nabla_jE_n',
      '\\nabla_jE_0',
      '\\nabla_{jj}E',
      '\\theta_j',
      '\\eta_n',
      '\\eta_0',
      '\\phi(x)',
      'x',
      'y',
    ].map(value);
    expect(new Set(all).size).toBe(all.length);
    for (const each of all) expect(Math.abs(each ?? 9)).toBeLessThan(1.4);
    expect(value('\\eta_n')).toBeGreaterThan(0.2);
    expect(value('q')).toBeGreaterThan(0.15);
    expect(value('q')).toBeLessThan(0.85);
    const seeds = [1, 2, 3].map(seed => probe(typed('x'), { n: 0, p: 1, seed })?.value);
    expect(new Set(seeds).size).toBe(3);
  });
  it('has the derivatives that belong to its functions', () => {
    const symbol = symbolRule('x');
    for (const text of [
      '\\phi(x)',
      '\\phi(x^2)^2',
      '\\tanh(x)',
      '\\sin(x)\\cosh(x)',
      'K(x\\nabla E)',
      'K(x^2\\nabla E)^2',
    ]) {
      const value = (own: Expression, x: number): number =>
        probe(own, { n: 2, p: 2, seed: 5, symbols: new Map([['x', x]]) })?.value ?? Number.NaN;
      const [step, at_] = [1e-4, 0.6];
      let own = typed(text);
      for (let order = 1; order <= 3; order += 1) {
        const next = differentiate(own, symbol);
        const slope = (value(own, at_ + step) - value(own, at_ - step)) / (2 * step);
        expect(Math.abs(value(next, at_) - slope), `${text}, order ${order}`).toBeLessThan(
          1e-5 * (1 + Math.abs(slope)),
        );
        own = next;
      }
    }
  });
  it('has no value where there is none, or where it takes too long', () => {
    expect(at('\\frac{1}{x}', 0, { x: 0 })).toBe(null);
    expect(at('\\log(x)', 0, { x: -1 })).toBe(null);
    expect(at('\\sqrt{x}+y', 0, { x: -1 })).toBe(null);
    const nested = typed('\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\eta_k\\eta_l');
    expect(probe(nested, { n: 20, p: 1, seed: 1, products: 100 })).toBe(null);
    expect(probe(nested, { n: 8, p: 1, seed: 1, products: 100 })).not.toBe(null);
    expect(probe(nested, { n: 200, p: 1, seed: 1 })).toBe(null);
  });
  it('sees what is not zero', () => {
    expect(isProbablyNonzero(typed('x'))).toBe(true);
    expect(isProbablyNonzero(typed('n'))).toBe(true);
    expect(isProbablyNonzero(typed('\\sum_{k=3}^{n}b^k'))).toBe(true);
    expect(isProbablyNonzero(typed('\\sum_{i=1}^{j-1}b'))).toBe(true);
    expect(isProbablyNonzero(typed('0'))).toBe(false);
    expect(isProbablyNonzero(difference('\\sqrt{(a+b)^2}', 'a+b'))).toBe(false);
    const [own] = typed('\\sqrt{\\sum_{k=0}^{n}k+x-x}').terms[0]?.factors ?? [];
    if (own?.factor.kind !== 'template') throw new Error('a template was read');
    expect(probeTemplate(own.factor.template, [4], 3)).toBe(10);
    const [many] = typed('\\sqrt{\\sum_{k=0}^{n}\\sum_{l=0}^{n}\\eta_k\\eta_l+x}').terms[0]?.factors ?? [];
    if (many?.factor.kind !== 'template') throw new Error('a template was read');
    expect(probeTemplate(many.factor.template, [3], 3)).not.toBe(null);
    expect(probeTemplate(many.factor.template, [400], 3)).toBe(null);
    const [bad] = typed('\\sqrt{\\frac{1}{n}+x}').terms[0]?.factors ?? [];
    if (bad?.factor.kind !== 'template') throw new Error('a template was read');
    expect(probeTemplate(bad.factor.template, [0], 3)).toBe(null);
  });
});
