/**
 * JSON with places: every value knows where it stands, and a number keeps the digits that were typed.
 *
 * JSON.parse would round 0.1000000000000000000001 and would not say where a wrong entry stands.
 */
import { printParseErrorCode, visit } from 'jsonc-parser';
import { refuse } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';

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
const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** What a mistake of the parser's list is called here; the others say that a value is expected. */
const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a string in double quotes',
  ColonExpected: 'a colon',
  CommaExpected: ', or the closing bracket',
  CloseBraceExpected: ', or }',
  CloseBracketExpected: ', or ]',
  EndOfFileExpected: 'the end of the file',
  InvalidNumberFormat: 'a number',
  UnexpectedEndOfNumber: 'a digit',
  UnexpectedEndOfString: 'the closing double quote',
  InvalidUnicode: 'four hexadecimal digits',
  InvalidEscapeCharacter: 'a known escape',
  InvalidCharacter: 'a character without escape',
};

type Container = Extract<LocatedJson, { readonly kind: 'object' | 'array' }>;

/** A container that is being read, with the key of the entry that comes next. */
type Open = { readonly start: number; key: string } & (
  | { readonly kind: 'object'; readonly entries: Map<string, LocatedJson> }
  | { readonly kind: 'array'; readonly items: LocatedJson[] }
);

const closed = (made: Open, span: Span): Container =>
  made.kind === 'object' ? { kind: 'object', entries: made.entries, span } : { kind: 'array', items: made.items, span };

/** A string, number, boolean or null; `typed` are the letters in the file. */
function literal(value: unknown, typed: string, span: Span): LocatedJson {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: value, span };
    case 'number':
      return { kind: 'number', text: typed, span };
    case 'boolean':
      return { kind: 'boolean', value, span };
    default:
      return { kind: 'null', span };
  }
}

/** Reads one JSON value. Refuses with code `instance-json` and the place of what was not expected; a repeated key is refused. */
export function readLocatedJson(source: Source): LocatedJson {
  const mark = source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const text = source.text.slice(mark);
  const span = (start: number, end: number): Span => ({ source, start: start + mark, end: end + mark });
  if (text.length > LONGEST)
    refuse('instance-json', `a file of ${text.length} characters; at most ${LONGEST}`, span(0, 1));
  const open: Open[] = [];
  const found: LocatedJson[] = [];
  const add = (value: LocatedJson): void => {
    const inner = open.at(-1);
    if (inner?.kind === 'object') inner.entries.set(inner.key, value);
    else (inner?.items ?? found).push(value);
  };
  const begin = (made: Open): void => {
    if (open.length >= DEEPEST)
      refuse('too-deep', `nested deeper than ${DEEPEST} levels`, span(made.start, made.start + 1));
    open.push(made);
  };
  const end = (offset: number, length: number): void => {
    const made = open.pop();
    if (made) add(closed(made, span(made.start, offset + length)));
  };
  visit(
    text,
    {
      onObjectBegin: start => begin({ kind: 'object', entries: new Map(), start, key: '' }),
      onObjectProperty: (key, offset, length) => {
        const inner = open.at(-1);
        if (inner?.kind !== 'object') throw new Error('a property stands in an object');
        if (inner.entries.has(key))
          refuse('instance-json', `the key ${JSON.stringify(key)} is given twice`, span(offset, offset + length));
        inner.key = key;
      },
      onObjectEnd: end,
      onArrayBegin: start => begin({ kind: 'array', items: [], start, key: '' }),
      onArrayEnd: end,
      onLiteralValue: (value, offset, length) =>
        add(literal(value, text.slice(offset, offset + length), span(offset, offset + length))),
      onError: (code, offset) => {
        const expected = EXPECTED[printParseErrorCode(code)] ?? 'a value';
        refuse('instance-json', `${expected} is expected here`, span(offset, Math.min(text.length, offset + 1)));
      },
    },
    STRICT,
  );
  const [value] = found;
  return value ?? refuse('instance-json', 'a value is expected here', span(0, 0));
}
