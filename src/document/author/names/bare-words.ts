/** Words of programs in formulas: sign(c_t) and max(a, b) without a command, and names such as \text{buf} that a row makes. */
import type { Token } from '../../../latex/notation/token.ts';
import { solidBefore } from '../author-tokens.ts';
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
  /\\(?:text|textrm|texttt|textit|mathtt|mathit)\{([A-Za-z]{2,}\d*|[A-Za-z]+(?:_[A-Za-z]{2,})+)\}(?:[_^](?:\{[^{}]*\}|\w))*(?:\s*\((?:[A-Za-z]|\\[a-z]+ ?)\))?\s*&?\s*(?:=|:=|\\gets|\\leftarrow|\\coloneqq)(?!\s*\\(?:left|begin)(?![A-Za-z]))/g;

/** The words that are names because a row makes them, as the names \mathrm{buf}. */
export function wordsMade(tokens: readonly Token[], numbers: ReadonlySet<string> = new Set()): string[] {
  const text = tokens.map(({ text: own, kind }) => (kind === 'command' ? `${own} ` : own)).join('');
  const typed = [...text.replace(/\\([a-z]+) \{/g, '\\$1{').matchAll(MADE)].map(([, word]) => word ?? '');
  return [...typed, ...plainWordsMade(tokens, numbers)].map(word => `\\mathrm{${word}}`);
}

/** Words of programs, letter by letter as the whole of a left side: `cache_{t+1} = …`, `velocity = …`, `exp_avg = …`. */
function plainWordsMade(tokens: readonly Token[], numbers: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const before = tokens[at - 1];
    if (!opensSide(tokens, at) || (before?.kind === 'letter' && before.text.length === 1)) continue;
    const end = plainWordEnd(tokens, at);
    if (end === null) continue;
    const word = tokens
      .slice(at, end)
      .map(({ text }) => text)
      .join('');
    // ab = 1/2 of two hyperparameters is no word.
    const isProduct = [...word].every(letter => numbers.has(letter));
    if (!isProduct && !FUNCTIONS.has(word) && makesValue(tokens, end)) found.push(word);
  }
  return found;
}

/** Where a word of letters, with underscores in front of two letters and more, ends. */
function plainWordEnd(tokens: readonly Token[], at: number): number | null {
  const isLetter = (place: number): boolean =>
    tokens[place]?.kind === 'letter' && /^[A-Za-z]$/.test(tokens[place]?.text ?? '');
  let end = at;
  while (isLetter(end) || (tokens[end]?.kind === 'subscript' && end > at && isLetter(end + 1) && isLetter(end + 2)))
    end += 1;
  return end > at + 1 ? end : null;
}

/** Whether a left side may begin at `at`. */
function opensSide(tokens: readonly Token[], at: number): boolean {
  const before = solidBefore(tokens, at);
  return (
    before === undefined ||
    before.kind === 'alignment' ||
    before.kind === 'close' ||
    /^(?:\\\\|\\(?:quad|qquad)|[,;\]])$/.test(before.text)
  );
}

/** Scripts, perhaps the argument of a table such as MeanSquare(w, t), and then a sign that makes a value. */
function makesValue(tokens: readonly Token[], at: number): boolean {
  const text = tokens
    .slice(at, at + 24)
    .map(({ text: own }) => own)
    .join('')
    .replace(/,\s+/g, ',');
  return /^\s*(?:[_^](?:\{[^{}]*\}|[A-Za-z0-9]))*(?:\([A-Za-z](?:,[A-Za-z])?\))?\s*&?\s*(?::?=|\\gets|\\leftarrow|\\coloneqq|[+-]=)/.test(
    text,
  );
}
