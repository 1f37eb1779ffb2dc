/** Equations in elementary differentials: read back as a claim and proved, with a digit changed not; known trees. */
import { describe, expect, it } from 'vitest';
import { number } from '../../src/formula/build.ts';
import { Budget } from '../../src/base/budget.ts';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import type { Setting } from '../../src/notation/settings.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { hasOperatorForm } from '../../src/report/theorem/operator-form.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';
import { theoremText } from '../../src/report/theorem/theorem-text.ts';
import type { Theorem } from '../../src/report/theorem/theorem-parts.ts';

const optimizers: ReadonlyMap<string, Optimizer> = new Map(
  builtInDocuments().documents.flatMap(document => document.optimizers.map(each => [each.id, each] as const)),
);

interface Case {
  readonly id: string;
  readonly order: number;
  readonly setting: Setting;
  readonly form: 'flow' | 'map';
}
const shape = (id: string, order: number, setting: Setting = 'mini-batch', form: 'flow' | 'map' = 'flow'): Case => ({
  id,
  order,
  setting,
  form,
});

function derived({ id, order, setting, form }: Case): ModifiedEquation {
  const optimizer = optimizers.get(id);
  if (!optimizer) throw new Error(`there is no optimizer ${id}`);
  const result = deriveModifiedEquation(optimizer, { order, setting, form });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
  return result.value;
}

const printed = (theorem: Theorem): string => theoremLatex({ ...theorem, style: 'operator' });

function outcomes(latex: string, wanted: Case, equation: ModifiedEquation): string[] {
  const text = `% !modeq claim pasted about=${wanted.id} setting=${wanted.setting} order=${wanted.order}\n${latex}`;
  const document = readDocument({ name: 'pasted.tex', text }, { optimizers });
  const problems = [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)];
  const [claim] = document.claims;
  if (!claim || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; ') || 'no claim');
  return claim.statements.map(
    statement => proveStatement(claim, statement, equation.optimizer, equation, new Budget(5_000_000)).kind,
  );
}

describe('an equation in elementary differentials', () => {
  const cases = [
    shape('gd', 3),
    shape('gd', 2, 'full-batch'),
    shape('gd', 2, 'mini-batch', 'map'),
    shape('momentum', 1),
    shape('heavy-ball', 1, 'full-batch'),
    shape('nesterov', 1, 'full-batch'),
    shape('heavy-ball', 1, 'mini-batch', 'map'),
  ];
  it.each(cases.map(each => [`${each.id}, order ${each.order}, ${each.setting}, ${each.form}`, each] as const))(
    'is read back and proved: %s',
    (_, wanted) => {
      const equation = derived(wanted);
      const shown = wanted.setting === 'full-batch' ? closeEquation(equation) : equation;
      expect(hasOperatorForm(shown)).toBe(true);
      const latex = printed(shown);
      expect(latex).not.toMatch(/\\nabla_/);
      expect(outcomes(latex, wanted, equation)).toEqual(['proved']);
    },
  );

  it('is another one with a digit changed', () => {
    const wanted = shape('gd', 2);
    const latex = printed(derived(wanted)).replace('{12}', '{6}');
    expect(outcomes(latex, wanted, derived(wanted))).not.toContain('proved');
  });

  // Rooted trees with one to five vertices: 1, 1, 2, 4, 9 (OEIS A000081); of the four, one has the coefficient 0.
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 9],
  ])('of gradient descent has at h^%i %i differentials', (power, trees) => {
    const equation = closeEquation(derived(shape('gd', 4, 'full-batch')));
    const latex = printed({ ...equation, definitions: [], coefficients: [equation.coefficients[power] ?? number(0)] });
    expect(1 + (latex.match(/ [+-] /g)?.length ?? 0)).toBe(trees);
  });

  it('is printed as text, too', () => {
    const text = theoremText({ ...derived(shape('gd', 2, 'full-batch')), style: 'operator' });
    expect(text).toContain('dθ̃(t)/dt = -∇ E');
    expect(text).toContain('∇^3 E [∇ E, ∇ E]');
  });

  it.each(['adam', 'rmsprop', 'adagrad', 'lion'])(
    'does not exist for %s, whose components are divided one by one',
    id => {
      expect(hasOperatorForm(derived(shape(id, 1)))).toBe(false);
    },
  );
});
