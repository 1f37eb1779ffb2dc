/**
 * What makes expressions: powers, products over ranges, values put in for symbols, derivatives. Each is held against the same
 * thing done with numbers.
 */
import { differentiate, symbolRule } from '../../src/expression/calculus/differentiate.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  subtract,
} from '../../src/expression/core/expression.ts';
import { DIMENSION_INDEX, ITERATION_INDEX, openIndex } from '../../src/expression/core/indices.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import { absolute, power } from '../../src/expression/arithmetic/power.ts';
import { powerOfForm } from '../../src/expression/arithmetic/power-of-form.ts';
import { productOver } from '../../src/expression/arithmetic/product.ts';
import { wrap } from '../../src/expression/core/template.ts';
import { substituteSymbol } from '../../src/expression/calculus/substitute-symbol.ts';
import { Rational } from '../../src/number/rational.ts';
import { addForms, type LinearForm } from '../../src/number/linear-form.ts';
import type { Ball } from '../../src/evaluate/ring/ball.ts';
import { rationalPower } from '../../src/evaluate/ring/ring.ts';
import { SeriesRing } from '../../src/evaluate/ring/series-ring.ts';
import { type Indices, Interpreter } from '../../src/recheck/interpreter.ts';
import type { World } from '../../src/recheck/world.ts';
import { at, Draw, symbol } from './draw.ts';
import { ring, type Worth, worldWith } from './law.ts';
import type { Random } from './random.ts';

type Made = Omit<Worth, 'facts' | 'text'> & { readonly text?: string };

export interface Operation {
  readonly name: string;
  readonly make: (random: Random) => Worth;
}

const formValue = (form: LinearForm, indices: Indices): number =>
  form.terms.reduce((sum, [index, count]) => sum + count * (indices.get(index) ?? 0), form.constant);
const EXPONENTS = [
  Rational.of(1, 2),
  Rational.of(-1, 2),
  Rational.of(3, 2),
  Rational.of(2),
  Rational.of(-1),
  Rational.of(3),
  Rational.of(-2),
];

const base = (draw: Draw): Expression =>
  draw.random.oneOf([
    () =>
      multiply(
        power(draw.random.chance(50) ? formExpression(draw.place()) : draw.binomial(), Rational.of(2), draw.facts),
        draw.atom(),
      ),
    () => multiply(draw.scalar(), power(draw.atom(), Rational.of(draw.random.pick([1, 2, 2, -2, 4])), draw.facts)),
    () => multiply(power(draw.binomial(), Rational.of(draw.random.pick([2, 4, -1, 1])), draw.facts), draw.scalar()),
    () => add(draw.atom(), draw.scalar()),
    () => draw.quantity(1),
    () => multiply(draw.scalar(), draw.scalar()),
    () => draw.anything(1),
  ]);

/** Sums of fractions in an index: 1 − 1/(k+1)², k + 2/k − 3. */
function rational(draw: Draw, index: number): Expression {
  const { random } = draw;
  const form = (): LinearForm => ({ constant: random.int(-2, 3), terms: [[index, random.pick([1, 1, 1, 2, -1])]] });
  const below = form();
  const part = (): Expression =>
    random.oneOf([
      () => power(formExpression(below), Rational.of(-random.int(1, 2)), draw.facts),
      () => formExpression(form()),
      () => constant(1),
    ]);
  return add(
    constant(random.int(1, 2)),
    ...Array.from({ length: 2 }, () => multiply(constant(random.pick([1, -1, 2, -4])), part())),
  );
}

/** Π of a body over a range with any bounds. */
function product(draw: Draw): Made {
  const { random } = draw;
  const index = openIndex('history');
  const schedule = (shift: number): Expression =>
    factorExpression({ kind: 'schedule', name: 's', index: at(index, shift) });
  const shift = (): number => random.int(-2, 2);
  const b = random.oneOf([
    () => schedule(shift()),
    () => subtract(constant(1), multiply(symbol('b'), schedule(shift()))),
    () => formExpression(at(index, shift())),
    () => power(formExpression(at(index, shift())), Rational.minusOne, draw.facts),
    () =>
      multiply(
        formExpression(at(index, shift())),
        power(formExpression(at(index, shift())), Rational.minusOne, draw.facts),
      ),
    () =>
      multiply(
        schedule(shift()),
        power(schedule(shift()), Rational.minusOne, draw.facts),
        random.chance(50) ? symbol('b') : constant(2),
      ),
    () => subtract(constant(1), powerOfForm(symbol('b'), at(index, shift())) ?? constant(2)),
    () => draw.binomial(),
    () => symbol(random.pick(['b', 'w', 'c'])),
    () => rational(draw, index),
    () => multiply(wrap(rational(draw, index)), power(wrap(rational(draw, index)), Rational.minusOne, draw.facts)),
  ]);
  return ofProduct(b, index, draw.place(3), draw.place(3), draw, false);
}

function ofProduct(
  b: Expression,
  index: number,
  lower: LinearForm,
  upper: LinearForm,
  draw: Draw,
  keepsRanges: boolean,
): Made {
  return {
    given: [b, formExpression(lower), formExpression(upper)],
    result: productOver(b, index, lower, upper, draw.facts, keepsRanges),
    text: JSON.stringify({ lower, upper }),
    expected: (world, indices) => {
      const interpreter = new Interpreter(world);
      let value = ring.one;
      const all = new Map(indices).set(DIMENSION_INDEX, world.dimension);
      for (let i = formValue(lower, all); i <= formValue(upper, all); i += 1)
        value = ring.multiply(value, interpreter.value(b, new Map(indices).set(index, i)));
      return value;
    },
  };
}

/** Π over a range that is kept: factors that vanish, counted from either end, with ends such as 2n and n + p. */
function rangedProduct(draw: Draw): Made {
  const { random } = draw;
  const index = openIndex('history');
  const place = (): LinearForm =>
    random.oneOf([
      () => draw.place(3),
      () => draw.place(3),
      () => ({ constant: random.int(-3, 1), terms: [[ITERATION_INDEX, 2] as const] }),
      () => addForms(draw.place(1), at(DIMENSION_INDEX)),
    ]);
  const inside = (): LinearForm =>
    random.chance(50) ? at(index, random.int(-3, 2)) : addForms(draw.place(3), at(index), -1);
  const number = (): Expression => formExpression(inside());
  const b = random.oneOf([
    number,
    () => multiply(number(), number()),
    () => rational(draw, index),
    () => power(number(), Rational.of(random.pick([-1, 2, -2])), draw.facts),
    () => multiply(number(), power(number(), Rational.minusOne, draw.facts)),
    () => powerOfForm(symbol('c'), inside()) ?? constant(2),
    () => powerOfForm(symbol('b'), addForms(inside(), inside())) ?? constant(2),
    () => powerOfForm(constant(random.pick([-1, -2, 3])), inside()) ?? constant(2),
    () => multiply(symbol('c'), powerOfForm(symbol('b'), inside()) ?? constant(2)),
    () => absolute(number(), draw.facts),
    () => applyFunction('sign', 'odd', 0, number()),
    () =>
      multiply(
        symbol('b'),
        absolute(number(), draw.facts),
        power(number(), Rational.of(random.pick([-1, 1])), draw.facts),
      ),
    () => add(number(), symbol('b')),
    () => factorExpression({ kind: 'schedule', name: 's', index: inside() }),
  ]);
  return ofProduct(b, index, place(), place(), draw, true);
}

const operation = (name: string, make: (draw: Draw) => Made): Operation => ({
  name,
  make: random => {
    const draw = new Draw(random);
    return { text: '', facts: draw.facts, ...make(draw) };
  },
});

export const OPERATIONS: readonly Operation[] = [
  operation('power', draw => {
    const given = base(draw);
    const exponent = draw.random.pick(EXPONENTS);
    return {
      given: [given],
      result: power(given, exponent, draw.facts),
      expected: (world, indices) => rationalPower(ring, new Interpreter(world).value(given, indices), exponent),
      text: String(exponent),
    };
  }),
  operation('absolute', draw => {
    const given = base(draw);
    return {
      given: [given],
      result: absolute(given, draw.facts),
      expected: (world, indices) => ring.abs(new Interpreter(world).value(given, indices)),
    };
  }),
  operation('powerOfForm', draw => {
    const given = draw.random.oneOf([
      () => symbol(draw.unit()),
      () => draw.binomial(),
      () => constant(draw.random.pick([2, 3, 6, -1, -6])),
      () => multiply(symbol('b'), draw.binomial()),
      () => multiply(symbol('b'), power(symbol('r'), Rational.of(-2), draw.facts)),
    ]);
    const form = draw.gap();
    return {
      given: [given, formExpression(form)],
      result: powerOfForm(given, form) ?? given,
      text: JSON.stringify(form),
      expected: (world, indices) =>
        powerOfForm(given, form) === null
          ? new Interpreter(world).value(given, indices)
          : rationalPower(ring, new Interpreter(world).value(given, indices), Rational.of(formValue(form, indices))),
    };
  }),
  operation('productOver', product),
  operation('productOver with ranges kept', rangedProduct),
  operation('substituteSymbol', draw => {
    const given = draw.anything(2);
    const by = draw.random.oneOf([
      () => symbol('b'),
      () => constant(Rational.of(1, 3)),
      () => multiply(symbol('b'), symbol('r')),
      () => symbol('e'),
    ]);
    return {
      given: [given],
      result: substituteSymbol(given, 'w', by, draw.facts),
      expected: (world, indices) =>
        new Interpreter(worldWith(world, 'w', new Interpreter(world).value(by, indices))).value(given, indices),
    };
  }),
  operation('substituteSymbol at 0', draw => {
    const given = draw.anything(2);
    return {
      given: [given],
      result: substituteSymbol(given, 'w', constant(0), draw.facts),
      expected: (world, indices) => new Interpreter(worldWith(world, 'w', ring.zero)).value(given, indices),
    };
  }),
  operation('differentiate', draw => {
    const given = draw.anything(2);
    return {
      given: [given],
      result: differentiate(given, symbolRule('w')),
      // The coefficient of δ at w + δ.
      expected: (world, indices) => {
        const series = new SeriesRing(ring, 2);
        const lift = (value: Ball) => series.constant(value);
        const moved = {
          ring: series,
          dimension: world.dimension,
          symbol: (name: string) =>
            name === 'w' ? series.add(lift(world.symbol('w')), series.monomial(ring.one, 1)) : lift(world.symbol(name)),
          loss: (...args: Parameters<World<Ball>['loss']>) => lift(world.loss(...args)),
          moment: (...args: Parameters<World<Ball>['moment']>) => lift(world.moment(...args)),
          point: (...args: Parameters<World<Ball>['point']>) => lift(world.point(...args)),
          recursive: (...args: Parameters<World<Ball>['recursive']>) => lift(world.recursive(...args)),
          schedule: (...args: Parameters<World<Ball>['schedule']>) => lift(world.schedule(...args)),
          function: (name: string, order: number, argument: ReturnType<typeof lift>) => {
            const x = series.coefficient(argument, 0);
            return series.add(
              lift(world.function(name, order, x)),
              series.monomial(ring.multiply(world.function(name, order + 1, x), series.coefficient(argument, 1)), 1),
            );
          },
          vectorFunction: (): never => {
            throw new Error('none is drawn');
          },
        };
        return series.coefficient(new Interpreter(moved).value(given, indices), 1);
      },
    };
  }),
];
