/** `step=\\eta` with eta_t in the rows, and schedules in formulas: min, cases, e^x. */
import { describe, expect, it } from 'vitest';
import { B12 } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'step-label',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd -->
$$\theta_{t+1}=\theta_t-\eta_t\nabla L_t(\theta_t)$$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\sigma_n\nabla E_n(\theta^{(n)})`,
    where: R`\sigma_n schedule`,
  },
  {
    id: 'step-label-k',
    name: 'paper.tex',
    text: R`% !modeq notation step=\gamma loss=f parameters=x
% !modeq optimizer sgd
\begin{equation}
x^{k+1} = x^k - \gamma_k \nabla f(x^k)
\end{equation}
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\sigma_n\nabla E(\theta^{(n)})`,
    where: R`\sigma_n schedule`,
    setting: fb,
  },
  {
    id: 'warmup-cases',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd
where T > 0 -->
$$
\theta_{t+1}=\theta_t-\eta_t\nabla L_t(\theta_t), \qquad
\eta_t = \eta\min\left(1, \frac{t+1}{T}\right)
$$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\min(1,\frac{n+1}{T})\nabla E_n(\theta^{(n)})`,
    where: R`T > 0`,
  },
  {
    id: 'warmup-real',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer sgd
where T > 0 -->
$$ \eta_t = \begin{cases} \eta\,\frac{t+1}{T} & t < T \\ \eta & t \ge T\end{cases} $$
<!-- !modeq optimizer sgd continue -->
$$ \theta_{t+1}=\theta_t-\eta_t\nabla L_t(\theta_t) $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\frac{n+1}{T}\nabla E_n(\theta^{(n)})\max(0,\mathrm{sign}(T-n)) - h\nabla E_n(\theta^{(n)})(1-\max(0,\mathrm{sign}(T-n)))`,
    where: R`T > 0`,
  },
  {
    id: 'amsgrad-ish',
    text: R`<!-- !modeq notation step=\alpha parameters=x gradient=g -->
<!-- !modeq optimizer adam-oco
where \beta_1, \beta_2 in (0,1), \epsilon > 0 -->
$$ m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t \quad\text{and}\quad v_t = \beta_2 v_{t-1} + (1-\beta_2)g_t^2 $$
<!-- !modeq optimizer adam-oco continue -->
$$ x_{t+1} = x_t - \alpha_t\, m_t/\sqrt{v_t+\epsilon} $$
`,
    rows: R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h\sigma_n m^{(n+1)}/\sqrt{v^{(n+1)}+\epsilon}`,
    where: B12 + R`, \sigma_n schedule`,
  },
  {
    id: 'adam-alpha-t',
    text: R`<!-- !modeq notation step=\alpha gradient=g -->
<!-- !modeq optimizer adam
where \beta_1, \beta_2 in (0,1), \hat\epsilon > 0 -->
$$
m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t,\quad v_t = \beta_2 v_{t-1} + (1-\beta_2)g_t^2,\\
\alpha_t = \alpha\cdot\sqrt{1-\beta_2^t}/(1-\beta_1^t),\\
\theta_t \leftarrow \theta_{t-1} - \alpha_t\cdot m_t/(\sqrt{v_t}+\hat\epsilon)
$$
`,
    rows: R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h\frac{\sqrt{1-\beta_2^{n+1}}}{1-\beta_1^{n+1}} m^{(n+1)}/(\sqrt{v^{(n+1)}}+\hat\epsilon)`,
    where: R`\beta_1, \beta_2 in (0,1), \hat\epsilon > 0`,
  },
  {
    id: 'exp-decay',
    text: R`<!-- !modeq notation loss=L step=\eta_0 -->
<!-- !modeq optimizer sgd
where k > 0 -->
$$ \theta_{t+1} = \theta_t - \eta_t \nabla L_t(\theta_t), \qquad \eta_t = \eta_0 e^{-kt} $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\exp(-kn)\nabla E_n(\theta^{(n)})`,
    where: R`k > 0`,
  },
  {
    id: 'poly-decay',
    text: R`<!-- !modeq notation loss=L step=\eta_0 -->
<!-- !modeq optimizer sgd
where T > 0, \alpha > 0 -->
$$ \eta_t = \frac{\eta_{0}}{(1 + \alpha t)} $$
<!-- !modeq optimizer sgd continue -->
$$ w_{t+1} = w_t - \eta_t \nabla L_t(w_t) $$
`.replace('loss=L', 'loss=L parameters=w'),
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h/(1+\alpha n)\nabla E_n(\theta^{(n)})`,
    where: R`T > 0, \alpha > 0`,
  },
  {
    id: 'inv-sqrt',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x -->
<!-- !modeq optimizer sgd -->
$$x_{t+1}=x_t-\frac{\eta}{\sqrt{t}}\nabla f_t(x_t), \qquad t=1,2,\dots$$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - \frac{h}{\sqrt{n+1}}\nabla E_n(\theta^{(n)})`,
  },
  {
    id: 'eta-recursion',
    text: R`<!-- !modeq notation loss=L step=\eta -->
<!-- !modeq optimizer sgd
where \gamma in (0,1) -->
$$ \eta_0 = \eta, \quad \eta_{t+1} = \gamma\,\eta_t, \quad \theta_{t+1} = \theta_t - \eta_t\nabla L_t(\theta_t) $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\gamma^n\nabla E_n(\theta^{(n)})`,
    where: R`\gamma in (0,1)`,
  },
  {
    id: 'eps-number',
    text: R`<!-- !modeq notation step=\eta gradient=g -->
<!-- !modeq optimizer rms -->
$$ v_t = 0.9\, v_{t-1} + 0.1\, g_t^2, \quad \theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{v_t} + 10^{-8}} g_t $$
`,
    rows: R`v^{(n+1)} = 0.9 v^{(n)} + 0.1\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - \frac{h}{\sqrt{v^{(n+1)}}+10^{-8}}\nabla E_n(\theta^{(n)})`,
  },
  {
    id: 'eps-1e8',
    text: R`<!-- !modeq notation step=\eta gradient=g -->
<!-- !modeq optimizer rms -->
$$ v_t = 0.9\, v_{t-1} + 0.1\, g_t^2, \quad \theta_{t+1} = \theta_t - \eta\, g_t/(\sqrt{v_t} + 1e-8) $$
`,
    rows: R`v^{(n+1)} = 0.9 v^{(n)} + 0.1\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - \frac{h}{\sqrt{v^{(n+1)}}+10^{-8}}\nabla E_n(\theta^{(n)})`,
  },
  {
    id: 'wd-schedule',
    text: R`<!-- !modeq notation loss=L step=\eta gradient=g -->
<!-- !modeq optimizer w
where \lambda >= 0 -->
$$ \theta_{t+1} = \theta_t - \eta_t (g_t + \lambda\theta_t), \qquad \eta_t = \eta\sqrt{\frac{1}{t+1}} $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\frac{1}{\sqrt{n+1}}(\nabla E_n(\theta^{(n)})+\lambda\theta^{(n)})`,
    where: R`\lambda >= 0`,
  },
];

describe('steps with a label and schedules of the iteration', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
