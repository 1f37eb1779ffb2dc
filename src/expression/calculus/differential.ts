/**
 * Elementary differentials found: a sum over components whose factors are derivatives of one loss that hang together as a tree is one factor,
 * known by its tree.
 *
 * Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, III.1.
 */
import { formKey, variableForm } from '../../number/linear-form.ts';
import { isScalar } from '../arithmetic/scalar.ts';
import { type Expression, expressionOf, factorExpression } from '../core/expression.ts';
import { type FactorPower, factorForms, integerExponent, ONE_EXPONENT } from '../core/factor.ts';
import type { LossFactor } from '../core/factors.ts';
import { COMPONENT_INDEX, indexName, isBound, ZERO } from '../core/indices.ts';
import type { RawTerm, Term } from '../core/term.ts';
import { type Tree, treeOf } from '../core/tree.ts';

/**
 * Fields, their component j free, with every term a differential times numbers that depend neither on a component nor on θ; null where some
 * term is none, or two are of different losses.
 */
export function inDifferentials(fields: readonly Expression[]): Expression[] | null {
  const batches = new Set<string>();
  const result: Expression[] = [];
  for (const { terms } of fields) {
    const raws: RawTerm[] = [];
    for (const term of terms) {
      const raw = folded(term, batches);
      if (raw === null || batches.size > 1) return null;
      raws.push(raw);
    }
    result.push(expressionOf(raws));
  }
  return result;
}

/** A vertex and the letters of its components. */
interface Vertex {
  readonly loss: LossFactor;
  readonly letters: readonly number[];
}

/** Adds the names of the losses to `batches`. */
function folded(term: Term, batches: Set<string>): RawTerm | null {
  if (term.sorts.includes('history')) return null;
  const isComponent = (index: number): boolean =>
    index === COMPONENT_INDEX || (isBound(index) && term.sorts[index] === 'coordinate');
  const isFree = ({ factor, exponent }: FactorPower): boolean =>
    ![...factorForms(factor), exponent.form].some(form => form.terms.some(([index]) => isComponent(index)));
  if (term.constraints.some(({ left, right }) => [left, right].some(index => index !== ZERO && isComponent(index))))
    return null;
  const vertices: Vertex[] = [];
  const scalars: FactorPower[] = [];
  for (const power of term.factors) {
    if (power.factor.kind === 'loss') {
      const count = integerExponent(power.exponent);
      const letters = lettersOf(power.factor, isComponent);
      if (letters === null || count === null || count < 1 || count > term.sorts.length + 1) return null;
      for (let i = 0; i < count; i += 1) vertices.push({ loss: power.factor, letters });
    } else if (isFree(power) && isNumber(power)) scalars.push(power);
    else return null;
  }
  const [first] = vertices;
  const tree = treeFrom(vertices, COMPONENT_INDEX);
  if (first === undefined || tree === null || tree.order !== vertices.length) return null;
  if (term.sorts.length !== vertices.length - 1) return null;
  const { batch } = first.loss;
  for (const { loss } of vertices) batches.add(loss.batch === null ? '' : formKey(loss.batch, indexName));
  const component = variableForm(COMPONENT_INDEX);
  const own: FactorPower = { factor: { kind: 'differential', tree, batch, component }, exponent: ONE_EXPONENT };
  return { ...term, factors: [...scalars, own], sorts: [] };
}

/** Numbers whatever the point is; grafting would miss what depends on it. */
const isNumber = ({ factor, exponent }: FactorPower): boolean => isScalar(factorExpression(factor, exponent));

/** The letters of a derivative at the current θ; null where a component is no letter that is summed over or j, or stands twice. */
function lettersOf({ coordinates, at }: LossFactor, isComponent: (index: number) => boolean): number[] | null {
  if (at !== null || coordinates.length === 0) return null;
  const letters: number[] = [];
  for (const { constant, terms } of coordinates) {
    const [only] = terms;
    if (constant !== 0 || terms.length !== 1 || only === undefined || only[1] !== 1) return null;
    if (!isComponent(only[0]) || letters.includes(only[0])) return null;
    letters.push(only[0]);
  }
  return letters;
}

/** The tree whose root is the only vertex with the letter, of vertices that hang together by one letter each; null where it is none. */
function treeFrom(vertices: readonly Vertex[], letter: number): Tree | null {
  const [root, ...more] = vertices.filter(({ letters }) => letters.includes(letter));
  if (root === undefined || more.length > 0) return null;
  const others = vertices.filter(vertex => vertex !== root);
  const children: Tree[] = [];
  for (const edge of root.letters) {
    if (edge === letter) continue;
    const child = treeFrom(others, edge);
    if (child === null) return null;
    children.push(child);
  }
  return treeOf(children);
}
