/**
 * What a statement breaks at: what stands under a sign, a bar, max or min, what its conditions compare and, for an equivalence, the
 * difference of its sides. What stands in a sum or a product is taken at both ends of its range.
 */
import { subtraction } from '../../formula/build.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Sample } from '../sample/sample.ts';
import { lettersAt } from '../satisfy/adjustable.ts';
import { atEnds, type EndRange } from '../stated/at-ends.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { formAt, integerFormOf } from '../stated/integer-form.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import { squaredIn } from '../stated/squared-in.ts';
import { conditionsOf } from '../unsupported.ts';
import { integersOf } from './integer-grid.ts';
import type { SearchTask } from './search-task.ts';

export interface Break {
  readonly formula: Formula;
  /** The ranges of the sums and products that it stands in: where one of them is empty it is not looked at. */
  readonly ranges: readonly EndRange[];
  /** Whether nothing is supported while its zero was not looked at. */
  readonly isNeeded: boolean;
}

export function breaksOf({ claim, statement, question, formulas }: SearchTask): Break[] {
  const found = new Map<string, Break>();
  const add = (formula: Formula, isNeeded: boolean, ranges: readonly EndRange[] = []): void => {
    const key = formulaKey(formula);
    if (!isOfThis(formula, question.space.letters) || found.get(key)?.isNeeded === true) return;
    found.set(key, { formula, isNeeded, ranges });
  };
  const typed = conditionsOf(claim, statement).flatMap(condition => condition.comparisons);
  const compared = typed.flatMap(({ left, right }) => [left, right]);
  for (const formula of [...formulas, ...withDefinitions(compared, claim.definitions)])
    for (const { node, ranges } of atEnds(formula)) for (const part of brokenBy(node)) add(part, true, ranges);
  for (const { left, right } of typed) add(subtraction(left, right), false);
  const gap = subtraction(statement.left, statement.right);
  if (question.relationAt !== undefined) add(gap, false);
  if (question.relation !== '=' && integersOf(gap, question.space) !== null) {
    add(gap, false);
    // (n² − 61p² − 1)² and its product with itself are never negative, and touch 0 where what is squared changes its sign.
    for (const base of squaredIn(gap)) add(base, true);
  }
  return [...found.values()];
}

/** Whether a sample has a term for every range that it stands in. */
export function isReached({ ranges }: Break, sample: Sample): boolean {
  const letters = lettersAt(sample, 1);
  const integerAt = (formula: Formula): number | null => {
    const form = integerFormOf(formula);
    return (form && formAt(form, letters)?.toNumber()) ?? null;
  };
  return ranges.every(({ lower, upper }) => {
    const [from, to] = [integerAt(lower), integerAt(upper)];
    return from === null || to === null || from <= to;
  });
}

function brokenBy(node: Formula): readonly Formula[] {
  if (node.kind === 'absolute' || (node.kind === 'call' && node.name === 'sign')) return [node.argument];
  if (node.kind !== 'extremum') return [];
  const [first, ...others] = node.arguments;
  return first ? others.map(other => subtraction(first, other)) : [];
}

/** Whether every letter has a value at a sample: those that a sum around it binds have none. */
function isOfThis(formula: Formula, letters: ReadonlyMap<string, unknown>): boolean {
  const all = [...nodes(formula)];
  const bound = new Set(all.flatMap(node => (node.kind === 'sum' || node.kind === 'product' ? [node.index] : [])));
  return all.every(
    node =>
      node.kind !== 'index' ||
      bound.has(node.name) ||
      letters.has(node.name) ||
      node.name.startsWith('#c') ||
      [ITERATION, DIMENSION, COMPONENT].includes(node.name),
  );
}
