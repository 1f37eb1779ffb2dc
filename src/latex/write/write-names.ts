/** Names with their scripts: θ_j^{(k)}, R_j^{(n)}, ∇_j E, norms; and vectors, which are names without a component. */
import { index as letterOf } from '../../formula/build.ts';
import type { DerivativeNode, Formula, Vector } from '../../formula/formula.ts';
import { ITERATION } from '../../formula/formula.ts';
import { componentAt } from '../../formula/substitute.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { box, Binding } from './write-box.ts';
import type { Box, PrintedPiece } from './write-box.ts';
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
      left ? Binding.atom : Binding.factor,
    );
  }
  const base = left ? style.point(parameters) : style.name(parameters);
  return box(
    withScripts(base, [component], label ? [label] : [], ink),
    label && index === 'superscript' ? Binding.factor : Binding.atom,
  );
}

/** A name with its component subscripts and iteration labels where the notation puts them. */
export function writeHead(
  name: string,
  indices: readonly Formula[],
  labels: readonly Formula[],
  ink: Ink,
): PrintedPiece {
  return withScripts(ink.style.name(name), indices, labels, ink);
}

function withScripts(
  base: PrintedPiece,
  indices: readonly Formula[],
  labels: readonly Formula[],
  ink: Ink,
): PrintedPiece {
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

export function subscript(indices: readonly Formula[], ink: Ink): PrintedPiece | null {
  const shown = indices.filter(each => !isLeft(each, ink));
  return shown.length > 0 ? ink.style.letters(shown.map(each => script(each, ink))) : null;
}

const isLeft = (formula: Formula, ink: Ink): boolean => formula.kind === 'index' && formula.name === ink.left;

/** What a derivative is taken of: one name with its scripts and argument, or a group. */
export function writeOperand(argument: Formula, ink: Ink): Box {
  const operand = write(argument, ink);
  return bindsDirectly(argument) ? operand : group(operand, ink);
}

export function writeDerivative(formula: DerivativeNode, ink: Ink): Box {
  const { style } = ink;
  const argument = withPoint(formula);
  const { point } = formula;
  const variables =
    point !== undefined && hasOtherPoints(formula.argument, point.letter)
      ? formula.by.map(each => script(componentAt(point.at, each), ink))
      : null;
  const below = variables === null ? subscript(formula.by, ink) : style.letters(variables);
  // A total derivative of a loss alone needs its parentheses.
  const operand = point !== undefined ? group(write(argument, ink), ink) : writeOperand(argument, ink);
  return box(style.juxtapose([style.nabla(below), operand], ink.tight), Binding.factor);
}

/** What is derived, with the point in place of the letter that it is inside. */
export function withPoint({ argument, point }: DerivativeNode): Formula {
  if (point === undefined) return argument;
  const { letter, at } = point;
  const inserted = (formula: Formula): Formula => {
    if (formula.kind === 'iterate' && formula.label?.kind === 'index' && formula.label.name === letter)
      return componentAt(at, formula.component);
    const parts = children(formula);
    const images = parts.map(inserted);
    return images.every((image, place) => image === parts[place]) ? formula : withChildren(formula, images);
  };
  return inserted(argument);
}

/** Whether another point than the letter's occurs, so that the derivative must say by which it is taken. */
const hasOtherPoints = (formula: Formula, letter: string): boolean =>
  (formula.kind === 'iterate' && !(formula.label?.kind === 'index' && formula.label.name === letter)) ||
  children(formula).some(child => hasOtherPoints(child, letter));

export function writeNormKind(order: 1 | 2, perturbation: Formula | null, ink: Ink): PrintedPiece | null {
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
  return box(inside.style.scripts(group(write(vector.body, inside), inside), component, null), Binding.factor);
}
