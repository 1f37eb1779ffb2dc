/** A file as text. Refuses what cannot be read. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';

const LARGEST_FILE = 64 * 1024 * 1024;

/** Texts that stand for what their files hold, by absolute path: those that an editor has open. */
let held: ReadonlyMap<string, string> = new Map();

/** From now on these texts are read in place of their files. */
export function holdTexts(texts: Readonly<Record<string, string>>): void {
  held = new Map(Object.entries(texts));
}

export function readSource(path: string, name: string): Source {
  const own = held.size === 0 ? undefined : held.get(resolve(path));
  if (own !== undefined) return { name, text: own.replace(/\r\n?/g, '\n') };
  const reason = (error: unknown): string =>
    error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  let bytes: Uint8Array;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return refuse('unreadable-file', `${path} is a directory, not a file`);
    if (stats.size > LARGEST_FILE)
      return refuse('file-too-large', `${path} is larger than ${LARGEST_FILE / 2 ** 20} MB`);
    bytes = new Uint8Array(readFileSync(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse('unreadable-file', `${path} cannot be read (${reason(error)})`);
  }
  return { name, text: decode(bytes, path) };
}

/** UTF-8 without a byte order mark, with every line ending written \n, so that lines and columns count alike everywhere. */
export function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse('not-utf-8', `${path} is not a text in UTF-8`);
  }
}
