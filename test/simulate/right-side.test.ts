/** The fast right-hand side against the derived equation, evaluated exactly. */
import { describe, expect, it } from 'vitest';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { evaluateCoefficients } from '../../src/evaluate/evaluate-equation.ts';
import { LossReader } from '../../src/evaluate/loss/expression-loss.ts';
import { readInstance } from '../../src/evaluate/instance/read-instance.ts';
import { loadMathjs } from '../../src/evaluate/loss/mathjs.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { expressionLoss } from '../../src/simulate/loss/expression-gradient.ts';
import { RightSide } from '../../src/simulate/right-side.ts';
import { heavyBall, lookAhead, velocity } from '../evaluate/optimizers/classical.ts';

const values: Record<string, string> = {
  beta: '7/10',
  rho: '4/5',
  epsilon: '1/10',
  mu: '3/5',
  lambda: '1/3',
  delta: '2',
};
const texts = ['x1^2/2 + x1*x2/3 - x2', 'x1*x2^2 + 2*x1 - exp(x2)', '(3/2 - 2*x1*x2)^2/2', 'tanh(x1*x2) + x1'];
const theta = [1 / 4, -3 / 8];

/** Shapes that the built-in documents lack: first values, chains of states, numbers of n, points and norms. */
const OTHERS = String.raw`
% !modeq optimizer first-gradient
% !modeq where \beta \in (0,1)
\begin{align}
  m_j^{(0)} &= \nabla_j E_0(\theta^{(0)}), \\
  m_j^{(n+1)} &= \beta m_j^{(n)} + (1-\beta) \nabla_j E_n(\theta^{(n)}), \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}.
\end{align}
% !modeq optimizer chain
% !modeq where \beta \in (0,1), \rho \in (0,1)
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + (1-\beta) \nabla_j E_n(\theta^{(n)}), \\
  s_j^{(n+1)} &= \rho s_j^{(n)} + (1-\rho) (m_j^{(n+1)} + m_j^{(n)}), \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h s_j^{(n+1)} / \sqrt{1 + n}.
\end{align}
% !modeq optimizer belief
% !modeq where \beta \in (0,1), \rho \in (0,1), \varepsilon > 0
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + (1-\beta) \nabla_j E_n(\theta^{(n)}), \\
  s_j^{(n+1)} &= \rho s_j^{(n)} + (1-\rho) (\nabla_j E_n(\theta^{(n)}) - m_j^{(n+1)})^2, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)} / \sqrt{s_j^{(n+1)} + \varepsilon}.
\end{align}
% !modeq optimizer normalised
% !modeq where \beta \in (0,1), \varepsilon > 0
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + \frac{\nabla_j E_n(\theta^{(n)})}{\sqrt{\varepsilon + \sum_i (\nabla_i E_n(\theta^{(n)}))^2}}, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}.
\end{align}
% !modeq optimizer decayed
% !modeq where \beta \in (0,1), \lambda >= 0
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) + \lambda \theta_j^{(n)}, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}.
\end{align}
% !modeq optimizer growing
\begin{align}
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) + \frac{n}{n+3} (\theta_j^{(n)} - \theta_j^{(n-1)}).
\end{align}
% !modeq optimizer decayed-ball
% !modeq where \beta \in (0,1), \lambda >= 0
\begin{align}
  \theta_j^{(n+1)} &= (1 - h \lambda) \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) + \beta (\theta_j^{(n)} - \theta_j^{(n-1)}).
\end{align}
% !modeq optimizer product
% !modeq where \beta \in (0,1)
\begin{align}
  c^{(0)} &= 1, \quad c^{(n+1)} = \beta c^{(n)} + \frac{1}{n+2}, \\
  m_j^{(n+1)} &= \beta m_j^{(n)} + c^{(n+1)} \nabla_j E_n(\theta^{(n)}), \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)} / c^{(n+1)}.
\end{align}
% !modeq optimizer small-momentum
% !modeq where \beta \in (0,1), \mu \in [0,1)
\begin{align}
  g_j^{(n)} &:= \nabla_j E_n(\theta^{(n)} - h \mu m^{(n)}), \\
  m_j^{(n+1)} &= \beta m_j^{(n)} + g_j^{(n)} + h (g_j^{(n)})^3, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}.
\end{align}
`;
const others = readDocument({ name: 'others.tex', text: OTHERS });
if (others.problems.length > 0) throw new Error(others.problems.map(({ message }) => message).join('; '));

const builtIn = exampleDocuments().flatMap(({ optimizers }) => optimizers);
const cases: readonly Optimizer[] = [...builtIn, heavyBall, velocity, lookAhead, ...others.optimizers];

/** How far the two routes are apart, relative to the largest coefficient of that order. */
async function deviation(optimizer: Optimizer, order: number, n: number, batches: readonly number[]): Promise<number> {
  const names = optimizer.declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
  const hyper = Object.fromEntries(
    names.map(name => [name.replace(/\\(var)?/g, ''), values[name.replace(/\\(var)?/g, '')] ?? '']),
  );
  const losses = Array.from({ length: n + 1 }, (_, k) => texts[batches[k % batches.length] ?? 0] ?? '');
  const json = JSON.stringify({ n, theta: theta.map(String), hyperparameters: hyper, losses });
  const instance = await readInstance(json, optimizer);
  const derived = deriveModifiedEquation(optimizer, { order, setting: 'mini-batch' });
  if (!instance.ok || !derived.ok) throw new Error('not derived');
  const exact = evaluateCoefficients({ ...derived.value, declarations: optimizer.declarations }, instance.value, 18);
  if (!exact.ok) throw new Error(exact.problems[0]?.message);
  const reader = new LossReader(await loadMathjs());
  const setup = {
    optimizer,
    hyperparameters: new Map([...instance.value.hyperparameters].map(([name, value]) => [name, value.toNumber()])),
    schedules: new Map(),
  };
  const sequence = {
    losses: texts.map(text => expressionLoss(reader, text, 2, order + 2)),
    dimension: 2,
    order: batches,
  };
  const fast = new RightSide(setup, sequence, order).coefficients(n, theta);
  let worst = 0;
  exact.value.forEach((row, q) => {
    const scale = Math.max(...row.map(value => Math.abs(Number(value))));
    row.forEach((value, j) => {
      worst = Math.max(worst, Math.abs(Number(value) - (fast[q]?.[j] ?? Number.NaN)) / scale);
    });
  });
  return worst;
}

describe.each(cases)('the right side of $id', optimizer => {
  it.each([
    { order: 0, n: 5, batches: [0, 1, 2, 3] },
    { order: 1, n: 0, batches: [2] },
    { order: 1, n: 6, batches: [2] },
    { order: 1, n: 6, batches: [0, 1, 2, 3, 1, 2, 0] },
    { order: 1, n: 7, batches: [3, 1] },
    { order: 1, n: 11, batches: [3, 1, 0] },
    { order: 2, n: 3, batches: [2] },
    { order: 2, n: 3, batches: [1, 0, 3] },
  ])('agrees with the derived equation at order $order, n = $n, batches $batches', async ({ order, n, batches }) => {
    expect(await deviation(optimizer, order, n, batches)).toBeLessThan(1e-12);
  });
});
