/**
 * Derivatives of expressions whose points are all the current θ: a partial derivative ∇_i, or the derivative along a
 * field. Both are the product and chain rules over one rule for the loss and one for the coordinates of θ.
 *
 * The derivative of a template is a template again (memoised), so that a derivation keeps its named quantities.
 */
import type { Budget } from '../../base/budget.ts';
import { refuse } from '../../base/problem.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Constraint } from '../core/domain.ts';
import { addExponents, type Exponent, exponentOf, type FactorPower, plainExponent } from '../core/factor.ts';
import {
  type DifferentialFactor,
  type LossFactor,
  type MomentFactor,
  type PointFactor,
  type RecursiveFactor,
  kindOf,
} from '../core/factors.ts';
import {
  add,
  constant,
  type Expression,
  factorExpression,
  formExpression,
  multiply,
  ONE_EXPRESSION,
  restrict,
  scale,
  substituteIndices,
  sumOver,
  withOpened,
  ZERO_EXPRESSION,
} from '../core/expression.ts';
import { freeSort, isBound, ITERATION_INDEX, openIndex, ZERO } from '../core/indices.ts';
import { functionExpression } from '../arithmetic/functions.ts';
import { bodyOf } from '../arithmetic/map-inside.ts';
import { instantiate, slotsOf, type Template, wrap } from '../core/template.ts';
import type { Term } from '../core/term.ts';
import type { FactorDerivative } from '../core/factor-kind.ts';
import { contractionOf } from '../core/contraction.ts';

/** What differentiation does to the loss, to what recursions make and to θ, and what it remembers of templates. */
export interface DifferentiationRule {
  readonly loss: (factor: LossFactor | RecursiveFactor | MomentFactor) => Expression;
  readonly point: (factor: PointFactor) => Expression;
  /** What it does to an elementary differential; absent where that is a sum like any other. */
  readonly differential?: (factor: DifferentialFactor) => Expression;
  /** The derivative of a symbol; absent where symbols are constants. */
  readonly symbol?: (name: string) => Expression;
  /** Derivatives of templates by id and by which arguments are fixed to forms in n. */
  readonly known: Map<string, Expression>;
  /** The label of the point by which it is taken; absent where that is the current θ. */
  readonly variable?: number;
  /** Spent with every term that is differentiated. */
  readonly budget?: Budget;
  /** Called when a template's derivative is wrapped anew: `image` is the derivative of `of`. */
  readonly onTemplate?: (of: Template, image: Expression) => void;
}

/** A vector field: its component at a coordinate, an expression at the current θ. */
export type Field = (coordinate: LinearForm) => Expression;

/** The rule of ∇_{by}, by the current θ or by the point with the label `variable`, a letter of its own. */
export function partialRule(by: LinearForm, variable?: number): DifferentiationRule {
  const isVariable = ({ at }: LossFactor | PointFactor | RecursiveFactor | MomentFactor): boolean =>
    variable === undefined ? at === null : isLabel(at, variable);
  return {
    loss: factor =>
      isVariable(factor) ? factorExpression({ ...factor, coordinates: [...factor.coordinates, by] }) : ZERO_EXPRESSION,
    point: factor => (isVariable(factor) ? kronecker(factor.coordinate, by) : ZERO_EXPRESSION),
    known: new Map(),
    ...(variable === undefined ? {} : { variable }),
  };
}

/** Whether a label is the index alone. */
export const isLabel = (at: LinearForm | null, index: number): boolean =>
  at !== null && at.constant === 0 && at.terms.length === 1 && at.terms[0]?.[0] === index && at.terms[0][1] === 1;

/** The rule of ∂/∂symbol for a hyperparameter. */
export function symbolRule(symbol: string): DifferentiationRule {
  return {
    loss: () => ZERO_EXPRESSION,
    point: () => ZERO_EXPRESSION,
    symbol: name => (name === symbol ? ONE_EXPRESSION : ZERO_EXPRESSION),
    known: new Map(),
  };
}

/** n − k + 1 as an expression. */
function exponentExpression(exponent: Exponent): Expression {
  return add(
    constant(exponent.constant),
    exponent.form.terms.length === 0 ? ZERO_EXPRESSION : formExpression(exponent.form),
  );
}

/** The rule of the derivative along a field, f·∇. */
export function directionalRule(
  field: Field,
  onTemplate?: DifferentiationRule['onTemplate'],
  budget?: Budget,
): DifferentiationRule {
  return {
    loss: factor => {
      if (factor.at !== null) return ZERO_EXPRESSION;
      const i = openIndex('coordinate');
      const slope = factorExpression({ ...factor, coordinates: [...factor.coordinates, variableForm(i)] });
      return sumOver(multiply(slope, field(variableForm(i))), i, 'coordinate', []);
    },
    point: factor => (factor.at === null ? field(factor.coordinate) : ZERO_EXPRESSION),
    known: new Map(),
    ...(onTemplate === undefined ? {} : { onTemplate }),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** [a = b] for two coordinates. */
function kronecker(a: LinearForm, b: LinearForm): Expression {
  const side = (form: LinearForm): { index: number; shift: number } => {
    const only = form.terms[0];
    return only === undefined ? { index: ZERO, shift: form.constant } : { index: only[0], shift: form.constant };
  };
  const [x, y] = [side(a), side(b)];
  if (x.index === ZERO && y.index === ZERO) return x.shift === y.shift ? ONE_EXPRESSION : ZERO_EXPRESSION;
  const equal: Constraint[] = [
    { left: x.index, right: y.index, bound: y.shift - x.shift },
    { left: y.index, right: x.index, bound: x.shift - y.shift },
  ];
  return x.index === y.index && x.shift === y.shift ? ONE_EXPRESSION : restrict(ONE_EXPRESSION, equal);
}

/** The derivative of an expression under a rule. */
export function differentiate(expression: Expression, rule: DifferentiationRule): Expression {
  return add(
    ...expression.terms.map(term =>
      withOpened(term, powers =>
        add(
          ...powers.map((power, i) => {
            const image = productRule(
              power,
              powers.filter((_, other) => other !== i),
              rule,
            );
            rule.budget?.spend(WORK + image.terms.length);
            return image;
          }),
        ),
      ),
    ),
  );
}

/** What the derivative of one factor costs besides the terms made. */
const WORK = 8;

/** e·f^{e−1}·f′ times the other factors. */
function productRule(power: FactorPower, others: readonly FactorPower[], rule: DifferentiationRule): Expression {
  const inner = kindOf(power.factor).derivative(power.factor, verbsOf(rule));
  if (inner.terms.length === 0) return ZERO_EXPRESSION;
  const exponent = plainExponent(power.exponent);
  const rest = others.map(other => factorExpression(other.factor, other.exponent));
  if (exponent === null && power.factor.kind === 'symbol') {
    const lowered = factorExpression(power.factor, addExponents(power.exponent, exponentOf(-1)));
    return multiply(inner, exponentExpression(power.exponent), lowered, ...rest);
  }
  if (exponent === null)
    return refuse('exponent-with-index', 'a power with an index in its exponent depends on the parameters');
  const lowered = factorExpression(power.factor, exponentOf(exponent.subtract(Rational.one)));
  return scale(multiply(inner, exponent.isOne() ? ONE_EXPRESSION : lowered, ...rest), exponent);
}

/** What the rule makes of the parts of a factor. */
const verbsOf = (rule: DifferentiationRule): FactorDerivative => ({
  zero: ZERO_EXPRESSION,
  symbol: name => rule.symbol?.(name) ?? ZERO_EXPRESSION,
  loss: rule.loss,
  point: rule.point,
  moment: factor => {
    const parts = [factor.coordinates, ...factor.others];
    return add(
      ...parts.map((coordinates, at) =>
        rule.loss({ ...factor, coordinates, others: parts.filter((_, other) => other !== at) }),
      ),
    );
  },
  differential: factor => rule.differential?.(factor) ?? differentiate(contractionOf(factor), rule),
  byParametersOnly: name => {
    if (rule.symbol !== undefined)
      refuse('recursion-by-parameter', `the derivative of ${name} by a hyperparameter is not covered`);
  },
  inside: factor => differentiateTemplate(factor.template, factor.arguments, rule),
  outer: factor => {
    const inner = differentiateTemplate(factor.template, factor.arguments, rule);
    return inner.terms.length === 0 ? inner : multiply(functionExpression(factor, factor.order + 1), inner);
  },
  chain: (factor, along) => {
    const s = openIndex('coordinate');
    const [, ...rest] = factor.arguments;
    const inner = differentiate(instantiate(factor.template, [variableForm(s), ...rest]), rule);
    if (inner.terms.length === 0) return inner;
    return sumOver(multiply(factorExpression(along(variableForm(s))), inner), s, 'coordinate', []);
  },
  constant: factor => {
    if (differentiate(bodyOf(factor)?.body ?? factor.template.body, rule).terms.length > 0)
      refuse('product-of-gradients', 'a product over an index depends on the parameters');
    return ZERO_EXPRESSION;
  },
});

/**
 * Arguments that are forms in the current iteration n are inserted before the template's derivative is taken, so that a
 * quantity at time n stays a quantity of one label; so are those with the label of the point by which it is taken.
 */
export function splitArguments(
  template: Template,
  args: readonly LinearForm[],
  variable?: number,
): { readonly key: string; readonly body: Expression; readonly rest: ReadonlyMap<number, LinearForm> } {
  const fixed = new Map<number, LinearForm>();
  const rest = new Map<number, LinearForm>();
  const parts = slotsOf(template).map((index, position) => {
    const form = args[position] ?? variableForm(index);
    if (form.terms.some(([v]) => v === ITERATION_INDEX || v === variable)) {
      fixed.set(index, form);
      return form.terms.length === 1 && form.terms[0]?.[0] === ITERATION_INDEX
        ? `n+${form.constant}`
        : `n*${JSON.stringify(form)}`;
    }
    rest.set(index, form);
    return '_';
  });
  return {
    key: `${template.id}(${parts.join(',')})`,
    body: fixed.size === 0 ? template.body : substituteIndices(template.body, fixed),
    rest,
  };
}

const hasFreeConstraint = ({ constraints }: Term): boolean =>
  constraints.some(({ left, right }) => freeSort(left) === 'coordinate' && !isBound(left) && !isBound(right));

function differentiateTemplate(template: Template, args: readonly LinearForm[], rule: DifferentiationRule): Expression {
  const { key, body, rest } = splitArguments(template, args, rule.variable);
  let image = rule.known.get(key);
  if (image === undefined) {
    const derived = differentiate(body, rule);
    // [i = j] stays open, so that a sum over i sees it.
    image = derived.terms.some(hasFreeConstraint) ? derived : wrap(derived);
    rule.known.set(key, image);
    rule.onTemplate?.(template, image);
  }
  return substituteIndices(image, rest);
}
