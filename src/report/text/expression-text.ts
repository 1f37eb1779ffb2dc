/**
 * Expressions of the normal form as text, for traces: the first terms of a sum, each cut to a length, and how many more there
 * are. Quantities of several terms get the short names X₁, X₂, …, which are explained by {@link ExpressionText.names}.
 */
import { attempt } from '../../base/problem.ts';
import { type Expression, freeIndicesOf } from '../../expression/core/expression.ts';
import { COMPONENT_INDEX, DIMENSION_INDEX, freeSort, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { slotsOf, type Template } from '../../expression/core/template.ts';
import { type TemplateName, writeExpression } from '../../expression/write/to-formula.ts';
import type { WrittenIndices } from '../../expression/write/write-form.ts';
import * as build from '../../formula/build.ts';
import { COMPONENT, DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { Rational } from '../../number/rational.ts';
import type { Notation } from '../../optimizer/model.ts';

const MOST_TERMS = 3;
/** Characters of a term. */
const LONGEST = 150;
/** Quantities that are explained. */
const MOST_NAMES = 12;

export interface Named {
  readonly head: string;
  readonly body: string;
}

export class ExpressionText {
  readonly #notation: Notation;
  readonly #letters: WrittenIndices;
  readonly #reserved: ReadonlySet<string>;
  readonly #named: Template[] = [];

  /** `letters` are the free letters of the statement. */
  constructor(notation: Notation, letters: WrittenIndices) {
    this.#notation = notation;
    this.#letters = letters;
    const own = [...letters.values()].flatMap(letter => (letter.kind === 'index' ? [letter.name] : []));
    this.#reserved = new Set([ITERATION, COMPONENT, DIMENSION, ...own]);
  }

  text(expression: Expression, letters: WrittenIndices = this.#lettersFor(expression)): string {
    const { terms } = expression;
    if (terms.length === 0) return '0';
    const shown = terms.slice(0, MOST_TERMS).map(term => this.#term({ terms: [term] }, letters));
    const rest = terms.length - shown.length;
    const more = rest === 0 ? '' : ` + … (${rest} more term${rest === 1 ? '' : 's'})`;
    return shown.join(' + ').replaceAll('+ -', '- ') + more;
  }

  /** What the names that were used stand for, and how many are left out; explaining one may use others. */
  names(): { readonly names: readonly Named[]; readonly more: number } {
    const names: Named[] = [];
    for (let at = 0; at < Math.min(this.#named.length, MOST_NAMES); at += 1) {
      const template = this.#named[at];
      if (template !== undefined) names.push(this.#explained(template, at));
    }
    return { names, more: this.#named.length - names.length };
  }

  #explained(template: Template, at: number): Named {
    const letters = new Map<number, Formula>();
    const labels: Formula[] = [];
    const indices: Formula[] = [];
    slotsOf(template).forEach((slot, position) => {
      const list = template.sorts[position] === 'history' ? labels : indices;
      const letter = slotLetter(list === labels ? 'history' : 'coordinate', list.length);
      list.push(letter);
      letters.set(slot, letter);
    });
    const head = writeFormula(build.quantity(nameOf(at), indices, labels), this.#notation, 'text');
    return { head, body: this.text(template.body, letters) };
  }

  #term(term: Expression, letters: WrittenIndices): string {
    const options = { nameOf: (template: Template) => this.#nameOf(template), reserved: this.#reserved };
    const written = attempt(() => writeFormula(writeExpression(term, options, letters), this.#notation, 'text'));
    if (!written.ok) return '…';
    const characters = [...written.value];
    return characters.length <= LONGEST
      ? written.value
      : `${characters.slice(0, LONGEST).join('')}… (${characters.length - LONGEST} more characters)`;
  }

  /** Letters for slots, too. */
  #lettersFor(expression: Expression): WrittenIndices {
    const letters = new Map(this.#letters);
    for (const index of freeIndicesOf(expression)) {
      if (letters.has(index) || ROLES.has(index)) continue;
      letters.set(index, slotLetter(freeSort(index), letters.size - this.#letters.size));
    }
    return letters;
  }

  #nameOf(template: Template): TemplateName | null {
    const { terms } = template.body;
    if (terms.length <= 2 && terms.every(({ factors, sorts }) => factors.length <= 2 && sorts.length === 0))
      return null;
    if (!this.#named.includes(template)) this.#named.push(template);
    return { name: nameOf(this.#named.indexOf(template)), power: Rational.one, shift: 0 };
  }
}

const ROLES = new Set([ITERATION_INDEX, COMPONENT_INDEX, DIMENSION_INDEX]);
const nameOf = (at: number): string => `X_{${at + 1}}`;

const SLOT_LETTERS = { history: ['l', 'q', 'r', 'u'], coordinate: ['i', 's', 'a', 'b'] } as const;
const slotLetter = (sort: 'history' | 'coordinate', at: number): Formula =>
  build.index(SLOT_LETTERS[sort][at] ?? `${SLOT_LETTERS[sort][0]}_${at}`);
