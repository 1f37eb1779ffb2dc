/** Sums of ones and conditions as they are written: as numbers, where the sums around them say how the ends lie; the same value at every n. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { writeExpression } from '../../src/expression/write/to-formula.ts';
import { KnownRanges } from '../../src/expression/write/known-ranges.ts';
import { ONE_EXPONENT } from '../../src/expression/core/factor.ts';
import { expressionOf } from '../../src/expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { index } from '../../src/formula/build.ts';
import { ITERATION } from '../../src/formula/formula.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { constantForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { allNodes } from '../../src/closed-form/factors.ts';

const options = { nameOf: () => null, reserved: new Set<string>() };

/** Σ_{l=k+a}^{n+b} 1 with k a letter of its own. */
function ones(k: number, a: number, b: number) {
  const constraints = [
    { left: k, right: 0, bound: -a },
    { left: 0, right: ITERATION_INDEX, bound: b },
  ];
  return expressionOf([{ coefficient: Rational.one, factors: [], sorts: ['history'], constraints }]);
}

describe('sums of ones', () => {
  const k = openIndex('history');
  const letters = new Map([[k, index('k')]]);
  const text = (a: number, b: number, most: number): string =>
    writeFormula(
      writeExpression(ones(k, a, b), options, letters, [{ left: k, right: ITERATION_INDEX, bound: most }]),
      DEFAULT_NOTATION,
      'text',
    );

  it('are a number where the ends are known not to lie the wrong way round', () => {
    expect(text(0, -1, 0)).toBe('n - k');
    expect(text(0, 0, 1)).toBe('n - k + 1');
    expect(text(-1, -1, 0)).toBe('n - k + 1');
  });

  it('stay sums elsewhere: n − k is not the number of terms for k = n + 2', () => {
    expect(text(1, -1, 0)).toBe('Σ_{l=k+1}^{n-1} 1');
    expect(text(0, -1, 1)).toBe('Σ_{l=k}^{n-1} 1');
  });

  it('are a number in what is written out inside of a sum', () => {
    const name = 'derivations/optimizers/adamw.tex';
    const [adamw] = readDocument({ name, text: readFileSync(name, 'utf8') }).optimizers;
    if (!adamw) throw new Error('AdamW is not read');
    const derived = deriveModifiedEquation(adamw, { order: 1, setting: 'mini-batch' });
    if (!derived.ok) throw new Error('AdamW is not derived');
    const written = derived.value.definitions.map(({ body }) => body);
    const bodies = written.flatMap(allNodes).flatMap(node => (node.kind === 'sum' ? [node.body.kind] : []));
    expect(bodies.length).toBeGreaterThan(4);
    expect(bodies).not.toContain('number');
    expect(written.map(body => writeFormula(body, DEFAULT_NOTATION, 'text')).join('\n')).toContain('(n - k) λ');
  });
});

describe('conditions as numbers', () => {
  const k = openIndex('history');
  const letters = new Map([
    [k, index('k')],
    [ITERATION_INDEX, index(ITERATION)],
    [COMPONENT_INDEX, index('j')],
  ]);
  const ranges = new KnownRanges(letters, [
    { left: ZERO, right: k, bound: 0 },
    { left: k, right: ITERATION_INDEX, bound: 0 },
  ]);
  const indicator = (left: number, right: number, bound: number): string | null => {
    const written = ranges.indicatorOf({ left, right, bound }, letters);
    return written && writeFormula(written, DEFAULT_NOTATION, 'text');
  };

  it('are a minimum or a maximum that is 1 where they hold and 0 where they do not', () => {
    expect(indicator(ZERO, k, -1)).toBe('min(1, k)');
    expect(indicator(k, ZERO, 0)).toBe('max(0, 1 - k)');
    expect(indicator(k, ITERATION_INDEX, -1)).toBe('min(1, n - k)');
  });

  it('stay sums in front of what has no value where they do not hold, as a gradient at θ^{(k−1)}', () => {
    const constraints = [{ left: ZERO, right: k, bound: -1 }];
    const at = (label: number) =>
      expressionOf([
        {
          coefficient: Rational.one,
          factors: [
            {
              factor: {
                kind: 'loss',
                batch: null,
                coordinates: [variableForm(COMPONENT_INDEX)],
                at: { constant: label, terms: [[k, 1]] },
              },
              exponent: ONE_EXPONENT,
            },
          ],
          sorts: [],
          constraints,
        },
      ]);
    const known = [
      { left: ZERO, right: k, bound: 0 },
      { left: k, right: ITERATION_INDEX, bound: 0 },
    ];
    const text = (label: number): string =>
      writeFormula(writeExpression(at(label), options, new Map([[k, index('k')]]), known), DEFAULT_NOTATION, 'text');
    expect(text(0)).toBe('min(1, k) ∇_j E(θ^(k))');
    expect(text(-1)).toBe('Σ_{l=0}^{min(0,k-1)} ∇_j E(θ^(k-1))');
  });

  it('are none where more than one step is left out', () => {
    expect(indicator(ZERO, k, -2)).toBe(null);
    expect(indicator(k, ZERO, 1)).toBe(null);
  });

  it('hold inside of a sum alone', () => {
    const open = { lower: [constantForm(2)], upper: [variableForm(ITERATION_INDEX)] };
    const inside = openIndex('history');
    const within = new Map(letters).set(inside, index('q'));
    const least = (): boolean => ranges.atMost(constantForm(2), variableForm(inside), within);
    expect(ranges.within('q', open, letters, least)).toBe(true);
    expect(least()).toBe(false);
  });
});
