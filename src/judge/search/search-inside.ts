/**
 * Searches where what stands inside of a function is smallest and largest: under tanh or exp a narrow well of it lies in a plain on which no
 * gap between the sides falls towards it.
 */
import type { Formula } from '../../formula/formula.ts';
import { Program } from '../../evaluate/program/program.ts';
import { nodes } from '../../optimizer/replace.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import type { Sample } from '../sample/sample.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { descend } from './descend.ts';
import { type Heights, heightsOf, negated } from './height.ts';
import type { Searched, SearchTask } from './search-task.ts';
import { simplified } from './simple-values.ts';
import { settableNumbers } from './variables.ts';

const MOST_INNER = 4;
const STARTS = 4;

export function searchInside(task: SearchTask): Searched {
  const { claim, question, holds, samples, budget, digits } = task;
  const program = new Program({ definitions: claim.definitions, declarations: question.space.declarations });
  const isViolated = (sample: Sample): boolean =>
    holds(sample) && compareSides(question, sample, digits).kind === 'differ';
  for (const inner of innerOf(task.formulas).slice(0, MOST_INNER))
    for (const start of samples.filter(holds).slice(0, STARTS)) {
      const variables = settableNumbers([inner], question.space, start, start.theta.length);
      const value = heightsOf(inner, program, start.theta.length, budget);
      const turned: Heights = sample => {
        const height = value(sample);
        return height && negated(height);
      };
      for (const heights of [turned, value]) {
        const ground = { space: question.space, heights, holds, isFound: () => false };
        const reached = variables.length === 0 ? null : descend(start, ground, { variables, isInside: true });
        const found = reached && [reached.sample, ...simplified(reached.sample, variables)].find(isViolated);
        if (found) return { found, open: null };
      }
    }
  return { found: null, open: null };
}

/** The arguments of functions, but for letters alone, which are searched as they are. */
function innerOf(formulas: readonly Formula[]): Formula[] {
  const found = formulas.flatMap(formula =>
    [...nodes(formula)].flatMap(node =>
      node.kind === 'call' && node.argument.kind !== 'parameter' && node.argument.kind !== 'index'
        ? [node.argument]
        : [],
    ),
  );
  return [...new Map(found.map(inner => [formulaKey(inner), inner])).values()];
}
