/** A magic comment while it is read: its words with their places, and what could not be understood. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';

export const KINDS = ['notation', 'optimizer', 'definition', 'claim', 'ignore'] as const;
export type Kind = (typeof KINDS)[number];

export interface KeyValue {
  readonly key: string;
  readonly keySpan: Span;
  /** Without the braces around it. */
  readonly value: Span;
}

export interface Draft {
  kind: Kind;
  id: { text: string; span: Span } | null;
  keys: KeyValue[];
  wheres: Span[];
  formula: Span | null;
  continues: boolean;
  span: Span;
  problems: Problem[];
  /** How many characters its lines have so far. */
  length: number;
}

export const textOf = (span: Span): string => span.source.text.slice(span.start, span.end);

/** The part of `span` from `start` to `end`, both counted from its beginning. */
export const part = (span: Span, start: number, end: number): Span => ({
  source: span.source,
  start: span.start + start,
  end: span.start + end,
});
