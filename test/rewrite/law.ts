/**
 * What every rule must keep: wherever the expression before it has a value, the one after it has the same (times the factors
 * that are told). A value that is lost is forgiven only on a thin set of hyperparameters: with other ones, at the same
 * integers, it must be there.
 */
import { Budget, BudgetSpent } from '../../src/base/budget.ts';
import { Refusal } from '../../src/base/problem.ts';
import type { Assumptions } from '../../src/expression/arithmetic/assumptions.ts';
import { type Expression, expressionKey, freeIndicesOf } from '../../src/expression/core/expression.ts';
import { DIMENSION_INDEX, freeSort, ITERATION_INDEX } from '../../src/expression/core/indices.ts';
import { PI } from '../../src/formula/formula.ts';
import { Rational } from '../../src/number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../../src/evaluate/ring/ball.ts';
import { BallRing } from '../../src/evaluate/ring/ball-ring.ts';
import { checkStep } from '../../src/recheck/check-step.ts';
import type { StepOutcome, StepPoint, PointValue } from '../../src/recheck/step-outcome.ts';
import { type Indices, Interpreter } from '../../src/recheck/interpreter.ts';
import { randomWorld } from '../../src/recheck/random-world.ts';
import type { World } from '../../src/recheck/world.ts';
import { Random } from './random.ts';

/** An expression after a rule, and what the rule multiplied it by. */
export interface Rewritten {
  readonly after: Expression;
  readonly factors: readonly Expression[];
}

/** The expression after the rule where the facts hold; the same object where the rule does not fire. */
export type Rewrite = (before: Expression, facts: Assumptions, budget: Budget) => Rewritten;

export interface Violation {
  readonly before: string;
  readonly after: string;
  readonly at: string;
  readonly reason: string;
  readonly seed: number;
}

export interface Seen {
  drawn: number;
  fired: number;
  /** Fired, with a value on both sides. */
  valued: number;
  /** The same with a value that is not 0. */
  usable: number;
  violations: Violation[];
}

/** What a generator draws. */
export interface Drawn {
  readonly before: Expression;
  readonly facts: Assumptions;
}
export type Generator = (random: Random) => Drawn;

export const ring = new BallRing(30);
/** Work for one value, in points of sums. */
const MOST = 4_000;
/** Work for one rewriting, in terms made. */
const MOST_TERMS = 3_000;
const SPECIAL = [Rational.one, Rational.minusOne, Rational.zero, Rational.of(2)];

/** Applies the rule to many expressions and looks at the values before and after; ends at the violation number `most`. */
export function watch(
  rewrite: Rewrite,
  generator: Generator,
  runs: number,
  { firstSeed = 1, most = Number.POSITIVE_INFINITY }: { readonly firstSeed?: number; readonly most?: number } = {},
): Seen {
  const seen: Seen = { drawn: 0, fired: 0, valued: 0, usable: 0, violations: [] };
  for (let seed = firstSeed; seed < firstSeed + runs && seen.violations.length < most; seed += 1) {
    const random = new Random(seed);
    const drawn = valueOrNull(() => generator(random));
    if (drawn === null) continue;
    seen.drawn += 1;
    const { before, facts } = drawn;
    const rewritten = valueOrNull(() => rewrite(before, facts, new Budget(MOST_TERMS)));
    if (rewritten === null || rewritten.after === before) continue;
    seen.fired += 1;
    const { valued, usable, violation } = compare(before, rewritten, facts, random, seed);
    if (valued) seen.valued += 1;
    if (usable) seen.usable += 1;
    if (violation !== null)
      seen.violations.push({
        ...violation,
        before: expressionKey(before),
        after: expressionKey(rewritten.after),
        seed,
      });
  }
  seen.violations.sort((a, b) => a.before.length - b.before.length);
  return seen;
}

/** Null where the work ends in a refusal or is too much. */
export function valueOrNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal || error instanceof BudgetSpent) return null;
    throw error;
  }
}

type Finding = Pick<Violation, 'at' | 'reason'>;

function compare(
  before: Expression,
  { after, factors }: Rewritten,
  facts: Assumptions,
  random: Random,
  seed: number,
): { readonly valued: boolean; readonly usable: boolean; readonly violation: Finding | null } {
  let [valued, usable] = [false, false];
  const letters = new Set([before, after, ...factors].flatMap(each => [...freeIndicesOf(each)]));
  for (const n of [
    0,
    random.int(1, 3),
    random.int(2, 5),
    random.int(6, 9),
    ...(seed % 4 === 0 ? [random.int(10, 20)] : []),
  ]) {
    const p = random.int(1, n < 6 ? 4 : 2);
    const indices = integers(letters, n, p, facts, random);
    if (indices === null) continue;
    const at = (round: number, special: Rational | null): { outcome: StepOutcome; first: PointValue } => {
      const point = pointOf(indices, p, seed * 8 + round, facts, special);
      const step = { rule: '', before, after, relation: { kind: 'times' as const, factors }, lemmas: [] };
      return { outcome: checkStep(step, point), first: point.value(before) };
    };
    const { outcome, first } = at(0, null);
    if (outcome.kind === 'kept') valued = true;
    if (outcome.kind === 'kept' && first.kind === 'value' && !mayBeZero(first.value)) usable = true;
    if (outcome.kind === 'broken')
      return { valued, usable, violation: { at: describe(indices), reason: outcome.reason } };
    if (outcome.kind === 'lost') {
      const others = [1, 2, 3].map(round => at(round, null).outcome);
      if (others.every(({ kind }) => kind !== 'kept'))
        return { valued, usable, violation: { at: describe(indices), reason: 'a value is lost' } };
    }
    if (n > 5) continue;
    const { outcome: there } = at(4 + random.int(0, 3), random.pick(SPECIAL));
    if (there.kind === 'broken')
      return { valued, usable, violation: { at: `${describe(indices)}, special`, reason: there.reason } };
  }
  return { valued, usable, violation: null };
}

/** Values of the free indices that the facts allow; null where none is found. */
export function integers(
  letters: ReadonlySet<number>,
  n: number,
  p: number,
  { indices: facts }: Assumptions,
  random: Random,
): Indices | null {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const values = new Map([[ITERATION_INDEX, attempt < 8 ? n : random.int(-3, 9)]]);
    for (const letter of letters) {
      if (letter === ITERATION_INDEX || letter === DIMENSION_INDEX) continue;
      values.set(letter, freeSort(letter) === 'coordinate' ? random.int(1, p) : random.int(-2, Math.max(n, 1) + 2));
    }
    const value = (index: number): number => (index === DIMENSION_INDEX ? p : (values.get(index) ?? 0));
    if (facts.constraints.every(({ left, right, bound }) => value(left) - value(right) <= bound)) return values;
  }
  return null;
}

const describe = (indices: Indices): string => [...indices].map(([index, value]) => `${index} = ${value}`).join(', ');

const ODD = new Set(['\\psi']);

/** A world at the integers; `special` is the value of the symbol c, and symbols may lie at the ends of their domains. */
export function worldAt(p: number, seed: number, facts: Assumptions, special: Rational | null): World<Ball> {
  const world = randomWorld(
    ring,
    { domains: facts.domains, odd: ODD },
    { dimension: p, seed, equal: special !== null && seed % 2 === 0, ends: special !== null },
  );
  if (special !== null) return worldWith(world, 'c', ring.fromRational(special));
  // No symbol is an integer or what a schedule is worth, so that nothing is exactly zero but by its integers.
  const part = ring.fromRational(Rational.of(100, 101));
  return { ...world, symbol: name => (name === PI ? ring.pi() : ring.multiply(part, world.symbol(name))) };
}

function pointOf(indices: Indices, p: number, seed: number, facts: Assumptions, special: Rational | null): StepPoint {
  const interpreter = new Interpreter(worldAt(p, seed, facts, special));
  const known = new Map<Expression, PointValue>();
  const value = (expression: Expression): PointValue => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const made = valueAt(interpreter, expression, indices);
    known.set(expression, made);
    return made;
  };
  return { ring, inside: special === null, value, next: value, later: value, scaled: value };
}

/** The value at the integers, by the interpreter of the normal form. */
export function valueAt(interpreter: Interpreter<Ball>, expression: Expression, indices: Indices): PointValue {
  try {
    return { kind: 'value', value: interpreter.value(expression, indices, new Budget(MOST)) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'none' };
    if (error instanceof PrecisionLoss || error instanceof BudgetSpent) return { kind: 'unknown' };
    throw error;
  }
}

/** The world with another value of one symbol. */
export const worldWith = (world: World<Ball>, name: string, value: Ball): World<Ball> => ({
  ...world,
  symbol: other => (other === name ? value : world.symbol(other)),
});

/** What one thing made of drawn parts must be worth. */
export interface Worth {
  readonly facts: Assumptions;
  readonly given: readonly Expression[];
  readonly result: Expression;
  readonly expected: (world: World<Ball>, indices: Indices) => Ball;
  readonly text: string;
}

/** The same law for what makes an expression: its value against one worked out with numbers. */
export function watchWorth(
  make: (random: Random) => Worth,
  runs: number,
  { firstSeed = 1, most = Number.POSITIVE_INFINITY }: { readonly firstSeed?: number; readonly most?: number } = {},
): Seen {
  const seen: Seen = { drawn: 0, fired: 0, valued: 0, usable: 0, violations: [] };
  for (let seed = firstSeed; seed < firstSeed + runs && seen.violations.length < most; seed += 1) {
    const random = new Random(seed);
    const made = valueOrNull(() => make(random));
    if (made === null) continue;
    seen.drawn += 1;
    seen.fired += 1;
    const letters = new Set([...made.given, made.result].flatMap(each => [...freeIndicesOf(each)]));
    let [valued, usable] = [false, false];
    let violation: Finding | null = null;
    for (const n of [0, random.int(1, 3), random.int(2, 5), random.int(6, 12)]) {
      const p = random.int(1, 3);
      const indices = integers(letters, n, p, made.facts, random);
      if (indices === null || violation !== null) continue;
      const outcomes = [0, 1, 2].map(round => worth(made, indices, p, seed * 8 + round, round === 2));
      if (outcomes.slice(0, 2).some(each => each === 'kept' || each === 'nonzero')) valued = true;
      if (outcomes.slice(0, 2).includes('nonzero')) usable = true;
      const at = describe(indices);
      if (outcomes.includes('broken')) violation = { at, reason: `another value, ${outcomes.join()}` };
      if (outcomes[0] === 'lost' && outcomes[1] === 'lost') violation = { at, reason: 'a value is lost' };
    }
    if (valued) seen.valued += 1;
    if (usable) seen.usable += 1;
    if (violation !== null)
      seen.violations.push({
        ...violation,
        before: `${made.given.map(expressionKey).join(' ; ')} ; ${made.text}`,
        after: expressionKey(made.result),
        seed,
      });
  }
  seen.violations.sort((a, b) => a.before.length - b.before.length);
  return seen;
}

function worth(
  { facts, result, expected }: Worth,
  indices: Indices,
  p: number,
  seed: number,
  special: boolean,
): 'kept' | 'nonzero' | 'broken' | 'lost' | 'nothing' {
  const world = worldAt(p, seed, facts, special ? (SPECIAL[seed % SPECIAL.length] ?? null) : null);
  try {
    const wanted = valueOrNull(() => expected(world, indices));
    if (wanted === null) return 'nothing';
    const found = valueAt(new Interpreter(world), result, indices);
    if (found.kind !== 'value') return found.kind === 'none' ? 'lost' : 'nothing';
    if (!mayBeZero(ring.subtract(found.value, wanted))) return 'broken';
    return mayBeZero(wanted) ? 'kept' : 'nonzero';
  } catch (error) {
    if (error instanceof PrecisionLoss) return 'nothing';
    throw error;
  }
}
