/** Where a proof is looked at again: the integers at which a range, a slot or an exponent is at its edge, and what is divided by. */
import { describe, expect, it } from 'vitest';
import {
  add,
  type Expression,
  expressionKey,
  factorExpression,
  substituteIndices,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import {
  DIMENSION_INDEX,
  indexName,
  ITERATION_INDEX,
  openIndex,
  slot,
  ZERO,
} from '../../src/expression/core/indices.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { constantForm, formKey, type LinearForm, variableForm } from '../../src/number/linear-form.ts';
import { type FreeForms, type TightPoint, tightPoints } from '../../src/prove/tight-points.ts';
import type { Proof, ProofStep, StepRelation } from '../../src/prove/trace.ts';
import type { SideCondition } from '../../src/rewrite/rule.ts';
import { typed } from '../rewrite/typed.ts';

const LETTER = openIndex('history');
const FREE: FreeForms = new Map(
  [ITERATION_INDEX, DIMENSION_INDEX, LETTER].map(index => [index, variableForm(index)] as const),
);
const nameOf = (index: number): string => (index === LETTER ? 'l' : indexName(index));
/** `n = 2` where the form is n − 2; `{…}` around the key of a divisor. */
const shown = (point: TightPoint): string => {
  if (point.kind === 'divisor') return `{${expressionKey(point.value)}}`;
  const { constant, terms } = point.form;
  return `${formKey({ constant: 0, terms }, nameOf).replace(/\+0$/, '')} = ${-constant}`;
};
const pointsOf = (proofs: readonly Proof[], free = FREE): string => tightPoints(proofs, free).map(shown).join(', ');
/** A proof without a step: its start alone is looked at. */
const standing = (start: Expression): Proof => ({ goal: 'zero', what: '', start, steps: [] });
const at = (start: Expression, free = FREE): string => pointsOf([standing(start)], free);

const EQUAL: StepRelation = { kind: 'equal' };
const step = (
  before: Expression,
  after: Expression,
  relation: StepRelation = EQUAL,
  conditions?: readonly SideCondition[],
): ProofStep => ({
  rule: '',
  before,
  after,
  relation,
  lemmas: [],
  ...(conditions === undefined ? {} : { conditions }),
});
const byOne = (only: ProofStep): Proof => ({ goal: 'zero', what: '', start: only.before, steps: [only] });
const divisor = (text: string): string => `{${expressionKey(typed(text))}}`;

describe('the tight points of an expression', () => {
  it.each([
    // Ranges: one term, none, one and two less than none.
    ['\\sum_{k=0}^{n}b^k', 'n = 0, n = -1, n = -2, n = -3'],
    ['\\sum_{k=2}^{n-3}\\nabla_jE_k', 'n = 5, n = 4, n = 3, n = 2, n = 1'],
    ['\\sum_{k=0}^{n}\\sum_{l=0}^{k-1}\\nabla_jE_l', 'n = 1, n = 0, n = -1, n = -2'],
    ['\\sum_{k=0}^{p}b^k', 'p = 0, p = -1, p = -2, p = -3'],
    ['\\sum_{k=0}^{3}b^k', ''],
    ['\\sum_{i=1}^{p}\\nabla_iE', ''],
    // Slots: 0 and the two before it.
    ['\\eta_{n-1}', 'n = 1, n = 0, n = -1'],
    ['\\nabla_jE_{n-2}', 'n = 2, n = 1, n = 0'],
    ['\\nabla_jE', ''],
    ['\\theta_j', ''],
    ['\\theta_j^{(n-1)}', 'n = 1, n = 0, n = -1'],
    ['K(\\nabla E_{n-1})', 'n = 0, n = -1, n = -2, n = 1'],
    ['\\phi(\\nabla_jE_n)', 'n = 0, n = -1, n = -2'],
    ['(\\nabla_jE_n+\\nabla_jE_{n-1})^2', 'n = 0, n = -1, n = -2, n = 1'],
    // A summed label at the ends of its range.
    ['\\sum_{k=4}^{n}\\eta_k', 'n = 4, n = 3, n = 2, n = 1, n = 0, n = -1, n = -2'],
    // Exponents: 0 and −1.
    ['b^n', 'n = 0, n = -1'],
    ['b^{2n-3}', 'n*2 = 3, n*2 = 2'],
    ['b^{3-n}', 'n = 3, n = 4'],
    ['b^{\\frac{1}{2}}', ''],
    ['b^{-3}', ''],
    ['(1-b)^{n-4}', 'n = 4, n = 3'],
    // Products: the last factor, and the range from the first one.
    ['\\prod_{k=0}^{n}\\nabla_jE_k', 'n = 0, n = -1, n = -2'],
    ['\\prod_{k=1}^{n}(2+b^k)', 'n = 0, n = -1, n = -2'],
    ['\\prod_{k=1}^{n}(\\phi(x)+b^k)', 'n = 1, n = 0, n = -1'],
    // Inside of them: their own letter at both ends of its range, the others as they are given.
    ['\\prod_{k=1}^{n}(2+b^{k-5})', 'n = 1, n = 0, n = -1, n = 5, n = 4'],
    ['\\prod_{k=1}^{n}(2-\\eta_{n-2}b^k)', 'n = 1, n = 0, n = -1, n = 2'],
    // Indices as numbers.
    ['n-2', 'n = 2'],
    ['(n-2)^3', 'n = 2'],
    ['p', 'p = 0'],
    ['3', ''],
    ['x', ''],
    // What is divided by.
    ['\\frac{1}{n-2}', 'n = 2'],
    ['\\frac{1}{p-1}', 'p = 1'],
    ['\\frac{1}{a-b}', divisor('a-b')],
    ['\\frac{1}{(a-b)^2}', divisor('a-b')],
    ['(a-b)^2', ''],
    ['\\sqrt{a-b}', ''],
    ['\\frac{1}{a^n-b}', `n = 0, n = -1, n = -2, ${divisor('a^n-b')}`],
    ['\\frac{1}{1-b\\frac{1}{a-b}}', `${divisor('1-b\\frac{1}{a-b}')}, ${divisor('a-b')}`],
    // Only what stands in scalars can be gone to.
    ['\\frac{1}{\\nabla_jE+1}', ''],
    ['\\frac{1}{\\phi(x)-1}', ''],
  ])('%s: %s', (text, wanted) => {
    expect(at(typed(text))).toBe(wanted);
  });

  it('says nothing of an index that is not the statement’s', () => {
    const other = substituteIndices(
      typed('\\frac{\\eta_n}{a^n-b}'),
      new Map([[ITERATION_INDEX, variableForm(openIndex('history'))]]),
    );
    expect(at(other)).toBe('');
    // At n = 3 it is one of hyperparameters.
    const there = substituteIndices(
      typed('\\frac{1}{a^n-b}'),
      new Map([[ITERATION_INDEX, { constant: 3, terms: [] }]]),
    );
    expect(at(there)).toBe(divisor('a^3-b'));
    // A divisor inside a sum is zero at no point of the statement.
    const inside = typed('\\sum_{k=0}^{n}\\frac{1}{a^k-b}');
    expect(at(inside)).not.toContain('{');
    expect(at(typed('\\sum_{k=0}^{n}\\frac{1}{(a^{n-k}-b)(a^{k}-d)}'))).not.toContain('{');
  });

  it('takes both signs of a form as one', () => {
    const twice = typed('b^{n-3}+b^{3-n}');
    expect(at(twice)).toBe('n = 3, n = 2, n = 4');
  });

  it('goes to differences of two letters', () => {
    const difference = typed('b^{n}');
    const apart = substituteIndices(
      difference,
      new Map([[ITERATION_INDEX, { constant: 0, terms: [[ITERATION_INDEX, 1] as const, [LETTER, -1] as const] }]]),
    );
    expect(at(apart)).toBe('n*1+l*-1 = 0, n*1+l*-1 = -1'.replaceAll('n*1+l*-1', keyOfGap()));
  });

  it('counts n from where the proof begins', () => {
    const late: FreeForms = new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, -2)]]);
    expect(at(typed('\\eta_{n-1}'), late)).toBe('n = 3, n = 2, n = 1');
    expect(at(typed('\\sum_{k=0}^{n}b^k'), late)).toBe('n = 2, n = 1, n = 0, n = -1');
  });

  it('looks at the constraints between letters', () => {
    const [term] = typed('x').terms;
    if (term === undefined) throw new Error('one term was read');
    const where = (left: number, right: number, bound: number): string =>
      at({ terms: [{ ...term, constraints: [{ left, right, bound }] }] });
    expect(where(LETTER, ITERATION_INDEX, -1)).toBe([1, 0, -1, -2].map(gap => `${keyOfGap()} = ${gap}`).join(', '));
    expect(where(ZERO, ITERATION_INDEX, -3)).toBe('n = 3, n = 2, n = 1, n = 0');
    expect(where(ITERATION_INDEX, ZERO, 4)).toBe('n = 4, n = 5, n = 6, n = 7');
    // What is summed is no letter of the statement.
    expect(where(0, ITERATION_INDEX, 0)).toBe('');
    expect(where(ITERATION_INDEX, 0, 0)).toBe('');
  });

  const keyOfGap = (): string =>
    formKey(
      {
        constant: 0,
        terms: [
          [ITERATION_INDEX, 1],
          [LETTER, -1],
        ],
      },
      nameOf,
    ).replace(/\+0$/, '');
});

describe('the tight points of a product', () => {
  const first = slot(0, 'history');
  /** Π_{i=lower}^{upper} (η_i + …) with the slot of its own index first. */
  const product = (body: Expression, upper: LinearForm, lower?: LinearForm): Expression => {
    const only = wrap(substituteIndices(body, new Map([[ITERATION_INDEX, variableForm(first)]]))).terms[0]?.factors[0];
    if (only?.factor.kind !== 'template') throw new Error('a template was made');
    return factorExpression({
      kind: 'product',
      template: only.factor.template,
      arguments: [constantForm(0)],
      upper,
      ...(lower === undefined ? {} : { lower }),
    });
  };
  const n = (shift = 0): LinearForm => variableForm(ITERATION_INDEX, shift);
  it.each([
    ['Π_{i ≤ n−1} (x + η_i)', product(typed('x+\\eta_n'), n(-1)), 'n = 1, n = 0, n = -1'],
    // The last factor, the first one, and the range between them.
    [
      'Π_{l ≤ i ≤ 3} (x + η_i)',
      product(typed('x+\\eta_n'), constantForm(3), variableForm(LETTER)),
      'l = 0, l = -1, l = -2, l = 3, l = 4, l = 5, l = 6',
    ],
    [
      'Π_{2 ≤ i ≤ n} (x + η_i)',
      product(typed('x+\\eta_n'), n(), constantForm(2)),
      'n = 0, n = -1, n = -2, n = 2, n = 1',
    ],
    // Each factor at both ends.
    [
      'Π_{1 ≤ i ≤ n} (x + b^{i−4}η_i)',
      product(typed('x+b^{n-4}\\eta_n'), n(), constantForm(1)),
      'n = 0, n = -1, n = -2, n = 1, n = 4, n = 3',
    ],
  ])('%s', (_, value, wanted) => {
    expect(at(value)).toBe(wanted);
  });
});

describe('the tight points of a proof', () => {
  const [ranged, slotted, divided] = [typed('\\sum_{k=0}^{n}b^k'), typed('\\eta_{n-8}'), typed('\\frac{1}{a-b}')];
  const RANGE = 'n = 0, n = -1, n = -2, n = -3';
  const SLOT = 'n = 8, n = 7, n = 6';

  it('are those before and after each step, in order', () => {
    expect(pointsOf([byOne(step(ranged, slotted))])).toBe(`${RANGE}, ${SLOT}`);
    expect(pointsOf([byOne(step(slotted, ranged))])).toBe(`${SLOT}, ${RANGE}`);
    expect(pointsOf([byOne(step(ranged, ranged)), byOne(step(slotted, ZERO_EXPRESSION))])).toBe(`${RANGE}, ${SLOT}`);
    expect(pointsOf([])).toBe('');
  });

  it('are of the start only where no step was made', () => {
    const moved: Proof = { ...byOne(step(ranged, ranged)), start: slotted };
    expect(pointsOf([moved])).toBe(RANGE);
    expect(pointsOf([standing(slotted)])).toBe(SLOT);
  });

  it('are those of its lemmas first', () => {
    const proof = byOne({ ...step(ranged, ranged), lemmas: [standing(slotted)] });
    expect(pointsOf([proof])).toBe(`${SLOT}, ${RANGE}`);
  });

  it.each([
    [[], ''],
    // An exponent is looked at whatever is asked for.
    [['ranges'], RANGE],
    [['slots'], `n = 0, n = -1, ${SLOT}`],
    [['divisors'], `n = 0, n = -1, ${divisor('a-b')}`],
    [['ranges', 'divisors'], `${RANGE}, ${divisor('a-b')}`],
    [undefined, `${RANGE}, ${SLOT}, ${divisor('a-b')}`],
  ] as const)('are those of the conditions of its rules: %s', (conditions, wanted) => {
    const steps = [ranged, slotted, divided].map(value => step(value, ZERO_EXPRESSION, EQUAL, conditions));
    const found = pointsOf(steps.map(byOne)).split(', ').sort();
    expect(found).toEqual(wanted.split(', ').sort());
  });

  it('are looked for again where another rule asks for more', () => {
    const mixed = typed('\\eta_{n-8}\\sum_{k=0}^{n}b^k');
    const asked = (...conditions: readonly (readonly SideCondition[])[]): string[] =>
      pointsOf(conditions.map(each => byOne(step(mixed, ZERO_EXPRESSION, EQUAL, each))))
        .split(', ')
        .sort();
    expect(asked(['ranges'], ['slots'])).toEqual(asked(['ranges', 'slots']));
    expect(asked(['ranges'], ['ranges', 'slots'])).toEqual(asked(['ranges', 'slots']));
    expect(asked(['slots'])).not.toEqual(asked(['ranges', 'slots']));
  });

  it('have what was multiplied by, and the divisors of a limit', () => {
    const by = typed('a-2b');
    const times = byOne(step(slotted, slotted, { kind: 'times', factors: [by] }));
    expect(pointsOf([times])).toBe(`${SLOT}, {${expressionKey(by)}}`);
    const limit = byOne(step(slotted, slotted, { kind: 'limit', divisors: [by] }));
    expect(pointsOf([limit])).toBe(`${SLOT}, {${expressionKey(by)}}`);
    expect(pointsOf([byOne(step(slotted, slotted, { kind: 'limit' }))])).toBe(SLOT);
    // Kept together or not, it is one divisor.
    expect(pointsOf([byOne(step(slotted, slotted, { kind: 'times', factors: [by, wrap(by)] }))])).toBe(
      pointsOf([times]),
    );
    // A power of it, or it beside another factor, is not opened.
    const twice = typed('x(a-2b)');
    expect(pointsOf([byOne(step(slotted, slotted, { kind: 'times', factors: [twice] }))])).toBe(
      `${SLOT}, {${expressionKey(twice)}}`,
    );
    const beside = add(wrap(by), typed('x'));
    expect(pointsOf([byOne(step(slotted, slotted, { kind: 'times', factors: [beside] }))])).toBe(
      `${SLOT}, {${expressionKey(beside)}}`,
    );
    const gradient = typed('\\nabla_jE_n');
    expect(pointsOf([byOne(step(slotted, slotted, { kind: 'times', factors: [gradient] }))])).toBe(SLOT);
  });
});
