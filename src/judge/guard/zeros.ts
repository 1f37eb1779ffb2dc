/**
 * What may vanish in a statement: the sums of scalars that are typed, and what stands under a sign, a bar, a root, a fraction,
 * a logarithm or a function. A claim that holds everywhere else fails there. Also two scalars that are equal, or one the square
 * of the other, which no formula needs to say.
 */
import { liesIn } from '../../formula/domain.ts';
import { RATIONAL_KINDS, setOfKinds } from '../../formula/arithmetic.ts';
import { addition, multiplication, number, parameter, subtraction } from '../../formula/build.ts';
import { COMPONENT, DIMENSION, type Formula, PI } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Condition } from '../../document/model.ts';
import { formulaKey } from '../stated/formula-key.ts';
import type { Need } from '../stated/place.ts';

/** Numbers of a statement that a scalar is set to. */
const MOST_NUMBERS = 6;
const USUAL_NUMBERS = [Rational.of(1, 2)];

type Scalar = Declaration & { readonly kind: 'scalar' };

export interface ZeroAt {
  readonly formula: Formula;
  readonly needed: Need;
  /** A scalar at a closed end of its domain or between numbers, where an inequality may fail for some n alone. */
  readonly atEnd?: boolean;
}

const NEEDS: readonly Need[] = ['never', 'along', 'always'];
const larger = (one: Need, other: Need): Need => (NEEDS.indexOf(one) > NEEDS.indexOf(other) ? one : other);

/** The formulas that the guard makes zero, the most telling first, each once. */
export function zeroCandidates(
  formulas: readonly Formula[],
  comparisons: readonly Condition['comparisons'][number][],
  declarations: readonly Declaration[],
  isOrdered: boolean,
): ZeroAt[] {
  const found = new Map<string, ZeroAt>();
  const add = (zero: ZeroAt): void => {
    const key = formulaKey(zero.formula);
    const known = found.get(key);
    const atEnd = zero.atEnd === true || known?.atEnd === true ? { atEnd: true } : {};
    if (!known || atEnd.atEnd || NEEDS.indexOf(zero.needed) > NEEDS.indexOf(known.needed))
      found.set(key, { ...zero, needed: larger(zero.needed, known?.needed ?? 'never'), ...atEnd });
  };
  const plain = (formula: Formula): void => add({ formula, needed: 'never' });
  for (const { left, right } of comparisons) plain(subtraction(left, right));
  for (const formula of formulas) visit(formula, false, add);
  const names = new Set(formulas.flatMap(formula => [...nodes(formula)].flatMap(nameOf)));
  const scalars = declarations.filter((each): each is Scalar => each.kind === 'scalar' && names.has(each.name));
  for (const zero of betweenScalars(scalars)) plain(zero);
  const broken = new Set(
    formulas.flatMap(formula => [...nodes(formula)].filter(breaks).flatMap(node => [...nodes(node)].flatMap(nameOf))),
  );
  // n + 1 + c^{n−16} > 0 fails for c between −1 and 0 and odd n.
  for (const formula of betweenNumbers(
    scalars.filter(({ name }) => isOrdered || broken.has(name)),
    formulas,
  ))
    add({ formula, needed: 'never', ...(isOrdered ? { atEnd: true } : {}) });
  for (const zero of atNumbers(scalars, formulas)) add(zero);
  const mayVanish = ({ formula }: ZeroAt): boolean =>
    formula.kind !== 'parameter' ||
    scalars.some(({ name, domain }) => name === formula.name && liesIn(Rational.zero, domain));
  return [...found.values()].filter(mayVanish);
}

/** `isCritical`: within what is divided by, raised to a power that grows, or under a sign, a bar, a root or a function. */
function visit(node: Formula, isCritical: boolean, add: (zero: ZeroAt) => void): void {
  for (const formula of zerosAt(node, isCritical))
    add({ formula, needed: isCritical && isFixed(formula) ? 'along' : 'never' });
  for (const formula of kinksAt(node))
    add({ formula, needed: isFixed(formula) ? (breaks(node) ? 'always' : 'along') : 'never' });
  if (node.kind === 'divide') {
    visit(node.numerator, isCritical, add);
    visit(node.denominator, true, add);
    return;
  }
  // The loss within a gradient is no value of its own.
  if (node.kind === 'derivative') return;
  const isInside = isCritical || isKink(node);
  for (const child of children(node)) visit(child, isInside, add);
}

const breaks = (node: Formula): boolean =>
  node.kind === 'absolute' || node.kind === 'extremum' || (node.kind === 'call' && node.name === 'sign');

const isKink = (node: Formula): boolean =>
  node.kind === 'absolute' ||
  node.kind === 'call' ||
  node.kind === 'root' ||
  (node.kind === 'power' && (node.exponent.kind !== 'number' || node.exponent.value.sign() < 0));

/** Whether it is of the same letters at every n, and has something in it that can be set. */
const isFixed = (formula: Formula): boolean =>
  !hasCount(formula) && [...nodes(formula)].some(({ kind }) => !SCALAR_KINDS.has(kind) || kind === 'parameter');

/** Whether n or a label of the history occurs. */
function hasCount(formula: Formula): boolean {
  const all = [...nodes(formula)];
  const bound = new Set(
    all.flatMap(node =>
      (node.kind === 'sum' || node.kind === 'product') && node.sort === 'coordinate' ? [node.index] : [],
    ),
  );
  return all.some(
    node =>
      node.kind === 'index' && !FIXED_LETTERS.has(node.name) && !isFormalIndex(node.name) && !bound.has(node.name),
  );
}

const FIXED_LETTERS: ReadonlySet<string> = new Set([COMPONENT, DIMENSION]);
/** The letters of points and of vectors that stand as arguments. */
const isFormalIndex = (name: string): boolean => name.startsWith('#c');

const nameOf = (node: Formula): string[] => (node.kind === 'parameter' && node.name !== PI ? [node.name] : []);

/** What one node is, where it may vanish. */
function zerosAt(node: Formula, isCritical: boolean): readonly Formula[] {
  switch (node.kind) {
    case 'add':
      return isOfScalars(node) || (isCritical && isFixed(node)) ? [node] : [];
    case 'parameter':
      return isCritical && node.name !== PI ? [node] : [];
    case 'loss':
      return isCritical && isFixed(node) ? [node] : [];
    default:
      return [];
  }
}

/** What one node asks to be zero of its parts. */
function kinksAt(node: Formula): readonly Formula[] {
  switch (node.kind) {
    case 'absolute':
    case 'call':
      return [node.argument];
    case 'root':
      return [node.radicand];
    case 'divide':
      return [node.denominator, ...steadyParts(node.denominator)];
    case 'power':
      // b^n has another limit at b = 1, and none at b = −1; so have sums of b^k.
      return hasCount(node.exponent) && node.base.kind !== 'number'
        ? [subtraction(node.base, number(1)), subtraction(node.base, number(-1))]
        : [];
    case 'extremum': {
      const [first, ...others] = node.arguments;
      return first ? others.map(other => subtraction(first, other)) : [];
    }
    default:
      return [];
  }
}

/** Of sums that change with n what stays: u of u + β^n, which is all that is left at large n. */
const steadyParts = (formula: Formula): Formula[] =>
  [...nodes(formula)].flatMap(node => {
    if (node.kind !== 'add' || isFixed(node)) return [];
    const steady = node.terms.filter(term => !hasCount(term));
    const [only, ...others] = steady;
    if (only === undefined || !steady.some(isFixed)) return [];
    return [others.length === 0 ? only : addition(only, ...others)];
  });

/** Of scalars, numbers and integers alone, with a scalar in it. */
export const isOfScalars = (formula: Formula): boolean =>
  [...nodes(formula)].some(({ kind }) => kind === 'parameter') &&
  [...nodes(formula)].every(({ kind }) => SCALAR_KINDS.has(kind));

const SCALAR_KINDS = setOfKinds(...RATIONAL_KINDS, 'parameter', 'index');

/** β = ρ, β² = ρ, β = ρ² for two scalars of one kind of domain. */
function betweenScalars(scalars: readonly Scalar[]): Formula[] {
  return scalars.flatMap((one, at) =>
    scalars.slice(at + 1).flatMap(other => {
      if (String(one.domain.lower) !== String(other.domain.lower)) return [];
      const [a, b] = [parameter(one.name), parameter(other.name)];
      return [subtraction(a, b), subtraction(multiplication(a, a), b), subtraction(a, multiplication(b, b))];
    }),
  );
}

/**
 * x in the middle between neighbours among 0, the numbers that are typed and the ends of the domain, for what stands under a bar or
 * a sign: |(x − a)x| = (x − a)x holds on both sides of 0 … a, and fails there alone.
 */
function betweenNumbers(scalars: readonly Scalar[], formulas: readonly Formula[]): Formula[] {
  const typed = [Rational.zero, ...formulas.flatMap(numbersIn)];
  return scalars.flatMap(({ name, domain }) => {
    const ends = [domain.lower, domain.upper].flatMap(end => (end ? [end] : []));
    const inside = typed.filter(value => liesIn(value, domain)).slice(0, MOST_NUMBERS);
    const all = [...new Map([...ends, ...inside].map(value => [value.toString(), value])).values()].sort((a, b) =>
      a.compare(b),
    );
    return all.slice(1).flatMap((value, at) => {
      const before = all[at];
      return before ? [subtraction(parameter(name), number(value.add(before).divide(Rational.of(2))))] : [];
    });
  });
}

/** x = c for the numbers that are typed, for closed ends, and for the middle of (0,1). */
function atNumbers(scalars: readonly Scalar[], formulas: readonly Formula[]): ZeroAt[] {
  const numbers = new Map([...USUAL_NUMBERS, ...formulas.flatMap(numbersIn)].map(each => [each.toString(), each]));
  return scalars.flatMap(({ name, domain }) => {
    const ends = [domain.lower, domain.upper].flatMap(end => (end ? [end] : []));
    const values = [...ends, ...numbers.values()].filter(value => liesIn(value, domain));
    return values.slice(0, MOST_NUMBERS).map(value => ({
      formula: subtraction(parameter(name), number(value)),
      needed: 'never',
      ...(ends.some(end => end.equals(value)) ? { atEnd: true } : {}),
    }));
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
