import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, BudgetSpent } from '../../src/base/budget.ts';
import { attempt } from '../../src/base/problem.ts';
import {
  modulus,
  addition,
  call,
  definition,
  divide,
  gradient,
  index,
  iterate,
  loss,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  product,
  quantity,
  root,
  schedule,
  step,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { type BigFloat, logarithmOfSize } from '../../src/number/big-float.ts';
import { Rational } from '../../src/number/rational.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import { FloatRing, printFloat } from '../../src/evaluate/ring/float-ring.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { instanceEnvironment } from '../../src/evaluate/instance/instance-environment.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { Program, type ProgramOptions } from '../../src/evaluate/program/program.ts';
import { SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { DEFINITIONS, topFormula } from './arbitrary-history-formula.ts';
import { naiveValue } from './naive-value.ts';

const ring = new FloatRing(60);
const rational = (text: string): Rational => Rational.parse(text) ?? Rational.zero;
const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k, l] = [index('i'), index('k'), index('l')];

const monomial = (text: string, ...powers: number[]) => ({ coefficient: rational(text), powers });
const instance: Instance = {
  n: 3,
  theta: [rational('2/3'), rational('-1/2')],
  setting: 'mini-batch',
  hyperparameters: new Map([
    ['\\beta', rational('4/5')],
    ['\\rho', rational('2/3')],
    ['\\zeta', Rational.zero],
  ]),
  losses: [
    new PolynomialLoss([monomial('1/2', 2), monomial('1/3', 1, 1), monomial('-1', 0, 1)]),
    new PolynomialLoss([monomial('1', 1, 2), monomial('2', 1)]),
    new PolynomialLoss([monomial('2', 2, 2), monomial('-3/2', 1, 1)]),
    new PolynomialLoss([monomial('1/5', 3, 1), monomial('1', 0, 3), monomial('-1/7', 1)]),
  ],
  functions: new Map([
    ['\\phi', [new PolynomialLoss([monomial('1', 3), monomial('-2', 1)], () => 'x')]],
    ['K', [new PolynomialLoss([monomial('1', 2, 1)], at => `v${at}`)]],
    [
      '\\Phi',
      [
        new PolynomialLoss([monomial('1', 1, 1)], at => `v${at}`),
        new PolynomialLoss([monomial('1', 0, 2)], at => `v${at}`),
      ],
    ],
  ]),
  schedules: new Map([['\\eta', ['1', '1/2', '1/3', '1/4'].map(rational)]]),
  vectors: new Map([['v', [rational('3'), rational('-5')]]]),
};

const numberOf = (
  formula: Formula,
  options: ProgramOptions = {},
  letters = new Map([
    [ITERATION, 3],
    [COMPONENT, 1],
  ]),
): BigFloat => new Evaluator(new Program(options), instanceEnvironment(instance, ring, null)).value(formula, letters);
const exactly = (text: string): string => printFloat(ring.fromRational(rational(text)), 45);
const shown = (formula: Formula, options?: ProgramOptions): string => printFloat(numberOf(formula, options), 45);
const codeOf = (formula: Formula, options?: ProgramOptions): string => {
  const result = attempt(() => numberOf(formula, options));
  return result.ok ? 'value' : (result.problems[0]?.code ?? '');
};

describe('the evaluator and the naive one', () => {
  it('agree on random formulas with nested sums', () => {
    let nonzero = 0;
    fc.assert(
      fc.property(
        topFormula,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        (formula, iteration, component) => {
          const environment = instanceEnvironment(instance, ring, null);
          const letters = new Map([
            [ITERATION, iteration],
            [COMPONENT, component],
          ]);
          const expected = attempt(() => naiveValue(formula, environment, letters, DEFINITIONS));
          const value = attempt(() =>
            new Evaluator(new Program({ definitions: DEFINITIONS }), environment).value(formula, letters),
          );
          expect(value.ok).toBe(expected.ok);
          if (!value.ok || !expected.ok) return;
          const difference = logarithmOfSize(ring.subtract(value.value, expected.value));
          expect(difference).toBeLessThan(Math.max(0, logarithmOfSize(expected.value)) - 40);
          if (!ring.isZero(expected.value)) nonzero += 1;
        },
      ),
      { numRuns: 400 },
    );
    expect(nonzero).toBeGreaterThan(100);
  });

  it('agree over series too', () => {
    const series = new SeriesRing(ring, 3);
    fc.assert(
      fc.property(topFormula, formula => {
        const flat = instanceEnvironment(instance, series, series.monomial(ring.one, 1));
        const moving = {
          ...flat,
          point: flat.point.map((value, place) =>
            series.add(value, series.monomial(ring.fromRational(Rational.of(place + 1)), 1)),
          ),
        };
        const letters = new Map([
          [ITERATION, 2],
          [COMPONENT, 1],
        ]);
        const expected = naiveValue(formula, moving, letters, DEFINITIONS);
        const value = new Evaluator(new Program({ definitions: DEFINITIONS }), moving).value(formula, letters);
        value.forEach((coefficient, q) => {
          const other = series.coefficient(expected, q);
          expect(logarithmOfSize(ring.subtract(coefficient, other))).toBeLessThan(
            Math.max(0, logarithmOfSize(other)) - 35,
          );
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('values', () => {
  it.each<[string, Formula, string]>([
    ['an empty sum', sum('k', number(1), number(0), divide(number(1), number(0))), '0'],
    ['an empty product', product('k', number(1), number(0), number(7)), '1'],
    ['a sum of integers', sum('k', number(1), n, k), '6'],
    ['a factorial', product('k', number(1), n, k), '6'],
    ['the dimension', index(DIMENSION), '2'],
    [
      '0⁰ in a weight',
      sum('k', number(0), n, multiplication(toPower(parameter('\\zeta'), subtraction(n, k)), addition(k, number(1)))),
      '4',
    ],
    [
      '0⁰ in a growing weight',
      sum('k', number(0), n, multiplication(toPower(parameter('\\zeta'), k), addition(k, number(1)))),
      '1',
    ],
    [
      'two weights',
      sum(
        'k',
        number(0),
        n,
        multiplication(toPower(parameter('\\beta'), subtraction(n, k)), toPower(parameter('\\rho'), k)),
      ),
      '136808/84375'.replace('136808/84375', '') || '0',
    ],
    ['a schedule', schedule('\\eta', subtraction(n, number(1))), '1/3'],
    ['a half-integer exponent', toPower(number(4), divide(n, number(2))), '8'],
    ['an absolute value', modulus(iterate(number(2))), '1/2'],
    [
      'max of indices as bound',
      sum(
        'k',
        { kind: 'extremum', span: null, which: 'max', arguments: [number(2), subtraction(n, number(2))] },
        n,
        number(1),
      ),
      '2',
    ],
    ['θ', iterate(j), '2/3'],
    ['a vector', quantity('v', [number(2)], []), '-5'],
    ['∇_1 E_0', gradient([number(1)], number(0)), '1/2'],
    ['∇_{12} E_1', gradient([number(1), number(2)], number(1)), '-1'],
    [
      'a loss at a shifted point',
      loss(number(1), { index: 'c', body: addition(iterate(index('c')), number(Rational.of(1, 3))) }),
      '73/36',
    ],
    [
      'the norm',
      {
        kind: 'norm',
        span: null,
        order: 2,
        perturbation: null,
        argument: { index: 'c', body: quantity('w', [index('c')], []) },
      },
      '5',
    ],
    [
      'the 1-norm',
      {
        kind: 'norm',
        span: null,
        order: 1,
        perturbation: null,
        argument: { index: 'c', body: quantity('v', [index('c')], []) },
      },
      '8',
    ],
    [
      'the perturbed 1-norm',
      {
        kind: 'norm',
        span: null,
        order: 1,
        perturbation: number(0),
        argument: { index: 'c', body: quantity('v', [index('c')], []) },
      },
      '8',
    ],
    ['φ″', call('\\phi', number(2), 2), '12'],
    ['a declared body, derived', call('\\psi', number(3), 1), '2'],
    [
      'K',
      {
        kind: 'vector-call',
        span: null,
        name: 'K',
        component: null,
        by: [],
        argument: { index: 'c', body: quantity('v', [index('c')], []) },
      },
      '-45',
    ],
    [
      '∂_1K',
      {
        kind: 'vector-call',
        span: null,
        name: 'K',
        component: null,
        by: [number(1)],
        argument: { index: 'c', body: quantity('v', [index('c')], []) },
      },
      '-30',
    ],
    [
      'Φ_2',
      {
        kind: 'vector-call',
        span: null,
        name: '\\Phi',
        component: number(2),
        by: [number(2)],
        argument: { index: 'c', body: quantity('v', [index('c')], []) },
      },
      '-10',
    ],
  ])('%s', (name, formula, expected) => {
    const options: ProgramOptions = {
      declarations: [
        { kind: 'vector', name: 'v', span: null },
        { kind: 'function', name: '\\phi', odd: true, formal: 'x', body: null, span: null },
        {
          kind: 'function',
          name: '\\psi',
          odd: false,
          formal: 'x',
          body: divide(toPower(parameter('x'), number(2)), number(3)),
          span: null,
        },
        { kind: 'vector-function', name: 'K', result: 'scalar', span: null },
        { kind: 'vector-function', name: '\\Phi', result: 'vector', span: null },
      ],
      definitions: [
        definition(
          'w',
          ['c'],
          [],
          subtraction(
            multiplication(number(7), subtraction(number(2), index('c'))),
            multiplication(
              number(Rational.of(1)),
              subtraction(
                multiplication(number(8), subtraction(number(2), index('c'))),
                multiplication(number(5), number(1)),
              ),
            ),
          ),
        ),
      ],
    };
    if (name === 'two weights') {
      // (β⁴ − ρ⁴)/(β − ρ) with β = 4/5, ρ = 2/3.
      const [b, r] = [rational('4/5'), rational('2/3')];
      expect(shown(formula, options)).toBe(exactly(b.power(4).subtract(r.power(4)).divide(b.subtract(r)).toString()));
    } else if (name === 'the norm') {
      // w = (4, 5): ‖w‖² = 41.
      expect(shown(toPower(formula, number(2)), options)).toBe('41');
    } else expect(shown(formula, options)).toBe(exactly(expected));
  });
});

describe('derivatives of formulas', () => {
  const theta: Formula = iterate(index('i'));
  const square = sumOverCoordinates('i', toPower(theta, number(2)));
  const derivative = (by: Formula[], argument: Formula): Formula => ({ kind: 'derivative', span: null, by, argument });
  const energy = gradient([i], number(1));
  it.each<[string, Formula, Formula]>([
    ['∇_jΣθ² = 2θ_j', derivative([j], square), multiplication(number(2), iterate(j))],
    ['second derivatives', derivative([j, j], square), number(2)],
    ['of a gradient', derivative([j], gradient([number(2)], number(2))), gradient([j, number(2)], number(2))],
    [
      'of a gradient, twice',
      derivative([j, number(2)], gradient([number(2)], number(2))),
      gradient([j, number(2), number(2)], number(2)),
    ],
    [
      '∇_j½‖∇E‖² = Σ∇_{ij}E∇_iE',
      derivative([j], divide(sumOverCoordinates('i', toPower(energy, number(2))), number(2))),
      sumOverCoordinates('i', multiplication(gradient([i, j], number(1)), energy)),
    ],
    [
      '∇_j‖∇E‖_{1,ε}',
      derivative([j], {
        kind: 'norm',
        span: null,
        order: 1,
        perturbation: parameter('\\rho'),
        argument: { index: 'i', body: energy },
      }),
      sumOverCoordinates(
        'i',
        divide(
          multiplication(gradient([i, j], number(1)), energy),
          root(addition(toPower(energy, number(2)), parameter('\\rho'))),
        ),
      ),
    ],
    [
      'through a definition',
      derivative([j], quantity('Q', [number(2)], [n])),
      sum(
        'k',
        number(0),
        n,
        multiplication(toPower(parameter('\\beta'), subtraction(n, k)), gradient([j, number(2)], k)),
      ),
    ],
    [
      'through a definition at a shifted point',
      derivative(
        [j],
        quantity('Q', [number(2)], [n], { index: 'c', body: multiplication(number(2), iterate(index('c'))) }),
      ),
      multiplication(
        number(2),
        sum(
          'k',
          number(0),
          n,
          multiplication(
            toPower(parameter('\\beta'), subtraction(n, k)),
            gradient([j, number(2)], k, { index: 'c', body: multiplication(number(2), iterate(index('c'))) }),
          ),
        ),
      ),
    ],
    [
      'through K',
      derivative([j], {
        kind: 'vector-call',
        span: null,
        name: 'K',
        component: null,
        by: [],
        argument: { index: 'i', body: energy },
      }),
      sumOverCoordinates(
        'i',
        multiplication(gradient([i, j], number(1)), {
          kind: 'vector-call',
          span: null,
          name: 'K',
          component: null,
          by: [i],
          argument: { index: 'l', body: gradient([l], number(1)) },
        }),
      ),
    ],
    [
      'by a hyperparameter',
      {
        kind: 'parameter-derivative',
        span: null,
        by: '\\beta',
        argument: divide(toPower(parameter('\\beta'), n), subtraction(number(1), parameter('\\beta'))),
      },
      addition(
        divide(
          multiplication(n, toPower(parameter('\\beta'), subtraction(n, number(1)))),
          subtraction(number(1), parameter('\\beta')),
        ),
        divide(toPower(parameter('\\beta'), n), toPower(subtraction(number(1), parameter('\\beta')), number(2))),
      ),
    ],
    [
      'tanh twice',
      call('tanh', iterate(j), 2),
      multiplication(
        number(-2),
        call('tanh', iterate(j)),
        subtraction(number(1), toPower(call('tanh', iterate(j)), number(2))),
      ),
    ],
  ])('%s', (_, left, right) => {
    const options: ProgramOptions = {
      definitions: [
        definition(
          'Q',
          [COMPONENT],
          [ITERATION],
          sum('k', number(0), n, multiplication(toPower(parameter('\\beta'), subtraction(n, k)), gradient([j], k))),
        ),
      ],
      declarations: [{ kind: 'vector-function', name: 'K', result: 'scalar', span: null }],
    };
    expect(shown(left, options)).toBe(shown(right, options));
    expect(shown(right, options)).not.toBe('0');
  });
});

describe('names without a value', () => {
  const cycle = [definition('A', [], [], quantity('B', [], [])), definition('B', [], [], quantity('A', [], []))];
  it.each<[string, Formula, string, ProgramOptions?]>([
    ['an undefined quantity', quantity('X', [j], [n]), 'undefined-name'],
    ['an undefined hyperparameter', parameter('\\gamma'), 'undefined-name'],
    ['an undeclared function', call('f', number(1)), 'undefined-name'],
    ['a bound letter outside its sum', addition(sum('k', number(0), n, k), k), 'unbound-index'],
    [
      'a letter of the place of use in a definition',
      sum('k', number(0), n, quantity('A', [], [])),
      'unbound-index',
      { definitions: [definition('A', [], [], k)] },
    ],
    [
      'a definition with other indices',
      quantity('A', [j], []),
      'wrong-indices',
      { definitions: [definition('A', [], [], number(1))] },
    ],
    ['definitions in a cycle', quantity('A', [], []), 'definition-cycle', { definitions: cycle }],
    ['a batch beyond the last', gradient([j], number(4)), 'index-out-of-range'],
    ['a component beyond p', iterate(number(3)), 'index-out-of-range'],
    ['component 0', gradient([number(0)], n), 'index-out-of-range'],
    ['an unindexed loss in mini-batches', gradient([j], null), 'unindexed-loss'],
    [
      'a fractional label',
      quantity('A', [], [divide(n, number(2))]),
      'not-an-integer',
      { definitions: [definition('A', [], ['l'], l)] },
    ],
    ['a hyperparameter as a bound', sum('k', number(0), parameter('\\beta'), number(1)), 'not-an-integer'],
    ['h in a coefficient', step, 'step-in-coefficient'],
    ['a past iterate', iterate(j, n), 'no-history'],
    ['division by zero', divide(number(1), parameter('\\zeta')), 'division-by-zero'],
    ['a zero to a negative power', toPower(parameter('\\zeta'), subtraction(number(0), n)), 'division-by-zero'],
    ['a root of a negative number', root(number(-1)), 'undefined-at-point'],
    ['a long sum', sum('k', number(0), number(1_000_000), number(1)), 'sum-too-long'],
    ['a large exponent', toPower(parameter('\\beta'), number(Rational.of(10n ** 17n))), 'number-too-large'],
    [
      'a kink',
      {
        kind: 'derivative',
        span: null,
        by: [j],
        argument: modulus(subtraction(iterate(j), number(Rational.of(2, 3)))),
      },
      'value',
    ],
  ])('%s: %s', (name, formula, code, options) => {
    if (name === 'a kink') {
      // θ_1 − 2/3 is exactly zero and moves with θ_1.
      expect(codeOf(formula)).toBe('not-differentiable');
    } else expect(codeOf(formula, options)).toBe(code);
  });

  it('deep formulas and chains of definitions end in a problem', () => {
    let deep: Formula = number(1);
    for (let level = 0; level < 10_000; level += 1) deep = negation(deep);
    expect(codeOf(deep)).toBe('too-deep');
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      definition(`A${at}`, [], [], at === 0 ? number(1) : addition(quantity(`A${at - 1}`, [], []), number(1))),
    );
    expect(codeOf(quantity('A19999', [], []), { definitions: chain })).toBe('too-deep');
    expect(shown(quantity('A99', [], []), { definitions: chain })).toBe('100');
    // Compiled from the shallow end, so that only the evaluation is deep.
    const program = new Program({ definitions: chain });
    const last = chain.map((_, at) => quantity(`A${at}`, [], []));
    for (const formula of last) program.compile(formula, []);
    const deepest = attempt(() =>
      new Evaluator(program, instanceEnvironment(instance, ring, null)).value(last[19_999] ?? number(0)),
    );
    expect(deepest.ok ? 'value' : deepest.problems[0]?.code).toBe('too-deep');
  });

  it('a spent budget stops the evaluation', () => {
    const nested = sum(
      'k',
      number(0),
      number(999),
      sum('l', number(0), number(999), toPower(addition(k, l), number(2))),
    );
    const evaluator = new Evaluator(new Program({}), instanceEnvironment(instance, ring, null), new Budget(10_000));
    expect(() => evaluator.value(nested)).toThrow(BudgetSpent);
  });
});
