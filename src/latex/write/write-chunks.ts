/** The parts of a term between which a line may be broken, and those that can be broken inside their brackets. */
import type { Formula } from '../../formula/formula.ts';
import { asPopulationMean } from '../../formula/population.ts';
import { differentialOf } from './differential.ts';
import { apartFrom } from './write-arithmetic.ts';
import { box, join, Binding } from './write-box.ts';
import type { Box, PrintedPiece } from './write-box.ts';
import type { Ink } from './write-ink.ts';
import { bindingOfBody, place, script, write, writeBigHead } from './write-node.ts';
import { subscript } from './write-names.ts';
import { isVectorText } from './write-vector.ts';
import { flatFactors, signedTerms } from './write-terms.ts';
import type { SignedTerm } from './write-terms.ts';

/** What cannot be broken, or what can be broken between its brackets. */
export interface Chunk {
  readonly box: Box;
  readonly inside: Inside | null;
  /** Stands in front of it instead of a sign of multiplication. */
  readonly lead: PrintedPiece | null;
}

export interface Inside {
  readonly open: PrintedPiece;
  readonly close: PrintedPiece;
  readonly terms: readonly SignedTerm[];
  readonly ink: Ink;
}

const NOTHING: PrintedPiece = { text: '', width: 0, tall: false };
const unbroken = (whole: Box): Chunk => ({ box: whole, inside: null, lead: null });

/** The width that must be free for the opening bracket and what cannot be parted from it. */
export function needed(inside: Inside, limit: number): number {
  const [first] = inside.terms;
  const [chunk] = first ? chunksOf(first.term, inside.ink, limit) : [];
  if (!first || !chunk) return inside.open.width;
  const sign = first.negative ? inside.ink.style.leadingMinus.width : 0;
  return inside.open.width + sign + (chunk.inside ? needed(chunk.inside, limit) : chunk.box.width);
}

/**
 * The factors of a term. The head of a Σ stays with the first factor of its body unless the two are wider than `limit`;
 * a line may then begin behind the head, without a sign of multiplication.
 */
export function chunksOf(term: Formula, ink: Ink, limit: number): Chunk[] {
  switch (term.kind) {
    case 'multiply': {
      if (!isPlainProduct(write(term, ink))) return [inner(term, ink)];
      const factors = flatFactors(term);
      const last = factors.length - 1;
      return factors.flatMap((factor, position) =>
        position === last && (factor.kind === 'sum' || factor.kind === 'product')
          ? chunksOf(factor, ink, limit)
          : [after(factors[position - 1], inner(factor, ink), ink)],
      );
    }
    case 'sum':
    case 'product': {
      const isWhole = isDifferential(term, ink) || asPopulationMean(term) !== null;
      if (isWhole || bindingOfBody(term) !== Binding.product) return [unbroken(write(term, ink))];
      const within = ink.within(term.index, term.sort);
      const head = writeBigHead(term, ink, within);
      const [first, ...others] = chunksOf(term.body, within, limit);
      if (!first) return [];
      const start = first.inside ? needed(first.inside, limit) : first.box.width;
      if (head.width + start > limit) {
        return [unbroken(box(head, Binding.factor)), { ...first, lead: ink.style.space }, ...others];
      }
      const headed = (piece: PrintedPiece): PrintedPiece => join([head, piece], ink.style.space);
      const inside = first.inside && { ...first.inside, open: headed(first.inside.open) };
      return [{ box: box(headed(first.box), Binding.factor), inside, lead: null }, ...others];
    }
    case 'divide': {
      if (ink.style.stacked) return [inner(term, ink)];
      const below = inner(term.denominator, ink);
      const { numerator } = term;
      const above =
        numerator.kind === 'multiply' && isPlainProduct(write(numerator, ink)) && !write(numerator, ink).open
          ? flatFactors(numerator)
          : [numerator];
      return [
        ...above.map((factor, position) => after(above[position - 1], inner(factor, ink), ink)),
        { ...below, lead: ink.style.over },
      ];
    }
    default:
      return [inner(term, ink, Binding.product)];
  }
}

/** Whether a sum over components is written as an operator, without its Σ. */
const isDifferential = (term: Formula, { bare, left }: Ink): boolean =>
  bare && left !== null && differentialOf(term, left) !== null;

const after = (before: Formula | undefined, chunk: Chunk, ink: Ink): Chunk => ({
  ...chunk,
  box: apartFrom(before, chunk.box, ink),
});

/** Factors side by side: neither with a minus in front nor with a slash. */
const isPlainProduct = (whole: Box): boolean => whole.level === Binding.product && !whole.slash;

/** ∇_jE_n at a point that is a sum can be broken inside of the point. */
function gradientAt(
  by: readonly Formula[],
  { batch, at }: Extract<Formula, { kind: 'loss' }>,
  flat: Box,
  ink: Ink,
): Chunk {
  const { style } = ink;
  if (at.body.kind !== 'add' || !isVectorText(at)) return unbroken(flat);
  const name = style.scripts(style.name(ink.letters.notation.loss), batch && script(batch, ink), null);
  const gradient = style.juxtapose([style.nabla(subscript(by, ink)), name], ink.tight);
  const open = join([gradient, style.openBroken], NOTHING);
  return {
    box: flat,
    inside: { open, close: style.closeBroken, terms: signedTerms(at.body), ink: ink.without(at.index) },
    lead: null,
  };
}

/** Bases of powers that stand in parentheses. */
const GROUPED: ReadonlySet<Formula['kind']> = new Set(['add', 'negate', 'multiply', 'sum', 'product', 'divide']);

/** A factor that others may follow. */
function inner(factor: Formula, ink: Ink, level: Binding = Binding.factor): Chunk {
  const { style } = ink;
  const flat = place(factor, level, ink, true);
  if (isDifferential(factor, ink)) return unbroken(flat);
  const breakable = (open: PrintedPiece, close: PrintedPiece, formula: Formula): Chunk => ({
    box: flat,
    inside: { open, close, terms: signedTerms(formula), ink },
    lead: null,
  });
  switch (factor.kind) {
    case 'add':
    case 'negate':
    case 'multiply':
    case 'sum':
    case 'product':
      return breakable(style.openBroken, style.closeBroken, factor);
    case 'divide':
      return style.stacked ? unbroken(flat) : breakable(style.openBroken, style.closeBroken, factor);
    case 'root':
      return style.stacked || factor.degree !== 2
        ? unbroken(flat)
        : breakable(style.openRoot, style.closeBroken, factor.radicand);
    case 'call':
      return breakable(
        join([style.function(factor.name, factor.derivative), style.openBroken], NOTHING),
        style.closeBroken,
        factor.argument,
      );
    case 'derivative':
      if (factor.argument.kind === 'loss' && factor.point === undefined)
        return gradientAt(factor.by, factor.argument, flat, ink);
      return factor.argument.kind === 'add' && factor.point === undefined
        ? breakable(
            join([style.nabla(subscript(factor.by, ink)), style.openBroken], style.space),
            style.closeBroken,
            factor.argument,
          )
        : unbroken(flat);
    case 'power':
      return GROUPED.has(factor.base.kind)
        ? breakable(style.openBroken, style.scripts(style.closeBroken, null, script(factor.exponent, ink)), factor.base)
        : unbroken(flat);
    default:
      return unbroken(flat);
  }
}
