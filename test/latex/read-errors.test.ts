import { describe, expect, it } from 'vitest';
import { read, refusalOf } from './read-text.ts';
import type { Options } from './read-text.ts';

const none: Options = { fixed: new Map() };

/** What is typed, and the code and place of its problem. */
const TABLE: readonly (readonly [latex: string, refusal: string, options?: Options])[] = [
  // braces, brackets, arguments
  ['\\frac{a', 'unbalanced-brace at 1:6'],
  ['a}', 'unbalanced-brace at 1:2'],
  ['a^{2', 'unbalanced-brace at 1:3'],
  ['a +\n  \\frac{b}{c', 'unbalanced-brace at 2:11'],
  ['(a', 'unbalanced-bracket at 1:1'],
  ['a)', 'unbalanced-brace at 1:2'],
  ['(a]', 'unbalanced-bracket at 1:3'],
  ['\\left(a', 'unbalanced-bracket at 1:1'],
  ['\\left(a\\right]', 'unbalanced-bracket at 1:14'],
  ['\\left(a\\right', 'missing-argument at 1:8'],
  ['a\\right)', 'unbalanced-brace at 1:2'],
  ['{\\left(a}\\right)', 'unbalanced-bracket at 1:9'],
  ['|a', 'unbalanced-bracket at 1:1'],
  ['\\frac', 'missing-argument at 1:1'],
  ['\\frac{a}', 'missing-argument at 1:1'],
  ['a^', 'missing-argument at 1:2'],
  ['a^^2', 'missing-argument at 1:3'],
  ['\\sqrt', 'missing-argument at 1:1'],
  ['\\bar{ab}', 'letter-expected at 1:6'],
  ['a^2^3', 'double-script at 1:4'],
  // the square of a derivative, or the derivative of a square
  ['\\nabla_jE^2', 'ambiguous-power at 1:9'],
  ['1 + \\partial_jE^3(\\theta)', 'ambiguous-power at 1:15'],
  ['R_i_j', 'double-script at 1:4'],
  ['^2', 'script at 1:1'],
  ['+^2', 'script at 1:2'],
  // unknown things
  ['\\foo', 'unknown-command at 1:1'],
  ['a + \\foo{b}', 'unknown-command at 1:5'],
  ['a ? b', 'unexpected-symbol at 1:3'],
  ['\\begin{tikzpicture}', 'unknown-environment at 1:1'],
  ['#1', 'unexpected-parameter at 1:1'],
  ['z', 'undefined-name at 1:1'],
  ['a + \\beta_2', 'undefined-name at 1:5'],
  ['\\bar R_j^{(n)}', 'undefined-name at 1:1'],
  ['\\mathbb{E}', 'undefined-name at 1:1'],
  ['\\nabla_qE', 'undefined-name at 1:8'],
  ['E_q', 'undefined-name at 1:3'],
  ['\\sum_{q=0}^n a + \\beta^q', 'undefined-name at 1:24'],
  // operands
  ['', 'formula-expected at 1:1'],
  ['a +', 'operand-expected at 1:3'],
  ['a + + ', 'operand-expected at 1:5'],
  ['/a', 'operand-expected at 1:1'],
  ['a / ', 'operand-expected at 1:3'],
  ['a \\cdot', 'operand-expected at 1:3'],
  ['a \\cdot / b', 'operand-expected at 1:9'],
  ['()', 'formula-expected at 1:1'],
  ['a = b', 'unexpected-symbol at 1:3'],
  ['n! a', 'unexpected-symbol at 1:2'],
  ['a, b', 'unexpected-symbol at 1:2'],
  ['2 3', 'adjacent-numbers at 1:3'],
  ['a \\ldots b', 'unexpected-symbol at 1:3'],
  ['\\text{some words}', 'unexpected-symbol at 1:1'],
  // labels and powers
  ['\\beta^{(n)}', 'label-misplaced at 1:8'],
  ['(1-\\beta)^{(n)}', 'label-misplaced at 1:12'],
  ['E^{(2)}', 'label-misplaced at 1:1'],
  ['\\phi^{(2)}(a)', 'label-misplaced at 1:1'],
  ['m_j', 'missing-label at 1:1'],
  ['m_j^2', 'missing-label at 1:1'],
  ['D_j^{(n)}', 'missing-label at 1:1'],
  ['f^{(n)}', 'missing-label at 1:1'],
  ['\\gamma', 'missing-index at 1:1'],
  ['\\eta', 'missing-index at 1:1'],
  ['A_{i}', 'index-count at 1:1'],
  ['s_j^{(n)}', 'index-count at 1:1'],
  ['(1-\\beta)_j', 'unexpected-subscript at 1:1'],
  ["a'", 'unexpected-prime at 1:1'],
  ["\\theta_j'", 'unexpected-prime at 1:1'],
  ['\\dot\\theta_j + a', 'time-derivative at 1:1'],
  // indices
  ['\\theta_n', 'index-sort at 1:8'],
  ['E_j', 'index-sort at 1:3'],
  ['m_j^{(j)}', 'index-sort at 1:7'],
  ['\\nabla_kE', 'index-sort at 1:8'],
  ['\\sum_{q=0}^n \\nabla_qE', 'index-sort at 1:21'],
  ['\\sum_{q=1}^p E_q', 'index-sort at 1:16'],
  ['\\nabla_{10}E', 'index-expression at 1:9'],
  ['E_{n^2}', 'index-expression at 1:4'],
  ['E_{\\frac n2}', 'index-expression at 1:4'],
  ['E_{\\beta}', 'undefined-name at 1:4'],
  ['\\nabla_jE', 'unsummed-index at 1:8', none],
  ['\\theta^{(n)} - h m_j^{(n+1)}', 'unsummed-index at 1:20', none],
  // bound letters
  ['\\sum_{q=0}^n\\sum_{q=0}^n E_q', 'index-bound-again at 1:19'],
  ['\\sum_{q=0}^n E_q \\sum_{q=0}^n E_q', 'index-bound-again at 1:24'],
  ['\\sum_{q=0}^n (\\sum_{q=0}^n E_q)', 'index-bound-again at 1:21'],
  ['\\sum_{q,q} a', 'index-bound-again at 1:9'],
  ['\\sum_{j=1}^p \\nabla_jE', 'index-fixed at 1:7'],
  ['\\sum_{n=0}^k E_n', 'index-fixed at 1:7'],
  ['\\sum_{k=0}^n E_k', 'index-fixed at 1:7'],
  ['\\sum_{a=0}^n E_a', 'index-shadows at 1:7'],
  ['\\sum_{h=0}^n E_h', 'index-shadows at 1:7'],
  ['\\sum_{E=0}^n a', 'index-shadows at 1:7'],
  ['\\sum E', 'sum-bounds at 1:1'],
  ['\\sum_{q=0} E_q', 'sum-bounds at 1:1'],
  ['\\sum_q^n E_q', 'sum-bounds at 1:1'],
  ['\\sum_{q=0}^\\infty E_q', 'sum-bounds at 1:1'],
  ['\\sum_{q\\le n} E_q', 'sum-bounds at 1:7'],
  ['\\sum_{q\\in n} E_q', 'sum-bounds at 1:7'],
  ['\\sum_{2=0}^n a', 'sum-bounds at 1:7'],
  ['\\sum_{q=0}^n', 'operand-expected at 1:1'],
  ['\\sum_{q=0}^n + a', 'operand-expected at 1:14'],
  ['\\sum_{q=0}^{\\frac{n}{2}} E_q', 'index-expression at 1:13'],
  // derivatives and functions
  ['\\nabla_j', 'derivative at 1:1'],
  ['\\nabla_j + a', 'derivative at 1:1'],
  ['\\nabla_j 2', 'derivative at 1:10'],
  ['\\partial E', 'derivative at 1:1'],
  ['\\nabla^3_{ij}E', 'derivative at 1:1'],
  ['\\frac{\\partial^2E}{\\partial\\theta_j}', 'derivative at 1:1'],
  ['\\frac{\\partial E}{\\partial z}', 'derivative at 1:28'],
  ['\\tanh', 'function-argument at 1:1'],
  ['\\tanh + a', 'function-argument at 1:7'],
  ['\\tanh 2 a', 'function-argument at 1:7'],
  ['\\phi', 'function-argument at 1:1'],
  ['K', 'function-argument at 1:1'],
  ['K(a)', 'point-expected at 1:3'],
  ['\\max a', 'function-argument at 1:6'],
  ['\\max(a)', 'function-argument at 1:5'],
  ['\\log_2(a)', 'unexpected-subscript at 1:1'],
  ['\\sin^{-1}(a)', 'inverse-function at 1:1'],
  ['\\sqrt[n]{a}', 'root-degree at 1:1'],
  ['E(a)', 'point-expected at 1:3'],
  ['E(\\theta_j)', 'point-expected at 1:3'],
  ['\\left.E\\right|_{h=0}', 'evaluation at 1:1'],
  ['\\left.E\\right|_{\\theta=\\theta^{(k)}}', 'evaluation at 1:1'],
  // vectors
  ['\\|a\\|', 'norm at 1:3'],
  ['\\|v\\|_3', 'norm at 1:1'],
  ['\\|v\\|_\\infty', 'norm at 1:1'],
  ['\\nabla E', 'vector-rank at 1:1'],
  ['u v', 'vector-product at 1:1', none],
  ['u\\cdot\\nabla v', 'vector-product at 1:1', none],
  ['u/v', 'vector-quotient at 1:3', none],
  ['\\frac{u}{v}', 'vector-quotient at 1:10', none],
  ['v^2', 'vector-function at 1:1', none],
  ['|v|', 'norm-or-absolute-value at 1:1', none],
  ['\\sqrt{v}', 'vector-function at 1:1', none],
  ['\\nabla^2E(2v)', 'argument-or-factor at 1:10', none],
  ['v + a', 'vector-rank at 1:5', none],
  ['\\nabla^2E + v', 'vector-rank at 1:13', none],
  ['\\nabla^2E', 'vector-rank at 1:1', none],
  ['v\\nabla^2E', 'vector-product at 1:1', none],
  ['v^\\top', 'vector-rank at 1:1', none],
  ['\\nabla v', 'vector-rank at 1:1', none],
  ['\\nabla^2E[v,v,v]', 'vector-rank at 1:1', none],
];

describe('what cannot be read is refused at its place', () => {
  it.each(TABLE.map(([latex, refusal, options]) => [latex, refusal, options ?? {}] as const))(
    '%j: %s',
    (latex, refusal, options) => {
      expect(refusalOf(() => read(latex, options))).toBe(refusal);
    },
  );

  it('names vector=componentwise where two vectors meet', () => {
    expect(() => read('u v', none)).toThrowError(
      expect.objectContaining({
        problem: expect.objectContaining({ hint: expect.stringContaining('vector=componentwise') }),
      }),
    );
  });

  it('names the symbol that is not defined', () => {
    expect(() => read('a + \\bar\\kappa')).toThrowError('\\bar{\\kappa} is neither declared nor defined');
  });
});
