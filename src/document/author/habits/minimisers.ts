/**
 * The minimiser of a sum of c F(z), ⟨a, z − b⟩, squares and ‖z − v‖²/(2h) over z, by its optimality condition.
 *
 * Source: Parikh, Boyd, Proximal Algorithms, 2014, section 3.2.
 */
import { argumentAt } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { type TypedTerm, typedTermsOf } from '../left-increments.ts';
import {
  atomsOf,
  below,
  bracketed,
  isFactor,
  isLetter,
  slope,
  unsized,
  solidText,
  typed,
  operatorEnd,
} from './proximal-terms.ts';

/** v − S g_1 − S g_2 … of argmin_z (T_1(z) + T_2(z) + ‖z − v‖²/(2S)), g the slopes of the T. */
export function minimiser(right: readonly Token[], made: readonly Token[]): Token[] | null {
  const end = operatorEnd(right, /^argmin$/i);
  const parts = end === null ? null : below(right, end);
  const place = right[0];
  if (parts === null || place === undefined) return null;
  const bound = boundBy(parts.sub, made);
  const terms = termsOf(bracketed(parts.rest) ?? parts.rest);
  const squares = terms.map(({ tokens }) => squareOf(tokens, bound));
  const main = squares.findIndex(
    (square, at) => square !== null && square.step !== null && terms[at]?.negative === false,
  );
  const square = squares[main];
  if (!square?.step) return null;
  const { step, centre } = square;
  const sum: Token[] = [...typed(['('], place), ...centre, ...typed([')'], place)];
  for (const [at, { tokens, negative }] of terms.entries()) {
    if (at === main || !mentions(tokens, bound)) continue;
    const own = squares[at];
    const found = own ? slopeOfSquare(own, made, place) : slopeOf(tokens, bound, made, place);
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

/** The letter over which is minimised, and the letters of the labels of what the row makes. */
interface Bound {
  readonly letter: readonly string[];
  readonly labels: ReadonlySet<string>;
}

function boundBy(sub: readonly Token[], made: readonly Token[]): Bound {
  const names = unsized(sub).map(({ text }) => text);
  const domain = names.indexOf('\\in');
  const row = unsized(made);
  const scripts = row.slice(row.findIndex(({ kind }) => kind === 'subscript' || kind === 'superscript'));
  return {
    letter: names.slice(0, domain < 0 ? names.length : domain),
    labels: new Set(scripts.filter(({ text }) => /^(?:[A-Za-z]|\\[a-z]+)$/.test(text)).map(({ text }) => text)),
  };
}

/** Whether the bound letter occurs; with a label of the row, as x_k in the row of x_{k+1}, it is another name. */
function mentions(tokens: readonly Token[], { letter, labels }: Bound): boolean {
  const row = unsized(tokens);
  return row.some((_, at) => {
    if (!letter.every((text, next) => row[at + next]?.text === text)) return false;
    const script = row[at + letter.length];
    if (script?.kind !== 'subscript' && script?.kind !== 'superscript') return true;
    return !argumentAt(row, at + letter.length + 1)?.inside.some(({ text }) => labels.has(text));
  });
}

/** Whether this is the bound letter and nothing else. */
const isBound = (tokens: readonly Token[], { letter }: Bound): boolean => solidText(tokens) === letter.join('');

interface Square {
  /** S of 1/(2S); null for another factor. */
  readonly step: Token[] | null;
  /** c of c/2. */
  readonly factor: Token[] | null;
  /** v of ‖z − v‖², nothing of ‖z‖². */
  readonly centre: Token[];
}

/** A term c/2 ‖z − v‖². */
function squareOf(typedTerm: readonly Token[], bound: Bound): Square | null {
  const tokens = unsized(typedTerm);
  const open = tokens.findIndex(isBar);
  const close = tokens.findIndex((token, at) => at > open && isBar(token));
  if (open < 0 || close < 0 || !/^(?:_2|_\{2\})?\^(?:2|\{2\})(?:_2)?$/.test(solidText(tokens.slice(close + 1))))
    return null;
  const front = tokens.slice(0, open);
  if (!/^\\[td]?frac$/.test(front[0]?.text ?? '')) return null;
  const above = argumentAt(front, 1);
  const under = above && argumentAt(front, above.end);
  if (!above || !under || under.end !== front.length || under.inside[0]?.text !== '2') return null;
  const inside = typedTermsOf(tokens.slice(open + 1, close));
  const own = inside.filter(({ tokens: each }) => isBound(each, bound));
  if (own.length !== 1 || own[0] === undefined) return null;
  const others = inside.filter(each => each !== own[0]);
  if (others.some(each => mentions(each.tokens, bound))) return null;
  const turned = own[0].negative;
  const centre = others.flatMap(({ negative, tokens: each }, at) => {
    const place = each[0];
    const isMinus = negative === turned;
    return place === undefined || (at === 0 && !isMinus) ? each : [...typed([isMinus ? '-' : '+'], place), ...each];
  });
  const rest = under.inside.slice(1);
  const isStep = solidText(above.inside) === '1' && rest.length > 0;
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

/** The slope of c F(z), ⟨a, z⟩, ⟨a, z − v⟩, a^⊤ z and a · z. */
function slopeOf(typedTerm: readonly Token[], bound: Bound, made: readonly Token[], place: Token): Token[] | null {
  const tokens = unsized(typedTerm);
  const linear = linearIn(tokens, bound);
  if (linear !== null) {
    const { front, factor } = linear;
    const isConstant = !mentions(front, bound) && !mentions(factor, bound) && atomsOf(front).every(isFactor);
    return isConstant ? [...front, ...typed(['('], place), ...factor, ...typed([')'], place)] : null;
  }
  const letter = bound.letter.join('');
  if (!solidText(tokens).endsWith(`(${letter})`)) return null;
  const open = tokens.map(({ text: each }) => each).lastIndexOf('(');
  const atoms = atomsOf(tokens.slice(0, open));
  const [name] = atoms.slice(-1);
  if (name === undefined || !isLetter(name) || !atoms.slice(0, -1).every(isFactor)) return null;
  return [...atoms.slice(0, -1).flat(), ...slope(name, made, place)];
}

/** A product with z or z − v: what stands in front of it, and its other factor. */
function linearIn(tokens: readonly Token[], bound: Bound): { front: Token[]; factor: Token[] } | null {
  const isOwn = (side: readonly Token[]): boolean => {
    const inside = bracketed(side) ?? side;
    const [first, ...others] = typedTermsOf(inside);
    return (
      first !== undefined &&
      !first.negative &&
      isBound(first.tokens, bound) &&
      others.every(each => !mentions(each.tokens, bound))
    );
  };
  const angle = tokens.findIndex(({ text }) => text === '\\langle');
  if (angle >= 0) {
    const comma = tokens.findIndex((token, at) => at > angle && token.text === ',');
    const close = tokens.findIndex(({ text }) => text === '\\rangle');
    if (comma < 0 || close !== tokens.length - 1) return null;
    const halves = [tokens.slice(angle + 1, comma), tokens.slice(comma + 1, close)] as const;
    const at = halves.findIndex(isOwn);
    return at < 0 ? null : { front: tokens.slice(0, angle), factor: [...halves[at === 0 ? 1 : 0]] };
  }
  const sign = tokens.findIndex((token, at) => token.text === '\\cdot' || transposedBy(tokens, at) !== null);
  if (sign < 0) return null;
  const behind = tokens.slice(transposedBy(tokens, sign) ?? sign + 1);
  return isOwn(behind) ? { front: [], factor: tokens.slice(0, sign) } : null;
}

/** Where a^\top, a^T and a^{\mathsf T} end, the superscript at `at`. */
function transposedBy(tokens: readonly Token[], at: number): number | null {
  const argument = tokens[at]?.kind === 'superscript' ? argumentAt(tokens, at + 1) : null;
  return argument !== null &&
    /^(?:\\mathsf|\\mathrm|\\text)?\{?(?:\\top|\\intercal|T)\}?$/.test(solidText(argument.inside))
    ? argument.end
    : null;
}
