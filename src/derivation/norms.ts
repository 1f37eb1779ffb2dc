/** Formulas with Σ_i (∇_i E_k)² written as ‖∇E_k‖². */
import { number, toPower } from '../formula/build.ts';
import { DIMENSION, type Formula } from '../formula/formula.ts';
import { children, withChildren } from '../formula/walk.ts';
import { Rational } from '../number/rational.ts';

const TWO = Rational.of(2);

export function withNorms(formula: Formula): Formula {
  const inner = withChildren(formula, children(formula).map(withNorms));
  const square = squareSummed(inner);
  return square ?? inner;
}

/** ‖∇E‖² for the sum over all coordinates of (∇_i E)²; null for anything else. */
function squareSummed(node: Formula): Formula | null {
  if (node.kind !== 'sum' || node.sort !== 'coordinate' || node.body.kind !== 'power') return null;
  const { base, exponent } = node.body;
  const isWhole =
    node.lower.kind === 'number' &&
    node.lower.value.isOne() &&
    node.upper.kind === 'index' &&
    node.upper.name === DIMENSION;
  const isSquare = exponent.kind === 'number' && exponent.value.equals(TWO);
  if (!isWhole || !isSquare || base.kind !== 'derivative' || base.argument.kind !== 'loss') return null;
  const [by, ...more] = base.by;
  if (more.length > 0 || by?.kind !== 'index' || by.name !== node.index) return null;
  return toPower(
    { kind: 'norm', span: null, order: 2, perturbation: null, argument: { index: node.index, body: base } },
    number(2),
  );
}
