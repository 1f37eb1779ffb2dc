import { describe, expect, it } from 'vitest';
import {
  modulus,
  addition,
  call,
  divide,
  gradient,
  index,
  iterate,
  loss,
  multiplication,
  negation,
  number,
  parameter,
  point,
  toPower,
  product,
  quantity,
  root,
  schedule,
  step,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import type { Formula, Vector } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { trivialShape } from '../support/trivial-shape.ts';
import { read, warningsOf } from './read-text.ts';
import type { Options } from './read-text.ts';

const n = index('#n');
const j = index('#j');
const p = index('#p');
const [i, r, k, l, c0] = [index('i'), index('r'), index('k'), index('l'), index('#c')];
const one = number(1);
const two = number(2);
const [a, b, c, x, beta, rho, epsilon, beta1] = ['a', 'b', 'c', 'x', '\\beta', '\\rho', '\\varepsilon', '\\beta_1'].map(
  parameter,
) as [Formula, Formula, Formula, Formula, Formula, Formula, Formula, Formula];
const half = divide(one, two);
const plus = (formula: Formula): Formula => addition(formula, one);
const less = (formula: Formula): Formula => subtraction(formula, one);
const of = (name: string, component: Formula, label: Formula, at: Vector | null = null): Formula =>
  quantity(name, [component], [label], at);
const R = (component: Formula = j, label: Formula = n, at: Vector | null = point()): Formula =>
  of('R', component, label, at);
const dE = (component: Formula, batch: Formula | null = null, at: Vector = point()): Formula =>
  gradient([component], batch, at);
const ddE = (first: Formula, second: Formula, batch: Formula | null = null): Formula =>
  gradient([first, second], batch);
const norm = (order: 1 | 2, perturbation: Formula | null, argument: Vector): Formula => ({
  kind: 'norm',
  span: null,
  order,
  perturbation,
  argument,
});
const gradientVector: Vector = { index: '#c', body: dE(c0) };
const v = (component: Formula): Formula => quantity('v', [component], []);
const u = (component: Formula): Formula => quantity('u', [component], []);
const vVector: Vector = { index: '#c', body: v(c0) };
const derivative = (by: Formula[], argument: Formula): Formula => ({ kind: 'derivative', span: null, by, argument });
const byParameter = (by: string, argument: Formula): Formula => ({
  kind: 'parameter-derivative',
  span: null,
  by,
  argument,
});
const extremum = (which: 'max' | 'min', ...values: Formula[]): Formula => ({
  kind: 'extremum',
  span: null,
  which,
  arguments: values,
});
const vectorCall = (name: string, component: Formula | null, by: Formula[], argument: Vector): Formula => ({
  kind: 'vector-call',
  span: null,
  name,
  component,
  by,
  argument,
});

type Row = readonly [latex: string, formula: Formula, options?: Options];

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows.map(([latex, formula, options]) => [latex, formula, options] as const))(
      '%s',
      (latex, formula, options) => {
        expect(trivialShape(read(latex, options ?? {}))).toEqual(trivialShape(formula));
      },
    );
  });
}

table('numbers and arithmetic', [
  ['2', two],
  ['0.25', number(Rational.of(1, 4))],
  ['.5 a', multiplication(number(Rational.of(1, 2)), a)],
  ['a+b-c', addition(a, b, negation(c))],
  ['-a+b', addition(negation(a), b)],
  ['- a b', negation(multiplication(a, b))],
  ['a\\cdot b', multiplication(a, b)],
  ['a \\times b * c', multiplication(a, b, c)],
  ['a \\cdot -b', multiplication(a, negation(b))],
  ['a + -b', addition(a, negation(b))],
  ['a/b', divide(a, b)],
  ['a/b/c', divide(divide(a, b), c)],
  ['a/b c', multiplication(divide(a, b), c)],
  ['a b/c', divide(multiplication(a, b), c)],
  ['a/(b c)', divide(a, multiplication(b, c))],
  ['\\frac{a}{b}', divide(a, b)],
  ['\\frac ab', divide(a, b)],
  ['\\frac12', half],
  ['\\frac1{12}', divide(one, number(12))],
  ['\\frac h2 a', multiplication(divide(step, two), a)],
  ['\\tfrac{1}{2} \\dfrac{a}{b}', multiplication(half, divide(a, b))],
  ['\\frac{1}{2}a', multiplication(half, a)],
  ['a^2', toPower(a, two)],
  ['a^{b+1}', toPower(a, plus(b))],
  ['a^23', multiplication(toPower(a, two), number(3))],
  ['-a^2', negation(toPower(a, two))],
  ['2^{-n}', toPower(two, negation(n))],
  ['{a^2}^n', toPower(toPower(a, two), n)],
  ['(a+b)^{3/2}', toPower(addition(a, b), divide(number(3), two))],
  ['\\left(a+b\\right)c', multiplication(addition(a, b), c)],
  ['\\bigl(a+b\\bigr)^2', toPower(addition(a, b), two)],
  ['\\Big[a+b\\Big]', addition(a, b)],
  ['\\left[ a - \\left\\{ b \\right\\} \\right]', subtraction(a, b)],
  ['\\sqrt{a}', root(a)],
  ['\\sqrt a b', multiplication(root(a), b)],
  ['\\sqrt[3]{a+b}', root(addition(a, b), 3)],
  ['\\sqrt{a}^3', toPower(root(a), number(3))],
  ['|a|', modulus(a)],
  ['|a||b|', multiplication(modulus(a), modulus(b))],
  ['|a-|b||', modulus(subtraction(a, modulus(b)))],
  ['\\left|a\\right|^2', toPower(modulus(a), two)],
  ['\\lvert a\\rvert', modulus(a)],
  ['\\bigl|a\\bigr|', modulus(a)],
  ['\\max(a,b)', extremum('max', a, b)],
  ['\\min\\{a, b, 1\\}', extremum('min', a, b, one)],
  ['\\operatorname{max}\\left(a,b\\right)', extremum('max', a, b)],
  ['\\displaystyle a\\,b\\;c\\quad', multiplication(a, b, c)],
  ['\\underbrace{a + b}_{\\text{nonzero steps}} c', multiplication(addition(a, b), c)],
  ['\\overbrace{a}^{x_1} + b', addition(a, b)],
  ['a − b · c', subtraction(a, multiplication(b, c))],
]);

table('names', [
  ['\\beta_1', beta1],
  ['\\beta_{1}^{n}', toPower(beta1, n)],
  ['\\beta^n_1', toPower(beta1, n)],
  ['\\lambda_{\\max} a', multiplication(parameter('\\lambda_\\max'), a)],
  ['\\varepsilon', epsilon],
  ['β ε', multiplication(beta, epsilon)],
  ['h', step],
  ['p n j', multiplication(p, n, j)],
  ['(n+1)\\beta^{n+1}', multiplication(plus(n), toPower(beta, plus(n)))],
  ['\\beta^{2n+2}', toPower(beta, addition(multiplication(two, n), two))],
  ['\\eta_n', schedule('\\eta', n)],
  ['\\eta_{n-1}^2 h', multiplication(toPower(schedule('\\eta', less(n)), two), step)],
  ['h(1-\\beta)', multiplication(step, subtraction(one, beta))],
  ['n(1-\\beta)', multiplication(n, subtraction(one, beta))],
  ['f', quantity('f', [], [])],
  ['f (1-\\beta)', multiplication(quantity('f', [], []), subtraction(one, beta))],
  ['\\gamma_n', quantity('\\gamma', [n], [])],
  ['\\gamma_{2n}', quantity('\\gamma', [multiplication(two, n)], [])],
  ['A_{ij} A_{i,r}', multiplication(quantity('A', [i, j], []), quantity('A', [i, r], []))],
  ['v_i', v(i)],
  ['v_i^2 + \\varepsilon', addition(toPower(v(i), two), epsilon)],
  ['s^{(n)}', quantity('s', [], [n])],
]);

table('states, quantities and points', [
  ['m_j^{(n+1)}', of('m', j, plus(n))],
  ['m^{(n+1)}_j', of('m', j, plus(n))],
  ['{m}_{j}^{(n)}', of('m', j, n)],
  ['{m_j}^{(n)}', of('m', j, n)],
  ['\\mathbf{m}_j^{(n)}', of('\\boldsymbol{m}', j, n)],
  ['\\bm m_j^{(n)}', of('\\boldsymbol{m}', j, n)],
  ['\\hat m_j^{(n+1)}', of('\\hat{m}', j, plus(n))],
  ['\\widehat{m}_j^{(n)}', of('\\hat{m}', j, n)],
  ['\\bar{P}_{j}^{(n)}\\left(\\tilde{\\boldsymbol{\\theta}}(t)\\right)', of('\\bar{P}', j, n, point())],
  ['\\overline P_j^{(n)}(\\theta)', of('\\bar{P}', j, n, point())],
  ['R_j^{(n)}(\\theta)^3', toPower(R(), number(3))],
  ['R_j^{(n)}(\\boldsymbol\\theta)', R()],
  ['R_i^{(l)}', R(i, l, null)],
  ['R_i^{(n-k)}(\\theta^{(k)})', R(i, subtraction(n, k), point(k))],
  ['R_j^{(n)}(1-\\beta)', multiplication(R(j, n, null), subtraction(one, beta))],
  ['R_j^{(n)} (m_j^{(n)})', multiplication(R(j, n, null), of('m', j, n))],
  ['R_j^{(n)}(y^{(n)})', R(j, n, { index: '#c', body: of('y', c0, n) })],
  ['(R_j^{(n)}(\\theta))^3', toPower(R(), number(3))],
  ['D_j^{(n,k)}', quantity('D', [j], [n, k])],
  ['\\theta_j', iterate(j)],
  ['\\tilde\\theta_j(t)', iterate(j)],
  ['\\tilde{\\boldsymbol{\\theta}}_j(t)^2', toPower(iterate(j), two)],
  ['\\theta_j^{(n)}', iterate(j, n)],
  ['\\theta_j^{(n-1)}', iterate(j, less(n))],
  ['\\theta_j^2', toPower(iterate(j), two)],
  ['\\tilde\\theta_j(t_k)', iterate(j, k)],
  ['\\tilde\\theta_j(kh)', iterate(j, k)],
  ['\\tilde\\theta_j(nh)', iterate(j)],
  ['\\tilde\\theta_j((n+1)h)', iterate(j, plus(n))],
  ['\\theta_j(1-\\beta)', multiplication(iterate(j), subtraction(one, beta))],
  ['t', index('#t')],
  ['t_k', multiplication(k, step)],
]);

table('losses and derivatives', [
  ['E', loss(null)],
  ['E_k', loss(k)],
  ['E_{n-1}(\\theta)', loss(less(n))],
  ['E_0', loss(number(0))],
  ['\\hat E_k(\\boldsymbol\\theta)', loss(k)],
  ['\\mathbf{E}^2', toPower(loss(null), two)],
  ['E(\\theta)^2', toPower(loss(null), two)],
  ['\\nabla_j E', dE(j)],
  ['\\nabla_{j}E_{k}(\\boldsymbol{\\theta})', dE(j, k)],
  ['\\nabla_j E_n\\left(\\boldsymbol\\theta^{(n)}\\right)', dE(j, n, point(n))],
  ['\\nabla_{ij}E_k', ddE(i, j, k)],
  ['\\nabla_{i,j}E', ddE(i, j)],
  ['\\nabla_{ijr}E', gradient([i, j, r], null)],
  ['\\nabla_i\\nabla_jE', ddE(i, j)],
  ['\\nabla_1 E', dE(one)],
  ['\\nabla_{1,2} E', ddE(one, two)],
  ['\\nabla^2_{ij}E', ddE(i, j)],
  ['\\nabla_j^2E', ddE(j, j)],
  ['\\partial_j E_k', dE(j, k)],
  ['\\partial_i\\partial_j E', ddE(i, j)],
  ['\\partial_{\\theta_j}E', dE(j)],
  ['\\frac{\\partial E}{\\partial\\theta_j}', dE(j)],
  ['\\frac{\\partial E_k(\\theta)}{\\partial\\theta_j}', dE(j, k)],
  ['\\frac{\\partial E_k}{\\partial\\theta_j}(\\theta^{(n)})', dE(j, k, point(n))],
  ['\\frac{\\partial^2E}{\\partial\\theta_i\\partial\\theta_j}', ddE(i, j)],
  ['\\frac{\\partial^2E}{\\partial\\theta_j^2}', ddE(j, j)],
  ['\\frac{\\partial^3 E}{\\partial \\theta_i \\partial \\theta_j \\partial \\theta_r}', gradient([i, j, r], null)],
  ['\\frac{\\partial}{\\partial\\theta_j} E_k(\\theta) a', multiplication(dE(j, k), a)],
  ['(\\nabla_jE)(\\theta^{(k)})', dE(j, null, point(k))],
  ['\\nabla_j E_k(\\theta) a', multiplication(dE(j, k), a)],
  ['(\\nabla_jE)^2', toPower(dE(j), two)],
  [
    '\\left(\\nabla_j E_k(\\theta)\\right)^2/\\left(1-\\rho^{n+1}\\right)',
    divide(toPower(dE(j, k), two), subtraction(one, toPower(rho, plus(n)))),
  ],
  ['\\nabla_jE(\\theta)^2', toPower(dE(j), two)],
  ['|\\nabla_jE|^2', toPower(modulus(dE(j)), two)],
  [
    '\\nabla_j E_n(\\theta^{(n)} - h\\beta m^{(n)})',
    dE(j, n, { index: '#c', body: subtraction(iterate(c0, n), multiplication(step, beta, of('m', c0, n))) }),
  ],
  ['\\nabla_j E_n(y^{(n)})', dE(j, n, { index: '#c', body: of('y', c0, n) })],
  ['\\nabla_j\\{E + a R_j^{(n)}(\\theta)\\}', derivative([j], addition(loss(null), multiplication(a, R())))],
  ['\\nabla_j\\left(E\\right)', dE(j)],
  ['\\nabla_j R_i^{(n)}(\\theta) b', multiplication(derivative([j], R(i)), b)],
  ['\\nabla_j \\|\\nabla E\\|^2', derivative([j], toPower(norm(2, null, gradientVector), two))],
  ['\\nabla_j\\|\\nabla E(\\theta)\\|_{1,\\varepsilon}', derivative([j], norm(1, epsilon, gradientVector))],
  [
    '\\left.\\nabla_j\\left\\|\\nabla E(\\theta)\\right\\|_{1,\\varepsilon}\\right|_{\\theta=\\tilde\\theta(t)}',
    derivative([j], norm(1, epsilon, gradientVector)),
  ],
  ['a \\nabla_jE(\\theta)\\Big|_{\\theta=\\tilde\\theta(t)}', multiplication(a, dE(j))],
  ['\\nabla_j K(\\nabla E)', vectorCall('K', null, [j], gradientVector)],
  ['\\nabla_j(K(\\nabla E))', derivative([j], vectorCall('K', null, [], gradientVector))],
  ['\\partial_i K(\\nabla E)', vectorCall('K', null, [i], gradientVector)],
  ['(\\partial_{ij}K)(v)', vectorCall('K', null, [i, j], vVector)],
  ['(\\nabla_iK)(v)', vectorCall('K', null, [i], vVector)],
  [
    '\\nabla_iK(m^{(n+1)})',
    vectorCall('K', null, [i], { index: '#c', body: of('m', c0, plus(n)) }),
    { where: 'optimizer' },
  ],
  ['\\frac{\\partial c}{\\partial\\beta}', byParameter('\\beta', c)],
  ['\\partial_\\beta \\beta^n', byParameter('\\beta', toPower(beta, n))],
  [
    '\\frac{\\partial}{\\partial\\beta}\\frac{1+\\beta}{1-\\beta}',
    byParameter('\\beta', divide(addition(one, beta), subtraction(one, beta))),
  ],
  ['\\frac{d}{dx}\\frac1{\\sqrt{x+\\varepsilon}}', byParameter('x', divide(one, root(addition(x, epsilon))))],
]);

table('sums and products', [
  ['\\sum_{k=0}^{n}E_k', sum('q', number(0), n, loss(index('q'))), { fixed: new Map() }],
  [
    '\\sum_{q=0}^n \\beta^{n-q} a b',
    sum('q', number(0), n, multiplication(toPower(beta, subtraction(n, index('q'))), a, b)),
  ],
  ['\\sum_{q=0}^{n} a + b', addition(sum('q', number(0), n, a), b)],
  ['\\sum_{q=0}^{n} a / b', sum('q', number(0), n, divide(a, b))],
  [
    'a \\sum_{q=l}^{n-1} b \\sum_{w=1}^p v_w',
    multiplication(a, sum('q', l, less(n), multiplication(b, sumOverCoordinates('w', v(index('w')))))),
  ],
  ['\\sum\\limits_{w=1}^{p} v_w', sumOverCoordinates('w', v(index('w')))],
  ['\\sum_w v_w', sumOverCoordinates('w', v(index('w')))],
  ['\\sum_{w,z} \\nabla_{wz}E', sumOverCoordinates('w', sumOverCoordinates('z', ddE(index('w'), index('z'))))],
  ['\\sum_{w,z=1}^p \\nabla_{wz}E', sumOverCoordinates('w', sumOverCoordinates('z', ddE(index('w'), index('z'))))],
  ['\\sum_{wz}\\nabla_{wz}E', sumOverCoordinates('w', sumOverCoordinates('z', ddE(index('w'), index('z'))))],
  ['\\sum_{i_1=1}^p v_{i_1}', sumOverCoordinates('i_1', v(index('i_1')))],
  ['\\sum_{0\\le q\\le n} E_q', sum('q', number(0), n, loss(index('q')))],
  [
    '\\sum_{0\\le q\\le w\\le n} E_q E_w',
    sum('q', number(0), n, sum('w', index('q'), n, multiplication(loss(index('q')), loss(index('w'))))),
  ],
  [
    '\\sum_{0\\le q<w\\le n} E_q E_w',
    sum('q', number(0), less(n), sum('w', plus(index('q')), n, multiplication(loss(index('q')), loss(index('w'))))),
  ],
  ['\\sum_{n \\ge q \\ge 0} E_q', sum('q', number(0), n, loss(index('q')))],
  [
    '\\sum_{w\\ne j} \\nabla_wE',
    addition(sum('w', one, less(j), dE(index('w')), 'coordinate'), sum('w', plus(j), p, dE(index('w')), 'coordinate')),
  ],
  [
    '\\sum_{w=1,\\,w\\neq j}^p \\nabla_wE',
    addition(sum('w', one, less(j), dE(index('w')), 'coordinate'), sum('w', plus(j), p, dE(index('w')), 'coordinate')),
  ],
  ['\\sum_{w<j}\\nabla_wE', sum('w', one, less(j), dE(index('w')), 'coordinate')],
  [
    '\\sum_{\\substack{0\\le q\\le n \\\\ w \\ne j}} \\nabla_wE_q',
    sum(
      'q',
      number(0),
      n,
      addition(
        sum('w', one, less(j), dE(index('w'), index('q')), 'coordinate'),
        sum('w', plus(j), p, dE(index('w'), index('q')), 'coordinate'),
      ),
    ),
  ],
  ['\\prod_{q=k+1}^{n}\\eta_q', product('q', plus(k), n, schedule('\\eta', index('q')))],
  ['\\sum_{q=1}^{2} v_q', sum('q', one, two, v(index('q')), 'coordinate')],
  [
    '\\frac{1}{m}\\sum_{q=0}^{m-1}E_q',
    multiplication(divide(one, index('#m')), sum('q', number(0), less(index('#m')), loss(index('q')))),
  ],
  ['(\\sum_{q=0}^n a)(\\sum_{q=0}^n b)', multiplication(sum('q', number(0), n, a), sum('q', number(0), n, b))],
]);

table('functions', [
  ['\\tanh(x/\\delta)', call('tanh', divide(x, parameter('\\delta')))],
  ['\\tanh x \\cdot a', multiplication(call('tanh', x), a)],
  ['a \\tanh x', multiplication(a, call('tanh', x))],
  ['\\tanh\\frac{x}{a}', call('tanh', divide(x, a))],
  ['\\tanh^2(x)', toPower(call('tanh', x), two)],
  ['\\exp\\{a\\}', call('exp', a)],
  ['\\ln(a)', call('log', a)],
  ['\\operatorname{sign}(\\nabla_jE)', call('sign', dE(j))],
  ['\\mathrm{sign}\\left(\\nabla_jE\\right)', call('sign', dE(j))],
  ['\\text{sgn}(a)', call('sign', a)],
  ['\\phi(v_j)', call('\\phi', v(j))],
  ["\\phi'(v_j)", call('\\phi', v(j), 1)],
  ["\\phi''(v_j)^2", toPower(call('\\phi', v(j), 2), two)],
  ['\\phi^{\\prime}(a)', call('\\phi', a, 1)],
  ['\\phi^3(a)', toPower(call('\\phi', a), number(3))],
  ['\\phi m_j^{(n)}', call('\\phi', of('m', j, n))],
  ['K(\\nabla E)', vectorCall('K', null, [], gradientVector)],
  ['\\Phi_j(v)', vectorCall('\\Phi', j, [], vVector)],
]);

table('norms', [
  ['\\|v\\|', norm(2, null, vVector)],
  ['\\|v\\|_2^2', toPower(norm(2, null, vVector), two)],
  ['||v||^2', toPower(norm(2, null, vVector), two)],
  ['\\lVert v\\rVert_1', norm(1, null, vVector)],
  ['\\left\\|\\nabla E(\\theta)\\right\\|_{1,\\varepsilon}', norm(1, epsilon, gradientVector)],
  ['\\bigl\\|v\\bigr\\|_{1,\\,a+b}', norm(1, addition(a, b), vVector)],
  ['\\left\\Vert v\\right\\Vert', norm(2, null, vVector)],
]);

table('vectors by linear algebra', [
  ['\\nabla E', dE(j), { fixed: new Map() }],
  [
    '-\\nabla E(\\boldsymbol\\theta) - \\frac h2 \\nabla^2 E\\,\\nabla E',
    subtraction(
      negation(dE(j)),
      multiplication(divide(step, two), sumOverCoordinates('w', multiplication(ddE(j, index('w')), dE(index('w'))))),
    ),
    { fixed: new Map() },
  ],
  ['\\nabla_\\theta E', dE(j), { fixed: new Map() }],
  ['\\nabla^2E\\,v', sumOverCoordinates('w', multiplication(ddE(j, index('w')), v(index('w')))), { fixed: new Map() }],
  ['\\nabla^2E[v]', sumOverCoordinates('w', multiplication(ddE(j, index('w')), v(index('w')))), { fixed: new Map() }],
  [
    '\\nabla^3E[u,v]',
    sumOverCoordinates(
      'w',
      sumOverCoordinates(
        'z',
        multiplication(gradient([j, index('w'), index('z')], null), u(index('w')), v(index('z'))),
      ),
    ),
    { fixed: new Map() },
  ],
  ['u^\\top v', sumOverCoordinates('w', multiplication(u(index('w')), v(index('w'))))],
  ['\\nabla E^\\top v', sumOverCoordinates('w', multiplication(dE(index('w')), v(index('w'))))],
  ['\\nabla E(\\theta)^\\top v', sumOverCoordinates('w', multiplication(dE(index('w')), v(index('w'))))],
  ['u^T v', sumOverCoordinates('w', multiplication(u(index('w')), v(index('w'))))],
  ['\\langle u, v\\rangle', sumOverCoordinates('w', multiplication(u(index('w')), v(index('w'))))],
  [
    'u^\\top\\nabla^2E\\,v',
    sumOverCoordinates(
      'z',
      multiplication(
        sumOverCoordinates('w', multiplication(u(index('w')), ddE(index('w'), index('z')))),
        v(index('z')),
      ),
    ),
  ],
  [
    'u v^\\top v',
    sumOverCoordinates('w', multiplication(multiplication(u(j), v(index('w'))), v(index('w')))),
    { fixed: new Map() },
  ],
  [
    '(\\nabla^2E)^2 v',
    sumOverCoordinates(
      'z',
      multiplication(
        sumOverCoordinates('w', multiplication(ddE(j, index('w')), ddE(index('w'), index('z')))),
        v(index('z')),
      ),
    ),
    { fixed: new Map() },
  ],
  ['\\nabla\\|\\nabla E\\|^2', derivative([j], toPower(norm(2, null, gradientVector), two)), { fixed: new Map() }],
  ['\\nabla K(\\nabla E)', vectorCall('K', null, [j], gradientVector), { fixed: new Map() }],
  ['\\nabla(K(\\nabla E))', derivative([j], vectorCall('K', null, [], gradientVector)), { fixed: new Map() }],
  ['(\\nabla K)(v)', vectorCall('K', null, [j], vVector), { fixed: new Map() }],
  ['\\Phi(v)', vectorCall('\\Phi', j, [], vVector), { fixed: new Map() }],
  ['u\\odot v', multiplication(u(j), v(j)), { fixed: new Map() }],
  ['(\\nabla E)^{\\odot 2}', toPower(dE(j), two), { fixed: new Map() }],
  ['(\\nabla^2E\\,v)_j', sumOverCoordinates('w', multiplication(ddE(j, index('w')), v(index('w'))))],
  ['\\nabla E(\\theta)_i', dE(i)],
  ['\\frac{\\nabla E}{\\|\\nabla E\\|}', divide(dE(j), norm(2, null, gradientVector)), { fixed: new Map() }],
  ['\\mathbf{0}', number(0), { fixed: new Map() }],
]);

const rows: Options = { where: 'optimizer' };
table('vectors elementwise', [
  [
    '\\beta m^{(n)} + (1-\\beta)\\nabla E_n(\\theta^{(n)})',
    addition(multiplication(beta, of('m', j, n)), multiplication(subtraction(one, beta), dE(j, n, point(n)))),
    rows,
  ],
  ['(\\nabla E_n(\\theta^{(n)}))^2', toPower(dE(j, n, point(n)), two), rows],
  [
    '\\theta^{(n)} - h m^{(n+1)}/(\\sqrt{\\nu^{(n+1)}}+\\varepsilon)',
    subtraction(
      iterate(j, n),
      divide(multiplication(step, of('m', j, plus(n))), addition(root(of('\\nu', j, plus(n))), epsilon)),
    ),
    rows,
  ],
  [
    '\\mathbf m^{(n)}\\odot \\mathbf m^{(n)}',
    multiplication(of('\\boldsymbol{m}', j, n), of('\\boldsymbol{m}', j, n)),
    rows,
  ],
  ['\\mathbf{0}', number(0), rows],
  ['\\phi(m^{(n)})', call('\\phi', of('m', j, n)), rows],
  [
    '\\frac{\\nabla E(\\theta)}{|\\nabla E(\\theta)|+\\varepsilon}',
    divide(dE(j), addition(modulus(dE(j)), epsilon)),
    { componentwise: true, fixed: new Map() },
  ],
  ['m^{(n)}/\\|m^{(n)}\\|', divide(of('m', j, n), norm(2, null, { index: '#c', body: of('m', c0, n) })), rows],
  ['\\max(\\nu^{(n)},\\nu^{(n+1)})', extremum('max', of('\\nu', j, n), of('\\nu', j, plus(n))), rows],
]);

describe('warnings', () => {
  it.each([
    ['a/b c', ['ambiguous-division']],
    ['1/2 (a-b)^2', ['ambiguous-division']],
    ['a/b \\cdot c', []],
    ['a/b + c', []],
    ['\\nabla_jE(\\theta)^2', ['derivative-power']],
    ['(\\nabla_jE(\\theta))^2', []],
    ['\\nabla E(\\theta)^\\top v', []],
    ['\\nabla_jK(v)', []],
  ])('%s', (latex, codes) => {
    expect(warningsOf(latex)).toEqual(codes);
  });
});
