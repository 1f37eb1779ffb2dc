/** Breaking plain text to a width; long words (ids, formulas) are cut rather than left to stick out. */

/** How many terminal columns a text takes; combining marks take none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) if (!/\p{M}/u.test(character)) width += 1;
  return width;
}

/** Pads on the right with spaces up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Pads on the left. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

function cut(word: string, width: number): string[] {
  const characters = [...word];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += width) pieces.push(characters.slice(at, at + width).join(''));
  return pieces;
}

/** The lines of `text`, none wider than `width`; line feeds in the text are kept. Never empty. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).flatMap(part => (textWidth(part) > width ? cut(part, width) : [part]))) {
      if (line === '') line = word;
      else if (textWidth(line) + 1 + textWidth(word) <= width) line += ` ${word}`;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** The lines of an id, broken behind its hyphens, points and underscores where there are any. */
export function wrapId(id: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of id.split(/(?<=[-._])/).flatMap(part => cut(part, width))) {
    if (textWidth(line) + textWidth(piece) > width) {
      lines.push(line);
      line = '';
    }
    line += piece;
  }
  return [...lines, line];
}

/** Wrapped lines with `first` before the first one and as many spaces before the others. */
export function hanging(first: string, text: string, width: number): string[] {
  const indent = textWidth(first);
  return wrap(text, Math.max(20, width - indent)).map((line, at) =>
    at === 0 ? first + line : ' '.repeat(indent) + line,
  );
}
