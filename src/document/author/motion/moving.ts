/**
 * Equations of motion as authors write them, token by token: d\theta = -\nabla E\,dt, \dot x_t, \dot x(s), a time that has the letter of
 * the labels. What comes out has the time's own letter, as an argument or not at all.
 */
import { refuse } from '../../../base/problem.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { argumentAt } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import { canonicalName, canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import { letterRoles } from '../../../latex/layout/letter-roles.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { endOfGroup, letterEnd, solid } from '../author-tokens.ts';
import { isD, LETTER, withoutDifferentials } from './differentials.ts';

/** A letter that moves, and the letter of the time beside it, if one stands there. */
interface Moving {
  readonly letter: string;
  readonly time: string | null;
  /** What stands behind the letter. */
  readonly rest: readonly Token[];
  readonly isLoss: boolean;
}

/** The pieces with their equations of motion in the forms that the reader knows; `known` names mean something else. */
export function withMotion(pieces: readonly Piece[], notation: Notation, known: ReadonlySet<string>): readonly Piece[] {
  const moving = pieces.map(piece => withoutDifferentials(piece, known));
  const letters = movingLetters(moving, notation);
  return withTime(
    moving.filter(piece => moving.length === 1 || !isStart(piece, notation, letters)),
    notation,
    known,
  );
}

const movingLetters = (pieces: readonly Piece[], notation: Notation): ReadonlySet<string> =>
  new Set(pieces.flatMap(piece => movingIn(piece, notation)?.letter ?? []));

/** X(0) = x_0, or X_0 = x_0 of what moves, beside an equation of motion: it starts from the first iterate, which says nothing that could be judged. */
function isStart(piece: Piece, { parameters }: Notation, moving: ReadonlySet<string>): boolean {
  const left = solid(piece.left);
  const end = letterEnd(left, 0);
  if (end === null) return false;
  const at = left
    .slice(end)
    .map(({ text }) => text)
    .join('');
  if (at !== '(0)' && !(moving.has(coreOf(left.slice(0, end))) && /^_(?:0|\{0\})$/.test(at))) return false;
  const right = solid(piece.right);
  const unit = letterEnd(right, 0);
  const letter = unit === null ? null : coreOf(right.slice(0, unit));
  const script =
    unit === null
      ? ''
      : right
          .slice(unit)
          .map(({ text }) => text)
          .join('');
  const own = [coreOf(left.slice(0, end)), coreOf(tokenizeText(parameters))];
  const isFirst = /^(?:_0|\^0|_\{0\}|\^\{0\}|\^\{\(0\)\})[.,;]?$/.test(script);
  return piece.relation === '=' && letter !== null && own.includes(letter) && isFirst;
}

/** Letters that a row defines, \phi(x) := …, f = …: they do not move. */
export function definedLetters(pieces: readonly Piece[]): Set<string> {
  const letters = pieces.flatMap(({ left, relation }) => {
    const row = solid(left);
    const end = relation === ':=' || relation === '=' ? letterEnd(row, 0) : null;
    if (end === null || row[0]?.text === '\\dot') return [];
    const rest = row
      .slice(end)
      .map(({ text }) => text)
      .join('');
    return rest === '(0)' || rest.startsWith("'") || rest.startsWith('^\\prime') ? [] : [coreOf(row.slice(0, end))];
  });
  return new Set(letters);
}

/** What moves on a left side: \dot X, \dot X(s), \dot x_t, \frac{dX}{dt}, \frac{d}{dt}X, \partial_t X, X'(t). */
export function movingIn(piece: Pick<Piece, 'left'>, notation: Notation): Moving | null {
  const row = solid(piece.left);
  const found = afterDot(row) ?? inFraction(row) ?? afterPartial(row) ?? beforePrime(row, notation);
  if (found === null) return null;
  const { rest } = found;
  const texts = rest.map(({ text }) => text).join(' ');
  // In \dot x_j(s) the subscript is the component.
  const time = /^(?:\} )*(?:_ (?:\{ )?(\S+?)(?: \})?|(?:_ (?:\{ )?\S+?(?: \})? )?\( (\S+) \))(?: \})?$/.exec(texts);
  return {
    letter: found.letter,
    time: found.time ?? time?.[1] ?? time?.[2] ?? null,
    rest,
    isLoss: isSameLetter(found.unit, notation.loss),
  };
}

interface Found {
  readonly letter: string;
  /** The letter with its accents and alphabet. */
  readonly unit: readonly Token[];
  readonly rest: readonly Token[];
  readonly time: string | null;
}

const movingLetter = (unit: readonly Token[], rest: readonly Token[], time: string | null): Found => ({
  letter: coreOf(unit),
  unit,
  rest,
  time,
});

/** \mathcal L is the loss \mathcal{L}, and no L. */
const isSameLetter = (unit: readonly Token[], letter: string): boolean =>
  canonicalNameOf(unit) === canonicalName(letter);

/** The letter under its accents: the last token of it that is no bracket. */
const coreOf = (unit: readonly Token[]): string =>
  unit.filter(({ kind }) => kind === 'letter' || kind === 'command').at(-1)?.text ?? '';

function afterDot(row: readonly Token[]): Found | null {
  if (row[0]?.text !== '\\dot') return null;
  const end = letterEnd(row, 0) ?? groupEnd(row, 1);
  if (end === null) return null;
  // \dot{x_t}: the subscript stands in the group of the dot.
  const inside = row.slice(1, end);
  const script = inside.findIndex(({ text }) => text === '_');
  const unit = script === -1 ? inside : inside.slice(0, script);
  return {
    letter: coreOf(unit),
    unit,
    rest: script === -1 ? row.slice(end) : [...inside.slice(script, -1), ...row.slice(end)],
    time: null,
  };
}

/** \partial_t X, \partial_{t}X. */
function afterPartial(row: readonly Token[]): Found | null {
  if (row[0]?.text !== '\\partial' || row[1]?.text !== '_') return null;
  const time = argumentAt(row, 2);
  const [only, ...more] = time?.inside ?? [];
  if (time === null || only === undefined || more.length > 0) return null;
  const moving = row.slice(time.end);
  const end = letterEnd(moving, 0);
  return end === null ? null : movingLetter(moving.slice(0, end), moving.slice(end), only.text);
}

/** Letters of points; a prime on any other letter, as \phi'(x), is that of a function. */
const POINTS = /^[A-Zquvwxyz]$/;
const TIMES = /^\( (?:t|s|\\tau) \)$/;

/** x'(t), x^\prime(t) of the parameters, X'(t) of a point that moves. */
function beforePrime(row: readonly Token[], { parameters, loss }: Notation): Found | null {
  const end = letterEnd(row, 0);
  if (end === null) return null;
  const texts = row.slice(end, end + 2).map(({ text }) => text);
  const length = texts[0] === "'" ? 1 : texts.join('') === '^\\prime' ? 2 : 0;
  const rest = row.slice(end + length);
  const letter = coreOf(row.slice(0, end));
  const isParameters = letter === coreOf(tokenizeText(parameters)) && rest[0]?.text === '(';
  const isOther = POINTS.test(letter) && letter !== loss && TIMES.test(rest.map(({ text }) => text).join(' '));
  const isMoving = length > 0 && (isParameters || isOther);
  return isMoving ? movingLetter(row.slice(0, end), rest, null) : null;
}

const groupEnd = (row: readonly Token[], open: number): number | null =>
  row[open]?.kind === 'open' ? endOfGroup(row, open) : null;

function inFraction(row: readonly Token[]): Found | null {
  if (!/^\\[td]?frac$/.test(row[0]?.text ?? '')) return null;
  const over = groupEnd(row, 1);
  const under = over === null ? null : groupEnd(row, over);
  if (over === null || under === null) return null;
  const numerator = row.slice(2, over - 1);
  const denominator = row.slice(over + 1, under - 1);
  const sign = isD(numerator, 0);
  const below = isD(denominator, 0);
  const time = denominator[below]?.text;
  if (sign === 0 || below === 0 || denominator.length !== below + 1 || time === undefined) return null;
  const moving = numerator.length > sign ? numerator.slice(sign) : row.slice(under);
  const end = letterEnd(moving, 0);
  if (end === null) return null;
  return movingLetter(moving.slice(0, end), moving.slice(end), time);
}

/**
 * The time of equations of motion under its own letter. It may be typed as a subscript, \dot x_t, or have the letter of the labels, or
 * one that means nothing else; then it may stand only where a time does.
 */
function withTime(pieces: readonly Piece[], notation: Notation, known: ReadonlySet<string>): readonly Piece[] {
  const { indices, special } = letterRoles(notation);
  const all = pieces.flatMap(piece => movingIn(piece, notation) ?? []);
  // \frac{d}{dt}E(x(t)): the loss has no place of its own.
  const moving = all.filter(each => !each.isLoss);
  const shown = all.flatMap(({ time }) => (time === null ? [] : [time]));
  const bounded = shown.length > 0 || moving.length === 0 ? [] : pieces.flatMap(piece => boundedTime(piece, notation));
  const times = new Set([...shown, ...bounded]);
  const letters = new Set(moving.map(({ letter }) => letter));
  const [time] = times;
  const [letter = all.length > 0 ? coreOf(tokenizeText(notation.parameters)) : undefined] = letters;
  if (time === undefined || letter === undefined || times.size > 1 || letters.size > 1) return pieces;
  if (definedLetters(pieces).has(letter)) return pieces;
  const isOwn = time === notation.time;
  const isLabel = time === notation.iteration;
  const isFree = !indices.has(time) && !special.has(time) && !known.has(time) && LETTER.test(time);
  const isShown = time === 't' || bounded.length > 0 || hasArgument(pieces, letter, time);
  if (!isOwn && !isLabel && !(isFree && isShown)) return pieces;
  const own = tokenizeText(notation.time);
  const changed = pieces.map(piece => ({
    left: renamed(piece.left, letter, time, own, isOwn),
    right: renamed(piece.right, letter, time, own, isOwn),
    condition: piece.condition && renamedCondition(piece.condition, time, own),
  }));
  const place = changed.findIndex(({ left, right }) => left === null || right === null);
  if (place !== -1 && isLabel)
    return refuse(
      'time-and-label',
      `${time} is the time of an equation of motion here, and counts iterations in the same claim`,
      pieces[place]?.span,
      `Leave it out of the left side, or give the time another letter: notation time=s.`,
    );
  if (place !== -1) return pieces;
  return pieces.map((piece, at) => ({
    ...piece,
    left: changed[at]?.left ?? piece.left,
    right: changed[at]?.right ?? piece.right,
    condition: changed[at]?.condition ?? piece.condition,
  }));
}

/** s of `s \in [t\eta, (t+1)\eta]` and of `t\eta \le s < (t+1)\eta` behind an equation of motion that shows no time. */
function boundedTime({ condition }: Piece, { step, iteration }: Notation): string[] {
  const texts = solid(condition ?? []).map(({ text }) => text);
  if (!texts.includes(step)) return [];
  const isOrder = (text: string | undefined): boolean => /^(?:<|\\(?:le|leq|leqslant|lt))$/.test(text ?? '');
  const isIn = texts[1] === '\\in' && /^[[(]|\\left$/.test(texts[2] ?? '');
  const between = texts.findIndex((_, at) => isOrder(texts[at - 1]) && isOrder(texts[at + 1]));
  const time = isIn ? texts[0] : texts[between];
  return time !== undefined && LETTER.test(time) && time !== iteration && time !== step ? [time] : [];
}

/** Whether the time stands in parentheses behind the letter or under a d, and not only in a subscript, which could be a component. */
const hasArgument = (pieces: readonly Piece[], letter: string, time: string): boolean =>
  pieces.some(({ left }) => {
    const texts = solid(left).map(({ text }) => text);
    return texts.some(
      (text, at) => text === time && (isBehindD(texts, at) || (texts[at - 1] === '(' && texts.includes(letter))),
    );
  });

/** Behind the d of a differential, or under a \partial. */
const isBehindD = (texts: readonly string[], at: number): boolean => {
  const before = texts.slice(Math.max(0, at - 3), at).join(' ');
  return /(?:^| )d(?: \})?$|\\partial _(?: \{)?$/.test(before);
};

/** The tokens with the time under its own letter; null where the letter stands at a place that is none of a time. */
function renamed(
  given: readonly Token[],
  letter: string,
  time: string,
  own: readonly Token[],
  isOwn: boolean,
): Token[] | null {
  const tokens = solid(given);
  const texts = tokens.map(({ text }) => text);
  const result: Token[] = [];
  let at = 0;
  // Whether only closing brackets stand between the moving letter and this place.
  let isBehind = false;
  for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
    const [next, after, end] = [tokens[at + 1]?.text, tokens[at + 2]?.text, tokens[at + 3]?.text];
    if (isBehind && token.text === '_' && (next === time || (next === '{' && after === time && end === '}'))) {
      at += next === time ? 2 : 4;
      continue;
    }
    const { span } = token;
    if (token.text === time) {
      const isArgument = tokens[at - 1]?.text === '(' && next === ')';
      if (!isBehindD(texts, at) && !isArgument && !isOwn) return null;
      result.push(...own.map(each => ({ ...each, span })));
    } else result.push(token);
    isBehind = token.text === letter || (isBehind && token.kind === 'close');
    at += 1;
  }
  return result;
}

const renamedCondition = (tokens: readonly Token[], time: string, own: readonly Token[]): Token[] =>
  tokens.flatMap(token => (token.text === time ? own.map(each => ({ ...each, span: token.span })) : [token]));
