/** Colour for terminals, and the width of text that carries it. Painting is off unless the caller turns it on. */

export type Colour = 'green' | 'red' | 'yellow' | 'magenta' | 'cyan' | 'dim' | 'bold';

const CODES: Readonly<Record<Colour, string>> = {
  green: '32',
  red: '31',
  yellow: '33',
  magenta: '35',
  cyan: '36',
  dim: '2',
  bold: '1',
};

export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_, text) => text;
export const ansi: Paint = (colour, text) => (text === '' ? '' : `\u001b[${CODES[colour]}m${text}\u001b[0m`);

/**
 * Removes what could steer a terminal (escape sequences and other control characters but the line feed), so that a text
 * quoted from a document cannot repaint the verdict printed beside it.
 */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character =>
    character === '\n' ? character : '\ufffd',
  );
}
