import { describe, expect, it } from 'vitest';
import { Budget, BudgetSpent } from '../../src/base/budget.ts';
import { atMost, inTime, Remembered, TimeLimitReached, work, workDone } from '../../src/base/work.ts';

const counted = (action: () => unknown): number => {
  const start = workDone();
  action();
  return workDone() - start;
};
const steps = (count: number) => (): string => {
  for (let i = 0; i < count; i += 1) work(1);
  return 'done';
};
const spent = (): string => 'spent';

describe('an amount of work', () => {
  it('lets through what needs no more of it, and ends what does', () => {
    expect(atMost(10, steps(10), spent)).toBe('done');
    expect(atMost(10, steps(11), spent)).toBe('spent');
  });
  it('counts outside as well, and never more than was given', () => {
    expect(counted(() => atMost(10, steps(7), spent))).toBe(7);
    expect(counted(() => atMost(10, () => work(1_000_000), spent))).toBe(10);
  });
  it('ends the one whose work is used up, not those inside of it', () => {
    const inner = (): string => atMost(100, steps(50), () => 'the inner one');
    expect(atMost(20, inner, () => 'the outer one')).toBe('the outer one');
    const outer = (): string => `${atMost(20, steps(50), () => 'the inner one')}, and on`;
    expect(atMost(100, outer, spent)).toBe('the inner one, and on');
  });
  it('passes by those who catch a spent budget', () => {
    const swallowing = (): string => {
      try {
        new Budget(1_000).spend(50);
        return 'not ended';
      } catch (error) {
        if (error instanceof BudgetSpent) return 'swallowed';
        throw error;
      }
    };
    expect(atMost(20, swallowing, spent)).toBe('spent');
  });
  it('is whole again behind an error', () => {
    expect(() => atMost(10, () => new Error('x').stack ?? steps(1)(), spent)).not.toThrow();
    expect(() =>
      atMost(
        10,
        () => {
          throw new RangeError('of the program');
        },
        spent,
      ),
    ).toThrow(RangeError);
    expect(steps(100)()).toBe('done');
  });
});

describe('what is remembered', () => {
  it('costs the work and the steps again that it took to make', () => {
    const values = new Remembered<string>();
    const budget = new Budget(1_000);
    const make = (): string => {
      budget.spend(5);
      return steps(30)();
    };
    const ask = (): string => values.get('a', make, budget);
    const first = counted(ask);
    expect(first).toBe(35);
    expect(budget.spent).toBe(5);
    expect(counted(ask)).toBe(first);
    expect(budget.spent).toBe(10);
  });
  it('ends a search where making it would have', () => {
    const values = new Remembered<string>();
    const ask = (): string => values.get('a', steps(30));
    const cold = atMost(20, ask, spent);
    ask();
    expect([cold, atMost(20, ask, spent)]).toEqual(['spent', 'spent']);
    expect(counted(() => atMost(20, ask, spent))).toBe(20);
  });
});

describe('the clock', () => {
  const ticking = (by: number) => {
    let now = 0;
    return (): number => {
      now += by;
      return now;
    };
  };
  it('ends the whole, past every amount of work', () => {
    const inside = (): string => atMost(1_000_000, steps(100_000), spent);
    expect(() => inTime(1_000, ticking(600), inside)).toThrow(TimeLimitReached);
    expect(inTime(1_000, ticking(0.001), inside)).toBe('done');
  });
  it('changes nothing of where an amount of work ends', () => {
    const inside = (): number => counted(() => atMost(12_345, steps(50_000), spent));
    expect([0.0001, 0.1, 10].map(by => inTime(1_000_000, ticking(by), inside))).toEqual([12_345, 12_345, 12_345]);
  });
});
