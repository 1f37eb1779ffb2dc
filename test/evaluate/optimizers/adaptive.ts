/** Optimizers with several states, decay, roots without ε inside, and a declared function. */
import {
  add,
  call,
  divide,
  gradient,
  index,
  iterate,
  multiply,
  number,
  parameter,
  point,
  power,
  quantity,
  root,
  step,
  subtract,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import type { Declaration } from '../../../src/optimizer/model.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const next = add(n, number(1));
const one = number(1);
const [beta, rho, epsilon, lambda] = [
  parameter('\\beta'),
  parameter('\\rho'),
  parameter('\\varepsilon'),
  parameter('\\lambda'),
];
const slope = gradient([j], n, point(n));
const mean = (name: string, base: Formula, body: Formula) =>
  state(name, add(multiply(base, quantity(name, [j], [n])), multiply(subtract(one, base), body)));
const made = (name: string): Formula => quantity(name, [j], [next]);
const unbiased = (value: Formula, base: Formula): Formula => divide(value, subtract(one, power(base, next)));
const against = (direction: Formula): Formula => subtract(iterate(j, n), multiply(step, direction));
const moments = [mean('\\nu', rho, power(slope, number(2))), mean('m', beta, slope)];
const scale = add(root(unbiased(made('\\nu'), rho)), epsilon);

export const adagrad = optimizer('adagrad', {
  declarations: [positive('\\varepsilon')],
  states: [state('G', add(quantity('G', [j], [n]), power(slope, number(2))))],
  update: against(divide(slope, root(add(made('G'), epsilon)))),
});

const declarations: Declaration[] = [
  between('\\beta'),
  between('\\rho'),
  positive('\\varepsilon'),
  positive('\\lambda'),
];

export const adamw = optimizer('adamw', {
  declarations,
  states: moments,
  update: subtract(
    multiply(subtract(one, multiply(step, lambda)), iterate(j, n)),
    multiply(step, divide(unbiased(made('m'), beta), scale)),
  ),
});

export const nadam = optimizer('nadam', {
  declarations,
  states: moments,
  update: against(
    divide(
      add(
        divide(multiply(beta, made('m')), subtract(one, power(beta, add(n, number(2))))),
        unbiased(multiply(subtract(one, beta), slope), beta),
      ),
      scale,
    ),
  ),
});

/** φ(x) = tanh(x/δ) in place of the sign. */
export const lion = optimizer('lion', {
  declarations: [
    between('\\beta'),
    between('\\rho'),
    positive('\\lambda'),
    positive('\\delta'),
    {
      kind: 'function',
      name: '\\phi',
      odd: true,
      formal: 'x',
      body: call('tanh', divide(parameter('x'), parameter('\\delta'))),
      span: null,
    },
  ],
  states: [mean('m', rho, slope)],
  update: against(
    add(
      call('\\phi', add(multiply(beta, quantity('m', [j], [n])), multiply(subtract(one, beta), slope))),
      multiply(lambda, iterate(j, n)),
    ),
  ),
});
