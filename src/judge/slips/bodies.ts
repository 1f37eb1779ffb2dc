/** What of a claim can be mistyped: the sides of its statements and the bodies of its definitions, each with the claim around it. */
import { comparesSides, isAlongRuns } from '../../notation/kinds.ts';
import type { Span } from '../../base/span.ts';
import type { Claim, Statement } from '../../document/model.ts';
import type { Definition, Formula, IndexSort } from '../../formula/formula.ts';
import { statementLetters } from '../stated/formula-places.ts';
import type { EditNames } from './node-edit.ts';

/** Where in the claim an edit was made. */
export type Root =
  | { readonly kind: 'statement'; readonly id: string; readonly part: 'left' | 'right' | 'condition' | 'relation' }
  | { readonly kind: 'definition'; readonly name: string };

export interface Body {
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

/** The sides that a slip of the pen may have hit besides the right ones; of a name defined elsewhere, the name. */
function leftSides(claim: Claim): Body[] {
  return claim.statements.flatMap((statement, at) =>
    (comparesSides(statement) || isAlongRuns(statement)) && !isLinked(claim, at)
      ? partOf(claim, at, 'left', statement.left, by => ({ left: by }))
      : [],
  );
}

/** Whether a statement goes on from the right side of the one before it: A = B = C says B twice. */
function isLinked(claim: Claim, at: number): boolean {
  const [span, before] = [claim.statements[at]?.left.span, claim.statements[at - 1]?.right.span];
  return span !== undefined && span !== null && span.start === before?.start && span.end === before.end;
}

/** A right side that the next statement of a chain repeats is edited in both. */
function rightSides(claim: Claim): Body[] {
  return claim.statements.flatMap((statement, at) =>
    partOf(claim, at, 'right', statement.right, right => ({ right })).map(body => {
      if (!isLinked(claim, at + 1)) return body;
      const rebuild = (by: Formula): Claim => {
        const edited = body.rebuild(by);
        const next = edited.statements[at + 1];
        return next ? { ...edited, statements: edited.statements.with(at + 1, { ...next, left: by }) } : edited;
      };
      return { ...body, rebuild };
    }),
  );
}

/** The right sides of the statements and the bodies of the claim's own definitions; for twins also what else it states. */
export function bodies(claim: Claim, breadth: EditNames['breadth']): Body[] {
  const statements =
    breadth === 'suggestions'
      ? [...rightSides(claim), ...leftSides(claim)]
      : claim.statements.flatMap((statement, at) => partOf(claim, at, 'right', statement.right, right => ({ right })));
  // What has no place in the text is no slip of its author.
  const typed = claim.definitions.flatMap((definition, at) => (definition.span === null ? [] : [{ definition, at }]));
  const definitions = typed.map(
    ({ definition, at }): Body => ({
      root: { kind: 'definition', name: definition.name },
      formula: definition.body,
      letters: definitionLetters(definition),
      span: definition.span,
      rebuild: body => ({ ...claim, definitions: claim.definitions.with(at, { ...definition, body }) }),
    }),
  );
  return [...statements, ...(breadth === 'twins' ? otherParts(claim) : []), ...definitions];
}
