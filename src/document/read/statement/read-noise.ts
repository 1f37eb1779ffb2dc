/**
 * What stands before dW in a stochastic equation, by its square: B\,dW has the covariance BB^\top a unit of time, which is all that moments and
 * solutions in law depend on. Roots of matrices are never taken: \Sigma^{1/2}, \sqrt{h\Sigma} and a \sigma of which the text says \sigma\sigma^\top
 * stand for what they are roots of.
 */
import { attempt, refuse } from '../../../base/problem.ts';
import { divide, index, iterate, multiplication, number, toPower } from '../../../formula/build.ts';
import { COMPONENT, type Formula } from '../../../formula/formula.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { argumentAt, topLevel, trimPunctuation } from '../../../latex/display/display-tokens.ts';
import type { TypedNoise } from '../../../latex/display/open-piece.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { placeOf, readSide, type Side } from '../../../latex/read/read-formula.ts';
import { readLeftSide } from '../../../latex/read/definition/read-left-side.ts';
import type { NameScope } from '../../../latex/read/scope.ts';
import { Rational } from '../../../number/rational.ts';
import { closing, letterEnd, solid } from '../../author/author-tokens.ts';
import { isHalf } from '../../author/motion/stochastic.ts';

export interface NoiseSides {
  /** \Delta_j\Delta_i, of which the right side is the covariance. */
  readonly left: Formula;
  readonly right: Formula;
}

/** The matrix \sigma\sigma^\top of a piece, its component j and the letter that the left side shows beside it. */
export function readNoise(piece: Piece, noise: TypedNoise, scope: NameScope): NoiseSides {
  if (noise.isAbsent === true) return { left: leftOf(letterFor([], scope)), right: number(0) };
  const tokens = withoutSign(solid(trimPunctuation(piece.right)));
  if (tokens.length === 0) return diagonalOf(number(1), [], scope);
  const whole = rankOf(tokens, scope);
  if (noise.isOwn) {
    if (whole !== 0) return refuse('noise-not-understood', 'expected a number before dW_j', placeOf(tokens), HINT);
    return diagonalOf(squared(readSide(tokens, scope).formula), tokens, scope);
  }
  if (whole === 0) return diagonalOf(squared(readSide(tokens, scope).formula), tokens, scope);
  for (const { before, square, behind, indices } of rootsIn(tokens, noise)) {
    if (indices !== null) {
      const numbers = [...before, ...behind];
      if (rankOf(numbers, scope) === 0) return entryOf(numbers, square, indices, scope);
      continue;
    }
    if (rankOf(square, scope) !== 2) continue;
    const numbers = [...before, ...behind];
    if (rankOf(numbers, scope) === 0) return matrixOf(numbers, square, scope);
    if (rankOf(before, scope) === 2 && rankOf(behind, scope) === 0) {
      const { front, matrix } = withoutNumbers(before, scope);
      return matrixOf([...front, ...behind], [...grouped(matrix), ...grouped(square), ...transposed(matrix)], scope);
    }
  }
  if (whole === 2) {
    const { front, matrix } = withoutNumbers(tokens, scope);
    return matrixOf(front, [...grouped(matrix), ...transposed(matrix)], scope);
  }
  // What is wrong is said by the reader of formulas, where it is something else than a root.
  const read = attempt(() => readSide(tokens, scope, false, 2));
  const known = read.ok ? null : read.problems[0];
  return refuse(
    'noise-not-understood',
    `what stands before dW is not understood${known ? `: ${known.message}` : ''}`,
    known?.span ?? placeOf(tokens),
    HINT,
  );
}

const HINT =
  'Read are \\Sigma^{1/2}, \\sqrt{h\\Sigma}, matrices, numbers, and a \\sigma with a row \\sigma\\sigma^\\top = …; products of numbers and one of them.';

/** The statements with one that there is no noise, where equations of motion have none. */
export function withoutNoise(pieces: readonly Piece[], scope: NameScope): readonly Piece[] {
  if (pieces.some(({ noise }) => noise !== undefined)) return pieces;
  return pieces.flatMap(piece =>
    piece.relation !== null && readLeftSide(piece.left, scope).kind === 'flow'
      ? [piece, { ...piece, condition: null, remainder: null, noise: { isOwn: false, isAbsent: true, squares: [] } }]
      : [piece],
  );
}

interface RootPart {
  readonly before: readonly Token[];
  readonly square: readonly Token[];
  readonly behind: readonly Token[];
  /** The letters of its entries, where these are given. */
  readonly indices: readonly [string, string] | null;
}

/** Every part at the top that may be a root of a matrix, with what it is the root of. */
function rootsIn(tokens: readonly Token[], { squares }: TypedNoise): RootPart[] {
  const part = (
    start: number,
    end: number,
    square: readonly Token[],
    indices: RootPart['indices'] = null,
  ): RootPart => ({ before: tokens.slice(0, start), square, behind: tokens.slice(end), indices });
  return topLevel(tokens).flatMap(({ token, index: at }): RootPart[] => {
    if (token.text === '^') {
      const exponent = argumentAt(tokens, at + 1);
      if (exponent === null || !isHalf(exponent.inside)) return [];
      const argument = groupEnd(tokens, exponent.end);
      return startsBefore(tokens, at).flatMap(start => [
        // \Sigma^{1/2}(X)
        ...(argument === null
          ? []
          : [part(start, argument, [...tokens.slice(start, at), ...tokens.slice(exponent.end, argument)])]),
        part(start, exponent.end, tokens.slice(start, at)),
      ]);
    }
    if (token.text === '\\sqrt') {
      const inside = argumentAt(tokens, at + 1);
      return inside === null ? [] : [part(at, inside.end, inside.inside)];
    }
    const end = letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    const found = squares.find(each => each.name === name);
    if (end === null || found === undefined) return [];
    const argument = groupEnd(tokens, end);
    return [
      ...(argument === null ? [] : [part(at, argument, found.square, found.indices)]),
      part(at, end, found.square, found.indices),
    ];
  });
}

/** Where what the ^ at `at` belongs to may begin: its last group or letter, or a letter with that group as its argument; the shortest first. */
function startsBefore(tokens: readonly Token[], at: number): number[] {
  const open = groupStart(tokens, at);
  const starts = open === null ? [] : [open];
  for (let start = (open ?? at) - 1; start >= 0 && starts.length < 4; start -= 1)
    if (letterEnd(tokens, start) === (open ?? at)) starts.push(start);
  return starts;
}

const OPENING: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** Where the group begins that ends before `end`; null where none does. */
function groupStart(tokens: readonly Token[], end: number): number | null {
  const close = tokens[end - 1]?.text ?? '';
  const open = OPENING.get(close);
  if (open === undefined) return null;
  let depth = 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    if (tokens[at]?.text === close) depth += 1;
    if (tokens[at]?.text === open) depth -= 1;
    if (depth === 0) return /^\\(?:left|[bB]igg?l?)$/.test(tokens[at - 1]?.text ?? '') ? at - 1 : at;
  }
  return null;
}

/** Where a parenthesis that begins at `start` ends; null where none begins. */
function groupEnd(tokens: readonly Token[], start: number): number | null {
  const first = /^\\(?:left|[bB]igg?l?)$/.test(tokens[start]?.text ?? '') ? start + 1 : start;
  const close = tokens[first]?.text === '(' ? closing(tokens, first, '(', ')') : null;
  return close === null ? null : close + 1;
}

const withoutSign = (tokens: readonly Token[]): readonly Token[] =>
  tokens[0]?.text === '-' || tokens[0]?.text === '+' ? tokens.slice(1) : tokens;

/** The numbers in front of a matrix, as far as they reach. */
function withoutNumbers(
  tokens: readonly Token[],
  scope: NameScope,
): { readonly front: readonly Token[]; readonly matrix: readonly Token[] } {
  const cuts = topLevel(tokens).map(({ index: at }) => at);
  const cut = cuts.findLast(
    at => at > 0 && rankOf(tokens.slice(0, at), scope) === 0 && rankOf(tokens.slice(at), scope) === 2,
  );
  return { front: tokens.slice(0, cut ?? 0), matrix: tokens.slice(cut ?? 0) };
}

/** The rank of a product; 0 of none, null where it is not read. */
function rankOf(tokens: readonly Token[], scope: NameScope): number | null {
  if (tokens.length === 0) return 0;
  const read = attempt(() => readSide(tokens, { ...scope, warnings: [] }, false, 2));
  return read.ok ? read.value.rank : null;
}

const symbol = (text: string, kind: Token['kind'], at: Token): Token => ({ kind, text, span: at.span });

function grouped(tokens: readonly Token[]): Token[] {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined
    ? []
    : [symbol('(', 'symbol', first), ...tokens, symbol(')', 'symbol', last)];
}

/** The square of a number; of a product that of each factor, so that √h and (hx)^{1/2}, which exist where these are positive, give no root. */
function squared(formula: Formula): Formula {
  switch (formula.kind) {
    case 'negate':
      return squared(formula.argument);
    case 'multiply':
      return multiplication(...formula.factors.map(squared));
    case 'divide':
      return divide(squared(formula.numerator), squared(formula.denominator));
    case 'root':
      if (formula.degree === 2) return formula.radicand;
      break;
    case 'power':
      if (isOneHalf(formula.exponent)) return formula.base;
      break;
    default:
  }
  return toPower(formula, number(2));
}

const isOneHalf = (formula: Formula): boolean =>
  formula.kind === 'number'
    ? formula.value.equals(Rational.of(1, 2))
    : formula.kind === 'divide' &&
      formula.numerator.kind === 'number' &&
      formula.denominator.kind === 'number' &&
      formula.numerator.value.isOne() &&
      formula.denominator.value.equals(Rational.of(2));

function transposed(tokens: readonly Token[]): Token[] {
  const last = tokens.at(-1);
  return last === undefined
    ? []
    : [...grouped(tokens), symbol('^', 'superscript', last), symbol('\\top', 'command', last)];
}

/** The square of the numbers times the matrix. */
function matrixOf(numbers: readonly Token[], tokens: readonly Token[], scope: NameScope): NoiseSides {
  const side: Side = readSide(tokens, scope, false, 2);
  const [letter] = side.more;
  if (side.rank !== 2 || letter === undefined)
    return refuse('noise-not-understood', 'expected a matrix before dW', placeOf(tokens), HINT);
  const right =
    numbers.length === 0 ? side.formula : multiplication(squared(readSide(numbers, scope).formula), side.formula);
  return { left: leftOf(letter), right };
}

/** The square of the numbers times an entry: the first index is the component, the second the letter beside it. */
function entryOf(
  numbers: readonly Token[],
  tokens: readonly Token[],
  [first, second]: readonly [string, string],
  scope: NameScope,
): NoiseSides {
  const letter = letterFor(
    tokens.filter(({ text }) => text !== second),
    scope,
  );
  const fixed = new Map([
    ...(scope.fixed ?? []),
    [second, { name: letter, sort: 'coordinate' as const }],
    [first, { name: COMPONENT, sort: 'coordinate' as const }],
  ]);
  const entry = readSide(tokens, { ...scope, fixed }).formula;
  const right = numbers.length === 0 ? entry : multiplication(squared(readSide(numbers, scope).formula), entry);
  return { left: leftOf(letter), right };
}

/** A number for each component, by itself. */
function diagonalOf(entry: Formula, tokens: readonly Token[], scope: NameScope): NoiseSides {
  const letter = letterFor(tokens, scope);
  const argument = iterate(index(COMPONENT));
  const delta: Formula = { kind: 'derivative', span: null, by: [index(letter)], argument };
  return { left: leftOf(letter), right: multiplication(entry, delta) };
}

const leftOf = (letter: string): Formula => multiplication(iterate(index(COMPONENT)), iterate(index(letter)));

/** A letter of a component that nothing there has. */
const letterFor = (tokens: readonly Token[], { notation }: NameScope): string =>
  ['i', 's', 'r', 'q', 'u', 'a', 'b', 'c'].find(
    letter =>
      letter !== notation.component && letter !== notation.parameters && tokens.every(({ text }) => text !== letter),
  ) ?? 'i_0';
