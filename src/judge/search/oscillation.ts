/** Sums of several oscillations over many periods: sin x + sin √2x + sin √3x comes near to 3 far from wherever a search begins. */
import type { Formula } from '../../formula/formula.ts';
import { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { gapOf, heightAsNumber, heightsOf } from './height.ts';
import type { SearchTask } from './search-task.ts';

const LOOKED_AT = 40;
/** Some periods. */
const LONG = 8 * Math.PI;
/** A gap that comes so near, beside how much it changes, may close elsewhere. */
const NEAR = 1 / 5;

/** Why nothing is supported of an inequality with oscillations whose gap is not far from what it changes by; null elsewhere. */
export function oscillationOf({ claim, question, holds, samples, formulas, budget }: SearchTask): string | null {
  const angles = oscillating(formulas);
  if (angles.length < 2) return null;
  const program = new Program({ definitions: claim.definitions, declarations: question.space.declarations });
  const looked = samples.filter(holds).slice(0, LOOKED_AT);
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const long = angles.filter(argument => {
    const values = looked.flatMap(sample => {
      const height = heightsOf(argument, program, sample.theta.length, budget)(sample);
      return height ? [heightAsNumber(height)] : [];
    });
    return values.length > 1 && spread(values) > LONG;
  });
  if (long.length < 2) return null;
  const heights = gapOf(question);
  const gaps = looked.flatMap(sample => {
    const height = heights(sample);
    return height ? [-heightAsNumber(height)] : [];
  });
  return gaps.length > 1 && Math.min(...gaps) < NEAR * spread(gaps)
    ? 'it was not looked at all periods of the oscillations'
    : null;
}

/** The arguments of sines and cosines, each once. */
function oscillating(formulas: readonly Formula[]): Formula[] {
  const found = formulas.flatMap(formula =>
    [...nodes(formula)].flatMap(node =>
      node.kind === 'call' && (node.name === 'sin' || node.name === 'cos') ? [node.argument] : [],
    ),
  );
  return [...new Map(found.map(argument => [formulaKey(argument), argument])).values()];
}
