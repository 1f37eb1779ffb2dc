/** What the command says of programs; that they are right is tested in test/report/code. */
import { expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

test('a module with the signature that is promised', async () => {
  const { code, out, err } = await modeq(['derive', 'gd', '--format', 'python']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('def rhs(theta, grad, hvp, n=None, **hyper):');
  expect(out).toContain('return [-g, -1 / 2 * t1]');
  const sympy = await modeq(['derive', 'gd', '--format', 'sympy', '--notation', 'step=\\eta']);
  expect(sympy.out).toContain('eta = sp.sympify(values.pop("eta"');
});

test('from order 2 on the module asks for third derivatives', async () => {
  const { out } = await modeq(['derive', 'gd', '--format', 'python', '--order', '2']);
  expect(out).toContain('_NEEDED = ("d3",)');
  expect(out).toContain('d3(theta, g, g)');
});

test.each([
  ['--form', 'map'],
  ['--setting', 'reshuffled'],
  ['--loss', 'x1^2'],
  ['--regime', 'large-gradient'],
  ['--style', 'operator'],
  ['--hyper', 'beta=0.9'],
])('%s %s has no program', async (flag, value) => {
  const { code, err } = await modeq(['derive', 'gd', '--format', 'python', flag, value]);
  expect([code, err.includes('[option-not-for-program]'), err.includes(flag)]).toEqual([2, true, true]);
});
