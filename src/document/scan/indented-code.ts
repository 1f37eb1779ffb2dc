/** Code by indentation in Markdown: four blanks or a tab behind an empty line, outside of lists and footnotes (CommonMark, section 4.4). */
import { leaveOut } from './scan-state.ts';
import type { ScanRule } from './scan-tex.ts';

const INDENTED = /^(?: {4,}|\t| {1,3}\t)[^\n]*\S/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:)(?:[ \t]|$)/;
/** How far is looked back for the item that a line belongs to. */
const FARTHEST = 4_000;

export const readIndentedCode: ScanRule = (state, end) => {
  const { text } = state.source;
  const { at } = state;
  if (at > 0 && text.charAt(at - 1) !== '\n') return false;
  if (!INDENTED.test(text.slice(at, Math.min(end, at + 300))) || !startsBlock(text, at)) return false;
  let next = at;
  while (next < end) {
    const close = text.indexOf('\n', next);
    const line = text.slice(next, close === -1 ? end : close);
    if (line.trim() !== '' && !/^(?: {4}| {0,3}\t)/.test(line)) break;
    next = close === -1 ? end : close + 1;
  }
  state.afterText = true;
  leaveOut(state, Math.max(next, at + 1));
  return true;
};

/** Whether an empty line stands before the place, and what stands before that is no item of a list that goes on. */
function startsBlock(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - FARTHEST), at);
  if (before.trim() !== '' && !/\n[ \t]*\n$/.test(before)) return false;
  const lines = before.split('\n');
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (ITEM.test(line)) return false;
    // Text at the margin behind an empty line ends a list; without one it goes on with the item.
    if (/^\S/.test(line) && (lines[index - 1] ?? '').trim() === '') return true;
  }
  return true;
}
