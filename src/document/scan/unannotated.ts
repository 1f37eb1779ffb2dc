/** Whether a display that nothing is said of looks as if something should be: an equation of motion or the update of an optimizer. */
import type { Span } from '../../base/span.ts';

/** \dot x, \dot{\tilde\theta}, \frac{dx}{dt}, \frac{\mathrm d\theta}{\mathrm dt}. */
const D = String.raw`(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s*d|d)`;
const MOTION = new RegExp(
  String.raw`\\dot(?![A-Za-z])|\\[dt]?frac\s*\{\s*${D}(?:[^{}]|\{[^{}]*\})*\}\s*\{\s*${D}\s*[a-z]\s*\}`,
);
/** A name, its accents and letters apart, with one script that says "the next": + 1 in a sub- or superscript. */
const NEXT =
  /(\\?[A-Za-z]+)\s*\}*\s*(?:_\{?[A-Za-z]\}?\s*)?[_^]\s*\{?\s*\(?\s*\{?\s*[A-Za-z]\s*\+\s*1\b[^=]*?(?::=|=|\\(?:left|get)\w*arrow|\\gets|\\coloneqq)/g;
const ASSIGNMENT = /(\\?[A-Za-z]+)\s*(?:_\{?[A-Za-z]\}?\s*)?(?:\\leftarrow|\\gets)(?![A-Za-z])/g;

/** Looks at the text alone, macros as they stand. It is for warnings: nothing is read from what it finds. */
export function looksLikeDynamics({ source, start, end }: Span): boolean {
  const text = source.text
    .slice(start, end)
    .replace(/(?<!\\)%.*$/gm, '')
    .replace(/&/g, '');
  return MOTION.test(text) || comesBack(text, NEXT) || comesBack(text, ASSIGNMENT);
}

/** Whether one of the names that are made stands in the row behind its relation again. */
function comesBack(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(match => {
    const name = (match[1] ?? '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const right = text.slice(match.index + match[0].length).split('\\\\')[0] ?? '';
    return new RegExp(`(?<![A-Za-z\\\\])${name}(?![A-Za-z])`).test(right);
  });
}
