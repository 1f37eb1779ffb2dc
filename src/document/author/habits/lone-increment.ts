/**
 * An increment alone, \Delta w_t = -\epsilon\nabla E(w_t) + p \Delta w_{t-1}: the update that adds it is left to the reader. The step starts from the newest
 * parameters that the rows show, so that w_{t+1} = w_t + \Delta w_t here. Where no row shows a minus sign the increment may as well be one
 * that is subtracted, and both readings are named.
 */
import { refuse } from '../../../base/problem.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { topLevel, trim } from '../../../latex/display/display-tokens.ts';
import { canonicalNameOf, parseLetter } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { tokenizeText } from '../../../latex/notation/tokenize.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';

const INCREMENT = /^(?:\\Delta|\\delta) (.+)$/;

/** The rows with the update that adds their increment, where none makes the parameters and one makes their increment. */
export function withLoneIncrement(rows: readonly Piece[], notation: Notation): Piece[] {
  const own = (name: string): boolean => coreOf(name) === coreOf(notation.parameters);
  if (rows.some(({ left }) => own(nameOf(left)))) return [...rows];
  const [increment, second] = rows.filter(({ left }) => {
    const name = INCREMENT.exec(nameOf(left))?.[1];
    return name !== undefined && own(name) && !/_\{?0\}?$|\(0\)/.test(textOf(left));
  });
  const at = increment?.left[0];
  if (increment === undefined || at === undefined || second !== undefined) return [...rows];
  const sides = rows.flatMap(({ left, right }) => [left, right]);
  const offset = newestParameters(sides, notation);
  const label = labelText(increment.left);
  const { parameters, iteration, index } = notation;
  const component = componentIn(increment.left, notation);
  const written = (amount: number): string => {
    const step = amount === 0 ? iteration : `${iteration}${amount > 0 ? '+' : '-'}${Math.abs(amount)}`;
    if (label === null || offset === null) return component === null ? parameters : `${parameters}_{${component}}`;
    if (index === 'subscript') return `${parameters}_{${step}${component === null ? '' : `,${component}`}}`;
    return `${parameters}${component === null ? '' : `_{${component}}`}^{(${step})}`;
  };
  const [made, from] = [written((offset ?? 0) + 1), written(offset ?? 0)];
  refuseWithoutSign(rows, increment, made, from);
  const tokens = (text: string): Token[] => tokenizeText(text).map(token => ({ ...token, span: at.span }));
  const update: Piece = {
    left: tokens(made),
    relation: '=',
    right: [...tokens(`${from} + `), ...increment.left],
    condition: null,
    equivalence: false,
    remainder: null,
    chained: false,
    span: increment.span,
  };
  return [...rows, update];
}

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

const coreOf = (name: string): string => parseLetter(name)?.core ?? name;

/** The name that a left side begins with. */
function nameOf(left: readonly Token[]): string {
  const row = trim(left);
  const end = letterEnd(row, 0);
  if (row[0] && INCREMENT.test(row[0].text)) return row[0].text;
  return end === null ? '' : (canonicalNameOf(row.slice(0, end)) ?? '');
}

/** The scripts of the left side as typed; null where it has none with a label. */
function labelText(left: readonly Token[]): string | null {
  const scripts = textOf(left).replace(/^[^_^]*/, '');
  return scripts === '' ? null : scripts;
}

function componentIn(left: readonly Token[], { component }: Notation): string | null {
  return left.some(({ text }, at) => at > 0 && text === component) ? component : null;
}

/** The greatest c of the parameters with the label n + c; null where no label is shown. */
function newestParameters(sides: readonly (readonly Token[])[], { parameters, iteration }: Notation): number | null {
  const core = coreOf(parameters);
  const found: number[] = [];
  for (const tokens of sides)
    for (let at = 0; at < tokens.length; at += 1) {
      const end = letterEnd(tokens, at);
      const name = end === null ? null : canonicalNameOf(tokens.slice(at, end));
      if (end === null || name === null || coreOf(name) !== core) continue;
      const scripts = textOf(tokens.slice(end, end + 16));
      const label = scriptsOf(scripts).flatMap(script => offsetIn(script, iteration));
      found.push(...label);
    }
  return found.length === 0 ? null : Math.max(...found);
}

/** The scripts right behind a name. */
function scriptsOf(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  for (;;) {
    const script = /^[_^](?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}]))/.exec(rest);
    if (script === null) return found;
    found.push(script[1] ?? script[2] ?? '');
    rest = rest.slice(script[0].length);
  }
}

function offsetIn(script: string, iteration: string): number[] {
  return script.split(',').flatMap(entry => {
    const text = entry.replace(/^\((.*)\)$/, '$1');
    if (!text.startsWith(iteration)) return [];
    const shift = /^([+-]\d+)?$/.exec(text.slice(iteration.length));
    return shift === null ? [] : [Number(shift[1] ?? 0)];
  });
}

function refuseWithoutSign(rows: readonly Piece[], increment: Piece, made: string, from: string): void {
  if (rows.some(({ right }) => topLevel(right).some(({ token }) => token.text === '-'))) return;
  const name = textOf(increment.left);
  refuse(
    'increment-sign',
    `no row adds ${name}, and nothing here says that it is added: ${made} = ${from} + ${name} or ${from} - ${name}`,
    increment.span,
    `Write the update too, as ${made} = ${from} - ${name}.`,
  );
}
