/** \tilde E is no spelling of E in a claim, unless it is defined, or the document puts the accent on the losses of its batches. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';

const R = String.raw;
const RULE = R`% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla E_n(\theta^{(n)}) \]
`;

/** The codes of the problems of the claim, `[]` where it is read. */
function problemsOf(formula: string, before = RULE): string[] {
  const document = readDocument({
    name: 'paper.tex',
    text: `${before}% !modeq claim c about=gd setting=full-batch\n\\[ ${formula} \\]\n`,
  });
  return [...document.problems, ...document.unreadable.flatMap(claim => claim.problems)].map(({ code }) => code);
}

describe('a loss with an accent', () => {
  it.each([R`\tilde E`, R`\widetilde{E}`, R`\bar E`, R`\hat{E}`, R`\overline E`])('is another loss: %s', loss => {
    expect(problemsOf(R`\dot\theta = -\nabla ${loss}(\theta)`)).toEqual(['other-loss']);
    expect(problemsOf(R`\nabla ${loss} = \nabla E`)).toEqual(['other-loss']);
  });

  it('is the one that the claim defines', () => {
    const defined = R`\dot\theta = -\nabla\tilde E(\theta),\quad \tilde E(\theta) = E(\theta) + \frac h4\|\nabla E(\theta)\|^2`;
    expect(problemsOf(defined)).toEqual([]);
    expect(problemsOf(R`\tilde E(\theta) = E(\theta) + \frac h4\|\nabla E(\theta)\|^2`)).toEqual([]);
    expect(problemsOf(R`g(\theta) := \nabla E(\theta), \quad \dot\theta = -g(\theta)`)).toEqual([]);
  });

  it('is the loss where the document writes those of its batches so, or the notation says it', () => {
    const batches = R`The batches have losses $\widehat{E}_k$.
`;
    expect(problemsOf(R`\dot\theta = -\nabla\widehat E(\theta)`, RULE + batches)).toEqual([]);
    expect(problemsOf(R`\dot\theta = -\nabla\tilde E(\theta)`, RULE + batches)).toEqual(['other-loss']);
    const notation = R`% !modeq notation loss={\hat E}
% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla\hat E_n(\theta^{(n)}) \]
`;
    expect(problemsOf(R`\dot\theta = -\nabla\hat E(\theta)`, notation)).toEqual([]);
  });

  it("is the step's own loss in the rows of an optimizer", () => {
    const rows = R`% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h \nabla\tilde E_n(\theta^{(n)}) \]
`;
    expect(problemsOf(R`\dot\theta = -\nabla E(\theta)`, rows)).toEqual([]);
  });
});
