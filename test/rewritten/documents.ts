/** The program's own documents as one, in another spelling: what a claim is about and what it is given is rewritten with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { Dice } from '../fuzz/random.ts';
import { type Block, blocks, written } from './tex.ts';
import { averagesOf, rewriterOf, type Way } from './ways.ts';

const derivations = new URL('../../derivations/', import.meta.url).pathname;
const FOLDERS = ['optimizers', 'implicit-bias-of-adam'];

/** All annotated displays, file by file. */
export function builtInBlocks(): Block[] {
  return FOLDERS.flatMap(folder => {
    const names = readdirSync(`${derivations}${folder}`)
      .filter(name => name.endsWith('.tex'))
      .sort();
    return names.flatMap(name => blocks(readFileSync(`${derivations}${folder}/${name}`, 'utf8')));
  });
}

export interface Rewritten {
  /** The claims that are written in another way, or are about something that is. */
  readonly changed: readonly string[];
  /** A document with these claims and what they name. */
  readonly textOf: (claims: readonly string[]) => string;
}

/** What a display names in its comment. */
const namesIn = ({ head }: Block): string[] =>
  [...head.matchAll(/(?:about|given|same-as)=\{?([^}\s]*)/g)].flatMap(([, ids = '']) =>
    ids.split(',').map(id => id.trim()),
  );

/** A number for a name. */
const sumOf = (id: string): number => [...id].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 7907, 0);

/** All claims, written in the other way, with all that they need of it. */
export function rewritten(way: Way, seed: number): Rewritten {
  const all = builtInBlocks();
  const rewrite = rewriterOf(way, new Map(all.map(block => [block.id, averagesOf(block)])));
  const isChanged = new Set<string>();
  const texts = new Map<string, { readonly block: Block; readonly text: string }>();
  for (const block of all) {
    // By its own id, so that a new document changes no other.
    const other = rewrite(block, new Dice(seed * 7919 + sumOf(block.id)));
    if (other || namesIn(block).some(name => isChanged.has(name))) isChanged.add(block.id);
    texts.set(block.id, { block, text: written(other ?? block) });
  }
  const claims = all.filter(({ kind, head }) => kind === 'claim' && !head.includes('expect='));
  const textOf = (ids: readonly string[]): string => {
    const needed = new Set<string>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const found = texts.get(id);
      if (!found || needed.has(id)) continue;
      needed.add(id);
      waiting.push(...namesIn(found.block));
    }
    return all.flatMap(({ id }) => (needed.has(id) ? [texts.get(id)?.text ?? ''] : [])).join('\n');
  };
  return { changed: claims.map(({ id }) => id).filter(id => isChanged.has(id)), textOf };
}
