/** Random formulas of the kind that derived equations consist of: nested history and coordinate sums, weights, losses. */
import fc from 'fast-check';
import {
  addition,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  number,
  parameter,
  point,
  toPower,
  product,
  quantity,
  root,
  subtraction,
  sum,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../src/formula/formula.ts';
import { definition } from '../../src/formula/build.ts';
import { Rational } from '../../src/number/rational.ts';

interface Letters {
  /** Letters with values in 0 … n. */
  readonly history: readonly string[];
  readonly coordinates: readonly string[];
}

const choose = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const NAMES = ['a', 'b', 'c', 'd'];

function leaf({ history, coordinates }: Letters): fc.Arbitrary<Formula> {
  const batch = choose(history).map(index);
  const component = choose(coordinates).map(index);
  return fc.oneof(
    fc
      .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .map(([a, b]) => number(Rational.of(a, b))),
    choose(['\\beta', '\\rho']).map(parameter),
    component.map(name => iterate(name)),
    batch.map(name => addition(name, number(1))),
    fc.tuple(component, batch).map(([i, k]) => gradient([i], k)),
    fc.tuple(component, component, batch).map(([i, j, k]) => gradient([i, j], k)),
    fc.tuple(component, batch).map(([i, k]) => quantity('G', [i], [k])),
    fc.tuple(component, batch).map(([i, k]) =>
      gradient([i], k, {
        index: '#c',
        body: addition(iterate(index('#c')), multiplication(parameter('\\beta'), number(Rational.of(1, 5)))),
      }),
    ),
    fc
      .tuple(component, batch)
      .map(([i, k]) =>
        quantity('G', [i], [k], { index: '#c', body: subtraction(iterate(index('#c')), parameter('\\rho')) }),
      ),
    batch.map(name => gradientFree(name)),
  );
}
const gradientFree = (batch: Formula): Formula => ({ kind: 'loss', span: null, batch, at: point() });

/** β^{a − b} with a ≥ b, or with any letters and a positive base. */
const weight = ({ history }: Letters): fc.Arbitrary<Formula> =>
  fc
    .tuple(choose(['\\beta', '\\rho']), choose(history), choose(history), fc.integer({ min: -1, max: 2 }))
    .map(([base, a, b, shift]) => toPower(parameter(base), addition(index(a), negation(index(b)), number(shift))));

/** A formula in which the letters are bound, `depth` levels deep at most. */
export function historyFormula(letters: Letters, depth: number): fc.Arbitrary<Formula> {
  if (depth === 0) return fc.oneof(leaf(letters), weight(letters));
  const inner = historyFormula(letters, depth - 1);
  const [fresh = 'z'] = NAMES.filter(name => ![...letters.history, ...letters.coordinates].includes(name));
  const bounds = fc.oneof(
    choose(letters.history).map(name => [number(0), index(name)] as const),
    choose(letters.history).map(name => [index(name), subtraction(index(ITERATION), number(1))] as const),
    fc.tuple(choose(letters.history), choose(letters.history)).map(([a, b]) => [index(a), index(b)] as const),
    fc.constant([number(0), subtraction(index(ITERATION), number(1))] as const),
  );
  const body = historyFormula({ ...letters, history: [...letters.history, fresh] }, depth - 1);
  const weighted = fc
    .tuple(
      weight({ ...letters, history: [...letters.history, fresh] }),
      weight({ ...letters, history: [...letters.history, fresh] }),
      body,
    )
    .map(factors => multiplication(...factors));
  return fc.oneof(
    fc.tuple(inner, inner).map(([a, b]) => addition(a, negation(b))),
    fc.tuple(inner, inner, inner).map(parts => multiplication(...parts)),
    fc.tuple(inner, inner).map(([a, b]) => divide(a, addition(toPower(b, number(2)), number(1)))),
    inner.map(part => root(addition(toPower(part, number(2)), number(1)))),
    fc.tuple(bounds, body).map(([[lower, upper], part]) => sum(fresh, lower, upper, part)),
    fc.tuple(bounds, weighted).map(([[lower, upper], part]) => sum(fresh, lower, upper, part)),
    fc
      .tuple(bounds, weighted)
      .map(([[lower, upper], part]) => sum(fresh, lower, upper, negation(divide(part, parameter('\\rho'))))),
    fc
      .tuple(bounds, leaf({ ...letters, history: [...letters.history, fresh] }))
      .map(([[lower, upper], part]) => product(fresh, lower, upper, part)),
    historyFormula({ ...letters, coordinates: [...letters.coordinates, fresh] }, depth - 1).map(part =>
      sumOverCoordinates(fresh, part),
    ),
    leaf(letters),
  );
}

/** G_j^{(n)} = Σ_{k=0}^{n} β^{n−k} ∇_jE_k, with the letters that random formulas bind too. */
export const DEFINITIONS: readonly Definition[] = [
  definition(
    'G',
    [COMPONENT],
    ['a'],
    sum(
      'b',
      number(0),
      index('a'),
      multiplication(
        toPower(parameter('\\beta'), subtraction(index('a'), index('b'))),
        gradient([index(COMPONENT)], index('b')),
      ),
    ),
  ),
];

export const topFormula: fc.Arbitrary<Formula> = historyFormula({ history: [ITERATION], coordinates: [COMPONENT] }, 3);
