/**
 * From formula trees to compiled nodes. A program belongs to one set of definitions and declarations and may be used for
 * any number of instances and rings.
 *
 * It must not import the normal form: what is evaluated is what was written.
 */
import type { Definition, Formula } from '../../formula/formula.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { FormulaCompiler } from './compile-formula.ts';
import type { Slot } from './integer-expression.ts';
import type { Node } from './node.ts';
import { NodeTable } from './node-table.ts';
import { Scope } from './scope.ts';

export interface ProgramOptions {
  readonly definitions?: readonly Definition[];
  readonly declarations?: readonly Declaration[];
  /** States by name; true where they have a component. Only when an optimizer is run. */
  readonly states?: ReadonlyMap<string, boolean>;
  /** The current point is θ^{(ITERATION)}: inside an optimizer's rows. */
  readonly currentIsIterate?: boolean;
}

export class Program {
  readonly options: ProgramOptions;
  readonly #table = new NodeTable();
  readonly #compiler: FormulaCompiler;
  readonly #compiled = new WeakMap<Formula, Map<string, Node>>();

  constructor(options: ProgramOptions) {
    this.options = options;
    this.#compiler = new FormulaCompiler(this.#table, options);
  }

  /** Where the value of an index letter stands among the bindings. */
  slot(letter: string): Slot {
    return this.#table.slot(letter);
  }

  /** The letters whose values never change while one instance is evaluated: p, m. */
  get fixed(): ReadonlySet<Slot> {
    return this.#table.fixed;
  }

  /** Compiles a formula in which `letters` and the roles are bound. Refuses undefined names with their place. */
  compile(formula: Formula, letters: readonly string[]): Node {
    const key = [...letters].sort().join(' ');
    const table = this.#compiled.get(formula) ?? new Map<string, Node>();
    const known = table.get(key);
    if (known) return known;
    const node = this.#compiler.formula(formula, Scope.of(this.#table, letters));
    this.#compiled.set(formula, table.set(key, node));
    return node;
  }
}
