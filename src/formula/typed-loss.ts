/**
 * A loss that is written out, E = ½(y − θ_1θ_2x)²: a polynomial in the components θ_1 … θ_d of the point with coefficients of numbers and
 * hyperparameters. Formula trees only: both routes start from here.
 */
import { refuse, type Result, attempt } from '../base/problem.ts';
import * as build from './build.ts';
import { DIMENSION, type Formula, type Vector } from './formula.ts';
import { children, withChildren } from './walk.ts';

export interface TypedLoss {
  readonly formula: Formula;
  /** d, the largest number of a component that is typed: the dimension p is d. */
  readonly components: number;
}

/** The most components of a typed loss. */
export const MOST_COMPONENTS = 8;

/** The loss of a formula; fails for one that is no polynomial in numbered components, with the place. */
export const typedLoss = (formula: Formula): Result<TypedLoss> =>
  attempt(() => {
    refuseOther(formula, []);
    const components = largestComponent(formula);
    if (components === 0)
      refuse(
        'loss-without-components',
        'a typed loss is a formula of the components of the parameters',
        formula.span,
        'Write the components with their numbers, \\theta_1, \\theta_2; behind --loss also x1, x2.',
      );
    if (components > MOST_COMPONENTS)
      refuse('loss-too-large', `a typed loss has at most ${MOST_COMPONENTS} components`, formula.span);
    return { formula, components };
  });

function refuseOther(formula: Formula, bound: readonly string[]): void {
  switch (formula.kind) {
    case 'number':
    case 'parameter':
      return;
    case 'index':
      if (formula.name === DIMENSION || bound.includes(formula.name)) return;
      break;
    case 'iterate': {
      const { component, label } = formula;
      const isNumber = component.kind === 'number' && component.value.isInteger() && component.value.sign() > 0;
      if (label === null && (isNumber || (component.kind === 'index' && bound.includes(component.name)))) return;
      break;
    }
    case 'add':
    case 'negate':
    case 'multiply':
      for (const child of children(formula)) refuseOther(child, bound);
      return;
    case 'divide':
      if (hasPoint(formula.denominator)) break;
      for (const child of children(formula)) refuseOther(child, bound);
      return;
    case 'power': {
      const { base, exponent } = formula;
      if (exponent.kind !== 'number' || !exponent.value.isInteger()) break;
      if (exponent.value.sign() < 0 && hasPoint(base)) break;
      // ‖v‖² is a polynomial, ‖v‖ is none.
      const isSquare = base.kind === 'norm' && base.order === 2 && exponent.value.toNumber() === 2;
      if (isSquare) refuseOther(base.argument.body, [...bound, base.argument.index]);
      else refuseOther(base, bound);
      return;
    }
    case 'sum':
      if (formula.sort !== 'coordinate') break;
      if (!isEnd(formula.lower) || !isEnd(formula.upper)) break;
      refuseOther(formula.body, [...bound, formula.index]);
      return;
    default:
  }
  refuse(
    'loss-not-polynomial',
    'a typed loss is a polynomial in the components of the parameters, with coefficients of numbers and hyperparameters',
    formula.span,
  );
}

const isEnd = (formula: Formula): boolean =>
  formula.kind === 'number' || (formula.kind === 'index' && formula.name === DIMENSION);

function hasPoint(formula: Formula): boolean {
  return formula.kind === 'iterate' || children(formula).some(hasPoint);
}

const largestComponent = (formula: Formula): number =>
  Math.max(
    formula.kind === 'iterate' && formula.component.kind === 'number' ? formula.component.value.toNumber() : 0,
    ...children(formula).map(largestComponent),
  );

/** The formula with the typed loss wherever the loss of the full batch stands, at its point. */
export function withLossWritten(formula: Formula, loss: Formula): Formula {
  if (formula.kind === 'derivative' && formula.argument.kind === 'loss' && formula.point === undefined) {
    // (∇E)(x): derived first, then x is inserted.
    const { at, batch } = formula.argument;
    if (batch !== null) return refuse('loss-needs-full-batch', 'a typed loss has no batches', formula.span);
    const by = formula.by.map(each => withLossWritten(each, loss));
    const point = { index: at.index, body: withLossWritten(at.body, loss) };
    if (isCurrent(at)) return { kind: 'derivative', span: null, by, argument: loss };
    const moved = moveTo(loss, component => build.iterate(component, build.index(OWN_POINT)));
    return { kind: 'derivative', span: null, by, argument: moved, point: { letter: OWN_POINT, at: point } };
  }
  if (formula.kind === 'loss') {
    const { at, batch } = formula;
    if (batch !== null) return refuse('loss-needs-full-batch', 'a typed loss has no batches', formula.span);
    const body = withLossWritten(at.body, loss);
    return isCurrent(at) ? loss : moveTo(loss, component => insert(body, at.index, component));
  }
  const old = children(formula);
  const renewed = old.map(child => withLossWritten(child, loss));
  return renewed.every((child, place) => child === old[place]) ? formula : withChildren(formula, renewed);
}

/** The letter of the point by which the typed loss is derived; no letter of a document begins so. */
const OWN_POINT = '#loss-point';

const isCurrent = ({ index, body }: Vector): boolean =>
  body.kind === 'iterate' && body.label === null && body.component.kind === 'index' && body.component.name === index;

const moveTo = (loss: Formula, point: (component: Formula) => Formula): Formula => {
  if (loss.kind === 'iterate') return point(loss.component);
  return withChildren(
    loss,
    children(loss).map(child => moveTo(child, point)),
  );
};

const insert = (body: Formula, letter: string, component: Formula): Formula => {
  if (body.kind === 'index' && body.name === letter) return component;
  return withChildren(
    body,
    children(body).map(child => insert(child, letter, component)),
  );
};

/** The formula without places in a text: what is put in for a letter is no slip of the pen where it stands. */
export const withoutPlaces = (formula: Formula): Formula => ({
  ...withChildren(
    formula,
    children(formula).map(child => withoutPlaces(child)),
  ),
  span: null,
});
