/** Adam and gradient descent with their order-1 theorems as trees built by hand, so that these tests need no reader. */
import type { Claim, Statement } from '../../src/document/model.ts';
import type { Span } from '../../src/base/span.ts';
import {
  add,
  definition,
  divide,
  gradient,
  index,
  iterate,
  multiply,
  negate,
  number,
  parameter,
  power,
  quantity,
  root,
  step,
  subtract,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Declaration, DEFAULT_NOTATION, type Optimizer } from '../../src/optimizer/model.ts';

export const nowhere: Span = { source: { name: 'built-by-hand.tex', text: '' }, start: 0, end: 0 };
export const n = index(ITERATION);
export const j = index(COMPONENT);
const [i, k, l] = [index('i'), index('k'), index('l')];
export const one = number(1);
const [beta, rho, epsilon] = [parameter('\\beta'), parameter('\\rho'), parameter('\\varepsilon')];
const nPlusOne = add(n, one);
const oneMinus = (formula: Formula): Formula => subtract(one, formula);
const decay = (base: Formula): Formula => multiply(power(base, subtract(n, k)), oneMinus(base));
const bias = (base: Formula): Formula => oneMinus(power(base, nPlusOne));
const square = (formula: Formula): Formula => power(formula, number(2));
export const unitInterval = { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true };
const scalar = (
  name: string,
  domain: typeof unitInterval | { lower: Rational; lowerOpen: boolean; upper: null; upperOpen: boolean },
): Declaration => ({ kind: 'scalar', name, domain, span: null });
const declarations: Declaration[] = [
  scalar('\\beta', unitInterval),
  scalar('\\rho', unitInterval),
  scalar('\\varepsilon', { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true }),
];
const theta = iterate(j, n);
const batchGradient = gradient([j], n, { index: '#c', body: iterate(index('#c'), n) });
const state = (name: string, label: Formula): Formula => quantity(name, [j], [label]);

export const adam: Optimizer = {
  id: 'adam',
  declarations,
  states: [
    {
      name: '\\nu',
      componentwise: true,
      right: add(multiply(rho, state('\\nu', n)), multiply(oneMinus(rho), square(batchGradient))),
      initial: number(0),
      span: nowhere,
    },
    {
      name: 'm',
      componentwise: true,
      right: add(multiply(beta, state('m', n)), multiply(oneMinus(beta), batchGradient)),
      initial: number(0),
      span: nowhere,
    },
  ],
  quantities: [],
  update: subtract(
    theta,
    multiply(
      step,
      divide(divide(state('m', nPlusOne), bias(beta)), root(add(divide(state('\\nu', nPlusOne), bias(rho)), epsilon))),
    ),
  ),
  span: nowhere,
  notation: DEFAULT_NOTATION,
};

export const gradientDescent: Optimizer = {
  id: 'gd',
  declarations: [],
  states: [],
  quantities: [],
  update: subtract(theta, multiply(step, batchGradient)),
  span: nowhere,
  notation: DEFAULT_NOTATION,
};

const Q = (name: string, component: Formula = j, label: Formula = n): Formula => quantity(name, [component], [label]);
const E = (batch: Formula, ...by: Formula[]): Formula => gradient(by, batch);
const history = (body: Formula): Formula => sum('k', number(0), n, body);
const drift = sum('l', k, subtract(n, one), divide(Q('M', i, l), Q('R', i, l)));
const named = (name: string, body: Formula): Definition => definition(name, [COMPONENT], [ITERATION], body);
export const adamDefinitions: Definition[] = [
  named('R', root(add(divide(history(multiply(decay(rho), square(E(k, j)))), bias(rho)), epsilon))),
  named('M', multiply(divide(one, bias(beta)), history(multiply(decay(beta), E(k, j))))),
  named(
    'L',
    multiply(
      divide(one, bias(beta)),
      history(multiply(decay(beta), sumOverCoordinates('i', multiply(E(k, i, j), drift)))),
    ),
  ),
  named(
    '\\bar{L}',
    multiply(
      divide(one, bias(beta)),
      history(multiply(decay(beta), sumOverCoordinates('i', multiply(E(k, i, j), divide(Q('M', i), Q('R', i)))))),
    ),
  ),
  named(
    'P',
    multiply(
      divide(one, bias(rho)),
      history(multiply(decay(rho), E(k, j), sumOverCoordinates('i', multiply(E(k, i, j), drift)))),
    ),
  ),
  named(
    '\\bar{P}',
    multiply(
      divide(one, bias(rho)),
      history(
        multiply(decay(rho), E(k, j), sumOverCoordinates('i', multiply(E(k, i, j), divide(Q('M', i), Q('R', i))))),
      ),
    ),
  ),
];

const flowOfAdam = (lastExponent: number): Formula =>
  add(
    negate(divide(Q('M'), Q('R'))),
    multiply(
      step,
      add(
        divide(
          multiply(Q('M'), add(multiply(number(2), Q('P')), Q('\\bar{P}'))),
          multiply(number(2), power(Q('R'), number(3))),
        ),
        negate(
          divide(
            add(multiply(number(2), Q('L')), Q('\\bar{L}')),
            multiply(number(2), power(Q('R'), number(lastExponent))),
          ),
        ),
      ),
    ),
  );

export const flowStatement = (id: string, right: Formula): Statement => ({
  id,
  kind: 'flow',
  relation: '=',
  left: iterate(j),
  right,
  remainder: null,
  condition: null,
  span: nowhere,
});

export const claimOf = (
  id: string,
  about: string,
  statements: Statement[],
  definitions: Definition[] = [],
  changes: Partial<Claim> = {},
): Claim => ({
  id,
  span: nowhere,
  notation: DEFAULT_NOTATION,
  about,
  setting: 'mini-batch',
  order: 1,
  limit: null,
  regime: null,
  part: null,
  at: [],
  sameAs: null,
  given: [],
  assume: [],
  rescale: null,
  vector: null,
  expect: 'proved',
  declarations: [],
  definitions,
  statements,
  ...changes,
});

/** Theorem 3.6 (order 1, mini-batch). */
export const adamTheorem = claimOf('thm', 'adam', [flowStatement('thm.1', flowOfAdam(1))], adamDefinitions);
/** The same with R³ below the last fraction, a misprint. */
export const adamMisprint = claimOf('misprint', 'adam', [flowStatement('misprint.1', flowOfAdam(3))], adamDefinitions);

/** f_0 = −∇_jE_n and f_1 = −½ Σ_i ∇_{ij}E_n ∇_iE_n. */
export const gradientDescentFlow = add(
  negate(E(n, j)),
  negate(multiply(step, divide(sumOverCoordinates('i', multiply(E(n, i, j), E(n, i))), number(2)))),
);
export const gradientDescentTheorem = claimOf('gd-thm', 'gd', [flowStatement('gd-thm.1', gradientDescentFlow)]);
