/**
 * Random formulas that the normal form covers, with ranges that may be empty by any number, labels before 0 and after n,
 * powers with indices, functions of scalars and vectors; and a world for them in which every label has a loss of its own.
 */
import fc from 'fast-check';
import * as build from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Environment, WITHOUT_HISTORY } from '../../src/evaluate/environment.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import type { Ring } from '../../src/evaluate/ring/ring.ts';
import type { Declaration, Domain } from '../../src/optimizer/model.ts';

const r = (num: number, den = 1): Rational => Rational.of(num, den);
const OPEN_UNIT: Domain = { lower: r(0), lowerOpen: true, upper: r(1), upperOpen: true };
const ANY: Domain = { lower: null, lowerOpen: true, upper: null, upperOpen: true };

export const DECLARATIONS: readonly Declaration[] = [
  { kind: 'scalar', name: '\\beta', domain: OPEN_UNIT, span: null },
  { kind: 'scalar', name: '\\rho', domain: OPEN_UNIT, span: null },
  { kind: 'scalar', name: 'c', domain: ANY, span: null },
  { kind: 'schedule', name: '\\eta', span: null },
  { kind: 'vector', name: 'v', span: null },
  { kind: 'function', name: '\\phi', formal: 'x', body: null, odd: false, span: null },
  { kind: 'function', name: '\\psi', formal: 'x', body: null, odd: true, span: null },
  { kind: 'vector-function', name: 'K', result: 'scalar', span: null },
  { kind: 'vector-function', name: '\\Phi', result: 'vector', span: null },
] as readonly Declaration[];

interface Scope {
  readonly history: readonly string[];
  readonly coordinates: readonly string[];
  readonly products: boolean;
}

const NAMES = ['a', 'b', 'd', 'e'];
const pick = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** k, k − 3 … k + 2, 1. */
const place = ({ history }: Scope): fc.Arbitrary<Formula> =>
  fc.oneof(
    { weight: 3, arbitrary: pick(history).map(build.index) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(pick(history), fc.integer({ min: -3, max: 2 }))
        .map(([name, shift]) => build.addition(build.index(name), build.number(shift))),
    },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 4 }).map(build.number) },
  );

const vector = (scope: Scope): fc.Arbitrary<{ index: string; body: Formula }> => {
  const i = build.index('#c');
  return fc.oneof(
    place(scope).map(batch => ({ index: '#c', body: build.gradient([i], batch) })),
    pick(['\\beta', 'c']).map(name => ({
      index: '#c',
      body: build.multiplication(build.parameter(name), build.iterate(i)),
    })),
  );
};

function leaf(scope: Scope): fc.Arbitrary<Formula> {
  const component = pick(scope.coordinates).map(build.index);
  return fc.oneof(
    fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 })).map(([a, b]) => build.number(r(a, b))),
    pick(['\\beta', '\\rho', 'c']).map(build.parameter),
    component.map(i => build.iterate(i)),
    place(scope),
    fc.tuple(component, place(scope)).map(([i, k]) => build.gradient([i], k)),
    fc.tuple(component, component, place(scope)).map(([i, j, k]) => build.gradient([i, j], k)),
    place(scope).map(k => build.loss(k)),
    place(scope).map(k => build.schedule('\\eta', k)),
    component.map(i => build.quantity('v', [i], [])),
    fc
      .tuple(pick(['\\beta', '\\rho']), place(scope), place(scope))
      .map(([base, a, b]) => build.toPower(build.parameter(base), build.subtraction(a, b))),
    fc
      .tuple(vector(scope), fc.array(component, { maxLength: 1 }))
      .map(
        ([argument, by]): Formula => ({ kind: 'vector-call', span: null, name: 'K', component: null, by, argument }),
      ),
    fc.tuple(vector(scope), component).map(
      ([argument, i]): Formula => ({
        kind: 'vector-call',
        span: null,
        name: '\\Phi',
        component: i,
        by: [],
        argument,
      }),
    ),
  );
}

function formula(scope: Scope, depth: number): fc.Arbitrary<Formula> {
  if (depth === 0) return leaf(scope);
  const inner = formula(scope, depth - 1);
  const [fresh = 'z'] = NAMES.filter(name => ![...scope.history, ...scope.coordinates].includes(name));
  const within = formula({ ...scope, history: [...scope.history, fresh] }, depth - 1);
  const bounds = fc.tuple(place(scope), place(scope));
  const arbitraries = [
    leaf(scope),
    fc.tuple(inner, inner).map(([a, b]) => build.subtraction(a, b)),
    fc.tuple(inner, inner).map(([a, b]) => build.multiplication(a, b)),
    fc.tuple(inner, inner).map(([a, b]) => build.divide(a, b)),
    inner.map(a => build.root(build.addition(build.toPower(a, build.number(2)), build.parameter('\\beta')))),
    fc.tuple(inner, pick([2, 3, -1, -2])).map(([a, e]) => build.toPower(a, build.number(e))),
    inner.map(build.modulus),
    fc
      .tuple(pick(['\\phi', '\\psi', 'tanh', 'exp', 'cos']), fc.nat(1), inner)
      .map(([name, order, a]) => build.call(name, a, name === '\\phi' || name === '\\psi' ? order : 0)),
    fc.tuple(bounds, within).map(([[lower, upper], body]) => build.sum(fresh, lower, upper, body)),
    fc.tuple(bounds, within).map(([[lower, upper], body]) => build.sum(fresh, lower, upper, body)),
    formula({ ...scope, coordinates: [...scope.coordinates, fresh] }, depth - 1).map(body =>
      build.sumOverCoordinates(fresh, body),
    ),
  ];
  const product = fc
    .tuple(bounds, leaf({ ...scope, history: [...scope.history, fresh] }))
    .map(([[lower, upper], body]) => build.product(fresh, lower, upper, body));
  return fc.oneof(...arbitraries, ...(scope.products ? [product] : []));
}

/** Formulas in n and j; with products where `products` says so. */
export const arbitraryReading = (products: boolean, depth = 3): fc.Arbitrary<Formula> =>
  fc
    .integer({ min: 1, max: depth })
    .chain(most => formula({ history: [ITERATION], coordinates: [COMPONENT], products }, most));

/** A small rational that depends on the text alone, zero now and then. */
function hashed(text: string, seed: number): Rational {
  let h = 2166136261 ^ seed;
  for (const character of text) h = Math.imul(h ^ character.charCodeAt(0), 16777619);
  h = Math.imul(h ^ (h >>> 15), 2246822507);
  h = (h ^ (h >>> 13)) >>> 0;
  return r((h % 13) - 6, 1 + ((h >>> 8) % 4));
}

function randomPolynomial(name: string, variables: number, seed: number, odd = false): PolynomialLoss {
  const powers: number[][] = [];
  for (let at = 0; at < variables; at += 1)
    for (const other of [at, (at + 1) % variables]) {
      const one = Array<number>(variables).fill(0);
      one[at] = 1;
      const three = [...one];
      three[other] = (three[other] ?? 0) + 2;
      powers.push(one, three);
      const two = [...one];
      two[other] = (two[other] ?? 0) + 1;
      if (!odd) powers.push(two);
    }
  return new PolynomialLoss(powers.map((each, at) => ({ coefficient: hashed(`${name};${at}`, seed), powers: each })));
}

/** Every batch, before 0 and after n too, has a loss of its own, every label a value of η. */
export function everywhere<T>(ring: Ring<T>, dimension: number, seed: number): Environment<T> {
  const losses = new Map<string, PolynomialLoss>();
  const polynomial = (name: string, variables: number, odd = false): PolynomialLoss => {
    const known = losses.get(name) ?? randomPolynomial(name, variables, seed, odd);
    losses.set(name, known);
    return known;
  };
  const value = (text: string): T => ring.fromRational(hashed(text, seed));
  const units = [r(1, 2), r(2, 3), r(9, 10), r(1, 7)];
  return {
    ...WITHOUT_HISTORY,
    ring,
    point: Array.from({ length: dimension }, (_, i) => value(`x${i}`)),
    step: () => ring.fromRational(r(1, 8)),
    loss: batch => polynomial(`E${batch}`, dimension),
    scalar: name =>
      name === 'c'
        ? value('c')
        : ring.fromRational(units[(seed + (name === '\\beta' ? 0 : 1)) % units.length] ?? r(1, 2)),
    vector: name => Array.from({ length: dimension }, (_, i) => value(`${name}${i}`)),
    function: (name, component) =>
      name === '\\phi' || name === '\\psi'
        ? polynomial(name, 1, name === '\\psi')
        : polynomial(`${name}${component ?? ''}`, dimension),
    schedule: (name, at) => value(`${name}${at}`),
  };
}
