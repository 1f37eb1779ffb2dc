/** Compiles the nodes of a formula tree one by one; names are looked up by compile-name.ts. */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { type DerivativeNode, type Formula, ITERATION, type NormNode, type Vector } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { NameCompiler } from './compile-name.ts';
import type { IntegerExpression } from './integer-expression.ts';
import type { Node, VectorNode } from './node.ts';
import { freeOf, keyOfNodes, type NodeTable } from './node-table.ts';
import type { ProgramOptions } from './program.ts';
import type { Scope } from './scope.ts';
import { splitSum } from './split-sum.ts';

const LARGEST_DEGREE = 1000;
type Big = Formula & { readonly kind: 'sum' | 'product' };

/** The keys of several integers, and the letters in them. */
const joined = (values: readonly IntegerExpression[]): string => values.map(({ key }) => key).join(',');

export class FormulaCompiler {
  readonly #table: NodeTable;
  readonly #names: NameCompiler;
  readonly #options: ProgramOptions;

  constructor(table: NodeTable, options: ProgramOptions) {
    this.#table = table;
    this.#options = options;
    this.#names = new NameCompiler(this, table, options);
  }

  formula(formula: Formula, outer: Scope): Node {
    const scope = outer.inner(formula);
    const { span } = formula;
    const table = this.#table;
    const inner = (part: Formula): Node => this.formula(part, scope);
    switch (formula.kind) {
      case 'number':
        return table.number(formula.value);
      case 'index': {
        const value = scope.integer(formula);
        return table.node({ kind: 'integer', value }, value.key, [value.free], false, span);
      }
      case 'parameter':
        return table.node({ kind: 'scalar', name: formula.name }, formula.name, [], false, span);
      case 'step':
        return table.node({ kind: 'step' }, '', [], false, span);
      case 'add': {
        const terms = formula.terms.map(inner);
        return table.add(terms, mayRepeat(terms, scope), span);
      }
      case 'negate':
        return table.negate(inner(formula.argument), span);
      case 'multiply': {
        const factors = formula.factors.map(inner);
        return factors.length === 0 ? table.multiply([]) : table.multiply(factors, mayRepeat(factors, scope), span);
      }
      case 'divide': {
        const [numerator, denominator] = [inner(formula.numerator), inner(formula.denominator)];
        return table.divide(numerator, denominator, mayRepeat([numerator, denominator], scope), span);
      }
      case 'power':
        return this.#power(formula, scope);
      case 'root': {
        const { degree } = formula;
        if (!(Number.isInteger(degree) && degree >= 1 && degree <= LARGEST_DEGREE)) {
          return refuse('root-degree', `the degree of a root is an integer from 1 to ${LARGEST_DEGREE}`, span);
        }
        const radicand = inner(formula.radicand);
        return table.node({ kind: 'root', degree, radicand }, `${degree}:${radicand.id}`, [radicand.free], true, span);
      }
      case 'absolute': {
        const argument = inner(formula.argument);
        return table.node({ kind: 'absolute', argument }, keyOfNodes([argument]), [argument.free], false, span);
      }
      case 'extremum': {
        const parts = formula.arguments.map(inner);
        const key = formula.which + keyOfNodes(parts);
        return table.node({ kind: 'extremum', which: formula.which, arguments: parts }, key, freeOf(parts), true, span);
      }
      case 'sum':
      case 'product':
        return this.#big(formula, scope);
      case 'iterate': {
        const component = scope.integer(formula.component);
        const label = this.#label(formula.label, scope);
        const free = [component.free, label?.free ?? []];
        return table.node(
          { kind: 'coordinate', component, label },
          `${component.key}@${label?.key ?? ''}`,
          free,
          false,
          span,
        );
      }
      case 'loss':
        return this.#loss([], formula.batch, formula.at, scope, span);
      case 'derivative':
        return this.#derivative(formula, scope);
      case 'parameter-derivative': {
        const { by } = formula;
        const argument = inner(formula.argument);
        return table.node(
          { kind: 'parameter-derivative', by, argument },
          `${by}:${argument.id}`,
          [argument.free],
          true,
          span,
        );
      }
      case 'quantity':
        return this.#names.quantity(formula, scope);
      case 'call':
        return this.#names.call(formula, scope);
      case 'vector-call':
        return this.#vectorCall(formula, scope);
      case 'schedule': {
        const at = scope.integer(formula.index);
        return table.node(
          { kind: 'schedule', name: formula.name, at },
          `${formula.name}@${at.key}`,
          [at.free],
          false,
          span,
        );
      }
      case 'norm':
        return this.#norm(formula, scope, false);
    }
  }

  vector(vector: Vector, scope: Scope): VectorNode {
    const slot = this.#table.slot(vector.index);
    const body = this.formula(vector.body, scope.with(vector.index));
    const free = body.free.filter(letter => letter !== slot);
    const key = `${slot}:${body.id}`;
    const isWhole =
      body.kind === 'coordinate' && body.component.linear?.size === 1 && body.component.key === `0+1#${slot}`;
    if (!isWhole || body.kind !== 'coordinate') return { key, slot, body, free, place: { kind: 'other' } };
    return {
      key,
      slot,
      body,
      free,
      place: body.label === null ? { kind: 'current' } : { kind: 'iterate', label: body.label },
    };
  }

  /** ‖v‖, or ‖v‖² as the sum of squares that it is: it has a derivative where v is zero. */
  #norm(formula: NormNode, scope: Scope, squared: boolean): Node {
    const { order, span } = formula;
    const argument = this.vector(formula.argument, scope);
    const perturbation = formula.perturbation === null ? null : this.formula(formula.perturbation, scope);
    const key = `${order}${squared ? '²' : ''}+${perturbation?.id ?? ''}:${argument.key}`;
    return this.#table.node(
      { kind: 'norm', order, perturbation, argument, squared },
      key,
      [argument.free, perturbation?.free ?? []],
      true,
      span,
    );
  }

  #power(formula: Formula & { readonly kind: 'power' }, scope: Scope): Node {
    const { base: typed, exponent: power } = formula;
    if (typed.kind === 'norm' && typed.order === 2 && power.kind === 'number' && power.value.equals(Rational.of(2)))
      return this.#norm(typed, scope.inner(typed), true);
    const base = this.formula(formula.base, scope);
    const exponent = scope.number(formula.exponent);
    if (exponent !== null) {
      const free = [base.free, exponent.free];
      return this.#table.node(
        { kind: 'power', base, exponent },
        `${base.id}^${exponent.key}`,
        free,
        true,
        formula.span,
      );
    }
    const real = this.formula(formula.exponent, scope);
    const parts = [base, real];
    return this.#table.node(
      { kind: 'real-power', base, exponent: real },
      keyOfNodes(parts),
      freeOf(parts),
      true,
      formula.span,
    );
  }

  #label(label: Formula | null, scope: Scope): IntegerExpression | null {
    if (label !== null) return scope.integer(label);
    return this.#options.currentIsIterate === true
      ? scope.integer({ kind: 'index', span: null, name: ITERATION })
      : null;
  }

  #big(formula: Big, scope: Scope): Node {
    const { kind, span } = formula;
    const lower = scope.integer(formula.lower);
    const upper = scope.integer(formula.upper);
    const slot = this.#table.slot(formula.index);
    const body = this.formula(formula.body, scope.with(formula.index));
    const key = (parts: string): string => `${slot}[${lower.key};${upper.key}]${parts}`;
    const bounds = [lower.free, upper.free];
    if (kind === 'product') {
      const others = body.free.filter(letter => letter !== slot);
      const free = [...bounds, others];
      return this.#table.node({ kind, slot, lower, upper, term: body, others }, key(`${body.id}`), free, true, span);
    }
    const { outer, weights, term } = splitSum(body, slot, this.#table);
    const inside = [term.free, ...weights.map(({ base }) => base.free)];
    const others = [...new Set(inside.flat())].filter(letter => letter !== slot).sort((a, b) => a - b);
    const exponents = weights.flatMap(({ exponent }) => exponent.free.filter(letter => letter !== slot));
    const parts = [
      `${outer?.id ?? ''}`,
      ...weights.map(({ base, exponent }) => `${base.id}^${exponent.key}`),
      `${term.id}`,
    ];
    const free = [...bounds, outer?.free ?? [], others, exponents];
    return this.#table.node(
      { kind, slot, lower, upper, outer, weights, term, others },
      key(parts.join(';')),
      free,
      true,
      span,
    );
  }

  #loss(by: readonly Formula[], batch: Formula | null, at: Vector, scope: Scope, span: Span | null): Node {
    const indices = by.map(part => scope.integer(part));
    const number = batch === null ? null : scope.integer(batch);
    const place = this.vector(at, scope);
    const free = [place.free, number?.free ?? [], ...indices.map(part => part.free)];
    const key = `${joined(indices)};${number?.key ?? ''};${place.key}`;
    return this.#table.node({ kind: 'loss', by: indices, batch: number, at: place }, key, free, true, span);
  }

  #derivative(formula: DerivativeNode, scope: Scope): Node {
    const { argument, span, point } = formula;
    if (argument.kind === 'loss' && point === undefined && formula.asked === undefined)
      return this.#loss(formula.by, argument.batch, argument.at, scope, span);
    const indices = formula.by.map(part => scope.integer(part));
    const free = indices.map(part => part.free);
    if (point === undefined) {
      const node = this.formula(argument, scope);
      const content = { kind: 'derivative', by: indices, argument: node, point: null, opened: false } as const;
      return this.#table.node(content, `${joined(indices)}:${node.id}`, [node.free, ...free], true, span);
    }
    const slot = this.#table.slot(point.letter);
    const node = this.formula(argument, scope.with(point.letter));
    const at = this.vector(point.at, scope);
    const outside = node.free.filter(letter => letter !== slot);
    const content = { kind: 'derivative', by: indices, argument: node, point: { slot, at }, opened: false } as const;
    const key = `${joined(indices)}:${node.id};${slot}=${at.key}`;
    return this.#table.node(content, key, [outside, at.free, ...free], true, span);
  }

  #vectorCall(formula: Formula & { readonly kind: 'vector-call' }, scope: Scope): Node {
    const { name, span } = formula;
    const argument = this.vector(formula.argument, scope);
    const component = formula.component === null ? null : scope.integer(formula.component);
    const by = formula.by.map(part => scope.integer(part));
    const key = `${name}_${component?.key ?? ''}'${joined(by)}:${argument.key}`;
    const free = [argument.free, component?.free ?? [], ...by.map(part => part.free)];
    return this.#table.node({ kind: 'vector-call', name, component, by, argument }, key, free, true, span);
  }
}

/** Whether a compound is met again: fewer letters occur in it than are bound around it. */
function mayRepeat(parts: readonly Node[], scope: Scope): boolean {
  const free = new Set(freeOf(parts).flat());
  const isWork = (part: Node): boolean =>
    part.kept || part.kind === 'multiply' || part.kind === 'divide' || part.kind === 'add';
  return free.size <= scope.boundCount && parts.some(isWork);
}
