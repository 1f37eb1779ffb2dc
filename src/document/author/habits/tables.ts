/**
 * Values written as tables of the parameters and the step, v(w, t), and derivatives at a step, \frac{\partial E}{\partial w}(t): the second
 * argument is the label.
 */
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** The names that stand as v(w, t) with a letter that is somewhere shifted by a number, v(w, t-1), each with that letter. */
export function tablesIn(displays: readonly (readonly Token[])[], { parameters, loss }: Notation): ReadonlySet<string> {
  const tables = displays.flatMap(tokens => [...tokens.keys()].flatMap(at => tableAt(tokens, at, parameters) ?? []));
  return new Set(tables.flatMap(table => (table.name !== loss && /\d$/.test(table.label) ? [keyOf(table)] : [])));
}

const keyOf = ({ name, label }: Table): string => `${name} ${label.replace(/[+-]\d+$/, '')}`;

/** v(w, t) as v^{(t)}, for the names of {@link tablesIn}. */
export function withoutTables(
  tokens: readonly Token[],
  tables: ReadonlySet<string>,
  { parameters }: Notation,
): Token[] {
  if (tables.size === 0) return [...tokens];
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const table = tableAt(tokens, at, parameters);
    if (table === null || !tables.has(keyOf(table))) {
      kept.push(token);
      continue;
    }
    const place = (text: string): Token[] => tokenizeText(text).map(each => ({ ...each, span: token.span }));
    kept.push(
      ...tokens.slice(at, table.open),
      ...place('^{('),
      ...tokens.slice(table.comma + 1, table.close),
      ...place(')}'),
    );
    at = table.close;
  }
  return kept;
}

interface Table {
  readonly name: string;
  readonly label: string;
  readonly open: number;
  readonly comma: number;
  readonly close: number;
}

function tableAt(tokens: readonly Token[], at: number, parameters: string): Table | null {
  const end = /^\\(?:nabla|partial)$/.test(tokens[at]?.text ?? '') ? null : letterEnd(tokens, at);
  if (end === null || tokens[end]?.text !== '(') return null;
  const behind = (text: string): number => tokens.findIndex((token, index) => index > end && token.text === text);
  const [comma, close] = [behind(','), behind(')')];
  if (comma === -1 || comma > close || !isParameters(tokens.slice(end + 1, comma), parameters)) return null;
  const name = canonicalNameOf(tokens.slice(at, end));
  const label = textOf(tokens.slice(comma + 1, close));
  return name !== null && /^(?:[A-Za-z]|\\[A-Za-z]+)(?:[+-]\d+)?$/.test(label)
    ? { name, label, open: end, comma, close }
    : null;
}

const isParameters = (tokens: readonly Token[], parameters: string): boolean =>
  textOf(tokens) === textOf(tokenizeText(parameters)) || canonicalNameOf(tokens) === parameters;

const isLabel = (tokens: readonly Token[], iteration: string): boolean => {
  const text = textOf(tokens);
  return text.startsWith(iteration) && /^(?:[+-]\d+)?$/.test(text.slice(iteration.length));
};

/** \frac{\partial E}{\partial w}(t) as \frac{\partial E}{\partial w}(w^{(t)}), where the parameters have their labels as arguments. */
export function withPointsOfDerivatives(tokens: readonly Token[], { parameters, iteration }: Notation): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    kept.push(token);
    if (token.text !== '(' || !endsDerivative(tokens.slice(Math.max(0, at - 60), at), parameters)) continue;
    const close = tokens.findIndex(({ text }, index) => index > at && text === ')');
    if (close === -1 || !isLabel(tokens.slice(at + 1, close), iteration)) continue;
    const place = (text: string): Token[] => tokenizeText(text).map(each => ({ ...each, span: token.span }));
    kept.push(...place(`${parameters}^{(`), ...tokens.slice(at + 1, close), ...place(')}'));
    at = close - 1;
  }
  return kept;
}

/** Whether the tokens end with ∂E/∂w, as a fraction or with a slash, or with \nabla E. */
function endsDerivative(tokens: readonly Token[], parameters: string): boolean {
  const text = textOf(tokens);
  const core = parseLetter(parameters)?.core ?? textOf(tokenizeText(parameters));
  // \mathbf{w}, \bm w and \vec w are the parameters \boldsymbol{w} too.
  const letter = `(?:\\\\(?:mathbf|boldsymbol|bm|vec)\\{?)?${core.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\}?`;
  return new RegExp(
    `(?:\\\\[td]?frac\\{\\\\partial[^{}]{1,12}\\}\\{\\\\partial${letter}(?:_\\{?[a-z]\\}?)?\\}|\\\\partial[^{}/]{1,12}/\\\\partial${letter}|\\\\nabla(?:\\\\[A-Za-z]+|[A-Za-z]))$`,
  ).test(text);
}
