/** The sets that a `where` may name: intervals and inequalities with numbers. Bounds are exact. */
import { Rational } from '../../number/rational.ts';
import { WHOLE_LINE } from '../../formula/domain.ts';
import type { Domain } from '../../optimizer/model.ts';

/** A bound as typed: a number, or infinity with its sign; null where it is neither. */
function readBound(text: string): Rational | 'infinity' | '-infinity' | null {
  const plain = text
    .replaceAll('∞', '\\infty')
    .replaceAll('−', '-')
    .replace(/[{}\s]/g, ' ')
    .trim();
  if (/^\+?\s*\\infty$/.test(plain)) return 'infinity';
  if (/^-\s*\\infty$/.test(plain)) return '-infinity';
  const fraction = /^([+-]?)\s*\\[td]?frac\s*(?:(\d)\s*(\d)|(\d+) +(\d+))$/.exec(plain);
  if (fraction) {
    const [, sign = '', a, b, c, d] = fraction;
    return Rational.parse(`${sign}${a ?? c ?? ''}/${b ?? d ?? ''}`);
  }
  return Rational.parse(plain.replace(/^([+-])\s+/, '$1'));
}

/** `]0,1[` and `[0;1[` as `(0,1)` and `[0,1)`, character by character. */
export const usualBrackets = (text: string): string =>
  text.replace(
    /(?<=^|[\s}n∈])([[\](])(\s*(?:[-−]\s*)?(?:[\d.]+|\\infty|∞)\s*)[,;](\s*(?:\+\s*)?(?:[\d.]+|\\infty|∞)\s*)([[\])])(?=\s*(?:[,.;]|$))/g,
    (_, open: string, from: string, to: string, close: string) =>
      `${open === ']' ? '(' : open}${from},${to}${close === '[' ? ')' : close}`,
  );

/** Reads `(0,1)`, `[0,1)`, `(0,\infty)`, `\mathbb{R}`, `\mathbb{R}_{>0}`; null where the text is no such set. */
export function readSet(text: string): Domain | null {
  const plain = text.replace(/\\(?:left|right|bigl?|bigr|Bigl?|Bigr|!|,|;)(?![A-Za-z])/g, '').trim();
  return readUsualSet(usualBrackets(plain));
}

function readUsualSet(plain: string): Domain | null {
  const reals = /^(?:\\mathbb\s*\{?\s*R\s*\}?|\\R(?![A-Za-z])|ℝ)\s*(?:_\s*\{?\s*(>|\\geq?|\+)\s*0?\s*\}?)?$/.exec(
    plain,
  );
  if (reals) {
    if (reals[1] === undefined) return WHOLE_LINE;
    return { ...WHOLE_LINE, lower: Rational.zero, lowerOpen: !reals[1].startsWith('\\') };
  }
  const interval = /^([[(])([^,]*),([^,]*)([\])])$/.exec(plain);
  if (!interval) return null;
  const [, open, from = '', to = '', close] = interval;
  const lower = readBound(from);
  const upper = readBound(to);
  if (lower === null || lower === 'infinity' || upper === null || upper === '-infinity') return null;
  return {
    lower: lower === '-infinity' ? null : lower,
    lowerOpen: open === '(',
    upper: upper === 'infinity' ? null : upper,
    upperOpen: close === ')',
  };
}

const RELATIONS: ReadonlyMap<string, { flipped: string; strict: boolean; up: boolean }> = new Map([
  ['<', { flipped: '>', strict: true, up: true }],
  ['>', { flipped: '<', strict: true, up: false }],
  ['<=', { flipped: '>=', strict: false, up: true }],
  ['>=', { flipped: '<=', strict: false, up: false }],
]);

const SPELLINGS = /\\(?:leqslant|geqslant|leq|geq|le|ge|lt|gt)(?![A-Za-z])|<=|>=|≤|≥|<|>/g;

const canonicalRelation = (spelling: string): string => {
  if (/^(?:\\le|\\leq|\\leqslant|<=|≤)$/.test(spelling)) return '<=';
  if (/^(?:\\ge|\\geq|\\geqslant|>=|≥)$/.test(spelling)) return '>=';
  return spelling === '\\lt' || spelling === '<' ? '<' : '>';
};

/** Reads `x > 0`, `0 \le x < 1`: where the name stands in the text, and its domain; null where it is none of these. */
export function readInequality(text: string): { name: [start: number, end: number]; domain: Domain } | null {
  const found = [...text.matchAll(SPELLINGS)];
  if (found.length === 0 || found.length > 2) return null;
  const cuts = [0, ...found.flatMap(each => [each.index, each.index + each[0].length]), text.length];
  const pieces = found.map((_, position) => position * 2).concat(found.length * 2);
  const piece = (position: number): string => text.slice(cuts[position], cuts[position + 1]);
  const names = pieces.filter(position => readBound(piece(position)) === null);
  const [at] = names;
  if (at === undefined || names.length > 1) return null;
  let domain: Domain = WHOLE_LINE;
  for (const position of pieces) {
    if (position === at) continue;
    const relation = found[Math.min(position, at) / 2]?.[0] ?? '';
    const canonical = RELATIONS.get(canonicalRelation(relation));
    const bound = readBound(piece(position));
    if (!canonical || bound === null) return null;
    if (Math.abs(position - at) !== 2) return null;
    if (typeof bound === 'string') continue;
    const isUpper = position > at === canonical.up;
    domain = isUpper
      ? { ...domain, upper: bound, upperOpen: canonical.strict }
      : { ...domain, lower: bound, lowerOpen: canonical.strict };
  }
  return { name: [cuts[at] ?? 0, cuts[at + 1] ?? 0], domain };
}
