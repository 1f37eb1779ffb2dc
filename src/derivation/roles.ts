/**
 * The part that a template plays in a derivation, noted while it is made: a row of the optimizer, a numerator or denominator of the update,
 * the variation of another. Its name is chosen by it (names.ts).
 */
import type { Expression } from '../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../expression/core/factor.ts';
import { ITERATION_INDEX } from '../expression/core/indices.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { oppositeSum } from '../expression/arithmetic/power.ts';
import { abstract, type Template } from '../expression/core/template.ts';
import type { Definition } from '../formula/formula.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { shiftToLabel } from './shift.ts';

export type TemplateRole =
  | { readonly kind: 'given'; readonly name: string; readonly shift: number }
  | { readonly kind: 'numerator' | 'root'; readonly power: Rational }
  | { readonly kind: 'variation'; readonly of: number; readonly barred: boolean };

export class Roles {
  readonly #roles: Map<number, TemplateRole>;

  constructor(known: Iterable<readonly [number, TemplateRole]> = []) {
    this.#roles = new Map(known);
  }

  /** What is noted so far, to which other things are noted than to this. */
  copy(): Roles {
    return new Roles(this.#roles);
  }

  of(template: Template): TemplateRole | null {
    return this.#roles.get(template.id) ?? null;
  }

  /** Rows of the optimizer keep their names in the derived equation; the shift is added to the template's argument to give the label. */
  noteDefinition({ name }: Definition, labels: readonly LinearForm[], value: readonly Expression[]): void {
    const shifted = shiftToLabel(value[0], labels[0]);
    if (shifted !== null) this.#roles.set(shifted.template.id, { kind: 'given', name, shift: shifted.shift });
  }

  /** Numerators and denominators of the update. */
  noteUpdate(update: readonly Expression[]): void {
    for (const term of update.flatMap(value => value.terms)) for (const power of term.factors) this.#noteFactor(power);
  }

  #noteFactor({ factor, exponent }: FactorPower): void {
    if (factor.kind !== 'template' || this.#roles.has(factor.template.id) || isScalar(factor.template.body)) return;
    const plain = plainExponent(exponent);
    const fractional = plain !== null && !plain.isInteger();
    this.#roles.set(
      factor.template.id,
      fractional
        ? { kind: 'root', power: Rational.of(1, plain.den) }
        : { kind: plain?.sign() === -1 ? 'root' : 'numerator', power: Rational.one },
    );
  }

  /** `image` is coefficient q of the expansion of `of`: the same quantity for q = 0, its variation for q = 1. */
  noteExpansion(of: Template, q: number, image: Expression, args: readonly LinearForm[]): void {
    const role = this.#roles.get(of.id);
    const made = role?.kind === 'root' ? radicandOf(image) : onlyTemplate(image);
    if (made === null || this.#roles.has(made.id)) return;
    if (q === 0 && role !== undefined) this.#roles.set(made.id, movedRole(role, of, args, image));
    else if (q === 1) this.#roles.set(made.id, { kind: 'variation', of: of.id, barred: false });
  }

  /** `image` is the derivative of `of` along f_{along}. */
  noteDerivative(of: Template, along: number, image: Expression): void {
    const made = onlyTemplate(image);
    if (made !== null && along === 0 && !this.#roles.has(made.id))
      this.#roles.set(made.id, { kind: 'variation', of: of.id, barred: true });
  }

  /** Whether a quantity stands in a denominator, itself or through what it is the variation of. */
  isBelow(id: number): boolean {
    const role = this.#roles.get(id);
    if (role?.kind === 'root') return true;
    return role?.kind === 'variation' && this.isBelow(role.of);
  }
}

/** The role of what T′(args) becomes, T(n − 1) say where it is T′(n): the label is the same. */
function movedRole(role: TemplateRole, of: Template, args: readonly LinearForm[], image: Expression): TemplateRole {
  const factor = image.terms[0]?.factors[0]?.factor;
  if (role.kind !== 'given' || factor?.kind !== 'template') return role;
  const history = ({ sorts }: Template): number => sorts.indexOf('history');
  const [before, after] = [args[history(of)], factor.arguments[history(factor.template)]];
  // What is no step of the iteration, as the letter of a sum, is put in later: the image is of T′(k).
  const given = before?.terms.some(([variable]) => variable === ITERATION_INDEX) === true ? before.constant : 0;
  return { ...role, shift: role.shift + given - (after?.constant ?? 0) };
}

function onlyTemplate(image: Expression): Template | null {
  const only = image.terms[0];
  const factor = only?.factors[0]?.factor;
  return image.terms.length === 1 && only?.factors.length === 1 && factor?.kind === 'template' ? factor.template : null;
}

/** The template that a root has as its radicand: that of S − A where the image is kept as −(A − S). */
function radicandOf(image: Expression): Template | null {
  const [only, ...others] = image.terms;
  const opposite = only === undefined || others.length > 0 ? null : oppositeSum(only);
  return opposite === null ? onlyTemplate(image) : abstract(opposite, false).template;
}
