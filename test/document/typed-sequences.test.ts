/** Sequences that a claim defines by their recursions: how they are read, and what defines nothing. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';

const RULE = String.raw`% !modeq optimizer o
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;

function read(rows: string, notation = '') {
  const text = String.raw`${notation}${RULE}% !modeq claim c about=o order=0
\[ \dot\theta_j = -u_j^{(n+1)}(\theta), \quad ${rows} \]
`;
  const { claims, unreadable, problems } = readDocument({ name: 'x.tex', text });
  const told = [...problems, ...unreadable.flatMap(each => each.problems)];
  return { definitions: claims[0]?.definitions ?? [], told: told.map(({ code, message }) => `${code}: ${message}`) };
}

describe('a sequence', () => {
  test.each([
    String.raw`u_j^{(n+1)}(\theta) := \tfrac12 u_j^{(n)}(\theta) + \nabla_j E_n, \quad u_j^{(0)}(\theta) := 0`,
    String.raw`u_j^{(0)} := 0, \quad u_j^{(n)}(\theta) := \tfrac12 u_j^{(n-1)}(\theta) + \nabla_j E_{n-1}`,
    String.raw`u_i^{(0)} := 0, \quad u_j^{(k)}(\theta) := \tfrac12 u_j^{(k-1)}(\theta) + \nabla_j E_{k-1}`,
  ])('has a row and a first value: %s', rows => {
    const { definitions, told } = read(rows);
    expect(told).toEqual([]);
    expect(definitions).toHaveLength(1);
    expect(definitions[0]).toMatchObject({ name: 'u', recursion: { start: { kind: 'number' } } });
  });

  test('reads others at its own label, not in a circle', () => {
    const first = String.raw`u_j^{(0)} := 0, w_j^{(0)} := 0`;
    const right = String.raw`u_j^{(n+1)} := w_j^{(n+1)} + u_j^{(n)}, w_j^{(n+1)} := u_j^{(n)} + \nabla_j E_n`;
    const circle = String.raw`u_j^{(n+1)} := w_j^{(n+1)} + u_j^{(n)}, w_j^{(n+1)} := u_j^{(n+1)} + \nabla_j E_n`;
    expect(read(`${right}, ${first}`).told).toEqual([]);
    expect(read(`${circle}, ${first}`).told).toEqual([expect.stringContaining('definition-cycle')]);
  });

  test.each([
    ['the sum over its past', String.raw`\sum_{k=0}^{n} u_j^{(k)} + \nabla_j E_n`, null],
    [
      'a sum that reaches itself',
      String.raw`\sum_{k=0}^{n+1} u_j^{(k)} + \nabla_j E_n`,
      'not seen to be an earlier one',
    ],
    ['itself', String.raw`u_j^{(n+1)}`, 'not seen to be an earlier one'],
    ['a later value', String.raw`u_j^{(n+2)}`, 'not seen to be an earlier one'],
    ['a fixed value', String.raw`u_j^{(3)}`, 'not seen to be an earlier one'],
  ])('may read %s or not', (_, body, message) => {
    const { told } = read(String.raw`u_j^{(n+1)} := ${body}, u_j^{(0)} := 0`);
    expect(told).toEqual(message === null ? [] : [expect.stringContaining(message)]);
  });

  test('without a first value is a circle', () => {
    expect(read(String.raw`u_j^{(n+1)} := u_j^{(n)} + \nabla_j E_n`).told).toEqual([
      expect.stringContaining('definition-cycle'),
    ]);
  });

  test('has one first value and one row', () => {
    const row = String.raw`u_j^{(n+1)} := u_j^{(n)} + \nabla_j E_n, u_j^{(0)} := 0`;
    expect(read(String.raw`${row}, u_j^{(0)} := 1`).told).toContainEqual(expect.stringContaining('defined twice'));
    expect(read(String.raw`${row}, u_j^{(n)} := 1`).told).toEqual([expect.stringContaining('defined twice')]);
    expect(read(String.raw`u_j^{(n+2)} := u_j^{(n)}, u_j^{(0)} := 0`).told).toEqual([
      expect.stringContaining('beside its first value'),
    ]);
  });
});
