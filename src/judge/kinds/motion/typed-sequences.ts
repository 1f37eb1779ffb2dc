/**
 * Sequences that a claim defines by their recursions, beside those of the derived equation. Where the right sides and the first values are the
 * same, with the derived sequences in the place of the typed ones, the sequences are the same by induction over the label, and so are their
 * derivatives by θ. Which is which is found at random points; that the recursions agree is left to the proof, as further differences.
 */
import type { ModifiedEquation } from '../../../derivation/derive.ts';
import { namesIn } from '../../../formula/definition-circles.ts';
import type { Claim } from '../../../document/model.ts';
import { attempt } from '../../../base/problem.ts';
import { coefficient } from '../../../expression/calculus/series.ts';
import { type Expression, restrict, subtract } from '../../../expression/core/expression.ts';
import { type Letters, ROLE_LETTERS } from '../../../expression/core/index-form.ts';
import { COMPONENT_INDEX, ITERATION_INDEX, ZERO } from '../../../expression/core/indices.ts';
import { FormulaReader } from '../../../expression/read/from-formula.ts';
import type { Definition } from '../../../formula/formula.ts';
import { variableForm } from '../../../number/linear-form.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import { isProbablyNonzero } from '../../../rewrite/probably-nonzero.ts';
import { meaningOf } from '../../symbolic/claim-meaning.ts';
import type { VanishingPart } from '../../symbolic/sides.ts';

export interface IdentifiedClaim {
  /** The claim, its sequences called as the derived ones that they are found to be. */
  readonly claim: Claim;
  /** What must vanish for that. */
  readonly differences: readonly VanishingPart[];
  /** The derived coefficients, with sequences at n + 1 written by their values at n as those of the claim are. */
  readonly expressions: readonly Expression[];
}

/** Ids of typed sequences with those of the derived ones. */
type Found = ReadonlyMap<string, string>;

/** The claim with its sequences identified, as far as they are found among those of the equation. */
export function withDerivedSequences(
  claim: Claim,
  declarations: readonly Declaration[],
  equation: Pick<ModifiedEquation, 'definitions' | 'coefficients' | 'expressions'>,
): IdentifiedClaim {
  const typed = byReach(claim.definitions);
  const derived = equation.definitions.filter(({ recursion }) => recursion !== undefined);
  const { expressions } = equation;
  if (typed.length === 0 || derived.length === 0) return { claim, differences: [], expressions };
  const theirs = new FormulaReader(meaningOf({ ...claim, definitions: equation.definitions }, declarations, 0));
  const known = new Map(derived.map(each => [idOf(each), attempt(() => valuesOf(each, theirs))]));
  const gaps = (own: Definition, found: Found): readonly [Expression, Expression] | null => {
    const other = known.get(found.get(idOf(own)) ?? '');
    if (other?.ok !== true) return null;
    const read = attempt(() => valuesOf(own, new FormulaReader(meaningOf(renamed(claim, found), declarations, 0))));
    return read.ok
      ? [subtract(read.value.step, other.value.step), subtract(read.value.start, other.value.start)]
      : null;
  };
  const agrees = (own: Definition, found: Found): boolean => {
    const both = gaps(own, found);
    return both !== null && !both.some(isProbablyNonzero);
  };
  const found = assigned(typed, derived, agrees, new Map());
  if (found === null) return { claim, differences: [], expressions };
  return {
    claim: renamed(claim, found),
    expressions: equation.coefficients.map(each => coefficient(theirs.read(each), 0)),
    differences: typed.flatMap(({ definition }) => {
      const [step, start] = gaps(definition, found) ?? [];
      if (step === undefined || start === undefined) return [];
      return [
        { what: `the recursion of ${definition.name}`, value: step },
        { what: `the first value of ${definition.name}`, value: start },
      ];
    }),
  };
}

const idOf = ({ recursion, name }: Definition): string => recursion?.id ?? name;

const renamed = (claim: Claim, found: Found): Claim => ({
  ...claim,
  definitions: claim.definitions.map(each => {
    const id = found.get(idOf(each));
    return each.recursion === undefined || id === undefined ? each : { ...each, recursion: { ...each.recursion, id } };
  }),
});

interface Values {
  readonly step: Expression;
  readonly start: Expression;
}

/** The value at n ≥ 1, which reads the one at n − 1, and the first value, with n and j for the letters. */
function valuesOf({ indices, labels, body, recursion }: Definition, reader: FormulaReader): Values {
  const letters: Letters = new Map([
    ...ROLE_LETTERS,
    ...indices.map(letter => [letter, variableForm(COMPONENT_INDEX)] as const),
    ...labels.map(letter => [letter, variableForm(ITERATION_INDEX)] as const),
  ]);
  if (recursion === undefined) throw new Error('a sequence has a first value');
  const step = coefficient(reader.series(body, letters), 0);
  return {
    step: restrict(step, [{ left: ZERO, right: ITERATION_INDEX, bound: -1 }]),
    start: coefficient(reader.series(recursion.start, letters), 0),
  };
}

interface TypedSequence {
  readonly definition: Definition;
  /** The sequences that its recursion needs, itself among them. */
  readonly needs: ReadonlySet<string>;
}

/** The typed sequences, those that need few others first. */
function byReach(definitions: readonly Definition[]): TypedSequence[] {
  const byName = new Map(definitions.map(each => [each.name, each]));
  const sequences = definitions.filter(({ recursion, indices }) => recursion !== undefined && indices.length < 2);
  const reach = (start: Definition): Set<string> => {
    const seen = new Set([start.name]);
    for (const name of seen) for (const used of namesIn(byName.get(name)?.body ?? start.body)) seen.add(used);
    return new Set([...seen].filter(name => byName.get(name)?.recursion !== undefined));
  };
  return sequences
    .map(definition => ({ definition, needs: reach(definition) }))
    .toSorted((a, b) => a.needs.size - b.needs.size);
}

/** Each sequence is held against the derived ones as soon as all that it needs have a counterpart. */
function assigned(
  typed: readonly TypedSequence[],
  derived: readonly Definition[],
  agrees: (own: Definition, found: Found) => boolean,
  found: Found,
): Found | null {
  const ids = new Map(typed.map(({ definition }) => [definition.name, idOf(definition)]));
  const next = typed.find(({ definition }) => !found.has(idOf(definition)));
  if (next === undefined) return found;
  const own = next.definition;
  const likely = derived.toSorted((a, b) => Number(b.name === own.name) - Number(a.name === own.name));
  for (const other of likely) {
    if (other.indices.length !== own.indices.length || [...found.values()].includes(idOf(other))) continue;
    const more = new Map(found).set(idOf(own), idOf(other));
    const isKnown = ({ needs }: TypedSequence): boolean => [...needs].every(name => more.has(ids.get(name) ?? ''));
    const newly = typed.filter(each => isKnown(each) && each.needs.has(own.name));
    if (!newly.every(({ definition }) => agrees(definition, more))) continue;
    const rest = assigned(typed, derived, agrees, more);
    if (rest !== null) return rest;
  }
  return null;
}
