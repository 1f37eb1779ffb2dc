/**
 * Wrong twins: copies of a claim with one slip of the pen, in a statement or in a definition it uses.
 *
 * A twin says nothing about the claim by itself. It is for seeing the judge fail where it must: every twin that differs has
 * to be refuted, every harmless one has to be proved. The same edits, undone, are the suggestions for refuted claims.
 */
import type { Claim, Relation, Statement } from '../../document/model.ts';
import { ITERATION, type Definition, type Formula, type IndexSort } from '../../formula/formula.ts';
import { encodeFormula } from '../../formula/json.ts';
import { children } from '../../formula/walk.ts';
import type { Span } from '../../base/span.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { EditKind, NodeEdit, Surroundings } from './node-edit.ts';
import { nodeEdits, valueEdits } from './node-edits.ts';
import { places, replaceAt, statementLetters } from '../stated/formula-places.ts';

/** Where in the claim an edit was made. */
export type Root =
  | { readonly kind: 'statement'; readonly id: string; readonly part: 'left' | 'right' | 'condition' | 'relation' }
  | { readonly kind: 'definition'; readonly name: string };

export interface Twin {
  readonly kind: EditKind;
  readonly root: Root;
  /** `\bar{L}: summand 2 dropped`. */
  readonly description: string;
  /** The part edited, with its place in the text where it has one, and what stands there instead; null: nothing. */
  readonly before: Formula;
  readonly after: Formula | null;
  readonly span: Span | null;
  readonly claim: Claim;
}

interface Body {
  readonly root: Root;
  readonly formula: Formula;
  readonly letters: ReadonlyMap<string, IndexSort>;
  readonly span: Span | null;
  readonly rebuild: (formula: Formula) => Claim;
}

const definitionLetters = (definition: Definition): ReadonlyMap<string, IndexSort> =>
  new Map<string, IndexSort>([
    ...definition.indices.map((name, at): [string, IndexSort] => [name, definition.indexSorts[at] ?? 'coordinate']),
    ...definition.labels.map((name): [string, IndexSort] => [name, 'history']),
  ]);

/** A part of a statement, and the claim with another formula in its place. */
function partOf(
  claim: Claim,
  at: number,
  part: 'left' | 'right' | 'condition',
  formula: Formula,
  edited: (formula: Formula) => Partial<Statement>,
): Body[] {
  const statement = claim.statements[at];
  if (!statement) return [];
  const rebuild = (by: Formula): Claim => ({
    ...claim,
    statements: claim.statements.with(at, { ...statement, ...edited(by) }),
  });
  const root: Root = { kind: 'statement', id: statement.id, part };
  return [{ root, formula, letters: statementLetters, span: statement.span, rebuild }];
}

/**
 * What else of a statement can be wrong: the left side where the claim makes it, and the condition of an equivalence. That
 * of an `if` may be narrower than need be without being wrong.
 */
function otherParts(claim: Claim): Body[] {
  return claim.statements.flatMap((statement, at) => {
    const { kind, left, condition } = statement;
    const own = kind === 'identity' ? partOf(claim, at, 'left', left, by => ({ left: by })) : [];
    if (condition?.equivalence !== true) return own;
    const { comparisons } = condition;
    const conditions = comparisons.flatMap((comparison, which) =>
      partOf(claim, at, 'condition', comparison.right, right => ({
        condition: { ...condition, comparisons: comparisons.with(which, { ...comparison, right }) },
      })),
    );
    return [...own, ...conditions];
  });
}

/** The right sides of the statements and the bodies of the claim's own definitions; for twins also what else it states. */
function bodies(claim: Claim, breadth: Surroundings['breadth']): Body[] {
  const statements = claim.statements.flatMap((statement, at) =>
    partOf(claim, at, 'right', statement.right, right => ({ right })),
  );
  const definitions = claim.definitions.map(
    (definition, at): Body => ({
      root: { kind: 'definition', name: definition.name },
      formula: definition.body,
      letters: definitionLetters(definition),
      span: definition.span,
      rebuild: body => ({ ...claim, definitions: claim.definitions.with(at, { ...definition, body }) }),
    }),
  );
  return [...statements, ...(breadth === 'twins' ? otherParts(claim) : []), ...definitions];
}

const scalarsOf = (declarations: readonly Declaration[]): string[] => [
  ...new Set(declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []))),
];

/** Scalars such as ε: positive and unbounded. */
const positiveOf = (declarations: readonly Declaration[]): string[] => [
  ...new Set(
    declarations.flatMap(each =>
      each.kind === 'scalar' && each.domain.upper === null && each.domain.lower?.isZero() ? [each.name] : [],
    ),
  ),
];

/** Only hyperparameters and numbers and the iteration, at least one hyperparameter, at most `size` nodes. */
function isSmallFactor(formula: Formula, size: number): boolean {
  let parameters = 0;
  let nodes = 0;
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes += 1;
    if (nodes > size) return false;
    if (node.kind === 'parameter') parameters += 1;
    else if (
      node.kind === 'index'
        ? node.name !== ITERATION
        : !['number', 'add', 'negate', 'multiply', 'divide', 'power'].includes(node.kind)
    )
      return false;
    waiting.push(...children(node));
  }
  return parameters > 0;
}

const MAXIMAL_FACTORS = 8;

function factorsOf(all: readonly Body[]): Formula[] {
  const found = new Map<string, Formula>();
  for (const body of all) {
    for (const { node } of places(body.formula, body.letters, () => [])) {
      const candidates = node.kind === 'multiply' ? node.factors : node.kind === 'divide' ? [node.denominator] : [];
      for (const candidate of candidates) {
        if (found.size < MAXIMAL_FACTORS && candidate.kind !== 'divide' && isSmallFactor(candidate, 12))
          found.set(keyOf(candidate), candidate);
      }
    }
  }
  return [...found.values()];
}

/** The shape of a formula without its places, for telling two apart. */
const keyOf = (formula: Formula): string => JSON.stringify(encodeFormula(formula));

/** `\bar{P}` and `P` are one letter. */
const withoutAccent = (name: string): string =>
  name.replace(
    /^\\(?:bar|hat|tilde|overline|widetilde|widehat|check|breve|dot|ddot|vec|mathbf|boldsymbol|bm|mathcal|mathrm)\{(.*)\}(.*)$/,
    '$1$2',
  );

function surroundingsOf(
  claim: Claim,
  declarations: readonly Declaration[],
  all: readonly Body[],
  breadth: Surroundings['breadth'],
): Surroundings {
  const every = [...declarations, ...claim.declarations];
  const shape = (definition: Definition): string => `${definition.indexSorts.join()}|${definition.labels.length}`;
  const byName = new Map(claim.definitions.map(definition => [definition.name, definition]));
  return {
    scalars: scalarsOf(every),
    positive: positiveOf(every),
    namesLike: name => {
      const own = byName.get(name);
      return own
        ? claim.definitions.flatMap(other =>
            other.name !== name &&
            shape(other) === shape(own) &&
            (breadth === 'suggestions' || withoutAccent(other.name) === withoutAccent(name))
              ? [other.name]
              : [],
          )
        : [];
    },
    factors: breadth === 'suggestions' ? factorsOf(all) : [],
    breadth,
  };
}

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
        claim: { ...claim, statements: claim.statements.with(at, { ...statement, relation }) },
      };
  }
}

/** Edits of names can close a circle of definitions, which no claim may have. */
function isCircular(claim: Claim): boolean {
  const uses = new Map(
    claim.definitions.map((definition): [string, Set<string>] => [definition.name, namesIn(definition.body)]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): boolean => {
    const known = state.get(name);
    if (known) return known === 'open';
    state.set(name, 'open');
    for (const used of uses.get(name) ?? []) if (visit(used)) return true;
    state.set(name, 'done');
    return false;
  };
  return [...uses.keys()].some(visit);
}

function namesIn(formula: Formula): Set<string> {
  const found = new Set<string>();
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'quantity') found.add(node.name);
    waiting.push(...children(node));
  }
  return found;
}

/**
 * The twins of a claim, in the order of the text, no two with the same formulas. `declarations` are the optimizer's.
 * `known` are the definitions that its names may come from, its own unless it is given others.
 * With breadth `suggestions` also edits that put something in, which is what undoes an omission.
 */
export function* twins(
  claim: Claim,
  declarations: readonly Declaration[],
  breadth: Surroundings['breadth'] = 'twins',
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
