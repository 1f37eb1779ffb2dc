/** Global bounds: \|\tilde\theta(nh) - \theta^{(n)}\| \le C h^{q+1}, and those of other forms, which are read and not judged. */
import { attempt, refuse } from '../../../base/problem.ts';
import { multiplication, number, parameter, toPower, step } from '../../../formula/build.ts';
import type { Formula } from '../../../formula/formula.ts';
import { argumentAt } from '../../../latex/display/display-tokens.ts';
import type { Piece } from '../../../latex/display/display.ts';
import { canonicalName } from '../../../latex/layout/canonical-name.ts';
import type { Token } from '../../../latex/notation/token.ts';
import type { LeftSide } from '../../../latex/read/definition/left-side.ts';
import { readLeftSide } from '../../../latex/read/definition/read-left-side.ts';
import { readFormula, readSide } from '../../../latex/read/read-formula.ts';
import type { NameRole, NameScope } from '../../../latex/read/scope.ts';
import { solid } from '../../author/author-tokens.ts';
import type { Relation } from '../../model.ts';

export interface StatedBound {
  readonly left: Formula;
  readonly right: Formula;
  readonly scope: NameScope;
  /** Why it is not judged; null where it is. */
  readonly undecided: string | null;
}

const OTHER_FORM =
  'a bound of another form than \\|\\tilde\\theta(nh) - \\theta^{(n)}\\| \\le C h^{q+1} is read, and not judged yet';

/** The bound that the piece states about the distance of the solution and the iterates; null where it states none. */
export function readBound(piece: Piece, left: LeftSide, scope: NameScope): StatedBound | null {
  if (piece.relation === null || !isOrder(piece.relation)) {
    if (left.kind !== 'norm-bound')
      return piece.remainder !== null && isMaximalDistance(piece, scope)
        ? asOrder(piece, piece.remainder, scope)
        : null;
    return piece.remainder === null ? plainBound(piece, scope) : asOrder(piece, piece.remainder, scope);
  }
  const inner = withoutMaximum(solid(piece.left));
  const isPlain = inner === null && left.kind === 'norm-bound';
  if (!isPlain) {
    const bare = withoutNormIndex(inner ?? solid(piece.left));
    const isDistance = attempt(() => readLeftSide(bare, scope));
    if (!isDistance.ok || isDistance.value.kind !== 'norm-bound') return null;
    if (inner !== null || bare.length < solid(piece.left).length) return otherBound(piece, scope);
  }
  const found = attempt(() => plainBound(piece, scope));
  if (found.ok) return found.value;
  if (found.problems[0]?.code !== 'global-bound' && found.problems[0]?.code !== 'undefined-name')
    return plainBound(piece, scope);
  return otherBound(piece, scope);
}

/** \max_k \|…\|, \sup_{0 \le k \le T/h} \|…\| of a distance of the solution and the iterates. */
function isMaximalDistance(piece: Piece, scope: NameScope): boolean {
  const inner = withoutMaximum(solid(piece.left));
  const isDistance = inner === null ? null : attempt(() => readLeftSide(withoutNormIndex(inner), scope));
  return isDistance?.ok === true && isDistance.value.kind === 'norm-bound';
}

/** C h^{q+1}: the constant is any name that means nothing else. */
function plainBound(piece: Piece, scope: NameScope): StatedBound {
  const inner = withUnknown(piece.right, scope, 1);
  const right = readFormula(piece.right, inner);
  if (!isConstantTimesPower(right, scope))
    refuse(
      'global-bound',
      'the right side of a global bound is a constant that means nothing else, times a power of h',
      piece.span,
      'Write C h^{q+1} for the equation of order q.',
    );
  return { left: readSide(piece.left, inner, true).formula, right, scope: inner, undecided: null };
}

/** \|…\| = O(h^r). */
function asOrder(piece: Piece, remainder: number, scope: NameScope): StatedBound {
  const right = multiplication(parameter('C'), toPower(step, number(remainder)));
  return { left: typedLeft(piece), right, scope, undecided: OTHER_FORM };
}

/** With its left side as it is typed; the constants of the right side are names that mean nothing else. */
function otherBound(piece: Piece, scope: NameScope): StatedBound {
  const inner = withUnknown(piece.right, scope, MOST_CONSTANTS);
  return { left: typedLeft(piece), right: readFormula(piece.right, inner), scope: inner, undecided: OTHER_FORM };
}

/** The left side under the name that its text is. */
function typedLeft(piece: Piece): Formula {
  const [first, last] = [piece.left[0], piece.left.at(-1)];
  const text =
    first && last && first.span.source === last.span.source
      ? first.span.source.text.slice(first.span.start, last.span.end).trim()
      : piece.left.map(token => token.text).join('');
  return { kind: 'quantity', span: piece.span, name: text, indices: [], labels: [], at: null };
}

const MOST_CONSTANTS = 6;

/** The scope with names that the right side does not explain as constants. */
function withUnknown(right: readonly Token[], scope: NameScope, most: number): NameScope {
  const names = new Map<string, NameRole>(scope.names);
  const inner: NameScope = { ...scope, names };
  for (let count = 0; count < most; count += 1) {
    const read = attempt(() => readFormula(right, inner));
    const [problem] = read.ok ? [] : read.problems;
    if (problem?.code !== 'undefined-name' || !problem.span) break;
    const { source, start, end } = problem.span;
    const constant = canonicalName(source.text.slice(start, end));
    if (constant === null) break;
    names.set(constant, { kind: 'scalar' });
  }
  return inner;
}

/** What stands behind \max_{n \le T/h} or \sup_{…}; null where neither begins the row. */
function withoutMaximum(row: readonly Token[]): Token[] | null {
  if (!/^\\(?:max|sup)$/.test(row[0]?.text ?? '') || row[1]?.text !== '_') return null;
  const range = argumentAt(row, 2);
  return range === null ? null : row.slice(range.end);
}

/** The row without the index of a norm at its end: \|…\|_\infty. */
function withoutNormIndex(row: readonly Token[]): Token[] {
  for (const length of [2, 4]) {
    const at = row.length - length;
    const range = row[at]?.text === '_' ? argumentAt(row, at + 1) : null;
    if (range?.end === row.length) return row.slice(0, at);
  }
  return [...row];
}

const isOrder = (relation: Relation): boolean =>
  relation === '<' || relation === '>' || relation === '\\le' || relation === '\\ge';

/** C h^k, k ≥ 1, with a name C that `scope` does not know. */
function isConstantTimesPower(formula: Formula, scope: NameScope): boolean {
  if (formula.kind !== 'multiply' || formula.factors.length !== 2) return false;
  const isConstant = (factor: Formula): boolean => factor.kind === 'parameter' && !scope.names.has(factor.name);
  const isPower = (factor: Formula): boolean =>
    factor.kind === 'step' ||
    (factor.kind === 'power' &&
      factor.base.kind === 'step' &&
      factor.exponent.kind === 'number' &&
      factor.exponent.value.isInteger() &&
      factor.exponent.value.sign() > 0);
  return formula.factors.some(isConstant) && formula.factors.some(isPower);
}
