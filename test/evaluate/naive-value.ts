/**
 * The plainest evaluation of a formula tree: recursion, a map of letters, nothing remembered, nothing split off.
 * It exists to be compared with the evaluator; it knows only what the random formulas contain.
 */
import type { Formula } from '../../src/formula/formula.ts';
import { DIMENSION } from '../../src/formula/formula.ts';
import type { Definition } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Environment } from '../../src/evaluate/environment.ts';
import { integerPower } from '../../src/evaluate/ring/ring.ts';

type Letters = ReadonlyMap<string, number>;

export function naiveValue<T>(
  formula: Formula,
  environment: Environment<T>,
  letters: Letters,
  definitions: readonly Definition[],
): T {
  const { ring } = environment;
  const at = (part: Formula, inner: Letters = letters): T => naiveValue(part, environment, inner, definitions);
  const integer = (part: Formula): number => naiveInteger(part, letters, environment.point.length);
  switch (formula.kind) {
    case 'number':
      return ring.fromRational(formula.value);
    case 'index':
      return ring.fromRational(Rational.of(integer(formula)));
    case 'parameter':
      return environment.scalar(formula.name);
    case 'step':
      return environment.step();
    case 'add':
      return formula.terms.map(term => at(term)).reduce((a, b) => ring.add(a, b), ring.zero);
    case 'negate':
      return ring.subtract(ring.zero, at(formula.argument));
    case 'multiply':
      return formula.factors.map(factor => at(factor)).reduce((a, b) => ring.multiply(a, b), ring.one);
    case 'divide':
      return ring.divide(at(formula.numerator), at(formula.denominator));
    case 'power':
      return integerPower(ring, at(formula.base), integer(formula.exponent));
    case 'root':
      return ring.root(at(formula.radicand), formula.degree);
    case 'sum':
    case 'product': {
      let result = formula.kind === 'sum' ? ring.zero : ring.one;
      for (let k = integer(formula.lower); k <= integer(formula.upper); k += 1) {
        const value = at(formula.body, new Map([...letters, [formula.index, k]]));
        result = formula.kind === 'sum' ? ring.add(result, value) : ring.multiply(result, value);
      }
      return result;
    }
    case 'iterate':
      return environment.point[integer(formula.component) - 1] ?? ring.zero;
    case 'loss':
      return environment.loss(formula.batch === null ? null : integer(formula.batch)).derivative([])(
        ring,
        pointOf(formula.at),
      );
    case 'derivative': {
      if (formula.argument.kind !== 'loss') throw new Error('only losses are differentiated here');
      const { batch, at: place } = formula.argument;
      return environment.loss(batch === null ? null : integer(batch)).derivative(formula.by.map(integer))(
        ring,
        pointOf(place),
      );
    }
    case 'quantity': {
      const definition = definitions.find(({ name }) => name === formula.name);
      if (!definition) throw new Error(`no definition of ${formula.name}`);
      const formals = [...definition.indices, ...definition.labels];
      const values = [...formula.indices, ...formula.labels].map(integer);
      const bound = new Map(formals.map((name, place) => [name, values[place] ?? 0]));
      const here = formula.at === null ? environment : { ...environment, point: pointOf(formula.at) };
      return naiveValue(definition.body, here, new Map([...letters, ...bound]), definitions);
    }
    default:
      throw new Error(`the naive evaluator does not know ${formula.kind}`);
  }
  function pointOf(vector: { index: string; body: Formula }): readonly T[] {
    return environment.point.map((_, place) => at(vector.body, new Map([...letters, [vector.index, place + 1]])));
  }
}

function naiveInteger(formula: Formula, letters: Letters, dimension: number): number {
  const at = (part: Formula): number => naiveInteger(part, letters, dimension);
  switch (formula.kind) {
    case 'number':
      return formula.value.toNumber();
    case 'index':
      return formula.name === DIMENSION ? dimension : (letters.get(formula.name) ?? Number.NaN);
    case 'add':
      return formula.terms.map(at).reduce((a, b) => a + b, 0);
    case 'negate':
      return -at(formula.argument);
    case 'multiply':
      return formula.factors.map(at).reduce((a, b) => a * b, 1);
    case 'extremum':
      return Math[formula.which](...formula.arguments.map(at));
    default:
      throw new Error(`${formula.kind} is no integer`);
  }
}
