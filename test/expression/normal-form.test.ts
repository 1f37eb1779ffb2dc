/** The normal form: canonical terms, domains, templates. Each equality has a neighbour that must not be equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeConstraints, knownBound } from '../../src/expression/core/domain.ts';
import {
  add,
  expressionKey,
  factorExpression,
  multiply,
  negate,
  ONE_EXPRESSION,
  sameExpression,
  scale,
  subtract,
  sumOver,
  ZERO_EXPRESSION,
  type Expression,
  substituteIndices,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf } from '../../src/expression/core/factor.ts';
import { ITERATION_INDEX, openIndex, ZERO } from '../../src/expression/core/indices.ts';
import { abstract, instantiate } from '../../src/expression/core/template.ts';
import { addForms, constantForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { RationalRing } from '../../src/evaluate/ring/rational-ring.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';

const symbol = (name: string, exponent = 1): Expression =>
  factorExpression({ kind: 'symbol', name }, exponentOf(exponent));
const loss = (batch: number, coordinates: number[]): Expression =>
  factorExpression({
    kind: 'loss',
    batch: variableForm(batch),
    coordinates: coordinates.map(c => variableForm(c)),
    at: null,
  });
const n = ITERATION_INDEX;
/** Σ_{k=lower}^{upper} of a body in k. */
function sum(
  body: (k: number) => Expression,
  lower: { index: number; shift: number },
  upper: { index: number; shift: number },
): Expression {
  const k = openIndex('history');
  return sumOver(body(k), k, 'history', [
    { left: lower.index, right: k, bound: -lower.shift },
    { left: k, right: upper.index, bound: upper.shift },
  ]);
}
const from0 = { index: ZERO, shift: 0 };
const toN = { index: n, shift: 0 };

describe('domains', () => {
  it('close by shortest paths and see emptiness', () => {
    const closure = closeConstraints([
      { left: 1, right: 2, bound: 3 },
      { left: 2, right: ZERO, bound: 4 },
    ]);
    expect(closure && knownBound(closure, 1, ZERO)).toBe(7);
    expect(
      closeConstraints([
        { left: 1, right: 2, bound: -1 },
        { left: 2, right: 1, bound: 0 },
      ]),
    ).toBeNull();
  });
});

describe('sums', () => {
  const i = openIndex('coordinate');
  const a = (k: number): Expression => loss(k, [i]);

  it('in other order are the same term: Σ_k Σ_{l=k}^{n−1} = Σ_{l<n} Σ_{k≤l}', () => {
    const first = sum(
      k => sum(l => multiply(a(k), loss(l, [i, i])), { index: k, shift: 0 }, { index: n, shift: -1 }),
      from0,
      toN,
    );
    const second = sum(l => sum(k => multiply(a(k), loss(l, [i, i])), from0, { index: l, shift: 0 }), from0, {
      index: n,
      shift: -1,
    });
    const wrong = sum(l => sum(k => multiply(a(k), loss(l, [i, i])), from0, { index: l, shift: 0 }), from0, toN);
    expect(sameExpression(first, second)).toBe(true);
    expect(sameExpression(first, wrong)).toBe(false);
  });

  it('over an empty range are zero', () => {
    expect(sum(a, { index: n, shift: 0 }, { index: n, shift: -1 })).toEqual(ZERO_EXPRESSION);
    expect(sum(a, { index: n, shift: 0 }, toN).terms).toHaveLength(1);
  });

  it('do not capture: (Σ_k a_k)(Σ_k a_k) has two indices', () => {
    const square = multiply(sum(a, from0, toN), sum(a, from0, toN));
    expect(square.terms[0]?.sorts).toHaveLength(2);
    expect(
      sameExpression(
        square,
        sum(k => multiply(a(k), a(k)), from0, toN),
      ),
    ).toBe(false);
  });

  it('of symmetric derivatives do not depend on their order', () => {
    const j = openIndex('coordinate');
    expect(sameExpression(loss(n, [i, j]), loss(n, [j, i]))).toBe(true);
    expect(sameExpression(loss(n, [i, j]), loss(n, [i, i]))).toBe(false);
  });
});

describe('templates', () => {
  it('are shared up to shifts: 1 − β^{n+1} and 1 − β^n are one template', () => {
    const power = (shift: number): Expression =>
      factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(variableForm(n, shift)));
    const first = abstract(subtract(ONE_EXPRESSION, power(1)), true);
    const second = abstract(subtract(ONE_EXPRESSION, power(0)), true);
    expect(first.template).toBe(second.template);
    expect(first.arguments).not.toEqual(second.arguments);
    expect(sameExpression(instantiate(first.template, first.arguments), subtract(ONE_EXPRESSION, power(1)))).toBe(true);
  });

  it('take a rational factor and a sign out, but no sign under a root', () => {
    const value = scale(subtract(symbol('b'), ONE_EXPRESSION), Rational.of(3, 2));
    expect(abstract(value, true).scale.toString()).toBe('-3/2');
    expect(abstract(value, false).scale.toString()).toBe('3/2');
  });

  it('of zero have zero inside, as in φ(0)', () => {
    for (const signed of [true, false]) {
      const { scale: by, template, arguments: args } = abstract(ZERO_EXPRESSION, signed);
      expect(by.toString()).toBe('1');
      expect(instantiate(template, args)).toEqual(ZERO_EXPRESSION);
    }
  });
});

describe('ring laws', () => {
  const k = openIndex('history');
  const leaf = fc.oneof(
    fc.integer({ min: -3, max: 3 }).map(value => scale(ONE_EXPRESSION, Rational.of(value))),
    fc.constantFrom('a', 'b').map(name => symbol(name)),
    fc.constantFrom(n, k).map(batch => loss(batch, [])),
    fc.constantFrom(0, -1).map(shift => sum(open => loss(open, []), from0, { index: n, shift })),
  );
  const { expression } = fc.letrec<{ expression: Expression }>(tie => ({
    expression: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => add(a, b)),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => multiply(a, b)),
    ),
  }));
  const equal = (a: Expression, b: Expression): void => expect(expressionKey(a)).toBe(expressionKey(b));

  it('hold', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(expression, expression, expression, (a, b, c) => {
        equal(add(a, b), add(b, a));
        equal(multiply(a, b), multiply(b, a));
        equal(multiply(multiply(a, b), c), multiply(a, multiply(b, c)));
        equal(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)));
        equal(add(a, negate(a)), ZERO_EXPRESSION);
      }),
      { numRuns: 60 },
    );
  });

  /** a = 2, b = 3, E_k = k² + k + 1 and n = 4, where Σ_{k ≤ n} E_k = 45 and Σ_{k < n} E_k = 24. */
  const world = {
    ring: new RationalRing(),
    dimension: 1,
    symbol: (name: string) => Rational.of(name === 'a' ? 2 : 3),
    loss: (batch: number | null) => Rational.of((batch ?? 0) ** 2 + (batch ?? 0) + 1),
  };
  const never = (): never => {
    throw new Error('nothing of this kind was drawn');
  };
  const worth = (value: Expression): string =>
    new Interpreter({
      ...world,
      moment: never,
      point: never,
      recursive: never,
      schedule: never,
      function: never,
      vectorFunction: never,
    })
      .value(
        value,
        new Map([
          [n, 4],
          [k, 7],
        ]),
      )
      .toString();
  const whole = sum(open => loss(open, []), from0, toN);

  it('are those of the values', () => {
    expect(worth(whole)).toBe('45');
    expect(worth(sum(open => loss(open, []), from0, { index: n, shift: -1 }))).toBe('24');
    expect(worth(loss(k, []))).toBe('57');
    fc.assert(
      fc.property(expression, expression, (a, b) => {
        const [left, right] = [a, b].map(each => BigInt(worth(each))) as [bigint, bigint];
        expect(worth(add(a, b))).toBe(String(left + right));
        expect(worth(multiply(a, b))).toBe(String(left * right));
        expect(worth(negate(a))).toBe(String(-left));
      }),
      { numRuns: 60 },
    );
  });

  it('would not hold for a product that forgets to rename bound indices', () => {
    const broken = {
      terms: whole.terms.map(term => ({ ...term, factors: [...term.factors, ...term.factors] })),
    };
    // Σ E_k² and not (Σ E_k)².
    expect(worth(broken)).toBe(String(1 + 9 + 49 + 169 + 441));
    expect(worth(multiply(whole, whole))).toBe(String(45 ** 2));
  });
});

describe('substitution', () => {
  it('is simultaneous and captures nothing', () => {
    const [a, b] = [openIndex('history'), openIndex('history')];
    const value = multiply(loss(a, []), symbol('x'), loss(b, []));
    const swapped = substituteIndices(
      value,
      new Map([
        [a, variableForm(b)],
        [b, variableForm(a)],
      ]),
    );
    expect(sameExpression(swapped, value)).toBe(true);
    const s = sum(k => multiply(loss(k, []), loss(a, [])), from0, toN);
    expect(substituteIndices(s, new Map([[a, variableForm(n)]])).terms[0]?.sorts).toHaveLength(1);
    expect(addForms(variableForm(a), constantForm(2))).toEqual(variableForm(a, 2));
  });
});
