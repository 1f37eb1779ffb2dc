/**
 * What may vanish in a statement: the sums of scalars that are typed, and what stands under a sign, a bar, a root, a fraction,
 * a logarithm or a function. A claim that holds everywhere else fails there. Also two scalars that are equal, or one the square
 * of the other, which no formula needs to say.
 */
import { multiply, number, parameter, subtract } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Condition } from '../../document/model.ts';
import { lies } from '../satisfy/adjustable.ts';
import { formulaKey } from './formula-key.ts';

const MOST = 24;
/** Numbers of a statement that a scalar is set to. */
const MOST_NUMBERS = 6;
const USUAL_NUMBERS = [Rational.of(1, 2)];

type Scalar = Declaration & { readonly kind: 'scalar' };

/** The formulas that the guard makes zero, the most telling first, each once. */
export function zerosOf(
  formulas: readonly Formula[],
  comparisons: readonly Condition['comparisons'][number][],
  declarations: readonly Declaration[],
): Formula[] {
  const found = new Map<string, Formula>();
  const add = (formula: Formula): void => {
    const key = formulaKey(formula);
    if (!found.has(key)) found.set(key, formula);
  };
  for (const { left, right } of comparisons) add(subtract(left, right));
  for (const formula of formulas) for (const node of nodes(formula)) for (const zero of zerosAt(node)) add(zero);
  const names = new Set(formulas.flatMap(formula => [...nodes(formula)].flatMap(nameOf)));
  const scalars = declarations.filter((each): each is Scalar => each.kind === 'scalar' && names.has(each.name));
  for (const zero of [...betweenScalars(scalars), ...atNumbers(scalars, formulas)]) add(zero);
  return [...found.values()].slice(0, MOST);
}

const nameOf = (node: Formula): string[] => (node.kind === 'parameter' ? [node.name] : []);

/** What one node asks to be zero. */
function zerosAt(node: Formula): readonly Formula[] {
  switch (node.kind) {
    case 'add':
      return isScalar(node) ? [node] : [];
    case 'absolute':
    case 'call':
      return [node.argument];
    case 'root':
      return [node.radicand];
    case 'divide':
      return [node.denominator];
    case 'extremum': {
      const [first, ...others] = node.arguments;
      return first ? others.map(other => subtract(first, other)) : [];
    }
    default:
      return [];
  }
}

/** Of scalars, numbers and integers alone, with a scalar in it. */
const isScalar = (formula: Formula): boolean =>
  [...nodes(formula)].some(({ kind }) => kind === 'parameter') &&
  [...nodes(formula)].every(({ kind }) => SCALAR_KINDS.has(kind));

const SCALAR_KINDS: ReadonlySet<Formula['kind']> = new Set([
  'number',
  'parameter',
  'index',
  'add',
  'negate',
  'multiply',
  'divide',
  'power',
]);

/** β = ρ, β² = ρ, β = ρ² for two scalars of one kind of domain. */
function betweenScalars(scalars: readonly Scalar[]): Formula[] {
  return scalars.flatMap((one, at) =>
    scalars.slice(at + 1).flatMap(other => {
      if (String(one.domain.lower) !== String(other.domain.lower)) return [];
      const [a, b] = [parameter(one.name), parameter(other.name)];
      return [subtract(a, b), subtract(multiply(a, a), b), subtract(a, multiply(b, b))];
    }),
  );
}

/** x = c for the numbers that are typed, for closed ends, and for the middle of (0,1). */
function atNumbers(scalars: readonly Scalar[], formulas: readonly Formula[]): Formula[] {
  const numbers = new Map([...USUAL_NUMBERS, ...formulas.flatMap(numbersIn)].map(each => [each.toString(), each]));
  return scalars.flatMap(({ name, domain }) => {
    const ends = [domain.lower, domain.upper].flatMap(end => (end ? [end] : []));
    const values = [...ends, ...numbers.values()].filter(value => lies(value, domain));
    return values.slice(0, MOST_NUMBERS).map(value => subtract(parameter(name), number(value)));
  });
}

/** Numbers and quotients of numbers, with both signs. */
function numbersIn(formula: Formula): Rational[] {
  const found: Rational[] = [];
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const value = quotientOf(node);
    if (value) found.push(value, value.negate());
    else waiting.push(...children(node));
  }
  return found;
}

function quotientOf(node: Formula): Rational | null {
  if (node.kind === 'number') return node.value;
  if (node.kind !== 'divide' || node.numerator.kind !== 'number' || node.denominator.kind !== 'number') return null;
  return node.denominator.value.isZero() ? null : node.numerator.value.divide(node.denominator.value);
}
