/**
 * Signs under conditions: bounds of n and of symbols narrow the region, an order of two symbols is put in by
 * b = a + (upper end − a)·t, or used by a derivative along the way from b = a; any other condition by a positive factor
 * between it and what is asked for. Sufficient only.
 *
 * Source: Rudin, Principles of Mathematical Analysis, Theorem 5.11 (what has a derivative ≥ 0 does not fall).
 */
import { Budget } from '../../base/budget.ts';
import { attempt } from '../../base/problem.ts';
import { withDomain } from '../../expression/arithmetic/assumptions.ts';
import { differentiate, symbolRule } from '../../expression/calculus/differentiate.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  multiply,
  negate,
  sameExpression,
  substituteIndices,
  subtract,
} from '../../expression/core/expression.ts';
import { ITERATION_INDEX } from '../../expression/core/indices.ts';
import { linearParts } from '../../expression/core/single.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import type { Domain } from '../../formula/declaration.ts';
import { WHOLE_LINE, intersect, isEmpty } from '../../formula/domain.ts';
import { coefficientOf, constantForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { Bases } from '../../rewrite/rules/bases.ts';
import { signsAsBrackets } from '../../rewrite/rules/brackets.ts';
import { underContext } from '../../rewrite/context.ts';
import { takeSignsApart } from '../../rewrite/rules/signs-apart.ts';
import { holdsInCases, type TestInCase } from './cases-of-signs.ts';
import { hasPositiveDenominators, provablyPositive, provablySameSign, type Region } from './sign.ts';
import { unfold } from '../../rewrite/unfold.ts';

/** gap > 0, or gap ≥ 0. */
export interface Sign {
  readonly gap: Expression;
  readonly strict: boolean;
}

const opposite = ({ gap, strict }: Sign): Sign => ({ gap: negate(gap), strict: !strict });

/** A name that no document can type. */
const PARAMETER = '#t';

/** Whether `asked` holds wherever all conditions do. Conditions that are not used only make the region larger. */
export function provablyUnder(asked: Sign, conditions: readonly Sign[], region: Region, budget: Budget): boolean {
  const inside = conditions.reduce((narrowed, condition) => narrow(narrowed, condition), region);
  if (provablyPositive(asked.gap, asked.strict, inside, budget) || inCases(asked, inside, budget)) return true;
  return conditions.some(condition => holdsWhere(asked, condition, inside, budget));
}

/** Whether `asked` holds with its signs and absolute values taken apart, and in every case of those that are left. */
function inCases({ gap, strict }: Sign, { assumptions, from }: Region, budget: Budget): boolean {
  const later = substituteIndices(gap, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, from)]]));
  const apart = takeSignsApart(later, assumptions, { bases: new Bases(assumptions, budget), budget });
  const value = underContext(signsAsBrackets(apart, assumptions, budget), assumptions.indices);
  const region = { assumptions, from: 0 };
  const test: TestInCase = (each, positive) =>
    provablyPositive(
      each,
      strict,
      positive.reduce((known, above) => narrow(known, { gap: above, strict: true }), region),
      budget,
    );
  return (!sameExpression(value, later) && test(value, [])) || holdsInCases(value, test, assumptions, budget);
}

/** Whether `asked` holds exactly where `condition` does, as far as `given` holds. */
export function provablyExactly(
  asked: Sign,
  condition: Sign,
  given: readonly Sign[],
  region: Region,
  budget: Budget,
): boolean {
  const inside = given.reduce((narrowed, each) => narrow(narrowed, each), region);
  if (asked.strict === condition.strict && provablySameSign(asked.gap, condition.gap, inside, budget)) return true;
  if (!provablyUnder(asked, [...given, condition], region, budget)) return false;
  return provablyElsewhere(opposite(asked), condition, given, region, budget);
}

/** More numbers n before a condition begins to hold are not looked at one by one. */
const MOST_BEFORE = 6;

/** Whether `asked` holds where the condition does not. */
function provablyElsewhere(
  asked: Sign,
  condition: Sign,
  given: readonly Sign[],
  region: Region,
  budget: Budget,
): boolean {
  const start = boundOfN(condition);
  if (start !== null) {
    const inside = given.reduce((narrowed, each) => narrow(narrowed, each), region);
    const before = Array.from({ length: Math.max(0, start - inside.from) }, (_, at) => inside.from + at);
    return (
      before.length <= MOST_BEFORE &&
      before.every(n =>
        provablyPositive(
          substituteIndices(asked.gap, new Map([[ITERATION_INDEX, constantForm(n)]])),
          asked.strict,
          { ...inside, from: 0 },
          budget,
        ),
      )
    );
  }
  return provablyUnder(asked, [...given, opposite(condition)], region, budget);
}

/** The region with a bound of n or of one symbol put in. */
function narrow(region: Region, condition: Sign): Region {
  const start = boundOfN(condition);
  const given = [...(region.given ?? []), condition];
  if (start !== null) return { ...region, given, from: Math.max(region.from, start) };
  const bound = boundOfSymbol(condition);
  if (bound === null) return region;
  const domain = intersect(region.assumptions.domain(bound.name) ?? WHOLE_LINE, bound.domain);
  return isEmpty(domain)
    ? region
    : { ...region, given, assumptions: withDomain(region.assumptions, bound.name, domain) };
}

/** The least n with n + c > 0 or n + c ≥ 0; null where the condition is not of that form. */
function boundOfN({ gap, strict }: Sign): number | null {
  const linear = linearParts(unfold(gap, Budget.unlimited()));
  const [only, ...more] = linear?.parts ?? [];
  if (linear === null || only?.factor.kind !== 'index' || more.length > 0) return null;
  if (coefficientOf(only.factor.index, ITERATION_INDEX) !== 1 || only.by.sign() === -1) return null;
  const root = linear.constant.negate().divide(only.by);
  const floor = Number(root.floor());
  return Math.max(0, root.isInteger() && !strict ? floor : floor + 1);
}

/** a·x + c > 0 as a domain of x. */
function boundOfSymbol({ gap, strict }: Sign): { readonly name: string; readonly domain: Domain } | null {
  const linear = linearInSymbols(gap);
  const [only, ...more] = linear === null ? [] : [...linear.slopes];
  if (linear === null || only === undefined || more.length > 0) return null;
  const [name, slope] = only;
  const end = linear.constant.negate().divide(slope);
  return {
    name,
    domain:
      slope.sign() === 1
        ? { lower: end, lowerOpen: strict, upper: null, upperOpen: true }
        : { lower: null, lowerOpen: true, upper: end, upperOpen: strict },
  };
}

function linearInSymbols(
  gap: Expression,
): { readonly constant: Rational; readonly slopes: ReadonlyMap<string, Rational> } | null {
  const linear = linearParts(unfold(gap, Budget.unlimited()));
  if (linear === null) return null;
  const slopes = new Map<string, Rational>();
  for (const { factor, by } of linear.parts) {
    if (factor.kind !== 'symbol') return null;
    slopes.set(factor.name, by);
  }
  return { constant: linear.constant, slopes };
}

/** b > a, or b ≥ a where they are not `apart`. */
interface Order {
  readonly greater: string;
  readonly smaller: string;
  readonly apart: boolean;
}

/** The condition as the order of two symbols; null where it is none. */
function orderOf({ gap, strict }: Sign): Order | null {
  const linear = linearInSymbols(gap);
  if (linear === null || !linear.constant.isZero() || linear.slopes.size !== 2) return null;
  const greater = [...linear.slopes].find(([, slope]) => slope.sign() === 1);
  const smaller = [...linear.slopes].find(([, slope]) => slope.sign() === -1);
  if (greater === undefined || smaller === undefined || !greater[1].equals(smaller[1].negate())) return null;
  return { greater: greater[0], smaller: smaller[0], apart: strict };
}

function holdsWhere(asked: Sign, condition: Sign, region: Region, budget: Budget): boolean {
  if ((condition.strict || !asked.strict) && provablySameSign(asked.gap, condition.gap, region, budget)) return true;
  const order = orderOf(condition);
  if (order === null) return false;
  // The way along the derivative keeps powers such as β^n.
  return (
    risesFrom(asked, order, region, budget) ||
    fallsTo(asked, order, region, budget) ||
    inOrder(asked, order, region, budget)
  );
}

/** b = a + (U − a)·t with 0 < t < 1, or b = a + t with t > 0. */
function inOrder(asked: Sign, { greater, smaller, apart }: Order, region: Region, budget: Budget): boolean {
  const { assumptions } = region;
  const domain = assumptions.domain(greater);
  if (domain === null) return false;
  const [a, t] = [symbol(smaller), symbol(PARAMETER)];
  const by = domain.upper === null ? add(a, t) : add(a, multiply(subtract(constant(domain.upper), a), t));
  const range: Domain = {
    lower: Rational.zero,
    lowerOpen: apart,
    upper: domain.upper === null ? null : Rational.one,
    upperOpen: domain.upper === null || domain.upperOpen,
  };
  const inside = withDomain(assumptions, PARAMETER, range);
  const gap = attempt(() => unfold(substituteSymbol(asked.gap, greater, by, inside), budget));
  const ends: Sign[] = [{ gap: t, strict: true }];
  if (domain.upper !== null) ends.push({ gap: subtract(constant(Rational.one), t), strict: true });
  const given = [...(region.given ?? []), ...ends];
  return gap.ok && provablyPositive(gap.value, asked.strict, { ...region, assumptions: inside, given }, budget);
}

/** Not negative at b = a and rising with b, all the way from a. */
function risesFrom(asked: Sign, { greater, smaller, apart }: Order, region: Region, budget: Budget): boolean {
  const { assumptions } = region;
  if (!containsWay(assumptions.domain(greater), assumptions.domain(smaller), 'down')) return false;
  const slope = differentiateBy(asked.gap, greater);
  return isPositiveAlong(asked, { name: greater, at: symbol(smaller), slope, apart }, region, budget);
}

/** Not negative at a = b and falling with a, all the way down from b. */
function fallsTo(asked: Sign, { greater, smaller, apart }: Order, region: Region, budget: Budget): boolean {
  const { assumptions } = region;
  if (!containsWay(assumptions.domain(smaller), assumptions.domain(greater), 'up')) return false;
  const slope = negate(differentiateBy(asked.gap, smaller));
  return isPositiveAlong(asked, { name: smaller, at: symbol(greater), slope, apart }, region, budget);
}

const differentiateBy = (value: Expression, name: string): Expression => differentiate(value, symbolRule(name));

/** The symbol that moves, where its way starts, and the slope along it. */
interface Way {
  readonly name: string;
  readonly at: Expression;
  readonly slope: Expression;
  readonly apart: boolean;
}

/** Positive where the way starts, and rising along it. */
function isPositiveAlong(asked: Sign, { name, at, slope, apart }: Way, region: Region, budget: Budget): boolean {
  const start = attempt(() => substituteSymbol(asked.gap, name, at, region.assumptions));
  // Without poles on the way.
  if (!start.ok || !hasPositiveDenominators(asked.gap, region, budget)) return false;
  const risesStrictly =
    asked.strict &&
    apart &&
    provablyPositive(slope, true, region, budget) &&
    provablyPositive(start.value, false, region, budget);
  if (risesStrictly) return true;
  return provablyPositive(start.value, asked.strict, region, budget) && provablyPositive(slope, false, region, budget);
}

/** Whether the domain of what moves contains everything between its values and those of the other. */
export function containsWay(moving: Domain | null, other: Domain | null, way: 'up' | 'down'): boolean {
  if (moving === null || other === null) return false;
  if (way === 'down')
    return (
      moving.lower === null ||
      (other.lower !== null &&
        (other.lower.compare(moving.lower) > 0 ||
          (other.lower.equals(moving.lower) && (other.lowerOpen || !moving.lowerOpen))))
    );
  return (
    moving.upper === null ||
    (other.upper !== null &&
      (other.upper.compare(moving.upper) < 0 ||
        (other.upper.equals(moving.upper) && (other.upperOpen || !moving.upperOpen))))
  );
}

const symbol = (name: string): Expression => factorExpression({ kind: 'symbol', name });
