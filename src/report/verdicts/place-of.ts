/** Where in its sequence a member stands: `n = 5`, or `n = 5, s = 1/1000`, in the letters and numbers of the document. */
import { type ShownLetters, USUAL_LETTERS } from '../../document/shown-letters.ts';
import { unicodeName } from '../../latex/write/write-unicode.ts';
import { integerText } from './counterexample-text.ts';
import type { CounterexampleReport } from './check-report.ts';

export function placeInFile(
  { n, along }: CounterexampleReport,
  { iteration, first }: ShownLetters = USUAL_LETTERS,
): string {
  const at = typeof n === 'number' ? n + first : n;
  return [
    ...(at === undefined ? [] : [`${unicodeName(iteration)} = ${integerText(at)}`]),
    ...(typeof along === 'string' ? [along] : []),
  ].join(', ');
}
