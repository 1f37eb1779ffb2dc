import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/formula/formula.ts';
import { children } from '../../src/formula/walk.ts';
import { trivialShape } from '../support/trivial-shape.ts';
import { read } from './read-text.ts';

const textOf = (formula: Formula): string | null =>
  formula.span === null ? null : formula.span.source.text.slice(formula.span.start, formula.span.end);

/** Every node outside points and norms, whose own text stands for itself. */
function nodes(formula: Formula): Formula[] {
  const inside =
    formula.kind === 'loss' ||
    formula.kind === 'norm' ||
    formula.kind === 'vector-call' ||
    formula.kind === 'iterate' ||
    formula.kind === 'sum' ||
    formula.kind === 'quantity'
      ? []
      : children(formula);
  return [formula, ...inside.flatMap(nodes)];
}

/** Without sums, since the text of a body does not bind its letters, and without brackets around whole nodes. */
const FORMULAS = [
  '-\\frac{2M_j^{(n)}(\\theta)}{R_j^{(n)}(\\theta)^3} + h \\left(\\nabla_jE_k(\\theta)\\right)^2/2 - a',
  '\\rho^{n-k} (1-\\rho)^2 \\beta_1^2 + \\beta^2_1',
  '\\tanh(x)^2\\nabla_j\\|\\nabla E\\|^2 + \\tanh^2(x)',
  '\\frac{\\partial E_k}{\\partial\\theta_j} \\sqrt{a + b}^3',
  '|a|^2 + |a|\\,|b - c| + {a}^2 \\sqrt[3]{a}',
  '\\theta_j^2 + \\tilde\\theta_j(t)^2 + \\theta_j^{(n)}',
  "\\phi'(a)^2 + \\phi(a b) K(v)^2 + v_j^2 + \\eta_n^2 + \\gamma_n^2",
  '\\max(a, b)^2 + \\Phi_j(v)^2',
  'E_k(\\theta)^2 + E^2 + \\nabla_jE(\\theta)^2',
  '\\frac{\\partial c}{\\partial\\beta} + \\partial_\\beta c + \\langle u, v\\rangle^2',
  'a\n + b % comment\n - c',
];

describe('the place of a node is its own text', () => {
  it.each(FORMULAS)('%s', latex => {
    const found = nodes(read(latex)).map(node => [node, textOf(node)] as const);
    expect(found.length).toBeGreaterThan(3);
    for (const [node, text] of found) {
      if (text === null || node.kind === 'negate') continue;
      expect([text, trivialShape(read(text))]).toEqual([text, trivialShape(node)]);
    }
  });

  it('covers the function alone where its argument stands elsewhere', () => {
    const formula = read('\\frac{\\partial E}{\\partial\\theta_j}(\\theta^{(n)})');
    expect(formula.kind === 'derivative' && textOf(formula.argument)).toBe('E');
    expect(textOf(formula)).toBe('\\frac{\\partial E}{\\partial\\theta_j}(\\theta^{(n)})');
  });
});
