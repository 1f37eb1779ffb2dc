/**
 * Rules and claims that were once accepted and meant something else. Values come from arithmetic in this file; what has two
 * readings is refused.
 */
import { describe, expect, it } from 'vitest';
import { optimizerText, problemsOf, read } from './reading.ts';
import { apart, expected, iteratesOf, slope, STEP, type Text } from './run-text.ts';

const SUBSCRIPT = String.raw`index=subscript step=\eta iteration=t loss=L`;
const TINY = 1e-12;
const R = String.raw;

/** The code of the first problem of an optimizer, or "accepted". */
const codeOf = ({ rows, where, notation }: Text): string =>
  problemsOf(optimizerText(rows, where, notation))[0]?.split(' ')[0] ?? 'accepted';
/** Message and hint of the first problem. */
const wordsOf = ({ rows, where, notation }: Text): string => {
  const [problem] = read(optimizerText(rows, where, notation)).problems;
  return `${problem?.message}; ${problem?.hint}`;
};

const DESCENT = String.raw`\theta_{t+1}=\theta_t-\eta\nabla L_t(\theta_t)`;

describe('a sum over pairs with the letter of the component', () => {
  const claimed = (claim: string): readonly string[] =>
    read(`% !modeq claim c\n\\[ ${claim} \\]\n`).unreadable.flatMap(({ problems }) => problems.map(({ code }) => code));

  it.each([R`\sum_{i<j} 1 = \frac{p(p-1)}{2}`, R`\sum_{i \le j} 1 > 0`, R`\prod_{i \ne j} 2 = 2^{p-1}`])(
    'is refused where nothing says whether it is summed over: %s',
    claim => expect(claimed(claim)).toEqual(['component-or-bound']),
  );

  it.each([
    R`\sum_{i<j} 1 = j - 1`,
    R`\sum_{i<k} 1 = \frac{p(p-1)}{2}`,
    R`\sum_{1 \le i<j \le p} 1 = \frac{p(p-1)}{2}`,
  ])('is read where the other side, or the sum, says so: %s', claim => expect(claimed(claim)).toEqual([]));
});

const GD = R`% !modeq optimizer gd
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h\nabla_jE_n(\theta^{(n)}) \]
`;

describe('two accents in one statement', () => {
  const claimed = (claim: string, where = ''): readonly string[] =>
    read(`${GD}% !modeq claim c order=0\n${where}\\[ ${claim} \\]\n`).unreadable.flatMap(({ problems }) =>
      problems.map(({ code }) => code),
    );

  it.each([
    [R`\dot\theta_j = -\nabla_jE_n + \theta_j-\bar\theta_j`, 'two-points'],
    [R`\dot\theta_j = -\nabla_jE_n(\bar\theta)`, 'two-points'],
    [R`E(\bar\theta) = E(\theta)`, 'two-points'],
    [R`E(\bar\theta) = E(\hat\theta)`, 'two-points'],
    [R`\dot\theta_j = -\nabla_jE_{n} - \nabla_j\hat E_n + \nabla_jE_n`, 'two-losses'],
  ])('are refused: %s', (claim, code) => expect(claimed(claim)).toEqual([code]));

  it.each([
    R`\dot{\tilde\theta}_j = -\nabla_jE_{n}(\tilde\theta)`,
    R`\dot{\tilde\theta}_j = -\nabla_jE_{n}(\theta)`,
    R`\dot{\bar\theta}_j = -\nabla_jE_{n}(\bar\theta)`,
  ])('one of them, or the tilde of the solution, means nothing: %s', claim => expect(claimed(claim)).toEqual([]));

  it('a declared one is another vector', () => {
    const claim = R`\dot\theta_j = -\nabla_jE_n + \theta_j-\bar\theta_j`;
    expect(claimed(claim, '% !modeq where \\bar\\theta vector\n')).toEqual([]);
  });
});

describe('a condition on a row', () => {
  it.each([
    [String.raw`\quad\text{if } t\ge 5`],
    [String.raw`\quad\text{for } t > 1`],
    [String.raw`\quad t = 2, 3, \dots`],
    [String.raw`, \quad t \ge 2`],
    [String.raw`\quad\text{if } \beta > 0`],
    [String.raw`\quad\text{when } \|\nabla L_t(\theta_t)\| > 1`],
    [String.raw`\quad\text{if } t \ne 3`],
    [String.raw`\quad t \le 5`],
    [String.raw`\quad\text{for } t = 0, 2, 4, \dots`],
    [String.raw`\iff t \ge 0`],
  ])('that leaves steps without a rule is refused: %s', condition => {
    expect(codeOf({ rows: DESCENT + condition, where: String.raw`\beta in (0,1)`, notation: SUBSCRIPT })).toBe(
      'row-condition',
    );
  });

  it('says which steps have no rule', () => {
    expect(wordsOf({ rows: String.raw`${DESCENT} \quad\text{if } t\ge 5`, notation: SUBSCRIPT })).toContain(
      'no step is given for t < 5',
    );
  });

  it.each([
    [String.raw`\quad t=0,1,\dots`],
    [String.raw`\quad\text{for all } t`],
    [String.raw`\quad \text{for } t = 0, 1, 2, \ldots, T-1`],
    [String.raw`, \quad t \ge 0`],
    [String.raw`\quad 0 \le t < T`],
    [String.raw`\quad t \in \{0, 1, \dots\}`],
    [String.raw`\quad (t = 0, 1, 2, \dots)`],
  ])('that says where the iterations begin is read: %s', async condition => {
    const run = await iteratesOf({ rows: DESCENT + condition, notation: SUBSCRIPT });
    const right = expected((theta, n) => theta.map((value, j) => value - STEP * (slope(n, theta)[j] ?? 0)));
    expect(apart(run, right)).toBeLessThan(TINY);
  });

  it('is refused where two rows begin differently', () => {
    const rows = String.raw`v_{t+1} = \frac12 v_t + \nabla L_t(\theta_t), \quad t = 0, 1, \dots \\ \theta_{t+1} = \theta_t - \eta v_{t+1}, \quad t = 1, 2, \dots`;
    expect(codeOf({ rows, notation: SUBSCRIPT })).toBe('row-condition');
  });

  it('and a remainder on a row are no terms to drop', () => {
    expect(codeOf({ rows: String.raw`${DESCENT} + O(\eta^2)`, notation: SUBSCRIPT })).toBe('row-remainder');
  });
});

describe('rows that count from 1', () => {
  const from1 = String.raw`\quad t=1,2,\dots`;
  /** θ − η g/√(Σ g² + ε) with every gradient so far. */
  const accumulated = expected(
    (() => {
      const sums = [0, 0];
      return (theta: number[], n: number) => {
        const g = slope(n, theta);
        return theta.map((value, j) => {
          sums[j] = (sums[j] ?? 0) + (g[j] ?? 0) ** 2;
          return value - (STEP * (g[j] ?? 0)) / Math.sqrt((sums[j] ?? 0) + 1);
        });
      };
    })(),
  );
  const g = String.raw`g_t=\nabla L_t(\theta_t)`;
  const root = String.raw`\theta_{t+1}=\theta_t-\eta\, g_t/\sqrt{G_t+1}`;

  it.each([
    ['sum of a quantity', String.raw`${g}, ${from1} \\ G_t=\sum_{i=1}^{t} g_i^2 \\ ${root}`],
    ['t ≥ 1', String.raw`${g}, \quad t \ge 1 \\ G_t=\sum_{i=1}^{t} g_i^2 \\ ${root}`],
    ['t > 0', String.raw`${g} \\ G_t=\sum_{i=1}^{t} g_i^2 \\ ${root}, \quad t > 0`],
    [
      'sum of losses',
      String.raw`G_t=\sum_{i=1}^{t} (\nabla L_i(\theta_i))^2 \\ g_t=\nabla L_t(\theta_t) \\ ${root} ${from1}`,
    ],
    ['a sum of the rows made before', String.raw`${g}, ${from1} \\ G_t=g_t^2+\sum_{i=1}^{t-1} g_i^2 \\ ${root}`],
    ['shifted inside', String.raw`${g}, ${from1} \\ G_t=\sum_{i=0}^{t-1} g_{i+1}^2 \\ ${root}`],
    ['counted backwards', String.raw`${g}, ${from1} \\ G_t=\sum_{i=1}^{t} g_{t+1-i}^2 \\ ${root}`],
    [
      'an update that uses the loss of its own label',
      String.raw`g_t=\nabla L_t(\theta_{t-1}) \\ G_t=\sum_{i=1}^{t} g_i^2 \\ \theta_t=\theta_{t-1}-\eta\, g_t/\sqrt{G_t+1}`,
    ],
    ['a state', String.raw`${g}, ${from1} \\ G_t=G_{t-1}+g_t^2, \quad G_0 = 0 \\ ${root}`],
    ['from 0', String.raw`${g} \\ G_t=\sum_{i=0}^{t} g_i^2 \\ ${root}`],
    ['from 0, which is said', String.raw`${g}, \quad t = 0,1,\dots \\ G_t=\sum_{i=0}^{t} g_i^2 \\ ${root}`],
  ])('lose no gradient: %s', async (_, rows) => {
    expect(apart(await iteratesOf({ rows, notation: SUBSCRIPT }), accumulated)).toBeLessThan(TINY);
  });

  it('have the same meaning with labels as superscripts', async () => {
    const rows = String.raw`g^{(n)} := \nabla E_n(\theta^{(n)}) \quad n = 1,2,\dots \\ G^{(n)} := \sum_{i=1}^{n} (g^{(i)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h g^{(n)}/\sqrt{G^{(n)}+1}`;
    expect(apart(await iteratesOf({ rows }), accumulated)).toBeLessThan(TINY);
  });

  it('shift losses that occur in sums alone', async () => {
    const rows = String.raw`\theta_t = \theta_{t-1} - \eta \sum_{i=1}^{t} 2^{i-t} \nabla L_i(\theta_{i-1})`;
    const past: number[][] = [];
    const right = expected((theta, n) => {
      past.push(slope(n, theta));
      return theta.map(
        (value, j) => value - STEP * past.reduce((sum, each, k) => sum + 2 ** (k - n) * (each[j] ?? 0), 0),
      );
    });
    expect(apart(await iteratesOf({ rows, notation: SUBSCRIPT }), right)).toBeLessThan(TINY);
  });

  it('shift powers of the iteration', async () => {
    const rows = String.raw`\theta_{t+1} = \theta_t - \eta (1-2^{-t}) \nabla L_t(\theta_t), ${from1}`;
    const right = expected((theta, n) =>
      theta.map((value, j) => value - STEP * (1 - 2 ** -(n + 1)) * (slope(n, theta)[j] ?? 0)),
    );
    expect(apart(await iteratesOf({ rows, notation: SUBSCRIPT }), right)).toBeLessThan(TINY);
  });

  it('are asked for where a sum has two readings', () => {
    const rows = String.raw`${g} \\ G_t=\sum_{i=1}^{t} g_i^2 \\ ${root}`;
    expect(codeOf({ rows, notation: SUBSCRIPT })).toBe('count-from');
    expect(wordsOf({ rows, notation: SUBSCRIPT })).toMatch(/two readings.*t = 1, 2, \\dots.*t = 0, 1, \\dots/);
  });

  it('leave the first gradient out where they say that they count from 0', async () => {
    const rows = String.raw`\theta_{t+1} = \theta_t - \eta \sum_{i=1}^{t} \nabla L_i(\theta_i), \quad t = 0, 1, \dots`;
    const past: number[][] = [];
    const right = expected((theta, n) => {
      if (n > 0) past.push(slope(n, theta));
      return theta.map((value, j) => value - STEP * past.reduce((sum, each) => sum + (each[j] ?? 0), 0));
    });
    expect(apart(await iteratesOf({ rows, notation: `${SUBSCRIPT}` }), right)).toBeLessThan(TINY);
  });

  it('refuse a sum that begins before the first step', () => {
    const rows = String.raw`${g}, ${from1} \\ G_t=\sum_{i=0}^{t} g_i^2 \\ ${root}`;
    expect(codeOf({ rows, notation: SUBSCRIPT })).toBe('count-from');
  });
});

describe('bars', () => {
  const normed = expected((theta, n) => {
    const g = slope(n, theta);
    const norm = Math.hypot(...g);
    return theta.map((value, j) => value - (STEP * (g[j] ?? 0)) / Math.sqrt(norm ** 2 + 1));
  });
  const G = String.raw`\nabla E_n(\theta^{(n)})`;
  it.each([
    [String.raw`\left|\left|${G}\right|\right|`],
    [String.raw`\lvert\lvert${G}\rvert\rvert`],
    [String.raw`\vert\vert${G}\vert\vert`],
    [String.raw`\big|\big|${G}\big|\big|`],
    [String.raw`\bigl|\bigl|${G}\bigr|\bigr|`],
    [String.raw`\bigl|\!\bigl|${G}\bigr|\!\bigr|`],
    [String.raw`\left\lvert\left\lvert ${G} \right\rvert\right\rvert`],
    [String.raw`||${G}||`],
    [String.raw`|\,|${G}|\,|`],
    [String.raw`\|${G}\|`],
    [String.raw`\left\|${G}\right\|`],
    [String.raw`\Vert ${G} \Vert`],
    [String.raw`\lVert ${G} \rVert`],
    [String.raw`‖${G}‖`],
  ])('are a norm: %s', async bars => {
    const rows = String.raw`\theta^{(n+1)} = \theta^{(n)} - h\frac{${G}}{\sqrt{${bars}^2+1}}`;
    expect(apart(await iteratesOf({ rows }), normed)).toBeLessThan(TINY);
  });

  it.each([[String.raw`|${G}|^2`], [String.raw`\left|${G}\right|^2`], [String.raw`\sqrt{|${G}|}`]])(
    'are refused where they may be either: %s',
    bars => {
      const rows = String.raw`\theta^{(n+1)} = \theta^{(n)} - h\frac{${G}}{${bars}+1}`;
      expect(codeOf({ rows })).toBe('norm-or-absolute-value');
    },
  );

  it('of one component are its absolute value', async () => {
    const rows = String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h\frac{\nabla_jE_n(\theta^{(n)})}{1+|\nabla_jE_n(\theta^{(n)})|}`;
    const right = expected((theta, n) =>
      theta.map((value, j) => {
        const g = slope(n, theta)[j] ?? 0;
        return value - (STEP * g) / (1 + Math.abs(g));
      }),
    );
    expect(apart(await iteratesOf({ rows }), right)).toBeLessThan(TINY);
  });
});

describe('a parenthesis behind a state', () => {
  const m = String.raw`m_j^{(n+1)} = \frac12 m_j^{(n)} + \nabla_jE_n(\theta^{(n)})`;
  const withMomentum = (direction: (m: number[], theta: number[], old: number[]) => number[]): number[][] => {
    let momentum = [0, 0];
    return expected((theta, n) => {
      const old = momentum;
      momentum = momentum.map((value, j) => value / 2 + (slope(n, theta)[j] ?? 0));
      const d = direction(momentum, theta, old);
      return theta.map((value, j) => value - STEP * (d[j] ?? 0));
    });
  };
  it.each([
    [String.raw`m_j^{(n+1)} (m_j^{(n+1)})`, withMomentum(m => m.map(x => x * x))],
    [String.raw`m_j^{(n+1)} (\theta_j^{(n)})`, withMomentum((m, theta) => m.map((x, j) => x * (theta[j] ?? 0)))],
    [String.raw`m_j^{(n+1)} (\theta_j^{(n)})^2`, withMomentum((m, theta) => m.map((x, j) => x * (theta[j] ?? 0) ** 2))],
    [String.raw`m_j^{(n)} (m_j^{(n+1)})^2`, withMomentum((m, _, old) => m.map((x, j) => x * x * (old[j] ?? 0)))],
    [String.raw`m_j^{(n+1)} (1 + m_j^{(n+1)})`, withMomentum(m => m.map(x => x * (1 + x)))],
  ])('is a factor: %s', async (direction, right) => {
    const rows = String.raw`${m} \\ \theta_j^{(n+1)} = \theta_j^{(n)} - h ${direction}`;
    expect(apart(await iteratesOf({ rows }), right)).toBeLessThan(TINY);
  });

  it('without components is a factor too', async () => {
    const rows = String.raw`u^{(n+1)} = \frac12 u^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h u^{(n)} (\theta^{(n)})^2`;
    const right = withMomentum((_, theta, old) => old.map((x, j) => x * (theta[j] ?? 0) ** 2));
    expect(apart(await iteratesOf({ rows }), right)).toBeLessThan(TINY);
  });
});

describe('powers of matrices', () => {
  const M = String.raw`m^{(n+1)} = \frac12 m^{(n)} + \nabla E_n(\theta^{(n)})`;
  it.each([
    [String.raw`(m^{(n+1)} (m^{(n+1)})^\top)^{-1/2} m^{(n+1)}`, 'matrix-power'],
    [String.raw`({m^{(n+1)}} (m^{(n+1)})^T)^{-1} m^{(n+1)}`, 'matrix-power'],
    [String.raw`(\nabla^2E_n(\theta^{(n)}))^{-1} m^{(n+1)}`, 'matrix-power'],
    [String.raw`\sqrt{\nabla^2E_n(\theta^{(n)})} m^{(n+1)}`, 'vector-function'],
    [String.raw`\frac{m^{(n+1)}}{\nabla^2E_n(\theta^{(n)})}`, 'vector-quotient'],
    [String.raw`(1 + \nabla^2E_n(\theta^{(n)})) m^{(n+1)}`, 'matrix-and-number'],
  ])('are refused: %s', (direction, code) => {
    expect(codeOf({ rows: String.raw`${M} \\ \theta^{(n+1)} = \theta^{(n)} - h ${direction}` })).toBe(code);
  });
});

describe('the first value of a second sequence', () => {
  const own = String.raw`index=subscript step=s iteration=k loss=L parameters=x`;
  const y = String.raw`y_{k+1}=x_k-s\nabla L(x_k)`;
  const x = String.raw`x_{k+1}=y_{k+1}+\frac12(y_{k+1}-y_k)`;
  it('is asked for', () => {
    expect(codeOf({ rows: String.raw`${y} \\ ${x}`, notation: own })).toBe('first-value-missing');
    expect(wordsOf({ rows: String.raw`${y} \\ ${x}`, notation: own })).toContain('y_0 = x_0');
  });
  it('is not asked for beside a factor that is zero in the first step alone', async () => {
    let before = [7, 7];
    const factor = (k: number): number => k / (k + 3);
    const right = expected((theta, k) => {
      const next = theta.map((value, j) => value - STEP * (slope(0, theta)[j] ?? 0));
      const point = next.map((value, j) => value + factor(k) * (value - (before[j] ?? 0)));
      before = next;
      return point;
    });
    for (const moved of [
      String.raw`x_{k+1}=y_{k+1}+\frac{k}{k+3}(y_{k+1}-y_k)`,
      String.raw`\beta_k = \frac{k}{k+3} \\ x_{k+1}=y_{k+1}+\beta_k(y_{k+1}-y_k)`,
    ])
      expect(
        apart(await iteratesOf({ rows: String.raw`${y} \\ ${moved}`, notation: own }, {}, true), right),
      ).toBeLessThan(TINY);
    for (const factor of [String.raw`\frac{k+1}{k+3}`, String.raw`\frac{k-1}{k+3}`])
      expect(codeOf({ rows: String.raw`${y} \\ x_{k+1}=y_{k+1}+${factor}(y_{k+1}-y_k)`, notation: own })).toBe(
        'first-value-missing',
      );
  });
  it.each([
    [String.raw`y_0=x_0 \\ ${y} \\ ${x}`, own],
    [
      String.raw`y^{(0)} = \theta^{(0)} \\ y^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = y^{(n+1)}+\frac12(y^{(n+1)}-y^{(n)})`,
      '',
    ],
    [String.raw`y_0=x_0 \\ y_k=x_{k-1}-s\nabla L(x_{k-1}) \\ x_k=y_k+\frac12(y_k-y_{k-1})`, own],
  ])('is taken from its row', async (rows, notation) => {
    let before = [0.75, -0.5];
    const right = expected(theta => {
      const next = theta.map((value, j) => value - STEP * (slope(0, theta)[j] ?? 0));
      const point = next.map((value, j) => value + (value - (before[j] ?? 0)) / 2);
      before = next;
      return point;
    });
    expect(apart(await iteratesOf({ rows, notation }, {}, true), right)).toBeLessThan(TINY);
  });
});

describe('intervals of claims', () => {
  const OPTIMIZER = String.raw`% !modeq notation loss=f parameters=x step=\eta iteration=t time=s index=subscript

% !modeq optimizer x
\[ x_{t+1} = x_t - \eta \nabla f_t(x_t), \quad t = 1, 2, \dots \]
`;
  const claim = (interval: string): string =>
    String.raw`${OPTIMIZER}% !modeq claim c
\[ \dot{\tilde x}(s) = -\nabla f_{t}(\tilde x(s)), \quad ${interval} \]
`;
  it('from x_t at tη are read where x_1 is the first iterate', () => {
    expect(problemsOf(claim(String.raw`s \in [t\eta, (t+1)\eta]`))).toEqual([]);
  });
  it('are refused where x_1 may be at η or at 0', () => {
    const document = read(claim(String.raw`s \in [(t-1)\eta, t\eta]`));
    expect(document.unreadable[0]?.problems.map(({ code }) => code)).toEqual(['interval-of-step']);
    expect(document.unreadable[0]?.problems[0]?.message).toMatch(/two readings.*x_\{t-1\}.*x_\{t\}/);
  });
  it('about different steps are no one claim where they share what depends on the step', () => {
    const two = String.raw`% !modeq optimizer y
\[ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)}) \]
% !modeq claim c
\begin{gather} \dot\theta = -G, \quad t \in [nh, (n+1)h] \\ \dot\theta = -G, \quad t \in [(n-1)h, nh] \\ G_j := \nabla_jE_n(\theta) \end{gather}
`;
    expect(problemsOf(two).map(each => each.split(' ')[1])).toEqual(['two-steps']);
  });
});

describe('a first value made of a named gradient', () => {
  const own = String.raw`index=subscript step=\eta iteration=t loss=f parameters=x`;
  const rows = (gradient: string, start: string): string =>
    String.raw`${gradient} d_t = \frac12 d_{t-1} + \frac12 ${gradient === '' ? String.raw`\nabla f_t(x_t)` : 'g_t'}, \quad d_0 = ${start} \\ x_{t+1} = x_t - \eta d_t`;
  it.each([
    rows(String.raw`g_t = \nabla f_t(x_t) \\`, 'g_0'),
    rows(String.raw`g_t = \nabla f_t(x_t) \\`, String.raw`\nabla f_0(x_0)`),
    rows('', String.raw`\nabla f_0(x_0)`),
  ])('is that of the step from x_0: %s', async text => {
    let memory: number[] | null = null;
    const right = expected((theta, t) => {
      const gradient = theta.map((_, j) => slope(t, theta)[j] ?? 0);
      memory = memory === null ? gradient : gradient.map((each, j) => (each + (memory?.[j] ?? 0)) / 2);
      return theta.map((value, j) => value - STEP * (memory?.[j] ?? 0));
    });
    expect(apart(await iteratesOf({ rows: text, notation: own }), right)).toBeLessThan(TINY);
  });
});
