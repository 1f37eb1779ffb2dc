/** Reading a file that the user named; what cannot be read is a refusal with the name in it, never an exception's text. */
import { readFileSync, statSync } from 'node:fs';
import { refuse } from '../base/problem.ts';

/** Larger files are refused before they are read. */
const MAXIMAL_BYTES = 64 * 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EISDIR: 'this is a directory, not a file',
  ENOTDIR: 'a part of the path is not a directory',
};

/** The text of the file, decoded as UTF-8. */
export function readTextFile(path: string): string {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) refuse('unreadable-file', `cannot read ${path}: this is a directory, not a file`);
    if (stats.size > MAXIMAL_BYTES)
      refuse('file-too-large', `cannot read ${path}: it is larger than ${MAXIMAL_BYTES / 1024 / 1024} MB`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
    return refuse('unreadable-file', `cannot read ${path}: ${REASONS[error.code] ?? error.code}`);
  }
}
