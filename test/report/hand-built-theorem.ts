/** Adam's theorem built by hand in the paper's shape, so that printing is tested without deriving. */
import {
  addition,
  definition,
  divide,
  gradient,
  index,
  multiplication,
  negation,
  number,
  parameter,
  point,
  toPower,
  quantity,
  root,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { COMPONENT, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import type { Theorem } from '../../src/report/theorem/theorem-parts.ts';

const n = index(ITERATION);
const j = index(COMPONENT);
const [i, k, l] = [index('i'), index('k'), index('l')];
const [one, two] = [number(1), number(2)];
const [beta, rho] = [parameter('\\beta'), parameter('\\rho')];

const of = (name: string, component: Formula = j, label: Formula = n): Formula =>
  quantity(name, [component], [label], point());
const history = (decay: Formula, body: Formula[]): Formula =>
  sum('k', number(0), n, multiplication(toPower(decay, subtraction(n, k)), subtraction(one, decay), ...body));
const corrected = (decay: Formula): Formula => divide(one, subtraction(one, toPower(decay, addition(n, one))));
const past = sumOverCoordinates(
  'i',
  multiplication(gradient([i, j], k), sum('l', k, subtraction(n, one), divide(of('M', i, l), of('R', i, l)))),
);
const weights = history(rho, [toPower(gradient([j], k), two)]);

const R = root(addition(divide(weights, subtraction(one, toPower(rho, addition(n, one)))), parameter('\\varepsilon')));
const M = multiplication(corrected(beta), history(beta, [gradient([j], k)]));
const L = multiplication(corrected(beta), history(beta, [past]));
const P = multiplication(corrected(rho), history(rho, [gradient([j], k), past]));

const f0 = negation(divide(of('M'), of('R')));
const f1 = subtraction(
  divide(
    multiplication(of('M'), addition(multiplication(two, of('P')), of('\\bar{P}'))),
    multiplication(two, toPower(of('R'), number(3))),
  ),
  divide(addition(multiplication(two, of('L')), of('\\bar{L}')), multiplication(two, of('R'))),
);
/** Not the true f_2, but of its size: nested sums over products with sums among their factors. */
const long = addition(
  multiplication(f1, P),
  multiplication(number(Rational.of(-1, 6)), history(rho, [addition(P, multiplication(R, P), gradient([j], n)), past])),
  multiplication(
    number(Rational.of(1, 3)),
    f1,
    sumOverCoordinates('i', multiplication(gradient([i, j], n), addition(f1, L, P))),
  ),
);

const optimizer: Optimizer = {
  id: 'adam',
  declarations: [],
  states: [],
  quantities: [],
  update: number(0),
  span: { source: { name: 'hand-built', text: '' }, start: 0, end: 0 },
  notation: DEFAULT_NOTATION,
};

const definitions = [
  definition('R', [COMPONENT], [ITERATION], R),
  definition('M', [COMPONENT], [ITERATION], M),
  definition('L', [COMPONENT], [ITERATION], L),
  definition('P', [COMPONENT], [ITERATION], P),
];

export const FIRST_ORDER: Theorem = {
  optimizer,
  setting: 'mini-batch',
  order: 1,
  form: 'flow',
  coefficients: [f0, f1],
  definitions,
};
export const LONG: Theorem = { ...FIRST_ORDER, order: 2, coefficients: [f0, f1, long] };
export const MAP: Theorem = { ...FIRST_ORDER, form: 'map' };
