/**
 * Does an optimizer forget? F^{(n)}(θ^{(n)}, …, θ^{(0)}) has a memory that fades where its derivative by the k-th point back is at
 * most C ρ^k for one ρ < 1, for every n and every point: then Σγ_k k² and Σγ_{k₁k₂} k₁k₂ are finite, and so are the sums that
 * any other order needs (docs/bounds.md). The rows decide it: each recursion s^{(n+1)} = a_n s^{(n)} + b_n by its factor a_n, sums over
 * the history by their weights, and what is kept from the start by its label. `lasts` is said only where the memory certainly does not fade; what is not decided is `unknown`.
 */
import { divide, multiplication, negation, number } from '../../../formula/build.ts';
import type { BigNode, Definition, Formula } from '../../../formula/formula.ts';
import { COMPONENT, ITERATION } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { Rational } from '../../../number/rational.ts';
import { genericValues } from '../../generic/generic-values.ts';
import { constantLabel, offsetFromIteration } from '../../label.ts';
import type { Optimizer, StateRow } from '../../model.ts';
import { nodes } from '../../replace.ts';
import { RowRanges, isShortSum, mentionsAnywhere } from '../../row-ranges.ts';
import type { ValueRange } from '../../value-range.ts';
import { between, isContraction, rangeOfValue } from '../../value-range.ts';
import type { Coefficient } from '../linear-coefficient.ts';
import { linearCoefficient, nodesInserted } from '../linear-coefficient.ts';
import { readsOwnNewValue } from '../own-new-value.ts';
import { isBehindStep, mixesComponents } from '../recursive-states.ts';
import { scalarValue } from '../scalar-value.ts';
import { CoupledStates } from './coupled-states.ts';
import { fadesTooSlowly, growingWeight, isWeight } from './slow-weights.ts';
import { isNoHypothesis } from './vanishing-parts.ts';
import { isWeighted, slopeOf, tendsToOne } from './weights-in-n.ts';

/** One value that carries the past, and the factor that it keeps of itself in a step; null: nothing. */
export interface Kept {
  /** A state's name; null for the last step θ^{(n)} − θ^{(n−1)}. */
  readonly name: string | null;
  readonly factor: Formula | null;
  /** The factor is what it keeps of itself and of the states that it feeds and that feed it. */
  readonly coupled?: true;
}

export type Memory =
  | {
      readonly kind: 'fades';
      readonly kept: readonly Kept[];
      /** Parts that are divided by or rooted, which are not shown to stay away from zero. */
      readonly doubts: readonly Formula[];
      readonly schedules: readonly string[];
    }
  | { readonly kind: 'lasts' | 'unknown'; readonly cause: Cause };

/** Why the memory is not known to fade. */
export type Cause =
  | { readonly kind: 'factor'; readonly kept: Kept }
  | { readonly kind: 'coupled'; readonly name: string | null }
  | { readonly kind: 'start'; readonly what: Formula }
  | { readonly kind: 'sum'; readonly what: Formula }
  /** `what`: a factor that certainly grows with n; null where nothing is known. */
  | { readonly kind: 'growth'; readonly what: Formula | null };

/** What the rows say about the optimizer's memory. */
export function memoryOfRows(optimizer: Optimizer): Memory {
  return new MemoryReader(optimizer).read();
}

class MemoryReader {
  readonly #optimizer: Optimizer;
  readonly #quantities: ReadonlyMap<string, Definition>;
  readonly #ranges: RowRanges;
  readonly #factors = new Map<string, Coefficient>();
  readonly #coupled: CoupledStates;

  constructor(optimizer: Optimizer) {
    this.#optimizer = optimizer;
    this.#quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
    this.#coupled = new CoupledStates(optimizer, this.#quantities);
    this.#ranges = new RowRanges(optimizer, state => this.#damping(state) === 'fades', between(0, 1));
  }

  read(): Memory {
    const used = this.#usedStates();
    const causes = [...used.flatMap(state => this.#ofState(state)), ...this.#ofPrevious(used), ...this.#ofRows(used)];
    const found = causes.find(({ kind }) => kind === 'lasts') ?? causes[0];
    if (found) return found;
    const remembering = used.filter(state => this.#remembersPoints(state));
    const ranges = [this.#optimizer.update, ...remembering.map(({ right }) => right)].map(row => this.#ranges.of(row));
    const doubts = [...this.#ranges.doubts];
    if (
      !ranges.every(({ bounded }) => bounded) ||
      doubts.some(part => isNoHypothesis(part, this.#optimizer, this.#quantities))
    ) {
      const what = growingWeight(this.#optimizer, this.#quantities);
      return { kind: what === null ? 'unknown' : 'lasts', cause: { kind: 'growth', what } };
    }
    const previous = this.#previous();
    return {
      kind: 'fades',
      kept: [
        ...remembering.map((state): Kept => this.#kept(state)),
        ...(previous === null ? [] : [{ name: null, factor: asFormula(previous) }]),
      ],
      doubts,
      schedules: [...this.#ranges.schedules],
    };
  }

  /** The states that the update reads, at once or through others. */
  #usedStates(): StateRow[] {
    const reached = new Set<StateRow>();
    const pending = [this.#optimizer.update];
    for (let formula = pending.pop(); formula; formula = pending.pop()) {
      for (const node of nodesInserted(formula, this.#quantities)) {
        const state = node.kind === 'quantity' && this.#optimizer.states.find(({ name }) => name === node.name);
        if (!state || reached.has(state)) continue;
        reached.add(state);
        pending.push(state.right);
      }
    }
    return this.#optimizer.states.filter(state => reached.has(state));
  }

  #factor(state: StateRow): Coefficient {
    const known = this.#factors.get(state.name);
    if (known !== undefined) return known;
    const found = linearCoefficient(state.right, node => isState(node, state), this.#quantities);
    this.#factors.set(state.name, found);
    return found;
  }

  #kept(state: StateRow): Kept {
    const { name } = state;
    if (!this.#coupled.has(state)) return { name, factor: asFormula(this.#factor(state)) };
    return { name, factor: this.#coupled.gain(state), coupled: true };
  }

  #damping(state: StateRow): 'fades' | 'lasts' | 'unknown' {
    if (this.#coupled.has(state)) {
      const gain = this.#coupled.gain(state);
      return gain !== null && isContraction(this.#withoutDoubts(gain)) ? 'fades' : 'unknown';
    }
    const factor = this.#factor(state);
    return factor === 'nonlinear' ? 'unknown' : this.#ofFactor(factor);
  }

  #ofFactor(factor: Formula | null): 'fades' | 'lasts' | 'unknown' {
    if (factor === null || isContraction(this.#withoutDoubts(factor))) return 'fades';
    return tendsToOne(factor, this.#optimizer) ? 'lasts' : 'unknown';
  }

  /** A factor that is a quotient stays one only where its denominator has no zero. */
  #withoutDoubts(factor: Formula): ValueRange {
    const ranges = new RowRanges(this.#optimizer, () => false, rangeOfValue(Rational.zero));
    const range = ranges.of(factor);
    return ranges.doubts.size > 0 || ranges.schedules.size > 0 ? { ...range, lower: null, upper: null } : range;
  }

  #ofState(state: StateRow): Memory[] {
    const factor = this.#factor(state);
    const isMixed = mixesComponents(state.right, state.name, this.#quantities);
    if (factor === 'nonlinear' || readsOwnNewValue(state) || isMixed)
      return [{ kind: 'unknown', cause: { kind: 'coupled', name: state.name } }];
    const damping = this.#damping(state);
    if (damping === 'fades' || !this.#remembersPoints(state)) return [];
    if (this.#coupled.has(state)) return [{ kind: 'unknown', cause: { kind: 'coupled', name: state.name } }];
    return [{ kind: damping, cause: { kind: 'factor', kept: { name: state.name, factor } } }];
  }

  /** A recursion of numbers alone, as a counter, remembers no point. */
  #remembersPoints(state: StateRow, seen: ReadonlySet<string> = new Set()): boolean {
    for (const node of nodesInserted(state.right, this.#quantities)) {
      if (node.kind === 'iterate' || node.kind === 'loss') return true;
      if (node.kind !== 'quantity' || node.name === state.name || seen.has(node.name)) continue;
      const other = this.#optimizer.states.find(({ name }) => name === node.name);
      if (other && this.#remembersPoints(other, new Set([...seen, state.name]))) return true;
    }
    return false;
  }

  /**
   * With θ^{(n−1)} = θ^{(n)} + h u^{(n)} an update c θ^{(n−1)} + … = θ^{(n)} − h u^{(n+1)} is the recursion u^{(n+1)} = −c u^{(n)} + …: the
   * other root of z² − (1 − c) z − c beside z = 1.
   */
  #previous(): Coefficient {
    const found = linearCoefficient(this.#optimizer.update, isPreviousPoint, this.#quantities);
    if (found === null || found === 'nonlinear') return found;
    return found.kind === 'negate' ? found.argument : negation(found);
  }

  #ofPrevious(used: readonly StateRow[]): Memory[] {
    const factor = this.#previous();
    const coupled: Memory = { kind: 'unknown', cause: { kind: 'coupled', name: null } };
    if (factor === 'nonlinear') return [coupled];
    // A step that reads more than one step before it is a larger system too.
    const older = linearCoefficient(this.#optimizer.update, isOlderPoint, this.#quantities);
    if (older === 'nonlinear' || (older !== null && !isBehindStep(older))) return [coupled];
    // θ^{(n−1)} in a recursion, outside the points of losses, is a part of a larger system.
    const inStates = used.some(({ right }) => linearCoefficient(right, isPreviousPoint, this.#quantities) !== null);
    if (inStates && factor !== null) return [coupled];
    if (factor === null) return [];
    const damping = this.#ofFactor(factor);
    return damping === 'fades' ? [] : [{ kind: damping, cause: { kind: 'factor', kept: { name: null, factor } } }];
  }

  /** Points with a label of their own, and sums over the history. */
  #ofRows(used: readonly StateRow[]): Memory[] {
    return [this.#optimizer.update, ...used.map(({ right }) => right)].flatMap(row => this.#ofPart(row, [], []));
  }

  /** `weights`: the factors around it that are numbers and depend on n. */
  #ofPart(formula: Formula, weights: readonly Formula[], open: readonly string[]): Memory[] {
    const within = (part: Formula): Memory[] => this.#ofPart(part, weights, open);
    switch (formula.kind) {
      case 'iterate':
        return this.#fromStart(formula, formula.label, weights);
      case 'multiply':
        return formula.factors.flatMap((factor, place) => {
          const others = formula.factors.filter((other, position) => position !== place && isWeight(other));
          return this.#ofPart(factor, [...weights, ...others], open);
        });
      case 'divide': {
        const { numerator, denominator } = formula;
        const below = isWeight(denominator) ? [divide(number(1), denominator)] : [];
        return [...this.#ofPart(numerator, [...weights, ...below], open), ...within(denominator)];
      }
      case 'sum':
        return formula.sort === 'history' && this.#sumsPoints(formula)
          ? this.#ofSum(formula, weights)
          : within(formula.body);
      case 'product':
        return within(formula.body);
      case 'quantity': {
        const [label] = formula.labels;
        const fixed = label === undefined ? [] : this.#fromStart(formula, label, weights);
        if (fixed.length > 0) return fixed;
        const definition = this.#quantities.get(formula.name);
        if (definition === undefined || open.includes(formula.name)) return [];
        return this.#ofPart(definition.body, weights, [...open, formula.name]);
      }
      default:
        return children(formula).flatMap(within);
    }
  }

  #fromStart(what: Formula, label: Formula | null, weights: readonly Formula[]): Memory[] {
    if (label === null || offsetFromIteration(label) !== null) return [];
    const kind = constantLabel(label) !== null && this.#isSlow(weights) ? 'lasts' : 'unknown';
    return [{ kind, cause: { kind: 'start', what } }];
  }

  /** Whether a weight is of the order of 1/n at least, so that what it multiplies is remembered for too long. */
  #isSlow(weights: readonly Formula[]): boolean {
    const [near, far] = [1_000, 1_000_000];
    return [1, 2, 3].every(seed => {
      const values = genericValues(this.#optimizer.declarations, seed);
      const size = (n: number): number => Math.abs(scalarValue(multiplication(...weights), n, values) ?? 0) * n;
      return size(near) > 0 && size(far) > size(near) / 2;
    });
  }

  #sumsPoints({ body, index: letter }: BigNode): boolean {
    return [...nodes(body)].some(
      node =>
        (node.kind === 'iterate' && node.label !== null && mentionsAnywhere(node.label, letter)) ||
        (node.kind === 'quantity' && node.labels.some(label => mentionsAnywhere(label, letter))),
    );
  }

  #ofSum(sum: BigNode, weights: readonly Formula[]): Memory[] {
    if (isShortSum(sum)) return [];
    const cause: Cause = { kind: 'sum', what: sum };
    const weight = this.#ranges.fadingWeight(sum);
    if (weight === null) {
      // Weights of n alone, 1 or 1/(n+1), make no difference between late and early steps.
      const plain = !isWeighted(sum.body, sum.index);
      const slow = plain ? this.#isSlow(weights) : weights.length === 0 && fadesTooSlowly(sum, this.#optimizer);
      return [{ kind: slow ? 'lasts' : 'unknown', cause }];
    }
    const forward = slopeOf(weight.exponent, sum.index);
    const own = slopeOf(weight.exponent, ITERATION);
    if (forward === null || own === null) return [{ kind: 'unknown', cause }];
    if (forward < 0 && own === -forward) return [];
    return [{ kind: forward > 0 && own === 0 && this.#isSlow(weights) ? 'lasts' : 'unknown', cause }];
  }
}

const asFormula = (coefficient: Coefficient): Formula | null => (coefficient === 'nonlinear' ? null : coefficient);

/** The state's own earlier value, in the row's own component. */
function isState(node: Formula, state: StateRow): boolean {
  if (node.kind !== 'quantity' || node.name !== state.name) return false;
  const [component] = node.indices;
  return component === undefined || (component.kind === 'index' && component.name === COMPONENT);
}

const isOlderPoint = (node: Formula): boolean =>
  node.kind === 'iterate' && node.label !== null && (offsetFromIteration(node.label) ?? 0) < -1;

const isPreviousPoint = (node: Formula): boolean =>
  node.kind === 'iterate' &&
  node.label !== null &&
  offsetFromIteration(node.label) === -1 &&
  node.component.kind === 'index' &&
  node.component.name === COMPONENT;
