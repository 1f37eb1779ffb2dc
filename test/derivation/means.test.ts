/**
 * Means over the batches: the derived formulas beside the mean of the optimizer's own runs with every sequence of batches, at random points
 * and hyperparameters; the values that a hand finds; and what has no mean that is derived.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { PolynomialLoss } from '../../src/evaluate/loss/polynomial-loss.ts';
import { canRunAll, rowsOverDraws } from '../../src/judge/kinds/motion/over-draws.ts';
import { DerivedSide } from '../../src/judge/numeric/derived-side.ts';
import { compareSides } from '../../src/judge/numeric/compare-sides.ts';
import { samplesOf } from '../../src/judge/sample/arbitrary-sample.ts';
import type { Sample } from '../../src/judge/sample/sample.ts';
import type { MeanOf, MeanSetting } from '../../src/notation/settings.ts';
import { toRational } from '../../src/number/big-float.ts';
import { Rational } from '../../src/number/rational.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';

const all = exampleDocuments().flatMap(({ optimizers }) => optimizers);
function optimizerOf(id: string): Optimizer {
  const found = all.find(each => each.id === id);
  if (!found) throw new Error(`no optimizer ${id}`);
  return found;
}

const FORMS = [
  ['map', 'map'],
  ['flow', 'equation'],
  ['flow', 'map'],
] as const;
const SETTINGS: readonly MeanSetting[] = ['iid', 'permuted'];
const CASES = [
  ['gd', 0],
  ['gd', 2],
  ['momentum', 1],
  ['heavy-ball', 1],
  ['nesterov', 1],
] as const;
const DIGITS = 20;

/** How many samples agree, and where one does not. */
function disagreement(id: string, order: number, setting: MeanSetting, form: 'flow' | 'map', mean: MeanOf): string[] {
  const optimizer = optimizerOf(id);
  const derived = deriveModifiedEquation(optimizer, { order, setting, form, mean });
  if (!derived.ok) throw new Error(derived.problems[0]?.message ?? 'not derived');
  const side = new DerivedSide(derived.value, optimizer.declarations);
  const runs = rowsOverDraws({ optimizer, setting, form, mean, order });
  const space = { setting, declarations: optimizer.declarations, letters: new Map<string, never>() };
  const budget = Budget.unlimited();
  const usable = samplesOf(space, 5, 60).filter(
    sample => canRunAll(setting, sample) && sample.theta.length < 3 && sample.n < 3,
  );
  const told = usable.slice(0, 12).map(sample => {
    const question = {
      space,
      relation: '=' as const,
      componentwise: true,
      claimed: (at: Sample, digits: number) => side.at(at, digits, budget),
      derived: (at: Sample, digits: number) => runs.at(at, digits, budget),
      quantity: (row: number) => `h^${row}`,
    };
    const found = compareSides(question, sample, DIGITS);
    return found.kind === 'differ' ? `differ at n = ${sample.n}, m = ${sample.losses.length}` : found.kind;
  });
  expect(told.filter(each => each === 'agree').length).toBeGreaterThan(5);
  return told.filter(each => each.startsWith('differ'));
}

describe.each(SETTINGS)('%s', setting => {
  describe.each(CASES)('%s to order %i', (id, order) => {
    it.each(FORMS)('%s, mean of the %s', { timeout: 120_000 }, (form, mean) => {
      expect(disagreement(id, order, setting, form, mean)).toEqual([]);
    });
  });
  it.each(['adam', 'rmsprop'])('of %s is refused', id => {
    const derived = deriveModifiedEquation(optimizerOf(id), { order: 1, setting });
    expect(derived.ok ? null : derived.problems[0]?.code).toBe('mean-not-covered');
  });
});

/** x and x² times numbers. */
const loss = (first: number, second: number): PolynomialLoss =>
  new PolynomialLoss([
    { coefficient: Rational.of(first), powers: [1] },
    { coefficient: Rational.of(second), powers: [2] },
  ]);
const at = (n: number, setting: MeanSetting): Sample => ({
  setting,
  n,
  theta: [Rational.zero],
  scalars: new Map([['\\beta', Rational.of(1, 2)]]),
  losses: [loss(0, 0), loss(1, 1)],
  earlierLosses: [],
  functions: new Map(),
  vectorFunctions: new Map(),
  schedules: new Map(),
  vectors: new Map(),
  letters: new Map(),
});
function valuesOf(
  id: string,
  n: number,
  setting: MeanSetting,
  form: 'flow' | 'map',
  mean: MeanOf,
): (number | undefined)[] {
  const runs = rowsOverDraws({ optimizer: optimizerOf(id), setting, form, mean, order: 1 });
  const found = runs.at(at(n, setting), DIGITS, Budget.unlimited());
  if (found.kind !== 'values') throw new Error(found.reason);
  return found.rows.map(([value]) => value && toRational(value).toNumber());
}

describe('two losses, 0 and x + x², at 0', () => {
  // E = (x + x²)/2: E′ = 1/2, E″ = 1; E_k″E_k′ is 0 or 2, 1 in the mean.
  it('gradient descent: −½ of 𝔼 E_k″E_k′ in the mean equation, of E″E′ in the logarithm', () => {
    const values = (mean: MeanOf): (number | undefined)[] => valuesOf('gd', 0, 'iid', 'flow', mean);
    expect(values('equation')).toEqual([-0.5, -0.5]);
    expect(values('map')).toEqual([-0.5, -0.25]);
    expect(valuesOf('gd', 0, 'iid', 'map', 'map')).toEqual([-0.5, 0]);
  });
  // β = 1/2, n = 1: θ^{(2)} = θ − h(g_1(θ) + β g_0(θ + h g_0)), so that −h² β 𝔼 E_0″E_0′ stays.
  it('momentum at n = 1: the earlier gradient at the earlier point', () => {
    for (const setting of SETTINGS) expect(valuesOf('momentum', 1, setting, 'map', 'map')).toEqual([-0.75, -0.5]);
  });
});

/** What is not judged of means, and what has two readings. */
const OTHERS = String.raw`
% !modeq claim meant about=gd setting=iid order=1
\[ \dot{\bar\theta} = -\nabla\left(E + \frac h4\|\nabla E\|^2\right) \]
% !modeq claim bound about=gd given=meant
\[ \|\tilde\theta(nh) - \theta^{(n)}\| \le C h^2 \]
% !modeq claim no-flow about=gd setting=iid order=1
\[ \tilde E = E + \frac h4\|\nabla E\|^2 \]
% !modeq claim no-mean about=gd setting=iid order=1
\[ \dot\theta = -\nabla E \]
% !modeq claim two-means about=gd setting=iid order=1 mean=map
\[ \mathbb E\,\dot\theta = -\nabla E \]
% !modeq claim one-batch about=gd setting=iid order=1
\[ \mathbb E\,\theta^{(n+1)} = \theta - h\nabla E_n \]
% !modeq claim orders about=gd setting=iid order=1
\[ \mathbb E_\pi\,\theta^{(n+1)} = \theta - h\nabla E \]
% !modeq claim no-draws about=gd setting=full-batch order=1
\[ \mathbb E\,\theta^{(n+1)} = \theta - h\nabla E \]
`;

describe('what is refused', () => {
  const documents = exampleDocuments();
  const document = readDocument({ name: 'means.tex', text: OTHERS }, { documents });
  it('a mean gives no bound', () => {
    const claim = document.claims.find(({ id }) => id === 'bound');
    if (!claim) throw new Error('not read');
    const context = {
      library: documentIndexOf(document, documents),
      engine: standardEngine,
      equations: new Equations(standardEngine),
    };
    expect(judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 4 }).verdict).toBe('undecided');
  });
  it.each([
    ['no-flow', 'mean-not-said'],
    ['no-mean', 'mean-not-said'],
    ['two-means', 'mean-said-twice'],
    ['one-batch', 'batch-of-mean'],
    ['orders', 'mean-over-orders'],
    ['no-draws', 'mean-without-draws'],
  ])('%s is unreadable: %s', (id, code) => {
    expect(document.unreadable.find(each => each.id === id)?.problems.map(problem => problem.code)).toContain(code);
  });
});
