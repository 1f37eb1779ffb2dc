/** `+ O(h^{q+1})`, `\mathcal O(h^2)`, `o(h)` at the end of a right side: they set the order and are otherwise zero. */
import { refuse } from '../../base/problem.ts';
import type { Notation } from '../../optimizer/model.ts';
import { topLevel, trim, trimPunctuation } from './display-tokens.ts';
import { canonicalName } from '../layout/canonical-name.ts';
import { SIZES } from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';

/** The tokens without remainder terms at their top level, and the smallest exponent among them (o counts one more). */
export function takeRemainder(
  tokens: readonly Token[],
  notation: Notation,
): { tokens: Token[]; remainder: number | null } {
  const step = canonicalName(notation.step) ?? notation.step;
  const parts = splitTerms(tokens);
  const kept: Token[][] = [];
  let remainder: number | null = null;
  for (const part of parts) {
    const exponent = remainderExponent(part, step, notation.batches);
    if (exponent === null) kept.push(part);
    else remainder = remainder === null ? exponent : Math.min(remainder, exponent);
  }
  if (remainder === null) return { tokens: [...tokens], remainder };
  const rest = kept.flat();
  const first = tokens[0];
  if (trim(rest).length === 0 && first !== undefined)
    return { tokens: [{ kind: 'digit', text: '0', span: first.span }], remainder };
  return { tokens: trimPunctuation(rest), remainder };
}

/** Terms with the sign before them. */
function splitTerms(tokens: readonly Token[]): Token[][] {
  const starts = topLevel(tokens)
    .filter(({ token }) => token.text === '+' || token.text === '-')
    .map(({ index }) => index);
  const cuts = [0, ...starts.filter(start => start > 0), tokens.length];
  return cuts.slice(0, -1).map((cut, index) => tokens.slice(cut, cuts[index + 1]));
}

/** The exponent of a term that is O(h^r) or o(h^r) with nothing beside it; null for other terms. */
function remainderExponent(part: readonly Token[], step: string, batches: string): number | null {
  const row = part.filter(
    token =>
      token.kind !== 'space' &&
      token.text !== '\\left' &&
      token.text !== '\\right' &&
      !SIZES.has(token.text) &&
      token.text !== '\\!' &&
      token.text !== '\\,',
  );
  const sign = row[0]?.text === '+' || row[0]?.text === '-' ? 1 : 0;
  const open = row.findIndex((token, index) => index >= sign && token.text === '(');
  if (open === -1) return null;
  const name = row
    .slice(sign, open)
    .map(token => token.text)
    .join('')
    .replace(/[{}]/g, '');
  const zero = row[open - 1];
  if (name === '0' && zero && row.slice(open).some(({ text }) => text === step))
    return refuse(
      'remainder',
      'this is a product with the number 0',
      zero.span,
      'Did you mean `O(…)`, with the letter O?',
    );
  if (/^\\(?:var)?Theta$|^\\Omega$/.test(name) && row.slice(open).some(({ text }) => text === step))
    return refuse(
      'remainder',
      `${name}(·) says that what is left out is not smaller either, which is not judged`,
      zero?.span,
      'Write O(·) for what is at most of that size.',
    );
  const small = /^(\\mathcal|\\mathrm|\\mathit|\\mathscr|\\operatorname)?o$/.test(name);
  if (!small && !/^(\\mathcal|\\mathrm|\\mathit|\\mathscr|\\operatorname)?O$/.test(name)) return null;
  const first = row[open];
  if (row[row.length - 1]?.text !== ')')
    return refuse('remainder', 'expected O(h^r) as a term of its own', first?.span);
  const inside = withoutBatches(
    row
      .slice(open + 1, -1)
      .map(token => token.text)
      .join(''),
    batches,
  );
  const caret = inside.lastIndexOf('^');
  const base = caret === -1 ? inside : inside.slice(0, caret);
  if (inside === '1') return small ? 1 : 0;
  // A step may be a word, as lr.
  const word = base.replace(/^\\(?:mathrm|text|mathit|operatorname)\{(.*)\}$/, '$1');
  if (canonicalName(base) !== step && word !== step)
    return refuse(
      'remainder',
      `expected a power of ${step} inside O(·)`,
      first?.span,
      /\\sqrt|\/2|\\frac/.test(inside)
        ? `Equations are expanded in whole powers of ${step}: write the next one, O(${step}) or O(${step}^2).`
        : `Leave constants out, as O(${step}^2).`,
    );
  const exponent = caret === -1 ? 1 : Number(inside.slice(caret + 1).replace(/[{}]/g, ''));
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 99)
    return refuse('remainder', `expected a whole number as the power of ${step} inside O(·)`, first?.span);
  return small ? exponent + 1 : exponent;
}

/** m^2h^2 without the powers of the number of batches, a constant. */
function withoutBatches(inside: string, batches: string): string {
  const letter = batches.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rest = inside.replace(new RegExp(String.raw`^(?:${letter}(?![A-Za-z])(?:\^\{?\d+\}?)?)+(?=\S)`), '');
  return rest === '' ? inside : rest;
}
