/**
 * Stochastic equations as authors write them, token by token: dX_t = -\nabla f(X_t)\,dt + \sqrt\eta\,\Sigma(X_t)^{1/2}\,dW_t. The drift stays an
 * equation of motion; what stands before dW becomes a piece of its own, which is judged through its square \sigma\sigma^\top.
 */
import { refuse } from '../../../base/problem.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { SquaredName } from '../../../latex/display/open-piece.ts';
import { argumentAt, topLevel } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';
import { isD, splitTerms, withoutDifferentials } from './differentials.ts';

/** Letters of a Wiener process. */
const WIENER = /^[WBwbZ]$/;

/** Letters below, above and behind dW, each by itself: the time, or a component, perhaps in parentheses. */
const PLAIN_SCRIPTS =
  /^(?:[_^] (?:\{ (?:\( )?(?:[A-Za-z]|\\[A-Za-z]+)(?: \))?(?: , (?:[A-Za-z]|\\[A-Za-z]+))? \}|[A-Za-z]|\\[A-Za-z]+) ?)*(?:\( (?:[A-Za-z]|\\[A-Za-z]+) \))?$/;

/** A term that ends in dW: what stands before it, and what stands below dW. */
interface NoiseTerm {
  readonly before: Token[];
  readonly scripts: readonly string[];
}

/** The pieces with the noise of stochastic equations parted from the drift. */
export function withNoise(
  pieces: readonly Piece[],
  { parameters, component, time }: Notation,
  known: ReadonlySet<string>,
): readonly Piece[] {
  if (known.has('d')) return pieces;
  const own = solid(tokenizeText(parameters)).at(-1)?.text;
  const found = pieces.map(piece => {
    const left = solid(piece.left);
    const sign = isD(left, 0);
    if (sign === 0 || piece.relation === null || letterEnd(left, sign) === null) return null;
    const terms = splitTerms(solid(piece.right));
    const noise = terms.map(term => noiseTerm(term, own));
    return noise.every(each => each === null) ? null : { terms, noise };
  });
  if (found.every(each => each === null)) return pieces;
  return pieces.flatMap((piece, at) => {
    const stochastic = found[at];
    if (stochastic == null) return [piece];
    const { terms, noise } = stochastic;
    const [only, ...more] = noise.filter(each => each !== null);
    if (only === undefined || more.length > 0)
      return refuse('several-noises', 'a stochastic equation has one term with dW', piece.span, 'Put them together.');
    const drift = terms.filter((_, index) => noise[index] === null).flat();
    const [first] = piece.left;
    const still = `0 d ${time}`.split(' ').flatMap(text => tokenizeText(text));
    const right = drift.length > 0 ? drift : still.map(token => ({ ...token, span: first?.span ?? piece.span }));
    const flow = withoutDifferentials({ ...piece, right }, known);
    const { tokens, isOwn } = withoutSum(only, component, piece);
    return [flow, { ...flow, right: tokens, condition: null, noise: { isOwn, squares: [] } }];
  });
}

/**
 * The pieces without the rows \sigma\sigma^\top = …, which the noise takes with it, and without \sigma := (h\Sigma)^{1/2}, a root that is read
 * before dW alone.
 */
export function withSquares(given: readonly Piece[], notation: Notation): readonly Piece[] {
  if (given.every(({ noise }) => noise === undefined)) return given;
  const roots = given.map(piece => (piece.noise === undefined ? namedRoot(piece, notation) : null));
  const pieces = given.flatMap((piece, at) => {
    if (piece.noise === undefined) return roots[at] == null ? [piece] : [];
    const right = roots.reduce((tokens, root) => (root === null ? tokens : inserted(tokens, root)), piece.right);
    return [{ ...piece, right }];
  });
  const before = pieces.flatMap(piece => (piece.noise === undefined ? [] : namesIn(piece.right)));
  // A square of what stands before no dW is a statement of its own.
  const found = pieces.map(piece => {
    const square = piece.noise === undefined ? squareOf(piece) : null;
    return square !== null && before.includes(square.name) ? square : null;
  });
  const squares = found.filter(square => square !== null);
  const names = [...roots.flatMap(root => (root === null ? [] : [root.name])), ...squares.map(({ name }) => name)];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  const both = given.findIndex((piece, at) => (roots[at]?.name ?? squareOf(piece)?.name) === twice);
  if (twice !== undefined)
    refuse('noise-not-understood', `two rows say what ${twice} is before dW`, given[both]?.span ?? null);
  return pieces.flatMap((piece, at) => {
    if (piece.noise !== undefined) return [{ ...piece, noise: { ...piece.noise, squares } }];
    return found[at] === null ? [piece] : [];
  });
}

function namesIn(tokens: readonly Token[]): string[] {
  const row = solid(tokens);
  return row.flatMap((_, at) => {
    const end = letterEnd(row, at);
    const name = end === null ? null : canonicalNameOf(row.slice(at, end));
    return name === null ? [] : [name];
  });
}

interface NamedRoot {
  readonly name: string;
  readonly root: readonly Token[];
}

/** \sigma(x) := (h\Sigma(x))^{1/2}: a name of one product with a root in it. */
function namedRoot({ left, relation, right }: Piece, { parameters }: Notation): NamedRoot | null {
  const row = solid(left);
  const end = relation === ':=' || relation === '=' ? letterEnd(row, 0) : null;
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  if (end === null || name === null) return null;
  const [open, argument, close, ...more] = row.slice(end);
  const hasArgument = open?.text === '(' && close?.text === ')' && more.length === 0;
  if (open !== undefined && !hasArgument) return null;
  const tokens = solid(right);
  const isSum = topLevel(tokens).some(({ token, index }) => index > 0 && /^[+-]$/.test(token.text));
  const hasRoot = topLevel(tokens).some(
    ({ token, index }) =>
      token.text === '\\sqrt' || (token.text === '^' && isHalf(argumentAt(tokens, index + 1)?.inside)),
  );
  if (isSum || !hasRoot) return null;
  const own = tokenizeText(parameters);
  const root = tokens.flatMap(token =>
    hasArgument && token.text === argument?.text ? own.map(each => ({ ...each, span: token.span })) : [token],
  );
  return { name, root };
}

/** 1/2, as an exponent. */
export const isHalf = (tokens: readonly Token[] | undefined): boolean =>
  tokens !== undefined &&
  /^(?:1\/2|\\[td]?frac(?:12|\{1\}\{2\}|1\{2\}|\{1\}2)|0\.5)$/.test(
    solid(tokens)
      .map(({ text }) => text)
      .join(''),
  );

/** The tokens with the root in the place of its name, and of the point behind it. */
function inserted(tokens: Token[], { name, root }: NamedRoot): Token[] {
  const row = solid(tokens);
  const found: Token[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const end = letterEnd(row, at);
    const token = row[at];
    if (end !== null && canonicalNameOf(row.slice(at, end)) === name) {
      found.push(...root);
      const close = row[end]?.text === '(' ? row.findIndex((each, index) => index > end && each.text === ')') : -1;
      at = close === -1 ? end - 1 : close;
    } else if (token !== undefined) found.push(token);
  }
  return found;
}

/** What stands before dW, where a term ends so: dW_t, d\mathbf B_t, dW(t), dW_j. */
function noiseTerm(term: readonly Token[], parameters: string | undefined): NoiseTerm | null {
  const ends = topLevel(term).filter(({ index }) => isD(term, index) > 0 && isD(term, index - 1) !== 2);
  for (const { index: at } of ends.reverse()) {
    const start = at + isD(term, at);
    const end = letterEnd(term, start);
    if (end === null) continue;
    const letter =
      term
        .slice(start, end)
        .filter(({ kind }) => kind === 'letter' || kind === 'command')
        .at(-1)?.text ?? '';
    if (!WIENER.test(letter) || letter === parameters) continue;
    const rest = term.slice(end).map(({ text }) => text);
    while (/^(?:[.,;]|\\[ ,;:!])$/.test(rest.at(-1) ?? '')) rest.pop();
    const texts = rest.join(' ');
    if (!/^(?:[_^] (?:\{ (?:[^{}]+ )?\}|\S+) ?)*(?:\( [^()]+ \))?$/.test(texts)) continue;
    if (!PLAIN_SCRIPTS.test(texts))
      refuse(
        'noise-not-understood',
        'dW is that of the time t itself, or one component of it: dW_t, dW(t), dW_i',
        term[at]?.span ?? null,
        'Put what the time is multiplied by before dW, as its root.',
      );
    const before = term.slice(0, at);
    while (/^(?:\\[ ,;:!]|\\cdot|\\circ)$/.test(before.at(-1)?.text ?? '')) {
      const last = before.pop();
      if (last?.text === '\\circ')
        refuse(
          'stratonovich',
          'a stochastic equation is read in the sense of Itô',
          last.span,
          'Write it without \\circ.',
        );
    }
    return { before, scripts: texts.replace(/\([^)]*\)$/, '').match(/[A-Za-z]+|\\[A-Za-z]+/g) ?? [] };
  }
  return null;
}

/**
 * \sum_i A_{ji}\,dW_i as A; dW_j with the component of the left side is a noise of each component by itself.
 */
function withoutSum(
  { before, scripts }: NoiseTerm,
  component: string,
  piece: Piece,
): { readonly tokens: Token[]; readonly isOwn: boolean } {
  const sum = before.findIndex(({ text }) => text === '\\sum');
  if (sum === -1) return { tokens: before, isOwn: scripts.includes(component) };
  const lower = before[sum + 1]?.text === '_' ? argumentAt(before, sum + 2) : null;
  const letter = lower?.inside[0]?.text;
  const upper = lower !== null && before[lower.end]?.text === '^' ? argumentAt(before, lower.end + 1) : null;
  const start = upper?.end ?? lower?.end ?? sum + 1;
  const rest = before.slice(start);
  const texts = rest.map(({ text }) => text);
  const at = texts.findIndex(
    (text, index) =>
      text === '_' &&
      texts
        .slice(index + 1, index + 6)
        .filter(each => each !== ',')
        .join(' ')
        .startsWith(`{ ${component} ${letter} }`),
  );
  const end = at === -1 ? null : (argumentAt(rest, at + 1)?.end ?? null);
  if (letter === undefined || end === null || !scripts.includes(letter))
    return refuse(
      'noise-not-understood',
      `expected \\sum_i A_{${component}i}\\,dW_i before dW`,
      before[sum]?.span ?? piece.span,
      'Or write the matrix before dW, without its indices.',
    );
  return { tokens: [...before.slice(0, sum), ...withoutBrackets(rest.slice(0, at)), ...rest.slice(end)], isOwn: false };
}

/** What ends in a group without the brackets of the group. */
function withoutBrackets(tokens: readonly Token[]): readonly Token[] {
  if (tokens.at(-1)?.text !== ')' && tokens.at(-1)?.text !== ']') return tokens;
  const close = tokens.length - 1;
  const open = tokens.findIndex(
    (_, at) => (tokens[at]?.text === '(' || tokens[at]?.text === '[') && isPair(tokens, at, close),
  );
  if (open === -1) return tokens;
  const isSized =
    tokens[close - 1]?.kind === 'command' && /^\\(?:right|[bB]igg?r?)$/.test(tokens[close - 1]?.text ?? '');
  return [...tokens.slice(0, isSized ? open - 1 : open), ...tokens.slice(open + 1, isSized ? close - 1 : close)];
}

/** Whether the bracket at `open` is closed by the one at `close`. */
function isPair(tokens: readonly Token[], open: number, close: number): boolean {
  let depth = 0;
  for (let at = open; at <= close; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (depth === 0) return at === close;
  }
  return false;
}

const TRANSPOSED =
  /^\^ (?:\{ )?(?:\\top|T|\\intercal|\\mathsf T|\\mathrm T|\\prime|\\mathsf \{ T \}|\\mathrm \{ T \})(?: \})?$/;

/** \sigma\sigma^\top = h\Sigma, \sigma(X)\sigma(X)^\top = …: a name by its square. */
function squareOf({ left, relation, right }: Piece): SquaredName | null {
  if (relation !== '=' && relation !== ':=' && relation !== '\\equiv') return null;
  const { row, indices } = withoutIndices(solid(left));
  const end = letterEnd(row, 0);
  if (end === null) return null;
  const unit = row.slice(0, end).map(({ text }) => text);
  const name = canonicalNameOf(row.slice(0, end));
  const again = row.findIndex((_, at) => at >= end && unit.every((text, index) => row[at + index]?.text === text));
  if (name === null || again === -1) return null;
  const between = row
    .slice(end, again)
    .map(({ text }) => text)
    .join(' ');
  const behind = row
    .slice(again + end)
    .map(({ text }) => text)
    .join(' ');
  const isArgument = between === '' || /^\( .* \)$/.test(between);
  // \sigma\sigma^\top(X), \sigma(X)\sigma(X)^\top, \sigma(X)\sigma^\top(X).
  const rest =
    between !== '' && behind.includes(between) ? behind.replace(between, '').trim() : behind.replace(/ \( .* \)$/, '');
  return isArgument && TRANSPOSED.test(rest.replace(/\s+/g, ' ')) ? { name, square: solid(right), indices } : null;
}

/** (A A^\top)_{ij} as A A^\top, and the indices. */
function withoutIndices(row: readonly Token[]): {
  readonly row: readonly Token[];
  readonly indices: readonly [string, string] | null;
} {
  const plain = { row, indices: null };
  const first = row[0]?.text === '\\left' ? 1 : 0;
  if (row[first]?.text !== '(' && row[first]?.text !== '[') return plain;
  const close = row.findLastIndex(({ text }) => text === ')' || text === ']');
  const inside = row.slice(first + 1, row[close - 1]?.text === '\\right' ? close - 1 : close);
  if (close === row.length - 1) return { row: inside, indices: null };
  const script = row[close + 1]?.text === '_' ? argumentAt(row, close + 2) : null;
  const letters = script?.inside.map(({ text }) => text).filter(text => text !== ',') ?? [];
  const [one, other, ...more] = letters;
  return script?.end === row.length && one !== undefined && other !== undefined && more.length === 0
    ? { row: inside, indices: [one, other] }
    : plain;
}
