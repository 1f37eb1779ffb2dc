/** Well-known rules in canonical letters. */
const R = String.raw;
export const GDN = R`\theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)})`;
export const GD1 = R`\theta^{(n+1)} = \theta^{(n)} - h\nabla E(\theta^{(n)})`;
export const MOM = R`m^{(n+1)} = \mu m^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`;
export const MOMF = R`m^{(n+1)} = \mu m^{(n)} + \nabla E(\theta^{(n)}) \\ \theta^{(n+1)} = \theta^{(n)} - h m^{(n+1)}`;
export const ADAM = R`m^{(n+1)} = \beta_1 m^{(n)} + (1-\beta_1)\nabla E_n(\theta^{(n)}) \\ v^{(n+1)} = \beta_2 v^{(n)} + (1-\beta_2)\nabla E_n(\theta^{(n)})^2 \\
 \theta^{(n+1)} = \theta^{(n)} - h \frac{m^{(n+1)}/(1-\beta_1^{n+1})}{\sqrt{v^{(n+1)}/(1-\beta_2^{n+1})}+\epsilon}`;
export const B12 = R`\beta_1, \beta_2 in (0,1), \epsilon > 0`;
