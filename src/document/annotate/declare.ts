/** What `where` should say of a name: what the text says of it, else what its place in the rows suggests. */
import type { Span } from '../../base/span.ts';
import type { Domain } from '../../formula/declaration.ts';
import { refuse } from '../../base/problem.ts';
import { type Item, isOperator } from '../../latex/layout/item.ts';
import { DEFAULT_NOTATION } from '../../optimizer/model.ts';
import { readWhere } from '../annotation/where.ts';
import { spellNameAt } from '../outline.ts';
import { type FoundSeed, type FoundDocument, insides } from './found.ts';
import { fullName, isFirstValue, madeBy } from './rows.ts';

/** A domain that a formula of the document gives to a name. */
export interface Stated {
  readonly text: string;
  readonly span: Span;
}

/** The domains of scalars that formulas such as `\beta \in [0,1)` give, by name, in the order of the text. */
export function statedDomains({ formulas, macros }: FoundDocument): ReadonlyMap<string, readonly Stated[]> {
  const stated = new Map<string, Stated[]>();
  for (const { body, isFree } of formulas) {
    if (!isFree || body.end - body.start > 200) continue;
    const { declarations, problems } = readWhere([body], {
      notation: DEFAULT_NOTATION,
      where: 'claim',
      spell: span => spellNameAt(span, macros),
      readBody: span => refuse('broken-where', 'a function', span),
    });
    if (problems.length > 0) continue;
    for (const each of declarations) {
      if (each.kind !== 'scalar') continue;
      const text = domainText(each.name, each.domain);
      const known = stated.get(each.name) ?? [];
      if (known.every(other => other.text !== text)) stated.set(each.name, [...known, { text, span: body }]);
    }
  }
  return stated;
}

function domainText(name: string, { lower, upper, lowerOpen, upperOpen }: Domain): string {
  if (lower === null && upper === null) return `${name} in \\mathbb{R}`;
  if (upper === null) return `${name} ${lowerOpen ? '>' : '>='} ${lower?.toString() ?? ''}`;
  if (lower === null) return `${name} ${upperOpen ? '<' : '<='} ${upper.toString()}`;
  return `${name} in ${lowerOpen ? '(' : '['}${lower.toString()},${upper.toString()}${upperOpen ? ')' : ']'}`;
}

/** Functions of one number that formulas such as `\phi(x) = \tanh(x/\delta)` define, by name, as `where` has them. */
export function statedFunctions(
  { formulas }: FoundDocument,
  parameters: ReadonlySet<string>,
): ReadonlyMap<string, Stated> {
  const stated = new Map<string, Stated>();
  for (const { isFree, pieces } of formulas) {
    if (!isFree) continue;
    for (const { left, piece } of pieces) {
      const [name, argument, ...more] = left;
      if (name?.kind !== 'name' || argument?.kind !== 'group' || argument.delimiter !== 'paren' || more.length > 0)
        continue;
      const [formal, ...others] = argument.items;
      const isNumber = formal?.kind === 'name' && others.length === 0 && !parameters.has(formal.name.core);
      const full = fullName(name);
      if (!isNumber || full === null || name.sup !== null || (piece.relation !== '=' && piece.relation !== ':='))
        continue;
      const text = piece.span.source.text.slice(piece.span.start, piece.span.end).replace(/\s+/g, ' ');
      if (!/[,%$]/.test(text) && !stated.has(full)) stated.set(full, { text, span: piece.span });
    }
  }
  return stated;
}

/** A domain for a name of which the text says nothing, from where it stands in the formulas. */
export function guessedDomain(name: string, formulas: readonly FoundSeed[], parameters: string): string {
  const sides = formulas.flatMap(({ pieces }) => pieces.flatMap(({ left, right }) => [left, right]));
  if (sides.some(side => hasOneMinus(side, name))) return `${name} in (0,1)`;
  const rows = formulas.flatMap(({ pieces }) => pieces.flatMap(each => madeBy(each) ?? []));
  const carries = rows.filter(row => row.recurs && !isFirstValue(row) && isBeside(row.found.right, name, row.core));
  if (carries.some(({ core }) => core !== parameters) || /^(?:\\beta|\\rho|\\mu)(?![A-Za-z])/.test(name))
    return `${name} in [0,1)`;
  if (carries.length > 0 || name.startsWith('\\lambda') || sides.some(side => isBeside(side, name, parameters)))
    return `${name} >= 0`;
  return `${name} > 0`;
}

const isName = (item: Item | undefined, name: string): boolean => item?.kind === 'name' && fullName(item) === name;

/** 1 − β, 1 − β^t, anywhere. */
function hasOneMinus(items: readonly Item[], name: string): boolean {
  return items.some((item, at) => {
    const isOne = item.kind === 'number' && item.text === '1';
    if (isOne && isOperator(items[at + 1], '-') && isName(items[at + 2], name)) return true;
    return insides(item).some(inner => hasOneMinus(inner, name));
  });
}

/** Whether the name stands right before, or behind, the letter: \beta m_t. */
function isBeside(items: readonly Item[], name: string, core: string): boolean {
  const isCore = (item: Item | undefined): boolean => item?.kind === 'name' && item.name.core === core;
  return items.some((item, at) => {
    if (isName(item, name) && (isCore(items[at + 1]) || isCore(items[at - 1]))) return true;
    return insides(item).some(inner => isBeside(inner, name, core));
  });
}
