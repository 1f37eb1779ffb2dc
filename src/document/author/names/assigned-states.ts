/**
 * States that a program's row gives a new value, v = \beta v + \nabla L(w_t), beside parameters with labels, w_{t+1} = w_t - \alpha v: the rows act in order,
 * so that rows behind read the new value and rows before the old one.
 */
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { scriptEnd } from '../author-names.ts';
import { letterEnd, solid } from '../author-tokens.ts';

/** The rows with the labels of the step on such states. */
export function withLabelsOfAssigned(rows: readonly Piece[], notation: Notation): Piece[] {
  const next = rows.flatMap(({ left }) => labelOf(left, notation))[0];
  if (next === undefined) return [...rows];
  const now = next === '' ? '-1' : '';
  const states = rows.flatMap(({ left, right, relation }, at) => {
    const name = bareName(left);
    const isState = name !== null && name !== notation.parameters && name !== notation.iteration;
    const isOwn = isState && uses(right, name);
    return isOwn && (relation === '=' || relation === ':=') ? [{ name, at }] : [];
  });
  const once = states.filter(({ name }) => rows.filter(({ left }) => bareName(left) === name).length === 1);
  return once.reduce<Piece[]>(
    (all, { name, at }) =>
      all.map((row, place) => {
        const label = (tokens: readonly Token[], offset: string): Token[] =>
          labelled(tokens, name, `_{${notation.iteration}${offset}}`);
        const right = label(row.right, place > at ? next : now);
        return place === at ? { ...row, left: label(row.left, next), right } : { ...row, right };
      }),
    [...rows],
  );
}

/** `+1` of w_{t+1} = …, nothing of w_t = …. */
function labelOf(left: readonly Token[], { parameters, iteration }: Notation): string[] {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  if (end === null || canonicalNameOf(row.slice(0, end)) !== parameters || scriptEnd(row, end) !== row.length)
    return [];
  const text = row
    .slice(end)
    .map(each => each.text)
    .join('');
  if (text === `_${iteration}` || text === `_{${iteration}}`) return [''];
  return text === `_{${iteration}+1}` ? ['+1'] : [];
}

function bareName(left: readonly Token[]): string | null {
  const row = solid(trim(left));
  return letterEnd(row, 0) === row.length ? canonicalNameOf(row) : null;
}

const uses = (tokens: readonly Token[], name: string): boolean => places(tokens, name).length > 0;

/** Where the name stands without a subscript, from and to. */
function places(tokens: readonly Token[], name: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = letterEnd(tokens, at);
    if (end === null) continue;
    if (canonicalNameOf(tokens.slice(at, end)) === name && tokens[end]?.kind !== 'subscript')
      found.push({ from: at, to: end });
    at = end - 1;
  }
  return found;
}

function labelled(tokens: readonly Token[], name: string, label: string): Token[] {
  const ends = new Map(places(tokens, name).map(({ to }) => [to - 1, true]));
  return tokens.flatMap((token, at) =>
    ends.has(at) ? [token, ...tokenizeText(label).map(each => ({ ...each, span: token.span }))] : [token],
  );
}
