/**
 * `annotate` on documents whose comments are known: they are taken out, proposed anew, and the rules that are read then must be those that
 * their authors meant, with equal equations. Claims must say the same.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/base/problem.ts';
import { deriveModifiedEquation } from '../../../src/derivation/derive.ts';
import { editsIn } from '../../../src/document/annotate/place.ts';
import { proposeComments } from '../../../src/document/annotate/propose.ts';
import { editedLines, textOfLines } from '../../../src/document/annotate/unified-diff.ts';
import { loadDocuments, openFile } from '../../../src/files/documents/load.ts';
import type { ModeqDocument } from '../../../src/document/model.ts';
import { oneLine } from '../../../src/formula/one-line.ts';
import type { Optimizer } from '../../../src/optimizer/model.ts';
import { modelOf } from '../reading.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');

/** The text without its magic comments. */
const stripped = (name: string, text: string): string =>
  name.endsWith('.md')
    ? text.replace(/^[ \t]*<!--\s*!modeq[\s\S]*?-->[ \t]*\n/gm, '')
    : text.replace(/^[ \t]*%+[ \t]*!modeq.*\n/gm, '');

const derives = (optimizer: Optimizer): string | null => {
  const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
  return derived.ok ? null : (derived.problems[0]?.message ?? '');
};

/** The derived equation to order 1, in one line each. */
function equationOf(optimizer: Optimizer): string[] {
  const derived = deriveModifiedEquation(optimizer, { order: 1, setting: 'mini-batch' });
  if (!derived.ok) throw new Error(derived.problems[0]?.message);
  const { coefficients, definitions } = derived.value;
  return [...coefficients.map(oneLine), ...definitions.map(({ name, body }) => `${name} := ${oneLine(body)}`)];
}

interface Again {
  readonly document: ModeqDocument;
  readonly notes: readonly Problem[];
  /** The magic comments that were put in. */
  readonly comments: readonly string[];
  readonly text: string;
}

/** The file, in a folder of its own, with what `annotate` puts in. */
function annotated(path: string): Again {
  const { source, follow } = openFile(path);
  const { insertions, sources, notes } = proposeComments(source, follow, derives);
  for (const each of sources) writeFileSync(each.name, textOfLines(editedLines(each.text, editsIn(each, insertions))));
  const [document] = loadDocuments([path]).documents;
  if (!document) throw new Error('no document');
  const text = readFileSync(path, 'utf8');
  return { document, notes, comments: insertions.flatMap(({ lines }) => lines.map(line => line.trim())), text };
}

function fileOf(text: string, name = 'paper.tex'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'modeq-annotate-')), name);
  writeFileSync(path, text);
  return path;
}

const again = (text: string, name?: string): Again => annotated(fileOf(text, name));

const statementsOf = ({ claims }: ModeqDocument): string[] =>
  claims
    .flatMap(({ statements, definitions, order, limit, setting }) => [
      ...statements.map(
        ({ kind, left, right }) => `${kind} ${order} ${limit} ${setting}: ${oneLine(left)} = ${oneLine(right)}`,
      ),
      ...definitions.map(({ name, body }) => `${name} := ${oneLine(body)}`),
    ])
    .sort();

/** Rules and claims are those of the document with the author's comments. */
function expectSame(original: ModeqDocument, found: ModeqDocument): void {
  expect(found.problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
  expect(found.unreadable).toEqual([]);
  expect(found.optimizers.map(modelOf)).toEqual(original.optimizers.map(modelOf));
  expect(found.optimizers.map(equationOf)).toEqual(original.optimizers.map(equationOf));
  expect(statementsOf(found)).toEqual(statementsOf(original));
}

const documentOf = (path: string): ModeqDocument => {
  const [document] = loadDocuments([path]).documents;
  if (!document || document.optimizers.length === 0) throw new Error(`${path} has no optimizer`);
  return document;
};

describe('documents as authors write them', () => {
  const documents = readdirSync(join(here, 'documents')).filter(name => /\.(?:tex|md)$/.test(name));
  test('there are ten', () => expect(documents.length).toBeGreaterThanOrEqual(9));
  test.each(documents)('%s', name => {
    const path = join(here, 'documents', name);
    expectSame(documentOf(path), again(stripped(name, readFileSync(path, 'utf8')), name).document);
  });

  test('a paper of several files, with macros and parts that are commented out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'modeq-annotate-'));
    cpSync(join(here, 'documents/arxiv'), folder, { recursive: true });
    for (const name of ['main.tex', 'sections/method.tex']) {
      const path = join(folder, name);
      writeFileSync(path, stripped(name, readFileSync(path, 'utf8')));
    }
    const { document, comments } = annotated(join(folder, 'main.tex'));
    expectSame(documentOf(join(here, 'documents/arxiv/main.tex')), document);
    expect(comments.filter(each => /optimizer|claim/.test(each))).toHaveLength(2);
    expect(readFileSync(join(folder, 'sections/method.tex'), 'utf8')).toContain(
      '\\fi\n% !modeq notation loss=\\mathcal{L}\n% !modeq optimizer momentum\n',
    );
  });
});

describe('the optimizers that come with the program', () => {
  const folder = join(root, 'derivations/optimizers');
  /** Those whose comments say no more than their text and their rows: no sequence to follow, no function of its own. */
  const files = [
    'adagrad',
    'adamw',
    'gd',
    'heavy-ball',
    'lion',
    'momentum',
    'nadam',
    'nesterov',
    'muon',
    'extragradient',
  ];
  const names = [...files.map(name => `${name}.tex`), '../implicit-bias-of-adam/definitions.tex'];
  test.each(names)('%s', name => {
    const path = join(folder, name);
    // What only a comment of lion.tex says its text says here.
    const text = readFileSync(path, 'utf8').replace('$\\tanh(x/\\delta)$', () => '$\\phi(x) = \\tanh(x/\\delta)$');
    const { document } = again(stripped(path, text), basename(path));
    expectSame(documentOf(path), document);
  });
});

const GD = String.raw`\[ x_{k+1} = x_k - \eta \nabla f(x_k) \]`;

describe('what is believed, and said', () => {
  const saidOf = ({ notes }: Again): string[] => notes.map(({ message }) => message);

  test('domains that the text gives are taken, others are said', () => {
    const rows = String.raw`With $0 < \rho < 1/2$:
\begin{align} v_{k+1} &= \rho v_k + \nabla f(x_k) \\ x_{k+1} &= (1 - \eta\lambda) x_k - \eta v_{k+1} \end{align}`;
    const found = again(rows);
    expect(found.comments).toContain(String.raw`% !modeq where \rho in (0,1/2), \lambda >= 0`);
    expect(saidOf(found)).toEqual([String.raw`the text says nothing of \lambda; \lambda >= 0 is proposed`]);
  });

  test('two readings of the step', () => {
    const found = again(String.raw`\[ x_{k+1} = x_k - \eta \alpha \nabla f(x_k) \]`);
    expect(saidOf(found)).toContain(
      String.raw`the rule can be read with step=\eta and with step=\alpha; \eta is proposed`,
    );
  });

  test('the words say which letter is the step', () => {
    const found = again(
      String.raw`With the learning rate $\alpha$ and a factor $\eta$: \[ x_{k+1} = x_k - \eta \alpha \nabla f(x_k) \]`,
    );
    expect(found.document.notation.step).toBe('\\alpha');
    expect(saidOf(found)).toEqual([String.raw`the text says nothing of \eta; \eta > 0 is proposed`]);
  });

  test.each([
    [
      'the gradient is taken at another point than the one that moves',
      String.raw`\begin{align} \xi_{k+1} &= (1+\beta)\xi_k - \beta\xi_{k-1} - \alpha\nabla f(y_k)\\ y_k &= (1+\gamma)\xi_k - \gamma\xi_{k-1} \end{align}`,
      { parameters: '\\xi', step: '\\alpha', loss: 'f', iteration: 'k' },
    ],
    [
      "a program's names",
      String.raw`\[ V_{dW} = \beta V_{dW} + (1-\beta)dW, \quad W := W - \alpha V_{dW} \]`,
      { parameters: 'W', step: '\\alpha', gradient: 'dW' },
    ],
    [
      'a word',
      String.raw`\[ w_{t+1} = w_t - \text{lr}\cdot\nabla L(w_t) \]`,
      { parameters: 'w', step: 'lr', loss: 'L' },
    ],
    [
      'the step below a difference',
      String.raw`\[ \frac{u^{n+1} - u^n}{\tau} = -\nabla\Phi(u^n) \]`,
      { parameters: 'u', step: '\\tau', loss: '\\Phi', iteration: 'n' },
    ],
    [
      'a step with a label beside a plain one',
      String.raw`\[ x_{k+1} = x_k - h \eta_k \nabla f(x_k) \]`,
      { parameters: 'x', step: 'h', loss: 'f' },
    ],
  ])('letters: %s', (_, text, letters) => {
    const found = again(text);
    expect(found.document.optimizers).toHaveLength(1);
    expect(found.document.optimizers[0]?.notation).toMatchObject(letters);
  });

  test('LaTeX that Markdown shows as code is a display behind its comment', () => {
    const found = again('The rule\n\n```latex\nx_{k+1} = x_k - h \\nabla f(x_k)\n```\n', 'a.md');
    expect(found.document.optimizers).toHaveLength(1);
    expect(found.comments.at(-1)).toBe('<!-- !modeq optimizer rule -->');
  });

  test('two domains of one letter', () => {
    const found = again(
      String.raw`Let $\beta \in (0,1)$. Later $\beta \in [0,1)$. \[ x_{k+1} = x_k - \eta \nabla f(x_k) + \beta(x_k - x_{k-1}) \]`,
    );
    expect(saidOf(found)).toEqual([
      String.raw`the text says both \beta in (0,1) and \beta in [0,1); the first is taken`,
    ]);
  });

  test('a gradient that only the words define', () => {
    const found = again(
      String.raw`\[ m_t = \beta m_{t-1} + (1-\beta) g_t, \quad \theta_t = \theta_{t-1} - \eta m_t \]`,
    );
    expect(found.document.notation.gradient).toBe('g');
    expect(saidOf(found)).toContain("no row makes g; it is taken for the gradient of the step's own loss");
  });

  test('a claim that may be about two rules is about the one before it', () => {
    const found = again(
      String.raw`Plain descent is ${GD} and with momentum
\[ v_{k+1} = \beta v_k + \nabla f(x_k), \quad x_{k+1} = x_k - \eta v_{k+1}. \]
It follows \[ \dot x = -\nabla f(x). \]`,
    );
    expect(found.document.claims.map(({ about }) => about)).toEqual(['rule-2']);
    expect(saidOf(found).at(-1)).toBe(
      'it can be read as a claim about rule-2, the rule before it, and as one about rule; the first is proposed',
    );
  });

  test('a rule with other letters is left alone', () => {
    const found = again(String.raw`Text. ${GD} More. ${GD} But \[ w_{k+1} = w_k - \eta \nabla L(w_k). \]`);
    expect(found.document.optimizers).toHaveLength(2);
    expect(saidOf(found)).toEqual([
      String.raw`this rule has other letters than the rest of the document: it is read with loss=L parameters=w step=\eta iteration=k index=subscript`,
    ]);
  });

  test('what is not read is said in the words of the reader, with its place', () => {
    const { notes, comments } = again(String.raw`${GD} \[ x_{k+1} = x_k - \eta \max(0, \nabla f(x_k)) + q_{k+1} \]`);
    expect(comments.filter(each => each.includes('optimizer'))).toEqual(['% !modeq optimizer rule']);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.span?.source.name).toMatch(/paper\.tex$/);
  });

  test('many steps in the words before an equation are its limit', () => {
    const rule = String.raw`\[ v_{k+1} = \beta v_k + \nabla f(x_k), \quad x_{k+1} = x_k - \eta v_{k+1} \]`;
    const flow = String.raw`\[ \dot x = -\frac{1}{1-\beta}\nabla f(x) \]`;
    const limits = (words: string): unknown[] =>
      again(`${rule}\n\n${words}\n${flow}`).document.claims.map(({ limit }) => limit);
    expect(limits('As $k \\to \\infty$ the iterates follow')).toEqual(['large-n']);
    expect(limits('The iterates follow')).toEqual([null]);
    const loss = String.raw`\[ \tilde f(x) = \frac{1}{1-\beta}f(x) + \frac{\eta(1+\beta)}{4(1-\beta)^3}\|\nabla f(x)\|^2 \]`;
    const both = (words: string): unknown[] =>
      again(`${rule}\n\nAs $k \\to \\infty$ the iterates follow\n${flow}\n${words}\n${loss}`).document.claims.map(
        ({ limit }) => limit,
      );
    expect(both('that is, gradient flow on')).toEqual(['large-n', 'large-n']);
    expect(both('In another setting there is')).toEqual(['large-n', null]);
  });
});

describe('what is there stays', () => {
  test('comments of the author, whose letters hold', () => {
    const text = String.raw`% !modeq notation loss=f parameters=x step=\eta iteration=k index=subscript
% !modeq optimizer own
${GD}
and \[ \dot x = -\nabla f(x) - \frac\eta4\nabla\|\nabla f(x)\|^2 \]
`;
    const found = again(text);
    expect(found.text).toContain(text.slice(0, text.indexOf('and')));
    expect(found.comments).toEqual(['% !modeq claim flow about=own']);
    expect(found.document.optimizers.map(({ id }) => id)).toEqual(['own']);
  });

  test('what has comments would be read in another way: nothing is proposed, and that is said', () => {
    const found = again(
      `% !modeq optimizer own\n\\[ \\theta_j^{(n+1)} = \\theta_j^{(n)} - h \\nabla_j E_n(\\theta^{(n)}) \\]\n\nBut ${GD}\n`,
    );
    expect(found.comments).toEqual([]);
    expect(found.notes.at(-1)?.message).toContain('would be read in another way');
    expect(found.document.optimizers.map(({ id }) => id)).toEqual(['own']);
  });

  test('a document with all its comments gets no others', () => {
    expect(again(`% !modeq notation loss=f parameters=x step=\\eta\n% !modeq optimizer gd\n${GD}\n`).comments).toEqual(
      [],
    );
  });

  test('what is commented out, verbatim or code is not annotated', () => {
    const hidden = `% ${GD}\n\\begin{verbatim}\n${GD}\n\\end{verbatim}\n\\iffalse\n${GD}\n\\fi\n`;
    expect(again(hidden).comments).toEqual([]);
    expect(again(`\`\`\`\n$$x_{k+1} = x_k - h\\nabla f(x_k)$$\n\`\`\`\n`, 'a.md').comments).toEqual([]);
    expect(again(hidden + GD).comments).toHaveLength(2);
  });

  test('no formulas, and formulas that are nothing of ours', () => {
    for (const text of ['', 'words', '\\[ a^2 + b^2 = c^2 \\]', '\\[ x_{k+1} = \\]', '$$ {{{ $$', '\\[ x_0 = 1 \\]'])
      expect(again(text).comments).toEqual([]);
  });
});
