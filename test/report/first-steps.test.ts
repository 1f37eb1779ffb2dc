/** Closed forms of the full batch that hold from some step on: the equation says from which, and what is another one for longer is none. */
import { describe, expect, it } from 'vitest';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { multiplication, number } from '../../src/formula/build.ts';
import { leastStep } from '../../src/judge/check/first-steps-of-closed.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';

const R = String.raw;
// Defazio et al., The road less scheduled (2024): the average starts with its first point.
const SCHEDULE_FREE = R`% !modeq optimizer free
% !modeq where \beta in (0,1)
\begin{align} y_j^{(n)} &= (1-\beta) z_j^{(n)} + \beta \theta_j^{(n)} \\ z_j^{(n+1)} &= z_j^{(n)} - h \nabla_j E_n(y^{(n)}) \\
z_j^{(0)} &= \theta_j^{(0)} \\ \theta_j^{(n+1)} &= \frac{n}{n+1} \theta_j^{(n)} + \frac1{n+1} z_j^{(n+1)} \end{align}
`;
const DUAL_AVERAGING = R`% !modeq optimizer dual
\begin{align} s_j^{(n+1)} &= s_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\ \theta_j^{(n+1)} &= \theta_j^{(0)} - h \frac{s_j^{(n+1)}}{\sqrt{n+1}} \end{align}
`;
const MOMENTUM = R`% !modeq optimizer momentum
% !modeq where \beta in (0,1)
\begin{align} m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)} \end{align}
`;

const optimizerOf = (text: string): Optimizer => {
  const [optimizer] = readDocument({ name: 'a.tex', text }).optimizers;
  if (optimizer === undefined) throw new Error('not read');
  return optimizer;
};
function theoremOf(text: string, order: number) {
  const theorem = deriveTheorem(optimizerOf(text), { setting: 'full-batch', order });
  if (!theorem.ok) throw new Error(theorem.problems[0]?.message);
  return theorem.value;
}

describe('a closed form', () => {
  it.each([
    ['schedule-free', SCHEDULE_FREE, 0],
    ['schedule-free', SCHEDULE_FREE, 1],
    ['dual averaging', DUAL_AVERAGING, 0],
  ])('of %s holds from n = 1 on (%#)', (_, text, order) => {
    const theorem = theoremOf(text, order);
    expect(theorem.from).toBe(1);
    expect(theoremLatex(theorem)).toContain(R`\text{if } n \ge 1`);
    expect(theorem.notes?.join(' ')).toContain('the step with n = 0 is another one');
  });

  it('names the first steps as its interval does where the rows count from 1', () => {
    const rule = R`% !modeq notation gradient=g
% !modeq optimizer og before-first=first
\[ \theta_t = \theta_{t-1} - h (2 g_t - g_{t-1}) \]`;
    const theorem = theoremOf(rule, 1);
    expect(theoremLatex(theorem)).toContain(R`[t h, (t+1) h]`);
    expect(theoremLatex(theorem)).toContain(R`\text{if } t \ge 1`);
    expect(theorem.notes?.join(' ')).toContain('the step with t = 0 is another one');
  });

  it('of momentum holds for every n', () => {
    const theorem = theoremOf(MOMENTUM, 1);
    expect(theorem.from ?? 0).toBe(0);
    expect(theoremLatex(theorem)).not.toContain(R`\ge`);
  });

  it('is proved when it is pasted back, and refuted without its condition', { timeout: 60_000 }, async () => {
    const printed = theoremLatex(theoremOf(SCHEDULE_FREE, 1));
    const claim = (id: string, body: string): string =>
      `% !modeq claim ${id} about=free order=1 setting=full-batch\n${body.replace(/^%.*$/gm, '')}\n`;
    const text = `${SCHEDULE_FREE}\n${claim('with', printed)}\n${claim('without', printed.replace(R`\ \text{if } n \ge 1`, ''))}`;
    const judged = await judgeDocuments([readDocument({ name: 'a.tex', text })], standardEngine, {
      ...DEFAULT_OPTIONS,
      instances: 60,
    });
    expect(judged.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['with proved', 'without refuted']);
  });

  it('that is another one is none from any step on', () => {
    for (const text of [MOMENTUM, SCHEDULE_FREE]) {
      const derived = deriveModifiedEquation(optimizerOf(text), { order: 0, setting: 'full-batch' });
      if (!derived.ok) throw new Error('not derived');
      const closed = closeEquation(derived.value);
      const twice = closed.coefficients.map(each => multiplication(number(2), each));
      expect(leastStep({ ...closed, coefficients: twice, inserted: null, whole: null }, derived.value)).toBeNull();
    }
  });
});
