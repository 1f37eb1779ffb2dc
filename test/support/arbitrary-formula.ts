/**
 * Random formulas of every kind that the reader can produce, well scoped: index letters are bound before they are used,
 * and every name has one role. The names and roles are {@link NAMES}.
 */
import fc from 'fast-check';
import * as build from '../../src/formula/build.ts';
import { children } from '../../src/formula/walk.ts';
import type { Formula, Vector } from '../../src/formula/formula.ts';
import { COMPONENT, DIMENSION, ITERATION } from '../../src/formula/formula.ts';
import type { NameRole } from '../../src/latex/read/scope.ts';
import { Rational } from '../../src/number/rational.ts';

export const NAMES: ReadonlyMap<string, NameRole> = new Map<string, NameRole>([
  ['\\beta', { kind: 'scalar' }],
  ['\\rho', { kind: 'scalar' }],
  ['\\varepsilon', { kind: 'scalar' }],
  ['\\beta_1', { kind: 'scalar' }],
  ['x', { kind: 'scalar' }],
  ['\\eta', { kind: 'schedule' }],
  ['\\phi', { kind: 'function' }],
  ['K', { kind: 'vector-function', result: 'scalar' }],
  ['\\Phi', { kind: 'vector-function', result: 'vector' }],
  ['R', { kind: 'quantity', indices: 1, labels: 1 }],
  ['\\bar{P}', { kind: 'quantity', indices: 1, labels: 1 }],
  ['\\gamma', { kind: 'quantity', indices: 1, labels: 0, indexSorts: ['history'] }],
  ['q', { kind: 'state', componentwise: true }],
]);

/** The index letters that may be used at a place. */
interface InScope {
  readonly coordinates: readonly string[];
  readonly history: readonly string[];
}

const COORDINATES = ['i', 'r', 's', 'u', 'v', 'a', 'b'];
const HISTORY = ['k', 'l', 'c', 'f', 'g', 'y', 'z'];

/** One digit: 10 in a subscript would be read as a row of indices. */
const positive = fc.integer({ min: 1, max: 9 });
const nonNegativeNumber = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(1, 1, 1, 2, 3, 10))
  .map(([num, den]) => build.number(Rational.of(num, den)));
const numbers = fc
  .tuple(fc.integer({ min: -5, max: 12 }), fc.constantFrom(1, 1, 1, 2, 3))
  .map(([num, den]) => build.number(Rational.of(num, den)));
const parameters = fc.constantFrom('\\beta', '\\rho', '\\varepsilon', '\\beta_1', 'x').map(build.parameter);

const coordinate = (scope: InScope): fc.Arbitrary<Formula> => fc.constantFrom(...scope.coordinates).map(build.index);
const historyIndex = (scope: InScope): fc.Arbitrary<Formula> => fc.constantFrom(...scope.history).map(build.index);

/** n, k + 1, n − k, n − 1, 2: what stands in labels, batches and bounds. */
function historyPlace(scope: InScope): fc.Arbitrary<Formula> {
  const one = historyIndex(scope);
  return fc.oneof(
    { weight: 4, arbitrary: one },
    { weight: 1, arbitrary: one.map(k => build.addition(k, build.number(1))) },
    { weight: 1, arbitrary: one.map(k => build.subtraction(k, build.number(1))) },
    { weight: 1, arbitrary: fc.tuple(one, one).map(([a, b]) => build.subtraction(a, b)) },
    { weight: 1, arbitrary: positive.map(build.number) },
  );
}

const optionally = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 2 });

/** θ, θ^{(k)}, θ^{(n)} − h x m^{(n)}. */
function points(scope: InScope): fc.Arbitrary<Vector> {
  const plain = optionally(historyPlace(scope)).map(build.point);
  const c = build.index('#c');
  const shifted = fc.tuple(historyIndex(scope), parameters).map(
    ([label, factor]): Vector => ({
      index: '#c',
      body: build.subtraction(
        build.iterate(c, label),
        build.multiplication(build.step, factor, build.quantity('q', [c], [label])),
      ),
    }),
  );
  return fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: shifted });
}

/** ∇E, θ, a state, a scaled gradient. */
function vectors(scope: InScope): fc.Arbitrary<Vector> {
  const c = build.index('#c');
  const gradients = optionally(historyPlace(scope)).map(
    (batch): Vector => ({ index: '#c', body: build.gradient([c], batch) }),
  );
  const scaled = fc
    .tuple(parameters, optionally(historyIndex(scope)))
    .map(
      ([factor, batch]): Vector => ({ index: '#c', body: build.multiplication(factor, build.gradient([c], batch)) }),
    );
  const states = historyPlace(scope).map((label): Vector => ({ index: '#c', body: build.quantity('q', [c], [label]) }));
  return fc.oneof(gradients, scaled, states);
}

function leaf(scope: InScope): fc.Arbitrary<Formula> {
  const label = historyPlace(scope);
  const quantities = fc
    .tuple(fc.constantFrom('R', '\\bar{P}'), coordinate(scope), label, fc.boolean())
    .map(([name, index, at, pointed]) => build.quantity(name, [index], [at], pointed ? build.point() : null));
  return fc.oneof(
    numbers,
    parameters,
    fc.constant(build.step),
    historyIndex(scope),
    fc.constant(build.index(DIMENSION)),
    fc.tuple(coordinate(scope), optionally(label)).map(([index, at]) => build.iterate(index, at)),
    fc.tuple(optionally(label), points(scope)).map(([batch, at]) => build.loss(batch, at)),
    fc
      .tuple(fc.array(coordinate(scope), { minLength: 1, maxLength: 3 }), optionally(label), points(scope))
      .map(([by, batch, at]) => build.gradient(by, batch, at)),
    quantities,
    fc.tuple(coordinate(scope), label).map(([index, at]) => build.quantity('q', [index], [at])),
    historyIndex(scope).map(k => build.quantity('\\gamma', [k], [])),
    label.map(at => build.schedule('\\eta', at)),
    fc.tuple(fc.constantFrom<1 | 2>(1, 2), optionally(parameters), vectors(scope)).map(
      ([order, perturbation, argument]): Formula => ({
        kind: 'norm',
        span: null,
        order,
        perturbation: order === 1 ? perturbation : null,
        argument,
      }),
    ),
    fc
      .tuple(fc.array(coordinate(scope), { maxLength: 2 }), vectors(scope))
      .map(
        ([by, argument]): Formula => ({ kind: 'vector-call', span: null, name: 'K', component: null, by, argument }),
      ),
    fc.tuple(coordinate(scope), vectors(scope)).map(
      ([component, argument]): Formula => ({
        kind: 'vector-call',
        span: null,
        name: '\\Phi',
        component,
        by: [],
        argument,
      }),
    ),
  );
}

function formulas(depth: number, scope: InScope): fc.Arbitrary<Formula> {
  if (depth <= 0) return leaf(scope);
  const kinds = [
    'leaf',
    'add',
    'negate',
    'multiply',
    'divide',
    'power',
    'root',
    'absolute',
    'extremum',
    'big',
    'big',
    'derivative',
    'parameter-derivative',
    'call',
  ] as const;
  return fc.constantFrom(...kinds).chain(kind => {
    const inner = formulas(depth - 1, scope);
    const several = (least: number): fc.Arbitrary<Formula[]> => fc.array(inner, { minLength: least, maxLength: 3 });
    switch (kind) {
      case 'leaf':
        return leaf(scope);
      case 'add':
        return several(2).map(terms => build.addition(...terms));
      case 'multiply':
        return several(2).map(factors => build.multiplication(...factors));
      case 'negate':
        return inner.map(build.negation);
      case 'divide':
        return fc.tuple(inner, inner).map(([above, below]) => build.divide(above, below));
      case 'power': {
        const exponents = fc.oneof(
          nonNegativeNumber,
          historyPlace(scope),
          fc.constant(build.number(Rational.of(3, 2))),
        );
        return fc.tuple(inner, exponents).map(([base, exponent]) => build.toPower(base, exponent));
      }
      case 'root':
        return fc.tuple(inner, fc.constantFrom(2, 2, 3)).map(([radicand, degree]) => build.root(radicand, degree));
      case 'absolute':
        return inner.map(build.modulus);
      case 'extremum':
        return fc
          .tuple(several(2), fc.constantFrom<'max' | 'min'>('max', 'min'))
          .map(([values, which]): Formula => ({ kind: 'extremum', span: null, which, arguments: values }));
      case 'parameter-derivative':
        return inner
          .filter(argument => !isConstant(argument, ['number', 'index', 'step']))
          .map((argument): Formula => ({ kind: 'parameter-derivative', span: null, by: '\\beta', argument }));
      case 'derivative':
        return fc
          .tuple(fc.array(coordinate(scope), { minLength: 1, maxLength: 2 }), inner)
          .filter(([, argument]) => !isConstant(argument, ['number', 'index', 'step', 'parameter']))
          .map(([by, argument]): Formula => ({ kind: 'derivative', span: null, by, argument }));
      case 'call':
        return fc
          .tuple(fc.constantFrom('\\phi', '\\phi', 'tanh', 'exp', 'sign'), fc.nat(2), inner)
          .map(([name, derivative, argument]) => build.call(name, argument, name === '\\phi' ? derivative : 0));
      case 'big':
        return bigs(depth, scope);
    }
  });
}

function bigs(depth: number, scope: InScope): fc.Arbitrary<Formula> {
  const freshCoordinate = COORDINATES.find(letter => !scope.coordinates.includes(letter)) ?? 'd';
  const freshHistory = HISTORY.find(letter => !scope.history.includes(letter)) ?? 'w';
  const overCoordinates = formulas(depth - 1, { ...scope, coordinates: [...scope.coordinates, freshCoordinate] }).map(
    body =>
      build.sumOverCoordinates(
        freshCoordinate,
        build.multiplication(build.iterate(build.index(freshCoordinate)), body),
      ),
  );
  const overHistory = fc
    .tuple(
      historyPlace(scope),
      historyPlace(scope),
      formulas(depth - 1, { ...scope, history: [...scope.history, freshHistory] }),
      fc.boolean(),
    )
    .map(([lower, upper, body, isSum]) => {
      const anchored = build.multiplication(build.toPower(build.parameter('\\beta'), build.index(freshHistory)), body);
      return isSum
        ? build.sum(freshHistory, lower, upper, anchored)
        : build.product(freshHistory, lower, upper, anchored);
    });
  return fc.oneof(overCoordinates, overHistory);
}

/** Random formulas in the component j and the iteration n. */
export const arbitraryFormula = (depth = 3): fc.Arbitrary<Formula> =>
  fc.integer({ min: 0, max: depth }).chain(most => formulas(most, { coordinates: [COMPONENT], history: [ITERATION] }));

/** Whether a formula is made of these leaves by arithmetic alone: its derivative is refused. */
function isConstant(formula: Formula, leaves: readonly Formula['kind'][]): boolean {
  if (leaves.includes(formula.kind)) return true;
  const isArithmetic = ['add', 'negate', 'multiply', 'divide', 'power', 'root'].includes(formula.kind);
  return isArithmetic && children(formula).every(child => isConstant(child, leaves));
}
