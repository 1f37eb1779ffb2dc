/** Items as the layout makes them: without scripts, decorated, and those that one token makes. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Item, Name } from './item.ts';
import {
  ELEMENTWISE_DIVIDE,
  ELEMENTWISE_TIMES,
  EQUIVALENCES,
  LETTER_COMMANDS,
  PLAIN_COMMANDS,
  TIMES_COMMANDS,
  functionByCommand,
  relationBySpelling,
} from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';

/** What every fresh item has: its place and no scripts. */
export const bare = (span: Span): { span: Span; inner: Span | null; sup: null; sub: null; primes: number } => ({
  span,
  inner: span,
  sup: null,
  sub: null,
  primes: 0,
});
export const named = (name: Name, span: Span): Item => ({ kind: 'name', name, ...bare(span) });
/** A token as messages show it. */
export const show = (token: Token): string => `\`${token.text}\``;

/** Whether what stands before ends an operand, so that a bar closes. */
export function endsOperand(items: readonly Item[]): boolean {
  const last = items[items.length - 1];
  if (last === undefined || last.kind === 'operator' || last.kind === 'function' || last.kind === 'text') return false;
  return last.kind !== 'command' || last.text === '\\infty';
}

/** Items that need no argument: letters, operators, relations, functions. */
export function simpleItem(token: Token): Item | null {
  const text = token.text;
  const span = token.span;
  if (LETTER_COMMANDS.has(text)) return named({ core: text, bold: false, accents: [] }, span);
  const known = functionByCommand(text);
  if (known !== null) return { kind: 'function', name: known, ...bare(span) };
  if (TIMES_COMMANDS.has(text)) return { kind: 'operator', text: '\\cdot', ...bare(span) };
  if (ELEMENTWISE_TIMES.has(text)) return { kind: 'operator', text: '\\odot', ...bare(span) };
  if (ELEMENTWISE_DIVIDE.has(text)) return { kind: 'operator', text: '\\oslash', ...bare(span) };
  if (EQUIVALENCES.has(text)) return { kind: 'operator', text: '\\iff', ...bare(span) };
  if (text !== '\\stackrel' && text !== '\\overset') {
    const relation = relationBySpelling(text);
    if (relation !== null) return { kind: 'operator', text: relation, ...bare(span) };
  }
  if (PLAIN_COMMANDS.has(text)) return { kind: 'command', text, ...bare(span) };
  if (text === '+' || text === '-' || text === '/' || text === ',' || text === ';' || text === '!')
    return { kind: 'operator', text, ...bare(span) };
  return null;
}

/** Puts an accent or bold on the one name in the braces; its scripts move outside. */
export function decorate(items: readonly Item[], change: (name: Name) => Name, span: Span, command: string): Item {
  const only = items[0];
  if (items.length !== 1 || only?.kind !== 'name')
    return refuse('letter-expected', `expected one letter after ${command}`, only?.span ?? span);
  return reframe({ ...only, name: change(only.name) }, span);
}

/** The same item at the place of the braces or the command around it. */
export const reframe = <T extends Item>(item: T, span: Span): T => ({
  ...item,
  span,
  inner: item.sup === null ? span : null,
});
