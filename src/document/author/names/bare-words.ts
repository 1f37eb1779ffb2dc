/** Words of programs in formulas: sign(c_t) and max(a, b) without a command, and names such as \text{buf} that a row makes. */
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['sign', '\\mathrm{sign}'],
  ['sgn', '\\mathrm{sign}'],
  ['max', '\\max'],
  ['min', '\\min'],
  ['exp', '\\exp'],
  ['log', '\\log'],
  ['tanh', '\\tanh'],
]);

/** The tokens with such words, letters side by side in front of a parenthesis, as the functions that they name. */
export function withBareFunctions(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const end = tokens[at - 1]?.kind === 'letter' ? at : wordEnd(tokens, at);
    const command = FUNCTIONS.get(
      tokens
        .slice(at, end)
        .map(({ text }) => text)
        .join(''),
    );
    if (command !== undefined && opensParenthesis(tokens, end)) {
      found.push(...tokenizeText(command).map(each => ({ ...each, span: token.span })));
      at = end - 1;
    } else found.push(token);
  }
  return found;
}

/** Where a run of letters without blanks between ends. */
function wordEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end]?.kind === 'letter' && /^[a-z]$/.test(tokens[end]?.text ?? '')) end += 1;
  return end;
}

function opensParenthesis(tokens: readonly Token[], at: number): boolean {
  let open = at;
  while (tokens[open]?.kind === 'space' || /^(?:\\left|\\[bB]igg?l?)$/.test(tokens[open]?.text ?? '')) open += 1;
  return tokens[open]?.text === '(' || tokens[open]?.text === '\\{';
}

const MADE =
  /\\(?:text|textrm|texttt|textit|mathtt|mathit)\{([A-Za-z]{2,}\d*)\}(?:[_^](?:\{[^{}]*\}|\w))*\s*&?\s*(?:=|:=|\\gets|\\leftarrow|\\coloneqq)(?!\s*\\(?:left|begin)(?![A-Za-z]))/g;

/** The words that are names because a row makes them, as the names \mathrm{buf}. */
export function wordsMade(tokens: readonly Token[]): string[] {
  const text = tokens.map(({ text: own, kind }) => (kind === 'command' ? `${own} ` : own)).join('');
  return [...text.replace(/\\([a-z]+) \{/g, '\\$1{').matchAll(MADE)].map(([, word]) => `\\mathrm{${word ?? ''}}`);
}
