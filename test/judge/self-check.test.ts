/** What is to be printed beside the optimizer: every derived equation passes, wrong ones and wrong limits do not. */
import { describe, expect, it } from 'vitest';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { addition, divide, index, multiplication, number } from '../../src/formula/build.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import { checkLimit, checkPrinted, PrintedWrongly } from '../../src/judge/check/self-check.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const pathOf = (name: string): string => new URL(name, import.meta.url).pathname;
const optimizers: Optimizer[] = loadDocuments([pathOf('../derivation/literature/reference.tex')]).documents.flatMap(
  document => [...document.optimizers],
);

function derived(
  optimizer: Optimizer,
  order: number,
  setting: 'mini-batch' | 'full-batch',
  form: 'flow' | 'map' = 'flow',
) {
  const result = deriveModifiedEquation(optimizer, { order, setting, form });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.value;
}
const scaled = (formula: Formula): Formula => multiplication(number(Rational.of(101, 100)), formula);

describe.each(optimizers.map(each => [each.id, each] as const))('%s', (_, optimizer) => {
  it('passes as derived, in both settings and forms', () => {
    for (const form of ['flow', 'map'] as const)
      expect(checkPrinted(derived(optimizer, 1, 'mini-batch', form))).toBe(true);
    expect(checkPrinted(closeEquation(derived(optimizer, 0, 'full-batch')))).toBe(true);
  });
  it('is not compared where its coefficients have no value at n = 0', () => {
    const equation = derived(optimizer, 0, 'mini-batch');
    const one = divide(index(ITERATION), index(ITERATION));
    const coefficients = equation.coefficients.map(each => multiplication(one, each));
    expect(checkPrinted({ ...equation, coefficients })).toBe(false);
  });
  it('is refused with a coefficient that is wrong by a hundredth', () => {
    const equation = derived(optimizer, 0, 'mini-batch');
    expect(() => checkPrinted({ ...equation, coefficients: equation.coefficients.map(scaled) })).toThrow(
      PrintedWrongly,
    );
    const closed = closeEquation(derived(optimizer, 0, 'full-batch'));
    expect(() => checkPrinted({ ...closed, inserted: closed.coefficients.map(scaled) })).toThrow(PrintedWrongly);
  });
});

describe('a rule with one loss for all steps', () => {
  const rule = String.raw`% !modeq optimizer plain
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla E(\theta^{(n)}) \]
`;
  const [optimizer] = readDocument({ name: 'rule.tex', text: rule }).optimizers;
  if (!optimizer) throw new Error('the rule is read');
  it.each(['mini-batch', 'full-batch'] as const)('is compared with its equation: %s', setting => {
    const equation = derived(optimizer, 1, setting);
    expect(checkPrinted(equation)).toBe(true);
    expect(() => checkPrinted({ ...equation, coefficients: equation.coefficients.map(scaled) })).toThrow(
      PrintedWrongly,
    );
  });
});

describe('limits', () => {
  const ruleOf = (rule: string): Optimizer => {
    const document = readDocument({
      name: 'rule.tex',
      text: `% !modeq optimizer rule\n% !modeq where \\beta in (0,1)\n\\begin{align} ${rule} \\end{align}`,
    });
    const [optimizer] = document.optimizers;
    if (!optimizer) throw new Error(document.problems.map(({ message }) => message).join('; '));
    return optimizer;
  };
  const momentum = ruleOf(
    String.raw`m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_jE_n(\theta^{(n)}) \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}`,
  );
  const limitOf = (optimizer: Optimizer, order: number) => {
    const finite = derived(optimizer, order, 'full-batch');
    const limit = specialEquation(finite, { limit: 'large-n', regime: null });
    if (!limit.ok) throw new Error('no limit');
    return { finite, limit: limit.value };
  };
  it('right ones pass', () => {
    const { finite, limit } = limitOf(momentum, 1);
    expect(() => checkLimit(limit, finite)).not.toThrow();
  });
  it('a limit that the equation does not have is refused', () => {
    const { finite, limit } = limitOf(momentum, 0);
    expect(() => checkLimit({ ...limit, coefficients: limit.coefficients.map(scaled) }, finite)).toThrow(
      PrintedWrongly,
    );
  });
  it('a slow approach is no contradiction', () => {
    // 1 + 1/(n+1) beside the limit 1.
    const average = ruleOf(
      String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \left(1+\frac{1}{n+1}\right)\nabla_jE_n(\theta^{(n)})`,
    );
    const { finite, limit } = limitOf(average, 0);
    expect(() => checkLimit(limit, finite)).not.toThrow();
    expect(() =>
      checkLimit({ ...limit, coefficients: limit.coefficients.map(each => addition(each, number(1))) }, finite),
    ).toThrow(PrintedWrongly);
  });
});
