/** The named quantities of a derivation, each shown where it is first needed. */
import type { Definition, Formula } from '../../../formula/formula.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import { definitionRow, type Part, prose, type DisplayRow } from './write-up.ts';

export class Definitions {
  readonly #all: ReadonlyMap<string, Definition>;
  readonly #shown = new Set<string>();
  readonly #ids: string[] = [];
  readonly #ownNames: ReadonlySet<string>;

  constructor(definitions: readonly Definition[], optimizer: Optimizer) {
    this.#all = new Map(definitions.map(each => [each.name, each]));
    this.#ownNames = new Set([...optimizer.states, ...optimizer.quantities].map(({ name }) => name));
  }

  /** The ids of the displays so far, for `given`. */
  get ids(): readonly string[] {
    return [...this.#ids];
  }

  /** Every name that is defined. */
  get names(): ReadonlySet<string> {
    return new Set(this.#all.keys());
  }

  /** Whether the left side is a row of the optimizer whose name now stands for its value at the current point. */
  clashes(left: Formula): boolean {
    return left.kind === 'quantity' && this.#ownNames.has(left.name) && this.#all.has(left.name);
  }

  /** What the formulas use and what has not been shown yet, as one display with the id, or nothing. */
  introduce(id: string, formulas: readonly Formula[], text: string): Part[] {
    const rows = this.#missing(formulas);
    return rows.length === 0 ? [] : [prose(text), this.show(id, rows)];
  }

  /** A display of definitions; `rows` may define other names too. */
  show(id: string, rows: readonly DisplayRow[]): Part {
    const given = this.ids;
    this.#ids.push(id);
    return { kind: 'step', id, role: 'definition', keys: { given }, where: [], rows, reason: '' };
  }

  /** All that the formulas use, directly or not, in order of use. */
  rowsFor(formulas: readonly Formula[]): DisplayRow[] {
    return this.#closure(formulas).map(definitionRow);
  }

  #missing(formulas: readonly Formula[]): DisplayRow[] {
    const missing = this.#closure(formulas).filter(({ name }) => !this.#shown.has(name));
    for (const { name } of missing) this.#shown.add(name);
    return missing.map(definitionRow);
  }

  #closure(formulas: readonly Formula[]): Definition[] {
    const found = new Map<string, Definition>();
    const queue = formulas.flatMap(namesIn);
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const definition = this.#all.get(name);
      if (!definition || found.has(name)) continue;
      found.set(name, definition);
      queue.push(...namesIn(definition.body));
    }
    return [...found.values()];
  }
}

/** Quantities in the order of the text. */
function namesIn(formula: Formula): string[] {
  return [...nodes(formula)].flatMap(node => (node.kind === 'quantity' ? [node.name] : [])).reverse();
}
