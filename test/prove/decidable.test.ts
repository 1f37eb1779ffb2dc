/** Of which remainders the normal form is known to decide that they are not zero: a difference of others is no difference. */
import { describe, expect, it } from 'vitest';
import { substituteIndices } from '../../src/expression/core/expression.ts';
import { ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { isDecidable } from '../../src/prove/zero/decidable.ts';
import { typed } from '../rewrite/typed.ts';

describe('what is left', () => {
  it.each([
    'x',
    '3',
    'x^2-b',
    'b^n-a^{2n+1}',
    '2^n-3',
    'n^2+1',
    '\\frac{1}{n+1}-b',
    '\\frac{1}{1-b^{n+1}}-a',
    '\\nabla_jE_n-\\nabla_jE',
    '\\theta_j',
    '\\eta_n-\\eta_{n-1}',
    '\\sum_{k=0}^{n}b^k\\nabla_jE_k',
    '\\sum_{k=0}^{n}k^2\\eta_k',
    '\\phi(x)-\\phi(b)',
    '\\sqrt{(\\nabla_jE)^2+q}-x',
    '\\frac{1}{\\nabla_jE+q}',
    '\\sum_{k=0}^{n}\\frac{1}{(\\sum_{l=0}^{k}\\nabla_jE_l)^2+q}',
  ])('%s is decided', text => {
    expect(isDecidable(typed(text))).toBe(true);
    // At one n, too.
    const there = substituteIndices(typed(text), new Map([[ITERATION_INDEX, { constant: 3, terms: [] }]]));
    expect(isDecidable(there)).toBe(true);
  });
  it.each([
    // Relations of elementary functions, roots of numbers and of polynomials.
    '\\exp(x)-b',
    '\\tanh(2x)-\\tanh(x)',
    'x\\log(q)',
    '\\sqrt{2}-x',
    '\\sqrt{n+1}-x',
    '\\sqrt{1-b}-x',
    '(1-b^{n+1})^{\\frac{3}{2}}-x',
    // What telescopes.
    '\\sum_{k=0}^{n}\\frac{1}{k+1}',
    '\\sum_{k=0}^{n}\\frac{1}{(k+1)(k+2)}-x',
    '\\sum_{k=0}^{n}\\frac{b^k}{1-b^{k+1}}-x',
    '\\sum_{k=0}^{n}\\frac{\\nabla_jE_k}{1+b^{n-k}}-x',
    '\\sum_{k=0}^{n}\\frac{\\nabla_jE_{n-k}}{1+b^{k}}-x',
    '\\prod_{k=0}^{n}\\eta_k-x',
    // The same inside of something else.
    '\\frac{1}{\\nabla_jE+\\exp(x)}',
    '\\phi(\\sqrt{1-b})',
    '(\\nabla_jE+\\prod_{k=0}^{n}\\eta_k)^2',
    'x+\\frac{1}{(\\nabla_jE_n+\\sum_{k=0}^{n}\\frac{1}{k+1})^2}',
  ])('%s is not', text => expect(isDecidable(typed(text))).toBe(false));
});
