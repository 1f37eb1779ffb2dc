/** Derivative signs that name the point at which they are taken. */
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
];

describe('derivatives', () => {
  it.each(rules)('$id', async rule => {
    const [typed, canonical] = await bothValues(rule);
    expect(typed).toEqual(canonical);
  });
});
