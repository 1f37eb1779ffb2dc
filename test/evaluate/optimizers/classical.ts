/** Optimizers whose modified equations are known in closed form. */
import {
  add,
  call,
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
  schedule,
  step,
  subtract,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import { Rational } from '../../../src/number/rational.ts';
import type { Equation } from '../../../src/evaluate/evaluate-equation.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k] = [index('i'), index('k')];
const next = add(n, number(1));
const one = number(1);
const beta = parameter('\\beta');
const half = number(Rational.of(1, 2));
const slope = (component: Formula, label: Formula = n): Formula => gradient([component], label, point(label));
/** ∇_j E_n, ∇_{ij} E_n, … at the current point. */
const d = (...by: Formula[]): Formula => gradient(by, n);

export const gradientDescent = optimizer('gd', { update: subtract(iterate(j, n), multiply(step, slope(j))) });
const hessianGradient = sumOverCoordinates('i', multiply(d(i, j), d(i)));
/** f_0 = −∇E, f_1 = −½∇²E∇E, f_2 = −⅓(∇²E)²∇E − (1/12)∇³E[∇E,∇E], with E = E_n throughout. */
export const gradientDescentEquation: Equation = {
  declarations: [],
  definitions: [],
  coefficients: [
    negate(d(j)),
    negate(multiply(half, hessianGradient)),
    negate(
      add(
        divide(sumOverCoordinates('i', sumOverCoordinates('k', multiply(d(i, j), d(i, k), d(k)))), number(3)),
        divide(sumOverCoordinates('i', sumOverCoordinates('k', multiply(d(i, j, k), d(i), d(k)))), number(12)),
      ),
    ),
  ],
};

/** θ^{(n+1)} = θ^{(n)} − h∇E(θ^{(n)}) + β(θ^{(n)} − θ^{(n−1)}). */
export const heavyBall = optimizer('heavy-ball', {
  declarations: [between('\\beta')],
  update: add(
    iterate(j, n),
    negate(multiply(step, slope(j))),
    multiply(beta, subtract(iterate(j, n), iterate(j, subtract(n, one)))),
  ),
});
/** The same with a velocity v^{(n+1)} = βv^{(n)} − h∇E. */
export const velocity = optimizer('velocity', {
  declarations: [between('\\beta')],
  states: [state('v', subtract(multiply(beta, quantity('v', [j], [n])), multiply(step, slope(j))))],
  update: add(iterate(j, n), quantity('v', [j], [next])),
});
/** Ghosh et al. as cited in the reference paper's introduction: the full batch, with γ_n. */
export const heavyBallEquation: Equation = {
  declarations: heavyBall.declarations,
  definitions: [
    {
      name: '\\gamma',
      indices: [],
      indexSorts: [],
      labels: ['k'],
      span: null,
      body: subtract(
        subtract(one, power(beta, add(multiply(number(2), k), number(2)))),
        multiply(number(4), add(k, one), power(beta, add(k, one)), divide(subtract(one, beta), add(one, beta))),
      ),
    },
  ],
  coefficients: [
    negate(multiply(divide(subtract(one, power(beta, next)), subtract(one, beta)), d(j))),
    negate(
      multiply(
        divide(
          multiply(quantity('\\gamma', [], [n]), add(one, beta)),
          multiply(number(2), power(subtract(one, beta), number(3))),
        ),
        hessianGradient,
      ),
    ),
  ],
};

/** θ^{(n+1)} = θ^{(n)} − hη_n(φ(∇E_n) + λθ^{(n)}). */
export const scheduled = optimizer('scheduled', {
  declarations: [
    positive('\\lambda'),
    { kind: 'function', name: '\\phi', odd: true, formal: 'x', body: null, span: null },
    { kind: 'schedule', name: '\\eta', span: null },
  ],
  update: subtract(
    iterate(j, n),
    multiply(step, schedule('\\eta', n), add(call('\\phi', slope(j)), multiply(parameter('\\lambda'), iterate(j, n)))),
  ),
});
const force = add(call('\\phi', d(j)), multiply(parameter('\\lambda'), iterate(j)));
/** f_0 = −ηF, f_1 = −½η² DF·F with F = φ(∇E) + λθ. */
export const scheduledEquation: Equation = {
  declarations: scheduled.declarations,
  definitions: [],
  coefficients: [
    negate(multiply(schedule('\\eta', n), force)),
    negate(
      multiply(
        half,
        power(schedule('\\eta', n), number(2)),
        sumOverCoordinates(
          'i',
          multiply(
            { kind: 'derivative', span: null, by: [i], argument: force },
            add(call('\\phi', d(i)), multiply(parameter('\\lambda'), iterate(i))),
          ),
        ),
      ),
    ),
  ],
};

/** Nesterov's look-ahead: the gradient at θ^{(n)} + βv^{(n)}. */
export const lookAhead = optimizer('look-ahead', {
  declarations: [between('\\beta')],
  states: [
    state(
      'v',
      subtract(
        multiply(beta, quantity('v', [j], [n])),
        multiply(
          step,
          gradient([j], n, {
            index: 'c',
            body: add(iterate(index('c'), n), multiply(beta, quantity('v', [index('c')], [n]))),
          }),
        ),
      ),
    ),
  ],
  update: add(iterate(j, n), quantity('v', [j], [next])),
});
