/** What a first step may not read: losses that the step has not seen, and values of a second sequence that no step makes. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { number } from '../../formula/build.ts';
import { type Formula, ITERATION, type LossNode } from '../../formula/formula.ts';
import type { Notation, Optimizer } from '../model.ts';
import { rewrite } from '../replace.ts';
import { type Size, vanishes } from './size.ts';

/** Refuses the loss of batch `batch` in a step that has those to `current`. */
export function refuseUnknownLoss(loss: LossNode, batch: number, current: number, place: Span): void {
  if (batch <= current) return;
  refuse(
    'loss-not-available',
    'this uses the loss of a later step',
    loss.batch?.span ?? loss.span ?? place,
    'The step that makes θ^{(n+1)} may use the losses E_0, …, E_n.',
  );
}

/** Refuses a value that does not exist for h → 0. */
export const refuseDivision = (span: Span, n: number): never =>
  refuse(
    'division-by-zero',
    `this divides by zero, or by something that vanishes with h, in the step with ${ITERATION.slice(1)} = ${n}`,
    span,
  );

/** Refuses parameters that the step has not made yet. */
export const refuseLaterPoint = (span: Span): never =>
  refuse(
    'implicit-update',
    'this uses parameters that the step has not made yet',
    span,
    'The step that makes θ^{(n+1)} may use it through a factor h, and no later one.',
  );

/** Refuses a gradient at a point that is not θ + O(h). */
export const refuseFarPoint = (span: Span, { step }: Pick<Notation, 'step'>): never =>
  refuse(
    'shift-not-small',
    'the gradient is taken at a point that is not the parameters up to O(h)',
    span,
    `A shift needs the factor ${step}: write ${step} r for a radius r. The difference of the parameters of two steps has it.`,
  );

/** y^{(0)} of y^{(n+1)} = θ^{(n)} − h∇E(θ^{(n)}): no step makes it, and it may be θ^{(0)} or anything else. */
export function refuseFirstValue({ notation, counting }: Optimizer, name: string, label: number, span: Span): never {
  const typed = label + (counting?.iterates ?? 0);
  const value = (letter: string): string =>
    notation.index === 'subscript' ? `${letter}_${typed}` : `${letter}^{(${typed})}`;
  const [own, start] = [value(name), value(notation.parameters)];
  return refuse(
    'first-value-missing',
    `the first step reads ${own}, which no step makes`,
    span,
    `Give the first value of the second sequence a row of its own, as ${own} = ${start}.`,
  );
}

/** Refuses an update that is not θ plus O(h), with the term that lacks the factor h, or the factor that the parameters have instead of 1. */
export function refuseLargeStep(
  update: Formula,
  place: Span,
  { step, parameters }: Pick<Notation, 'step' | 'parameters'>,
  sizeOf: (part: Formula) => Size,
): never {
  const terms = termsOf(update);
  const large = terms.find(term => {
    const size = sizeOf(term);
    return vanishes(size.weight) && (!vanishes(size.known) || size.order < 1);
  });
  const span = large?.span ?? null;
  const text = span === null ? null : span.source.text.slice(span.start, span.end).trim();
  const weight = terms.reduce((sum, term) => sum + sizeOf(term).weight, 0);
  const isDecay = large === undefined && !vanishes(weight - 1);
  const reason = isDecay
    ? `: for ${step} → 0 it multiplies them by a factor that is not 1`
    : text === null || text.length > LONGEST_TERM
      ? ''
      : `: ${text} is not seen to be O(${step})`;
  refuse(
    'update-not-small',
    `the update does not change the parameters by O(${step})${reason}`,
    span ?? update.span ?? place,
    isDecay
      ? `A decay needs the factor ${step}, as (1 - ${step}\\lambda)${parameters}; without it the parameters move at once, whatever ${step} is.`
      : `Every term besides the parameters themselves needs the factor ${step} (the step size); differences of iterates count as O(${step}).`,
  );
}

const LONGEST_TERM = 80;

/** The terms of a sum, signs and brackets taken apart. */
function termsOf(formula: Formula): Formula[] {
  if (formula.kind === 'add') return formula.terms.flatMap(termsOf);
  if (formula.kind !== 'negate') return [formula];
  return formula.argument.kind === 'add' ? formula.argument.terms.flatMap(termsOf) : [formula.argument];
}

/** What stands outside of losses and their derivatives. */
export const withoutLosses = (formula: Formula): Formula =>
  rewrite(formula, node => (node.kind === 'loss' || node.kind === 'derivative' ? number(0) : node));
