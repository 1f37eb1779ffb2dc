/**
 * Sums inside sums in the order that costs least: Σ_k Σ_l (Σ_{q ≥ k,l} β^{n+q−k−l}) a_k·b_l costs n² terms as it stands, and n as
 * Σ_q β^{n−q} (Σ_{k≤q} β^{q−k} a_k)·(Σ_{l≤q} β^{q−l} b_l).
 *
 * Only the order of finite sums changes, factors move out of sums whose letter they do not contain, and a power is cut into
 * powers with exponents that are never negative, so that 0⁰ = 1 stays right. A sum inside that may be empty is left alone: what stands before
 * it would no longer be looked at. Where the outermost one may be empty everything stays inside one sum that is empty then. A letter that
 * is not summed over (a label, the letter of an enclosing sum) bounds as n does, and nothing is known of it. Everything here is read off
 * the formula tree.
 */
import { multiplication, number, toPower, sum } from '../../formula/build.ts';
import { type BigNode, type Formula, type IndexSort, ITERATION } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { type Affine, affineOf, isNeverNegative, addAffine, scaleAffine, affineLetter, writeAffine } from './affine.ts';
import { type Bound, boundOf, endOf, sharpest } from './bounds.ts';
import { IndexOrder, NOUGHT } from './index-order.ts';

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

/**
 * The formula with every nest of sums in its best order: of the same value, or without one, for every value of its free letters that
 * `isFromZero` allows, n ≥ 0 or any n.
 */
export function nestSums(formula: Formula, { isFromZero }: { readonly isFromZero: boolean }): Formula {
  const nested = formula.kind === 'sum' ? new Nest(formula, isFromZero).best() : null;
  if (nested !== null) return nested;
  const old = children(formula);
  const renewed = old.map(child => nestSums(child, { isFromZero }));
  return renewed.every((child, place) => child === old[place]) ? formula : withChildren(formula, renewed);
}

class Nest {
  readonly #bounds: Bound[] = [];
  readonly #factors: Formula[] = [];
  readonly #weights: Weight[] = [];
  readonly #isFromZero: boolean;
  /** n, 0 and the letters of bounds that are not summed over. */
  readonly #fixed: readonly string[];
  #readable = true;

  constructor(whole: BigNode, isFromZero: boolean) {
    this.#isFromZero = isFromZero;
    this.#flatten(whole, []);
    const summed = this.#letters();
    const ends = this.#bounds.flatMap(({ lower, upper }) => [...lower, ...upper].map(({ letter }) => letter));
    this.#fixed = [...new Set([ITERATION, NOUGHT, ...ends.filter(letter => !summed.includes(letter))])];
    // A letter that is free as well would be caught by its sum.
    if (new Set(summed).size !== summed.length || summed.some(letter => isFreeIn(whole, letter)))
      this.#readable = false;
  }

  readonly #letters = (): string[] => this.#bounds.map(({ letter }) => letter);

  /** Null where the nest is cheap as it is, or not of this kind. */
  best(): Formula | null {
    const letters = this.#letters();
    const [outermost] = this.#bounds;
    const history = this.#bounds.filter(({ sort }) => sort === 'history');
    if (!this.#readable || outermost === undefined || history.length < 2 || letters.length > MOST_LETTERS) return null;
    for (const preferred of this.#preferences(letters)) {
      const written = this.#inOrder(preferred, outermost);
      if (written !== null) return written;
    }
    return null;
  }

  /** The letters in the orders that are tried where several cost the same: each of them first, then those with the most ends. */
  #preferences(letters: readonly string[]): string[][] {
    const ends = ({ lower, upper }: Bound): number => lower.length + upper.length;
    const rest = [...this.#bounds].sort((a, b) => ends(b) - ends(a)).map(({ letter }) => letter);
    return [[...letters], ...letters.map(first => [first, ...rest.filter(letter => letter !== first)])];
  }

  #inOrder(letters: readonly string[], outermost: Bound): Formula | null {
    const order = this.#order(this.#bounds);
    const { plan, cost } = this.#plan(this.#factors, letters);
    if (cost >= DEAR) return null;
    const rests = this.#weights.map(({ exponent }) => exponent);
    const sums = this.#write(plan, [], order, rests);
    if (sums === null) return null;
    const powers: Formula[] = [];
    for (const [place, rest] of rests.entries()) {
      const base = this.#weights[place]?.base;
      // The powers stand where the nest has a term, so that what follows from that may be used.
      if (base === undefined || !isNeverNegative(rest, order)) return null;
      powers.push(toPower(base, writeAffine(rest)));
    }
    const outside = [...powers, ...plan.factors];
    return this.#hasTerms(outermost, [])
      ? multiplication(...outside, ...sums)
      : this.#insideOne(plan, sums, outside, order);
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

  /** What is known of the letters where these sums have a term. */
  #order(bounds: readonly Bound[]): IndexOrder {
    return new IndexOrder([
      ...(this.#isFromZero ? [{ left: NOUGHT, right: ITERATION, by: 0 }] : []),
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
    return groups.map(group => letters.filter(letter => group.includes(letter)));
  }

  /**
   * The sums of a plan, its factors left out. `rests` loses what the powers in the sums take; null where a power cannot be cut.
   *
   * Every letter is bounded by all that follows for it from the nest, in terms of the letters outside of it, which together say the same
   * as the bounds that were read.
   */
  #write(plan: Plan, outer: readonly string[], order: IndexOrder, rests: Affine[]): Formula[] | null {
    const written: Formula[] = [];
    for (const { letter, body } of plan.sums) {
      const bound = this.#bounds.find(each => each.letter === letter);
      const sums = this.#write(body, [...outer, letter], order, rests);
      if (bound === undefined || sums === null) return null;
      const inner = multiplication(...body.factors, ...sums);
      if (bound.sort === 'coordinate') {
        if (rests.some(({ terms }) => terms.has(letter))) return null;
        written.push({ ...bound.node, body: inner });
        continue;
      }
      const ends = [...this.#fixed, ...outer.filter(each => this.#isHistory(each))];
      const between = (a: string, b: string): number => this.#between(a, b, order);
      const lower = sharpest(ends, each => order.most(each, letter), between);
      const upper = sharpest(
        ends,
        each => order.most(letter, each),
        (a, b) => between(b, a),
      );
      const low = lower.map(end => ({ letter: end.letter, by: -end.by }));
      const powers: Formula[] = [];
      for (const [place, rest] of rests.entries()) {
        const slope = rest.terms.get(letter) ?? 0;
        if (slope === 0) continue;
        const [end, second] = slope < 0 ? upper : low;
        const base = this.#weights[place]?.base;
        if (end === undefined || second !== undefined || base === undefined) return null;
        const distance = addAffine(affineLetter(letter, 0), affineLetter(end.letter, end.by), -1);
        powers.push(toPower(base, writeAffine(scaleAffine(distance, slope))));
        rests[place] = addAffine(rest, distance, -slope);
      }
      written.push(sum(letter, endOf('max', low), endOf('min', upper), multiplication(...powers, inner), 'history'));
    }
    return written;
  }

  /** The known difference of two letters outside of a sum. That of two fixed ones must not follow from the sums themselves. */
  #between(a: string, b: string, order: IndexOrder): number {
    const areFixed = this.#fixed.includes(a) && this.#fixed.includes(b);
    return areFixed ? this.#order([]).most(a, b) : order.most(a, b);
  }

  /** The sums of a plan with the factors inside one that is empty where the nest is; null where no one shows that. */
  #insideOne(plan: Plan, sums: readonly Formula[], outside: readonly Formula[], order: IndexOrder): Formula | null {
    // Where it has a term the others have one too.
    const chosen =
      plan.sums.length === 1
        ? 0
        : plan.sums.findIndex(({ letter }) => this.#isHistory(letter) && this.#showsEmptiness(letter, order));
    const [own, only] = [plan.sums[chosen], sums[chosen]];
    if (own === undefined || only?.kind !== 'sum') return null;
    const factors = [...outside, ...sums.filter((_, at) => at !== chosen)];
    if (only.sort === 'history')
      return this.#showsEmptiness(own.letter, order) ? { ...only, body: multiplication(...factors, only.body) } : null;
    const inner = only.body.kind === 'multiply' ? only.body.factors.slice(own.body.factors.length) : [];
    const moved = this.#insideOne(own.body, inner, [...factors, ...own.body.factors], order);
    return moved && { ...only, body: moved };
  }

  /** Whether all that the nest says of n, 0 and free letters follows from what it says of this letter. */
  #showsEmptiness(letter: string, order: IndexOrder): boolean {
    const known = this.#order([]);
    return this.#fixed.every(a =>
      this.#fixed.every(b => {
        const said = order.most(a, b);
        return known.most(a, b) <= said || order.most(a, letter) + order.most(letter, b) <= said;
      }),
    );
  }

  #isHistory(letter: string): boolean {
    return this.#bounds.some(bound => bound.letter === letter && bound.sort === 'history');
  }
}

/** Whether the letter stands in the formula outside of every sum and product over it. */
function isFreeIn(formula: Formula, letter: string): boolean {
  if (formula.kind === 'index') return formula.name === letter;
  if ((formula.kind === 'sum' || formula.kind === 'product') && formula.index === letter)
    return isFreeIn(formula.lower, letter) || isFreeIn(formula.upper, letter);
  return children(formula).some(child => isFreeIn(child, letter));
}

const occursIn = (formula: Formula, letter: string): boolean =>
  (formula.kind === 'index' && formula.name === letter) || children(formula).some(child => occursIn(child, letter));
