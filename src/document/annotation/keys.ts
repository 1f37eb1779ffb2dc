/**
 * The keys of a magic comment, checked against one table. Values that are formulas stay text here, with their place.
 *
 * Every mistake is reported, not only the first, and a wrong value never falls back to the default without a word.
 */
import { usualBrackets } from './domain.ts';
import { BEFORE_FIRST, type BeforeFirst } from '../../notation/before-first.ts';
import { REGIMES, type Regime } from '../../notation/regimes.ts';
import { MEANS, type MeanOf, SETTINGS, type Setting, type WeakApproximation } from '../../notation/settings.ts';
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { type Annotation, type KeyValue, type Kind, textOf } from './annotation.ts';
import { closest } from './closest.ts';
import { CHANGE_KEYS, type ChangeKey, wordsOfKey } from '../changes.ts';
import { VERDICTS, type Verdict } from '../model.ts';

/** The keys that a kind takes, `notation` aside, which has letters instead. */
const KEYS: Readonly<Record<Exclude<Kind, 'notation'>, readonly string[]>> = {
  optimizer: ['observe', 'before-first'],
  definition: ['about', 'given'],
  claim: [
    'about',
    'setting',
    'order',
    'limit',
    'regime',
    ...CHANGE_KEYS,
    'same-as',
    'given',
    'assume',
    'vector',
    'flow',
    'mean',
    'weak-order',
    'noise-scale',
    'expect',
  ],
  ignore: [],
};

/** A value together with where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** The keys of a claim or definition; null where a key was left out. */
export interface Keys {
  readonly about: Placed<string> | null;
  readonly setting: Setting | null;
  readonly order: number | null;
  readonly limit: 'large-n' | null;
  readonly regime: Regime | null;
  /** The keys that change the derived equation: one of their words, or the text of formulas. */
  readonly changes: ReadonlyMap<ChangeKey, Placed<string>>;
  readonly sameAs: Placed<string> | null;
  readonly given: readonly Placed<string>[];
  readonly assume: readonly Span[];
  readonly vector: 'componentwise' | null;
  readonly flow: Span | null;
  /** What a mean over the batches is taken of. */
  readonly mean: MeanOf | null;
  /** To which order a stochastic equation approximates the rule, and how large its noise is. */
  readonly weak: WeakApproximation | null;
  /** Of an optimizer: the sequence that is followed instead of the parameters. */
  readonly observe: Placed<string> | null;
  /** Of an optimizer: what E_k is for k < 0. */
  readonly beforeFirst: BeforeFirst | null;
  readonly expect: Verdict;
}

/** Reads and checks the keys of an annotation of any kind but `notation`. */
export function readKeys(annotation: Annotation, kind: Exclude<Kind, 'notation'>): { keys: Keys; problems: Problem[] } {
  const problems: Problem[] = [];
  const values = new Map<string, KeyValue>();
  for (const entry of annotation.keys) {
    const expected = KEYS[kind];
    if (!expected.includes(entry.key)) problems.push(unknownKey(entry, kind, expected));
    else if (values.has(entry.key)) {
      problems.push({ code: 'duplicate-key', message: `the key ${entry.key} is given twice`, span: entry.keySpan });
    } else values.set(entry.key, entry);
  }
  const spanOf = (key: string): Span | null => values.get(key)?.value ?? null;
  const word = (key: string): Placed<string> | null => {
    const span = spanOf(key);
    return span ? { value: textOf(span).trim(), span } : null;
  };
  function choice<T extends string>(
    key: string,
    allowed: readonly T[],
    aliases: Readonly<Record<string, T>> = {},
  ): T | null {
    const found = word(key);
    if (!found) return null;
    const value = allowed.find(each => each === found.value) ?? aliases[found.value];
    if (value === undefined && found.value !== '') problems.push(unknownValue(key, found, allowed));
    return value ?? null;
  }
  const readChangeKeys = (): Keys['changes'] =>
    new Map(
      CHANGE_KEYS.flatMap(key => {
        const typed = word(key);
        const words = wordsOfKey(key);
        const isRead = typed !== null && (words === null || choice(key, words) !== null);
        return isRead ? [[key, typed] as const] : [];
      }),
    );
  const keys: Keys = {
    about: word('about'),
    setting: choice('setting', SETTINGS),
    order: readOrder(word('order'), problems),
    limit: choice('limit', ['large-n'], { 'n->infinity': 'large-n' }),
    regime: choice('regime', REGIMES),
    changes: readChangeKeys(),
    sameAs: word('same-as'),
    given: list(spanOf('given')).map(span => ({ value: textOf(span), span })),
    assume: list(spanOf('assume')),
    vector: choice('vector', ['componentwise']),
    flow: spanOf('flow'),
    mean: choice('mean', MEANS),
    weak: weakOf(
      choice('weak-order', ['1', '2']),
      choice('noise-scale', ['1', '0']),
      spanOf('noise-scale') ?? annotation.span,
      problems,
    ),
    observe: word('observe'),
    beforeFirst: choice('before-first', BEFORE_FIRST),
    expect: choice('expect', VERDICTS) ?? 'proved',
  };
  return { keys, problems };
}

function weakOf(
  order: '1' | '2' | null,
  noise: '0' | '1' | null,
  span: Span,
  problems: Problem[],
): WeakApproximation | null {
  const problem = (message: string, hint: string): null => {
    problems.push({ code: 'weak-order', message, hint, span });
    return null;
  };
  if (order === null)
    return noise === null ? null : problem('noise-scale= goes with weak-order=', 'Say weak-order=1 or weak-order=2.');
  if (order === '2' && noise === '0')
    return problem(
      'noise of the size of the drift is judged to weak order 1',
      'Say weak-order=1, or leave out noise-scale=0.',
    );
  return { order: order === '1' ? 1 : 2, noise: noise === '0' ? 0 : 1 };
}

function unknownKey(entry: KeyValue, kind: Kind, expected: readonly string[]): Problem {
  const near = closest(entry.key, expected);
  return {
    code: 'unknown-key',
    message: `${kind === 'optimizer' || kind === 'ignore' ? 'an' : 'a'} ${kind} has no key "${entry.key}"`,
    hint: near
      ? `Did you mean ${near}?`
      : expected.length > 0
        ? `The keys are ${expected.join(', ')}.`
        : 'It takes no keys.',
    span: entry.keySpan,
  };
}

function unknownValue(key: string, found: Placed<string>, allowed: readonly string[]): Problem {
  const typed = found.value.toLowerCase().replace(/^["']|["']$/g, '');
  const near =
    allowed.length === 1
      ? allowed[0]
      : (closest(typed, allowed) ?? allowed.find(each => typed !== '' && each.startsWith(typed)));
  return {
    code: 'unknown-value',
    message: `${key} must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}, not "${found.value.slice(0, 40)}"`,
    ...(near ? { hint: `Did you mean ${near}?` } : {}),
    span: found.span,
  };
}

const LARGEST_ORDER = 20;

function readOrder(found: Placed<string> | null, problems: Problem[]): number | null {
  if (!found) return null;
  const order = /^\d{1,3}$/.test(found.value) ? Number(found.value) : Number.NaN;
  if (order <= LARGEST_ORDER) return order;
  if (found.value === '') return null;
  const [digits, second] = found.value.match(/\d+/g) ?? [];
  const power =
    /^(?:O\()?\\?[A-Za-z]+\)?$/.test(found.value) && /^(?:O\()?(?:h|\\eta)/.test(found.value) ? '1' : digits;
  problems.push({
    ...(power !== undefined && second === undefined ? { hint: `Did you mean ${power}?` } : {}),
    code: 'unknown-value',
    message: `order must be a whole number from 0 to ${LARGEST_ORDER}, not "${found.value.slice(0, 40)}"`,
    span: found.span,
  });
  return null;
}

/** The entries of a value between commas outside all brackets, without white space around them. */
export function list(span: Span | null): Span[] {
  if (!span) return [];
  const text = usualBrackets(textOf(span));
  const entries: Span[] = [];
  let depth = 0;
  let start = 0;
  const close = (end: number): void => {
    const entry = text.slice(start, end);
    const trimmed = entry.trim();
    const offset = start + entry.indexOf(trimmed);
    if (trimmed !== '') {
      entries.push({ source: span.source, start: span.start + offset, end: span.start + offset + trimmed.length });
    }
    start = end + 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && !/[A-Za-z]/.test(text.charAt(at + 1))) at += 1;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (character === ',' && depth <= 0) close(at);
  }
  close(text.length);
  return entries;
}
