/**
 * Values by cases of the iteration, as in a warm-up: \eta_t = \begin{cases} \eta t/T & t < T \\ \eta & t \ge T \end{cases} is the sum of the
 * values times 0 or 1, written with the sign of t − T. The cases must cover every t, each but the last up to where the next begins.
 */
import { refuse } from '../../base/problem.ts';
import { relationsIn } from '../../latex/display/condition.ts';
import { trim } from '../../latex/display/display-tokens.ts';
import type { ConditionRelation } from '../../latex/notation/notation-table.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation } from '../../optimizer/model.ts';
import { tokenizeText } from '../../latex/notation/tokenize.ts';

/** The tokens with every environment `cases` behind a relation written out. */
export function withoutCases(tokens: readonly Token[], { iteration }: Notation): Token[] {
  return replaced(tokens, (inside, place) => written(inside, iteration, place));
}

/** The tokens with a number in the place of every such environment, for whoever looks only at the labels around it. */
export const ignoringCases = (tokens: readonly Token[]): Token[] =>
  replaced(tokens, (_, place) => [{ kind: 'digit', text: '1', span: place.span }]);

function replaced(tokens: readonly Token[], write: (inside: readonly Token[], place: Token) => Token[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const begin = environmentAt(tokens, at, '\\begin');
    if (begin === null || !followsRelation(found)) {
      found.push(token);
      continue;
    }
    const end = endOf(tokens, begin);
    if (end === null) return [...found, ...tokens.slice(at)];
    found.push(...write(tokens.slice(begin, end.at), token));
    at = end.behind - 1;
  }
  return found;
}

/** Behind \begin{cases} at `at`. */
function environmentAt(tokens: readonly Token[], at: number, command: '\\begin' | '\\end'): number | null {
  if (tokens[at]?.text !== command || tokens[at + 1]?.kind !== 'open') return null;
  const close = tokens.findIndex((token, index) => index > at && token.kind === 'close');
  const name = tokens
    .slice(at + 2, close)
    .map(({ text }) => text)
    .join('');
  return close !== -1 && /^d?cases\*?$/.test(name) ? close + 1 : null;
}

/** The environment `cases` that begins at `at`: what stands in it, and where it ends; null where none does. */
export function casesEnvironment(
  tokens: readonly Token[],
  at: number,
): { inside: readonly Token[]; behind: number } | null {
  const begin = environmentAt(tokens, at, '\\begin');
  const end = begin === null ? null : endOf(tokens, begin);
  return begin === null || end === null ? null : { inside: tokens.slice(begin, end.at), behind: end.behind };
}

function endOf(tokens: readonly Token[], start: number): { at: number; behind: number } | null {
  for (let at = start; at < tokens.length; at += 1) {
    const behind = environmentAt(tokens, at, '\\end');
    if (behind !== null) return { at, behind };
  }
  return null;
}

const RELATION = /^(?:=|\\leftarrow|\\gets|\\coloneqq|\\triangleq)$/;

function followsRelation(before: readonly Token[]): boolean {
  const last = before.findLast(({ kind, text }) => kind !== 'space' && kind !== 'alignment' && text !== '\\cdot');
  if (last === undefined || last.text === '\\\\') return false;
  if (RELATION.test(last.text)) return true;
  // \eta \cdot \begin{cases}: a factor before them, on a row that has a relation.
  const row = before.slice(before.findLastIndex(({ text }) => text === '\\\\') + 1);
  return row.some(({ text }) => RELATION.test(text));
}

interface Case {
  readonly value: readonly Token[];
  readonly condition: readonly Token[];
}

export function casesOf(tokens: readonly Token[]): Case[] {
  const rows: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (token.text === '\\\\' && depth === 0) rows.push([]);
    else rows.at(-1)?.push(token);
  }
  return rows
    .filter(row => trim(row).length > 0)
    .map(row => {
      const bar = row.findIndex(({ kind }) => kind === 'alignment');
      const value = trim(bar === -1 ? row : row.slice(0, bar));
      const ending = /^[,;]$/.test(value.at(-1)?.text ?? '') ? value.slice(0, -1) : value;
      return {
        value: ending,
        condition: bar === -1 ? [] : row.slice(bar + 1).filter(({ kind }) => kind !== 'alignment'),
      };
    });
}

/** The tokens of a condition without its words; `otherwise` where only these stand. */
export function conditionOf(tokens: readonly Token[]): readonly Token[] | 'otherwise' {
  const kept: Token[] = [];
  let words = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/^\\(?:text|mathrm|textrm|textnormal|mbox)$/.test(token.text) && tokens[at + 1]?.kind === 'open') {
      const close = tokens.findIndex((each, index) => index > at && each.kind === 'close');
      const inside = tokens.slice(at + 2, close);
      words += inside.map(({ text }) => text).join('');
      if (inside.some(({ text }) => text === '$'))
        kept.push(...inside.slice(inside.findIndex(({ text }) => text === '$')).filter(({ text }) => text !== '$'));
      at = close;
    } else if (!/^\\(?:quad|qquad|,|;|:| )$/.test(token.text) && token.kind !== 'space') kept.push(token);
  }
  while (/^[.,;]$/.test(kept.at(-1)?.text ?? '')) kept.pop();
  while (/^[.,;]$/.test(kept[0]?.text ?? '')) kept.shift();
  return kept.length === 0 && /^\s*(?:otherwise|else)\W*$/.test(words) ? 'otherwise' : kept;
}

/** A bound of the iteration: below it, or up to it. */
interface Bound {
  readonly at: readonly Token[];
  /** t < at; else t ≤ at. */
  readonly strict: boolean;
}
interface Range {
  /** What the range begins behind: t ≥ at where the bound is strict, t > at else. */
  readonly after: Bound | null;
  readonly upTo: Bound | null;
}

const FLIPPED: Partial<Record<ConditionRelation, ConditionRelation>> = {
  '<': '>',
  '>': '<',
  '\\le': '\\ge',
  '\\ge': '\\le',
};

function rangeOf(tokens: readonly Token[], iteration: string): Range | null {
  const relations = relationsIn(tokens);
  const sides = [...relations, null].map((relation, place) => {
    const before = relations[place - 1];
    return tokens.slice(before ? before.at + before.length : 0, relation?.at ?? tokens.length);
  });
  let range: Range = { after: null, upTo: null };
  for (const [place, { relation }] of relations.entries()) {
    const [left = [], right = []] = [sides[place], sides[place + 1]];
    const isLeft = textOf(left) === iteration;
    if (!isLeft && textOf(right) !== iteration) return null;
    const directed = isLeft ? relation : FLIPPED[relation];
    const at = isLeft ? right : left;
    if (directed === '<' || directed === '\\le') range = { ...range, upTo: { at, strict: directed === '<' } };
    else if (directed === '>' || directed === '\\ge') range = { ...range, after: { at, strict: directed === '\\ge' } };
    else return null;
  }
  return relations.length === 0 ? null : range;
}

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .filter(({ kind }) => kind !== 'space')
    .map(({ text }) => text)
    .join('');

const isSame = (left: Bound | null, right: Bound | null): boolean =>
  left !== null && right !== null && left.strict === right.strict && textOf(left.at) === textOf(right.at);

const CLIP_HINT = ' A clip by the norm, c/\\|x\\| times x where \\|x\\| > c and x else, is \\min(1, c/\\|x\\|)x.';

function written(tokens: readonly Token[], iteration: string, place: Token): Token[] {
  const cases = casesOf(tokens);
  const known = cases.map(({ value, condition }) => {
    const typed = conditionOf(condition);
    return { value, range: typed === 'otherwise' ? typed : rangeOf(typed, iteration) };
  });
  const isOfNorm = cases.some(({ condition }) => condition.some(({ text }) => /^\\(?:\||[lr]?Vert|norm)$/.test(text)));
  const refused = (): never =>
    refuse(
      'cases-value',
      `a value by cases is read where the cases say of ${iteration} alone up to where each holds, in order, and cover all of it`,
      place.span,
      `Write the cases as ${iteration} < T, ${iteration} \\ge T.${isOfNorm ? CLIP_HINT : ''}`,
    );
  // Falling cases, t ≥ T first, are the same in the other order.
  const [first] = known;
  const isFalling =
    first !== undefined && first.range !== 'otherwise' && first.range?.upTo === null && known.length > 1;
  const ordered = isFalling && known.every(({ range }) => range !== 'otherwise') ? [...known].reverse() : known;
  const symbols = (text: string): Token[] => tokenizeText(text).map(token => ({ ...token, span: place.span }));
  const parts: Token[] = [];
  let before: Bound | null = null;
  for (const [at, { value, range }] of ordered.entries()) {
    const isLast = at === ordered.length - 1;
    if (range === null || (range === 'otherwise' && !isLast)) return refused();
    if (range !== 'otherwise') {
      if (before === null ? range.after !== null : range.after !== null && !isSame(range.after, before))
        return refused();
      if (isLast ? range.upTo !== null || range.after === null : range.upTo === null) return refused();
    }
    const upTo = range === 'otherwise' ? null : range.upTo;
    parts.push(...symbols(at === 0 ? '(' : '+('), ...value, ...symbols(')'));
    if (before)
      parts.push(...symbols('('), ...symbols('1-'), ...indicator(before, iteration, symbols), ...symbols(')'));
    if (upTo) parts.push(...indicator(upTo, iteration, symbols));
    before = upTo;
  }
  return [...symbols('('), ...parts, ...symbols(')')];
}

/** 1 where t is below the bound, else 0. */
function indicator({ at, strict }: Bound, iteration: string, symbols: (text: string) => Token[]): Token[] {
  return strict
    ? [...symbols('\\max(0,\\mathrm{sign}('), ...at, ...symbols(`-${iteration}))`)]
    : [...symbols(`(1-\\max(0,\\mathrm{sign}(${iteration}-(`), ...at, ...symbols('))))')];
}
