import { describe, expect, it } from 'vitest';
import { failure } from '../../src/base/problem.ts';
import { BudgetSpent } from '../../src/base/budget.ts';
import type { Claim, Statement } from '../../src/document/model.ts';
import {
  addition,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  quantity,
  step,
  sumOverCoordinates,
} from '../../src/formula/build.ts';
import type { Formula } from '../../src/formula/formula.ts';
import type { Engine } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import type { ProofOutcome } from '../../src/judge/symbolic/prover.ts';
import { type ClaimVerdict, JudgeContradiction, worstVerdict } from '../../src/judge/verdict.ts';
import {
  adamDefinitions,
  adamMisprint,
  adamTheorem,
  claimOf,
  flowStatement,
  gradientDescentFlow,
  gradientDescentTheorem,
  j,
  n,
  nowhere,
} from './hand-built.ts';
import { contextWith, standInEngine } from './stand-in-engine.ts';

const proved: ProofOutcome = { kind: 'proved', assumptions: ['0<\\beta<1'], excluded: [], steps: ['a step'] };
const proving = (outcome: ProofOutcome): Engine => ({ ...standInEngine, prove: () => outcome });
const judge = (claim: Claim, options: Partial<JudgeOptions> = {}, engine: Engine = standInEngine): ClaimVerdict =>
  judgeClaim(claim, contextWith(engine), { ...DEFAULT_OPTIONS, instances: 40, ...options });
const E = (...by: Formula[]): Formula => gradient(by, n);
const identity = (
  left: Formula,
  right: Formula,
  changes: Partial<Claim> = {},
  statement: Partial<Statement> = {},
): Claim =>
  claimOf('id', 'gd', [{ ...flowStatement('id.1', right), kind: 'identity', left, ...statement }], [], changes);

describe('verdicts', () => {
  it('supports what agrees and is not proved', () => {
    const verdict = judge(adamTheorem);
    expect(verdict.verdict).toBe('supported');
    expect(verdict.evidence).toMatchObject({ instances: 40, digits: 50, seed: 1 });
    expect(verdict.message).toContain('proves nothing');
  });
  it('proves what the prover proves, without any sample too', () => {
    expect(judge(adamTheorem, {}, proving(proved))).toMatchObject({ verdict: 'proved', assumptions: ['0<\\beta<1'] });
    expect(judge(adamTheorem, { instances: 0 }, proving(proved))).toMatchObject({ verdict: 'proved', evidence: null });
  });
  it('supports at best with the prover off', () => {
    expect(judge(adamTheorem, { prover: 'off' }, proving(proved)).verdict).toBe('supported');
    expect(judge(adamTheorem, { prover: 'off', instances: 0 }, proving(proved)).verdict).toBe('undecided');
  });
  it('refutes with a shrunk counterexample and suggests the correction', () => {
    const verdict = judge(adamMisprint);
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.counterexample).toMatchObject({
      n: 0,
      setting: 'mini-batch',
      component: 1,
      hyperparameters: { beta: '1/2', rho: '1/2', epsilon: '1' },
    });
    expect(verdict.counterexample?.losses).toHaveLength(1);
    expect(verdict.counterexample?.claimed).not.toBe(verdict.counterexample?.derived);
    expect(verdict.suggestions[0]).toMatchObject({
      edit: 'replace `(R_{j}^{(n)})^{3}` by `R_{j}^{(n)}`',
      verdict: 'supported',
    });
  });
  it('is undecided when the prover finds a difference that no sample shows', () => {
    expect(judge(adamTheorem, {}, proving({ kind: 'unequal', reason: 'normal forms' })).verdict).toBe('undecided');
  });
  it('never hides a proof and a counterexample at once', () => {
    const options = { suggestions: false, crossExamine: true };
    expect(() => judge(adamMisprint, options, proving(proved))).toThrow(JudgeContradiction);
  });
  it('does not ask the prover about what a point refutes, unless it is to be cross-examined', () => {
    expect(judge(adamMisprint, { suggestions: false }, proving(proved)).verdict).toBe('refuted');
    expect(judge(adamMisprint, { instances: 0 }, proving(proved))).toMatchObject({
      verdict: 'refuted',
      evidence: null,
    });
  });
  it('never hides that the derived equation does not follow the optimizer', () => {
    const engine: Engine = { ...standInEngine, follow: () => ({ kind: 'differs', reason: 'at h^2' }) };
    expect(() => judge(adamTheorem, {}, engine)).toThrow(JudgeContradiction);
    expect(() => judge(adamMisprint, { suggestions: false }, engine)).toThrow(JudgeContradiction);
    expect(
      judge(
        adamMisprint,
        { suggestions: false },
        { ...standInEngine, follow: () => ({ kind: 'agrees', runs: 10, sharp: 10 }) },
      ),
    ).toMatchObject({ verdict: 'refuted', evidence: { followed: 10 } });
  });
  it('is undecided when the budget is spent', () => {
    const engine: Engine = {
      ...standInEngine,
      derive: () => {
        throw new BudgetSpent('time limit reached');
      },
    };
    expect(judge(adamTheorem, {}, engine)).toMatchObject({
      verdict: 'undecided',
      message: 'the derivation stopped: time limit reached',
    });
    expect(judge(adamTheorem, { timeout: -1 }).verdict).toBe('undecided');
  });
  it('gives equal results for equal seeds', () => {
    const strip = ({ milliseconds: _, ...rest }: ClaimVerdict): string =>
      JSON.stringify(rest, (key, value: unknown) => (key === 'claim' ? null : value));
    expect(strip(judge(adamMisprint, { seed: 5, suggestions: false }))).toBe(
      strip(judge(adamMisprint, { seed: 5, suggestions: false })),
    );
  });
  it('takes the worst of the statements', () => {
    const two = claimOf('two', 'gd', [...gradientDescentTheorem.statements, flowStatement('two.2', negation(E(j)))]);
    const verdict = judge(two, { suggestions: false });
    expect(verdict.statements.map(each => each.verdict)).toEqual(['supported', 'refuted']);
    expect(verdict).toMatchObject({ verdict: 'refuted' });
    expect(worstVerdict(['proved', 'supported', 'undecided'])).toBe('undecided');
    expect(worstVerdict([])).toBe('undecided');
  });
});

describe('equations', () => {
  it('compare both sides as series in h: factors of h may stand anywhere', () => {
    const gradientNorm = sumOverCoordinates('i', multiplication(E(index('i'), j), E(index('i'))));
    // −∇E/(1 − …) expanded: −(1 + h/2 · X)∇E written with a quotient that only agrees to first order.
    const nested = negation(addition(E(j), divide(multiplication(step, gradientNorm), addition(number(2), step))));
    expect(judge(claimOf('q', 'gd', [flowStatement('q.1', nested)])).verdict).toBe('supported');
    expect(judge(claimOf('q', 'gd', [flowStatement('q.1', nested)], [], { order: 0 })).verdict).toBe('supported');
    expect(
      judge(
        claimOf('q', 'gd', [
          flowStatement('q.1', addition(gradientDescentFlow, multiplication(step, toPower(E(j), number(2))))),
        ]),
        { suggestions: false },
      ).verdict,
    ).toBe('refuted');
  });
  it('count missing orders as zero', () => {
    expect(
      judge(claimOf('q', 'gd', [flowStatement('q.1', negation(E(j)))], [], { order: 1 }), { suggestions: false })
        .verdict,
    ).toBe('refuted');
    expect(judge(claimOf('q', 'gd', [flowStatement('q.1', negation(E(j)))], [], { order: 0 })).verdict).toBe(
      'supported',
    );
  });
  it('judge one-step maps up to one power of h more', () => {
    const map = (right: Formula): Claim => claimOf('m', 'gd', [{ ...flowStatement('m.1', right), kind: 'map' }]);
    expect(judge(map(addition(iterate(j, n), negation(multiplication(step, E(j)))))).verdict).toBe('supported');
    expect(judge(map(negation(multiplication(step, E(j)))), { suggestions: false }).verdict).toBe('refuted');
    expect(
      judge(
        map(
          addition(iterate(j, n), negation(multiplication(step, E(j))), multiplication(toPower(step, number(2)), E(j))),
        ),
        {
          suggestions: false,
        },
      ).verdict,
    ).toBe('refuted');
  });
  it('are undecided with a reason where the engine cannot derive them', () => {
    const engine: Engine = {
      ...standInEngine,
      derive: () => failure({ code: 'outside', message: 'the optimizer is outside the class' }),
    };
    expect(judge(adamTheorem, {}, engine)).toMatchObject({
      verdict: 'undecided',
      message: 'the optimizer is outside the class',
    });
  });
});

describe('claims that read where no optimizer does', () => {
  const batch = (label: Formula): Formula => negation(gradient([j], label));
  const wrong = (label: Formula): ClaimVerdict =>
    judge(claimOf('b', 'gd', [flowStatement('b.1', batch(label))], [], { order: 0 }), { suggestions: false });

  it('after n are refuted, and the counterexample has the loss', () => {
    const verdict = wrong(addition(n, number(1)));
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.counterexample?.losses.length).toBeGreaterThan((verdict.counterexample?.n ?? 0) + 1);
    expect(verdict.counterexample?.earlierLosses).toBeUndefined();
  });
  it('before the first batch are refuted, and the counterexample has the loss', () => {
    const verdict = wrong(number(-1));
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.message).toContain('before the first');
    expect(verdict.counterexample?.earlierLosses).toHaveLength(2);
    expect(verdict.counterexample?.losses).toHaveLength(1);
  });
});

describe('identities', () => {
  const i = index('i');
  it('hold for all components, free letters and free scalars', () => {
    expect(judge(identity(toPower(E(j), number(2)), multiplication(E(j), E(j)))).verdict).toBe('supported');
    expect(judge(identity(E(i, j), E(j, i))).verdict).toBe('supported');
    expect(judge(identity(E(i, i), E(j, j)), { suggestions: false }).verdict).toBe('refuted');
    const x = parameter('x');
    const declared = {
      declarations: [
        {
          kind: 'scalar' as const,
          name: 'x',
          domain: { lower: null, lowerOpen: true, upper: null, upperOpen: true },
          span: null,
        },
      ],
    };
    const square = toPower(addition(x, number(1)), number(2));
    expect(
      judge(identity(square, addition(toPower(x, number(2)), multiplication(number(2), x), number(1)), declared))
        .verdict,
    ).toBe('supported');
    const wrong = judge(identity(square, addition(toPower(x, number(2)), x, number(1)), declared), {
      suggestions: false,
    });
    expect(wrong.verdict).toBe('refuted');
    expect(wrong.counterexample).toMatchObject({ symbols: { x: expect.any(String) }, hyperparameters: {} });
  });
  it('read inequalities', () => {
    const positive = addition(toPower(E(j), number(2)), number(1));
    expect(judge(identity(positive, number(0), {}, { relation: '>' })).verdict).toBe('supported');
    expect(judge(identity(positive, number(1), {}, { relation: '<' }), { suggestions: false }).verdict).toBe('refuted');
  });
  it('hold only where the condition does', () => {
    const condition = {
      text: '',
      span: nowhere,
      comparisons: [{ left: n, relation: '\\ge' as const, right: number(1) }],
    };
    const vanishing = identity(multiplication(E(j), toPower(number(0), n)), number(0));
    expect(judge(vanishing, { suggestions: false }).verdict).toBe('refuted');
    const conditional = judge(
      identity(addition(E(j), multiplication(E(j), toPower(number(0), n))), E(j), {}, { condition }),
    );
    expect(conditional.verdict).toBe('supported');
    // Samples at which it does not hold are changed until it does.
    expect(conditional.evidence?.skipped).toBe(0);
  });
  it('about given quantities use their definitions', () => {
    const bar = adamDefinitions.find(({ name }) => name === 'M');
    if (!bar) throw new Error('M is defined');
    const about = (right: Formula): Claim =>
      claimOf(
        'r',
        'adam',
        [{ ...flowStatement('r.1', right), kind: 'given-quantity', left: quantity('M', [j], [n]) }],
        [bar],
        { setting: 'full-batch' },
      );
    expect(judge(about(gradient([j], null))).verdict).toBe('supported');
    expect(judge(about(multiplication(number(2), gradient([j], null))), { suggestions: false }).verdict).toBe(
      'refuted',
    );
  });
});

describe('what is not judged', () => {
  it.each<[string, Partial<Claim>, RegExp]>([
    ['a limit in the reshuffled setting', { setting: 'reshuffled', limit: 'large-n' }, /reshuffled/],
    ['a part of an equation of order 0', { part: 'memory', order: 0 }, /coefficient of h/],
    ['a limit in mini-batches', { limit: 'large-n' }, /no proof/],
  ])('%s is undecided with a reason', (_, changes, reason) => {
    const verdict = judge({ ...adamTheorem, ...changes });
    expect(verdict.verdict).toBe('undecided');
    expect(verdict.message).toMatch(reason);
  });
});

describe('beyond the usual sizes', () => {
  /** −∇_jE_n · (1 + max(0, n − 20)) differs from n = 21 on only. */
  const late: Formula = negation(
    multiplication(
      E(j),
      addition(number(1), {
        kind: 'extremum',
        span: null,
        which: 'max',
        arguments: [number(0), addition(n, number(-20))],
      }),
    ),
  );
  const claim = claimOf('late', 'gd', [flowStatement('late.1', late)], [], { order: 0 });
  it('looks where the prover finds a difference', () => {
    const verdict = judge(claim, { suggestions: false }, proving({ kind: 'unequal', reason: 'normal forms' }));
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.counterexample?.n).toBe(21);
  });
});
