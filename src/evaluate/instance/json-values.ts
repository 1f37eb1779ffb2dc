/** What an instance's JSON is made of: typed values, exact numbers, expressions, each refused with its place. */
import { attempt, type Problem, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { Rational } from '../../number/rational.ts';
import type { LocatedJson } from './located-json.ts';

type Located<K extends LocatedJson['kind']> = Extract<LocatedJson, { readonly kind: K }>;
export type Entries = ReadonlyMap<string, LocatedJson>;

/** Gathers problems, so that one wrong entry does not hide the next. */
export class Mistakes {
  readonly problems: Problem[] = [];
  /** The value, or `fallback` after a refusal, which is kept. */
  try<T, F>(action: () => T, fallback: F): T | F {
    const result = attempt(action);
    if (result.ok) return result.value;
    this.problems.push(...result.problems);
    return fallback;
  }
}

export function expect<K extends LocatedJson['kind']>(value: LocatedJson, kind: K, expected: string): Located<K>;
export function expect(value: LocatedJson, kind: string, expected: string): LocatedJson {
  return value.kind === kind ? value : refuse('instance-type', `${expected} is expected here`, value.span);
}

/** The entry, which must be there. */
export function required(entries: Entries, key: string, span: Span): LocatedJson {
  return (
    entries.get(key) ??
    refuse('instance-missing', `the instance lacks ${JSON.stringify(key)}`, { ...span, end: span.start + 1 })
  );
}

/** An exact number: "1/3", "0.25", "1e-8", or a JSON number by the digits typed. */
export function exactNumber(value: LocatedJson): Rational {
  if (value.kind !== 'string' && value.kind !== 'number')
    return refuse('instance-type', 'a number is expected here: "1/3", "0.25" or 1e-8', value.span);
  return (
    Rational.parse(value.text) ??
    refuse(
      'instance-number',
      `${JSON.stringify(value.text.slice(0, 40))} is not a number`,
      value.span,
      'write "1/3", "0.25" or "1e-8"',
    )
  );
}

/** The text of an expression and where it stands inside the quotes. */
export function expression(value: LocatedJson): { text: string; span: Span } {
  if (value.kind === 'number') return { text: value.text, span: value.span };
  const { text, span } = expect(value, 'string', 'an expression in a string');
  return { text, span: { ...span, start: span.start + 1, end: span.end - 1 } };
}
