/**
 * Rows that are equations for the newest value: (1 + \eta\lambda)x_{t+1} = x_t - \eta g_t, m\frac{x_{k+1} - 2x_k + x_{k-1}}{h^2} +
 * \nabla f(x_k) = 0, x_k - x_{k+1} = \eta\nabla f(x_k). They are solved for it, where it stands once on the left and nothing but numbers
 * multiply or divide what it stands in.
 */
import { attempt } from '../../../base/problem.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { argumentAt, topLevel, trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { readLeftSide } from '../../../latex/read/definition/read-left-side.ts';
import type { NameScope } from '../../../latex/read/scope.ts';
import { offsetFromIteration } from '../../../optimizer/label.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, spelledNames } from '../author-tokens.ts';
import { typedTermsOf, type TypedTerm } from '../left-increments.ts';

/** One step towards a value: the summand that it is in, the factors beside it, and a denominator below it. */
interface Level {
  readonly others: readonly TypedTerm[];
  readonly negative: boolean;
  /** Numbers that multiply what it is in, and those that divide it. */
  readonly above: readonly (readonly Token[])[];
  readonly below: readonly (readonly Token[])[];
}

/** A value with its label n + `offset`, and the way to it from outside to inside. */
interface Found {
  readonly name: string;
  readonly offset: number;
  readonly run: readonly Token[];
  readonly levels: readonly Level[];
}

/** The row with the newest value alone on the left; null where none stands once. On the right only the parameters are looked for. */
export function solveForNext(piece: Piece, scope: NameScope): Piece | null {
  // The left side of what goes on with a chain is the right side of a row, which is more likely one that is not ended.
  if (piece.chained) return null;
  const [newestLeft, newestRight] = [newestOf(piece.left, scope), newestOf(piece.right, scope)];
  const isOnRight = newestRight > newestLeft;
  const [first] = piece.right;
  // A number that is added to a vector is the rest of a label, x_t+1.
  const hasNumber = typedTermsOf(trim(piece.left)).some(
    ({ tokens }) => tokens.every(({ kind }) => kind === 'digit') && tokens.some(({ text }) => text !== '0'),
  );
  if (hasNumber) return null;
  if (newestRight === newestLeft && Number.isFinite(newestLeft) && first !== undefined) {
    const token = tokenAt(first);
    const left = [...trim(piece.left), token('-'), token('('), ...trim(piece.right), token(')')];
    return solved(piece, left, [token('0', 'digit')], scope);
  }
  const onLeft = isOnRight ? null : solved(piece, piece.left, piece.right, scope);
  if (onLeft !== null) return onLeft;
  const onRight = solved(piece, piece.right, piece.left, scope);
  return onRight && readLeftSide(onRight.left, scope).kind === 'parameters-update' ? onRight : null;
}

/** The latest label of the parameters in a side, as far from n. */
const newestOf = (side: readonly Token[], scope: NameScope): number =>
  Math.max(
    ...valuesIn(trim(side), scope).flatMap(({ name, offset }) => (name === scope.notation.parameters ? [offset] : [])),
    Number.NEGATIVE_INFINITY,
  );

function solved(piece: Piece, left: readonly Token[], right: readonly Token[], scope: NameScope): Piece | null {
  const all = valuesIn(trim(left), scope);
  const { parameters } = scope.notation;
  const own = all.filter(({ name }) => name === parameters);
  // A state is solved for where every term has it: beside others it may not be the newest.
  if (own.length === 0 && typedTermsOf(trim(left)).length > all.length) return null;
  const found = own.length > 0 ? own : all;
  const newest = Math.max(...found.map(({ offset }) => offset));
  const [next, ...more] = found.filter(({ offset }) => offset === newest);
  const place = right[0] ?? left[0];
  if (!next || !place || found.some(({ name }) => name !== next.name)) return null;
  if (more.length > 0)
    return { ...piece, left: [...next.run], right: solvedTogether([next, ...more], left, right, place) };
  const rest = next.levels.reduce((side, level) => without(side, level, place), [...right]);
  return { ...piece, left: [...next.run], right: rest };
}

const tokenAt =
  ({ span }: Token) =>
  (text: string, kind: Token['kind'] = 'symbol'): Token => ({ kind, text, span });

/** The value that stands in several terms, (1 + \gamma)x_{k+1} + \beta x_{k+1}: what is left once it is zero, over the sum of its factors. */
function solvedTogether(
  terms: readonly Found[],
  left: readonly Token[],
  right: readonly Token[],
  place: Token,
): Token[] {
  const token = tokenAt(place);
  const runs = new Set(terms.flatMap(({ run }) => run));
  const firsts = new Set(terms.map(({ run }) => run[0]));
  const whole = new Set(terms.filter(({ levels }) => levels.length === 1).map(({ run }) => run[0]));
  const kept = typedTermsOf(trim(left)).filter(({ tokens }) => !tokens.some(each => whole.has(each)));
  const without = (tokens: readonly Token[]): Token[] =>
    tokens.flatMap(each => (firsts.has(each) ? [token('0', 'digit')] : runs.has(each) ? [] : [each]));
  const rest = kept.flatMap(({ negative, tokens }) => [token(negative ? '+' : '-'), ...without(tokens)]);
  const group = (inside: readonly Token[]): Token[] => [token('('), ...inside, token(')')];
  const one = token('1', 'digit');
  const factors = terms.map(({ levels }) =>
    levels.flatMap(({ negative, above, below }) => [
      ...(negative ? group([token('-'), one]) : []),
      ...above.flatMap(group),
      ...below.flatMap(factor => fraction([one], factor, place)),
    ]),
  );
  const sum = factors.flatMap((factor, at) => [
    ...(at === 0 ? [] : [token('+')]),
    ...(factor.length === 0 ? [one] : factor),
  ]);
  return fraction([...right, ...rest], sum, place);
}

function fraction(above: readonly Token[], below: readonly Token[], place: Token): Token[] {
  const token = tokenAt(place);
  const braced = (inside: readonly Token[]): Token[] => [token('{', 'open'), ...inside, token('}', 'close')];
  return [token('\\frac', 'command'), ...braced(above), ...braced(below)];
}

/** The right side once a level of the left one is taken away. */
function without(side: readonly Token[], { others, negative, above, below }: Level, place: Token): Token[] {
  const token = tokenAt(place);
  const rest = [...side];
  for (const other of others) rest.push(token(other.negative ? '+' : '-'), ...other.tokens);
  const signed = negative ? [token('-'), token('('), ...rest, token(')')] : rest;
  const raised = [...below.flatMap(factor => [token('('), ...factor, token(')')]), token('('), ...signed, token(')')];
  if (above.length === 0) return below.length === 0 ? signed : raised;
  const factors = above.flatMap(factor => [token('('), ...factor, token(')')]);
  return fraction(raised, factors, place);
}

/** The values with labels that a side is linear in as it is typed. */
function valuesIn(tokens: readonly Token[], scope: NameScope): Found[] {
  const terms = typedTermsOf(tokens);
  return terms.flatMap((term, at) => {
    const others = terms.toSpliced(at, 1);
    return coresOf(term.tokens, scope).flatMap(({ inner, above, below }) => {
      const level: Level = { others, negative: term.negative, above, below };
      return inner.map(each => ({ ...each, levels: [level, ...each.levels] }));
    });
  });
}

interface Core {
  readonly inner: readonly Found[];
  readonly above: readonly (readonly Token[])[];
  readonly below: readonly (readonly Token[])[];
}

/** What a summand may be linear in: a value, a group or the numerator of a fraction, beside numbers. */
function coresOf(term: readonly Token[], scope: NameScope): Core[] {
  return topLevel(term)
    .map(({ index }) => index)
    .concat(openings(term))
    .flatMap(start => {
      const core = coreAt(term, start, scope);
      if (core === null || core.inner.length === 0) return [];
      const beside = factorsOf([...term.slice(0, start)], scope);
      const behind = factorsOf([...term.slice(core.end)], scope, true);
      if (beside === null || behind === null) return [];
      return [
        {
          inner: core.inner,
          above: [...beside.above, ...behind.above],
          below: [...beside.below, ...behind.below, ...core.below],
        },
      ];
    });
}

/** Where groups open that no other one is around: \left( counts by its \left. */
function openings(tokens: readonly Token[]): number[] {
  const found: number[] = [];
  let depth = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    const opens = kind === 'open' || text === '(' || text === '[';
    if (opens && depth === 0 && (text === '(' || text === '[')) found.push(isSize(tokens[at - 1]) ? at - 1 : at);
    if (opens) depth += 1;
    if (kind === 'close' || text === ')' || text === ']') depth = Math.max(0, depth - 1);
  }
  return found;
}

const isSize = (token: Token | undefined): boolean => /^\\(?:left|[bB]igg?l?)$/.test(token?.text ?? '');

function coreAt(
  term: readonly Token[],
  start: number,
  scope: NameScope,
): { inner: Found[]; below: (readonly Token[])[]; end: number } | null {
  const text = term[start]?.text ?? '';
  if (text === '\\frac' || text === '\\tfrac' || text === '\\dfrac') {
    const above = argumentAt(term, start + 1);
    const below = above === null ? null : argumentAt(term, above.end);
    return above === null || below === null
      ? null
      : { inner: valuesIn(trim(above.inside), scope), below: [below.inside], end: below.end };
  }
  if (text === '(' || text === '[' || isSize(term[start])) {
    const group = groupAt(term, start);
    const isPower = group !== null && /^(?:super|sub)script$/.test(term[group.end]?.kind ?? '');
    return group === null || isPower ? null : { inner: valuesIn(group.inside, scope), below: [], end: group.end };
  }
  const letter = letterEnd(term, start);
  if (letter === null) return null;
  let end = letter;
  for (let next = scriptEnd(term, end); next !== null; next = scriptEnd(term, end)) end = next;
  const run = term.slice(start, end);
  const name = canonicalNameOf(term.slice(start, letter));
  const left = end === letter || name === null ? null : attempt(() => readLeftSide(run, scope));
  if (name === null || left === null || !left.ok || isNumber(name, scope)) return null;
  const side = left.value;
  const label = side.kind === 'parameters-update' ? side.label : side.kind === 'name' ? side.labels[0] : undefined;
  const offset = label === undefined ? null : offsetFromIteration(label);
  return offset === null ? null : { inner: [{ name, offset, run, levels: [] }], below: [], end };
}

/** The group that opens at `start`, perhaps with a size; null where it does not close. */
function groupAt(tokens: readonly Token[], start: number): { inside: Token[]; end: number } | null {
  const open = isSize(tokens[start]) ? start + 1 : start;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'space', text: '' };
    if (kind === 'open' || text === '(' || text === '[') depth += 1;
    if (kind === 'close' || text === ')' || text === ']') depth -= 1;
    if (depth > 0) continue;
    const last = /^\\(?:right|[bB]igg?r?)$/.test(tokens[at - 1]?.text ?? '') ? at - 1 : at;
    return { inside: trim(tokens.slice(open + 1, last)), end: at + 1 };
  }
  return null;
}

const SPACING = /^\\(?:[ ,;:!]|cdot|times|,)$/;

/** Numbers beside a value, fractions apart; null where anything else stands there. `behind`: a slash may divide by one of them. */
function factorsOf(
  tokens: readonly Token[],
  scope: NameScope,
  behind = false,
): { above: (readonly Token[])[]; below: (readonly Token[])[] } | null {
  const row = trim(tokens).filter(({ text, kind }) => kind !== 'space' && !SPACING.test(text));
  if (row.length === 0) return { above: [], below: [] };
  const isSlash = behind && row[0]?.text === '/';
  const own = isSlash ? row.slice(1) : row;
  if (
    own.some(({ text }) => /^(?:[|/!;,]|\\(?:\||nabla|partial|langle|rangle|sum|prod|max|min|odot|circ))$/.test(text))
  )
    return null;
  if (own.some(({ kind }) => kind === 'alignment') || !spelledNames(own).every(name => isNumber(name, scope)))
    return null;
  if (isSlash) return isOneFactor(own) ? { above: [], below: [own] } : null;
  const above = argumentAt(own, 1);
  const below = above === null ? null : argumentAt(own, above.end);
  if (/^\\[td]?frac$/.test(own[0]?.text ?? '') && above !== null && below !== null) {
    const rest = factorsOf(own.slice(below.end), scope);
    const isOne = above.inside.length === 1 && above.inside[0]?.text === '1';
    return rest && { above: [...(isOne ? [] : [above.inside]), ...rest.above], below: [below.inside, ...rest.below] };
  }
  return { above: [own], below: [] };
}

/** One letter with its scripts, one number, or one group: what a slash divides by without a doubt. */
function isOneFactor(tokens: readonly Token[]): boolean {
  const group = groupAt(tokens, 0);
  if (/^[([]$/.test(tokens[0]?.text ?? '')) return group?.end === tokens.length;
  if (tokens.every(({ kind }) => kind === 'digit')) return true;
  let end = letterEnd(tokens, 0);
  for (let next = end; next !== null && end !== null; next = scriptEnd(tokens, end)) end = next;
  return end === tokens.length;
}

/** Declared hyperparameters and schedules, with or without what stands below them, the step, the iteration. */
function isNumber(name: string, { names, notation }: NameScope): boolean {
  if (name === notation.step || name === notation.iteration) return true;
  return [...names].some(
    ([each, role]) =>
      (each === name || each.startsWith(`${name}_`)) &&
      (role.kind === 'scalar' || role.kind === 'schedule' || isSchedule(role)),
  );
}

const isSchedule = (role: { readonly kind: string; readonly indexSorts?: readonly string[] }): boolean =>
  role.kind === 'quantity' && role.indexSorts?.[0] === 'history';
