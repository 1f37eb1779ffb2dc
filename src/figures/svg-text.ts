/** Text of a figure as SVG: `_j` and `_{1,ε}` are subscripts. */
const SUBSCRIPT = /_(\{[^{}]*\}|[\p{L}\d])/u;

/** Mean width of a character in units of the font size; generous, since fonts differ. */
const CHARACTER = 0.5;

/** The line with its subscripts as smaller text below it, as the inside of a <text> element. */
export function withSubscripts(content: string, size: number): string {
  const drop = hundredths(size * 0.22);
  return content
    .split(SUBSCRIPT)
    .map((piece, at) =>
      at % 2 === 0
        ? escapeXml(piece)
        : `<tspan dy="${drop}" font-size="${hundredths(size * 0.75)}">${escapeXml(piece.replace(/[{}]/g, ''))}</tspan><tspan dy="${-drop}">\u200b</tspan>`,
    )
    .join('');
}

/** The line as it is read aloud. */
export const spokenText = (content: string): string =>
  content.replace(new RegExp(SUBSCRIPT, 'gu'), (_, below: string) => `_${below.replace(/[{}]/g, '')}`);

/** How wide a line is, in points. */
export const widthOfText = (label: string, size: number): number =>
  [...label.replace(/[_{}]/g, '')].length * size * CHARACTER;

/** A length in points, cut to hundredths. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100;

export const escapeXml = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
