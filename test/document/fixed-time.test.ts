/** Conditions of global bounds: the steps of a fixed time, n ≤ T/h, are what a bound is about; any other condition stays one. */
import { describe, expect, it } from 'vitest';
import { read } from './reading.ts';

const R = String.raw;
const conditionOf = (condition: string): string | null => {
  const { claims, unreadable } = read(
    R`% !modeq notation loss=f parameters=x step=\eta
% !modeq optimizer gd
\[ x_{t+1} = x_t - \eta\nabla f(x_t) \]
% !modeq claim bound
\[ \|\tilde x(t\eta) - x_t\| \le C\eta^2 ${condition} \]
`,
  );
  expect(unreadable).toEqual([]);
  const [statement] = claims.flatMap(({ statements }) => statements);
  expect(statement?.kind).toBe('global-bound');
  return statement?.condition?.text ?? null;
};

describe('the condition of a global bound', () => {
  it.each([
    R`\quad\text{for all } t \le T/\eta`,
    R`, \quad 0 \le t \le \frac{T}{\eta}`,
    R`\quad\text{for } t\eta \le T`,
    R`\quad\forall t = 0, 1, \dots, \lfloor T/\eta\rfloor`,
    R`\quad\text{for } 0 \leq t \leq \left\lfloor T/\eta \right\rfloor`,
  ])('%s says nothing more', condition => expect(conditionOf(condition)).toBeNull());

  it.each([
    R`\quad\text{for } t \le T/\eta^2`,
    R`\quad\text{for } t \ge 5`,
    R`\quad\text{for } t \le T`,
    R`\quad\text{for } t \le T/\eta, t \ge 3`,
  ])('%s stays', condition => expect(conditionOf(condition)).not.toBeNull());
});
