/** What belongs together in a typed formula: delimiters around a stretch, and nodes that differ in their children alone. */
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { formulaKey } from '../stated/formula-key.ts';

const OPENING = /(?:\\(?:left|[bB]igg?l?)\s*)?(?:\(|\[|\\\{|\\lbrace)\s*$/;
const CLOSING = /^\s*(?:\\(?:right|[bB]igg?r?)\s*)?(?:\)|\]|\\\}|\\rbrace)/;

/** The stretch with the delimiters right around it; null where there are none. */
export function withDelimiters(span: Span): Span | null {
  const { text } = span.source;
  const open = OPENING.exec(text.slice(0, span.start));
  const close = CLOSING.exec(text.slice(span.end));
  return open && close ? { ...span, start: open.index, end: span.end + close[0].length } : null;
}

/** Sums, and what begins with a sign: as a factor, a base or an argument they need delimiters. */
export const isLoose = ({ kind }: Formula): boolean => kind === 'add' || kind === 'negate';

/** Whether two nodes are alike but for their children. */
export function sameHead(one: Formula, other: Formula): boolean {
  if (one.kind !== other.kind) return false;
  const parts = children(other);
  if (children(one).length !== parts.length) return false;
  return formulaKey(withChildren(one, parts)) === formulaKey(other);
}
