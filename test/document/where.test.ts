import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import type { Declaration } from '../../src/optimizer/model.ts';
import { claimOf, GD, problemsOf } from './reading.ts';

const declared = (where: string): readonly Declaration[] =>
  claimOf(`% !modeq claim c\n% !modeq where ${where}\n\\[ 1 = 1 \\]`).declarations;

function shown(declaration: Declaration): string {
  if (declaration.kind === 'function')
    return `${declaration.name} ${declaration.odd ? 'odd ' : ''}${declaration.body ? `(${declaration.formal}) = ${oneLine(declaration.body)}` : 'smooth'}`;
  if (declaration.kind === 'vector-function') return `${declaration.name} vector -> ${declaration.result}`;
  if (declaration.kind !== 'scalar') return `${declaration.name} ${declaration.kind}`;
  const { lower, upper, lowerOpen, upperOpen } = declaration.domain;
  return `${declaration.name} ${lowerOpen ? '(' : '['}${lower?.toString() ?? '-oo'},${upper?.toString() ?? 'oo'}${upperOpen ? ')' : ']'}`;
}

describe('where', () => {
  it.each([
    [String.raw`\beta in (0,1)`, [String.raw`\beta (0,1)`]],
    [String.raw`\beta\in(0,1)`, [String.raw`\beta (0,1)`]],
    [String.raw`\mu \in \left[0,1\right)`, [String.raw`\mu [0,1)`]],
    [
      String.raw`\beta_1, \beta_{2} in [0,1], x > 0`,
      [String.raw`\beta_1 [0,1]`, String.raw`\beta_2 [0,1]`, 'x (0,oo)'],
    ],
    [
      String.raw`\varepsilon > 0, \lambda >= 0, \mu \le 1, \nu \geq -1/2`,
      [String.raw`\varepsilon (0,oo)`, String.raw`\lambda [0,oo)`, String.raw`\mu (-oo,1]`, String.raw`\nu [-1/2,oo)`],
    ],
    [String.raw`0 < x \le 1, 0 < y, y < 0.5.`, ['x (0,1]', 'y (0,1/2)']],
    [
      String.raw`x \in \mathbb{R}, y in (0,\infty), z in (-\frac12, \frac{3}{4}]`,
      ['x (-oo,oo)', 'y (0,oo)', 'z (-1/2,3/4]'],
    ],
    [
      String.raw`\phi smooth, \psi odd smooth, \chi(x) = \tanh(x/\delta), \delta > 0`,
      [
        String.raw`\phi smooth`,
        String.raw`\psi odd smooth`,
        String.raw`\chi (x) = tanh(x/\delta)`,
        String.raw`\delta (0,oo)`,
      ],
    ],
    [
      String.raw`K : vector -> scalar smooth, \Phi: vector \to vector smooth, v vector`,
      ['K vector -> scalar', String.raw`\Phi vector -> vector`, 'v vector'],
    ],
    [
      String.raw`\eta_n schedule, \alpha_{k} schedule, c schedule`,
      [String.raw`\eta schedule`, String.raw`\alpha schedule`, 'c schedule'],
    ],
    [String.raw`\bar\beta in (0,1), \hat x > 0, h > 0`, [String.raw`\bar{\beta} (0,1)`, String.raw`\hat{x} (0,oo)`]],
    [
      String.raw`\beta \in ]0,1[, \mu in [0;1[, x in ]-1;0.5], \lambda in [0,\infty[, y > 0`,
      [String.raw`\beta (0,1)`, String.raw`\mu [0,1)`, 'x (-1,1/2]', String.raw`\lambda [0,oo)`, 'y (0,oo)'],
    ],
  ])('%s', (where, expected) => {
    expect([...declared(where)].map(shown).sort()).toEqual([...expected].sort());
  });

  it.each([
    [String.raw`\beta in 0`, 'broken-where'],
    [String.raw`\beta`, 'broken-where'],
    [String.raw`\beta is small`, 'broken-where'],
    [String.raw`\beta > \rho`, 'broken-where'],
    [String.raw`\beta > 1, \beta < 1`, 'empty-domain'],
    [String.raw`\beta in (1,0)`, 'empty-domain'],
    [String.raw`\phi smooth, \phi smooth`, 'declared-twice'],
    [String.raw`\theta > 0`, 'name-has-role'],
    ['n > 0', 'name-has-role'],
    ['x + y > 0', 'broken-where'],
    [String.raw`\chi(x) = \tanh(x/\delta)`, 'undefined-name'],
    ['f(x) = ', 'broken-where'],
  ])('refuses %s', (where, code) => {
    const problems = problemsOf(`${GD}% !modeq claim c\n% !modeq where ${where}\n\\[ 1 = 1 \\]`);
    expect(problems[0]).toMatch(new RegExp(`^c: ${code} 4:\\d+$`));
  });
});
