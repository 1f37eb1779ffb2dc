/** What a verdict rests on, in the few words that fit into a table. */
import { USUAL_LETTERS } from '../../document/shown-letters.ts';
import { unicodeName } from '../../latex/write/write-unicode.ts';
import type { ClaimReport, CounterexampleReport } from './check-report.ts';
import { integerText } from './counterexample-text.ts';
import { placeInFile } from './place-of.ts';

/** `1 instance`, `2 instances`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function firstExample(claim: ClaimReport): CounterexampleReport | null {
  const { counterexample } = claim;
  if (counterexample === null) return null;
  return isSequence(counterexample) ? (counterexample[0] ?? null) : counterexample;
}

/** What stands behind the verdict, in a few words: `proof, 200 instances`. */
export function evidenceText(claim: ClaimReport): string {
  const instances =
    claim.evidence && claim.evidence.instances > 0 ? plural(claim.evidence.instances, 'instance') : null;
  switch (claim.verdict) {
    case 'proved':
      return instances === null ? 'proof' : `proof, ${instances}`;
    case 'conditional':
      return instances === null ? 'proof under hypotheses' : `hypotheses, ${instances}`;
    case 'supported':
      return instances === null ? '' : `${instances}, ${claim.evidence?.digits} digits`;
    case 'refuted': {
      const example = firstExample(claim);
      if (example === null) return 'see below';
      const p = example.dimension ?? (Array.isArray(example.theta) ? example.theta.length : null);
      const letters = claim.letters ?? USUAL_LETTERS;
      const dimension = p === null ? '' : `, ${unicodeName(letters.dimension)} = ${integerText(p)}`;
      const at = placeInFile({ ...example, along: undefined }, letters);
      return at === '' ? 'counterexample' : `counterexample at ${at}${dimension}`;
    }
    case 'undecided':
    case 'unreadable':
      return 'see below';
  }
}

/** Whether it is a sequence of instances, as for limits and regimes. */
export const isSequence = (
  example: CounterexampleReport | readonly CounterexampleReport[],
): example is readonly CounterexampleReport[] => Array.isArray(example);
