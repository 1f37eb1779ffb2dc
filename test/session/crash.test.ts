/** Where the program itself is wrong about one claim, the others get their verdicts, and the exit code is 4. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Claim } from '../../src/document/model.ts';
import { modeq } from '../support/memory-terminal.ts';

/** Breaks the prover and the reader for ids that say so. */
vi.mock('../../src/judge/prove/standard-engine.ts', async original => {
  const module = await original<typeof import('../../src/judge/prove/standard-engine.ts')>();
  const { standardEngine, engineOf } = module;
  const prove = (claim: Claim, ...more: unknown[]) => {
    if (claim.id.startsWith('broken-proof')) throw new Error('an invariant is broken');
    return (standardEngine.prove as (...all: unknown[]) => unknown)(claim, ...more);
  };
  const broken: typeof engineOf = derivations => ({
    ...engineOf(derivations),
    prove: prove as typeof standardEngine.prove,
  });
  return { ...module, standardEngine: { ...standardEngine, prove }, engineOf: broken };
});
vi.mock('../../src/document/read/read-claim.ts', async original => {
  const module = await original<typeof import('../../src/document/read/read-claim.ts')>();
  const readEntry: typeof module.readEntry = (entry, around) => {
    if (entry.id.startsWith('broken-reading')) throw new TypeError('of undefined');
    return module.readEntry(entry, around);
  };
  return { ...module, readEntry };
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-crash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const GD = String.raw`% !modeq optimizer descent
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;
const claim = (id: string): string => String.raw`% !modeq claim ${id} about=descent
\[ \dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t)) + O(h) \]
`;
async function verdicts(...ids: string[]) {
  const path = join(folder, 'a.tex');
  writeFileSync(path, GD + ids.map(claim).join('\n'));
  const { code, out, err } = await modeq(['check', path, '--json', '--instances', '5']);
  const report: { claims: { id: string; verdict: string; message: string | null }[] } = JSON.parse(out);
  return { code, err, claims: report.claims.map(({ id, verdict, message }) => [id, verdict, message]) };
}

describe('a crash', () => {
  test('of the judge is the verdict of its claim', async () => {
    const { code, err, claims } = await verdicts('a', 'broken-proof-1', 'b', 'broken-proof-2', 'c');
    expect(claims).toEqual([
      ['a', 'proved', null],
      ['broken-proof-1', 'undecided', 'internal error: an invariant is broken'],
      ['b', 'proved', null],
      ['broken-proof-2', 'undecided', 'internal error: an invariant is broken'],
      ['c', 'proved', null],
    ]);
    expect(err).toContain('internal error: an invariant is broken');
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(4);
  });
  test('of the reader as well', async () => {
    const { code, err, claims } = await verdicts('a', 'broken-reading', 'b');
    expect(claims).toEqual([
      ['a', 'proved', null],
      ['broken-reading', 'unreadable', expect.stringContaining('internal error: TypeError: of undefined')],
      ['b', 'proved', null],
    ]);
    expect(err).toContain('[internal-error]');
    expect(code).toBe(4);
  });
  test('costs nothing where there is none', async () => {
    expect((await verdicts('a', 'b')).code).toBe(0);
  });
});
