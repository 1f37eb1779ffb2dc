/** What is derived for rows that count in a way of their own can be copied into their document as a claim, and is proved. */
import { describe, expect, it } from 'vitest';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { theoremText } from '../../src/report/theorem/theorem-text.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';
import type { Theorem } from '../../src/report/theorem/theorem-parts.ts';
import { typedTheorem } from '../../src/report/theorem/typed-theorem.ts';

const NOTATION = '% !modeq notation loss=f parameters=x step=\\eta iteration=t time=s index=subscript';
const RULES: readonly (readonly [name: string, where: string, rows: string])[] = [
  ['descent', '', String.raw`x_t &= x_{t-1} - \eta \nabla f_t(x_{t-1})`],
  [
    'momentum',
    '\\beta in (0,1)',
    String.raw`m_t &= \beta m_{t-1} + (1-\beta)\nabla f_t(x_{t-1}) \\ x_t &= x_{t-1} - \eta \frac{m_t}{1-\beta^t}`,
  ],
  [
    'adam',
    '\\beta in (0,1), \\rho in (0,1), \\epsilon > 0',
    String.raw`m_t &= \beta m_{t-1} + (1-\beta)\nabla f_t(x_{t-1}) \\ v_t &= \rho v_{t-1} + (1-\rho)(\nabla f_t(x_{t-1}))^2 \\
    \hat m_t &= \frac{m_t}{1-\beta^t} \\ \hat v_t &= \frac{v_t}{1-\rho^t} \\ x_t &= x_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat v_t+\epsilon}}`,
  ],
  [
    'first iterate of label one',
    '\\beta in (0,1)',
    String.raw`m_t &= \beta m_{t-1} + \nabla f_t(x_t), \quad t = 1, 2, \dots \\ x_{t+1} &= x_t - \eta m_t`,
  ],
  [
    'a named row of the step with the first iterate of label one',
    '\\beta in (0,1)',
    String.raw`m_t &= \beta m_{t-1} + (1-\beta)\nabla f_t(x_t) \\ \hat m_t &= \frac{m_t}{1-\beta^t} \\ x_{t+1} &= x_t - \eta\hat m_t, \quad t = 1, 2, \dots`,
  ],
  [
    'a named row that reads the parameters',
    '\\beta > 0',
    String.raw`u_t &= \nabla f_t(x_t) + \beta x_t, \quad t = 1, 2, \dots \\ x_{t+1} &= x_t - \eta u_t`,
  ],
  [
    'two named rows, of the step and of the next',
    '\\beta in (0,1), \\gamma > 0',
    String.raw`m_{t+1} &= \beta m_t + \nabla f_t(x_t), \quad t = 1, 2, \dots \\ d_t &= m_{t+1} + \gamma\nabla f_t(x_t) \\ x_{t+1} &= x_t - \eta d_t`,
  ],
  [
    'named rows of the next step',
    '\\beta in (0,1)',
    String.raw`v_{t+1} &= \beta v_t + \nabla f_t(x_t), \quad t = 1, 2, \dots \\ u_{t+1} &= \beta v_{t+1} + \nabla f_t(x_t) \\ x_{t+1} &= x_t - \eta u_{t+1}`,
  ],
  [
    'a named row that is read one step back',
    '\\beta in (0,1)',
    String.raw`u_t &= \nabla f_t(x_t) + \beta \nabla f_{t-1}(x_{t-1}) \\ x_{t+1} &= x_t - \eta (u_t + \beta u_{t-1}), \quad t = 0, 1, \dots`,
  ],
  ['from zero', '\\beta in (0,1)', String.raw`m_{t+1} &= \beta m_t + \nabla f_t(x_t) \\ x_{t+1} &= x_t - \eta m_{t+1}`],
];

const documentOf = (where: string, rows: string, claim = ''): string =>
  `${NOTATION}\n% !modeq optimizer rule${where === '' ? '' : `\n% !modeq where ${where}`}\n\\begin{align} ${rows} \\end{align}\n${claim}`;

/** The verdict on the printed theorem as a claim of its own document. */
async function verdictOn(theorem: Theorem, where: string, rows: string, keys: string): Promise<string> {
  const claim = `% !modeq claim copied about=rule ${keys}\n${theoremLatex(typedTheorem(theorem))}`;
  const document = readDocument({ name: 'copied.tex', text: documentOf(where, rows, claim) });
  const [judged] = await judgeDocuments([document], standardEngine, { ...DEFAULT_OPTIONS, instances: 8 });
  return document.claims.length === 1 ? (judged?.verdict ?? 'none') : JSON.stringify(document.unreadable);
}

it('is printed with one way of counting, that of the rows', () => {
  const [, where, rows] = RULES.find(([name]) => name.startsWith('a named row of the step')) ?? ['', '', ''];
  const [optimizer] = readDocument({ name: 'rule.tex', text: documentOf(where, rows) }).optimizers;
  const derived = optimizer && deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch', form: 'flow' });
  if (!derived?.ok) throw new Error('the rule is derived');
  const text = theoremText(typedTheorem(derived.value)).replace(/\s+/g, ' ');
  expect(text).toContain('m̂_{t,j}(x) := ((1 - β) / (1 - β^t)) Σ_{k=1}^{t} β^{t-k} ∇_j f_k(x)');
  expect(text).toContain('Σ_{l=k}^{t-1} m̂_{l,i}(x)');
  expect(text).not.toContain('β^{t+1}');
});

describe.each(RULES)('%s', (_name, where, rows) => {
  const [optimizer] = readDocument({ name: 'rule.tex', text: documentOf(where, rows) }).optimizers;
  if (!optimizer) throw new Error('the rule was not read');
  const derived = (setting: 'mini-batch' | 'full-batch', form: 'flow' | 'map') => {
    const result = deriveModifiedEquation(optimizer, { order: 1, setting, form });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    return result.value;
  };
  it.each(['flow', 'map'] as const)('mini-batch, %s', async form => {
    expect(await verdictOn(derived('mini-batch', form), where, rows, 'order=1')).toBe('proved');
  });
  it('full batch', async () => {
    const printed = deriveTheorem(optimizer, { order: 1, setting: 'full-batch', form: 'flow' });
    if (!printed.ok) throw new Error(printed.problems[0]?.message);
    // With its names, and from which step on it holds.
    const closed = { ...printed.value, inserted: null, whole: null };
    expect(await verdictOn(closed, where, rows, 'order=1 setting=full-batch')).toBe('proved');
  });
  it('full batch, large n', async () => {
    const special = specialEquation(derived('full-batch', 'flow'), { limit: 'large-n', regime: null });
    if (!special.ok) throw new Error(special.problems[0]?.message);
    expect(await verdictOn(special.value, where, rows, 'order=1 setting=full-batch limit=large-n')).toBe('proved');
  });
});

it('a sequence begins at the label of its first value', () => {
  const rows = String.raw`V_0 &= V_1 = 0 \\ V_{t+1} &= aV_t + bV_{t-1} + \nabla f_t(x_t) \\ x_{t+1} &= x_t - \eta V_{t+1}`;
  const source = {
    name: 'paper.tex',
    text: `${NOTATION}\n% !modeq optimizer p\n% !modeq where a,b in (0,1)\n\\begin{align}\n${rows}\n\\end{align}`,
  };
  const [optimizer] = readDocument(source).optimizers;
  const made = optimizer && deriveTheorem(optimizer, { order: 0, setting: 'mini-batch' });
  expect(made?.ok && theoremText(typedTheorem(made.value))).toMatch(/V_\{1,j\}\(x\) := 0/);
});

it('sequences that want more letters than there are can be read back', async () => {
  const rows = String.raw`m_t &= a m_{t-1} + b m_{t-3} + \nabla f_t(x_t) \\ x_{t+1} &= x_t - \eta m_t`;
  const where = 'a,b in (0,1)';
  const [optimizer] = readDocument({ name: 'rule.tex', text: documentOf(where, rows) }).optimizers;
  const derived = optimizer && deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch', form: 'flow' });
  if (!derived?.ok) throw new Error('the rule is derived');
  expect(await verdictOn(derived.value, where, rows, 'order=1')).toBe('proved');
});
