/**
 * A proof checked again: every step's relation is evaluated at the points of {@link placesOf} by the interpreter of the normal
 * form. A step at which it fails is named. It uses no rule, and a proof that passes is not proved by this: what is looked at
 * are points.
 */
import { Budget, BudgetSpent } from '../base/budget.ts';
import { Refusal } from '../base/problem.ts';
import type { Expression } from '../expression/expression.ts';
import { type Ball, BallRing, mayBeZero, PrecisionLoss } from '../numeric/ball-ring.ts';
import type { Proof, ProofStep } from '../prove/trace.ts';
import { Interpreter } from './interpreter.ts';
import { describePlace, type Place, placesOf } from './points.ts';
import { randomWorld, type WorldSpace } from './random-world.ts';

/** A step that does not keep what it says it keeps. */
export interface BrokenStep {
  readonly rule: string;
  /** Where in the proof: `step 3`, `lemma 1 of step 2, step 4`. */
  readonly where: string;
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
  /** A step of which no point could be compared: nothing is known of it. */
  readonly unseen: readonly string[];
}

export interface ProofCheckOptions {
  readonly space: WorldSpace;
  readonly seed: number;
  /** Work for one value, in points of sums. */
  readonly most?: number;
  readonly budget?: Budget;
}

const DIGITS = 30;
const MOST = 40_000;
const WORLDS = 2;

type Value =
  | { readonly kind: 'value'; readonly value: Ball }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Checks the proof and its lemmas; ends at the first broken step. */
export function checkProof(proof: Proof, options: ProofCheckOptions): ProofCheck {
  const run = new Run(options);
  run.proof(proof, '');
  return run.result;
}

class Run {
  readonly #options: ProofCheckOptions;
  readonly #ring = new BallRing(DIGITS);
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

  proof(proof: Proof, prefix: string): void {
    const gap = missingStep(proof);
    if (gap !== null) {
      this.#broken = {
        rule: 'the search',
        where: `${prefix}step ${gap + 1}`,
        at: '',
        reason: 'a step is missing from the trace',
      };
      return;
    }
    // Innermost first, so that the rule is named that is at fault.
    proof.steps.forEach((step, i) => {
      step.lemmas.forEach((lemma, k) => {
        if (this.#broken === null) this.proof(lemma, `${prefix}lemma ${k + 1} of step ${i + 1}, `);
      });
    });
    if (this.#broken !== null) return;
    const seen = proof.steps.map(() => 0);
    for (const [round, place] of placesOf(proof, this.#options.seed).entries())
      for (let w = 0; w < WORLDS; w += 1) {
        this.#at(proof, place, round * WORLDS + w, seen, prefix);
        if (this.#broken !== null) return;
      }
    this.#steps += proof.steps.length;
    proof.steps.forEach((step, i) => {
      if (seen[i] === 0) this.#unseen.push(`${prefix}step ${i + 1} (${step.rule})`);
    });
  }

  /** All steps at one point: the value after one step is the value before the next. */
  #at(proof: Proof, place: Place, round: number, seen: number[], prefix: string): void {
    const ends = round % 4 === 3;
    const world = randomWorld(this.#ring, this.#options.space, {
      dimension: place.p,
      seed: this.#options.seed * 1000 + round,
      equal: round % 5 === 4,
      ends,
    });
    const known = new Map<Expression, Value>();
    const most = this.#options.most ?? MOST;
    const value = (expression: Expression): Value => {
      const before = known.get(expression);
      if (before !== undefined) return before;
      const made = this.#value(expression, new Interpreter(world, new Budget(most)), place);
      known.set(expression, made);
      return made;
    };
    for (const [i, step] of proof.steps.entries()) {
      const outcome = this.#step(step, value, !ends);
      if (outcome === 'kept') {
        seen[i] = (seen[i] ?? 0) + 1;
        this.#compared += 1;
      } else if (outcome === 'left') this.#left += 1;
      else if (outcome === 'lost') this.#lost.set(step.rule, (this.#lost.get(step.rule) ?? 0) + 1);
      else if (outcome !== 'nothing') {
        this.#broken = {
          rule: step.rule,
          where: `${prefix}step ${i + 1}`,
          at: describePlace(place),
          reason: outcome.reason,
        };
        return;
      }
    }
  }

  #step(
    step: ProofStep,
    value: (expression: Expression) => Value,
    inside: boolean,
  ): 'kept' | 'lost' | 'left' | 'nothing' | { readonly reason: string } {
    const { relation } = step;
    const before = value(step.before);
    if (before.kind !== 'value') return before.kind === 'none' ? 'nothing' : 'left';
    switch (relation.kind) {
      case 'equal':
      case 'times': {
        const after = value(step.after);
        if (after.kind !== 'value') return after.kind === 'none' ? 'lost' : 'left';
        let expected = before.value;
        for (const factor of relation.kind === 'times' ? relation.factors : []) {
          const by = value(factor);
          if (by.kind !== 'value') return by.kind === 'none' ? 'lost' : 'left';
          // Zero whatever the continuous variables are: the factor does not count at these integers.
          if (this.#ring.isZero(by.value) && inside) continue;
          if (mayBeZero(by.value)) return 'left';
          expected = this.#ring.multiply(by.value, expected);
        }
        if (mayBeZero(this.#ring.subtract(after.value, expected))) return 'kept';
        const should = relation.kind === 'times' ? 'the multiple that it should be' : 'equal to the one before it';
        return { reason: `the expression after it is not ${should}` };
      }
      case 'positive': {
        if (mayBeZero(before.value)) return relation.strict ? 'left' : 'kept';
        return this.#ring.sign(before.value) > 0 ? 'kept' : { reason: 'the value is negative' };
      }
      case 'limit':
        return 'nothing';
    }
  }

  #value(expression: Expression, interpreter: Interpreter<Ball>, { indices }: Place): Value {
    this.#options.budget?.spend();
    try {
      return { kind: 'value', value: interpreter.value(expression, indices) };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'none' };
      if (error instanceof PrecisionLoss || error instanceof BudgetSpent) return { kind: 'unknown' };
      throw error;
    }
  }
}

/** The number of the first step that does not begin where the one before it ended; null where the proof is whole. */
function missingStep({ start, steps, goal }: Proof): number | null {
  let at = start;
  for (const [i, step] of steps.entries()) {
    if (step.before !== at) return i;
    at = step.after;
  }
  return goal === 'zero' && at.terms.length > 0 ? steps.length : null;
}
