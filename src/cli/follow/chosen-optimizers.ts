/** The optimizers of documents that `follow` and `snapshot` are about, and the options that choose among their equations. */
import { InvalidArgumentError } from 'commander';
import { type Problem, refuse } from '../../base/problem.ts';
import { hintFor } from '../../document/nearest.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { STEP_SETTINGS } from '../../notation/settings.ts';
import { complainAbout } from '../context.ts';
import { HIGHEST_ORDER } from '../derive-command.ts';
import type { Terminal } from '../terminal.ts';

export interface Chosen {
  readonly all: readonly Optimizer[];
  readonly chosen: readonly Optimizer[];
  /** Mistakes of the documents, which are printed already. */
  readonly mistakes: readonly Problem[];
}

/** The optimizers at the paths, and those of them that are asked for. Refuses an unknown id, and documents without any optimizer. */
export async function chosenOptimizers(
  paths: readonly string[],
  only: readonly string[] | undefined,
  terminal: Terminal,
): Promise<Chosen> {
  const { loadDocuments } = await import('../../files/documents/load.ts');
  const { documents, problems } = loadDocuments(paths, paths.includes('-') ? await terminal.readInput() : null);
  const told = [...problems, ...documents.flatMap(document => [...document.problems])];
  await complainAbout(told, terminal);
  const mistakes = told.filter(({ severity }) => severity !== 'warning');
  const all = documents.flatMap(document => [...document.optimizers]);
  const ids = all.map(({ id }) => id);
  const unknown = only?.find(id => !ids.includes(id));
  // What cannot be read is the one mistake that there is to tell.
  if (unknown !== undefined && (ids.length > 0 || mistakes.length === 0))
    refuse(
      'unknown-optimizer',
      `there is no optimizer '${unknown}' in ${paths.join(', ')}`,
      null,
      hintFor(unknown, ids),
    );
  const chosen = all.filter(({ id }) => only === undefined || only.includes(id));
  if (chosen.length === 0 && mistakes.length === 0)
    refuse(
      'no-optimizer',
      `there is no optimizer in ${paths.join(', ')}`,
      null,
      'Write % !modeq optimizer ID before the display of the rule.',
    );
  return { all, chosen, mistakes };
}

/** Orders from 0: numbers and ranges with `..`, separated by commas. */
export function ordersOption(text: string): number[] {
  const orders = text.split(',').flatMap(part => {
    const [, first, last] = /^\s*(\d{1,2})(?:\.\.(\d{1,2}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last ?? first)];
    if (!(from <= to && to <= HIGHEST_ORDER))
      throw new InvalidArgumentError(`Expected orders from 0 to ${HIGHEST_ORDER}, as 0,1,2 or 0..2.`);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return [...new Set(orders)].sort((a, b) => a - b);
}

export type FollowSetting = (typeof STEP_SETTINGS)[number];

export function settingsOption(text: string): FollowSetting[] {
  return text.split(',').map(word => {
    const found = STEP_SETTINGS.find(each => each === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`Expected ${STEP_SETTINGS.join(' or ')}.`);
    return found;
  });
}
