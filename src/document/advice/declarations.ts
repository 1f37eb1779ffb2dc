/** Declarations that are nearly understood. */
import { part, textOf } from '../annotation/annotation.ts';
import type { Fix } from './edit.ts';
import type { Mistake } from './entry-text.ts';

const INTERVAL = String.raw`[\](\[][^,()[\]]*,[^,()[\]]*[)\][]`;

/** Ways in which a declaration is mistyped, with what was meant. */
const SLIPS: readonly (readonly [pattern: RegExp, meant: string])[] = [
  // \beta (0,1)
  [new RegExp(String.raw`^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*[=:]?\s*(${INTERVAL})$`), '$1 in $2'],
  // \varepsilon = 10^{-8}: a value is no declaration
  [/^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*=\s*(?:[\d.]+(?:e-?\d+)?|10\^\{?-?\d+\}?)$/, '$1 > 0'],
  // \beta between 0 and 1, \beta from 0 to 1
  [/^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s+(?:between|from)\s+([\d./]+)\s+(?:and|to)\s+([\d./]+)$/, '$1 in ($2,$3)'],
  // \beta > 0 and … is left alone; \beta positive
  [/^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s+positive$/, '$1 > 0'],
  [/^(\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s+(?:non-?negative)$/, '$1 >= 0'],
];

/** The declarations of the entry, written as they are read. */
export function* mistypedDeclaration({ problem, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'broken-where' && problem.code !== 'empty-domain') return;
  for (const where of entry.annotation.wheres) {
    const text = textOf(where);
    const meant = mended(text);
    if (meant === text) continue;
    const trimmed = part(where, text.length - text.trimStart().length, text.trimEnd().length);
    yield {
      edits: [{ at: trimmed, text: meant.trim() }],
      hint: `Did you mean \`where ${meant.trim()}\`?`,
      place: trimmed,
    };
  }
}

function mended(text: string): string {
  // An interval ends a declaration; ends in the wrong order; a blank between the ends.
  const intervals = text
    .replace(/((?:\[|\()\s*-?[\d.]+)\s+(?=-?[\d.]+\s*[)\]])/g, '$1,')
    .replace(/([)\]])\s+(?=\\?[A-Za-z]+\s*(?:\\?in\b|[<>(]))/g, '$1, ')
    .replace(/([([])\s*([\d.]+)\s*,\s*([\d.]+)\s*([)\]])/g, (whole, open, low, high, close) =>
      Number(low) > Number(high) ? `${open}${high},${low}${close}` : whole,
    );
  const items = intervals.split(/,(?![^([]*[)\]])/);
  return items
    .map(item => {
      const bare = item.trim();
      const slip = SLIPS.find(([pattern]) => pattern.test(bare));
      return slip ? item.replace(bare, bare.replace(slip[0], slip[1])) : item;
    })
    .join(',');
}
