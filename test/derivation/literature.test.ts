/**
 * Optimizers of the literature as they are written elsewhere: labels in the subscript, vectors, rows in any order, rows that
 * count from 1. Each must have exactly the values of the same optimizer in the default notation, or be refused.
 */
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { jsonName } from '../../src/evaluate/instance/instance.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

const load = (file: string) => loadDocuments([new URL(`./literature/${file}.tex`, import.meta.url).pathname]);
const reference = load('reference');
const others = [load('superscripts'), load('subscripts')];
const optimizersOf = ({ documents }: ReturnType<typeof load>): readonly Optimizer[] =>
  documents.flatMap(document => [...document.optimizers]);

const LOSSES = [
  'x1^2/2 + x1*x2/3 - x2 + x1^3/7',
  'x1*x2^2 + 2*x1 + x2^3/3',
  '(3/2 - 2*x1*x2)^2/2',
  'x1^2*x2 - x2^2/5 + x1/3',
];
const SCHEDULE = ['1/2', '1/3', '2/3', '1/4', '3/5', '1/7'];

/** A value that depends on the name alone. */
const valueFor = (name: string): string =>
  `${10 + [...name].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 97, 0)}/120`;

const derived = new Map<Optimizer, ReturnType<typeof deriveModifiedEquation>>();
function derive(optimizer: Optimizer): ReturnType<typeof deriveModifiedEquation> {
  const equation = derived.get(optimizer) ?? deriveModifiedEquation(optimizer, { order: 2, setting: 'mini-batch' });
  derived.set(optimizer, equation);
  return equation;
}

async function valuesOf(optimizer: Optimizer, n: number): Promise<readonly (readonly string[])[]> {
  const hyperparameters: Record<string, string> = {};
  const schedules: Record<string, readonly string[]> = {};
  for (const { kind, name } of optimizer.declarations) {
    if (kind === 'scalar') hyperparameters[jsonName(name)] = valueFor(name);
    if (kind === 'schedule') schedules[jsonName(name)] = SCHEDULE;
  }
  const text = JSON.stringify({
    n,
    theta: ['1/3', '-2/5'],
    hyperparameters,
    schedules,
    losses: LOSSES.slice(0, n + 1),
  });
  const instance = await readInstance(text, optimizer);
  const equation = derive(optimizer);
  if (!instance.ok) throw new Error(instance.problems.map(({ message }) => message).join('; '));
  if (!equation.ok) throw new Error(equation.problems.map(({ message }) => message).join('; '));
  const { coefficients, definitions } = equation.value;
  const values = evaluateCoefficients(
    { coefficients, definitions, declarations: optimizer.declarations },
    instance.value,
    20,
  );
  if (!values.ok) throw new Error(values.problems.map(({ message }) => message).join('; '));
  return values.value;
}

describe('optimizers in other notations', () => {
  const known = new Map(optimizersOf(reference).map(optimizer => [optimizer.id, optimizer]));
  const all = others.flatMap(optimizersOf);

  it('are all read', () => {
    const problems = [reference, ...others].flatMap(loaded => [
      ...loaded.problems,
      ...loaded.documents.flatMap(document => document.problems),
    ]);
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(all.length).toBeGreaterThan(40);
  });

  it.each(all.map(optimizer => [optimizer.id, optimizer] as const))('%s', async (id, optimizer) => {
    const same = known.get(id.split('.')[0] ?? '');
    if (same === undefined) throw new Error(`${id} names no reference`);
    for (const n of [0, 3]) expect(await valuesOf(optimizer, n)).toEqual(await valuesOf(same, n));
  });

  it('differ where the optimizers differ', async () => {
    const values = await Promise.all(
      [...known.values()].map(async optimizer => JSON.stringify(await valuesOf(optimizer, 3))),
    );
    expect(new Set(values).size).toBe(known.size);
  });
});

describe('optimizers that are not covered', () => {
  const refused = load('refused');
  const problems = refused.documents.flatMap(document => [...document.problems]);

  it('are refused one by one, at a place', () => {
    expect(refused.documents.flatMap(document => [...document.optimizers])).toEqual([]);
    const text = problems[0]?.span?.source.text ?? '';
    const expected = [...text.matchAll(/optimizer [^ .]+\.(\S+)/g)].map(([, code]) => code);
    expect(problems.map(({ code }) => code)).toEqual(expected);
    expect(problems.every(({ span }) => span !== undefined)).toBe(true);
  });
});
