/**
 * A counterexample to a limit or regime as lines for people: what all members of the sequence share, once, then a row a member.
 * The whole members, with every digit, are in the JSON.
 */
import type { CounterexampleReport } from './check-report.ts';
import { type ShownLetters, USUAL_LETTERS } from '../../document/shown-letters.ts';
import { lossLines, pointOf, quantityLines, USUAL_SIDES, type Wording } from './counterexample-text.ts';
import { harmless, type Paint, plain } from '../text/paint.ts';
import { placeInFile } from './place-of.ts';
import { shortDecimal } from '../text/short-decimal.ts';
import { hanging, padEnd, textWidth } from '../text/wrap.ts';

const DIGITS = 10;
const INDENT = '    ';

/** Lines without line feeds, each at most `width` columns but for values that cannot be broken. */
export function sequenceLines(
  members: readonly CounterexampleReport[],
  width: number,
  { letters = USUAL_LETTERS, sides = USUAL_SIDES }: Wording = {},
  paint: Paint = plain,
): string[] {
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) return [];
  const varies = changing(first, last);
  const same = new Set(
    pointOf(first, letters).filter(fact => members.every(member => pointOf(member, letters).includes(fact))),
  );
  const lines = same.size > 0 ? hanging('at  ', harmless([...same].join(', ')), width) : [];
  if (!varies.has('losses')) lines.push(...lossLines(first, width, letters));
  for (const [name, member] of [['first  ', first] as const, ['last   ', last] as const]) {
    const own = pointOf(member, letters).filter(
      fact =>
        !same.has(fact) && !(varies.has('n') && fact.startsWith(placeInFile({ ...member, along: undefined }, letters))),
    );
    if (own.length > 0) lines.push(...hanging(INDENT + name, harmless(own.join(', ')), width));
    if (varies.has('losses')) lines.push(...lossLines(member, width, letters));
  }
  lines.push(...quantityLines(first, width));
  return [...lines, ...table(members, letters, sides, paint)];
}

/** The fields of the instance whose values differ. */
const changing = (first: CounterexampleReport, last: CounterexampleReport): ReadonlySet<string> =>
  new Set(Object.keys(first).filter(key => JSON.stringify(first[key]) !== JSON.stringify(last[key])));

function table(
  members: readonly CounterexampleReport[],
  letters: ShownLetters,
  [left, right]: readonly [string, string],
  paint: Paint,
): string[] {
  const moves = new Set(members.map(({ n }) => n)).size > 1;
  const place = (member: CounterexampleReport): string =>
    placeInFile(moves || typeof member.along !== 'string' ? member : { ...member, n: undefined }, letters);
  const rows = members.map(member => [
    harmless(place(member)),
    harmless(shortDecimal(member.claimed, DIGITS)),
    harmless(shortDecimal(member.derived, DIGITS)),
  ]);
  const widths = [0, 1].map(column => Math.max(left.length, ...rows.map(row => textWidth(row[column] ?? ''))));
  const line = ([at = '', claimed = '', derived = '']: readonly string[]): string =>
    `${INDENT}${padEnd(at, widths[0] ?? 0)}  ${padEnd(claimed, widths[1] ?? 0)}  ${derived}`.trimEnd();
  const heading = line(['', left, right]).replace(left, paint('red', left)).replace(right, paint('green', right));
  return [heading, ...rows.map(line)];
}
