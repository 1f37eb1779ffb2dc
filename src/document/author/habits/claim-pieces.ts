/** The statements of a claim as its author typed them, brought to the reader's names: trajectories, and names with a number, f_1(\theta) = …. */
import type { Span } from '../../../base/span.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import type { Outline } from '../../annotation/entry.ts';
import { mergeNumbers, scriptEnd } from '../author-names.ts';
import { letterEnd } from '../author-tokens.ts';
import { piecesOf, tokensAt } from '../display-text.ts';
import { withMotion } from '../motion/moving.ts';
import { withOpenIndices } from '../names/open-definitions.ts';
import { solvedForMotion } from '../motion/solve-motion.ts';
import { withTrajectory } from '../motion/trajectory.ts';
import { averagedPieces } from '../motion/averaged-left.ts';
import { withNoise, withSquares } from '../motion/stochastic.ts';
import { withoutLimitArrows } from './limit-arrows.ts';

/** The pieces of the display at `body`; `known` are the names that mean something already, `isLimit` is whether the claim is about a limit. */
export function claimPieces(
  body: Span,
  outline: Outline,
  known: ReadonlySet<string>,
  isLimit: boolean,
): readonly Piece[] {
  const { notation } = outline;
  const typed = averagedPieces(piecesOf(withoutLimitArrows(tokensAt(body, outline), notation, isLimit), notation));
  const stochastic = withNoise(typed, notation, known);
  const moved = withSquares(
    withTrajectory(withMotion(solvedForMotion(stochastic, notation), notation, known), notation, known),
    notation,
  );
  const pieces = withOpenIndices(moved, notation.component, known);
  const names = numberedDefinitions(pieces, notation, known);
  if (names.size === 0) return pieces;
  const change = (tokens: readonly Token[]): Token[] => mergeNumbers(tokens, names);
  return pieces.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

const DEFINING = new Set(['=', ':=', '\\equiv']);

/**
 * The names f that a left side shows with a number below, f_1 or f_1(\theta), where nothing else is meant by f, and no f has another
 * subscript: f_1 is then a name of its own, as f_0 is another.
 */
function numberedDefinitions(pieces: readonly Piece[], notation: Notation, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const { left, relation } of pieces) {
    const row = trim(left);
    const name = relation !== null && DEFINING.has(relation) ? numberedAt(row, 0) : null;
    const end = name === null ? null : scriptEnd(row, letterEnd(row, 0) ?? 0);
    const isAlone = end === row.length || (row[end ?? 0]?.text === '(' && row.at(-1)?.text === ')');
    if (name !== null && isAlone) found.add(name);
  }
  const own = new Set([notation.parameters, notation.loss, notation.step, notation.component, notation.time]);
  for (const name of found) {
    const core = parseLetter(name)?.core ?? name;
    if (known.has(name) || own.has(name) || own.has(core)) found.delete(name);
  }
  for (const { left, right, condition } of pieces)
    for (const tokens of [left, right, condition ?? []])
      for (const name of otherwiseScripted(tokens)) found.delete(name);
  return found;
}

/** The name at `at` that has a number, and nothing else, in its subscript. */
function numberedAt(tokens: readonly Token[], at: number): string | null {
  const end = letterEnd(tokens, at);
  const close = end === null ? null : scriptEnd(tokens, end);
  if (end === null || close === null || tokens[end]?.kind !== 'subscript') return null;
  const script = tokens
    .slice(end + 1, close)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close' && kind !== 'space');
  return script.length > 0 && script.every(({ kind }) => kind === 'digit')
    ? canonicalNameOf(tokens.slice(at, end))
    : null;
}

/** The names with something else than a number below, or with a superscript of their own right behind the number. */
function otherwiseScripted(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = letterEnd(tokens, at);
    if (end === null) continue;
    const name = canonicalNameOf(tokens.slice(at, end));
    const isSubscripted = tokens[end]?.kind === 'subscript';
    if (name !== null && isSubscripted && numberedAt(tokens, at) === null) found.push(name);
    at = end - 1;
  }
  return found;
}
