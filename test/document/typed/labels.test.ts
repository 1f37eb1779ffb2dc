/** Labels in subscripts, in bare superscripts, in words, and with a letter of their own, without a notation line for them. */
import { describe, expect, it } from 'vitest';
import { ADAM, B12, GD1, GDN, MOMF } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'plain-k',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x
% !modeq optimizer gd
\[ x_{k+1}=x_k-h\nabla f(x_k) \]
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'polyak',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=\alpha
% !modeq optimizer hb
% !modeq where \beta in [0,1)
\begin{equation}\label{eq:hb}
x^{k+1} = x^{k} - \alpha \nabla f(x^{k}) + \beta\,(x^{k} - x^{k-1}),
\end{equation}
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} -h\nabla E(\theta^{(n)})+\beta(\theta^{(n)}-\theta^{(n-1)})`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'goh',
    text: R`<!-- !modeq notation loss=f parameters=w step=\alpha -->
<!-- !modeq optimizer mom
where \beta in [0,1) -->
$$
\begin{aligned}
z^{k+1}&=\beta z^{k}+\nabla f(w^{k})\\[0.4em]
w^{k+1}&=w^{k}-\alpha z^{k+1}
\end{aligned}
$$
`,
    rows: MOMF.replaceAll('\\mu', '\\beta'),
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'sutskever-nag',
    text: R`<!-- !modeq notation loss=f step=\varepsilon -->
<!-- !modeq optimizer nag
where \mu in [0,1) -->
$$ v_{t+1} = \mu v_t - \varepsilon\nabla f(\theta_t + \mu v_t), \quad \theta_{t+1} = \theta_t + v_{t+1} $$
`,
    rows: R`v^{(n+1)} = \mu v^{(n)} - h\nabla E(\theta^{(n)}+\mu v^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\mu in [0,1)`,
    setting: fb,
  },
  {
    id: 'x-plus',
    text: R`<!-- !modeq notation loss=f parameters=x step=t -->
<!-- !modeq optimizer gd -->
$$ x^{+} = x - t\nabla f(x) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'x-new',
    text: R`<!-- !modeq notation loss=f parameters=x step=\eta -->
<!-- !modeq optimizer gd -->
$$ x_{\text{new}} = x_{\text{old}} - \eta \nabla f(x_{\text{old}}) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'adam-kingma',
    name: 'paper.tex',
    text: R`\documentclass{article}
% !modeq notation loss=f step=\alpha iteration=t
\begin{document}
% !modeq optimizer adam
% !modeq where \beta_1, \beta_2 in [0,1), \epsilon > 0
\begin{align*}
g_t &\leftarrow \nabla_\theta f_t(\theta_{t-1}) \\
m_t &\leftarrow \beta_1 \cdot m_{t-1} + (1-\beta_1)\cdot g_t \\
v_t &\leftarrow \beta_2 \cdot v_{t-1} + (1-\beta_2)\cdot g_t^2 \\
\widehat{m}_t &\leftarrow m_t / (1-\beta_1^t) \\
\widehat{v}_t &\leftarrow v_t / (1-\beta_2^t) \\
\theta_t &\leftarrow \theta_{t-1} - \alpha\cdot\widehat{m}_t/(\sqrt{\widehat{v}_t}+\epsilon)
\end{align*}
\end{document}
`,
    rows: ADAM,
    where: B12,
  },
  {
    id: 'nesterov-xy',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=s
% !modeq optimizer nag
% !modeq where \beta in [0,1)
\begin{align}
y_k &= x_k + \beta (x_k - x_{k-1}), \\
x_{k+1} &= y_k - s \nabla f(y_k).
\end{align}
`,
    rows: R`y^{(n)} = \theta^{(n)}+\beta(\theta^{(n)}-\theta^{(n-1)}) \\ \theta^{(n+1)} = y^{(n)} - h\nabla E(y^{(n)})`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'nesterov-k',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=s
% !modeq optimizer nag
\[ x_{k+1} = y_k - s\nabla f(y_k), \qquad y_{k} = x_{k} + \frac{k}{k+3}(x_{k}-x_{k-1}) \]
`,
    rows: R`y^{(n)} = \theta^{(n)}+\frac{n}{n+3}(\theta^{(n)}-\theta^{(n-1)}) \\ \theta^{(n+1)} = y^{(n)} - h\nabla E(y^{(n)})`,
    setting: fb,
  },
  {
    id: 'nag-lookahead-notes',
    text: R`<!-- !modeq notation loss=J step=\alpha -->
<!-- !modeq optimizer nag
where \beta in [0,1) -->
$$ v^{(k+1)} = \beta v^{(k)} - \alpha\nabla J(\theta^{(k)} + \beta v^{(k)}) $$
<!-- !modeq optimizer nag continue -->
$$ \theta^{(k+1)} = \theta^{(k)} + v^{(k+1)} $$
`,
    rows: R`v^{(n+1)} = \beta v^{(n)} - h\nabla E(\theta^{(n)}+\beta v^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'w-super',
    text: R`<!-- !modeq notation loss=L parameters=\mathbf{w} step=\eta -->
<!-- !modeq optimizer gd -->
$$ \mathbf{w}^{(t+1)} = \mathbf{w}^{(t)} - \eta \nabla_{\mathbf{w}} L(\mathbf{w}^{(t)}) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'arg-labels',
    name: 'paper.tex',
    text: R`% !modeq notation loss=E parameters=w step=\eta
% !modeq optimizer bp
% !modeq where \alpha in [0,1)
\[ \Delta w(t) = -\eta \nabla E(w(t)) + \alpha \Delta w(t-1), \quad w(t+1) = w(t) + \Delta w(t) \]
`,
    rows: R`v^{(n+1)} = \alpha v^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\alpha in [0,1)`,
    setting: fb,
  },
  {
    id: 'two-seq',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=\eta
% !modeq optimizer nag
% !modeq where \gamma in [0,1)
\begin{align*}
y_0 &= x_0, \\
y_{t+1} &= x_t - \eta \nabla f(x_t), \\
x_{t+1} &= (1+\gamma) y_{t+1} - \gamma y_t
\end{align*}
`,
    rows: R`y^{(0)} = \theta^{(0)} \\ y^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = (1+\gamma)y^{(n+1)} - \gamma y^{(n)}`,
    where: R`\gamma in [0,1)`,
    setting: fb,
  },
  {
    id: 'ema',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer sgd
where \alpha in (0,1) -->
$$ \begin{aligned} \theta_{t+1} &= \theta_t - \eta\nabla L_t(\theta_t) \\ \bar\theta_{t+1} &= \alpha\bar\theta_t + (1-\alpha)\theta_{t+1} \end{aligned} $$
`,
    rows: GDN,
  },
  {
    id: 'bare-steps',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=\alpha
% !modeq optimizer hb
% !modeq where \beta^k schedule
\[ x^{k+1} = x^k - \alpha^k \nabla f(x^k) + \beta^k (x^k - x^{k-1}) \]
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\sigma_n\nabla E(\theta^{(n)}) + \beta_n(\theta^{(n)}-\theta^{(n-1)})`,
    where: R`\sigma_n schedule, \beta_n schedule`,
    setting: fb,
  },
  {
    id: 'm-first-grad',
    name: 'paper.tex',
    text: R`% !modeq notation loss=f parameters=x step=\alpha
% !modeq optimizer m
% !modeq where \beta in [0,1)
\begin{align}
m_0 &= \nabla f(x_0), \\
m_{k} &= \beta m_{k-1} + (1-\beta)\nabla f(x_k), \quad k \ge 1\\
x_{k+1} &= x_k - \alpha m_{k}
\end{align}
`,
    rows: R`m^{(0)} = \nabla E(\theta^{(0)}) \\ m^{(n)} = \beta m^{(n-1)} + (1-\beta)\nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - hm^{(n)}`,
    where: R`\beta in [0,1)`,
    setting: fb,
  },
  {
    id: 'rule-n',
    text: R`<!-- !modeq notation loss=F parameters=z step=\tau -->
<!-- !modeq optimizer gd -->
$$ z_{n+1} = z_n - \tau\,\nabla F(z_n), \qquad n = 0, 1, 2, \ldots $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'shift-loss',
    text: R`<!-- !modeq notation loss=f parameters=x step=\eta -->
<!-- !modeq optimizer gd -->
$$ x_{t} = x_{t-1} - \eta\nabla f_{t-1}(x_{t-1}) $$
`,
    rows: GDN,
  },
];

describe('labels that the rows show', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
