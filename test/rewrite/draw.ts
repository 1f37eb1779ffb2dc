/**
 * Random expressions of the normal form, a generator for each kind of rule: ranges that are empty by any number, several bounds
 * at once, labels before 0 and after n, exponents and denominators that vanish or are negative at some integers.
 */
import { type Assumptions, assumptionsOf, withIndices } from '../../src/expression/arithmetic/assumptions.ts';
import type { Constraint } from '../../src/expression/core/domain.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  restrict,
  scale,
  subtract,
  sumOver,
} from '../../src/expression/core/expression.ts';
import { exponentFromForm } from '../../src/expression/core/factor.ts';
import { applyFunction } from '../../src/expression/arithmetic/functions.ts';
import { IndexFacts } from '../../src/expression/core/index-facts.ts';
import {
  asAtom,
  COMPONENT_INDEX,
  DIMENSION_INDEX,
  ITERATION_INDEX,
  openIndex,
  ZERO,
} from '../../src/expression/core/indices.ts';
import { absolute, power } from '../../src/expression/arithmetic/power.ts';
import { powerOfForm } from '../../src/expression/arithmetic/power-of-form.ts';
import { productOver } from '../../src/expression/arithmetic/product.ts';
import { wrap } from '../../src/expression/core/template.ts';
import type { Declaration, Domain } from '../../src/formula/declaration.ts';
import { addForms, constantForm, type LinearForm, scaleForm, variableForm } from '../../src/number/linear-form.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Drawn } from './law.ts';
import type { Random } from './random.ts';

const number = (value: number): Rational => Rational.of(value);
const UNIT: Domain = { lower: number(0), lowerOpen: true, upper: number(1), upperOpen: true };
const WITH_ZERO: Domain = { lower: number(0), lowerOpen: false, upper: number(1), upperOpen: true };
const NOT_NEGATIVE: Domain = { lower: number(0), lowerOpen: false, upper: null, upperOpen: true };

const DECLARATIONS: readonly Declaration[] = [
  { kind: 'scalar', name: 'b', domain: UNIT, span: null },
  { kind: 'scalar', name: 'r', domain: UNIT, span: null },
  { kind: 'scalar', name: 'w', domain: WITH_ZERO, span: null },
  { kind: 'scalar', name: 'e', domain: NOT_NEGATIVE, span: null },
];
const TOP = assumptionsOf(DECLARATIONS);
/** A free letter of the statement. */
export const LETTER = openIndex('history');
const N: Constraint = { left: ZERO, right: ITERATION_INDEX, bound: 0 };

export const symbol = (name: string): Expression => factorExpression({ kind: 'symbol', name });
export const at = (index: number, shift = 0): LinearForm => variableForm(index, shift);

/** Indices that a part may use. */
export interface Scope {
  readonly times: readonly number[];
  readonly coordinates: readonly number[];
}
export const OUTSIDE: Scope = { times: [ITERATION_INDEX], coordinates: [COMPONENT_INDEX] };

export class Draw {
  readonly random: Random;
  readonly facts: Assumptions;
  scope: Scope;

  constructor(random: Random, kind: 'top' | 'any' = 'any') {
    this.random = random;
    this.facts = kind === 'top' ? TOP : withIndices(TOP, this.#facts());
    this.scope = random.chance(25) ? { ...OUTSIDE, times: [ITERATION_INDEX, LETTER] } : OUTSIDE;
  }

  drawn(before: Expression): Drawn {
    return { before, facts: this.facts };
  }

  #facts(): IndexFacts {
    const { random } = this;
    if (random.chance(55)) return IndexFacts.TOP;
    if (random.chance(15)) return IndexFacts.NONE;
    const c = random.int(1, 3);
    const bounds: Constraint[] = random.oneOf<Constraint[]>([
      () => [{ left: ZERO, right: ITERATION_INDEX, bound: -c }],
      () => [{ left: ITERATION_INDEX, right: ZERO, bound: c }],
      () => [
        { left: ZERO, right: LETTER, bound: 0 },
        { left: LETTER, right: ITERATION_INDEX, bound: 0 },
      ],
    ]);
    return IndexFacts.TOP.with([N, ...bounds]);
  }

  /** n, k − 2 … k + 2, now and then a number. */
  place(far = 2): LinearForm {
    const { random } = this;
    if (random.chance(15)) return constantForm(random.int(-1, 3));
    return at(random.pick(this.scope.times), random.chance(40) ? 0 : random.int(-far, far));
  }

  /** A difference of two places, or one place. */
  gap(): LinearForm {
    return this.random.chance(60) ? addForms(this.place(), this.place(), -1) : this.place(3);
  }

  unit(): string {
    return this.random.pick(['b', 'r', 'w']);
  }

  /** r^{n − k + c}. */
  weight(): Expression {
    const { random } = this;
    const form = random.chance(10) ? { constant: this.gap().constant, terms: this.gap().terms } : this.gap();
    if (random.chance(10)) return powerOfForm(constant(random.pick([2, 3, -1, -2])), form) ?? constant(1);
    if (random.chance(15)) return powerOfForm(subtract(constant(1), symbol(this.unit())), form) ?? constant(1);
    return factorExpression({ kind: 'symbol', name: this.unit() }, exponentFromForm(form));
  }

  component(): LinearForm {
    return at(this.random.pick(this.scope.coordinates));
  }

  /** Derivatives of losses, schedules, components of θ. */
  atom(): Expression {
    const { random } = this;
    return random.oneOf([
      () => this.gradient(),
      () => this.gradient(),
      () =>
        factorExpression({
          kind: 'loss',
          batch: this.place(),
          coordinates: [this.component(), this.component()],
          at: null,
        }),
      () => factorExpression({ kind: 'schedule', name: 's', index: this.place() }),
      () => factorExpression({ kind: 'point', coordinate: this.component(), at: null }),
    ]);
  }

  gradient(): Expression {
    return factorExpression({ kind: 'loss', batch: this.place(), coordinates: [this.component()], at: null });
  }

  /** Numbers, hyperparameters, indices as numbers, weights. */
  scalar(): Expression {
    const { random } = this;
    return random.oneOf([
      () => constant(Rational.of(random.int(-3, 3), random.int(1, 3))),
      () => symbol(random.pick(['b', 'r', 'w', 'e', 'c'])),
      () => formExpression(this.place(3)),
      () => formExpression(this.gap()),
      () => this.weight(),
      () => this.weight(),
    ]);
  }

  /** A sum of scalars that may vanish at some integers. */
  binomial(): Expression {
    const { random } = this;
    const [first, second] = [random.pick(['b', 'r', 'w']), random.pick(['b', 'r', 'c', 'e'])];
    return random.oneOf([
      () => subtract(constant(1), factorExpression({ kind: 'symbol', name: first }, exponentFromForm(this.place(3)))),
      () => subtract(constant(1), factorExpression({ kind: 'symbol', name: first }, exponentFromForm(this.place(3)))),
      () => subtract(symbol(first), symbol(second === first ? 'c' : second)),
      () => subtract(constant(1), symbol(first)),
      () => add(formExpression(this.place(3)), scale(symbol('c'), number(random.int(0, 1)))),
      () => formExpression(this.gap()),
      () => subtract(constant(1), multiply(symbol(first), this.weight())),
    ]);
  }

  denominator(): Expression {
    return power(this.binomial(), number(this.random.chance(75) ? -1 : -2), this.facts);
  }

  /** An index for 2n, n + p or the like. */
  formEnd(): number {
    const form = this.random.pick<LinearForm>([
      scaleForm(at(ITERATION_INDEX), 2),
      addForms(at(ITERATION_INDEX), at(DIMENSION_INDEX)),
      addForms(at(ITERATION_INDEX), at(DIMENSION_INDEX), -1),
    ]);
    return asAtom(form)?.index ?? ITERATION_INDEX;
  }

  /** Bounds of one index, one or several on each side. */
  bounds(index: number): Constraint[] {
    const { random } = this;
    const outer = this.scope.times;
    const place = (): { index: number; shift: number } =>
      random.chance(40)
        ? { index: ZERO, shift: random.int(-1, 4) }
        : { index: random.chance(10) ? this.formEnd() : random.pick(outer), shift: random.int(-3, 2) };
    const low = (): Constraint => {
      const { index: other, shift } = random.chance(50) ? { index: ZERO, shift: random.int(0, 2) } : place();
      return { left: other, right: index, bound: -shift };
    };
    const high = (): Constraint => {
      const { index: other, shift } = place();
      return { left: index, right: other, bound: shift };
    };
    return [...random.list(1, random.chance(30) ? 2 : 1, low), ...random.list(1, random.chance(30) ? 2 : 1, high)];
  }

  /** Σ of what `body` makes over a fresh time. */
  sum(body: () => Expression): Expression {
    const index = openIndex('history');
    const outer = this.scope;
    const constraints = this.bounds(index);
    this.scope = { ...outer, times: [...outer.times, index, index] };
    const inner = body();
    this.scope = outer;
    return sumOver(inner, index, 'history', constraints);
  }

  sumOfCoordinates(body: () => Expression): Expression {
    const index = openIndex('coordinate');
    const outer = this.scope;
    this.scope = { ...outer, coordinates: [...outer.coordinates, index] };
    const inner = body();
    this.scope = outer;
    const bounds: Constraint[] = this.random.chance(20)
      ? [{ left: index, right: COMPONENT_INDEX, bound: -this.random.int(0, 1) }]
      : [];
    return sumOver(inner, index, 'coordinate', bounds);
  }

  /** Under a condition on n or between n and a letter. */
  restricted(value: Expression): Expression {
    const { random } = this;
    const other = this.scope.times.includes(LETTER) && random.chance(50) ? LETTER : ZERO;
    const c = random.int(-1, 3);
    return restrict(
      value,
      random.oneOf<Constraint[]>([
        () => [{ left: other, right: ITERATION_INDEX, bound: -c }],
        () => [{ left: ITERATION_INDEX, right: other, bound: c }],
        () => [
          { left: ITERATION_INDEX, right: other, bound: c },
          { left: other, right: ITERATION_INDEX, bound: -c },
        ],
      ]),
    );
  }

  product(...parts: readonly (() => Expression)[]): Expression {
    return multiply(...parts.map(part => part()));
  }

  /** A quantity that is kept together: a sum, a root, a product, a function of one. */
  quantity(depth = 1): Expression {
    const { random } = this;
    const inner = (): Expression => (depth > 0 && random.chance(40) ? this.quantity(depth - 1) : this.atom());
    const sum = (): Expression => this.sum(() => this.product(() => this.scalar(), inner));
    return random.oneOf([
      () => wrap(sum()),
      () => wrap(add(sum(), inner())),
      () =>
        power(
          add(
            this.sum(() =>
              this.product(
                () => this.weight(),
                () => power(inner(), number(2), this.facts),
              ),
            ),
            symbol('e'),
          ),
          Rational.of(random.pick([1, -1, -3]), 2),
          this.facts,
        ),
      () => power(add(sum(), inner()), number(random.pick([-1, 2, 3])), this.facts),
      () => absolute(inner(), this.facts),
      () => applyFunction(random.pick(['tanh', 'exp', 'cos']), null, 0, inner()),
      () => applyFunction('\\psi', 'odd', random.int(0, 1), inner()),
      () => this.cumulative(),
      inner,
    ]);
  }

  /** Π over a range that may be empty. */
  cumulative(): Expression {
    const index = openIndex('history');
    const outer = this.scope;
    this.scope = { ...outer, times: [index] };
    const body = this.random.oneOf([
      () => factorExpression({ kind: 'schedule', name: 's', index: this.place() }),
      () =>
        subtract(
          constant(1),
          multiply(symbol('b'), factorExpression({ kind: 'schedule', name: 's', index: this.place() })),
        ),
      () => this.binomial(),
      () => multiply(this.binomial(), this.denominator()),
      () => formExpression(at(index, this.random.int(-2, 2))),
    ]);
    this.scope = outer;
    return productOver(body, index, this.place(), this.place(), this.facts);
  }

  /** Anything. */
  anything(depth = 2): Expression {
    const { random } = this;
    const inner = (): Expression => this.anything(depth - 1);
    if (depth === 0)
      return random.oneOf([() => this.scalar(), () => this.atom(), () => this.denominator(), () => this.quantity(0)]);
    return random.oneOf([
      () => this.product(inner, inner),
      () => this.product(inner, () => this.scalar()),
      () => add(inner(), inner()),
      () => this.sum(inner),
      () => this.sum(inner),
      () => this.sumOfCoordinates(inner),
      () => this.quantity(depth - 1),
      () => wrap(add(inner(), inner())),
      () => this.restricted(inner()),
      () => this.product(inner, () => this.denominator()),
    ]);
  }
}
