import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtInDocuments, builtInOptimizer, loadDocuments } from '../../src/files/documents/load.ts';
import { openLibrary, readDocuments } from '../../src/document/read/read-documents.ts';
import { GD, placed } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'modeq-load-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const FLOW = '\\[ \\dot\\theta_j = -\\nabla_j E_n(\\theta) \\]\n';
const load = (...paths: string[]) => {
  const { documents, problems } = loadDocuments(paths);
  return {
    claims: documents.flatMap(document => document.claims.map(({ id, about }) => `${id} about ${about}`)),
    problems: [
      ...problems,
      ...documents.flatMap(document => [...document.problems, ...document.unreadable.flatMap(each => each.problems)]),
    ].map(placed),
  };
};

describe('the built-in documents', () => {
  it('stand in the order of their contents, each named there once', () => {
    const folder = 'derivations/implicit-bias-of-adam';
    const contents = readFileSync(`${folder}/contents.txt`, 'utf8').trim().split('\n');
    const files = builtInDocuments()
      .documents.map(({ file }) => file)
      .filter(file => file.startsWith(`${folder}/`));
    expect(files).toEqual(contents.map(name => `${folder}/${name}.tex`));
    expect(files.length).toBe(readdirSync(folder).length - 1);
  });
});

describe('files given together', () => {
  it('share macros and optimizers, in any order', () => {
    const macros = write('macros.tex', '\\newcommand{\\grad}{\\nabla}\n');
    const claim = write(
      'claim.tex',
      '% !modeq claim c about=gd-there\n\\[ \\dot\\theta_j = -\\grad_j E_n(\\theta) \\]\n',
    );
    const optimizer = write('optimizer.tex', GD.replace('optimizer gd', 'optimizer gd-there'));
    expect(load(macros, claim, optimizer)).toEqual({ claims: ['c about gd-there'], problems: [] });
    expect(load(claim).claims).toEqual([]);
  });

  it('take an optimizer of their own, then of other files, then a built-in one', () => {
    const own = write('own.tex', `${GD}% !modeq claim a about=gd\n${FLOW}`);
    const other = write('other.tex', `% !modeq claim b about=adam\n${FLOW}% !modeq claim c about=gd\n${FLOW}`);
    expect(load(own, other)).toEqual({ claims: ['a about gd', 'b about adam', 'c about gd'], problems: [] });
  });

  it('may not define one optimizer twice', () => {
    const one = write('one.tex', GD);
    const two = write('two.tex', GD);
    const claim = write('about.tex', `% !modeq claim c about=gd\n${FLOW}`);
    expect(load(one, two).problems).toEqual(['duplicate-id 2:1']);
    expect(load(one, two, claim).problems).toEqual(['duplicate-id 2:1', 'duplicate-id 1:24']);
    expect(load(one, one).problems).toEqual([]);
  });

  it('are told of an optimizer that two built-in documents define, but may shadow it', () => {
    const text = `% !modeq claim c about=gd\n${FLOW}`;
    const builtIn = () =>
      openLibrary([
        { name: 'a.tex', text: GD },
        { name: 'b.tex', text: GD },
      ]);
    const codes = (source: string) =>
      readDocuments([{ name: 'own.tex', text: source }], builtIn).flatMap(({ problems, unreadable }) =>
        [...problems, ...unreadable.flatMap(each => each.problems)].map(placed),
      );
    expect(codes(text)).toEqual(['duplicate-id 1:24']);
    expect(codes(GD + text)).toEqual([]);
  });

  it('are given definitions of other files and of built-in claims', () => {
    const text = String.raw`% !modeq claim c about=adam given=thm-3.6
\[ M_j^{(n)}(\theta) = \nabla_j E(\theta) \]
% !modeq claim d about=adam given={e}
\[ Q_j^{(n)}(\theta) = 1 \]`;
    const given = write('given.tex', text);
    const defining = write('defining.tex', '% !modeq definition e\n\\[ Q_j^{(n)} = \\theta_j \\]');
    expect(load(given, defining)).toEqual({ claims: ['c about adam', 'd about adam'], problems: [] });
    expect(load(given).problems).toContain('unknown-given 3:36');
  });
});

describe('claims given by each other', () => {
  it('are refused in a circle, and what is given by an unreadable one', () => {
    const circle = write(
      'circle.tex',
      '% !modeq claim a given=b\n\\[ 1 = 1 \\]\n% !modeq claim b given=a\n\\[ 1 = 1 \\]\n% !modeq claim c given=c\n\\[ 1 = 1 \\]',
    );
    expect(load(circle).problems).toEqual(['given-cycle 1:24', 'given-cycle 3:24', 'given-cycle 5:24']);
    const broken = write('broken.tex', '% !modeq claim a\n\\[ 1 = x \\]\n% !modeq claim b given=a\n\\[ 1 = 1 \\]');
    expect(load(broken).problems).toEqual(['undefined-name 2:8', 'given-unreadable 3:24']);
  });

  it('are refused in a very long chain', () => {
    const chain = Array.from(
      { length: 400 },
      (_, at) => `% !modeq claim c${at} given=c${at + 1}\n\\[ 1 = 1 \\]\n`,
    ).join('');
    const { problems } = load(write('chain.tex', chain));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toContain('given-unreadable');
  });
});

describe('files that cannot be read', () => {
  it('are problems, and the others are read', () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    const good = write('own/good.tex', `% !modeq claim c about=gd\n${FLOW}`);
    const latin = write('own/latin.tex', new Uint8Array([0x61, 0xe9, 0x62]));
    expect(load(join(folder, 'nothing.tex'), own, latin, good)).toEqual({
      claims: ['c about gd'],
      problems: ['no-such-file', 'not-utf-8'],
    });
  });

  it('count lines alike whatever ends them', () => {
    const text = `\uFEFF% a\r\n% !modeq claim c about=nobody\r\n\r\n${FLOW}`;
    expect(load(write('windows.tex', text)).problems).toEqual(['unknown-optimizer 2:24']);
  });

  it('may be ids of built-in documents', () => {
    expect(load('theorem-3.6').claims).toEqual(['thm-3.6 about adam', 'thm-3.6-printed about adam']);
    expect(load('implicit-bias-of-adam').claims.length).toBeGreaterThanOrEqual(4);
    expect(load('implicit-bias-of-adam/theorem-3.3').claims.length).toBe(2);
    expect(load('theorem-3.7').problems).toEqual(['no-such-file']);
    expect(builtInOptimizer('adamw')?.states.length).toBe(2);
    expect(builtInOptimizer('nothing')).toBe(null);
  });
});
