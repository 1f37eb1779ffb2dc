/**
 * Rules whose values feed each other through a factor h alone, and sequences that stay near the parameters by induction: the rows are the
 * optimizer (beside programs of their own), and the equations follow them.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';
import { distanceOf, documentIterates, map, ownIterates, type Point, type Rule, zeros } from '../support/own-rules.ts';

const loaded = loadDocuments([new URL('feedback.tex', import.meta.url).pathname]);
const optimizers = loaded.documents.flatMap(document => [...document.optimizers]);

/** z ← z − h·direction; θ ← ((n+1)θ + z)/(n+2). */
const scheduleFree =
  (direction: (world: Parameters<Rule>[0], start: Point) => (n: number, gradient: Point) => Point): Rule =>
  (world, start) => {
    const beta = world.value('beta');
    const along = direction(world, start);
    let [theta, z] = [start, start];
    return n => {
      const y = map((a, b) => (1 - beta) * a + beta * b, z, theta);
      z = map((a, d) => a - world.h * d, z, along(n, world.gradient(n, y)));
      theta = map((a, b) => ((n + 1) * a + b) / (n + 2), theta, z);
      return theta;
    };
  };

const RULES: Readonly<Record<string, Rule>> = {
  'variance-reduced': ({ h, gradient, value }, start) => {
    const [beta, gamma] = [value('beta'), value('gamma')];
    let [theta, before, m] = [start, start, zeros(start)];
    return n => {
      const c = map((g, old) => g + ((gamma * beta) / (1 - beta)) * (g - old), gradient(n, theta), gradient(n, before));
      m = map((a, b) => beta * a + (1 - beta) * b, m, c);
      [before, theta] = [theta, map((a, b) => a - h * b, theta, m)];
      return theta;
    };
  },
  averaged: ({ h, gradient, value }, start) => {
    const beta = value('beta');
    let [theta, w] = [start, start];
    return n => {
      w = map((a, b) => beta * a + (1 - beta) * b, w, theta);
      theta = map((a, g) => a - h * g, theta, gradient(n, w));
      return theta;
    };
  },
  'schedule-free': scheduleFree(() => (_, gradient) => gradient),
  'schedule-free-adam': scheduleFree(({ value }, start) => {
    const [rho, epsilon] = [value('rho'), value('epsilon')];
    let v = zeros(start);
    return (n, gradient) => {
      v = map((a, g) => rho * a + (1 - rho) * g * g, v, gradient);
      return map((g, a) => g / (Math.sqrt(a / (1 - rho ** (n + 1))) + epsilon), gradient, v);
    };
  }),
  'slow-weights': ({ h, gradient, value }, start) => {
    const alpha = value('alpha');
    let [theta, w] = [start, start];
    return n => {
      const sigma = value('sigma', n);
      const y = map((a, g) => a - h * g, theta, gradient(n, theta));
      w = map((a, b) => a + alpha * sigma * (b - a), w, y);
      theta = map((a, b) => (1 - sigma) * a + sigma * b, y, w);
      return theta;
    };
  },
  'pulled-back': ({ h, gradient, value }, start) => {
    const [beta, lambda] = [value('beta'), value('lambda')];
    let [theta, w] = [start, start];
    return n => {
      theta = map((a, g, b) => a - h * g - h * lambda * (a - b), theta, gradient(n, theta), w);
      w = map((a, b) => beta * a + (1 - beta) * b, w, theta);
      return theta;
    };
  },
  'decayed-average': ({ h, gradient, value }, start) => {
    const [beta, lambda] = [value('beta'), value('lambda')];
    let [theta, w] = [start, start];
    return n => {
      w = map((a, b) => beta * (1 - h * lambda) * a + (1 - beta) * b, w, theta);
      theta = map((a, g) => (1 - h * lambda) * a - h * g, theta, gradient(n, w));
      return theta;
    };
  },
  'followed-average': ({ h, gradient, value }, start) => {
    const [beta, mu] = [value('beta'), value('mu')];
    let [theta, w, m] = [start, start, zeros(start)];
    return n => {
      m = map((a, g) => mu * a + g, m, gradient(n, theta));
      theta = map((a, b) => a - h * b, theta, m);
      w = map((a, b) => beta * a + (1 - beta) * b, w, theta);
      return w;
    };
  },
  'followed-look-ahead': ({ h, gradient, value }, start) => {
    const mu = value('mu');
    let [theta, m] = [start, zeros(start)];
    return n => {
      m = map((a, g) => mu * a + g, m, gradient(n, theta));
      theta = map((a, b) => a - h * b, theta, m);
      return map((a, b) => a - h * mu * b, theta, m);
    };
  },
};

describe('another sequence than the parameters', () => {
  it('is made by a row, and starts where they do', () => {
    const code = (...rows: readonly string[]): string | undefined => {
      const text = `% !modeq optimizer one observe=w
% !modeq where \\beta in (0,1)
\\begin{align} ${rows.join(' \\\\ ')} \\end{align}`;
      return readDocument({ name: 'paper.tex', text }).problems[0]?.code;
    };
    const update = String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)})`;
    const average = String.raw`w_j^{(n+1)} &= \beta w_j^{(n)} + (1-\beta) \theta_j^{(n+1)}`;
    expect(code(update)).toBe('observe-unknown');
    expect(code(update, average)).toBe('observe-start');
    expect(code(update, average, String.raw`w_j^{(0)} &= \nabla_j E_0(\theta^{(0)})`)).toBe('observe-start');
    expect(code(update, average, String.raw`w_j^{(0)} &= \theta_j^{(0)}`)).toBeUndefined();
  });
});

describe('what is not small, and what does not fade', () => {
  const problem = (rows: string): string => {
    const text = `% !modeq optimizer one
% !modeq where \\beta in (0,1), \\lambda > 0
\\begin{align} ${rows} \\end{align}`;
    const [found] = readDocument({ name: 'paper.tex', text }).problems;
    return found === undefined ? '' : `${found.message} [${found.code}]`;
  };
  const step = String.raw`\\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}`;

  it('says which term lacks the factor h', () => {
    expect(
      problem(
        String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) - \lambda \|\nabla E_n(\theta^{(n)})\|^2`,
      ),
    ).toBe(
      String.raw`the update does not change the parameters by O(h): \lambda \|\nabla E_n(\theta^{(n)})\|^2 is not seen to be O(h) [update-not-small]`,
    );
    expect(problem(String.raw`\theta_j^{(n+1)} &= (1-\lambda)\theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)})`)).toBe(
      'the update does not change the parameters by O(h): for h → 0 it multiplies them by a factor that is not 1 [update-not-small]',
    );
  });

  it('refuses a memory whose factor is 1 for h = 0, and no other', () => {
    expect(
      problem(String.raw`m_j^{(n+1)} &= (1 - h\lambda) m_j^{(n)} + h \nabla_j E_n(\theta^{(n)}) ${step}`),
    ).toContain('[memory-does-not-fade]');
    expect(
      problem(String.raw`m_j^{(n+1)} &= \beta (1 - h\lambda) m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) ${step}`),
    ).toBe('');
    expect(problem(String.raw`m_j^{(n+1)} &= m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) ${step}`)).toBe('');
  });
});

describe('feedback through O(h), averages and slow copies', () => {
  it('are read', () => {
    expect([...loaded.problems, ...loaded.documents.flatMap(({ problems }) => problems)]).toEqual([]);
    expect(optimizers.map(({ id }) => id)).toEqual(Object.keys(RULES));
  });

  it.each(optimizers)('$id: the rows are the optimizer', async optimizer => {
    const rule = RULES[optimizer.id];
    if (rule === undefined) throw new Error('no rule');
    const own = ownIterates(rule);
    expect(distanceOf(await documentIterates(optimizer), own)).toBeLessThan(1e-13);
    // A step of another length is seen.
    expect(
      distanceOf(
        await documentIterates(optimizer),
        ownIterates((world, start) => rule({ ...world, h: world.h * 1.001 }, start)),
      ),
    ).toBeGreaterThan(1e-6);
  });

  it.each(
    optimizers.flatMap(optimizer =>
      (['mini-batch', 'full-batch'] as const).map(setting => ({ optimizer, id: optimizer.id, setting })),
    ),
  )('$id, $setting: the equation follows to order 1 and not to order 2', ({ optimizer, setting }) => {
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting });
    if (!derived.ok) throw new Error(derived.problems.map(({ message }) => message).join('; '));
    const { coefficients, definitions } = derived.value;
    const task = {
      optimizer,
      equation: { coefficients, definitions, declarations: optimizer.declarations },
      setting,
      seed: 5,
      runs: 2,
      budget: new Budget(1e8),
    };
    expect(followEquation({ ...task, order: 1 })).toMatchObject({ kind: 'agrees', runs: 2 });
    expect(followEquation({ ...task, order: 2 })).toMatchObject({ kind: 'differs' });
  });
});
