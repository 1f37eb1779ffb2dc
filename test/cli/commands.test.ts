/** derive, eval and explain as a user calls them, in process: output, messages with places, exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withSetting } from '../../src/cli/eval-command.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { textWidth } from '../../src/report/text/wrap.ts';
import { modeq } from '../support/memory-terminal.ts';

const builtInIds = exampleDocuments().flatMap(({ optimizers }) => optimizers.map(({ id }) => id));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const DESCENT = String.raw`% !modeq optimizer descent
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;
const claim = (id: string, right: string, keys = ''): string => String.raw`% !modeq claim ${id} about=descent ${keys}
\[ \dot{\tilde\theta}_j(t) = ${right} \]
`;
const RIGHT = String.raw`-\nabla_j E_n(\tilde\theta(t)) - \frac{h}{2} \sum_{i=1}^p \nabla_{ij} E_n(\tilde\theta(t)) \nabla_i E_n(\tilde\theta(t))`;

describe('modeq derive', () => {
  test('prints LaTeX that can be pasted back as a claim, and is proved', async () => {
    const { code, out, err } = await modeq(['derive', 'rmsprop']);
    expect([code, err]).toEqual([0, '']);
    const document = file('pasted.tex', `% !modeq claim pasted about=rmsprop\n${out}`);
    const checked = await modeq(['check', document, '--json', '--instances', '10']);
    expect(JSON.parse(checked.out).claims[0]).toMatchObject({ id: 'pasted', verdict: 'proved', order: 1 });
    expect(checked.code).toBe(0);
  });

  test.each(builtInIds)('prints a full-batch equation of %s that can be pasted back', { timeout: 60_000 }, async id => {
    const { code, out, err } = await modeq(['derive', id, '--setting', 'full-batch']);
    expect([code, err]).toEqual([0, '']);
    const document = file(`pasted-${id}.tex`, `% !modeq claim pasted about=${id} setting=full-batch\n${out}`);
    const checked = await modeq(['check', document, '--json', '--instances', '0']);
    expect(JSON.parse(checked.out).claims[0]).toMatchObject({ id: 'pasted', verdict: 'proved', order: 1 });
  });

  test('takes the optimizer of a file', async () => {
    const { code, out } = await modeq([
      'derive',
      'descent',
      '--from',
      file('descent.tex', DESCENT),
      '--format',
      'text',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('∇_j E_n(θ̃(t))');
  });

  test.each([
    [['--order', '0'], 0],
    [['--order', '2'], 2],
    [['--form', 'map'], 1],
  ])('--format json with %j', async (options, order) => {
    const { code, out } = await modeq(['derive', 'gd', '--format', 'json', ...options]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schema: 1, optimizer: 'gd', order, coefficients: { length: order + 1 } });
  });

  test('an unknown optimizer is refused with the one that was perhaps meant', async () => {
    const { code, out, err } = await modeq(['derive', 'adm']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("there is no optimizer 'adm'");
    expect(err).toContain('Did you mean adam?');
  });

  test.each(['momentum', 'nesterov'])('the text of %s keeps to 80 columns, inside gradients of sums too', async id => {
    const { out } = await modeq(['derive', id, '--setting', 'full-batch', '--format', 'text']);
    expect(out).toContain('∇_j (E(θ̃(t))\n');
    for (const line of out.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('an optimizer that is defined twice is refused, not chosen', async () => {
    const { code, out, err } = await modeq(['derive', 'descent', '--from', file('double.tex', DESCENT + DESCENT)]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/double\.tex:3:\d+: .*\[duplicate-id\]/);
  });

  test('what is wrong with a refused optimizer is said with its place', async () => {
    const path = file(
      'twice.tex',
      DESCENT.replace(String.raw`\]`, String.raw`, \quad \theta_j^{(n+1)} = \theta_j^{(n)} \]`),
    );
    const { code, err } = await modeq(['derive', 'descent', '--from', path]);
    expect(code).toBe(2);
    expect(err).toMatch(/twice\.tex:2:\d+: .*\[two-updates\]/);
  });

  test('an epoch in random order has its modified loss', async () => {
    const { code, out } = await modeq(['derive', 'gd', '--setting', 'reshuffled', '--format', 'text']);
    expect(code).toBe(0);
    expect(out).toContain('for t ∈ [0, mh]');
    expect(out).toContain('(θ) = E(θ) + h ((Σ_{k=0}^{m-1} ‖∇ E_k(θ)‖^2) / (4 m))');
  });

  test.each([
    ['adam', 'flow'],
    ['gd', 'map'],
  ])('what is not covered is refused, not replaced: %s, %s', async (id, form) => {
    const { code, out } = await modeq(['derive', id, '--setting', 'reshuffled', '--form', form]);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('modeq eval', () => {
  // E = (x² + x)/2: f_0 = −(2x + 1)/2, f_1 = −(1/2m)(2·2x + 0·1) = −x, at x = 3.
  test('gives the mean over the orders of an epoch', async () => {
    const epoch = '{ "n": 1, "theta": ["3"], "hyperparameters": {}, "losses": ["x1^2", "x1"] }';
    const { code, out } = await modeq([
      'eval',
      'gd',
      '--instance',
      file('epoch.json', epoch),
      '--setting',
      'reshuffled',
    ]);
    expect(code).toBe(0);
    expect(out).toBe(
      'gd, reshuffled, m = 2, 40 digits: coefficients of h^q in dθ_j/dt\nf_0  j = 1  -3.5\nf_1  j = 1  -3\n',
    );
  });

  test('says why an epoch of one batch has no value', async () => {
    const one = `{ "n": 0, "theta": ["3"], "setting": "reshuffled",
      "hyperparameters": { "beta": "1/2" }, "losses": ["x1^2"] }`;
    const { code, out, err } = await modeq(['eval', 'heavy-ball', '--instance', file('one.json', one)]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('1/(m - 1)');
  });

  // E_0 = x²: f_0 = −2x, f_1 = −½·2·2x = −2x, f_2 = −⅓·4·2x = −8x/3, all at x = 3.
  const instance = '{ "n": 0, "theta": ["3"], "hyperparameters": {}, "losses": ["x1^2"] }';

  test('gives f_0, f_1, f_2 of gradient descent on a parabola', async () => {
    const { code, out } = await modeq([
      'eval',
      'gd',
      '--instance',
      file('parabola.json', instance),
      '--order',
      '2',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ schema: 1, optimizer: 'gd', order: 2, digits: 40, f: [['-6'], ['-6'], ['-8']] });
  });

  test('prints a line a component', async () => {
    const { out } = await modeq([
      'eval',
      'gd',
      '--instance',
      file('parabola.json', instance),
      '--order',
      '0',
      '--digits',
      '5',
    ]);
    expect(out).toBe('gd, mini-batch, n = 0, 5 digits: coefficients of h^q in dθ_j/dt\nf_0  j = 1  -6\n');
  });

  test.each([
    ['{', 'instance-json'],
    [instance.replace('"n": 0', '"n": -1'), 'instance-n'],
    [instance.replace('x1^2', 'x1*y'), 'free-variable'],
    [instance.replace('x1^2', '1/(x1-3)'), 'division-by-zero'],
    [instance.replace('x1^2', 'sqrt(x1-3)'), 'not-differentiable'],
  ])('%s is refused', async (text, problem) => {
    const { code, out, err } = await modeq(['eval', 'gd', '--instance', file('bad.json', text)]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`[${problem}]`);
    expect(err).toMatch(/bad\.json:1:\d+: |bad\.json:2:1: /);
  });

  test('an instance that is not there is refused', async () => {
    const { code, err } = await modeq(['eval', 'gd', '--instance', join(folder, 'none.json')]);
    expect(code).toBe(2);
    expect(err).toContain('there is no such file');
  });

  test('--setting is for instances that do not say it', async () => {
    expect(withSetting('{ "n": 0.10 }', 'full-batch')).toBe('{ "n": 0.10 ,"setting":"full-batch"}');
    expect(withSetting('{}', 'full-batch')).toBe('{"setting":"full-batch"}');
    expect(withSetting('{ "setting": "mini-batch" }', 'full-batch')).toBe('{ "setting": "mini-batch" }');
    expect(withSetting('[', 'full-batch')).toBe('[');
    const { code, err } = await modeq([
      'eval',
      'gd',
      '--setting',
      'full-batch',
      '--instance',
      file('said.json', instance.replace('"n"', '"setting": "mini-batch", "n"')),
    ]);
    expect(code).toBe(2);
    expect(err).toContain('[setting-conflict]');
  });
});

describe('modeq explain', () => {
  test('a proved claim: as typed, as understood, derived, the steps', async () => {
    const { code, out } = await modeq(['explain', 'good', file('good.tex', DESCENT + claim('good', RIGHT))]);
    expect(code).toBe(0);
    const headings = ['as typed', 'as understood', 'derived from the update rule', 'good.1: proved', 'verdict  proved'];
    const places = headings.map(heading => out.indexOf(heading));
    expect(places.every(place => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('--steps: the sides, every step with its rule, what checking again has seen', async () => {
    const text = String.raw`% !modeq claim sum about=momentum setting=full-batch order=0
\[ \dot{\tilde\theta}_j(t) = -\frac{1-\beta^{n+1}}{1-\beta}\nabla_j E(\tilde\theta(t)) \]
`;
    const { code, out } = await modeq(['explain', '--steps', 'sum', file('sum.tex', text)]);
    expect(code).toBe(0);
    expect(out).toMatch(/checked again:\s+\d+ steps at \d+ points/);
    expect(out).toContain('left side, the coefficients of h^0: -∇_j E(θ) Σ_{k=0}^{n} β^{n-k}');
    expect(out).toContain('1. sums in closed form: =');
    expect(out).toMatch(/hyperparameters multiplied out, times/);
    expect(Math.max(...out.split('\n').map(line => [...line].length))).toBeLessThanOrEqual(120);
    const { out: plain } = await modeq(['explain', 'sum', file('sum.tex', text)]);
    expect(plain).not.toContain('checked again');
  });

  test('a claim about a limit: the derived equation at n, and in the limit', async () => {
    const text = String.raw`% !modeq claim far about=momentum setting=full-batch limit=large-n order=0
\[ \dot{\tilde\theta}_j(t) = -\frac{\nabla_j E(\tilde\theta(t))}{1-\beta} \]
`;
    const { code, out } = await modeq(['explain', 'far', file('far.tex', text)]);
    expect(code).toBe(0);
    const [, atN = '', inLimit = ''] =
      /derived from the update rule\n([\s\S]*)and from it, for n → ∞\n([\s\S]*)/.exec(out) ?? [];
    expect(atN).toContain('Σ_{k=0}^{n}');
    expect(inLimit).toContain('dθ̃_j(t)/dt = -∇_j E(θ̃(t)) / (1 - β)');
  });

  test('a refuted claim: the counterexample, exit 1', async () => {
    const { code, out } = await modeq([
      'explain',
      'bad',
      file('bad.tex', DESCENT + claim('bad', RIGHT.replace('{2}', '{3}'))),
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/claimed {2}-/);
    expect(out).toMatch(/derived {2}-/);
  });

  test('an unreadable claim: the place and what was expected, exit 2', async () => {
    const { code, out } = await modeq(['explain', 'odd', file('odd.tex', DESCENT + claim('odd', String.raw`\foo`))]);
    expect(code).toBe(2);
    expect(out).toMatch(/odd\.tex:4:\d+: unknown command \\foo/);
  });

  test.each([
    [['explain', 'thm36'], 'Did you mean thm-3.6, '],
    [['explain', 'nosuch'], 'modeq list shows them'],
    [['explain', 'adam'], 'modeq derive adam'],
    [['derive', 'thm-3.6'], 'modeq explain thm-3.6'],
    [['check', 'thm-3.6'], 'modeq check --only thm-3.6'],
    [['check', 'adam'], 'modeq derive adam'],
  ])('%j says in a line what was perhaps meant', async (args, hint) => {
    const { code, err } = await modeq(args);
    expect(code).toBe(2);
    expect(err).toContain(hint);
    expect(Math.max(...err.split('\n').map(line => line.length))).toBeLessThan(120);
  });

  test.each(['derive', 'eval'])('%s says how a file is given, and what it defines', async command => {
    const path = file('own.tex', DESCENT);
    const { code, err } = await modeq([command, path, ...(command === 'eval' ? ['--instance', path] : [])]);
    expect(code).toBe(2);
    expect(err).toContain(`--from ${path}`);
    expect(err).toContain('It defines descent.');
  });

  test('an unknown claim is refused with the known ones', async () => {
    const { code, err } = await modeq(['explain', 'none', file('good.tex', DESCENT + claim('good', RIGHT))]);
    expect(code).toBe(2);
    expect(err).toContain('known: good');
  });
});

describe('modeq check on files', () => {
  test('counts what was judged and what could be defined', async () => {
    const twice = DESCENT.replace(String.raw`\]`, String.raw`, \quad \theta_j^{(n+1)} = \theta_j^{(n)} \]`);
    const text = DESCENT + twice.replace('optimizer descent', 'optimizer refused');
    const path = file('counted.tex', `${text}${claim('good', RIGHT)}${claim('other', RIGHT)}`);
    const all = await modeq(['check', path, '--instances', '0']);
    expect(all.out).toContain('displays: 2 judged, 1 defined, 0 ignored, 0 unannotated');
    const one = await modeq(['check', path, '--instances', '0', '--only', 'good']);
    expect(one.out).toContain('displays: 1 judged, 1 defined, 0 ignored, 0 unannotated');
  });

  test('judges the readable claims of a file with mistakes, and exits with 2', async () => {
    const path = file('mixed.tex', `${DESCENT}${claim('good', RIGHT)}${claim('odd', String.raw`\foo`)}`);
    const { code, out, err } = await modeq(['check', path, '--json', '--instances', '5']);
    expect(code).toBe(2);
    expect(JSON.parse(out).claims.map((each: { verdict: string }) => each.verdict)).toEqual(['proved', 'unreadable']);
    expect(err).toMatch(/mixed\.tex:6:\d+: unknown command/);
  });

  test('--only an id that is not there: exit 2, the others are judged', async () => {
    const path = file('good.tex', DESCENT + claim('good', RIGHT));
    const { code, out } = await modeq(['check', path, '--only', 'good,none', '--json', '--instances', '5']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      claims: [{ id: 'good', verdict: 'proved' }],
      problems: [{ code: 'unknown-claim' }],
    });
  });

  test('a file that is not there: exit 2, the other file is judged', async () => {
    const { code, out, err } = await modeq([
      'check',
      join(folder, 'none.tex'),
      file('good.tex', DESCENT + claim('good', RIGHT)),
      '--json',
      '--instances',
      '5',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('none.tex');
    expect(JSON.parse(out).claims).toHaveLength(1);
  });

  test('--instances 0 leaves it to the prover', async () => {
    const { code, out } = await modeq([
      'check',
      file('good.tex', DESCENT + claim('good', RIGHT)),
      '--instances',
      '0',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out).claims[0]).toMatchObject({ verdict: 'proved' });
  });

  test('a claim that expects its refutation is as expected', async () => {
    const path = file('draft.tex', DESCENT + claim('draft', RIGHT.replace('{2}', '{3}'), 'expect=refuted'));
    const { code, out } = await modeq(['check', path, '--instances', '20']);
    expect(code).toBe(0);
    expect(out).toContain('1 refuted; all as expected');
  });
});
