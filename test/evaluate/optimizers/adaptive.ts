/** Optimizers with several states, decay, roots without ε inside, and a declared function. */
import {
  addition,
  call,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  number,
  parameter,
  point,
  toPower,
  quantity,
  root,
  step,
  subtraction,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import type { Declaration } from '../../../src/optimizer/model.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const next = addition(n, number(1));
const one = number(1);
const [beta, rho, epsilon, lambda] = [
  parameter('\\beta'),
  parameter('\\rho'),
  parameter('\\varepsilon'),
  parameter('\\lambda'),
];
const slope = gradient([j], n, point(n));
const mean = (name: string, base: Formula, body: Formula) =>
  state(name, addition(multiplication(base, quantity(name, [j], [n])), multiplication(subtraction(one, base), body)));
const made = (name: string): Formula => quantity(name, [j], [next]);
const unbiased = (value: Formula, base: Formula): Formula => divide(value, subtraction(one, toPower(base, next)));
const against = (direction: Formula): Formula => subtraction(iterate(j, n), multiplication(step, direction));
const moments = [mean('\\nu', rho, toPower(slope, number(2))), mean('m', beta, slope)];
const scale = addition(root(unbiased(made('\\nu'), rho)), epsilon);

export const adagrad = optimizer('adagrad', {
  declarations: [positive('\\varepsilon')],
  states: [state('G', addition(quantity('G', [j], [n]), toPower(slope, number(2))))],
  update: against(divide(slope, root(addition(made('G'), epsilon)))),
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
  update: subtraction(
    multiplication(subtraction(one, multiplication(step, lambda)), iterate(j, n)),
    multiplication(step, divide(unbiased(made('m'), beta), scale)),
  ),
});

export const nadam = optimizer('nadam', {
  declarations,
  states: moments,
  update: against(
    divide(
      addition(
        divide(multiplication(beta, made('m')), subtraction(one, toPower(beta, addition(n, number(2))))),
        unbiased(multiplication(subtraction(one, beta), slope), beta),
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
    addition(
      call(
        '\\phi',
        addition(multiplication(beta, quantity('m', [j], [n])), multiplication(subtraction(one, beta), slope)),
      ),
      multiplication(lambda, iterate(j, n)),
    ),
  ),
});
