/**
 * Labels in words: x_{\text{new}} = x_{\text{old}} - …, x^+ = x - …, x' = x - …. They become those of the step, (n+1) and (n); where one
 * value of a name is called new, the name alone is its old one.
 */
import { canonicalNameOf } from '../../latex/layout/canonical-name.ts';
import type { Token } from '../../latex/notation/token.ts';
import { scriptEnd } from './author-names.ts';
import { letterEnd, solid } from './author-tokens.ts';

const NEW = /^(?:new|next|\+|')$/;
const OLD = /^(?:old|current|curr|cur)$/;

interface Side {
  readonly tokens: readonly Token[];
}

/** A name at `at` with the word on it; `word` is null where it has none. */
interface Worded {
  readonly name: string;
  readonly nameEnd: number;
  readonly word: string | null;
  readonly end: number;
}

function wordedAt(tokens: readonly Token[], at: number): Worded | null {
  const nameEnd = letterEnd(tokens, at);
  const name = nameEnd === null ? null : canonicalNameOf(tokens.slice(at, nameEnd));
  if (nameEnd === null || name === null) return null;
  const mark = tokens[nameEnd];
  if (mark?.text === "'" && tokens[nameEnd + 1]?.text !== "'") return { name, nameEnd, word: "'", end: nameEnd + 1 };
  if (mark?.kind !== 'subscript' && mark?.kind !== 'superscript') return { name, nameEnd, word: null, end: nameEnd };
  let end = nameEnd + 1;
  let depth = 0;
  do {
    const token = tokens[end];
    if (token === undefined) return null;
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    end += 1;
  } while (depth > 0 || /^\\(?:text|mathrm|textrm|mathit|textit|rm|text[a-z]*)$/.test(tokens[end - 1]?.text ?? ''));
  const word = solid(tokens.slice(nameEnd + 1, end))
    .map(({ text }) => text)
    .join('')
    .replace(/\\(?:text|mathrm|textrm|mathit|textit|rm)|[{}]/g, '');
  const known = NEW.test(word) || OLD.test(word);
  return { name, nameEnd, word: known ? word : '', end };
}

/** The names of which some value is called new; `'` counts only where `primes` says so. */
export function newNames(sides: readonly Side[], primes: boolean): Set<string> {
  const found = new Set<string>();
  for (const { tokens } of sides) {
    for (let at = 0; at < tokens.length; at += 1) {
      const worded = wordedAt(tokens, at);
      if (worded?.word && NEW.test(worded.word) && (worded.word !== "'" || primes)) found.add(worded.name);
    }
  }
  return found;
}

const symbol = (text: string, kind: Token['kind'], at: Token): Token => ({ kind, text, span: at.span });

/** Where the script at `at` ends if it is one name without a word; null for any other. */
function bareScriptEnd(tokens: readonly Token[], at: number): number | null {
  const end = scriptEnd(tokens, at);
  if (end === null || tokens[at]?.kind !== 'subscript') return null;
  const inside = solid(tokens.slice(at + 1, end)).filter(({ kind }) => kind !== 'open' && kind !== 'close');
  return wordedAt(inside, 0)?.word === null && letterEnd(inside, 0) === inside.length ? end : null;
}

/** The tokens with the labels of the step instead of words, for the names that have a new value. */
export function withStepLabels(
  tokens: readonly Token[],
  names: ReadonlySet<string>,
  iteration: readonly Token[],
): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    // The letter under \\nabla_\\theta is that by which is derived, not its old value.
    const script = token.text === '\\nabla' ? bareScriptEnd(tokens, at + 1) : null;
    if (script !== null) {
      found.push(...tokens.slice(at, script));
      at = script - 1;
      continue;
    }
    const worded = wordedAt(tokens, at);
    if (worded === null || !names.has(worded.name) || worded.word === '') {
      found.push(token);
      continue;
    }
    const isNew = worded.word !== null && NEW.test(worded.word);
    const place = (text: string, kind: Token['kind']): Token => symbol(text, kind, token);
    found.push(
      ...tokens.slice(at, worded.nameEnd),
      place('^', 'superscript'),
      place('{', 'open'),
      place('(', 'symbol'),
    );
    found.push(...iteration.map(each => ({ ...each, span: token.span })));
    if (isNew) found.push(place('+', 'symbol'), place('1', 'digit'));
    found.push(place(')', 'symbol'), place('}', 'close'));
    at = worded.end - 1;
  }
  return found;
}
