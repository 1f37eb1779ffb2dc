/**
 * HTML that cannot be injected into: text becomes HTML only by being escaped, and a template takes nothing but escaped
 * text and other HTML.
 */
import { harmless } from '../text/paint.ts';

/** Markup that is safe to insert. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Inserted = Html | string | number | null | readonly Inserted[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute; control characters, and those that turn the direction of writing, are replaced. */
export const escapeHtml = (text: string): string =>
  harmless(text).replace(/[&<>"']/g, character => ESCAPES[character] ?? character);

/** A template: what is inserted is escaped unless it is {@link Html}; null inserts nothing, a list its entries. */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Html(strings.reduce((text, part, at) => text + insert(values[at - 1] ?? null) + part));
}

/** The pieces one behind the other. */
export const joinHtml = (pieces: readonly Html[], between = ''): Html =>
  new Html(pieces.map(({ text }) => text).join(between));

function insert(value: Inserted): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(insert).join('');
}
