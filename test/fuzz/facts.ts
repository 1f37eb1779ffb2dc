/** What a claim declares and assumes, and the little that the generator knows for sure to follow from it. */
import { compare, type Fraction, ONE, signOf, ZERO } from './fraction.ts';
import { difference, type IndexFacts, leastValue, type Linear } from './linear.ts';
import type { Tree } from './tree.ts';

export type Domain = 'unit' | 'unit-closed' | 'positive' | 'not-negative' | 'real';

export interface Facts extends IndexFacts {
  readonly scalars: ReadonlyMap<string, Domain>;
}

export const declarationText = (name: string, domain: Domain): string =>
  ({
    unit: `${name} in (0,1)`,
    'unit-closed': `${name} in [0,1)`,
    positive: `${name} > 0`,
    'not-negative': `${name} >= 0`,
    real: `${name} in (-9,9)`,
  })[domain];

export function isIn(value: Fraction, domain: Domain): boolean {
  const sign = signOf(value);
  switch (domain) {
    case 'unit':
      return sign > 0 && compare(value, ONE) < 0;
    case 'unit-closed':
      return sign >= 0 && compare(value, ONE) < 0;
    case 'positive':
      return sign > 0;
    case 'not-negative':
      return sign >= 0;
    case 'real':
      return compare(value, { top: -9n, bottom: 1n }) > 0 && compare(value, { top: 9n, bottom: 1n }) < 0;
    default:
      throw new Error(`unknown domain ${domain satisfies never}`);
  }
}

/** `high ≥ low + by` for all admissible integers, as far as this reasoning sees. */
export const surelyApart = (low: Linear, high: Linear, by: number, facts: IndexFacts): boolean =>
  leastValue(difference(high, low), facts) >= by;

type Sure = 'positive' | 'not-negative' | null;

const weaker = (a: Sure, b: Sure): Sure => (a === null || b === null ? null : a === 'positive' ? b : a);

/** What the sign of a tree surely is wherever the tree has a value; null where this reasoning does not say. */
export function sureSign(tree: Tree, facts: Facts): Sure {
  switch (tree.kind) {
    case 'number': {
      const sign = signOf(tree.value);
      return sign > 0 ? 'positive' : sign === 0 ? 'not-negative' : null;
    }
    case 'scalar': {
      const domain = facts.scalars.get(tree.name);
      if (domain === 'unit' || domain === 'positive') return 'positive';
      return domain === 'unit-closed' || domain === 'not-negative' ? 'not-negative' : null;
    }
    case 'index': {
      const least = leastValue(tree.form, facts);
      return least > 0 ? 'positive' : least === 0 ? 'not-negative' : null;
    }
    case 'plus': {
      const signs = tree.parts.map(part => sureSign(part, facts));
      if (signs.includes(null)) return oneMinusPower(tree, facts);
      return signs.includes('positive') ? 'positive' : 'not-negative';
    }
    case 'times':
      return tree.parts.map(part => sureSign(part, facts)).reduce(weaker, 'positive');
    case 'over': {
      const bottom = sureSign(tree.bottom, facts);
      return bottom === null ? null : sureSign(tree.top, facts);
    }
    case 'power': {
      const base = sureSign(tree.base, facts);
      if (base !== null) return base;
      const { constant, terms } = tree.exponent;
      const even = constant % 2 === 0 && terms.every(([, factor]) => factor % 2 === 0);
      return even ? 'not-negative' : null;
    }
    case 'sum':
    case 'product': {
      const inner = { ...facts, bindings: [...facts.bindings, { name: tree.index, low: tree.low, high: tree.high }] };
      const body = sureSign(tree.body, inner);
      if (body === null) return null;
      if (tree.kind === 'product') return body;
      return body === 'positive' && surelyApart(tree.low, tree.high, 0, facts) ? 'positive' : 'not-negative';
    }
    case 'abs':
    case 'root':
      return sureSign(tree.of, facts) === 'positive' ? 'positive' : 'not-negative';
    case 'sign':
      return sureSign(tree.of, facts);
    case 'max': {
      const [one, other] = [sureSign(tree.one, facts), sureSign(tree.other, facts)];
      return one === 'positive' || other === 'positive' ? 'positive' : (one ?? other);
    }
    case 'min':
      return weaker(sureSign(tree.one, facts), sureSign(tree.other, facts));
    default:
      return null;
  }
}

/** 1 − r^e with r in (0, 1): positive for e ≥ 1, not negative for e ≥ 0. */
function oneMinusPower(tree: Extract<Tree, { kind: 'plus' }>, facts: Facts): Sure {
  const [one, rest, more] = tree.parts;
  if (!one || !rest || more || one.kind !== 'number' || compare(one.value, ONE) !== 0) return null;
  if (rest.kind !== 'times' || rest.parts.length !== 2) return null;
  const [minus, power] = rest.parts;
  if (minus?.kind !== 'number' || compare(minus.value, { top: -1n, bottom: 1n }) !== 0 || !power) return null;
  if (power.kind === 'scalar') return facts.scalars.get(power.name) === 'unit' ? 'positive' : null;
  if (power.kind !== 'power' || power.base.kind !== 'scalar') return null;
  if (facts.scalars.get(power.base.name) !== 'unit') return null;
  const least = leastValue(power.exponent, facts);
  return least >= 1 ? 'positive' : least === 0 ? 'not-negative' : null;
}

export const isZero = (value: Fraction): boolean => compare(value, ZERO) === 0;
