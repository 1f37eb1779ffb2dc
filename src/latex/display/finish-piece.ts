/** What a piece of a display is once all its rows are read: its remainder and its conditions taken apart. */
import { refuse } from '../../base/problem.ts';
import { joinSpans } from '../../base/span.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { Token } from '../notation/token.ts';
import { trimPunctuation } from './display-tokens.ts';
import type { Open, Piece } from './open-piece.ts';
import { takeRemainder } from './remainder.ts';

/** The piece with its remainder and conditions taken apart; none where nothing stands in it. */
export function finishPiece(piece: Open, notation: Notation): Piece[] {
  // In a chain A = B + O(h) = C the remainder stands on the left of the second statement too.
  const leftSide = takeRemainder(trimPunctuation(piece.left), notation);
  const left = leftSide.tokens;
  const whole = trimPunctuation(piece.right);
  if (left.length === 0 && whole.length === 0 && piece.relation === null) return [];
  const { tokens: right, remainder: ofRight } = takeRemainder(whole, notation);
  const remainder = ofRight === null ? leftSide.remainder : Math.min(ofRight, leftSide.remainder ?? ofRight);
  const all = [...left, ...whole];
  const first = all[0];
  const last = all[all.length - 1];
  if (first === undefined || last === undefined)
    return refuse('left-side-expected', 'expected a formula on both sides');
  if (piece.relation !== null && (left.length === 0 || whole.length === 0))
    return refuse(
      'operand-expected',
      `expected a formula ${left.length === 0 ? 'before' : 'after'} the relation`,
      first.span,
    );
  const span = first.span.source === last.span.source ? joinSpans(first.span, last.span) : first.span;
  const domain = joined(piece.domain);
  return [
    {
      left,
      relation: piece.relation,
      right,
      condition: joined(piece.conditions),
      equivalence: piece.equivalence,
      ...(domain === null ? {} : { domain }),
      remainder,
      chained: piece.chained,
      span,
    },
  ];
}

/** The conditions with commas between them; null without any. */
function joined(parts: readonly (readonly Token[])[]): Token[] | null {
  const conditions = parts.map(trimPunctuation).filter(condition => condition.length > 0);
  return conditions.length === 0
    ? null
    : conditions.flatMap((part, index) => (index === 0 ? part : [separator(part), ...part]));
}

/** A comma between two conditions of one statement. */
function separator(before: readonly Token[]): Token {
  const first = before[0];
  if (first === undefined) throw new Error('an empty condition was dropped');
  return { kind: 'symbol', text: ',', span: first.span };
}
