/**
 * Names for the quantities of a derived equation: what the optimizer's rows are called keeps its name; numerators,
 * denominators and their variations get letters by role; what has no name is written out.
 */
import { isScalar } from '../expression/arithmetic/scalar.ts';
import type { Template } from '../expression/core/template.ts';
import type { TemplateName } from '../expression/write/to-formula.ts';
import type { LinearForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import type { Roles } from './roles.ts';

const NUMERATORS = ['M', 'N', 'U', 'V', 'W'];
const NUMERATOR_VARIATIONS = ['L', 'K', 'J', 'I', 'H'];
const ROOTS = ['R', 'S', 'T', 'D', 'G'];
const ROOT_VARIATIONS = ['P', 'Q', 'O', 'B', 'C'];
const OTHERS = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K', 'Q', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];
const ACCENTS = ['', '\\hat', '\\check', '\\acute', '\\breve'];

export class Names {
  readonly #roles: Roles;
  readonly #names = new Map<number, TemplateName | null>();
  readonly #used: Set<string>;

  /** Names in `reserved` are not given away. */
  constructor(roles: Roles, reserved: Iterable<string>) {
    this.#roles = roles;
    this.#used = new Set(reserved);
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
    const isGiven = this.#roles.of(template)?.kind === 'given';
    const label = args[template.sorts.indexOf('history')];
    const name = chosen === null || isGiven || label === undefined ? chosen : { ...chosen, shift: -label.constant };
    this.#names.set(template.id, name);
    return name;
  }

  #choose(template: Template): TemplateName | null {
    const histories = template.sorts.filter(sort => sort === 'history').length;
    if (histories !== 1 || template.sorts.length > 2 || isScalar(template.body)) return null;
    const role = this.#roles.of(template);
    if (role?.kind === 'given') return { name: role.name, power: Rational.one, shift: role.shift };
    if (role?.kind === 'numerator') return this.#fresh(NUMERATORS, Rational.one);
    if (role?.kind === 'root') return this.#fresh(ROOTS, role.power);
    if (!template.body.terms.some(term => term.sorts.length > 0)) return null;
    if (role?.kind === 'variation') {
      const pool = this.#roles.isBelow(role.of) ? ROOT_VARIATIONS : NUMERATOR_VARIATIONS;
      return this.#fresh(role.barred ? pool.map(letter => `\\bar{${letter}}`) : pool, Rational.one);
    }
    return this.#fresh([], Rational.one);
  }

  #fresh(preferred: readonly string[], power: Rational): TemplateName {
    const others = ACCENTS.flatMap(accent => OTHERS.map(letter => (accent === '' ? letter : `${accent}{${letter}}`)));
    const name = [...preferred, ...others].find(candidate => !this.#used.has(candidate)) ?? `Z_{${this.#used.size}}`;
    this.#used.add(name);
    return { name, power, shift: 0 };
  }
}
