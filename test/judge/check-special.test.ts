/** Epochs and regimes before they are printed: every derived one passes, and one that is wrong in a term does not. */
import { describe, expect, it } from 'vitest';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { multiplication, number } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { checkEpoch, checkRegime } from '../../src/judge/check/check-special.ts';
import { PrintedWrongly } from '../../src/judge/check/self-check.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import type { Regime } from '../../src/notation/regimes.ts';

const pathOf = (name: string): string => new URL(name, import.meta.url).pathname;
const optimizers: Optimizer[] = loadDocuments([pathOf('special-optimizers.tex')]).documents.flatMap(document => [
  ...document.optimizers,
]);
const named = (id: string): Optimizer => {
  const found = optimizers.find(each => each.id === id);
  if (!found) throw new Error(`no optimizer ${id}`);
  return found;
};
const scaled = (formula: Formula): Formula => multiplication(number(Rational.of(101, 100)), formula);
/** With coefficient `at` wrong by a hundredth. */
const wrongAt = <T extends { readonly coefficients: readonly Formula[] }>(equation: T, at: number): T => ({
  ...equation,
  coefficients: equation.coefficients.map((each, q) => (q === at ? scaled(each) : each)),
});

describe('a reshuffled epoch', () => {
  it.each(['descent', 'momentum', 'look-ahead'])('%s', id => {
    const derived = deriveModifiedEquation(named(id), { order: 1, setting: 'reshuffled', form: 'flow' });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    expect(() => checkEpoch(derived.value)).not.toThrow();
    for (const at of [0, 1]) expect(() => checkEpoch(wrongAt(derived.value, at))).toThrow(PrintedWrongly);
  });
});

describe('a regime', () => {
  const REGIMES: Regime[] = ['large-gradient-all', 'small-gradient-all', 'large-gradient', 'small-gradient'];
  const cases = REGIMES.flatMap(regime =>
    [null, 'large-n' as const].flatMap(limit =>
      (limit === null ? ['adaptive'] : ['adaptive', 'outside']).map(id => [id, regime, limit] as const),
    ),
  );
  it.each(cases)('%s, %s, %s', (id, regime, limit) => {
    const derived = deriveModifiedEquation(named(id), { order: 1, setting: 'full-batch', form: 'flow' });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    const special = specialEquation(derived.value, { regime, limit });
    if (!special.ok) throw new Error(special.problems[0]?.message);
    const printed = { ...special.value, regime, limit };
    expect(() => checkRegime(printed, derived.value)).not.toThrow();
    const shown = printed.coefficients.flatMap((each, q) => (each.kind === 'number' && each.value.isZero() ? [] : [q]));
    for (const at of shown)
      expect(() => checkRegime(wrongAt({ ...printed, whole: null }, at), derived.value)).toThrow(PrintedWrongly);
    if (printed.whole) {
      const whole = scaled(printed.whole);
      expect(() => checkRegime({ ...printed, whole }, derived.value)).toThrow(PrintedWrongly);
    }
  });
});
