/**
 * One recursion s^{(n+1)} = a_n s^{(n)} + b_n of an unrolled optimizer: taken apart, and solved as a sum over the history.
 *
 * Source: Graham, Knuth, Patashnik, Concrete Mathematics, 2.2: summation factors.
 */
import { refuse } from '../../base/problem.ts';
import { withIndices } from '../../expression/arithmetic/assumptions.ts';
import { productOver } from '../../expression/arithmetic/product.ts';
import { isScalarFunction } from '../../expression/arithmetic/scalar.ts';
import type { Constraint } from '../../expression/core/domain.ts';
import {
  add,
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  restrict,
  substituteIndices,
  sumOver,
  sumTerms,
} from '../../expression/core/expression.ts';
import { type FactorPower, factorKey, integerExponent } from '../../expression/core/factor.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, LABEL_INDEX, openIndex, ZERO } from '../../expression/core/indices.ts';
import { makeTerm, type Term } from '../../expression/core/term.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import {
  addForms,
  constantForm,
  type LinearForm,
  scaleForm,
  shiftForm,
  variableForm,
} from '../../number/linear-form.ts';
import type { Optimizer, StateRow } from '../../optimizer/model.ts';
import { isOwnMarker, mentionsMarker } from './markers.ts';
import { testZero } from '../../prove/zero/zero-test.ts';
import { Budget } from '../../base/budget.ts';

const isOwnComponent = ({ constant, terms }: LinearForm): boolean =>
  constant === 0 && terms.length === 1 && terms[0]?.[0] === COMPONENT_INDEX && terms[0][1] === 1;

const NOT_LINEAR =
  'the recursion must be linear in its own earlier value, with a coefficient of hyperparameters and n only';

/** a and b of a·s + b, with the marker in place of s. */
export function splitRecursion(
  right: Expression,
  row: StateRow | null,
  optimizer: Optimizer,
): { readonly carry: Expression; readonly input: Expression } {
  const span = (row?.right ?? optimizer.update).span ?? optimizer.span;
  const carry: Expression[] = [];
  const input: Expression[] = [];
  for (const term of right.terms) {
    const own = term.factors.filter(
      ({ factor }) => factor.kind === 'point' && factor.at !== null && isOwnMarker(factor.at),
    );
    const [only] = own;
    if (only === undefined) {
      input.push(sumTerms([term]));
      continue;
    }
    const sameComponent = only.factor.kind === 'point' && isOwnComponent(only.factor.coordinate);
    if (own.length > 1 || integerExponent(only.exponent) !== 1 || !sameComponent)
      return refuse('not-linear', NOT_LINEAR, span);
    const rest = makeTerm({ ...term, factors: term.factors.filter(power => power !== only) });
    if (rest !== null) carry.push(sumTerms([rest]));
  }
  const total = add(...carry);
  if (!isScalarFunction(total) || mentionsMarker(add(...input), isOwnMarker))
    return refuse('not-linear', NOT_LINEAR, span);
  return { carry: overOneDenominator(total), input: add(...input) };
}

/** s^{(L)} = Σ_{k=0}^{L−1} (Π_{i=k+1}^{L−1} a_i) b_k + (Π_{i=0}^{L−1} a_i) s^{(0)}. */
export function unrolled(carry: Expression, input: Expression, initial: Expression, optimizer: Optimizer): Expression {
  const label = variableForm(LABEL_INDEX);
  const last = shiftForm(label, -1);
  if (carry.terms.length === 0) {
    const latest = restrict(substituteIndices(input, new Map([[ITERATION_INDEX, last]])), [
      { left: ZERO, right: LABEL_INDEX, bound: -1 },
    ]);
    const first = restrict(initial, [
      { left: LABEL_INDEX, right: ZERO, bound: 0 },
      { left: ZERO, right: LABEL_INDEX, bound: 0 },
    ]);
    return add(latest, first);
  }
  const assumptions = new FormulaReader({ declarations: optimizer.declarations, definitions: [], order: 0 })
    .assumptions;
  const i = openIndex('history');
  const factor = substituteIndices(carry, new Map([[ITERATION_INDEX, variableForm(i)]]));
  const k = openIndex('history');
  const earlier: readonly Constraint[] = [
    { left: ZERO, right: k, bound: 0 },
    { left: k, right: LABEL_INDEX, bound: -1 },
  ];
  const fromStart: Constraint = { left: ZERO, right: LABEL_INDEX, bound: 0 };
  const weight = (lower: LinearForm, known: readonly Constraint[]): Expression =>
    productOver(factor, i, lower, last, {
      ...withIndices(assumptions, assumptions.indices.with(known)),
      genericProducts: true,
    });
  const at = substituteIndices(input, new Map([[ITERATION_INDEX, variableForm(k)]]));
  const sum = sumOver(multiply(weight(variableForm(k, 1), earlier), at), k, 'history', earlier);
  const start = initial.terms.length === 0 ? initial : multiply(weight(constantForm(0), [fromStart]), initial);
  return add(sum, start);
}

const keyOf = ({ factor }: FactorPower): string => factorKey(factor, String);

/** 1 − 1/(k+2) as (k+1)/(k+2), so that products of such factors telescope; other values stay as they are. */
function overOneDenominator(value: Expression): Expression {
  const below = new Map<string, FactorPower>();
  for (const power of value.terms.flatMap(term => term.factors)) {
    const exponent = integerExponent(power.exponent);
    const known = below.get(keyOf(power));
    if (power.factor.kind !== 'index' || exponent === null || exponent >= 0) continue;
    if (known === undefined || exponent < (integerExponent(known.exponent) ?? 0)) below.set(keyOf(power), power);
  }
  if (below.size === 0 || value.terms.length < 2) return value;
  const denominators = [...below.values()];
  const above = multiply(
    value,
    ...denominators.map(({ factor, exponent }) =>
      factorExpression(factor, { ...exponent, constant: exponent.constant.negate() }),
    ),
  );
  const forms = above.terms.map(integerForm);
  if (forms.includes(null)) return value;
  const numerator = forms.reduce<LinearForm>(
    (sum, form) => (form === null ? sum : addForms(sum, form)),
    constantForm(0),
  );
  return multiply(
    formExpression(numerator),
    ...denominators.map(({ factor, exponent }) => factorExpression(factor, exponent)),
  );
}

/** A term that is a whole multiple of an index form, or a whole number. */
function integerForm({ coefficient, factors, sorts, constraints }: Term): LinearForm | null {
  const [only] = factors;
  if (!coefficient.isInteger() || factors.length > 1 || sorts.length > 0 || constraints.length > 0) return null;
  if (only === undefined) return constantForm(coefficient.toNumber());
  const isForm = only.factor.kind === 'index' && integerExponent(only.exponent) === 1;
  return isForm && only.factor.kind === 'index' ? scaleForm(only.factor.index, coefficient.toNumber()) : null;
}

/** Terms made to see that an update starts from θ^{(n)}. */
const START_BUDGET = 10_000;

/** (1−α)θ + αθ is θ, which only the zero test sees where 1−α stays together. */
export const isZeroFor = (value: Expression, { assumptions }: FormulaReader): boolean =>
  value.terms.length === 0 || testZero(value, assumptions, new Budget(START_BUDGET)).kind === 'zero';
