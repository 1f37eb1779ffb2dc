/** LaTeX as text: groups, commands, displays with what is said before them. Shares no code with the program. */

/** The end (behind the closing brace) of the group that opens at `start`; -1 where it is not closed. */
export function groupEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

export interface Fraction {
  readonly start: number;
  readonly end: number;
  readonly over: string;
  readonly under: string;
}

/** Every `\frac{…}{…}` of the text, the outer before the inner ones. */
export function fractions(text: string): Fraction[] {
  return [...text.matchAll(/\\frac\{/g)].flatMap(({ index: start }) => {
    const middle = groupEnd(text, start + 5);
    if (middle < 0 || text[middle] !== '{') return [];
    const end = groupEnd(text, middle);
    return end < 0
      ? []
      : [{ start, end, over: text.slice(start + 6, middle - 1), under: text.slice(middle + 1, end - 1) }];
  });
}

/** A display and the magic comments before it. */
export interface Block {
  readonly kind: string;
  readonly id: string;
  readonly head: string;
  readonly body: string;
}

const BLOCK =
  /((?:[ \t]*%[ \t]*!modeq[^\n]*\n)+)[ \t]*(\\begin\{(align|gather|equation|multline)(\*?)\}[\s\S]*?\\end\{\3\4\}|\\\[[\s\S]*?\\\])/g;

/** The annotated displays of a file; claims in the text stay what they are and are left out. */
export function blocks(text: string): Block[] {
  return [...text.matchAll(BLOCK)].flatMap(([, head = '', body = '']) => {
    const lines = head.trim().split('\n');
    const first = lines.findLastIndex(line => /!modeq (?:claim|optimizer|definition)\b/.test(line));
    const [, kind, id] = /!modeq (\w+) ([A-Za-z0-9._-]+)/.exec(lines[first] ?? '') ?? [];
    const inline = lines.slice(0, first + 1).filter(line => line.includes('$'));
    const own = lines.filter(line => !inline.includes(line)).join('\n');
    return kind === undefined || id === undefined || own === '' || (inline.length > 0 && !own.includes(id))
      ? []
      : [{ kind, id, head: `${own}\n`, body }];
  });
}

export const written = ({ head, body }: Block): string => `${head}${body}\n`;

/** The rows of a display's inside, with its environment around them. */
export function rowsOf(body: string): {
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
} {
  const [open = ''] = /^\\begin\{\w+\*?\}|^\\\[/.exec(body) ?? [];
  const [close = ''] = /\\end\{\w+\*?\}$|\\\]$/.exec(body) ?? [];
  const inside = body.slice(open.length, body.length - close.length);
  return { open, rows: inside.split(/\\\\(?:\[[^\]]*\])?/), close };
}

export const joinedRows = (open: string, rows: readonly string[], close: string): string =>
  `${open}${rows.join('\\\\')}${close}`;
