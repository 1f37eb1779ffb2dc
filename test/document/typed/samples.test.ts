/** f_{i_t}(x), f(x; xi_t), L_B, means over a batch, L^{(t)}. */
import { describe, expect, it } from 'vitest';
import { GDN } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'sampled-it',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x -->
<!-- !modeq optimizer sgd -->
$$ x_{t+1} = x_t - \eta \nabla f_{i_t}(x_t). $$
`,
    rows: GDN,
  },
  {
    id: 'sampled-xi',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x -->
<!-- !modeq optimizer sgd -->
\[ x_{t+1} = x_t - \eta \nabla f(x_t;\xi_t). \]
`,
    rows: GDN,
  },
  {
    id: 'sampled-B',
    text: R`<!-- !modeq notation step=\eta loss=\mathcal{L} -->
<!-- !modeq optimizer sgd -->
$$ \theta_{t+1} = \theta_t - \eta \nabla \mathcal L_B(\theta_t) $$
`,
    rows: GDN,
  },
  {
    id: 'sampled-sum',
    text: R`<!-- !modeq notation step=\eta loss=\ell -->
<!-- !modeq optimizer sgd -->
$$ \theta_{t+1} = \theta_t - \eta\, \nabla\frac1B\sum_{z\in B}\ell(\theta_t,z) $$
`,
    rows: GDN,
  },
  {
    id: 'sampled-sum2',
    text: R`<!-- !modeq notation step=\eta loss=\ell parameters=w -->
<!-- !modeq optimizer sgd -->
$$ w_{t+1} = w_t - \frac{\eta}{|\mathcal{B}_t|} \sum_{i\in \mathcal{B}_t}\nabla\ell_i(w_t) $$
`,
    rows: GDN,
  },
  {
    id: 'sup-batch',
    text: R`<!-- !modeq notation loss=L step=\alpha -->
<!-- !modeq optimizer gd -->
$$ \theta_{t+1} = \theta_t - \alpha \nabla L^{(t)}(\theta_t) $$
`,
    rows: GDN,
  },
  {
    id: 'wiki-sgd',
    text: R`<!-- !modeq notation step=\eta loss=Q parameters=w -->
<!-- !modeq optimizer sgd -->
$$ w := w - \eta\, \nabla Q_i(w). $$
`,
    rows: GDN,
  },
  {
    id: 'ema-sgd',
    text: R`<!-- !modeq notation step=\eta loss=\ell parameters=\mathbf{w} -->
<!-- !modeq optimizer sgd
where \rho in [0,1) -->
~~~math
\begin{align*}
\mathbf{v}_{t+1} &= \rho\, \mathbf{v}_t + \nabla \ell(\mathbf{w}_t; \mathbf{x}_{i_t}, y_{i_t}) \\
\mathbf{w}_{t+1} &= \mathbf{w}_t - \eta\, \mathbf{v}_{t+1}
\end{align*}
~~~
`.replaceAll('~~~', '```'),
    rows: R`v^{(n+1)} = \rho v^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - hv^{(n+1)}`,
    where: R`\rho in [0,1)`,
  },
  {
    id: 'dive-adagrad',
    text: R`<!-- !modeq notation loss=l parameters=w step=\eta -->
<!-- !modeq optimizer adagrad
where \epsilon > 0 -->
$$\begin{aligned}
    \mathbf{g}_t & = \partial_{\mathbf{w}} l(y_t, f(\mathbf{x}_t, \mathbf{w})), \\
    \mathbf{s}_t & = \mathbf{s}_{t-1} + \mathbf{g}_t^2, \\
    \mathbf{w}_t & = \mathbf{w}_{t-1} - \frac{\eta}{\sqrt{\mathbf{s}_t + \epsilon}} \cdot \mathbf{g}_t.
\end{aligned}$$
`,
    rows: R`s^{(n+1)} = s^{(n)} + \nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)})/\sqrt{s^{(n+1)}+\epsilon}`,
    where: R`\epsilon > 0`,
  },
  {
    id: 'avg-grad-form',
    text: R`<!-- !modeq notation loss=L parameters=w step=\eta -->
<!-- !modeq optimizer sgd -->
$$ w_{t+1} = w_t - \eta \cdot \frac{1}{m}\sum_{i=1}^{m} \nabla L(w_t; x_i, y_i) $$
`,
    rows: GDN,
  },
  {
    id: 'avg-partial',
    text: R`<!-- !modeq notation loss=L parameters=w step=\eta -->
<!-- !modeq optimizer sgd -->
$$ w := w - \frac{\eta}{m}\sum_{i=1}^{m} \frac{\partial L^{(i)}}{\partial w} $$
`,
    rows: GDN,
  },
];

describe('losses of the sample that a step draws', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
