/** 1 − α as a letter: what is written with it has the same values, and claims with powers of 1 − α are proved as those of ρ. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import * as build from '../../src/formula/build.ts';
import { type Formula, ITERATION } from '../../src/formula/formula.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { complementName, formulaWith } from '../../src/judge/stated/complements.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { Dice } from '../fuzz/random.ts';
import { valueAtLetters } from './value-at-letters.ts';

const NAME = '\\alpha';
const alpha = build.parameter(NAME);

function drawn(dice: Dice, depth: number): Formula {
  const leaf = (): Formula =>
    dice.pick([
      alpha,
      build.subtraction(build.number(1), alpha),
      build.addition(build.negation(alpha), build.number(1)),
      build.number(2),
      build.parameter('\\beta'),
    ]);
  if (depth === 0) return leaf();
  const part = (): Formula => drawn(dice, depth - 1);
  return dice.pick([
    () => build.addition(part(), part()),
    () => build.subtraction(build.number(1), part()),
    () => build.multiplication(part(), part()),
    () => build.divide(part(), build.addition(build.number(3), leaf())),
    () => build.toPower(leaf(), build.index(ITERATION)),
    () => build.negation(part()),
  ])();
}

/** Whether the formula made by `rewrite` has the value of the one that was drawn, at a point that is drawn as well. */
function keepsValue(seed: number, rewrite: (formula: Formula) => Formula): boolean {
  const dice = new Dice(seed);
  const formula = drawn(dice, 4);
  const at = dice.whole(1, 99) / 100;
  const shared = [
    ['\\beta', dice.whole(1, 9) / 10],
    [ITERATION, dice.whole(0, 6)],
  ] as const;
  const before = valueAtLetters(formula, new Map([...shared, [NAME, at]]));
  const after = valueAtLetters(rewrite(formula), new Map([...shared, [complementName(NAME), 1 - at]]));
  return Math.abs(before - after) <= 1e-9 * Math.max(1, Math.abs(before));
}

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

describe('1 − α as a letter', () => {
  it('keeps every value', () => {
    expect(SEEDS.filter(seed => !keepsValue(seed, formula => formulaWith(formula, new Set([NAME]))))).toEqual([]);
  });
  it('and a rewriting that takes the letter for α itself is seen to be wrong', () => {
    const renamed = (formula: Formula): Formula =>
      formula.kind === 'parameter' && formula.name === NAME
        ? build.parameter(complementName(NAME))
        : formula.kind === 'add'
          ? { ...formula, terms: formula.terms.map(renamed) }
          : formula.kind === 'multiply'
            ? { ...formula, factors: formula.factors.map(renamed) }
            : formula.kind === 'negate'
              ? { ...formula, argument: renamed(formula.argument) }
              : formula.kind === 'divide'
                ? { ...formula, numerator: renamed(formula.numerator), denominator: renamed(formula.denominator) }
                : formula.kind === 'power'
                  ? { ...formula, base: renamed(formula.base) }
                  : formula;
    expect(SEEDS.filter(seed => !keepsValue(seed, renamed)).length).toBeGreaterThan(150);
  });
});

const OPTIMIZER = String.raw`% !modeq optimizer ema
% !modeq where \alpha in (0,1], \varepsilon > 0
\begin{align}
  v_j^{(n+1)} &= (1-\alpha) v_j^{(n)} + \alpha (\nabla_j E_n(\theta^{(n)}))^2, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h \frac{\nabla_j E_n(\theta^{(n)})}{\sqrt{v_j^{(n+1)} + \varepsilon}}
\end{align}
`;

function verdictOf(claim: string): ClaimVerdict {
  const document = readDocument({ name: 'a.tex', text: `${OPTIMIZER}${claim}\n` }, { documents: [] });
  const [found] = document.claims;
  if (!found) throw new Error(document.unreadable[0]?.problems[0]?.message ?? 'no claim');
  const context = {
    library: documentIndexOf(document, [document]),
    engine: standardEngine,
    equations: new Equations(standardEngine),
  };
  return judgeClaim(found, context, { ...DEFAULT_OPTIONS, instances: 40 });
}

describe('claims with powers of 1 − α', () => {
  const flow = (right: string, keys = ''): string =>
    `% !modeq claim a about=ema setting=full-batch order=0 ${keys}\n\\[ \\dot\\theta_j = ${right} \\]`;
  it('are proved', () => {
    const right = String.raw`-\frac{\nabla_j E}{\sqrt{(1-(1-\alpha)^{n+1})(\nabla_j E)^2 + \varepsilon}}`;
    const verdict = verdictOf(flow(right));
    expect(verdict.verdict).toBe('proved');
    expect(verdict.assumptions.join()).toContain('\\alpha');
    expect(
      verdictOf(flow(String.raw`-\frac{\nabla_j E}{\sqrt{(\nabla_j E)^2 + \varepsilon}}`, 'limit=large-n')).verdict,
    ).toBe('proved');
    expect(
      verdictOf(flow(String.raw`-\frac{\nabla_j E}{\sqrt{(\nabla_j E)^2 + \varepsilon}}`, 'at={\\alpha=1}')).verdict,
    ).toBe('proved');
  });
  it('are refuted where they are false, in the letters of the document, with the slip', () => {
    const right = String.raw`-\frac{\nabla_j E}{\sqrt{(1-(1-\alpha)^{n})(\nabla_j E)^2 + \varepsilon}}`;
    const { verdict, counterexample, suggestions } = verdictOf(flow(right));
    expect(verdict).toBe('refuted');
    expect(Object.keys(counterexample?.hyperparameters ?? {}).sort()).toEqual(['alpha', 'epsilon']);
    const at = counterexample?.hyperparameters.alpha ?? '';
    const [over = 0, under = 1] = at.split('/').map(Number);
    expect(over / under).toBeGreaterThan(0);
    expect(over / under).toBeLessThanOrEqual(1);
    expect(suggestions[0]).toMatchObject({ verdict: 'proved', edit: expect.stringContaining('n + 1') });
  });
  it('derivatives by α change their sign with the letter', () => {
    const claim = (relation: string): string =>
      `% !modeq claim a\n% !modeq where \\alpha in (0,1)\n\\[ c := (1-\\alpha)^{n+1}, \\quad \\frac{\\partial c}{\\partial\\alpha} = ${relation}(n+1)(1-\\alpha)^{n} \\]`;
    expect(verdictOf(claim('-')).verdict).toBe('proved');
    expect(verdictOf(claim('')).verdict).toBe('refuted');
  });
});
