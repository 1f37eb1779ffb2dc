/**
 * What authors write beside rows: remarks in parentheses that hold formulas, `\text{(at timestep } t)`, first values in words,
 * `\text{(initialize } m_0 = 0)`, and starting points that nothing is said of, `x_0 \text{ given}`, `x_0 \in \mathbb R^d`.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import { tellsSomething } from '../../../latex/notation/words.ts';
import { relationsIn } from '../../../latex/display/condition.ts';

const isText = (token: Token | undefined): boolean =>
  token !== undefined && /^\\(?:text|textrm|textit|textnormal|textsf|mbox|textbf|emph)$/.test(token.text);

const FIRST_VALUE =
  /^(?:(?:we )?(?:initiali[sz](?:e|ed|es|ing|ation)|init|start(?:s|ing)?|set|with|where|given|let|from|initially)[ ,.:]*(?:as|at|by|to|with|from|the|state|value)?[ :]*)$/i;

interface Text {
  readonly words: string;
  readonly end: number;
}

/** The words of the `\text{…}` at `at`, and where it ends; null where none begins there. */
function textAt(tokens: readonly Token[], at: number): (Text & { readonly inside: readonly Token[] }) | null {
  if (!isText(tokens[at]) || tokens[at + 1]?.kind !== 'open') return null;
  let depth = 0;
  for (let end = at + 1; end < tokens.length; end += 1) {
    if (tokens[end]?.kind === 'open') depth += 1;
    if (tokens[end]?.kind === 'close') depth -= 1;
    if (depth > 0) continue;
    const inside = tokens.slice(at + 2, end);
    return { words: inside.map(({ text }) => text).join(''), inside, end: end + 1 };
  }
  return null;
}

/** The tokens without such remarks; a first value that one holds becomes a row. */
export function withoutRemarks(typed: readonly Token[]): Token[] {
  const tokens = withParenthesesInText(typed);
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const remark = remarkAt(tokens, at) ?? firstValueAt(tokens, at);
    if (remark === null) {
      found.push(token);
      continue;
    }
    if (remark.row.length > 0) found.push({ kind: 'command', text: '\\quad', span: token.span }, ...remark.row);
    at = remark.end - 1;
  }
  return found;
}

/** `\\quad (\\text{Nesterov})` behind a wide space or an alignment mark as `\\text{(Nesterov)}`. */
function withParenthesesInText(tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const before = found.findLast(({ kind }) => kind !== 'space');
    const isApart = before?.kind === 'alignment' || /^\\q?quad$/.test(before?.text ?? '');
    const text = token.text === '(' && isApart ? textAt(tokens, at + 1) : null;
    const [command, open] = tokens.slice(at + 1, at + 3);
    const [last, close] = text === null ? [] : tokens.slice(text.end - 1, text.end + 1);
    if (text === null || close?.text !== ')' || !command || !open || !last) {
      found.push(token);
      continue;
    }
    found.push(command, open, token, ...text.inside, close, last);
    at = text.end;
  }
  return found;
}

interface Remark {
  /** A first value that it gives; empty where it says nothing. */
  readonly row: readonly Token[];
  readonly end: number;
}

/** A remark `\text{(…` with formulas in it, closed in the same text or behind it; null where it may say something. */
function remarkAt(tokens: readonly Token[], at: number): Remark | null {
  const opening = textAt(tokens, at);
  if (opening === null || !/^[\s~]*\(/.test(opening.words)) return null;
  let words = '';
  let isFormula = false;
  let depth = 0;
  const row: Token[] = [];
  const take = (token: Token, inText: boolean): boolean => {
    if (inText && token.text === '$') {
      isFormula = !isFormula;
      return false;
    }
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    // Blanks may stand before what opens.
    if (depth === 0) return token.text === ')';
    if (inText && !isFormula) words += token.text;
    else row.push(token);
    return false;
  };
  for (let next = at; next < tokens.length; next += 1) {
    const token = tokens[next];
    const text = textAt(tokens, next);
    if (text !== null) {
      const close = text.inside.findIndex(each => take(each, true));
      const behind = close === -1 ? [] : text.inside.slice(close + 1);
      if (close !== -1)
        return behind.every(each => /^[\s.,;~]*$/.test(each.text)) ? closed(words, row, text.end) : null;
      next = text.end - 1;
      words += ' ';
    } else if (token === undefined || token.text === '\\\\' || token.kind === 'alignment') return null;
    else if (take(token, false)) return closed(words, row, next + 1);
  }
  return null;
}

function closed(words: string, row: readonly Token[], end: number): Remark | null {
  const plain = words.replace(/^[\s(~]+/, '').trim();
  if (relationsIn(row).length > 0) return FIRST_VALUE.test(`${plain} `.trim()) ? { row, end } : null;
  // `(t)` alone is a factor, and words that may tell something are not thrown away.
  return plain === '' || tellsSomething(plain) ? null : { row: [], end };
}

/** `\text{with } m_0 = 0`, without parentheses: the words say that a first value follows. */
function firstValueAt(tokens: readonly Token[], at: number): Remark | null {
  const opening = textAt(tokens, at);
  if (opening === null || !FIRST_VALUE.test(opening.words.trim())) return null;
  let end = opening.end;
  while (tokens[end]?.kind === 'space') end += 1;
  if (tokens[end]?.text === ':' && tokens[end + 1]?.text !== '=') end += 1;
  const behind = tokens.slice(end, end + 40);
  return isFirstValue(behind) ? { row: [{ kind: 'space', text: ' ', span: (tokens[at] as Token).span }], end } : null;
}

/** `m_0 =`, `v^{(0)} =`: a name with the label 0 or 1 and an equality. */
const isFirstValue = (tokens: readonly Token[]): boolean =>
  /^\s*(?:\\[A-Za-z]+\s*\{?\s*)*(?:\\?[A-Za-z]+(?:_[A-Za-z]{2,})*)\}*\s*(?:_(?:\{?[01]\}?|\{-1\})|\^\{?\(?-?[01]\)?\}?)\s*(?:=|\\gets|\\leftarrow|:=)/.test(
    tokens.map(({ text }) => text).join(''),
  );

const SEPARATOR = /^(?:\\\\|,|;|\\quad|\\qquad)$/;
const FREE =
  /^(?:is |are )?(?:given|arbitrary|fixed|free|chosen|chosen arbitrarily|any|initial (?:point|guess|value|iterate)|(?:the )?(?:starting|start|initial) point)\W*$/i;
const CHOOSE =
  /^\W*(?:given|choose|pick|take|fix|let|input|require|initiali[sz]e(?: at| with)?|start(?:ing)? (?:from|at|with)|for (?:any|an arbitrary|arbitrary))(?: (?:an|a|any|some|the|arbitrary|initial|starting|point|guess))*\W*$/i;

/**
 * The tokens without pieces that only say that the parameters start somewhere. `first` is the label of the first iterate that such a
 * piece names, null where there is none.
 */
export function withoutFreeStarts(
  tokens: readonly Token[],
  parameters: string,
): { tokens: Token[]; first: 0 | 1 | null } {
  const kept: Token[] = [];
  let first: 0 | 1 | null = null;
  for (const { segment, separator } of segmentsOf(tokens)) {
    const label = freeStart(segment, parameters);
    if (label === null) kept.push(...withoutSet(segment), ...separator);
    else {
      first ??= label;
      // A new row and an alignment mark stay, a comma behind nothing does not.
      kept.push(...separator.filter(({ kind, text }) => kind === 'alignment' || text === '\\\\'));
    }
  }
  return { tokens: kept, first };
}

function segmentsOf(tokens: readonly Token[]): { segment: Token[]; separator: Token[] }[] {
  const found: { segment: Token[]; separator: Token[] }[] = [];
  let segment: Token[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    // The braces around the name of an environment and the rows in it are at the top.
    if (token.kind === 'open' || /^(?:\(|\[)$/.test(token.text)) depth += 1;
    if (token.kind === 'close' || /^(?:\)|\])$/.test(token.text)) depth = Math.max(0, depth - 1);
    const isEnvironment = token.kind === 'close' && isNameOfEnvironment(tokens, at);
    if (depth === 0 && (SEPARATOR.test(token.text) || token.kind === 'alignment')) {
      found.push({ segment, separator: [token] });
      segment = [];
    } else if (isEnvironment) {
      found.push({ segment: [...segment, token], separator: [] });
      segment = [];
    } else if (token.text === '\\end' && depth === 0) {
      found.push({ segment, separator: [] });
      segment = [token];
    } else segment.push(token);
  }
  found.push({ segment, separator: [] });
  return found;
}

/** Whether the brace closes \begin{…}. */
function isNameOfEnvironment(tokens: readonly Token[], close: number): boolean {
  const open = tokens.findLastIndex((token, at) => at < close && token.kind === 'open');
  return open > 0 && tokens[open - 1]?.text === '\\begin';
}

/** The label of the parameters where the segment only says that they start somewhere. */
function freeStart(segment: readonly Token[], parameters: string): 0 | 1 | null {
  let words = '';
  const rest: Token[] = [];
  let before = '';
  for (let at = 0; at < segment.length; at += 1) {
    const text = textAt(segment, at);
    const token = segment[at];
    if (text !== null) {
      if (rest.some(({ kind }) => kind !== 'space')) words += text.words;
      else before += text.words;
      at = text.end - 1;
    } else if (token) rest.push(token);
  }
  const formula = rest.map(({ text }) => text).join('');
  const member = /\\in(?![A-Za-z])/.exec(formula);
  const name = (member ? formula.slice(0, member.index) : formula).replace(/[\s~.]|\\[,;:! ]/g, '');
  const label = labelOf(name, parameters);
  if (label === null || /[=<>]|\\(?:le|ge|leq|geq|gets|leftarrow|approx)(?![A-Za-z])/.test(formula)) return null;
  const isSaid =
    (words === '' || FREE.test(words.trim())) &&
    (before === '' || CHOOSE.test(before)) &&
    (member !== null || words + before !== '');
  return isSaid ? label : null;
}

/** 0 or 1 where the text is the parameters with that label. */
function labelOf(text: string, parameters: string): 0 | 1 | null {
  const bare = text.replace(/\\(?:mathbf|boldsymbol|bm|vec|pmb|bar|tilde|hat)(?![A-Za-z])|[{}()]/g, '');
  const core = parameters.replace(/\\(?:mathbf|boldsymbol|bm|vec|pmb|bar|tilde|hat)(?![A-Za-z])|[{}\s]/g, '');
  if (bare === `${core}_0` || bare === `${core}^0`) return 0;
  return bare === `${core}_1` || bare === `${core}^1` ? 1 : null;
}

/** `y_0 = x_0 \in \mathbb R^d` without the set. */
function withoutSet(segment: readonly Token[]): readonly Token[] {
  const member = segment.findIndex(({ text }) => text === '\\in');
  if (member === -1) return segment;
  const [before, behind] = [segment.slice(0, member), segment.slice(member + 1)];
  const isSpace =
    /^\s*(?:\\(?:mathbb|mathbf|mathrm|R|RR|Real)(?:\{?\s*R\s*\}?)?|\\mathbb\s*\{?E\}?)\s*(?:\^\s*(?:\{[^{}]*\}|\\?[A-Za-z]))?[\s.~]*$/.test(
      behind.map(({ text }) => text).join(''),
    );
  const isFirst = isFirstValue(before);
  return isSpace && isFirst ? before : segment;
}

/** The tokens with `t = 1, 2, \dots` as a condition of the last row. */
export function countingFromOne(tokens: readonly Token[], iteration: string): Token[] {
  const last = tokens.findLastIndex(({ kind, text }) => kind !== 'space' && text !== '.');
  const at = tokens[last];
  if (at === undefined) return [...tokens];
  const range = tokenizeText(`\\quad ${iteration} = 1, 2, \\dots`).map(token => ({ ...token, span: at.span }));
  const environment = endOfRows(tokens);
  return [...tokens.slice(0, environment), ...range, ...tokens.slice(environment)];
}

/** Where the rows end: before the \end{…} that close the display. */
function endOfRows(tokens: readonly Token[]): number {
  let end = tokens.length;
  for (;;) {
    const trimmed =
      tokens.slice(0, end).findLastIndex(({ kind, text }) => kind !== 'space' && !/^[.,;]$/.test(text)) + 1;
    const open = tokens.slice(0, trimmed).findLastIndex(({ kind }) => kind === 'open');
    const isEnd = tokens[trimmed - 1]?.kind === 'close' && tokens[open - 1]?.text === '\\end';
    if (!isEnd) return trimmed;
    end = open - 1;
  }
}
