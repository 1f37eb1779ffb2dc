/** Derivatives without a point in a group, a fraction or a function with the point behind it: it is theirs, and no factor. */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';
import { bothValues } from './same-rule.ts';

const R = String.raw;
const rule = (direction: string): string =>
  `<!-- !modeq notation loss=f parameters=x step=\\eta iteration=t index=subscript -->\n<!-- !modeq optimizer r\nwhere \\lambda > 0 -->\n$$ x_{t+1} = x_t - \\eta ${direction} $$\n`;

describe('the point of derivatives that have none', () => {
  it.each([
    [R`\frac{\nabla f_t}{1+\|\nabla f_t\|^2}(x_t)`, R`\frac{\nabla E_n}{1+\|\nabla E_n\|^2}`],
    [R`\nabla e^{f_t}(x_t)`, R`e^{E_n}\nabla E_n`],
    [R`(2\nabla f_t)(x_t)`, R`2\nabla E_n`],
    [R`\frac{\nabla f_t}{2}(x_t)`, R`\frac12\nabla E_n`],
    [R`\|\nabla f_t\|^2(x_t)\nabla f_t(x_t)`, R`\|\nabla E_n\|^2\nabla E_n`],
    [R`(\nabla f_t)^2(x_t)`, R`(\nabla E_n)^2`],
    [R`\tanh(\nabla f_t)(x_t)`, R`\tanh(\nabla E_n)`],
    [R`\lambda(f_t\nabla f_t)(x_t)`, R`\lambda E_n\nabla E_n`],
    [R`[\nabla^2 f_t\nabla f_t](x_t)`, R`\nabla^2E_n\nabla E_n`],
    [R`\nabla f_t(x_t)\cdot(\|\nabla f_t\|^2)(x_t)`, R`\|\nabla E_n\|^2\nabla E_n`],
    // Another point than the current one.
    [R`(2\nabla f_t)(x_{t-1})`, R`2\nabla E_n(\theta^{(n-1)})`],
  ])('%s', async (direction, canonical) => {
    const [typed, own] = await bothValues({
      text: rule(direction),
      rows: R`\theta^{(n+1)} = \theta^{(n)} - h ${canonical}`,
      where: R`\lambda > 0`,
    });
    expect(typed).toEqual(own);
  });

  it.each([R`(\nabla f_t + \lambda x_t)(x_t)`, R`\frac12\nabla\|\nabla f_t\|^2(x_t)`, R`(2\nabla f_t)(x_t)^2`])(
    'two readings are refused: %s',
    direction => {
      const { optimizers, problems } = read(rule(direction), 'notes.md');
      expect(optimizers).toEqual([]);
      expect(problems.map(({ code }) => code)).toEqual(['argument-or-factor']);
    },
  );

  it('behind derivatives with a point of their own it is a factor', async () => {
    const [typed, own] = await bothValues({
      text: rule(R`\|\nabla f_t(x_t)\|^2(x_t)`),
      rows: R`\theta^{(n+1)} = \theta^{(n)} - h \|\nabla E_n\|^2\theta^{(n)}`,
      where: R`\lambda > 0`,
    });
    expect(typed).toEqual(own);
  });
});
