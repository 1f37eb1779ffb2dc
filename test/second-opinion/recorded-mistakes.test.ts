/**
 * Where the second opinions are wrong, recorded: each answer is compared with exact arithmetic, so that the day a version
 * answers rightly this file says so. It is why neither library decides anything in this project.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { Oracle } from './ask.ts';
import { exactReader } from './exact.ts';

const oracle = new Oracle();
afterAll(() => oracle.close());
const exact = await exactReader();

describe('nerdamer', () => {
  it.each([
    ['plain', 'diff(x1*sqrt(x2),x1)', 'sqrt(x2)', ['1', '16'], '2', '4'],
    ['simplify', 'x1*(x2+1)^(-3/2)', 'x1*(x2+1)^(-3/2)', ['1', '3'], '1/4', '1/8'],
    ['expand', '(x1-3)/(x1^2+x2)-2/(x1^2+x2)', '(x1-3)/(x1^2+x2)-2/(x1^2+x2)', ['1', '1'], '-1/2', '-2'],
  ])('%s(%s) is another function', async (action, question, meaning, point, wrong, right) => {
    const answer = await oracle.text('nerdamer', action, question);
    expect(exact(meaning, point)).toBe(right);
    expect(exact(answer, point), answer).toBe(wrong);
  });

  it.each([
    ['(x1+1)^2', 'x1^2+2*x1+1'],
    ['x1/(1-x1)-2*x1^2/(1-x1^2)', 'x1/(1+x1)'],
  ])('denies that %s equals %s', async (one, other) => {
    for (const point of ['2/7', '-3/5', '9/4']) expect(exact(one, [point])).toBe(exact(other, [point]));
    expect(await oracle.text('nerdamer', 'equal', one, other)).toBe('false');
  });

  /** A sequence in n (x1 for the exact reader), its limit, and the answer. */
  it.each([
    ['(1-1/2^(n+1))/(1-1/2)', 2, '1'],
    ['(1-1/2^(n+1))*2', 2, '1'],
    ['1/2*(3-(1/3)^n)', 1.5, '3'],
    ['1-(n+1)*(1/2)^(n+1)/(1-(1/2)^(n+1))', 1, 'Infinity'],
    ['(n+1)/2^n', 0, '0'],
    ['1-(1/3)^n', 1, '1'],
    ['2-(1/2)^n', 2, '2'],
  ])('says of the limit of %s, which is %s: %s', async (sequence, limit, answer) => {
    const distances = [20, 40, 60].map(n => {
      const value = exact(sequence.replaceAll('n', `${n}`), ['0']);
      const [num, den = '1'] = (value ?? '').split('/');
      return Math.abs(Number(num) / Number(den) - limit);
    });
    expect(Math.max(...distances.slice(1))).toBeLessThan(1e-9);
    expect(await oracle.text('nerdamer', 'limit', sequence, 'n')).toBe(answer);
  });

  it('does not end on other limits, and the worker is ended for it', async () => {
    const impatient = new Oracle(3_000);
    expect(await impatient.ask('nerdamer', 'limit', 'n*(9/10)^n', 'n')).toEqual({ kind: 'no answer in time' });
    // A new worker takes its place.
    expect(await impatient.text('nerdamer', 'expand', '(x1+1)^2-(x1^2+2*x1+1)')).toBe('0');
    await impatient.close();
  });
});

describe('mathjs', () => {
  it('simplifies a root to what is negative', async () => {
    const answer = await oracle.text('mathjs', 'simplify', '(x1^2)^(1/2)');
    expect(exact('(x1^2)^(1/2)', ['-2'])).toBe('2');
    expect(exact(answer, ['-2'])).toBe('-2');
  });
  it('loses a small coefficient', async () => {
    const answer = await oracle.text('mathjs', 'simplify', '1e-15*x1+1');
    expect(exact(answer, ['1000000000000000'])).toBe('1');
    expect(exact('x1/10^15+1', ['1000000000000000'])).toBe('2');
  });
  it('denies an identity, and affirms what is false', async () => {
    expect(await oracle.text('mathjs', 'equal', '(x1+1)^2', 'x1^2+2*x1+1')).toBe('false');
    for (const point of ['2/7', '-3/5', '9/4']) expect(exact('(x1+1)^2', [point])).toBe(exact('x1^2+2*x1+1', [point]));
    expect(await oracle.text('mathjs', 'number', '1+1e-30==1')).toBe('true');
    expect(exact('1+1/10^30', [])).not.toBe('1');
  });
  it('differentiates rightly where nerdamer does not', async () => {
    expect(exact(await oracle.text('mathjs', 'derivative', 'x1*sqrt(x2)', 'x1'), ['1', '16'])).toBe('4');
  });
});
