/** Write-ups as a user gets them: compiled, rendered, judged again, in other letters, and inside another paper. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exampleDocuments } from '../support/example-optimizers.ts';
import { executable } from '../support/executable.ts';
import { renderStrictly } from '../support/katex-strict.ts';
import { modeq } from '../support/memory-terminal.ts';
import { compile } from '../support/pdflatex.ts';

const pdflatex = executable('pdflatex');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeq-write-up-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIMIZERS = exampleDocuments().flatMap(({ optimizers }) => optimizers.map(({ id }) => id));
/** NAdam's limit is long work. */
vi.setConfig({ testTimeout: 120_000 });

const SETTINGS = ['mini-batch', 'full-batch'] as const;
const ALL = OPTIMIZERS.flatMap(id => SETTINGS.map(setting => [id, setting] as const));
const LETTERS = String.raw`loss=L parameters=x step=\eta iteration=t time=s index=subscript`;

/** Documents without instances, which several tests look at. */
const made = new Map<string, Promise<string>>();

function write(id: string, ...options: string[]): Promise<string> {
  const key = [id, ...options].join(' ');
  const known = made.get(key) ?? writeOnce(id, ...options);
  made.set(key, known);
  return known;
}

async function writeOnce(id: string, ...options: string[]): Promise<string> {
  const { code, out, err } = await modeq(['derive', id, '--format', 'document', ...options]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return out;
}

/** The displays, and the formulas in the prose. */
function formulasOf(latex: string): string[] {
  const displays = latex.match(/\\begin\{(align\*?)\}[\s\S]*?\\end\{\1\}/g) ?? [];
  const prose = latex.replace(/\\begin\{(align\*?)\}[\s\S]*?\\end\{\1\}/g, '').replace(/^%.*$/gm, '');
  return [...displays, ...(prose.match(/\$[^$]+\$/g) ?? []).map(each => each.slice(1, -1))];
}

describe('a document of every built-in optimizer and setting', () => {
  test.each(ALL)('%s, %s: every formula renders in KaTeX', async (id, setting) => {
    const latex = await write(id, '--setting', setting, '--instances', '0');
    const formulas = formulasOf(latex);
    expect(formulas.length).toBeGreaterThan(15);
    for (const formula of formulas) expect(renderStrictly(formula)).toContain('katex');
  });

  test.skipIf(pdflatex === null).each(ALL)('%s, %s: pdflatex has no complaint', async (id, setting) => {
    const compiled = compile(folder, await write(id, '--setting', setting, '--instances', '0'));
    expect(compiled.complaints).toEqual([]);
    expect(compiled.pages).toBeGreaterThan(1);
  });

  test.skipIf(pdflatex === null).each(OPTIMIZERS)('%s as a fragment in an article of other width', async id => {
    const body = await write(id, '--fragment', '--label-prefix', 'app', '--instances', '0', '--notation', LETTERS);
    const paper = `\\documentclass{article}\\usepackage{amsmath}\\begin{document}\n${body}\\end{document}\n`;
    expect(compile(folder, paper).complaints).toEqual([]);
  });

  test.skipIf(pdflatex === null).each(['adam', 'momentum'])('%s in two columns', async id => {
    const article = await write(id, '--columns', '2', '--instances', '0');
    expect(compile(folder, article).complaints).toEqual([]);
    const body = await write(id, '--fragment', '--columns', '2', '--instances', '0');
    const paper = `\\documentclass[twocolumn]{article}\\usepackage{amsmath}\\begin{document}\n${body}\\end{document}\n`;
    expect(compile(folder, paper).complaints).toEqual([]);
  });
});

describe('the claims of a document', () => {
  test.each([
    ['adam', ['--detail', 'brief']],
    ['momentum', ['--setting', 'full-batch']],
    ['lion', ['--detail', 'brief', '--notation', LETTERS]],
    [
      'nesterov',
      [
        '--fragment',
        '--label-prefix',
        'app.1',
        '--notation',
        String.raw`loss=\mathcal{L} parameters=w step=\alpha iteration=k component=r dimension=d \mu=\gamma`,
      ],
    ],
    ['rmsprop', ['--notation', String.raw`\rho=\beta_2 \nu=v`]],
  ])('%s %j: checked when it was made, and found again by check', async (id, options) => {
    const latex = await write(id, ...options, '--instances', '6');
    expect(latex).not.toContain('Not checked');
    if (!options.includes('--fragment'))
      expect(latex).toMatch(/\\marginpar\{\\raggedright\\scriptsize proved, \d+ instances/);
    expect(latex).not.toContain('Not proved');
    expect(latex).not.toContain('expect=supported');
    const file = join(folder, `${id}.tex`);
    writeFileSync(file, latex);
    const { code, err } = await modeq(['check', file, '--instances', '6']);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test('a slip in a document is found', async () => {
    const latex = await write('momentum', '--instances', '4');
    const wrong = latex.replace('\\beta^{2 n-k-l}', '\\beta^{2 n-k-2 l}');
    expect(wrong).not.toBe(latex);
    const file = join(folder, 'wrong.tex');
    writeFileSync(file, wrong);
    const { code, out } = await modeq(['check', file, '--instances', '10']);
    expect(code).toBe(1);
    expect(out).toMatch(/momentum-\S+ +refuted/);
  });

  test('a document without instances says what was not checked', async () => {
    const latex = await write('adam', '--instances', '0');
    expect(latex).toContain('\\textbf{Not checked:}');
  });
});

describe('what a document holds', () => {
  test('the sections in order, and with --detail brief only rule, assumptions and results', async () => {
    const titles = (latex: string): string[] =>
      [...latex.matchAll(/\\(?:sub)?section\*?\{([^}]*)\}/g)].map(([, title = '']) => title);
    const full = titles(await write('adam', '--instances', '0'));
    expect(full).toEqual([
      'The optimizer',
      'Assumptions and conventions',
      'The modified equation',
      'Proof of the theorem',
      'The update with its history',
      'Expansion about the current point',
      'The memoryless map',
      'Matching with a flow',
      'The error bound',
      'The full batch',
      'After many steps',
      'How the steps were checked',
      'References',
    ]);
    const brief = titles(await write('adam', '--detail', 'brief', '--instances', '0'));
    expect(brief).toEqual(full.filter(title => !/history|Expansion|map|Matching|Proof|bound/.test(title)));
  });

  test('its title, the theorem before its proof, what it uses, and one sum carried out', async () => {
    const latex = await write('adam', '--instances', '0');
    expect(latex).toContain('{\\LARGE Adam}');
    expect(latex.indexOf('adam-definitions about')).toBeLessThan(latex.indexOf('\\textbf{Theorem.}'));
    expect(latex).toContain('$\\|x\\|_{1,\\varepsilon} = \\sum_{i=1}^{p} (x_i^2 + \\varepsilon)^{1/2}$');
    expect(latex).toContain('A sum whose upper end is below its lower one is zero.');
    expect(latex).toContain(
      '\\sum_{k=0}^{n-1} \\rho^{n-k} (n - k) &= \\frac{\\rho}{1 - \\rho} - \\frac{(n + 1) \\rho^{n+1}}{1 - \\rho^{n+1}}',
    );
    expect(latex).toMatch(
      /m_\{j\}\^\{\(n\+1\)\} &= [^&]*O\(h\^\{2\}\), \\tag\{\d+\}\n\\end\{align\*\}\nby insertion of \(\d+\), which stands in it linearly/,
    );
    expect(latex).toContain('is the bound of the theorem [3]');
    expect(latex).toContain('\\item[{[1]}] E.~Hairer');
  });

  test('a fragment cites in words, and has marks only where they are asked for', async () => {
    const bare = await write('gd', '--fragment', '--instances', '0');
    expect(bare).toContain('(Hairer, Lubich and Wanner,');
    expect(bare).not.toContain('marginpar');
    expect(await write('gd', '--fragment', '--instances', '0', '--checks', 'margin')).toContain('marginpar');
  });

  test('regimes compare the gradient with ε itself where ε stands outside of the root', async () => {
    const path = join(folder, 'outside.tex');
    writeFileSync(
      path,
      String.raw`% !modeq optimizer outside
% !modeq where \rho in (0,1), \varepsilon > 0
\begin{align}
v_j^{(n+1)} &= \rho v_j^{(n)} + (1-\rho) (\nabla_j E_n(\theta^{(n)}))^2 \\
\theta_j^{(n+1)} &= \theta_j^{(n)} - h \frac{\nabla_j E_n(\theta^{(n)})}{\sqrt{v_j^{(n+1)}} + \varepsilon}
\end{align}
`,
    );
    const latex = await write('outside', '--from', path, '--setting', 'full-batch', '--instances', '0');
    expect(latex).toContain('large beside $\\varepsilon$');
    expect(latex).not.toContain('beside $\\sqrt');
    expect(latex).toContain('tends to zero beside the gradient');
  });

  test('a fragment has labels behind its prefix and no numbers; the article the other way round', async () => {
    const fragment = await write('gd', '--fragment', '--label-prefix', 'app', '--instances', '0');
    expect(fragment).toContain('\\label{app:theorem}');
    expect(fragment).toContain('% !modeq optimizer app-gd');
    expect(fragment).not.toMatch(/\\tag|\\documentclass/);
    const article = await write('gd', '--setting', 'mini-batch', '--instances', '0');
    expect(article).not.toContain('\\label');
    expect(article.match(/\\usepackage.*/g)).toEqual(['\\usepackage{amsmath}']);
  });

  test('the same command gives the same bytes', async () => {
    const args = ['--detail', 'brief', '--instances', '3', '--seed', '7'];
    expect(await writeOnce('heavy-ball', ...args)).toBe(await writeOnce('heavy-ball', ...args));
  });
});

describe('letters', () => {
  test.each([
    ['loss=L parameters=L', 'L is already the letter of loss'],
    ['loss', 'expected key=letter, found "loss"'],
    [String.raw`\gamma=\delta`, String.raw`adam has no name \gamma`],
    [String.raw`\beta=\rho`, String.raw`\rho would stand for two things in adam`],
    ['loss=m', 'm is a name of adam and the letter of loss'],
    [String.raw`\beta=p`, 'p is a name of adam and the letter of dimension'],
    ['loss={x y}', 'expected one letter or command'],
    ['index=above', 'index must be superscript or subscript'],
  ])('%s is refused', async (letters, message) => {
    const { code, err } = await modeq(['derive', 'adam', '--notation', letters]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('--notation:1:');
  });

  test('are used by the other formats too', async () => {
    const { out } = await modeq(['derive', 'gd', '--format', 'text', '--notation', 'loss=L parameters=w']);
    expect(out).toContain('∇_j L_n(w̃(t))');
  });

  test.each([
    [['--limit', 'large-n', '--setting', 'full-batch'], 'a document holds the limit and the regimes'],
    [['--form', 'map'], 'a document holds the map and the flow'],
    [['--setting', 'reshuffled'], 'the mean over orders of batches is not derived in steps'],
  ])('a document takes no %j', async (options, message) => {
    const { code, out, err } = await modeq(['derive', 'gd', '--format', 'document', ...options]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  test('options of documents go with documents only', async () => {
    const { code, err } = await modeq(['derive', 'gd', '--fragment']);
    expect(code).toBe(2);
    expect(err).toContain('--fragment goes with --format document');
  });
});
