/**
 * Memory out, tree by tree: memory-out.ts for rules whose steps are sums of gradients of one loss at earlier points, so that everything that
 * arises is an elementary differential with a weight. With D(l) = h D_1(l) + h² D_2(l) + … the displacement of θ^{(l)} from θ^{(n)}, a gradient at
 * θ^{(l)} is the sum over m of ∇^{m+1}E[D(l), …, D(l)]/m!: the coefficients of exp D(l) with a new root.
 *
 * Source: Taylor's formula; Hairer, Lubich, Wanner, Geometric Numerical Integration, III.1.
 */
import type { Budget } from '../../base/budget.ts';
import { multiplyFractions } from '../../algebra/rational-function.ts';
import { type Assumptions, withIndices } from '../../expression/arithmetic/assumptions.ts';
import type { Series } from '../../expression/calculus/series.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  ONE_EXPRESSION,
  openTerm,
  substituteIndices,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorForms, integerExponent } from '../../expression/core/factor.ts';
import type { LossFactor } from '../../expression/core/factors.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, LABEL_INDEX, openIndex } from '../../expression/core/indices.ts';
import type { Term } from '../../expression/core/term.ts';
import { LEAF } from '../../expression/core/tree.ts';
import { addForms, type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import { unfold } from '../../rewrite/unfold.ts';
import {
  addTrees,
  type ForestSum,
  mapWeights,
  NO_TREES,
  scaleTrees,
  type TreeSum,
  treeSum,
  withTree,
} from './tree-sums.ts';
import { NotOfTrees, notOfTrees, type Ranges, Weights } from './weights.ts';

/** The memoryless map as sums over trees. */
export interface TreeMap {
  /** Φ_0, …, Φ_order. */
  readonly coefficients: readonly TreeSum[];
  readonly weights: Weights;
}

/** The map of an update with history; null where something in it is no differential whose weight is a fraction of n and hyperparameters. */
export function mapOfTrees(update: Series, order: number, assumptions: Assumptions, budget: Budget): TreeMap | null {
  try {
    const weights = new Weights(assumptions, budget);
    const memory = new TreeMemory(update, weights, budget);
    const coefficients = Array.from({ length: order + 1 }, (_, q) => memory.map(q));
    // Refused here where a weight has no normal form.
    for (const each of coefficients) treeExpression(each, weights);
    return { coefficients, weights };
  } catch (error) {
    if (error instanceof NotOfTrees) return null;
    throw error;
  }
}

/** A sum over trees in normal form, component j. */
export const treeExpression = (sum: TreeSum, weights: Weights): Expression =>
  add(
    ...[...sum.values()].map(({ tree, weight }) =>
      multiply(
        weights.expression(weight),
        factorExpression({ kind: 'differential', tree, batch: null, component: variableForm(COMPONENT_INDEX) }),
      ),
    ),
  );

class TreeMemory {
  readonly #update: readonly Expression[];
  readonly #atLabel: readonly Expression[];
  readonly #weights: Weights;
  readonly #budget: Budget;
  /** D_1, D_2, … at the label l. */
  readonly #displacement: TreeSum[] = [];
  /** The coefficients of exp D(l) at the label l. */
  readonly #exponential: ForestSum[];
  /** A time between l and n. */
  readonly #between = openIndex('history');

  constructor(update: Series, weights: Weights, budget: Budget) {
    this.#weights = weights;
    this.#budget = budget;
    this.#update = update.map(each => unfold(each, budget));
    const toLabel = new Map([[ITERATION_INDEX, variableForm(LABEL_INDEX)]]);
    this.#atLabel = this.#update.map(each => substituteIndices(each, toLabel));
    this.#exponential = [treeSum([{ tree: LEAF, weight: weights.of(ONE_EXPRESSION) }])];
  }

  /** Φ_q. */
  map(q: number): TreeSum {
    return scaleTrees(this.#expanded(this.#update, q), Rational.minusOne);
  }

  /** Σ_r of coefficient q − r of the expansion of F_r. */
  #expanded(source: readonly Expression[], q: number): TreeSum {
    return addTrees(
      ...Array.from({ length: q + 1 }, (_, r) => r).flatMap(r =>
        coefficient(source, r).terms.map(term => this.#ofTerm(term, q - r)),
      ),
    );
  }

  /** D_q at the label l, Σ_{x=l}^{n−1} of F_{q−1}^{(x)}. */
  #displaced(q: number): TreeSum {
    for (let known = this.#displacement.length + 1; known <= q; known += 1) {
      const x = this.#between;
      const ranges: Ranges = {
        letters: [x],
        constraints: [
          { left: LABEL_INDEX, right: x, bound: 0 },
          { left: x, right: ITERATION_INDEX, bound: -1 },
        ],
      };
      this.#displacement.push(
        mapWeights(this.#expanded(this.#atLabel, known - 1), weight =>
          this.#weights.sum(this.#weights.at(weight, variableForm(x)), ranges),
        ),
      );
    }
    return this.#displacement[q - 1] ?? NO_TREES;
  }

  /** Coefficient q of exp D(l), by q e_q = Σ_{a=1}^q a D_a e_{q−a}. */
  #raised(q: number): ForestSum {
    for (let known = this.#exponential.length; known <= q; known += 1) {
      const parts = Array.from({ length: known }, (_, i) =>
        scaleTrees(withTree(this.#raised(known - i - 1), this.#displaced(i + 1)), Rational.of(i + 1, known)),
      );
      this.#exponential.push(addTrees(...parts));
    }
    return this.#exponential[q] ?? NO_TREES;
  }

  /** Coefficient q of the expansion of a term: numbers times a tree of derivatives at points with labels. */
  #ofTerm(term: Term, q: number): TreeSum {
    this.#budget.spend();
    const { coefficient: number, factors, open, sorts, constraints } = openTerm(term);
    const letters = open.filter((_, at) => sorts[at] === 'history');
    const components = new Set(open.filter(index => !letters.includes(index)));
    if (constraints.some(({ left, right }) => components.has(left) || components.has(right)))
      notOfTrees('a component has a range of its own');
    const vertices: LossFactor[] = [];
    const scalars: FactorPower[] = [];
    for (const own of factors) {
      if (own.factor.kind !== 'loss') {
        if (
          [own.exponent.form, ...factorForms(own.factor)].some(form =>
            form.terms.some(([index]) => isComponent(index, components)),
          )
        )
          notOfTrees('a component stands in something else than a derivative of the loss');
        scalars.push(own);
        continue;
      }
      const count = integerExponent(own.exponent);
      if (count === null || count < 1 || count > MOST_EQUAL) return notOfTrees('a power of a gradient');
      for (let i = 0; i < count; i += 1) vertices.push(own.factor);
    }
    const facts = withIndices(this.#weights.assumptions, this.#weights.assumptions.indices.with(constraints));
    const tree = this.#tree(vertices, COMPONENT_INDEX, facts);
    if (tree.size !== vertices.length || tree.size - 1 !== components.size) notOfTrees('the derivatives are no tree');
    const own = this.#weights.of(expressionOf([{ coefficient: number, factors: scalars, sorts: [], constraints: [] }]));
    const ranges: Ranges = { letters, constraints };
    return mapWeights(tree.expanded(q), weight => this.#weights.sum(multiplyFractions(own, weight), ranges));
  }

  /** The tree of derivatives whose root has the component `letter`. */
  #tree(vertices: readonly LossFactor[], letter: number, facts: Assumptions): LabelledTree {
    const [root, ...more] = vertices.filter(({ coordinates }) => coordinates.some(form => letterOf(form) === letter));
    if (root === undefined || more.length > 0 || root.batch !== null) return notOfTrees('the derivatives are no tree');
    const letters = root.coordinates.map(letterOf);
    if (new Set(letters).size < letters.length) notOfTrees('a trace of a derivative');
    const others = vertices.filter(each => each !== root);
    const children = letters.filter(each => each !== letter).map(each => this.#tree(others, each, facts));
    const label = this.#labelOf(root, facts);
    return {
      size: children.reduce((total, child) => total + child.size, 1),
      expanded: q => {
        let forests = label === null ? this.#unmoved(q) : range(q).map(p => this.#moved(p, label));
        for (const child of children) {
          const grown = range(q).map(p => child.expanded(p));
          const before = forests;
          forests = range(q).map(p =>
            addTrees(...range(p).map(a => withTree(before[a] ?? NO_TREES, grown[p - a] ?? NO_TREES))),
          );
        }
        return forests[q] ?? NO_TREES;
      },
    };
  }

  #unmoved(q: number): ForestSum[] {
    return range(q).map(p => (p === 0 ? (this.#exponential[0] ?? NO_TREES) : NO_TREES));
  }

  #moved(q: number, label: LinearForm): ForestSum {
    return mapWeights(this.#raised(q), weight => this.#weights.at(weight, label));
  }

  /** The label of a point; null for the current one. Refuses those that may lie before the first or after the current one. */
  #labelOf({ at }: LossFactor, { indices }: Assumptions): LinearForm | null {
    if (at === null) return null;
    const after = addForms(at, variableForm(ITERATION_INDEX), -1);
    if (indices.low(after) >= 0) return null;
    if (indices.low(at) < 0 || indices.high(after) > 0) notOfTrees('a point may lie outside of the history');
    return at;
  }
}

interface LabelledTree {
  readonly size: number;
  /** Coefficient q of its expansion. */
  readonly expanded: (q: number) => TreeSum;
}

/** Equal gradients in one product. */
const MOST_EQUAL = 12;

const range = (to: number): number[] => Array.from({ length: to + 1 }, (_, i) => i);

const isComponent = (index: number, components: ReadonlySet<number>): boolean =>
  index === COMPONENT_INDEX || components.has(index);

function letterOf({ constant, terms }: LinearForm): number {
  const [only, ...more] = terms;
  return constant === 0 && more.length === 0 && only?.[1] === 1 ? only[0] : notOfTrees('a component is a number');
}
