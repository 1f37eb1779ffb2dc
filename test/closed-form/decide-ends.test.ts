/** Conditions on the first steps taken out of ends of sums: the same value from the second step on, by numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { withDecidedEnds } from '../../src/closed-form/first-steps/decide-ends.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { addition, index, multiplication, negation, number, sum } from '../../src/formula/build.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import { writeFormula } from '../../src/latex/write/write-formula.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';

function ruleOf(id: string) {
  const name = `derivations/optimizers/${id}.tex`;
  const [optimizer] = readDocument({ name, text: readFileSync(name, 'utf8') }).optimizers;
  if (!optimizer) throw new Error(`${id} is not read`);
  return optimizer;
}

const gd = ruleOf('gd');
function gdEquation(): ModifiedEquation {
  const result = deriveModifiedEquation(gd, { order: 0, setting: 'full-batch' });
  if (!result.ok) throw new Error('gradient descent is not derived');
  return result.value;
}
const plain = gdEquation();

const decided = (formula: Formula): Formula => {
  const [first] = withDecidedEnds({ ...plain, coefficients: [formula], definitions: [] }).coefficients;
  if (!first) throw new Error('nothing is left');
  return first;
};

/** The value of sums of numbers and letters, by the definition. */
function value(formula: Formula, letters: ReadonlyMap<string, number>): number {
  const inner = (part: Formula): number => value(part, letters);
  switch (formula.kind) {
    case 'number':
      return formula.value.toNumber();
    case 'index':
      return letters.get(formula.name) ?? Number.NaN;
    case 'add':
      return formula.terms.reduce((total, term) => total + inner(term), 0);
    case 'multiply':
      return formula.factors.reduce((total, factor) => total * inner(factor), 1);
    case 'divide':
      return inner(formula.numerator) / inner(formula.denominator);
    case 'power':
      return inner(formula.base) ** inner(formula.exponent);
    case 'negate':
      return -inner(formula.argument);
    case 'extremum':
      return Math[formula.which](...formula.arguments.map(inner));
    case 'sum': {
      let total = 0;
      for (let at = inner(formula.lower); at <= inner(formula.upper); at += 1)
        total += value(formula.body, new Map(letters).set(formula.index, at));
      return total;
    }
    default:
      throw new Error(`${formula.kind} has no value here`);
  }
}

const n = index(ITERATION);
const least = (bound: number, letter: Formula, offset: number): Formula => ({
  kind: 'extremum',
  span: null,
  which: 'min',
  arguments: [number(bound), addition(letter, number(offset))],
});

const extremum = (which: 'min' | 'max', bound: number, moving: Formula): Formula => ({
  kind: 'extremum',
  span: null,
  which,
  arguments: [number(bound), moving],
});
const from = (constant: number, letter: Formula): Formula => addition(number(constant), negation(letter));

/** Σ_{l=0}^{n+a} (l + 2) (3 + Σ_{k=0}^{min(b, l−c)} (k + 1)) + Σ_{k=0}^{min(d, n−e)} 1 + Σ_{l=0}^{n+a} max(b, c − l) min(d, e − l) + max(d, n − e). */
const sums = fc
  .record({
    a: fc.integer({ min: -1, max: 1 }),
    b: fc.integer({ min: 0, max: 1 }),
    c: fc.integer({ min: -1, max: 2 }),
    d: fc.integer({ min: 0, max: 2 }),
    e: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ a, b, c, d, e }) => {
    const inside = sum('k', number(0), least(b, index('l'), -c), addition(index('k'), number(1)));
    const outer = multiplication(addition(index('l'), number(2)), addition(number(3), inside));
    return addition(
      sum('l', number(0), addition(n, number(a)), outer),
      sum('k', number(0), least(d, n, -e), number(1)),
      sum(
        'l',
        number(0),
        addition(n, number(a)),
        multiplication(extremum('max', b, from(c, index('l'))), extremum('min', d, from(e, index('l')))),
      ),
      extremum('max', d, addition(n, number(-e))),
    );
  });

describe('ends of sums', () => {
  it('have the same value from n = 2 on', () => {
    fc.assert(
      fc.property(sums, formula => {
        const short = decided(formula);
        for (const at of [2, 3, 4, 7])
          expect(value(short, new Map([[ITERATION, at]]))).toBeCloseTo(value(formula, new Map([[ITERATION, at]])), 8);
      }),
      { numRuns: 60 },
    );
  });

  it('are another thing in the first steps, and wrong where they are decided too early', () => {
    const one = sum('k', number(0), least(0, n, -1), number(1));
    expect(writeFormula(decided(one), DEFAULT_NOTATION, 'text')).toBe('1');
    expect(value(one, new Map([[ITERATION, 0]]))).toBe(0);
    const late = sum('k', number(0), least(3, n, 0), number(1));
    expect(value(decided(late), new Map([[ITERATION, 2]]))).toBe(3);
  });

  it('are decided in front of terms too', () => {
    const text = (formula: Formula): string => writeFormula(decided(formula), DEFAULT_NOTATION, 'text');
    expect(text(extremum('min', 1, n))).toBe('1');
    expect(text(extremum('max', 0, from(1, n)))).toBe('0');
    expect(text(extremum('max', 0, from(3, n)))).toBe('max(0, 3 - n)');
  });

  it.each(['optimistic', 'extragradient-past'])(
    '%s has no correction by cases, and a modified loss from n = 1 on',
    id => {
      const theorem = deriveTheorem(ruleOf(id), { setting: 'full-batch', order: 1 });
      expect(theorem.ok && theorem.value.from).toBe(1);
      const whole = theorem.ok ? (theorem.value.whole ?? null) : null;
      expect(whole && writeFormula(whole, DEFAULT_NOTATION, 'text')).toBe('-∇_j (E(θ) - (h / 4) ‖∇ E(θ)‖^2)');
    },
  );
});
