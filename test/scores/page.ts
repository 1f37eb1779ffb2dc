/** The page of what has been measured: nothing stands in it that no unit of the record counted. */
import type { MeasuredSection, ScoreRecord } from './record.ts';
import { percent, type Section, total } from './section.ts';

/** How many wrong outcomes of a section are printed. */
const MOST_WRONG = 20;

const head = `# Scores

Measured by \`npm run scores\`, which writes this page; what stands here was counted, in the part of each score that was run. A unit follows from
the seed and its number alone, so that each can be run again. [How to run them](#how-to-run-them) stands below.
`;

const foot = `## How to run them

\`\`\`sh
npm run scores                                  # everything: many hours; Ctrl-C keeps what is done, the same command goes on
npm run scores -- --share 0.01                  # each hundredth unit of each score
npm run scores -- --only twins,rules --seed 7   # some scores, another seed
npm run scores -- --shard 2/8 --out part2.json  # the second of eight parts, on another machine
npm run scores -- --merge part1.json part2.json # one record and one page of all parts
\`\`\`

Results are in \`build/scores.json\` after every unit; those of another seed are not taken over, those of other sources are replaced when their score is run. \`--no-page\` leaves this page alone. Exit code 1 where
an outcome is wrong. SymPy and Maxima are Debian's \`python3-sympy\`, \`maxima\` and \`maxima-share\`. Mutants are those of the last \`npm run mutants\`. CI runs a small share.
`;

/** The page for a record; `sections` in their order. */
export function pageOf(record: ScoreRecord, sections: readonly Section[]): string {
  const measured = sections.map(section => ({ section, own: record.sections[section.id] }));
  const overview = measured.map(({ section, own }) => overviewRow(section, own, record.seed));
  const details = measured.map(({ section, own }) => detail(section, own, record.seed));
  return [
    head,
    '| score | measured | of | wrong | command | seed | date |',
    '| --- | ---: | ---: | ---: | --- | ---: | --- |',
    ...overview,
    '',
    ...details,
    foot,
  ].join('\n');
}

const commandOf = (id: string, seed: number, share: number): string =>
  `npm run scores -- --only ${id} --seed ${seed}${share < 1 ? ` --share ${share}` : ''}`;

function overviewRow(section: Section, own: MeasuredSection | undefined, seed: number): string {
  const { id, title, unit } = section;
  if (!own || own.missing !== null) return `| ${title} | not measured | | | | | ${own?.date ?? ''} |`;
  const units = Object.values(own.units);
  const wrong = units.reduce((sum, each) => sum + each.wrong.length, 0);
  const plural = `${units.length} × ${unit}`;
  return `| ${title} | ${plural} | ${own.size} (${percent(units.length, own.size)}) | ${wrong} | \`${commandOf(id, seed, own.share)}\` | ${seed} | ${own.date} |`;
}

function detail({ id, title, about, lines }: Section, own: MeasuredSection | undefined, seed: number): string {
  const opening = `## ${title}\n\n${about}\n`;
  if (!own) return `${opening}\nNot measured yet: \`npm run scores -- --only ${id}\`.\n`;
  if (own.missing !== null) return `${opening}\nNot measured: ${own.missing}.\n`;
  const units = Object.values(own.units);
  const wrong = units.flatMap(each => each.wrong);
  const seconds = units.reduce((sum, each) => sum + each.seconds, 0);
  const listed = wrong.slice(0, MOST_WRONG).map(each => `- ${each.replace(/\s*\n\s*/g, ' ')}`);
  const more = wrong.length > MOST_WRONG ? [`- and ${wrong.length - MOST_WRONG} more in the record`] : [];
  return [
    opening,
    ...lines(total(units.map(({ counts }) => counts))),
    '',
    `${units.length} of ${own.size} units, seed ${seed}, ${own.date}, ${seconds.toFixed(seconds < 10 ? 1 : 0)} s of processor time; ${wrong.length === 0 ? 'nothing wrong' : `${wrong.length} wrong:`}`,
    ...(listed.length > 0 ? ['', ...listed, ...more] : []),
    '',
  ].join('\n');
}
