/** What the program says of a claim with slips in it. The only file of the slips that may import the program. */
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { ModeqDocument } from '../../src/document/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { replacedIn, type TypedClaim, withDisplay } from './corpus.ts';
import type { DrawnSlip } from './draw.ts';

const builtIn = builtInDocuments().documents;
/** The equations of built-in optimizers are derived once. */
const equations = new Equations(standardEngine);
const INSTANCES = 60;
const TIMEOUT = 120;

export interface JudgedSlip {
  /** Of the claim with the slip. */
  readonly verdict: string;
  /** Whether the first suggestion, made in the text, gives a claim that is proved. */
  readonly isRepaired: boolean;
  readonly slip: string;
  readonly suggested: string | null;
}

export function judgeSlip({ claim, slips, display }: DrawnSlip): JudgedSlip {
  const file = withDisplay(claim, display);
  const judged = judgeText(claim, file, true);
  const [best] = judged?.suggestions ?? [];
  const edited = best && best.replacements.length > 0 ? replacedIn(file, best.replacements) : null;
  const isRepaired =
    best?.verdict === 'proved' && edited !== null && judgeText(claim, edited, false)?.verdict === 'proved';
  const slip = slips.map(({ kind, start, end, typed }, at) => {
    const before = at === 0 ? claim.display.slice(start, end) : '…';
    return `${kind} \`${before}\` → \`${typed}\``;
  });
  return {
    verdict: judged?.verdict ?? 'unreadable',
    isRepaired,
    slip: slip.join(', ').replace(/\s+/g, ' '),
    suggested: best ? `${best.edit} (${best.verdict})` : null,
  };
}

/** The verdict of the claim in this text of its file. */
function judgeText({ id, file }: TypedClaim, text: string, suggestions: boolean): ClaimVerdict | null {
  const document = readDocument({ name: file, text }, { documents: builtIn });
  const found = document.claims.find(claim => claim.id === id);
  return found ? judge(found, document, suggestions) : null;
}

function judge(found: ModeqDocument['claims'][number], document: ModeqDocument, suggestions: boolean): ClaimVerdict {
  const others = builtIn.filter(({ file }) => file !== document.file);
  const library = documentIndexOf(document, [document, ...others]);
  const context = { library, engine: standardEngine, equations };
  return judgeClaim(found, context, {
    ...DEFAULT_OPTIONS,
    instances: INSTANCES,
    timeout: TIMEOUT,
    suggestions,
    shrink: false,
  });
}
