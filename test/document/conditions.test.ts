/** What a condition covers, and where it ends: an inequality behind it may be a statement, which is never taken for a condition. */
import { describe, expect, it } from 'vitest';
import { GD, read } from './reading.ts';

const R = String.raw;
const HEAD = GD.replace(R`\[`, `% !modeq where ${R`\beta in (0,1), \rho in (0,1)`}\n${R`\[`}`).replace(
  R`- h`,
  R`- h(\beta+\rho-\beta-\rho+1)`,
);

/** The condition of each statement as it is typed, null where there is none; the codes of what is unreadable. */
function conditionsOf(body: string): (string | null)[] {
  const display = body.startsWith(R`\begin`) ? body : R`\[ ${body} \]`;
  const { claims, unreadable, problems } = read(`${HEAD}% !modeq claim c about=gd\n${display}\n`);
  expect(problems).toEqual([]);
  if (unreadable[0]) return unreadable[0].problems.map(({ code }) => code);
  return claims.flatMap(({ statements }) => statements.map(({ condition }) => condition && plain(condition.text)));
}

/** As it is typed, but for spaces and alignment. */
const plain = (text: string): string =>
  text
    .replaceAll(/\\q?quad|[&\s]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('an inequality behind an equation', () => {
  it.each([
    [R`|\beta-\rho| = \beta-\rho, \quad \beta > 1/2`, [R`\beta > 1/2`]],
    [R`\beta^n = \rho^n, \quad 0 < \beta < 1`, [R`0 < \beta < 1`]],
    [R`\beta^2 = \rho^2, \qquad 1/2 \le \rho`, [R`1/2 \le \rho`]],
    // A letter that the equation does not have, another letter, an equation without one, a row of its own.
    [R`\beta^n = \beta^n, \quad \rho > 1/2`, [null, null]],
    [R`\beta^2 = \rho^2, \quad \beta > \rho`, [null, null]],
    [R`\beta < 1, \quad \beta > 0`, [null, null]],
    [R`\begin{align} \beta^2 &= \rho^2 \\ \beta &> 1/2 \end{align}`, [null, null]],
  ])('bounds one of its letters by numbers: %s', (body, expected) => expect(conditionsOf(body)).toEqual(expected));
});

describe('an inequality behind a condition', () => {
  it.each([
    R`\beta^n < 1 \quad (n \ge 1), \qquad \beta^n < \rho^n`,
    R`n^2 \ge 2n \quad \text{if } n \ge 2, \quad n^3 \ge 4n`,
    R`1+\beta > 1 \quad \text{for } n \ge 0; \qquad 1+\beta \ge 1+\rho`,
    R`1+\beta > 1 \quad \text{for } n \ge 0 \quad\text{and}\quad 1+\beta \ge 1+\rho`,
    R`\dot\theta_j = -\nabla_j E_n + O(h), \quad n \ge 1, \qquad \frac{1+\beta}{1-\beta} > 2`,
    R`\dot\theta_j = -\nabla_j E_n + O(h), \quad t \in [nh,(n+1)h], \qquad \|\nabla E_n\|_1 \le \|\nabla E_n\|`,
    R`1+\beta > 1, n \ge 1, \beta > \rho`,
  ])('is refused where it has two readings: %s', body =>
    expect(conditionsOf(body)).toEqual(['condition-or-statement']),
  );

  it.each([
    R`\beta^n < 1 \quad (n \ge 1), \qquad \beta^n < \rho^n \quad (n \ge 1)`,
    R`\beta^n < 1, \quad n \ge 1; \qquad \beta^n < \rho^n, \quad n \ge 1`,
    R`\beta^n < 1 \quad \text{for } n \ge 1, \qquad \beta^n < \rho^n \quad \text{for } n \ge 1`,
  ])('is a statement with a condition of its own: %s', body =>
    expect(conditionsOf(body)).toEqual(['n \\ge 1', 'n \\ge 1']),
  );

  it.each([
    [R`\beta > \rho^2 \quad \text{if } \beta > \rho, \rho < 1`, R`\beta > \rho, \rho < 1`],
    [R`\beta > \rho^2 \quad \text{if } \beta > \rho,\quad n \ge 2`, R`\beta > \rho, n \ge 2`],
    [R`\|\nabla E_n\| > 0 \quad \text{if } \nabla_1E_n > 0, \nabla_2E_n < 0`, R`\nabla_1E_n > 0, \nabla_2E_n < 0`],
    [R`\beta^n \le 1, \quad n \ge 1, \quad p \ge 2`, R`n \ge 1, p \ge 2`],
    [R`\beta^n \le 1, \quad 2 \le n`, R`2 \le n`],
  ])('is another condition: %s', (body, condition) => {
    const [first, ...more] = conditionsOf(body);
    expect(more).toEqual([]);
    expect(first).toBe(condition);
  });
});

describe('a condition', () => {
  it.each([
    R`n^2 \ge q, \quad q := 2n, \quad n \ge 2`,
    R`n^2 \ge q, \quad \text{where } q := 2n, \quad \text{if } n \ge 2`,
    R`n^2 \ge q, \quad q \coloneqq 2n \quad (n \ge 2)`,
    R`q := 2n, \quad n \ge 2, \quad n^2 = q + n^2 - q`,
  ])('behind a definition is one of the statement: %s', body => expect(conditionsOf(body)).toEqual(['n \\ge 2']));

  it('that a definition has for its own letter is its own', () => {
    expect(conditionsOf(R`c_n \ge 0, \quad c_k := \beta^k \quad \text{for } k \ge 1`)).toEqual([null]);
  });

  it('in an aligned column of its own', () => {
    expect(conditionsOf(R`\begin{align} \sum_{k=0}^{n-3} 1 &= n-2, & n &\ge 2 \end{align}`)).toEqual(['n \\ge 2']);
    expect(conditionsOf(R`\begin{align} \sum_{k=0}^{n-3} 1 &= n-2, & \text{if } n &\ge 2 \end{align}`)).toEqual([
      'n \\ge 2',
    ]);
  });

  it('of statements that are joined by "and" is one of all', () => {
    const both = R`\sum_{k=0}^{n-3}1 = n-2 \quad\text{and}\quad \sum_{k=0}^{n-4}1 = n-3 \quad \text{for all } n\ge 3`;
    expect(conditionsOf(both)).toHaveLength(2);
    expect(new Set(conditionsOf(both)).size).toBe(1);
    expect(conditionsOf(both.replace(R`\quad\text{and}\quad`, R`, \quad`))[0]).toBeNull();
  });

  it('in front of its statement is refused', () => {
    expect(conditionsOf(R`\text{Let } n \ge 2. \quad n^2 \ge 2n`)).toEqual(['condition']);
    expect(conditionsOf(R`n \le 40 \quad \text{if } n \ge 13`)).toEqual(['n \\ge 13']);
    expect(conditionsOf(R`n < 2^n, \quad n \ge 2`)).toEqual(['n \\ge 2']);
  });
});

describe('what a word joins is another statement', () => {
  it.each([
    [R`p \ge 1 \quad\text{and}\quad p \le 3`, [null, null]],
    [R`0 \le n \text{ and } n \le 5`, [null, null]],
    [R`n^2 \ge 0, \text{ hence } n \ge 2`, [null, null]],
    [R`1+1 = 2 \text{, so that } n = 5`, [null, null]],
    [R`n^2 > 3 \quad\text{and}\quad n > 2 \quad\text{if } n\ge 2`, ['n\\ge 2', 'n\\ge 2']],
    [R`\beta^n < 1 \quad\text{for } \beta < 1 \text{ and } n \ge 1`, [R`\beta < 1 \text{ and } n \ge 1`]],
    [R`\beta^n < 1 \quad\text{where } n \ge 1`, ['n \\ge 1']],
  ])('%s', (body, expected) => expect(conditionsOf(body)).toEqual(expected));
});

describe('a condition of an equivalence', () => {
  const assumed = (body: string): [string[], string[]] => {
    const { claims, unreadable } = read(`${HEAD}% !modeq claim c about=gd\n\\[ ${body} \\]\n`);
    if (unreadable[0]) return [[], unreadable[0].problems.map(({ code }) => code)];
    const [claim] = claims;
    const own = claim?.statements.flatMap(({ condition }) => condition?.comparisons ?? []);
    return [(claim?.assume ?? []).map(({ text }) => text), (own ?? []).map(({ relation }) => relation)];
  };
  it.each([
    R`\beta^n \ge \rho^n \iff \beta \ge \rho \quad\text{for } n\ge 1`,
    R`\beta^n \ge \rho^n \iff \beta \ge \rho, \quad n\ge 1`,
    R`\beta^n \ge \rho^n \iff \beta \ge \rho \quad\text{if } n\ge 1`,
    R`\beta^n \ge \rho^n \quad\text{if } n\ge 1 \iff \beta \ge \rho`,
    R`\text{for } n\ge 1: \quad \beta^n \ge \rho^n \iff \beta \ge \rho`,
  ])('is one of the whole: %s', body => expect(assumed(body)).toEqual([['n\\ge 1'], ['\\ge']]));
  it('is what a definition beside it says too', () => {
    expect(assumed(R`q^2 \ge 4 \iff n \ge 1, \quad q := 2n, \quad n \ge 0`)).toEqual([['n \\ge 0'], ['\\ge']]);
  });
  it('is refused where it may be a part of the right side, or beside other statements', () => {
    expect(assumed(R`\beta^n < 1 \iff n \ge 1, \quad p \ge 2`)).toEqual([[], ['condition-or-statement']]);
    expect(assumed(R`\beta^n < 1 \iff n \ge 1 \text{ and } p \ge 1`)).toEqual([[], ['\\ge', '\\ge']]);
    expect(assumed(R`1 = 1, \quad \beta^n < 1 \iff \beta < 1 \text{ for } n \ge 1`)).toEqual([[], ['condition']]);
  });
});
