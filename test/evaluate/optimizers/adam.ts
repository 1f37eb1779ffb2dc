/** Adam (Definition 3.1 of the reference paper) and Theorem 3.6 with the denominator 2R of its last fraction. */
import {
  modulus,
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
  point,
  toPower,
  quantity,
  root,
  step,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, ITERATION, type Formula } from '../../../src/formula/formula.ts';
import type { Equation } from '../../../src/evaluate/evaluate-equation.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k, l] = [index('i'), index('k'), index('l')];
const next = addition(n, number(1));
const beta = parameter('\\beta');
const rho = parameter('\\rho');
const epsilon = parameter('\\varepsilon');
const one = number(1);

const past = gradient([j], n, point(n));
export const adam = optimizer('adam', {
  declarations: [between('\\beta'), between('\\rho'), positive('\\varepsilon')],
  states: [
    state(
      '\\nu',
      addition(
        multiplication(rho, quantity('\\nu', [j], [n])),
        multiplication(subtraction(one, rho), toPower(past, number(2))),
      ),
    ),
    state('m', addition(multiplication(beta, quantity('m', [j], [n])), multiplication(subtraction(one, beta), past))),
  ],
  update: subtraction(
    iterate(j, n),
    multiplication(
      step,
      divide(
        divide(quantity('m', [j], [next]), subtraction(one, toPower(beta, next))),
        root(addition(divide(quantity('\\nu', [j], [next]), subtraction(one, toPower(rho, next))), epsilon)),
      ),
    ),
  ),
});

const use = (name: string, component: Formula, label: Formula): Formula => quantity(name, [component], [label]);
const mean = (base: Formula, body: Formula): Formula =>
  multiplication(
    divide(one, subtraction(one, toPower(base, next))),
    sum('k', number(0), n, multiplication(toPower(base, subtraction(n, k)), subtraction(one, base), body)),
  );
const define = (name: string, body: Formula) => definition(name, [COMPONENT], [ITERATION], body);
const ratio = (component: Formula, label: Formula): Formula =>
  divide(use('M', component, label), use('R', component, label));
const history = sumOverCoordinates(
  'i',
  multiplication(gradient([i, j], k), sum('l', k, subtraction(n, one), ratio(i, l))),
);
const now = sumOverCoordinates('i', multiplication(gradient([i, j], k), ratio(i, n)));

export const adamEquation: Equation = {
  declarations: adam.declarations,
  coefficients: [
    negation(ratio(j, n)),
    subtraction(
      divide(
        multiplication(use('M', j, n), addition(multiplication(number(2), use('P', j, n)), use('\\bar{P}', j, n))),
        multiplication(number(2), toPower(use('R', j, n), number(3))),
      ),
      divide(
        addition(multiplication(number(2), use('L', j, n)), use('\\bar{L}', j, n)),
        multiplication(number(2), use('R', j, n)),
      ),
    ),
  ],
  definitions: [
    define(
      'R',
      root(
        addition(
          divide(
            sum(
              'k',
              number(0),
              n,
              multiplication(
                toPower(rho, subtraction(n, k)),
                subtraction(one, rho),
                toPower(gradient([j], k), number(2)),
              ),
            ),
            subtraction(one, toPower(rho, next)),
          ),
          epsilon,
        ),
      ),
    ),
    define('M', mean(beta, gradient([j], k))),
    define('L', mean(beta, history)),
    define('\\bar{L}', mean(beta, now)),
    define('P', mean(rho, multiplication(gradient([j], k), history))),
    define('\\bar{P}', mean(rho, multiplication(gradient([j], k), now))),
  ],
};

/** The theorem as the OCR text prints it: 2R³ under the last fraction. Wrong. */
export const printedAdamEquation: Equation = {
  ...adamEquation,
  coefficients: [
    adamEquation.coefficients[0] ?? modulus(n),
    subtraction(
      divide(
        multiplication(use('M', j, n), addition(multiplication(number(2), use('P', j, n)), use('\\bar{P}', j, n))),
        multiplication(number(2), toPower(use('R', j, n), number(3))),
      ),
      divide(
        addition(multiplication(number(2), use('L', j, n)), use('\\bar{L}', j, n)),
        multiplication(number(2), toPower(use('R', j, n), number(3))),
      ),
    ),
  ],
};
