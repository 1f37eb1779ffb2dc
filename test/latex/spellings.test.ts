/** Spellings of other renderers and plain TeX's fractions: each text is the usual LaTeX beside it, token by token. */
import { describe, expect, it } from 'vitest';
import { withUsualSpellings } from '../../src/latex/notation/spellings.ts';
import { tokenizeText } from '../../src/latex/notation/tokenize.ts';

const R = String.raw;
const texts = (text: string): string[] =>
  withUsualSpellings(tokenizeText(text))
    .filter(({ kind }) => kind !== 'space')
    .map(token => token.text);

describe('usual spellings', () => {
  it.each([
    [R`\eta \sdot g`, R`\eta \cdot g`],
    [R`\triangledown f + \bigtriangledown g`, R`\nabla f + \nabla g`],
    [R`\Bbb{E}`, R`\mathbb{E}`],
    [R`x \larr y`, R`x \leftarrow y`],
    [R`{1 \over 2}`, R`{\frac{1}{2}}`],
    [R`\eta {1 \over n} \sum_i x_i`, R`\eta {\frac{1}{n}} \sum_i x_i`],
    [R`\sqrt{a \over b}`, R`\sqrt{\frac{a}{b}}`],
    [R`{a \over {b \over c}}`, R`{\frac{a}{{\frac{b}{c}}}}`],
    [R`\left(a + b \over c\right)^2`, R`\left(\frac{a + b}{c}\right)^2`],
    [R`x_{a \over b}`, R`x_{\frac{a}{b}}`],
  ])('%s is %s', (typed, usual) => expect(texts(typed)).toEqual(texts(usual)));

  it('leaves a fraction of the whole formula, and two in one group, as they are', () => {
    for (const text of [R`1 \over 2`, R`{a \over b \over c}`]) expect(texts(text)).toContain(R`\over`);
  });
});
