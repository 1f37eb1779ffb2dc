/**
 * Rows that are equations for the newest value, made at random from a rule of two steps: terms on either side, factors in front, differences as
 * groups and as quotients by the step. Each is read and run beside a loop that knows the rule alone; a twin with another number in it is not the same.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyOptimizer } from './same-rule.ts';
import { runRule } from './run-rule.ts';

const R = String.raw;
const H = 1 / 64;
const STEPS = 4;

/** x_{k+1} = x_k + b(x_k − x_{k−1}) − c h ∇f(x_k). */
interface TwoStepRule {
  readonly b: readonly [number, number];
  readonly c: readonly [number, number];
}
const fraction = ([above, below]: readonly [number, number]): string =>
  below === 1 ? `${above}` : R`\frac{${above}}{${below}}`;
const value = ([above, below]: readonly [number, number]): number => above / below;

/** The points after each step, for the loss (3/2 − 2 x_1 x_2)²/2. */
function pointsOf({ b, c }: TwoStepRule): number[][] {
  let [before, now] = [
    [1 / 3, -2 / 5],
    [1 / 3, -2 / 5],
  ];
  return Array.from({ length: STEPS }, () => {
    const [x = 0, y = 0] = now;
    const inner = 1.5 - 2 * x * y;
    const gradient = [-2 * y * inner, -2 * x * inner];
    const next = now.map(
      (each, place) => each + value(b) * (each - (before[place] ?? 0)) - value(c) * H * (gradient[place] ?? 0),
    );
    [before, now] = [now, next];
    return next;
  });
}

/** How an equation is typed. */
interface Shape {
  /** How the newest value stands: alone, in a difference, in one by the step, in a second difference. */
  readonly form: 'alone' | 'difference' | 'quotient' | 'second';
  /** A number in front of everything. */
  readonly factor: readonly [number, number];
  /** Which terms stand on the right, as bits. */
  readonly right: number;
  readonly turned: boolean;
  readonly zero: boolean;
}

/** The equation as text. */
function typed({ b, c }: TwoStepRule, { form, factor, right, turned, zero }: Shape): string {
  const m = fraction(factor);
  const one = factor[0] === 1 && factor[1] === 1;
  const front = one ? '' : R`${m} \cdot`;
  const [bText, cText] = [fraction(b), fraction(c)];
  // Each term with its sign on the left side, where all add up to zero; the first has the newest value.
  const terms: [sign: '+' | '-', text: string][] =
    form === 'alone'
      ? [
          ['+', `${front} x_{k+1}`],
          ['-', `${front} x_k`],
          ['-', `${front} ${bText} (x_k - x_{k-1})`],
          ['+', R`${front} ${cText} \eta \nabla f(x_k)`],
        ]
      : form === 'difference'
        ? [
            ['+', `${front} (x_{k+1} - x_k)`],
            ['-', `${front} ${bText} (x_k - x_{k-1})`],
            ['+', R`${front} ${cText} \eta \nabla f(x_k)`],
          ]
        : form === 'quotient'
          ? [
              ['+', R`${front} \frac{x_{k+1} - x_k}{\eta}`],
              ['-', R`${front} ${bText} \frac{x_k - x_{k-1}}{\eta}`],
              ['+', R`${front} ${cText} \nabla f(x_k)`],
            ]
          : [
              ['+', `${front} (x_{k+1} - 2x_k + x_{k-1})`],
              ['+', `${front} (x_k - x_{k-1})`],
              ['-', `${front} ${bText} (x_k - x_{k-1})`],
              ['+', R`${front} ${cText} \eta \nabla f(x_k)`],
            ];
  const isRight = (at: number): boolean => !zero && at > 0 && ((right >> at) & 1) === 1;
  const side = (on: (at: number) => boolean, flip: boolean): string => {
    const own = terms.filter((_, at) => on(at)).map(([sign, text]) => [flip ? (sign === '+' ? '-' : '+') : sign, text]);
    const text = own.map(([sign, each], at) => (at === 0 && sign === '+' ? each : `${sign} ${each}`)).join(' ');
    return text === '' ? '0' : text;
  };
  const [left, other] = [side(at => !isRight(at), false), side(isRight, true)];
  // x_k = x_{k+1} + … looks like a row for x_k, and is refused.
  return turned && !/^x_k$/.test(other.trim()) ? `${other} = ${left}` : `${left} = ${other}`;
}

const number = (from: number, to: number, below: readonly number[]): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(fc.integer({ min: from, max: to }), fc.constantFrom(...below));
const rules = fc.record({ b: number(1, 3, [4, 5, 7]), c: number(1, 3, [1, 2, 3]) });
const shapes = fc.record({
  form: fc.constantFrom('alone', 'difference', 'quotient', 'second') satisfies fc.Arbitrary<Shape['form']>,
  factor: number(1, 4, [1, 3]),
  right: fc.integer({ min: 0, max: 15 }),
  turned: fc.boolean(),
  zero: fc.boolean(),
});

const run = async (equation: string, points: readonly (readonly number[])[]): Promise<readonly (readonly number[])[]> =>
  runRule(
    onlyOptimizer(
      R`<!-- !modeq notation loss=f parameters=x step=\eta -->
<!-- !modeq optimizer A -->
$$ ${equation} $$
`,
      'notes.md',
    ),
    { points, full: true, values: new Map() },
  );

const distance = (one: readonly (readonly number[])[], other: readonly (readonly number[])[]): number =>
  Math.max(
    ...one.flatMap((point, step) => point.map((each, place) => Math.abs(each - (other[step]?.[place] ?? Number.NaN)))),
  );

it('a row for x_k with the next value on its right is refused', async () => {
  await expect(run(R`x_k = x_{k+1} + \eta\nabla f(x_k)`, pointsOf({ b: [1, 4], c: [1, 1] }))).rejects.toThrow(
    'implicit-update',
  );
});

describe('rows solved for the newest value', () => {
  it('make the points of the rule that they were made of', async () => {
    await fc.assert(
      fc.asyncProperty(rules, shapes, async (rule, shape) => {
        const points = pointsOf(rule);
        expect(distance(await run(typed(rule, shape), points), points)).toBeLessThan(1e-12);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('and a twin with another number makes others', async () => {
    await fc.assert(
      fc.asyncProperty(rules, shapes, fc.boolean(), async (rule, shape, inMomentum) => {
        const { b, c } = rule;
        const other = inMomentum ? { b: [b[0] + 1, b[1]] as const, c } : { b, c: [c[0] + 1, c[1]] as const };
        const points = pointsOf(rule);
        expect(distance(await run(typed(other, shape), points), points)).toBeGreaterThan(1e-6);
      }),
      { numRuns: 20, seed: 12 },
    );
  });
});
