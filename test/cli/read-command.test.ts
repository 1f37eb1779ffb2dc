/** What `modeq read` says of a document: the conventions that a verdict rests on. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modeq } from '../support/memory-terminal.ts';

const COUNTED = String.raw`% !modeq notation loss=f parameters=x step=\eta iteration=t time=s index=subscript
% !modeq optimizer gdx
\[ x_t = x_{t-1} - \eta \nabla f_t(x_{t-1}) \]
% !modeq claim right
\[ \dot{\tilde x}(s) = -\nabla f_{t}(\tilde x(s)) \]
`;
const LION = String.raw`% !modeq optimizer lion
% !modeq where \beta in (0,1), K : vector -> scalar smooth
\begin{align} m^{(n+1)} &= \beta m^{(n)} + \nabla E_n(\theta^{(n)}) \\ \theta^{(n+1)} &= \theta^{(n)} - h\nabla K(m^{(n+1)}) \end{align}
`;
const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'modeq-read-')), 'paper.tex');
  writeFileSync(path, text);
  return path;
};

describe('modeq read', () => {
  test('says how rows count and which loss a step uses', async () => {
    const { code, out, err } = await modeq(['read', file(COUNTED), '--json']);
    expect([code, err]).toEqual([0, '']);
    const { optimizers, claims } = JSON.parse(out);
    expect(optimizers[0].conventions[0]).toMatch(/^counts from 1 .*: the step to x_t uses f_t, in the full batch f$/);
    expect(optimizers[0].conventions[1]).toBe('f_k is a loss of its own for each k; in the full batch all are f');
    expect(claims[0]).toMatchObject({ id: 'right', about: 'gdx' });
    expect(claims[0].conventions.join('\n')).toContain('labels count as the rows of gdx do: counts from 1');
  });

  test('says what stands for iterates before the first', async () => {
    const rule = String.raw`% !modeq optimizer two-step
% !modeq where \beta in (0,1)
\[ \theta^{(n+1)} = \theta^{(n)} - h\nabla E_n(\theta^{(n)}) + \beta(\theta^{(n)} - \theta^{(n-1)}) \]
`;
    expect((await modeq(['read', file(rule)])).out).toContain('  - \\theta^{(-1)} = \\theta^{(0)}\n');
    expect((await modeq(['read', file(LION)])).out).not.toContain('^{(-1)}');
  });

  test('says what a function is applied to, and what states start from', async () => {
    const { code, out } = await modeq(['read', file(LION)]);
    expect(code).toBe(0);
    expect(out).toContain('counts from 0: the step to \\theta^{(n+1)} uses E_n');
    expect(out).toContain('m is a state that starts from zero');
    expect(out).toContain('the gradient of K is taken at m');
  });

  test('what is not read ends with exit code 2', async () => {
    const { code, err } = await modeq(['read', file(LION.replace('\\beta m', '\\gamma m'))]);
    expect(code).toBe(2);
    expect(err).toContain('\\gamma is neither declared nor defined');
  });

  test('derive prints the labels that the rows count', async () => {
    const { out } = await modeq(['derive', 'gdx', '--from', file(COUNTED), '--order', '0']);
    expect(out).toContain('f_{t+1}');
    const { out: json } = await modeq(['derive', 'gdx', '--from', file(COUNTED), '--order', '0', '--format', 'json']);
    const [first] = JSON.parse(json).coefficients;
    expect(first.latex).toContain('f_{t+1}');
    expect(JSON.stringify(first.formula)).not.toContain('"add"');
  });
});
