/** A number behind an equation is no factor. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';

const documentOf = (behindRule: string, right: string, behind: string) =>
  readDocument({
    name: 'numbers.tex',
    text: String.raw`% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla E_n(\theta^{(n)}) ${behindRule} \]
% !modeq claim plain about=gd order=0
\[ \dot{\tilde\theta}(t) = ${right} ${behind} \]
`,
  });

async function verdicts(behindRule: string, right: string, behind: string): Promise<readonly string[]> {
  const document = documentOf(behindRule, right, behind);
  const judged = await judgeDocuments([document], standardEngine, { ...DEFAULT_OPTIONS, instances: 8 });
  return judged.map(({ id, verdict }) => `${id} ${verdict}`);
}

const NUMBERS = [
  ...[
    String.raw`\qquad (2)`,
    String.raw`\qquad (2.1)`,
    String.raw`\quad [3]`,
    String.raw`\hspace{2cm} (2)`,
    '~~~~~~(2)',
  ],
  ...[
    String.raw`\ \ \ (2)`,
    String.raw`\hfill (3.2a)`,
    String.raw`\qquad (A.4)`,
    String.raw`\qquad (\star)`,
    String.raw`\quad (*)`,
  ],
  ...[String.raw`\eqno(7)`, String.raw`\qquad (2.1).`, String.raw`\hspace*{1em} (2)`, String.raw`\;\;\; (12')`],
];

describe('a number behind a wide space', () => {
  test.each(NUMBERS)('%s is no factor of an optimizer and of a claim', async number => {
    const right = String.raw`-\nabla E_n(\tilde\theta(t))`;
    expect(await verdicts(number, right, number)).toContain('plain proved');
    expect(await verdicts('', String.raw`-\frac12\nabla E_n(\tilde\theta(t))`, number)).toContain('plain refuted');
  });
});

describe('a number behind a narrow space', () => {
  test.each([
    String.raw`\; (2)`,
    '~(2)',
    String.raw`\ (2.5)`,
    String.raw`\qquad (0.5)`,
    String.raw`\qquad (a)`,
    String.raw`\quad (ii)`,
    String.raw`~~~[b]`,
  ])('%s is refused', number => {
    const { unreadable, problems } = documentOf('', String.raw`-\nabla E_n(\tilde\theta(t))`, number);
    const codes = [...problems, ...unreadable.flatMap(each => each.problems)].map(({ code }) => code);
    expect(codes).toContain('numbering-or-factor');
  });
});

describe('a factor in parentheses', () => {
  test.each(['(2)', String.raw`\,(2)`, String.raw`\cdot (2)`])('%s stays one', async factor => {
    expect(await verdicts('', String.raw`-\frac12\nabla E_n(\tilde\theta(t))`, factor)).toContain('plain proved');
  });
});
