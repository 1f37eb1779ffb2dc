/**
 * What is known of the letters of a formula while it is written: the ranges of the sums around a place, in whichever quantity they
 * stand. A quantity that is written out inside of Σ_{k=0}^{n} thus knows that n − k is not negative.
 */
import * as build from '../../formula/build.ts';
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { addForms, type LinearForm, shiftForm, variableForm } from '../../number/linear-form.ts';
import type { Constraint } from '../core/domain.ts';
import { IndexFacts } from '../core/index-facts.ts';
import { asForm } from '../core/index-form.ts';
import { asAtom, atomForm, DIMENSION_INDEX, freeSort, ITERATION_INDEX, openIndex, ZERO } from '../core/indices.ts';
import { type WrittenIndices, writeForm } from './write-form.ts';

/** The lower ends of a range, all of which hold, and the upper ones. */
export interface Ends {
  readonly lower: readonly LinearForm[];
  readonly upper: readonly LinearForm[];
}

export class KnownRanges {
  readonly #letters = new Map<string, LinearForm>([
    [ITERATION, variableForm(ITERATION_INDEX)],
    [DIMENSION, variableForm(DIMENSION_INDEX)],
  ]);
  #facts = IndexFacts.TOP;

  /** `letters` stand for free indices; `known` holds for these. */
  constructor(letters: WrittenIndices, known: readonly Constraint[]) {
    for (const [index, letter] of letters)
      if (letter.kind === 'index' && !this.#letters.has(letter.name))
        this.#letters.set(letter.name, variableForm(index));
    this.#facts = this.#facts.with(known);
  }

  /** Whether left ≤ right wherever the place is reached; false where that is not known. */
  atMost(left: LinearForm, right: LinearForm, letters: WrittenIndices): boolean {
    const [least, most] = [this.#form(left, letters), this.#form(right, letters)];
    return least !== null && most !== null && this.#facts.low(addForms(most, least, -1)) >= 0;
  }

  /** How many numbers lie between two ends, where these are known not to lie the wrong way round; else null. */
  countOf({ lower, upper }: Ends, letters: WrittenIndices): Formula | null {
    const [[from, ...otherFrom], [to, ...otherTo]] = [lower, upper];
    if (from === undefined || to === undefined || otherFrom.length + otherTo.length > 0) return null;
    const next = shiftForm(to, 1);
    return this.atMost(from, next, letters) ? writeForm(addForms(next, from, -1), letters) : null;
  }

  /** 1 where the condition 0 ≤ d holds and 0 elsewhere: min(1, d + 1) where d is known not to be below −1, max(0, d + 1) where not above 0; else null. */
  indicatorOf({ left, right, bound }: Constraint, letters: WrittenIndices): Formula | null {
    const [least, next] = [atomForm(left), atomForm(right, bound + 1)];
    const count = (): Formula => writeForm(addForms(next, least, -1), letters);
    if (this.atMost(least, next, letters)) return extremum('min', [build.number(1), count()]);
    return this.atMost(next, shiftForm(least, 1), letters) ? extremum('max', [build.number(0), count()]) : null;
  }

  /** What `write` makes where the letter `name` lies between each of the two lists of ends. */
  within<T>(name: string, { lower, upper }: Ends, letters: WrittenIndices, write: () => T): T {
    const index = openIndex('history');
    const own = variableForm(index);
    const before = { facts: this.#facts, form: this.#letters.get(name) };
    this.#facts = this.#facts.with([
      ...lower.flatMap(end => below(this.#form(end, letters), own)),
      ...upper.flatMap(end => below(own, this.#form(end, letters))),
    ]);
    this.#letters.set(name, own);
    const made = write();
    this.#facts = before.facts;
    if (before.form === undefined) this.#letters.delete(name);
    else this.#letters.set(name, before.form);
    return made;
  }

  /** The form in the letters of the formula. */
  #form(form: LinearForm, letters: WrittenIndices): LinearForm | null {
    if (form.terms.some(([index]) => !letters.has(index))) return null;
    return asForm(writeForm(form, letters), this.#letters);
  }
}

/** The least or the greatest of a list; the only one of it. */
export const extremum = (which: 'max' | 'min', list: readonly Formula[]): Formula => {
  const [only] = list;
  return list.length === 1 && only !== undefined ? only : { kind: 'extremum', span: null, which, arguments: list };
};

/** left ≤ right as a constraint, where both are an index and a number. */
function below(left: LinearForm | null, right: LinearForm | null): Constraint[] {
  const [least, most] = [left, right].map(form => form && asAtom(form));
  if (least == null || most == null) return [];
  return [{ left: least.index, right: most.index, bound: most.shift - least.shift }];
}

/** The past labels among the letters, which count from 0 to n. */
export const pastLabelsOf = (letters: ReadonlyMap<number, Formula>): Constraint[] =>
  [...letters].flatMap(([index, letter]) =>
    freeSort(index) === 'history' && letter.kind === 'index' && letter.name !== ITERATION
      ? [
          { left: ZERO, right: index, bound: 0 },
          { left: index, right: ITERATION_INDEX, bound: 0 },
        ]
      : [],
  );
