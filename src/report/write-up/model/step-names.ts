/**
 * Letters for the one-step map and for the field of the flow, which a write-up speaks of as wholes: Φ, Ψ, … and f, g, ….
 * A numbered letter would not be a name that can carry a component.
 */
import * as build from '../../../formula/build.ts';
import { COMPONENT, type Definition, DIMENSION, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { Notation } from '../../../optimizer/model.ts';

const MAP = ['\\Phi', '\\Psi', '\\Omega', '\\Xi', '\\Upsilon', '\\Lambda', '\\Gamma', '\\Pi', '\\Delta'];
const FLOW = ['f', 'g', 'u', 'w', 'v', 'z', 'y', 'a', 'b', 'r', 'q'];
const ACCENTS = ['\\hat', '\\check', '\\breve'];

export interface StepNames {
  /** map[q] is the coefficient of h^{q+1} in the step. */
  readonly map: readonly string[];
  /** flow[q] is the coefficient of h^q in the field. */
  readonly flow: readonly string[];
}

/** Names for `order + 1` coefficients each, none of them in `taken` or a letter of the notation. */
export function stepNames(order: number, taken: ReadonlySet<string>, notation: Notation): StepNames {
  const used = new Set<string>([...taken, ...Object.values(notation)]);
  const draw = (letters: readonly string[]): string => {
    const accented = ACCENTS.flatMap(accent => letters.map(letter => `${accent}{${letter}}`));
    const found = [...letters, ...accented].find(letter => !used.has(letter));
    if (found === undefined) throw new Error('there are more letters than coefficients');
    used.add(found);
    return found;
  };
  const many = (letters: readonly string[]): string[] => Array.from({ length: order + 1 }, () => draw(letters));
  return { map: many(MAP), flow: many(FLOW) };
}

/** A named field at the component, time n and the current point. */
export const fieldAt = (name: string, component: string = COMPONENT): Formula =>
  build.quantity(name, [build.index(component)], [build.index(ITERATION)], build.point());

/** f_j^{(n)}(θ) := body. */
export const fieldDefinition = (name: string, body: Formula): Definition =>
  build.definition(name, [COMPONENT], [ITERATION], body);

/** (D_f)^r f at h^q as sums over components: Σ_i f_{a,i} ∇_i (…), over all a + … = q. */
export function iteratedDerivative(
  names: readonly string[],
  r: number,
  q: number,
  letters: readonly string[],
): Formula {
  const [letter = 'i', ...others] = letters;
  if (r === 0) return fieldAt(names[q] ?? '');
  const terms = Array.from({ length: q + 1 }, (_, a) =>
    build.multiplication(fieldAt(names[a] ?? '', letter), {
      kind: 'derivative',
      span: null,
      by: [build.index(letter)],
      argument: iteratedDerivative(names, r - 1, q - a, others),
    }),
  );
  const [only] = terms;
  const body = terms.length === 1 && only ? only : build.addition(...terms);
  return build.sum(letter, build.number(1), build.index(DIMENSION), body, 'coordinate');
}
