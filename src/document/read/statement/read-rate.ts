/**
 * Derivatives in time of what is no trajectory: \frac{d}{dt}E(\theta) along the equation of motion that the same claim states, by the
 * chain rule.
 */
import { attempt } from '../../../base/problem.ts';
import { argumentAt } from '../../../latex/display/display-tokens.ts';
import { COMPONENT, type Formula } from '../../../formula/formula.ts';
import { index, multiplication, quantity } from '../../../formula/build.ts';
import { freshLetter, substituteLetters } from '../../../formula/substitute.ts';
import type { Piece } from '../../../latex/display/display.ts';
import type { Token } from '../../../latex/notation/token.ts';
import { scopeOfRight } from '../../../latex/read/definition/read-definition.ts';
import { placeOf, readFormula, readSide } from '../../../latex/read/read-formula.ts';
import { readLeftSide } from '../../../latex/read/definition/read-left-side.ts';
import type { NameScope } from '../../../latex/read/scope.ts';
import { overCoordinates } from '../../../latex/read/value.ts';
import type { Span } from '../../../base/span.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { solid } from '../../author/author-tokens.ts';
import { isD } from '../../author/motion/differentials.ts';

/** What is derived in time: E(\theta) of \frac{d}{dt}E(\theta), \frac{dE}{dt}(\theta), \dot E; null where the side is something else. */
export function derivedInTime(left: readonly Token[], { notation }: NameScope): Token[] | null {
  const row = solid(left);
  if (row[0]?.text === '\\dot') {
    const inside = argumentAt(row, 1);
    const [only, ...more] = inside?.inside ?? [];
    const isLoss = only?.text === notation.loss && more.length === 0;
    return isLoss && inside ? [...inside.inside, ...row.slice(inside.end)] : null;
  }
  if (!/^\\[td]?frac$/.test(row[0]?.text ?? '')) return null;
  const over = argumentAt(row, 1);
  const under = over && argumentAt(row, over.end);
  if (!over || !under) return null;
  const [above, below] = [isD(over.inside, 0), isD(under.inside, 0)];
  const isTime = below > 0 && under.inside.length === below + 1 && under.inside[below]?.text === notation.time;
  const operand = [...over.inside.slice(above), ...row.slice(under.end)];
  return above > 0 && isTime && operand.length > 0 ? operand : null;
}

/** Σ_i ∂_iF · f_i with the right side f of an equation of motion, in component COMPONENT; F may be a vector. */
export function alongMotion(operand: readonly Token[], motion: Formula, scope: NameScope, span: Span): Formula {
  const { formula } = readSide(operand, scope, true);
  const used = new Set([formula, motion].flatMap(each => [...nodes(each)].flatMap(lettersOf)));
  const letter = ['i', 'k', 'l', 'r', 's', 'q'].find(each => !used.has(each)) ?? freshLetter('i', [formula, motion]);
  const moved = substituteLetters(motion, new Map([[COMPONENT, index(letter)]]));
  const derivative: Formula =
    formula.kind === 'loss'
      ? { kind: 'derivative', span, by: [index(letter)], argument: formula }
      : { kind: 'derivative', span, by: [index(letter)], argument: formula, asked: { by: null } };
  return overCoordinates(letter, multiplication(derivative, moved), span);
}

const lettersOf = (node: Formula): string[] =>
  node.kind === 'index' ? [node.name] : node.kind === 'sum' || node.kind === 'product' ? [node.index] : [];

/** The right side of the first equation of motion among the pieces; null where none states one. */
export function statedMotion(pieces: readonly Piece[], scope: NameScope): Formula | null {
  for (const piece of pieces) {
    const left = piece.relation === null || piece.noise !== undefined ? null : readLeftSide(piece.left, scope);
    if (left?.kind !== 'flow' || left.only !== undefined) continue;
    const read = attempt(() => readFormula(piece.right, scopeOfRight(left, scope)));
    return read.ok ? read.value : null;
  }
  return null;
}

const SECOND_ORDER =
  'an equation with a second derivative in time is read, and not judged: what is derived is an equation of the first order, \\dot\\theta = …';

/** \ddot X + \frac3t\dot X + \nabla f(X) = 0: both sides as they are typed, and why they are not judged; null where no second derivative in time stands. */
export function secondDerivative(
  { left, right }: Piece,
  scope: NameScope,
): { kind: 'identity'; left: Formula; right: Formula; scope: NameScope; undecided: string } | null {
  const text = (tokens: Piece['left']): string => tokens.map(token => token.text).join('');
  const typed = `${text(left)} ${text(right)}`.replace(/\s+/g, ' ');
  const byTime =
    /\\[dt]?frac\{(?:d|\\mathrm\{d\})\^\{?2\}?[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\{(?:d|\\mathrm\{d\}) ?[a-z] ?\^\{?2\}?\}/;
  if (!/\\ddot(?![A-Za-z])/.test(typed) && !byTime.test(typed)) return null;
  const asTyped = (tokens: Piece['left']): Formula => ({ ...quantity(text(tokens), [], []), span: placeOf(tokens) });
  return { kind: 'identity', left: asTyped(left), right: asTyped(right), scope, undecided: SECOND_ORDER };
}
