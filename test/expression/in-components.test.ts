/** A loss put in for E: random contractions of derivatives of random polynomials, beside plain loops over numbers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PolynomialLoss, type LossMonomial } from '../../src/evaluate/loss/polynomial-loss.ts';
import { polynomialOfLoss } from '../../src/evaluate/loss/typed-polynomial.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { type DerivativeOfLoss, derivativesOfLoss, inComponents } from '../../src/expression/calculus/in-components.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import { type Expression, factorExpression, multiply, sumOver } from '../../src/expression/core/expression.ts';
import { exponentOf } from '../../src/expression/core/factor.ts';
import { openIndex } from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import * as build from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { typedLoss } from '../../src/formula/typed-loss.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';

const ring = new RationalRing();

/** Which indices each ∇E carries: [[0], [0, 1], [1]] is Σ_{ij} ∇_iE ∇_{ij}E ∇_jE. */
type Contraction = readonly (readonly number[])[];

function expression(contraction: Contraction, isWrapped: boolean): Expression {
  const count = Math.max(...contraction.flat()) + 1;
  const letters = Array.from({ length: count }, () => openIndex('coordinate'));
  const product = multiply(
    ...contraction.map(indices =>
      factorExpression({
        kind: 'loss',
        batch: null,
        coordinates: indices.map(each => variableForm(letters[each] ?? 0)),
        at: null,
      }),
    ),
  );
  const whole = letters.reduce((value, letter) => sumOver(value, letter, 'coordinate', []), product);
  return isWrapped ? multiply(wrap(whole), whole) : whole;
}

function direct(
  contraction: Contraction,
  loss: PolynomialLoss,
  theta: readonly Rational[],
  isWrapped: boolean,
): Rational {
  const count = Math.max(...contraction.flat()) + 1;
  let total = Rational.zero;
  for (let code = 0; code < theta.length ** count; code += 1) {
    const at = Array.from(
      { length: count },
      (_, place) => (Math.floor(code / theta.length ** place) % theta.length) + 1,
    );
    const term = contraction
      .map(indices => loss.derivative(indices.map(each => at[each] ?? 0))(ring, theta))
      .reduce((a, b) => a.multiply(b), Rational.one);
    total = total.add(term);
  }
  return isWrapped ? total.multiply(total) : total;
}

/** The value of an expression of components alone. */
function valueAt({ terms }: Expression, theta: readonly Rational[]): Rational {
  return terms
    .map(({ coefficient: own, factors, sorts, constraints }) => {
      expect(sorts).toEqual([]);
      expect(constraints).toEqual([]);
      return factors.reduce((product, { factor, exponent }) => {
        if (factor.kind !== 'point') throw new Error(`a ${factor.kind} is left`);
        const base = theta[factor.coordinate.constant - 1] ?? Rational.zero;
        return product.multiply(base.power(exponent.constant.toNumber()));
      }, own);
    })
    .reduce((a, b) => a.add(b), Rational.zero);
}

const formulaOf = (monomials: readonly LossMonomial[]): Formula =>
  build.addition(
    ...monomials.map(({ coefficient: own, powers }) =>
      build.multiplication(
        build.number(own),
        ...powers.map((power, at) => build.toPower(build.iterate(build.number(at + 1)), build.number(power))),
      ),
    ),
  );

const small = fc.integer({ min: -4, max: 4 });
const monomial = (components: number): fc.Arbitrary<LossMonomial> =>
  fc.record({
    coefficient: small.map(each => Rational.of(each, 3)),
    powers: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: components, maxLength: components }),
  });
const contractions: fc.Arbitrary<Contraction> = fc.array(
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 3 },
);
const cases = fc.integer({ min: 1, max: 3 }).chain(components =>
  fc.record({
    monomials: fc.array(monomial(components), { minLength: 2, maxLength: 4 }),
    theta: fc.array(
      small.map(each => Rational.of(each, 2)),
      { minLength: components, maxLength: components },
    ),
    contraction: contractions,
    isWrapped: fc.boolean(),
  }),
);

function derivatives(monomials: readonly LossMonomial[]): DerivativeOfLoss {
  const reader = new FormulaReader({ declarations: [], definitions: [], order: 0, fullBatch: true });
  return derivativesOfLoss(coefficient(reader.read(formulaOf(monomials)), 0));
}

it('has the value of the sums over numbers', () => {
  fc.assert(
    fc.property(cases, ({ monomials, theta, contraction, isWrapped }) => {
      const put = inComponents(expression(contraction, isWrapped), theta.length, derivatives(monomials));
      expect(valueAt(put, theta)).toEqual(direct(contraction, new PolynomialLoss(monomials), theta, isWrapped));
    }),
    { seed: 7, numRuns: 80 },
  );
});

it('is seen to fail where a derivative is left out', () => {
  const check = (): void =>
    fc.assert(
      fc.property(cases, ({ monomials, theta, contraction, isWrapped }) => {
        const right = derivatives(monomials);
        const broken: DerivativeOfLoss = at => right(at.slice(0, 1));
        const put = inComponents(expression(contraction, isWrapped), theta.length, broken);
        expect(valueAt(put, theta)).toEqual(direct(contraction, new PolynomialLoss(monomials), theta, isWrapped));
      }),
      { seed: 7, numRuns: 80 },
    );
  expect(check).toThrow();
});

it('multiplies typed losses out', () => {
  fc.assert(
    fc.property(cases, ({ monomials, theta }) => {
      const read = typedLoss(build.addition(formulaOf(monomials), build.iterate(build.number(theta.length))));
      if (!read.ok) throw new Error('a polynomial is read');
      const plain = new PolynomialLoss(monomials).derivative([])(ring, theta);
      const out = polynomialOfLoss(read.value, new Map()).derivative([])(ring, theta);
      expect(out).toEqual(plain.add(theta.at(-1) ?? Rational.zero));
    }),
    { seed: 7, numRuns: 60 },
  );
});

it.each([
  ['a function', build.call('exp', build.iterate(build.number(1))), 'loss-not-polynomial'],
  ['no component', build.parameter('x'), 'loss-without-components'],
  ['many components', build.iterate(build.number(9)), 'loss-too-large'],
  ['a component below', build.divide(build.number(1), build.iterate(build.number(1))), 'loss-not-polynomial'],
  ['an earlier point', build.iterate(build.number(1), build.index('k')), 'loss-not-polynomial'],
])('refuses %s', (_, formula, code) => {
  const read = typedLoss(formula);
  expect(read.ok ? null : read.problems[0]?.code).toBe(code);
});

it('exponents stay exact', () => {
  const square = factorExpression({ kind: 'symbol', name: 'x' }, exponentOf(2));
  expect(inComponents(square, 2, null)).toEqual(square);
});
