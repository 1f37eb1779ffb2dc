/** The words of proximal steps and the products in them, as tokens. */
import { argumentAt, topLevel } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';

const SIZES = /^\\(?:left|right|[bB]igg?[lrm]?|limits|nolimits|,|!|;|:| )$/;
const STYLES = /^\\(?:mathrm|operatorname|text|textrm|mathop|mathbf|mathcal|boldsymbol|mathsf|mathbb)$/;

export const unsized = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ kind, text }) => kind !== 'space' && !SIZES.test(text));

export const solidText = (tokens: readonly Token[]): string =>
  unsized(tokens)
    .map(({ text }) => text)
    .join('');

/** Tokens of a short text, at a place. */
export const typed = (text: readonly string[], { span }: Token): Token[] =>
  text.map(each => ({ kind: each.startsWith('\\') ? 'command' : 'symbol', text: each, span }));

/** Behind a word at the beginning: `\mathrm{prox}`, `\operatorname*{arg\,min}`, `\prox`; null where there is none. */
export function operatorEnd(tokens: readonly Token[], words: RegExp): number | null {
  const first = tokens[0]?.text ?? '';
  if (first === '\\arg') {
    const next = tokens.findIndex(({ kind, text }, at) => at > 0 && kind !== 'space' && !SIZES.test(text));
    return next > 0 && words.test(`arg${tokens[next]?.text.slice(1)}`) ? next + 1 : null;
  }
  if (words.test(first.slice(1)) && first.startsWith('\\')) return 1;
  if (!STYLES.test(first)) return null;
  const start = tokens[1]?.text === '*' ? 2 : 1;
  const group = argumentAt(tokens, start);
  return group !== null && words.test(solidText(group.inside).replaceAll('\\', '')) ? group.end : null;
}

/** What stands below the word, and the rest. */
export function below(
  tokens: readonly Token[],
  from: number,
): { readonly sub: Token[]; readonly rest: Token[] } | null {
  const rest = unsized(tokens.slice(from));
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
export function bracketed(tokens: readonly Token[]): Token[] | null {
  const close = PAIRS.get(tokens[0]?.text ?? '');
  return close !== undefined && tokens.at(-1)?.text === close && topLevel(tokens.slice(0, -1)).length === 0
    ? tokens.slice(1, -1)
    : null;
}

const GREEK =
  /^\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|ell)$/;

/** A letter with its style and scripts; a function, a sum or an operator is none. */
export const isLetter = ([first]: readonly Token[]): boolean =>
  first !== undefined && (/^[A-Za-z]$/.test(first.text) || GREEK.test(first.text) || STYLES.test(first.text));

export const isFactor = (atom: readonly Token[]): boolean =>
  isLetter(atom) || /^(?:\d|\\[td]?frac)$/.test(atom[0]?.text ?? '');

/** \nabla F(x). */
export const slope = (name: readonly Token[], made: readonly Token[], place: Token): Token[] => [
  ...typed(['\\nabla'], place),
  ...name,
  ...typed(['('], place),
  ...made,
  ...typed([')'], place),
];

/** The letters of a product, each with its style and its scripts. */
export function atomsOf(tokens: readonly Token[]): Token[][] {
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
