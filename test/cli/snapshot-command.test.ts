/** `modeq snapshot`: equations recorded beside a document and compared by proof. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../src/report/text/wrap.ts';
import { modeq } from '../support/memory-terminal.ts';

const RULE = String.raw`% !modeq optimizer mine
% !modeq where \mu in (0,1)
\begin{align} v_j^{(n+1)} &= \mu v_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\
 \theta_j^{(n+1)} &= \theta_j^{(n)} - h v_j^{(n+1)} \end{align}
`;
/** The same step with the step in the state, other letters, and labels in subscripts from 1. */
const SAME_RULE = String.raw`% !modeq notation step=\eta parameters=x loss=f index=subscript
% !modeq optimizer mine
% !modeq where \mu in (0,1)
\begin{align} v_t &= \mu v_{t-1} - \eta \nabla f_t(x_{t-1}), \quad v_0 = 0 \\ x_t &= x_{t-1} + v_t \end{align}
`;
const OTHER_RULE = RULE.replace(String.raw`+ \nabla`, String.raw`+ (1-\mu)\nabla`);

/** A document in a folder of its own. */
function paper(text = RULE): { path: string; place: string; change: (text: string) => void } {
  const path = join(mkdtempSync(join(tmpdir(), 'modeq-snapshot-')), 'paper.tex');
  writeFileSync(path, text);
  return { path, place: `${path}.modeq.json`, change: other => writeFileSync(path, other) };
}
const recorded = async (...options: string[]): Promise<ReturnType<typeof paper>> => {
  const made = paper();
  expect(await modeq(['snapshot', made.path, '--update', ...options])).toMatchObject({ code: 0, err: '' });
  return made;
};

describe('modeq snapshot', () => {
  test('records the equations in LaTeX, the same text each time', async () => {
    const { path, place } = await recorded('--orders', '0..1');
    const text = readFileSync(place, 'utf8');
    const { schema, version, optimizers } = JSON.parse(text);
    expect([schema, version, optimizers.length]).toEqual([1, '0.1.0', 1]);
    expect(optimizers[0].where).toEqual([String.raw`\mu \in (0,1)`]);
    expect(optimizers[0].equations).toHaveLength(4);
    expect(optimizers[0].equations[1].latex.join('\n')).toContain(String.raw`\dot{\tilde{\theta}}_{j}(t) &=`);
    await modeq(['snapshot', path, '--update']);
    expect(readFileSync(place, 'utf8')).toBe(text);
    expect(readdirSync(join(path, '..')).sort()).toEqual(['paper.tex', 'paper.tex.modeq.json']);
    const { code, out } = await modeq(['snapshot', path]);
    expect([code, out.split('\n').filter(line => line.endsWith('  same'))]).toMatchObject([0, { length: 4 }]);
  });

  test('passes another rule with the same equation, in other letters and counting', async () => {
    const { path, change } = await recorded('--orders', '1', '--limit', 'large-n');
    change(SAME_RULE);
    const { code, out, err } = await modeq(['snapshot', path]);
    expect([code, err]).toEqual([0, '']);
    expect(
      out
        .trim()
        .split('\n')
        .map(line => line.replace(/, where .*/, '')),
    ).toEqual([
      'mine  mini-batch  order 1  same: by proof',
      'mine  full-batch  order 1  same: by proof',
      'mine  full-batch  order 1  large-n  same: by proof',
    ]);
  });

  test('rows that both sides have are shown once', async () => {
    const typed = String.raw`% !modeq optimizer mine
% !modeq where \mu in (0,1), \rho in (0,1), \varepsilon > 0
\begin{align} v_j^{(n+1)} &= \rho v_j^{(n)} + (1-\rho)(\nabla_j E_n(\theta^{(n)}))^2 \\ m_j^{(n+1)} &= \mu m_j^{(n)} + \nabla_j E_n(\theta^{(n)}) \\
 \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}/\sqrt{v_j^{(n+1)} + \varepsilon} \end{align}
`;
    const { path, change } = paper(typed);
    await modeq(['snapshot', path, '--update', '--orders', '0', '--settings', 'mini-batch']);
    change(typed.replace(String.raw`+ \nabla_j E_n(\theta^{(n)}) \\`, String.raw`+ 2\nabla_j E_n(\theta^{(n)}) \\`));
    const { code, out } = await modeq(['snapshot', path]);
    expect(code).toBe(1);
    const [sides = ''] = out.split(/\n {2}at {2}/);
    expect(sides.split('\n').slice(1)).toEqual([
      '  recorded',
      '    dθ̃_j(t)/dt = -M_j^(n)(θ̃(t)) / R_j^(n)(θ̃(t))',
      '  derived now',
      '    dθ̃_j(t)/dt = -2 M_j^(n)(θ̃(t)) / R_j^(n)(θ̃(t))',
      '  and the same in both',
      '    M_j^(n)(θ) := Σ_{k=0}^{n} μ^{n-k} ∇_j E_k(θ)',
      '    R_j^(n)(θ) := √((1 - ρ) Σ_{k=0}^{n} ρ^{n-k} (∇_j E_k(θ))^2 + ε)',
    ]);
  });

  test('shows both sides and the counterexample of another equation, in 80 columns', async () => {
    const { path, place, change } = await recorded('--orders', '1', '--settings', 'mini-batch');
    const before = readFileSync(place, 'utf8');
    change(OTHER_RULE);
    const { code, out, err } = await modeq(['snapshot', path]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('mine  mini-batch  order 1  stale: the rule has another equation now');
    expect(out).toContain('recorded\n    dθ̃_j(t)/dt = -Σ_{k=0}^{n} μ^{n-k} ∇_j E_k(θ̃(t))');
    expect(out).toContain('derived now\n    dθ̃_j(t)/dt = -(1 - μ) Σ_{k=0}^{n}');
    expect(out).toMatch(/at {2}n = 0, θ = \(.*\), mu = 1\/2\n[\s\S]*derived +-0\.5\n +recorded +-1\n/);
    expect(out.split('\n').filter(line => textWidth(line) > 80)).toEqual([]);
    expect(readFileSync(place, 'utf8')).toBe(before);
    const json = await modeq(['snapshot', path, '--json']);
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      1,
      {
        schema: 1,
        written: false,
        equations: [{ optimizer: 'mine', verdict: 'stale', judged: { verdict: 'refuted' } }],
      },
    ]);
  });

  test('compares an equation with recursions by proof', async () => {
    const rule = String.raw`% !modeq optimizer mine
% !modeq where \mu in (0,1)
\begin{align} v_j^{(n+1)} &= \tanh(\mu v_j^{(n)} + \nabla_j E_n(\theta^{(n)})) \\ \theta_j^{(n+1)} &= \theta_j^{(n)} - h v_j^{(n+1)} \end{align}
`;
    const { path, change } = paper(rule);
    expect(await modeq(['snapshot', path, '--update'])).toMatchObject({ code: 0, err: '' });
    expect((await modeq(['snapshot', path])).code).toBe(0);
    change(rule.replaceAll('v_j', 's_j').replace(String.raw`\mu s_j^{(n)} +`, String.raw`s_j^{(n)} \mu +`));
    const renamed = await modeq(['snapshot', path]);
    expect([renamed.code, renamed.out.includes('stale')], renamed.out).toEqual([0, false]);
    change(rule.replace(String.raw`\tanh(\mu`, String.raw`\tanh(2\mu`));
    const { code, out } = await modeq(['snapshot', path]);
    expect([code, out.includes('stale'), out.includes('mu = ')]).toEqual([1, true, true]);
  });

  test('calls another name of a hyperparameter another equation', async () => {
    const { path, change } = await recorded('--orders', '0', '--settings', 'mini-batch');
    change(RULE.replaceAll(String.raw`\mu`, String.raw`\beta`));
    const { code, out } = await modeq(['snapshot', path]);
    expect([code, out.includes('stale'), out.includes('mu = ')]).toEqual([1, true, true]);
  });

  test('finds a rule that is new, gone, or asked for at another order', async () => {
    const { path, change } = await recorded('--orders', '0');
    expect(await modeq(['snapshot', path, '--orders', '0,1', '--settings', 'full-batch'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('order 1  stale: it is not in the snapshot'),
    });
    change(RULE.replace('mine', 'yours'));
    const { code, out } = await modeq(['snapshot', path]);
    expect(code).toBe(1);
    expect(out).toContain('yours  mini-batch  order 1  stale: it is not in the snapshot');
    expect(out).toMatch(/mine {2}full-batch {2}order 0 {2}stale: the document has no such optimizer any\s+more/);
  });

  test('keeps what is recorded of optimizers that are not chosen', async () => {
    const { path, place, change } = await recorded('--orders', '0');
    change(`${RULE}\n${RULE.replace('mine', 'second')}`);
    await modeq(['snapshot', path, '--update', '--only', 'second', '--orders', '1', '--settings', 'full-batch']);
    const { optimizers } = JSON.parse(readFileSync(place, 'utf8'));
    expect(optimizers.map((each: { id: string; equations: unknown[] }) => [each.id, each.equations.length])).toEqual([
      ['mine', 2],
      ['second', 1],
    ]);
  });

  test('knows what the loss before the first is', async () => {
    const ruleWith = (choice: string): string => String.raw`% !modeq optimizer mine before-first=${choice}
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - 2 h \nabla_j E_n(\theta^{(n)}) + h \nabla_j E_{n-1}(\theta^{(n-1)}) \]
`;
    const { path, change } = paper(ruleWith('own'));
    await modeq(['snapshot', path, '--update', '--orders', '0']);
    change(ruleWith('first'));
    const { code, out } = await modeq(['snapshot', path]);
    expect(code).toBe(1);
    expect(out).toContain('mine  full-batch  order 0  same');
    expect(out).toMatch(
      /mini-batch {2}order 0 {2}stale: a loss before the first was meant as\s+before-first=own, and is/,
    );
  });

  test('looks at a rule whose loss has no index in the full batch', async () => {
    const { path } = paper(RULE.replace('E_n', 'E'));
    const { code, out } = await modeq(['snapshot', path, '--update']);
    expect([code, out]).toEqual([0, `${path}.modeq.json: wrote 2 equations of 1 optimizer\n`]);
    expect(await modeq(['snapshot', path, '--settings', 'mini-batch', '--update'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('[unindexed-loss]'),
    });
    expect((await modeq(['follow', path, '--orders', '0'])).out).toMatch(/^mine {2}full-batch .*\n$/);
  });
});

describe('modeq snapshot, with something wrong', () => {
  test('says that there is no snapshot, and how to write one', async () => {
    const { path } = paper();
    expect(await modeq(['snapshot', path])).toMatchObject({
      code: 2,
      out: '',
      err: `modeq: there is no snapshot ${path}.modeq.json [no-snapshot]\n  hint: modeq snapshot FILE --update writes it.\n`,
    });
  });

  test('writes nothing of a document with a rule that is refused', async () => {
    const { path, place } = paper(`${RULE}\n${RULE.replace('mine', 'wrong').replace('- h v', '- v')}`);
    const { code, err } = await modeq(['snapshot', path, '--update']);
    expect([code, existsSync(place)]).toEqual([2, false]);
    expect(err).toContain('[update-not-small]');
    expect(err).toContain('nothing was written');
  });

  test('is stopped by a file that is no snapshot, and leaves it alone', async () => {
    const { path, place } = paper();
    for (const text of [
      '{',
      '{"schema": 2}',
      '[]',
      '{"schema": 1, "version": "0.1.0", "optimizers": [{"id": "mine"}]}',
    ]) {
      writeFileSync(place, text);
      for (const options of [[], ['--update']])
        expect(await modeq(['snapshot', path, ...options])).toMatchObject({
          code: 2,
          err: expect.stringContaining('[broken-snapshot]'),
        });
      expect(readFileSync(place, 'utf8')).toBe(text);
    }
  });

  test('refuses LaTeX in the snapshot that cannot be read', async () => {
    const { path, place } = await recorded('--orders', '0', '--settings', 'mini-batch');
    writeFileSync(place, readFileSync(place, 'utf8').replace(String.raw`\\nabla`, String.raw`\\nabbla`));
    expect(await modeq(['snapshot', path])).toMatchObject({
      code: 2,
      out: expect.stringContaining('refused: what is recorded cannot be read'),
    });
  });

  test('says what is no file', async () => {
    for (const path of ['-', 'adam', tmpdir()])
      expect(await modeq(['snapshot', path])).toMatchObject({
        code: 2,
        err: expect.stringContaining('[no-such-file]'),
      });
  });
});
