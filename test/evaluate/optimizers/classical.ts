/** Optimizers whose modified equations are known in closed form. */
import {
  addition,
  call,
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
  schedule,
  step,
  subtraction,
  sumOverCoordinates,
} from '../../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../src/formula/formula.ts';
import { Rational } from '../../../src/number/rational.ts';
import type { Equation } from '../../../src/evaluate/evaluate-equation.ts';
import { between, optimizer, positive, state } from './declare.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k] = [index('i'), index('k')];
const next = addition(n, number(1));
const one = number(1);
const beta = parameter('\\beta');
const half = number(Rational.of(1, 2));
const slope = (component: Formula, label: Formula = n): Formula => gradient([component], label, point(label));
/** ∇_j E_n, ∇_{ij} E_n, … at the current point. */
const d = (...by: Formula[]): Formula => gradient(by, n);

export const gradientDescent = optimizer('gd', { update: subtraction(iterate(j, n), multiplication(step, slope(j))) });
const hessianGradient = sumOverCoordinates('i', multiplication(d(i, j), d(i)));
/** f_0 = −∇E, f_1 = −½∇²E∇E, f_2 = −⅓(∇²E)²∇E − (1/12)∇³E[∇E,∇E], with E = E_n throughout. */
export const gradientDescentEquation: Equation = {
  declarations: [],
  definitions: [],
  coefficients: [
    negation(d(j)),
    negation(multiplication(half, hessianGradient)),
    negation(
      addition(
        divide(sumOverCoordinates('i', sumOverCoordinates('k', multiplication(d(i, j), d(i, k), d(k)))), number(3)),
        divide(sumOverCoordinates('i', sumOverCoordinates('k', multiplication(d(i, j, k), d(i), d(k)))), number(12)),
      ),
    ),
  ],
};

/** θ^{(n+1)} = θ^{(n)} − h∇E(θ^{(n)}) + β(θ^{(n)} − θ^{(n−1)}). */
export const heavyBall = optimizer('heavy-ball', {
  declarations: [between('\\beta')],
  update: addition(
    iterate(j, n),
    negation(multiplication(step, slope(j))),
    multiplication(beta, subtraction(iterate(j, n), iterate(j, subtraction(n, one)))),
  ),
});
/** The same with a velocity v^{(n+1)} = βv^{(n)} − h∇E. */
export const velocity = optimizer('velocity', {
  declarations: [between('\\beta')],
  states: [state('v', subtraction(multiplication(beta, quantity('v', [j], [n])), multiplication(step, slope(j))))],
  update: addition(iterate(j, n), quantity('v', [j], [next])),
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
      body: subtraction(
        subtraction(one, toPower(beta, addition(multiplication(number(2), k), number(2)))),
        multiplication(
          number(4),
          addition(k, one),
          toPower(beta, addition(k, one)),
          divide(subtraction(one, beta), addition(one, beta)),
        ),
      ),
    },
  ],
  coefficients: [
    negation(multiplication(divide(subtraction(one, toPower(beta, next)), subtraction(one, beta)), d(j))),
    negation(
      multiplication(
        divide(
          multiplication(quantity('\\gamma', [], [n]), addition(one, beta)),
          multiplication(number(2), toPower(subtraction(one, beta), number(3))),
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
  update: subtraction(
    iterate(j, n),
    multiplication(
      step,
      schedule('\\eta', n),
      addition(call('\\phi', slope(j)), multiplication(parameter('\\lambda'), iterate(j, n))),
    ),
  ),
});
const force = addition(call('\\phi', d(j)), multiplication(parameter('\\lambda'), iterate(j)));
/** f_0 = −ηF, f_1 = −½η² DF·F with F = φ(∇E) + λθ. */
export const scheduledEquation: Equation = {
  declarations: scheduled.declarations,
  definitions: [],
  coefficients: [
    negation(multiplication(schedule('\\eta', n), force)),
    negation(
      multiplication(
        half,
        toPower(schedule('\\eta', n), number(2)),
        sumOverCoordinates(
          'i',
          multiplication(
            { kind: 'derivative', span: null, by: [i], argument: force },
            addition(call('\\phi', d(i)), multiplication(parameter('\\lambda'), iterate(i))),
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
      subtraction(
        multiplication(beta, quantity('v', [j], [n])),
        multiplication(
          step,
          gradient([j], n, {
            index: 'c',
            body: addition(iterate(index('c'), n), multiplication(beta, quantity('v', [index('c')], [n]))),
          }),
        ),
      ),
    ),
  ],
  update: addition(iterate(j, n), quantity('v', [j], [next])),
});
