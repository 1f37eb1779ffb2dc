/**
 * Values that are made once for all who ask, and cost each of them the same as if nobody had asked before: where a search ends depends on
 * nothing but the question (work.ts). Each owner pays for a value once, or each time, and for what it is made of in the same way.
 */
import type { Budget } from './budget.ts';
import { work, workDone } from './work.ts';

interface Made {
  /** What it took, without what it took to make its parts. */
  readonly units: number;
  readonly steps: number;
  readonly isPaidOnce: boolean;
  /** What was asked for on the way. */
  readonly parts: readonly Made[];
}

interface MadeValue<V> extends Made {
  readonly value: V;
}

/** Beyond this all are forgotten; they only save time. */
const MOST = 20_000;

/** The values by their keys, which have to tell all that a value depends on. */
export class SharedValues<V> {
  readonly #known = new Map<string, MadeValue<V>>();
  readonly isPaidOnce: boolean;

  constructor({ paid }: { readonly paid: 'once' | 'each time' }) {
    this.isPaidOnce = paid === 'once';
  }

  find(key: string): MadeValue<V> | undefined {
    return this.#known.get(key);
  }

  keep(key: string, made: MadeValue<V>): void {
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(key, made);
  }
}

/** What is being made, and what was paid for its parts so far. */
interface Open {
  units: number;
  steps: number;
  readonly parts: Made[];
}

/** One that asks for shared values, and pays for them with this budget. */
export class Owner {
  readonly #budget: Budget;
  readonly #paid = new Set<Made>();
  readonly #open: Open[] = [];

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** The value of that key. What is thrown is not kept, nor what `isKept` says no to. */
  get<V>(values: SharedValues<V>, key: string, make: () => V, isKept: (value: V) => boolean = () => true): V {
    const known = values.find(key);
    const before = { units: workDone(), steps: this.#budget.spent };
    if (known !== undefined) {
      this.#pay(known);
      this.#count(before, [known]);
      return known.value;
    }
    const own: Open = { units: 0, steps: 0, parts: [] };
    this.#open.push(own);
    let made: MadeValue<V> | null = null;
    try {
      const value = make();
      const units = workDone() - before.units - own.units;
      const steps = this.#budget.spent - before.steps - own.steps;
      if (!isKept(value)) return value;
      made = { value, units, steps, isPaidOnce: values.isPaidOnce, parts: own.parts };
      values.keep(key, made);
      if (made.isPaidOnce) this.#paid.add(made);
      return value;
    } finally {
      this.#open.pop();
      if (made === null) this.#pass(own);
      else this.#count(before, [made]);
    }
  }

  /** What is not kept is no part; its parts are. */
  #pass({ units, steps, parts }: Open): void {
    const outer = this.#open.at(-1);
    if (outer === undefined) return;
    outer.units += units;
    outer.steps += steps;
    outer.parts.push(...parts);
  }

  /** Adds what was paid since then to what is being made around it. */
  #count(before: { readonly units: number; readonly steps: number }, parts: readonly Made[]): void {
    const outer = this.#open.at(-1);
    if (outer === undefined) return;
    outer.units += workDone() - before.units;
    outer.steps += this.#budget.spent - before.steps;
    outer.parts.push(...parts);
  }

  #pay(made: Made): void {
    if (this.#paid.has(made)) return;
    for (const part of made.parts) this.#pay(part);
    this.#budget.spend(made.steps);
    work(made.units - made.steps);
    if (made.isPaidOnce) this.#paid.add(made);
  }
}
