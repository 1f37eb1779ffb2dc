/** Delta x_t, g_t, g_{t,t-1} with a prime or two labels, m_w, words. */
import { describe, expect, it } from 'vitest';
import { ADAM, B12, GD1 } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'lr',
    text: R`<!-- !modeq notation loss=L step=\mathrm{lr} -->
<!-- !modeq optimizer gd -->
$$ \theta_{t+1} = \theta_t - \mathrm{lr}\cdot\nabla_\theta L(\theta_t) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'rho-heavy-delta',
    text: R`<!-- !modeq notation loss=E step=\eta -->
<!-- !modeq optimizer mom
where \alpha in [0,1) -->
$$ \Delta\theta_{t+1} = \alpha\,\Delta\theta_t - \eta\nabla E(\theta_t), \qquad \theta_{t+1} = \theta_t + \Delta\theta_{t+1} $$
`,
    rows: R`v^{(n+1)} = \alpha v^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\alpha in [0,1)`,
    setting: fb,
  },
  {
    id: 'dive-momentum',
    text: R`<!-- !modeq notation loss=f parameters=x step=\eta gradient=g -->
<!-- !modeq optimizer mom
where \beta in (0,1) -->
$$
\begin{aligned}
\mathbf{v}_t &\leftarrow \beta \mathbf{v}_{t-1} + \mathbf{g}_{t, t-1}, \\
\mathbf{x}_t &\leftarrow \mathbf{x}_{t-1} - \eta_t \mathbf{v}_t.
\end{aligned}
$$
`,
    rows: R`v^{(n+1)} = \beta v^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h\sigma_n v^{(n+1)}`,
    where: R`\beta in (0,1), \sigma_n schedule`,
  },
  {
    id: 'dive-gprime',
    text: R`<!-- !modeq notation loss=f parameters=x step=\eta gradient=g -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in (0,1), \epsilon > 0 -->
$$\begin{aligned}
    \mathbf{v}_t & \leftarrow \beta_1 \mathbf{v}_{t-1} + (1 - \beta_1) \mathbf{g}_t, \\
    \mathbf{s}_t & \leftarrow \beta_2 \mathbf{s}_{t-1} + (1 - \beta_2) \mathbf{g}_t^2.
\end{aligned}$$
We rescale the gradient,
<!-- !modeq optimizer adam continue -->
$$\hat{\mathbf{v}}_t = \frac{\mathbf{v}_t}{1 - \beta_1^t} \text{ and } \hat{\mathbf{s}}_t = \frac{\mathbf{s}_t}{1 - \beta_2^t}.$$
<!-- !modeq optimizer adam continue -->
$$\mathbf{g}_t' = \frac{\eta \hat{\mathbf{v}}_t}{\sqrt{\hat{\mathbf{s}}_t} + \epsilon}.$$
<!-- !modeq optimizer adam continue -->
$$\mathbf{x}_t \leftarrow \mathbf{x}_{t-1} - \mathbf{g}_t'.$$
`,
    rows: ADAM,
    where: B12,
  },
  {
    id: 'wiki-adam',
    text: R`<!-- !modeq notation step=\eta loss=L parameters=w -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in (0,1), \varepsilon > 0 -->
$$ m_w^{(t+1)} := \beta_1 m_w^{(t)} + (1-\beta_1)\nabla_w L^{(t)} $$
<!-- !modeq optimizer adam continue -->
$$ v_w^{(t+1)} := \beta_2 v_w^{(t)} + (1-\beta_2)\left(\nabla_w L^{(t)}\right)^2 $$
<!-- !modeq optimizer adam continue -->
$$ \hat{m}_w = \frac{m_w^{(t+1)}}{1-\beta_1^{t+1}} $$
<!-- !modeq optimizer adam continue -->
$$ \hat{v}_w = \frac{v_w^{(t+1)}}{1-\beta_2^{t+1}} $$
<!-- !modeq optimizer adam continue -->
$$ w^{(t+1)} := w^{(t)} - \eta\frac{\hat m_w}{\sqrt{\hat v_w}+\varepsilon} $$
`,
    rows: ADAM.replaceAll(R`\epsilon`, R`\varepsilon`),
    where: R`\beta_1, \beta_2 in (0,1), \varepsilon > 0`,
  },
  {
    id: 'word-hyper',
    text: R`<!-- !modeq notation loss=L parameters=w step=\text{lr} -->
<!-- !modeq optimizer mom
where \text{momentum} in [0,1), \text{wd} >= 0 -->
$$ v_{t+1} = \text{momentum} \cdot v_t + \nabla L(w_t) + \text{wd}\cdot w_t, \quad w_{t+1} = w_t - \text{lr}\cdot v_{t+1} $$
`,
    rows: R`v^{(n+1)} = \mu v^{(n)} + \nabla E(\theta^{(n)}) + \nu\theta^{(n)} \\ \theta^{(n+1)} = \theta^{(n)} - hv^{(n+1)}`,
    where: R`\mu in [0,1), \nu >= 0`,
    setting: fb,
  },
  {
    id: 'rk2',
    name: 'paper.tex',
    text: R`% !modeq notation loss=E step=h
% !modeq optimizer mid
\[ k_1 = -\nabla E(\theta_n), \qquad k_2 = -\nabla E(\theta_n + \tfrac{h}{2} k_1), \qquad \theta_{n+1} = \theta_n + h k_2 \]
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)} - \frac h2\nabla E(\theta^{(n)}))`,
    setting: fb,
  },
  {
    id: 'ruder-adagrad',
    text: R`<!-- !modeq notation step=\eta loss=J -->
<!-- !modeq optimizer adagrad
where \epsilon > 0 -->
$$ g_{t, i} = \nabla_\theta J( \theta_{t, i} ) $$
<!-- !modeq optimizer adagrad continue -->
$$ \theta_{t+1, i} = \theta_{t, i} - \dfrac{\eta}{\sqrt{G_{t, ii} + \epsilon}} \cdot g_{t, i} $$
<!-- !modeq optimizer adagrad continue -->
$$ G_{t,ii} = G_{t-1,ii} + g_{t,i}^2 $$
`,
    rows: R`G^{(n+1)} = G^{(n)} + \nabla E(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - \frac{h}{\sqrt{G^{(n+1)} + \epsilon}} \nabla E(\theta^{(n)})`,
    where: R`\epsilon > 0`,
    setting: fb,
  },
];

describe('names of several signs', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
