/** Rows that give no value of the method: the count of the steps, t \gets t + 1, and usual values, \beta = 0.9. */
import { attempt, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { canonicalNameOf } from '../../latex/layout/canonical-name.ts';
import type { Piece } from '../../latex/display/display.ts';
import type { Token } from '../../latex/notation/token.ts';
import type { Notation } from '../../optimizer/model.ts';
import { solid } from './author-tokens.ts';
import { type FirstIteration, refuseInnerLoop } from './row-condition.ts';

const textOf = (tokens: readonly Token[]): string =>
  solid(tokens)
    .map(({ text }) => text)
    .join('');

/** A number as it is typed: 0.9, 10^{-8}, 1e-8. */
const NUMBER = /^[\d.]+(?:\^\{?-?\d+\}?|e-?\d+|(?:\\times|\\cdot)10\^\{?-?\d+\}?)?$/;

export interface MethodRows {
  readonly rows: readonly Piece[];
  /** Where a row counts the steps before the others: they count from 1. */
  readonly first: FirstIteration | null;
}

/** The rows of the method; `numbers` are the declared hyperparameters. */
export function methodRows(rows: readonly Piece[], notation: Notation, numbers: ReadonlySet<string>): MethodRows {
  const { iteration, step } = notation;
  const counts = rows.findIndex(
    ({ left, right }) => textOf(left) === iteration && textOf(right).replace(/\s/g, '') === `${iteration}+1`,
  );
  const isCount = ({ left, right }: Piece, at: number): boolean =>
    counts !== -1 && (at === counts || (textOf(left) === iteration && textOf(right) === '0'));
  const isUsual = ({ left, right, span }: Piece): boolean => {
    if (!isInText(span)) return false;
    const name = attempt(() => canonicalNameOf(solid(left)));
    const isKnown = name.ok && name.value !== null && (numbers.has(name.value) || name.value === step);
    return isKnown && NUMBER.test(textOf(right));
  };
  refuseLostStart(rows, notation);
  for (const { left, right, span } of rows)
    if (/dots/.test(textOf(right))) refuseInnerLoop(textOf(left), textOf(right), span, notation);
  const counted = rows[counts];
  const before = rows.slice(0, Math.max(0, counts));
  const names = ({ left, right }: Piece): boolean => [...left, ...right].some(({ text }) => text === iteration);
  const isFirst = counts !== -1 && before.every((row, at) => isCount(row, at) || isStart(row) || !names(row));
  return {
    rows: rows.filter((row, at) => !isCount(row, at) && !isUsual(row)),
    first:
      counted && isFirst ? { value: 1, text: textOf([...counted.left, ...counted.right]), span: counted.span } : null,
  };
}

/** v_0 = \nabla L(\theta) beside v \gets \beta v + …: without labels nothing says that the first is the first value of the second. */
function refuseLostStart(rows: readonly Piece[], { parameters }: Notation): void {
  const bare = new Set(rows.map(({ left }) => textOf(left)));
  for (const { left, right, span } of rows) {
    const name = /^(.+?)(?:_\{?0\}?|\^\{?\(?0\)?\}?)$/.exec(textOf(left))?.[1];
    if (name === undefined || name === parameters || !bare.has(name) || textOf(right) === '0') continue;
    refuse(
      'unlabelled-start',
      `${textOf(left)} is a first value, and the other rows of ${name} have no labels`,
      span,
      `Write the rows with labels, as ${name}_{t+1} = …`,
    );
  }
}

/** Whether the formula around the place stands between single dollars or \( \): in a display such a row would be one of the method. */
function isInText({ source, start }: Span): boolean {
  const before = source.text.slice(Math.max(0, start - 200), start);
  return /(?:^|[^$])\$`?[^$]*$/.test(before) || /\\\([^)]*$/.test(before);
}

/** m_0 = 0. */
const isStart = ({ left, right }: Piece): boolean =>
  /[_^]\{?\(?0\)?\}?$/.test(textOf(left)) || NUMBER.test(textOf(right));
