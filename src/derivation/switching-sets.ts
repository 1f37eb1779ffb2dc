/** The switches of an optimizer's rows at the current θ: where its modified equation has no value. */
import { refuse } from '../base/problem.ts';
import { openIndex } from '../expression/core/indices.ts';
import * as build from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import type { SwitchingSet } from '../formula/pieces/switching.ts';
import { type Switch, switchesOf, vanishingOf } from '../formula/pieces/switches.ts';
import type { EquationWriter } from './equation-writer.ts';
import { readsPast } from './history-form.ts';
import { atCurrent } from './sequences.ts';
import type { Stages } from './stages.ts';

/** Refuses a rule that switches at every θ: there it has no expansion anywhere. */
export function switchingSets({ history, update, sequences }: Stages, writer: EquationWriter): SwitchingSet[] {
  const past = sequences.length > 0 || update.some(readsPast);
  return switchesOf(history.optimizer).map(each => {
    const letters = new Map(each.scopes.map(({ index, sort }) => [index, openIndex(sort)] as const));
    // For h → 0 the points of the past are the current one.
    const value = atCurrent(history.valueAtZero(each.argument, letters));
    if (value.terms.length === 0) refuseEverywhere(each, history.optimizer.span);
    const shown = writer.writeOut(
      value,
      new Map([...letters].map(([letter, open]): [number, Formula] => [open, build.index(letter)])),
    );
    return { shown, vanishing: vanishingOf(shown, each.scopes), from: each.from, past };
  });
}

const refuseEverywhere = ({ argument }: Switch, span: Parameters<typeof refuse>[2]): never =>
  refuse(
    'always-switching',
    'a sign, a bar, a maximum or a minimum is taken of what vanishes as h → 0, whatever the parameters are',
    argument.span ?? span,
    'Such a rule has no expansion in h: what it does depends on terms of every order.',
  );
