/**
 * Expressions of a known number of components, written component by component: every sum over 1 … p term by term, p as a number, and, where
 * it is given, a loss in place of E. What is left depends on θ_1 … θ_p alone.
 */
import { contractionOf } from '../core/contraction.ts';
import { work } from '../../base/work.ts';
import { refuse } from '../../base/problem.ts';
import { constantForm, type LinearForm } from '../../number/linear-form.ts';
import { type Assumptions, NO_ASSUMPTIONS } from '../arithmetic/assumptions.ts';
import { applyFunction } from '../arithmetic/functions.ts';
import { bodyOf } from '../arithmetic/map-inside.ts';
import { power } from '../arithmetic/power.ts';
import type { Constraint } from '../core/domain.ts';
import {
  add,
  type Expression,
  expressionOf,
  freeIndicesOf,
  multiply,
  openTerm,
  restrict,
  sameExpression,
  substituteIndices,
  sumOverAll,
} from '../core/expression.ts';
import { type FactorPower, plainExponent } from '../core/factor.ts';
import type { LossFactor } from '../core/factors.ts';
import { DIMENSION_INDEX, freeSort, isBound, ZERO } from '../core/indices.ts';
import { instantiate } from '../core/template.ts';
import { substituteRaw, type Term } from '../core/term.ts';
import { differentiate, partialRule } from './differentiate.ts';

/** ∇_{coordinates}E as an expression of the components of θ. */
export type DerivativeOfLoss = (coordinates: readonly number[]) => Expression;

/** The derivatives of a loss that is an expression of θ_1, θ_2, …, each taken once. */
export function derivativesOfLoss(loss: Expression): DerivativeOfLoss {
  const known = new Map<string, Expression>([['', loss]]);
  const at: DerivativeOfLoss = coordinates => {
    const sorted = coordinates.toSorted((a, b) => a - b);
    const key = sorted.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const last = sorted.at(-1) ?? 0;
    const made = differentiate(at(sorted.slice(0, -1)), partialRule(constantForm(last)));
    known.set(key, made);
    return made;
  };
  return at;
}

/** The most ways in which the indices of one term are put in. */
const MOST_WAYS = 100_000;
/** Whole powers up to this one are multiplied out. */
const MOST_MULTIPLIED = 16;

/**
 * The value for p = `components`, without any sum over components, and with `loss` in place of E where it is given. Refuses a component that
 * is still a letter beside the loss, other points than the current one, and factors that hold a vector whole.
 */
export function inComponents(
  value: Expression,
  components: number,
  loss: DerivativeOfLoss | null,
  assumptions: Assumptions = NO_ASSUMPTIONS,
): Expression {
  return new Components(components, loss, assumptions).of(value);
}

/** The value at each component that its free letters may mean, with these as text. */
export function atEveryComponent(
  value: Expression,
  components: number,
): { readonly at: readonly number[]; readonly value: Expression }[] {
  const letters = [...freeIndicesOf(value)].filter(
    index => index !== DIMENSION_INDEX && !isBound(index) && freeSort(index) === 'coordinate',
  );
  const ways = waysOf(letters, components);
  return ways.map(way => ({
    at: [...way.values()].map(({ constant }) => constant),
    value: substituteIndices(value, way),
  }));
}

function waysOf(letters: readonly number[], components: number): Map<number, LinearForm>[] {
  if (components ** letters.length > MOST_WAYS)
    return refuse('loss-too-large', 'there are too many sums over components to write them out');
  return letters.reduce<Map<number, LinearForm>[]>(
    (ways, letter) =>
      ways.flatMap(way =>
        Array.from({ length: components }, (_, at) => new Map([...way, [letter, constantForm(at + 1)]])),
      ),
    [new Map()],
  );
}

class Components {
  readonly #components: number;
  readonly #loss: DerivativeOfLoss | null;
  readonly #assumptions: Assumptions;
  readonly #images = new Map<string, Expression>();

  constructor(components: number, loss: DerivativeOfLoss | null, assumptions: Assumptions) {
    this.#components = components;
    this.#loss = loss;
    this.#assumptions = assumptions;
  }

  of(value: Expression): Expression {
    return add(...value.terms.flatMap(term => this.#term(term)));
  }

  #term(term: Term): Expression[] {
    const { coefficient, factors, open, sorts, constraints } = openTerm(term);
    const letters = open.filter((_, at) => sorts[at] === 'coordinate');
    const times = open.filter((_, at) => sorts[at] !== 'coordinate');
    const size = [DIMENSION_INDEX, constantForm(this.#components)] as const;
    return waysOf(letters, this.#components).flatMap(way => {
      work(1);
      const raw = substituteRaw({ coefficient, factors, sorts: [], constraints }, new Map([...way, size]));
      const bounds = possible(raw.constraints);
      if (bounds === null) return [];
      const images = raw.factors.map(own => this.#image(own));
      const kept = raw.factors.filter((_, at) => images[at] === null);
      const rest = expressionOf([{ coefficient, factors: kept, sorts: [], constraints: [] }]);
      const body = multiply(rest, ...images.filter(image => image !== null));
      if (times.length === 0) return [bounds.length === 0 ? body : restrict(body, bounds)];
      const history = times.map(() => 'history' as const);
      return [sumOverAll(body, times, history, bounds)];
    });
  }

  /** What a factor power becomes; null where it stays. */
  #image(own: FactorPower): Expression | null {
    const { factor } = own;
    if (factor.kind === 'loss')
      return this.#loss === null ? null : this.#raised(this.#derivative(factor, this.#loss), own);
    if (factor.kind === 'differential') return this.#raised(this.of(contractionOf(factor)), own);
    if (factor.kind === 'template' || factor.kind === 'function') {
      const body = instantiate(factor.template, factor.arguments);
      const image = this.#inside(factor.template.id, factor.arguments, body);
      // Sums that are kept together are multiplied out.
      if (image === null) return factor.kind === 'template' && isMultiplied(own) ? this.#raised(body, own) : null;
      return this.#raised(
        factor.kind === 'template' ? image : applyFunction(factor.name, factor.parity, factor.order, image),
        own,
      );
    }
    // What depends on θ may hold a loss, but for a component of θ itself; what holds an expression stays where that does.
    const inside = bodyOf(factor);
    const stays =
      inside === null
        ? factor.kind === 'point' || !('at' in factor)
        : sameExpression(this.of(inside.body), inside.body);
    return stays
      ? null
      : refuse(
          'loss-not-covered',
          'a function of a vector, a product over steps or a recursion is not written component by component',
        );
  }

  #derivative({ batch, coordinates, at }: LossFactor, loss: DerivativeOfLoss): Expression {
    if (batch !== null || at !== null)
      return refuse(
        'loss-needs-full-batch',
        'a typed loss is put in for the loss of the full batch at the current point',
      );
    if (coordinates.some(({ terms }) => terms.length > 0))
      return refuse('loss-not-covered', 'a component that is a letter stands beside a typed loss');
    return loss(coordinates.map(({ constant }) => constant));
  }

  /** What stands inside of a factor; null where it stays. */
  #inside(id: number, args: readonly LinearForm[], body: Expression): Expression | null {
    const key = `${id}(${JSON.stringify(args)})`;
    const image = this.#images.get(key) ?? this.of(body);
    this.#images.set(key, image);
    return sameExpression(image, body) ? null : image;
  }

  #raised(base: Expression, { exponent }: Pick<FactorPower, 'exponent'>): Expression {
    const plain = plainExponent(exponent);
    if (plain === null)
      return refuse('exponent-not-covered', 'a typed loss cannot stand under an exponent with an index');
    return isMultiplied({ exponent })
      ? multiply(...Array.from({ length: plain.toNumber() }, () => base))
      : power(base, plain, this.#assumptions);
  }
}

function isMultiplied({ exponent }: Pick<FactorPower, 'exponent'>): boolean {
  const plain = plainExponent(exponent);
  return plain?.isInteger() === true && plain.sign() > 0 && plain.toNumber() <= MOST_MULTIPLIED;
}

/** The constraints without those between numbers alone; null where one of these fails. */
function possible(constraints: readonly Constraint[]): Constraint[] | null {
  const isOfNumbers = ({ left, right }: Constraint): boolean => left === ZERO && right === ZERO;
  if (constraints.some(each => isOfNumbers(each) && each.bound < 0)) return null;
  return constraints.filter(each => !isOfNumbers(each));
}
