/**
 * A folder of texts by key that may vanish at any time: whatever is wrong with it (it cannot be made, read or written, a file is cut
 * off, another program writes too) means that nothing is known. Files are put in place whole, and their number and size are bounded.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** How much a folder may hold; a text beyond `bytes` is not kept at all. */
export interface CacheBounds {
  readonly files: number;
  readonly bytes: number;
}

const USUAL_BOUNDS: CacheBounds = { files: 256, bytes: 64 * 1024 * 1024 };
/** What a run that was ended left behind. */
const STALE_MILLISECONDS = 60 * 60 * 1000;
const FILE = /^[0-9a-f]{64}\.json$/;
const UNFINISHED = /^\.[0-9a-f]{64}\.\d+\.[0-9a-f]+$/;

/** The folder of the program under `$XDG_CACHE_HOME`, by default under ~/.cache. Source: XDG Base Directory Specification 0.8. */
export function userCacheFolder(program: string, environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.XDG_CACHE_HOME;
  return join(given !== undefined && isAbsolute(given) ? given : join(homedir(), '.cache'), program);
}

export class CacheFolder {
  readonly #path: string;
  readonly #bounds: CacheBounds;

  constructor(path: string, bounds: CacheBounds = USUAL_BOUNDS) {
    this.#path = path;
    this.#bounds = bounds;
  }

  /** The text that was kept under the key, exactly as it was; null where there is none, or it is damaged. */
  get(key: string): string | null {
    const path = this.#file(key);
    return orNull(() => {
      const kept = readFileSync(path, 'utf8');
      const end = kept.indexOf('\n');
      const text = kept.slice(end + 1);
      if (kept.slice(0, end) !== checksum(key, text)) return null;
      const now = new Date();
      utimesSync(path, now, now);
      return text;
    });
  }

  /** Keeps the text, and drops what was not asked for longest where there is too much. */
  put(key: string, text: string): void {
    if (Buffer.byteLength(text) > this.#bounds.bytes) return;
    const unfinished = join(this.#path, `.${hashed(key)}.${process.pid}.${randomBytes(6).toString('hex')}`);
    orNull(() => {
      makeFolder(this.#path);
      try {
        writeFileSync(unfinished, `${checksum(key, text)}\n${text}`, { flag: 'wx', mode: 0o600 });
        renameSync(unfinished, this.#file(key));
      } finally {
        rmSync(unfinished, { force: true });
      }
      this.#trim(this.#file(key));
    });
  }

  #file(key: string): string {
    return join(this.#path, `${hashed(key)}.json`);
  }

  /** `newest` was put just now; clocks of file systems are too coarse to say so. */
  #trim(newest: string): void {
    const now = Date.now();
    const entries = readdirSync(this.#path).flatMap(name => {
      const path = join(this.#path, name);
      const stats = orNull(() => statSync(path));
      if (stats !== null && UNFINISHED.test(name) && now - stats.mtimeMs > STALE_MILLISECONDS)
        rmSync(path, { force: true });
      return stats !== null && FILE.test(name) ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
    });
    entries.sort((a, b) => Number(b.path === newest) - Number(a.path === newest) || b.used - a.used);
    let bytes = 0;
    for (const [at, { path, size }] of entries.entries()) {
      bytes += size;
      if (at >= this.#bounds.files || bytes > this.#bounds.bytes) rmSync(path, { force: true });
    }
  }
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex');
const checksum = (key: string, text: string): string => hashed(`${hashed(key)} ${text}`);

/** What `action` gives; null where the file system refuses. */
function orNull<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
