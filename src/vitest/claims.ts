/** Claims of a test: read in the letters of the rule that they are about, judged, and shown with both sides where they fail. */
import { kindFacts } from '../notation/kinds.ts';
import type { Claim, ModeqDocument } from '../document/model.ts';
import { readDocument } from '../document/read/read-document.ts';
import { builtInDocuments } from '../files/documents/load.ts';
import { documentIndexOf } from '../judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../judge/claim-task.ts';
import { judgeAbout } from '../judge/judge-about.ts';
import { judgeClaim } from '../judge/judge-claim.ts';
import { Equations } from '../judge/prove/engine.ts';
import { standardEngine } from '../judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../judge/verdict.ts';
import type { Regime } from '../notation/regimes.ts';
import type { Setting } from '../notation/settings.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { notationText } from '../report/snapshot/notation-text.ts';
import { deriveTheorem } from '../report/theorem/derive-theorem.ts';
import { theoremText } from '../report/theorem/theorem-text.ts';
import { typedTheorem } from '../report/theorem/typed-theorem.ts';
import { claimDetails } from '../report/verdicts/check-table.ts';
import { claimReport } from '../report/verdicts/claim-report.ts';
import { asDisplay, documentOf, optimizerOf, type Subject, throwMistakes } from './subject.ts';

/** The keys of a claim, and the seed of the points at which it is looked at. */
export interface ClaimOptions {
  readonly setting?: Setting;
  /** Up to and including h^order; the claim's own highest power of h where it is left out. */
  readonly order?: number;
  readonly limit?: 'large-n' | null;
  readonly regime?: Regime | null;
  readonly seed?: number;
}

export interface JudgedClaim {
  readonly claim: Claim;
  readonly optimizer: Optimizer | null;
  readonly verdict: ClaimVerdict;
  /** The text of the claim, as it was written. */
  readonly typed: string;
}

/**
 * The claim (an id of the subject's document, statements in LaTeX, or a whole claim with its magic comment) judged about the subject. Throws an
 * Error where the claim cannot be read.
 */
export function judgeTyped(subject: Subject, claim: string, options: ClaimOptions): JudgedClaim {
  const { seed = DEFAULT_OPTIONS.seed } = options;
  const document = documentOf(subject);
  const own = document === null ? undefined : claimWithId(document, claim.trim());
  if (document !== null && own !== undefined) {
    const library = documentIndexOf(document, builtInDocuments().documents);
    const context = { library, engine: standardEngine, equations: new Equations(standardEngine) };
    const verdict = judgeClaim(own, context, { ...DEFAULT_OPTIONS, suggestions: false, seed });
    const optimizer = own.about === null ? null : (library.optimizers.get(own.about) ?? null);
    return { claim: own, optimizer, verdict, typed: typedText(own) };
  }
  const optimizer = optimizerOf(subject);
  const read = readClaim(claim, optimizer, options);
  return { claim: read, optimizer, verdict: judgeAbout(read, optimizer, { seed }), typed: typedText(read) };
}

function claimWithId(document: ModeqDocument, id: string): Claim | undefined {
  const unreadable = document.unreadable.find(each => each.id === id);
  if (unreadable) throwMistakes(unreadable.problems);
  return document.claims.find(each => each.id === id);
}

const NAME = 'the-claim';

function readClaim(latex: string, optimizer: Optimizer, options: ClaimOptions): Claim {
  const letters = notationText(optimizer.notation);
  const keys = (['setting', 'order', 'limit', 'regime'] as const).flatMap(key => {
    const value = options[key] ?? null;
    return value === null ? [] : [`${key}=${value}`];
  });
  const isWhole = latex.includes('!modeq claim');
  if (isWhole && keys.length > 0) throw new Error(`the claim has its own keys; write ${keys.join(' ')} there`);
  const text = [
    ...(letters === '' ? [] : [`% !modeq notation ${letters}`]),
    ...(isWhole
      ? [latex]
      : [`% !modeq claim ${NAME} ${[`about=${optimizer.id}`, ...keys].join(' ')}`, asDisplay(latex)]),
    '',
  ].join('\n');
  const document = readDocument({ name: 'the claim', text }, { optimizers: new Map([[optimizer.id, optimizer]]) });
  throwMistakes([...document.unreadable.flatMap(({ problems }) => problems), ...document.problems]);
  const [claim, second] = document.claims;
  if (claim === undefined || second !== undefined) throw new Error('expected one claim');
  return claim;
}

const typedText = ({ span: { source, start, end } }: Claim): string => source.text.slice(start, end).trim();

const WIDTH = 80;

/** Both sides and the counterexample, or why nothing was decided. */
export function judgedText({ claim, optimizer, verdict, typed }: JudgedClaim): string {
  const report = claimReport(verdict);
  return [
    'claimed',
    ...typed.split('\n').map(line => `  ${line.trim()}`),
    ...derivedLines(claim, optimizer, verdict.order),
    '',
    ...claimDetails(report, WIDTH),
  ].join('\n');
}

/** What the rule gives, where the claim is about that; with the labels that its author counts. */
function derivedLines(claim: Claim, optimizer: Optimizer | null, order: number | null): string[] {
  const forms = claim.statements.map(({ kind }) => kindFacts(kind).equation);
  const form = forms.includes('flow') ? 'flow' : forms.includes('map') ? 'map' : null;
  if (optimizer === null || form === null || claim.part !== null) return [];
  const { setting, limit, regime } = claim;
  const derived = deriveTheorem(optimizer, { setting, order: order ?? claim.order, form, limit, regime });
  if (!derived.ok) return [];
  const text = theoremText(typedTheorem(derived.value)).trimEnd();
  return ['derived', ...text.split('\n').map(line => (line === '' ? '' : `  ${line}`))];
}
