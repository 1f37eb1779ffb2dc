/**
 * Sums inside sums in the order that costs least: Σ_k Σ_l (Σ_{q ≥ k,l} β^{n+q−k−l}) a_k·b_l costs n² terms as it stands, and n as
 * Σ_q β^{n−q} (Σ_{k≤q} β^{q−k} a_k)·(Σ_{l≤q} β^{q−l} b_l).
 *
 * Only the order of finite sums changes, factors move out of sums whose letter they do not contain, and a power is cut into
 * powers with exponents that are never negative, so that 0⁰ = 1 stays right. A sum that may be empty is left alone: what stands before it would
 * no longer be looked at. Everything here is read off the formula tree.
 */
import { add, index, multiply, negate, number, power, sum } from '../formula/build.ts';
import { type BigNode, DIMENSION, type Formula, type IndexSort, ITERATION } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';
import { IndexOrder, NOUGHT } from './index-order.ts';

/** constant + Σ coefficient·letter. */
interface Affine {
  readonly constant: number;
  readonly terms: ReadonlyMap<string, number>;
}
/** letter + by; the letter may be {@link NOUGHT}. */
interface End {
  readonly letter: string;
  readonly by: number;
}
interface Bound {
  readonly letter: string;
  readonly sort: IndexSort;
  readonly node: BigNode;
  readonly lower: readonly End[];
  readonly upper: readonly End[];
}
interface Weight {
  readonly base: Formula;
  readonly exponent: Affine;
}
/** A product of factors and of sums over one letter each. */
interface Plan {
  readonly factors: readonly Formula[];
  readonly sums: readonly { readonly letter: string; readonly body: Plan }[];
}

const SIZES: Readonly<Record<IndexSort, number>> = { history: 1000, coordinate: 4 };
/** From two passes over the history inside each other on. */
const DEAR = SIZES.history ** 2;
const MOST_LETTERS = 6;

/** The formula with every nest of sums in its best order. */
export function nestSums(formula: Formula): Formula {
  const nested = formula.kind === 'sum' ? new Nest(formula).best() : null;
  if (nested !== null) return nested;
  const old = children(formula);
  const renewed = old.map(nestSums);
  return renewed.every((child, place) => child === old[place]) ? formula : withChildren(formula, renewed);
}

class Nest {
  readonly #bounds: Bound[] = [];
  readonly #factors: Formula[] = [];
  readonly #weights: Weight[] = [];
  #readable = true;

  constructor(whole: BigNode) {
    this.#flatten(whole, []);
  }

  /** Null where the nest is cheap as it is, or not of this kind. */
  best(): Formula | null {
    const letters = this.#bounds.map(({ letter }) => letter);
    const history = this.#bounds.filter(({ sort }) => sort === 'history');
    if (!this.#readable || history.length < 2 || letters.length > MOST_LETTERS) return null;
    if (new Set(letters).size !== letters.length) return null;
    const order = this.#order(this.#bounds);
    const { plan, cost } = this.#plan(this.#factors, letters);
    if (cost >= DEAR) return null;
    const rests = this.#weights.map(({ exponent }) => exponent);
    const written = this.#write(plan, [], order, rests);
    if (written === null) return null;
    const outside = this.#weights.map(({ base }, place) => ({ base, rest: rests[place] }));
    if (!outside.every(({ rest }) => rest !== undefined && isNeverNegative(rest))) return null;
    return multiply(...outside.map(({ base, rest }) => power(base, writeAffine(rest ?? constant(0)))), written);
  }

  /** The letters, factors and powers of the nest; every sum inside has to have a term wherever the outer ones have one. */
  #flatten(formula: Formula, outer: readonly Bound[]): void {
    switch (formula.kind) {
      case 'multiply':
        for (const factor of formula.factors) this.#flatten(factor, outer);
        return;
      case 'negate':
        this.#factors.push(number(-1));
        this.#flatten(formula.argument, outer);
        return;
      case 'sum': {
        const bound = boundOf(formula);
        if (bound === null || (outer.length > 0 && !this.#hasTerms(bound, outer))) {
          this.#readable = false;
          return;
        }
        this.#bounds.push(bound);
        this.#flatten(formula.body, [...outer, bound]);
        return;
      }
      case 'power': {
        const exponent = affineOf(formula.exponent);
        if (exponent !== null && formula.base.kind === 'parameter' && exponent.terms.size > 0)
          this.#weights.push({ base: formula.base, exponent });
        else this.#factors.push(formula);
        return;
      }
      default:
        this.#factors.push(formula);
    }
  }

  #hasTerms(bound: Bound, outer: readonly Bound[]): boolean {
    if (bound.sort === 'coordinate') return true;
    const order = this.#order(outer);
    return bound.lower.every(low => bound.upper.every(high => order.most(low.letter, high.letter) + low.by <= high.by));
  }

  #order(bounds: readonly Bound[]): IndexOrder {
    return new IndexOrder([
      { left: NOUGHT, right: ITERATION, by: 0 },
      ...bounds.flatMap(({ letter, lower, upper }) => [
        ...lower.map(end => ({ left: end.letter, right: letter, by: -end.by })),
        ...upper.map(end => ({ left: letter, right: end.letter, by: end.by })),
      ]),
    ]);
  }

  #plan(factors: readonly Formula[], letters: readonly string[]): { readonly plan: Plan; readonly cost: number } {
    const uses = (factor: Formula, letter: string): boolean => occursIn(factor, letter);
    const inside = factors.filter(factor => letters.some(letter => uses(factor, letter)));
    let cost = 0;
    const sums: { letter: string; body: Plan }[] = [];
    for (const group of this.#groups(inside, letters)) {
      const own = inside.filter(factor => group.some(letter => uses(factor, letter)));
      const around = this.#bounds.filter(
        ({ letter }) => !letters.includes(letter) && own.some(factor => uses(factor, letter)),
      );
      const size = around.reduce((product, { sort }) => product * SIZES[sort], 1);
      let best: { letter: string; body: Plan; cost: number } | null = null;
      for (const letter of group) {
        const sort = this.#bounds.find(bound => bound.letter === letter)?.sort ?? 'history';
        const rest = this.#plan(
          own,
          group.filter(other => other !== letter),
        );
        const total = size * SIZES[sort] + rest.cost;
        if (best === null || total < best.cost) best = { letter, body: rest.plan, cost: total };
      }
      if (best === null) continue;
      sums.push(best);
      cost += best.cost;
    }
    return { plan: { factors: factors.filter(factor => !inside.includes(factor)), sums }, cost };
  }

  /** Letters that a factor or a bound ties together. */
  #groups(factors: readonly Formula[], letters: readonly string[]): string[][] {
    const groups = letters.map(letter => [letter]);
    const join = (tied: readonly string[]): void => {
      const [first, ...others] = tied.map(letter => groups.find(group => group.includes(letter)));
      for (const other of others) {
        if (first === undefined || other === undefined || other === first) continue;
        const at = groups.indexOf(other);
        if (at === -1) continue;
        groups.splice(at, 1);
        first.push(...other);
      }
    };
    for (const factor of factors) join(letters.filter(letter => occursIn(factor, letter)));
    for (const { letter, lower, upper } of this.#bounds)
      for (const end of [...lower, ...upper])
        if (letters.includes(letter) && letters.includes(end.letter)) join([letter, end.letter]);
    return groups;
  }

  /** `rests` loses what the powers in the sums take; null where a power cannot be cut. */
  #write(plan: Plan, outer: readonly string[], order: IndexOrder, rests: Affine[]): Formula | null {
    const parts: Formula[] = [...plan.factors];
    for (const { letter, body } of plan.sums) {
      const bound = this.#bounds.find(each => each.letter === letter);
      const inner = this.#write(body, [...outer, letter], order, rests);
      if (bound === undefined || inner === null) return null;
      if (bound.sort === 'coordinate') {
        if (rests.some(({ terms }) => terms.has(letter))) return null;
        parts.push({ ...bound.node, body: inner });
        continue;
      }
      const ends = [ITERATION, NOUGHT, ...outer.filter(each => this.#isHistory(each))];
      const lower = sharpest(
        ends,
        each => order.most(each, letter),
        (a, b) => order.most(a, b),
      );
      const upper = sharpest(
        ends,
        each => order.most(letter, each),
        (a, b) => order.most(b, a),
      );
      const low = lower.map(end => ({ letter: end.letter, by: -end.by }));
      const powers: Formula[] = [];
      for (const [place, rest] of rests.entries()) {
        const slope = rest.terms.get(letter) ?? 0;
        if (slope === 0) continue;
        const [end, second] = slope < 0 ? upper : low;
        const base = this.#weights[place]?.base;
        if (end === undefined || second !== undefined || base === undefined) return null;
        const distance = plus(variable(letter, 0), variable(end.letter, end.by), -1);
        powers.push(power(base, writeAffine(scale(distance, slope))));
        rests[place] = plus(rest, distance, -slope);
      }
      parts.push(sum(letter, endOf('max', low), endOf('min', upper), multiply(...powers, inner), 'history'));
    }
    return multiply(...parts);
  }

  #isHistory(letter: string): boolean {
    return this.#bounds.some(bound => bound.letter === letter && bound.sort === 'history');
  }
}

/** The ends that no other one implies: `distance` c of each, `between` the known difference of two. */
function sharpest(
  letters: readonly string[],
  distance: (letter: string) => number,
  between: (a: string, b: string) => number,
): End[] {
  const all = letters.map(letter => ({ letter, by: distance(letter) })).filter(({ by }) => Number.isFinite(by));
  // Where two imply each other the first stays.
  const implies = (a: End, b: End): boolean => between(b.letter, a.letter) + a.by <= b.by;
  return all.filter(
    (end, place) =>
      !all.some((other, at) => at !== place && implies(other, end) && (at < place || !implies(end, other))),
  );
}

function boundOf(node: BigNode): Bound | null {
  const { sort, index: letter } = node;
  if (sort === 'coordinate') {
    const isWhole =
      node.lower.kind === 'number' &&
      node.lower.value.isOne() &&
      node.upper.kind === 'index' &&
      node.upper.name === DIMENSION;
    return isWhole ? { letter, sort, node, lower: [], upper: [] } : null;
  }
  const lower = endsOf(node.lower, 'max');
  const upper = endsOf(node.upper, 'min');
  return lower === null || upper === null ? null : { letter, sort, node, lower, upper };
}

function endsOf(formula: Formula, which: 'max' | 'min'): End[] | null {
  const parts = formula.kind === 'extremum' && formula.which === which ? formula.arguments : [formula];
  const ends = parts.map(part => {
    const form = affineOf(part);
    const [only, second] = form === null ? [] : [...form.terms];
    if (form === null || second !== undefined || (only !== undefined && only[1] !== 1)) return null;
    return { letter: only?.[0] ?? NOUGHT, by: form.constant };
  });
  const known = ends.filter(end => end !== null);
  return known.length === ends.length ? known : null;
}

function affineOf(formula: Formula): Affine | null {
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() ? constant(formula.value.toNumber()) : null;
    case 'index':
      return formula.name === DIMENSION ? null : variable(formula.name, 0);
    case 'negate': {
      const inner = affineOf(formula.argument);
      return inner && scale(inner, -1);
    }
    case 'add':
      return formula.terms.reduce<Affine | null>((total, term) => {
        const inner = affineOf(term);
        return total && inner && plus(total, inner, 1);
      }, constant(0));
    case 'multiply':
      return formula.factors.reduce<Affine | null>((total, factor) => {
        const inner = affineOf(factor);
        if (total === null || inner === null) return null;
        if (total.terms.size === 0) return scale(inner, total.constant);
        return inner.terms.size === 0 ? scale(total, inner.constant) : null;
      }, constant(1));
    default:
      return null;
  }
}

const constant = (value: number): Affine => ({ constant: value, terms: new Map() });
const variable = (letter: string, by: number): Affine => ({
  constant: by,
  terms: new Map(letter === NOUGHT ? [] : [[letter, 1]]),
});
const scale = (form: Affine, by: number): Affine => plus(constant(0), form, by);

function plus(left: Affine, right: Affine, factor: number): Affine {
  const terms = new Map(left.terms);
  for (const [letter, coefficient] of right.terms) {
    const total = (terms.get(letter) ?? 0) + factor * coefficient;
    if (total === 0) terms.delete(letter);
    else terms.set(letter, total);
  }
  return { constant: left.constant + factor * right.constant, terms };
}

/** For every n ≥ 0; false where another letter is left. */
const isNeverNegative = ({ constant: by, terms }: Affine): boolean =>
  by >= 0 && [...terms].every(([letter, coefficient]) => letter === ITERATION && coefficient >= 0);

function writeAffine({ constant: by, terms }: Affine): Formula {
  const parts = [...terms].map(([letter, coefficient]) =>
    coefficient === 1
      ? index(letter)
      : coefficient === -1
        ? negate(index(letter))
        : multiply(number(coefficient), index(letter)),
  );
  return parts.length === 0 ? number(by) : add(...parts, ...(by === 0 ? [] : [number(by)]));
}

function endOf(which: 'max' | 'min', ends: readonly End[]): Formula {
  const written = ends.map(({ letter, by }) => writeAffine(variable(letter, by)));
  const [only] = written;
  return written.length === 1 && only ? only : { kind: 'extremum', span: null, which, arguments: written };
}

const occursIn = (formula: Formula, letter: string): boolean =>
  (formula.kind === 'index' && formula.name === letter) || children(formula).some(child => occursIn(child, letter));
