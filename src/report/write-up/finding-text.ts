/** What was found about a step, in a sentence of LaTeX. */
import { isAlongRuns } from '../../notation/kinds.ts';
import type { ClaimVerdict } from '../../judge/verdict.ts';
import type { Findings, Step } from './write-up.ts';

/** The sentence behind a display; definitions need none. */
export function findingText(step: Step, findings: Findings): string {
  switch (step.role) {
    case 'optimizer':
      return findings.runs === 0
        ? '\\textbf{Not checked:} no run was asked for or possible.'
        : `\\emph{Checked:} as printed, run beside its definition ${times(findings.runs)}.`;
    case 'claim':
      return claimText(findings.claims.get(step.id) ?? null);
    case 'followed':
      return findings.followed === 0
        ? '\\textbf{Not checked:} no run was possible.'
        : `\\emph{Checked:} run beside the optimizer ${times(findings.followed)}, in every step of which the powers agree; not read back.`;
    default:
      return '';
  }
}

function claimText(finding: ClaimVerdict | null): string {
  if (finding === null) return '\\textbf{Not checked:} interrupted.';
  const { instances = 0, followed = 0 } = finding.evidence ?? {};
  const count = instances === 0 ? '' : `, ${instances} instance${instances === 1 ? '' : 's'}`;
  const beside = followed === 0 || isSpecial(finding) ? '' : `, run beside the optimizer ${times(followed)}`;
  switch (finding.verdict) {
    case 'proved':
      return isRun(finding)
        ? `\\emph{Checked:} proved${count === '' ? '' : `, and run on the optimizer itself${count}`}.`
        : `\\emph{Checked:} proved${count}${beside}.`;
    case 'supported':
      return isRun(finding)
        ? `\\emph{Checked:} on the optimizer itself, run in power series${count}; not proved.`
        : `\\emph{Checked:} equal${count === '' ? '' : ` at ${instances} instances`}; not proved.`;
    case 'conditional':
      return '\\emph{Conditional:} the equation is proved; the bound rests on the assumptions, which are not checked.';
    default:
      return `\\textbf{Not checked:} ${plainText(finding.message ?? 'no reason is known')}.`;
  }
}

/** Limits, regimes and bounds are not what an optimizer is followed by. */
const isSpecial = ({ claim }: ClaimVerdict): boolean =>
  'statements' in claim && (claim.limit !== null || claim.regime !== null);

/** Whether the claim is about the run of the optimizer, not about formulas at one point. */
const isRun = ({ claim }: ClaimVerdict): boolean => 'statements' in claim && claim.statements.every(isAlongRuns);

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

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
