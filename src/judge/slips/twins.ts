/**
 * Wrong twins: copies of a claim with one slip of the pen, in a statement or in a definition it uses.
 *
 * A twin says nothing about the claim by itself. It is for seeing the judge fail where it must: every twin that differs has
 * to be refuted, every harmless one has to be proved. The same edits, undone, are the suggestions for refuted claims.
 */
import type { Span } from '../../base/span.ts';
import type { Claim, Relation } from '../../document/model.ts';
import type { Definition, Formula, IndexSort } from '../../formula/formula.ts';
import { circleIn } from '../../formula/definition-circles.ts';
import { encodeFormula } from '../../formula/json.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { places, replaceAt } from '../stated/formula-places.ts';
import { bodies, type Root } from './bodies.ts';
import type { EditKind, NodeEdit, EditNames } from './node-edit.ts';
import { nodeEdits, valueEdits } from './node-edits.ts';
import { surroundingsOf } from './surroundings.ts';

export interface Twin {
  readonly kind: EditKind;
  readonly root: Root;
  /** `\bar{L}: summand 2 dropped`. */
  readonly description: string;
  /** The part edited, with its place in the text where it has one, and what stands there instead; null: nothing. */
  readonly before: Formula;
  readonly after: Formula | null;
  readonly span: Span | null;
  /** The whole side or body, as it was and as it is. */
  readonly from: Formula;
  readonly to: Formula;
  readonly claim: Claim;
}

/** The shape of a formula without its places, for telling two apart. */
const keyOf = (formula: Formula): string => JSON.stringify(encodeFormula(formula));

const display = (root: Root): string =>
  root.kind === 'definition' ? root.name : root.part === 'right' ? root.id : `${root.id} (${root.part})`;

const OTHER_RELATIONS: ReadonlyMap<string, readonly Relation[]> = new Map([
  ['<', ['>', '\\ge']],
  ['>', ['<', '\\le']],
  ['\\le', ['\\ge', '>']],
  ['\\ge', ['\\le', '<']],
]);

/** Inequalities turned round. */
function* relationTwins(claim: Claim): Generator<Twin> {
  for (const [at, statement] of claim.statements.entries()) {
    const { id, kind, relation: own, right, span } = statement;
    if (kind !== 'identity') continue;
    for (const relation of OTHER_RELATIONS.get(own) ?? [])
      yield {
        kind: 'relation',
        root: { kind: 'statement', id, part: 'relation' },
        description: `${id} (relation): ${own} → ${relation}`,
        before: right,
        after: right,
        span,
        from: right,
        to: right,
        claim: { ...claim, statements: claim.statements.with(at, { ...statement, relation }) },
      };
  }
}

/** Edits of names can close a circle of definitions, which no claim may have. */
const isCircular = (claim: Claim): boolean => circleIn(claim.definitions) !== null;

/**
 * The twins of a claim, in the order of the text, no two with the same formulas. `declarations` are the optimizer's.
 * `known` are the definitions that its names may come from, its own unless it is given others.
 * With breadth `suggestions` also edits that put something in, which is what undoes an omission.
 */
export function* twins(
  claim: Claim,
  declarations: readonly Declaration[],
  breadth: EditNames['breadth'] = 'twins',
  known: readonly Definition[] = claim.definitions,
): Generator<Twin> {
  const all = bodies(claim, breadth);
  const around = surroundingsOf(claim, declarations, all, breadth);
  const sorts = new Map(known.map(definition => [definition.name, definition.indexSorts]));
  const sortsOf = (name: string): readonly IndexSort[] => sorts.get(name) ?? [];
  if (breadth === 'twins') yield* relationTwins(claim);
  for (const body of all) {
    const seen = new Set([keyOf(body.formula)]);
    const twin = (edit: NodeEdit, before: Formula, path: readonly number[]): Twin | null => {
      const formula = replaceAt(body.formula, path, edit.after);
      const key = keyOf(formula);
      if (seen.has(key)) return null;
      seen.add(key);
      const edited = body.rebuild(formula);
      if (edit.kind === 'name' && isCircular(edited)) return null;
      return {
        kind: edit.kind,
        root: body.root,
        description: `${display(body.root)}: ${edit.description}`,
        ...(edit.focus ?? { before, after: edit.after }),
        span: edit.focus?.before.span ?? before.span ?? body.span,
        from: body.formula,
        to: formula,
        claim: edited,
      };
    };
    for (const edit of valueEdits(body.formula)) {
      const made = twin(edit, body.formula, []);
      if (made) yield made;
    }
    for (const place of places(body.formula, body.letters, sortsOf)) {
      for (const edit of nodeEdits(place, around)) {
        const made = twin(edit, place.node, place.path);
        if (made) yield made;
      }
    }
  }
}
