/**
 * Names with something else beside their label: a number, \beta_{1,t} and \hat\beta_{2t}, which is part of the name, as is one in parentheses above,
 * v_t^{(1)}, where a row makes it; and a letter that names another value, c_m = 1 - \mu^t beside m_t.
 */
import { refuse } from '../../../base/problem.ts';
import { trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { replaceNames, scriptEnd } from '../author-names.ts';
import { letterEnd, letterToken, solid } from '../author-tokens.ts';

type Script = { readonly inside: readonly Token[]; readonly end: number };

/** The rows of a rule with labels in the subscript, with such names as names of one letter. `numbers` are the declared ones. */
export function withNumbersInNames(rows: readonly Piece[], notation: Notation, numbers: ReadonlySet<string>): Piece[] {
  const { parameters, loss, iteration, component, step, gradient } = notation;
  const apart = new Set([parameters, loss, step, gradient, '\\nabla', '\\partial']);
  const above = new Set([...numbers, ...rows.flatMap(({ left }) => numberedAbove(left, iteration) ?? [])]);
  const made = new Set(rows.flatMap(({ left }) => madeName(left) ?? []));
  for (const letter of [iteration, component, parameters]) made.delete(letter);
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) => {
      const raised = raisedAt(tokens, end);
      if (name === gradient && raised !== null && raised.label.some(({ text }) => text === iteration))
        refuseSecondSample(tokens.slice(at, raised.end), gradient, raised.number, iteration);
      if (apart.has(name)) return null;
      if (raised !== null && above.has(`${name}^{(${raised.number})}`))
        return {
          tokens: [letterToken(tokens.slice(at, end), `${name}^{(${raised.number})}`), ...raised.label],
          next: raised.end,
        };
      const below = scriptAt(tokens, end, 'subscript');
      if (below === null) return null;
      const [number, label] = numberAndLabel(below.inside, iteration);
      if (number !== '' && label !== null) {
        // \beta_{1t} = \beta_1\lambda^t beside a declared \beta_1.
        const own = numbers.has(`${name}_${number}`) ? `${name}_{${number}\\cdot}` : `${name}_${number}`;
        const first = tokens[end];
        if (first === undefined) return null;
        const brace = (kind: 'open' | 'close', text: string): Token => ({ kind, text, span: first.span });
        return {
          tokens: [
            letterToken(tokens.slice(at, below.end), own),
            first,
            brace('open', '{'),
            ...label,
            brace('close', '}'),
          ],
          next: below.end,
        };
      }
      const letter = canonicalNameOf(below.inside);
      if (letter === null || !made.has(letter) || letterEnd(below.inside, 0) !== below.inside.length) return null;
      return { tokens: [letterToken(tokens.slice(at, below.end), `${name}_${letter}`)], next: below.end };
    });
  return rows.map(piece => ({
    ...piece,
    left: change(piece.left),
    right: change(piece.right),
    condition: piece.condition && change(piece.condition),
  }));
}

/** g_t^{(2)}: a second sample of the step, what a second worker has, or a component. */
function refuseSecondSample(tokens: readonly Token[], gradient: string, number: string, iteration: string): never {
  const [first] = tokens;
  const typed = solid(tokens)
    .map(({ text }) => text)
    .join('');
  return refuse(
    'second-sample',
    `${typed} has two readings: component ${number} of the gradient, or that of sample (or worker) ${number} in this step`,
    first?.span,
    `A step has one loss: give the samples steps of their own, or write ${gradient} for the mean over them. A component is ${gradient}_{${iteration},${number}}.`,
  );
}

/** Rows without labels with \rho_m beside m, which a row makes, bold or not, as one name. */
export function withNamesBelow(rows: readonly Piece[], { iteration, component, parameters, loss }: Notation): Piece[] {
  const made = new Set(rows.flatMap(({ left }) => parseLetter(madeName(left) ?? '')?.core ?? []));
  for (const letter of [iteration, component, parameters, loss]) made.delete(letter);
  const lefts = new Set(
    rows.flatMap(({ left }) => {
      const row = solid(trim(left));
      const end = letterEnd(row, 0);
      const below = end === null ? null : scriptAt(row, end, 'subscript');
      const letter = below === null ? null : canonicalNameOf(below.inside);
      if (end === null || letter === null || !made.has(letter) || below?.end !== row.length) return [];
      return [`${canonicalNameOf(row.slice(0, end))}_${letter}`];
    }),
  );
  if (lefts.size === 0) return [...rows];
  const change = (tokens: readonly Token[]): Token[] =>
    replaceNames(tokens, (name, at, end) => {
      const below = scriptAt(tokens, end, 'subscript');
      const letter = below === null ? null : canonicalNameOf(below.inside);
      if (below === null || letter === null || !lefts.has(`${name}_${letter}`)) return null;
      return { tokens: [letterToken(tokens.slice(at, below.end), `${name}_${letter}`)], next: below.end };
    });
  return rows.map(piece => ({ ...piece, left: change(piece.left), right: change(piece.right) }));
}

function scriptAt(tokens: readonly Token[], at: number, kind: 'subscript' | 'superscript'): Script | null {
  const end = tokens[at]?.kind === kind ? scriptEnd(tokens, at) : null;
  if (end === null) return null;
  const whole = solid(tokens.slice(at + 1, end));
  const inside = whole[0]?.kind === 'open' ? whole.slice(1, -1) : whole;
  return { inside, end };
}

/** The number and the label of `2t`, `1,t` and `1,t-1`; no number or no label where there is something else. */
function numberAndLabel(
  inside: readonly Token[],
  iteration: string,
): readonly [number: string, label: readonly Token[] | null] {
  const behind = inside.findIndex(({ kind }) => kind !== 'digit');
  const number = inside
    .slice(0, Math.max(behind, 0))
    .map(({ text }) => text)
    .join('');
  const label = inside.slice(inside[behind]?.text === ',' ? behind + 1 : behind);
  return [number, isLabel(label, iteration) ? label : null];
}

function isLabel(tokens: readonly Token[], iteration: string): boolean {
  const [letter, sign, ...digits] = tokens;
  if (letter?.text !== iteration) return false;
  if (sign === undefined) return true;
  return (sign.text === '+' || sign.text === '-') && digits.length > 0 && digits.every(({ kind }) => kind === 'digit');
}

/** `_t^{(1)}`, `^{(1)}_t` or `^{(1)}` behind a name. */
function raisedAt(
  tokens: readonly Token[],
  at: number,
): { number: string; label: readonly Token[]; end: number } | null {
  const below = scriptAt(tokens, at, 'subscript');
  const above = scriptAt(tokens, below?.end ?? at, 'superscript');
  if (above === null) return null;
  const number = /^\((\d+)\)$/.exec(above.inside.map(({ text }) => text).join(''))?.[1];
  if (number === undefined) return null;
  if (below !== null) return { number, label: tokens.slice(at, below.end), end: above.end };
  const behind = scriptAt(tokens, above.end, 'subscript');
  return { number, label: behind === null ? [] : tokens.slice(above.end, behind.end), end: behind?.end ?? above.end };
}

/** The name with its number that a left side v_t^{(1)} makes; null for any other. */
function numberedAbove(left: readonly Token[], iteration: string): string | null {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  const raised = end === null ? null : raisedAt(row, end);
  if (end === null || raised === null || raised.end !== row.length) return null;
  if (!raised.label.some(({ text }) => text === iteration)) return null;
  return `${canonicalNameOf(row.slice(0, end))}^{(${raised.number})}`;
}

/** The letter that a left side makes; null where it is none. */
function madeName(left: readonly Token[]): string | null {
  const row = solid(trim(left));
  const end = letterEnd(row, 0);
  return end === null ? null : canonicalNameOf(row.slice(0, end));
}
