/** Products as one writes them by hand: numbers and hyperparameters first, in one fraction, then what is in parentheses, then the rest, then sums. */
import { addition, divide, multiplication, negation, number, toPower } from '../../../formula/build.ts';
import type { DivideNode, Formula } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';
import { children, withChildren } from '../../../formula/walk.ts';
import { flatFactors, signed } from '../../../latex/write/write-terms.ts';
import { treeKey } from '../../../closed-form/factors.ts';

/** The formula with the factors of every product in this order; its value is the same. Example: h 1/(2c) x (a + b) is h/(2c) (a + b) x. */
export function scalarsFirst(formula: Formula): Formula {
  const known = new Map<Formula, Formula>();
  const visit = (node: Formula): Formula => {
    const seen = known.get(node);
    if (seen) return seen;
    const inner = children(node);
    const replaced = inner.map(visit);
    const rebuilt = replaced.some((child, at) => child !== inner[at]) ? withChildren(node, replaced) : node;
    const result = arranged(rebuilt);
    known.set(node, result);
    return result;
  };
  return visit(formula);
}

function arranged(node: Formula): Formula {
  if (node.kind === 'multiply')
    return inOrder(flatFactors(node).flatMap(factor => (factor.kind === 'divide' ? parts(oneBar(factor)) : [factor])));
  return node.kind === 'divide' ? oneBar(node) : node;
}

/** (a/(bc) − d/b) e / f as (a − c d) e / (b c f), and where no denominator holds the others as e/f (a/b − d/c). */
function oneBar(fraction: DivideNode): Formula {
  const above = parts(fraction.numerator);
  const sums = above.filter(factor => factor.kind === 'add' && factor.terms.some(hasBar));
  if (sums.length === 0) return fraction;
  const [sum] = sums;
  const joined = sums.length === 1 && sum?.kind === 'add' ? overOneBar(sum.terms) : null;
  if (joined !== null) {
    const numerator = product([...above.filter(factor => factor !== sum), joined.numerator]);
    return divide(numerator, product([...joined.below, ...parts(fraction.denominator)]));
  }
  const rest = above.filter(factor => !sums.includes(factor));
  return inOrder([divide(rest.length === 0 ? number(1) : product(rest), fraction.denominator), ...sums]);
}

const hasBar = (term: Formula): boolean => {
  const { term: bare } = signed(term);
  return parts(bare).some(({ kind }) => kind === 'divide');
};

/** The terms over the denominator that all others divide; null where there is none. */
function overOneBar(
  terms: readonly Formula[],
): { readonly numerator: Formula; readonly below: readonly Formula[] } | null {
  const split = terms.map(each => {
    const { negative, term } = signed(each);
    const factors = parts(term);
    const bars = factors.filter((factor): factor is DivideNode => factor.kind === 'divide');
    const above = factors.flatMap(factor => (factor.kind === 'divide' ? parts(factor.numerator) : [factor]));
    return { negative, above, below: bars.flatMap(({ denominator }) => parts(denominator)) };
  });
  const below = split.reduce<readonly Formula[]>(
    (most, each) => (each.below.length > most.length ? each.below : most),
    [],
  );
  if (!below.every(isScalar)) return null;
  const numerators = split.map(each => {
    const missing = without(below, each.below);
    if (missing === null) return null;
    const whole = product([...each.above, ...missing].filter(factor => !isOne(factor)));
    return each.negative ? negation(whole) : whole;
  });
  const found = numerators.filter(each => each !== null);
  return found.length < terms.length ? null : { numerator: addition(...found), below };
}

/** The factors less others that are among them; null where one is not. */
function without(factors: readonly Formula[], others: readonly Formula[]): readonly Formula[] | null {
  const left = [...factors];
  for (const other of others) {
    const at = left.findIndex(each => treeKey(each) === treeKey(other));
    if (at < 0) return null;
    left.splice(at, 1);
  }
  return left;
}

function inOrder(factors: readonly Formula[]): Formula {
  const unsigned = factors.map(factor => signed(factor));
  const ranked = unsigned.map(({ term }) => term).sort((a, b) => rankOf(a) - rankOf(b));
  const result = productOf(oneFraction(ranked));
  return unsigned.filter(({ negative }) => negative).length % 2 === 1 ? negation(result) : result;
}

/** Numbers, hyperparameters and fractions of them; sums in parentheses; powers; names; Σ and Π, which reach to the end of a term. */
function rankOf(factor: Formula): number {
  if (factor.kind === 'sum' || factor.kind === 'product') return 5;
  if (isScalar(factor)) return factor.kind === 'number' ? 0 : 1;
  if (factor.kind === 'divide' && isOne(factor.numerator)) return 1;
  if (factor.kind === 'add') return 2;
  return factor.kind === 'power' ? 3 : 4;
}

/** Free of the point: numbers, hyperparameters, h, labels, without a Σ. */
function isScalar(formula: Formula): boolean {
  switch (formula.kind) {
    case 'loss':
    case 'iterate':
    case 'quantity':
    case 'sum':
    case 'product':
    case 'norm':
    case 'vector-call':
    case 'derivative':
      return false;
    default:
      return children(formula).every(isScalar);
  }
}

/** A scalar in front of fractions of scalars and of a fraction with 1 above joins them. */
function oneFraction(factors: readonly Formula[]): readonly Formula[] {
  const simple = factors.filter(factor => rankOf(factor) < 2 && factor.kind !== 'divide' && !isSumOfTerms(factor));
  const fractions = factors.filter((factor): factor is DivideNode => factor.kind === 'divide' && joins(factor));
  const [first] = fractions;
  if (first === undefined || simple.length + fractions.length < 2) return factors;
  if (!isOne(first.numerator) && fractions.length < 2) return factors;
  const above = [...simple, ...fractions.map(({ numerator }) => numerator).filter(each => !isOne(each))].flatMap(parts);
  const below = fractions.flatMap(({ denominator }) => parts(denominator));
  const taken = new Set<Formula>([...simple, ...fractions]);
  return [divide(product(above), product(below)), ...factors.filter(factor => !taken.has(factor))];
}

const isSumOfTerms = ({ kind }: Formula): boolean => kind === 'add' || kind === 'negate';
const parts = (formula: Formula): readonly Formula[] =>
  formula.kind === 'multiply' ? flatFactors(formula) : [formula];

/** Not a number such as 1/2, which stands by itself. */
const joins = (fraction: DivideNode): boolean =>
  fraction.denominator.kind !== 'number' && (isOne(fraction.numerator) || isScalar(fraction));

const isOne = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isOne();

/** With the numbers multiplied out, in front, and equal factors as a power. */
function product(factors: readonly Formula[]): Formula {
  const value = factors.reduce(
    (total, each) => (each.kind === 'number' ? total.multiply(each.value) : total),
    Rational.one,
  );
  const counts = new Map<string, { readonly factor: Formula; times: number }>();
  for (const factor of factors.filter(({ kind }) => kind !== 'number')) {
    const known = counts.get(treeKey(factor));
    if (known === undefined) counts.set(treeKey(factor), { factor, times: 1 });
    else known.times += 1;
  }
  const others = [...counts.values()].map(({ factor, times }) =>
    times === 1 ? factor : toPower(factor, number(times)),
  );
  return productOf(value.isOne() && others.length > 0 ? others : [number(value), ...others]);
}

function productOf(factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (only === undefined) throw new Error('a product has a factor');
  return factors.length === 1 ? only : multiplication(...factors);
}
