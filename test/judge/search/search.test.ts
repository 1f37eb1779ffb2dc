/** Inequalities, signs and bars that fail where no sample lies: none of them may be supported; and true ones beside them. */
import { describe, expect, it } from 'vitest';
import type { Claim, ModeqDocument } from '../../../src/document/model.ts';
import { documentIndexOf } from '../../../src/judge/claim-context.ts';
import { Equations } from '../../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../../src/judge/claim-task.ts';
import { judgeClaim } from '../../../src/judge/judge-claim.ts';
import { standardEngine } from '../../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../../src/judge/verdict.ts';
import { read } from '../../document/reading.ts';
import { OPEN, REFUTED, type Tried } from './false-claims.ts';
import * as hidden from './hidden-claims.ts';
import * as meeting from './meeting-claims.ts';
import { HOLD, UNTOLD } from './true-claims.ts';

const equations = new Equations(standardEngine);
const GRADIENT_DESCENT = String.raw`<!-- !modeq optimizer gdx -->
$$\theta_j^{(n+1)} = \theta_j^{(n)} - h\nabla_jE_n(\theta^{(n)})$$
`;

function judged({ id, where, keys = '', tex }: Tried): ClaimVerdict {
  const domain = where === undefined ? '' : `<!-- !modeq where ${where} -->\n`;
  const text = `${GRADIENT_DESCENT}\n<!-- !modeq claim ${id} ${keys} -->\n${domain}$$${tex}$$\n`;
  const document: ModeqDocument = read(text, 'search.md');
  const [claim]: readonly (Claim | undefined)[] = document.claims;
  if (claim === undefined) throw new Error(JSON.stringify([document.problems, document.unreadable]));
  const context = { library: documentIndexOf(document, []), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 60, suggestions: false });
}
const named = (all: readonly Tried[]): [string, Tried][] => all.map(each => [each.id, each]);
const said = ({ message, statements }: ClaimVerdict): string =>
  [message, ...statements.map(each => each.message)].join();

describe('what is false', () => {
  it.each(named([...REFUTED, ...hidden.REFUTED]))('%s is refuted', (_, tried) => {
    expect(tried.truth()).toBe(true);
    const verdict = judged(tried);
    expect(verdict.verdict, said(verdict)).toBe('refuted');
  });
  it.each(named([...OPEN, ...hidden.OPEN, ...meeting.OPEN, ...meeting.UNTOLD_ZEROS]))(
    '%s is undecided, with a reason',
    (_, tried) => {
      expect(tried.truth()).toBe(true);
      const verdict = judged(tried);
      expect(verdict.verdict, said(verdict)).toBe('undecided');
      expect(said(verdict)).toMatch(
        /it was not looked at|still come nearer|grows faster|no digits show|no limit that shows|hardly reach/,
      );
    },
  );
});

describe('what is true', () => {
  it.each(named([...HOLD, ...hidden.HOLD, ...meeting.HOLD]))('%s stays supported, or is proved', (_, tried) => {
    expect(tried.truth()).toBe(true);
    const verdict = judged(tried);
    expect(['proved', 'supported'], said(verdict)).toContain(verdict.verdict);
  });
  it.each(named(UNTOLD))('%s is not refuted', (_, tried) => {
    expect(tried.truth()).toBe(true);
    const verdict = judged(tried);
    expect(['supported', 'undecided', 'proved'], said(verdict)).toContain(verdict.verdict);
  });
});
