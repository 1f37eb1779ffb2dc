/** The matchers of `modeq/vitest`: what passes, what fails and with which words, what is neither. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import 'modeq/vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { textWidth } from '../../src/report/text/wrap.ts';

const MOMENTUM = String.raw`
% !modeq notation parameters=x step=\eta loss=f index=subscript
% !modeq optimizer momentum
% !modeq where \mu in [0,1)
\[ v_t = \mu v_{t-1} + \nabla f_t(x_{t-1}), \qquad x_t = x_{t-1} - \eta v_t \]
% !modeq claim leading
\[ \dot x = -\sum_{k=1}^{t} \mu^{t-k} \nabla f_k(x) \]
`;
const GRADIENT = String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E(\theta^{(n)})`;

const PAGE = readFileSync(new URL('../../docs/add-an-optimizer.md', import.meta.url), 'utf8');

/** The message with which an assertion fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('the assertion holds');
}

describe('toHaveModifiedEquation', () => {
  const equation = String.raw`\dot\theta = -\nabla E - \frac h4 \nabla \|\nabla E\|^2`;
  test('takes an equation in any form', () => {
    expect(GRADIENT).toHaveModifiedEquation(equation);
    expect(GRADIENT).toHaveModifiedEquation(
      String.raw`\dot\theta_j &= -\nabla_j E - \frac h2 G_j, \\ G_j(\theta) &:= \sum_i \nabla_{ij} E(\theta) \nabla_i E(\theta)`,
      { order: 1, setting: 'full-batch' },
    );
    expect(GRADIENT).not.toHaveModifiedEquation(equation.replace('4', '2'));
  });
  test('fails with both sides and a counterexample, in 80 columns', () => {
    const message = failure(() => expect(GRADIENT).toHaveModifiedEquation(equation.replace('4', '2')));
    expect(message).toContain('expected rule (full-batch, order 1) to have this equation, which is refuted');
    expect(message).toContain(String.raw`\dot\theta = -\nabla E - \frac h2`);
    expect(message).toContain('derived\n  dθ̃_j(t)/dt = -∇_j E(θ̃(t)) - (h / 4) ∇_j ‖∇ E(θ̃(t))‖^2');
    expect(message).toMatch(/at {2}n = 0, θ = \(.*\)\n[\s\S]*claimed +-\S+\n +derived +-\S+/);
    expect(message.split('\n').filter(line => textWidth(line) > 80)).toEqual([]);
  });
  test('is not content with something that is no equation, or another order', () => {
    expect(failure(() => expect(GRADIENT).toHaveModifiedEquation('1 = 1'))).toContain('expected an equation of motion');
    expect(failure(() => expect(GRADIENT).not.toHaveModifiedEquation('1 = 2'))).toContain(
      'expected an equation of motion',
    );
    expect(GRADIENT).not.toHaveModifiedEquation(equation, { order: 2 });
  });
  test('reads claims in the letters and the counting of the rule', () => {
    const second = String.raw`\dot x_j = -\sum_{k=1}^{t} \mu^{t-k} \nabla_j f_k(x)`;
    expect(MOMENTUM).toHaveModifiedEquation(second, { order: 0 });
    const message = failure(() =>
      expect(MOMENTUM).toHaveModifiedEquation(String.raw`\dot x_j = -\nabla_j f_{t+1}(x)`, { order: 0 }),
    );
    expect(message).toContain('f_k');
  });
});

describe('toProve and toRefute', () => {
  test('judge statements, and claims of the document by their ids', () => {
    expect(GRADIENT).toProve(String.raw`\widetilde E = E + \frac h4 \|\nabla E\|^2`);
    expect(GRADIENT).toRefute(String.raw`\widetilde E = E + \frac h2 \|\nabla E\|^2`);
    expect(MOMENTUM).toProve('leading');
    expect(MOMENTUM).toProve(String.raw`\dot x = -\frac{1}{1-\mu} \nabla f(x)`, { limit: 'large-n' });
    expect(MOMENTUM).not.toRefute('leading');
  });
  test('fail with what was found', () => {
    const message = failure(() => expect(GRADIENT).toRefute(String.raw`\dot\theta = -\nabla E`));
    expect(message).toContain('expected rule (full-batch, order 0) to refute this claim, which is proved');
    expect(failure(() => expect(GRADIENT).toProve(String.raw`\dot\theta = \nabla E`))).toContain('which is refuted');
  });
  test('throw where something cannot be read, with .not too', () => {
    for (const assertion of [
      () => expect(GRADIENT).toProve(String.raw`\dot\theta = -\nabbla E`),
      () => expect(GRADIENT).not.toProve(String.raw`\dot\theta = -\nabbla E`),
      () => expect(GRADIENT).toRefute(String.raw`\dot\theta = -\gamma \nabla E`),
      () => expect(GRADIENT.replace('h', '')).not.toProve(String.raw`\dot\theta = -\nabla E`),
    ])
      expect(failure(assertion)).toMatch(/\[[a-z]+(-[a-z]+)+\]/);
  });
  test('say that a document has several optimizers', () => {
    const two = `${MOMENTUM}\n${MOMENTUM.slice(MOMENTUM.indexOf('% !modeq optimizer'), MOMENTUM.indexOf('% !modeq claim')).replace('momentum', 'other')}`;
    expect(failure(() => expect(two).toFollowItsEquation())).toContain('several optimizers: momentum, other');
  });
});

describe('toFollowItsEquation', () => {
  test('runs the rule beside its equation', () => {
    expect(GRADIENT).toFollowItsEquation({ order: 2 });
    expect(MOMENTUM).toFollowItsEquation({ setting: 'full-batch', limit: 'large-n' });
  });
  test('throws where the rule is refused or has no such equation', () => {
    const refused = () => expect(GRADIENT.replace('- h', '-')).toFollowItsEquation();
    expect(failure(refused)).toContain('[update-not-small]');
    expect(failure(() => expect(GRADIENT).not.toFollowItsEquation({ setting: 'mini-batch' }))).toContain('mini-batch');
    expect(failure(() => expect(GRADIENT).toFollowItsEquation({ setting: 'reshuffled' }))).toContain('epoch');
  });
});

describe('docs/add-an-optimizer.md', () => {
  test('has an equation that holds, and a rule with labels in subscripts that is read', () => {
    const [, latex = ''] = /String\.raw`(\\dot[^`]*)`/.exec(PAGE) ?? [];
    expect(MOMENTUM).toHaveModifiedEquation(latex, { limit: 'large-n' });
    const [, rule = ''] = /```tex\n(% !modeq notation[\s\S]*?)```/.exec(PAGE) ?? [];
    const { problems, optimizers } = readDocument({ name: 'page.tex', text: rule });
    expect([problems, optimizers.map(({ id }) => id)]).toEqual([[], ['my-rmsprop']]);
    expect(optimizers[0]?.counting?.first).toBe(1);
  });
});
