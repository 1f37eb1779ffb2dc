/** Inequalities and equivalences with samples: verdicts as expected, and what rounding leaves of zero counts for nothing. */
import { describe, expect, it } from 'vitest';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { sureOrder } from '../../src/judge/stated/sure-order.ts';
import { Rational } from '../../src/number/rational.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';

const [document] = loadDocuments([new URL('prover/signs.tex', import.meta.url).pathname]).documents;
if (!document) throw new Error('the document was read');
const context = {
  library: documentIndexOf(document, [document]),
  engine: standardEngine,
  equations: new Equations(standardEngine),
};

describe('signs with samples', () => {
  it.each(document.claims.map(claim => [claim.id, claim] as const))('%s', (_, claim) => {
    const judged = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 60, suggestions: false });
    expect(judged.verdict, judged.message ?? '').toBe(claim.expect);
  });
  it.each(['narrow', 'border', 'always', 'component', 'vanishes'])('%s is refuted by its samples alone', id => {
    const claim = document.claims.find(each => each.id === id);
    if (!claim) throw new Error('the claim is there');
    const judged = judgeClaim(claim, context, { ...DEFAULT_OPTIONS, prover: 'off', suggestions: false });
    expect(judged.verdict, judged.message ?? '').toBe('refuted');
    expect(judged.counterexample?.n).toBe(0);
  });
});

describe('sureOrder', () => {
  const at = (num: bigint, den: bigint, claimed: bigint) => (digits: number) => {
    const ring = new BallRing(digits);
    return { derived: ring.fromRational(Rational.of(num, den)), claimed: ring.fromRational(Rational.of(claimed)) };
  };
  it('is the order of what differs', () => {
    expect(sureOrder(at(4n, 3n, 1n), 50)).toBe(1);
    expect(sureOrder(at(2n, 3n, 1n), 50)).toBe(-1);
    expect(sureOrder(at(1n, 1n, 1n), 50)).toBe(0);
  });
  it('takes more digits where enclosures overlap', () => {
    expect(sureOrder(at(10n ** 80n + 1n, 10n ** 80n, 1n), 50)).toBe(1);
    expect(sureOrder(at(10n ** 600n - 1n, 10n ** 600n, 1n), 50)).toBe(-1);
  });
  it('is not known where no digits tell', () => {
    expect(sureOrder(at(10n ** 2000n + 1n, 10n ** 2000n, 1n), 50)).toBe(null);
    const root = (digits: number) => {
      const ring = new BallRing(digits);
      const s = ring.root(ring.fromRational(Rational.of(2)), 2);
      return { derived: ring.subtract(ring.multiply(s, s), ring.fromRational(Rational.of(2))), claimed: ring.zero };
    };
    expect(sureOrder(root, 50)).toBe(null);
  });
  it('is not known where a value is missing', () => expect(sureOrder(() => null, 50)).toBe(null));
});
