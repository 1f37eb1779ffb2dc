/** Generators of expressions on which a given kind of rule fires. */
import {
  add,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  restrict,
  scale,
  substituteIndices,
  subtract,
  sumOver,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm, exponentOf } from '../../src/expression/core/factor.ts';
import {
  asAtom,
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  openIndex,
  ZERO,
} from '../../src/expression/core/indices.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import { absolute, power } from '../../src/expression/arithmetic/power.ts';
import { powerOfForm } from '../../src/expression/arithmetic/power-of-form.ts';
import { vectorTemplate, wrap } from '../../src/expression/core/template.ts';
import { addForms, constantForm, type LinearForm, scaleForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import { Budget } from '../../src/base/budget.ts';
import { unfold } from '../../src/rewrite/unfold.ts';
import { at, Draw, symbol } from './draw.ts';
import type { Generator } from './law.ts';
import type { Random } from './random.ts';

export const generator =
  (make: (draw: Draw) => Expression, kind: 'top' | 'any' = 'any'): Generator =>
  random => {
    const draw = new Draw(random, kind);
    return draw.drawn(make(draw));
  };

const some = (random: Random, most: number, make: () => Expression): Expression => add(...random.list(1, most, make));

/** (1 − b)^{n−k} and the like: a sum of hyperparameters to a power with indices. */
function sumToIndex(draw: Draw): Expression {
  const { random } = draw;
  const [one, other] = [random.pick(['b', 'r']), random.pick(['b', 'w', 'r'])];
  const base = random.oneOf([
    () => subtract(constant(1), symbol(one)),
    () => add(constant(1), symbol(one)),
    () => subtract(constant(1), multiply(symbol(one), symbol(other))),
  ]);
  return powerOfForm(base, draw.place(3)) ?? base;
}

/** Sums of powers and polynomials over ranges with competing and reversed bounds, in front of what may have no value. */
export const closable = (draw: Draw): Expression =>
  some(draw.random, 2, () =>
    draw.product(
      () => (draw.random.chance(30) ? draw.denominator() : draw.scalar()),
      () =>
        draw.sum(() => {
          const own = (): Expression =>
            draw.random.chance(20)
              ? multiply(draw.scalar(), sumToIndex(draw))
              : multiply(...draw.random.list(1, 2, () => draw.scalar()));
          return draw.random.chance(30) ? draw.product(own, () => draw.sum(own)) : own();
        }),
      () => (draw.random.chance(40) ? draw.quantity(0) : constant(1)),
    ),
  );

/** Beside numbers in n and p, where n + p or 2n + p is a number. */
function whereFormIs(draw: Draw): Expression {
  const { random } = draw;
  const n = at(ITERATION_INDEX);
  const whole = asAtom(addForms(random.chance(30) ? addForms(n, n) : n, at(DIMENSION_INDEX)));
  const index = whole?.index ?? ZERO;
  const c = random.int(1, 8);
  const number = (): Expression =>
    formExpression(at(random.pick([ITERATION_INDEX, DIMENSION_INDEX]), random.int(-2, 2)));
  return restrict(multiply(number(), number(), draw.atom()), [
    { left: index, right: ZERO, bound: c },
    { left: ZERO, right: index, bound: random.chance(80) ? -c : 1 - c },
  ]);
}

export const conditioned = (draw: Draw): Expression =>
  some(draw.random, 3, () =>
    draw.random.oneOf([
      () => whereFormIs(draw),
      () =>
        draw.restricted(
          draw.product(
            () => draw.scalar(),
            () => draw.quantity(0),
          ),
        ),
      () =>
        draw.restricted(
          draw.product(
            () => draw.scalar(),
            () => draw.atom(),
          ),
        ),
      () =>
        draw.sum(() =>
          draw.product(
            () => draw.scalar(),
            () => draw.atom(),
          ),
        ),
      () =>
        draw.restricted(
          draw.sum(() =>
            draw.product(
              () => draw.scalar(),
              () => draw.atom(),
            ),
          ),
        ),
    ]),
  );

export const sums = (draw: Draw): Expression =>
  add(
    ...draw.random.list(2, 3, () =>
      draw.random.chance(20)
        ? draw.sumOfCoordinates(() =>
            draw.product(
              () => draw.scalar(),
              () => draw.atom(),
            ),
          )
        : draw.sum(() =>
            draw.product(
              () => draw.scalar(),
              () => draw.atom(),
              () => (draw.random.chance(30) ? draw.sum(() => draw.atom()) : constant(1)),
            ),
          ),
    ),
  );

export const fractions = (draw: Draw): Expression => {
  const shared = draw.denominator();
  const by = draw.binomial();
  return add(
    ...draw.random.list(1, 3, () =>
      draw.product(
        () => (draw.random.chance(60) ? shared : draw.denominator()),
        () => (draw.random.chance(50) ? by : draw.scalar()),
        () => (draw.random.chance(30) ? draw.atom() : constant(1)),
        () => (draw.random.chance(20) ? draw.restricted(constant(1)) : constant(1)),
      ),
    ),
    draw.random.chance(30)
      ? draw.product(
          () => draw.scalar(),
          () => draw.atom(),
        )
      : constant(0),
  );
};

/** Fractions that have a common denominator which cancels. */
export const cancelling = (draw: Draw): Expression => {
  const { random } = draw;
  const m = draw.binomial();
  const below = power(m, Rational.of(-random.int(1, 2)), draw.facts);
  const parts = random.list(1, 2, () =>
    draw.product(
      () => draw.scalar(),
      () => (random.chance(40) ? draw.atom() : constant(1)),
    ),
  );
  return add(
    ...m.terms.flatMap(term => parts.map(part => multiply({ terms: [term] }, part, below))),
    random.chance(30) ? multiply(draw.denominator(), draw.scalar()) : constant(0),
  );
};

export const rationalInN = (draw: Draw): Expression => {
  const factor = (): Expression =>
    factorExpression(
      { kind: 'index', index: at(ITERATION_INDEX, draw.random.int(-3, 3)) },
      exponentOf(draw.random.pick([-2, -1, -1, 1, 2])),
    );
  const rest = draw.random.list(1, 2, () => (draw.random.chance(50) ? draw.scalar() : draw.atom()));
  return some(draw.random, 3, () =>
    draw.product(
      () => constant(Rational.of(draw.random.int(1, 5), draw.random.int(1, 3))),
      factor,
      () => (draw.random.chance(60) ? factor() : constant(1)),
      () => draw.random.pick(rest),
      () => (draw.random.chance(20) ? draw.restricted(constant(1)) : constant(1)),
    ),
  );
};

export const products = (draw: Draw): Expression =>
  some(draw.random, 2, () =>
    draw.product(
      () => draw.scalar(),
      () =>
        draw.random.chance(60)
          ? draw.quantity(1)
          : power(add(draw.scalar(), draw.binomial()), Rational.of(2), draw.facts),
      () => (draw.random.chance(40) ? wrap(add(draw.scalar(), draw.scalar())) : draw.quantity(0)),
    ),
  );

/** Roots of squares, of products, of sums with common factors. */
export const roots = (draw: Draw): Expression => {
  const { random } = draw;
  const square = (): Expression => power(random.chance(50) ? draw.atom() : draw.binomial(), Rational.of(2), draw.facts);
  const inside = (): Expression =>
    random.oneOf([
      () => multiply(square(), add(square(), multiply(draw.scalar(), draw.scalar()))),
      () => {
        const common = random.chance(50)
          ? square()
          : multiply(symbol(random.pick(['b', 'r', 'w', 'e', 'c'])), draw.scalar());
        return add(multiply(common, square()), multiply(common, draw.weight()));
      },
      () => add(multiply(square(), draw.denominator()), draw.weight()),
      () =>
        add(
          draw.sum(() => multiply(square(), draw.weight())),
          multiply(draw.denominator(), square()),
        ),
      () => multiply(square(), draw.weight(), symbol(random.pick(['b', 'r', 'w', 'e', 'c']))),
    ]);
  return some(random, 2, () =>
    multiply(
      draw.scalar(),
      power(random.chance(50) ? wrap(inside()) : inside(), Rational.of(random.pick([1, -1, 3, -3, 1]), 2), draw.facts),
      random.chance(30) ? power(inside(), Rational.of(random.pick([-1, -2])), draw.facts) : constant(1),
      random.chance(30) ? draw.quantity(0) : constant(1),
    ),
  );
};

export const classes = (draw: Draw): Expression => {
  const { random } = draw;
  const base = random.chance(60) ? add(draw.atom(), draw.scalar()) : draw.binomial();
  const to = (): Expression => power(base, Rational.of(random.pick([-1, -2, 1, 2, -1])), draw.facts);
  const square = power(base, Rational.of(2), draw.facts);
  const root = (): Expression =>
    power(add(square, multiply(draw.atom(), draw.atom())), Rational.of(random.pick([-1, 1, -3]), 2), draw.facts);
  return add(
    ...random.list(1, 3, () =>
      draw.product(
        () => draw.scalar(),
        () => (random.chance(30) ? root() : random.chance(30) ? draw.denominator() : to()),
        () => (random.chance(40) ? draw.atom() : constant(1)),
        () => (random.chance(20) ? draw.restricted(constant(1)) : constant(1)),
      ),
    ),
  );
};

/** Σ of the body over low ≤ x ≤ high. */
export function sumBetween(low: LinearForm, high: LinearForm, body: (x: LinearForm) => Expression): Expression {
  const index = openIndex('history');
  const side = (form: LinearForm): number => form.terms[0]?.[0] ?? ZERO;
  return sumOver(body(at(index)), index, 'history', [
    { left: side(low), right: index, bound: -low.constant },
    { left: index, right: side(high), bound: high.constant },
  ]);
}

/** One quantity in two forms: its last or first term apart, multiplied, with terms that do not belong to it. */
export const twoForms = (draw: Draw): Expression => {
  const { random } = draw;
  const rate = random.pick(['b', 'r', 'w']);
  const to = (form: LinearForm): Expression => factorExpression({ kind: 'symbol', name: rate }, exponentFromForm(form));
  const gradient = (batch: LinearForm): Expression =>
    factorExpression({ kind: 'loss', batch, coordinates: [at(COMPONENT_INDEX)], at: null });
  const n = (shift: number): LinearForm => at(ITERATION_INDEX, shift);
  const moment = (last: number, first = 0): Expression =>
    sumBetween(constantForm(first), n(last), k => multiply(to(addForms(n(last), k, -1)), gradient(k)));
  const last = random.int(-2, 1);
  const other = random.oneOf([
    () => add(gradient(n(last)), multiply(symbol(rate), moment(last - 1))),
    () => add(multiply(to(n(last)), gradient(constantForm(0))), moment(last, 1)),
    () => scale(moment(last), Rational.of(random.pick([-1, 1, 3]), 2)),
    () => sumBetween(constantForm(0), n(last), k => multiply(to(k), gradient(addForms(n(last), k, -1)))),
    () => add(moment(last + 1), scale(gradient(n(last + 1)), Rational.minusOne)),
  ]);
  const part = (): Expression =>
    random.chance(50) ? constant(1) : multiply(draw.scalar(), random.chance(30) ? draw.atom() : constant(1));
  const shift = random.int(-1, 1);
  const used = (value: Expression): Expression =>
    random.chance(70) ? wrap(value) : power(wrap(value), Rational.of(random.pick([2, -1])), draw.facts);
  return subtract(
    multiply(used(moment(last)), part()),
    multiply(substituteIndices(used(other), new Map([[ITERATION_INDEX, n(shift)]])), part()),
  );
};

/** Fractions that add to zero wherever they have a value, in different writings; now and then something that does not. */
export const zeros = (draw: Draw): Expression => {
  const { random } = draw;
  const [x, y] = [draw.binomial(), draw.binomial()];
  const inverse = (of: Expression): Expression => power(of, Rational.minusOne, draw.facts);
  const rest = random.chance(50) ? draw.atom() : constant(1);
  const difference = random.oneOf([
    // 1/x − 1/y = (y − x)/(xy)
    () => subtract(subtract(inverse(x), inverse(y)), multiply(subtract(y, x), inverse(x), inverse(y))),
    () => subtract(multiply(wrap(x), inverse(y)), multiply(x, inverse(y))),
    () => subtract(multiply(x, inverse(x)), constant(1)),
    () => subtract(power(wrap(x), Rational.of(2), draw.facts), multiply(x, x)),
  ]);
  const value = multiply(random.chance(25) ? add(difference, draw.scalar()) : difference, rest, draw.scalar());
  return random.chance(25) ? draw.restricted(value) : value;
};

/** Products of the same factors, which may vanish, over ranges that begin and end a little apart. */
export const overRanges = (draw: Draw): Expression => {
  const { random } = draw;
  const index = openIndex('history');
  const shift = random.int(-3, 1);
  const body = random.oneOf([
    () => formExpression(at(index, shift)),
    () => power(formExpression(at(index, shift)), Rational.of(random.pick([2, -1])), draw.facts),
    () => add(formExpression(at(index, shift)), scale(symbol('c'), Rational.of(random.int(0, 1)))),
    () =>
      wrap(
        add(
          multiply(symbol('b'), formExpression(at(index, shift))),
          draw.sum(() => draw.weight()),
        ),
      ),
  ]);
  const { template, arguments: args } = vectorTemplate(body, index);
  const made = (first: LinearForm, last: LinearForm): Expression =>
    factorExpression(
      { kind: 'product', template, arguments: args, lower: first, upper: last },
      exponentOf(random.chance(85) ? 1 : -1),
    );
  const ends = (): readonly [LinearForm, LinearForm] => {
    const outer = draw.scope.times;
    return random.oneOf<readonly [LinearForm, LinearForm]>([
      () => [constantForm(random.int(-1, 2)), at(ITERATION_INDEX, random.int(-1, 2))],
      () => [at(ITERATION_INDEX, random.int(-2, 0)), at(ITERATION_INDEX, random.int(-1, 2))],
      () => [at(random.pick(outer), random.int(-1, 1)), at(ITERATION_INDEX, random.int(-1, 1))],
      () => [at(ITERATION_INDEX, random.int(-1, 1)), at(DIMENSION_INDEX, random.int(-1, 1))],
    ]);
  };
  const [first, last] = ends();
  const near = (form: LinearForm): LinearForm => ({ ...form, constant: form.constant + random.int(-1, 2) });
  return add(
    ...random.list(2, 3, () =>
      draw.product(
        () => draw.scalar(),
        () =>
          random.chance(70)
            ? made(near(first), near(last))
            : draw.sum(() =>
                draw.product(
                  () => draw.weight(),
                  () => made(...ends()),
                ),
              ),
        () => (random.chance(25) ? draw.restricted(constant(1)) : constant(1)),
      ),
    ),
  );
};

/** Sums over ranges of few times, some beside others and inside of them. */
export const shortSums = (draw: Draw): Expression => {
  const { random } = draw;
  const body = (): Expression =>
    draw.product(
      () => draw.scalar(),
      () => draw.atom(),
    );
  const short = (inner: () => Expression): Expression => {
    const index = openIndex('history');
    const outer = draw.scope;
    const from = draw.place();
    draw.scope = { ...outer, times: [...outer.times, index, index] };
    const made = inner();
    draw.scope = outer;
    const side = from.terms[0]?.[0] ?? ZERO;
    const last = from.constant + random.int(-1, 4);
    return sumOver(made, index, 'history', [
      { left: side, right: index, bound: -from.constant },
      { left: index, right: side, bound: last },
      ...(random.chance(30) ? draw.bounds(index) : []),
    ]);
  };
  return some(random, 2, () =>
    random.oneOf([
      () => short(body),
      () => draw.sum(() => short(body)),
      () =>
        short(() =>
          draw.product(
            () => draw.weight(),
            () => draw.sum(body),
          ),
        ),
      () => draw.sumOfCoordinates(() => short(body)),
    ]),
  );
};

/** Powers of the sign of one quantity beside powers of its absolute value and of itself, under sums too; it may vanish. */
export const signsTimesSizes = (draw: Draw): Expression => {
  const { random } = draw;
  const product = (): Expression => {
    const u = random.oneOf([
      () => symbol(random.pick(['b', 'w', 'c'])),
      () => draw.atom(),
      () => formExpression(draw.gap()),
      () => add(draw.atom(), scale(draw.atom(), Rational.minusOne)),
    ]);
    const times = (value: Expression, least: number): Expression =>
      power(value, Rational.of(random.int(least, 3)), draw.facts);
    const parts = [
      times(applyFunction('sign', 'odd', 0, u), 1),
      times(absolute(random.chance(80) ? u : scale(u, Rational.minusOne), draw.facts), 0),
      times(u, 0),
    ];
    return multiply(draw.scalar(), ...parts.filter(() => random.chance(80)));
  };
  return some(random, 2, () => (random.chance(40) ? draw.sum(product) : product()));
};

/** Elementary functions of sums and fractions, to powers, beside each other and inside of quotients; under sums too. */
export const elementary = (draw: Draw): Expression => {
  const { random } = draw;
  const argument = (): Expression =>
    some(random, 2, () =>
      scale(
        random.oneOf([
          () => symbol(random.pick(['b', 'r', 'w', 'c'])),
          () => draw.atom(),
          () => multiply(symbol('b'), draw.atom()),
          () => constant(1),
        ]),
        Rational.of(random.pick([1, 1, -1, 2, -3]), random.pick([1, 1, 2, 3])),
      ),
    );
  const one = (): Expression => {
    // e^{r log x} among them.
    if (random.chance(15)) {
      const logarithm = applyFunction(
        'log',
        null,
        0,
        some(random, 2, () => symbol(random.pick(['b', 'r', 'w', 'c']))),
      );
      const times = Rational.of(random.pick([1, -1, 2, 3]), random.pick([1, 1, 2]));
      const often = random.chance(30) ? formExpression(draw.place(2)) : constant(times);
      return applyFunction(
        'exp',
        null,
        0,
        add(multiply(logarithm, often), random.chance(50) ? argument() : constant(0)),
      );
    }
    const [name, parity] = random.pick([
      ['exp', null],
      ['sinh', 'odd'],
      ['cosh', 'even'],
      ['tanh', 'odd'],
      ['cos', 'even'],
      ['sin', 'odd'],
    ] as const);
    return power(applyFunction(name, parity, 0, argument()), Rational.of(random.pick([1, 1, 2, 3, -1])), draw.facts);
  };
  const product = (): Expression =>
    draw.product(
      () => draw.scalar(),
      one,
      () => (random.chance(40) ? one() : constant(1)),
    );
  const part = (): Expression => (random.chance(30) ? draw.sum(product) : product());
  return some(random, 2, () =>
    random.chance(25) ? multiply(wrap(add(part(), draw.scalar())), draw.scalar()) : part(),
  );
};

/** Logarithms of products and sums with parts that are positive, or may be anything, and exponentials beside them. */
export const logarithmic = (draw: Draw): Expression => {
  const { random } = draw;
  const part = (): Expression =>
    random.oneOf([
      () => symbol(random.pick(['b', 'r', 'w', 'c'])),
      () => subtract(constant(1), symbol(random.pick(['b', 'r', 'w', 'c']))),
      () => subtract(constant(1), power(symbol('b'), Rational.of(2), draw.facts)),
      () => draw.scalar(),
      () => draw.atom(),
      () => applyFunction('exp', null, 0, draw.atom()),
      () => constant(Rational.of(random.int(2, 12), random.int(1, 6))),
      product,
    ]);
  const product = (): Expression => {
    const own = openIndex('history');
    const value = (): Expression => factorExpression({ kind: 'schedule', name: 's', index: at(own) }, exponentOf(2));
    const body = random.pick([
      add(constant(1), value()),
      multiply(symbol('b'), add(constant(2), value())),
      factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(at(own))),
    ]);
    const { template, arguments: args } = vectorTemplate(body, own);
    const upper = { ...at(random.pick(draw.scope.times)), constant: random.int(-1, 1) };
    const lower = random.chance(50) ? {} : { lower: constantForm(random.int(-1, 2)) };
    return factorExpression({ kind: 'product', template, arguments: args, upper, ...lower });
  };
  const argument = (): Expression =>
    multiply(
      ...random.list(1, 3, () => power(part(), Rational.of(random.pick([1, 1, 2, -1])), draw.facts)),
      constant(random.pick([1, 1, -1])),
    );
  const logarithm = (): Expression => applyFunction('log', null, 0, argument());
  const one = (): Expression => power(logarithm(), Rational.of(random.pick([1, 1, 1, 2, -1])), draw.facts);
  return some(random, 2, () => draw.product(() => draw.scalar(), one));
};

/** Signs and absolute values of differences of indices, of products and sums, and of what is surely positive, under sums too. */
export const signed = (draw: Draw): Expression => {
  const { random } = draw;
  const index = (): Expression =>
    random.chance(20)
      ? scale(
          formExpression(addForms({ ...at(ITERATION_INDEX, random.int(-6, 1)) }, at(DIMENSION_INDEX))),
          Rational.of(random.pick([1, -1])),
        )
      : scale(
          formExpression(random.chance(50) ? draw.gap() : draw.place(3)),
          Rational.of(random.pick([1, 1, -1, 2]), 3),
        );
  const plain = (): Expression =>
    random.oneOf([
      index,
      () => symbol(random.pick(['b', 'r', 'w', 'e', 'c'])),
      () => draw.weight(),
      () => draw.atom(),
      () => add(constant(random.int(0, 2)), scale(draw.weight(), Rational.of(random.pick([1, -1])))),
    ]);
  /** A product, multiplied out: 1 − x², n² − n − 6, c² − cr. */
  const factored = (): Expression => {
    const factor = (): Expression =>
      add(
        scale(plain(), Rational.of(random.pick([1, 2]))),
        scale(random.chance(50) ? constant(1) : plain(), Rational.of(random.pick([1, -1]))),
      );
    const [one, other] = [factor(), random.chance(30) ? constant(1) : factor()];
    return unfold(multiply(one, other, random.chance(30) ? one : constant(1)), Budget.unlimited());
  };
  const argument = (): Expression =>
    random.oneOf([
      plain,
      index,
      factored,
      () => multiply(plain(), plain()),
      () => add(multiply(symbol('c'), draw.weight()), multiply(symbol('c'), index())),
      () => multiply(add(symbol('c'), index()), power(plain(), Rational.of(random.pick([-1, 2])), draw.facts)),
      () => draw.sum(() => multiply(plain(), plain())),
    ]);
  const jump = (): Expression => {
    const u = argument();
    const base = random.chance(50) ? applyFunction('sign', 'odd', 0, u) : absolute(u, draw.facts);
    return power(base, Rational.of(random.pick([1, 1, 1, 2, -1, 3])), draw.facts);
  };
  const product = (): Expression =>
    draw.product(
      () => draw.scalar(),
      jump,
      () => (random.chance(40) ? jump() : constant(1)),
    );
  const part = (): Expression => (random.chance(40) ? draw.sum(product) : product());
  return some(random, 2, () =>
    random.chance(30) ? multiply(wrap(add(part(), draw.scalar())), draw.scalar()) : part(),
  );
};

/** Sums of rational functions of the summed index, with poles that may lie in the range. */
export const rationalSums = (draw: Draw): Expression => {
  const { random } = draw;
  return some(random, 2, () =>
    multiply(
      draw.scalar(),
      draw.sum(() => {
        const place = draw.place(2);
        const shifted = (): Expression =>
          factorExpression(
            { kind: 'index', index: { ...place, constant: place.constant + random.int(-2, 3) } },
            exponentOf(random.pick([-1, -1, -2, 1, 2])),
          );
        return multiply(draw.scalar(), ...random.list(2, 3, shifted));
      }),
    ),
  );
};

/** Sums of powers of one symbol and two beside c − u with u such a power, which may vanish or be 0 in the range. */
export const powersOverLess = (draw: Draw): Expression => {
  const { random } = draw;
  const to = (name: string, form: LinearForm): Expression =>
    factorExpression({ kind: 'symbol', name }, exponentFromForm(form));
  return some(random, 2, () =>
    multiply(
      draw.scalar(),
      draw.sum(() => {
        const place = draw.place(2);
        const name = random.pick(['b', 'r', 'b', 'w']);
        const times = random.pick([1, 1, 2, -1]);
        const u = multiply(
          constant(random.pick([1, 1, 2, -1])),
          to(name, scaleForm(place, times)),
          random.chance(40)
            ? to(random.pick(['w', 'r', 'c', 'c']), random.chance(40) ? place : constantForm(1))
            : constant(1),
        );
        const below = power(
          subtract(constant(random.pick([1, 1, 1, 2, -3])), u),
          Rational.of(random.pick([-1, -1, -2])),
          draw.facts,
        );
        const above = to(
          name,
          scaleForm({ ...place, constant: random.int(-1, 2) }, times * random.pick([-2, -1, 1, 2])),
        );
        return multiply(draw.scalar(), above, below, random.chance(30) ? draw.atom() : constant(1));
      }),
    ),
  );
};

/** Sums counted down from an end. */
export const countedDown = (draw: Draw): Expression => {
  const { random } = draw;
  return some(random, 2, () => {
    const end = at(random.pick(draw.scope.times));
    const low = random.chance(60) ? constantForm(random.int(-1, 2)) : { ...end, constant: random.int(-4, 0) };
    const sum = sumBetween(low, { ...end, constant: random.int(-2, 2) }, index => {
      const down = addForms(end, index, -1);
      const shifted = (): LinearForm => ({ ...down, constant: down.constant + random.int(-1, 2) });
      return multiply(
        random.chance(50)
          ? factorExpression({ kind: 'schedule', name: 's', index: shifted() })
          : factorExpression({ kind: 'index', index: shifted() }, exponentOf(-1)),
        factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(random.chance(50) ? index : shifted())),
        random.chance(30) ? factorExpression({ kind: 'index', index }) : constant(1),
      );
    });
    return multiply(draw.scalar(), sum);
  });
};

/** Cumulative products up to a summed index, beside powers of what they are made of; the index may go below −1. */
export const joinable = (draw: Draw): Expression => {
  const { random } = draw;
  const own = openIndex('history');
  const body = random.oneOf<(form: LinearForm) => Expression>([
    () => form => factorExpression({ kind: 'schedule', name: 's', index: form }),
    () => form => factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(form)),
    () => form => factorExpression({ kind: 'symbol', name: 'w' }, exponentFromForm(form)),
    () => {
      const shift = random.int(-1, 2);
      return form => formExpression({ ...form, constant: form.constant + shift });
    },
  ]);
  const { template, arguments: args } = vectorTemplate(body(at(own)), own);
  return some(random, 2, () => {
    const end = at(random.pick(draw.scope.times));
    const low = random.chance(60) ? constantForm(random.int(-3, 1)) : { ...end, constant: random.int(-5, 0) };
    const sum = sumBetween(low, { ...end, constant: random.int(-1, 2) }, index => {
      const near = (): LinearForm => ({ ...index, constant: index.constant + random.int(-1, 2) });
      const to = random.pick([1, 1, -1, 2]);
      const slope = random.int(-2, 2);
      return multiply(
        power(
          factorExpression({ kind: 'product', template, arguments: args, upper: near() }),
          Rational.of(to),
          draw.facts,
        ),
        power(body(near()), Rational.of(random.pick([to, -to, 1, -1])), draw.facts),
        factorExpression(
          { kind: 'symbol', name: random.pick(['b', 'w']) },
          exponentFromForm({
            constant: random.int(-1, 1),
            terms: slope === 0 ? [] : index.terms.map(([i, by]) => [i, slope * by]),
          }),
        ),
      );
    });
    return multiply(draw.scalar(), sum);
  });
};

/** Sums of fractions with 1 − b^{x+c} below. */
export const remaindered = (draw: Draw): Expression => {
  const { random } = draw;
  return some(random, 2, () =>
    sumBetween(constantForm(0), at(ITERATION_INDEX), x => {
      const raised = powerOfForm(symbol(random.pick(['b', 'r'])), addForms(x, constantForm(random.int(1, 2))));
      const below = subtract(constant(1), raised ?? constant(0));
      return multiply(
        power(below, Rational.of(-random.int(1, 3)), draw.facts),
        random.chance(60) ? formExpression(x) : draw.weight(),
        random.chance(30) ? draw.atom() : constant(1),
      );
    }),
  );
};

/** Products beside a part of the factor next to them: Σ_x s_x Π_{k=x+1}^{n} (1 − s_k), at other places and over any ranges too. */
export const parted = (draw: Draw): Expression => {
  const { random } = draw;
  const own = openIndex('history');
  const part = random.oneOf<(form: LinearForm) => Expression>([
    () => form => factorExpression({ kind: 'schedule', name: 's', index: form }),
    () => form => factorExpression({ kind: 'symbol', name: 'b' }, exponentFromForm(form)),
    () => form =>
      multiply(
        factorExpression({ kind: 'symbol', name: 'w' }),
        factorExpression({ kind: 'schedule', name: 's', index: form }, exponentOf(2)),
      ),
  ]);
  const [beside, by] = [random.pick([1, 1, 2]), random.pick([1, -1, -3])];
  const body = (form: LinearForm): Expression => add(constant(beside), multiply(constant(by), part(form)));
  const { template, arguments: args } = vectorTemplate(body(at(own)), own);
  return some(random, 2, () => {
    const end = at(random.pick(draw.scope.times));
    const low = random.chance(60) ? constantForm(random.int(-3, 1)) : { ...end, constant: random.int(-5, 0) };
    const sum = sumBetween(low, { ...end, constant: random.int(-1, 2) }, index => {
      const moved = (least: number, most: number): LinearForm => ({
        ...index,
        constant: index.constant + random.int(least, most),
      });
      const product = random.oneOf<Expression>([
        () => factorExpression({ kind: 'product', template, arguments: args, upper: moved(-1, 1) }),
        () => factorExpression({ kind: 'product', template, arguments: args, upper: moved(-1, 1) }, exponentOf(-1)),
        () =>
          factorExpression({
            kind: 'product',
            template,
            arguments: args,
            lower: constantForm(random.int(-2, 2)),
            upper: moved(-1, 1),
          }),
        () =>
          factorExpression({
            kind: 'product',
            template,
            arguments: args,
            lower: moved(0, 2),
            upper: { ...end, constant: random.int(-1, 3) },
          }),
      ]);
      return multiply(product, part(moved(-1, 2)), random.chance(30) ? part(moved(-1, 1)) : constant(1));
    });
    return multiply(draw.scalar(), sum);
  });
};

/** Sums with some of their terms beside them, or cut in two, over ranges that may be empty by any number. */
export const cutSums = (draw: Draw): Expression => {
  const { random } = draw;
  const index = openIndex('history');
  const body = multiply(
    random.chance(50) ? factorExpression({ kind: 'schedule', name: 's', index: at(index) }) : constant(1),
    factorExpression(
      { kind: 'symbol', name: random.pick(['b', 'w', 'c']) },
      exponentFromForm(at(index, random.int(-1, 1))),
    ),
  );
  const place = (form: LinearForm): Expression => substituteIndices(body, new Map([[index, form]]));
  const low = random.chance(60)
    ? constantForm(random.int(-1, 2))
    : at(random.pick(draw.scope.times), random.int(-3, 0));
  const high = at(random.pick([ITERATION_INDEX, ITERATION_INDEX, DIMENSION_INDEX]), random.int(-2, 2));
  const moved = (form: LinearForm, by: number): LinearForm => ({ ...form, constant: form.constant + by });
  const over = (first: LinearForm, last: LinearForm): Expression => sumBetween(first, last, form => place(form));
  const sign = (): Rational => Rational.of(random.pick([1, -1]));
  return multiply(
    draw.scalar(),
    add(
      over(low, high),
      random.chance(40) ? over(moved(high, random.int(0, 2)), moved(high, random.int(1, 4))) : constant(0),
      ...random.list(1, 2, () => scale(place(moved(high, random.int(-1, 2))), sign())),
      random.chance(50) ? scale(place(moved(low, random.int(-2, 1))), sign()) : constant(0),
    ),
  );
};
