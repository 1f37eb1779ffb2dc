/**
 * Functions of a number that a claim defines for itself, \phi(x) := x/\sqrt{x^2+\varepsilon}. A row F(x) := E(x) + … is a quantity at the
 * point x instead; the right side tells which, and where both readings exist, what it is used of.
 */
import { ARITHMETIC_KINDS, setOfKinds } from '../../formula/arithmetic.ts';
import { attempt, type Problem } from '../../base/problem.ts';
import type { Declaration } from '../../formula/declaration.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { Item } from '../../latex/layout/item.ts';
import { spellItem } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { readDefinition } from '../../latex/read/definition/read-definition.ts';
import { readFormula } from '../../latex/read/read-formula.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import { nodes } from '../../optimizer/replace.ts';
import { insideOf } from '../author/mentions.ts';
import type { DefinitionRow } from './read-definitions.ts';

export type LocalFunction = Extract<Declaration, { kind: 'function' }>;

/** What a body may be made of: it depends on its letter and hyperparameters alone. */
const OF_NUMBERS = setOfKinds(...ARITHMETIC_KINDS, 'parameter', 'absolute', 'extremum', 'call');

/** The functions among the rows, and the rows that are none; `pieces` are all of the claim, which show how a name is used. */
export function localFunctions(
  rows: readonly DefinitionRow[],
  scope: NameScope,
  pieces: readonly Piece[],
): { functions: LocalFunction[]; others: DefinitionRow[] } {
  const names = new Map(scope.names);
  const functions = new Map<DefinitionRow, LocalFunction>();
  // A function may use one that stands below it.
  for (let round = 0; round <= rows.length; round += 1) {
    const before = functions.size;
    for (const row of rows) {
      if (functions.has(row)) continue;
      const found = asFunction(row, { ...scope, names, warnings: [] }, pieces);
      if (found === null) continue;
      functions.set(row, found);
      names.set(found.name, { kind: 'function' });
    }
    if (functions.size === before) break;
  }
  return { functions: [...functions.values()], others: rows.filter(row => !functions.has(row)) };
}

function asFunction({ piece, left }: DefinitionRow, scope: NameScope, pieces: readonly Piece[]): LocalFunction | null {
  const { name, argument, indices, labels } = left;
  if (argument === null || indices.length > 0 || labels.length > 0) return null;
  const inside: NameScope = { ...scope, names: new Map([...scope.names, [argument, { kind: 'scalar' } as const]]) };
  const body = attempt(() => readFormula(piece.right, inside));
  if (!body.ok || ![...nodes(body.value)].every(({ kind }) => OF_NUMBERS.has(kind))) return null;
  const asQuantity = attempt(() => readDefinition(left, piece.right, scope));
  const uses = argumentsOf(
    name,
    pieces.flatMap(each => (each === piece ? [each.right] : [each.left, each.right])),
  );
  if (asQuantity.ok && (uses.length === 0 || uses.some(each => isPoint(each, argument, scope)))) return null;
  return { kind: 'function', name, odd: false, formal: argument, body: body.value, span: piece.span };
}

/** What stands in the parentheses behind the name, wherever they do. */
function argumentsOf(name: string, sides: readonly Piece['left'][]): (readonly Item[])[] {
  const rows = sides.flatMap(side => {
    const laid = attempt(() => layOut(side));
    return laid.ok ? insideOf(laid.value) : [];
  });
  return rows.flatMap(row =>
    row.flatMap((item, at) => {
      const group = row[at + 1];
      const isName = item.kind === 'name' && spellItem({ ...item, sup: null, primes: 0 }) === name;
      return isName && group?.kind === 'group' && group.delimiter === 'paren' ? [group.items] : [];
    }),
  );
}

/** The parameters, or the letter of the row itself where that means nothing else. */
function isPoint([only, time, ...more]: readonly Item[], argument: string, { notation, names }: NameScope): boolean {
  if (only?.kind !== 'name' || more.length > 0 || (time !== undefined && time.kind !== 'group')) return false;
  const { core } = only.name;
  return core === notation.parameters || (core === argument && !names.has(core));
}

/** A local function that an = makes although nothing calls it. */
export function unusedFunction(
  functions: readonly LocalFunction[],
  assumed: ReadonlySet<string>,
  formulas: readonly Formula[],
): Problem[] {
  const called = new Set(
    [...formulas, ...functions.flatMap(({ body }) => (body === null ? [] : [body]))].flatMap(formula =>
      [...nodes(formula)].flatMap(node => (node.kind === 'call' ? [node.name] : [])),
    ),
  );
  const unused = functions.find(({ name }) => assumed.has(name) && !called.has(name));
  if (unused === undefined) return [];
  return [
    {
      code: 'undefined-name',
      message: `${unused.name} is defined nowhere`,
      hint: 'Define it with :=, or name the claim that defines it with given=ID.',
      ...(unused.span ? { span: unused.span } : {}),
    },
  ];
}
