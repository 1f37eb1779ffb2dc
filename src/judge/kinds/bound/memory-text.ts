/** What the rows say about an optimizer's memory, in words and LaTeX. */
import type { Formula } from '../../../formula/formula.ts';
import { labelled } from '../../../document/shown-letters.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import { type Cause, type Kept, type Memory, memoryOfRows } from '../../../optimizer/checks/memory/fading-memory.ts';
import type { Notation, Optimizer } from '../../../optimizer/model.ts';

/** The sums over slot derivatives that the theorem for order q needs (docs/bounds.md). */
export function memorySums(q: number): string {
  if (q === 0) return '\\sum_k \\gamma_k k < \\infty';
  if (q === 1) return '\\sum_k \\gamma_k k^2 + \\sum_{k,l} \\gamma_{kl} k l < \\infty';
  return `\\sum \\gamma_{k_1 \\dots k_r} k_1^{s_1} \\cdots k_r^{s_r} < \\infty for s_1 + \\dots + s_r = ${q + 1}`;
}

/** In the author's letters; null is the last step. */
const nameOf = ({ name }: Kept, notation: Notation): string => {
  const point = (offset: number): string => labelled(notation.parameters, offset, notation);
  if (name === null) return `${point(0)} - ${point(-1)}`;
  return name.startsWith('#') ? `the shift of ${name.slice(1)}` : name;
};

/** What every value that carries the past keeps of itself in a step. */
export function fadingText({ kept }: Extract<Memory, { readonly kind: 'fades' }>, { notation }: Optimizer): string {
  if (kept.length === 0) return 'a step reads only the last points, or sums with weights that fade';
  const part = (each: Kept): string =>
    each.factor === null
      ? `${nameOf(each, notation)} keeps nothing of itself`
      : `${nameOf(each, notation)} keeps ${write(each.factor, notation)} of itself${each.coupled === true ? ' and of the states that feed it' : ''} in a step, below 1 in size`;
  return kept.map(part).join('; ');
}

/** Why it is not known to fade. */
export function causeText(cause: Cause, { notation }: Optimizer): string {
  switch (cause.kind) {
    case 'factor': {
      const { factor } = cause.kept;
      const shown = factor === null ? '0' : write(factor, notation);
      return `${nameOf(cause.kept, notation)} keeps ${shown} of itself in a step, which is not shown to stay below 1 in size`;
    }
    case 'coupled':
      return cause.name === null
        ? `the recursion for ${labelled(notation.parameters, -1, notation)} is coupled with others`
        : `the recursion of ${cause.name.replace(/^#(?:lag:)?/, '')} is coupled with others or with its own new value`;
    case 'start':
      return `${write(cause.what, notation)} is kept from a fixed step`;
    case 'sum':
      return `the weights of ${write(cause.what, notation)} do not fade with n - ${cause.what.kind === 'sum' ? cause.what.index : 'k'}`;
    case 'growth':
      return cause.what === null
        ? 'a factor of the rows is not shown to be bounded for all n'
        : `the factor ${write(cause.what, notation)} grows with n`;
  }
}

/** A note for an equation whose error is not of its order uniformly in n; null where nothing of the kind is known. */
export function uniformityNote(optimizer: Optimizer): string | null {
  const sequences = optimizer.states.flatMap(({ name, recursive }) => (recursive === true ? [name] : []));
  if (sequences.length > 0)
    return `whether this is uniform in n is not decided: ${sequences.join(' and ')} ${sequences.length === 1 ? 'is defined by its recursion' : 'are defined by their recursions'}`;
  const memory = memoryOfRows(optimizer);
  if (memory.kind === 'unknown' && memory.cause.kind === 'coupled' && memory.cause.name === null)
    return `whether this is uniform in n is not decided: ${causeText(memory.cause, optimizer)}`;
  if (memory.kind !== 'lasts') return null;
  const why = `not uniform in n: ${causeText(memory.cause, optimizer)}`;
  return memory.cause.kind === 'growth'
    ? `${why}, so that the terms of the expansion in h grow as well and no bound of its error holds for all n`
    : `${why}, so that the memory does not fade and the error over a fixed time may be of a lower order`;
}

const write = (formula: Formula, notation: Notation): string =>
  formula.kind === 'multiply' && formula.factors.length === 0 ? '1' : writeFormula(formula, notation, 'latex');
