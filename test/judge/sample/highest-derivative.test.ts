import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/document/read/read-document.ts';
import { highestDerivative } from '../../../src/judge/sample/highest-derivative.ts';

const RULE = String.raw`% !modeq optimizer gd
\[ \theta^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)}) \]
`;

function highestIn(keys: string, claim: string): number {
  const { claims, optimizers, unreadable } = readDocument({
    name: 'paper.tex',
    text: `${RULE}% !modeq claim c setting=full-batch ${keys}\n\\[ ${claim} \\]\n`,
  });
  expect(unreadable).toEqual([]);
  const [[read], [optimizer]] = [claims, optimizers];
  const [statement] = read?.statements ?? [];
  if (!read || !statement) throw new Error('a claim was typed');
  return highestDerivative({ claim: read, statement, optimizer: optimizer ?? null, other: null });
}

describe('the highest derivative on either side', () => {
  it.each([
    ['', String.raw`\nabla_{11}E + 1 = 1`, 2],
    ['', String.raw`\nabla_{11}(\nabla_{122}E\nabla_1E) = 0`, 5],
    ['order=0', String.raw`\dot\theta = -\nabla E`, 1],
    ['order=4', String.raw`\dot\theta = -\nabla E`, 5],
    ['order=1', String.raw`\dot\theta = -\nabla E - \frac h4\nabla\|\nabla E\|^2`, 2],
    // A point that moves with h gives a derivative a power.
    ['order=3', String.raw`\dot\theta = -\nabla^2 E(\theta - h\nabla E)\nabla E`, 5],
  ])('%s %s', (keys, claim, highest) => {
    expect(highestIn(keys, claim)).toBe(highest);
  });
});
