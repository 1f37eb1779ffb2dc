/** Proximal steps are read as their optimality condition where they are a whole right side, and refused elsewhere. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { encodeFormula } from '../../src/formula/json.ts';

const WHERE = String.raw`R : vector -> scalar smooth, \lambda > 0, \mu in (0,1)`;
const read = (right: string) =>
  readDocument({
    name: 'paper.tex',
    text: `% !modeq optimizer one\n% !modeq where ${WHERE}\n\\[ \\theta^{(n+1)} = ${right} \\]`,
  });
const updateOf = (right: string): string => {
  const { optimizers, problems } = read(right);
  const [optimizer] = optimizers;
  return optimizer === undefined ? (problems[0]?.code ?? '') : JSON.stringify(encodeFormula(optimizer.update));
};

const NEW = String.raw`\theta^{(n+1)}`;
const OLD = String.raw`\theta^{(n)}`;

describe('proximal steps', () => {
  it.each([
    [String.raw`\mathrm{prox}_{hR}(${OLD})`, String.raw`${OLD} - h\nabla R(${NEW})`],
    [String.raw`\operatorname{prox}_{\frac h2\mathcal{E}_n}\bigl(${OLD}\bigr)`, 'undefined-name'],
    [
      String.raw`\operatorname{prox}_{\lambda h E_n}\left(${OLD} - h\nabla E_n(${OLD})\right)`,
      String.raw`${OLD} - h\nabla E_n(${OLD}) - \lambda h\nabla E_n(${NEW})`,
    ],
    [
      String.raw`\arg\min_x \left\{ R(x) + \frac{1}{2h}\|x - ${OLD}\|^2 \right\}`,
      String.raw`(${OLD}) - h\nabla R(${NEW})`,
    ],
    [
      String.raw`\operatorname*{arg\,min}_{z \in \mathbb{R}^d} \mu R(z) + \frac1{2h}\|${OLD} - z\|_2^2`,
      String.raw`(${OLD}) - h\mu\nabla R(${NEW})`,
    ],
    [
      String.raw`\mathrm{argmin}_x [ \langle \nabla E_n(${OLD}), x \rangle - \frac\lambda2\|x - ${OLD}\|^2 + \frac{1}{2h}\|x - ${OLD}\|^2 ]`,
      String.raw`(${OLD}) - h(\nabla E_n(${OLD})) + h\lambda(${NEW} - (${OLD}))`,
    ],
    // The bound letter may be that of the parameters: what has a label of the row is no occurrence of it.
    [
      String.raw`\arg\min_\theta \left( \langle \nabla E_n(${OLD}), \theta - ${OLD}\rangle + \frac1{2h}\|\theta-${OLD}\|^2 \right)`,
      String.raw`(${OLD}) - h(\nabla E_n(${OLD}))`,
    ],
    [
      String.raw`\argmin_\theta \{ E_n(${OLD}) + \nabla E_n(${OLD})^\top(\theta - ${OLD}) + \frac1{2h}\|\theta-${OLD}\|_2^2 \}`,
      String.raw`(${OLD}) - h(\nabla E_n(${OLD}))`,
    ],
    [
      String.raw`\arg\min_{u} \lambda\nabla E_n(${OLD})^{T} u + \frac1{2h}\|u-${OLD}\|^2`,
      String.raw`(${OLD}) - h(\lambda\nabla E_n(${OLD}))`,
    ],
    [
      String.raw`\arg\min_{u} \left[ \langle u - ${OLD}, \nabla E_n(${OLD})\rangle + \lambda R(u) + \frac1{2h}\|u-${OLD}\|^2 \right]`,
      String.raw`(${OLD}) - h(\nabla E_n(${OLD})) - h\lambda\nabla R(${NEW})`,
    ],
    [
      String.raw`\arg\min_{u} \bigl( \nabla E_n(${OLD})\cdot(u - ${OLD}) + \frac1{2h}\|u-${OLD}\|^2 \bigr)`,
      String.raw`(${OLD}) - h(\nabla E_n(${OLD}))`,
    ],
  ])('%s', (typed, condition) => {
    const expected = condition.includes('\\') ? updateOf(condition) : condition;
    expect(updateOf(typed)).toBe(expected);
  });

  it.each([
    String.raw`\arg\min_x ( \log R(x) + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( 1/R(x) + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( R(x)^2 + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( R(x)E_n(x) + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( R(2x) + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( R(x) + \frac{1}{2h}\|x - ${OLD}\| )`,
    String.raw`\arg\min_x ( R(x) + \frac{1}{2h}\|x - ${OLD}\|_1^2 )`,
    String.raw`\arg\min_x ( R(x) - \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x R(x)`,
    String.raw`\arg\min_\theta ( \langle \nabla E_n(\theta), \theta\rangle + \frac{1}{2h}\|\theta - ${OLD}\|^2 )`,
    String.raw`\arg\min_\theta ( \theta_1 + \frac{1}{2h}\|\theta - ${OLD}\|^2 )`,
    String.raw`\arg\min_\theta ( \theta^2 + \frac{1}{2h}\|\theta - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( \langle x, x\rangle + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( x^\top x + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x ( \frac{1}{2h}\|x - ${OLD} + \lambda x\|^2 )`,
    String.raw`\arg\min_x ( \nabla E_n(${OLD})^\top x x + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`2\,\mathrm{prox}_{hR}(${OLD}) - ${OLD}`,
    String.raw`\mathrm{prox}_{hR}(${OLD}) - h\nabla E_n(${OLD})`,
    String.raw`\mathrm{prox}_{h\|\cdot\|_1}(${OLD})`,
    String.raw`\mathrm{prox}_{hR^*}(${OLD})`,
    String.raw`\mathrm{prox}_{R}(${OLD})`,
  ])('%s is refused', typed => {
    expect(read(typed).optimizers).toHaveLength(0);
    expect(read(typed).problems.length).toBeGreaterThan(0);
  });

  it.each([
    String.raw`\arg\min_x ( R(x)^2 + \frac{1}{2h}\|x - ${OLD}\|^2 )`,
    String.raw`\arg\min_x R(x)`,
    String.raw`\operatorname*{argmin}_x R(2x) + \frac{1}{2h}\|x - ${OLD}\|^2`,
    String.raw`\mathrm{prox}_{h\|\cdot\|_1}(${OLD})`,
  ])('%s: the message names what can be written instead', typed => {
    const { problems } = read(typed);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'unread-minimiser', hint: expect.stringContaining('optimality condition') }),
    ]);
  });
});
