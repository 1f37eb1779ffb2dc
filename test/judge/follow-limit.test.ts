/** `modeq follow --limit`: the equation for n → ∞ beside the one at finite n; what is no limit of it is told. */
import { describe, expect, it } from 'vitest';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { multiplication, number } from '../../src/formula/build.ts';
import { besideFinite, followLimit } from '../../src/judge/check/follow-limit.ts';

const R = String.raw;
const G = R`\nabla_j E_n(\theta^{(n)})`;
const MOMENTUM = R`m_j^{(n+1)} &= \beta m_j^{(n)} + ${G} \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}`;
const ADAGRAD = R`v_j^{(n+1)} &= v_j^{(n)} + (${G})^2 \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h \frac{${G}}{\sqrt{v_j^{(n+1)} + 1}}`;

function derived(rows: string, order: number): ModifiedEquation {
  const text = `% !modeq optimizer a\n% !modeq where \\beta in (0,1)\n\\begin{align} ${rows} \\end{align}`;
  const [optimizer] = readDocument({ name: 'a.tex', text }).optimizers;
  const equation = optimizer && deriveModifiedEquation(optimizer, { order, setting: 'full-batch' });
  if (!equation?.ok) throw new Error('not derived');
  return equation.value;
}

describe('the limit of momentum', () => {
  it.each([0, 1])('is followed at order %i', order => {
    expect(followLimit(derived(MOMENTUM, order), 1, 3)).toMatchObject({ verdict: 'follows', runs: 3 });
  });

  it.each([0, 1])('is not followed where its coefficient of h^%i is another one', q => {
    const equation = derived(MOMENTUM, 1);
    const special = specialEquation(equation, { limit: 'large-n', regime: null });
    if (!special.ok) throw new Error('no limit');
    const wrong = special.value.coefficients.map((each, at) => (at === q ? multiplication(number(2), each) : each));
    expect(besideFinite(equation, wrong, 1, 3)).toMatchObject({ verdict: 'differs' });
  });
});

it('a rule without a limit has none to follow', () => {
  expect(followLimit(derived(ADAGRAD, 0), 1, 3)).toMatchObject({ verdict: 'refused' });
});
