/** Values that are not known yet while coefficients of states are solved: points with labels of their own. */
import { mapInside } from '../../expression/arithmetic/map-inside.ts';
import { type Expression, factorExpression, substituteIndices } from '../../expression/core/expression.ts';
import { SELF_INDEX, COMPONENT_INDEX, LABEL_INDEX } from '../../expression/core/indices.ts';
import { addForms, formKey, type LinearForm, scaleForm, variableForm } from '../../number/linear-form.ts';

const SELF = variableForm(SELF_INDEX);

/** The earlier value of the state whose recursion is being solved. */
export const ownMarker = (component: LinearForm): Expression =>
  factorExpression({ kind: 'point', coordinate: component, at: SELF });

/** Another state's value at a label; equal ones cancel, since they are equal. `number` from 0 tells the states apart. */
export const markerOf = (number: number, label: LinearForm, component: LinearForm): Expression =>
  factorExpression({ kind: 'point', coordinate: component, at: addForms(label, scaleForm(SELF, number + 2)) });

const isMarker = (at: LinearForm): boolean => at.terms.some(([index]) => index === SELF_INDEX);
export const isOwnMarker = (at: LinearForm): boolean => formKey(at, String) === formKey(SELF, String);

/** Whether a value contains a marker, inside of quantities too. */
export function mentionsMarker(value: Expression, is = isMarker): boolean {
  let found = false;
  mapInside(value, leaf => {
    if (leaf.at !== null && is(leaf.at)) found = true;
    return leaf;
  });
  return found;
}

/** What is solved for a label and a component, at those given. */
export const atLabel = (value: Expression, label: LinearForm, component: LinearForm): Expression =>
  substituteIndices(
    value,
    new Map([
      [LABEL_INDEX, label],
      [COMPONENT_INDEX, component],
    ]),
  );
