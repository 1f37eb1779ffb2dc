/** Makes training runs one after the other: the optimizers, their derived equations and the data are loaded when they are needed first. */
import { orRefuse } from '../base/problem.ts';
import { digitBytes } from '../files/digits-file.ts';
import { builtInDocuments } from '../files/documents/load.ts';
import type { Configuration, RunResult } from '../figures/training/configuration.ts';
import { runConfiguration, type Trained } from '../figures/training/run-configuration.ts';
import { vectorEquation } from '../report/code/vector-equation.ts';
import { loadIris } from '../simulate/loss/iris.ts';
import { digitSets, irisSets, type TrainingSets } from '../simulate/network/training-sets.ts';

const MOST_TESTED = 500;

export class Trainer {
  readonly #trained = new Map<string, Trained>();
  readonly #sets = new Map<string, TrainingSets>();

  async run(configuration: Configuration): Promise<RunResult> {
    const { optimizer, data, rows } = configuration;
    const trained = this.#trained.get(optimizer) ?? equationOf(optimizer);
    this.#trained.set(optimizer, trained);
    const name = `${data} ${rows}`;
    const sets =
      this.#sets.get(name) ??
      (data === 'digits' ? digitSets(digitBytes(), rows, MOST_TESTED) : irisSets(await loadIris(), rows));
    this.#sets.set(name, sets);
    return runConfiguration(configuration, trained, sets);
  }
}

function equationOf(id: string): Trained {
  const optimizer = builtInDocuments()
    .documents.flatMap(({ optimizers }) => optimizers)
    .find(each => each.id === id);
  if (optimizer === undefined) throw new Error(`there is no built-in optimizer ${id}`);
  return { optimizer, equation: orRefuse(vectorEquation(optimizer, { order: 1, limit: null })) };
}
