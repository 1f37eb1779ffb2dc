/** The line with a caret under a problem: the caret stands under the very character, whatever stands before it. */
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { caretLines } from '../../src/report/text/caret-lines.ts';
import { sourceLine } from '../../src/report/text/source-line.ts';

/** Carets under the first `!…!`, whose marks are taken out. */
function under(marked: string, width = 78): readonly [string, string] {
  const start = marked.indexOf('!');
  const end = marked.indexOf('!', start + 1) - 1;
  return caretLines(sourceLine({ source: { name: 'a.tex', text: marked.replaceAll('!', '') }, start, end }), width);
}

/** What stands above the carets. */
function above([line, carets]: readonly [string, string]): string {
  const from = carets.indexOf('^');
  let column = 0;
  let text = '';
  for (const character of line) {
    if (column >= from && column < carets.length) text += character;
    column += stringWidth(character);
  }
  return text;
}

describe('the caret', () => {
  test.each([
    ['in a plain line', 'first\n  x = !\\foo! + 1\nlast', '\\foo'],
    ['at the beginning', '!x! = 1', 'x'],
    ['at the end', 'a\nb = !c!', 'c'],
    ['behind wide characters', '漢字 = !\\foo! 漢', '\\foo'],
    ['under wide characters', 'x = !漢字! + 1', '漢字'],
    ['behind an astral character', '𝛽 + !y!', 'y'],
    ['behind a tab', '\tx\t= !y!', 'y'],
  ])('%s', (_, text, wanted) => {
    expect(above(under(text))).toBe(wanted);
  });

  test('stands behind combining marks, which take no column', () => {
    expect(under('e\u0301 = !y!')).toEqual(['e\u0301 = y', '    ^']);
  });
  test('stands behind the last character where something is missing there', () => {
    expect(under('x = !!\nz')).toEqual(['x =', '    ^']);
  });
  test('ends with its line', () => {
    expect(under('x = !a\nb\nc!')).toEqual(['x = a', '    ^']);
  });
  test.each([0, 10, 200, 5_000])('stays within the width, %d characters behind the beginning', before => {
    const [line, carets] = under(`${'漢+'.repeat(before)}!\\foo!${'-\t1'.repeat(before)}`, 60);
    expect(stringWidth(line)).toBeLessThanOrEqual(60);
    expect(above([line, carets])).toBe('\\foo');
  });
  test('shows no control characters', () => {
    expect(under('\u001b[2J !x!')).toEqual(['\ufffd[2J x', '     ^']);
  });
});
