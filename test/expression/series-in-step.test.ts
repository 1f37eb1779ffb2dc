/** Formulas with h read as series: what is left over falls as the next power of h, in numbers; quotients by h, kinks and powers x^h too. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt, refuse } from '../../src/base/problem.ts';
import type { Environment } from '../../src/evaluate/environment.ts';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import { Program } from '../../src/evaluate/program/program.ts';
import { FloatRing } from '../../src/evaluate/ring/float-ring.ts';
import type { Expression } from '../../src/expression/core/expression.ts';
import { FormulaReader } from '../../src/expression/read/from-formula.ts';
import type { Declaration } from '../../src/formula/declaration.ts';
import {
  addition,
  call,
  divide,
  multiplication,
  negation,
  number,
  parameter,
  root,
  step,
  subtraction,
  toPower,
} from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { type BigFloat, logarithmOfSize } from '../../src/number/big-float.ts';
import { Rational } from '../../src/number/rational.ts';
import { Interpreter } from '../../src/recheck/interpreter.ts';
import type { World } from '../../src/recheck/world.ts';

const DIGITS = 120;
const ring = new FloatRing(DIGITS);
const VALUES = new Map([
  ['x', Rational.of(3, 7)],
  ['y', Rational.of(5, 2)],
]);
const scalar = (name: string): BigFloat => ring.fromRational(VALUES.get(name) ?? refuse('no-value', name));
const nothing = (name: string): never => refuse('no-value', name);
const environmentAt = (h: Rational): Environment<BigFloat> => ({
  ring,
  point: [],
  dimension: 1,
  step: () => ring.fromRational(h),
  loss: () => nothing('E'),
  scalar,
  vector: nothing,
  function: nothing,
  schedule: nothing,
  iterate: () => nothing('θ'),
  state: nothing,
});
const world: World<BigFloat> = {
  ring,
  dimension: 1,
  symbol: scalar,
  loss: () => nothing('E'),
  moment: () => nothing('E'),
  point: () => nothing('θ'),
  recursive: () => nothing('s'),
  schedule: nothing,
  function: nothing,
  vectorFunction: nothing,
};
const declarations = ['x', 'y'].map(
  (name): Declaration => ({
    kind: 'scalar',
    name,
    domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
    span: null,
  }),
);

type Read = (formula: Formula, order: number) => readonly Expression[];
const read: Read = (formula, order) => new FormulaReader({ declarations, definitions: [], order }).read(formula);

const valueAt = (formula: Formula, h: Rational) =>
  attempt(() => new Evaluator(new Program({ declarations }), environmentAt(h)).value(formula, new Map()));

/** Steps so small that the next power of h is all that is seen of the rest. */
const [LARGE, SMALL] = [10, 14];
const powerOfTen = (power: number): Rational => Rational.of(1, 10n ** BigInt(power));

/** null: not read, or without a value at all; else whether the rest is of order h^{order+1}. */
function isRight(formula: Formula, order: number, how: Read): boolean | null {
  const series = attempt(() => how(formula, order));
  if (!series.ok) return null;
  const coefficients = series.value.map(each => attempt(() => new Interpreter(world).value(each, new Map())));
  const rests = [LARGE, SMALL].map(power => {
    const h = powerOfTen(power);
    const value = valueAt(formula, h);
    if (!value.ok) return null;
    let rest = value.value;
    for (const [q, each] of coefficients.entries())
      if (each.ok) rest = ring.subtract(rest, ring.multiply(each.value, ring.fromRational(h.power(q))));
    return logarithmOfSize(rest);
  });
  const [large, small] = rests;
  if (coefficients.some(each => !each.ok)) return large === null && small === null ? null : false;
  if (large === null || small === null || large === undefined || small === undefined) return false;
  if (small < -DIGITS / 2 - 5) return true;
  return small <= large - (SMALL - LARGE) * (order + 1) + 1;
}

const leaf = fc.constantFrom<Formula>(step, step, step, number(1), number(2), parameter('x'), parameter('y'));
const smooth = fc.constantFrom('exp', 'tanh', 'sin', 'cos', 'log');
const { tree } = fc.letrec<{ tree: Formula }>(tie => {
  const two = fc.tuple(tie('tree'), tie('tree'));
  return {
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      two.map(([a, b]) => addition(a, b)),
      two.map(([a, b]) => subtraction(a, b)),
      two.map(([a, b]) => multiplication(a, b)),
      two.map(([a, b]) => divide(a, b)),
      two.map(([a, b]) => divide(a, b)),
      fc.tuple(tie('tree'), fc.integer({ min: -3, max: 3 })).map(([a, power]) => toPower(a, number(power))),
      tie('tree').map(a => negation(a)),
      tie('tree').map(a => root(a)),
      tie('tree').map((a): Formula => ({ kind: 'absolute', span: null, argument: a })),
      tie('tree').map(a => call('sign', a)),
      fc.tuple(smooth, tie('tree')).map(([name, a]) => call(name, a)),
      tie('tree').map(a => toPower(parameter('x'), a)),
    ),
  };
});

/** The first formula that is read wrongly, and how many of those with h below a fraction were read. */
function lookAt(how: Read, runs: number): { readonly wrong: string | null; readonly usable: number } {
  let usable = 0;
  let wrong: string | null = null;
  fc.check(
    fc.property(tree, fc.integer({ min: 0, max: 3 }), (formula, order) => {
      const right = isRight(formula, order, how);
      if (right === true && order > 0) usable += 1;
      if (right === false) wrong = `${oneLine(formula)} to h^${order}`;
      return right !== false;
    }),
    { numRuns: runs, seed: 5 },
  );
  return { wrong, usable };
}

describe('formulas with h, read as series', () => {
  it('leave over what is of the next order, or are refused', { timeout: 60_000 }, () => {
    const { wrong, usable } = lookAt(read, 2000);
    expect(wrong).toBeNull();
    expect(usable).toBeGreaterThan(300);
  });
  it('would not if quotients were made of parts that are read to the order asked for (broken twin)', () => {
    const twin: Read = (formula, order) => {
      const reader = new FormulaReader({ declarations, definitions: [], order });
      reader.atOrder = (_, again) => again();
      return reader.read(formula);
    };
    expect(lookAt(twin, 2000).wrong).not.toBeNull();
  });
  it('would not if a sign, a bar or a root of what vanishes with h were that of its first coefficient (broken twin)', () => {
    const flatten = (formula: Formula): Formula => {
      if (formula.kind === 'call' && formula.name === 'sign') return multiplication(number(0), formula.argument);
      return formula;
    };
    expect(isRight(call('sign', step), 1, (formula, order) => read(flatten(formula), order))).toBe(false);
  });

  const [h, x] = [step, parameter('x')];
  it.each<[string, Formula, number, boolean | null]>([
    ['h²/h', divide(toPower(h, number(2)), h), 2, true],
    ['h²·(1/h)', multiplication(toPower(h, number(2)), divide(number(1), h)), 1, true],
    ['(e^h − 1)/h', divide(subtraction(call('exp', h), number(1)), h), 3, true],
    ['x^h', toPower(x, h), 2, true],
    ['(x^h − 1)/h', divide(subtraction(toPower(x, h), number(1)), h), 2, true],
    [
      '(1/h)(hx + h²)',
      multiplication(divide(number(1), h), addition(multiplication(h, x), toPower(h, number(2)))),
      1,
      true,
    ],
    ['h³h^{−2}', multiplication(toPower(h, number(3)), toPower(h, number(-2))), 1, true],
    ['1/(1/h)', divide(number(1), divide(number(1), h)), 1, true],
    ['h/(h + h²x)', divide(h, addition(h, multiplication(toPower(h, number(2)), x))), 2, true],
    ['1/h', divide(number(1), h), 1, null],
    [
      '1/h + x/h − (1 + x)/h',
      addition(divide(number(1), h), divide(x, h), negation(divide(addition(number(1), x), h))),
      1,
      true,
    ],
    ['√(h²)', root(toPower(h, number(2))), 1, null],
    ['|h|', { kind: 'absolute', span: null, argument: h }, 1, null],
    ['sign(h³)', call('sign', toPower(h, number(3))), 1, null],
    ['h²/(x − x + h)', divide(toPower(h, number(2)), addition(subtraction(x, x), h)), 1, true],
    [
      'h²/((x + 1)² − x² − 2x − 1 + h)',
      divide(
        toPower(h, number(2)),
        addition(
          toPower(addition(x, number(1)), number(2)),
          negation(toPower(x, number(2))),
          negation(multiplication(number(2), x)),
          negation(number(1)),
          h,
        ),
      ),
      1,
      true,
    ],
  ])('%s', (_, formula, order, expected) => {
    expect(isRight(formula, order, read)).toBe(expected);
  });
});
