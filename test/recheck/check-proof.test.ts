import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { assumptionsOf } from '../../src/expression/arithmetic/assumptions.ts';
import {
  type Expression,
  factorExpression,
  mapFactors,
  multiply,
  subtract,
  sumTerms,
  expressionOf,
  ZERO_EXPRESSION,
} from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import { ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { coefficient } from '../../src/expression/calculus/series.ts';
import { instantiate } from '../../src/expression/core/template.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Proof } from '../../src/prove/trace.ts';
import { testZero, type ZeroOptions } from '../../src/prove/zero/zero-test.ts';
import type { Rule } from '../../src/rewrite/rule.ts';
import { matchQuantities } from '../../src/rewrite/rules/match.ts';
import { checkProof } from '../../src/recheck/check-proof.ts';

const unit = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true },
  span: null,
});
const positive = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
  span: null,
});
const declarations = [unit('r'), unit('s'), positive('e')];
const assumptions = assumptionsOf(declarations);
/** A^{(l)} = Σ_{k=0}^{l} r^{l−k} ∇_jE_k, B^{(l)} the same but for (l − 2)(l − 3) ∇_jE_0, C^{(l)} = ∇_jE_l + r. */
const mean = (label: Formula): Formula =>
  b.sum(
    'k',
    b.number(0),
    label,
    b.multiplication(
      b.toPower(b.parameter('r'), b.subtraction(label, b.index('k'))),
      b.gradient([b.index(COMPONENT)], b.index('k')),
    ),
  );
const definitions = [
  b.definition('A', [], ['l'], mean(b.index('l'))),
  b.definition(
    'B',
    [],
    ['l'],
    b.addition(
      mean(b.index('l')),
      b.multiplication(
        b.addition(b.index('l'), b.number(-2)),
        b.addition(b.index('l'), b.number(-3)),
        b.gradient([b.index(COMPONENT)], b.number(0)),
      ),
    ),
  ),
  b.definition('C', [], ['l'], b.addition(b.gradient([b.index(COMPONENT)], b.index('l')), b.parameter('r'))),
];
const reader = new FormulaReader({ declarations, definitions, order: 0 });
const space = { domains: assumptions.domains, odd: new Set<string>() };

const normal = (formula: Formula): Expression => coefficient(reader.read(formula), 0);

function proofOf(left: Formula, right: Formula, options: ZeroOptions = {}): Proof | null {
  const difference = subtract(normal(left), normal(right));
  const proofs: Proof[] = [];
  const { kind } = testZero(difference, assumptions, new Budget(50_000), { ...options, onProof: p => proofs.push(p) });
  return kind === 'zero' ? (proofs.at(-1) ?? null) : null;
}

const one = b.number(1);
const n = b.index(ITERATION);
const j = b.index(COMPONENT);
const k = b.index('k');
const i = b.index('i');
const r = b.parameter('r');
const e = b.parameter('e');
const g = (batch: Formula, ...by: Formula[]): Formula => b.gradient(by.length === 0 ? [j] : by, batch);
const square = (f: Formula): Formula => b.toPower(f, b.number(2));
const plus = (f: Formula, c: number): Formula => b.addition(f, b.number(c));
const sumK = (upper: Formula, body: Formula): Formula => b.sum('k', b.number(0), upper, body);
const weights = (upper: Formula): Formula => sumK(upper, b.toPower(r, b.subtraction(upper, k)));

const TRUE: readonly (readonly [string, Formula, Formula])[] = [
  [
    'a geometric sum',
    b.multiplication(b.subtraction(one, r), sumK(n, b.toPower(r, k))),
    b.subtraction(one, b.toPower(r, plus(n, 1))),
  ],
  [
    'a weighted mean',
    b.divide(weights(n), b.subtraction(one, b.toPower(r, plus(n, 1)))),
    b.divide(one, b.subtraction(one, r)),
  ],
  [
    'a range split at its end',
    sumK(n, b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k))),
    b.addition(g(n), sumK(plus(n, -1), b.multiplication(b.toPower(r, b.subtraction(n, k)), g(k)))),
  ],
  [
    'a radical over a denominator',
    b.root(b.addition(b.divide(square(g(n)), b.subtraction(one, r)), e)),
    b.divide(
      b.root(b.addition(square(g(n)), b.multiplication(e, b.subtraction(one, r)))),
      b.root(b.subtraction(one, r)),
    ),
  ],
  [
    'a fraction with a radical',
    b.divide(g(n), b.root(b.addition(square(g(n)), e))),
    b.divide(b.multiplication(g(n), b.root(b.addition(square(g(n)), e))), b.addition(square(g(n)), e)),
  ],
  [
    'quantities under a sum of coordinates',
    b.sumOverCoordinates(
      'i',
      b.multiplication(g(n, i), b.divide(weights(n), b.subtraction(one, b.toPower(r, plus(n, 1))))),
    ),
    b.divide(b.sumOverCoordinates('i', g(n, i)), b.subtraction(one, r)),
  ],
];

describe('a proof is checked again', () => {
  it.each(TRUE)('%s', (_, left, right) => {
    const proof = proofOf(left, right);
    if (proof === null) throw new Error('it is proved');
    const check = checkProof(proof, { space, seed: 1 });
    expect(check.broken).toBeNull();
    expect(check.compared).toBeGreaterThanOrEqual(5 * proof.steps.length);
  });
});

/** Applied in place of the rule of the name. */
const instead =
  (name: string, apply: Rule['apply']): ZeroOptions['replaced'] =>
  rule =>
    rule.name === name ? { ...rule, apply } : rule;
/** The rule, then something wrong. */
const spoiled =
  (name: string, spoil: (after: Expression) => Expression): ZeroOptions['replaced'] =>
  rule =>
    rule.name === name ? { ...rule, apply: (e, tools) => spoil(rule.apply(e, tools)) } : rule;

const withoutConditions = (e: Expression): Expression =>
  expressionOf(e.terms.map(term => (term.sorts.length === 0 ? { ...term, constraints: [] } : term)));
const withoutShifts = (e: Expression): Expression =>
  mapFactors(e, ({ factor, exponent }) =>
    factor.kind === 'template'
      ? factorExpression({ ...factor, arguments: factor.arguments.map(form => ({ ...form, constant: 0 })) }, exponent)
      : null,
  );
const condition = (upper: Formula, body: Formula): Formula =>
  b.sum('k', one, { kind: 'extremum', span: null, which: 'min', arguments: [one, upper] }, body);
const A = (label: Formula): Formula => b.quantity('A', [], [label]);
const B = (label: Formula): Formula => b.quantity('B', [], [label]);
const C = (label: Formula): Formula => b.quantity('C', [], [label]);
const SUMS = 'sums in closed form';
const n1: Expression = factorExpression({ kind: 'index', index: variableForm(ITERATION_INDEX) });

/** Name of the rule that is broken and how, a false equality that it proves, the broken rule. */
const BROKEN: readonly (readonly [string, string, Formula, Formula, ZeroOptions['replaced']])[] = [
  [
    SUMS,
    'a closed form for empty ranges too',
    b.multiplication(b.subtraction(one, r), b.sum('k', b.number(3), n, b.toPower(r, k))),
    b.subtraction(b.toPower(r, b.number(3)), b.toPower(r, plus(n, 1))),
    spoiled(SUMS, withoutConditions),
  ],
  [
    SUMS,
    'a range that ends one too late',
    b.multiplication(b.subtraction(one, r), sumK(n, b.toPower(r, k))),
    b.subtraction(one, b.toPower(r, plus(n, 2))),
    rule =>
      rule.name === SUMS
        ? {
            ...rule,
            apply: (e, tools) =>
              rule.apply(
                expressionOf(
                  e.terms.map(term => ({
                    ...term,
                    constraints: term.constraints.map(c =>
                      c.right === ITERATION_INDEX ? { ...c, bound: c.bound + 1 } : c,
                    ),
                  })),
                ),
                tools,
              ),
          }
        : rule,
  ],
  [
    'domains split into common cells',
    'a cell is dropped',
    square(sumK(n, g(k))),
    b.multiplication(
      b.number(2),
      sumK(n, b.sum('l', b.number(0), plus(k, -1), b.multiplication(g(k), g(b.index('l'))))),
    ),
    spoiled('domains split into common cells', e => sumTerms(e.terms.filter(term => term.sorts.length !== 1))),
  ],
  [
    'bases brought to one form',
    'a root of a square is the number itself',
    b.root(square(g(n))),
    g(n),
    spoiled('bases brought to one form', e =>
      mapFactors(e, ({ factor, exponent }) =>
        factor.kind === 'template' && exponent.constant.equals(Rational.of(1, 2))
          ? factorExpression(instantiate(factor.template, factor.arguments).terms[0]?.factors[0]?.factor ?? factor)
          : null,
      ),
    ),
  ],
  ['n ≥ 0', 'a condition on the label is dropped', condition(n, g(k)), g(one), spoiled('n ≥ 0', withoutConditions)],
  [
    'hyperparameters multiplied out',
    'multiplied by what is zero at n = 0',
    b.sum('k', n, b.number(0), g(k)),
    b.number(0),
    instead('hyperparameters multiplied out', (e, { multiplied }) => {
      multiplied.push(n1);
      return multiply(e, n1);
    }),
  ],
  [
    'common denominators',
    'a denominator is left out without being multiplied by',
    b.divide(g(n), b.subtraction(g(n), r)),
    g(n),
    instead('common denominators', e =>
      mapFactors(e, ({ factor, exponent }) =>
        factor.kind === 'template' && exponent.constant.sign() < 0
          ? factorExpression({ kind: 'integer', value: 1n })
          : null,
      ),
    ),
  ],
  [
    'equal quantities written alike',
    'quantities that agree at two labels are taken to be equal',
    square(A(n)),
    b.multiplication(A(n), B(n)),
    instead('equal quantities written alike', (e, { assumptions, budget }) =>
      matchQuantities(e, () => true, assumptions.indices, budget),
    ),
  ],
  [
    'definitions inserted',
    'a definition is inserted without the shift of its label',
    square(C(plus(n, 1))),
    square(C(n)),
    rule =>
      rule.name === 'definitions inserted'
        ? { ...rule, apply: (e, tools) => rule.apply(withoutShifts(e), tools) }
        : rule,
  ],
  [
    'definitions inserted, products multiplied out',
    'mixed products are forgotten',
    square(C(n)),
    b.addition(square(g(n)), square(r)),
    spoiled('definitions inserted, products multiplied out', e =>
      sumTerms(e.terms.filter(term => term.factors.length === 1)),
    ),
  ],
  [
    'fractions of hyperparameters added',
    'fractions are taken to cancel',
    b.divide(one, b.subtraction(one, r)),
    b.addition(one, r),
    instead('fractions of hyperparameters added', () => ZERO_EXPRESSION),
  ],
];

describe('a rule broken on purpose', () => {
  it.each(BROKEN)('%s: %s', (name, _, left, right, replaced) => {
    // The rule as it is proves nothing of the kind.
    expect(proofOf(left, right, { probe: false })).toBeNull();
    const proof = proofOf(left, right, { probe: false, ...(replaced ? { replaced } : {}) });
    if (proof === null) throw new Error('the broken rule proves it');
    const { broken } = checkProof(proof, { space, seed: 1 });
    expect(broken?.rule).toBe(name);
    expect(broken?.reason).not.toBe('');
  });
});

/** 1/√(g² + e) with e = s²ε₀, s → 0. */
describe('an expansion in a regime', () => {
  const size = b.modulus(g(n));
  const regime = { small: 'e', dimension: Rational.of(2), direction: 1, alone: false } as const;
  const first = { power: Rational.zero, coefficient: normal(b.divide(one, size)) };
  const second = {
    power: Rational.of(2),
    coefficient: normal(b.negation(b.divide(e, b.multiplication(b.number(2), b.toPower(size, b.number(3)))))),
  };
  const expansion = (terms: readonly (typeof first)[], through: number): Proof => {
    const before = normal(b.divide(one, b.root(b.addition(square(g(n)), e))));
    const relation = { kind: 'series', regime, terms, through: Rational.of(through) } as const;
    return {
      goal: 'series',
      what: 'a quotient',
      start: before,
      steps: [{ rule: 'expansion in a regime', before, after: before, relation, lemmas: [] }],
    };
  };

  it.each([
    ['one term', [first], 0],
    ['one term, and there is none of order s', [first], 1],
    ['two terms', [first, second], 3],
  ] as const)('%s', (_, terms, through) => {
    const { broken, compared } = checkProof(expansion(terms, through), { space, seed: 1 });
    expect(broken).toBeNull();
    expect(compared).toBeGreaterThan(5);
  });

  it.each([
    ['cut too early', [first], 2],
    ['a wrong coefficient', [first, { ...second, coefficient: second.coefficient, power: Rational.of(3) }], 3],
    ['beyond what is known', [first, second], 4],
  ] as const)('broken: %s', (_, terms, through) => {
    expect(checkProof(expansion(terms, through), { space, seed: 1 }).broken?.rule).toBe('expansion in a regime');
  });
});
