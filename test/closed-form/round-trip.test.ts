/**
 * Every closed form, limit and regime that is printed is read back as a claim and proved, for every built-in optimizer and
 * for some of our own; what has no limit or regime is refused with a reason; with one letter changed nothing is proved.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { type SpecialOptions, specialEquation } from '../../src/closed-form/special-equation.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { theoremLatex } from '../../src/report/theorem/theorem-latex.ts';
import type { Theorem } from '../../src/report/theorem/theorem-parts.ts';

const OWN = new URL('own.tex', import.meta.url);
const documents = [
  ...exampleDocuments(),
  readDocument({ name: 'own.tex', text: readFileSync(OWN, 'utf8') }, { optimizers: new Map() }),
];
const optimizers = new Map(documents.flatMap(document => document.optimizers.map(each => [each.id, each] as const)));

interface Case extends SpecialOptions {
  readonly id: string;
  readonly form: 'flow' | 'map';
}

const REGIMES = ['large-gradient', 'small-gradient', 'large-gradient-all', 'small-gradient-all'] as const;
const LIMITS = [null, 'large-n'] as const;

/** Derived once for all its limits and regimes. */
const equations = new Map<string, ModifiedEquation>();

function equationOf({ id, form }: Case, order = 1): ModifiedEquation {
  const key = `${id} ${form} ${order}`;
  const known = equations.get(key);
  if (known !== undefined) return known;
  const optimizer = optimizers.get(id);
  const derived = optimizer && deriveModifiedEquation(optimizer, { order, form, setting: 'full-batch' });
  if (!derived?.ok) throw new Error(`${id} is not derived`);
  equations.set(key, derived.value);
  return derived.value;
}

function shown(wanted: Case): Theorem | string {
  const equation = equationOf(wanted);
  if (wanted.limit === null && wanted.regime === null) return closeEquation(equation);
  const special = specialEquation(equation, wanted);
  return special.ok ? special.value : (special.problems[0]?.code ?? '');
}

function verdicts(latex: string, { id, limit, regime, form }: Case): string[] {
  const keys = `about=${id} setting=full-batch${limit ? ` limit=${limit}` : ''}${regime ? ` regime=${regime}` : ''}`;
  const document = readDocument(
    { name: 'pasted.tex', text: `% !modeq claim pasted ${keys}\n${latex}` },
    { optimizers },
  );
  const problems = [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)];
  const [claim] = document.claims;
  if (!claim || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; ') || 'no claim');
  const equation = equationOf({ id, limit, regime, form }, claim.order);
  return claim.statements.map(
    statement => proveStatement(claim, statement, equation.optimizer, equation, new Budget(5_000_000)).kind,
  );
}

const title = ({ id, form, limit, regime }: Case): string => [id, form, limit, regime].filter(part => part).join(', ');

const withEpsilon = [
  'rmsprop',
  'adam',
  'rmsprop-outside',
  'adam-outside',
  'signgd',
  'adamw',
  'corrected-rmsprop',
  'normalised',
  'outside',
];
const all = [...optimizers.keys()];
const PRINTED: Case[] = [
  ...all.flatMap(id => (['flow', 'map'] as const).map(form => ({ id, form, limit: null, regime: null }))),
  ...all
    .filter(id => id !== 'adagrad')
    .flatMap(id => (['flow', 'map'] as const).map(form => ({ id, form, limit: 'large-n' as const, regime: null }))),
  ...withEpsilon.flatMap(id =>
    LIMITS.flatMap(limit => REGIMES.map(regime => ({ id, form: 'flow' as const, limit, regime }))),
  ),
  ...REGIMES.map(regime => ({ id: 'nadam', form: 'flow' as const, limit: 'large-n' as const, regime })),
  ...(['small-gradient', 'small-gradient-all'] as const).map(regime => ({
    id: 'adagrad',
    form: 'flow' as const,
    limit: null,
    regime,
  })),
];

describe('a printed closed form', () => {
  it.each(PRINTED.map(wanted => [title(wanted), wanted] as const))(
    'is read back and proved: %s',
    (_, wanted) => {
      const theorem = shown(wanted);
      if (typeof theorem === 'string') throw new Error(`refused: ${theorem}`);
      const found = verdicts(theoremLatex(theorem), wanted);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(kind => kind !== 'proved')).toEqual([]);
    },
    60_000,
  );

  it.each([
    ['gd', null, 'large-gradient', 'no-small-parameter'],
    ['momentum', 'large-n', 'small-gradient-all', 'no-small-parameter'],
    ['lion', null, 'large-gradient', 'no-expansion'],
    ['adagrad', 'large-n', null, 'no-limit'],
  ] as const)('%s has no equation for limit %s and regime %s: %s', (id, limit, regime, code) => {
    expect(shown({ id, form: 'flow', limit, regime })).toBe(code);
  });

  it('is refused in mini-batches', () => {
    const optimizer = optimizers.get('adam');
    const derived = optimizer && deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
    const special = derived?.ok && specialEquation(derived.value, { limit: 'large-n', regime: null });
    expect(special && !special.ok && special.problems[0]?.code).toBe('setting-not-covered');
  });

  it.each([
    ['adam', null, null, '1 - \\rho^{n+1}', '1 - \\rho^{n+2}'],
    ['adam', null, null, '(n + 1) \\beta^{n+1}', '(n + 2) \\beta^{n+1}'],
    ['adam', null, null, '_{1,\\varepsilon}', '_{1}'],
    ['momentum', null, null, '{4 (1', '{2 (1'],
    ['momentum', 'large-n', null, '{1 - \\beta}', '{1 + \\beta}'],
    ['rmsprop', null, null, '_{k=0}^{n-1}', '_{k=0}^{n}'],
    ['adam', 'large-n', 'large-gradient', '(\\rho - \\beta)', '(\\rho + \\beta)'],
    ['adam', 'large-n', 'small-gradient', '\\frac{h (1', '\\frac{2 h (1'],
    ['rmsprop', 'large-n', 'small-gradient-all', '\\frac{h}{4', '\\frac{h}{2'],
  ] as const)(
    'is not proved with a letter changed: %s, %s, %s, %s',
    (id, limit, regime, from, to) => {
      const wanted = { id, form: 'flow' as const, limit, regime };
      const theorem = shown(wanted);
      const latex = typeof theorem === 'string' ? theorem : theoremLatex(theorem);
      const changed = latex.replace(from, to);
      expect(changed).not.toBe(latex);
      expect(verdicts(changed, wanted).filter(kind => kind !== 'proved').length).toBeGreaterThan(0);
    },
    60_000,
  );
});
