import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GD, problemsOf, read } from './reading.ts';

const DISPLAY = String.raw`\[ \dot\theta_j = -\nabla_j E_n(\theta) \]`;
const idsOf = (text: string, name = 'a.tex'): string[] => read(GD + text, name).claims.map(({ id }) => id);

describe('displays in LaTeX', () => {
  it.each([
    String.raw`\[ X \]`,
    '$$ X $$',
    ...[
      'equation',
      'align',
      'gather',
      'multline',
      'flalign',
      'eqnarray',
      'aligned',
      'gathered',
      'split',
      'cases',
      'displaymath',
    ].flatMap(name => [`\\begin{${name}} X \\end{${name}}`, `\\begin{${name}*} X \\end{${name}*}`]),
    String.raw`\begin{alignat}{2} X \end{alignat}`,
    String.raw`\begin{equation}\begin{split} X \end{split}\end{equation}`,
    String.raw`\begin{equation}[t] X \tag{4}\label{q} \end{equation}`.replace('[t]', ''),
  ])('%s', display => {
    const formula = String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`;
    expect(idsOf(`% !modeq claim c\n${display.replace('X', () => formula)}`)).toEqual(['c']);
  });

  it.each([
    ['comments', `% ${DISPLAY}`],
    ['escaped percent signs', `100\\% ${DISPLAY}`],
    ['verbatim', `\\begin{verbatim}\n% !modeq claim v\n${DISPLAY}\n\\end{verbatim}`],
    ['verb', `\\verb|$$| and \\verb+\\[+`],
    ['line breaks', 'a \\\\[2pt] b \\\\[3pt]'],
    ['inline formulas', 'cost \\$5, $a$, $b \\$ c$, \\(d\\)'],
    ['what is switched off', `\\iffalse ${DISPLAY} \\fi`],
  ])('are not mistaken: %s', (name, text) => {
    const { coverage, problems } = read(`${text}\n`);
    expect(problems).toEqual([]);
    expect(coverage.unannotated).toBe(name === 'escaped percent signs' ? 1 : 0);
  });

  it('are counted', () => {
    const text = `${GD}${DISPLAY}\n% !modeq ignore\n${DISPLAY}\n% !modeq claim c\n${DISPLAY}\n% !modeq definition d\n\\[ a_j := 1 \\]`;
    expect(read(text).coverage).toEqual({ judged: 1, defined: 2, ignored: 1, unannotated: 1 });
  });
});

describe('magic comments in LaTeX', () => {
  it('may stand apart by blank lines, other comments and what means nothing', () => {
    expect(
      idsOf(`% !modeq claim c\n\n% note\n\\noindent\n\\begin{subequations}\\label{x}\n${DISPLAY}\\end{subequations}`),
    ).toEqual(['c']);
    expect(idsOf(`%!modeq claim c\n  %% !modeq order=1\n${DISPLAY}`)).toEqual(['c']);
  });

  it.each([
    ['no-display 3:1', `% !modeq claim c\ntext ${DISPLAY}`],
    ['no-display 3:1', `% !modeq claim c\n% !modeq claim d\n${DISPLAY}`],
    ['no-display 3:1', '% !modeq optimizer c\n'],
    ['unknown-kind 3:10', `% !modeq clam c\n${DISPLAY}`],
    ['unknown-kind 3:10', `% !modeq order=1\n${DISPLAY}`],
    ['unknown-kind 3:1', `% !modeq\n${DISPLAY}`],
    ['magic-comment-after-text 3:3', `a % !modeq claim c\n${DISPLAY}`],
    ['magic-comment-in-display 4:1', `\\[ a\n% !modeq claim c\n b \\]`],
    ['unclosed-display 3:1', `\\[ a`],
    ['unclosed-display 3:1', `\\begin{align} a \\end{gather}`],
    ['bad-id 3:16', `% !modeq claim a/b\n${DISPLAY}`],
    ['missing-id 3:1', `% !modeq optimizer\n${DISPLAY}`],
    ['duplicate-id 3:20', `% !modeq optimizer gd\n${DISPLAY}`],
    ['bad-id 3:19', '% !modeq notation x loss=L'],
    ['unknown-key 3:19', '% !modeq notation los=L'],
    ['unknown-value 3:25', '% !modeq notation index=sub'],
    ['bad-letter 3:25', '% !modeq notation loss={L+1}'],
    ['letter-with-two-roles 3:37', '% !modeq notation loss=L parameters=L'],
    ['role-with-two-letters 4:24', '% !modeq notation loss=L\n% !modeq notation loss=M'],
    ['formula-not-expected 3:20', '% !modeq ignore x: $1 = 1$'],
    ['broken-inline-formula 3:19', '% !modeq claim x: $1 = 1'],
    ['broken-inline-formula 3:19', '% !modeq claim x: 1 = 1'],
  ])('%s', (problem, text) => {
    const found = problemsOf(GD + text).map(each => each.replace(/^.*: /, ''));
    expect(found).toContain(problem);
  });

  it('keeps the first of two claims with one id', () => {
    const document = read(`${GD}% !modeq claim c order=0\n${DISPLAY}\n% !modeq claim c order=2\n${DISPLAY}`);
    expect(document.claims.map(({ order }) => order)).toEqual([0]);
    expect(document.unreadable.length).toBe(1);
    expect(document.problems).toEqual([]);
    expect(document.unreadable.flatMap(each => each.problems).map(({ code }) => code)).toEqual(['duplicate-id']);
  });
});

describe('Markdown', () => {
  const flow = String.raw`$$ \dot\theta_j = -\nabla_j E_n(\theta) $$`;
  const gd =
    '<!-- !modeq optimizer gd -->\n$$ \\theta_j^{(n+1)} = \\theta_j^{(n)} - h \\nabla_j E_n(\\theta^{(n)}) $$\n';
  const ids = (text: string): string[] => read(`${gd}\n${text}`, 'a.md').claims.map(({ id }) => id);

  it('reads comments of one line, of several, and continued ones', () => {
    expect(ids(`<!-- !modeq claim c -->\n\n${flow}`)).toEqual(['c']);
    expect(ids(`<!--\n!modeq claim c about=gd\norder=1\nwhere x > 0\nexpect=refuted -->\n${flow}`)).toEqual(['c']);
    expect(ids(`<!-- !modeq claim c -->\n<!-- !modeq order=1 -->\n<!-- note -->\n${flow}`)).toEqual(['c']);
    expect(ids('prose <!-- !modeq claim c: $1 = 1$ --> prose')).toEqual(['c']);
    expect(ids(`<!-- !modeq claim c -->\n\\begin{align}\n${flow.replaceAll('$$', '')}\n\\end{align}`)).toEqual(['c']);
    expect(ids(`<!-- !modeq claim c -->\n\\[ ${flow.replaceAll('$$', '')} \\]`)).toEqual(['c']);
  });

  it('does not look into code, and a percent sign is one', () => {
    const text = `100% sure\n\n\`\`\`tex\n<!-- !modeq claim v -->\n${flow}\n\`\`\`\n~~~\n$$\n~~~\n\`$$\` \`\` \` \`\` \\[1\\] <!-- $$ -->\n${flow}`;
    const document = read(text, 'a.md');
    expect(document.problems).toEqual([]);
    expect(document.coverage).toEqual({ judged: 0, defined: 0, ignored: 0, unannotated: 1 });
  });

  it('complains about a comment that is never closed', () => {
    expect(problemsOf('x\n<!-- !modeq claim c', 'a.md')).toEqual(['unclosed-comment 2:1']);
  });
});

describe('whatever the text', () => {
  it('ends with a document', () => {
    const pieces = [
      '% !modeq ',
      '<!-- !modeq ',
      'claim ',
      'optimizer ',
      'notation ',
      'c ',
      'x=',
      '{',
      '}',
      ': $',
      '$',
      '$$',
      '\\[',
      '\\]',
      '\\begin{align}',
      '\\end{align}',
      '\\begin{verbatim}',
      '-->',
      '`',
      '```',
      '\n',
      '\n\n',
      'where ',
      '\\theta',
      '^{(n+1)}',
      '_j',
      ' = ',
      ':=',
      '&',
      '\\\\',
      'a',
      ',',
      '\\beta in (0,1)',
      '%',
      '\\newcommand{\\x}',
      '\\x',
      '#1',
      '\\def\\x',
      '(',
      ')',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('a.tex', 'a.md'), (content, name) => {
        const { coverage } = read(content, name);
        expect(coverage.judged + coverage.defined + coverage.ignored + coverage.unannotated).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});

describe('comments that were probably meant to be magic', () => {
  it.each([
    ['% !modec claim c', '!modec'],
    ['% !Modeq claim c', '!Modeq'],
    ['% ! modeq claim c', '! modeq'],
    ['% modeq claim c', 'modeq'],
    ['%% !modequ optimizer x', '!modequ'],
    ['% moedq: notation loss=L', null],
    ['% modeqs claim c', 'modeqs'],
  ])('warn: %s', (comment, found) => {
    const { problems } = read(`${comment}\n${DISPLAY}\n`);
    expect(problems.map(({ code, severity, message }) => [code, severity, message])).toEqual(
      found === null
        ? []
        : [['magic-comment-near-miss', 'warning', `this comment is not read: it begins with "${found}"`]],
    );
  });

  it('warn in Markdown, also where a magic comment stands beside them', () => {
    const text = `${GD.replaceAll('% ', '<!-- ').replace(/\n/, ' -->\n')}<!-- !mode claim c -->\n$$ x = x $$\n`;
    expect(read(text, 'a.md').problems.map(({ code }) => code)).toContain('magic-comment-near-miss');
  });

  it.each(['% a model optimizer of 1970', '% !TEX root = main.tex', '% mode: latex', '% the claim', '% !important'])(
    'and ordinary ones do not: %s',
    comment => {
      expect(read(`${comment}\n${DISPLAY}\n`).problems).toEqual([]);
    },
  );
});
