/**
 * What may break where several letters have their values at once: what stands under a sign, a bar, a root, max or min, in an exponent of 0 or in
 * the range of a sum, and turns on n, p, a label or a hyperparameter together with another one and with typed numbers.
 */
import { subtraction } from '../../formula/build.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { isNowhereZero } from '../satisfy/nowhere-zero.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { integerFormOf } from '../stated/integer-form.ts';
import { lettersTogether, valuesReadBy } from './letters-of.ts';

interface Known {
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

/** Each once, in the order in which they are typed. */
export function jointZeros(formulas: readonly Formula[], { definitions, declarations }: Known): Formula[] {
  const found = new Map<string, Formula>();
  for (const formula of formulas)
    for (const node of nodes(formula))
      for (const part of breakingIn(node)) {
        // n − p − 7 is gone to by the guard.
        if (integerFormOf(part) !== null || !isJoint(part, definitions)) continue;
        if (!isNowhereZero(part, { declarations, letters: new Map() })) found.set(formulaKey(part), part);
      }
  return [...found.values()];
}

function isJoint(part: Formula, definitions: readonly Definition[]): boolean {
  const read = valuesReadBy([part], definitions);
  if (read.numbers.length === 0 || lettersTogether(read) < 2) return false;
  // A zero of hyperparameters alone is searched for, but where it is a single point.
  return read.integers.size > 0 || (read.scalars.size > 1 && [...nodes(part)].some(isKink));
}

const isSign = (node: Formula): boolean => node.kind === 'call' && node.name === 'sign';
const isKink = (node: Formula): boolean => node.kind === 'absolute' || node.kind === 'extremum' || isSign(node);

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** As it is read best: max(0, x) breaks where x = 0. */
const difference = (one: Formula, other: Formula): Formula =>
  isZero(one) ? other : isZero(other) ? one : subtraction(one, other);

function breakingIn(node: Formula): readonly Formula[] {
  switch (node.kind) {
    case 'absolute':
      return [node.argument];
    case 'call':
      return isSign(node) ? [node.argument] : [];
    case 'extremum':
      return node.arguments.flatMap((one, at) => node.arguments.slice(at + 1).map(other => difference(one, other)));
    case 'power':
      if (isZero(node.base)) return [node.exponent];
      return node.exponent.kind === 'number' && !node.exponent.value.isInteger() ? [node.base] : [];
    case 'root':
      // The root of a square is a bar.
      return [node.radicand];
    case 'sum':
    case 'product':
      return [subtraction(node.upper, node.lower)];
    default:
      return [];
  }
}
