/** The left side of an optimizer's row: the value that it makes. */
import { refuse } from '../../base/problem.ts';
import { textOf } from '../annotation/annotation.ts';
import type { Piece } from '../../latex/display/display.ts';
import { trim } from '../../latex/display/display-tokens.ts';
import type { LeftSide } from '../../latex/read/definition/left-side.ts';
import { readLeftSide } from '../../latex/read/definition/read-left-side.ts';
import type { NameScope } from '../../latex/read/scope.ts';
import { assignedParameters } from './author-left.ts';
import { solveForNext } from './habits/solved-rows.ts';
import { solveForFirst } from './left-increments.ts';

/** A row with its left side understood and its right side still to be read. */
export interface OpenRow {
  readonly piece: Piece;
  readonly left: Extract<LeftSide, { kind: 'name' | 'parameters-update' }>;
}

/** \xi_t \sim \mathcal N(0, I). */
function refuseRandom(piece: Piece): never {
  return refuse(
    'random-row',
    'this is drawn at random, and noise that is added to a step is not read',
    piece.span,
    'Leave the noise out, for the rule of the drift, or put it into the losses of the steps: a term \\xi_t^\\top\\theta of f_t adds \\xi_t to its gradient.',
  );
}

export function readLeft(piece: Piece, scope: NameScope): OpenRow {
  if (piece.relation !== '=' && piece.relation !== ':=') {
    if (/\\sim(?![A-Za-z])/.test(textOf(piece.span))) refuseRandom(piece);
    const hint = /^(?:<|>|\\[lg]e)$/.test(piece.relation ?? '')
      ? 'What hyperparameters are beside each other makes no value: leave it out here; a claim says it with assume={…}.'
      : 'Each row has a left side and = or :=.';
    return refuse('row-without-relation', 'expected a row that defines a value', piece.span, hint);
  }
  const left = readLeftSide(piece.left, scope);
  if (left.kind === 'name' || left.kind === 'parameters-update') return { piece, left };
  const assigned = assignedParameters(piece.left, scope);
  if (assigned) return { piece, left: assigned };
  for (const solved of [solveForNext(piece, scope), solveForFirst(piece)]) {
    const first = solved && readLeftSide(solved.left, scope);
    const isValue = first?.kind === 'parameters-update' || (first?.kind === 'name' && first.labels.length > 0);
    if (solved && isValue) return { piece: solved, left: first };
  }
  const isFlow = /\\dot(?![A-Za-z])|\\[td]?frac\s*\{?\s*(?:\\mathrm\s*\{?\s*)?d/.test(textOf(piece.span));
  const hint = isFlow
    ? 'An equation of motion is no rule of steps: put `claim` instead of `optimizer` into its comment.'
    : trim(piece.left)[0]?.text === scope.notation.time
      ? `${scope.notation.time} is the letter of the time in this file: give the time another one, notation time=\\tau, or another letter to the value.`
      : `Expected the parameters, a state or a name, as ${leftSides(scope)}.`;
  return refuse('left-side', 'this left side defines nothing in an optimizer', piece.span, hint);
}

/** Left sides as the rule's own labels have them. */
function leftSides({ notation: { parameters, component, iteration, index } }: NameScope): string {
  const of = (name: string): string =>
    index === 'subscript' ? `${name}_{${iteration}+1}` : `${name}_${component}^{(${iteration}+1)}`;
  return `${of(parameters)} or ${of('m')}`;
}
