/** Numbers, sums, products and quotients: signs in front, dots where a number follows, slashes in scripts. */
import type { Formula, MultiplyNode } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { box, join, Binding } from './write-box.ts';
import type { Box, PrintedPiece } from './write-box.ts';
import type { Ink } from './write-ink.ts';
import { group, place, write } from './write-node.ts';
import { flatFactors, signed } from './write-terms.ts';
import type { SignedTerm } from './write-terms.ts';

export function writeNumber(value: Rational, ink: Ink): Box {
  if (value.sign() < 0)
    return writeSum([{ negative: true, term: { kind: 'number', span: null, value: value.negate() } }], ink);
  const { style } = ink;
  const numerator = style.number(`${value.num}`);
  if (value.isInteger()) return box(numerator, Binding.atom, { dotted: true });
  const denominator = style.number(`${value.den}`);
  const stacked = ink.tight ? null : style.fraction(numerator, denominator);
  if (stacked) return box(stacked, Binding.factor, { dotted: true });
  return box(style.slash(numerator, denominator, true), Binding.product, { dotted: true, slash: true });
}

export function writeSum(terms: readonly SignedTerm[], ink: Ink): Box {
  const { style } = ink;
  const only = terms[0];
  if (!only) return writeNumber(Rational.zero, ink);
  if (terms.length === 1 && !only.negative) return write(only.term, ink);
  const plus = ink.tight ? style.tightPlus : style.plus;
  const minus = ink.tight ? style.tightMinus : style.minus;
  const pieces: PrintedPiece[] = [];
  let last: Box | null = null;
  terms.forEach(({ negative, term }, position) => {
    if (position > 0) pieces.push(negative ? minus : plus);
    else if (negative) pieces.push(style.leadingMinus);
    last = place(term, Binding.product, ink);
    pieces.push(last);
  });
  return box(join(pieces, { text: '', width: 0, tall: false }), Binding.sum);
}

export function writeProduct(formula: MultiplyNode, ink: Ink): Box {
  const minus = signed(formula);
  if (minus.negative) return writeSum([minus], ink);
  const factors = flatFactors(formula);
  const [only] = factors;
  if (!only) return writeNumber(Rational.one, ink);
  if (factors.length === 1) return write(only, ink);
  const boxes = factors.map((factor, position) => {
    // A quotient among other factors would need parentheses with a slash.
    const own = factor.kind === 'divide' ? ink.outsideFraction() : ink;
    const placed = place(factor, Binding.factor, own, position < factors.length - 1);
    return apartFrom(factors[position - 1], placed, ink);
  });
  return joinFactors(boxes, ink);
}

/**
 * Parentheses right behind a component of θ would be read as its time, θ_j(nh), and behind a function whose point is left out as its argument;
 * a dot keeps them apart.
 */
export function apartFrom(before: Formula | undefined, placed: Box, ink: Ink): Box {
  return before !== undefined && isFollowedByArgument(before, ink) && ink.style.isGroup(placed)
    ? { ...placed, dotted: true }
    : placed;
}

function isFollowedByArgument(formula: Formula, ink: Ink): boolean {
  if (formula.kind === 'iterate') return true;
  if (!ink.bare || ink.left !== null) return false;
  if (formula.kind === 'derivative') return isFollowedByArgument(formula.argument, ink);
  return formula.kind === 'loss' || formula.kind === 'quantity';
}

/** Boxes side by side; a dot where a number would follow another factor. */
export function joinFactors(boxes: readonly Box[], ink: Ink): Box {
  const { style } = ink;
  const pieces: PrintedPiece[] = [];
  for (const each of boxes) {
    const before = pieces.pop();
    if (!before) pieces.push(each);
    else if (each.dotted) pieces.push(join([before, each], style.dot));
    else pieces.push(before, each);
  }
  return box(style.juxtapose(pieces, ink.tight), Binding.product, {
    open: boxes.at(-1)?.open ?? false,
    dotted: boxes[0]?.dotted ?? false,
  });
}

export function writeQuotient(numerator: Formula, denominator: Formula, ink: Ink): Box {
  const { style } = ink;
  const inside = ink.inFraction();
  const stacked =
    ink.tight || (ink.nested && style.stacked)
      ? null
      : style.fraction(write(numerator, inside), write(denominator, inside));
  if (stacked)
    return box(stacked, Binding.factor, { dotted: numerator.kind === 'number' && denominator.kind === 'number' });
  const above = place(numerator, Binding.product, ink, true);
  const below = place(denominator, Binding.factor, ink, true);
  const tight = ink.tight || (numerator.kind === 'number' && denominator.kind === 'number');
  return box(style.slash(above.slash ? group(above, ink) : above, below, tight), Binding.product, {
    dotted: above.dotted,
    slash: true,
  });
}
