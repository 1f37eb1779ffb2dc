/** Edits of magic comments: a declaration, a letter of the notation, a key. */
import { textOf } from '../annotation/annotation.ts';
import { isMarkdown } from '../scan/followed-files.ts';
import type { Edit } from './edit.ts';
import type { Mistake } from './entry-text.ts';

/** A line of its own as the file writes comments. */
const comment = (content: string, source: Edit['at']['source']): string =>
  isMarkdown(source) ? `<!-- !modeq ${content} -->` : `% !modeq ${content}`;

/** `where TEXT` for the entry: behind its last declaration, or on a line of its own. */
export function declaration({ entry }: Mistake, text: string): Edit {
  const last = entry.annotation.wheres.at(-1);
  if (last && textOf(last).trim() !== '') {
    const end = last.start + textOf(last).replace(/[\s.;,]+$/, '').length;
    return { at: { ...last, start: end, end }, text: `, ${text}` };
  }
  if (last) return { at: { ...last, end: last.start }, text: ` ${text},` };
  const { source, end } = entry.annotation.span;
  const line = comment(`where ${text}`, source);
  const before = source.text[end - 1] === '\n' ? '' : '\n';
  return { at: { source, start: end, end }, text: before === '' ? `${line}\n` : `${before}${line}` };
}

const NOTATION = /^[ \t]*(?:%+|<!--)\s*!modeq\s+notation\b(.*?)(?:-->)?[ \t]*$/m;

/** `notation ROLE=LETTER …`: in the notation line that there is, else on a first line. */
export function notation({ outline }: Mistake, letters: Readonly<Record<string, string>>): Edit[] {
  const { source } = outline;
  const found = NOTATION.exec(source.text);
  const at = (start: number, end = start): Edit['at'] => ({ source, start, end });
  if (!found) {
    const keys = Object.entries(letters).map(([role, letter]) => `${role}=${letter}`);
    return [{ at: at(0), text: `${comment(`notation ${keys.join(' ')}`, source)}\n` }];
  }
  const content = found[1] ?? '';
  const start = found.index + found[0].indexOf(content, found[0].indexOf('notation'));
  const missing: string[] = [];
  const edits: Edit[] = [];
  for (const [role, letter] of Object.entries(letters)) {
    const own = new RegExp(String.raw`(?<![A-Za-z])${role}\s*=\s*(\{[^{}]*\}|\S+)`).exec(content);
    if (!own) missing.push(` ${role}=${letter}`);
    else {
      const value = start + own.index + own[0].length - (own[1] ?? '').length;
      edits.push({ at: at(value, value + (own[1] ?? '').length), text: letter });
    }
  }
  const end = start + content.trimEnd().length;
  return missing.length > 0 ? [...edits, { at: at(end), text: missing.join('') }] : edits;
}

/** `KEY=VALUE` in the comment of the entry, in place of the value that it has. */
export function keyed({ entry }: Mistake, key: string, value: string): Edit[] {
  const { keys, id, span } = entry.annotation;
  const own = keys.find(each => each.key === key);
  if (own) return [{ at: own.value, text: value }];
  const kind = /!modeq\s+[a-z]+/.exec(textOf(span));
  const behind = id?.span.end ?? (kind ? span.start + kind.index + kind[0].length : null);
  return behind === null ? [] : [{ at: { ...span, start: behind, end: behind }, text: ` ${key}=${value}` }];
}
