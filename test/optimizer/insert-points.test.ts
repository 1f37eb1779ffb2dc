import { describe, expect, it } from 'vitest';
import {
  addition,
  definition,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  parameter,
  quantity,
  step,
} from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { insertPoints } from '../../src/optimizer/rows/insert-points.ts';
import { iterationPlus } from '../../src/optimizer/label.ts';

const theta = (letter: string, offset: number): Formula => iterate(index(letter), iterationPlus(offset));
const y = (letter: string, offset: number): Formula => quantity('y', [index(letter)], [iterationPlus(offset)]);
const body = addition(theta(COMPONENT, 0), negation(multiplication(step, parameter('\\mu'), theta(COMPONENT, -1))));
const definitions = new Map([['y', definition('y', [COMPONENT], [ITERATION], body)]]);
const slopeAt = (at: Formula): Formula => gradient([index(COMPONENT)], iterationPlus(0), { index: '#c', body: at });

describe('named points', () => {
  it('are inserted into losses, with the label and the component of their use', () => {
    const inserted = insertPoints(slopeAt(y('#c', 1)), definitions, new Set());
    const expected = slopeAt(
      addition(theta('#c', 1), negation(multiplication(step, parameter('\\mu'), theta('#c', 0)))),
    );
    expect(oneLine(inserted)).toBe(oneLine(expected));
  });

  it('stay names outside of losses unless they are points', () => {
    const formula = addition(y(COMPONENT, 0), y(COMPONENT, 1));
    expect(insertPoints(formula, definitions, new Set())).toEqual(formula);
    expect(oneLine(insertPoints(formula, definitions, new Set(['y'])))).not.toContain('y_j');
  });

  it('are inserted where they use each other', () => {
    const two = new Map([...definitions, ['z', definition('z', [COMPONENT], [ITERATION], y(COMPONENT, 1))] as const]);
    const inserted = insertPoints(slopeAt(quantity('z', [index('#c')], [iterationPlus(0)])), two, new Set());
    expect(oneLine(inserted)).toBe(oneLine(insertPoints(slopeAt(y('#c', 1)), definitions, new Set())));
  });

  it('keep their name where a letter would be caught', () => {
    const catching = {
      kind: 'norm',
      span: null,
      order: 2,
      perturbation: null,
      argument: { index: '#c', body: theta(COMPONENT, 0) },
    } as const;
    const caught = new Map([['y', definition('y', [COMPONENT], [ITERATION], catching)]]);
    expect(insertPoints(slopeAt(y('#c', 0)), caught, new Set())).toEqual(slopeAt(y('#c', 0)));
  });
});
