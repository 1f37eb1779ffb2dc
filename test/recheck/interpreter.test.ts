import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/problem.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { factorExpression } from '../../src/expression/core/expression.ts';
import { exponentOf, type FactorPower } from '../../src/expression/core/factor.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import type { Term } from '../../src/expression/core/term.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { shiftForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import { Program } from '../../src/evaluate/program/program.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import { worldOfEnvironment } from '../../src/recheck/world-of-environment.ts';
import { arbitraryReading, DECLARATIONS, everywhere } from './arbitrary-reading.ts';

const ring = new BallRing(40);
const SEED = 5;
const VECTORS = new Set(['v']);

function read(formula: Formula): Expression | null {
  const reader = new FormulaReader({
    declarations: DECLARATIONS,
    definitions: [],
    order: 0,
    stepIsSymbol: true,
    iterate: coordinate => [factorExpression({ kind: 'point', coordinate, at: null })],
    quantity: (node, _, [index]) =>
      index === undefined ? null : [factorExpression({ kind: 'schedule', name: node.name, index })],
  });
  return orNull(() => coefficient(reader.read(formula), 0));
}

/** Null where there is no value. */
function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

interface Place {
  readonly n: number;
  readonly p: number;
  readonly seed: number;
}
const places = fc.record({
  n: fc.integer({ min: 0, max: 8 }),
  p: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 0, max: 999 }),
});

interface Compared {
  readonly kind: 'both' | 'neither' | 'tree' | 'form' | 'unknown';
  readonly differ: boolean;
  readonly nonzero: boolean;
}

/** Both values at a place; `interpret` may be a broken interpreter. */
function compare(formula: Formula, form: Expression, { n, p, seed }: Place): Compared {
  const environment = everywhere(ring, p, seed);
  const component = 1 + (seed % p);
  try {
    const tree = orNull(() =>
      new Evaluator<Ball>(new Program({ declarations: DECLARATIONS }), environment).value(
        formula,
        new Map([
          [ITERATION, n],
          [COMPONENT, component],
        ]),
      ),
    );
    const value = orNull(() =>
      new Interpreter(worldOfEnvironment(environment, VECTORS)).value(
        form,
        new Map([
          [ITERATION_INDEX, n],
          [COMPONENT_INDEX, component],
        ]),
      ),
    );
    if (tree === null || value === null)
      return { kind: tree !== null ? 'tree' : value !== null ? 'form' : 'neither', differ: false, nonzero: false };
    return { kind: 'both', differ: !mayBeZero(ring.subtract(tree, value)), nonzero: !mayBeZero(value) };
  } catch (error) {
    if (error instanceof PrecisionLoss) return { kind: 'unknown', differ: false, nonzero: false };
    throw error;
  }
}

/** The expression as a broken interpreter would read it. */
type Misreading = (expression: Expression) => Expression;
const eachTerm =
  (change: (term: Term) => Term): Misreading =>
  expression => ({ terms: expression.terms.map(change) });
const eachFactor = (change: (power: FactorPower) => FactorPower): Misreading =>
  eachTerm(term => ({ ...term, factors: term.factors.map(change) }));

const NEVER = { both: 0, neither: 0, tree: 0, form: 0, unknown: 0, unread: 0, differ: 0, nonzero: 0 };

function compareMany(products: boolean, runs: number, misread: Misreading = form => form): typeof NEVER {
  const counts = { ...NEVER };
  const formulas = fc.sample(fc.tuple(arbitraryReading(products), fc.array(places, { minLength: 4, maxLength: 4 })), {
    numRuns: runs,
    seed: SEED,
  });
  for (const [formula, all] of formulas) {
    const form = read(formula);
    if (form === null) {
      counts.unread += 1;
      continue;
    }
    for (const each of all) {
      const compared = compare(formula, misread(form), each);
      counts[compared.kind] += 1;
      if (compared.differ) counts.differ += 1;
      if (compared.nonzero) counts.nonzero += 1;
    }
  }
  return counts;
}

describe('the interpreter of the normal form and the evaluator of formula trees', () => {
  it('agree where both have a value', () => {
    const counts = compareMany(false, 500);
    expect(counts.differ).toBe(0);
    // Reading may cancel what has no value, but never takes a value away.
    expect(counts.tree).toBe(0);
    expect(counts.nonzero).toBeGreaterThan(800);
  });

  it('agree on products over ranges that may be empty by any number', () => {
    const counts = compareMany(true, 300);
    expect(counts.differ).toBe(0);
    expect(counts.nonzero).toBeGreaterThan(500);
  });

  it.each<[string, Misreading]>([
    [
      'ranges one too long',
      eachTerm(t => ({ ...t, constraints: t.constraints.map(c => ({ ...c, bound: c.bound + 1 })) })),
    ],
    ['coefficients without a sign', eachTerm(t => ({ ...t, coefficient: t.coefficient.abs() }))],
    ['the first factor left out', eachTerm(t => ({ ...t, factors: t.factors.slice(1) }))],
    [
      'exponents without their indices',
      eachFactor(({ factor, exponent }) => ({ factor, exponent: exponentOf(exponent.constant) })),
    ],
    [
      'powers without their exponent',
      eachFactor(({ factor, exponent }) => ({
        factor,
        exponent: { ...exponent, constant: exponent.constant.sign() < 0 ? Rational.minusOne : Rational.one },
      })),
    ],
    [
      'labels shifted by one',
      eachFactor(({ factor, exponent }) => ({
        factor:
          factor.kind === 'loss' && factor.batch !== null ? { ...factor, batch: shiftForm(factor.batch, 1) } : factor,
        exponent,
      })),
    ],
    [
      'derivatives of functions by one too few',
      eachFactor(({ factor, exponent }) => ({
        factor: factor.kind === 'function' && factor.order > 0 ? { ...factor, order: factor.order - 1 } : factor,
        exponent,
      })),
    ],
  ])('a broken one is caught: %s', (_, misread) => {
    expect(compareMany(false, 300, misread).differ).toBeGreaterThan(5);
  });
});
