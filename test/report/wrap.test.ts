import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hanging, padEnd, padStart, textWidth, wrapLines } from '../../src/report/text/wrap.ts';

describe('wrapping', () => {
  test('breaks at spaces and cuts words that are too long', () => {
    expect(wrapLines('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapLines('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapLines('', 10)).toEqual(['']);
    expect(hanging('E = ', 'a b c d e f g h i j k', 24)).toEqual(['E = a b c d e f g h i j', '    k']);
  });

  test('no line is wider than asked, and nothing but white space is lost', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapLines(text, width);
        expect(lines.every(line => textWidth(line) <= width)).toBe(true);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  test('combining marks take no column', () => {
    expect(textWidth('θ̃')).toBe(1);
    expect(padEnd('θ̃', 3)).toBe('θ̃  ');
    expect(padStart('x', 3)).toBe('  x');
  });

  test('wide characters take two columns', () => {
    expect(textWidth('定理')).toBe(4);
    expect(padEnd('定理', 6)).toBe('定理  ');
    expect(wrapLines('定理一二三', 4)).toEqual(['定理', '一二', '三']);
  });
});
