/** Losses before the first: rows beside programs of their own under each convention, equations beside the rows, claims, instances. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { beforeFirstNote } from '../../src/document/conventions.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { distanceOf, documentIterates, map, ownIterates, type Point, type Rule, zeros } from '../support/own-rules.ts';
import { disagreements } from './disagreements.ts';

const loaded = loadDocuments([new URL('before-first.tex', import.meta.url).pathname]);
const optimizers = loaded.documents.flatMap(document => [...document.optimizers]);
const named = (id: string): (typeof optimizers)[number] => {
  const found = optimizers.find(each => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

const optimistic =
  (before: (first: Point) => Point): Rule =>
  ({ h, gradient }, start) => {
    let theta = start;
    let last = before(gradient(0, start));
    return n => {
      const g = gradient(n, theta);
      theta = map((a, now, old) => a - 2 * h * now + h * old, theta, g, last);
      last = g;
      return theta;
    };
  };

const RULES: Readonly<Record<string, Rule>> = {
  optimistic: optimistic(zeros),
  'optimistic-named': optimistic(zeros),
  'optimistic-first': optimistic(first => first),
  delayed: ({ h, gradient, value }, start) => {
    const beta = value('beta');
    const past = [start];
    let m = zeros(start);
    return n => {
      const g = n < 2 ? zeros(start) : gradient(n - 2, past[n - 2] ?? []);
      m = map((a, b) => beta * a + b, m, g);
      const next = map((a, b) => a - h * b, past[n] ?? [], m);
      past.push(next);
      return next;
    };
  },
  'past-extragradient': ({ h, gradient }, start) => {
    let [theta, y] = [start, start];
    return n => {
      const before = n === 0 ? zeros(start) : gradient(n - 1, y);
      y = map((a, g) => a - h * g, theta, before);
      theta = map((a, g) => a - h * g, theta, gradient(n, y));
      return theta;
    };
  },
  'far-point': ({ h, gradient }, start) => {
    const past = [start];
    return n => {
      const next = map((a, g) => a - h * g, past[n] ?? [], gradient(n, past[Math.max(0, n - 3)] ?? []));
      past.push(next);
      return next;
    };
  },
};

describe('a loss before the first', () => {
  it('is read without problems', () => {
    expect(loaded.documents.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
    expect(optimizers.map(({ id, beforeFirst }) => `${id} ${beforeFirst}`)).toEqual([
      'optimistic zero',
      'optimistic-named zero',
      'optimistic-first first',
      'optimistic-own own',
      'delayed zero',
      'past-extragradient zero',
      'last-squares own',
      'far-point undefined',
    ]);
  });

  it.each(Object.keys(RULES))('the rows of %s are the program', async id => {
    const rule = RULES[id];
    if (!rule) throw new Error(id);
    expect(distanceOf(await documentIterates(named(id)), ownIterates(rule))).toBeLessThan(1e-14);
  });

  it.each(optimizers.map(({ id }) => id))('the equations of %s follow it', id => {
    expect(disagreements(named(id))).toEqual([]);
  });

  it('is what its claims say', async () => {
    const options = { ...DEFAULT_OPTIONS, instances: 40 };
    const judged = await judgeDocuments(loaded.documents, standardEngine, options);
    const verdicts = judged.map(({ id, verdict }) => `${id} ${verdict}`);
    expect(verdicts).toEqual([
      'zero-full-batch proved',
      'zero-mini-batch proved',
      'zero-is-not-own refuted',
      'first-full-batch proved',
      'zero-full-batch-at-0 refuted',
      'named-as-written proved',
    ]);
  });

  it('is said', () => {
    expect(beforeFirstNote(named('optimistic'))).toContain('E_{-1} (and E_k for k < 0), is zero');
    expect(beforeFirstNote(named('far-point'))).toBeNull();
  });

  it('is given to an instance where it is a function of its own', async () => {
    const optimizer = named('optimistic-own');
    const derived = deriveModifiedEquation(optimizer, { order: 0, setting: 'mini-batch' });
    const text = (earlier: string): string =>
      `{"n": 0, "theta": ["1", "2"], "hyperparameters": {}, "losses": ["x1 + x2"]${earlier}}`;
    const value = async (earlier: string): Promise<unknown> => {
      const instance = await readInstance(text(earlier), optimizer);
      if (!instance.ok || !derived.ok) throw new Error('not read');
      const { coefficients, definitions } = derived.value;
      const found = evaluateCoefficients({ coefficients, definitions, declarations: [] }, instance.value, 10);
      return found.ok ? found.value.flat().map(Number) : found.problems[0]?.code;
    };
    expect(await value(', "earlier": ["x1^2 + 3*x2"]')).toEqual([0, 1]);
    expect(await value('')).toBe('index-out-of-range');
  });

  it('has one of three conventions', () => {
    const text = String.raw`% !modeq optimizer one before-first=last
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_{n-1}(\theta^{(n)}) \]`;
    expect(readDocument({ name: 'paper.tex', text }).problems[0]?.code).toBe('unknown-value');
  });
});

// A named row that is read at the label before that of a sum over the past: there it is nothing in the first step.
describe('a row read before the first label under a sum', () => {
  const text = String.raw`% !modeq optimizer friction
% !modeq where \beta in (0,1)
\begin{align} g_j^{(n+1)} &= \nabla_j E_n(\theta^{(n)}) \\ m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\
\xi_j^{(n+1)} &= \exp(g_j^{(n)} - g_j^{(n+1)}) \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h \xi_j^{(n+1)} m_j^{(n+1)} \end{align}`;
  it.each([0, 1, 2])('is written so that it is read back (order %i)', order => {
    const [optimizer] = readDocument({ name: 'a.tex', text }).optimizers;
    if (optimizer === undefined) throw new Error('not read');
    const derived = deriveModifiedEquation(optimizer, { order, setting: 'mini-batch' });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    const { coefficients, definitions } = derived.value;
    const equation = { coefficients, definitions, declarations: optimizer.declarations };
    const budget = new Budget(20_000_000);
    const task = { optimizer, equation, order, setting: 'mini-batch', seed: 3, runs: 3, budget } as const;
    expect(followEquation(task).kind).toBe('agrees');
  });
});
