/**
 * A formula as a box in some style: what needs parentheses, where a dot must stand, which sign goes in front.
 *
 * The result is never ambiguous under the reading rules: Σ reaches to the next + or − at its level, a parenthesised
 * superscript is a label, any other a power, ∇ takes the next factor with its scripts and argument.
 */
import { index as letterOf } from '../formula/build.ts';
import { ITERATION } from '../formula/formula.ts';
import type { Formula, MultiplyNode, Vector } from '../formula/formula.ts';
import { Rational } from '../number/rational.ts';
import { Level, box, join } from './write-box.ts';
import type { Box, Piece } from './write-box.ts';
import type { Letters } from './write-letters.ts';
import type { Style } from './write-style.ts';
import { bindsDirectly, flatFactors, signed, signedTerms } from './write-terms.ts';
import type { SignedTerm } from './write-terms.ts';
import { isVectorText } from './write-vector.ts';

/** How the current point is written: θ, the solution θ̃(t) of the modified equation, or the iterate θ^{(n)}. */
export type CurrentPoint = 'plain' | 'moving' | 'iterate';

/** Everything the writing of a node depends on besides the node. */
export interface Ink {
  readonly style: Style;
  readonly letters: Letters;
  /** Inside a script: no spaces, fractions with a slash. */
  readonly tight: boolean;
  readonly current: CurrentPoint;
  /** The component that is left out because a vector is being written. */
  readonly left: string | null;
}

/** The box, grouped if it holds together less than `level`, or if a Σ in it would reach over what follows. */
export function place(formula: Formula, level: Level, ink: Ink, followed = false): Box {
  const inner = write(formula, ink);
  return inner.level < level || (followed && inner.open) ? group(inner, ink) : inner;
}

export const group = (inner: Piece, ink: Ink): Box => box(ink.style.group(inner), Level.atom);

export function write(formula: Formula, ink: Ink): Box {
  const { style } = ink;
  switch (formula.kind) {
    case 'number':
      return writeNumber(formula.value, ink);
    case 'parameter':
      return box(style.name(formula.name), Level.atom);
    case 'step':
      return box(style.name(ink.letters.notation.step), Level.atom);
    case 'index':
      return box(style.name(ink.letters.letter(formula.name)), Level.atom);
    case 'add':
    case 'negate':
      return writeSum(signedTerms(formula), ink);
    case 'multiply':
      return writeProduct(formula, ink);
    case 'divide':
      return writeQuotient(formula.numerator, formula.denominator, ink);
    case 'power':
      return box(
        style.scripts(place(formula.base, Level.atom, ink), null, script(formula.exponent, ink)),
        Level.factor,
        { number: formula.base.kind === 'number' },
      );
    case 'root':
      return box(style.root(formula.degree, write(formula.radicand, ink)), Level.factor);
    case 'absolute':
      return box(style.absolute(write(formula.argument, ink)), Level.atom);
    case 'extremum':
      return box(
        style.apply(
          style.function(formula.which, 0),
          style.list(
            formula.arguments.map(each => write(each, ink)),
            ink.tight,
          ),
        ),
        Level.atom,
      );
    case 'sum':
    case 'product': {
      const inside = { ...ink, letters: ink.letters.bind(formula.index, formula.sort) };
      return box(
        join([writeBigHead(formula, ink, inside), place(formula.body, Level.product, inside)], style.space),
        Level.factor,
        { open: true },
      );
    }
    case 'iterate':
      return writeIterate(formula.component, formula.label, ink);
    case 'loss': {
      const name = style.scripts(
        style.name(ink.letters.notation.loss),
        formula.batch && script(formula.batch, ink),
        null,
      );
      return box(style.apply(name, writeVector(formula.at, ink)), Level.atom);
    }
    case 'derivative':
      return writeDerivative(formula.by, formula.argument, ink);
    case 'parameter-derivative':
      return box(
        style.parameterDerivative(style.name(formula.by), place(formula.argument, Level.factor, ink, true)),
        Level.factor,
      );
    case 'quantity': {
      const head = writeHead(formula.name, formula.indices, formula.labels, ink);
      if (formula.at) return box(style.apply(head, writeVector(formula.at, ink)), Level.atom);
      return box(
        head,
        formula.labels.length > 0 && ink.letters.notation.index === 'superscript' ? Level.factor : Level.atom,
      );
    }
    case 'call':
      return box(
        style.apply(style.function(formula.name, formula.derivative), write(formula.argument, ink)),
        Level.atom,
      );
    case 'vector-call': {
      const name = style.scripts(
        style.name(formula.name),
        subscript(formula.component ? [formula.component] : [], ink),
        null,
      );
      const value = style.apply(name, writeVector(formula.argument, ink));
      if (formula.by.length === 0) return box(value, Level.atom);
      return box(
        style.juxtapose([style.partial(style.letters(formula.by.map(each => script(each, ink)))), value], ink.tight),
        Level.factor,
      );
    }
    case 'schedule':
      return box(style.scripts(style.name(formula.name), script(formula.index, ink), null), Level.atom);
    case 'norm':
      return box(
        style.norm(writeVector(formula.argument, ink), writeNormKind(formula.order, formula.perturbation, ink)),
        Level.atom,
      );
  }
}

/** What stands in a subscript or superscript. */
export function script(formula: Formula, ink: Ink): Piece {
  return write(formula, { ...ink, tight: true });
}

/** Σ_{k=0}^{n}: the bounds are outside the scope of the index. */
export function writeBigHead(formula: Extract<Formula, { kind: 'sum' | 'product' }>, outside: Ink, inside: Ink): Piece {
  const { style } = outside;
  return style.big(
    formula.kind,
    style.name(inside.letters.letter(formula.index)),
    script(formula.lower, outside),
    script(formula.upper, outside),
  );
}

function writeNumber(value: Rational, ink: Ink): Box {
  if (value.sign() < 0)
    return writeSum([{ negative: true, term: { kind: 'number', span: null, value: value.negate() } }], ink);
  const { style } = ink;
  const numerator = style.number(`${value.num}`);
  if (value.isInteger()) return box(numerator, Level.atom, { number: true });
  const denominator = style.number(`${value.den}`);
  const stacked = ink.tight ? null : style.fraction(numerator, denominator);
  if (stacked) return box(stacked, Level.factor, { number: true });
  return box(style.slash(numerator, denominator, true), Level.product, { number: true, slash: true });
}

function writeSum(terms: readonly SignedTerm[], ink: Ink): Box {
  const { style } = ink;
  const only = terms[0];
  if (!only) return writeNumber(Rational.zero, ink);
  if (terms.length === 1 && !only.negative) return write(only.term, ink);
  const plus = ink.tight ? style.tightPlus : style.plus;
  const minus = ink.tight ? style.tightMinus : style.minus;
  const pieces: Piece[] = [];
  let last: Box | null = null;
  terms.forEach(({ negative, term }, position) => {
    if (position > 0) pieces.push(negative ? minus : plus);
    else if (negative) pieces.push(style.leadingMinus);
    last = place(term, Level.product, ink);
    pieces.push(last);
  });
  return box(join(pieces, { text: '', width: 0, tall: false }), Level.sum);
}

function writeProduct(formula: MultiplyNode, ink: Ink): Box {
  const minus = signed(formula);
  if (minus.negative) return writeSum([minus], ink);
  const factors = flatFactors(formula);
  const [only] = factors;
  if (!only) return writeNumber(Rational.one, ink);
  if (factors.length === 1) return write(only, ink);
  return joinFactors(
    factors.map((factor, position) => place(factor, Level.factor, ink, position < factors.length - 1)),
    ink,
  );
}

/** Boxes side by side; a dot where a number would follow another factor. */
export function joinFactors(boxes: readonly Box[], ink: Ink): Box {
  const { style } = ink;
  const pieces: Piece[] = [];
  for (const each of boxes) {
    const before = pieces.pop();
    if (!before) pieces.push(each);
    else if (each.number) pieces.push(join([before, each], style.dot));
    else pieces.push(before, each);
  }
  return box(style.juxtapose(pieces, ink.tight), Level.product, {
    open: boxes.at(-1)?.open ?? false,
    number: boxes[0]?.number ?? false,
  });
}

function writeQuotient(numerator: Formula, denominator: Formula, ink: Ink): Box {
  const { style } = ink;
  const stacked = ink.tight ? null : style.fraction(write(numerator, ink), write(denominator, ink));
  if (stacked)
    return box(stacked, Level.factor, { number: numerator.kind === 'number' && denominator.kind === 'number' });
  const above = place(numerator, Level.product, ink, true);
  const below = place(denominator, Level.factor, ink, true);
  return box(style.slash(above.slash ? group(above, ink) : above, below, ink.tight), Level.product, {
    number: above.number,
    slash: true,
  });
}

function writeIterate(component: Formula, typed: Formula | null, ink: Ink): Box {
  const { style, letters } = ink;
  const { parameters, time, index } = letters.notation;
  const label: Formula | null = typed ?? (ink.current === 'iterate' ? letterOf(ITERATION) : null);
  const left = isLeft(component, ink);
  if (label === null && ink.current === 'moving') {
    return box(
      style.movingPoint(parameters, left ? null : script(component, ink), time),
      left ? Level.atom : Level.factor,
    );
  }
  const base = left ? style.point(parameters) : style.name(parameters);
  return box(
    withScripts(base, [component], label ? [label] : [], ink),
    label && index === 'superscript' ? Level.factor : Level.atom,
  );
}

/** A name with its component subscripts and iteration labels where the notation puts them. */
export function writeHead(name: string, indices: readonly Formula[], labels: readonly Formula[], ink: Ink): Piece {
  return withScripts(ink.style.name(name), indices, labels, ink);
}

function withScripts(base: Piece, indices: readonly Formula[], labels: readonly Formula[], ink: Ink): Piece {
  const { style } = ink;
  const shown = indices.filter(each => !isLeft(each, ink));
  if (ink.letters.notation.index === 'subscript' && labels.length > 0) {
    return style.scripts(
      base,
      style.list(
        [...labels, ...shown].map(each => script(each, ink)),
        true,
      ),
      null,
    );
  }
  const above =
    labels.length > 0
      ? style.label(
          style.list(
            labels.map(each => script(each, ink)),
            true,
          ),
        )
      : null;
  return style.scripts(base, subscript(shown, ink), above);
}

function subscript(indices: readonly Formula[], ink: Ink): Piece | null {
  const shown = indices.filter(each => !isLeft(each, ink));
  return shown.length > 0 ? ink.style.letters(shown.map(each => script(each, ink))) : null;
}

const isLeft = (formula: Formula, ink: Ink): boolean => formula.kind === 'index' && formula.name === ink.left;

function writeDerivative(by: readonly Formula[], argument: Formula, ink: Ink): Box {
  const { style } = ink;
  const operand = bindsDirectly(argument) ? write(argument, ink) : group(write(argument, ink), ink);
  return box(style.juxtapose([style.nabla(subscript(by, ink)), operand], ink.tight), Level.factor);
}

function writeNormKind(order: 1 | 2, perturbation: Formula | null, ink: Ink): Piece | null {
  if (order === 2) return null;
  const one = ink.style.number('1');
  return perturbation ? ink.style.list([one, script(perturbation, ink)], true) : one;
}

/**
 * A vector without its component letter: θ^{(n)} − h m^{(n)}, ∇E(θ). What cannot be written so is written as the tuple
 * of its components.
 */
export function writeVector(vector: Vector, ink: Ink): Box {
  if (isVectorText(vector)) return write(vector.body, { ...ink, left: vector.index });
  const inside = { ...ink, left: null, letters: ink.letters.bind(vector.index, 'coordinate') };
  const component = inside.style.name(inside.letters.letter(vector.index));
  return box(inside.style.scripts(group(write(vector.body, inside), inside), component, null), Level.factor);
}
