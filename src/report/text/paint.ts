/** Colour for terminals, and text made harmless for them. Painting is off unless the caller turns it on. */
import colours from 'picocolors';

export type Colour = 'green' | 'red' | 'yellow' | 'magenta' | 'cyan' | 'dim' | 'bold';

const colour = colours.createColors(true);

export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_, text) => text;
export const ansi: Paint = (name, text) => (text === '' ? '' : colour[name](text));

/**
 * Removes what could steer a terminal (escape sequences and other control characters but the line feed), so that a text
 * quoted from a document cannot repaint the verdict printed beside it.
 */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character =>
    character === '\n' ? character : '\ufffd',
  );
}
