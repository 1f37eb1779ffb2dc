/** The switches of an optimizer's rows at the current θ: where its modified equation has no value. */
import { Budget } from '../base/budget.ts';
import { refuse } from '../base/problem.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { type Expression, substituteIndices } from '../expression/core/expression.ts';
import { ITERATION_INDEX, openIndex } from '../expression/core/indices.ts';
import * as build from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import { type Switch, switchesOf, vanishingOf } from '../formula/pieces/switches.ts';
import { variableForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import type { EquationWriter } from './equation-writer.ts';
import { readsPast } from './reads-past.ts';
import { atCurrent } from './unroll/sequences.ts';
import type { Stages } from './stages.ts';

/** Refuses a rule that switches at every θ: there it has no expansion anywhere. */
export function switchingSets({ history, update, sequences }: Stages, writer: EquationWriter): SwitchingSet[] {
  const past = sequences.length > 0 || update.some(readsPast);
  return switchesOf(history.optimizer).map(each => {
    const letters = new Map(each.scopes.map(({ index, sort }) => [index, openIndex(sort)] as const));
    // For h → 0 the points of the past are the current one.
    const value = atCurrent(history.valueAtZero(each.argument, letters));
    if (vanishesLater(value, history.optimizer)) refuseEverywhere(each, history.optimizer.span);
    const shown = writer.writeOut(
      value,
      new Map([...letters].map(([letter, open]): [number, Formula] => [open, build.index(letter)])),
    );
    const late = each.late ? ({ late: true } as const) : {};
    return { shown, vanishing: vanishingOf(shown, each.scopes), from: each.from, past, ...late };
  });
}

/** Whether the value is zero for every θ from some early step on: a difference of gradients at n and n − 1 in the full batch has none in the first. */
function vanishesLater(value: Expression, { declarations }: Optimizer): boolean {
  const later = substituteIndices(value, new Map([[ITERATION_INDEX, variableForm(ITERATION_INDEX, EARLY_STEPS)]]));
  if (later.terms.length === 0) return true;
  return testZero(later, assumptionsOf(declarations), new Budget(ZERO_BUDGET)).kind === 'zero';
}

const EARLY_STEPS = 4;
const ZERO_BUDGET = 10_000;

const KINDS: Readonly<Partial<Record<Formula['kind'], string>>> = {
  norm: 'a norm',
  absolute: 'a bar',
  extremum: 'a maximum or a minimum',
};

function refuseEverywhere({ argument, of }: Switch, span: Parameters<typeof refuse>[2]): never {
  return refuse(
    'always-switching',
    `${KINDS[of] ?? 'a sign'} is taken of what vanishes as h → 0, whatever the parameters are`,
    argument.span ?? span,
    'What is O(h) inside of a sign, a bar, a norm, a maximum or a minimum is not expanded; in the full batch differences of gradients of two steps are O(h).',
  );
}
