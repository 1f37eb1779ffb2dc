/** Rules with signs, bars, maxima and minima: their equations follow them where nothing switches, and have no value where something does. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { rowConditions, switchingConditions } from '../../src/document/switching-text.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { distanceOf, documentIterates, map, ownIterates, type Point, type Rule, zeros } from '../support/own-rules.ts';

const loaded = loadDocuments([new URL('pieces.tex', import.meta.url).pathname]);
const optimizers = loaded.documents.flatMap(document => [...document.optimizers]);
const byId = (id: string): Optimizer => {
  const found = optimizers.find(each => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

const norm = (point: Point): number => Math.sqrt(point.reduce((sum, each) => sum + each * each, 0));
const descend = (direction: (g: Point, value: (name: string) => number) => Point): Rule => {
  return ({ h, gradient, value }, start) => {
    let theta = start;
    return n => {
      theta = map((a, d) => a - h * d, theta, direction(gradient(n, theta), value));
      return theta;
    };
  };
};
const clip = (g: Point, value: (name: string) => number): Point =>
  map(a => Math.min(1, value('alpha') / norm(g)) * a, g);

const RULES: Readonly<Record<string, Rule>> = {
  'sign-of-gradient': descend(g => map(Math.sign, g)),
  'sign-of-momentum': ({ h, gradient, value }, start) => {
    let [theta, m] = [start, zeros(start)];
    return n => {
      m = map((a, g) => value('beta') * a + (1 - value('beta')) * g, m, gradient(n, theta));
      theta = map((a, b) => a - h * (Math.sign(b) + value('lambda') * a), theta, m);
      return theta;
    };
  },
  'sign-of-old-momentum': ({ h, gradient, value }, start) => {
    let [theta, m] = [start, zeros(start)];
    return n => {
      const old = m;
      const slope = gradient(n, theta);
      m = map((a, g) => value('beta') * a + (1 - value('beta')) * g, m, slope);
      theta = map((a, g, o, b) => a - h * (g + Math.sign(o) * b), theta, slope, old, m);
      return theta;
    };
  },
  clipped: ({ h, gradient, value }, start) => {
    let [theta, m] = [start, zeros(start)];
    return n => {
      m = map((a, g) => value('beta') * a + g, m, clip(gradient(n, theta), value));
      theta = map((a, b) => a - h * b, theta, m);
      return theta;
    };
  },
  'clipped-step': descend(clip),
  'clipped-components': descend((g, value) => map(a => Math.max(-value('alpha'), Math.min(value('alpha'), a)), g)),
  'mean-size': ({ h, gradient, value }, start) => {
    let [theta, m, u] = [start, zeros(start), zeros(start)];
    return n => {
      const slope = gradient(n, theta);
      m = map((a, g) => value('beta') * a + (1 - value('beta')) * g, m, slope);
      u = map((a, g) => value('rho') * a + (1 - value('rho')) * Math.abs(g), u, slope);
      theta = map((a, b, c) => a - (h * b) / c, theta, m, u);
      return theta;
    };
  },
  'greater-of-two': ({ h, gradient, value }, start) => {
    let [theta, v] = [start, zeros(start)];
    return n => {
      const slope = gradient(n, theta);
      v = map((a, g) => value('rho') * a + (1 - value('rho')) * g * g, v, slope);
      theta = map((a, g, b) => a - (h * g) / Math.sqrt(Math.max(b, (g * g) / 2) + value('epsilon')), theta, slope, v);
      return theta;
    };
  },
  normalised: ({ h, gradient, value }, start) => {
    let [theta, m] = [start, zeros(start)];
    return n => {
      const slope = gradient(n, theta);
      const size = slope.reduce((sum, each) => sum + Math.abs(each), 0);
      m = map((a, g) => value('beta') * a + g / size, m, slope);
      theta = map((a, b) => a - (h * b) / norm(m), theta, m);
      return theta;
    };
  },
  'ascent-point': ({ h, gradient, value }, start) => {
    let theta = start;
    return n => {
      const up = map((a, g) => a + h * value('rho') * Math.sign(g), theta, gradient(n, theta));
      theta = map((a, g) => a - h * g, theta, gradient(n, up));
      return theta;
    };
  },
};

describe('rules with pieces', () => {
  it('are read', () => {
    expect([...loaded.problems, ...loaded.documents.flatMap(({ problems }) => problems)]).toEqual([]);
    expect(optimizers.map(({ id }) => id)).toEqual(Object.keys(RULES));
  });

  it.each(optimizers)('$id: the rows are the optimizer', async optimizer => {
    const rule = RULES[optimizer.id];
    if (rule === undefined) throw new Error('no rule');
    expect(distanceOf(await documentIterates(optimizer), ownIterates(rule))).toBeLessThan(1e-12);
  });

  const SHARP = optimizers.filter(({ id }) => id !== 'sign-of-gradient');
  for (const setting of ['mini-batch', 'full-batch'] as const)
    for (const order of [0, 1, 2])
      it.each(SHARP)(`$id follows to order ${order}, ${setting}`, { timeout: 120_000 }, optimizer => {
        const derived = deriveModifiedEquation(optimizer, { order, setting });
        if (!derived.ok) throw new Error(derived.problems[0]?.message);
        const equation = { ...derived.value, declarations: optimizer.declarations };
        const budget = Budget.unlimited();
        const followed = followEquation({ optimizer, equation, order, setting, seed: 1, runs: 6, budget });
        expect(followed).toMatchObject({ kind: 'agrees', runs: 6 });
        // One power further it does not: the comparison can fail.
        expect(followed.kind === 'agrees' ? followed.sharp : 0).toBeGreaterThan(0);
      });

  it('the sign of a gradient has no correction at any order', () => {
    const derived = deriveModifiedEquation(byId('sign-of-gradient'), { order: 3, setting: 'mini-batch' });
    expect(derived.ok && derived.value.expressions.slice(1).every(({ terms }) => terms.length === 0)).toBe(true);
  });
});

describe('where a rule switches', () => {
  const conditions = (id: string): readonly string[] => {
    const derived = deriveModifiedEquation(byId(id), { order: 1, setting: 'mini-batch' });
    return derived.ok ? switchingConditions(derived.value.switches, byId(id)) : [];
  };

  it('is said by the rows and at the current point', () => {
    expect(rowConditions(byId('sign-of-momentum'))).toEqual(['m_{j}^{(n+1)} \\ne 0']);
    expect(conditions('sign-of-gradient')).toEqual(['\\nabla_{j} E_{n}(\\boldsymbol{\\theta}) \\ne 0']);
    expect(conditions('sign-of-momentum')).toEqual([
      '(1 - \\beta) \\sum_{k=0}^{n} \\beta^{n-k} \\nabla_{j} E_{k}(\\boldsymbol{\\theta}) \\ne 0 \\text{ in all steps } 0, \\dots, n',
    ]);
    // What starts at zero is the number zero in the first step.
    expect(conditions('sign-of-old-momentum')[0]).toMatch(/in all steps \} 1, \\dots, n$/);
  });

  const valueAt = async (id: string, theta: readonly string[], losses: readonly string[]): Promise<unknown> => {
    const optimizer = byId(id);
    const hyperparameters = Object.fromEntries(
      optimizer.declarations.map(({ name }) => [name.replace(/^\\(var)?/, ''), '1/3']),
    );
    const text = JSON.stringify({ n: losses.length - 1, theta, hyperparameters, losses });
    const instance = await readInstance(text, optimizer);
    if (!instance.ok) throw new Error(instance.problems[0]?.message);
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    const equation = { ...derived.value, declarations: optimizer.declarations };
    const values = evaluateCoefficients(equation, instance.value, 6);
    return values.ok ? values.value : values.problems[0]?.code;
  };

  it('a row that makes what the next step reads is looked at in the steps before', async () => {
    const rows = String.raw`v_{1} &= g_1^2, \quad v_{t} = \max(a v_{t-1}, g_t^2), \quad t \ge 2 \\ x_{t} &= x_{t-1} - \eta \frac{g_t}{\sqrt{v_t}+e}`;
    const head = String.raw`% !modeq notation loss=f parameters=x step=\eta iteration=t gradient=g`;
    const text = `${head}\n% !modeq optimizer p\n% !modeq where a in (0,1), e > 0\n\\begin{align}\n${rows}\n\\end{align}`;
    const [optimizer] = readDocument({ name: 'late.tex', text }).optimizers;
    if (optimizer === undefined) throw new Error('the rule is read');
    const derived = deriveModifiedEquation(optimizer, { order: 0, setting: 'mini-batch' });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    expect(switchingConditions(derived.value.switches, optimizer)[0]).toMatch(/in all steps \} 0, \\dots, t - 1$/);
    const valueOf0 = async (losses: readonly string[]): Promise<unknown> => {
      const given = { n: losses.length - 1, theta: ['0'], hyperparameters: { a: '1/4', e: '1' }, losses };
      const instance = await readInstance(JSON.stringify(given), optimizer);
      if (!instance.ok) throw new Error(instance.problems[0]?.message);
      const values = evaluateCoefficients(
        { ...derived.value, declarations: optimizer.declarations },
        instance.value,
        6,
      );
      return values.ok ? values.value : values.problems[0]?.code;
    };
    // v_1 = 4, v_2 = max(1, 9): −3/(3 + 1).
    expect(await valueOf0(['2*x1', '3*x1'])).toEqual([['-0.75']]);
    // v_1/4 = 9 = g_2².
    expect(await valueOf0(['6*x1', '3*x1'])).toBe('no-value-at-switch');
  });

  it('no coefficient has a value, in any component, and elsewhere all have', async () => {
    const [early, late] = ['x1^2 + x2', 'x1*x2 + x2^3'];
    expect(await valueAt('sign-of-gradient', ['1', '2'], [early])).toEqual([
      ['-1', '-1'],
      ['0', '0'],
    ]);
    expect(await valueAt('sign-of-gradient', ['0', '2'], [early])).toBe('no-value-at-switch');
    // A gradient of an earlier step does not matter to a rule without memory.
    expect(await valueAt('sign-of-gradient', ['0', '2'], [early, late])).not.toBe('no-value-at-switch');
    expect(await valueAt('sign-of-momentum', ['0', '2'], [early, late])).toBe('no-value-at-switch');
    expect(await valueAt('clipped-step', ['1/3', '1'], ['x1'])).not.toBe('no-value-at-switch');
    expect(await valueAt('clipped-step', ['1/3', '1'], ['x1/3'])).toBe('no-value-at-switch');
    expect(await valueAt('clipped-step', ['1/3', '1'], ['x1^2*0'])).not.toEqual([['0']]);
  });

  it('a value that vanishes with h, whatever the parameters are, is refused', () => {
    const text = String.raw`% !modeq optimizer same-loss
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h\,\mathrm{sign}(\nabla_j E_n(\theta^{(n)}) - \nabla_j E_n(\theta^{(n-1)})) \]`;
    const [optimizer] = readDocument({ name: 'paper.tex', text }).optimizers;
    if (optimizer === undefined) throw new Error('not read');
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'full-batch' });
    expect(derived.ok ? '' : derived.problems[0]?.code).toBe('always-switching');
  });

  it('is excluded from verdicts, and refutes nothing', { timeout: 60_000 }, async () => {
    const claim = (id: string, right: string): string =>
      `% !modeq claim ${id} about=rule order=1\n$$\\dot\\theta_j = ${right}$$\n`;
    const text = String.raw`% !modeq optimizer rule
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h\,\mathrm{sign}(\nabla_j E_n(\theta^{(n)})) \]
${claim('same', String.raw`-\mathrm{sign}(\nabla_jE_n(\theta))`)}
${claim('divided', String.raw`-\nabla_jE_n(\theta)/|\nabla_jE_n(\theta)|`)}
${claim('other-there', String.raw`-\mathrm{sign}(\nabla_jE_n(\theta)) + 1 - \mathrm{sign}(\nabla_jE_n(\theta))^2`)}
${claim('twice', String.raw`-2\,\mathrm{sign}(\nabla_jE_n(\theta))`)}`;
    const verdicts = await judgeDocuments([readDocument({ name: 'paper.tex', text })], standardEngine, {
      seed: 1,
      instances: 40,
      digits: 30,
      timeout: 60,
      prover: 'on',
      suggestions: false,
    });
    expect(verdicts.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['same', 'proved'],
      ['divided', 'proved'],
      ['other-there', 'supported'],
      ['twice', 'refuted'],
    ]);
    for (const { excluded } of verdicts.slice(0, 3))
      expect(excluded).toContain('\\nabla_{j} E_{n}(\\boldsymbol{\\theta}) \\ne 0');
  });
});
