/** η(t): the learning rate of a step, not η times t. */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';
import { bothValues } from './same-rule.ts';

const R = String.raw;
const rule = (rows: string, where: string): string =>
  `<!-- !modeq notation loss=L parameters=w step=\\eta iteration=t -->\n<!-- !modeq optimizer x\n${where} -->\n$$ ${rows} $$\n`;

describe('the step with the iteration in parentheses', () => {
  it.each([
    R`w(t+1) = w(t) - \eta(t)\nabla L_t(w(t))`,
    R`w_{t+1} = w_t - \eta(t)\nabla L_t(w_t)`,
    R`w_{t+1} = w_t - \eta\left(t\right)\nabla L_t(w_t)`,
    R`w^{(t+1)} = w^{(t)} - \eta (t)\nabla L_t(w^{(t)})`,
  ])('is the one of the step: %s', async rows => {
    const [typed, canonical] = await bothValues({
      text: rule(rows, ''),
      rows: R`\theta^{(n+1)} = \theta^{(n)} - h\sigma_n\nabla E_n(\theta^{(n)})`,
      where: R`\sigma_n schedule`,
    });
    expect(typed).toEqual(canonical);
  });

  it.each([
    [R`v(t) = \beta(t) v(t-1) + \nabla L(w(t)), \quad w(t+1) = w(t) - \eta v(t)`, R`\beta(t)`],
    [R`v_t = \beta(t) v_{t-1} + \nabla L(w_t), \quad w_{t+1} = w_t - \eta v_t`, R`\beta(t)`],
    [R`v(t) = \beta v(t-1) + \nabla L(w(t)), \quad w(t+1) = w(t) - \eta(t+1) v(t)`, R`\eta(t+1)`],
  ])('a number that is no schedule, or a sum, is refused with both readings: %s', (rows, text) => {
    const { optimizers, problems } = read(rule(rows, R`where \beta in (0,1)`), 'notes.md');
    expect(optimizers).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['label-or-factor']);
    expect(problems[0]?.message).toContain(`${text} has two readings`);
  });

  it('a sum beside scripts is a factor', () => {
    const rows = R`w_{t+1} = w_t - \frac{\eta}{\beta(t+1)}\nabla L(w_t)`;
    expect(read(rule(rows, R`where \beta in (0,1)`), 'notes.md').problems).toEqual([]);
  });
});
