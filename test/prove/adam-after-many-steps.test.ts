/** The limit n → ∞ of Adam's equation of order 2, against the equation at a finite n, to 40 digits. */
import { expect, test } from 'vitest';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { type Equation, evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import type { Instance } from '../../src/evaluate/instance/instance.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { Rational } from '../../src/number/rational.ts';
import { lossOf } from '../derivation/polynomial-losses.ts';

const TIMEOUT = 300_000;

test(
  'sums of l/(1 − β^l) beside what grows as they do have a limit',
  () => {
    const adam = builtInDocuments()
      .documents.flatMap(document => [...document.optimizers])
      .find(({ id }) => id === 'adam');
    if (adam === undefined) throw new Error('adam is missing');
    const derived = deriveModifiedEquation(adam, { order: 2, setting: 'full-batch' });
    if (!derived.ok) throw new Error('adam is refused');
    const limit = specialEquation(derived.value, { limit: 'large-n', regime: null });
    if (!limit.ok) throw new Error(limit.problems[0]?.message);
    expect(limit.value.rate?.orders).toEqual(['\\beta', '\\rho']);
    const valuesAt = (
      n: number,
      beta: Rational,
      rho: Rational,
      { coefficients, definitions }: Omit<Equation, 'declarations'>,
    ): string[][] => {
      const instance: Instance = {
        n,
        theta: [Rational.of(2, 7), Rational.of(1, 7)],
        setting: 'full-batch',
        hyperparameters: new Map([
          ['\\beta', beta],
          ['\\rho', rho],
          ['\\varepsilon', Rational.of(1, 5)],
        ]),
        losses: [lossOf(2, 4)],
        functions: new Map(),
        schedules: new Map(),
      };
      const values = evaluateCoefficients({ coefficients, definitions, declarations: adam.declarations }, instance, 40);
      if (!values.ok) throw new Error(values.problems[0]?.message);
      return values.value;
    };
    const [beta, rho] = [Rational.of(1, 4), Rational.of(1, 3)];
    const last = valuesAt(120, beta, rho, derived.value);
    expect(last).toHaveLength(3);
    expect(valuesAt(120, beta, rho, limit.value)).toEqual(last);
    // Neither near the start nor at other hyperparameters is it the same.
    expect(valuesAt(3, beta, rho, derived.value)[2]).not.toEqual(last[2]);
    expect(valuesAt(120, rho, beta, limit.value)[2]).not.toEqual(last[2]);
  },
  TIMEOUT,
);
