/** What a first step may not read: losses that nobody has seen, and values of a second sequence that no step makes. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { LossNode } from '../../formula/formula.ts';
import type { Optimizer } from '../model.ts';

/** Refuses the loss of batch `batch` in a step that has those from 0 to `current`. */
export function refuseUnknownLoss(loss: LossNode, batch: number, current: number, place: Span): void {
  if (batch >= 0 && batch <= current) return;
  refuse(
    'loss-not-available',
    batch < 0 ? 'the first steps would need a loss before the first one' : 'this uses the loss of a later step',
    loss.batch?.span ?? loss.span ?? place,
    batch < 0
      ? 'A row whose earlier value is read needs an initial row, as y_j^{(0)} = θ_j^{(0)}.'
      : 'The step that makes θ^{(n+1)} may use the losses E_0, …, E_n.',
  );
}

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
