import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import {
  addition,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  root,
  subtraction,
  sum,
} from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Equation, evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { adam, adamEquation } from './optimizers/adam.ts';
import { gradientDescent, gradientDescentEquation, heavyBall, heavyBallEquation } from './optimizers/classical.ts';

async function read(made: Optimizer, value: object): Promise<Instance> {
  const result = await readInstance(JSON.stringify(value), made);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.value;
}
function values(equation: Equation, instance: Instance, digits: number): string[][] {
  const result = evaluateCoefficients(equation, instance, digits);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}
const equation = (...coefficients: Formula[]): Equation => ({ coefficients, definitions: [], declarations: [] });
const line: Instance = {
  n: 0,
  theta: [Rational.of(1, 3)],
  setting: 'full-batch',
  hyperparameters: new Map(),
  losses: [],
  functions: new Map(),
  schedules: new Map(),
};
const fraction = (num: number, den = 1): Formula => number(Rational.of(num, den));

describe('coefficients by hand', () => {
  it('gradient descent on x²/2: −x, −x/2, −x/3', async () => {
    const instance = await read(gradientDescent, { n: 0, theta: ['3/7'], losses: ['x1^2/2'], hyperparameters: {} });
    expect(values(gradientDescentEquation, instance, 20)).toEqual([
      ['-0.42857142857142857143'],
      ['-0.21428571428571428571'],
      ['-0.14285714285714285714'],
    ]);
  });

  it('gradient descent on x⁴/4: −x³, −(3/2)x⁵, −(7/2)x⁷', async () => {
    const instance = await read(gradientDescent, { n: 0, theta: ['-1/2'], losses: ['x1^4/4'], hyperparameters: {} });
    expect(values(gradientDescentEquation, instance, 30)).toEqual([['0.125'], ['0.046875'], ['0.02734375']]);
  });

  it('heavy ball at n = 1: −(1+β)∇E and γ_1', async () => {
    // β = 1/2, E = x², x = 1: f_0 = −(1 + ½)·2 = −3; γ_1 = 1 − 1/16 − 4·2·¼·(½)/(3/2) = 13/48; f_1 = −(13/48)(3/2)/(2/8)·4 = −6.5.
    const instance = await read(heavyBall, {
      n: 1,
      theta: [1],
      setting: 'full-batch',
      losses: ['x1^2'],
      hyperparameters: { beta: '1/2' },
    });
    expect(values(heavyBallEquation, instance, 25)).toEqual([['-3'], ['-6.5']]);
  });

  it('Adam at n = 0: the step −g/√(g²+ε), f_1 = −½ times its derivative along itself', async () => {
    // g = 3, E″ = 1, g² + ε = 25: f_0 = −3/5; f_1 = −½·(ε/125)·(3/5) = −½·(16/125)·(3/5).
    const instance = await read(adam, {
      n: 0,
      theta: [3],
      losses: ['x1^2/2'],
      hyperparameters: { beta: '1/3', rho: '1/7', epsilon: 16 },
    });
    expect(values(adamEquation, instance, 40)).toEqual([['-0.6'], ['-0.0384']]);
  });
});

describe('digits', () => {
  it.each([1, 5, 40, 200])('√2 to %d digits', digits => {
    const printed = values(equation(root(number(2))), line, digits)[0]?.[0] ?? '';
    const [whole = '', part = ''] = printed.split('.');
    const coefficient = BigInt(whole + part);
    // (2c ± 1)² brackets 4·2·10^(2d).
    const target = 8n * 10n ** BigInt(2 * part.length);
    expect((2n * coefficient - 1n) ** 2n < target && target < (2n * coefficient + 1n) ** 2n).toBe(true);
    // A trailing zero is not printed.
    expect(digits - whole.length - part.length === 0 || digits - whole.length - part.length === 1).toBe(true);
  });

  it('survive the cancellation of a hundred digits', () => {
    const big = toPower(number(10), number(100));
    expect(values(equation(subtraction(addition(big, iterate(number(1))), big)), line, 40)).toEqual([
      ['0.3333333333333333333333333333333333333333'],
    ]);
    const tiny = toPower(number(10), number(-90));
    expect(
      values(
        equation(subtraction(divide(number(1), number(3)), subtraction(divide(number(1), number(3)), tiny))),
        line,
        10,
      ),
    ).toEqual([['1e-90']]);
  });

  it('exact zeros are recognised, rounded ones too', () => {
    const third = divide(number(1), number(3));
    const zeros = equation(
      subtraction(multiplication(third, number(3)), number(1)),
      subtraction(toPower(root(number(2)), number(2)), number(2)),
      subtraction(iterate(number(1)), fraction(1, 3)),
      number(0),
      addition(
        third,
        negation(iterate(number(1))),
        subtraction(root(number(12)), multiplication(number(2), root(number(3)))),
      ),
    );
    expect(values(zeros, line, 40)).toEqual([['0'], ['0'], ['0'], ['0'], ['0']]);
  });

  it('small and large numbers keep their digits', () => {
    expect(
      values(equation(toPower(fraction(1, 3), number(100)), toPower(number(3), number(100)), fraction(1, 8)), line, 12),
    ).toEqual([['1.94032521748e-48'], ['5.15377520732e+47'], ['0.125']]);
  });

  it('halfway between two decimals is away from zero, also where 1/8 was computed from thirds', () => {
    const third = divide(number(1), number(3));
    expect(
      values(
        equation(fraction(-1, 8), multiplication(third, fraction(3, 8)), toPower(root(fraction(25, 2)), number(2))),
        line,
        2,
      ),
    ).toEqual([['-0.13'], ['0.13'], ['13']]);
  });

  it('a hyperparameter far below the working precision is not lost', async () => {
    const instance = await read(adam, {
      n: 0,
      theta: [0],
      losses: ['x1'],
      hyperparameters: { beta: '1/3', rho: '1/7', epsilon: '1e-300' },
    });
    // f_0 = −1/√(1 + 10⁻³⁰⁰) rounds to −1; f_1 vanishes with E″.
    expect(values(adamEquation, instance, 40)).toEqual([['-1'], ['0']]);
  });
});

describe('growing n', () => {
  it('a sum of n terms in a sum of n terms costs about n', () => {
    const [n, k, l] = [index(ITERATION), index('k'), index('l')];
    const beta = parameter('\\beta');
    const nested = sum(
      'k',
      number(0),
      n,
      multiplication(
        toPower(beta, subtraction(n, k)),
        sum('l', k, subtraction(n, number(1)), divide(number(1), addition(l, number(1)))),
      ),
    );
    const steps = (size: number): number => {
      const budget = new Budget(Number.POSITIVE_INFINITY);
      const result = evaluateCoefficients(
        equation(nested),
        { ...line, n: size, hyperparameters: new Map([['\\beta', Rational.of(1, 2)]]) },
        20,
        budget,
      );
      expect(result.ok).toBe(true);
      return budget.spent;
    };
    expect(steps(800) / steps(200)).toBeLessThan(4.5);
  });
});

describe('sines of differences that vanish', () => {
  it.each([
    ['cos(x1-1/3) + x1', ['-1', '0.5']],
    ['sin(3*x1-1)', ['-3', '0']],
    ['cos(sqrt(12*x1)-2)', ['0', '0']],
  ])('%s', async (loss, expected) => {
    const instance = await read(gradientDescent, { n: 0, hyperparameters: {}, theta: ['1/3'], losses: [loss] });
    expect(values(gradientDescentEquation, instance, 40).slice(0, 2)).toEqual(expected.map(value => [value]));
  });
});

describe('instances at which a coefficient has no value', () => {
  it.each<[string, object, string]>([
    ['a loss that is not differentiable', { losses: ['sqrt(x1^2) + x1'], theta: [0] }, 'not-differentiable'],
    ['a loss without a value', { losses: ['1/x1'], theta: [0] }, 'division-by-zero'],
    ['a logarithm of zero', { losses: ['log(x1)'], theta: [0] }, 'undefined-at-point'],
  ])('%s', async (_, change, code) => {
    const instance = await read(gradientDescent, { n: 0, hyperparameters: {}, ...change });
    const result = evaluateCoefficients(gradientDescentEquation, instance, 20);
    expect(result.ok ? 'value' : result.problems[0]?.code).toBe(code);
  });
  it('a loss whose derivative is singular where a difference vanishes: the message has its place', async () => {
    const instance = await read(gradientDescent, {
      n: 0,
      hyperparameters: {},
      theta: ['1/3'],
      losses: ['sqrt(x1-1/3)'],
    });
    const result = evaluateCoefficients(gradientDescentEquation, instance, 20);
    const problem = result.ok ? undefined : result.problems[0];
    expect(problem?.code).toBe('not-differentiable');
    expect(problem?.span?.source.text.slice(problem.span.start, problem.span.end)).toBe('sqrt(x1-1/3)');
  });
  it('a division by zero at the instance', () => {
    const result = evaluateCoefficients(
      equation(divide(number(1), subtraction(iterate(number(1)), fraction(1, 3)))),
      line,
      20,
    );
    expect(result.ok ? 'value' : result.problems[0]?.code).toBe('division-by-zero');
  });
  it('a spent budget', () => {
    const result = evaluateCoefficients(
      equation(sum('k', number(0), number(9_999), gradient([index(COMPONENT)], null))),
      line,
      20,
      new Budget(100),
    );
    expect(result.ok ? 'value' : result.problems[0]?.code).toBe('instance-losses');
    const long = evaluateCoefficients(
      equation(sum('k', number(0), number(9_999), toPower(index('k'), number(2)))),
      line,
      20,
      new Budget(100),
    );
    expect(long.ok ? 'value' : long.problems[0]?.code).toBe('budget-spent');
  });
});
