/** The keys that make another equation of the derived one: what they are set by, what they go together with, their words. */
import { describe, expect, it } from 'vitest';
import {
  CHANGE_KEYS,
  type Changes,
  isChanged,
  isChangedOutsideEpochs,
  mapChanges,
  reasonAgainst,
  saidOfChanges,
  shownChanges,
  UNCHANGED,
} from '../../src/document/changes.ts';
import { iterate, multiplication, number, toPower } from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';

const step: Formula = { kind: 'step', span: null };
const SET: Readonly<Record<keyof Changes, Changes>> = {
  part: { ...UNCHANGED, part: 'memory' },
  at: { ...UNCHANGED, at: [{ name: '\\beta', value: number(0) }] },
  rescale: { ...UNCHANGED, rescale: multiplication(number(2), step) },
  loss: { ...UNCHANGED, loss: { formula: toPower(iterate(number(1)), number(2)), components: 1 } },
};
const MOTION = { isFlow: true, isMotion: true, order: 1 };

describe('each key', () => {
  it.each(CHANGE_KEYS)('%s changes the equation, and is said and shown', key => {
    expect(isChanged(UNCHANGED)).toBe(false);
    expect(isChanged(SET[key])).toBe(true);
    expect(isChanged(SET[key], key)).toBe(false);
    expect(saidOfChanges(SET[key])).toHaveLength(1);
    expect(shownChanges(SET[key], DEFAULT_NOTATION)).toHaveLength(1);
    expect(reasonAgainst(SET[key], MOTION)).toBe(null);
  });
});

it('only values of hyperparameters go together with epochs', () => {
  expect(CHANGE_KEYS.filter(key => isChangedOutsideEpochs(SET[key]))).toEqual(['part', 'rescale', 'loss']);
});

it('a part is one of a flow to order 1, and a step is rescaled in equations of motion', () => {
  expect(reasonAgainst(SET.part, { ...MOTION, order: 2 })).toMatch(/order 1/);
  expect(reasonAgainst(SET.part, { ...MOTION, isFlow: false })).toMatch(/order 1/);
  expect(reasonAgainst(SET.rescale, { isFlow: false, isMotion: false, order: 1 })).toMatch(/equations of motion/);
  expect(reasonAgainst(SET.at, { isFlow: false, isMotion: false, order: 0 })).toBe(null);
});

it('formulas are changed where keys hold them, and nothing else is', () => {
  const three = number(3);
  const changed = mapChanges({ ...SET.at, rescale: SET.rescale.rescale, part: 'memory' }, () => three);
  expect(changed).toEqual({ part: 'memory', at: [{ name: '\\beta', value: three }], rescale: three, loss: null });
  expect(mapChanges(SET.loss, () => three).loss).toEqual({ formula: three, components: 1 });
  expect(mapChanges(UNCHANGED, () => three)).toEqual(UNCHANGED);
});
