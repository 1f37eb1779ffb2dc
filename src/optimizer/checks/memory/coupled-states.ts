/**
 * States that feed each other remember together: each keeps what its row has of all of them. Where for every one the factors add up to less than 1 in
 * size, the whole fades like a single one: the largest of them falls with every step, or with every few where a row only holds a value back.
 *
 * Source: a matrix whose rows have absolute sums below 1 is a contraction in the maximum norm (Horn and Johnson, Matrix Analysis, 5.6);
 * with delays, the same by induction over the steps.
 */
import { addition, modulus } from '../../../formula/build.ts';
import { COMPONENT, type Definition, type Formula } from '../../../formula/formula.ts';
import { offsetFromIteration } from '../../label.ts';
import type { Optimizer, StateRow } from '../../model.ts';
import { linearCoefficient } from '../linear-coefficient.ts';
import { directUses, feedingEachOther } from '../recursive-states.ts';

export class CoupledStates {
  readonly #names: ReadonlySet<string>;
  readonly #states: ReadonlyMap<string, StateRow>;
  readonly #quantities: ReadonlyMap<string, Definition>;

  constructor({ states, points }: Optimizer, quantities: ReadonlyMap<string, Definition>) {
    this.#states = new Map(states.map(state => [state.name, state]));
    this.#quantities = quantities;
    this.#names = feedingEachOther(states, quantities, name => points?.has(name) === true);
  }

  has({ name }: StateRow): boolean {
    return this.#names.has(name);
  }

  /** What a row keeps of all of them, in size; null where it is not linear in one, mixes components, or only holds back what holds back in turn. */
  gain(state: StateRow, seen: ReadonlySet<string> = new Set()): Formula | null {
    const kept = this.#kept(state);
    const [only, ...more] = kept ?? [];
    if (only === undefined) return null;
    if (more.length > 0 || !isOne(only.factor))
      return more.length === 0 ? modulus(only.factor) : addition(...(kept ?? []).map(({ factor }) => modulus(factor)));
    // A row u^{(n+1)} = m^{(n)} + … holds m back: it keeps what that of m keeps.
    const source = this.#states.get(only.name);
    return source === undefined || seen.has(source.name) ? null : this.gain(source, new Set([...seen, source.name]));
  }

  /** The factors in front of the values of the group that the row reads. */
  #kept({ right }: StateRow): readonly { readonly name: string; readonly factor: Formula }[] | null {
    const uses = directUses(right, this.#quantities).filter(({ name }) => this.#names.has(name));
    if (!uses.every(({ indices }) => indices.every(isOwnComponent))) return null;
    const values = new Map(
      uses.map(({ name, labels: [label] }) => [`${name} ${offsetOf(label)}`, { name, offset: offsetOf(label) }]),
    );
    const kept = [...values.values()].map(({ name, offset }) => {
      const isValue = (node: Formula): boolean =>
        node.kind === 'quantity' && node.name === name && offsetOf(node.labels[0]) === offset;
      return { name, factor: linearCoefficient(right, isValue, this.#quantities) };
    });
    const linear = kept.flatMap(({ name, factor }) =>
      factor === 'nonlinear' || factor === null ? [] : [{ name, factor }],
    );
    return kept.some(({ factor }) => factor === 'nonlinear') ? null : linear;
  }
}

const isOne = (factor: Formula): boolean => factor.kind === 'multiply' && factor.factors.length === 0;
const offsetOf = (label: Formula | undefined): number | null =>
  label === undefined ? null : offsetFromIteration(label);
const isOwnComponent = (index: Formula): boolean => index.kind === 'index' && index.name === COMPONENT;
