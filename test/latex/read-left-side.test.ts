import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import { readDefinition, scopeOfRight } from '../../src/latex/read/definition/read-definition.ts';
import { readLeftSide } from '../../src/latex/read/definition/read-left-side.ts';
import type { LeftSide } from '../../src/latex/read/definition/left-side.ts';
import type { NameScope } from '../../src/latex/read/scope.ts';
import { tokenize } from '../../src/latex/notation/tokenize.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import type { Notation } from '../../src/optimizer/model.ts';
import { NAMES } from './read-text.ts';

const tokens = (text: string): ReturnType<typeof tokenize> => tokenize({ name: 'left', text });
const scope = (notation: Partial<Notation> = {}): NameScope => ({
  notation: { ...DEFAULT_NOTATION, ...notation },
  names: new Map(),
  where: 'claim',
  componentwiseVectors: false,
  warnings: [],
});

/** A left side on one line. */
function show(left: LeftSide): string {
  switch (left.kind) {
    case 'name': {
      const labels = left.labels.map(label => oneLine(label)).join(',');
      return `name ${left.name} [${left.indices.map((name, at) => `${name}:${left.indexSorts[at] ?? '?'}`).join(' ')}] (${labels})${left.hasPoint ? ` at ${left.argument ?? '?'}` : ''}`;
    }
    case 'parameters-update':
      return `update ${left.component ?? '-'} (${oneLine(left.label)})`;
    case 'flow':
      return `flow ${left.component ?? '-'}`;
    case 'norm-bound':
    case 'other':
      return left.kind;
  }
}
const left = (text: string, notation: Partial<Notation> = {}): string =>
  show(readLeftSide(tokens(text), scope(notation)));

describe('left sides', () => {
  it.each([
    ['\\dot{\\tilde\\theta}_j(t)', 'flow j'],
    ['\\dot{\\tilde{\\theta}}_{j}(t)', 'flow j'],
    ['\\dot{\\tilde{\\boldsymbol{\\theta}}}', 'flow -'],
    ['\\dot{\\boldsymbol\\theta}(t)', 'flow -'],
    ['\\dot\\theta_i', 'flow i'],
    ['\\frac{d\\theta_j}{dt}', 'flow j'],
    ['\\frac{d\\tilde\\theta_j(t)}{dt}', 'flow j'],
    ['\\frac{\\mathrm{d}\\theta}{\\mathrm{d}t}', 'flow -'],
    ['\\frac{d}{dt}\\tilde\\theta_j(t)', 'flow j'],
    ["\\theta_j'(t)", 'flow j'],
    ['\\partial_t\\theta_j', 'flow j'],
    ['\\theta_j^{(n+1)}', 'update j (n + 1)'],
    ['\\boldsymbol\\theta^{(n+1)}', 'update - (n + 1)'],
    ['\\tilde\\theta_j((n+1)h)', 'update j (n + 1)'],
    ['\\theta_j^{(0)}', 'update j (0)'],
    ['\\|\\tilde\\theta(nh)-\\theta^{(n)}\\|', 'norm-bound'],
    ['\\left\\|\\tilde{\\boldsymbol\\theta}(nh)-\\boldsymbol\\theta^{(n)}\\right\\|', 'norm-bound'],
    ['\\|v\\|', 'other'],
    ['m_j^{(n+1)}', 'name m [#j:coordinate] (n + 1)'],
    ['\\mathbf m^{(n+1)}', 'name \\boldsymbol{m} [] (n + 1)'],
    ['m_j^{(0)}', 'name m [#j:coordinate] (0)'],
    ['\\bar{P}_j^{(n)}(\\boldsymbol\\theta)', 'name \\bar{P} [#j:coordinate] (n) at \\theta'],
    ['R_i^{(l)}(\\tilde\\theta(t))', 'name R [i:coordinate] (l) at \\theta'],
    ['R_i^{(l)}(\\mathbf{x})', 'name R [i:coordinate] (l) at \\boldsymbol{x}'],
    ['\\gamma_n', 'name \\gamma [#n:history] ()'],
    ['c', 'name c [] ()'],
    ['c_1', 'name c_1 [] ()'],
    ['\\lambda_{\\max}', 'name \\lambda_\\max [] ()'],
    ['A_{ij}', 'name A [i:coordinate #j:coordinate] ()'],
    ['D_j^{(n,k)}', 'name D [#j:coordinate] (n,k)'],
    ['\\widetilde E(\\theta)', 'name \\tilde{E} [] () at \\theta'],
    ['\\widetilde{E}_{\\text{SGD}}(\\theta)', 'name \\tilde{E}_{\\mathrm{SGD}} [] () at \\theta'],
    ['E_k(\\theta)', 'other'],
    ['\\nabla_jE_k(\\tilde\\theta(t_k))', 'other'],
    ['R_j^{(n)}(\\theta)^2', 'other'],
    ['a + b', 'other'],
    ['a^2', 'other'],
    ['\\theta_j', 'other'],
    ['h', 'other'],
  ])('%s', (latex, expected) => {
    expect(left(latex)).toBe(expected);
  });

  it.each([
    ['m_t', 'name m [] (n)'],
    ['m_{t+1}', 'name m [] (n + 1)'],
    ['g_{t,r}', 'name g [#j:coordinate] (n)'],
    ['g_{r,t}', 'name g [#j:coordinate] (n)'],
    ['w_t', 'update - (n)'],
    ['w_{t+1,r}', 'update r (n + 1)'],
    ['w_{t+1}^{(r)}', 'update r (n + 1)'],
    ['m_0', 'name m [] (0)'],
    ['\\dot w_r(s)', 'flow r'],
  ])('with labels in the subscript: %s', (latex, expected) => {
    expect(left(latex, { parameters: 'w', iteration: 't', time: 's', component: 'r', index: 'subscript' })).toBe(
      expected,
    );
  });
});

describe('definitions', () => {
  const names = new Map([...NAMES]);
  const define = (leftText: string, rightText: string): ReturnType<typeof readDefinition> => {
    const side = readLeftSide(tokens(leftText), { ...scope(), names });
    if (side.kind !== 'name') throw new Error('a name was expected');
    return readDefinition(side, tokens(rightText), { ...scope(), names });
  };

  it('binds the formal letters under role names', () => {
    const { indices, labels, body } = define(
      'R_j^{(n)}(\\theta)',
      '\\sqrt{\\sum_{k=0}^n\\rho^{n-k}(\\nabla_jE_k(\\theta))^2}',
    );
    expect([indices, labels, oneLine(body)]).toEqual([
      ['#j'],
      ['#n'],
      'sqrt(sum(k=0..n) \\rho^(n - k)*(d_j E_k(theta))^2)',
    ]);
  });

  it('learns from the body what a subscript counts', () => {
    expect(define('q_k', '1-\\beta^{k} E_k').indexSorts).toEqual(['history']);
    expect(define('q_k', '\\nabla_kE').indexSorts).toEqual(['coordinate']);
    expect(define('q_k', '1-\\beta').indexSorts).toEqual(['coordinate']);
  });

  it('takes a formal argument for the current point', () => {
    expect(oneLine(define('q_j(y)', '\\nabla_jE(y) + y_j').body)).toBe('d_j E(theta) + theta_j');
  });

  it('knows the letters of the left side on the right and no others', () => {
    expect(() => define('q_i', '\\nabla_jE')).toThrowError('the index j is neither summed nor on the left side');
    expect(() => define('q_i', '\\sum_{i=1}^p\\nabla_iE')).toThrowError('fixed on the left side');
  });

  it('stores the component of a flow as the component, whatever its letter', () => {
    const side = readLeftSide(tokens('\\dot\\theta_i'), scope());
    expect([...(scopeOfRight(side, scope()).fixed ?? [])]).toEqual([['i', { name: '#j', sort: 'coordinate' }]]);
  });
});
