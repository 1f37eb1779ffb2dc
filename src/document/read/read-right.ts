/** The right side of an optimizer's row, with words for what its author most likely forgot. */
import { attempt, refuse } from '../../base/problem.ts';
import { joinSpans, type Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Piece } from '../../latex/display/display.ts';
import { readFormula } from '../../latex/read/read-formula.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import type { Notation } from '../../optimizer/model.ts';
import { textOf } from '../annotation/annotation.ts';
import { lettersIn } from '../author/row-roles.ts';

/** The right side, with better words for a state that no row makes. */
export function readRight(piece: Piece, scope: NameScope): Formula {
  const result = attempt(() => readFormula(piece.right, scope));
  if (result.ok) return result.value;
  const [problem] = result.problems;
  if (problem?.code === 'undefined-name' && problem.span && hasLabel(problem.span, scope.notation)) {
    const name = /^[^_^]+/.exec(textOf(problem.span))?.[0]?.trim() ?? 'this name';
    if (scope.names.get(name)?.kind === 'scalar')
      refuse(
        'label-on-number',
        `${name} is declared as a number, and has the label of a step here`,
        problem.span,
        `If it changes from step to step, declare a sequence: where ${name}_${scope.notation.iteration} schedule; else leave its label out.`,
      );
    refuse(
      'state-never-updated',
      `${name} is used, but no row updates it`,
      problem.span,
      `Add the row that makes ${name} in every step; if it is the gradient of the step's own loss, say notation gradient=${name}.`,
    );
  }
  if (problem?.code === 'undefined-name' && problem.span && isInverted(problem.span))
    refuse(
      problem.code,
      problem.message,
      problem.span,
      'A matrix in front of a gradient is not read, but for diag(v). Declare what it does to a vector, where P : vector -> vector smooth, and write P(…).',
    );
  const { inverseStep, step } = scope.notation;
  if (problem?.code === 'undefined-name' && inverseStep !== undefined && problem.message.startsWith(`${inverseStep} `))
    refuse(
      problem.code,
      `${inverseStep} is 1 over the step, and here it is no step`,
      problem.span,
      `What else it stands in is a hyperparameter with a letter of its own, as the factor of a momentum: \\beta, with where \\beta in (0,1). The step is called ${step}.`,
    );
  return refuse(
    problem?.code ?? 'unreadable',
    problem?.message ?? 'not understood',
    problem?.span ?? joinSpans(piece.span, piece.span),
    problem?.hint,
  );
}

const SUBSCRIPT = String.raw`(?:_(?:\{[^{}]*\}|\\?[A-Za-z]+|\d))?`;
const SUPERSCRIPT_LABEL = new RegExp(String.raw`^\s*${SUBSCRIPT}\s*\^\s*\{?\s*\(`);

/** Whether the name at the place has an iteration label, so that a state was meant. */
function hasLabel(span: Span, { index: kind, iteration }: Notation): boolean {
  const own = textOf(span);
  const after = span.source.text.slice(span.end, span.end + 100);
  if (kind === 'superscript') return /\^\s*\{?\s*\(/.test(own) || SUPERSCRIPT_LABEL.test(after);
  const subscript =
    /_(\{[^{}]*\}|\\?[A-Za-z]+)/.exec(own)?.[1] ?? /^\s*_(\{[^{}]*\}|\\?[A-Za-z]+)/.exec(after)?.[1] ?? '';
  return lettersIn(subscript).includes(iteration);
}

/** F^{-1}, F_t^{-1/2}. */
const isInverted = ({ source, start }: Span): boolean =>
  /^\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?\s*\^\s*\{\s*-/.test(source.text.slice(start, start + 60));
