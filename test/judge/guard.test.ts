/** What the guard sees: claims that fail only far out, at one n or p, or at one value; and true ones that look like them. */
import { describe, expect, it } from 'vitest';
import { Budget, BudgetSpent } from '../../src/base/budget.ts';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';

const builtIn = builtInDocuments().documents;
const equations = new Equations(standardEngine);

function load(file: string): ModeqDocument {
  const [document] = loadDocuments([new URL(`guard/${file}`, import.meta.url).pathname]).documents;
  if (!document) throw new Error('one document was read');
  return document;
}
const judge = (document: ModeqDocument, claim: Claim, instances: number): ClaimVerdict =>
  judgeClaim(
    claim,
    { library: documentIndexOf(document, builtIn), engine: standardEngine, equations },
    { ...DEFAULT_OPTIONS, instances, suggestions: false },
  );
const named = ({ claims }: ModeqDocument): [string, Claim][] => claims.map(claim => [claim.id, claim]);

const wrong = load('false.tex');
const right = load('true.tex');
const open = load('open.tex');
const batches = load('batches.tex');
const telescoping = load('telescoping.tex');

it('reads all of them', () => {
  const refused = [wrong, right, open, batches, telescoping].flatMap(({ unreadable, problems }) => [
    ...problems,
    ...unreadable.flatMap(each => each.problems),
  ]);
  expect(refused.map(({ message }) => message)).toEqual([]);
  expect(wrong.claims.length + right.claims.length).toBeGreaterThan(60);
});

describe('false claims', () => {
  it.each(named(wrong))('%s is refuted without samples', (_, claim) => {
    const verdict = judge(wrong, claim, 0);
    expect(verdict.verdict, verdict.message ?? '').toBe('refuted');
  });
  it.each(named(wrong))('%s is refuted beside samples', (_, claim) => {
    const verdict = judge(wrong, claim, 20);
    expect(verdict.verdict, verdict.message ?? '').toBe('refuted');
  });
});

describe('true claims', () => {
  it.each(named(right))('%s is not refuted', (_, claim) => {
    for (const instances of [0, 20]) {
      const { verdict } = judge(right, claim, instances);
      expect(claim.expect === 'undecided' ? ['undecided'] : ['proved', 'supported', 'undecided']).toContain(verdict);
    }
  });
});

describe('false claims about many batches', () => {
  it.each(named(batches))('%s is refuted', (_, claim) => {
    const verdict = judge(batches, claim, 20);
    expect(verdict.verdict, verdict.message ?? '').toBe('refuted');
  });
});

describe('true claims that the normal form does not decide', () => {
  it.each(named(telescoping))('%s is not said to be different', (_, claim) => {
    const { verdict, message } = judge(telescoping, claim, 40);
    expect(claim.expect === 'proved' ? ['proved'] : ['proved', 'supported'], message ?? '').toContain(verdict);
  });
});

describe('false claims whose counterexample is not gone to', () => {
  it.each(named(open))('%s says so', (_, claim) => {
    const verdict = judge(open, claim, 40);
    expect(verdict.verdict).toBe('undecided');
    expect(verdict.statements.map(({ message }) => message).join()).toMatch(
      /it was not looked at (where|at)|the normal forms of the two sides differ/,
    );
  });
});

describe('a budget within a budget', () => {
  it('ends with null where its own part is spent, and counts for the whole', () => {
    const budget = new Budget(100);
    const spend = (amount: number) => (): string => {
      budget.spend(amount);
      return 'done';
    };
    expect(budget.within(10, spend(10))).toBe('done');
    expect(budget.within(10, spend(11))).toBeNull();
    expect(budget.spent).toBe(20);
    expect(() => budget.within(200, spend(81))).toThrow(BudgetSpent);
  });
});
