/** What was found about a step, in a sentence of LaTeX. */
import { isAlongRuns } from '../../../notation/kinds.ts';
import type { ClaimVerdict } from '../../../judge/verdict.ts';
import type { Findings, Step } from '../model/write-up.ts';

/** The mark beside a display, of what was found; nothing for definitions and for what was not checked. */
export function findingMark(step: Step, findings: Findings): string {
  switch (step.role) {
    case 'optimizer':
      return findings.runs === 0 ? '' : `read back, ${runs(findings.runs)}`;
    case 'claim':
      return claimMark(findings.claims.get(step.id) ?? null);
    case 'followed':
      return findings.followed === 0 ? '' : `not read back, ${runs(findings.followed)}`;
    default:
      return '';
  }
}

function claimMark(finding: ClaimVerdict | null): string {
  if (finding === null) return '';
  const { instances = 0, followed = 0 } = finding.evidence ?? {};
  const unit = isRun(finding) ? 'run' : 'instance';
  const count = instances === 0 ? [] : [`${instances} ${unit}${instances === 1 ? '' : 's'}`];
  switch (finding.verdict) {
    case 'proved':
      return ['proved', ...count, ...(followed === 0 || isSpecial(finding) ? [] : [runs(followed)])].join(', ');
    case 'supported':
      return [...count, 'not proved'].join(', ');
    case 'conditional':
      return 'conditional';
    default:
      return 'not checked';
  }
}

const runs = (count: number): string => `${count} run${count === 1 ? '' : 's'}`;

/** The sentence behind a display that is not proved; nothing where it is, or where it is a definition. */
export function findingText(step: Step, findings: Findings): string {
  switch (step.role) {
    case 'optimizer':
      return findings.runs === 0 ? '\\textbf{Not checked:} no run was asked for or possible.' : '';
    case 'claim':
      return claimText(findings.claims.get(step.id) ?? null, findings);
    case 'followed':
      return findings.followed === 0
        ? '\\textbf{Not checked:} no run was possible.'
        : 'This display was run beside the optimizer, in every step of which the powers agree; it is not read back.';
    default:
      return '';
  }
}

function claimText(finding: ClaimVerdict | null, { timeIsOver = false }: Findings): string {
  if (finding === null)
    return `\\textbf{Not checked:} ${timeIsOver ? 'the time for the document was over' : 'interrupted'}.`;
  const { instances = 0 } = finding.evidence ?? {};
  switch (finding.verdict) {
    case 'proved':
      return '';
    case 'supported':
      return isRun(finding)
        ? `\\textbf{Not proved:} compared with the optimizer in ${runs(instances)}.`
        : `\\textbf{Not proved:} equal at ${instances} instances.`;
    case 'conditional':
      return 'The equation is proved; the bound rests on the assumptions, which are not checked.';
    default:
      return `\\textbf{Not checked:} ${plainText(finding.message ?? 'no reason is known')}.`;
  }
}

/** Limits, regimes and bounds are not what an optimizer is followed by. */
const isSpecial = ({ claim }: ClaimVerdict): boolean =>
  'statements' in claim && (claim.limit !== null || claim.regime !== null);

/** Whether the claim is about the run of the optimizer, not about formulas at one point. */
const isRun = ({ claim }: ClaimVerdict): boolean => 'statements' in claim && claim.statements.every(isAlongRuns);

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/θ̃/gu, '$\\tilde\\theta$'],
  [/θ/gu, '$\\theta$'],
  [/≈/gu, '$\\approx$'],
  [/≤/gu, '$\\le$'],
  [/≥/gu, '$\\ge$'],
  [/[≫≪]/gu, '$\\gg$'],
  [/→/gu, '$\\to$'],
  [/∞/gu, '$\\infty$'],
  [/\bh\\\^\{\}(\d+)/gu, '$h^{#}$'],
  [/Σ/gu, '$\\Sigma$'],
  [/·/gu, '$\\cdot$'],
  [/‖/gu, '$\\|$'],
];

/** The judge's words with what LaTeX would not print as it stands; other characters outside ASCII are dropped. */
export function plainText(text: string): string {
  const escaped = text
    .replace(/[\\{}]/g, '')
    .replace(/[_#%&$]/g, each => `\\${each}`)
    .replace(/[\^~]/g, each => `\\${each}{}`)
    .replace(/\.$/, '');
  const spelled = WORDS.reduce(
    (result, [pattern, latex]) => result.replace(pattern, (_, inner: string) => latex.replace('#', () => inner)),
    escaped,
  );
  return spelled.replace(/[^\n -~]/gu, '');
}
