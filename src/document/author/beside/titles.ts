/**
 * Words around an optimizer's rows that say nothing of them: a row of words alone, `\text{New Update Rule} \\`, a title in front of a row,
 * `\text{momentum: } \quad v_t = …`, what a program is given and returns, and remarks behind a row, `\text{ - blend in the past}`, `\triangleright \text{…}`.
 */
import type { Token } from '../../../latex/notation/token.ts';
import { isConnective, tellsSomething as tells } from '../../../latex/notation/words.ts';
import { relationsIn } from '../../../latex/display/condition.ts';
import { tokenRows } from './token-rows.ts';

const TEXT = /^\\(?:text|textrm|textbf|textit|textsf|texttt|textsc|textnormal|mbox|emph|textup)$/;
/** Words after which a formula is a first value, a condition or a definition. */
const OPENS =
  /\b(?:init|initiali[sz]\w*|start\w*|set|let|choose|pick|where|with|while|for|foreach|loop|repeat|do|end|endfor|else|elif|then|define\w*|denote\w*|whose)\b/i;
const GIVEN = /^\W*(?:given|inputs?|require[sd]?|outputs?|returns?|ensure|data|result|parameters|hyper-?parameters)\b/i;
/** When a row holds. */
const WHEN =
  /\b(?:every|each|once|twice|odd|even|per|after|before|during|initially|optional(?:ly)?|alternat\w*|repeat\w*|times|warm-?up|phase|skip\w*|periodic\w*|steps|iterations|epochs?)\b/i;
/** What a program says of the data that it takes. */
const ON_DATA =
  /\b(?:on|using|with|for|from) (?:the |a |an |each )?(?:current |whole |next |random |same )*(?:mini-?batch|batch|sample|samples|data)\b/gi;
const tellsSomething = (words: string): boolean => tells(words) || WHEN.test(words);
/** In front of a list, also of one with relations. */
const LISTS = /^\W*(?:given|inputs?|require[sd]?|outputs?|returns?|ensure)\b/i;
const SPACES = /^\\(?:quad|qquad|enspace|[,;:! ]|hspace|hfill|nonumber|notag)$/;
const MARKS = /^\\(?:triangleright|rhd|vartriangleright|blacktriangleright|Comment|tcp|tcc)$/;

/** What a step does before a row says how: `receive gradient`, `compute the stochastic gradient`. */
const ASKS =
  /^\W*(?:receive|compute|calculate|evaluate|obtain|get|update|sample|draw|observe|form|take|query)(?: (?:the|a|an|new|current|stochastic|mini-?batch|full|biased?|corrected|bias-corrected|first|second|order|raw))*(?: (?:gradient|gradients|moment|momentum|moments|estimate|estimates|parameters|weights|iterate|direction|buffer|velocity|step|point))*\W*$/i;

/** The tokens without such words. */
export function withoutTitles(tokens: readonly Token[]): Token[] {
  let isGiven = false;
  return tokenRows(tokens).flatMap(({ row, end }) => {
    const { marks, body } = opened(row);
    const titled = withoutTitle(withoutRemarkBehind(body));
    const { words, rest } = apart(titled);
    // What \left\{ opens is closed in another row.
    const hasRelation = relationsIn(rest).length > 0 || (rest.some(isLeft) && rest.some(({ text }) => text === '='));
    const plain = words.replace(ON_DATA, '');
    const isList: boolean = !hasRelation && words !== '' && (GIVEN.test(words) || (isGiven && isOfRemarks(titled)));
    isGiven = isList;
    if (
      isList ||
      (words !== '' && !hasRelation && !tellsSomething(plain) && !OPENS.test(plain) && !isConnective(words))
    )
      return [...marks, ...ends(titled), ...(marks.length + ends(titled).length > 0 ? [] : end)];
    return [...marks, ...titled, ...end];
  });
}

const isLeft = ({ text }: Token): boolean => text === '\\left';

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.kind === 'open') depth += 1;
    if (tokens[at]?.kind === 'close') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

const isIdle = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'space' || token.kind === 'alignment' || SPACES.test(token.text));

/** What opens environments at the beginning of a row, and the rest. */
function opened(row: readonly Token[]): { marks: Token[]; body: Token[] } {
  let at = 0;
  for (;;) {
    let next = at;
    while (isIdle(row[next])) next += 1;
    if (row[next]?.text === '\\left') next += 2;
    while (isIdle(row[next])) next += 1;
    if (row[next]?.text !== '\\begin' || row[next + 1]?.kind !== 'open') break;
    at = closing(row, next + 1) + 1;
    // The columns of an array, aligned[t].
    while (row[at]?.kind === 'open' || row[at]?.text === '[')
      at =
        row[at]?.kind === 'open'
          ? closing(row, at) + 1
          : row.findIndex((each, place) => place > at && each.text === ']') + 1;
  }
  return { marks: row.slice(0, at), body: row.slice(at) };
}

/** What closes environments, of a row that is dropped. */
function ends(row: readonly Token[]): Token[] {
  const at = row.findIndex(({ text }) => text === '\\end' || text === '\\right');
  return at === -1 ? [] : row.slice(at);
}

interface Text {
  readonly words: string;
  readonly end: number;
}

function textAt(tokens: readonly Token[], at: number): Text | null {
  if (!TEXT.test(tokens[at]?.text ?? '') || tokens[at + 1]?.kind !== 'open') return null;
  const close = closing(tokens, at + 1);
  const words = tokens
    .slice(at + 2, close)
    .map(({ text }) => text)
    .join('');
  return { words, end: close + 1 };
}

/** All words of a row, and what stands beside them. */
function apart(row: readonly Token[]): { words: string; rest: Token[] } {
  const rest: Token[] = [];
  let words = '';
  for (let at = 0; at < row.length; at += 1) {
    const text = textAt(row, at);
    const token = row[at];
    const isScript =
      row[at - 1]?.kind === 'subscript' || row[at - 1]?.kind === 'superscript' || row[at - 1]?.kind === 'open';
    if (text !== null && !isScript && !text.words.includes('$')) {
      words += `${text.words} `;
      at = text.end - 1;
    } else if (token) rest.push(token);
  }
  return { words: words.trim(), rest };
}

/** `\gamma \text{ (lr)}, \lambda \text{ (weight decay)}`: only names with remarks in parentheses. */
const isOfRemarks = (row: readonly Token[]): boolean => {
  const texts = row.flatMap((_, at) => textAt(row, at)?.words ?? []);
  return texts.length > 0 && texts.every(words => /^\s*\(.*\)\s*,?\s*$/.test(words));
};

/** A title `word word:` in front, or a mark of one. */
function withoutTitle(row: readonly Token[]): Token[] {
  let at = 0;
  while (isIdle(row[at])) at += 1;
  const text = textAt(row, at);
  if (text === null || text.words.includes('$')) return [...row];
  let end = text.end;
  while (row[end]?.kind === 'space') end += 1;
  const isDefinition = row[end]?.text === ':' && row[end + 1]?.text === '=';
  let behind = end;
  while (isIdle(row[behind])) behind += 1;
  // \text{update} = …: a name, not what is done.
  if (/^(?:=|\\(?:gets|leftarrow|coloneqq))$/.test(row[behind]?.text ?? '')) return [...row];
  const isEnded = /:\s*$/.test(text.words) || (row[end]?.text === ':' && !isDefinition);
  const words = text.words.replace(/:\s*$/, '');
  const isTitle =
    (isEnded || ASKS.test(words)) &&
    /^[\s\d.)(]*[A-Za-z][A-Za-z0-9 .,'’~&+()/-]*$/.test(words) &&
    !/^\s*\(.*\)\s*$/.test(words);
  if (!isTitle || tellsSomething(words) || OPENS.test(words) || LISTS.test(words) || isConnective(words))
    return [...row];
  if (row[end]?.text === ':') end += 1;
  return [...row.slice(0, at), ...row.slice(end)];
}

/** A remark that a dash, `//`, `#`, `%` or a triangle opens, at the end of a row. */
function withoutRemarkBehind(row: readonly Token[]): Token[] {
  const kept = ends(row);
  const body = row.slice(0, row.length - kept.length);
  for (let at = 0; at < body.length; at += 1) {
    const isMark = MARKS.test(body[at]?.text ?? '');
    let start = at;
    if (isMark) start += 1;
    while (isMark && body[start]?.kind === 'space') start += 1;
    const text = textAt(body, start);
    if (text === null || !(isMark || /^[\s~]*(?:[-–—#%]|\/\/|\\#|\\%|\$\\triangleright\$)/.test(text.words))) continue;
    const words = text.words.replace(/^[^A-Za-z]*/, '');
    const isLast = body.slice(text.end).every(token => isIdle(token) || /^[.,;]$/.test(token.text));
    const isRemark = isLast && /^[A-Za-z][A-Za-z0-9 .,'’~&+()/-]*$/.test(words.trim());
    if (
      !isRemark ||
      /\b(?:if|when|whenever|unless|until|only|except|otherwise|instead|not|without|skip|every|once)\b/i.test(words)
    )
      continue;
    return [...body.slice(0, at), ...kept];
  }
  return [...row];
}
