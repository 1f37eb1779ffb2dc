/** Linear forms of indices as formulas. */
import * as build from '../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Factor } from '../core/factors.ts';
import { asForm } from '../core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../core/indices.ts';

/** The formulas of free indices. */
export type WrittenIndices = ReadonlyMap<number, Formula>;

/** c + Σ a_x·x with letters; index letters first, the constant last, unless nothing else has a plus. */
export function writeForm(form: LinearForm, letters: WrittenIndices): Formula {
  const parts: Formula[] = [...form.terms]
    .sort((a, b) => b[1] - a[1])
    .map(([index, coefficient]) => {
      const letter = letters.get(index);
      if (letter === undefined) throw new Error(`index ${index} has no letter`);
      const size = Math.abs(coefficient);
      const scaled = size === 1 ? letter : build.multiplication(build.number(size), letter);
      return coefficient < 0 ? build.negation(scaled) : scaled;
    });
  // 1 − k, as it is written by hand, not −k + 1.
  if (form.constant > 0 && parts.length > 0 && parts.every(({ kind }) => kind === 'negate'))
    return flattened([build.number(form.constant), ...parts]);
  if (form.constant !== 0 || parts.length === 0)
    parts.push(
      form.constant < 0 && parts.length > 0
        ? build.negation(build.number(-form.constant))
        : build.number(form.constant),
    );
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : flattened(parts);
}

/** n + 1 − 1 does not arise from nested letters: sums inside sums are joined and their constants added. */
function flattened(parts: readonly Formula[]): Formula {
  const flat: Formula[] = parts.flatMap(part => (part.kind === 'add' ? [...part.terms] : [part]));
  let constant = Rational.zero;
  const rest: Formula[] = [];
  for (const part of flat) {
    if (part.kind === 'number') constant = constant.add(part.value);
    else if (part.kind === 'negate' && part.argument.kind === 'number')
      constant = constant.subtract(part.argument.value);
    else rest.push(part);
  }
  if (constant.sign() > 0 && rest.length > 0 && rest.every(({ kind }) => kind === 'negate'))
    rest.unshift(build.number(constant));
  else if (!constant.isZero() || rest.length === 0)
    rest.push(
      constant.sign() < 0 && rest.length > 0 ? build.negation(build.number(constant.abs())) : build.number(constant),
    );
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? only : build.addition(...rest);
}

const ROLE_FORMS: ReadonlyMap<string, LinearForm> = new Map([
  [ITERATION, variableForm(ITERATION_INDEX)],
  [COMPONENT, variableForm(COMPONENT_INDEX)],
]);

/** The arguments of a template as they stand in the whole formula, not in the template that it is written in. */
export const argumentsIn = (factor: Extract<Factor, { kind: 'template' }>, letters: WrittenIndices): LinearForm[] =>
  factor.arguments.map(form =>
    form.terms.every(([index]) => letters.has(index)) ? (asForm(writeForm(form, letters), ROLE_FORMS) ?? form) : form,
  );
