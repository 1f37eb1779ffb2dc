/**
 * Every formula of a document, displays and those in the text alike, cut into statements as the reader cuts them. What no
 * magic comment speaks of is free; nothing commented out is among them.
 */
import { attempt } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { Item } from '../../latex/layout/item.ts';
import { layOut } from '../../latex/layout/layout.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import { DEFAULT_NOTATION } from '../../optimizer/model.ts';
import { ignoringCases } from '../author/cases-values.ts';
import { piecesOf, tokensAt } from '../author/display-text.ts';
import { type Follow, gather } from '../scan/followed-files.ts';
import { type Outline, outline } from '../outline.ts';

/** One statement, with the layout of both sides. */
export interface FoundPiece {
  readonly piece: Piece;
  readonly left: readonly Item[];
  readonly right: readonly Item[];
}

export interface FoundSeed {
  readonly kind: 'display' | 'inline';
  readonly span: Span;
  readonly body: Span;
  /** Whether no magic comment speaks of it. */
  readonly isFree: boolean;
  /** Its place among all formulas. */
  readonly at: number;
  readonly pieces: readonly FoundPiece[];
}

export interface FoundDocument {
  readonly root: Source;
  readonly follow: Follow | null;
  readonly outline: Outline;
  readonly macros: MacroTable;
  readonly formulas: readonly FoundSeed[];
}

/** More formulas are not looked at. */
const MOST_FORMULAS = 5_000;
/** A formula in the text is looked at only where it relates two sides. */
const RELATES = /[=<>]|\\(?:leftarrow|gets|coloneqq|in|leq?|geq?)(?![A-Za-z])|[←≤≥∈]/;

/** The formulas of `root` and of the files that it brings in. */
export function findFormulas(root: Source, follow: Follow | null): FoundDocument {
  const outlined = outline(root, new MacroTable(), follow);
  const { items, macros } = gather(root, new MacroTable(), follow, 'all');
  const free = new Set(outlined.unannotated.map(keyOf));
  const taken = new Set(outlined.entries.flatMap(({ body, more }) => [body, ...more].map(keyOf)));
  const formulas: FoundSeed[] = [];
  for (const item of items) {
    if (item.kind !== 'display' && item.kind !== 'inline') continue;
    if (formulas.length >= MOST_FORMULAS) break;
    const { body, span } = item;
    if (item.kind === 'inline' && !RELATES.test(body.source.text.slice(body.start, body.end))) continue;
    const isFree = item.kind === 'inline' || free.has(keyOf(span)) || (isFence(span) && !taken.has(keyOf(body)));
    formulas.push({ kind: item.kind, span, body, isFree, at: formulas.length, pieces: piecesIn(body, macros) });
  }
  return { root, follow, outline: outlined, macros, formulas };
}

/** A block of code with LaTeX in it, which is a display only right behind a comment. */
const isFence = ({ source, start }: Span): boolean => /^(?:`{3}|~{3})/.test(source.text.slice(start, start + 3));

const keyOf = ({ source, start }: Span): string => `${source.name}:${start}`;

/** The letter of the step in O(\eta^2), before any letter is known. */
const REMAINDER =
  /(?<![A-Za-z\\])(?:O|o|\\mathcal\s*\{?\s*O\s*\}?)\s*(?:\\left|\\[bB]igl?)?\s*\(\s*(\\[A-Za-z]+|[A-Za-z])/;

/** The statements of a formula; none where it cannot be cut. */
function piecesIn(body: Span, macros: MacroTable): FoundPiece[] {
  const step = REMAINDER.exec(body.source.text.slice(body.start, body.end))?.[1] ?? DEFAULT_NOTATION.step;
  const notation = { ...DEFAULT_NOTATION, step };
  const pieces = attempt(() => piecesOf(ignoringCases(tokensAt(body, { macros })), notation));
  if (!pieces.ok) return [];
  return pieces.value.flatMap(piece => {
    const sides = attempt(() => ({ left: layOut(piece.left), right: layOut(piece.right) }));
    return sides.ok ? [{ piece, ...sides.value }] : [];
  });
}

/** Whether the statement gives its left side a value. */
export const makesValue = ({ piece }: FoundPiece): boolean => piece.relation === '=' || piece.relation === ':=';

/** Every item, those inside others too, scripts left out. */
export function* itemsOf(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    yield item;
    for (const inner of insides(item)) yield* itemsOf(inner);
  }
}

/** The lists of items in an item. */
export function insides(item: Item): readonly (readonly Item[])[] {
  switch (item.kind) {
    case 'group':
      return [item.items];
    case 'fraction':
      return [item.numerator, item.denominator];
    case 'root':
      return [item.radicand];
    case 'evaluated':
      return item.items === null ? [] : [item.items];
    default:
      return [];
  }
}
