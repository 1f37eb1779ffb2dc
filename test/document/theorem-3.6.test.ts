import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInDocuments, loadDocuments } from '../../src/files/documents/load.ts';
import type { ModeqDocument } from '../../src/document/model.ts';

const folder = 'test/document/theorem-3.6';
const files = readdirSync(folder).map(file => `${folder}/${file}`);
const problemsIn = (documents: readonly ModeqDocument[]): string[] =>
  documents.flatMap(({ problems, unreadable }) =>
    [
      ...problems,
      ...unreadable.filter(({ expect: verdict }) => verdict !== 'unreadable').flatMap(each => each.problems),
    ].map(({ code, message }) => `${code}: ${message}`),
  );

describe('Theorem 3.6 in other notation', () => {
  it.each(files)('%s is one claim, about a flow of order 1, in the mini-batch setting', file => {
    const { documents, problems } = loadDocuments([file]);
    expect(problems).toEqual([]);
    expect(problemsIn(documents)).toEqual([]);
    const claims = documents.flatMap(document => document.claims);
    expect(
      claims.map(({ statements, setting, order }) => [statements.map(({ kind }) => kind), setting, order]),
    ).toEqual([[['flow'], 'mini-batch', 1]]);
  });

  it('is found from another file, by id and by folder', () => {
    const { documents } = loadDocuments([`${folder}/inlined.md`]);
    expect(documents[0]?.claims.map(({ about, given }) => [about, given])).toEqual([['adam', ['moments']]]);
  });
});

describe('built-in documents', () => {
  const { documents, problems } = builtInDocuments();

  it('are read without a problem', () => {
    expect(problems).toEqual([]);
    expect(problemsIn(documents)).toEqual([]);
    expect(documents.every(({ coverage }) => coverage.unannotated === 0)).toBe(true);
  });

  it('hold the optimizers that people ask for', () => {
    const ids = documents.flatMap(({ optimizers }) => optimizers.map(({ id }) => id));
    expect(ids).toEqual(
      expect.arrayContaining([
        'adam',
        'rmsprop',
        'gd',
        'heavy-ball',
        'momentum',
        'nesterov',
        'adagrad',
        'adamw',
        'nadam',
        'lion',
      ]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hold both theorems as printed and as they are right', () => {
    const claims = documents
      .flatMap(document => document.claims)
      .map(({ id, about, expect: expected }) => `${id} ${about} ${expected}`);
    expect(claims).toEqual(
      expect.arrayContaining([
        'thm-3.3 rmsprop proved',
        'thm-3.3-printed rmsprop refuted',
        'thm-3.6 adam proved',
        'thm-3.6-printed adam refuted',
      ]),
    );
  });

  it('have the printed formulas in the text at hand', () => {
    const text = readFileSync('derivations/implicit-bias-of-adam/theorem-3.6.tex', 'utf8');
    expect(
      text.match(/\{2R_\{j\}\^\{\(n\)\}\\left\(\\tilde\{\\boldsymbol\{\\theta\}\}\(t\)\\right\)\^\{3\}\}/g)?.length,
    ).toBe(3);
  });
});
