/**
 * A state that is made squared, b_{k+1}^2 = b_k^2 + \|g_k\|^2: its square is the state, b^2, and b its root. A first value b_0 is squared too.
 */
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, letterToken, solid } from '../author-tokens.ts';

/** The rows with the squares of such names, those of `known` aside, as names of their own. */
export function withSquaredStates(rows: readonly Piece[], iteration: string, known: ReadonlySet<string>): Piece[] {
  const names = new Set(
    rows.flatMap(({ left }) => {
      const made = leftOf(left);
      return made?.isSquare && made.label.some(({ text }) => text === iteration) ? [made.name] : [];
    }),
  );
  for (const name of [...names]) {
    const isMadeItself = rows.some(({ left }) => {
      const made = leftOf(left);
      return made?.name === name && !made.isSquare && made.label.some(({ text }) => text === iteration);
    });
    if (isMadeItself || known.has(name)) names.delete(name);
  }
  if (names.size === 0) return [...rows];
  return rows.map(piece => {
    const made = leftOf(piece.left);
    const isStart = made !== null && names.has(made.name) && !made.isSquare;
    const right = withRoots(piece.right, names);
    return {
      ...piece,
      left: isStart && made ? [squareName(made), ...made.script] : withRoots(piece.left, names),
      right: isStart ? squared(right) : right,
    };
  });
}

interface Made {
  readonly name: string;
  readonly own: readonly Token[];
  readonly script: readonly Token[];
  readonly label: readonly Token[];
  readonly isSquare: boolean;
}

/** The name of a left side with a label in the subscript, and whether it is squared; null for any other. */
function leftOf(left: readonly Token[]): Made | null {
  const row = trim(left).filter(({ kind }) => kind !== 'space');
  const end = letterEnd(row, 0);
  const name = end === null ? null : canonicalNameOf(row.slice(0, end));
  if (end === null || name === null) return null;
  const scripts = scriptsAt(row, end);
  if (scripts === null || scripts.end !== row.length) return null;
  const { label, isSquare } = scripts;
  return { name, own: row.slice(0, end), script: label, label: label.slice(1), isSquare };
}

/** The subscript behind `at` and whether a square stands before or behind it; null where there is no subscript. */
function scriptsAt(
  tokens: readonly Token[],
  at: number,
): { label: readonly Token[]; isSquare: boolean; end: number } | null {
  let label: readonly Token[] | null = null;
  let isSquare = false;
  let end = at;
  for (let next = scriptEnd(tokens, end); next !== null; next = scriptEnd(tokens, end)) {
    const script = tokens.slice(end, next);
    const isPower = script[0]?.kind === 'superscript';
    if (isPower && (isSquare || textOf(script.slice(1)) !== '2')) break;
    if (!isPower && label !== null) break;
    if (isPower) isSquare = true;
    else label = script;
    end = next;
  }
  return label === null ? null : { label, isSquare, end };
}

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .filter(({ kind }) => kind !== 'open' && kind !== 'close')
    .map(({ text }) => text)
    .join('');

const squareName = ({ name, own }: Pick<Made, 'name' | 'own'>): Token => letterToken(own, `{${name}^2}`);

/** b_k^2 as the name {b^2}_k, b_k as its root. */
const withRoots = (tokens: readonly Token[], names: ReadonlySet<string>): Token[] =>
  replaceNames(tokens, (name, at, end) => {
    const scripts = names.has(name) ? scriptsAt(tokens, end) : null;
    if (scripts === null) return null;
    const own = tokens.slice(at, end);
    const value = [squareName({ name, own }), ...scripts.label];
    const [first] = own;
    if (scripts.isSquare || first === undefined) return { tokens: value, next: scripts.end };
    const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: first.span });
    return {
      tokens: [symbol('command', '\\sqrt'), symbol('open', '{'), ...value, symbol('close', '}')],
      next: scripts.end,
    };
  });

function squared(right: readonly Token[]): Token[] {
  const [first] = right;
  if (first === undefined) return [];
  const symbol = (kind: Token['kind'], text: string): Token => ({ kind, text, span: first.span });
  return [symbol('symbol', '('), ...right, symbol('symbol', ')'), symbol('superscript', '^'), symbol('digit', '2')];
}
