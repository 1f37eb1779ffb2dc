import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { assumptionsOf } from '../../src/expression/assumptions.ts';
import { subtract } from '../../src/expression/expression.ts';
import { FormulaReader } from '../../src/expression/from-formula.ts';
import { coefficient } from '../../src/expression/series.ts';
import * as b from '../../src/formula/build.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Proof } from '../../src/prove/trace.ts';
import { testZero, type ZeroOptions } from '../../src/prove/zero/zero-test.ts';
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
const reader = new FormulaReader({ declarations, definitions: [], order: 0 });
const space = { domains: assumptions.domains, odd: new Set<string>() };

function proofOf(left: Formula, right: Formula, options: ZeroOptions = {}): Proof | null {
  const difference = subtract(coefficient(reader.read(left), 0), coefficient(reader.read(right), 0));
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
const square = (f: Formula): Formula => b.power(f, b.number(2));
const plus = (f: Formula, c: number): Formula => b.add(f, b.number(c));
const sumK = (upper: Formula, body: Formula): Formula => b.sum('k', b.number(0), upper, body);
const weights = (upper: Formula): Formula => sumK(upper, b.power(r, b.subtract(upper, k)));

const TRUE: readonly (readonly [string, Formula, Formula])[] = [
  ['a geometric sum', b.multiply(b.subtract(one, r), sumK(n, b.power(r, k))), b.subtract(one, b.power(r, plus(n, 1)))],
  ['a weighted mean', b.divide(weights(n), b.subtract(one, b.power(r, plus(n, 1)))), b.divide(one, b.subtract(one, r))],
  [
    'a range split at its end',
    sumK(n, b.multiply(b.power(r, b.subtract(n, k)), g(k))),
    b.add(g(n), sumK(plus(n, -1), b.multiply(b.power(r, b.subtract(n, k)), g(k)))),
  ],
  [
    'a radical over a denominator',
    b.root(b.add(b.divide(square(g(n)), b.subtract(one, r)), e)),
    b.divide(b.root(b.add(square(g(n)), b.multiply(e, b.subtract(one, r)))), b.root(b.subtract(one, r))),
  ],
  [
    'a fraction with a radical',
    b.divide(g(n), b.root(b.add(square(g(n)), e))),
    b.divide(b.multiply(g(n), b.root(b.add(square(g(n)), e))), b.add(square(g(n)), e)),
  ],
  [
    'quantities under a sum of coordinates',
    b.sumOverCoordinates('i', b.multiply(g(n, i), b.divide(weights(n), b.subtract(one, b.power(r, plus(n, 1)))))),
    b.divide(b.sumOverCoordinates('i', g(n, i)), b.subtract(one, r)),
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
