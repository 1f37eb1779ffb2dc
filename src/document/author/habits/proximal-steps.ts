/**
 * Proximal steps by their optimality condition: x = prox_{hR}(v) and x = argmin_z (R(z) + ‖z − v‖²/(2h)) are x = v − h∇R(x), for smooth functions. They are rules
 * that read the point that they make, through the factor h.
 *
 * Source: Parikh, Boyd, Proximal Algorithms, 2014, section 3.2.
 */
import type { Piece } from '../../../latex/display/display.ts';
import { argumentAt, topLevel, trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { type TypedTerm, typedTermsOf } from '../left-increments.ts';

/** The rows with such a right side written as that condition; others stay as they are. */
export const withoutProximalMaps = (rows: readonly Piece[], component: string): Piece[] =>
  rows.map(row => {
    const made = trim(row.left);
    const place = made[0];
    if (place === undefined || made.some(({ text }, at) => text === component && made[at - 1]?.kind === 'subscript'))
      return row;
    const right = proximalMap(trim(row.right), made) ?? minimiser(trim(row.right), made);
    return right === null ? row : { ...row, right };
  });

const SIZES = /^\\(?:left|right|[bB]igg?[lrm]?|limits|nolimits|,|!|;|:| )$/;
const STYLES = /^\\(?:mathrm|operatorname|text|textrm|mathop|mathbf|mathcal|boldsymbol|mathsf|mathbb)$/;

const solid = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ kind, text }) => kind !== 'space' && !SIZES.test(text));

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** Tokens of a short text, at a place. */
const typed = (text: readonly string[], { span }: Token): Token[] =>
  text.map(each => ({ kind: each.startsWith('\\') ? 'command' : 'symbol', text: each, span }));

/** Behind a word at the beginning: `\mathrm{prox}`, `\operatorname*{arg\,min}`, `\prox`; null where there is none. */
function wordAt(tokens: readonly Token[], words: RegExp): number | null {
  const first = tokens[0]?.text ?? '';
  if (first === '\\arg') {
    const next = tokens.findIndex(({ kind, text }, at) => at > 0 && kind !== 'space' && !SIZES.test(text));
    return next > 0 && words.test(`arg${tokens[next]?.text.slice(1)}`) ? next + 1 : null;
  }
  if (words.test(first.slice(1)) && first.startsWith('\\')) return 1;
  if (!STYLES.test(first)) return null;
  const start = tokens[1]?.text === '*' ? 2 : 1;
  const group = argumentAt(tokens, start);
  return group !== null && words.test(textOf(group.inside).replaceAll('\\', '')) ? group.end : null;
}

/** What stands below the word, and the rest. */
function below(tokens: readonly Token[], from: number): { readonly sub: Token[]; readonly rest: Token[] } | null {
  const rest = solid(tokens.slice(from));
  if (rest[0]?.kind !== 'subscript') return null;
  const sub = argumentAt(rest, 1);
  return sub && { sub: sub.inside, rest: rest.slice(sub.end) };
}

const PAIRS = new Map([
  ['(', ')'],
  ['[', ']'],
  ['\\{', '\\}'],
  ['\\lbrace', '\\rbrace'],
]);

/** What one pair of brackets around everything holds. */
function bracketed(tokens: readonly Token[]): Token[] | null {
  const close = PAIRS.get(tokens[0]?.text ?? '');
  return close !== undefined && tokens.at(-1)?.text === close && topLevel(tokens.slice(0, -1)).length === 0
    ? tokens.slice(1, -1)
    : null;
}

function proximalMap(right: readonly Token[], made: readonly Token[]): Token[] | null {
  const end = wordAt(right, /^prox$/i);
  const parts = end === null ? null : below(right, end);
  const argument = parts && bracketed(parts.rest);
  const atoms = parts && atomsOf(solid(parts.sub));
  const place = right[0];
  if (!argument || !atoms || atoms.length === 0 || place === undefined) return null;
  const [name = []] = atoms.slice(-1);
  const isName = isLetter(name) && atoms.slice(0, -1).every(isFactor) && !name.some(({ text }) => text === '*');
  return isName
    ? [...argument, ...typed(['-'], place), ...atoms.slice(0, -1).flat(), ...slope(name, made, place)]
    : null;
}

const GREEK =
  /^\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|ell)$/;

/** A letter with its style and scripts; a function, a sum or an operator is none. */
const isLetter = ([first]: readonly Token[]): boolean =>
  first !== undefined && (/^[A-Za-z]$/.test(first.text) || GREEK.test(first.text) || STYLES.test(first.text));

const isFactor = (atom: readonly Token[]): boolean =>
  isLetter(atom) || /^(?:\d|\\[td]?frac)$/.test(atom[0]?.text ?? '');

/** \nabla F(x). */
const slope = (name: readonly Token[], made: readonly Token[], place: Token): Token[] => [
  ...typed(['\\nabla'], place),
  ...name,
  ...typed(['('], place),
  ...made,
  ...typed([')'], place),
];

/** The letters of a product, each with its style and its scripts. */
function atomsOf(tokens: readonly Token[]): Token[][] {
  const atoms: Token[][] = [];
  let at = 0;
  const take = (): Token[] => {
    const argument = argumentAt(tokens, at);
    const taken = tokens.slice(at, argument?.end ?? at + 1);
    at += taken.length;
    return taken;
  };
  while (at < tokens.length) {
    const first = tokens[at];
    const atom = take();
    if (first !== undefined && (STYLES.test(first.text) || /^\\[td]?frac$/.test(first.text))) atom.push(...take());
    if (first !== undefined && /^\\[td]?frac$/.test(first.text)) atom.push(...take());
    while (tokens[at]?.kind === 'subscript' || tokens[at]?.kind === 'superscript') atom.push(...take(), ...take());
    atoms.push(atom);
  }
  return atoms;
}

/** v − S g_1 − S g_2 … of argmin_z (T_1(z) + T_2(z) + ‖z − v‖²/(2S)), g the slopes of the T. */
function minimiser(right: readonly Token[], made: readonly Token[]): Token[] | null {
  const end = wordAt(right, /^argmin$/i);
  const parts = end === null ? null : below(right, end);
  const place = right[0];
  if (parts === null || place === undefined) return null;
  const letter = textOf(parts.sub).split('\\in')[0] ?? '';
  const terms = termsOf(bracketed(parts.rest) ?? parts.rest);
  const squares = terms.map(({ tokens }) => squareOf(tokens, letter));
  const main = squares.findIndex(
    (square, at) => square !== null && square.step !== null && terms[at]?.negative === false,
  );
  const square = squares[main];
  if (!square?.step) return null;
  const { step, centre } = square;
  const sum: Token[] = [...typed(['('], place), ...centre, ...typed([')'], place)];
  for (const [at, { tokens, negative }] of terms.entries()) {
    if (at === main || !mentions(tokens, letter)) continue;
    const own = squares[at];
    const found = own ? slopeOfSquare(own, made, place) : slopeOf(tokens, letter, made, place);
    if (found === null) return null;
    sum.push(...typed([negative ? '+' : '-'], place), ...step, ...found);
  }
  return sum;
}

const isBar = (token: Token | undefined): boolean => /^\\(?:\||[lr]?Vert)$/.test(token?.text ?? '');

/** The summands, a norm in one piece. */
function termsOf(tokens: readonly Token[]): TypedTerm[] {
  const terms: TypedTerm[] = [];
  for (const term of typedTermsOf(tokens)) {
    const before = terms.at(-1);
    const place = term.tokens[0];
    if (before !== undefined && place !== undefined && before.tokens.filter(isBar).length % 2 === 1)
      terms[terms.length - 1] = {
        ...before,
        tokens: [...before.tokens, ...typed([term.negative ? '-' : '+'], place), ...term.tokens],
      };
    else terms.push(term);
  }
  return terms;
}

const mentions = (tokens: readonly Token[], letter: string): boolean => textOf(tokens).includes(letter);

interface Square {
  /** S of 1/(2S); null for another factor. */
  readonly step: Token[] | null;
  /** c of c/2. */
  readonly factor: Token[] | null;
  /** v of ‖z − v‖², nothing of ‖z‖². */
  readonly centre: Token[];
}

/** A term c/2 ‖z − v‖². */
function squareOf(typedTerm: readonly Token[], letter: string): Square | null {
  const tokens = solid(typedTerm);
  const open = tokens.findIndex(isBar);
  const close = tokens.findIndex((token, at) => at > open && isBar(token));
  if (open < 0 || close < 0 || !/^(?:_2|_\{2\})?\^(?:2|\{2\})(?:_2)?$/.test(textOf(tokens.slice(close + 1))))
    return null;
  const front = tokens.slice(0, open);
  if (!/^\\[td]?frac$/.test(front[0]?.text ?? '')) return null;
  const above = argumentAt(front, 1);
  const under = above && argumentAt(front, above.end);
  if (!above || !under || under.end !== front.length || under.inside[0]?.text !== '2') return null;
  const inside = typedTermsOf(tokens.slice(open + 1, close));
  const own = inside.filter(({ tokens: each }) => textOf(each) === letter);
  if (own.length !== 1 || own[0] === undefined) return null;
  const others = inside.filter(each => each !== own[0]);
  const turned = own[0].negative;
  const centre = others.flatMap(({ negative, tokens: each }, at) => {
    const place = each[0];
    const isMinus = negative === turned;
    return place === undefined || (at === 0 && !isMinus) ? each : [...typed([isMinus ? '-' : '+'], place), ...each];
  });
  const rest = under.inside.slice(1);
  const isStep = textOf(above.inside) === '1' && rest.length > 0;
  if (isStep) return { step: rest, factor: null, centre };
  return rest.length === 0 ? { step: null, factor: above.inside, centre } : null;
}

/** c(x − v). */
const slopeOfSquare = ({ factor, centre }: Square, made: readonly Token[], place: Token): Token[] | null =>
  factor === null
    ? null
    : [
        ...factor,
        ...typed(['('], place),
        ...made,
        ...(centre.length === 0 ? [] : [...typed(['-', '('], place), ...centre, ...typed([')'], place)]),
        ...typed([')'], place),
      ];

/** The slope of c F(z), ⟨a, z⟩, ⟨a, z − v⟩ and a^⊤ z. */
function slopeOf(typedTerm: readonly Token[], letter: string, made: readonly Token[], place: Token): Token[] | null {
  const tokens = solid(typedTerm);
  const text = textOf(tokens);
  const angle = tokens.findIndex(({ text: each }) => each === '\\langle');
  const group = (inside: readonly Token[]): Token[] => [...typed(['('], place), ...inside, ...typed([')'], place)];
  if (angle >= 0) {
    const comma = tokens.findIndex((token, at) => at > angle && token.text === ',');
    const close = tokens.findIndex(({ text: each }) => each === '\\rangle');
    if (comma < 0 || close !== tokens.length - 1 || mentions(tokens.slice(0, comma), letter)) return null;
    const first = typedTermsOf(tokens.slice(comma + 1, close))[0];
    if (first === undefined || first.negative || textOf(first.tokens) !== letter) return null;
    if (!atomsOf(tokens.slice(0, angle)).every(isFactor)) return null;
    return [...tokens.slice(0, angle), ...group(tokens.slice(angle + 1, comma))];
  }
  if (!text.endsWith(`(${letter})`)) return null;
  const open = tokens.map(({ text: each }) => each).lastIndexOf('(');
  const atoms = atomsOf(tokens.slice(0, open));
  const [name] = atoms.slice(-1);
  if (name === undefined || !isLetter(name) || !atoms.slice(0, -1).every(isFactor)) return null;
  return [...atoms.slice(0, -1).flat(), ...slope(name, made, place)];
}
