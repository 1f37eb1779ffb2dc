/** Adam and gradient descent with their order-1 theorems as trees built by hand, so that these tests need no reader. */
import { UNCHANGED } from '../../src/document/changes.ts';
import type { Claim, Statement } from '../../src/document/model.ts';
import type { Span } from '../../src/base/span.ts';
import {
  addition,
  definition,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  quantity,
  root,
  step,
  subtraction,
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
const nPlusOne = addition(n, one);
const oneMinus = (formula: Formula): Formula => subtraction(one, formula);
const decay = (base: Formula): Formula => multiplication(toPower(base, subtraction(n, k)), oneMinus(base));
const bias = (base: Formula): Formula => oneMinus(toPower(base, nPlusOne));
const square = (formula: Formula): Formula => toPower(formula, number(2));
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
      right: addition(multiplication(rho, state('\\nu', n)), multiplication(oneMinus(rho), square(batchGradient))),
      initial: number(0),
      span: nowhere,
    },
    {
      name: 'm',
      componentwise: true,
      right: addition(multiplication(beta, state('m', n)), multiplication(oneMinus(beta), batchGradient)),
      initial: number(0),
      span: nowhere,
    },
  ],
  quantities: [],
  update: subtraction(
    theta,
    multiplication(
      step,
      divide(
        divide(state('m', nPlusOne), bias(beta)),
        root(addition(divide(state('\\nu', nPlusOne), bias(rho)), epsilon)),
      ),
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
  update: subtraction(theta, multiplication(step, batchGradient)),
  span: nowhere,
  notation: DEFAULT_NOTATION,
};

const Q = (name: string, component: Formula = j, label: Formula = n): Formula => quantity(name, [component], [label]);
const E = (batch: Formula, ...by: Formula[]): Formula => gradient(by, batch);
const history = (body: Formula): Formula => sum('k', number(0), n, body);
const drift = sum('l', k, subtraction(n, one), divide(Q('M', i, l), Q('R', i, l)));
/** As an author typed it: only what has a place in the text can be mistyped. */
const named = (name: string, body: Formula): Definition => ({
  ...definition(name, [COMPONENT], [ITERATION], body),
  span: nowhere,
});
export const adamDefinitions: Definition[] = [
  named('R', root(addition(divide(history(multiplication(decay(rho), square(E(k, j)))), bias(rho)), epsilon))),
  named('M', multiplication(divide(one, bias(beta)), history(multiplication(decay(beta), E(k, j))))),
  named(
    'L',
    multiplication(
      divide(one, bias(beta)),
      history(multiplication(decay(beta), sumOverCoordinates('i', multiplication(E(k, i, j), drift)))),
    ),
  ),
  named(
    '\\bar{L}',
    multiplication(
      divide(one, bias(beta)),
      history(
        multiplication(decay(beta), sumOverCoordinates('i', multiplication(E(k, i, j), divide(Q('M', i), Q('R', i))))),
      ),
    ),
  ),
  named(
    'P',
    multiplication(
      divide(one, bias(rho)),
      history(multiplication(decay(rho), E(k, j), sumOverCoordinates('i', multiplication(E(k, i, j), drift)))),
    ),
  ),
  named(
    '\\bar{P}',
    multiplication(
      divide(one, bias(rho)),
      history(
        multiplication(
          decay(rho),
          E(k, j),
          sumOverCoordinates('i', multiplication(E(k, i, j), divide(Q('M', i), Q('R', i)))),
        ),
      ),
    ),
  ),
];

const flowOfAdam = (lastExponent: number): Formula =>
  addition(
    negation(divide(Q('M'), Q('R'))),
    multiplication(
      step,
      addition(
        divide(
          multiplication(Q('M'), addition(multiplication(number(2), Q('P')), Q('\\bar{P}'))),
          multiplication(number(2), toPower(Q('R'), number(3))),
        ),
        negation(
          divide(
            addition(multiplication(number(2), Q('L')), Q('\\bar{L}')),
            multiplication(number(2), toPower(Q('R'), number(lastExponent))),
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
  ...UNCHANGED,
  sameAs: null,
  given: [],
  assume: [],
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
export const gradientDescentFlow = addition(
  negation(E(n, j)),
  negation(multiplication(step, divide(sumOverCoordinates('i', multiplication(E(n, i, j), E(n, i))), number(2)))),
);
export const gradientDescentTheorem = claimOf('gd-thm', 'gd', [flowStatement('gd-thm.1', gradientDescentFlow)]);
