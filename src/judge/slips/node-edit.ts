/** An edit of one node: what a slip of the pen is called, what it makes of the node, what it may draw on. */
import { addition, negation, number, toPower, subtraction } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';

export type EditKind =
  | 'sign'
  | 'half'
  | 'double'
  | 'exponent'
  | 'shift'
  | 'bound'
  | 'parameter'
  | 'component'
  | 'history'
  | 'name'
  | 'drop-term'
  | 'drop-factor'
  | 'epsilon'
  | 'relation'
  | 'number'
  | 'complement'
  | 'batch'
  | 'fraction'
  | 'swap'
  | 'step'
  | 'insert-factor';

export interface NodeEdit {
  readonly kind: EditKind;
  readonly description: string;
  readonly after: Formula;
  /** The part of the node that the edit is about, where it is not the whole; `after` null: it is dropped. */
  readonly focus?: { readonly before: Formula; readonly after: Formula | null };
}

/** What the edits may put in: names of the claim with equal numbers of indices and labels, and its scalars. */
export interface EditNames {
  readonly scalars: readonly string[];
  /** Scalars that can be any positive number, such as ε: candidates for being dropped, added or moved. */
  readonly positive: readonly string[];
  /** Scalars between 0 and 1, such as β: 1 − β is as good a factor as β. */
  readonly unit: readonly string[];
  /** Other names of the same shape as `name`; for twins only those that differ by an accent. */
  readonly namesLike: (name: string) => readonly string[];
  /** Factors seen anywhere in the claim that are free of indices and quantities, such as 1 − β. */
  readonly factors: readonly Formula[];
  /** `twins` makes the mistakes people make; `suggestions` also undoes those that need something put in. */
  readonly breadth: 'twins' | 'suggestions';
}

/** `formula` + `by`, folded where a number meets a number. */
export function shifted(formula: Formula, by: number): Formula {
  if (by === 0) return formula;
  if (formula.kind === 'number') return { ...formula, value: formula.value.add(Rational.of(by)) };
  if (formula.kind === 'add') {
    const last = formula.terms.at(-1);
    const value =
      last?.kind === 'number'
        ? last.value
        : last?.kind === 'negate' && last.argument.kind === 'number'
          ? last.argument.value.negate()
          : null;
    if (value) {
      const total = value.add(Rational.of(by));
      const rest = formula.terms.slice(0, -1);
      if (total.isZero()) return rest.length === 1 && rest[0] ? rest[0] : { ...formula, terms: rest };
      return { ...formula, terms: [...rest, total.sign() < 0 ? negation(number(total.negate())) : number(total)] };
    }
    return { ...formula, terms: [...formula.terms, by < 0 ? negation(number(-by)) : number(by)] };
  }
  return by < 0 ? subtraction(formula, number(-by)) : addition(formula, number(by));
}

/** (t + 1) − 1 as t: the numbers of a sum, also of one within it, as one; the sum itself where there are none to bring together. */
export function foldedSum(formula: Formula): Formula {
  if (formula.kind !== 'add') return formula;
  const terms = formula.terms.flatMap(term => (term.kind === 'add' ? term.terms : [term]));
  const numberIn = (term: Formula): Rational | null =>
    term.kind === 'number'
      ? term.value
      : term.kind === 'negate' && term.argument.kind === 'number'
        ? term.argument.value.negate()
        : null;
  const numbers = terms.map(numberIn).filter(value => value !== null);
  if (numbers.length < 2 || numbers.length === terms.length) return formula;
  const total = numbers.reduce((sum, value) => sum.add(value));
  const rest = terms.filter(term => numberIn(term) === null);
  const last = total.sign() < 0 ? negation(number(total.negate())) : number(total);
  const all = total.isZero() ? rest : [...rest, last];
  return all.length === 1 && all[0] ? all[0] : { ...formula, terms: all };
}

/** The square and the cube. */
export function* powersOf(node: Formula): Generator<NodeEdit> {
  for (const exponent of [2, 3])
    yield { kind: 'exponent', description: `power ${exponent}`, after: toPower(node, number(exponent)) };
}
