/**
 * Canonical labelling of the bound indices of a term, so that terms that differ only in the names of their bound indices
 * get the same key. Colours are refined by how an index occurs; a tie is broken by trying every member of the tied class
 * that no transposition maps to one already tried, and keeping the least key. What hangs together as trees needs none of it (label-forest.ts).
 */
import { work } from '../../base/work.ts';
import type { IndexSort } from '../../formula/formula.ts';
import type { Constraint } from './domain.ts';
import { exponentKey, type FactorPower, factorForms, factorKey } from './factor.ts';
import { indexName, isBound } from './indices.ts';
import type { LinearForm } from '../../number/linear-form.ts';
import { type Holder, labelForest } from './label-forest.ts';

export interface Labelling {
  /** position[i] is the new number of the bound index i. */
  readonly position: readonly number[];
  readonly key: string;
}

interface Labelled {
  readonly factors: readonly FactorPower[];
  readonly sorts: readonly IndexSort[];
  readonly constraints: readonly Constraint[];
}

type Name = (index: number) => string;

/** Where no bound index stands, every name of them gives the usual key, which is kept. */
const powerKey = (power: FactorPower, name: Name): string =>
  factorKey(power.factor, hasBound(factorForms(power.factor)) ? name : indexName) + exponentKey(power.exponent, name);

const hasBound = (forms: readonly LinearForm[]): boolean =>
  forms.some(({ terms }) => terms.some(([index]) => isBound(index)));

const constraintKey = (constraint: Constraint, name: Name): string =>
  `${name(constraint.left)}<${name(constraint.right)}+${constraint.bound}`;

/** The key of a term whose bound indices are named by `name`. */
function keyWith(term: Labelled, name: Name): string {
  const factors = term.factors.map(power => powerKey(power, name)).sort();
  const constraints = term.constraints.map(constraint => constraintKey(constraint, name)).sort();
  return `${factors.join('*')}|${constraints.join('&')}`;
}

const boundIndicesOf = (power: FactorPower): number[] => {
  const found = new Set<number>();
  for (const form of [...factorForms(power.factor), power.exponent.form]) {
    for (const [index] of form.terms) if (isBound(index)) found.add(index);
  }
  return [...found];
};

interface Occurrences {
  readonly powers: readonly (readonly FactorPower[])[];
  readonly constraints: readonly (readonly Constraint[])[];
}

function occurrencesOf(term: Labelled): Occurrences {
  const powers: FactorPower[][] = term.sorts.map(() => []);
  for (const power of term.factors) for (const index of boundIndicesOf(power)) powers[index]?.push(power);
  const constraints = term.sorts.map((_, index) => term.constraints.filter(c => c.left === index || c.right === index));
  return { powers, constraints };
}

/** Splits colour classes until every member of a class occurs in the same way. How an index occurs that is alone in its class tells nothing. */
function refine(occurrences: Occurrences, colours: readonly number[]): number[] {
  let current = [...colours];
  for (;;) {
    const name = (index: number): string => (isBound(index) ? `c${current[index]}` : indexName(index));
    const signatures = current.map((colour, index) => {
      if (current.indexOf(colour) === current.lastIndexOf(colour)) return `${String(colour).padStart(3, '0')}:`;
      const own: Name = other => (other === index ? '*' : name(other));
      const parts = (occurrences.powers[index] ?? []).map(power => powerKey(power, own));
      for (const constraint of occurrences.constraints[index] ?? []) parts.push(constraintKey(constraint, own));
      return `${String(colour).padStart(3, '0')}:${parts.sort().join(';')}`;
    });
    const ranks = new Map([...new Set(signatures)].sort().map((signature, rank) => [signature, rank] as const));
    const next = signatures.map(signature => ranks.get(signature) ?? 0);
    if (ranks.size === new Set(current).size) return next;
    current = next;
  }
}

function transposeName(first: number, second: number): Name {
  return index => indexName(index === first ? second : index === second ? first : index);
}

/** Units of work for naming one factor. */
const A_FACTOR = 2;

function search(
  term: Labelled,
  occurrences: Occurrences,
  colours: readonly number[],
  plainKey: () => string,
): Labelling {
  work(A_FACTOR * term.factors.length * (1 + colours.length));
  const refined = refine(occurrences, colours);
  const members = new Map<number, number[]>();
  refined.forEach((colour, index) => {
    const list = members.get(colour);
    if (list === undefined) members.set(colour, [index]);
    else list.push(index);
  });
  const tied = [...members.entries()].filter(([, list]) => list.length > 1).sort((a, b) => a[0] - b[0])[0];
  if (tied === undefined) {
    const order = refined.map((colour, index) => [colour, index] as const).sort((a, b) => a[0] - b[0]);
    const position: number[] = refined.map(() => 0);
    order.forEach(([, index], rank) => {
      position[index] = rank;
    });
    return { position, key: keyWith(term, index => (isBound(index) ? `b${position[index]}` : indexName(index))) };
  }
  let best: Labelling | null = null;
  const tried: number[] = [];
  for (const index of tied[1]) {
    if (tried.some(other => keyWith(term, transposeName(other, index)) === plainKey())) continue;
    tried.push(index);
    const individual = refined.map((colour, other) => (other === index ? colour * 2 : colour * 2 + 1));
    const candidate = search(term, occurrences, individual, plainKey);
    if (best === null || candidate.key < best.key) best = candidate;
  }
  if (best === null) throw new Error('a tied class has a member');
  return best;
}

function once(make: () => string): () => string {
  let made: string | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Fewer indices are told apart by how they occur, in the order in which all else has them. */
const FEWEST = 4;

/** The labels of a product that is contracted along trees, over all components; null for any other, which is searched. */
function forestOf({ factors, sorts, constraints }: Labelled): number[] | null {
  if (sorts.length < FEWEST || sorts.includes('history')) return null;
  if (constraints.some(({ left, right }) => isBound(left) || isBound(right))) return null;
  const holders: Holder[] = [];
  for (const power of factors) {
    // Which indices stand in one part of it, no key of a single index says.
    if (power.factor.kind === 'moment') return null;
    const indices: number[] = [];
    for (const { terms } of factorForms(power.factor)) {
      const bound = terms.filter(([index]) => isBound(index));
      if (bound.length > 1 || bound.some(([index]) => indices.includes(index))) return null;
      indices.push(...bound.map(([index]) => index));
    }
    if (power.exponent.form.terms.some(([index]) => isBound(index))) return null;
    if (indices.length === 0) continue;
    work(A_FACTOR * (1 + indices.length));
    const named = (own: number | null): string =>
      powerKey(power, other => (other === own ? '*' : isBound(other) ? '?' : indexName(other)));
    holders.push({ kind: named(null), places: indices.map(index => ({ index, at: named(index) })) });
  }
  return labelForest(holders, sorts.length);
}

/** The canonical labelling of a term; `key` does not contain its coefficient. */
export function labelTerm(term: Labelled): Labelling {
  if (term.sorts.length === 0) return { position: [], key: keyWith(term, indexName) };
  const colours = term.sorts.map(sort => (sort === 'history' ? 0 : 1));
  const [only, ...others] = colours;
  if (only !== undefined && others.length === 0) {
    work(A_FACTOR * term.factors.length * 2);
    return { position: [0], key: `${only === 0 ? 'h' : 'c'}|${keyWith(term, indexName)}` };
  }
  const forest = forestOf(term);
  const labelling =
    forest === null
      ? search(
          term,
          occurrencesOf(term),
          colours,
          once(() => keyWith(term, indexName)),
        )
      : { position: forest, key: keyWith(term, index => (isBound(index) ? `b${forest[index]}` : indexName(index))) };
  const sorts = labelling.position
    .map((_, rank) => (term.sorts[labelling.position.indexOf(rank)] === 'coordinate' ? 'c' : 'h'))
    .join('');
  return { position: labelling.position, key: `${sorts}|${labelling.key}` };
}
