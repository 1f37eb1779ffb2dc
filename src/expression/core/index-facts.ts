/**
 * What is known of index variables at a place: difference constraints x − y ≤ c between n, free letters, slots and the
 * indices of the sums around it. Every rule that needs a range asks here; nothing else decides how large an index can be.
 *
 * Immutable. A fact that is not here is unknown: a slot may be negative, a label may lie before 0.
 */
import type { IndexSort } from '../../formula/formula.ts';
import { addForms, type LinearForm } from '../../number/linear-form.ts';
import { closeConstraints, type Closure, closureConstraints, type Constraint, greatest, knownBound } from './domain.ts';
import { atomForm, DIMENSION_INDEX, indexName, isFormIndex, ITERATION_INDEX, slot, ZERO } from './indices.ts';

/** Facts about slots further from zero than this are forgotten, so that a template is met under few of them. */
const FAR = 3;

const ONE_COORDINATE: Constraint = { left: ZERO, right: DIMENSION_INDEX, bound: -1 };

export class IndexFacts {
  /** p ≥ 1 and no more, not even that n ≥ 0: inside a definition, whose letters may be given any label. */
  static readonly NONE = new IndexFacts([ONE_COORDINATE]);
  /** At the top of a statement: n ≥ 0 and p ≥ 1. */
  static readonly TOP = IndexFacts.NONE.with([{ left: ZERO, right: ITERATION_INDEX, bound: 0 }]);

  readonly constraints: readonly Constraint[];
  #closure: Closure | null | undefined;
  #key: string | undefined;

  private constructor(constraints: readonly Constraint[]) {
    this.constraints = constraints;
  }

  /** Equal exactly for facts that say the same of the same indices. */
  get key(): string {
    const closure = this.#closed();
    this.#key ??=
      closure === null
        ? 'never'
        : closureConstraints(closure)
            .map(({ left, right, bound }) => `${indexName(left)}-${indexName(right)}<=${bound}`)
            .sort()
            .join(';');
    return this.#key;
  }

  /** Whether no integers satisfy the facts: whatever is said here holds. */
  get isEmpty(): boolean {
    return this.#closed() === null;
  }

  /** The facts inside a range. */
  with(constraints: readonly Constraint[]): IndexFacts {
    return constraints.length === 0 ? this : new IndexFacts([...this.constraints, ...constraints]);
  }

  /** The least known c with left − right ≤ c; Infinity where nothing is known, −Infinity where the facts are empty. */
  gap(left: number, right: number): number {
    const known = this.#plainGap(left, right);
    if (!isFormIndex(left) && !isFormIndex(right)) return known;
    return Math.min(known, this.high(addForms(atomForm(left), atomForm(right), -1)));
  }

  #plainGap(left: number, right: number): number {
    const closure = this.#closed();
    return closure === null ? Number.NEGATIVE_INFINITY : knownBound(closure, left, right);
  }

  /** Whether left − right ≤ bound follows. */
  implies({ left, right, bound }: Constraint): boolean {
    return this.gap(left, right) <= bound;
  }

  /** Whether left − right ≤ bound can never be. */
  excludes({ left, right, bound }: Constraint): boolean {
    return this.gap(right, left) <= -bound - 1;
  }

  /** The greatest c that the form is known not to fall below; −Infinity where nothing is known. */
  low(form: LinearForm): number {
    return -this.high({
      constant: -form.constant,
      terms: form.terms.map(([index, count]) => [index, -count] as const),
    });
  }

  /** The least c that the form is known not to exceed; Infinity where nothing is known. */
  high(form: LinearForm): number {
    const closure = this.#closed();
    if (closure === null) return Number.NEGATIVE_INFINITY;
    const most = (of: LinearForm): number => greatest(of, (left, right) => this.#plainGap(left, right));
    const size = ({ terms }: LinearForm): number => terms.reduce((sum, [, count]) => sum + Math.abs(count), 0);
    // A form with an index in place of what it stands for: k − 2n where k ≤ 2n is known.
    const others = closure.nodes.filter(isFormIndex).flatMap(index =>
      [1, -1].flatMap(sign => {
        const rest = addForms(form, atomForm(index), -sign);
        return size(rest) < size(form) ? [{ ...rest, terms: [...rest.terms, [index, sign] as const] }] : [];
      }),
    );
    return Math.min(most(form), ...others.map(most));
  }

  /**
   * What is known of the slots of a template that is applied to these arguments here: their ranges near zero and the
   * differences of two times. The body is looked at under these facts alone.
   */
  inside(sorts: readonly IndexSort[], args: readonly LinearForm[]): IndexFacts {
    const constraints: Constraint[] = [ONE_COORDINATE];
    const times = sorts.flatMap((sort, at) => {
      const form = args[at];
      return sort === 'history' && form !== undefined ? [{ index: slot(at, sort), form }] : [];
    });
    for (const { index, form } of times) {
      const [low, high] = [this.low(form), this.high(form)];
      if (low >= -FAR) constraints.push({ left: ZERO, right: index, bound: -Math.min(low, FAR) });
      if (high <= FAR) constraints.push({ left: index, right: ZERO, bound: Math.max(high, -FAR) });
      for (const other of times) {
        if (other.index === index) continue;
        const gap = this.high(addForms(form, other.form, -1));
        if (gap <= FAR) constraints.push({ left: index, right: other.index, bound: Math.max(gap, -FAR) });
      }
    }
    return new IndexFacts(constraints);
  }

  #closed(): Closure | null {
    if (this.#closure === undefined) this.#closure = closeConstraints(this.constraints);
    return this.#closure;
  }

  static {
    // Closed once for all: no claim is the first that needs them.
    for (const shared of [IndexFacts.NONE, IndexFacts.TOP]) shared.#closed();
  }
}
