/** Claims with names that have a number, and what their remainders say. */
import { describe, expect, it } from 'vitest';
import { read } from '../reading.ts';

const R = String.raw;
const RULE = R`% !modeq notation loss=E parameters=\omega step=h
% !modeq optimizer gd
\[ \omega_{n+1} = \omega_n - h\nabla E(\omega_n) \]
`;
const claim = (formula: string) => read(`${RULE}% !modeq claim c\n\\[ ${formula} \\]\n`);

describe('names with a number', () => {
  it.each([
    R`\dot\omega = f(\omega) + h f_1(\omega) + O(h^2), \quad f(\omega) = -\nabla E(\omega), \quad f_1(\omega) = -\frac14\nabla\|\nabla E(\omega)\|^2`,
    R`\dot\omega = f + h f_1 + O(h^2), \quad f = -\nabla E(\omega), \quad f_1 = -\frac14\nabla\|\nabla E(\omega)\|^2`,
    R`\dot\omega = f_0(\omega) + h f_1(\omega), \quad f_0(\omega) := -\nabla E(\omega), \quad f_1(\omega) := -\frac12\nabla^2E(\omega)\nabla E(\omega)`,
    R`\dot\omega = -\nabla E(\omega) - h\,\xi_0(\omega), \qquad \xi_0(\omega) = \frac12\nabla^2E(\omega)\nabla E(\omega)`,
  ])('%s', formula => {
    const { claims, unreadable, problems } = claim(formula);
    expect([...problems, ...unreadable.flatMap(each => each.problems)].map(({ message }) => message)).toEqual([]);
    expect(claims[0]?.statements.length).toBe(1);
    expect(claims[0]?.definitions.length).toBe((formula.match(/:?= /g)?.length ?? 0) - 1);
  });

  it('are no names where the letter has another index too', () => {
    const { claims } = claim(R`c_k := 2^{-k}, \quad c_0 = 1`);
    expect(claims[0]?.statements.length).toBe(1);
    expect(claims[0]?.definitions.map(({ name }) => name)).toEqual(['c']);
  });
});

describe('remainders', () => {
  it('0(h) is told from O(h)', () => {
    const [unreadable] = claim(R`\dot\omega_j = -\nabla_jE(\omega) + 0(h)`).unreadable;
    expect(unreadable?.problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['remainder', 'Did you mean `O(…)`, with the letter O?'],
    ]);
  });

  it('the number of batches is a constant, other factors are left to the author', () => {
    expect(claim(R`\dot\omega = -\nabla E(\omega) + O(m^2h)`).claims[0]?.statements[0]?.order).toBe(0);
    const [unreadable] = claim(R`\dot\omega = -\nabla E(\omega) + O(7h)`).unreadable;
    expect(unreadable?.problems.map(({ hint }) => hint)).toEqual(['Leave constants out, as O(h^2).']);
  });
});

describe('a notation on the line of an optimizer', () => {
  it.each([
    ['paper.tex', R`% !modeq optimizer gd notation loss=L`, '% !modeq notation loss=L'],
    [
      'notes.md',
      R`<!-- !modeq optimizer gd notation loss=L step=\eta -->`,
      R`<!-- !modeq notation loss=L step=\eta -->`,
    ],
  ])('in %s is one mistake', (name, comment, line) => {
    const { problems } = read(`${comment}\n$$ \\theta_{k+1} = \\theta_k - h\\nabla L(\\theta_k) $$\n`, name);
    expect(problems.map(({ code }) => code)).toEqual(['broken-magic-comment']);
    expect(problems[0]?.hint).toContain(line);
  });
});
