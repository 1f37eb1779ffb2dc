/**
 * A proof checked again: every step's relation is evaluated at the points of {@link placesOf} by the interpreter of the normal
 * form. A step at which it fails is named. It uses no rule, and a proof that passes is not proved by this: what is looked at
 * are points.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { Refusal } from '../base/problem.ts';
import type { Expression } from '../expression/core/expression.ts';
import { COMPONENT_INDEX, ITERATION_INDEX } from '../expression/core/indices.ts';
import { Rational } from '../number/rational.ts';
import { type Ball, mayBeZero, PrecisionLoss } from '../evaluate/ring/ball.ts';
import { BallRing } from '../evaluate/ring/ball-ring.ts';
import type { Proof } from '../prove/trace.ts';
import { checkStep } from './check-step.ts';
import type { StepPoint, PointValue } from './step-outcome.ts';
import { type Indices, Interpreter } from './interpreter.ts';
import { describePlace, type IntegerPoint, placesOf } from './points.ts';
import { randomWorld, type WorldSpace } from './random-world.ts';
import { scaledWorld } from './scaled-world.ts';

/** A step that does not keep what it says it keeps. */
export interface BrokenStep {
  readonly rule: string;
  /** Where in the proof: `step 3`, `lemma 1 of step 2, step 4`. */
  readonly where: string;
  /** The integers: `n = 0, j = 1, p = 2`. */
  readonly at: string;
  readonly reason: string;
}

/** What was seen of one proof, its lemmas among it. */
export interface ProofCheck {
  /** Steps looked at, and values of steps that were compared. */
  readonly steps: number;
  readonly compared: number;
  /** Points at which the expression before a step has a value and the one after has none, by rule. */
  readonly lost: ReadonlyMap<string, number>;
  /** Points given up because they cost too much or the digits did not tell. */
  readonly left: number;
  readonly broken: BrokenStep | null;
  /** Steps of which no point could be compared: nothing is known of them. */
  readonly unseen: readonly string[];
}

export interface ProofCheckOptions {
  readonly space: WorldSpace;
  readonly seed: number;
  /** Work for one value, in points of sums. */
  readonly most?: number;
  /** Ends the whole check by BudgetSpent. */
  readonly budget?: Budget;
}

const DIGITS = 30;
const FINE_DIGITS = 70;
const MOST = 20_000;
/** How many times as much a value at large n may cost. */
const LATE_WORK = 5;
/** Of a limit, sign or expansion inside another one, of which there are many. */
const PLACES_INSIDE = 6;
/** Worlds at each place. */
const WORLDS = 2;

/** Checks the proof and its lemmas; ends at the first broken step. */
export function checkProof(proof: Proof, options: ProofCheckOptions): ProofCheck {
  const run = new Run(options);
  run.proof(proof, '');
  return run.result;
}

class Run {
  readonly #options: ProofCheckOptions;
  readonly #ring = new BallRing(DIGITS);
  /** For expansions, of which little is left. */
  readonly #fineRing = new BallRing(FINE_DIGITS);
  readonly #known = new Set<Proof>();
  #steps = 0;
  #compared = 0;
  #left = 0;
  readonly #lost = new Map<string, number>();
  readonly #unseen: string[] = [];
  #broken: BrokenStep | null = null;

  constructor(options: ProofCheckOptions) {
    this.#options = options;
  }

  get result(): ProofCheck {
    return {
      steps: this.#steps,
      compared: this.#compared,
      lost: this.#lost,
      left: this.#left,
      broken: this.#broken,
      unseen: this.#unseen,
    };
  }

  /** A lemma that several steps rest on is looked at once. */
  proof(proof: Proof, prefix: string): void {
    if (this.#known.has(proof)) return;
    this.#known.add(proof);
    const missing = missingStep(proof);
    if (missing !== null) {
      this.#break('the search', `${prefix}step ${missing + 1}`, '', 'a step is missing from the trace');
      return;
    }
    // Innermost first, so that the rule is named that is at fault.
    proof.steps.forEach((step, i) => {
      step.lemmas.forEach((lemma, k) => {
        if (this.#broken === null) this.proof(lemma, `${prefix}lemma ${k + 1} of step ${i + 1}, `);
      });
    });
    const seen = proof.steps.map(() => 0);
    const isInside = prefix !== '' && proof.goal !== 'zero';
    const places = placesOf(proof, this.#options.seed);
    for (const [round, place] of (isInside ? thinned(places, PLACES_INSIDE) : places).entries())
      for (let world = 0; world < (isInside ? 1 : WORLDS); world += 1)
        if (this.#broken === null) this.#at(proof, place, round * WORLDS + world, seen, prefix);
    this.#steps += proof.steps.length;
    proof.steps.forEach((step, i) => {
      if (seen[i] === 0) this.#unseen.push(`${prefix}step ${i + 1} (${step.rule})`);
    });
  }

  /** All steps at one point: the value after one step is the value before the next. */
  #at(proof: Proof, place: IntegerPoint, round: number, seen: number[], prefix: string): void {
    const point = this.#point(proof, place, round);
    for (const [i, step] of proof.steps.entries()) {
      const outcome = checkStep(step, point);
      if (outcome.kind === 'kept') {
        seen[i] = (seen[i] ?? 0) + 1;
        this.#compared += 1;
      } else if (outcome.kind === 'unknown') this.#left += 1;
      else if (outcome.kind === 'lost') this.#lost.set(step.rule, (this.#lost.get(step.rule) ?? 0) + 1);
      else if (outcome.kind === 'broken') {
        this.#break(step.rule, `${prefix}step ${i + 1}`, describePlace(place), outcome.reason);
        return;
      }
    }
    if (proof.goal !== 'zero') return;
    const start = point.value(proof.start);
    if (start.kind === 'value' && !mayBeZero(start.value))
      this.#break('the search', `${prefix}all steps`, describePlace(place), 'what is proved to be zero is not zero');
  }

  #point(proof: Proof, { p, indices }: IntegerPoint, round: number): StepPoint {
    const { space, seed, most = MOST } = this.#options;
    const ends = round % 4 === 3;
    const ring = proof.goal === 'series' ? this.#fineRing : this.#ring;
    const world = randomWorld(ring, space, {
      dimension: p,
      seed: seed * 1000 + round,
      equal: round % 5 === 4,
      ends,
      ...(proof.goal === 'limit' ? { most: DECAYING } : {}),
    });
    const interpreter = new Interpreter(world);
    const known = new Map<Expression, PointValue>();
    const work = proof.goal === 'limit' ? LATE_WORK * most : most;
    const at = (expression: Expression, here: Indices): PointValue => this.#value(expression, interpreter, here, work);
    return {
      ring,
      inside: !ends,
      value: expression => {
        const value = known.get(expression) ?? at(expression, indices);
        known.set(expression, value);
        return value;
      },
      scaled: (expression, regime, sigma) =>
        this.#value(
          expression,
          new Interpreter(scaledWorld(world, regime, sigma, indices.get(COMPONENT_INDEX) ?? 1)),
          indices,
          most,
        ),
      later: (expression, n) => at(expression, new Map(indices).set(ITERATION_INDEX, n)),
      next: expression =>
        at(expression, new Map(indices).set(ITERATION_INDEX, (indices.get(ITERATION_INDEX) ?? 0) + 1)),
    };
  }

  #value(expression: Expression, interpreter: Interpreter<Ball>, indices: Indices, most: number): PointValue {
    this.#options.budget?.spend();
    try {
      return { kind: 'value', value: interpreter.value(expression, indices, new Budget(most)) };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'none' };
      if (error instanceof PrecisionLoss || error instanceof BudgetSpent) return { kind: 'unknown' };
      throw error;
    }
  }

  #break(rule: string, where: string, at: string, reason: string): void {
    this.#broken = { rule, where, at, reason };
  }
}

/** So many of them, the first and some of the others. */
const thinned = (places: readonly IntegerPoint[], count: number): readonly IntegerPoint[] =>
  places.filter((_, at) => at % Math.max(1, Math.ceil(places.length / count)) === 0);

/** Where n goes to infinity, hyperparameters between 0 and 1 are at most this, so that their powers vanish soon. */
const DECAYING = Rational.of(2, 5);

/** The number of the first step that does not begin where the one before it ended; null where the proof is whole. */
function missingStep({ start, steps, goal }: Proof): number | null {
  let at = start;
  for (const [i, step] of steps.entries()) {
    if (step.before !== at) return i;
    at = step.after;
  }
  return goal === 'zero' && at.terms.length > 0 ? steps.length : null;
}
