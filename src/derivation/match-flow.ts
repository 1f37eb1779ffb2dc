/**
 * Flow through the map: the f_q with Σ_{r≥1} h^r/r! (D_f)^{r−1} f = Σ_{q≥0} h^{q+1} Φ_q, f = f_0 + h f_1 + …, D_f = f·∇.
 * Hence f_0 = Φ_0, f_1 = Φ_1 − ½ D_{f_0} f_0, f_2 = Φ_2 − ½ (D_{f_0} f_1 + D_{f_1} f_0) − ⅙ D_{f_0}² f_0, and so on.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, IX.1.
 */
import type { Budget } from '../base/budget.ts';
import { inDifferentials } from '../expression/calculus/differential.ts';
import { inSums } from '../expression/core/contraction.ts';
import { graftingRule } from '../expression/calculus/graft.ts';
import { type DifferentiationRule, differentiate, directionalRule } from '../expression/calculus/differentiate.ts';
import { add, type Expression, scale, substituteIndices, ZERO_EXPRESSION } from '../expression/core/expression.ts';
import { COMPONENT_INDEX } from '../expression/core/indices.ts';
import { factorial } from '../expression/calculus/series.ts';
import { type Template, wrap } from '../expression/core/template.ts';
import { Rational } from '../number/rational.ts';
import { type TreeMap, treeExpression } from './trees/tree-memory.ts';
import { addTrees, graftTrees, NO_TREES, scaleTrees, type TreeSum } from './trees/tree-sums.ts';

/** What is told of every template whose derivative along f_{along} is taken. */
export type OnDerivative = (of: Template, along: number, image: Expression) => void;

export interface Matching {
  /** f_0, …, f_order. */
  readonly flow: readonly Expression[];
  /** derivatives[r][q]: the coefficient of h^q in (D_f)^r f; row 0 is the flow itself. */
  readonly derivatives: readonly (readonly Expression[])[];
}

/** f_0, …, f_order from Φ_0, …, Φ_order. */
export const matchFlow = (
  map: readonly Expression[],
  onTemplate?: OnDerivative,
  budget?: Budget,
): readonly Expression[] => matchOrders(map, onTemplate, budget).flow;

/** The same with the derivatives along the flow that were subtracted. Where all are elementary differentials of one loss, trees are grafted. */
export function matchOrders(map: readonly Expression[], onTemplate?: OnDerivative, budget?: Budget): Matching {
  const differentials = inDifferentials(map);
  if (differentials === null)
    return matched(map, IN_EXPRESSIONS, (field, q) => {
      const rule = alongRule(field, q, onTemplate, budget);
      return value => differentiate(value, rule);
    });
  const grafted = matched(differentials, IN_EXPRESSIONS, field => {
    const rule = graftingRule(field, budget);
    return value => differentiate(value, rule);
  });
  return {
    flow: grafted.flow.map(inSums),
    get derivatives() {
      return grafted.derivatives.map(row => row.map(inSums));
    },
  };
}

/** The same for a map whose memory was taken out tree by tree. */
export function matchTrees({ coefficients, weights }: TreeMap): Matching {
  const { flow, derivatives } = matched(coefficients, IN_TREES, field => value => graftTrees(value, field));
  const written = (field: TreeSum): Expression => inSums(treeExpression(field, weights));
  return {
    flow: flow.map(written),
    get derivatives() {
      return derivatives.map(row => row.map(written));
    },
  };
}

/** What is done with fields of a kind. */
interface Fields<T> {
  readonly zero: T;
  readonly add: (...fields: readonly T[]) => T;
  readonly scale: (field: T, by: Rational) => T;
}

const IN_EXPRESSIONS: Fields<Expression> = { zero: ZERO_EXPRESSION, add, scale };
const IN_TREES: Fields<TreeSum> = { zero: NO_TREES, add: addTrees, scale: scaleTrees };

interface MatchedFields<T> {
  readonly flow: readonly T[];
  readonly derivatives: readonly (readonly T[])[];
}

/** `along` gives the derivative along f_q. */
function matched<T>(
  map: readonly T[],
  { zero, add: sum, scale: scaled }: Fields<T>,
  along: (field: T, q: number) => (value: T) => T,
): MatchedFields<T> {
  const flow: T[] = [];
  const rules: ((value: T) => T)[] = [];
  /** iterated[r][q]: the coefficient of h^q in (D_f)^r f. */
  const iterated: T[][] = [flow];
  for (let q = 0; q < map.length; q += 1) {
    let rest = map[q] ?? zero;
    for (let r = 1; r <= q; r += 1) {
      const row = iterated[r] ?? [];
      iterated[r] = row;
      const below = iterated[r - 1] ?? [];
      const parts = Array.from({ length: q - r + 1 }, (_, a) => {
        const derivative = rules[a];
        const value = below[q - r - a];
        return derivative === undefined || value === undefined ? zero : derivative(value);
      });
      const total = sum(...parts);
      row[q - r] = total;
      rest = sum(rest, scaled(total, Rational.of(-1, factorial(r + 1))));
    }
    flow.push(rest);
    rules.push(along(rest, q));
  }
  return { flow, derivatives: iterated };
}

/** The rule of the derivative along f_q; a field of several terms stays together. */
function alongRule(field: Expression, q: number, onTemplate?: OnDerivative, budget?: Budget): DifferentiationRule {
  const compact = field.terms.length > 1 ? wrap(field) : field;
  return directionalRule(
    coordinate => substituteIndices(compact, new Map([[COMPONENT_INDEX, coordinate]])),
    onTemplate === undefined ? undefined : (of, image) => onTemplate(of, q, image),
    budget,
  );
}
