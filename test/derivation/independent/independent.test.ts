/**
 * Coefficients of the derived equations beside numbers that share nothing with the program: values.json, made by run.py from rules.py alone, with
 * runs of the rules in 160 digits.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveModifiedEquation } from '../../../src/derivation/derive.ts';
import { loadDocuments } from '../../../src/files/documents/load.ts';
import { evaluateCoefficients } from '../../../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../../../src/evaluate/instance/read-instance.ts';
import { disagreements } from '../disagreements.ts';

interface Known {
  readonly id: string;
  readonly instance: { readonly setting: 'mini-batch' | 'full-batch' };
  readonly f: readonly (readonly string[])[];
}

const known: readonly Known[] = JSON.parse(readFileSync(new URL('values.json', import.meta.url), 'utf8'));
const loaded = loadDocuments([new URL('rules.tex', import.meta.url).pathname]);
const optimizers = new Map(loaded.documents.flatMap(document => document.optimizers.map(each => [each.id, each])));

const differs = (mine: string, theirs: string): boolean => {
  const [a, b] = [Number(mine), Number(theirs)];
  return !(Math.abs(a - b) <= 1e-13 * (1 + Math.abs(b)));
};

describe('values of independent runs', () => {
  it('are there for every rule, in both settings', () => {
    expect(loaded.documents.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
    expect(known.map(({ id }) => id)).toEqual([...optimizers.keys()].flatMap(id => [id, id]));
  });

  it.each(known.map(each => [`${each.id} ${each.instance.setting}`, each] as const))(
    '%s',
    async (_, { id, instance, f }) => {
      const optimizer = optimizers.get(id);
      if (optimizer === undefined) throw new Error(id);
      const read = await readInstance(JSON.stringify(instance), optimizer);
      const derived = deriveModifiedEquation(optimizer, { order: 2, setting: instance.setting });
      if (!read.ok || !derived.ok)
        throw new Error(JSON.stringify([read, derived].map(each => !each.ok && each.problems[0]?.message)));
      const { coefficients, definitions } = derived.value;
      const values = evaluateCoefficients(
        { coefficients, definitions, declarations: optimizer.declarations },
        read.value,
        20,
      );
      if (!values.ok) throw new Error(values.problems[0]?.message);
      const wrong = f.flatMap((row, q) => row.filter((theirs, j) => differs(values.value[q]?.[j] ?? 'NaN', theirs)));
      expect(wrong).toEqual([]);
      expect(f.map(row => row.length)).toEqual([2, 2, 2]);
    },
  );

  it.each([...optimizers.keys()])('the equations of %s follow its rows', id => {
    const optimizer = optimizers.get(id);
    expect(optimizer && disagreements(optimizer)).toEqual([]);
  });
});
