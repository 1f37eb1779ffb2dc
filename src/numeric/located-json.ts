/**
 * JSON with places: every value knows where it stands, and a number keeps the digits that were typed.
 *
 * JSON.parse would round 0.1000000000000000000001 and would not say where a wrong entry stands.
 */
import { refuse } from '../base/problem.ts';
import type { Source, Span } from '../base/span.ts';

export type LocatedJson = { readonly span: Span } & (
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, LocatedJson> }
  | { readonly kind: 'array'; readonly items: readonly LocatedJson[] }
  | { readonly kind: 'string'; readonly text: string }
  /** As typed: "1e-8". */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

const DEEPEST = 100;
const LONGEST = 50_000_000;

/** Reads one JSON value. Refuses with code `instance-json` and the place of what was not expected; a repeated key is refused. */
export function readLocatedJson(source: Source): LocatedJson {
  const { text } = source;
  let at = 0;
  const span = (start: number, end: number): Span => ({ source, start, end });
  const fail = (expected: string, where = at): never =>
    refuse('instance-json', `${expected} is expected here`, span(where, Math.min(text.length, where + 1)));
  const skip = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  };
  const token = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const string = (): string => {
    const start = at;
    const raw = token(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy);
    if (raw === null) return fail('a string in double quotes', start);
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : fail('a string', start);
  };
  const value = (depth: number): LocatedJson => {
    if (depth > DEEPEST) return refuse('too-deep', `nested deeper than ${DEEPEST} levels`, span(at, at + 1));
    skip();
    const start = at;
    switch (text.charAt(at)) {
      case '{':
        return object(start, depth);
      case '[': {
        const items: LocatedJson[] = [];
        list(']', () => items.push(value(depth + 1)));
        return { kind: 'array', items, span: span(start, at) };
      }
      case '"': {
        const inner = string();
        return { kind: 'string', text: inner, span: span(start, at) };
      }
      default: {
        const number = token(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
        if (number !== null) return { kind: 'number', text: number, span: span(start, at) };
        const word = token(/true|false|null/y);
        if (word === null) return fail('a value');
        return word === 'null'
          ? { kind: 'null', span: span(start, at) }
          : { kind: 'boolean', value: word === 'true', span: span(start, at) };
      }
    }
  };
  /** Items between the bracket at `at` and `close`, separated by commas. */
  const list = (close: string, item: () => void): void => {
    at += 1;
    skip();
    if (text.charAt(at) === close) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      skip();
      const next = text.charAt(at);
      if (next !== ',' && next !== close) fail(`, or ${close}`);
      at += 1;
      if (next === close) return;
    }
  };
  const object = (start: number, depth: number): LocatedJson => {
    const entries = new Map<string, LocatedJson>();
    list('}', () => {
      skip();
      const keyAt = at;
      const key = string();
      if (entries.has(key)) refuse('instance-json', `the key ${JSON.stringify(key)} is given twice`, span(keyAt, at));
      skip();
      if (text.charAt(at) !== ':') fail('a colon');
      at += 1;
      entries.set(key, value(depth + 1));
    });
    return { kind: 'object', entries, span: span(start, at) };
  };
  if (text.length > LONGEST)
    refuse('instance-json', `a file of ${text.length} characters; at most ${LONGEST}`, span(0, 1));
  if (text.charCodeAt(0) === 0xfeff) at = 1;
  const result = value(0);
  skip();
  if (at < text.length) fail('the end of the file');
  return result;
}
