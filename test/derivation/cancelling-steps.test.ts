/**
 * Steps that are of order h by a cancellation: on a sphere, on a simplex, with a quotient that tends to 1. The equation beside the optimizer run in
 * power series of h; what is no step of order h, or is one by nothing that is expanded, is refused.
 */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { deriveModifiedEquation } from '../../src/derivation/derive.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { followEquation } from '../../src/judge/follow-equation.ts';

const R = String.raw;
const G = R`\nabla_j E_n(\theta^{(n)})`;

function read(rows: string, where = ''): ReturnType<typeof readDocument> {
  const declared = where === '' ? '' : `% !modeq where ${where}\n`;
  return readDocument({ name: 'a.tex', text: `% !modeq optimizer a\n${declared}\\begin{align} ${rows} \\end{align}` });
}

const STEPS: readonly [name: string, rows: string, where?: string][] = [
  [
    'sphere',
    R`y_j^{(n)} &= \theta_j^{(n)} - h ${G} \\ \theta_j^{(n+1)} &= \|\theta^{(n)}\| \frac{y_j^{(n)}}{\|y^{(n)}\|}`,
  ],
  // Kivinen and Warmuth (1997): exponentiated gradient, with the sum kept.
  [
    'simplex',
    R`w_j^{(n)} &= \theta_j^{(n)} \exp(-h ${G}) \\ \theta_j^{(n+1)} &= \frac{w_j^{(n)}}{\sum_i w_i^{(n)}} \sum_i \theta_i^{(n)}`,
  ],
  [
    'gradient at a point of the sphere',
    R`y_j^{(n)} &= \theta_j^{(n)} - h ${G} \\ w_j^{(n)} &= \|\theta^{(n)}\| \frac{y_j^{(n)}}{\|y^{(n)}\|} \\
    \theta_j^{(n+1)} &= w_j^{(n)} - h \nabla_j E_n(w^{(n)})`,
  ],
  // An older value in the update alone.
  [
    'lagged momentum',
    R`m_j^{(n+1)} &= \beta m_j^{(n)} + ${G} \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h (m_j^{(n+1)} + \beta m_j^{(n-1)})`,
    R`\beta in (0,1)`,
  ],
  [
    'sphere with momentum',
    R`m_j^{(n+1)} &= \beta m_j^{(n)} + ${G} \\ y_j^{(n)} &= \theta_j^{(n)} - h m_j^{(n+1)} \\
    \theta_j^{(n+1)} &= \|\theta^{(n)}\| \frac{y_j^{(n)}}{\|y^{(n)}\|}`,
    R`\beta in (0,1)`,
  ],
  // A difference quotient of gradients in the direction of the gradient.
  [
    'difference quotient',
    R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \left( ${G} + \frac{\nabla_j E_n(\theta^{(n)} + h \nabla E_n(\theta^{(n)})) - ${G}}{h} \right)`,
  ],
  [
    'difference quotient with a square',
    R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h ${G} - \left( \nabla_j E_n(\theta^{(n)} + h^2 \theta^{(n)}) - ${G} \right) / h`,
  ],
  [
    'velocity as a difference quotient',
    R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \left( ${G} - \beta \frac{\theta_j^{(n)} - \theta_j^{(n-1)}}{h} \right)`,
    R`\beta in (0,1)`,
  ],
  ['exponential step', R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \frac{e^h - 1}{h} ${G}`],
];

describe.each(STEPS)('%s', (_, rows, where) => {
  it.each(['mini-batch', 'full-batch'] as const)('the equation follows, %s', setting => {
    const { optimizers, problems } = read(rows, where);
    expect(problems.map(({ message }) => message)).toEqual([]);
    const [optimizer] = optimizers;
    if (optimizer === undefined) throw new Error('no optimizer');
    const derived = deriveModifiedEquation(optimizer, { order: 1, setting });
    if (!derived.ok) throw new Error(derived.problems[0]?.message);
    const { coefficients, definitions } = derived.value;
    const equation = { coefficients, definitions, declarations: optimizer.declarations };
    const budget = new Budget(20_000_000);
    const task = { optimizer, equation, setting, seed: 5, runs: 6, budget };
    const found = followEquation({ ...task, order: 1 });
    // On a line both are no motion at all.
    expect(found.kind === 'agrees' && found.sharp > 0).toBe(true);
    expect(followEquation({ ...task, order: 2 }).kind).toBe('differs');
  });
});

describe('what is not of order h', () => {
  const REFUSED: readonly [rows: string, where?: string][] = [
    [R`\theta_j^{(n+1)} &= 2 \|\theta^{(n)}\| \frac{\theta_j^{(n)}}{\|\theta^{(n)}\|}`],
    [R`\theta_j^{(n+1)} &= \theta_j^{(n)} - \frac{${G}}{\|\nabla E_n(\theta^{(n)})\|}`],
    [
      R`v_j^{(n+1)} &= \rho v_j^{(n)} + (${G})^2 \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - \frac{${G}}{\sqrt{v_j^{(n+1)} + 1}}`,
      R`\rho in (0,1)`,
    ],
    [R`\theta_j^{(n+1)} &= \theta_j^{(n)} \exp(-${G})`],
    [
      R`\theta_j^{(n+1)} &= \theta_j^{(n)} \frac{\sum_i \theta_i^{(n)}}{\sum_i \theta_i^{(n)} \exp(-\nabla_i E_n(\theta^{(n)}))}`,
    ],
  ];
  it.each(REFUSED)('is refused where it is read: %s', (rows, where) => {
    expect(read(rows, where).problems.map(({ code }) => code)).toEqual(['update-not-small']);
  });

  it('a gradient at a point that is far away is refused', () => {
    const rows = R`w_j^{(n)} &= 2 \|\theta^{(n)}\| \frac{\theta_j^{(n)}}{\|\theta^{(n)}\|} \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(w^{(n)})`;
    expect(read(rows).problems.map(({ code }) => code)).toEqual(['shift-not-small']);
  });

  it('what is left of a pole is refused', () => {
    const rows = R`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \frac{\nabla_j E_n(\theta^{(n)} + h \theta^{(n)}) - ${G}}{h^2}`;
    const { optimizers, problems } = read(rows);
    const [optimizer] = optimizers;
    const derived = optimizer && deriveModifiedEquation(optimizer, { order: 0, setting: 'mini-batch' });
    const messages = [...problems, ...(derived?.ok === false ? derived.problems : [])].map(({ message }) => message);
    expect(messages).toHaveLength(1);
    expect(derived?.ok ?? false).toBe(false);
  });
});
