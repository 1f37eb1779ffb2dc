/** Derivatives whose point is not clear are refused, with both readings in the author's letters. */
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/formula/one-line.ts';
import { GD, modelOf, optimizerOf, optimizerText, read } from './reading.ts';

const MOMENTUM = String.raw`m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_jE_n(\theta^{(n)}), \\ `;
const SUBSCRIPT = String.raw`loss=f parameters=x step=\eta iteration=t time=s index=subscript`;

/** Code, message and hint of the first problem of an optimizer's rows. */
function refusal(rows: string, where = '', notation = ''): [string, string, string] {
  const document = read(optimizerText(rows, where, notation));
  const [problem] = document.problems;
  if (problem === undefined) throw new Error('it is read');
  return [problem.code, problem.message, problem.hint ?? ''];
}

describe('a derivative in an optimizer', () => {
  it('of a group with several points names both readings', () => {
    const [code, message, hint] = refusal(
      String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\nabla_j(E_n(\theta^{(n)})+\frac\lambda2\|\theta^{(n)}-\theta^{(0)}\|^2)`,
      String.raw`\lambda >= 0`,
    );
    expect(code).toBe('several-points');
    expect(message).toContain(String.raw`\theta^{(n)} and \theta^{(0)}`);
    expect(hint).toContain(String.raw`\nabla_{\theta^{(n)}} or \nabla_{\theta^{(0)}}`);
  });

  it('says so in the letters of the document', () => {
    const [code, , hint] = refusal(
      String.raw`x_t &= x_{t-1} - \eta\nabla(f_t(x_{t-1}) + \|x_{t-1} - x_0\|^2)`,
      '',
      SUBSCRIPT,
    );
    expect(code).toBe('several-points');
    expect(hint).toContain(String.raw`\nabla_{x_{t-1}} or \nabla_{x_0}`);
  });

  it.each([
    String.raw`\nabla_j\left(E_n(\theta^{(n)} - h\nabla E_n(\theta^{(n)}))\right)`,
    String.raw`\nabla_j\left(2E_n(\theta^{(n)} - h\nabla E_n(\theta^{(n)}))\right)`,
    String.raw`\nabla_j\|\nabla E_n(\theta^{(n)} - h\nabla E_n(\theta^{(n)}))\|^2`,
    String.raw`\nabla_j\exp(E_n((1 + h)\theta^{(n)}))`,
  ])('of a group with a shift that depends on θ: %s', gradient => {
    const [code, , hint] = refusal(String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h${gradient}`);
    expect(code).toBe('several-points');
    expect(hint).toContain(String.raw`\nabla_{\theta^{(n)}}`);
    expect(hint).toContain('without the outer parentheses');
  });

  it.each([
    [String.raw`\nabla_j m_j^{(n+1)}`],
    [String.raw`\nabla_j\|m^{(n+1)}\|^2`],
    [String.raw`\nabla_j\left(E_n(\theta^{(n)}) + \sum_i m_i^{(n)}\theta_i^{(n)}\right)`],
    // m^{(n+1)} contains ∇E_n(θ^{(n)}).
    [String.raw`\nabla_{\theta_j^{(n)}}\left(E_n(\theta^{(n)} - h m^{(n+1)})\right)`],
  ])('of a state: %s', gradient => {
    const rows = String.raw`${MOMENTUM}\theta_j^{(n+1)} &= \theta_j^{(n)} - h${gradient}`;
    expect(refusal(rows, String.raw`\beta in (0,1)`)[0]).toBe('gradient-of-state');
  });

  it('by a named point of which a state is free is read', () => {
    const rows = String.raw`${MOMENTUM}\theta_j^{(n+1)} &= \theta_j^{(n)} - h\nabla_{\theta_j^{(n)}}\left(E_n(\theta^{(n)} - h\beta m^{(n)})\right)`;
    expect(() => optimizerOf(rows, String.raw`\beta in (0,1)`)).not.toThrow();
  });

  it('by a point that does not occur, or over the points of a sum', () => {
    const by = (gradient: string) => refusal(String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h${gradient}`)[0];
    expect(by(String.raw`\nabla_{\theta_j^{(0)}}(2E_n(\theta^{(n)}))`)).toBe('point-absent');
    expect(by(String.raw`\nabla_j(\sum_{k=0}^n E_k(\theta^{(k)}))`)).toBe('several-points');
    expect(by(String.raw`\nabla_{\theta_j^{(n)}}(E_n(\theta^{(n)}) + \sum_{k=0}^n E_k(\theta^{(k)}))`)).toBe(
      'several-points',
    );
  });

  it.each([
    String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\nabla_j(2E_n)(\theta^{(n)})`,
    String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\nabla_j\|\nabla E_n\|^2(\theta^{(n)})`,
    String.raw`F(\theta) &:= E_n(\theta), \\ \theta^{(n+1)} &= \theta^{(n)} - h\nabla F(\theta^{(n)} - h\nabla E_n(\theta^{(n)}))`,
  ])('with a parenthesis that may be its argument or a factor: %s', rows => {
    expect(refusal(rows)[0]).toBe('argument-or-factor');
  });

  it('inside a sum has the point of each term', () => {
    const rows = String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\sum_{k=0}^n\nabla_j(E_k(\theta^{(k)}))`;
    expect(modelOf(optimizerOf(rows))).toEqual(['theta_j^(n + 1) = theta_j^(n) - h*(sum(k=0..n) d_j E_k(theta^(k)))']);
  });

  it('of a loss alone is its gradient at whatever stands in the parenthesis', () => {
    const rows = String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\nabla_jE_n(\theta^{(n)} - h\nabla E_n(\theta^{(n)}))`;
    expect(modelOf(optimizerOf(rows))[0]).toContain('d_j E_n(');
  });

  it('of a row with an argument at another point inserts the point', () => {
    const rows = String.raw`g_j(\theta) &:= \nabla_jE_n(\theta), \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - hg_j(\theta^{(n-1)})`;
    expect(modelOf(optimizerOf(rows)).at(-1)).toBe('theta_j^(n + 1) = theta_j^(n) - h*d_j E_n(theta^(n - 1))');
  });

  it('of a row without an argument at another point is refused', () => {
    const rows = String.raw`g_j^{(n)} &:= \nabla_jE_n(\theta^{(n)}), \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - hg_j^{(n)}(\theta^{(n-1)})`;
    expect(refusal(rows)[0]).toBe('other-point');
  });
});

describe('a derivative in a claim', () => {
  const problem = (formula: string): [string, string] => {
    const document = read(`${GD}% !modeq claim c about=gd order=1\n\\[ ${formula} \\]\n`);
    const [first] = document.unreadable.flatMap(({ problems }) => problems);
    return [first?.code ?? '', first?.hint ?? ''];
  };

  it('of a group with several points names both readings', () => {
    const [code, hint] = problem(
      String.raw`\nabla_j\left(E_k(\tilde\theta(t_k)) + \|\theta - \tilde\theta(t_k)\|^2\right) = 0`,
    );
    expect(code).toBe('several-points');
    expect(hint).toContain(String.raw`\nabla_{\tilde\theta(t_k)} or \nabla_{\theta}`);
  });

  const K = String.raw`% !modeq where K : vector -> scalar smooth, \Phi : vector -> vector smooth`;
  const leftOf = (formula: string): string => {
    const document = read(`${GD}% !modeq claim c about=gd order=1\n${K}\n\\[ ${formula} = 0 \\]\n`);
    const [statement] = document.claims.flatMap(({ statements }) => statements);
    const [first] = document.unreadable.flatMap(({ problems }) => problems);
    return statement === undefined ? `refused: ${first?.code}` : oneLine(statement.left);
  };

  it.each([
    [String.raw`\sum_i\partial_i\partial_jK(2\theta)`, String.raw`\sum_i\partial_{ij}K(2\theta)`],
    [String.raw`\sum_i\nabla_i\nabla_jK(\nabla E)`, String.raw`\sum_i\partial_{ij}K(\nabla E)`],
    [String.raw`\sum_i\partial_i^2\partial_jK(2\theta)`, String.raw`\sum_i\partial_{iij}K(2\theta)`],
    [String.raw`\sum_i(\partial_i\partial_jK)(2\theta)`, String.raw`\sum_i\partial_{ij}K(2\theta)`],
    [String.raw`\sum_i\nabla_i\nabla_j\Phi_j(2\theta)`, String.raw`\sum_i\nabla_{ij}\Phi_j(2\theta)`],
    [String.raw`\sum_i\nabla_i\nabla_jE(2\theta)`, String.raw`\sum_i\nabla_{ij}E(2\theta)`],
  ])('in front of a derivative of a function is one of the function: %s', (twice, once) => {
    expect(leftOf(twice)).toBe(leftOf(once));
    expect(leftOf(twice)).not.toContain('refused');
  });

  it.each([
    String.raw`\sum_i\partial_i(\partial_jK(2\theta))`,
    String.raw`\sum_i\nabla_i\left(\nabla_j\Phi_j(2\theta)\right)`,
    String.raw`\sum_i\partial_i{\partial_jK(2\theta)}`,
  ])('of a group with one is the total derivative: %s', grouped => {
    expect(leftOf(grouped)).not.toBe(leftOf(grouped.replace(/\\left\(|\\right\)|\((?=\\p)|\)$|[{}]/g, '')));
    expect(leftOf(grouped)).not.toContain('refused');
  });

  it.each([
    String.raw`\frac{\partial E(2\theta)}{\partial\theta_j}`,
    String.raw`\frac{\partial K(2\theta)}{\partial\theta_j}`,
    String.raw`\nabla_{\theta_j}K(\nabla E)`,
    String.raw`\nabla_{\theta_j}\nabla_jE(2\theta)`,
  ])('by θ of a function at a point that depends on θ is refused: %s', gradient => {
    expect(leftOf(gradient)).toBe('refused: several-points');
    // Parentheses make it the total derivative; at θ itself both are one.
    expect(leftOf(String.raw`\frac{\partial}{\partial\theta_j}\left(K(2\theta)\right)`)).not.toContain('refused');
    expect(leftOf(String.raw`\frac{\partial E(\theta)}{\partial\theta_j}`)).toBe(leftOf(String.raw`\nabla_jE(\theta)`));
  });

  it('of a state is refused', () => {
    const document = read(
      String.raw`% !modeq optimizer x
% !modeq where \beta in (0,1)
\begin{align} ${MOMENTUM} \theta_j^{(n+1)} &= \theta_j^{(n)} - hm_j^{(n+1)} \end{align}
% !modeq claim c about=x order=1
\[ \nabla_im_j^{(n+1)} = 0 \]
`,
    );
    expect(document.unreadable.flatMap(({ problems }) => problems).map(({ code }) => code)).toEqual([
      'gradient-of-state',
    ]);
  });

  it('reads θ^{(n)} and θ as one point', () => {
    const document = read(
      `${GD}% !modeq claim c about=gd order=1\n\\[ \\nabla_j\\left(\\|\\theta\\|^2 + \\|\\theta^{(n)}\\|^2\\right) = 4\\theta_j \\]\n`,
    );
    expect(document.claims.flatMap(({ statements }) => statements.map(({ left }) => oneLine(left)))).toHaveLength(1);
  });
});
