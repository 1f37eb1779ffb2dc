/** A formula in the text behind a rule that speaks of what might be is no row of it. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';
import { theoremText } from '../../src/report/theorem/theorem-text.ts';

const ROWS = String.raw`v_{t+1} = \mu v_t + \nabla f_t(x_t), \quad x_{t+1} = x_t - \eta v_{t+1}`;
function derived(text: string): string {
  const { optimizers, problems } = readDocument({
    name: 'rule.tex',
    text: String.raw`% !modeq notation loss=f step=\eta iteration=t parameters=x
% !modeq optimizer rule
% !modeq where \mu in (0,1)
\[ ${ROWS} \]
${text}
`,
  });
  const [optimizer] = optimizers;
  if (optimizer === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  const theorem = deriveTheorem(optimizer, { order: 0, setting: 'full-batch', form: 'flow' });
  if (!theorem.ok) throw new Error(theorem.problems[0]?.message);
  return theoremText(theorem.value);
}

describe('a first value in the text behind a rule', () => {
  const fromZero = derived('');
  test.each([
    'If $v_0 = 3$, the first step differs.',
    'where $v_0 = 3$ is also possible.',
    'With $v_0 = 5$ one would get something else.',
    'It is run as usual. Unless $v_0 = 3$, nothing changes.',
  ])('is none where the sentence supposes it: %s', text => {
    expect(derived(text)).toBe(fromZero);
  });
  test.each([
    String.raw`where $v_0 = \nabla f_0(x_0)$.`,
    String.raw`If in doubt, see the appendix. Here $v_0 = \nabla f_0(x_0)$.`,
    String.raw`with $v_0 = \nabla f_0(x_0)$ and $\mu = 0.9$. One would choose it so.`,
  ])('is one otherwise: %s', text => {
    expect(derived(text)).not.toBe(fromZero);
  });
});
