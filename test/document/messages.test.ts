/**
 * Broken documents: one mistake, one message, at its place, with a hint that works. Where a hint says what to write, it is
 * written there as it says, by this file alone, and the second try must be read without a word.
 */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { positionAt } from '../../src/base/span.ts';
import { isToldElsewhere } from '../../src/document/told.ts';
import { GD, read } from './reading.ts';

const R = String.raw;
const RIGHT = R`% !modeq claim c about=gd
\[ \dot{\tilde\theta}_j = -\nabla_j E_n(\tilde\theta) - \frac{h}{2} \sum_{i=1}^p \nabla_{ij} E_n(\tilde\theta) \nabla_i E_n(\tilde\theta) \]
`;
const MOMENTUM = R`% !modeq optimizer mom
% !modeq where \beta in (0,1)
\begin{align}
  m_j^{(n+1)} &= \beta m_j^{(n)} + \nabla_j E_n(\theta^{(n)}), \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h m_j^{(n+1)}.
\end{align}
`;
const FLOW = R`% !modeq claim c about=mom
\[ \dot{\tilde\theta}_j = -\sum_{k=0}^n \beta^{n-k} \nabla_j E_k(\tilde\theta) + O(h) \]
`;
const WHERE = `${R`% !modeq where \beta in (0,1)`}\n`;
const SUBSCRIPT = R`% !modeq notation loss=f parameters=x step=\eta iteration=t index=subscript
% !modeq optimizer sub
% !modeq where \beta in (0,1)
\begin{align}
  m_t &= \beta m_{t-1} + \nabla f_t(x_t) \\
  x_{t+1} &= x_t - \eta m_t
\end{align}
% !modeq claim c
\[ \dot{\tilde x} = -\sum_{k=0}^t \beta^{t-k} \nabla f_k(\tilde x) + O(\eta) \]
`;
const ADAM = R`% !modeq notation step=\alpha gradient=g
% !modeq optimizer own-adam
% !modeq where \beta_1 in (0,1), \beta_2 in (0,1), \varepsilon > 0
\begin{align}
  m_t &= \beta_1 m_{t-1} + (1-\beta_1) g_t \\
  v_t &= \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\
  \theta_t &= \theta_{t-1} - \alpha m_t / (\sqrt{v_t} + \varepsilon)
\end{align}
% !modeq claim c
\[ \dot{\tilde\theta} = -\nabla E_t(\tilde\theta) + O(\alpha) \]
`;
/** In letters that no notation line gives. */
const plain = (loss: string, parameters: string, step: string): string => R`% !modeq optimizer plain
\[ ${parameters}_{t+1} = ${parameters}_t - ${step} \nabla ${loss}_t(${parameters}_t) \]
% !modeq claim c
\[ \dot{\tilde ${parameters}} = -\nabla ${loss}_t(\tilde ${parameters}) + O(${step}) \]
`;

/** What is told of a text, in the order in which it is told. */
function told(text: string): Problem[] {
  const document = read(text);
  return [
    ...document.problems,
    ...document.unreadable.flatMap(each => each.problems.filter(problem => !isToldElsewhere(problem))),
  ];
}
const isReadable = (text: string): boolean => {
  const document = read(text);
  return told(text).length === 0 && document.unreadable.length === 0 && document.claims.length > 0;
};
const marked = ({ span }: Problem): string => (span ? span.source.text.slice(span.start, span.end) : '');

/** The text with what the hint says to write; null where the hint says no such thing. */
function applied(text: string, { hint = '', span }: Problem): string | null {
  if (!span) return null;
  const replaced = (start: number, end: number, by: string): string => text.slice(0, start) + by + text.slice(end);
  const commentStart = text.lastIndexOf('!modeq', span.start + '!modeq'.length);
  const commentEnd = text.indexOf('\n', commentStart);
  const [, notation] = /`notation ([^`]*)`/.exec(hint) ?? [];
  const [, meant] = /Did you mean `?(?:where )?(.*?)`?\?/.exec(hint) ?? [];
  if (meant !== undefined) return replaced(span.start, span.end, meant);
  const [, before] = /Write `([^`]*)` before it/.exec(hint) ?? [];
  if (before !== undefined) {
    const start = text.lastIndexOf('\\nabla', span.start);
    return replaced(start, start, `${before} `);
  }
  const [, where] = /`where ([^`]*)`/.exec(hint) ?? [];
  if (where !== undefined) return replaced(commentEnd, commentEnd, `\n% !modeq where ${where}`);
  if (notation !== undefined) {
    const line = /^% !modeq notation.*$/m.exec(text);
    if (!line) return `% !modeq notation ${notation}\n${text}`;
    return notation.split(' ').reduce((all, key) => {
      const [role = ''] = key.split('=');
      const own = new RegExp(`(% !modeq notation.*)\\b${role}=\\S+`);
      return own.test(all)
        ? all.replace(own, (_, before: string) => before + key)
        : all.replace(/% !modeq notation.*/, typed => `${typed} ${key}`);
    }, text);
  }
  const [, key = '', value = ''] = /\b(setting|vector)=([a-z-]+)/.exec(hint) ?? [];
  if (key !== '') {
    const own = new RegExp(`${key}=[a-z-]+`);
    return own.test(text)
      ? text.replace(own, `${key}=${value}`)
      : text.replace('!modeq claim c', `!modeq claim c ${key}=${value}`);
  }
  const [, braced, whole] = /in braces: ([a-z-]+)=(\{.*\})/.exec(hint) ?? [];
  if (braced !== undefined) return text.replace(new RegExp(`${braced}=.*$`, 'm'), () => `${braced}=${whole ?? ''}`);
  if (hint.startsWith('Leave it out')) return replaced(span.start, span.end, '');
  return null;
}

describe('one mistake, one message, and its hint mends it', () => {
  it.each<[what: string, text: string, code: string, mark: string]>([
    ['a key', GD + RIGHT.replace('about', 'abuot'), 'unknown-key', 'abuot'],
    ['another key', GD + RIGHT.replace('about=gd', 'about=gd expcet=proved'), 'unknown-key', 'expcet'],
    ['optimizer', GD.replace('optimizer', 'optimzer') + RIGHT, 'unknown-kind', 'optimzer'],
    ['claim', GD + RIGHT.replace('claim', 'clam'), 'unknown-kind', 'clam'],
    ['Optimizer', GD.replace('optimizer', 'Optimizer') + RIGHT, 'unknown-kind', 'Optimizer'],
    ['a colon', GD + RIGHT.replace('!modeq', '!modeq:'), 'unknown-kind', ':'],
    ['!mdoeq', GD.replace('!modeq', '!mdoeq') + RIGHT, 'magic-comment-near-miss', '!mdoeq'],
    ['! modeq', MOMENTUM.replace('!modeq opt', '! modeq opt') + FLOW, 'magic-comment-near-miss', '! modeq'],
    ['!Modeq', GD + RIGHT.replace('!modeq', '!Modeq'), 'magic-comment-near-miss', '!Modeq'],
    ['modeq', GD + RIGHT.replace('!modeq', 'modeq'), 'magic-comment-near-miss', 'modeq'],
    ['the optimizer of a claim', GD + RIGHT.replace('about=gd', 'about=gdd'), 'unknown-optimizer', 'gdd'],
    ['a setting', GD + RIGHT.replace('about=gd', 'about=gd setting=minibatch'), 'unknown-value', 'minibatch'],
    ['a role', `${R`% !modeq notation los=E`}\n${GD}${RIGHT}`, 'unknown-key', 'los'],
    [
      'a value without braces',
      GD + RIGHT.replace('about=gd', R`about=gd assume=\nabla_j E_n > 0`),
      'broken-magic-comment',
      'E_n > 0',
    ],
    [
      'a backslash of the parameters',
      GD.replace(R`{(n)} - h`, R`{(n)} - h theta`)
        .replace('- h theta', R`- h`)
        .replace(R`\theta_j^{(n)}`, R`theta_j^{(n)}`) + RIGHT,
      'undefined-name',
      'theta',
    ],
    ['a backslash of a hyperparameter', MOMENTUM.replace(R`= \beta`, '= beta') + FLOW, 'undefined-name', 'beta'],
    ['a backslash in where', MOMENTUM.replace(R`where \beta`, 'where beta') + FLOW, 'broken-where', 'beta'],
    ['a backslash of the gradient', GD.replace(R`\nabla_j`, 'nabla_j') + RIGHT, 'undefined-name', 'nabla'],
    ['a backslash behind a letter', GD.replace(R`h \nabla_j`, 'hnabla_j') + RIGHT, 'undefined-name', 'nabla'],
    ['a backslash of a fraction', GD + RIGHT.replace(R`\frac`, 'frac'), 'undefined-name', 'frac'],
    ['a backslash of a sum', GD + RIGHT.replace(R`\sum`, 'sum'), 'undefined-name', 'sum'],
    ['a declaration', MOMENTUM.replace(WHERE, '') + FLOW, 'undefined-name', R`\beta`],
    ['two declarations', MOMENTUM.replace(WHERE, '').replace('+ ', R`+ (1-\rho) `) + FLOW, 'undefined-name', R`\beta`],
    ['the second of two declarations', MOMENTUM.replace('+ ', R`+ (1-\rho) `) + FLOW, 'undefined-name', R`\rho`],
    [
      'a declaration of a decay',
      GD.replace('- h', R`- h \lambda \theta_j^{(n)} - h`) + RIGHT,
      'undefined-name',
      R`\lambda`,
    ],
    [
      'a declaration in a claim',
      GD + RIGHT.replace(R`\frac{h}{2}`, R`\frac{h}{2} \varepsilon`),
      'undefined-name',
      R`\varepsilon`,
    ],
    [
      'the name of a hyperparameter',
      MOMENTUM.replaceAll(R`\beta`, R`\beta_1`) + FLOW,
      'undefined-name',
      R`\beta^{n-k}`,
    ],
    ['in', MOMENTUM.replace(R`\beta in (0,1)`, R`\beta (0,1)`) + FLOW, 'broken-where', R`\beta (0,1)`],
    ['an interval without a comma', MOMENTUM.replace('(0,1)', '(0 1)') + FLOW, 'broken-where', R`\beta in (0 1)`],
    [
      'a comma between declarations',
      MOMENTUM.replace('(0,1)', R`(0,1) \rho in (0,1)`) + FLOW,
      'broken-where',
      R`\beta in (0,1) \rho in (0,1)`,
    ],
    ['ends of an interval', MOMENTUM.replace('(0,1)', '(1,0)') + FLOW, 'empty-domain', R`\beta in (1,0)`],
    ['braces of a label', SUBSCRIPT.replace('m_{t-1}', 'm_t-1'), 'definition-cycle', 'm_t-1'],
    ['braces of a label on the left', SUBSCRIPT.replace('x_{t+1}', 'x_t+1'), 'implicit-update', 'x_t+1'],
    ['a label', MOMENTUM.replace('m_j^{(n)}', 'm_j') + FLOW, 'missing-label', 'm_j'],
    ['index=subscript', SUBSCRIPT.replace('index=subscript', 'index=superscript'), 'left-side', ''],
    ['the letter of the dimension', GD + RIGHT.replace('^p', '^d'), 'undefined-name', 'd'],
    ['the letter of the iteration', GD + RIGHT.replace('E_n', 'E_t'), 'undefined-name', 't'],
    ['the letter of the step', plain('E', R`\theta`, R`\eta`), 'undefined-name', R`\eta`],
    ['the letter of the loss', plain('L', R`\theta`, 'h'), 'state-never-updated', 'L_t'],
    [
      'the letter of the loss in script',
      plain(R`\mathcal{L}`, R`\theta`, 'h'),
      'state-never-updated',
      R`\mathcal{L}_t`,
    ],
    [
      'the letter of the parameters',
      R`% !modeq optimizer w
\[ w^{(n+1)} = w^{(n)} - h \nabla E_n(w^{(n)}) \]
% !modeq claim c
\[ \dot{\tilde w} = -\nabla E_n(\tilde w) + O(h) \]
`,
      'no-update',
      R`\[ w^{(n+1)} = w^{(n)} - h \nabla E_n(w^{(n)}) \]`,
    ],
    ['a command', GD + RIGHT.replace(R`\nabla_j`, R`\nalba_j`), 'unknown-command', R`\nalba`],
    [
      'a macro',
      `${R`\newcommand{\lossgrad}{\nabla}`}\n${GD}${RIGHT.replace(R`\nabla_j`, R`\losgrad_j`)}`,
      'unknown-command',
      R`\losgrad`,
    ],
    ['a sum', GD + RIGHT.replace(R`\sum_{i=1}^p `, ''), 'undefined-name', 'i'],
    ['a decimal point', GD + RIGHT.replace(R`\frac{h}{2}`, '0,5 h'), 'unexpected-symbol', ','],
    [
      'the setting',
      GD + RIGHT.replace('about=gd', 'about=gd setting=mini-batch').replaceAll('E_n', 'E'),
      'unindexed-loss',
      R`E(\tilde\theta)`,
    ],
    ['where', ADAM.replace('% !modeq where', '% !modeq whre'), 'broken-magic-comment', 'whre'],
    [
      'a value for a domain',
      ADAM.replace(R`\varepsilon > 0`, R`\varepsilon = 10^{-8}`),
      'broken-where',
      R`\beta_1 in (0,1), \beta_2 in (0,1), \varepsilon = 10^{-8}`,
    ],
    ['the spelling of ε', ADAM.replace(R`\varepsilon > 0`, R`\epsilon > 0`), 'undefined-name', R`\varepsilon`],
    ['three declarations', ADAM.replace(/% !modeq where.*\n/, ''), 'undefined-name', R`\beta_1`],
    ['the gradient as a letter', ADAM.replace(' gradient=g', ''), 'state-never-updated', 'g_t'],
    ['two letters of the notation', ADAM.replace(/% !modeq notation.*\n/, ''), 'state-never-updated', 'g_t'],
    ['the whole notation', plain('L', 'w', R`\eta`), 'undefined-name', R`\eta`],
    ['a step with two letters', plain('E', R`\theta`, 'lr'), 'undefined-name', 'l'],
    [
      'a synonym of step',
      `${R`% !modeq notation stepsize=\eta`}\n${plain('E', R`\theta`, R`\eta`)}`,
      'unknown-key',
      'stepsize',
    ],
    [
      '= in a notation',
      `${R`% !modeq notation step:\eta`}\n${plain('E', R`\theta`, R`\eta`)}`,
      'broken-magic-comment',
      R`step:\eta`,
    ],
    [
      'a comma in a notation',
      `${R`% !modeq notation loss=f, step=\eta`}\n${plain('f', R`\theta`, R`\eta`)}`,
      'bad-letter',
      'f,',
    ],
    ['an id with a colon', GD.replace('gd', 'eq:gd') + RIGHT.replace('=gd', '=eq-gd'), 'bad-id', 'eq:gd'],
    ['the case of an id', GD + RIGHT.replace('=gd', '=GD'), 'unknown-optimizer', 'GD'],
    ['an id in quotes', GD + RIGHT.replace('=gd', '="gd"'), 'unknown-optimizer', '"gd"'],
    ['part of a value', GD + RIGHT.replace('=gd', '=gd setting=mini'), 'unknown-value', 'mini'],
    [
      'the only value',
      GD +
        RIGHT.replace('=gd', '=gd setting=full-batch limit=infinity')
          .replace(/ - \\frac.*(?= \\\])/, '')
          .replaceAll('E_n', 'E'),
      'unknown-value',
      'infinity',
    ],
    ['an order with its letter', GD + RIGHT.replace('=gd', '=gd order=h^1'), 'unknown-value', 'h^1'],
    ['an environment', MOMENTUM.replace('begin{align', 'begin{algin') + FLOW, 'no-display', 'algin'],
    ['the letter of O', GD + RIGHT.replace(/ - \\frac.*(?= \\\])/, R` + O(\eta)`), 'remainder', R`\eta`],
    [R`\Sigma for a sum`, GD + RIGHT.replace(R`\sum`, R`\Sigma`), 'undefined-name', R`\Sigma`],
    ['the beginning of a sum', GD + RIGHT.replace('_{i=1}^p', '_i^p'), 'sum-bounds', R`\sum_i`],
    ['==', GD + RIGHT.replace(' = ', ' == '), 'operand-expected', '=='],
    ['a dollar', GD + RIGHT.replace(R`\frac`, '$$\\frac'), 'unexpected-symbol', '$'],
    [
      'the time of a trajectory',
      GD + RIGHT.replace(/ - \\frac.*(?= \\\])/, '').replace(R`E_n(\tilde\theta)`, R`E_n(\tilde\theta_t)`),
      'undefined-name',
      '_t',
    ],
    ['behind tabs', GD + RIGHT.replace(R`\frac`, '\t\t\\farc'), 'unknown-command', R`\farc`],
    ['in a very long line', GD + RIGHT.replace(R`\frac`, `${'+ 0 '.repeat(3_000)}\\farc`), 'unknown-command', R`\farc`],
  ])('%s', (_, text, code, mark) => {
    const problems = told(text);
    expect(problems.map(problem => [problem.code, problem.message])).toHaveLength(1);
    const [problem] = problems;
    if (!problem) return;
    expect(problem.code).toBe(code);
    if (mark !== '') expect(marked(problem)).toBe(mark);
    const mended = applied(text, problem);
    expect(mended, problem.hint).not.toBe(null);
    expect(mended).not.toBe(text);
    expect(told(mended ?? '').map(each => `${each.message} (${each.hint})`)).toEqual([]);
    expect(isReadable(mended ?? '')).toBe(true);
  });
});

describe('one mistake, one message, at its place, where only the author knows what was meant', () => {
  it.each<[what: string, text: string, code: string, place: string, hint: RegExp]>([
    ['a brace that is never closed', GD + RIGHT.replace('{2}', '{2'), 'unbalanced-brace', '4:65', /brace/],
    ['a brace of a label', GD.replace('{(n+1)}', '{(n+1)') + RIGHT, 'unbalanced-brace', '2:13', /group/],
    ['a brace too many', GD + RIGHT.replace('{2}', '{2}}'), 'unbalanced-brace', '4:68', /leave this one out/],
    [R`\left alone`, GD + RIGHT.replace(R`\sum`, R`\left( \sum`), 'unbalanced-bracket', '4:69', /belongs to it/],
    [R`\right alone`, GD + RIGHT.replace(R`\sum`, R`\right) \sum`), 'unbalanced-brace', '4:69', /leave this one out/],
    ['a parenthesis', GD + RIGHT.replace(R`\sum`, R`( \sum`), 'unbalanced-bracket', '4:69', /belongs to it/],
    [
      'an argument of a macro',
      `${R`\newcommand{\lg}[2]{\nabla_{#1} E_n(#2)}`}\n${GD}${RIGHT.replace(R`\nabla_j E_n(\tilde\theta)`, R`\lg{j}`)}`,
      'macro-argument',
      '5:28',
      /\\lg\{…\}\{…\}/,
    ],
    [
      'an argument of a fraction',
      GD + RIGHT.replace(R`\frac{h}{2}`, R`\frac{h}`),
      'macro-argument',
      '4:57',
      /\\frac\{…\}\{…\}/,
    ],
    [
      'a macro that is not defined',
      GD + RIGHT.replace(R`\nabla_j`, R`\mygrad`),
      'unknown-command',
      '4:28',
      /\\newcommand/,
    ],
    ['a quantity that nothing defines', GD + RIGHT.replace('{2}', '{2} G_j'), 'undefined-name', '4:69', /:=.*given=ID/],
    ['words in a formula', GD + RIGHT.replace(R` \]`, R` unless n = 0 \]`), 'undefined-name', '4:139', /\\text/],
    ['a row that is not ended', ADAM.replace(' \\\\\n', '\n'), 'left-side', '5:43', /End each row/],
    [
      'an id of two words',
      GD.replace('gd', 'gradient descent') + RIGHT.replace('=gd', '=gradient-descent'),
      'broken-magic-comment',
      '1:29',
      /one word/,
    ],
    [
      'a key behind where',
      GD + RIGHT.replace('about=gd', R`where \lambda > 0 about=gd`),
      'broken-where',
      '3:24',
      /before it/,
    ],
    ['no value', GD + RIGHT.replace('=gd', '=gd expect='), 'missing-value', '3:33', /^$/],
    [
      'text before the display',
      MOMENTUM.replace('\n\\begin', '\nThe rule is\n\n\\begin') + FLOW,
      'no-display',
      '1:1',
      /right before/,
    ],
    ['another end', MOMENTUM.replace('end{align}', 'end{equation}') + FLOW, 'unclosed-display', '3:1', /closing/],
    [
      'two updates',
      MOMENTUM.replace(
        'm_j^{(n+1)}.',
        R`m_j^{(n+1)}, \\
  \theta_j^{(n+1)} &= \theta_j^{(n)}.`,
      ) + FLOW,
      'two-updates',
      '6:3',
      /Exactly one/,
    ],
    ['no update', MOMENTUM.replace(/ \\\\\n.*/, '') + FLOW, 'no-update', '3:1', /One row must make the parameters/],
    [
      'a state that nothing updates',
      MOMENTUM.replace(R`m_j^{(n+1)} &= \beta m_j^{(n)}`, R`m_j^{(n+1)} &= \beta v_j^{(n)}`) + FLOW,
      'state-never-updated',
      '4:24',
      /v/,
    ],
    ['no step', GD.replace('- h', '-') + RIGHT, 'update-not-small', '2:40', /factor h/],
    [
      'an implicit rule',
      GD.replace(R`\theta_j^{(n)} -`, R`\frac12\theta_j^{(n)} + \frac12\theta_j^{(n+1)} -`) + RIGHT,
      'implicit-update',
      '2:54',
      /./,
    ],
    [
      'a sequence of numbers alone',
      MOMENTUM.replace('\\nabla_j E_n(\\theta^{(n)})', '(m_j^{(n)})^2') + FLOW,
      'state-not-linear',
      '4:3',
      /schedule/,
    ],
    ['no optimizer', RIGHT.replace(' about=gd', ''), 'missing-about', '2:4', /!modeq optimizer ID/],
    ['an id twice', `${GD}${RIGHT}\n${RIGHT}`, 'duplicate-id', '6:16', /line 3/],
    ['an optimizer twice', `${GD}\n${GD}${RIGHT}`, 'duplicate-id', '4:20', /line 1/],
    ['no id', GD + RIGHT.replace(' c about=gd', ''), 'missing-id', '3:1', /!modeq claim ID/],
    ['no display', `${GD}% !modeq claim c about=gd\nText.\n`, 'no-display', '3:1', /right before the display/],
    [
      'a formula in the text that is not closed',
      `${GD}% !modeq claim c: $1 = 1\n`,
      'broken-inline-formula',
      '3:19',
      /two \$/,
    ],
    [
      'a comment behind text',
      GD + RIGHT.replace('%', 'Text. %'),
      'magic-comment-after-text',
      '3:7',
      /on the line before/,
    ],
    [
      'a comment in the display',
      `${GD}\\[ % !modeq claim c about=gd\n1 = 1 \\]\n`,
      'magic-comment-in-display',
      '3:4',
      /on the line before/,
    ],
    ['a display that is never closed', GD + RIGHT.replace(R`\]`, ''), 'unclosed-display', '4:1', /closing mark/],
    [
      'an optimizer that is never closed',
      MOMENTUM.replace(R`\end{align}`, '') + FLOW,
      'unclosed-display',
      '3:1',
      /closing mark/,
    ],
    ['given names nothing', GD + RIGHT.replace('=gd', '=gd given=deff'), 'unknown-given', '3:33', /./],
    ['same-as names nothing', GD + RIGHT.replace('=gd', '=gd same-as=d'), 'unknown-claim', '3:35', /./],
    ['an order', GD + RIGHT.replace('=gd', '=gd order=first'), 'unknown-value', '3:33', /^$/],
    [
      'two roles for a letter',
      `% !modeq notation loss=L parameters=L\n${GD}${RIGHT}`,
      'letter-with-two-roles',
      '1:37',
      /its own/,
    ],
    ['≈ without a regime', GD + RIGHT.replace(' = ', R` \approx `), 'approximation-without-regime', '4:4', /regime=/],
    [
      'two readings of a power',
      GD + RIGHT.replace(R`E_n(\tilde\theta) -`, 'E_n^2 -'),
      'ambiguous-power',
      '4:37',
      /\(\\nabla_j E\)\^2/,
    ],
    [
      'a product of vectors',
      GD +
        RIGHT.replace(/\\\[.*\\\]/, R`\[ \dot{\tilde\theta} = -\nabla E_n(\tilde\theta) \nabla E_n(\tilde\theta) \]`),
      'vector-product',
      '4:26',
      /vector=componentwise/,
    ],
  ])('%s', (_, text, code, place, hint) => {
    const problems = told(text);
    const [problem] = problems;
    const at = problem?.span && positionAt(problem.span.source.text, problem.span.start);
    expect(problems.map(each => each.code)).toEqual([code]);
    expect(`${at?.line}:${at?.column}`).toBe(place);
    expect(problem?.hint ?? '').toMatch(hint);
  });
});

it('of a claim about nothing known nothing else is told', () => {
  const text = FLOW.replace('mom', 'nobody').replace('O(h)', R`O(\gamma)`);
  expect(told(text).map(({ code }) => code)).toEqual(['unknown-optimizer']);
});

describe('what has nothing to do with each other is told together', () => {
  it('mistakes of two entries', () => {
    const text = MOMENTUM.replace(R`= \beta`, '= beta') + GD + RIGHT.replace(R`\frac`, R`\farc`);
    expect(told(text).map(marked)).toEqual(['beta', R`\farc`]);
  });
  it('two different mistakes of one entry', () => {
    const text = MOMENTUM.replace(WHERE, '').replace('h m_j', R`\eta m_j`) + FLOW.replace('O(h)', R`O(\eta)`);
    const problems = told(text);
    expect(problems.map(marked)).toEqual([R`\beta`, R`\eta`]);
    const mended = problems.reduceRight((all, problem) => applied(all, problem) ?? all, text);
    expect(isReadable(mended)).toBe(true);
  });
});

describe('what a claim does not say', () => {
  it('of several optimizers, the one that makes it readable', () => {
    const text = GD + MOMENTUM + FLOW.replace(' about=mom', '');
    expect(told(text)).toMatchObject([
      { code: 'missing-about', hint: 'Say which optimizer it is about, as about=mom.' },
    ]);
    expect(isReadable(GD + MOMENTUM + FLOW)).toBe(true);
  });
  it('a letter that no optimizer has is still to be declared', () => {
    const [problem] = told(GD + MOMENTUM + FLOW.replace(' about=mom', '').replace(R`\beta`, R`\kappa`));
    expect(problem?.code).not.toBe('missing-about');
  });
  it('that a sum runs over the parameters', () => {
    const text = R`% !modeq notation loss=E parameters=\omega
% !modeq optimizer sub
\[ \omega_{n+1} = \omega_n - h \nabla E(\omega_n) \]
% !modeq claim c
\[ \widetilde{E}(\omega) = E(\omega) + \frac{h}{4} \sum_{i=1}^m (\nabla_{\omega_i}E(\omega))^2 \]
`;
    const [problem, ...more] = told(text);
    expect(more).toEqual([]);
    expect(problem?.hint).toBe('If m is the number of parameters, say `notation dimension=m`.');
    expect(isReadable(text.replace(R`parameters=\omega`, R`parameters=\omega dimension=m`))).toBe(true);
  });
});

describe('hints promise nothing', () => {
  it('only what could be a hyperparameter is to be declared', () => {
    for (const name of ['G_j', R`\mathcal{Q}`, 'X', 'Q_i']) {
      const [problem] = told(GD + RIGHT.replace('{2}', `{2} ${name}`));
      expect(problem?.hint).not.toMatch(/where [^`]* > 0`\./);
    }
  });
  it('a formula with two readings is not mended by a third', () => {
    const [problem] = told(GD + RIGHT.replace(R`E_n(\tilde\theta) -`, 'E_n^2 -'));
    expect(problem?.hint).not.toMatch(/Did you mean/);
  });
  it('of an expected mistake nothing is tried', () => {
    const text = GD + RIGHT.replace('about=gd', 'about=gd expect=unreadable').replace(R`\frac`, 'frac');
    expect(told(text).map(({ hint }) => hint)).not.toContain('Did you mean `\\frac`?');
  });
});

it('a large file of mistakes is told in time', () => {
  const claims = Array.from({ length: 300 }, (_, at) =>
    RIGHT.replace('claim c', `claim c${at}`).replace(R`\frac`, 'frac'),
  );
  const started = performance.now();
  expect(told(GD + claims.join('\n')).length).toBe(300);
  expect(performance.now() - started).toBeLessThan(20_000);
});
