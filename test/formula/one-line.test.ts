import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine, oneLineDefinition } from '../../src/formula/one-line.ts';
import { arbitraryFormula } from '../support/arbitrary-formula.ts';

const n = build.index('#n');
const k = build.index('k');
const rho = build.parameter('\\rho');

describe('formulas on one line', () => {
  it.each([
    [
      build.multiplication(build.subtraction(build.number(1), rho), build.gradient([build.index('#j')], k)),
      '(1 - \\rho)*d_j E_k(theta)',
    ],
    [build.sum('k', build.number(0), n, build.toPower(rho, build.subtraction(n, k))), 'sum(k=0..n) \\rho^(n - k)'],
    [build.negation(build.divide(build.step, build.number(2))), '-h/2'],
    [build.quantity('R', [build.index('#j')], [n], build.point()), 'R_j^(n)(theta)'],
    [build.multiplication(build.number(2), build.number(-3)), '2*(-3)'],
    [build.addition(), '0'],
  ])('shows a formula as %#', (formula, text) => {
    expect(oneLine(formula)).toBe(text);
  });

  it('shows a definition', () => {
    expect(oneLineDefinition(build.definition('R', ['#j'], ['#n'], build.gradient([build.index('#j')], n)))).toBe(
      'R_j^(n) := d_j E_n(theta)',
    );
  });

  it('is one line of bounded length', () => {
    fc.assert(
      fc.property(arbitraryFormula(4), fc.integer({ min: 1, max: 80 }), (formula, length) => {
        const text = oneLine(formula, length);
        expect(text.length).toBeLessThanOrEqual(length);
        expect(text).not.toContain('\n');
      }),
    );
  });

  it('cuts nesting without end', () => {
    let formula: Formula = build.step;
    for (let depth = 0; depth < 20_000; depth += 1) formula = build.negation(formula);
    expect(oneLine(formula)).toContain('…');
  });
});
