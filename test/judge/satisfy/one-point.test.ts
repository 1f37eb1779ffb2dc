/** Hyperparameters with one value only: nothing of them can be moved, and no claim is judged by how it is elsewhere. */
import { expect, it } from 'vitest';
import { documentIndexOf } from '../../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../../src/judge/claim-task.ts';
import { judgeClaim } from '../../../src/judge/judge-claim.ts';
import { Equations } from '../../../src/judge/prove/engine.ts';
import { standardEngine } from '../../../src/judge/prove/standard-engine.ts';
import { read } from '../../document/reading.ts';

const equations = new Equations(standardEngine);

function verdictOf(domain: string, tex: string): string {
  const text = String.raw`% !modeq optimizer descent
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
% !modeq claim c
% !modeq where x \in ${domain}, \beta \in (0,1)
\[ ${tex} \]
`;
  const document = read(text);
  const [claim] = document.claims;
  if (claim === undefined) throw new Error(JSON.stringify(document.unreadable));
  const context = { library: documentIndexOf(document, []), engine: standardEngine, equations };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 12, suggestions: false }).verdict;
}

it.each([
  // True there and not elsewhere, false there and not elsewhere, and without a value.
  ['[1,1]', 'x \\beta = \\beta', ['proved', 'supported', 'undecided']],
  ['[1,1]', '\\beta (x-1) = 0', ['proved', 'supported', 'undecided']],
  ['[2,2]', '\\frac{\\beta}{x} = \\frac{\\beta}{2}', ['proved', 'supported', 'undecided']],
  ['[2,2]', 'x \\beta = 3 \\beta', ['refuted']],
  ['[0,0]', '\\beta + x = 1', ['refuted']],
  ['[0,0]', '\\frac{x}{x} \\beta = \\beta', ['undecided']],
  ['[1,1]', '\\frac{x-x^2}{x-x^2} \\beta = \\beta', ['undecided']],
  ['[2,2]', '(x^2-4)^2 + \\frac{x-2}{x-2} = 1', ['undecided']],
  ['[0,0]', '|x| \\ge \\beta', ['refuted']],
  ['[3,3]', 'x > \\beta', ['proved', 'supported']],
])('x in %s: %s', (domain, tex, wanted) => {
  expect(wanted).toContain(verdictOf(domain, tex));
});
