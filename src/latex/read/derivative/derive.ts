/** The derivative of what has been read: of the function, or the total one by a point; what has none, or several, is refused. */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import type { Formula, Vector } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import type { Item } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import type { Value } from '../value.ts';
import { componentOf, isScalarValue, rankName, scalar, tensor } from '../value.ts';
import type { DerivedBy } from './variable.ts';

/** Whether a formula is made of numbers, indices, h and other hyperparameters only. */
function isConstant(formula: Formula, by: DerivedBy): boolean {
  switch (formula.kind) {
    case 'number':
    case 'index':
    case 'step':
      return true;
    case 'parameter':
      return by.kind !== 'parameter';
    case 'add':
    case 'negate':
    case 'multiply':
    case 'divide':
    case 'power':
    case 'root':
      return children(formula).every(child => isConstant(child, by));
    default:
      return false;
  }
}

/** Whether what is derived stands in parentheses or bars: its derivative is the total one, also of a loss. */
export const isGrouped = (item: Item): boolean => item.kind === 'group' || item.kind === 'evaluated';

/** The derivative of a scalar or, component by component, of a field; `isGroup`: it stood in parentheses or bars. */
export function derive(value: Value, by: DerivedBy, span: Span, isGroup: boolean, reading: Reading): Value {
  if (isScalarValue(value) && isConstant(value.formula, by))
    return refuse(
      'derivative',
      'the derivative of a constant; expected a function',
      value.span,
      '\\nabla and \\partial bind the next factor: put a product into braces or parentheses, or the number in front.',
    );
  switch (by.kind) {
    case 'parameter': {
      const once = (formula: Formula): Formula => ({
        kind: 'parameter-derivative',
        span,
        by: by.name,
        argument: formula,
      });
      const times = (formula: Formula): Formula =>
        Array.from({ length: by.order }).reduce<Formula>(inner => once(inner), formula);
      return isScalarValue(value)
        ? scalar(times(value.formula), span)
        : tensor(value.rank, span, indices => times(componentOf(value, indices)));
    }
    case 'components':
      return isScalarValue(value)
        ? scalar(deriveBy(by.by, value.formula, span, isGroup, by), span)
        : tensor(value.rank, span, indices => deriveBy(by.by, componentOf(value, indices), span, isGroup, by));
    case 'gradient':
      // The Jacobian of a field: the component of the field stands first.
      if (!isScalarValue(value) && reading.scope.where === 'claim' && !value.row)
        return tensor(value.rank + by.order, span, indices =>
          deriveBy(indices.slice(value.rank), value.component(indices.slice(0, value.rank)), span, isGroup, by),
        );
      if (!isScalarValue(value))
        return refuse(
          'vector-rank',
          `the gradient of a ${rankName(value)}; expected a scalar`,
          value.span,
          reading.scope.where === 'optimizer'
            ? `If this names the gradient of the step's own loss, say \`notation gradient={\\nabla ${reading.scope.notation.parameters}}\`.`
            : 'the Hessian is written \\nabla^2 E',
        );
      return {
        ...tensor(by.order, span, indices => deriveBy(indices, value.formula, span, isGroup, by)),
        row: by.order === 1 && value.row === true,
      };
  }
}

/**
 * ∂_i∂_jE is one derivative of the loss and ∂_i∂_jK(v) one of the function K, taken before what stands in the parenthesis is
 * inserted. Everything else is the total derivative by a point that is decided when all names are known.
 */
function deriveBy(
  by: readonly Formula[],
  argument: Formula,
  span: Span,
  isGroup: boolean,
  { point, inRows }: { readonly point?: Vector; readonly inRows?: boolean },
): Formula {
  const named = point === undefined || isBareAbsent(point, argument) ? null : point;
  // \partial L_{t-1}/\partial\theta_{t-1}, in a row: the loss that shows no point is taken at that one.
  if (!isGroup && inRows === true && named !== null && argument.kind === 'loss' && isUnlabelled(argument.at))
    return { kind: 'derivative', span, by, argument: { ...argument, at: named } };
  if (!isGroup && named !== null && isBare(named)) refuseShifted(argument, span, inRows === true);
  if (!isGroup && (named === null || isBare(named))) {
    if (argument.kind === 'loss') return { kind: 'derivative', span, by, argument };
    if (argument.kind === 'derivative' && argument.argument.kind === 'loss' && argument.asked === undefined)
      return { kind: 'derivative', span, by: [...by, ...argument.by], argument: argument.argument };
  }
  // K(v) alone comes here with a point or in a group; with a derivative in front it is no group that is derived.
  if (!isGroup && named === null && argument.kind === 'vector-call' && argument.by.length > 0)
    return { ...argument, span, by: [...by, ...argument.by] };
  return { kind: 'derivative', span, by, argument, asked: { by: named } };
}

const isUnlabelled = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

/**
 * \frac{\partial E(2\theta)}{\partial\theta_j}, \nabla_\theta K(\nabla E): the derivative of the function, taken at that point, or
 * the total one by \theta.
 */
function refuseShifted(argument: Formula, span: Span, inRows: boolean): void {
  const what = argument.kind === 'derivative' && argument.asked === undefined ? argument.argument : argument;
  const inside = what.kind === 'loss' ? what.at : what.kind === 'vector-call' ? what.argument : null;
  if (inside === null || isBare(inside) || (inRows && isMoved(inside))) return;
  refuse(
    'several-points',
    'this derivative names \\theta and is of something at a point that itself depends on \\theta',
    span,
    'Write \\nabla_j E(…) for the gradient at that point, or parentheses around E(…) for the total derivative by \\theta.',
  );
}

/**
 * θ plus what does not show it, in the rows of an optimizer, where names are the values of their steps: there the derivative of
 * the function and the total one are the same.
 */
function isMoved({ index, body }: Vector): boolean {
  if (body.kind !== 'add') return false;
  const isPoint = (term: Formula): boolean =>
    term.kind === 'iterate' && term.label === null && term.component.kind === 'index' && term.component.name === index;
  const others = body.terms.filter(term => !isPoint(term));
  return others.length === body.terms.length - 1 && others.every(term => !showsPoint(term));
}

/** θ without a label: \nabla_\theta names a point only where θ itself occurs in what is derived. */
const isBare = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

/** Whether θ without a label occurs. */
const showsPoint = (formula: Formula): boolean =>
  (formula.kind === 'iterate' && formula.label === null) || children(formula).some(showsPoint);

const isBareAbsent = (point: Vector, argument: Formula): boolean => isBare(point) && !showsPoint(argument);
