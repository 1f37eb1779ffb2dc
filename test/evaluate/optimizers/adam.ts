/** Adam (Definition 3.1 of the reference paper) and Theorem 3.6 with the denominator 2R of its last fraction. */
import {
  absolute,
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
  point,
  power,
  quantity,
  root,
  step,
  subtract,
  sum,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, ITERATION, type Formula } from '../../../src/formula/formula.ts';
import type { Equation } from '../../../src/evaluate/evaluate-equation.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k, l] = [index('i'), index('k'), index('l')];
const next = add(n, number(1));
const beta = parameter('\\beta');
const rho = parameter('\\rho');
const epsilon = parameter('\\varepsilon');
const one = number(1);

const past = gradient([j], n, point(n));
export const adam = optimizer('adam', {
  declarations: [between('\\beta'), between('\\rho'), positive('\\varepsilon')],
  states: [
    state('\\nu', add(multiply(rho, quantity('\\nu', [j], [n])), multiply(subtract(one, rho), power(past, number(2))))),
    state('m', add(multiply(beta, quantity('m', [j], [n])), multiply(subtract(one, beta), past))),
  ],
  update: subtract(
    iterate(j, n),
    multiply(
      step,
      divide(
        divide(quantity('m', [j], [next]), subtract(one, power(beta, next))),
        root(add(divide(quantity('\\nu', [j], [next]), subtract(one, power(rho, next))), epsilon)),
      ),
    ),
  ),
});

const use = (name: string, component: Formula, label: Formula): Formula => quantity(name, [component], [label]);
const mean = (base: Formula, body: Formula): Formula =>
  multiply(
    divide(one, subtract(one, power(base, next))),
    sum('k', number(0), n, multiply(power(base, subtract(n, k)), subtract(one, base), body)),
  );
const define = (name: string, body: Formula) => definition(name, [COMPONENT], [ITERATION], body);
const ratio = (component: Formula, label: Formula): Formula =>
  divide(use('M', component, label), use('R', component, label));
const history = sumOverCoordinates('i', multiply(gradient([i, j], k), sum('l', k, subtract(n, one), ratio(i, l))));
const now = sumOverCoordinates('i', multiply(gradient([i, j], k), ratio(i, n)));

export const adamEquation: Equation = {
  declarations: adam.declarations,
  coefficients: [
    negate(ratio(j, n)),
    subtract(
      divide(
        multiply(use('M', j, n), add(multiply(number(2), use('P', j, n)), use('\\bar{P}', j, n))),
        multiply(number(2), power(use('R', j, n), number(3))),
      ),
      divide(add(multiply(number(2), use('L', j, n)), use('\\bar{L}', j, n)), multiply(number(2), use('R', j, n))),
    ),
  ],
  definitions: [
    define(
      'R',
      root(
        add(
          divide(
            sum(
              'k',
              number(0),
              n,
              multiply(power(rho, subtract(n, k)), subtract(one, rho), power(gradient([j], k), number(2))),
            ),
            subtract(one, power(rho, next)),
          ),
          epsilon,
        ),
      ),
    ),
    define('M', mean(beta, gradient([j], k))),
    define('L', mean(beta, history)),
    define('\\bar{L}', mean(beta, now)),
    define('P', mean(rho, multiply(gradient([j], k), history))),
    define('\\bar{P}', mean(rho, multiply(gradient([j], k), now))),
  ],
};

/** The theorem as the OCR text prints it: 2R³ under the last fraction. Wrong. */
export const printedAdamEquation: Equation = {
  ...adamEquation,
  coefficients: [
    adamEquation.coefficients[0] ?? absolute(n),
    subtract(
      divide(
        multiply(use('M', j, n), add(multiply(number(2), use('P', j, n)), use('\\bar{P}', j, n))),
        multiply(number(2), power(use('R', j, n), number(3))),
      ),
      divide(
        add(multiply(number(2), use('L', j, n)), use('\\bar{L}', j, n)),
        multiply(number(2), power(use('R', j, n), number(3))),
      ),
    ),
  ],
};
