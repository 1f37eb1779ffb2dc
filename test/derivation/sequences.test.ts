/**
 * States that are not linear in their own earlier value: the equation with its sequences beside the optimizer run in power series of h,
 * which knows no sequence. Sources: the documents of the catalogue.
 */
import { describe, expect, it } from 'vitest';
import { closeEquation } from '../../src/closed-form/close-equation.ts';
import { specialEquation } from '../../src/closed-form/special-equation.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { followOptimizer } from '../../src/evaluate/series/follow.ts';
import { multiplication, number, negation } from '../../src/formula/build.ts';
import type { Definition, Formula } from '../../src/formula/formula.ts';
import { rewrite } from '../../src/optimizer/replace.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';
import { plainInstance } from '../../src/judge/check/plain-instance.ts';

const R = String.raw;
const GRADIENT = R`\nabla_j E_n(\theta^{(n)})`;
const STEP = R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h`;
const RULES: Readonly<Record<string, readonly [where: string, rows: string]>> = {
  // Zeiler, ADADELTA (2012), algorithm 1: a factor that contains the gradients.
  adadelta: [
    R`\rho in (0,1), \varepsilon > 0`,
    R`v_j^{(n+1)} &= \rho v_j^{(n)} + (1-\rho) (${GRADIENT})^2 \\
    d_j^{(n+1)} &= \frac{\sqrt{u_j^{(n)} + \varepsilon}}{\sqrt{v_j^{(n+1)} + \varepsilon}} ${GRADIENT} \\
    u_j^{(n+1)} &= \rho u_j^{(n)} + (1-\rho) (d_j^{(n+1)})^2 \\ ${STEP} d_j^{(n+1)}`,
  ],
  // Reddi, Kale, Kumar (2018), algorithm 2: a maximum.
  amsgrad: [
    R`\beta in (0,1), \rho in (0,1), \varepsilon > 0`,
    R`m_j^{(n+1)} &= \beta m_j^{(n)} + (1-\beta) ${GRADIENT} \\ v_j^{(n+1)} &= \rho v_j^{(n)} + (1-\rho) (${GRADIENT})^2 \\
    w_j^{(n+1)} &= \max(w_j^{(n)}, v_j^{(n+1)}) \\ ${STEP} \frac{m_j^{(n+1)}}{\sqrt{w_j^{(n+1)}} + \varepsilon}`,
  ],
  // Zaheer et al. (2018), algorithm 2: a sign.
  yogi: [
    R`\rho in (0,1), \varepsilon > 0`,
    R`v_j^{(n+1)} &= v_j^{(n)} - (1-\rho) \mathrm{sign}(v_j^{(n)} - (${GRADIENT})^2) (${GRADIENT})^2 \\
    ${STEP} \frac{${GRADIENT}}{\sqrt{v_j^{(n+1)} + \varepsilon}}`,
  ],
  // A state without components, which starts from the first gradient, and squares itself.
  whole: [
    R`\rho in (0,1), \kappa > 0`,
    R`s^{(n+1)} &= \sqrt{\rho (s^{(n)})^2 + \sum_{i=1}^p (\nabla_i E_n(\theta^{(n)}))^2 + \kappa} \\
    s^{(0)} &= 1 + \sum_{i=1}^p (\nabla_i E_0(\theta^{(0)}))^2 \\ ${STEP} \frac{${GRADIENT}}{s^{(n+1)}}`,
  ],
  // Two that feed each other by constants, as a filter of second order has them.
  coupled: [
    R`a in (0,1), b in (0,1), c in (0,1)`,
    R`m_j^{(n+1)} &= a m_j^{(n)} + b v_j^{(n)} + ${GRADIENT} \\ v_j^{(n+1)} &= b m_j^{(n)} + c v_j^{(n)} - \frac12 ${GRADIENT} \\
    ${STEP} (m_j^{(n+1)} + v_j^{(n+1)})`,
  ],
  // Two that feed each other through a root, and a momentum that is turned by the Hessian.
  circle: [
    R`\rho in (0,1), \beta in (0,1), \varepsilon > 0`,
    R`m_j^{(n+1)} &= \beta m_j^{(n)} + \sqrt{u_j^{(n)} + \varepsilon} ${GRADIENT} \\
    u_j^{(n+1)} &= \rho u_j^{(n)} + (1-\rho) (m_j^{(n+1)})^2 \\ ${STEP} m_j^{(n+1)}`,
  ],
  // Xie et al., Positive-negative momentum (2021): a momentum of every second step, which reads its value of two steps before.
  pnm: [
    R`\beta in (0,1), \kappa > 0`,
    R`m_j^{(n+1)} &= \beta^2 m_j^{(n-1)} + (1-\beta^2) ${GRADIENT} \\ ${STEP} ((1+\kappa) m_j^{(n+1)} - \kappa m_j^{(n)})`,
  ],
  // The same with its older value in a row of its own.
  kept: [
    R`\beta in (0,1), \kappa > 0`,
    R`m_j^{(n+1)} &= \beta^2 k_j^{(n)} + (1-\beta^2) ${GRADIENT} \\ k_j^{(n+1)} &= m_j^{(n)} \\
    ${STEP} ((1+\kappa) m_j^{(n+1)} - \kappa m_j^{(n)})`,
  ],
  // A norm of a state that starts at zero, squared, has derivatives there.
  relativistic: [
    R`\mu in (0,1)`,
    R`m_j^{(n+1)} &= \mu \frac{m_j^{(n)}}{\sqrt{1 + \|m^{(n)}\|^2}} + ${GRADIENT} \\ ${STEP} m_j^{(n+1)}`,
  ],
  turned: [
    R`\beta in (0,1), \mu in (0,1)`,
    R`m_j^{(n+1)} &= \beta m_j^{(n)} + ${GRADIENT} + \mu \sum_i \nabla_{ij} E_n(\theta^{(n)}) m_i^{(n)} \\ ${STEP} m_j^{(n+1)}`,
  ],
  // Two that feed each other's steps, and a linear one that reads both.
  pair: [
    R`\rho in (0,1), \beta in (0,1)`,
    R`a_j^{(n+1)} &= \tanh(\rho a_j^{(n)} + ${GRADIENT}) \\
    b_j^{(n+1)} &= \frac{b_j^{(n)} + (${GRADIENT})^2}{1 + (a_j^{(n+1)})^2} \\
    m_j^{(n+1)} &= \beta m_j^{(n)} + a_j^{(n+1)} + b_j^{(n)} ${GRADIENT} \\ ${STEP} m_j^{(n+1)}`,
  ],
};

function ruleOf(id: string): Optimizer {
  const [where, rows] = RULES[id] ?? ['', ''];
  const text = `% !modeq optimizer ${id}\n% !modeq where ${where}\n\\begin{align} ${rows} \\end{align}`;
  const { optimizers, refused } = readDocument({ name: `${id}.tex`, text }) as ReturnType<typeof readDocument> & {
    refused?: unknown;
  };
  const [optimizer] = optimizers;
  if (optimizer === undefined) throw new Error(JSON.stringify(refused));
  return optimizer;
}

type Setting = 'mini-batch' | 'full-batch';
function derived(id: string, setting: Setting, order: number): ModifiedEquation {
  const result = deriveModifiedEquation(ruleOf(id), { order, setting });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

/** The lowest power of h at which equation and optimizer differ along four steps, at two points; null: nowhere that is looked at. */
function firstDifference(equation: ModifiedEquation, setting: Setting, terms: number): number | null {
  const { optimizer, coefficients, definitions } = equation;
  const { declarations } = optimizer;
  let least: number | null = null;
  for (const seed of [1, 2]) {
    const followed = followOptimizer(
      optimizer,
      { coefficients, definitions, declarations },
      plainInstance(optimizer, 4, setting, seed),
      { steps: 4, terms, digits: 40, form: 'flow' },
    );
    if (!followed.ok) throw new Error(followed.problems[0]?.message);
    for (const { power } of followed.value) if (power !== null) least = Math.min(least ?? power, power);
  }
  return least;
}

const ALL = Object.keys(RULES);
const SETTINGS = ['mini-batch', 'full-batch'] as const;

describe.each(ALL.flatMap(id => SETTINGS.map(setting => [id, setting] as const)))('%s, %s', (id, setting) => {
  it.each([0, 1])('follows to order %i and no further', order => {
    expect(firstDifference(derived(id, setting, order), setting, order + 3)).toBe(order + 2);
  });
});

it('follows at order 2 as well', () => {
  for (const id of ['adadelta', 'whole', 'pair'])
    expect(firstDifference(derived(id, 'mini-batch', 2), 'mini-batch', 5)).toBe(4);
});

it('stays the same equation in closed form', () => {
  for (const id of ALL) {
    const closed = closeEquation(derived(id, 'full-batch', 1));
    expect(firstDifference(closed, 'full-batch', 4)).toBe(3);
    expect(closed.inserted).toBeNull();
    expect(closed.whole).toBeNull();
  }
});

describe('what is wrong is seen', () => {
  const sequencesOf = ({ definitions }: ModifiedEquation): Definition[] =>
    definitions.filter(({ recursion }) => recursion !== undefined);
  const spoilt = (equation: ModifiedEquation, spoil: (definition: Definition) => Definition, name: string) => ({
    ...equation,
    definitions: equation.definitions.map(each => (each.name === name ? spoil(each) : each)),
  });
  /** Without the derivative along the step, which takes s_0 to the next point. */
  const still = (body: Formula): Formula =>
    rewrite(body, node => (node.kind === 'derivative' && node.argument.kind === 'quantity' ? number(0) : node));
  it.each(['adadelta', 'amsgrad', 'whole', 'pair'])('%s', id => {
    const equation = derived(id, 'mini-batch', 1);
    const names = sequencesOf(equation).map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(2);
    for (const name of names) {
      const isFirst = /\\check/.test(name);
      const double = (each: Definition): Definition => ({ ...each, body: multiplication(number(2), each.body) });
      expect(firstDifference(spoilt(equation, double, name), 'mini-batch', 3)).toBe(isFirst ? 2 : 1);
      if (!isFirst) continue;
      const opposite = (each: Definition): Definition => ({ ...each, body: negation(each.body) });
      expect(firstDifference(spoilt(equation, opposite, name), 'mini-batch', 3)).toBe(2);
      const unmoved = (each: Definition): Definition => ({ ...each, body: still(each.body) });
      expect(firstDifference(spoilt(equation, unmoved, name), 'mini-batch', 3)).toBe(2);
    }
  });
});

describe('what cannot exist is refused with the reason', () => {
  it('a limit, a regime', () => {
    for (const options of [
      { limit: 'large-n' as const, regime: null },
      { limit: null, regime: 'large-gradient-all' as const },
    ]) {
      const result = specialEquation(derived('adadelta', 'full-batch', 1), options);
      expect(result.ok ? null : result.problems[0]?.code).toBe('defined-by-recursion');
    }
  });
  it('the mean over orders of batches', () => {
    const result = deriveModifiedEquation(ruleOf('adadelta'), { order: 1, setting: 'reshuffled' });
    expect(result.ok ? null : result.problems[0]?.code).toBe('setting-not-covered');
  });
});
