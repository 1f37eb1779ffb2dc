/** States that stand for several at once, v_t^{(i)} = \beta_i v_{t-1}^{(i)} + … beside \sum_{i=1}^{K} v_t^{(i)}: they are refused, with the way to type them. */
import { refuse } from '../../../base/problem.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { letterEnd, solid } from '../author-tokens.ts';
import { scriptEnd } from '../author-names.ts';

/** Refuses displays with a value v_t^{(i)} whose letter i, in parentheses, a sum counts up to a number or a letter. */
export function refuseFamilies(displays: readonly (readonly Token[])[], { iteration, parameters }: Notation): void {
  const rows = displays.map(solid);
  const counted = new Set(rows.flatMap(countedBySums));
  for (const row of counted.size === 0 ? [] : rows)
    for (const at of row.keys()) {
      const end = letterEnd(row, at);
      const scripts = end === null ? null : labelAndLetter(row, end, iteration);
      if (end === null || scripts === null || !counted.has(scripts.letter)) continue;
      const name = row
        .slice(at, end)
        .map(({ text }) => text)
        .join('');
      if (name === parameters || !/^(?::?=|\\(?:gets|leftarrow|coloneqq))/.test(textBehind(row, scripts.end))) continue;
      refuse(
        'family-of-states',
        `${name} with ${scripts.letter} stands for several states, one for each ${scripts.letter}`,
        row[at]?.span,
        `Write them out for a number of them, two rows ${name}_${iteration}^{(1)} = … and ${name}_${iteration}^{(2)} = … for two, with hyperparameters of their own and the sum term by term.`,
      );
    }
}

const textBehind = (row: readonly Token[], at: number): string =>
  row
    .slice(at, at + 3)
    .filter(({ kind }) => kind !== 'alignment')
    .map(({ text }) => text)
    .join('');

/** i of _t^{(i)} and of ^{(i)}_t. */
function labelAndLetter(row: readonly Token[], at: number, iteration: string): { letter: string; end: number } | null {
  const first = scriptEnd(row, at);
  const second = first === null ? null : scriptEnd(row, first);
  if (first === null || second === null) return null;
  const texts = [row.slice(at, first), row.slice(first, second)].map(script => script.map(({ text }) => text).join(''));
  const hasLabel = texts.some(text => text.startsWith('_') && text.includes(iteration));
  const letter = texts.map(text => /^\^\{\(([a-z])\)\}$/.exec(text)?.[1]).find(each => each !== undefined);
  return hasLabel && letter !== undefined && letter !== iteration ? { letter, end: second } : null;
}

/** i of \sum_{i=1}^{K}. */
function countedBySums(row: readonly Token[]): string[] {
  return row.flatMap(({ text }, at) => {
    const [mark, open, letter, relation] = row.slice(at + 1, at + 5);
    const isCount = text === '\\sum' && mark?.kind === 'subscript' && open?.kind === 'open' && relation?.text === '=';
    return isCount && letter !== undefined ? [letter.text] : [];
  });
}
