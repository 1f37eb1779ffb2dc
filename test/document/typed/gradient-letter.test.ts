/** `notation gradient=g`, where only prose says what g is. */
import { describe, expect, it } from 'vitest';
import { conventionsOf } from '../../../src/document/conventions.ts';
import { readDocument } from '../../../src/document/read/read-document.ts';
import { B12, GDN } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'gradient-letter',
    text: R`<!-- !modeq notation step=\eta gradient=g -->
<!-- !modeq optimizer mom
where \beta in (0,1) -->
$$
m_t=\beta m_{t-1}+(1-\beta)g_t, \qquad \theta_{t+1} = \theta_t - \eta m_t
$$
`,
    rows: R`m^{(n+1)} = \beta m^{(n)} + (1-\beta)\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`,
    where: R`\beta in (0,1)`,
  },
  {
    id: 'dW',
    text: R`<!-- !modeq notation step=\alpha parameters=w gradient=dW -->
<!-- !modeq optimizer sgd -->
$$ w := w - \alpha\, dW $$
`,
    rows: GDN,
  },
  {
    id: 'vdW',
    text: R`<!-- !modeq notation step=\alpha parameters=W gradient=dW -->
<!-- !modeq optimizer sgd
where \beta in [0,1) -->
$$ v_{dW} = \beta v_{dW} + (1-\beta) dW $$
<!-- !modeq optimizer sgd continue -->
$$ W = W - \alpha v_{dW} $$
`,
    rows: R`m^{(n+1)} = \beta m^{(n)} + (1-\beta)\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`,
    where: R`\beta in [0,1)`,
  },
  {
    id: 'adadelta-ruder',
    text: R`<!-- !modeq notation loss=J step=\eta gradient=g -->
<!-- !modeq optimizer rmsprop
where \gamma in (0,1), \epsilon > 0 -->
$$ E[g^2]_t = \gamma E[g^2]_{t-1} + (1-\gamma) g_t^2 $$
<!-- !modeq optimizer rmsprop continue -->
$$ \theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{E[g^2]_t + \epsilon}} g_t $$
`,
    rows: R`v^{(n+1)} = \gamma v^{(n)} + (1-\gamma)\nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)})/\sqrt{v^{(n+1)}+\epsilon}`,
    where: R`\gamma in (0,1), \epsilon > 0`,
  },
  {
    id: 'bracketed-factor',
    text: R`<!-- !modeq notation step=\eta loss=f gradient=g parameters=x iteration=k -->
<!-- !modeq optimizer p
where c in (0,1) -->
$$ n_k = (1-c)n_{k-1} + c\left[g_k + g_{k-1}\right]^2, \quad x_{k+1} = x_k - \eta n_k + \eta c[g_k]^{2} $$
`,
    rows: R`m^{(n+1)} = (1-c) m^{(n)} + c(\nabla E_n(\theta^{(n)}) + \nabla E_{n-1}(\theta^{(n-1)}))^2 \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)} + hc(\nabla E_n(\theta^{(n)}))^2`,
    where: R`c in (0,1)`,
  },
  {
    id: 'older-value-from-one',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x iteration=k -->
<!-- !modeq optimizer p
where a in (0,1) -->
$$ V_{-1} = 0, \quad V_0 = 0, \quad V_k = a V_{k-2} + \nabla f_k(x_k), \quad x_{k+1} = x_k - \frac{\eta}{k} V_k $$
`,
    rows: R`m^{(n+1)} = a m^{(n-1)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - \frac{h}{n+1} m^{(n+1)}`,
    where: R`a in (0,1)`,
  },
  {
    id: 'optimistic-from-one',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x iteration=k -->
<!-- !modeq optimizer p
where a in (0,1), b in [0,1) -->
$$ m_k = b m_{k-1} + \nabla f_k(x_{k-1}) - a\nabla f_{k-1}(x_{k-2}), \quad x_k = x_{k-1} - \eta m_k $$
`,
    rows: R`m^{(n+1)} = b m^{(n)} + \nabla E_n(\theta^{(n)}) - a\nabla E_{n-1}(\theta^{(n-1)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`,
    where: R`a in (0,1), b in [0,1)`,
  },
  {
    id: 'optimistic-by-three-points',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x iteration=k -->
<!-- !modeq optimizer p
where a in (0,1) -->
$$ x_k = x_{k-1} - \eta\left(\nabla f_k(x_{k-1}) - a\nabla f_{k-1}(x_{k-2})\right) $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h(\nabla E_n(\theta^{(n)}) - a\nabla E_{n-1}(\theta^{(n-1)}))`,
    where: R`a in (0,1)`,
  },
  {
    id: 'older-value-made-by-the-first-step',
    text: R`<!-- !modeq notation step=\eta loss=f parameters=x iteration=k -->
<!-- !modeq optimizer p
where a, b in (0,1) -->
$$ V^{(0)} = 0, \quad V^{(k)} = aV^{(k-1)} - bV^{(k-2)} + \nabla f_k(x^{(k)}), \quad x^{(k+1)} = x^{(k)} - \eta V^{(k)} $$
`,
    rows: R`V_0 = V_1 = 0, \quad V_{n+1} = aV_n - bV_{n-1} + \nabla E_n(\theta_n), \quad \theta_{n+1} = \theta_n - h V_{n+1}`,
    where: R`a, b in (0,1)`,
  },
  {
    id: 'adagrad-G',
    text: R`<!-- !modeq notation step=\eta gradient=g -->
<!-- !modeq optimizer adagrad
where \epsilon > 0 -->
$$ G_t = G_{t-1} + g_t \odot g_t, \quad \theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{G_t+\epsilon}}\odot g_t $$
`,
    rows: R`G^{(n+1)} = G^{(n)} + \nabla E_n(\theta^{(n)})^2 \\ \theta^{(n+1)} = \theta^{(n)} - \frac{h}{\sqrt{G^{(n+1)} + \epsilon}} \nabla E_n(\theta^{(n)})`,
    where: R`\epsilon > 0`,
  },
  {
    id: 'wd',
    text: R`<!-- !modeq notation step=\eta loss=L parameters=w gradient=g -->
<!-- !modeq optimizer sgdw
where \lambda >= 0, \beta in [0,1) -->
$$m_t = \beta m_{t-1} + g_t$$
The decoupled decay is applied to the weights directly:
<!-- !modeq optimizer sgdw continue -->
$$w_{t+1} = (1-\eta\lambda) w_t - \eta m_t$$
`,
    rows: R`m^{(n+1)} = \beta m^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = (1-h\lambda)\theta^{(n)} - hm^{(n+1)}`,
    where: R`\lambda >= 0, \beta in [0,1)`,
  },
  {
    id: 'nadam',
    text: R`<!-- !modeq notation step=\eta gradient=g -->
<!-- !modeq optimizer nadam
where \beta_1, \beta_2 in (0,1), \epsilon > 0 -->
$$ m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \quad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 $$
<!-- !modeq optimizer nadam continue -->
$$ \hat{m}_t = \frac{m_t}{1-\beta_1^t}, \quad \hat{v}_t = \frac{v_t}{1-\beta_2^t} $$
<!-- !modeq optimizer nadam continue -->
$$ \theta_{t+1} = \theta_{t} - \dfrac{\eta}{\sqrt{\hat{v}_t} + \epsilon} \left(\beta_1 \hat{m}_t + \dfrac{(1 - \beta_1) g_t}{1 - \beta^t_1}\right) $$
`,
    rows: R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)})^2 \\
 \theta^{(n+1)} = \theta^{(n)} - h \frac{\beta_1 m^{(n+1)}/(1-\beta_1^{n+1}) + (1-\beta_1)\nabla E_n(\theta^{(n)})/(1-\beta_1^{n+1})}{\sqrt{v^{(n+1)}/(1-\beta_2^{n+1})}+\epsilon}`,
    where: B12,
  },

  {
    id: 'adagrad-duchi',
    name: 'paper.tex',
    text: R`% !modeq notation parameters=x step=\eta gradient=g
% !modeq optimizer adagrad
% !modeq where \epsilon > 0
\[ x_{t+1,i} = x_{t,i} - \frac{\eta}{\sqrt{\epsilon + \sum_{\tau=1}^{t} g_{\tau,i}^2}}\, g_{t,i}, \qquad t = 1, 2, \dots \]
`,
    rows: R`\theta_j^{(n+1)} = \theta_j^{(n)} - \frac{h}{\sqrt{\epsilon + \sum_{k=0}^{n} (\nabla_jE_k(\theta^{(k)}))^2}} \nabla_jE_n(\theta^{(n)})`,
    where: R`\epsilon > 0`,
  },
  {
    id: 'lion-soft',
    text: R`<!-- !modeq notation loss=f step=\eta gradient=g -->
<!-- !modeq optimizer lion
where \beta_1, \beta_2 in [0,1), \lambda >= 0, \delta > 0 -->
$$
\begin{aligned}
c_t &= \beta_1 m_{t-1} + (1-\beta_1)g_t\\
\theta_t &= \theta_{t-1} - \eta\,(\tanh(c_t/\delta) + \lambda\theta_{t-1})\\
m_t &= \beta_2 m_{t-1} + (1-\beta_2)g_t
\end{aligned}
$$
`,
    rows: R`m^{(n+1)} = \beta_2 m^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h(\tanh((\beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}))/\delta) + \lambda\theta^{(n)})`,
    where: R`\beta_1, \beta_2 in [0,1), \lambda >= 0, \delta > 0`,
  },
  {
    id: 'cs231n',
    text: R`<!-- !modeq notation step=lr gradient=dx parameters=x -->
<!-- !modeq optimizer mom
where \mu in [0,1) -->
$$ v = \mu v - lr \cdot dx $$
<!-- !modeq optimizer mom continue -->
$$ x = x + v $$
`,
    rows: R`v^{(n+1)} = \mu v^{(n)} - h\nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} + v^{(n+1)}`,
    where: R`\mu in [0,1)`,
  },
  {
    id: 'adabelief',
    name: 'paper.tex',
    text: R`% !modeq notation step=\alpha gradient=g
% !modeq optimizer adabelief
% !modeq where \beta_1, \beta_2 in (0,1), \epsilon > 0
\begin{align*}
m_t &\leftarrow \beta_1 m_{t-1} + (1-\beta_1) g_t \\
s_t &\leftarrow \beta_2 s_{t-1} + (1-\beta_2)(g_t - m_t)^2 + \epsilon \\
\theta_t &\leftarrow \theta_{t-1} - \frac{\alpha\, m_t}{\sqrt{s_t}+\epsilon}
\end{align*}
`,
    rows: R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ s^{(n+1)} = \beta_2 s^{(n)} + (1-\beta_2)(\nabla E_n(\theta^{(n)})-m^{(n+1)})^2+\epsilon \\ \theta^{(n+1)} = \theta^{(n)} - h\frac{m^{(n+1)}}{\sqrt{s^{(n+1)}}+\epsilon}`,
    where: B12,
  },
];

describe('the gradient as a letter', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });

  // g_t is ∇L_t in Kingma and Ba's Adam and wherever else the step makes θ_t: a claim about it speaks of L_t.
  it.each([
    [R`\theta_t = \theta_{t-1} - \eta g_t`, R`the step to \theta_t uses L_t,`],
    [R`m_t = \beta m_{t-1} + g_t, \quad \theta_t = \theta_{t-1} - \eta m_t`, R`the step to \theta_t uses L_t,`],
    [R`\theta_t = \theta_{t-1} - \eta g_{t-1}`, R`the step to \theta_t uses L_{t-1},`],
    [R`\theta_{t+1} = \theta_t - \eta g_t`, R`the step to \theta_{t+1} uses L_t,`],
    [R`\theta_{t+1} = \theta_t - \eta g_{t+1}`, R`the step to \theta_{t+1} uses L_{t+1},`],
  ])('is of the loss with its own label: %s', (rows, said) => {
    const text = R`% !modeq notation loss=L step=\eta iteration=t gradient=g
% !modeq optimizer own
% !modeq where \beta in [0,1)
\[ ${rows} \]
`;
    const { optimizers, problems } = readDocument({ name: 'a.tex', text });
    expect(problems).toEqual([]);
    expect(optimizers.flatMap(conventionsOf).join('; ')).toContain(said);
  });
});
