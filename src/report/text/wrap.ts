/** Breaking plain text to a number of terminal columns; long words (ids, formulas) are cut rather than left to stick out. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** How many terminal columns a text takes: combining marks take none, wide characters two. */
export const textWidth = (text: string): number => stringWidth(text);

/** Pads on the right with spaces up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Pads on the left. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** The lines of `text`, none wider than `width`; line feeds in the text are kept. Never empty. */
export function wrapLines(text: string, width: number): string[] {
  const words = text.replace(/[^\S\n]+/gu, ' ').replace(/^ | $/gmu, '');
  return wrapAnsi(words, width, { hard: true }).split('\n');
}

/** The lines of an id, broken behind its hyphens, points and underscores where there are any. */
export function wrapId(id: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of id.split(/(?<=[-._])/).flatMap(part => wrapLines(part, width))) {
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
  return wrapLines(text, Math.max(20, width - indent)).map((line, at) =>
    at === 0 ? first + line : ' '.repeat(indent) + line,
  );
}
