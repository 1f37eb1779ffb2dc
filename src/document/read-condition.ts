/**
 * Conditions of statements and assumptions of claims: comparisons as formulas. A condition that is not understood keeps its
 * text and has no comparisons, so that whoever judges it stops instead of passing it over.
 */
import { attempt, refuse } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Formula } from '../formula/formula.ts';
import { type Comparison, splitCondition } from '../latex/display.ts';
import { placeOf, readFormula } from '../latex/read-formula.ts';
import type { Scope } from '../latex/scope.ts';
import type { Token } from '../latex/token.ts';
import type { Condition } from './model.ts';

type Compared = Condition['comparisons'][number];

/** The condition in `tokens`; null where it says only what is always so (`n = 0, 1, \\ldots`, `j = 1, \\ldots, p`). */
export function readCondition(tokens: readonly Token[], scope: Scope, equivalence: boolean): Condition | null {
  const span = placeOf(tokens);
  const result = attempt((): Compared[] | null => {
    const restricting = splitCondition(tokens).filter(comparison => !isRange(comparison, tokens, scope));
    return restricting.length === 0 ? null : restricting.flatMap(comparison => readComparison(comparison, scope));
  });
  if (result.ok && result.value === null && splitCondition(tokens).length > 0) return null;
  const comparisons = result.ok ? (result.value ?? []) : [];
  return { text: textOfTokens(tokens, span), comparisons, ...(equivalence ? { equivalence } : {}), span };
}

const textOfTokens = (tokens: readonly Token[], span: Span): string => {
  const source = span.source.text.slice(span.start, span.end);
  return source === '' ? tokens.map(token => token.text).join('') : source;
};

/** `n = 0, 1, \ldots`, `k \in \{0, 1, \ldots\}`, `j = 1, \ldots, p`: an index runs over all its values. */
function isRange({ left, relation, right }: Comparison, all: readonly Token[], scope: Scope): boolean {
  const { iteration, component } = scope.notation;
  const letter = left.filter(token => token.kind !== 'space');
  const only = letter[0]?.text;
  if (letter.length !== 1 || (only !== iteration && only !== component) || (relation !== '=' && relation !== '\\in'))
    return false;
  const rest = right[0] ? all.slice(all.indexOf(right[0])) : [];
  const first = right.find(token => token.kind === 'digit');
  const start = only === iteration ? '0' : '1';
  return first?.text === start && rest.some(token => /^\\(?:l|c)?dots[cb]?$/.test(token.text));
}

function readComparison({ left, relation, right, span }: Comparison, scope: Scope): Compared[] {
  if (relation === '\\to') refuse('condition', 'a limit is stated with limit=, not as a condition', span);
  if (relation !== '\\in') return [{ left: readFormula(left, scope), relation, right: readFormula(right, scope) }];
  return readMembership(left, right, scope);
}

/** `x \in [a, b)` as two comparisons. */
function readMembership(left: readonly Token[], right: readonly Token[], scope: Scope): Compared[] {
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
