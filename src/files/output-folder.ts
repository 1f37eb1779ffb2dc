/**
 * A folder of output files that belong together: all of them are put in place at the end, or none. What a folder holds
 * besides them stays as it is, and files of the same names that are not ours are never replaced.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refuse } from '../base/problem.ts';
import { makeFolder } from './make-folder.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'the file system is read-only',
  EEXIST: 'there is a file in its place',
  ENOTDIR: 'a part of the path is not a folder',
  ENOENT: 'it cannot be made',
  ENOSPC: 'the disk is full',
};

export class OutputFolder {
  readonly path: string;
  /** Where the files are made. */
  readonly workshop: string;
  readonly #names: readonly string[];
  /** The topmost folder that had to be made for it; null where it was there. */
  readonly #made: string | null;

  private constructor(path: string, names: readonly string[], made: string | null, workshop: string) {
    this.path = path;
    this.#names = names;
    this.#made = made;
    this.workshop = workshop;
  }

  /**
   * Makes the folder where it is missing, and a hidden one in it to work in. `names` are the files that may be put there;
   * `isOurs` says of a folder that has some of them whether they are from an earlier run. Refuses what cannot be written.
   */
  static open(path: string, names: readonly string[], isOurs: (path: string) => boolean): OutputFolder {
    return refusing(path, () => {
      const made = makeFolder(path);
      const taken = names.filter(name => existsSync(join(path, name)));
      if (taken.length > 0 && !isOurs(path)) {
        return refuse(
          'foreign-output',
          `${path} holds a ${taken[0]} that modeq did not write`,
          null,
          'Choose another folder; nothing was changed in this one.',
        );
      }
      return new OutputFolder(path, names, made, mkdtempSync(join(path, '.modeq-')));
    });
  }

  put(name: string, content: string): void {
    refusing(this.path, () => writeFileSync(join(this.workshop, name), content));
  }

  /**
   * Puts these files, made in the workshop, in place; what an earlier run left under the other names goes. Where that fails
   * everything is as it was.
   */
  commit(files: readonly string[]): void {
    const moved: { readonly from: string; readonly to: string }[] = [];
    const move = (from: string, to: string): void => {
      renameSync(from, to);
      moved.push({ from, to });
    };
    refusing(this.path, () => {
      try {
        const attic = join(this.workshop, 'replaced');
        mkdirSync(attic);
        for (const name of this.#names)
          if (existsSync(join(this.path, name))) move(join(this.path, name), join(attic, name));
        for (const name of files) move(join(this.workshop, name), join(this.path, name));
      } catch (error) {
        for (const { from, to } of moved.reverse()) renameSync(to, from);
        throw error;
      }
    });
    rmSync(this.workshop, { recursive: true, force: true });
  }

  /** Leaves no trace, also of folders that were made for it. Does nothing after {@link commit}. */
  discard(): void {
    if (!existsSync(this.workshop)) return;
    rmSync(this.workshop, { recursive: true, force: true });
    if (this.#made === null) return;
    const top = resolve(this.#made);
    for (let folder = resolve(this.path); folder.length >= top.length; folder = dirname(folder)) rmdirSync(folder);
  }
}

/** An error of the file system becomes a refusal that names the folder. */
function refusing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !('syscall' in error))
      throw error;
    return refuse(
      'unwritable-folder',
      `cannot write into ${path}: ${REASONS[error.code] ?? error.code}`,
      null,
      'Choose another folder with --out; nothing of an older report was changed.',
    );
  }
}
