/**
 * By which point a total derivative is taken. ∇ of a group, a norm, a function or a named quantity is the derivative by the one
 * point that occurs in it: θ, θ^{(k)}, θ̃(t_k), or a named shifted point, which is a letter of its own. Where several occur, or a
 * shift that depends on θ is written out, the author must name the point; otherwise both readings are shown.
 *
 * The decision is written into the tree ({@link DerivativePoint}): the point becomes a letter of the argument, so that it is
 * told apart from other points that have the same value, as θ^{(0)} and θ^{(n)} at n = 0. Nothing is differentiated here.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import {
  type Definition,
  type DerivativeNode,
  type Formula,
  ITERATION,
  type QuantityNode,
  type Vector,
} from '../../formula/formula.ts';
import { boundLetters, freshLetter, inlined, substituteLetters } from '../../formula/substitute.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { constantLabel, offsetFromIteration } from '../label.ts';

/** What names mean where a derivative stands. */
export interface DerivativeNames {
  /** The definition or row of a name; undefined for what has none. */
  readonly definition: (name: string) => Definition | undefined;
  /** Names of shifted points: θ up to O(h). */
  readonly isPoint: (name: string) => boolean;
  readonly isState: (name: string) => boolean;
  /** Whether a state at a label can depend on the point; null point: on any. */
  readonly stateDependsOn: (state: QuantityNode, point: Vector) => boolean;
  /** Whether θ without a label is a point, by which derivatives without a point are taken. Rows of an optimizer have labels only. */
  readonly hasCurrent: boolean;
}

/** A point or a state that occurs in what is derived. */
interface Occurrence {
  readonly kind: 'point' | 'state' | 'many';
  /** Equal keys are one point. */
  readonly key: string;
  /** The whole point; for a state the state. */
  readonly vector: Vector;
  readonly span: Span | null;
}

const COMPONENT_OF_POINT = '#c';
const LETTER = 'x';
const CURRENT = 'θ';

/** Decides the derivatives of formulas; definitions are looked at once. */
export class DerivativeDecision {
  readonly #names: DerivativeNames;
  readonly #known = new Map<Definition, readonly Occurrence[]>();
  readonly #decided = new Map<Definition, Definition>();

  constructor(names: DerivativeNames) {
    this.#names = names;
  }

  /** The formula with a point in each total derivative. Refuses a derivative whose point is not clear. */
  decide(formula: Formula): Formula {
    const parts = children(formula);
    const images = parts.map(part => this.decide(part));
    const same = images.every((image, at) => image === parts[at]);
    const node = same ? formula : withChildren(formula, images);
    return node.kind === 'derivative' && node.asked !== undefined ? this.#point(node, node.asked.by) : node;
  }

  #point(node: DerivativeNode, named: Vector | null): Formula {
    const { asked: _asked, ...derivative } = node;
    const found = unique(this.#occurrences(node.argument));
    const points = found.filter(({ kind }) => kind === 'point');
    const many = found.find(({ kind }) => kind === 'many');
    const shift = this.#ownShift(node.argument);
    const chosen = named === null ? this.#onlyPoint(node, found, shift) : this.#namedPoint(node, named, points, many);
    if (chosen === null) return derivative;
    this.#refuseStates(node, found, chosen);
    const { argument } = derivative;
    if (chosen.key === CURRENT && this.#names.hasCurrent)
      return simplest({ ...derivative, argument: this.#replace(argument, chosen, null) });
    const letter = freshLetter(LETTER, [argument]);
    const replaced = this.#replace(argument, chosen, letter);
    return simplest({ ...derivative, argument: replaced, point: { letter, at: chosen.vector } });
  }

  #onlyPoint(node: DerivativeNode, found: readonly Occurrence[], shift: Formula | null): Occurrence | null {
    const state = found.find(({ kind }) => kind === 'state');
    const points = found.filter(({ kind }) => kind === 'point');
    const [only, second] = found.filter(({ kind }) => kind !== 'state');
    if (state !== undefined && (points.length === 0 || shift === null)) return this.#refuseState(node, state);
    if (only === undefined) return null;
    if (second !== undefined || only.kind === 'many') {
      const spelled = points.map(({ span, vector }) => spell(span ?? vector.body.span));
      const readings = spelled.map(point => `\\nabla_{${point}}`).join(' or ');
      return refuse(
        'several-points',
        only.kind === 'many'
          ? 'this derivative is of something with the points of a whole sum in it'
          : `this derivative is of something with several points, ${spelled.join(' and ')}`,
        node.span,
        readings === '' ? 'Put the derivative inside the sum.' : `Name the point by which it is taken: ${readings}.`,
      );
    }
    if (shift !== null) {
      const point = spell(only.span ?? only.vector.body.span);
      return refuse(
        'several-points',
        `this derivative is of something at a point that itself depends on ${point}`,
        node.span,
        `Write \\nabla E(…) without the outer parentheses for the gradient at that point, or \\nabla_{${point}} for the total derivative by ${point}.`,
      );
    }
    return only;
  }

  #namedPoint(
    node: DerivativeNode,
    named: Vector,
    points: readonly Occurrence[],
    many: Occurrence | undefined,
  ): Occurrence {
    const key = this.#keyOf(named.body);
    const own = points.find(point => point.key === key);
    const name = spell(named.body.span);
    if (own === undefined || key === null)
      return refuse(
        'point-absent',
        `${name} does not occur in what is derived by it`,
        node.span,
        'A point is θ with its label, or the name of a row that is a shifted point.',
      );
    if (many !== undefined)
      return refuse(
        'several-points',
        `the points of a whole sum occur in what is derived, and ${name} may be one of them`,
        node.span,
        'Put the derivative inside the sum, or take the one term out of it.',
      );
    return own;
  }

  #refuseStates(node: DerivativeNode, found: readonly Occurrence[], chosen: Occurrence): void {
    for (const state of found) {
      if (state.kind !== 'state' || state.vector.body.kind !== 'quantity') continue;
      if (this.#names.stateDependsOn(state.vector.body, chosen.vector)) this.#refuseState(node, state);
    }
  }

  #refuseState(node: DerivativeNode, state: Occurrence): never {
    const name = spell(state.span);
    return refuse(
      'gradient-of-state',
      `the derivative of something with the state ${name}, which the optimizer has computed from many gradients`,
      node.span ?? state.span,
      `Derive before the state is made, or name a point on which ${name} does not depend.`,
    );
  }

  /** Every point and state in a formula, what stands inside definitions included. */
  #occurrences(formula: Formula, bound: readonly string[] = []): readonly Occurrence[] {
    const own = this.#own(formula, bound);
    if (own !== null) return [own];
    if (formula.kind === 'quantity') {
      const definition = this.#names.definition(formula.name);
      if (definition !== undefined) return this.#insideUse(formula, definition, bound);
    }
    const letters = boundLetters(formula);
    return children(formula).flatMap((child, at) => {
      if (formula.kind === 'derivative' && formula.asked?.by && at === formula.by.length) return [];
      const letter = letters[at] ?? null;
      return this.#occurrences(child, letter === null ? bound : [...bound, letter]);
    });
  }

  /** What the formula itself is: a component of a point, or of a state. */
  #own(formula: Formula, bound: readonly string[]): Occurrence | null {
    const key = this.#keyOf(formula);
    const isState = formula.kind === 'quantity' && this.#names.isState(formula.name);
    if (key === null && !isState) return null;
    if (formula.kind === 'iterate') {
      const label = formula.label;
      // The letter of a derivative inside is no point of this one.
      if (label?.kind === 'index' && bound.includes(label.name) && label.name.startsWith(`#${LETTER}`)) return null;
    }
    const labels = formula.kind === 'iterate' ? [formula.label] : formula.kind === 'quantity' ? formula.labels : [];
    const moves = labels.some(label => label !== null && bound.some(letter => mentionsFree(label, letter)));
    const vector = vectorWith(formula);
    if (key === null) return { kind: 'state', key: `state ${stateKey(formula)}`, vector, span: formula.span };
    return { kind: moves ? 'many' : 'point', key: moves ? `many ${key}` : key, vector, span: formula.span };
  }

  /** The key of a point of which the formula is a component; null where it is none. */
  #keyOf(formula: Formula): string | null {
    if (formula.kind === 'iterate')
      return formula.label === null || offsetFromIteration(formula.label) === 0
        ? CURRENT
        : `θ ${labelKey(formula.label)}`;
    // With an argument it is a function of that point.
    if (formula.kind === 'quantity' && formula.at === null && this.#names.isPoint(formula.name))
      return `${formula.name} ${formula.labels.map(labelKey).join()}`;
    return null;
  }

  #insideUse(use: QuantityNode, definition: Definition, bound: readonly string[]): readonly Occurrence[] {
    const inside = this.#insideDefinition(definition);
    if (inside.length === 0) return [];
    const labelled = inside
      .filter(({ vector }) => !isCurrent(vector))
      .flatMap(each => {
        const body = inlined({ ...use, at: null }, { ...definition, body: each.vector.body });
        const own = this.#own(body, bound);
        return own === null
          ? []
          : [{ ...own, kind: each.kind === 'many' ? each.kind : own.kind, span: use.span ?? own.span }];
      });
    if (labelled.length === inside.length) return labelled;
    const at = use.at?.body ?? currentAt(use.span);
    const here = this.#occurrences(at, use.at === null ? bound : [...bound, use.at.index]);
    return [...labelled, ...here.map(each => ({ ...each, span: each.span ?? use.span }))];
  }

  /** The points in a definition's body, with its formal letters in them. */
  #insideDefinition(definition: Definition): readonly Occurrence[] {
    const known = this.#known.get(definition);
    if (known !== undefined) return known;
    // A definition in terms of itself is refused elsewhere.
    this.#known.set(definition, []);
    const found = unique(this.#occurrences(definition.body), ({ key, vector }) =>
      isCurrent(vector) ? 'current' : key,
    );
    this.#known.set(definition, found);
    return found;
  }

  #decidedDefinition(definition: Definition): Definition {
    const known = this.#decided.get(definition);
    if (known !== undefined) return known;
    this.#decided.set(definition, definition);
    const decided = { ...definition, body: this.decide(definition.body) };
    this.#decided.set(definition, decided);
    return decided;
  }

  /** The argument of a loss in the group that is the parameters plus something that depends on them; null where there is none. */
  #ownShift(formula: Formula): Formula | null {
    if (formula.kind === 'loss' && this.#isShiftOfItself(formula.at)) return formula;
    for (const child of children(formula)) {
      const found = this.#ownShift(child);
      if (found !== null) return found;
    }
    return null;
  }

  #isShiftOfItself({ body }: Vector): boolean {
    if (this.#keyOf(body) !== null) return false;
    const terms = body.kind === 'add' ? body.terms : [body];
    const rest = terms.filter(term => this.#keyOf(term) === null);
    return terms.length - rest.length !== 1 || rest.some(term => this.#occurrences(term).length > 0);
  }

  /** The formula with the chosen point as the letter, or as the current θ. */
  #replace(formula: Formula, chosen: Occurrence, letter: string | null): Formula {
    const label: Formula | null = letter === null ? null : { kind: 'index', span: null, name: letter };
    const key = this.#keyOf(formula);
    if (key !== null) {
      if (key !== chosen.key) return formula;
      if (formula.kind === 'iterate') return { ...formula, label };
      const component = formula.kind === 'quantity' ? formula.indices[0] : undefined;
      return component === undefined ? formula : { kind: 'iterate', span: formula.span, component, label };
    }
    if (formula.kind === 'quantity') {
      const definition = this.#names.definition(formula.name);
      if (definition !== undefined) return this.#replaceUse(formula, definition, chosen, letter);
    }
    const parts = children(formula);
    const images = parts.map(part => this.#replace(part, chosen, letter));
    return images.every((image, at) => image === parts[at]) ? formula : withChildren(formula, images);
  }

  #replaceUse(use: QuantityNode, definition: Definition, chosen: Occurrence, letter: string | null): Formula {
    const inside = this.#insideDefinition(definition);
    if (!this.#insideUse(use, definition, []).some(({ key }) => key === chosen.key)) return use;
    if (inside.every(({ vector }) => isCurrent(vector))) {
      const at = use.at ?? { index: COMPONENT_OF_POINT, body: currentAt(use.span) };
      const moved = this.#replace(at.body, chosen, letter);
      return letter === null && use.at === null ? use : { ...use, at: { index: at.index, body: moved } };
    }
    return this.#replace(inlined(use, this.#decidedDefinition(definition)), chosen, letter);
  }
}

/**
 * ∇(E(θ^{(n)})) is the gradient of the loss at that point. Any other loss is kept in its group, since a derivative of a loss alone
 * is the gradient at whatever point stands in it.
 */
function simplest(node: DerivativeNode): DerivativeNode {
  const { argument, point } = node;
  const inner = argument.kind === 'derivative' && argument.point === undefined ? argument.argument : argument;
  if (inner.kind !== 'loss' || !isWhole(inner.at, point?.letter ?? null))
    return argument.kind === 'loss'
      ? { ...node, argument: { kind: 'add', span: argument.span, terms: [argument] } }
      : node;
  const by = argument.kind === 'derivative' ? [...node.by, ...argument.by] : node.by;
  const { point: _point, ...rest } = node;
  return { ...rest, by, argument: point === undefined ? inner : { ...inner, at: point.at } };
}

/** Whether a vector is the current θ, or the point that is a letter. */
const isWhole = ({ body, index }: Vector, letter: string | null): boolean =>
  body.kind === 'iterate' &&
  body.component.kind === 'index' &&
  body.component.name === index &&
  (letter === null ? body.label === null : body.label?.kind === 'index' && body.label.name === letter);

function vectorWith(formula: Formula): Vector {
  const component: Formula = { kind: 'index', span: null, name: COMPONENT_OF_POINT };
  if (formula.kind === 'iterate') return { index: COMPONENT_OF_POINT, body: { ...formula, component } };
  if (formula.kind === 'quantity')
    return {
      index: COMPONENT_OF_POINT,
      body: { ...formula, indices: formula.indices.length === 0 ? [] : [component] },
    };
  throw new Error('a point or a state was expected');
}

const currentAt = (span: Span | null): Formula => ({
  kind: 'iterate',
  span,
  component: { kind: 'index', span: null, name: COMPONENT_OF_POINT },
  label: null,
});

const isCurrent = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

function labelKey(label: Formula): string {
  const offset = offsetFromIteration(label);
  if (offset !== null) return `${ITERATION}${offset}`;
  const constant = constantLabel(label);
  return constant === null ? JSON.stringify(label, spelled) : `${constant}`;
}

const stateKey = (formula: Formula): string =>
  formula.kind === 'quantity' ? `${formula.name} ${formula.labels.map(labelKey).join()}` : '';

const spelled = (key: string, value: unknown): unknown =>
  key === 'span' ? undefined : typeof value === 'bigint' ? String(value) : value;

const mentionsFree = (formula: Formula, letter: string): boolean =>
  substituteLetters(formula, new Map([[letter, { kind: 'index', span: null, name: `${letter}'` }]])) !== formula;

function unique(found: readonly Occurrence[], keyOf = ({ key }: Occurrence): string => key): Occurrence[] {
  const seen = new Map<string, Occurrence>();
  for (const each of found) if (!seen.has(keyOf(each))) seen.set(keyOf(each), each);
  return [...seen.values()];
}

/** The text as typed. */
const spell = (span: Span | null): string => (span === null ? 'it' : span.source.text.slice(span.start, span.end));
