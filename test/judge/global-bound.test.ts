/** Bounds by the memory of their optimizer: conditional, undecided, refuted by a run. Slopes as seen in `modeq simulate`. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { isFarBelow, slopesOf } from '../../src/judge/kinds/bound/bound-run.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { uniformityNote } from '../../src/judge/kinds/bound/memory-text.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';

/** The verdict on the bound by h of the order-0 equation `right` of a rule. */
function boundOf(where: string, rule: string, right: string): ClaimVerdict {
  const text = [
    '% !modeq optimizer rule',
    ...(where === '' ? [] : [`% !modeq where ${where}`]),
    `\\begin{align} ${rule} \\end{align}`,
    '% !modeq claim flow about=rule setting=mini-batch order=0',
    `\\[ \\dot\\theta_j = ${right} \\]`,
    '% !modeq claim bound about=rule given=flow setting=mini-batch order=0',
    '\\[ \\|\\tilde\\theta(nh)-\\theta^{(n)}\\| \\le C h \\]',
  ].join('\n');
  const document = readDocument({ name: 'bound.tex', text });
  expect(document.problems).toEqual([]);
  const claim = document.claims.find(({ id }) => id === 'bound');
  if (!claim) throw new Error('no claim');
  const context = {
    library: documentIndexOf(document, [document]),
    engine: standardEngine,
    equations: new Equations(standardEngine),
  };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 0 });
}
const step = String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}`;
const momentum = (factor: string): string =>
  String.raw`m_j^{(n+1)} &= ${factor} m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\ ${step}`;

describe('a bound by h of an equation of order 0', () => {
  it.each([
    [String.raw`\beta in (0,1)`, momentum(String.raw`\beta`), String.raw`-\sum_{k=0}^n \beta^{n-k}\nabla_jE_k(\theta)`],
    [
      String.raw`\alpha in (0,1)`,
      momentum(String.raw`(1-\alpha)`),
      String.raw`-\sum_{k=0}^n (1-\alpha)^{n-k}\nabla_jE_k(\theta)`,
    ],
  ])('is conditional where the memory fades: %s %s', (where, rule, right) => {
    const verdict = boundOf(where, rule, right);
    expect(verdict.verdict).toBe('conditional');
    expect(verdict.assumptions.join('\n')).toContain(
      'checked: the memory fades, \\sum_k \\gamma_k k < \\infty: m keeps',
    );
  });

  it.each([
    ['an undamped sum', '', momentum(''), String.raw`-\sum_{k=0}^n \nabla_jE_k(\theta)`],
    [
      'the same typed as a sum',
      '',
      String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h\sum_{k=0}^n \nabla_j E_k(\theta^{(k)})`,
      String.raw`-\sum_{k=0}^n \nabla_jE_k(\theta)`,
    ],
    [
      'a pull towards the start',
      String.raw`\lambda > 0`,
      String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h(\nabla_j E_n(\theta^{(n)}) + \lambda(\theta_j^{(n)}-\theta_j^{(0)}))`,
      String.raw`-\nabla_jE_n(\theta)`,
    ],
  ])('is refuted by a run for %s', (_, where, rule, right) => {
    const verdict = boundOf(where, rule, right);
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.counterexample?.sequence).toHaveLength(5);
  });

  it.each([
    // The error of AdaGrad's equation of order 0 is of the order of h all the same, so that no run speaks against it.
    [
      String.raw`\varepsilon > 0`,
      String.raw`m_j^{(n+1)} &= m_j^{(n)} + (\nabla_j E_n(\theta^{(n)}))^2 \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h\frac{\nabla_j E_n(\theta^{(n)})}{\sqrt{m_j^{(n+1)}+\varepsilon}}`,
      String.raw`-\frac{\nabla_jE_n(\theta)}{\sqrt{\varepsilon+\sum_{k=0}^n(\nabla_jE_k(\theta))^2}}`,
    ],
    [String.raw`\beta in [0,1]`, momentum(String.raw`\beta`), String.raw`-\sum_{k=0}^n \beta^{n-k}\nabla_jE_k(\theta)`],
  ])('is undecided where nothing is shown: %s', (where, rule, right) => {
    expect(boundOf(where, rule, right).verdict).toBe('undecided');
  });
});

describe('slopes that speak against a bound', () => {
  it.each([
    // AdaGrad at order 1.
    [[1.31, 1.52, 1.56, 1.48], 2, true],
    [[0.05, 0.03, 0.01, 0.01], 1, true],
    [[-0.51, 0.0, 0.0, 0.0], 2, true],
    // Heavy ball at order 1: the slopes still rise to 2.
    [[1.03, 1.37, 1.68, 1.86], 2, false],
    [[1.7, 1.72, 1.73, 1.74], 2, false],
    [[1.2, 1.3, 1.4, 1.5], 2, false],
    [[0.2, 0.2], 2, false],
    [[], 2, false],
  ])('%s against %d: %s', (slopes, promised, expected) => {
    expect(isFarBelow(slopes, promised)).toBe(expected);
  });
  it("are not taken of errors that may be the arithmetic's", () => {
    expect(
      slopesOf([
        { h: 1, error: 1, floor: 0 },
        { h: 0.5, error: 1e-12, floor: 1e-11 },
      ]),
    ).toEqual([]);
    expect(
      slopesOf([
        { h: 1, error: 1, floor: 0 },
        { h: 0.5, error: 0.25, floor: 0 },
      ]),
    ).toEqual([2]);
  });
});

it('derived equations of rules that do not forget are noted', () => {
  const note = (rule: string): string | null => {
    const document = readDocument({
      name: 'rule.tex',
      text: `% !modeq optimizer rule\n\\begin{align} ${rule} \\end{align}`,
    });
    const [optimizer] = document.optimizers;
    return optimizer ? uniformityNote(optimizer) : null;
  };
  expect(note(momentum(''))).toContain('not uniform in n: m keeps 1 of itself in a step');
  expect(note(momentum(String.raw`\frac12`))).toBeNull();
  const step = (factor: string): string =>
    String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h ${factor} \nabla_jE_n(\theta^{(n)})`;
  expect(note(step('(n+1)'))).toContain('not uniform in n: the factor n + 1 grows with n');
  expect(note(step(String.raw`\frac{1}{n+1}`))).toBeNull();
  expect(
    note(String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h \sum_{k=0}^{n} \frac{\nabla_jE_k(\theta^{(k)})}{n-k+1}`),
  ).toContain('not uniform in n: the weights of');
});

it('the last step of a rule that does not forget is named in its letters', () => {
  const [optimizer] = readDocument({
    name: 'rule.tex',
    text: String.raw`% !modeq notation parameters=x step=s loss=f
% !modeq optimizer rule
\[ x_{k+1} = x_k + \frac{k}{k+3} (x_k - x_{k-1}) - s \nabla f(x_k) \]`,
  }).optimizers;
  expect(optimizer && uniformityNote(optimizer)).toContain(
    String.raw`x_k - x_{k-1} keeps \frac{k}{k + 3} of itself in a step`,
  );
});
