/** Limits as they are typed, A \to B and \lim_{n\to\infty} A = B: under `limit=large-n` they say that A and B have the same limit. */
import { refuse } from '../../../base/problem.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { solidBefore } from '../author-tokens.ts';

const ARROW = /^\\(?:to|rightarrow|longrightarrow|xrightarrow|tendsto)$/;

/** The tokens with `=` for such arrows, and without \lim; refused, with that key, where the claim has no limit. */
export function withoutLimitArrows(tokens: readonly Token[], { iteration, step }: Notation, isLimit: boolean): Token[] {
  const found: Token[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    const end = token.text === '\\lim' ? scriptEnd(tokens, at + 1) : null;
    const pointsTo = ARROW.test(token.text) ? textBehind(tokens, at) : null;
    const isArrow = depth === 0 && pointsTo !== null && pointsTo !== '\\infty';
    if (pointsTo === '0' && solidBefore(tokens, at)?.text === step)
      refuseArrow(token, 'Say order=0 on the claim, and leave this out.');
    if (!isLimit && (end !== null || isArrow)) refuseArrow(token);
    const infinity = isLimit && pointsTo !== null ? infinityEnd(tokens, at) : null;
    if (end !== null) at = end - 1;
    else if (infinity !== null && dropCondition(found, iteration)) at = infinity - 1;
    else found.push(isArrow ? { ...token, kind: 'symbol', text: '=' } : token);
  }
  return found;
}

/** What stands behind the arrow, without its sign; empty where nothing does. */
function textBehind(tokens: readonly Token[], arrow: number): string {
  let at = arrow + 1;
  while (tokens[at]?.kind === 'space' || tokens[at]?.text === '+') at += 1;
  return tokens[at]?.text ?? '';
}

/** Where `\infty` behind the arrow ends; null where something else stands there. */
function infinityEnd(tokens: readonly Token[], arrow: number): number | null {
  const at = tokens.findIndex(({ kind, text }, place) => place > arrow && kind !== 'space' && text !== '+');
  return tokens[at]?.text === '\\infty' ? at + 1 : null;
}

/** Takes `\text{as } n` from the end of what was found; false where something else than the iteration letter stands there. */
function dropCondition(found: Token[], iteration: string): boolean {
  const letter = found.findLastIndex(({ kind }) => kind !== 'space');
  const mark = found.findLastIndex(({ kind }, at) => at < letter && kind !== 'space');
  const open = found[mark]?.kind === 'close' ? found.findLastIndex(({ kind }, at) => at < mark && kind === 'open') : -1;
  const words = found
    .slice(open + 1, mark)
    .map(({ text }) => text)
    .join('')
    .trim();
  const isSaid =
    open > 0 && /^\\(?:text|textrm|mbox|mathrm)$/.test(found[open - 1]?.text ?? '') && /^(?:as|for|when)$/.test(words);
  if (found[letter]?.text !== iteration || !(isSaid || /^\\q?quad$/.test(found[mark]?.text ?? ''))) return false;
  found.length = isSaid ? open - 1 : letter;
  return true;
}

function refuseArrow(
  { text, span }: Token,
  hint = 'Say limit=large-n on the claim: then both sides are taken to their limits.',
): never {
  return refuse('relation', `\`${text}\` is read only in a condition, and in a claim about a limit`, span, hint);
}
