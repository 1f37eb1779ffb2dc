/**
 * Where a field of polynomials in θ_1 … θ_d vanishes, as far as it is algebraic: factor by factor, each solved for a component that stands in
 * it linearly, or as its square alone. For symbols in general position: branches that need a relation between symbols are left out.
 */
import { Pot } from '../../base/pot.ts';
import {
  coefficientsOf,
  type Polynomial,
  polynomialKey,
  powerPolynomial,
  scalePolynomial,
  variablePolynomial,
  variablesOf,
} from '../../algebra/polynomial.ts';
import {
  addFractions,
  divideFractions,
  type Fraction,
  fractionOf,
  multiplyFractions,
} from '../../algebra/rational-function.ts';
import { Rational } from '../../number/rational.ts';
import type { LossAlgebra } from './factored.ts';

/** What a component is at a fixed point: a value, or ±√ of one. */
export type SolvedValue =
  | { readonly kind: 'value'; readonly value: Fraction }
  | { readonly kind: 'root'; readonly square: Fraction };

/** A family of fixed points: components that have no entry are free, but for zeros of `nonzero`. */
export interface FixedPoints {
  readonly values: ReadonlyMap<number, SolvedValue>;
  readonly free: readonly number[];
  readonly nonzero: readonly Polynomial[];
}

export interface FoundPoints {
  readonly points: readonly FixedPoints[];
  /** Whether every branch was solved. */
  readonly complete: boolean;
}

interface Branch {
  readonly left: readonly Polynomial[];
  readonly values: ReadonlyMap<number, SolvedValue>;
  readonly nonzero: readonly Polynomial[];
}

const MOST_BRANCHES = 200;
const WORK = 400_000;

/** The zeros of the polynomials, of which `ids` are the components. */
export function fixedPointsOf(field: readonly Polynomial[], ids: readonly number[], algebra: LossAlgebra): FoundPoints {
  const outcome = new Pot(WORK, WORK).within(() => new Search(ids, algebra).from(field));
  return outcome ?? { points: [], complete: false };
}

class Search {
  readonly #ids: readonly number[];
  readonly #algebra: LossAlgebra;
  readonly #found = new Map<string, FixedPoints>();
  #complete = true;
  #branches = 0;

  constructor(ids: readonly number[], algebra: LossAlgebra) {
    this.#ids = ids;
    this.#algebra = algebra;
  }

  from(field: readonly Polynomial[]): FoundPoints {
    this.#solve({ left: field, values: new Map(), nonzero: [] });
    return { points: [...this.#found.values()], complete: this.#complete };
  }

  #solve({ left, values, nonzero }: Branch): void {
    this.#branches += 1;
    if (this.#branches > MOST_BRANCHES) {
      this.#complete = false;
      return;
    }
    const open = left.filter(({ length }) => length > 0);
    // A relation between symbols alone fails in general position.
    if (open.some(each => !this.#hasComponent(each))) return;
    if (nonzero.some(({ length }) => length === 0)) return;
    const [first] = open.toSorted((a, b) => a.length - b.length);
    if (first === undefined) {
      this.#note(values, nonzero);
      return;
    }
    const others = open.filter(each => each !== first);
    const { monomial, powers } = this.#algebra.factors(first);
    const factors = [
      ...monomial.flatMap(([id]) => (this.#ids.includes(id) ? [variablePolynomial(id)] : [])),
      ...powers.map(({ base }) => base).filter(base => this.#hasComponent(base)),
    ];
    for (const factor of factors) this.#solveFactor(factor, { left: others, values, nonzero });
  }

  #solveFactor(factor: Polynomial, branch: Branch): void {
    const linear = this.#linear(factor);
    if (linear !== null) {
      const { id, slope, rest } = linear;
      const value = divideFractions(fractionOf(scalePolynomial(rest, Rational.minusOne)), fractionOf(slope), each =>
        this.#algebra.factors(each),
      );
      const isFree = this.#hasComponent(slope);
      this.#solve(
        this.#put(id, { kind: 'value', value }, isFree ? { ...branch, nonzero: [...branch.nonzero, slope] } : branch),
      );
      if (isFree) this.#solve({ ...branch, left: [...branch.left, slope, rest] });
      return;
    }
    const square = this.#square(factor);
    if (square !== null) {
      this.#solve(this.#put(square.id, { kind: 'root', square: square.value }, branch));
      return;
    }
    this.#complete = false;
  }

  /** The factor as slope·θ_i + rest, with the simplest slope; null where no component stands in it linearly. */
  #linear(factor: Polynomial): { readonly id: number; readonly slope: Polynomial; readonly rest: Polynomial } | null {
    const ways = this.#componentsOf(factor).flatMap(id => {
      const parts = coefficientsOf(factor, id);
      const slope = parts.get(1);
      return slope !== undefined && [...parts.keys()].every(power => power === 0 || power === 1)
        ? [{ id, slope, rest: parts.get(0) ?? [] }]
        : [];
    });
    const [best] = ways.toSorted(
      (a, b) =>
        Number(this.#hasComponent(a.slope)) - Number(this.#hasComponent(b.slope)) || a.slope.length - b.slope.length,
    );
    return best ?? null;
  }

  /** slope·θ_i² + rest of symbols alone. */
  #square(factor: Polynomial): { readonly id: number; readonly value: Fraction } | null {
    const [id, second] = this.#componentsOf(factor);
    if (id === undefined || second !== undefined) return null;
    const parts = coefficientsOf(factor, id);
    const slope = parts.get(2);
    if (slope === undefined || ![...parts.keys()].every(power => power === 0 || power === 2)) return null;
    const above = fractionOf(scalePolynomial(parts.get(0) ?? [], Rational.minusOne));
    return { id, value: divideFractions(above, fractionOf(slope), each => this.#algebra.factors(each)) };
  }

  #put(id: number, solved: SolvedValue, branch: Branch): Branch {
    const put = (each: Polynomial): Polynomial => inserted(each, id, solved).above;
    const values = new Map(
      [...branch.values].map(([other, known]) => [other, this.#insideValue(known, id, solved)] as const),
    );
    values.set(id, solved);
    return { left: branch.left.map(put), values, nonzero: branch.nonzero.map(put) };
  }

  #insideValue(known: SolvedValue, id: number, solved: SolvedValue): SolvedValue {
    if (known.kind === 'root') return known;
    const above = inserted(known.value.above, id, solved);
    const below = known.value.below.flatMap(({ base, count }) => {
      const image = inserted(base, id, solved);
      const turned = divideFractions(fractionOf(variableless()), image, each => this.#algebra.factors(each));
      return Array.from({ length: count }, () => turned);
    });
    return { kind: 'value', value: multiplyFractions(above, ...below) };
  }

  #note(values: Branch['values'], nonzero: Branch['nonzero']): void {
    const key = [...values]
      .map(([id, solved]) => `${id}:${keyOfValue(solved)}`)
      .toSorted()
      .join(';');
    const free = this.#ids.filter(id => !values.has(id));
    this.#found.set(key, { values, free, nonzero: nonzero.filter(each => this.#hasComponent(each)) });
  }

  #componentsOf(polynomial: Polynomial): number[] {
    return variablesOf(polynomial).filter(id => this.#ids.includes(id));
  }
  #hasComponent(polynomial: Polynomial): boolean {
    return this.#componentsOf(polynomial).length > 0;
  }
}

const variableless = (): Polynomial => powerPolynomial([], 0);

const keyOfValue = (solved: SolvedValue): string => {
  const { above, below } = solved.kind === 'root' ? solved.square : solved.value;
  return `${solved.kind} ${polynomialKey(above)}/${below.map(({ base, count }) => `${polynomialKey(base)}^${count}`).join('*')}`;
};

/** The polynomial with the value in place of a component; an odd power of a root keeps one of it. */
function inserted(polynomial: Polynomial, id: number, solved: SolvedValue): Fraction {
  const parts = [...coefficientsOf(polynomial, id)].map(([exponent, coefficient]) => {
    const [base, count] =
      solved.kind === 'value' ? [solved.value, exponent] : [solved.square, Math.floor(exponent / 2)];
    const rest = solved.kind === 'value' || exponent % 2 === 0 ? [] : [fractionOf(variablePolynomial(id))];
    return multiplyFractions(fractionOf(coefficient), ...Array.from({ length: count }, () => base), ...rest);
  });
  return addFractions(...parts);
}
