import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';

const errata = readFileSync('docs/errata.md', 'utf8');
const quoted = new Set(
  [...errata.matchAll(/`([A-Za-z0-9._-]+)`/g)].flatMap(([, id]) => (id === undefined ? [] : [id])),
);
const { documents } = builtInDocuments();
const claims = documents.flatMap(document => [...document.claims, ...document.unreadable]);
const wrong = claims.filter(({ expect: verdict }) => verdict === 'refuted' || verdict === 'unreadable');

describe('the errata', () => {
  it('name every formula that is expected to be wrong', () => {
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.map(({ id }) => id).filter(id => !quoted.has(id))).toEqual([]);
  });

  it('name only claims that are there', () => {
    const known = new Set(claims.map(({ id }) => id));
    const ids = [...quoted].filter(id => /^(?:thm|remark|example|section|intro|eq)-/.test(id));
    expect(ids.filter(id => !known.has(id))).toEqual([]);
  });

  it('leave no printed formula without the right one beside it', () => {
    const ids = new Set(claims.map(({ id }) => id));
    const printed = wrong.map(({ id }) => id).filter(id => id.endsWith('-printed'));
    const right = (id: string): string => id.replace(/-printed$/, '');
    expect(printed.filter(id => !ids.has(right(id)))).toEqual([]);
  });
});
