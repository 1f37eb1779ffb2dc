/** Equations of motion written with differentials, d\theta = -\nabla E\,dt, token by token. */
import { refuse } from '../../../base/problem.ts';
import { topLevel } from '../../../latex/display/display-tokens.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { letterEnd, solid } from '../author-tokens.ts';

/** How many tokens the d of a differential has that begins here: `d`, `\mathrm d`, `\mathrm{d}`; 0 where none does. */
export const isD = (tokens: readonly Token[], at: number): number => {
  if (tokens[at]?.text === 'd') return 1;
  if (tokens[at]?.text !== '\\mathrm' && tokens[at]?.text !== '\\text' && tokens[at]?.text !== '\\operatorname')
    return 0;
  const text = tokens.slice(at + 1, at + 4).map(token => token.text);
  return text[0] === 'd' ? 2 : text.join('') === '{d}' ? 4 : 0;
};

/** d\theta = A\,dt + B\,dt as \frac{d\theta}{dt} = A + B. */
export function withoutDifferentials(piece: Piece, known: ReadonlySet<string>): Piece {
  const left = solid(piece.left);
  const sign = isD(left, 0);
  const unit = sign === 0 || known.has('d') ? null : letterEnd(left, sign);
  if (unit === null || piece.relation === null) return piece;
  const right = solid(piece.right);
  const terms = splitTerms(right);
  const ends = terms.map(term => differentialAt(term));
  const times = new Set(ends.flatMap(end => (end === null ? [] : [end.time])));
  const [time] = times;
  if (time === undefined) return piece;
  const without = ends.indexOf(null);
  if (without !== -1 || times.size > 1)
    return refuse(
      'derivative',
      `expected d${time} behind every term of this side`,
      terms[without]?.[0]?.span ?? piece.span,
      'Write parentheses around a sum that is multiplied by it.',
    );
  const [first] = left;
  if (first === undefined) return piece;
  const text = (kind: Token['kind'], content: string): Token => ({ kind, text: content, span: first.span });
  const fraction = [
    text('command', '\\frac'),
    text('open', '{'),
    ...left,
    text('close', '}'),
    text('open', '{'),
    text('letter', 'd'),
    { kind: time.startsWith('\\') ? 'command' : 'letter', text: time, span: first.span } as const,
    text('close', '}'),
  ];
  return { ...piece, left: fraction, right: terms.flatMap((term, at) => term.slice(0, ends[at]?.start)) };
}

/** The terms of a side with their signs. */
export function splitTerms(tokens: readonly Token[]): Token[][] {
  const cuts = topLevel(tokens)
    .filter(({ token, index }) => index > 0 && (token.text === '+' || token.text === '-'))
    .map(({ index }) => index);
  const starts = [0, ...cuts];
  return starts.map((start, at) => tokens.slice(start, starts[at + 1]));
}

/** Where `dt` at the end of a term begins, a period or comma aside. */
function differentialAt(term: readonly Token[]): { start: number; time: string } | null {
  let end = term.length;
  while (end > 0 && /^(?:[.,;]|\\[ ,;:!])$/.test(term[end - 1]?.text ?? '')) end -= 1;
  const time = term[end - 1]?.text;
  if (time === undefined || !LETTER.test(time)) return null;
  // \mathrm dt before dt.
  for (const start of [end - 5, end - 3, end - 2]) {
    const sign = start < 0 ? 0 : isD(term, start);
    if (sign > 0 && start + sign === end - 1) return { start: withoutSpacing(term, start), time };
  }
  return null;
}

const withoutSpacing = (term: readonly Token[], end: number): number => {
  let at = end;
  while (at > 0 && /^\\[ ,;:!]$/.test(term[at - 1]?.text ?? '')) at -= 1;
  return at;
};

/** One letter, also a Greek one. */
export const LETTER = /^(?:[A-Za-z]|\\[A-Za-z]+)$/;
