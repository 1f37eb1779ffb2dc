/** Writing the files of one result into a folder: all of them or none, each whole. What cannot be written is a refusal. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refuse } from '../base/problem.ts';

export interface OutputFile {
  readonly name: string;
  readonly text: string;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the file system is read-only',
  EEXIST: 'there is a file of this name',
  ENOTDIR: 'a part of the path is not a folder',
  ENOENT: 'a part of the path does not exist',
  ENOSPC: 'there is no space left',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'a folder has the name of a file to be written',
};

/**
 * Makes the folder if it is missing; every file is first written under another name, then all are put in place, so that a
 * reader finds the old files or the new ones. Returns the paths.
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): string[] {
  return describing(folder, () => {
    makeFolder(folder);
    const moves = files.map(({ name, text }) => ({
      text,
      fresh: join(folder, `.${name}.${process.pid}.part`),
      place: join(folder, name),
    }));
    try {
      for (const { fresh, text } of moves) writeFileSync(fresh, text, { flag: 'wx' });
      // A folder in a file's place would stop the renaming half way.
      for (const { place } of moves)
        if (statSync(place, { throwIfNoEntry: false })?.isDirectory())
          refuse('unwritable-folder', `cannot write ${place}: there is a folder of this name`);
      for (const { fresh, place } of moves) renameSync(fresh, place);
    } finally {
      for (const { fresh } of moves) rmSync(fresh, { force: true });
    }
    return moves.map(({ place }) => place);
  });
}

/**
 * Makes the folder and tries a file in it, so that a long computation does not end in a folder that cannot be written.
 */
export function checkFolder(folder: string): void {
  describing(folder, () => {
    makeFolder(folder);
    const trial = join(folder, `.modeq.${process.pid}.part`);
    writeFileSync(trial, '', { flag: 'wx' });
    rmSync(trial);
  });
}

/** With the folders above it, one at a time: Node's own recursive way never returns for a path below /proc. */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.push(path);
  for (const path of missing.reverse()) mkdirSync(path);
  if (missing.length === 0 && !statSync(folder).isDirectory())
    refuse('unwritable-folder', `cannot write into ${folder}: this is a file, not a folder`);
}

function describing<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
    return refuse(
      'unwritable-folder',
      `cannot write into ${folder}: ${REASONS[error.code] ?? error.code}`,
      null,
      'choose another folder with --out',
    );
  }
}
