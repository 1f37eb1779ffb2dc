/** The built-in documents that are needed, as the reading of all of them has them. */
import { expect, it } from 'vitest';
import { builtInDocuments, builtInDocumentsFor, builtInOptimizer, namedBy } from '../../src/files/documents/load.ts';

const all = builtInDocuments().documents;
const claims = all.flatMap(document => document.claims);

it('has no document where nothing is asked for', () => {
  expect(builtInDocumentsFor([])).toEqual([]);
  expect(builtInDocumentsFor(['there-is-no-such-id'])).toEqual([]);
});

it('has the documents of an optimizer, and no other', () => {
  const found = builtInDocumentsFor(['adam']);
  expect(found).toEqual(all.filter(({ optimizers }) => optimizers.some(({ id }) => id === 'adam')));
  expect(found.length).toBe(1);
});

it('has what every claim names, and what that names in turn', () => {
  const named = claims.filter(claim => namedBy(claim).length > 1);
  expect(named.length).toBeGreaterThan(10);
  for (const claim of named) {
    const found = builtInDocumentsFor([claim.id]);
    const ids = new Set(
      found.flatMap(({ optimizers, claims: own, definitions }) =>
        [...optimizers, ...own, ...definitions].map(({ id }) => id),
      ),
    );
    const needed = (id: string, seen: ReadonlySet<string>): string[] => {
      const next = claims.find(each => each.id === id);
      const more = next && !seen.has(id) ? namedBy(next) : [];
      return [id, ...more.flatMap(each => needed(each, new Set([...seen, id])))];
    };
    expect(needed(claim.id, new Set()).filter(id => !ids.has(id))).toEqual([]);
    for (const document of found) expect(document).toEqual(all.find(({ file }) => file === document.file));
  }
}, 120_000);

it('one optimizer is the one of the whole reading', () => {
  const ids = all.flatMap(({ optimizers }) => optimizers);
  for (const { id, update } of ids) expect(builtInOptimizer(id)?.update).toEqual(update);
});
