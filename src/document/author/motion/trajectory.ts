/** A trajectory with a letter of its own, \dot X = -\nabla f(X): the solution of the equation of motion, that is \tilde\theta. */
import type { Piece } from '../../../latex/display/display.ts';
import { letterRoles } from '../../../latex/layout/letter-roles.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';
import { LETTER } from './differentials.ts';
import { definedLetters, movingIn } from './moving.ts';

/** The pieces with the parameters in the place of the trajectory's letter; those that have the parameters too stay. */
export function withTrajectory(
  pieces: readonly Piece[],
  notation: Notation,
  known: ReadonlySet<string>,
): readonly Piece[] {
  const { indices, special } = letterRoles(notation);
  const letters = new Set(
    pieces.flatMap(piece => {
      const moving = movingIn(piece, notation);
      return moving && !moving.isLoss && LETTER.test(moving.letter) ? [moving.letter] : [];
    }),
  );
  const [letter] = letters;
  if (
    letter === undefined ||
    letters.size > 1 ||
    definedLetters(pieces).has(letter) ||
    known.has(letter) ||
    indices.has(letter) ||
    special.has(letter)
  )
    return pieces;
  const own = tokenizeText(notation.parameters);
  // \|x_k - X(kh)\| \le Ch^2 has both: the iterate with its label, and the trajectory.
  const hasParameters = pieces.some(
    piece =>
      !isOfArgument(piece, own) &&
      !isBoundWithIterate(piece, own) &&
      sidesOf(piece).some(side => own.some(({ text }) => side.some(token => token.text === text))),
  );
  if (hasParameters) return pieces;
  const named = pieces.some(piece => isBoundWithIterate(piece, own))
    ? tokenizeText(`\\tilde{${notation.parameters}}`)
    : own;
  const change = (tokens: readonly Token[]): Token[] =>
    tokens.flatMap(token => (token.text === letter ? placed(named, token) : [token]));
  return pieces.map(piece => ({
    ...piece,
    left: change(piece.left),
    right: change(piece.right),
    condition: piece.condition && change(piece.condition),
  }));
}

/** A norm below a bound in which the parameters have a label wherever they stand. */
function isBoundWithIterate({ left, relation }: Piece, own: readonly Token[]): boolean {
  const row = solid(left);
  const isNorm = row.some(({ text }) => /^\\(?:\||lVert|Vert|norm)$/.test(text));
  if (!isNorm || (relation !== '\\le' && relation !== '<')) return false;
  const last = own.at(-1)?.text;
  const places = [...row.keys()].filter(at => row[at]?.text === last);
  return (
    places.length > 0 &&
    places.every(at => /^(?:sub|super)script$/.test(row.slice(at + 1).find(({ kind }) => kind !== 'close')?.kind ?? ''))
  );
}

/** \Phi(\theta) := E(\theta) + …: the parameters are the letter of an argument there, whatever moves. */
function isOfArgument({ left, relation }: Piece, own: readonly Token[]): boolean {
  const row = solid(left);
  const end = letterEnd(row, 0);
  if (end === null || (relation !== ':=' && relation !== '=' && relation !== '\\equiv')) return false;
  const texts = row
    .slice(end)
    .map(({ text }) => text)
    .filter(text => text !== '\\left' && text !== '\\right')
    .join('');
  return (
    texts ===
      `(${solid(own)
        .map(({ text }) => text)
        .join('')})` && row[0]?.text !== '\\dot'
  );
}

const sidesOf = ({ left, right, condition }: Piece): (readonly Token[])[] => [left, right, condition ?? []];

/** Several tokens in braces, all at the place of the letter. */
function placed(own: readonly Token[], { span }: Token): Token[] {
  const tokens = own.map(token => ({ ...token, span }));
  if (tokens.length === 1) return tokens;
  return [{ kind: 'open', text: '{', span }, ...tokens, { kind: 'close', text: '}', span }];
}
