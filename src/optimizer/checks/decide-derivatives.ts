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
import type { Definition, DerivativeNode, Formula, QuantityNode, Vector } from '../../formula/formula.ts';
import { freshLetter, inlined } from '../../formula/substitute.ts';
import { children, withChildren } from '../../formula/walk.ts';
import {
  COMPONENT_OF_POINT,
  CURRENT_POINT,
  currentPointAt,
  distinctOccurrences,
  type DerivativeNames,
  isPointNow,
  type Occurrence,
  POINT_LETTER,
  PointOccurrences,
} from './point-occurrences.ts';

/** Decides the derivatives of formulas; definitions are looked at once. */
export class DerivativeDecision {
  readonly #names: DerivativeNames;
  readonly #points: PointOccurrences;
  readonly #decided = new Map<Definition, Definition>();

  constructor(names: DerivativeNames) {
    this.#names = names;
    this.#points = new PointOccurrences(names);
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
    const found = distinctOccurrences(this.#points.of(node.argument));
    const points = found.filter(({ kind }) => kind === 'point');
    const many = found.find(({ kind }) => kind === 'many');
    const shift = this.#ownShift(node.argument);
    const chosen = named === null ? this.#onlyPoint(node, found, shift) : this.#namedPoint(node, named, points, many);
    if (chosen === null) return derivative;
    this.#refuseStates(node, found, chosen);
    const { argument } = derivative;
    if (chosen.key === CURRENT_POINT && this.#names.hasCurrent)
      return simplest({ ...derivative, argument: this.#replace(argument, chosen, null) });
    const letter = freshLetter(POINT_LETTER, [argument]);
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
    const key = this.#points.keyOf(named.body);
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
    if (this.#points.keyOf(body) !== null) return false;
    const terms = body.kind === 'add' ? body.terms : [body];
    const rest = terms.filter(term => this.#points.keyOf(term) === null);
    return terms.length - rest.length !== 1 || rest.some(term => this.#points.of(term).length > 0);
  }

  /** The formula with the chosen point as the letter, or as the current θ. */
  #replace(formula: Formula, chosen: Occurrence, letter: string | null): Formula {
    const label: Formula | null = letter === null ? null : { kind: 'index', span: null, name: letter };
    const key = this.#points.keyOf(formula);
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
    const inside = this.#points.insideDefinition(definition);
    if (!this.#points.insideUse(use, definition, []).some(({ key }) => key === chosen.key)) return use;
    if (inside.every(({ vector }) => isPointNow(vector))) {
      const at = use.at ?? { index: COMPONENT_OF_POINT, body: currentPointAt(use.span) };
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

/** The text as typed. */
const spell = (span: Span | null): string => (span === null ? 'it' : span.source.text.slice(span.start, span.end));
