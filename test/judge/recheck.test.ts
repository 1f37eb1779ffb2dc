/** `check --recheck` from a document on: what is right stays proved and is looked at; a broken step makes it undecided. */
import { describe, expect, it } from 'vitest';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations, type Engine } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import type { ProofRecord } from '../../src/judge/symbolic/proof-record.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { scale } from '../../src/expression/core/expression.ts';
import type { ModifiedEquation } from '../../src/derivation/derive.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Proof, ProofStep } from '../../src/prove/trace.ts';
import { read } from '../document/reading.ts';

const MOMENTUM = String.raw`% !modeq optimizer momentum
% !modeq where 0 < \beta < 1
\[ m_j^{(n+1)} = \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}), \quad
   \theta_j^{(n+1)} = \theta_j^{(n)} - h m_j^{(n+1)} \]
`;
const CLAIMS = {
  flow: String.raw`% !modeq claim flow about=momentum setting=full-batch order=0
\[ \dot{\tilde\theta}_j(t) = -\frac{1-\beta^{n+1}}{1-\beta}\nabla_j E(\tilde\theta(t)) \]
`,
  limit: String.raw`% !modeq claim limit about=momentum setting=full-batch order=0 limit=large-n
\[ \dot{\tilde\theta}_j(t) = -\frac{1}{1-\beta}\nabla_j E(\tilde\theta(t)) \]
`,
  sign: String.raw`% !modeq claim sign about=momentum setting=full-batch
\[ \beta^2 < \beta \]
`,
  iff: String.raw`% !modeq claim iff about=momentum setting=full-batch
\[ \frac{1+\beta}{1-\beta} - 3 > 0 \iff \beta > \frac12 \]
`,
} as const;

function judged(name: keyof typeof CLAIMS, engine: Engine<ModifiedEquation> = standardEngine): ClaimVerdict {
  const document = read(MOMENTUM + CLAIMS[name]);
  const [claim] = document.claims;
  if (claim === undefined)
    throw new Error(JSON.stringify(document.problems.concat(document.unreadable[0]?.problems ?? [])));
  const context = { library: documentIndexOf(document, []), engine, equations: new Equations(engine) };
  return judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 0, recheck: true });
}

/** The standard engine, whose record of a proof is spoiled. */
function spoiled(spoil: (record: ProofRecord) => void): Engine<ModifiedEquation> {
  return {
    ...standardEngine,
    prove: (claim, statement, optimizer, equation, budget, record) => {
      const outcome = standardEngine.prove(claim, statement, optimizer, equation, budget, record);
      if (record !== undefined) spoil(record);
      return outcome;
    },
  };
}

const twice = <T extends { expression: Parameters<typeof scale>[0] }>(side: T): T => ({
  ...side,
  expression: scale(side.expression, Rational.of(2)),
});
const replaceProofs = (record: ProofRecord, change: (proof: Proof) => Proof): void => {
  record.proofs.splice(0, record.proofs.length, ...record.proofs.map(change));
};
const replaceSteps = (record: ProofRecord, change: (step: ProofStep) => ProofStep): void =>
  replaceProofs(record, proof => ({ ...proof, steps: proof.steps.map(change) }));

describe('a claim checked again', () => {
  it.each(['flow', 'limit', 'sign', 'iff'] as const)('%s: stays proved, every step is looked at', name => {
    const { verdict, statements } = judged(name);
    const [{ rechecked } = { rechecked: undefined }] = statements;
    expect(verdict).toBe('proved');
    expect(rechecked?.broken).toBeNull();
    expect(rechecked?.unseen).toEqual([]);
    expect(rechecked?.read).toBeGreaterThan(10);
    expect(rechecked?.compared).toBeGreaterThan(5);
    expect((rechecked?.followed ?? 0) > 0).toBe(name === 'flow' || name === 'limit');
  });

  it('a side that is read wrongly is named', () => {
    const { verdict, message } = judged(
      'flow',
      spoiled(record =>
        record.sides.splice(0, 2, ...record.sides.slice(0, 2).map(s => (s.side === 'claimed' ? twice(s) : s))),
      ),
    );
    expect(verdict).toBe('undecided');
    expect(message).toContain('reading the formula');
  });

  it('a left side that is not what is derived is named', () => {
    const { message } = judged(
      'flow',
      spoiled(record =>
        record.sides.splice(0, 2, ...record.sides.slice(0, 2).map(s => (s.side === 'derived' ? twice(s) : s))),
      ),
    );
    expect(message).toContain('the left side');
  });

  it('an equation that does not follow its optimizer is named', () => {
    const engine: Engine<ModifiedEquation> = {
      ...standardEngine,
      follow: () => ({ kind: 'differs', reason: 'after 1 step they differ at h^1' }),
    };
    const { verdict, message } = judged('flow', engine);
    expect(verdict).toBe('undecided');
    expect(message).toContain('the derivation');
  });

  it('a step is left out: the trace is no proof', () => {
    const { verdict, message } = judged(
      'flow',
      spoiled(record => replaceProofs(record, proof => ({ ...proof, steps: proof.steps.slice(1) }))),
    );
    expect(verdict).toBe('undecided');
    expect(message).toContain('a step is missing from the trace');
  });

  it('a limit that is taken inside wrongly is named', () => {
    const { verdict, message } = judged(
      'limit',
      spoiled(record =>
        replaceSteps(record, step =>
          step.relation.kind === 'limit' ? { ...step, after: scale(step.after, Rational.of(1, 2)) } : step,
        ),
      ),
    );
    expect(verdict).toBe('undecided');
    expect(message).toContain('limit n → ∞');
    expect(message).toContain('go elsewhere');
  });

  it('a sign that is another one is named', () => {
    const { verdict, message } = judged(
      'sign',
      spoiled(record =>
        replaceProofs(record, proof => {
          const start = scale(proof.start, Rational.minusOne);
          return { ...proof, start, steps: proof.steps.map(step => ({ ...step, before: start, after: start })) };
        }),
      ),
    );
    expect(verdict).toBe('undecided');
    expect(message).toContain('coefficients of one sign');
  });
});
