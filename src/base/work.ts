/**
 * Work: what this thread has done, counted where it is done (terms made, polynomials multiplied, nodes evaluated, digits of
 * long numbers), in units of very roughly a microsecond. Whatever must end is given an amount of it, so that where it ends
 * depends on nothing but the question: not on the machine, not on its load, not on what was asked before.
 *
 * The clock is looked at here too, now and then. It never takes part in an answer: it only ends the whole, by
 * {@link TimeLimitReached}.
 */

/** Milliseconds since some moment. */
export type Clock = () => number;

/** The reason of a clock that ended something. */
export const TIME_LIMIT = 'time limit reached';

/** Thrown when the time of a whole claim or command is over; nobody inside of it may catch this. */
export class TimeLimitReached extends Error {
  readonly reason: string;
  constructor(milliseconds: number) {
    super(TIME_LIMIT);
    this.name = 'TimeLimitReached';
    this.reason = `${TIME_LIMIT}: ${milliseconds / 1000} s`;
  }
}

/** Thrown when an amount of work is used up; caught by {@link atMost}, which gave that amount, and by nobody inside of it. */
class WorkSpent extends Error {
  readonly limit: Limit;
  constructor(limit: Limit) {
    super('the work is used up');
    this.name = 'WorkSpent';
    this.limit = limit;
  }
}

/** The work is counted from the start of the thread. */
interface Limit {
  readonly end: number;
  readonly outer: Limit | null;
}

interface Deadline {
  readonly milliseconds: number;
  readonly end: number;
  readonly clock: Clock;
}

/** Between two looks at the clock. */
const A_LOOK = 2_000;

let done = 0;
/** Where the next limit or look at the clock is. */
let next = Number.POSITIVE_INFINITY;
let innermost: Limit | null = null;
let deadline: Deadline | null = null;

/** Counts so many units of work; ends what has no more of it left. */
export function work(units: number): void {
  done += units;
  if (done > next) look();
}

/** All that was done so far, for differences. */
export const workDone = (): number => done;

function tightest(): Limit | null {
  let best = innermost;
  for (let each = innermost; each !== null; each = each.outer) if (best === null || each.end <= best.end) best = each;
  return best;
}

function plan(): void {
  const limit = tightest()?.end ?? Number.POSITIVE_INFINITY;
  next = deadline === null ? limit : Math.min(limit, done + A_LOOK);
}

function look(): void {
  const limit = tightest();
  if (limit !== null && done > limit.end) {
    // However large the last piece was, no more is counted than was given.
    done = limit.end;
    throw new WorkSpent(limit);
  }
  plan();
  if (deadline !== null && deadline.clock() > deadline.end) throw new TimeLimitReached(deadline.milliseconds);
}

/** What `action` gives with at most so much work, which counts outside as well; what `spent` gives where that is too little. */
export function atMost<T>(units: number, action: () => T, spent: () => T): T {
  const own: Limit = { end: done + units, outer: innermost };
  innermost = own;
  plan();
  try {
    return action();
  } catch (error) {
    if (!(error instanceof WorkSpent) || error.limit !== own) throw error;
    return spent();
  } finally {
    innermost = own.outer;
    plan();
  }
}

/** What `action` gives before the time is over; throws TimeLimitReached where it takes longer. */
export function inTime<T>(milliseconds: number, clock: Clock, action: () => T): T {
  const outer = deadline;
  deadline = { milliseconds, end: clock() + milliseconds, clock };
  plan();
  try {
    return action();
  } finally {
    deadline = outer;
    plan();
  }
}

/** A value with the work that it took. */
interface Kept<V> {
  readonly value: V;
  readonly units: number;
  readonly steps: number;
}

/** Counts steps, which are units of work as well. */
interface Spending {
  readonly spent: number;
  readonly spend: (steps: number) => void;
}
const NOTHING: Spending = { spent: 0, spend: () => undefined };

/**
 * Values that are made once. Asked again, a value costs the work (and the steps of the budget that it is made with) that it took
 * when it was made, so that where a search ends does not depend on what was asked before it. What is thrown is not kept.
 */
export class Remembered<V> {
  readonly #known = new Map<string, Kept<V>>();

  get(key: string, make: () => V, budget: Spending = NOTHING): V {
    const known = this.#known.get(key);
    if (known !== undefined) {
      budget.spend(known.steps);
      work(known.units - (budget === NOTHING ? 0 : known.steps));
      return known.value;
    }
    const start = { units: done, steps: budget.spent };
    const value = make();
    this.#known.set(key, { value, units: done - start.units, steps: budget.spent - start.steps });
    return value;
  }
}

/** The same for values of an object. */
export class RememberedOf<K extends object, V> {
  readonly #known = new WeakMap<K, Remembered<V>>();

  get(of: K, key: string, make: () => V, budget?: Spending): V {
    const values = this.#known.get(of) ?? new Remembered<V>();
    this.#known.set(of, values);
    return values.get(key, make, budget);
  }
}
