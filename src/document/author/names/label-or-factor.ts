/** A number with the iteration's letter in parentheses behind it, η(t): the number of a step, or a product. */
import { refuse } from '../../../base/problem.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';

type Letters = Pick<Notation, 'iteration' | 'step'>;

/**
 * η(t) as η with the label t, in rows whose labels are scripts; what is declared as a number, β(t), is refused with both readings. A sum in
 * the parentheses, β(t+1), is a factor there.
 */
export function withNumbersOfSteps(
  tokens: readonly Token[],
  { iteration, step, index }: Letters & Pick<Notation, 'index'>,
  numbers: ReadonlySet<string>,
  made: ReadonlySet<string> = new Set(),
): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = token.text === '\\nabla' || token.text === '\\partial' ? null : letterEnd(tokens, at);
    const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
    const isMade = name !== null && made.has(name);
    const argument = end === null ? null : loneArgument(tokens, end, iteration, isMade);
    if (
      end === null ||
      name === null ||
      argument === null ||
      (name !== step && !numbers.has(name) && !made.has(name))
    ) {
      found.push(token);
      continue;
    }
    if (name !== step && !made.has(name))
      refuseLabelOrFactor(tokens.slice(at, argument.end), argument.inside, { iteration, step });
    const sign = (kind: Token['kind'], text: string): Token => ({ kind, text, span: token.span });
    const isBelow = index === 'subscript';
    found.push(
      ...tokens.slice(at, end),
      isBelow ? sign('subscript', '_') : sign('superscript', '^'),
      sign('open', '{'),
      ...(isBelow ? argument.inside : [sign('symbol', '('), ...argument.inside, sign('symbol', ')')]),
      sign('close', '}'),
    );
    at = argument.end - 1;
  }
  return found;
}

/** The names that rows make with the letter of the iteration for their argument, `\eta(t) = \eta_0e^{-kt}`: values of each step. */
export function madeOfSteps(
  lefts: readonly (readonly Token[])[],
  { iteration, loss, parameters }: Notation,
): ReadonlySet<string> {
  return new Set(
    lefts.flatMap(left => {
      const row = trim(left);
      const end = letterEnd(row, 0);
      const name = end === null ? null : canonicalNameOf(row.slice(0, end));
      const argument = end === null ? null : loneArgument(row, end, iteration, true);
      const isWhole = argument !== null && argument.end === row.length && name !== loss && name !== parameters;
      return isWhole && name !== null ? [name] : [];
    }),
  );
}

/** (t) with nothing else in it, or (t - 1) where that may be. */
function loneArgument(
  tokens: readonly Token[],
  at: number,
  iteration: string,
  mayBeShifted = false,
): { readonly inside: readonly Token[]; readonly end: number } | null {
  let open = at;
  while (tokens[open]?.kind === 'space') open += 1;
  if (tokens[open]?.text === '\\left') open += 1;
  if (tokens[open]?.text !== '(') return null;
  const close = tokens.findIndex(({ text }, place) => place > open && text === ')');
  const isSized = tokens[close - 1]?.text === '\\right';
  const inside = tokens.slice(open + 1, isSized ? close - 1 : close);
  const text = textOf(inside);
  const isLabel =
    text === iteration ||
    (mayBeShifted && text.startsWith(iteration) && /^[+-]\d+$/.test(text.slice(iteration.length)));
  return close !== -1 && isLabel ? { inside, end: close + 1 } : null;
}

/** β(t) and η(t+1): a number of each step's own, or the product of one with t. */
export function refuseLabelOrFactor(
  whole: readonly Token[],
  label: readonly Token[],
  { iteration, step }: Letters,
): never {
  const [text, argument] = [textOf(whole), textOf(label)];
  const name = text.slice(0, text.search(/(?:\\left)?\(/));
  const factor = argument === iteration ? argument : `(${argument})`;
  const declared = name === step ? '' : ` and declare it, "where ${name}_${iteration} schedule"`;
  return refuse(
    'label-or-factor',
    `${text} has two readings: ${name} of the step ${argument}, or ${name} times ${factor}`,
    whole[0]?.span,
    `For the first write ${name}_{${argument}}${declared}; for the product \\cdot between the two.`,
  );
}

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');
