/**
 * Labels of two styles in one rule, v_t = \beta v_{t-1} + \nabla f(w^{(t)}) beside w^{(t+1)} = w^{(t)} - \eta v_t: those below the values that rows make
 * of gradients, points and each other are brought to the style of the parameters. A name of numbers alone, \gamma_t = 1/t, is a sequence and stays.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { summedLabels } from '../label-style.ts';
import { letterEnd, solid, spelledNames } from '../author-tokens.ts';

/** The rows of a rule whose parameters have their labels above. */
export function withLabelsAbove(rows: readonly Piece[], notation: Notation): Piece[] {
  const names = labelledBelow(rows, notation);
  if (names.size === 0) return [...rows];
  // s of \sum_{s=1}^{t} g_s is a label as well.
  const sides = rows.flatMap(({ left, right }) => [left, right]);
  const letters = new Set([notation.iteration, ...summedLabels(sides, notation.iteration)]);
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) => {
      const label = names.has(name) ? labelBelow(tokens, end, letters) : null;
      const mark = tokens[end];
      if (label === null || mark === undefined) return null;
      const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: mark.span });
      const raised = [
        ...tokens.slice(at, end),
        symbol('superscript', '^'),
        symbol('open', '{'),
        symbol('symbol', '('),
        ...label.inside,
        symbol('symbol', ')'),
        symbol('close', '}'),
      ];
      const hasPower = tokens[label.end]?.kind === 'superscript';
      return { tokens: hasPower ? [symbol('symbol', '('), ...raised, symbol('symbol', ')')] : raised, next: label.end };
    });
  return rows.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

/** The names with labels below that rows make of what has components. */
function labelledBelow(rows: readonly Piece[], notation: Notation): ReadonlySet<string> {
  const { parameters, gradient, step, loss, iteration } = notation;
  const made = rows.flatMap(({ left, right }) => {
    const row = solid(trim(left));
    const end = letterEnd(row, 0);
    const name = end === null ? null : canonicalNameOf(row.slice(0, end));
    const label = end === null ? null : labelBelow(row, end, new Set([iteration]));
    const isWhole = label !== null && label.end === row.length && label.inside[0]?.text === iteration;
    return name !== null && isWhole && name !== step && name !== loss && name !== parameters ? [{ name, right }] : [];
  });
  const isOfVectors = (names: readonly string[], known: ReadonlySet<string>): boolean =>
    names.some(name => name === parameters || name === loss || name === gradient || known.has(name));
  const found = new Set<string>();
  for (const _ of made)
    for (const { name, right } of made)
      if (
        right.some(({ text }) => text === '\\nabla' || text === '\\partial') ||
        isOfVectors(spelledNames(right), found)
      )
        found.add(name);
  if (gradient !== undefined && found.size > 0) found.add(gradient);
  return found;
}

/** The label t or t-1 alone below a name that ends at `at`. */
function labelBelow(
  tokens: readonly Token[],
  at: number,
  letters: ReadonlySet<string>,
): { inside: readonly Token[]; end: number } | null {
  const end = tokens[at]?.kind === 'subscript' ? scriptEnd(tokens, at) : null;
  if (end === null) return null;
  const whole = solid(tokens.slice(at + 1, end));
  const inside = whole[0]?.kind === 'open' ? whole.slice(1, -1) : whole;
  const [letter, ...rest] = inside;
  const isLabel =
    (letter !== undefined &&
      letters.has(letter.text) &&
      rest.every(({ kind, text }) => kind === 'digit' || /^[+-]$/.test(text))) ||
    (/^-?\d$/.test(inside.map(({ text }) => text).join('')) && inside.length > 0);
  return isLabel ? { inside, end } : null;
}
