/**
 * Values written with the point of the step for their argument, \hat\epsilon(w_t) = …: the label of the point is their own, \hat\epsilon_t.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd } from '../author-tokens.ts';

/** The rows with such arguments as labels, of the names that a row makes so and that stand so wherever they are used. */
export function withLabelsOfPoints(rows: readonly Piece[], notation: Notation): Piece[] {
  const { loss, parameters, iteration, step, gradient } = notation;
  const apart = new Set([loss, parameters, iteration, step, gradient, '\\nabla', '\\partial']);
  const made = rows.flatMap(({ left }) => {
    const row = trim(left);
    const use = useAt(row, 0, parameters);
    return use !== null && use.next === row.length && !apart.has(use.name) ? [use.name] : [];
  });
  const names = new Set(made.filter(name => rows.every(each => standsSo(each, name, parameters))));
  if (names.size === 0) return [...rows];
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at) => {
      const use = names.has(name) ? useAt(tokens, at, parameters) : null;
      return use === null ? null : { tokens: [...use.own, ...use.label], next: use.next };
    });
  return rows.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

interface Use {
  readonly name: string;
  readonly own: readonly Token[];
  /** The scripts of the parameters. */
  readonly label: readonly Token[];
  readonly next: number;
}

/** NAME(x_t) at a place; null for anything else. */
function useAt(tokens: readonly Token[], at: number, parameters: string): Use | null {
  const end = letterEnd(tokens, at);
  const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
  if (end === null || name === null) return null;
  let open = end;
  while (/^(?:\\left|\\[bB]igg?l?|\\!)$/.test(tokens[open]?.text ?? '') || tokens[open]?.kind === 'space') open += 1;
  const close = tokens[open]?.text === '(' ? tokens.findIndex(({ text }, place) => place > open && text === ')') : -1;
  if (close === -1) return null;
  const isSized = /^(?:\\right|\\[bB]igg?r?)$/.test(tokens[close - 1]?.text ?? '');
  const inside = trim(tokens.slice(open + 1, isSized ? close - 1 : close));
  const point = letterEnd(inside, 0);
  const spelled = point === null ? null : canonicalNameOf(inside.slice(0, point));
  if (point === null || spelled === null || coreOf(spelled) !== coreOf(parameters)) return null;
  const script = scriptEnd(inside, point);
  if (script !== inside.length) return null;
  return { name, own: tokens.slice(at, end), label: inside.slice(point), next: close + 1 };
}

const coreOf = (name: string): string => parseLetter(name)?.core ?? name;

/** Whether the name has such an argument wherever it stands in the row. */
function standsSo({ left, right }: Piece, name: string, parameters: string): boolean {
  return [left, right].every(tokens =>
    [...tokens.keys()].every(at => {
      const end = letterEnd(tokens, at);
      const isName = end !== null && canonicalNameOf(tokens.slice(at, end)) === name;
      return !isName || useAt(tokens, at, parameters) !== null;
    }),
  );
}

/** x(t + \Delta t), where \Delta t is the step, as x(t + 1). */
export function withTimesAsLabels(tokens: readonly Token[], { step }: Notation): Token[] {
  const row = tokens.map((token, at) => ({ token, at })).filter(({ token }) => token.kind !== 'space');
  const replaced = new Set(
    row.flatMap(({ at }, place) => {
      const [open, letter, sign, amount, close] = row.slice(place, place + 5).map(({ token }) => token);
      const isTime =
        open?.text === '(' &&
        letter?.kind === 'letter' &&
        /^[+-]$/.test(sign?.text ?? '') &&
        amount?.text === step &&
        close?.text === ')' &&
        letterBefore(row[place - 1]?.token);
      return isTime && at >= 0 ? [row[place + 3]?.at ?? -1] : [];
    }),
  );
  return replaced.size === 0
    ? [...tokens]
    : tokens.map((token, at) => (replaced.has(at) ? { ...token, kind: 'digit', text: '1' } : token));
}

const letterBefore = (token: Token | undefined): boolean => token?.kind === 'letter' || token?.kind === 'command';
