/** Printed programs against `modeq eval`; they run where python3 with NumPy and SymPy is there. */
import { describe, expect, test } from 'vitest';
import { builtInDocuments } from '../../../src/files/documents/load.ts';
import { libraryOf } from '../../../src/document/library.ts';
import { readDocuments } from '../../../src/document/read/read-documents.ts';
import { vectorEquation } from '../../../src/report/code/vector-equation.ts';
import { type Asked, hasPython, hasVectorForm, programBesideEval } from './programs.ts';

const OPTIMIZERS = new Map(
  builtInDocuments().documents.flatMap(({ optimizers }) => optimizers.map(each => [each.id, each] as const)),
);
const optimizer = (id: string) => OPTIMIZERS.get(id) ?? expect.fail(`no ${id}`);

// Sums over the history, closed forms, gradients of norms, first steps of their own, weights of θ.
const AT_N = ['gd', 'nesterov', 'rmsprop', 'adam', 'adagrad', 'adamw', 'lion', 'sam', 'optimistic', 'gradient-penalty'];

async function agree(asked: readonly Asked[]): Promise<void> {
  const results = await programBesideEval(asked);
  for (const [at, { found, expected }] of results.entries()) {
    const name = `${asked[at]?.optimizer.id} n = ${asked[at]?.n} seed ${asked[at]?.seed}`;
    if (typeof found === 'string') expect.fail(`${name}: ${found}`);
    expect(found, name).toHaveLength(expected.length);
    for (const [q, row] of expected.entries()) {
      const size = Math.max(...row.map(Math.abs), 1e-3);
      for (const [j, value] of row.entries())
        expect(
          Math.abs((found[q]?.[j] ?? Number.NaN) - value) / size,
          `${name} f_${q}, component ${j + 1}: ${found[q]?.[j]} and ${value}`,
        ).toBeLessThan(1e-11);
    }
  }
}

describe.skipIf(!hasPython)('programs beside modeq eval (needs python3 with numpy and sympy)', () => {
  const cases = (ids: readonly string[], kind: Asked['kind'], order: number, ns: readonly number[]): Asked[] =>
    ids.flatMap(id => ns.map((n, at) => ({ optimizer: optimizer(id), order, kind, limit: null, seed: 7 * n + at, n })));

  test('NumPy at finite n', () => agree(cases(AT_N, 'python', 1, [0, 3])));
  test('NumPy for the rest of the catalogue', () => {
    const rest = [...OPTIMIZERS.values()].filter(each => !AT_N.includes(each.id) && hasVectorForm(each, 1));
    expect(rest.length).toBeGreaterThan(35);
    return agree(rest.map(each => ({ optimizer: each, order: 1, kind: 'python', limit: null, seed: 5, n: 2 })));
  }, 240_000);
  test.each(
    [
      // Powers of roots, of −1, of fractions and of sums bind as they are typed.
      '\\frac{\\nabla E_n(\\theta^{(n)})}{\\sqrt[3]{(\\nabla E_n(\\theta^{(n)}))^2+\\epsilon}}',
      '\\frac{\\nabla E_n(\\theta^{(n)})}{(\\sqrt[5]{(\\nabla E_n(\\theta^{(n)}))^2+\\epsilon}+\\epsilon)^3}',
      '(3+(-1)^n)(1+(-2)^n\\epsilon^{n+1})\\nabla E_n(\\theta^{(n)})',
      '\\left(\\frac23\\right)^{n}\\left(-\\frac23\\right)^{n}(1-\\epsilon)^{2n}\\nabla E_n(\\theta^{(n)})',
    ].map((step, at) => [step, at] as const),
  )('%s', (step, at) => {
    const text = `% !modeq optimizer typed-${at}\n% !modeq where \\epsilon > 0\n\\[ \\theta^{(n+1)} = \\theta^{(n)} - h ${step} \\]`;
    const [document] = readDocuments([{ name: 'typed.tex', text }], () => libraryOf([]));
    const [typed] = document?.optimizers ?? [];
    if (typed === undefined) expect.fail(JSON.stringify(document?.problems));
    return agree(
      (['python', 'sympy'] as const).flatMap(kind =>
        [2, 3].map(n => ({ optimizer: typed, order: 1, kind, limit: null, seed: n, n })),
      ),
    );
  });
  test('NumPy to order 2, with third derivatives', () =>
    agree(cases(['gd', 'heavy-ball', 'sam'], 'python', 2, [0, 3])));
  test('NumPy in the limit, beside a large n', () =>
    agree(
      ['gd', 'heavy-ball', 'rmsprop', 'adam'].map((id, seed) => ({
        optimizer: optimizer(id),
        order: 1,
        kind: 'python',
        limit: 'large-n',
        seed,
        n: 90,
      })),
    ));
  test('SymPy at finite n', () => agree(cases(['gd', 'rmsprop', 'adam', 'sam'], 'sympy', 1, [0, 2])));
  test('SymPy in the limit, beside a large n', () =>
    agree(
      ['heavy-ball'].map((id, seed) => ({
        optimizer: optimizer(id),
        order: 1,
        kind: 'sympy',
        limit: 'large-n',
        seed,
        n: 90,
      })),
    ));
});

test.each(['adadelta', 'lion-k', 'sophia-hessian'])('%s has no form in whole vectors and says why', id => {
  const result = vectorEquation(optimizer(id), { order: 1, limit: null });
  expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['no-vector-form']);
});
