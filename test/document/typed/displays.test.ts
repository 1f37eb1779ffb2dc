/** Where a rule stands: several displays with prose between, fences, escaped stars and underscores, inline formulas. */
import { describe, expect, it } from 'vitest';
import { GD1, GDN, MOM } from './canonical-rules.ts';
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
];

describe('one rule in several displays, blocks and paragraphs', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
