/** Characters of READMEs for subscripts, superscripts, accents and roots: each text is the LaTeX beside it, token by token. */
import { describe, expect, it } from 'vitest';
import { tokenizeText } from '../../src/latex/notation/tokenize.ts';

const R = String.raw;
const texts = (text: string): string[] =>
  tokenizeText(text)
    .filter(({ kind }) => kind !== 'space')
    .map(token => token.text);

describe('characters that stand for LaTeX', () => {
  it.each([
    ['vₜ₊₁', 'v_{t+1}'],
    ['β₁ᵗ', R`\beta_{1}^{t}`],
    ['x²', 'x^{2}'],
    ['x⁽ᵏ⁺¹⁾', 'x^{(k+1)}'],
    ['m\u0302ₜ', R`\hat{m}_{t}`],
    ['ĝ + ỹ', R`\hat{g} + \tilde{y}`],
    ['θ\u0304', R`\bar{\theta}`],
    ['√(v + ε)', R`\sqrt{v + \varepsilon}`],
    ['√v\u0302ₜ + ε', R`\sqrt{\hat{v}_{t}} + \varepsilon`],
    ['√((a)b)c', R`\sqrt{(a)b}c`],
    ['√12x', R`\sqrt{12}x`],
    ['xᵦ', R`x_{\beta}`],
  ])('%s is %s', (characters, latex) => expect(texts(characters)).toEqual(texts(latex)));

  it('leaves a letter with another accent, and a parenthesis that is not closed, as they are', () => {
    expect(texts('é')).toEqual(['é']);
    expect(texts('√(v')).toEqual([R`\sqrt`, '(', 'v']);
  });

  it('has places in the text', () => {
    const tokens = tokenizeText('m\u0302ₜ₊₁');
    expect(tokens.map(({ span }) => [span.start, span.end])).toEqual([
      [0, 0],
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 2],
      [2, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 5],
    ]);
  });
});
