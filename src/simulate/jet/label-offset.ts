/** Iteration labels of an optimizer's rows as n plus an integer. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';

/** c·n + d of a label; null where it is neither. */
function linear(label: Formula): readonly [number, number] | null {
  switch (label.kind) {
    case 'number':
      return label.value.isInteger() ? [0, label.value.toNumber()] : null;
    case 'index':
      return label.name === ITERATION ? [1, 0] : null;
    case 'negate': {
      const inner = linear(label.argument);
      return inner && [-inner[0], -inner[1]];
    }
    case 'add': {
      let sum: readonly [number, number] = [0, 0];
      for (const term of label.terms) {
        const inner = linear(term);
        if (inner === null) return null;
        sum = [sum[0] + inner[0], sum[1] + inner[1]];
      }
      return sum;
    }
    default:
      return null;
  }
}

/** d where the label is n + d; anything else is refused. */
export function labelOffset(label: Formula, span: Span | null): number {
  const form = linear(label);
  return form !== null && form[0] === 1
    ? form[1]
    : refuse('not-simulated', 'a label other than n plus an integer is not simulated', label.span ?? span);
}
