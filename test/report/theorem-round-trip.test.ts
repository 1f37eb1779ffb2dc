/**
 * A derived theorem pasted back into a document is read as a claim and proved; with one letter changed it is not. The
 * derivation, the writers, the document reader and the prover meet here.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import type { ProofOutcome } from '../../src/judge/symbolic/prover.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import type { ModifiedEquation } from '../../src/derivation/derive.ts';
import type { Setting } from '../../src/notation/settings.ts';
import type { Notation, Optimizer } from '../../src/optimizer/model.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';

const optimizers = new Map(
  exampleDocuments().flatMap(document => document.optimizers.map(optimizer => [optimizer.id, optimizer])),
);

interface Case {
  readonly id: string;
  readonly order: number;
  readonly form: 'flow' | 'map';
  readonly setting: Setting;
  readonly notation: Notation;
}

const OTHER_LETTERS: Notation = {
  ...DEFAULT_NOTATION,
  loss: '\\mathcal{L}',
  parameters: 'w',
  step: '\\alpha',
  iteration: 't',
  component: 'r',
  dimension: 'd',
  time: 's',
};
const SUBSCRIPTS: Notation = { ...OTHER_LETTERS, index: 'subscript' };

const shape = (id: string, order: number, more: Partial<Case> = {}): Case => ({
  id,
  order,
  form: 'flow',
  setting: 'mini-batch',
  notation: DEFAULT_NOTATION,
  ...more,
});

const CASES: readonly Case[] = [
  ...['gd', 'rmsprop', 'adam', 'adagrad', 'adamw', 'nadam', 'lion'].map(id => shape(id, 1)),
  shape('adam', 0),
  shape('gd', 2),
  shape('gd', 3),
  shape('adam', 1, { form: 'map' }),
  shape('rmsprop', 1, { setting: 'full-batch' }),
  shape('adam', 1, { notation: OTHER_LETTERS }),
  shape('adam', 1, { notation: SUBSCRIPTS }),
];

function optimizerOf({ id }: Case): Optimizer {
  const optimizer = optimizers.get(id);
  if (!optimizer) throw new Error(`there is no optimizer ${id}`);
  return optimizer;
}

function derived(wanted: Case): ModifiedEquation {
  const { order, form, setting } = wanted;
  const result = deriveModifiedEquation(optimizerOf(wanted), { order, form, setting });
  if (!result.ok) throw new Error(result.problems.map(problem => problem.message).join('; '));
  return result.value;
}

/** The document that a user would write around the printed theorem. */
function documentAround(latex: string, { id, order, setting, notation }: Case): ModeqDocument {
  const { index, loss, parameters, step, iteration, component, dimension, time } = notation;
  const letters = Object.entries({ loss, parameters, step, iteration, component, dimension, time, index });
  const line = letters.map(([role, letter]) => `${role}=${letter}`).join(' ');
  const text = `% !modeq notation ${line}\n% !modeq claim pasted about=${id} setting=${setting} order=${order}\n${latex}`;
  return readDocument({ name: 'pasted.tex', text }, { optimizers });
}

function pasted(latex: string, wanted: Case): Claim {
  const document = documentAround(latex, wanted);
  const problems = [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)];
  const [claim] = document.claims;
  if (!claim || problems.length > 0) throw new Error(problems.map(problem => problem.message).join('; ') || 'no claim');
  return claim;
}

function judged(claim: Claim, wanted: Case): ProofOutcome[] {
  const equation = derived(wanted);
  return claim.statements.map(statement =>
    proveStatement(claim, statement, optimizerOf(wanted), equation, new Budget(5_000_000)),
  );
}

const title = ({ id, order, form, setting, notation }: Case): string =>
  `${id}, ${form} of order ${order}, ${setting}, ${notation.parameters} with labels in the ${notation.index}`;

describe('a printed theorem pasted into a document', () => {
  it.each(CASES.map(wanted => [title(wanted), wanted] as const))('is read as one claim and proved: %s', (_, wanted) => {
    const claim = pasted(theoremLatex(derived(wanted), wanted.notation), wanted);
    expect(claim.statements.map(statement => statement.kind)).toEqual([wanted.form]);
    expect(claim.definitions).toHaveLength(derived(wanted).definitions.length);
    expect(judged(claim, wanted).map(outcome => outcome.kind)).toEqual(['proved']);
  });

  it.each([
    ['a factor', '{2 R', '{3 R'],
    ['a sign', ' + h ', ' - h '],
    ['an exponent', '^{3}', '^{2}'],
    ['an index', '\\frac{M_{i}^{(l)}', '\\frac{M_{i}^{(n)}'],
    ['a bound', '_{l=k}^{n-1}', '_{l=k}^{n}'],
  ])('is not proved with %s changed', (_, from, to) => {
    const wanted = shape('adam', 1);
    const latex = theoremLatex(derived(wanted));
    const changed = latex.replace(from, to);
    expect(changed).not.toBe(latex);
    expect(judged(pasted(changed, wanted), wanted).map(outcome => outcome.kind)).toEqual(['unequal']);
  });
});
