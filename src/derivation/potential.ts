/**
 * Is a vector field minus the gradient of a function? Candidates come from the field itself: a term with j in a derivative
 * of a loss, ∇_{ij}E_k …, without that j, and Σ_j θ_j times a term with θ_j. The numbers in front of them follow from linear
 * equations, one for each term of the field and of the candidates' gradients; what is found is a potential exactly.
 */
import { Budget } from '../base/budget.ts';
import { differentiate, partialRule } from '../expression/calculus/differentiate.ts';
import {
  add,
  type Expression,
  expressionOf,
  factorExpression,
  multiply,
  scale,
  substituteIndices,
  sumOver,
} from '../expression/core/expression.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import {
  exponentOf,
  type FactorPower,
  factorForms,
  integerExponent,
  plainExponent,
} from '../expression/core/factor.ts';
import { COMPONENT_INDEX, isBound, openIndex } from '../expression/core/indices.ts';
import type { MomentFactor } from '../expression/core/factors.ts';
import type { Term } from '../expression/core/term.ts';
import { type LinearForm, variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { unfold } from '../rewrite/unfold.ts';

const J = variableForm(COMPONENT_INDEX);
/** More candidates than this are not tried. */
const MOST_CANDIDATES = 60;

/** V with f_j = −∇_j V, for a field given by its component j; null where the candidates give none. */
export function potentialOf(field: Expression): Expression | null {
  const candidates = [
    ...new Map(
      field.terms
        .flatMap(candidatesOf)
        .filter(isSame)
        .map(each => [each.terms.map(({ key }) => key).join(), each]),
    ).values(),
  ];
  if (candidates.length > MOST_CANDIDATES) return null;
  const gradients = candidates.map(candidate => differentiate(candidate, partialRule(J)));
  // The field may hold its products together or multiplied out.
  return (
    combined(field, candidates, gradients) ??
    combined(
      field,
      candidates,
      gradients.map(gradient => unfold(gradient, Budget.unlimited())),
    )
  );
}

/** Whether it is one function for all components: no j is left in it, not even where its derivative is zero, as in sign(∇_jE). */
const isSame = ({ terms }: Expression): boolean =>
  terms.every(
    ({ factors, constraints }) =>
      factors.every(own => !mentions(own, index => index === COMPONENT_INDEX)) &&
      constraints.every(({ left, right }) => left !== COMPONENT_INDEX && right !== COMPONENT_INDEX),
  );

/** Σ w_c candidate_c with minus the field as the sum of the gradients times their weights w. */
function combined(
  field: Expression,
  candidates: readonly Expression[],
  gradients: readonly Expression[],
): Expression | null {
  const keys = [...new Set([field, ...gradients].flatMap(({ terms }) => terms.map(({ key }) => key)))];
  const numberIn = ({ terms }: Expression, key: string): Rational =>
    terms.find(term => term.key === key)?.coefficient ?? Rational.zero;
  const rows = keys.map(key => [...gradients.map(gradient => numberIn(gradient, key)), numberIn(field, key).negate()]);
  const weights = solve(rows, candidates.length);
  return weights && add(...candidates.map((candidate, at) => scale(candidate, weights[at] ?? Rational.zero)));
}

function candidatesOf(term: Term): Expression[] {
  return term.factors.flatMap((own, at) => {
    if (own.factor.kind === 'template') return outerFunctionOf(term, own);
    const whole = integerExponent(own.exponent);
    if (whole === null || whole < 1) return [];
    const others = term.factors.filter((_, other) => other !== at);
    if (own.factor.kind === 'loss') {
      const { coordinates } = own.factor;
      const place = coordinates.findIndex(isComponent);
      if (place < 0) return [];
      const lowered: FactorPower = { ...own, exponent: exponentOf(whole - 1) };
      const without: FactorPower = {
        factor: { ...own.factor, coordinates: coordinates.toSpliced(place, 1) },
        exponent: exponentOf(1),
      };
      return [expressionOf([{ ...term, coefficient: Rational.one, factors: [...others, lowered, without] }])];
    }
    if (own.factor.kind === 'moment') return momentsOf(term, own, own.factor);
    if (own.factor.kind !== 'point' || !isComponent(own.factor.coordinate)) return [];
    const i = openIndex('coordinate');
    const body = substituteIndices(
      multiply(expressionOf([{ ...term, coefficient: Rational.one }]), factorExpression(own.factor)),
      new Map([[COMPONENT_INDEX, variableForm(i)]]),
    );
    return [sumOver(body, i, 'coordinate', [])];
  });
}

/** A moment with j in one of its parts is a derivative of the moment without it. */
function momentsOf(term: Term, own: FactorPower, factor: MomentFactor): Expression[] {
  const parts = [factor.coordinates, ...factor.others];
  const at = parts.findIndex(part => part.some(isComponent));
  const part = parts[at];
  if (part === undefined) return [];
  const [coordinates = [], ...others] = parts.with(at, part.toSpliced(part.findIndex(isComponent), 1));
  const lowered: FactorPower = { ...own, exponent: exponentOf((integerExponent(own.exponent) ?? 1) - 1) };
  const without: FactorPower = { factor: { ...factor, coordinates, others }, exponent: exponentOf(1) };
  const rest = term.factors.filter(each => each !== own);
  return [expressionOf([{ ...term, coefficient: Rational.one, factors: [...rest, lowered, without] }])];
}

/** A Q^r ∇_jQ is a derivative of Q^{r+1} where Q has no component of its own and A is made of hyperparameters and indices. */
function outerFunctionOf(term: Term, { factor, exponent }: FactorPower): Expression[] {
  const plain = plainExponent(exponent);
  if (factor.kind !== 'template' || factor.template.sorts.includes('coordinate')) return [];
  if (plain === null || plain.equals(Rational.minusOne) || plain.isInteger()) return [];
  const scalars = term.factors.filter(
    own => isScalar(factorExpression(own.factor, own.exponent)) && !mentions(own, isBound),
  );
  const power: FactorPower = { factor, exponent: { ...exponent, constant: plain.add(Rational.one) } };
  return [expressionOf([{ coefficient: Rational.one, factors: [...scalars, power], sorts: [], constraints: [] }])];
}

const mentions = ({ factor, exponent }: FactorPower, wanted: (index: number) => boolean): boolean =>
  [...factorForms(factor), exponent.form].some(form => form.terms.some(([index]) => wanted(index)));

const isComponent = (form: LinearForm): boolean =>
  form.constant === 0 && form.terms.length === 1 && form.terms[0]?.[0] === COMPONENT_INDEX && form.terms[0][1] === 1;

/** A solution of the linear equations (the right side is the last column), free unknowns zero; null where there is none. */
function solve(equations: readonly (readonly Rational[])[], unknowns: number): Rational[] | null {
  const rows = equations.map(row => [...row]);
  const pivots: number[] = [];
  for (let column = 0; column < unknowns; column += 1) {
    const at = rows.findIndex((row, index) => index >= pivots.length && row[column]?.isZero() === false);
    const pivot = rows[at];
    if (!pivot) continue;
    rows.splice(at, 1);
    const inverse = (pivot[column] ?? Rational.one).inverse();
    const made = pivot.map(value => value.multiply(inverse));
    rows.forEach((row, index) => {
      const factor = row[column] ?? Rational.zero;
      if (!factor.isZero())
        rows[index] = row.map((value, each) => value.subtract(factor.multiply(made[each] ?? Rational.zero)));
    });
    rows.splice(pivots.length, 0, made);
    pivots.push(column);
  }
  if (rows.slice(pivots.length).some(row => row[unknowns]?.isZero() === false)) return null;
  const result = Array.from({ length: unknowns }, () => Rational.zero);
  pivots.forEach((column, row) => {
    result[column] = rows[row]?.[unknowns] ?? Rational.zero;
  });
  return result;
}
