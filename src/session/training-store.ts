/**
 * The runs of a training that are made, a file each: an interrupted training loses those under way, and the next one goes on behind them. A
 * file of another version of the program is not taken over, nor one that is not whole.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/replace-file.ts';
import { type Configuration, nameOfRun, type RunResult } from '../figures/training/configuration.ts';

export class TrainingStore {
  readonly #folder: string;
  readonly #mark: string;

  /** `mark` stands for the program that makes the runs. */
  constructor(folder: string, mark: string) {
    this.#folder = folder;
    this.#mark = mark;
  }

  /** Of these runs those that are made, by name. */
  load(configurations: readonly Configuration[]): Map<string, RunResult> {
    return new Map(
      configurations.flatMap(configuration => {
        const name = nameOfRun(configuration);
        const found = this.#read(join(this.#folder, `${name}.json`));
        return found === null ? [] : [[name, found] as const];
      }),
    );
  }

  save(result: RunResult): void {
    mkdirSync(this.#folder, { recursive: true });
    const text = `${JSON.stringify({ mark: this.#mark, result })}\n`;
    writeWhole(join(this.#folder, `${nameOfRun(result.configuration)}.json`), text);
  }

  #read(path: string): RunResult | null {
    if (!existsSync(path)) return null;
    const found = parsed(readFileSync(path, 'utf8'));
    return found?.mark === this.#mark ? found.result : null;
  }
}

function parsed(text: string): { readonly mark: string; readonly result: RunResult } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
