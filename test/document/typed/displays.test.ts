/** Where a rule stands: several displays with prose between, fences, escaped stars and underscores, inline formulas. */
import { describe, expect, it } from 'vitest';
import { ADAM, B12, GD1, GDN, MOM } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'two-displays',
    text: R`<!-- !modeq notation loss=L step=\eta iteration=t -->
<!-- !modeq optimizer mom where \rho in (0,1) -->
$$v_t=\rho v_{t-1}+\nabla L_t(\theta_{t-1})$$
and then we take a step along the velocity,
<!-- !modeq optimizer mom continue -->
$$\theta_t=\theta_{t-1}-\eta v_t.$$
`.replace('mom where', 'mom\nwhere'),
    rows: MOM.replaceAll('\\mu', '\\rho'),
    where: R`\rho in (0,1)`,
  },
  {
    id: 'math-fence',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd -->
~~~math
\theta_{t+1}=\theta_t-\eta\nabla L_t(\theta_t)
~~~
`.replaceAll('~~~', '```'),
    rows: GDN,
  },
  {
    id: 'align-ast',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd
where \mu in [0,1) -->
$$
\begin{align\ast}
m_{t} &= \mu m_{t-1} + \nabla L_t(\theta_t) \\
\theta_{t+1} &= \theta_t-\eta m_t
\end{align\ast}
$$
`,
    rows: MOM,
    where: R`\mu in [0,1)`,
  },
  {
    id: 'inline-rule',
    text: R`<!-- !modeq notation step=\alpha loss=f parameters=w -->
<!-- !modeq optimizer sgd -->
Gradient descent is the iteration $w_{k+1} = w_k - \alpha\nabla f(w_k)$, started anywhere.
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'sgd-inline',
    name: 'paper.tex',
    text: R`% !modeq notation loss=F parameters=w step=\eta
% !modeq optimizer sgd: $w_{t+1} = w_t - \eta_t \nabla F(w_t; \xi_t)$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\sigma_n\nabla E_n(\theta^{(n)})`,
    where: R`\sigma_n schedule`,
  },
  {
    id: 'readme-list',
    text: R`## Update

<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer mom
where \mu in [0,1) -->
- velocity: $v\_{t+1} = \mu v\_t - \eta \nabla L(\theta\_t)$
- weights: $\theta\_{t+1} = \theta\_t + v\_{t+1}$
`,
    rows: R`v^{(n+1)} = \mu v^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\mu in [0,1)`,
    setting: fb,
  },
  {
    id: 'unicode',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer gd -->
$$ θ_{t+1} ← θ_t − η ∇L(θ_t) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'algorithmic',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f step=\alpha iteration=t
% !modeq optimizer adam
% !modeq where \beta_1, \beta_2 in [0,1), \epsilon > 0
\begin{algorithm}
\caption{Adam}
\begin{algorithmic}
\State $m_0 \gets 0$, $v_0 \gets 0$, $t \gets 0$
\While{$\theta_t$ not converged}
\State $t \gets t + 1$
\State $g_t \gets \nabla_\theta f_t(\theta_{t-1})$
\State $m_t \gets \beta_1 m_{t-1} + (1-\beta_1) g_t$
\State $v_t \gets \beta_2 v_{t-1} + (1-\beta_2) g_t^2$
\State $\hat m_t \gets m_t/(1-\beta_1^t)$
\State $\hat v_t \gets v_t/(1-\beta_2^t)$
\State $\theta_t \gets \theta_{t-1} - \alpha\,\hat m_t/(\sqrt{\hat v_t}+\epsilon)$
\EndWhile
\end{algorithmic}
\end{algorithm}
`,
    rows: ADAM,
    where: B12,
  },
  {
    id: 'values',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer mom
where \beta in [0,1) -->
Momentum keeps a velocity $v_{t+1} = \beta v_t + \nabla L(\theta_t)$ with $\beta = 0.9$, and moves by $\theta_{t+1} = \theta_t - \eta v_{t+1}$.
`,
    rows: R`v^{(n+1)} = \beta v^{(n)} + \nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - hv^{(n+1)}`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'list-md',
    text: R`<!-- !modeq notation step=\eta loss=J -->

1. Compute the gradient and update the velocity

   <!-- !modeq optimizer mom
   where \gamma in [0,1) -->
   $$
   v_t = \gamma v_{t-1} + \eta \nabla_\theta J(\theta_{t-1})
   $$

2. Update the parameters

   <!-- !modeq optimizer mom continue -->
   $$
   \theta_t = \theta_{t-1} - v_t
   $$
`,
    rows: R`v^{(n+1)} = \gamma v^{(n)} + h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - v^{(n+1)}`,
    where: R`\gamma in [0,1)`,
    setting: fb,
  },
  {
    id: 'gitlab',
    text: 'text\n\n<!-- !modeq notation step=\\eta loss=J -->\n<!-- !modeq optimizer gd -->\nThe rule $`\\theta_{t+1} = \\theta_t - \\eta \\nabla J(\\theta_t)`$ is used.\n',
    rows: GD1,
    setting: fb,
  },
  {
    id: 'paren-inline',
    name: 'paper.tex',
    text: R`% !modeq notation step=\eta loss=J
% !modeq optimizer gd
Gradient descent iterates \(\theta_{t+1} = \theta_t - \eta \nabla J(\theta_t)\) for \(t = 0, 1, \ldots\).
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'tags',
    name: 'paper.tex',
    text: R`\newcommand{\grad}{\nabla}
\newcommand{\vw}{\mathbf{w}}
% !modeq notation loss=F parameters=\mathbf{w} step=\eta
% !modeq optimizer mom
% !modeq where \beta in [0,1)
\begin{align}
\mathbf{u}_{k+1} &= \beta \mathbf{u}_k + (1-\beta)\grad F(\vw_k; \zeta_k), \label{eq:u}\tag{4a}\\
\vw_{k+1} &= \vw_k - \eta\, \mathbf{u}_{k+1}. \label{eq:w}\nonumber
\end{align}
`,
    rows: R`m^{(n+1)} = \beta m^{(n)} + (1-\beta)\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`,
    where: R`\beta in [0,1)`,
  },
  {
    id: 'where-text',
    text: R`<!-- !modeq notation loss=L step=\alpha -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in [0,1), \epsilon > 0 -->
$$\theta_{t} = \theta_{t-1} - \alpha\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}, \quad\text{where}\quad \hat m_t = \frac{m_t}{1-\beta_1^t},\ \hat v_t = \frac{v_t}{1-\beta_2^t}$$
with
<!-- !modeq optimizer adam continue -->
$$m_t = \beta_1 m_{t-1} + (1-\beta_1)\nabla L_t(\theta_{t-1}),\qquad v_t = \beta_2 v_{t-1} + (1-\beta_2)\left[\nabla L_t(\theta_{t-1})\right]^2$$
`,
    rows: ADAM,
    where: B12,
  },
  {
    id: 'cases-display',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer mom
where \mu in [0,1) -->
$$
\begin{cases}
v_{n+1} = \mu v_n - \eta \nabla L(\theta_n) \\
\theta_{n+1} = \theta_n + v_{n+1}
\end{cases}
$$
`,
    rows: R`v^{(n+1)} = \mu v^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\mu in [0,1)`,
    setting: fb,
  },
  {
    id: 'left-brace-array',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=\gamma
% !modeq optimizer mom
% !modeq where \beta in [0,1)
\begin{equation}
\left\{\begin{array}{l}
m_k = \beta m_{k-1} + (1-\beta) \nabla f(x_k) \\
x_{k+1} = x_k - \gamma m_k
\end{array}\right.
\end{equation}
`,
    rows: R`m^{(n+1)} = \beta m^{(n)} + (1-\beta)\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
];

describe('one rule in several displays, blocks and paragraphs', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
