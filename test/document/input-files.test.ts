/** `\input`, `\include` and `\subfile`: each file is read in the place of the command, with macros and letters, once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { positionAt } from '../../src/base/span.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { placed } from './reading.ts';

const top = mkdtempSync(join(tmpdir(), 'modeq-input-'));
afterAll(() => rmSync(top, { recursive: true }));
let folder = '';
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(top, String(count));
});
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const load = (...paths: string[]) => {
  const { documents, problems } = loadDocuments(paths);
  const all = [
    ...problems,
    ...documents.flatMap(document => [...document.problems, ...document.unreadable.flatMap(each => each.problems)]),
  ];
  return {
    claims: documents.flatMap(({ claims }) =>
      claims.map(({ id, about, span }) => {
        const { line, column } = positionAt(span.source.text, span.start);
        return `${id} about ${about} ${relative(folder, span.source.name)}:${line}:${column}`;
      }),
    ),
    sides: documents.flatMap(({ claims }) =>
      claims.flatMap(({ statements }) => statements.map(each => oneLine(each.right))),
    ),
    files: documents.map(({ file }) => relative(folder, file)),
    problems: all.map(each => `${each.span ? `${relative(folder, each.span.source.name)} ` : ''}${placed(each)}`),
    messages: all.map(({ message }) => message.replaceAll(`${folder}/`, '')),
  };
};

const GD = '% !modeq optimizer gd\n\\[ \\theta^{(n+1)} = \\theta^{(n)} - h \\nabla E_n(\\theta^{(n)}) \\]\n';
const claim = (id: string, right = '-\\nabla_j E_n(\\theta)'): string =>
  `% !modeq claim ${id}\n\\[ \\dot\\theta_j = ${right} \\]\n`;

describe('files that are brought in', () => {
  it('are read in the place of the command, with places in the file where the text stands', () => {
    write('method.tex', `Text\n\n${GD}`);
    write('sections/two.tex', `Words.\n${claim('two')}\\input{deeper}\n`);
    write('sections/deeper.tex', claim('deeper'));
    const main = write(
      'main.tex',
      `\\input{method}\n${claim('one')}\\include{sections/two}\n\\subfile{last.tex}\n\\input bare\n${claim('end')}`,
    );
    write('last.tex', claim('last'));
    write('bare.tex', `\n\n${claim('bare')}`);
    const { claims, problems, files } = load(main);
    expect(problems).toEqual([]);
    expect(claims).toEqual([
      'one about gd main.tex:3:1',
      'two about gd sections/two.tex:3:1',
      'deeper about gd sections/deeper.tex:2:1',
      'last about gd last.tex:2:1',
      'bare about gd bare.tex:4:1',
      'end about gd main.tex:8:1',
    ]);
    expect(files).toEqual(['main.tex']);
  });

  it('bring macros along, know those before them, and are not changed by those after them', () => {
    write('macros.tex', '\\newcommand{\\loss}{E_n}\n');
    write('one.tex', claim('one', '-\\nabla_j \\loss(\\theta) + \\own'));
    write('two.tex', `\\renewcommand{\\own}{2}\n${claim('two', '-\\nabla_j \\loss(\\theta) + \\own')}`);
    const main = write('main.tex', `\\input{macros}\n\\def\\own{1}\n${GD}\\input{one}\n\\input{two}\n`);
    expect(load(main)).toMatchObject({ problems: [], sides: ['-d_j E_n(theta) + 1', '-d_j E_n(theta) + 2'] });
  });

  it('have the letters of the file that brings them in, and bring theirs', () => {
    write('section.tex', '% !modeq claim one\n\\[ \\dot w = -\\nabla L_n(w) \\]\n');
    const rule = '% !modeq optimizer own\n\\[ w^{(n+1)} = w^{(n)} - h \\nabla L_n(w^{(n)}) \\]\n';
    const line = '% !modeq notation loss=L parameters=w\n';
    const main = write('main.tex', `${line}${rule}\\input{section}`);
    const once = load(main);
    expect(once).toMatchObject({ problems: [], sides: ['-d_j E_n(theta)'] });
    write('letters.tex', line);
    const other = write('other.tex', `\\input{letters}\n${rule}\\input{section}`);
    expect(load(other).sides).toEqual(once.sides);
    // Labels in subscripts are seen in the rule and hold in the other file.
    write('rule.tex', '% !modeq optimizer own\n\\[ x_{k+1} = x_k - h \\nabla f_k(x_k) \\]\n');
    const third = write(
      'third.tex',
      '% !modeq notation loss=f parameters=x\n\\input{rule}\n% !modeq claim one\n\\[ \\dot x = -\\nabla f_k(x) \\]',
    );
    expect(load(third)).toMatchObject({ problems: [], sides: ['-d_j E_n(theta)'] });
  });

  it('may hold the display that a comment before the command speaks of', () => {
    write('display.tex', '\\[ \\dot\\theta_j = -\\nabla_j E_n(\\theta) \\]\n');
    const main = write('main.tex', `${GD}% !modeq claim one\n\\input{display}\n`);
    expect(load(main)).toMatchObject({ problems: [], claims: ['one about gd display.tex:1:1'] });
    write('words.tex', 'Words\n');
    const apart = write('apart.tex', `${GD}% !modeq claim one\n\\input{words}\n\\[ \\dot\\theta_j = 1 \\]\n`);
    expect(load(apart)).toMatchObject({ claims: [], problems: ['apart.tex no-display 3:1'] });
  });

  it('are not read where the command is commented out, verbatim or a part of a macro', () => {
    const text = [
      GD,
      '% \\input{gone}',
      '\\iffalse \\input{gone} \\fi',
      '\\begin{comment}\\input{gone}\\end{comment}',
      '\\verb|\\input{gone}| \\begin{verbatim}\n\\input{gone}\n\\end{verbatim}',
      '\\newcommand{\\bring}[1]{\\input{#1}} \\includegraphics{gone} \\inputfile{gone}',
      claim('one'),
      '\\endinput \\input{gone}',
      claim('behind'),
    ].join('\n');
    expect(load(write('main.tex', text))).toMatchObject({ problems: [], claims: ['one about gd main.tex:12:1'] });
    const markdown = write(
      'notes.md',
      `${GD.replaceAll('% !modeq optimizer gd', '<!-- !modeq optimizer gd -->')}\n\\input{gone}\n`,
    );
    expect(load(markdown).problems).toEqual([]);
  });
});

describe('what cannot be brought in', () => {
  it('is a problem at the name of the file', () => {
    const main = write(
      'main.tex',
      `${GD}See \\input{sections/gone}.\n\\input{\\folder/x}\n\\input{glyphtounicode}\n${claim('one')}`,
    );
    const { problems, messages, claims } = load(main);
    expect(problems).toEqual(['main.tex no-input-file 3:12', 'main.tex input-name 4:8']);
    expect(messages[0]).toBe('there is no file sections/gone.tex or sections/gone');
    expect(claims).toEqual(['one about gd main.tex:7:1']);
  });

  it('is a file that brings in itself, or too many one within the other', () => {
    write('a.tex', `${claim('a')}\\input{b}\n`);
    write('b.tex', `${claim('b')}\\input{a}\n`);
    const main = write('main.tex', `${GD}\\input{a}\n`);
    expect(load(main)).toMatchObject({
      problems: ['b.tex input-circle 3:1'],
      claims: ['a about gd a.tex:2:1', 'b about gd b.tex:2:1'],
    });
    for (let at = 0; at < 30; at += 1) write(`deep${at}.tex`, `\\input{deep${at + 1}}\n`);
    const deep = write('deep.tex', '\\input{deep0}');
    expect(load(deep).problems).toEqual(['deep19.tex too-many-inputs 1:1']);
  });
});

describe('a file that another one of the same call brings in', () => {
  it('is read once, in its place there, in any order of the files', () => {
    const section = write('section.tex', claim('two'));
    const main = write('main.tex', `${GD}${claim('one')}\\input{section}\n${claim('three')}`);
    for (const files of [
      [main, section],
      [section, main],
    ])
      expect(load(...files)).toMatchObject({
        files: ['main.tex'],
        problems: [],
        claims: ['one about gd main.tex:4:1', 'two about gd section.tex:2:1', 'three about gd main.tex:7:1'],
      });
  });

  it('is read once where a file brings it in twice, and where two bring in one another', () => {
    write('section.tex', claim('two'));
    const main = write('main.tex', `${GD}\\input{section}\\input{section}`);
    expect(load(main)).toMatchObject({ problems: [], claims: ['two about gd section.tex:2:1'] });
    const one = write('one.tex', `${GD}${claim('a')}\\input{other}`);
    const other = write('other.tex', `${claim('b')}\\input{one}`);
    expect(load(one, other)).toMatchObject({ files: ['one.tex'], problems: ['other.tex input-circle 3:1'] });
  });
});
