/**
 * Conditions of statements and assumptions of claims: comparisons as formulas. A condition that is not understood keeps its
 * text and has no comparisons, so that whoever judges it stops instead of passing it over.
 */
import { attempt, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { refusePart } from '../../latex/display/condition.ts';
import { type Piece, type WrittenComparison, splitCondition } from '../../latex/display/display.ts';
import { placeOf, readFormula } from '../../latex/read/read-formula.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import type { Token } from '../../latex/notation/token.ts';
import { statedRange } from '../author/index-range.ts';
import type { Condition } from '../model.ts';

type Compared = Condition['comparisons'][number];

/**
 * The condition in `tokens`; null where it says only what is always so (`n = 0, 1, \\ldots`, `j = 1, \\ldots, p`). Refuses
 * parts that compare nothing.
 */
export function readCondition(tokens: readonly Token[], scope: NameScope, equivalence: boolean): Condition | null {
  const span = placeOf(tokens);
  const compared = splitCondition(tokens).map(comparison => ({
    comparison,
    range: statedRange(comparison, scope.notation),
  }));
  for (const { comparison, range } of compared)
    if (range === null && comparison.more[0] !== undefined) refusePart(comparison.more[0]);
  if (compared.length > 0 && compared.every(({ range }) => range?.isWhole)) return null;
  const result = attempt((): Compared[] =>
    compared.flatMap(({ comparison, range }) => {
      if (range?.isWhole) return [];
      if (range === null) return readComparison(comparison, scope);
      return [{ left: readFormula(comparison.left, scope), relation: '\\ge', right: readFormula(range.from, scope) }];
    }),
  );
  const comparisons = result.ok ? result.value : [];
  return { text: textOfTokens(tokens, span), comparisons, ...(equivalence ? { equivalence } : {}), span };
}

/** What `A \iff B \text{ for } C` assumes; a claim with other statements says for which of them C is. */
export function conditionOfEquivalence(pieces: readonly Piece[], scope: NameScope): Condition[] {
  const domain = pieces.find(piece => piece.domain !== undefined)?.domain;
  if (domain === undefined) return [];
  if (pieces.length > 1)
    refuse(
      'condition',
      'a condition of an equivalence beside other statements',
      placeOf(domain),
      'Give the equivalence a claim of its own, or say it with assume={…}.',
    );
  return [readCondition(domain, scope, false)].flatMap(each => each ?? []);
}

const textOfTokens = (tokens: readonly Token[], span: Span): string => {
  const source = span.source.text.slice(span.start, span.end);
  return source === '' ? tokens.map(token => token.text).join('') : source;
};

function readComparison({ left, relation, right, span }: WrittenComparison, scope: NameScope): Compared[] {
  if (relation === '\\to') refuse('condition', 'a limit is stated with limit=, not as a condition', span);
  if (relation !== '\\in') return [{ left: readFormula(left, scope), relation, right: readFormula(right, scope) }];
  return readMembership(left, right, scope);
}

/** `x \in [a, b)` as two comparisons. */
function readMembership(left: readonly Token[], right: readonly Token[], scope: NameScope): Compared[] {
  const set = right.filter(token => token.kind !== 'space' && token.text !== '\\left' && token.text !== '\\right');
  const [open, close] = [set[0]?.text, set.at(-1)?.text];
  const comma = set.findIndex(token => token.text === ',');
  if (comma === -1 || !/^[[(]$/.test(open ?? '') || !/^[\])]$/.test(close ?? '')) {
    refuse('condition', 'expected an interval', placeOf(right));
  }
  const name = readFormula(left, scope);
  const bound = (tokens: readonly Token[]): Formula | null =>
    tokens.some(token => token.text === '\\infty') ? null : readFormula(tokens, scope);
  const lower = bound(set.slice(1, comma));
  const upper = bound(set.slice(comma + 1, -1));
  return [
    ...(lower ? [{ left: name, relation: open === '[' ? ('\\ge' as const) : ('>' as const), right: lower }] : []),
    ...(upper ? [{ left: name, relation: close === ']' ? ('\\le' as const) : ('<' as const), right: upper }] : []),
  ];
}
