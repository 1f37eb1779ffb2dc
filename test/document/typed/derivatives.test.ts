/** Derivative signs that name the point at which they are taken, and bars with a point. */
import { describe, expect, it } from 'vitest';
import { GD1 } from './canonical-rules.ts';
import { bothValues, type Typed } from './same-rule.ts';

const R = String.raw;
const fb = 'full-batch' as const;

const rules: readonly (Typed & { readonly id: string })[] = [
  {
    id: 'partial',
    text: R`<!-- !modeq notation loss=L parameters=w step=\alpha -->
<!-- !modeq optimizer gd -->
$$ w_{t+1} = w_t - \alpha \frac{\partial L}{\partial w_t} $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'nabla-theta',
    text: R`<!-- !modeq notation loss=L step=\alpha -->
<!-- !modeq optimizer gd -->
$$ \theta_{t+1} = \theta_t - \alpha \nabla_{\theta}L(\theta_t) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'bar',
    text: R`<!-- !modeq notation loss=L parameters=w step=\alpha -->
<!-- !modeq optimizer gd -->
$$ w_{i+1} = w_i - \alpha \frac{\partial L}{\partial w}\bigg|_{w_i} $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'bar2',
    text: R`<!-- !modeq notation loss=L parameters=w step=\alpha -->
<!-- !modeq optimizer gd -->
$$ w_{t+1} = w_t - \alpha \nabla_w L|_{w_t} $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'partial-i',
    text: R`<!-- !modeq notation loss=J step=\alpha -->
<!-- !modeq optimizer gd -->
$$ \theta_j := \theta_j - \alpha \frac{\partial}{\partial \theta_j} J(\theta) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'one-line-l2',
    text: R`<!-- !modeq notation loss=L parameters=w step=\eta -->
<!-- !modeq optimizer sgd
where \lambda >= 0 -->
$$w_{t+1} \leftarrow w_t - \eta\left(\frac{\partial L}{\partial w_t} + \lambda w_t\right)$$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h(\nabla E(\theta^{(n)})+\lambda\theta^{(n)})`,
    where: R`\lambda >= 0`,
    setting: fb,
  },
  {
    id: 'total-loss',
    text: R`<!-- !modeq notation loss=L parameters=w step=\eta -->
<!-- !modeq optimizer sgd
where \lambda >= 0 -->
$$w_{t+1} = w_t - \eta\,\nabla\left[L(w_t) + \frac{\lambda}{2}\|w_t\|^2\right]$$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h(\nabla E(\theta^{(n)})+\lambda\theta^{(n)})`,
    where: R`\lambda >= 0`,
    setting: fb,
  },
  {
    id: 'fprime',
    text: R`<!-- !modeq notation loss=f parameters=x step=\eta -->
<!-- !modeq optimizer gd -->
$$ x_{k+1} = x_k - \eta f'(x_k) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'dLdw',
    text: R`<!-- !modeq notation loss=L parameters=w step=\eta -->
<!-- !modeq optimizer gd -->
$$ w \leftarrow w - \eta\frac{dL}{dw} $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'dL-at',
    text: R`<!-- !modeq notation loss=\mathcal{L} step=\eta -->
<!-- !modeq optimizer gd -->
$$ \theta_{t+1} = \theta_t - \eta\frac{\partial \mathcal{L}(\theta_t)}{\partial \theta_t} $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'dL-behind',
    text: R`<!-- !modeq notation loss=\mathcal{L} step=\eta -->
<!-- !modeq optimizer gd -->
$$ \theta_{t+1} = \theta_t - \eta\frac{\partial \mathcal{L}}{\partial \theta}(\theta_t) $$
`,
    rows: GD1,
    setting: fb,
  },
  {
    id: 'norm-grad',
    text: R`<!-- !modeq notation step=\eta loss=L -->
<!-- !modeq optimizer ngd
where \epsilon > 0 -->
$$ \theta_{t+1} = \theta_t - \eta\frac{\nabla L(\theta_t)}{\|\nabla L(\theta_t)\|+\epsilon} $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\frac{\nabla E(\theta^{(n)})}{\|\nabla E(\theta^{(n)})\|+\epsilon}`,
    where: R`\epsilon > 0`,
    setting: fb,
  },
  {
    id: 'sam',
    text: R`<!-- !modeq notation step=\eta loss=L parameters=w -->
<!-- !modeq optimizer usam
where \rho > 0 -->
$$ w_{t+1} = w_t - \eta\nabla L\left(w_t + \eta\rho\nabla L(w_t)\right) $$
`,
    rows: R`\theta^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)} + h\rho\nabla E(\theta^{(n)}))`,
    where: R`\rho > 0`,
    setting: fb,
  },
];

const SQUARE_OF_SECOND = R`\theta_j^{(n+1)} = \theta_j^{(n)} - h(\nabla_j\nabla_j E(\theta^{(n)}))^2`;

describe('a second derivative in one component', () => {
  it.each([
    R`\nabla_{jj}`,
    R`\nabla^2_{jj}`,
    R`\nabla_{j,j}`,
    R`\nabla_{j j}`,
    R`\partial_{jj}`,
    R`\partial^{2}_{jj}`,
    R`\partial_j^2`,
  ])('is none of first order: %s', async sign => {
    const text = R`<!-- !modeq optimizer rule -->
$$ \theta_j^{(n+1)} = \theta_j^{(n)} - h(${sign} E(\theta^{(n)}))^2 $$
`;
    const [typed, canonical] = await bothValues({ text, rows: SQUARE_OF_SECOND, setting: fb });
    expect(typed).toEqual(canonical);
    const [, first] = await bothValues({
      text,
      rows: R`\theta_j^{(n+1)} = \theta_j^{(n)} - h(\nabla_j E(\theta^{(n)}))^2`,
      setting: fb,
    });
    expect(typed).not.toEqual(first);
  });

  it('stays one beside another component', async () => {
    const rows = (sign: string): string =>
      R`\theta_j^{(n+1)} = \theta_j^{(n)} - h\sum_i ${sign}E(\theta^{(n)})\nabla_iE(\theta^{(n)})`;
    const text = R`<!-- !modeq optimizer rule -->
$$ ${rows(R`\nabla_{ijj}`)} $$
`;
    const [typed, canonical] = await bothValues({ text, rows: rows(R`\nabla_i\nabla_j\nabla_j`), setting: fb });
    expect(typed).toEqual(canonical);
  });
});

describe('derivatives', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
