/** Laws of the rows of the table of factors: what a walk, a key and the places of forms have to agree on, for every kind. */
import { describe, expect, test } from 'vitest';
import type { FactorKind } from '../../src/expression/core/factor-kind.ts';
import { type Factor, kindOf } from '../../src/expression/core/factors.ts';
import { indexName } from '../../src/expression/core/indices.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { type LinearForm, shiftForm } from '../../src/number/linear-form.ts';
import { KINDS } from './factor-kinds.ts';

/** Every factor in an expression, what stands inside of others too. */
const factorsIn = ({ terms }: Expression): Factor[] =>
  terms.flatMap(({ factors }) =>
    factors.flatMap(({ factor }) => ['template' in factor ? factorsIn(factor.template.body) : [], factor].flat()),
  );

const examples = Object.entries(KINDS).map(([kind, samples]) => {
  const found = samples.flatMap(({ value }) => factorsIn(value)).filter(factor => factor.kind === kind);
  return [kind, found] as const;
});

const keyIn = (row: FactorKind<Factor>, factor: Factor): string => row.key(factor, indexName);

/** The factor with form number `at` moved by one. */
function moved(row: FactorKind<Factor>, factor: Factor, at: number): Factor {
  const target = row.forms(factor)[at];
  return row.map(factor, form => (form === target ? shiftForm(form, 1) : form));
}

/** The numbers of the forms whose change the key does not tell. */
const unseen = (row: FactorKind<Factor>, factor: Factor): number[] =>
  row
    .forms(factor)
    .map((_, at) => at)
    .filter(at => keyIn(row, moved(row, factor, at)) === keyIn(row, factor));

describe.each(examples)('%s', (_, factors) => {
  test('there is one', () => expect(factors.length).toBeGreaterThan(0));
  test.each(factors.map(factor => [keyIn(kindOf(factor), factor), factor] as const))('%s', (key, factor) => {
    const row = kindOf(factor);
    // The identity changes nothing, and a map reaches every form.
    expect(
      keyIn(
        row,
        row.map(factor, form => form),
      ),
    ).toBe(key);
    const shift = (form: LinearForm): LinearForm => shiftForm(form, 3);
    expect(row.forms(row.map(factor, shift))).toEqual(row.forms(factor).map(shift));
    // The key tells a change of any of them.
    expect(unseen(row, factor)).toEqual([]);
    // Places are forms of the factor, and every label of a point is one.
    for (const form of [...row.labels(factor), ...row.coordinates(factor)]) expect(row.forms(factor)).toContain(form);
    if ('at' in factor && factor.at !== null) expect(row.labels(factor)).toContain(factor.at);
    // An index that the factor binds is slot 0 of what stands inside.
    if (row.binds !== null) expect('template' in factor && factor.template.sorts[0]).toBe(row.binds);
  });
});

test('a key without the label of the point is seen', () => {
  const [, losses = []] = examples.find(([kind]) => kind === 'loss') ?? [];
  const earlier = losses.find(factor => 'at' in factor && factor.at !== null);
  if (earlier === undefined) throw new Error('no loss at an earlier point among the samples');
  const row = kindOf(earlier);
  const forgetful: FactorKind<Factor> = {
    ...row,
    key: (factor, name) => row.key('at' in factor ? { ...factor, at: null } : factor, name),
  };
  expect(unseen(row, earlier)).toEqual([]);
  expect(unseen(forgetful, earlier)).toHaveLength(1);
});
