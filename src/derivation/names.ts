/**
 * Names for the quantities of a derived equation: what the optimizer's rows are called keeps its name; numerators,
 * denominators and their variations get letters by role; what has no name is written out.
 */
import type { Expression } from '../expression/core/expression.ts';
import { type FactorPower, plainExponent } from '../expression/core/factor.ts';
import { isScalar } from '../expression/arithmetic/scalar.ts';
import { oppositeSum } from '../expression/arithmetic/power.ts';
import { abstract, type Template } from '../expression/core/template.ts';
import type { TemplateName } from '../expression/write/to-formula.ts';
import type { Definition } from '../formula/formula.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { shiftToLabel } from './shift.ts';

type Role =
  | { readonly kind: 'given'; readonly name: string; readonly shift: number }
  | { readonly kind: 'numerator' | 'root'; readonly power: Rational }
  | { readonly kind: 'variation'; readonly of: number; readonly barred: boolean };

const NUMERATORS = ['M', 'N', 'U', 'V', 'W'];
const NUMERATOR_VARIATIONS = ['L', 'K', 'J', 'I', 'H'];
const ROOTS = ['R', 'S', 'T', 'D', 'G'];
const ROOT_VARIATIONS = ['P', 'Q', 'O', 'B', 'C'];
const OTHERS = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K', 'Q', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];
const ACCENTS = ['', '\\hat', '\\check', '\\acute', '\\breve'];

export class Names {
  readonly #roles = new Map<number, Role>();
  readonly #names = new Map<number, TemplateName | null>();
  readonly #used: Set<string>;

  /** Names in `reserved` are not given away. */
  constructor(reserved: Iterable<string>) {
    this.#used = new Set(reserved);
  }

  /** An optimizer's own name for a template; `shift` is added to the template's argument to give the label. */
  give(template: Template, name: string, shift: number): void {
    this.#roles.set(template.id, { kind: 'given', name, shift });
  }

  /** Rows of the optimizer keep their names in the derived equation. */
  noteDefinition(definition: Definition, labels: readonly LinearForm[], value: readonly Expression[]): void {
    const shifted = shiftToLabel(value[0], labels[0]);
    if (shifted !== null) this.give(shifted.template, definition.name, shifted.shift);
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
  noteExpansion(of: Template, q: number, image: Expression): void {
    const role = this.#roles.get(of.id);
    const made = role?.kind === 'root' ? radicandOf(image) : onlyTemplate(image);
    if (made === null || this.#roles.has(made.id)) return;
    if (q === 0 && role !== undefined) this.#roles.set(made.id, role);
    else if (q === 1) this.#roles.set(made.id, { kind: 'variation', of: of.id, barred: false });
  }

  /** `image` is the derivative of `of` along f_{along}. */
  noteDerivative(of: Template, along: number, image: Expression): void {
    const made = onlyTemplate(image);
    if (made !== null && along === 0 && !this.#roles.has(made.id))
      this.#roles.set(made.id, { kind: 'variation', of: of.id, barred: true });
  }

  /** What a template that has been asked for is called. */
  knownName(template: Template): TemplateName | null {
    return this.#names.get(template.id) ?? null;
  }

  /** The name of a template, labelled so that its first occurrence has a plain label; null for what is to be written out: scalars, and what depends on two times. */
  nameOf(template: Template, args: readonly LinearForm[]): TemplateName | null {
    const known = this.#names.get(template.id);
    if (known !== undefined) return known;
    const chosen = this.#choose(template);
    const isGiven = this.#roles.get(template.id)?.kind === 'given';
    const label = args[template.sorts.indexOf('history')];
    const name = chosen === null || isGiven || label === undefined ? chosen : { ...chosen, shift: -label.constant };
    this.#names.set(template.id, name);
    return name;
  }

  #choose(template: Template): TemplateName | null {
    const histories = template.sorts.filter(sort => sort === 'history').length;
    if (histories !== 1 || template.sorts.length > 2 || isScalar(template.body)) return null;
    const role = this.#roles.get(template.id);
    if (role?.kind === 'given') return { name: role.name, power: Rational.one, shift: role.shift };
    if (role?.kind === 'numerator') return this.#fresh(NUMERATORS, Rational.one);
    if (role?.kind === 'root') return this.#fresh(ROOTS, role.power);
    if (!template.body.terms.some(term => term.sorts.length > 0)) return null;
    if (role?.kind === 'variation') {
      const pool = this.#isBelow(role.of) ? ROOT_VARIATIONS : NUMERATOR_VARIATIONS;
      return this.#fresh(role.barred ? pool.map(letter => `\\bar{${letter}}`) : pool, Rational.one);
    }
    return this.#fresh([], Rational.one);
  }

  /** Whether a quantity stands in a denominator, itself or through what it is the variation of. */
  #isBelow(id: number): boolean {
    const role = this.#roles.get(id);
    if (role?.kind === 'root') return true;
    return role?.kind === 'variation' && this.#isBelow(role.of);
  }

  #fresh(preferred: readonly string[], power: Rational): TemplateName {
    const others = ACCENTS.flatMap(accent => OTHERS.map(letter => (accent === '' ? letter : `${accent}{${letter}}`)));
    const name = [...preferred, ...others].find(candidate => !this.#used.has(candidate)) ?? `Z_{${this.#used.size}}`;
    this.#used.add(name);
    return { name, power, shift: 0 };
  }
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
