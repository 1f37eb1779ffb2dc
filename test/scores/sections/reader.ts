/** The reader on documents that nobody wrote: those of the project with pieces of LaTeX, or single characters, put in, taken out and exchanged. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../../../src/base/problem.ts';
import { builtInDocuments } from '../../../src/files/documents/load.ts';
import { proposeComments } from '../../../src/document/annotate/propose.ts';
import { readDocument } from '../../../src/document/read/read-document.ts';
import { deriveModifiedEquation } from '../../../src/derivation/derive.ts';
import { Dice } from '../../fuzz/random.ts';
import type { SectionKind, UnitResult } from '../section.ts';
import { table } from '../section.ts';

/** Units; so many take about an hour of one core. */
const UNITS = 3_600;
const BLOCK = 100;
/** Processor time for one document. */
const SLOW = 5;
/** Longer files of the corpus are cut. */
const LONGEST = 6_000;

const builtIn = builtInDocuments().documents;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['derivations', 'test/documents', 'test/document/annotate/documents', 'test/refuted'];

interface Text {
  readonly name: string;
  readonly text: string;
}

function corpus(): Text[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(?:tex|md)$/.test(name))
      .sort()
      .map(name => ({ name, text: readFileSync(join(root, folder, name), 'utf8').slice(0, LONGEST) })),
  );
}

const TOKEN = /\\(?:[A-Za-z]+|[^A-Za-z])|\s+|[A-Za-z0-9]|[^A-Za-z0-9\s]/gu;
const PIECES = [
  ...String.raw`\sum_{k=0}^{n} \nabla_j \frac \sqrt \left( \right) \bigl| \|  \begin{cases} \end{cases} \begin{aligned} \end{aligned} \text{if} \quad \\ & ^{(n+1)} _{t-1} ^{ _{ { } ( ) [ ] = := \approx \le \iff \leftarrow \dot \tilde \boldsymbol{\theta} \theta E_n \mathcal{L} \beta^{n-k} \infty \max \mathrm{sign} \operatorname{sech} \underbrace \stackrel \overset \limits \label{x} \tag{1} \input{x} % $ $$ \[ \] \( \) ! # ~ ' '' \prime \partial_{ij} \top \odot O(h^2) \ldots \def\x{\x} \newcommand{\y}[1]{#1#1} \x \y{2}`
    .split(' ')
    .filter(piece => piece !== ''),
  '% !modeq claim c about=gd order=1\n',
  '% !modeq optimizer o\n',
  '% !modeq where \\beta in (0,1)\n',
  '% !modeq notation loss=f parameters=x step=\\eta index=subscript\n',
  ' given=',
  ' expect=refuted',
  '\n\n',
];
const CHARACTERS = [
  '\u0000',
  '\uFEFF',
  '\uD800',
  '\u202E',
  'é',
  'θ',
  '∇',
  '😀',
  '\t',
  '\r',
  '\\',
  '{',
  '}',
  '$',
  '%',
  '^',
  '_',
  '0',
  'a',
  ' ',
  '\n',
  '<!--',
  '-->',
];

/** Document number `at` of the seed. */
export function documentNumber(
  texts: readonly Text[],
  seed: number,
  at: number,
): Text & { readonly way: 'grammar' | 'bytes' } {
  const dice = new Dice(Math.imul(seed, 3_000_017) + at);
  const { name, text } = dice.pick(texts);
  const way = at % 2 === 0 ? 'grammar' : 'bytes';
  if (way === 'bytes') {
    let bytes = [...text];
    for (let turn = dice.pick([1, 1, 2, 4, 12]); turn > 0; turn -= 1) {
      const place = dice.whole(0, bytes.length);
      const length = dice.pick([0, 0, 1, 1, 2, 40]);
      bytes = [
        ...bytes.slice(0, place),
        ...(dice.chance(0.7) ? [dice.pick(CHARACTERS)] : []),
        ...bytes.slice(place + length),
      ];
    }
    return { name, text: bytes.join(''), way };
  }
  let tokens: string[] = text.match(TOKEN) ?? [];
  const others: string[] = dice.pick(texts).text.match(TOKEN) ?? [];
  for (let turn = dice.pick([1, 1, 2, 3, 8]); turn > 0; turn -= 1) {
    const place = dice.whole(0, tokens.length);
    const length = dice.pick([0, 1, 1, 2, 5, 60]);
    const from = dice.whole(0, others.length);
    const put = dice.weighted<readonly string[]>([
      [3, [dice.pick(PIECES)]],
      [1, []],
      [1, tokens.slice(from, from + dice.whole(1, 40))],
      [1, others.slice(from, from + dice.whole(1, 80))],
    ]);
    tokens = [...tokens.slice(0, place), ...put, ...tokens.slice(place + length)];
  }
  return { name, text: tokens.join(''), way };
}

/** What is wrong with how a document was read; null where nothing is. */
function wrongOf(text: string, problems: readonly Problem[]): string | null {
  for (const { code, message, span } of problems) {
    if (!/^[a-z][a-z0-9-]*$/.test(code) || message.trim() === '') return `a problem without code or words: ${code}`;
    if (span && (span.start < 0 || span.end < span.start || span.end > span.source.text.length))
      return `a place outside of the text: ${code} at ${span.start}–${span.end} of ${text.length}`;
  }
  return null;
}

export const readerScore: SectionKind = {
  id: 'reader',
  open: seed => {
    const texts = corpus();
    return {
      id: 'reader',
      title: 'The reader on broken documents',
      about: `Documents of the project with pieces of LaTeX (“grammar”) or characters (“bytes”) put in, taken out and exchanged. Nothing may be thrown, no document may take ${SLOW} s, and every problem has a code, words, and a place inside of the text. Comments are proposed for each tenth of them, too.`,
      unit: `${BLOCK} documents`,
      size: UNITS,
      missing: null,
      run: unit => {
        const counts: Record<string, number> = {};
        const wrong: string[] = [];
        for (let at = unit * BLOCK; at < (unit + 1) * BLOCK; at += 1) {
          const drawn = documentNumber(texts, seed, at);
          const { outcome, complaint } = readOne(drawn, at % 10 < 2);
          const key = `${drawn.way}: ${outcome}`;
          counts[key] = (counts[key] ?? 0) + 1;
          if (complaint !== null) wrong.push(`document ${at} (${drawn.name}, ${drawn.way}): ${complaint}`);
        }
        return { counts, wrong } satisfies UnitResult;
      },
      lines: counts => {
        const columns = ['read', 'refused', 'wrong'];
        const rows = ['grammar', 'bytes'].map(way => {
          const each = columns.map(what => counts[`${way}: ${what}`] ?? 0);
          return [way, each.reduce((sum, count) => sum + count, 0), ...each];
        });
        return table(['', 'documents', 'read whole', 'with problems', 'wrong'], rows);
      },
    };
  },
};

function readOne(
  { name, text }: Text,
  alsoProposes: boolean,
): { outcome: 'read' | 'refused' | 'wrong'; complaint: string | null } {
  const started = process.cpuUsage().user;
  try {
    const document = readDocument({ name, text }, { documents: builtIn });
    const problems = [...document.problems, ...document.unreadable.flatMap(each => each.problems)];
    const derives = (optimizer: Parameters<typeof deriveModifiedEquation>[0]): string | null =>
      deriveModifiedEquation(optimizer, { order: 0, setting: 'full-batch' }).ok ? null : 'not derived';
    const notes = alsoProposes ? proposeComments({ name, text }, null, derives).notes : [];
    const seconds = (process.cpuUsage().user - started) / 1e6;
    const complaint =
      wrongOf(text, [...problems, ...notes]) ?? (seconds > SLOW ? `takes ${seconds.toFixed(1)} s` : null);
    return { outcome: complaint !== null ? 'wrong' : problems.length > 0 ? 'refused' : 'read', complaint };
  } catch (error) {
    const text =
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error);
    return { outcome: 'wrong', complaint: `throws ${text}` };
  }
}
