import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempt } from '../../src/base/problem.ts';
import { positionAt, type Span } from '../../src/base/span.ts';
import { Rational } from '../../src/number/rational.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import type { Loss } from '../../src/evaluate/loss/loss.ts';
import { loadMathjs, type MathInstance } from '../../src/evaluate/loss/mathjs.ts';
import { type LossMonomial, PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { SeriesRing } from '../../src/evaluate/ring/series-ring.ts';

const ring = new FloatRing(60);
const number = (text: string): Rational => Rational.parse(text) ?? Rational.zero;
let math: MathInstance;
beforeAll(async () => {
  math = await loadMathjs();
});

const read = (text: string, count = 3): Loss => new LossReader(math).function(text, 'x', count, null);
const at = (loss: Loss, indices: readonly number[], point: readonly string[]): string =>
  printFloat(
    loss.derivative(indices)(
      ring,
      point.map(text => ring.fromRational(number(text))),
    ),
    40,
  );
const shown = (text: string): string => printFloat(ring.fromRational(number(text)), 40);

describe('the grammar of losses', () => {
  it.each([
    ['2^3^2', '512'],
    ['-x1^2', '-4'],
    ['-2^2', '-4'],
    ['2*-x1', '-4'],
    ['x1^-2', '1/4'],
    ['1/3*x1', '2/3'],
    ['x1/3/2', '1/3'],
    ['x1 - 1 - 1', '0'],
    ['x1 - (1 - 1)', '2'],
    ['+x1', '2'],
    ['- - x1', '2'],
    ['x1^2/2 + x1*x2/3 - x2', '1'],
    ['(3/2 - 2*x1*x2)^2/2', '441/8'],
    ['x1^(6/3)', '4'],
    ['8^(1/3) + x3', '2'],
    ['sqrt(x1^2 + 5*x1 - 5)', '3'],
    ['1e-8 + 1.5E3 + .5 + 2.', '1502.50000001'],
    ['x3^0 + x3*0', '1'],
    ['0.1000000000000000000000000000000000001*10', '1.000000000000000000000000000000000001'],
    ['tanh(x3) + sin(x3) + exp(x3) + cos(x3) + log(x3 + 1)', '2'],
    ['x1^x2', '8'],
    ['2 + 3 * 4 ^ 2 / 6', '10'],
    ['7', '7'],
    ['((((x1))))', '2'],
  ])('%s is %s at (2, 3, 0)', (text, expected) => {
    expect(at(read(text), [], ['2', '3', '0'])).toBe(shown(expected));
  });
});

describe('derivatives of losses', () => {
  it.each<[string, number[], string]>([
    ['x1^3*x2', [1, 1], '36'],
    ['x1^3*x2', [2, 1], '12'],
    ['x1^3*x2', [2, 2], '0'],
    ['x1/x2', [2], '-2/9'],
    ['x1/x2', [2, 2], '4/27'],
    ['1/x1', [1, 1, 1], '-6/16'],
    ['sqrt(x1*8)', [1], '1'],
    ['x1^(5/2)*2^(1/2)', [1, 1, 1], '15/8'],
    ['tanh(x3)', [3, 3, 3], '-2'],
    ['exp(2*x3)', [3, 3], '4'],
    ['log(1 + x3)', [3, 3, 3], '2'],
    ['sin(x3)*cos(x3)', [3], '1'],
    ['x3^2', [3, 3], '2'],
    ['x3^1', [3], '1'],
    ['(x1 - x2)^4', [1, 2, 1], '24'],
  ])('of %s by %j', (text, indices, expected) => {
    expect(at(read(text), indices, ['2', '3', '0'])).toBe(shown(expected));
  });

  it('of a variable exponent', () => {
    // ∂/∂x2 of x1^x2 = x1^x2 log x1, by x1 again: x1^(x2−1) (x2 log x1 + 1).
    const log2 = ring.log(ring.fromRational(Rational.of(2)));
    const expected = ring.multiply(
      ring.fromRational(Rational.of(4)),
      ring.add(ring.multiply(ring.fromRational(Rational.of(3)), log2), ring.one),
    );
    expect(at(read('x1^x2'), [2, 1], ['2', '3', '0'])).toBe(printFloat(expected, 40));
  });

  const monomial = fc.record({
    coefficient: fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 7 }))
      .map(([num, den]) => Rational.of(num, den)),
    powers: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
  });
  const point = fc.array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 3,
    maxLength: 3,
  });

  it('of polynomials agree with the exact ones, also read back from their text', () => {
    fc.assert(
      fc.property(
        fc.array(monomial, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
        point,
        (monomials: LossMonomial[], indices, x) => {
          const polynomial = new PolynomialLoss(monomials);
          const texts = x.map(([num, den]) => `${num}/${den}`);
          const expected = monomials.reduce((sum, { coefficient, powers }) => {
            let value = coefficient;
            const left = [...powers];
            for (const index of indices) {
              value = value.multiply(Rational.of(left[index - 1] ?? 0));
              left[index - 1] = Math.max(0, (left[index - 1] ?? 0) - 1);
            }
            return sum.add(
              left.reduce((product, power, place) => product.multiply(number(texts[place] ?? '').power(power)), value),
            );
          }, Rational.zero);
          const exactly = ring.fromRational(expected);
          for (const loss of [polynomial, read(polynomial.text)]) {
            const value = loss.derivative(indices)(
              ring,
              texts.map(text => ring.fromRational(number(text))),
            );
            // Sums may cancel: compare by the difference.
            expect(Math.abs(Number(printFloat(ring.subtract(value, exactly), 5)))).toBeLessThan(1e-45);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of elementary functions agree with the series of the function', () => {
    const dual = new SeriesRing(ring, 4);
    const texts = [
      'tanh(x1*x2)',
      'exp(-x1^2)*sin(x2)',
      'sqrt(1 + x1^2 + x2^2)',
      'log(2 + cos(x1))*x2^3',
      'x1^(3/2)/(1 + tanh(x2))',
      '(1 + x1^2)^(x2/3)',
    ];
    for (const text of texts) {
      const loss = read(text);
      const x = ['4/3', '-2/5', '0'].map(value => ring.fromRational(number(value)));
      const lifted = x.map((value, place) =>
        place === 0 ? dual.add(dual.constant(value), dual.monomial(ring.one, 1)) : dual.constant(value),
      );
      const expansion = loss.derivative([])(dual, lifted);
      [1, 1, 2, 6].forEach((factorial, order) => {
        const derivative = loss.derivative(Array<number>(order).fill(1))(ring, x);
        const coefficient = ring.multiply(
          dual.coefficient(expansion, order),
          ring.fromRational(Rational.of(factorial)),
        );
        expect(printFloat(derivative, 45)).toBe(printFloat(coefficient, 45));
      });
    }
  });
});

describe('losses that cannot be read', () => {
  const problemOf = (text: string): { code: string; column: number } => {
    const span: Span = { source: { name: 'loss', text }, start: 0, end: text.length };
    const result = attempt(() => new LossReader(math).function(text, 'x', 2, span));
    if (result.ok) throw new Error(`${text} was read`);
    const [problem] = result.problems;
    return { code: problem?.code ?? '', column: positionAt(text, problem?.span?.start ?? -1).column };
  };
  it.each<[string, string, number]>([
    ['x1 + y', 'free-variable', 6],
    ['x1 + x3', 'free-variable', 6],
    ['x0', 'free-variable', 1],
    ['x01', 'free-variable', 1],
    ['pi*x1', 'free-variable', 1],
    ['2*e', 'free-variable', 3],
    ['x1*i', 'free-variable', 4],
    ['2x1', 'loss-syntax', 2],
    ['2 x1', 'loss-syntax', 3],
    ['2(x1)', 'loss-syntax', 2],
    ['(x1)(x2)', 'loss-syntax', 5],
    ['x1 x2', 'loss-syntax', 4],
    ['x1(x2)', 'unknown-function', 1],
    ['sinh(x1)', 'unknown-function', 1],
    ['abs(x1)', 'unknown-function', 1],
    ['sqrt', 'free-variable', 1],
    ['exp(x1, x2)', 'loss-syntax', 1],
    ['x1,x2', 'loss-syntax', 3],
    ['(x1, x2)', 'loss-syntax', 4],
    ['exp()', 'loss-syntax', 1],
    ['x1 +', 'loss-syntax', 4],
    ['x1 + * x2', 'loss-syntax', 6],
    ['(x1', 'loss-syntax', 4],
    ['x1)', 'loss-syntax', 3],
    ['', 'loss-syntax', 1],
    ['  ', 'loss-syntax', 1],
    ['1:1e9', 'loss-syntax', 2],
    ['x1!', 'loss-syntax', 3],
    ['x1 % 2', 'loss-syntax', 4],
    ['[1, 2]', 'loss-syntax', 1],
    ['"x1"', 'loss-syntax', 1],
    ['x1 = 2', 'loss-syntax', 4],
    ['x1; x2', 'loss-syntax', 3],
    ['x1 # comment', 'loss-syntax', 4],
    ['x1²', 'loss-syntax', 3],
    ['x1 − 2', 'loss-syntax', 4],
    ['import("fs")', 'loss-syntax', 8],
    ['1e99999', 'number-too-large', 1],
    ['x1^99999999', 'number-too-large', 1],
    ['x1.y', 'loss-syntax', 3],
  ])('%s: %s at column %d', (text, code, column) => {
    expect(problemOf(text)).toEqual({ code, column });
  });

  it.each([
    ['parentheses', `${'('.repeat(10_000)}x1${')'.repeat(10_000)}`, 'too-deep'],
    ['powers', Array<string>(10_000).fill('x1').join('^'), 'too-deep'],
    ['signs', `${'-'.repeat(10_000)}x1`, 'too-deep'],
    ['signs and powers', `x1${'^-2'.repeat(5_000)}`, 'too-deep'],
    ['functions', `${'exp('.repeat(5_000)}x1${')'.repeat(5_000)}`, 'too-deep'],
    ['length', 'x1+'.repeat(1_000_000), 'loss-too-long'],
  ])('hostile %s end in a problem', (_, text, code) => {
    const result = attempt(() => read(text));
    expect(result.ok ? 'read' : result.problems[0]?.code).toBe(code);
  });

  it('long sums and products are read', () => {
    expect(at(read(Array<string>(5_000).fill('x1').join(' + ')), [1], ['2', '3', '0'])).toBe('5000');
    expect(at(read(`(${Array<string>(5_000).fill('x1').join(' - ')})`), [1], ['2', '3', '0'])).toBe('-4998');
    expect(at(read(Array<string>(2_000).fill('x3').join('*')), [], ['2', '3', '1'])).toBe('1');
    expect(at(read(`1/${Array<string>(2_000).fill('x3').join('/')}`), [], ['2', '3', '1'])).toBe('1');
  });
});

describe('losses without a value or a derivative at the point', () => {
  const codeOf = (text: string, indices: number[], point: string[]): string => {
    const result = attempt(() => at(read(text), indices, point));
    return result.ok ? 'value' : (result.problems[0]?.code ?? '');
  };
  it.each<[string, number[], string[], string]>([
    ['sqrt(x1^2)', [1], ['0', '1', '1'], 'not-differentiable'],
    ['sqrt(x1^2)', [], ['0', '1', '1'], 'value'],
    ['x1^(3/2)', [1], ['0', '1', '1'], 'value'],
    ['x1^(3/2)', [1, 1], ['0', '1', '1'], 'not-differentiable'],
    ['1/x1', [], ['0', '1', '1'], 'division-by-zero'],
    ['1/x1', [1], ['0', '1', '1'], 'division-by-zero'],
    ['log(x1)', [1], ['-1', '1', '1'], 'undefined-at-point'],
    ['sqrt(x1)', [1], ['-1', '1', '1'], 'undefined-at-point'],
    ['x1/(2 - 2)', [1], ['1', '1', '1'], 'division-by-zero'],
    ['exp(exp(exp(x1)))', [1], ['9', '1', '1'], 'number-too-large'],
  ])('%s by %j at %j: %s', (text, indices, point, code) => {
    expect(codeOf(text, indices, point)).toBe(code);
  });
});
