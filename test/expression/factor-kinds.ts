/**
 * One list of factors for every walk over the normal form: each kind, with a symbol and a loss wherever it can hold them. A new
 * kind does not compile without a place here.
 */
import {
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  add,
  constant,
  subtract,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf } from '../../src/expression/core/factor.ts';
import type { Factor } from '../../src/expression/core/factors.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import { sumOver } from '../../src/expression/core/expression.ts';
import { abstract, vectorTemplate } from '../../src/expression/core/template.ts';
import { type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { ZERO } from '../../src/expression/core/indices.ts';
import { type Tree, treeOf } from '../../src/expression/core/tree.ts';
import { Rational } from '../../src/number/rational.ts';

export interface Sample {
  readonly name: string;
  readonly value: Expression;
}

const n = (shift = 0): LinearForm => variableForm(ITERATION_INDEX, shift);
const j = variableForm(COMPONENT_INDEX);
export const symbol = (name: string, exponent: Rational | number = 1): Expression =>
  factorExpression({ kind: 'symbol', name }, exponentOf(exponent));
const gradient = (batch: LinearForm | null, coordinate: LinearForm = j, at: LinearForm | null = null): Expression =>
  factorExpression({ kind: 'loss', batch, coordinates: [coordinate], at });
const point = (coordinate: LinearForm, at: LinearForm | null = null): Expression =>
  factorExpression({ kind: 'point', coordinate, at });

const moment = ([coordinates = [], ...others]: readonly (readonly LinearForm[])[]): Expression =>
  factorExpression({ kind: 'moment', coordinates, others, at: null });

/** The elementary differential of a tree, a pair of parentheses for every child of a vertex. */
function differential(text: string, batch: LinearForm | null): Expression {
  const open: Tree[][] = [[]];
  for (const letter of text) {
    if (letter === '(') open.push([]);
    else {
      const children = open.pop() ?? [];
      open.at(-1)?.push(treeOf(children));
    }
  }
  return factorExpression({ kind: 'differential', tree: treeOf(open[0] ?? []), batch, component: j });
}

/** x g + θ_j, with the label n − 1. */
const mixed = add(multiply(symbol('x'), gradient(n(-1))), point(j));
const template = abstract(mixed, true);
const scalar = abstract(add(symbol('x'), factorExpression({ kind: 'index', index: n(1) })), true);
const positive = abstract(add(multiply(symbol('x'), symbol('x')), symbol('e')), true);

/** Σ_{k=0}^{n} of a body in k. */
function sum(body: (k: LinearForm) => Expression): Expression {
  const k = openIndex('history');
  return sumOver(body(variableForm(k)), k, 'history', [
    { left: ZERO, right: k, bound: 0 },
    { left: k, right: ITERATION_INDEX, bound: 0 },
  ]);
}

/** Π_{i=0}^{n} of a body in i. */
function product(body: (i: LinearForm) => Expression, exponent = 1, lower?: LinearForm): Expression {
  const i = openIndex('history');
  const { template: own, arguments: args } = vectorTemplate(body(variableForm(i)), i);
  const range = lower === undefined ? {} : { lower };
  return factorExpression(
    { kind: 'product', template: own, arguments: args, upper: n(), ...range },
    exponentOf(exponent),
  );
}

function vectorFunction(body: (i: LinearForm) => Expression, exponent = 1): Expression {
  const i = openIndex('coordinate');
  const { template: own, arguments: args } = vectorTemplate(body(variableForm(i)), i);
  return factorExpression(
    { kind: 'vector-function', name: 'F', component: j, by: [j], template: own, arguments: args },
    exponentOf(exponent),
  );
}

const sequence = (coordinates: readonly LinearForm[] = [], label = n(1), at: LinearForm | null = null): Expression =>
  factorExpression({ kind: 'recursive', id: '1', name: 's', component: j, label, coordinates, at });
const schedule = (index: LinearForm): Expression => factorExpression({ kind: 'schedule', name: 'eta', index });

export const KINDS: { readonly [Kind in Factor['kind']]: readonly Sample[] } = {
  symbol: [
    { name: 'x', value: symbol('x') },
    { name: '1/x²', value: symbol('x', -2) },
    { name: '√x', value: symbol('x', Rational.of(1, 2)) },
    { name: 'x^n', value: factorExpression({ kind: 'symbol', name: 'x' }, exponentFromForm(n())) },
    {
      name: 'Σ x^{n−k} g_k',
      value: sum(k =>
        multiply(
          factorExpression(
            { kind: 'symbol', name: 'x' },
            exponentFromForm({
              constant: 0,
              terms: [...k.terms.map(([v]) => [v, -1] as const), ...n().terms].sort((a, b) => a[0] - b[0]),
            }),
          ),
          gradient(k),
        ),
      ),
    },
  ],
  integer: [{ name: '√2', value: factorExpression({ kind: 'integer', value: 2n }, exponentOf(Rational.of(1, 2))) }],
  index: [{ name: '(n+2)²', value: factorExpression({ kind: 'index', index: n(2) }, exponentOf(2)) }],
  loss: [
    { name: 'x ∇_jE_{n−1}', value: multiply(symbol('x'), gradient(n(-1))) },
    { name: '∇_jE', value: gradient(null) },
    { name: '∇_jE_n at a label', value: gradient(n(), j, n(-2)) },
  ],
  differential: [
    { name: 'x ∇²E_{n−1} ∇E_{n−1}', value: multiply(symbol('x'), differential('()', n(-1))) },
    { name: '∇³E[∇E, ∇²E ∇E]', value: differential('()(())', null) },
    { name: '∇E', value: differential('', null) },
  ],
  moment: [
    { name: 'x E[∇_jδ ∇_jδ]', value: multiply(symbol('x'), moment([[j], [j]])) },
    { name: 'E[∇_jδ δ ∇_{jj}δ]', value: moment([[j], [], [j, j]]) },
  ],
  point: [
    { name: 'θ_j', value: point(j) },
    { name: 'θ_j^{(n−1)}', value: point(j, n(-1)) },
  ],
  recursive: [
    { name: 's_j^{(n+1)}', value: sequence() },
    { name: 'x ∇_js_j^{(n)} at a label', value: multiply(symbol('x'), sequence([j], n(), n(-1))) },
  ],
  template: [
    {
      name: '(x g + θ)²',
      value: factorExpression(
        { kind: 'template', template: template.template, arguments: template.arguments },
        exponentOf(2),
      ),
    },
    {
      name: '1/(x g + θ)',
      value: factorExpression(
        { kind: 'template', template: template.template, arguments: template.arguments },
        exponentOf(-1),
      ),
    },
    {
      name: '1/(x + n + 1)',
      value: factorExpression(
        { kind: 'template', template: scalar.template, arguments: scalar.arguments },
        exponentOf(-1),
      ),
    },
    {
      name: '(x² + e)^{−½}',
      value: factorExpression(
        { kind: 'template', template: positive.template, arguments: positive.arguments },
        exponentOf(Rational.of(-1, 2)),
      ),
    },
    {
      name: '(x² + e)^n',
      value: factorExpression(
        { kind: 'template', template: positive.template, arguments: positive.arguments },
        exponentFromForm(n()),
      ),
    },
  ],
  function: [
    {
      name: 'φ(x g + θ)²',
      value: factorExpression(
        {
          kind: 'function',
          name: 'phi',
          parity: null,
          order: 0,
          template: template.template,
          arguments: template.arguments,
        },
        exponentOf(2),
      ),
    },
    {
      name: 'φ′(x g + θ)',
      value: factorExpression({
        kind: 'function',
        name: 'phi',
        parity: null,
        order: 1,
        template: template.template,
        arguments: template.arguments,
      }),
    },
    {
      name: 'exp(x + n + 1)^n',
      value: factorExpression(
        {
          kind: 'function',
          name: 'exp',
          parity: null,
          order: 0,
          template: scalar.template,
          arguments: scalar.arguments,
        },
        exponentFromForm(n()),
      ),
    },
  ],
  'vector-function': [
    { name: '∂_jF_j(x ∇E_n)', value: vectorFunction(i => multiply(symbol('x'), gradient(n(), i))) },
    {
      name: '1/∂_jF_j(x ∇E_{n−1} + θ)',
      value: vectorFunction(i => add(multiply(symbol('x'), gradient(n(-1), i)), point(i)), -1),
    },
  ],
  schedule: [{ name: 'η_{n−1}', value: schedule(n(-1)) }],
  product: [
    { name: 'Π (e + x η_i)', value: product(i => add(symbol('e'), multiply(symbol('x'), schedule(i)))) },
    { name: '1/Π x η_i', value: product(i => multiply(symbol('x'), schedule(i)), -1) },
    {
      name: 'Π (x + i + 1)',
      value: product(i => add(symbol('x'), factorExpression({ kind: 'index', index: { ...i, constant: 1 } }))),
    },
    {
      name: 'Π (i x − 101/37) from n − 2',
      value: product(
        i =>
          subtract(
            multiply(factorExpression({ kind: 'index', index: i }), symbol('x')),
            constant(Rational.of(101, 37)),
          ),
        1,
        n(-2),
      ),
    },
    { name: 'Π (1 + ∇_jE_i)', value: product(i => add(constant(1), gradient(i))) },
  ],
};

/** All of them, alone and beside others. */
export const SAMPLES: readonly Sample[] = Object.values(KINDS)
  .flat()
  .flatMap(({ name, value }): Sample[] => [
    { name, value },
    { name: `2 η_n ${name} + x`, value: add(multiply(constant(2), schedule(n()), value), symbol('x')) },
    {
      name: `[n ≥ 2] ${name}`,
      value: expressionOf(
        value.terms.map(term => ({
          ...term,
          constraints: [...term.constraints, { left: ZERO, right: ITERATION_INDEX, bound: -2 }],
        })),
      ),
    },
  ]);
