/** Over which values an index runs: `n = 0, 1, \ldots`, `j = 1, \ldots, p`, `n \in \{1, 2, \ldots\}`. */
import { topLevel } from '../../latex/display/display-tokens.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation } from '../../optimizer/model.ts';

export interface IndexRange {
  /** The first value. */
  readonly from: readonly Token[];
  /** Whether these are all values that the index has. */
  readonly isWhole: boolean;
}

interface Equated {
  readonly left: readonly Token[];
  readonly relation: string;
  readonly right: readonly Token[];
  /** What stands behind commas. */
  readonly more: readonly (readonly Token[])[];
}

/**
 * The range that is said of n, j or p; null where it is none, has a last value that is a number, or leaves out values at its
 * beginning and is not one of n. A last value that is a name, as N or p, restricts nothing.
 */
export function statedRange({ left, relation, right, more }: Equated, notation: Notation): IndexRange | null {
  const { iteration, component, dimension } = notation;
  const [letter, ...rest] = solid(left).map(({ text }) => text);
  if (rest.length > 0 || (letter !== iteration && letter !== component && letter !== dimension)) return null;
  if (
    letter === iteration &&
    relation === '\\in' &&
    more.length === 0 &&
    /^\\mathbb(?:N_0|Z_\\geq?0)$/.test(bare(right))
  )
    return { from: [], isWhole: true };
  const values = relation === '\\in' ? inBraces(right) : relation === '=' ? [right, ...more] : null;
  if (values === null || (relation === '\\in' && more.length > 0)) return null;
  const [from, ...others] = values.map(solid);
  const dots = others.findIndex(([first, ...behind]) => behind.length === 0 && DOTS.test(first?.text ?? ''));
  const start = wholeNumber(from);
  if (from === undefined || dots === -1 || start === null) return null;
  const goesOn = others.slice(0, dots).every((value, at) => wholeNumber(value) === start + at + 1);
  const last = others.slice(dots + 1);
  const isBounded = last.length > 1 || (last[0] !== undefined && wholeNumber(last[0]) !== null);
  if (!goesOn || isBounded) return null;
  const isWhole = start <= (letter === iteration ? 0 : 1);
  return isWhole || letter === iteration ? { from, isWhole } : null;
}

/** `n \in \mathbb{N}`, every step, of a statement about an optimizer: \mathbb{N} begins with the number of the first one. */
export function saysEveryStep(condition: readonly Token[], { iteration }: Notation): boolean {
  return bare(condition) === `${iteration}\\in\\mathbbN`;
}

/** `n \le T/h`, `0 \le nh \le T`, `n = 0, \dots, \lfloor T/h \rfloor`: the steps of a fixed time, for which a global bound is. */
export function saysFixedTime(condition: readonly Token[], { iteration, step, loss, parameters }: Notation): boolean {
  const plain = bare(condition)
    .replace(/^\\forall/, '')
    .replace(/\\(?:left|right|lfloor|rfloor|[,;:! ])/g, '')
    .replace(/\\leq(?:slant)?/g, '\\le');
  const order = String.raw`(?:\\le|<)`;
  const [n, h] = [iteration, step].map(letter => letter.replace(/[\\{}]/g, match => (match === '\\' ? '\\\\' : '')));
  const steps = String.raw`(?:([A-Z])/${h}|\\[td]?frac([A-Z])${h})`;
  const forms = [
    `^(?:0${order})?${n}${order}${steps}$`,
    `^(?:0${order})?(?:${n}${h}|${h}${n})${order}([A-Z])$`,
    String.raw`^${n}=0,(?:1,)?(?:2,)?\\(?:l|c)?dots,${steps}$`,
  ];
  const ends = forms.flatMap(form => new RegExp(form).exec(plain)?.slice(1).filter(Boolean) ?? []);
  return ends.some(end => end !== loss && end !== parameters);
}

/** The text without blanks and braces. */
const bare = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('');

const DOTS = /^\\(?:l|c)?dots[cb]?$/;

const solid = (tokens: readonly Token[]): Token[] => tokens.filter(({ kind }) => kind !== 'space');

function wholeNumber(tokens: readonly Token[] | undefined): number | null {
  const text = tokens?.map(token => token.text).join('') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** The parts of `\{a, b\}`; null where it is no set in braces. */
function inBraces(tokens: readonly Token[]): Token[][] | null {
  const set = solid(tokens).filter(({ text }) => text !== '\\left' && text !== '\\right');
  const isSet = /^\\(\{|lbrace)$/.test(set[0]?.text ?? '') && /^\\(\}|rbrace)$/.test(set.at(-1)?.text ?? '');
  return isSet ? partsOf(set.slice(1, -1)) : null;
}

/** The parts between commas outside brackets. */
export function partsOf(tokens: readonly Token[]): Token[][] {
  const commas = topLevel(tokens).flatMap(({ index, token }) => (token.text === ',' ? [index] : []));
  return [...commas, tokens.length].map((end, at) => tokens.slice(at === 0 ? 0 : (commas[at - 1] ?? 0) + 1, end));
}
