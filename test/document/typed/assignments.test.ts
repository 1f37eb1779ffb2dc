/** Rows as programs have them: assignments, values given twice, increments on the left. */
import { describe, expect, it } from 'vitest';
import { ADAM, B12, GD1, MOMF } from './canonical-rules.ts';
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
  {
    id: 'ruder-nag',
    text: R`<!-- !modeq notation loss=J step=\eta -->
<!-- !modeq optimizer nag
where \gamma in [0,1) -->
$$
\begin{align}
v_t &= \gamma v_{t-1} + \eta \nabla_\theta J( \theta - \gamma v_{t-1} ) \\
\theta &= \theta - v_t
\end{align}
$$
`,
    rows: R`v^{(n+1)} = \gamma v^{(n)} + h\nabla E(\theta^{(n)}-\gamma v^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - v^{(n+1)}`,
    where: R`\gamma in [0,1)`,
    setting: fb,
  },
  {
    id: 'torch-sgd',
    text: R`<!-- !modeq notation loss=f step=\gamma -->
<!-- !modeq optimizer sgd
where \lambda >= 0, \mu in [0,1), \tau in [0,1) -->
$$\begin{aligned}
&g_t \leftarrow \nabla_{\theta} f_t (\theta_{t-1}) \\
&g_t \leftarrow g_t + \lambda \theta_{t-1} \\
&\textbf{b}_t \leftarrow \mu \textbf{b}_{t-1} + (1-\tau) g_t \\
&g_t \leftarrow \textbf{b}_t \\
&\theta_t \leftarrow \theta_{t-1} - \gamma g_t
\end{aligned}$$
`,
    rows: R`b^{(n+1)} = \mu b^{(n)} + (1-\tau)(\nabla E_n(\theta^{(n)})+\lambda\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h b^{(n+1)}`,
    where: R`\lambda >= 0, \mu in [0,1), \tau in [0,1)`,
  },
  {
    id: 'torch-rmsprop',
    text: R`<!-- !modeq notation loss=f step=\gamma -->
<!-- !modeq optimizer rms
where \alpha in [0,1), \epsilon > 0 -->
$$\begin{aligned}
&g_t           \leftarrow   \nabla_{\theta} f_t (\theta_{t-1})                  \\
&v_t           \leftarrow   \alpha v_{t-1} + (1 - \alpha) g^2_t                 \\
&\tilde{v_t} \leftarrow v_t                                            \\
&\theta_t \leftarrow \theta_{t-1} - \gamma g_t/ \big(\sqrt{\tilde{v_t}} + \epsilon \big)
\end{aligned}$$
`,
    rows: R`v^{(n+1)} = \alpha v^{(n)} + (1-\alpha)\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)})/(\sqrt{v^{(n+1)}}+\epsilon)`,
    where: R`\alpha in [0,1), \epsilon > 0`,
  },
  {
    id: 'goodfellow-nesterov',
    text: R`<!-- !modeq notation step=\epsilon loss=L -->
<!-- !modeq optimizer nag
where \alpha in [0,1) -->
$$ \tilde{\theta} \leftarrow \theta + \alpha v $$
<!-- !modeq optimizer nag continue -->
$$ g \leftarrow \frac1m \nabla_{\tilde\theta} \sum_{i} L(f(x^{(i)};\tilde\theta), y^{(i)}) $$
<!-- !modeq optimizer nag continue -->
$$ v \leftarrow \alpha v - \epsilon g $$
<!-- !modeq optimizer nag continue -->
$$ \theta \leftarrow \theta + v $$
`,
    rows: R`v^{(n+1)} = \alpha v^{(n)} - h\nabla E_n(\theta^{(n)}+\alpha v^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\alpha in [0,1)`,
  },
  {
    id: 'wiki-momentum',
    text: R`<!-- !modeq notation step=\eta loss=Q parameters=w -->
<!-- !modeq optimizer mom
where \alpha in [0,1) -->
$$ \Delta w := \alpha \Delta w - \eta\, \nabla Q_i(w) $$
<!-- !modeq optimizer mom continue -->
$$ w := w + \Delta w $$
`,
    rows: R`v^{(n+1)} = \alpha v^{(n)} - h\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\alpha in [0,1)`,
  },
  {
    id: 'adam-goodfellow',
    text: R`<!-- !modeq notation step=\epsilon loss=L -->
<!-- !modeq optimizer adam
where \rho_1, \rho_2 in (0,1), \delta > 0 -->
$$ \boldsymbol{g} \leftarrow \frac{1}{m}\nabla_{\boldsymbol\theta}\sum_i L(f(\boldsymbol{x}^{(i)};\boldsymbol\theta),\boldsymbol{y}^{(i)}) $$
$$ t \leftarrow t+1 $$
Update biased moments:
<!-- !modeq optimizer adam continue -->
$$ \boldsymbol s \leftarrow \rho_1 \boldsymbol s + (1-\rho_1)\boldsymbol g $$
<!-- !modeq optimizer adam continue -->
$$ \boldsymbol r \leftarrow \rho_2 \boldsymbol r + (1-\rho_2)\boldsymbol g\odot\boldsymbol g $$
<!-- !modeq optimizer adam continue -->
$$ \hat{\boldsymbol s} \leftarrow \frac{\boldsymbol s}{1-\rho_1^t} $$
<!-- !modeq optimizer adam continue -->
$$ \hat{\boldsymbol r} \leftarrow \frac{\boldsymbol r}{1-\rho_2^t} $$
<!-- !modeq optimizer adam continue -->
$$ \boldsymbol\theta \leftarrow \boldsymbol\theta - \epsilon\frac{\hat{\boldsymbol s}}{\sqrt{\hat{\boldsymbol r}}+\delta} $$
`,
    rows: ADAM.replaceAll(R`\epsilon`, R`\delta`).replaceAll(R`\beta_`, R`\rho_`),
    where: R`\rho_1, \rho_2 in (0,1), \delta > 0`,
  },
  {
    id: 'ng-adam',
    text: R`<!-- !modeq notation step=\alpha parameters=W gradient=dW iteration=t -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in [0,1), \varepsilon > 0 -->
$$
\begin{aligned}
V_{dW} &= \beta_1 V_{dW} + (1-\beta_1)dW \\
S_{dW} &= \beta_2 S_{dW} + (1-\beta_2)dW^2 \\
V_{dW}^{corrected} &= \frac{V_{dW}}{1-\beta_1^t} \\
S_{dW}^{corrected} &= \frac{S_{dW}}{1-\beta_2^t} \\
W &= W - \alpha\frac{V_{dW}^{corrected}}{\sqrt{S_{dW}^{corrected}}+\varepsilon}
\end{aligned}
$$
`,
    rows: ADAM.replaceAll(R`\epsilon`, R`\varepsilon`),
    where: R`\beta_1, \beta_2 in [0,1), \varepsilon > 0`,
  },
  {
    id: 'frac-diff',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer gd -->
$$ \frac{\theta_{k+1} - \theta_k}{\eta} = -\nabla L(\theta_k) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'lookahead-nadam-torch',
    text: R`<!-- !modeq notation loss=f step=\gamma -->
<!-- !modeq optimizer nadam
where \beta_1, \beta_2 in (0,1), \epsilon > 0 -->
$$\begin{aligned}
g_t &\leftarrow \nabla_\theta f_t(\theta_{t-1})\\
m_t &\leftarrow \beta_1 m_{t-1} + (1-\beta_1)g_t\\
v_t &\leftarrow \beta_2 v_{t-1} + (1-\beta_2)g_t^2\\
\widehat{m_t} &\leftarrow \beta_1 m_t/(1-\beta_1^{t+1}) + (1-\beta_1)g_t/(1-\beta_1^t)\\
\widehat{v_t} &\leftarrow v_t/(1-\beta_2^t)\\
\theta_t &\leftarrow \theta_{t-1} - \gamma\widehat{m_t}/\left(\sqrt{\widehat{v_t}}+\epsilon\right)
\end{aligned}$$
`,
    rows: R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)})^2 \\
 \theta^{(n+1)} = \theta^{(n)} - h \frac{\beta_1 m^{(n+1)}/(1-\beta_1^{n+2}) + (1-\beta_1)\nabla E_n(\theta^{(n)})/(1-\beta_1^{n+1})}{\sqrt{v^{(n+1)}/(1-\beta_2^{n+1})}+\epsilon}`,
    where: B12,
  },
  {
    id: 'dampening',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x -->
<!-- !modeq optimizer nag
where \mu in [0,1) -->
$$\begin{aligned}
b_t &= \mu b_{t-1} + \nabla f_t(x_{t-1}) \\
x_t &= x_{t-1} - \eta\left(\nabla f_t(x_{t-1}) + \mu b_t\right)
\end{aligned}$$
`,
    rows: R`b^{(n+1)} = \mu b^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h(\nabla E_n(\theta^{(n)}) + \mu b^{(n+1)})`,
    where: R`\mu in [0,1)`,
  },
  {
    id: 'prox-wd',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f step=\alpha iteration=t
% !modeq optimizer adamw
% !modeq where \beta_1, \beta_2 in (0,1), \epsilon > 0, \lambda >= 0
\begin{align*}
g_t &= \nabla f_t(\theta_{t-1})\\
m_t &= \beta_1 m_{t-1} + (1-\beta_1) g_t \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\
\theta_t &= \theta_{t-1} - \alpha\Bigl(\tfrac{m_t/(1-\beta_1^t)}{\sqrt{v_t/(1-\beta_2^t)}+\epsilon} + \lambda\theta_{t-1}\Bigr)
\end{align*}
`,
    rows: ADAM.replace(R`= \theta^{(n)} - h`, R`= \theta^{(n)} - h\lambda\theta^{(n)} - h`),
    where: B12 + R`, \lambda >= 0`,
  },
  {
    id: 'v0-zero',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer m
where \beta in [0,1) -->
$$ v_0 = 0, \quad v \leftarrow \beta v + \nabla L(\theta), \quad \theta \leftarrow \theta - \eta v $$
`,
    rows: R`v^{(n+1)} = \beta v^{(n)} + \nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - hv^{(n+1)}`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
];

describe('rows that act in order', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
