/** Rows as programs have them: assignments, values given twice, increments on the left. */
import { describe, expect, it } from 'vitest';
import { ADAM, B12, MOMF } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'no-labels',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd
where \beta in [0,1) -->
$$ \begin{aligned} v &\leftarrow \beta v+\nabla L(\theta) \\ \theta &\leftarrow \theta-\eta v \end{aligned} $$
`,
    rows: MOMF.replaceAll('\\mu', '\\beta'),
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'increment-left',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer hb
where \beta in [0,1) -->
$$ \theta_{t+1}-\theta_t=-\eta\nabla L(\theta_t)+\beta(\theta_t-\theta_{t-1}) $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} -h\nabla E(\theta^{(n)})+\beta(\theta^{(n)}-\theta^{(n-1)})`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'adam-pytorch',
    text: R`<!-- !modeq notation loss=f step=\gamma iteration=t -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in [0,1), \epsilon > 0, \lambda >= 0 -->
$$
\begin{aligned}
&g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\
&\widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\
&\widehat{v_t} \leftarrow v_t/\big(1-\beta_2^t \big) \\
&\theta_t \leftarrow \theta_{t-1} - \gamma \widehat{m_t}/ \big(\sqrt{\widehat{v_t}} + \epsilon \big)
\end{aligned}
$$
`,
    rows: R`g^{(n)} := \nabla E_n(\theta^{(n)}) + \lambda\theta^{(n)} \\ m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)g^{(n)} \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)(g^{(n)})^2 \\
 \theta^{(n+1)} = \theta^{(n)} - h \frac{m^{(n+1)}/(1-\beta_1^{n+1})}{\sqrt{v^{(n+1)}/(1-\beta_2^{n+1})}+\epsilon}`,
    where: B12 + R`, \lambda >= 0`,
  },
  {
    id: 'adamw-pytorch',
    text: R`<!-- !modeq notation loss=f step=\gamma iteration=t -->
<!-- !modeq optimizer adamw
where \beta_1, \beta_2 in [0,1), \epsilon > 0, \lambda >= 0 -->
$$
\begin{aligned}
&g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&\theta_t \leftarrow \theta_{t-1} - \gamma \lambda \theta_{t-1} \\
&m_t \leftarrow \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
&v_t \leftarrow \beta_2 v_{t-1} + (1-\beta_2) g^2_t \\
&\widehat{m_t} \leftarrow m_t/\big(1-\beta_1^t \big) \\
&\widehat{v_t} \leftarrow v_t/\big(1-\beta_2^t \big) \\
&\theta_t \leftarrow \theta_t - \gamma \widehat{m_t}/ \big(\sqrt{\widehat{v_t}} + \epsilon \big)
\end{aligned}
$$
`,
    rows: ADAM.replace(R`= \theta^{(n)} - h`, R`= \theta^{(n)} - h\lambda\theta^{(n)} - h`),
    where: B12 + R`, \lambda >= 0`,
  },
  {
    id: 'ruder-momentum',
    text: R`<!-- !modeq notation loss=J step=\eta -->
<!-- !modeq optimizer mom
where \gamma in [0,1) -->
$$
\begin{align}
\begin{split}
v_t &= \gamma v_{t-1} + \eta \nabla_\theta J( \theta) \\
\theta &= \theta - v_t
\end{split}
\end{align}
$$
`,
    rows: R`v^{(n+1)} = \gamma v^{(n)} + h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - v^{(n+1)}`,
    where: R`\gamma in [0,1)`,
    setting: fb,
  },
];

describe('rows that act in order', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
