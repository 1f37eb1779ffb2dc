/** What is found is written in the letters and numbers of the document, with every loss that it uses, and sides by their names. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

const R = String.raw;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-letters-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function checked(text: string, ...args: string[]): Promise<string> {
  const path = join(folder, 'a.tex');
  writeFileSync(path, text);
  const { out, err } = await modeq(['check', path, '--instances', '30', ...args], { columns: 120 });
  expect(err).toBe('');
  return out;
}

const FROM_ZERO = R`% !modeq notation loss=f parameters=x step=\eta iteration=t time=s component=i dimension=d
% !modeq optimizer mom
% !modeq where \beta in (0,1)
\begin{align}
  m_{t+1} &= \beta m_{t} + \nabla f_t(x_t) \\
  x_{t+1} &= x_t - \eta m_{t+1}
\end{align}
`;
const FROM_ONE = R`% !modeq notation loss=L parameters=w step=\eta iteration=t
% !modeq optimizer gd1
\[ w_{t} = w_{t-1} - \eta \nabla L_t(w_{t-1}) \]
`;
const FOREIGN = /\bE_?\d*\b|θ|\btheta\b|\bh\^|\bn =|\bn \\to/;

describe('a counterexample', () => {
  test('to an equation of motion', async () => {
    const out = await checked(
      `${FROM_ZERO}% !modeq claim c\n${R`\[ \dot{\tilde x} = -\sum_{k=0}^t \beta^{t-k} \nabla f_k(\tilde x) + \eta \nabla f_t(\tilde x) \]`}\n`,
    );
    expect(out).toContain('counterexample at t = 0, d = 1');
    expect(out).toMatch(/at {2}t = 0, x = \(.*\), beta = /);
    expect(out).toMatch(/f_0 = x1/);
    expect(out).toContain(R`coefficient of \eta^1 in \dot{\tilde x}_i, component 1:`);
    expect(out).toMatch(/claimed {2}.*\n *derived/);
    expect(out).not.toMatch(FOREIGN);
  });
  test('counts as the rows do', async () => {
    const out = await checked(
      `${FROM_ONE}% !modeq claim c\n${R`\[ \dot{\tilde w} = -2 \nabla L_t(\tilde w) + O(\eta) \]`}\n`,
    );
    expect(out).toContain('counterexample at t = 1');
    expect(out).toMatch(/at {2}t = 1, w = /);
    expect(out).toMatch(/ L_1 = x1/);
    expect(out).not.toMatch(FOREIGN);
  });
  test('to an identity has a left and a right side, the left one first, and the losses before the first', async () => {
    const out = await checked(`${FROM_ONE}% !modeq claim c\n${R`\[ \nabla L_{t-1}(w) = \nabla L_t(w) \]`}\n`);
    expect(out).toMatch(/ L_0 = .*\n *L_1 = /);
    expect(out).toMatch(/left side .*\n *right side /);
    expect(out).not.toMatch(/claimed|derived/);
    expect(out).not.toMatch(FOREIGN);
  });
  test('to a map names both iterates', async () => {
    const out = await checked(
      `${FROM_ONE}% !modeq claim c\n${R`\[ w_t = w_{t-1} - 2 \eta \nabla L_t(w_{t-1}) + O(\eta^2) \]`}\n`,
    );
    expect(out).toContain(R`coefficient of \eta^1 in w_t - w_{t-1}, component 1:`);
  });
  test('along a sequence', async () => {
    const out = await checked(
      `${FROM_ZERO}% !modeq claim c limit=large-n setting=full-batch\n${R`\[ \dot{\tilde x} = -\frac{2}{1-\beta} \nabla f(\tilde x) + O(\eta) \]`}\n`,
    );
    expect(out).toMatch(/ f = x1/);
    expect(out).toContain(R`as t \to \infty`);
    expect(out).toMatch(/t = \d+ +-?[\d.]+ +-?[\d.]+\n/);
    expect(out).not.toMatch(FOREIGN);
  });
  test('in one line', async () => {
    const out = await checked(
      `${FROM_ONE}% !modeq claim c\n${R`\[ \dot{\tilde w} = -2 \nabla L_t(\tilde w) + O(\eta) \]`}\n`,
      '--format',
      'unix',
    );
    expect(out).toContain(R`at t = 1, component 1 the coefficient of \eta^0 in \dot{\tilde w}_j is claimed`);
  });
});

test('a rate', async () => {
  const out = await checked(
    `${FROM_ZERO}% !modeq claim c limit=large-n setting=full-batch\n${R`\[ \dot{\tilde x} = -\frac{1}{1-\beta} \nabla f(\tilde x) + O(\eta) \]`}\n`,
  );
  expect(out.replace(/\s+/g, ' ')).toMatch(/of order \\beta\^\{t\} up to powers of t; .* from about t = \d+ on/);
});

test('a note', async () => {
  const out = await checked(
    `${FROM_ONE}% !modeq claim c order=0\n${R`\[ \dot{\tilde w} = -\nabla L_t(\tilde w) - \eta w \]`}\n`,
  );
  expect(out).toContain(R`terms above \eta^0 are ignored`);
});
