/**
 * Proximal steps by their optimality condition: x = prox_{hR}(v) and x = argmin_z (R(z) + ‖z − v‖²/(2h)) are x = v − h∇R(x), for smooth functions. They are rules
 * that read the point that they make, through the factor h.
 *
 * Source: Parikh, Boyd, Proximal Algorithms, 2014, section 3.2.
 */
import { refuse } from '../../../base/problem.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { minimiser } from './minimisers.ts';
import { atomsOf, below, bracketed, isFactor, isLetter, slope, unsized, typed, operatorEnd } from './proximal-terms.ts';

/** The rows with such a right side written as that condition; others stay as they are. */
export const withoutProximalMaps = (rows: readonly Piece[], component: string): Piece[] =>
  rows.map(row => {
    const made = trim(row.left);
    const place = made[0];
    if (place === undefined || made.some(({ text }, at) => text === component && made[at - 1]?.kind === 'subscript'))
      return row;
    const right = proximalMap(trim(row.right), made) ?? minimiser(trim(row.right), made);
    if (right === null) refuseUnread(trim(row.right));
    return right === null ? row : { ...row, right };
  });

/** A right side that begins with such a word and is not solved. */
function refuseUnread(right: readonly Token[]): void {
  const word = operatorEnd(right, /^argmin$/i) === null ? 'prox' : '\\arg\\min';
  const place = right[0];
  if (place === undefined || (word === 'prox' && operatorEnd(right, /^prox$/i) === null)) return;
  refuse(
    'unread-minimiser',
    `this ${word} is not solved: it is read of \\frac{1}{2h}\\|x - v\\|^2 beside multiples of smooth functions F(x), of \\langle a, x - b\\rangle and of squares`,
    place.span,
    'Write its optimality condition as the row, x_{k+1} = v - h \\nabla F(x_{k+1}), or the minimiser itself.',
  );
}

function proximalMap(right: readonly Token[], made: readonly Token[]): Token[] | null {
  const end = operatorEnd(right, /^prox$/i);
  const parts = end === null ? null : below(right, end);
  const argument = parts && bracketed(parts.rest);
  const atoms = parts && atomsOf(unsized(parts.sub));
  const place = right[0];
  if (!argument || !atoms || atoms.length === 0 || place === undefined) return null;
  const [name = []] = atoms.slice(-1);
  const isName = isLetter(name) && atoms.slice(0, -1).every(isFactor) && !name.some(({ text }) => text === '*');
  return isName
    ? [...argument, ...typed(['-'], place), ...atoms.slice(0, -1).flat(), ...slope(name, made, place)]
    : null;
}
