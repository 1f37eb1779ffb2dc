/** The page that says what of the paper is judged names every claim, with the verdict that it is to have. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';

const page = readFileSync('docs/paper-coverage.md', 'utf8');
const named = new Map(
  [...page.matchAll(/`([a-z]+-[A-Za-z0-9._-]+)`(?: \((\w+)\))?/g)].map(([, id = '', verdict = 'proved']) => [
    id,
    verdict,
  ]),
);
const { documents } = builtInDocuments();
const claims = documents
  .filter(({ file }) => file.includes('implicit-bias-of-adam'))
  .flatMap(document => [...document.claims, ...document.unreadable]);

describe('the page on coverage', () => {
  it('names more than 45 claims', () => {
    expect(claims.length).toBeGreaterThan(45);
    expect(named.size).toBe(claims.length);
  });
  it('leaves no claim out', () => {
    expect(claims.map(({ id }) => id).filter(id => !named.has(id))).toEqual([]);
  });
  it('names no claim that is not there', () => {
    const ids = new Set(claims.map(({ id }) => id));
    expect([...named.keys()].filter(id => !ids.has(id))).toEqual([]);
  });
  it('says of each what is expected of it', () => {
    const wrong = claims.filter(({ id, expect: verdict }) => named.get(id) !== verdict);
    expect(wrong.map(({ id, expect: verdict }) => `${id}: ${verdict}`)).toEqual([]);
  });
});
