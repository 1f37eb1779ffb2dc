/** What a shared value costs must not depend on who asked for it before. */
import { expect, test } from 'vitest';
import { Budget } from '../../src/base/budget.ts';
import { Owner, SharedValues } from '../../src/base/shared-values.ts';
import { work, workDone } from '../../src/base/work.ts';

class World {
  readonly whole = new SharedValues<string>({ paid: 'once' });
  readonly each = new SharedValues<string | null>({ paid: 'each time' });
  made = 0;

  /** An owner that asks for these values, and what each of them cost it: units and steps. */
  ask(names: readonly string[]): [number, number][] {
    const budget = new Budget(1000);
    const owner = new Owner(budget);
    return names.map(name => {
      const before = [workDone(), budget.spent] as const;
      this.#get(owner, budget, name);
      return [workDone() - before[0], budget.spent - before[1]];
    });
  }

  #get(owner: Owner, budget: Budget, name: string): string | null {
    if (name.startsWith('each')) {
      return owner.get(
        this.each,
        name,
        () => {
          this.made += 1;
          work(5);
          this.#get(owner, budget, 'leaf');
          return name === 'each, not kept' ? null : name;
        },
        value => value !== null,
      );
    }
    return owner.get(this.whole, name, () => {
      this.made += 1;
      work(7);
      budget.spend(2);
      if (name === 'tree')
        for (const part of ['leaf', 'each', 'each', 'each, not kept']) this.#get(owner, budget, part);
      return name;
    });
  }
}

const ASKED = [
  ['tree', 'leaf', 'each', 'tree'],
  ['leaf', 'tree', 'each, not kept'],
  ['each', 'tree', 'leaf'],
  ['each, not kept', 'each', 'tree'],
];

test.each(ASKED.map(names => [names.join(' · '), names] as const))('%s costs the same after any others', (_, names) => {
  const alone = new World().ask(names);
  for (const others of ASKED) {
    const world = new World();
    world.ask(others);
    world.ask(others.toReversed());
    expect(world.ask(names)).toEqual(alone);
  }
});

test('a value is made once, and paid for once or each time', () => {
  const world = new World();
  expect(world.ask(['leaf', 'leaf', 'each', 'each'])).toEqual([
    [9, 2],
    [0, 0],
    [5, 0],
    [5, 0],
  ]);
  world.ask(['leaf', 'each']);
  expect(world.made).toBe(2);
});

test('too small a budget ends where it would have ended', () => {
  const { whole } = new World();
  const make = (budget: Budget) => () => {
    budget.spend(3);
    return 'value';
  };
  const large = new Budget(10);
  new Owner(large).get(whole, 'a', make(large));
  const small = new Budget(2);
  expect(() => new Owner(small).get(whole, 'a', make(small))).toThrow('more than 2 steps');
});
