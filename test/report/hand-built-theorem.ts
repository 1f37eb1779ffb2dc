/** Adam's theorem built by hand in the paper's shape, so that printing is tested without deriving. */
import {
  add,
  definition,
  divide,
  gradient,
  index,
  multiply,
  negate,
  number,
  parameter,
  point,
  power,
  quantity,
  root,
  subtract,
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
  sum('k', number(0), n, multiply(power(decay, subtract(n, k)), subtract(one, decay), ...body));
const corrected = (decay: Formula): Formula => divide(one, subtract(one, power(decay, add(n, one))));
const past = sumOverCoordinates(
  'i',
  multiply(gradient([i, j], k), sum('l', k, subtract(n, one), divide(of('M', i, l), of('R', i, l)))),
);
const weights = history(rho, [power(gradient([j], k), two)]);

const R = root(add(divide(weights, subtract(one, power(rho, add(n, one)))), parameter('\\varepsilon')));
const M = multiply(corrected(beta), history(beta, [gradient([j], k)]));
const L = multiply(corrected(beta), history(beta, [past]));
const P = multiply(corrected(rho), history(rho, [gradient([j], k), past]));

const f0 = negate(divide(of('M'), of('R')));
const f1 = subtract(
  divide(multiply(of('M'), add(multiply(two, of('P')), of('\\bar{P}'))), multiply(two, power(of('R'), number(3)))),
  divide(add(multiply(two, of('L')), of('\\bar{L}')), multiply(two, of('R'))),
);
/** Not the true f_2, but of its size: nested sums over products with sums among their factors. */
const long = add(
  multiply(f1, P),
  multiply(number(Rational.of(-1, 6)), history(rho, [add(P, multiply(R, P), gradient([j], n)), past])),
  multiply(number(Rational.of(1, 3)), f1, sumOverCoordinates('i', multiply(gradient([i, j], n), add(f1, L, P)))),
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
