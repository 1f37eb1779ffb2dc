/** The right side that figures integrate: the derived equation in closed form against the optimizer's own recursion. */
import { describe, expect, test } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { doubleRing } from '../../src/evaluate/ring/double-ring.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { compileFloat } from '../../src/evaluate/ring/float-formula.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import { Program } from '../../src/evaluate/program/program.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { closedCoefficients } from '../../src/report/theorem/closed-coefficients.ts';
import { DerivedVelocity, floatEnvironment } from '../../src/figures/derived-field.ts';
import { expressionLoss } from '../../src/simulate/loss/expression-gradient.ts';
import { RightSide } from '../../src/simulate/right-side.ts';

const TEXT = '(3/2 - 2*x1*x2)^2/2 + x1*x3^2 + tanh(x2 - x3)';
const THETA = [0.7, -0.4, 1.3];
const VALUES = new Map([
  ['\\beta', 0.8],
  ['\\rho', 0.95],
  ['\\varepsilon', 0.4],
  ['\\lambda', 0.1],
  ['\\mu', 0.6],
]);
const builtIn = builtInDocuments().documents.flatMap(({ optimizers }) => optimizers);
const named = (id: string): Optimizer => {
  const found = builtIn.find(optimizer => optimizer.id === id);
  if (found === undefined) throw new Error(`${id} comes with the package`);
  return found;
};

describe.each(['adam', 'rmsprop', 'momentum', 'gd', 'adamw', 'lion'])('the field of %s', id => {
  test.each([0, 1, 9, 60])('agrees with the recursion at n = %d', async n => {
    const reader = new LossReader(await loadMathjs());
    const optimizer = named(id);
    const values = new Map(VALUES);
    for (const { kind, name } of optimizer.declarations)
      if (kind === 'scalar' && !values.has(name)) values.set(name, 0.7);
    const field = new DerivedVelocity(optimizer, 1).field(reader.function(TEXT, 'x', 3, null), values);
    const sequence = { losses: [expressionLoss(reader, TEXT, 3, 3)], dimension: 3, order: [0] };
    const other = new RightSide({ optimizer, hyperparameters: values, schedules: new Map() }, sequence, 1);
    const [own, expected] = [field.coefficients(n, THETA), other.coefficients(n, THETA)];
    expect(own.length).toBe(2);
    own.forEach((value, q) => {
      value.forEach((component, j) => {
        expect(Math.abs(component - (expected[q]?.[j] ?? Number.NaN))).toBeLessThan(1e-10 * (1 + Math.abs(component)));
      });
    });
    const sum = field.at(n, THETA, 0.01);
    expect(sum[1]).toBeCloseTo((expected[0]?.[1] ?? 0) + 0.01 * (expected[1]?.[1] ?? 0), 10);
  });
});

test.each(['momentum', 'nesterov', 'heavy-ball', 'adam'])('the coefficients of %s hold no sum over times', id => {
  for (const form of ['flow', 'map'] as const) {
    const { atStep } = closedCoefficients(named(id), 1, form);
    expect(atStep).toHaveLength(2);
    const kinds = JSON.stringify(atStep, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    expect(kinds).not.toContain('"sort":"history"');
  }
});

test('compiled formulas have the values of the evaluator', async () => {
  const reader = new LossReader(await loadMathjs());
  const loss = reader.function(TEXT, 'x', 3, null);
  for (const id of ['adam', 'rmsprop']) {
    const { atStep } = closedCoefficients(named(id), 1, 'flow');
    const compiled = compileFloat(atStep);
    expect(compiled).not.toBeNull();
    const environment = { ...floatEnvironment(loss, VALUES), point: THETA };
    const evaluator = new Evaluator(new Program({ declarations: named(id).declarations }), environment);
    for (const n of [0, 3, 40]) {
      atStep.forEach((formula, q) => {
        const point = {
          theta: THETA,
          sums: new Map<number, number>(),
          scalar: (name: string) => VALUES.get(name) ?? Number.NaN,
          derivative: (by: readonly number[]) => loss.derivative(by)(doubleRing, THETA),
        };
        expect(compiled?.[q]?.(point, n, 2)).toBeCloseTo(evaluator.at(formula, n, 2), 11);
      });
    }
  }
});

test('what is not known to the compiler is not compiled', () => {
  const unknown: Formula = { kind: 'quantity', name: 'R', indices: [], labels: [], at: null, span: null };
  const sum: Formula = { kind: 'add', terms: [{ kind: 'index', name: '#n', span: null }, unknown], span: null };
  expect(compileFloat([sum])).toBeNull();
  expect(compileFloat([{ kind: 'index', name: 'k', span: null }])).toBeNull();
  expect(
    compileFloat([{ kind: 'index', name: '#n', span: null }])?.[0]?.(
      { theta: [], sums: new Map(), scalar: () => 0, derivative: () => 0 },
      7,
      1,
    ),
  ).toBe(7);
});
