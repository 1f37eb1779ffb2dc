/** Rules with one mistake each: one message, at its place, with the hint that helps. */
import { describe, expect, it } from 'vitest';
import { placed, read } from './reading.ts';

const HEAD = String.raw`% !modeq notation loss=f parameters=x step=\eta
`;

const BROKEN: readonly (readonly [name: string, text: string, place: string, hint: string])[] = [
  [
    'missing backslash',
    String.raw`% !modeq optimizer A
% !modeq where \beta in (0,1)
\[ m_t = beta m_{t-1} + \nabla f_t(x_{t-1}), \quad x_t = x_{t-1} - \eta m_t \]`,
    '4:10 undefined-name',
    'Did you mean `\\beta`?',
  ],
  [
    'm_t-1',
    String.raw`% !modeq optimizer A
% !modeq where \beta in (0,1)
\[ m_t = \beta m_t-1 + \nabla f_t(x_{t-1}), \quad x_t = x_{t-1} - \eta m_t \]`,
    '4:16 definition-cycle',
    'Did you mean `m_{t-1}`?',
  ],
  [
    'undeclared beta',
    String.raw`% !modeq optimizer A
\[ m_t = \beta m_{t-1} + \nabla f_t(x_{t-1}), \quad x_t = x_{t-1} - \eta m_t \]`,
    '3:10 undefined-name',
    'where \\beta in (0,1)',
  ],
  [
    'typo kind',
    String.raw`% !modeq optimiser A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \]`,
    '2:10 unknown-kind',
    'Did you mean optimizer?',
  ],
  [
    'typo prefix',
    String.raw`% !modec optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \]`,
    '2:3 magic-comment-near-miss',
    'Did you mean !modeq?',
  ],
  [
    'open brace',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1 - \eta\nabla f_t(x_{t-1}) \]`,
    '3:12 unbalanced-brace',
    'Add the brace that is missing',
  ],
  [
    'paren',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta(\nabla f_t(x_{t-1}) \]`,
    '3:24 unbalanced-bracket',
    'Add the one that belongs to it',
  ],
  [
    'unknown macro',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\grad f_t(x_{t-1}) \]`,
    '3:24 unknown-command',
    'Did you mean `\\nabla`?',
  ],
  [
    'wrong loss',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla L_t(x_{t-1}) \]`,
    '3:31 state-never-updated',
    'notation loss=L',
  ],
  [
    'wrong params',
    String.raw`% !modeq optimizer A
\[ w_t = w_{t-1} - \eta\nabla f_t(w_{t-1}) \]`,
    '3:1 no-update',
    'notation parameters=w',
  ],
  [
    'missing row',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\frac{m_t}{\sqrt{v_t}} \]`,
    '3:30 state-never-updated',
    'Add the row that makes m',
  ],
  [
    'no first value',
    String.raw`% !modeq optimizer A
% !modeq where \beta in (0,1)
\[ y_{k+1} = x_k - \eta\nabla f(x_k), \quad x_{k+1} = y_{k+1} + \beta(y_{k+1}-y_k) \]`,
    '4:79 first-value-missing',
    'as y_0 = x_0',
  ],
  [
    'comma number',
    String.raw`% !modeq optimizer A
\[ m_t = 0,9 m_{t-1} + \nabla f_t(x_{t-1}), \quad x_t = x_{t-1} - \eta m_t \]`,
    '3:11 unexpected-symbol',
    'Did you mean `0.9`?',
  ],
  [
    'key typo',
    String.raw`% !modeq optimizer A before_first=zero
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \]`,
    '2:22 broken-magic-comment',
    'Did you mean `before-first=`?',
  ],
  [
    'condition',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \quad \text{if } t > 3 \]`,
    '3:61 row-condition',
    'Leave the condition out',
  ],
  [
    'cases of g',
    String.raw`% !modeq optimizer A
% !modeq where c > 0
\[ x_t = x_{t-1} - \eta\begin{cases} g_t & \|g_t\| \le c\\ c g_t/\|g_t\| & \text{otherwise}\end{cases}, \quad g_t = \nabla f_t(x_{t-1}) \]`,
    '4:24 cases-value',
    'Write the cases as t < T',
  ],
  [
    'expectation',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\mathbb{E}[\nabla f(x_{t-1};\xi)] \]`,
    '3:24 undefined-name',
    'A mean over samples',
  ],
  [
    'mistyped env',
    String.raw`% !modeq optimizer A
\[ \begin{algined} x_t &= x_{t-1} - \eta\nabla f_t(x_{t-1}) \end{algined} \]`,
    '3:11 unknown-environment',
    'Did you mean `aligned`?',
  ],
  [
    'frac arg',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \frac{\eta}\nabla f_t(x_{t-1}) \]`,
    '3:20 macro-argument',
    'Write \\frac{…}{…}',
  ],
  [
    'where typo',
    String.raw`% !modeq optimizer A
% !modeq were \beta in (0,1)
\[ x_t = x_{t-1} - \eta\beta\nabla f_t(x_{t-1}) \]`,
    '3:10 broken-magic-comment',
    'Did you mean `where`?',
  ],
  [
    'no eta',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \nabla f_t(x_{t-1}) \]`,
    '3:20 update-not-small',
    'needs the factor \\eta',
  ],
  [
    'double sub',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t_k(x_{t-1}) \]`,
    '3:34 double-script',
    'one pair of braces',
  ],
  [
    'epsilon variant',
    String.raw`% !modeq optimizer A
% !modeq where \varepsilon > 0
\[ x_t = x_{t-1} - \eta\frac{\nabla f_t(x_{t-1})}{\epsilon+1} \]`,
    '4:51 undefined-name',
    'Did you mean `\\varepsilon`?',
  ],
  [
    'weight decay big',
    String.raw`% !modeq optimizer A
% !modeq where \lambda > 0
\[ x_t = (1-\lambda)x_{t-1} - \eta\nabla f_t(x_{t-1}) \]`,
    '4:10 update-not-small',
    '(1 - \\eta\\lambda)x',
  ],
  [
    'id twice',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \]
% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \]`,
    '4:20 duplicate-id',
    'first used in line 2',
  ],
  [
    'text between',
    String.raw`% !modeq optimizer A
\[ x_t = x_{t-1} - \eta\nabla f_t(x_{t-1}) \text{ unless } \|\nabla f_t\| > 1 \]`,
    '3:44 words-not-understood',
    'Write a condition',
  ],
  [
    'missing loss label',
    String.raw`% !modeq optimizer A
% !modeq where \beta in (0,1)
\[ m_t = \beta m_{t-1} + g, \quad g_t = \nabla f_t(x_{t-1}), \quad x_t = x_{t-1} - \eta m_t \]`,
    '4:26 missing-label',
    'Did you mean `g_t`?',
  ],
];

describe('a rule with a mistake is told once, at its place', () => {
  it.each(BROKEN)('%s', (_, text, place, hint) => {
    const { problems } = read(`${HEAD}${text}\n`);
    const [first, ...more] = problems;
    const [at, code] = place.split(' ');
    expect(more).toEqual([]);
    expect(first && placed(first)).toBe(`${code ?? ''} ${at ?? ''}`);
    expect(first?.hint ?? '').toContain(hint);
  });
});
