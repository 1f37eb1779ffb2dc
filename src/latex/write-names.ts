/** Names with their scripts: θ_j^{(k)}, R_j^{(n)}, ∇_j E, norms; and vectors, which are names without a component. */
import { index as letterOf } from '../formula/build.ts';
import type { Formula, Vector } from '../formula/formula.ts';
import { ITERATION } from '../formula/formula.ts';
import { box, Level } from './write-box.ts';
import type { Box, Piece } from './write-box.ts';
import type { Ink } from './write-ink.ts';
import { group, script, write } from './write-node.ts';
import { bindsDirectly } from './write-terms.ts';
import { isVectorText } from './write-vector.ts';

export function writeIterate(component: Formula, typed: Formula | null, ink: Ink): Box {
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

export function subscript(indices: readonly Formula[], ink: Ink): Piece | null {
  const shown = indices.filter(each => !isLeft(each, ink));
  return shown.length > 0 ? ink.style.letters(shown.map(each => script(each, ink))) : null;
}

const isLeft = (formula: Formula, ink: Ink): boolean => formula.kind === 'index' && formula.name === ink.left;

/** What a derivative is taken of: one name with its scripts and argument, or a group. */
export function writeOperand(argument: Formula, ink: Ink): Box {
  const operand = write(argument, ink);
  return bindsDirectly(argument) ? operand : group(operand, ink);
}

export function writeDerivative(by: readonly Formula[], argument: Formula, ink: Ink): Box {
  const { style } = ink;
  return box(style.juxtapose([style.nabla(subscript(by, ink)), writeOperand(argument, ink)], ink.tight), Level.factor);
}

export function writeNormKind(order: 1 | 2, perturbation: Formula | null, ink: Ink): Piece | null {
  if (order === 2) return null;
  const one = ink.style.number('1');
  return perturbation ? ink.style.list([one, script(perturbation, ink)], true) : one;
}

/**
 * A vector without its component letter: θ^{(n)} − h m^{(n)}, ∇E(θ). What cannot be written so is written as the tuple
 * of its components.
 */
export function writeVector(vector: Vector, ink: Ink): Box {
  if (isVectorText(vector)) return write(vector.body, ink.without(vector.index));
  const inside = ink.without(null).within(vector.index, 'coordinate');
  const component = inside.style.name(inside.letters.letter(vector.index));
  return box(inside.style.scripts(group(write(vector.body, inside), inside), component, null), Level.factor);
}
