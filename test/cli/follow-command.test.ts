/** `modeq follow`: equations beside their optimizers, and programs beside the rows of a document. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ordersOption } from '../../src/cli/follow/chosen-optimizers.ts';
import { modeq } from '../support/memory-terminal.ts';

const file = (name: string, text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'modeq-follow-')), name);
  writeFileSync(path, text);
  return path;
};
const MOMENTUM = String.raw`% !modeq optimizer momentum-here
% !modeq where \beta in (0,1)
\begin{align} v_j^{(n+1)} &= \beta v_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\
 \theta_j^{(n+1)} &= \theta_j^{(n)} - h v_j^{(n+1)} \end{align}
`;
/** A program in JavaScript with this row for v. */
const program = (row: string): string =>
  `node ${file(
    'program.mjs',
    `import { createInterface } from 'node:readline';
let theta, v, beta, h;
createInterface({ input: process.stdin }).on('line', line => {
  const { start, n, gradient } = JSON.parse(line);
  if (start) { theta = start.theta; beta = start.hyper.beta; h = start.h; v = theta.map(() => 0); return; }
  v = v.map((a, j) => ${row});
  theta = theta.map((x, j) => x - h * v[j]);
  console.log(JSON.stringify({ theta }));
});
`,
  )}`;

describe('modeq follow', () => {
  test('compares the limit for large n as well', async () => {
    const path = file('paper.tex', MOMENTUM);
    const { code, out } = await modeq(['follow', path, '--orders', '0', '--limit', 'large-n']);
    expect(code).toBe(0);
    expect(out).toMatch(/full-batch {2}order 0 {2}n → ∞ {2}follows/);
    expect((await modeq(['follow', path, '--limit', 'large-n', '--settings', 'mini-batch'])).code).toBe(2);
  });

  test('runs every optimizer beside its equation', async () => {
    const path = file('paper.tex', MOMENTUM);
    const { code, out, err } = await modeq(['follow', path, '--orders', '0..1']);
    expect([code, err]).toEqual([0, '']);
    expect(out.trim().split('\n')).toHaveLength(4);
    expect(out).toContain('momentum-here  mini-batch  order 1  follows: through h^2 from 5 points');
    const json = await modeq(['follow', path, '--orders', '1', '--settings', 'full-batch', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      schema: 1,
      follow: [{ optimizer: 'momentum-here', setting: 'full-batch', order: 1, verdict: 'follows', runs: 5 }],
    });
  });

  test('says what is refused, unknown or not there', async () => {
    const path = file('paper.tex', MOMENTUM.replace(' - h v', ' - v'));
    expect(await modeq(['follow', path])).toMatchObject({
      code: 2,
      err: expect.stringContaining('[update-not-small]'),
    });
    const good = file('paper.tex', MOMENTUM);
    expect(await modeq(['follow', good, '--only', 'adam'])).toMatchObject({ code: 2 });
    expect(await modeq(['follow', good, '--orders', '2..1'])).toMatchObject({ code: 2 });
  });

  test('reads orders', () => {
    expect(ordersOption('0..2')).toEqual([0, 1, 2]);
    expect(ordersOption('2,0')).toEqual([0, 2]);
    expect(() => ordersOption('x')).toThrow('as 0,1,2 or 0..2');
  });
});

describe('modeq follow --program', () => {
  const path = file('paper.tex', MOMENTUM);
  test('finds the same iterates', async () => {
    const { code, out, err } = await modeq(['follow', path, '--program', program('beta * a + gradient[j]')]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('momentum-here: the program makes the same 6 steps as the rows');
  });
  test('names the first step at which an average is taken for a sum', async () => {
    const { code, out } = await modeq(['follow', path, '--program', program('beta * a + (1 - beta) * gradient[j]')]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /momentum-here: step 1 differs in component 1: the rows make -?[\d.e-]+, the program -?[\d.e-]+\n {2}start: \{/,
    );
  });
  test('shows a bias that only later steps have', async () => {
    const { out } = await modeq(['follow', path, '--program', program('beta * beta * a + gradient[j]')]);
    expect(out).toContain('step 2 differs');
  });
  test('says when a program ends, or answers something else', async () => {
    const ended = await modeq(['follow', path, '--program', 'node -e "process.exit(3)"']);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('[program-silent]') });
    const other = await modeq(['follow', path, '--program', 'node -e "console.log(1); setTimeout(() => {}, 2000)"']);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('[program-answer]') });
  });
  test('refuses a rule that needs gradients elsewhere', async () => {
    const elsewhere = file(
      'paper.tex',
      MOMENTUM.replace(String.raw`E_n(\theta^{(n)})`, String.raw`E_n(\theta^{(n)} - h v^{(n)})`),
    );
    const { code, err } = await modeq(['follow', elsewhere, '--program', program('a')]);
    expect([code, err.includes('[program-not-comparable]')]).toEqual([2, true]);
  });

  const python = spawnSync('python3', ['--version']).status === 0;
  test.skipIf(!python)('holds the program of the documentation against AdamW', async () => {
    const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
    const command = `python3 ${at('docs/examples/follow_adam.py')}`;
    const adamw = await modeq(['follow', at('derivations/optimizers/torch-adamw.tex'), '--program', command]);
    expect([adamw.code, adamw.err]).toEqual([0, '']);
    // The decay of torch.optim.Adam goes into the gradient.
    const adam = await modeq(['follow', at('derivations/optimizers/torch-adam.tex'), '--program', command]);
    expect(adam.code).toBe(1);
  });
});
