/**
 * What a claim is judged with: the optimizer it is about, and the definitions it may use, its own and those of `given`.
 *
 * Names are hygienic: a claim that defines R itself, given another claim that defines R too, keeps its own R, and the other
 * claim's definitions keep theirs (renamed inside). Nothing is looked up by guessing.
 */
import { beforeFirstOf } from '../notation/before-first.ts';
import { attempt, refuse, type Result } from '../base/problem.ts';
import type { Claim, DefinitionBlock, ModeqDocument } from '../document/model.ts';
import { type Definition, type Formula, withFormulas } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { withStatedLoss } from './stated/with-loss.ts';

/** Ids to things, over all documents that are judged together. The first of equal ids in the order given wins. */
export interface DocumentIndex {
  readonly optimizers: ReadonlyMap<string, Optimizer>;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly blocks: ReadonlyMap<string, DefinitionBlock>;
}

/** A claim whose `definitions` and `declarations` hold everything its formulas use. */
export interface ResolvedClaim {
  readonly claim: Claim;
  readonly optimizer: Optimizer | null;
  /** Names that came from `given`, for statements about them. */
  readonly givenNames: ReadonlySet<string>;
}

const byId = <T extends { readonly id: string }>(lists: readonly (readonly T[])[]): Map<string, T> => {
  const found = new Map<string, T>();
  for (const list of lists) for (const each of list) if (!found.has(each.id)) found.set(each.id, each);
  return found;
};

/** `first` is looked into before the others: the document of the claim, then the rest in order. */
export function documentIndexOf(first: ModeqDocument, others: readonly ModeqDocument[]): DocumentIndex {
  const all = [first, ...others.filter(each => each !== first)];
  return {
    optimizers: byId(all.map(each => each.optimizers)),
    claims: byId(all.map(each => each.claims)),
    blocks: byId(all.map(each => each.definitions)),
  };
}

interface Given {
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

/** The definitions of a claim or block together with those of its own `given`. */
function givenFrom(id: string, library: DocumentIndex, open: readonly string[]): Given {
  if (open.includes(id)) refuse('given-cycle', `the claims given form a circle: ${[...open, id].join(' → ')}`);
  const claim = library.claims.get(id);
  if (claim) return withGiven(claim.definitions, claim.declarations, claim.given, library, [...open, id]);
  const block = library.blocks.get(id);
  if (block) return { definitions: block.definitions, declarations: block.declarations };
  return refuse(
    'unknown-given',
    `nothing with the id ${id} is defined`,
    null,
    'given= takes ids of claims or definitions of this file or of files given together',
  );
}

function withGiven(
  definitions: readonly Definition[],
  declarations: readonly Declaration[],
  given: readonly string[],
  library: DocumentIndex,
  open: readonly string[],
): Given {
  const taken = new Set(definitions.map(({ name }) => name));
  const result = [...definitions];
  const declared = [...declarations];
  for (const id of given) {
    const source = givenFrom(id, library, open);
    for (const definition of apart(source.definitions, taken, id)) {
      taken.add(definition.name);
      result.push(definition);
    }
    declared.push(...source.declarations.filter(({ name }) => !declared.some(each => each.name === name)));
  }
  return { definitions: result, declarations: declared };
}

/** The definitions with names in `taken` renamed, in their own bodies too. */
function apart(definitions: readonly Definition[], taken: ReadonlySet<string>, id: string): Definition[] {
  const renamed = new Map(
    definitions.filter(({ name }) => taken.has(name)).map(({ name }): [string, string] => [name, `#${id}:${name}`]),
  );
  if (renamed.size === 0) return [...definitions];
  return definitions.map(definition => ({
    ...withFormulas(definition, formula => renameQuantities(formula, renamed)),
    name: renamed.get(definition.name) ?? definition.name,
  }));
}

function renameQuantities(formula: Formula, names: ReadonlyMap<string, string>): Formula {
  const inner = withChildren(
    formula,
    children(formula).map(child => renameQuantities(child, names)),
  );
  return inner.kind === 'quantity' ? { ...inner, name: names.get(inner.name) ?? inner.name } : inner;
}

/** The claim with all it uses, or the problem that keeps it from being judged. */
export function resolveClaim(claim: Claim, library: DocumentIndex): Result<ResolvedClaim> {
  return attempt(() => {
    const optimizer = claim.about === null ? null : library.optimizers.get(claim.about);
    if (optimizer === undefined)
      return refuse('unknown-optimizer', `no optimizer with the id ${claim.about}`, claim.span);
    const { definitions, declarations } = withGiven(claim.definitions, claim.declarations, claim.given, library, [
      claim.id,
    ]);
    const own = new Set(claim.definitions.map(({ name }) => name));
    const givenNames = new Set(definitions.map(({ name }) => name).filter(name => !own.has(name)));
    const before = optimizer === null ? {} : beforeFirstOf(optimizer);
    const whole = withStatedLoss({ ...claim, ...before, definitions, declarations });
    return { claim: whole, optimizer, givenNames };
  });
}
