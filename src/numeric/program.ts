/**
 * From formula trees to compiled nodes: names resolved against definitions and declarations, index letters to slots.
 *
 * A program belongs to one set of definitions and may be used for any number of instances and rings. It must not
 * import the normal form: what it evaluates is what was written.
 */
import { refuse } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import {
  BATCHES,
  COMPONENT,
  DIMENSION,
  ELEMENTARY_FUNCTIONS,
  ITERATION,
  TIME,
  type Definition,
  type Formula,
  type Vector,
} from '../formula/formula.ts';
import type { Rational } from '../number/rational.ts';
import type { Declaration } from '../optimizer/model.ts';
import { compileInteger, type IntegerExpression, type Slot } from './integer-expression.ts';
import type { Node, Unnumbered, VectorNode } from './node.ts';
import { splitSum } from './split-sum.ts';

const DEEPEST = 500;
const ROLES: readonly string[] = [ITERATION, COMPONENT, DIMENSION, BATCHES, TIME];
const ELEMENTARY: ReadonlySet<string> = new Set(ELEMENTARY_FUNCTIONS);

export interface ProgramOptions {
  readonly definitions?: readonly Definition[];
  readonly declarations?: readonly Declaration[];
  /** States by name; true where they have a component. Only when an optimizer is run. */
  readonly states?: ReadonlyMap<string, boolean>;
  /** The current point is θ^{(ITERATION)}: inside an optimizer's rows. */
  readonly currentIsIterate?: boolean;
}

/** What may be used at a place: index letters, and the formal scalar of a declared function. */
interface Scope {
  readonly letters: ReadonlySet<string>;
  readonly depth: number;
}

export class Program {
  readonly options: ProgramOptions;
  /** The slots whose values never change while one instance is evaluated: p, m. */
  readonly fixed: ReadonlySet<Slot>;
  readonly #definitions = new Map<string, Definition>();
  readonly #declarations = new Map<string, Declaration>();
  readonly #slots = new Map<string, Slot>();
  readonly #nodes = new Map<string, Node>();
  readonly #bodies = new Map<Definition | Declaration, Node | 'open'>();
  readonly #compiled = new WeakMap<Formula, Map<string, Node>>();

  constructor(options: ProgramOptions) {
    this.options = options;
    for (const definition of options.definitions ?? []) this.#definitions.set(definition.name, definition);
    for (const declaration of options.declarations ?? []) this.#declarations.set(declaration.name, declaration);
    this.fixed = new Set([this.slot(DIMENSION), this.slot(BATCHES)]);
  }

  /** The slot of an index letter. */
  slot(name: string): Slot {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    this.#slots.set(name, this.#slots.size);
    return this.#slots.size - 1;
  }
  get slotCount(): number {
    return this.#slots.size;
  }

  /** Compiles a formula in which `letters` (and the roles) are bound. Refuses undefined names with their place. */
  compile(formula: Formula, letters: readonly string[]): Node {
    const key = [...letters].sort().join(' ');
    const known = this.#compiled.get(formula)?.get(key);
    if (known) return known;
    const node = this.#formula(formula, { letters: new Set([...ROLES, ...letters]), depth: 0 });
    const table = this.#compiled.get(formula) ?? new Map<string, Node>();
    this.#compiled.set(formula, table.set(key, node));
    return node;
  }

  #node(
    content: Unnumbered<Node>,
    key: string,
    free: readonly (readonly Slot[])[],
    kept: boolean,
    span: Span | null,
  ): Node {
    const fullKey = `${content.kind}:${key}`;
    const known = this.#nodes.get(fullKey);
    if (known) return known;
    const letters = [...new Set(free.flat())].filter(slot => !this.fixed.has(slot)).sort((a, b) => a - b);
    const node: Node = { ...content, id: this.#nodes.size, free: letters, kept, span };
    this.#nodes.set(fullKey, node);
    return node;
  }

  readonly #build = {
    number: (value: Rational): Node => this.#node({ kind: 'number', value }, value.toString(), [], false, null),
    multiply: (factors: readonly Node[]): Node =>
      factors.length === 1 && factors[0]
        ? factors[0]
        : this.#node(
            { kind: 'multiply', factors },
            keys(factors),
            factors.map(f => f.free),
            false,
            null,
          ),
    divide: (numerator: Node, denominator: Node): Node =>
      this.#node(
        { kind: 'divide', numerator, denominator },
        keys([numerator, denominator]),
        [numerator.free, denominator.free],
        false,
        null,
      ),
    negate: (argument: Node): Node =>
      this.#node({ kind: 'negate', argument }, keys([argument]), [argument.free], false, null),
  };

  #formula(formula: Formula, outer: Scope): Node {
    const scope = { ...outer, depth: outer.depth + 1 };
    const { span } = formula;
    if (scope.depth > DEEPEST) return refuse('too-deep', `nested deeper than ${DEEPEST} levels`, span);
    const inner = (part: Formula): Node => this.#formula(part, scope);
    switch (formula.kind) {
      case 'number':
        return this.#build.number(formula.value);
      case 'index': {
        const value = this.#integer(formula, scope);
        return this.#node({ kind: 'integer', value }, value.key, [value.free], false, span);
      }
      case 'parameter':
        return this.#node({ kind: 'scalar', name: formula.name }, formula.name, [], false, span);
      case 'step':
        return this.#node({ kind: 'step' }, '', [], false, span);
      case 'add': {
        const terms = formula.terms.map(inner);
        return this.#node(
          { kind: 'add', terms },
          keys(terms),
          terms.map(t => t.free),
          this.#mayRepeat(terms, scope),
          span,
        );
      }
      case 'negate':
        return this.#build.negate(inner(formula.argument));
      case 'multiply': {
        const factors = formula.factors.map(inner);
        return this.#node(
          { kind: 'multiply', factors },
          keys(factors),
          factors.map(f => f.free),
          this.#mayRepeat(factors, scope),
          span,
        );
      }
      case 'divide': {
        const numerator = inner(formula.numerator);
        const denominator = inner(formula.denominator);
        return this.#node(
          { kind: 'divide', numerator, denominator },
          keys([numerator, denominator]),
          [numerator.free, denominator.free],
          this.#mayRepeat([numerator, denominator], scope),
          span,
        );
      }
      case 'power': {
        const base = inner(formula.base);
        const exponent = compileInteger(formula.exponent, (name, at) => this.#letter(name, at, scope));
        if (exponent !== null)
          return this.#node(
            { kind: 'power', base, exponent },
            `${base.id}^${exponent.key}`,
            [base.free, exponent.free],
            true,
            span,
          );
        const real = inner(formula.exponent);
        return this.#node(
          { kind: 'real-power', base, exponent: real },
          keys([base, real]),
          [base.free, real.free],
          true,
          span,
        );
      }
      case 'root': {
        const radicand = inner(formula.radicand);
        if (!(Number.isInteger(formula.degree) && formula.degree >= 1 && formula.degree <= 1000))
          return refuse('root-degree', 'the degree of a root is an integer from 1 to 1000', span);
        return this.#node(
          { kind: 'root', degree: formula.degree, radicand },
          `${formula.degree}:${radicand.id}`,
          [radicand.free],
          true,
          span,
        );
      }
      case 'absolute': {
        const argument = inner(formula.argument);
        return this.#node({ kind: 'absolute', argument }, keys([argument]), [argument.free], false, span);
      }
      case 'extremum': {
        const parts = formula.arguments.map(inner);
        return this.#node(
          { kind: 'extremum', which: formula.which, arguments: parts },
          `${formula.which}${keys(parts)}`,
          parts.map(part => part.free),
          true,
          span,
        );
      }
      case 'sum':
      case 'product': {
        const lower = this.#integer(formula.lower, scope);
        const upper = this.#integer(formula.upper, scope);
        const slot = this.slot(formula.index);
        const body = this.#formula(formula.body, { ...scope, letters: new Set([...scope.letters, formula.index]) });
        return this.#big(formula.kind, slot, lower, upper, body, span);
      }
      case 'iterate': {
        const component = this.#integer(formula.component, scope);
        const label = this.#label(formula.label, scope);
        return this.#node(
          { kind: 'coordinate', component, label },
          `${component.key}@${label?.key ?? ''}`,
          [component.free, label?.free ?? []],
          false,
          span,
        );
      }
      case 'loss':
        return this.#loss([], formula.batch, formula.at, scope, span);
      case 'derivative':
        return this.#derivative(formula.by, formula.argument, scope, span);
      case 'parameter-derivative': {
        const argument = inner(formula.argument);
        return this.#node(
          { kind: 'parameter-derivative', by: formula.by, argument },
          `${formula.by}:${argument.id}`,
          [argument.free],
          true,
          span,
        );
      }
      case 'quantity':
        return this.#quantity(formula, scope);
      case 'call': {
        const declaration = this.#declarations.get(formula.name);
        const declared = declaration?.kind === 'function' ? declaration : null;
        if (declared === null && !ELEMENTARY.has(formula.name))
          return refuse('undefined-name', `the function ${formula.name} is not declared`, span);
        const body = declared?.body ? this.#functionBody(declared, declared.body) : null;
        const argument = inner(formula.argument);
        const content = {
          kind: 'call',
          name: formula.name,
          body,
          formal: declared?.formal ?? '',
          order: formula.derivative,
          argument,
        } as const;
        return this.#node(
          content,
          `${formula.name}'${formula.derivative}:${argument.id}`,
          [argument.free, body?.free ?? []],
          true,
          span,
        );
      }
      case 'vector-call': {
        const argument = this.#vector(formula.argument, scope);
        const component = formula.component === null ? null : this.#integer(formula.component, scope);
        const by = formula.by.map(part => this.#integer(part, scope));
        const key = `${formula.name}_${component?.key ?? ''}'${by.map(part => part.key).join(',')}:${argument.key}`;
        return this.#node(
          { kind: 'vector-call', name: formula.name, component, by, argument },
          key,
          [argument.free, component?.free ?? [], ...by.map(part => part.free)],
          true,
          span,
        );
      }
      case 'schedule': {
        const at = this.#integer(formula.index, scope);
        return this.#node(
          { kind: 'schedule', name: formula.name, at },
          `${formula.name}@${at.key}`,
          [at.free],
          false,
          span,
        );
      }
      case 'norm': {
        const argument = this.#vector(formula.argument, scope);
        const perturbation = formula.perturbation === null ? null : inner(formula.perturbation);
        return this.#node(
          { kind: 'norm', order: formula.order, perturbation, argument },
          `${formula.order}+${perturbation?.id ?? ''}:${argument.key}`,
          [argument.free, perturbation?.free ?? []],
          true,
          span,
        );
      }
    }
  }

  /** A compound is kept when fewer letters occur in it than are bound around it, so that it is met again. */
  #mayRepeat(parts: readonly Node[], scope: Scope): boolean {
    const free = new Set(parts.flatMap(part => [...part.free]));
    const around = [...scope.letters].filter(name => !ROLES.includes(name)).length;
    return (
      free.size <= around &&
      parts.some(part => part.kept || part.kind === 'multiply' || part.kind === 'divide' || part.kind === 'add')
    );
  }

  #letter(name: string, formula: Formula, scope: Scope): Slot {
    if (!scope.letters.has(name))
      return refuse('unbound-index', `the index letter ${name.replace('#', '')} has no meaning here`, formula.span);
    return this.slot(name);
  }

  #integer(formula: Formula, scope: Scope): IntegerExpression {
    const value = compileInteger(formula, (name, at) => this.#letter(name, at, scope));
    if (value === null || !value.integral)
      return refuse('not-an-integer', 'an integer of index letters is expected here', formula.span);
    return value;
  }

  #label(label: Formula | null, scope: Scope): IntegerExpression | null {
    if (label !== null) return this.#integer(label, scope);
    return this.options.currentIsIterate === true
      ? this.#integer({ kind: 'index', span: null, name: ITERATION }, scope)
      : null;
  }

  #big(
    kind: 'sum' | 'product',
    slot: Slot,
    lower: IntegerExpression,
    upper: IntegerExpression,
    body: Node,
    span: Span | null,
  ): Node {
    const key = (terms: readonly string[]): string => `${slot}[${lower.key};${upper.key}]${terms.join(';')}`;
    const bounds = [lower.free, upper.free];
    if (kind === 'product') {
      const others = body.free.filter(letter => letter !== slot);
      return this.#node(
        { kind, slot, lower, upper, term: body, others },
        key([`${body.id}`]),
        [...bounds, others],
        true,
        span,
      );
    }
    const { outer, weights, term } = splitSum(body, slot, this.#build);
    const others = [...new Set([...term.free, ...weights.flatMap(({ base }) => [...base.free])])]
      .filter(letter => letter !== slot)
      .sort((a, b) => a - b);
    const exponents = weights.flatMap(({ exponent }) => exponent.free.filter(letter => letter !== slot));
    const content = { kind, slot, lower, upper, outer, weights, term, others } as const;
    const parts = [
      `${outer?.id ?? ''}`,
      ...weights.map(({ base, exponent }) => `${base.id}^${exponent.key}`),
      `${term.id}`,
    ];
    return this.#node(content, key(parts), [...bounds, outer?.free ?? [], others, exponents], true, span);
  }

  #vector(vector: Vector, scope: Scope): VectorNode {
    const slot = this.slot(vector.index);
    const body = this.#formula(vector.body, { ...scope, letters: new Set([...scope.letters, vector.index]) });
    const free = body.free.filter(letter => letter !== slot);
    const key = `${slot}:${body.id}`;
    if (
      body.kind !== 'coordinate' ||
      body.component.key !==
        this.#integer({ kind: 'index', span: null, name: vector.index }, { ...scope, letters: new Set([vector.index]) })
          .key
    ) {
      return { key, slot, body, free, place: { kind: 'other' } };
    }
    return {
      key,
      slot,
      body,
      free,
      place: body.label === null ? { kind: 'current' } : { kind: 'iterate', label: body.label },
    };
  }

  #loss(by: readonly Formula[], batch: Formula | null, at: Vector, scope: Scope, span: Span | null): Node {
    const indices = by.map(part => this.#integer(part, scope));
    const number = batch === null ? null : this.#integer(batch, scope);
    const place = this.#vector(at, scope);
    const key = `${indices.map(part => part.key).join(',')};${number?.key ?? ''};${place.key}`;
    return this.#node(
      { kind: 'loss', by: indices, batch: number, at: place },
      key,
      [place.free, number?.free ?? [], ...indices.map(part => part.free)],
      true,
      span,
    );
  }

  #derivative(by: readonly Formula[], argument: Formula, scope: Scope, span: Span | null): Node {
    if (argument.kind === 'loss') return this.#loss(by, argument.batch, argument.at, scope, span);
    const node = this.#formula(argument, scope);
    const indices = by.map(part => this.#integer(part, scope));
    return this.#node(
      { kind: 'derivative', by: indices, argument: node },
      `${indices.map(part => part.key).join(',')}:${node.id}`,
      [node.free, ...indices.map(part => part.free)],
      true,
      span,
    );
  }

  #quantity(formula: Formula & { readonly kind: 'quantity' }, scope: Scope): Node {
    const { name, span } = formula;
    const indices = formula.indices.map(part => this.#integer(part, scope));
    const labels = formula.labels.map(part => this.#integer(part, scope));
    const definition = this.#definitions.get(name);
    if (definition) {
      const formals = [...definition.indices, ...definition.labels];
      if (definition.indices.length !== indices.length || definition.labels.length !== labels.length) {
        return refuse(
          'wrong-indices',
          `${name} is defined with ${definition.indices.length} indices and ${definition.labels.length} labels`,
          span,
        );
      }
      const bind = [...indices, ...labels].map((value, at) => ({ slot: this.slot(formals[at] ?? ''), value }));
      const at = formula.at === null ? null : this.#vector(formula.at, scope);
      const elsewhere = at === null || at.place.kind === 'current' ? null : at;
      const body = this.#body(definition, span);
      const left = body.free.filter(letter => !bind.some(({ slot }) => slot === letter));
      const key = `${body.id}(${bind.map(({ slot, value }) => `${slot}=${value.key}`).join(',')})${elsewhere?.key ?? ''}`;
      return this.#node(
        { kind: 'defined', body, bind, at: elsewhere },
        key,
        [left, elsewhere?.free ?? [], ...bind.map(({ value }) => value.free)],
        true,
        span,
      );
    }
    const componentwise = this.options.states?.get(name);
    const [label] = labels;
    if (
      componentwise !== undefined &&
      label !== undefined &&
      labels.length === 1 &&
      indices.length === (componentwise ? 1 : 0)
    ) {
      const component = indices[0] ?? null;
      return this.#node(
        { kind: 'state', name, component, label },
        `${name}_${component?.key ?? ''}@${label.key}`,
        [component?.free ?? [], label.free],
        false,
        span,
      );
    }
    const [component] = indices;
    if (
      this.#declarations.get(name)?.kind === 'vector' &&
      component !== undefined &&
      indices.length === 1 &&
      labels.length === 0
    ) {
      return this.#node(
        { kind: 'vector-component', name, component },
        `${name}_${component.key}`,
        [component.free],
        false,
        span,
      );
    }
    return refuse('undefined-name', `${name} is not defined with these indices and labels`, span);
  }

  #body(definition: Definition, span: Span | null): Node {
    const known = this.#bodies.get(definition);
    if (known === 'open')
      return refuse('definition-cycle', `the definition of ${definition.name} uses itself`, definition.span ?? span);
    if (known) return known;
    this.#bodies.set(definition, 'open');
    const node = this.#formula(definition.body, {
      letters: new Set([...ROLES, ...definition.indices, ...definition.labels]),
      depth: 0,
    });
    this.#bodies.set(definition, node);
    return node;
  }

  #functionBody(declaration: Declaration & { readonly kind: 'function' }, body: Formula): Node {
    const known = this.#bodies.get(declaration);
    if (known === 'open')
      return refuse('definition-cycle', `the function ${declaration.name} uses itself`, declaration.span);
    if (known) return known;
    this.#bodies.set(declaration, 'open');
    const node = this.#formula(body, { letters: new Set(ROLES), depth: 0 });
    this.#bodies.set(declaration, node);
    return node;
  }
}

const keys = (nodes: readonly Node[]): string => nodes.map(node => node.id).join(',');
