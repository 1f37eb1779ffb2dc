/**
 * Names that can be printed and read back: the distances of second sequences from the parameters, which have none of their own, and rows whose
 * name is more than a letter with accents, g', \Delta g, z_{1/2}, m_1 beside raised labels.
 */
import type { Optimizer } from '../../../optimizer/model.ts';
import { namesOf, renameOptimizer } from '../../../optimizer/rename.ts';

const ACCENTS = ['\\bar', '\\hat', '\\tilde', '\\check', '\\breve', '\\mathring', '\\acute', '\\grave'];

export interface PrintableNames {
  readonly optimizer: Optimizer;
  /** What the author's names are printed as, without the distances. */
  readonly printed: ReadonlyMap<string, string>;
}

/** An optimizer without such names is itself. */
export function withPrintableNames(optimizer: Optimizer): PrintableNames {
  const taken = new Set(namesOf(optimizer));
  const names = new Map<string, string>();
  const printed = new Map<string, string>();
  for (const { name } of [...optimizer.states, ...optimizer.quantities]) {
    const isDistance = name.startsWith('#');
    const letter = isDistance ? name.replace(/^#(?:lag:)?/, '') : letterOf(name, optimizer);
    const free = letter && ACCENTS.map(accent => `${accent}{${letter}}`).find(each => !taken.has(each));
    if (letter === null || free === undefined || free === null) continue;
    taken.add(free);
    names.set(name, free);
    if (!isDistance) printed.set(name, free);
  }
  return { optimizer: renameOptimizer(optimizer, names), printed };
}

/** The letter in a name that is more than one with accents and a subscript; null where the name can be printed. */
function letterOf(name: string, { notation }: Optimizer): string | null {
  const isHalf = /_\{?-?\d+\/\d+\}?$/.test(name);
  const isNumbered = notation.index === 'superscript' && /_\{?\d+\}?$/.test(name);
  if (!isHalf && !isNumbered && !name.includes("'") && !/^\\Delta[\s{]/.test(name)) return null;
  const bare = name.replace(/'+|_\{?-?\d+(?:\/\d+)?\}?$/g, '').replace(/^\\Delta\s*/, '');
  return /(\\?[A-Za-z]+)\}*$/.exec(bare)?.[1] ?? null;
}
