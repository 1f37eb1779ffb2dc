/** What was found about a step, in a sentence or two of LaTeX. */
import type { ClaimVerdict } from '../../judge/verdict.ts';
import type { Step } from './write-up.ts';

/** The sentence behind a display; definitions and rules need none. */
export function findingText(step: Step, finding: ClaimVerdict | null): string {
  if (step.role !== 'claim') return '';
  if (finding === null) return '\\textbf{Not checked.}';
  const evidence = finding.evidence;
  const count = evidence?.instances ?? 0;
  const followed = evidence?.followed ?? 0;
  const points = count === 0 ? '' : ` at ${count} exact instances (${evidence?.digits ?? 0} digits)`;
  const beside =
    followed === 0 ? '' : `; run beside the optimizer from ${followed} starting points, it agrees as far as it should`;
  switch (finding.verdict) {
    case 'proved':
      return `\\emph{Checked}: proved as printed${count === 0 ? '' : `, and equal${points}`}${beside}.`;
    case 'supported':
      return `\\emph{Checked} on the optimizer itself, run in power series of the step: equal${points}; as printed it is not proved.`;
    case 'conditional':
      return `\\emph{Conditional}: ${conditions(finding)}.`;
    default:
      return `\\textbf{Not checked}: ${plainText(finding.message ?? 'no reason is known')}.`;
  }
}

const conditions = (finding: ClaimVerdict): string =>
  plainText(finding.message ?? finding.statements[0]?.message ?? 'it rests on the assumptions');

/** The judge's words with what LaTeX would not print as it stands. */
const plainText = (text: string): string =>
  text
    .replace(/[\\{}]/g, '')
    .replace(/[_#%&$^~]/g, each => `\\${each}{}`)
    .replace(/\.$/, '');
