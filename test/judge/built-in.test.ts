/** The built-in claims with everything on: expected verdicts, what each route can do alone, and no wrong twin survives. */
import { describe, expect, it } from 'vitest';
import type { Claim, Statement } from '../../src/document/model.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { judgeTwins } from '../../src/judge/judge-twins.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { isMean } from '../../src/notation/settings.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';

const { documents } = builtInDocuments();
const equations = new Equations(standardEngine);
const located = documents.flatMap(document =>
  document.claims.map(claim => ({
    claim,
    context: { library: documentIndexOf(document, documents), engine: standardEngine, equations },
  })),
);
const right = located
  .filter(({ claim }) => claim.expect === 'proved')
  .map(({ claim, context }): [string, Claim, typeof context] => [claim.id, claim, context]);
const wrong = located
  .filter(({ claim }) => claim.expect === 'refuted')
  .map(({ claim, context }): [string, Claim, typeof context] => [claim.id, claim, context]);

/** The modified equations in the mini-batch setting: nothing about them is special, so every sample must be usable. */
const theorems = right.filter(
  ([, claim]) => claim.setting === 'mini-batch' && claim.statements.some(({ kind }) => kind === 'flow'),
);
const wrongTheorems = wrong.filter(([, { setting }]) => setting === 'mini-batch');

/** An equation of motion: a flow, a modified loss or a one-step map. */
const isMotion = (statement: Statement | undefined): boolean =>
  statement !== undefined && ['flow', 'modified-loss', 'map'].includes(statement.kind);

const judge = (
  claim: Claim,
  context: (typeof located)[number]['context'],
  options: Partial<JudgeOptions>,
): ClaimVerdict => judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 40, ...options });

describe('claims that hold', () => {
  it('are there', () => expect(right.map(([id]) => id)).toEqual(expect.arrayContaining(['thm-3.3', 'thm-3.6'])));
  it.each(right)('%s is proved, and no sample contradicts', { timeout: 60_000 }, (_, claim, context) => {
    expect(judge(claim, context, { instances: 10 }).verdict).toBe('proved');
  });
  it.each(theorems)('%s is proved, and 40 samples and the optimizer itself agree', (_, claim, context) => {
    expect(judge(claim, context, {})).toMatchObject({
      verdict: 'proved',
      evidence: { instances: 40, skipped: 0, followed: 10 },
    });
  });
  // An epoch is compared with the mean of all its orders, and a mean with all sequences of batches, run in series of h, at every sample.
  const alongOneRun = right.filter(
    ([, { statements, sameAs, setting }]) =>
      sameAs === null && setting !== 'reshuffled' && !isMean(setting) && statements.some(isMotion),
  );
  it.each(alongOneRun)(
    '%s is about an equation that was followed beside the optimizer',
    { timeout: 60_000 },
    (_, claim, context) => {
      const { statements } = judge(claim, context, { instances: 4, runs: 10 });
      const followed = statements.filter((_each, at) => isMotion(claim.statements[at]));
      expect(followed.length).toBeGreaterThan(0);
      for (const { evidence } of followed) expect(evidence?.followed).toBe(10);
    },
  );
  it.each(right)('%s is proved without any sample', (_, claim, context) => {
    expect(judge(claim, context, { instances: 0 })).toMatchObject({ verdict: 'proved', evidence: null });
  });
  it.each(theorems)('%s is supported at best with the prover off', (_, claim, context) => {
    expect(judge(claim, context, { prover: 'off' }).verdict).toBe('supported');
  });
  it.each(theorems.filter(([id]) => id.startsWith('thm-')))(
    '%s has no twin that survives',
    { timeout: 240_000 },
    (_, claim, context) => {
      const summary = judgeTwins(claim, context, { ...DEFAULT_OPTIONS, instances: 40 });
      expect(summary.twins.length).toBeGreaterThanOrEqual(25);
      expect(summary.open.map(({ description, verdict }) => `${description}: ${verdict}`)).toEqual([]);
      expect(summary.empty.length).toBeLessThan(3);
      expect(summary.refuted).toBeGreaterThan(0.9 * summary.twins.length);
    },
  );
});

describe('claims that are false as printed', () => {
  it('are there', () =>
    expect(wrong.map(([id]) => id)).toEqual(expect.arrayContaining(['thm-3.3-printed', 'thm-3.6-printed'])));
  it.each(wrong)('%s is refuted', { timeout: 60_000 }, (_, claim, context) => {
    expect(judge(claim, context, { instances: 10, suggestions: false }).verdict).toBe('refuted');
  });
  it.each(wrongTheorems)('%s is refuted, and the correction is found and proved', (_, claim, context) => {
    const verdict = judge(claim, context, {});
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.counterexample).toMatchObject({ n: 0, component: 1 });
    expect(verdict.counterexample?.theta).toHaveLength(1);
    expect(verdict.suggestions[0]?.verdict).toBe('proved');
    expect(verdict.suggestions[0]?.edit).toMatch(
      /by `R_\{j\}\^\{\(n\)\}\\left\(\\tilde\{\\boldsymbol\{\\theta\}\}\(t\)\\right\)`/,
    );
  });
});
