/**
 * A formula as a box in some style: what needs parentheses, where a dot must stand, which sign goes in front.
 *
 * The result is never ambiguous under the reading rules: Σ reaches to the next + or − at its level, a parenthesised
 * superscript is a label, any other a power, ∇ takes the next factor with its scripts and argument.
 */
import type { Formula } from '../../formula/formula.ts';
import { asPopulationMean, type PopulationMean } from '../../formula/population.ts';
import { type RealPower, realPowerOf } from '../../formula/real-power.ts';
import { mentionsLetter } from '../../formula/substitute.ts';
import { writeNumber, writeProduct, writeQuotient, writeSum } from './write-arithmetic.ts';
import { box, join, Binding } from './write-box.ts';
import type { Box, PrintedPiece } from './write-box.ts';
import type { Ink } from './write-ink.ts';
import {
  subscript,
  writeDerivative,
  writeHead,
  writeIterate,
  writeNormKind,
  writeOperand,
  writeVector,
} from './write-names.ts';
import { differentialOf } from './differential.ts';
import { writeDifferential } from './write-differential.ts';
import { flatFactors, signedTerms } from './write-terms.ts';
import { isCurrentPoint } from './write-vector.ts';

/** The box, grouped if it holds together less than `level`, or if a Σ in it would reach over what follows. */
export function place(formula: Formula, level: Binding, ink: Ink, followed = false): Box {
  const inner = write(formula, ink);
  return inner.level < level || (followed && inner.open) ? group(inner, ink) : inner;
}

export const group = (inner: PrintedPiece, ink: Ink): Box => box(ink.style.group(inner), Binding.atom);

/** The box of a formula. */
export function write(formula: Formula, ink: Ink): Box {
  return ink.once(formula, () => writeNode(formula, ink));
}

/** \mathbb E_k[…], the mean over the losses that the batches are drawn from. */
function writePopulationMean({ letter, body }: PopulationMean, ink: Ink): Box {
  const { style } = ink;
  const inside = ink.within(letter, 'history');
  const head = style.scripts(style.name('\\mathbb{E}'), style.name(inside.letters.letter(letter)), null);
  return box(join([head, style.brackets(write(body, inside))], { text: '', width: 0, tall: false }), Binding.atom);
}

const writePower = ({ base, exponent }: RealPower, ink: Ink): Box =>
  box(ink.style.scripts(place(base, Binding.atom, ink), null, script(exponent, ink)), Binding.factor, {
    dotted: base.kind === 'number',
  });

function writeNode(formula: Formula, ink: Ink): Box {
  const { style } = ink;
  switch (formula.kind) {
    case 'number':
      return writeNumber(formula.value, ink);
    case 'parameter':
      return box(style.name(formula.name), Binding.atom);
    case 'step':
      return box(style.name(ink.letters.notation.step), Binding.atom);
    case 'index':
      return box(style.name(ink.letters.letter(formula.name)), Binding.atom);
    case 'add':
    case 'negate':
      return writeSum(signedTerms(formula), ink);
    case 'multiply':
      return writeProduct(formula, ink);
    case 'divide':
      return writeQuotient(formula.numerator, formula.denominator, ink);
    case 'power':
      return writePower(formula, ink);
    case 'root':
      return box(style.root(formula.degree, write(formula.radicand, ink)), Binding.factor);
    case 'absolute':
      return box(style.absolute(write(formula.argument, ink)), Binding.atom);
    case 'extremum':
      return box(
        style.apply(
          style.function(formula.which, 0),
          style.list(
            formula.arguments.map(each => write(each, ink)),
            ink.tight,
          ),
        ),
        Binding.atom,
      );
    case 'sum':
    case 'product': {
      const mean = asPopulationMean(formula);
      if (mean !== null) return writePopulationMean(mean, ink);
      const differential =
        ink.bare && ink.left !== null && formula.sort === 'coordinate' ? differentialOf(formula, ink.left) : null;
      if (differential !== null) return writeDifferential(differential, ink);
      const inside = ink.within(formula.index, formula.sort);
      return box(
        join([writeBigHead(formula, ink, inside), place(formula.body, bindingOfBody(formula), inside)], style.space),
        Binding.factor,
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
      return ink.bare && isCurrentPoint(formula.at)
        ? box(name, Binding.atom)
        : box(style.apply(name, writeVector(formula.at, ink)), Binding.atom);
    }
    case 'derivative':
      return writeDerivative(formula, ink);
    case 'parameter-derivative':
      return box(
        style.parameterDerivative(style.name(formula.by), writeOperand(formula.argument, ink)),
        Binding.factor,
      );
    case 'quantity': {
      const head = writeHead(formula.name, formula.indices, formula.labels, ink);
      if (formula.at && !(ink.bare && isCurrentPoint(formula.at)))
        return box(style.apply(head, writeVector(formula.at, ink)), Binding.atom);
      return box(
        head,
        formula.labels.length > 0 && ink.letters.notation.index === 'superscript' ? Binding.factor : Binding.atom,
      );
    }
    case 'call': {
      const power = realPowerOf(formula);
      if (power !== null) return writePower(power, ink);
      return box(
        style.apply(style.function(formula.name, formula.derivative), write(formula.argument, ink)),
        Binding.atom,
      );
    }
    case 'vector-call': {
      const name = style.scripts(
        style.name(formula.name),
        subscript(formula.component ? [formula.component] : [], ink),
        null,
      );
      const value = style.apply(name, writeVector(formula.argument, ink));
      if (formula.by.length === 0) return box(value, Binding.atom);
      return box(
        style.juxtapose([style.partial(style.letters(formula.by.map(each => script(each, ink)))), value], ink.tight),
        Binding.factor,
      );
    }
    case 'schedule':
      return box(style.scripts(style.name(formula.name), script(formula.index, ink), null), Binding.atom);
    case 'norm':
      return box(
        style.norm(writeVector(formula.argument, ink), writeNormKind(formula.order, formula.perturbation, ink)),
        Binding.atom,
      );
  }
}

/** A Π is read up to the last factor with its letter: where other factors come last its body is put in parentheses. */
export function bindingOfBody({ kind, body, index }: Extract<Formula, { kind: 'sum' | 'product' }>): Binding {
  if (kind === 'sum' || body.kind !== 'multiply') return Binding.product;
  const last = flatFactors(body).at(-1);
  return last !== undefined && mentionsLetter(last, index) ? Binding.product : Binding.factor;
}

/** What stands in a subscript or superscript. */
export function script(formula: Formula, ink: Ink): PrintedPiece {
  return write(formula, ink.inScript());
}

/** Σ_{k=0}^{n}: the bounds are outside the scope of the index. */
export function writeBigHead(
  formula: Extract<Formula, { kind: 'sum' | 'product' }>,
  outside: Ink,
  inside: Ink,
): PrintedPiece {
  const { style } = outside;
  return style.big(
    formula.kind,
    style.name(inside.letters.letter(formula.index)),
    script(formula.lower, outside),
    script(formula.upper, outside),
  );
}
