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
  readonly text: string;
  /** The claims that are written in another way, or are about something that is. */
  readonly changed: readonly string[];
}

/** Claims that are written in the other way, and all that others need of it. */
export function rewritten(way: Way, seed: number): Rewritten {
  const all = builtInBlocks();
  const sums = new Map(all.map(block => [block.id, averagesOf(block)]));
  const rewrite = rewriterOf(way, sums);
  const changedIds = new Set<string>();
  const texts = all.map((block, at) => {
    const other = rewrite(block, new Dice(seed * 7919 + at));
    const names = [...block.head.matchAll(/(?:about|given|same-as)=\{?([^}\s]*)/g)].flatMap(([, ids = '']) =>
      ids.split(','),
    );
    if (other || names.some(name => changedIds.has(name.trim()))) changedIds.add(block.id);
    return written(other ?? block);
  });
  const claims = new Set(
    all.filter(({ kind, head }) => kind === 'claim' && !head.includes('expect=')).map(({ id }) => id),
  );
  return { text: texts.join('\n'), changed: [...changedIds].filter(id => claims.has(id)) };
}
