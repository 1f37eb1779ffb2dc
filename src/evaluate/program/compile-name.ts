/** Resolves names: definitions, states, vectors and declared functions. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { elementaryFunction } from '../../formula/elementary.ts';
import type { Definition, Formula, Recursion } from '../../formula/formula.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { FormulaCompiler } from './compile-formula.ts';
import type { IntegerExpression } from './integer-expression.ts';
import type { Node } from './node.ts';
import type { NodeTable } from './node-table.ts';
import type { ProgramOptions } from './program.ts';
import { Scope } from './scope.ts';

type Quantity = Formula & { readonly kind: 'quantity' };
interface Use {
  readonly formula: Quantity;
  readonly indices: readonly IntegerExpression[];
  readonly labels: readonly IntegerExpression[];
}

export class NameCompiler {
  readonly #compiler: FormulaCompiler;
  readonly #table: NodeTable;
  readonly #states: ReadonlyMap<string, boolean>;
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #declarations: ReadonlyMap<string, Declaration>;
  readonly #bodies = new Map<Definition | Declaration, Node | 'open'>();

  constructor(compiler: FormulaCompiler, table: NodeTable, options: ProgramOptions) {
    this.#compiler = compiler;
    this.#table = table;
    this.#states = options.states ?? new Map();
    this.#definitions = new Map((options.definitions ?? []).map(definition => [definition.name, definition]));
    this.#declarations = new Map((options.declarations ?? []).map(declaration => [declaration.name, declaration]));
  }

  quantity(formula: Quantity, scope: Scope): Node {
    const { name, span } = formula;
    const indices = formula.indices.map(part => scope.integer(part));
    const labels = formula.labels.map(part => scope.integer(part));
    const definition = this.#definitions.get(name);
    if (definition) return this.#defined(definition, { formula, indices, labels }, scope);
    const [component = null] = indices;
    const [label] = labels;
    const componentwise = this.#states.get(name);
    if (componentwise !== undefined && label && labels.length === 1 && indices.length === (componentwise ? 1 : 0)) {
      const free = [component?.free ?? [], label.free];
      return this.#table.node(
        { kind: 'state', name, component, label },
        `${name}_${component?.key ?? ''}@${label.key}`,
        free,
        false,
        span,
      );
    }
    if (this.#declarations.get(name)?.kind === 'vector' && component && indices.length === 1 && labels.length === 0) {
      return this.#table.node(
        { kind: 'vector-component', name, component },
        `${name}_${component.key}`,
        [component.free],
        false,
        span,
      );
    }
    return refuse('undefined-name', `${name} is not defined with these indices and labels`, span);
  }

  call(formula: Formula & { readonly kind: 'call' }, scope: Scope): Node {
    const { name, span, derivative: order } = formula;
    const declaration = this.#declarations.get(name);
    const declared = declaration?.kind === 'function' ? declaration : null;
    if (declared === null && elementaryFunction(name) === null)
      return refuse('undefined-name', `the function ${name} is not declared`, span);
    const body = declared?.body ? this.#body(declared, declared.body, [], declared.span, scope.depth) : null;
    const argument = this.#compiler.formula(formula.argument, scope);
    const content = { kind: 'call', name, body, formal: declared?.formal ?? '', order, argument } as const;
    return this.#table.node(content, `${name}'${order}:${argument.id}`, [argument.free, body?.free ?? []], true, span);
  }

  #defined(definition: Definition, { formula, indices, labels }: Use, scope: Scope): Node {
    const { name, span } = formula;
    if (definition.indices.length !== indices.length || definition.labels.length !== labels.length) {
      const shape = `${definition.indices.length} indices and ${definition.labels.length} labels`;
      return refuse('wrong-indices', `${name} is defined with ${shape}`, span);
    }
    const formals = [...definition.indices, ...definition.labels];
    const bind = [...indices, ...labels].map((value, at) => ({ slot: this.#table.slot(formals[at] ?? ''), value }));
    const place = formula.at === null ? null : this.#compiler.vector(formula.at, scope);
    const at = place?.place.kind === 'current' ? null : place;
    const body =
      definition.recursion === undefined
        ? this.#body(definition, definition.body, formals, definition.span ?? span, scope.depth)
        : this.#sequence(definition, definition.recursion, definition.span ?? span, scope.depth);
    const left = body.free.filter(letter => !bind.some(({ slot }) => slot === letter));
    const key = `${body.id}(${bind.map(({ slot, value }) => `${slot}=${value.key}`).join(',')})${at?.key ?? ''}`;
    const free = [left, at?.free ?? [], ...bind.map(({ value }) => value.free)];
    return this.#table.node({ kind: 'defined', body, bind, at }, key, free, true, span);
  }

  /** A sequence that is defined by a recursion; its step is compiled when it is known to be one node. */
  #sequence(definition: Definition, { start, id }: Recursion, span: Span | null, depth: number): Node {
    const known = this.#bodies.get(definition);
    if (known !== undefined && known !== 'open') return known;
    const { name, indices, labels, body } = definition;
    const [label = ''] = labels;
    const formals = [...indices, ...labels];
    let step: Node | null = null;
    const node = this.#table.node(
      {
        kind: 'recursion',
        name,
        label: this.#table.slot(label),
        start: this.#compiler.formula(start, Scope.of(this.#table, formals, depth)),
        step: () => (step ??= this.#compiler.formula(body, Scope.of(this.#table, formals, depth))),
      },
      `${name}:${id}`,
      [formals.map(letter => this.#table.slot(letter))],
      true,
      span,
    );
    this.#bodies.set(definition, node);
    return node;
  }

  /** The body of a definition or function, in which only its formal letters and the roles have a meaning. */
  #body(
    owner: Definition | Declaration,
    body: Formula,
    formals: readonly string[],
    span: Span | null,
    depth: number,
  ): Node {
    const known = this.#bodies.get(owner);
    if (known === 'open') return refuse('definition-cycle', `the definition of ${owner.name} uses itself`, span);
    if (known) return known;
    this.#bodies.set(owner, 'open');
    try {
      const node = this.#compiler.formula(body, Scope.of(this.#table, formals, depth));
      this.#bodies.set(owner, node);
      return node;
    } finally {
      // After a refusal the same body may be asked for again and refuses again.
      if (this.#bodies.get(owner) === 'open') this.#bodies.delete(owner);
    }
  }
}
