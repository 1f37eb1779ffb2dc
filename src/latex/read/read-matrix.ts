/** Matrices that authors name without a definition: the identity I, diag(v), and the trace of one. */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import { DIMENSION } from '../../formula/formula.ts';
import type { Cursor } from '../layout/cursor.ts';
import type { NameItem } from '../layout/item.ts';
import { spellItem } from '../layout/item.ts';
import type { Primary } from './primary.ts';
import { readPrimary } from './read-factor.ts';
import { trailingOf } from './primary.ts';
import type { Reading } from './reading.ts';
import {
  diagonalMatrix,
  identityMatrix,
  isScalarValue,
  known,
  overCoordinates,
  rankName,
  scalar,
  tensor,
} from './value.ts';

const IDENTITIES: ReadonlySet<string> = new Set([
  'I',
  '\\boldsymbol{I}',
  '\\mathrm{I}',
  '\\boldsymbol{\\mathrm{I}}',
  '\\mathbb{I}',
  '\\mathrm{Id}',
  '\\mathrm{id}',
]);
const DIAGONALS: ReadonlySet<string> = new Set(['\\mathrm{diag}', '\\mathrm{Diag}']);
const TRACES: ReadonlySet<string> = new Set(['\\mathrm{tr}', '\\mathrm{Tr}', '\\mathrm{trace}']);

/** The identity, diag(v) or a trace, where the name means nothing else in a claim; null for any other name. */
export function readMatrix(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary | null {
  if (item.primes > 0) return null;
  // The diagonals of vectors are gone from an optimizer's rows, where products are by components.
  if (reading.scope.where !== 'claim') return DIAGONALS.has(base) ? readDiagonal(cursor, item, base, reading) : null;
  const letter = spellItem({ ...item, sup: null });
  if (reading.special(item.name) !== null || reading.roleName(base) !== null) return null;
  if (letter !== null && reading.boundLetter(letter) !== undefined) return null;
  if (IDENTITIES.has(base)) return readIdentity(cursor, item, reading);
  if (DIAGONALS.has(base)) return readDiagonal(cursor, item, base, reading);
  return TRACES.has(base) ? readTrace(cursor, item, base, reading) : null;
}

/** I, also with the letter of the dimension: I_p. */
function readIdentity(cursor: Cursor, item: NameItem, reading: Reading): Primary | null {
  const [only, ...more] = item.sub ?? [];
  const size = only === undefined ? null : spellItem(only);
  const isSize = size !== null && more.length === 0 && reading.roleName(size) === DIMENSION;
  if (item.sub !== null && !isSize) return null;
  cursor.next();
  const value = identityMatrix(item.span);
  return { value, trailing: item.sup === null ? null : { sup: item.sup, sub: null, span: item.span } };
}

/** What stands in the parentheses behind the name. */
function argumentOf(cursor: Cursor, item: NameItem, base: string, reading: Reading) {
  cursor.next();
  const group = cursor.next();
  const isList = group?.kind === 'group' && group.delimiter !== 'norm' && group.delimiter !== 'abs';
  if (item.sub !== null || item.sup !== null || !isList)
    return refuse('function-argument', `expected the argument of ${base} in parentheses`, group?.span ?? item.span);
  return { value: reading.expression(group.items, group.span), trailing: trailingOf(group) };
}

function readDiagonal(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary {
  const { value, trailing } = argumentOf(cursor, item, base, reading);
  if (isScalarValue(value))
    return refuse(
      'vector-rank',
      `expected a vector or a matrix, not a ${rankName(value)}, as the argument of ${base}`,
      value.span,
    );
  // Of a matrix its diagonal, which as a factor is the same as a vector and as a matrix.
  const entry = (index: Formula): Formula => value.component(value.rank === 1 ? [index] : [index, index]);
  const diagonal =
    reading.scope.where === 'claim'
      ? diagonalMatrix(item.span, { entry, rest: null })
      : tensor(1, item.span, ([index]) => entry(known(index)));
  return { value: diagonal, trailing };
}

/** \mathrm{tr}\,\Sigma: the one name behind, with its point. */
function namedArgument(cursor: Cursor, item: NameItem, reading: Reading): Primary | null {
  const next = cursor.peek(1);
  if (item.sub !== null || item.sup !== null || next?.kind !== 'name') return null;
  cursor.next();
  return readPrimary(cursor, reading);
}

function readTrace(cursor: Cursor, item: NameItem, base: string, reading: Reading): Primary {
  const { value, trailing } = namedArgument(cursor, item, reading) ?? argumentOf(cursor, item, base, reading);
  if (isScalarValue(value) || value.rank !== 2)
    return refuse('vector-rank', `expected a matrix, not a ${rankName(value)}, as the argument of ${base}`, value.span);
  const index = reading.fresh();
  const letter: Formula = { kind: 'index', span: null, name: index };
  const parts =
    value.diagonal === undefined
      ? [value.component([letter, letter])]
      : [
          value.diagonal.entry(letter),
          ...(value.diagonal.rest ? [value.diagonal.rest.component([letter, letter])] : []),
        ];
  const body: Formula = parts.length === 1 ? known(parts[0]) : { kind: 'add', span: item.span, terms: parts };
  return { value: scalar(overCoordinates(index, body, item.span), item.span), trailing };
}
