/** The points and states that occur in a formula, what stands inside of definitions included; equal keys are one point. */
import type { Span } from '../../base/span.ts';
import { type Definition, type Formula, ITERATION, type QuantityNode, type Vector } from '../../formula/formula.ts';
import { boundLetters, inlined, substituteLetters } from '../../formula/substitute.ts';
import { children } from '../../formula/walk.ts';
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
export interface Occurrence {
  readonly kind: 'point' | 'state' | 'many';
  /** Equal keys are one point. */
  readonly key: string;
  /** The whole point; for a state the state. */
  readonly vector: Vector;
  readonly span: Span | null;
}

/** The formal index of a point. */
export const COMPONENT_OF_POINT = '#c';
/** The letter of a point by which is derived. */
export const POINT_LETTER = 'x';
/** The key of θ^{(n)}. */
export const CURRENT_POINT = 'θ';

/** Finds points; definitions are looked at once. */
export class PointOccurrences {
  readonly #names: DerivativeNames;
  readonly #known = new Map<Definition, readonly Occurrence[]>();

  constructor(names: DerivativeNames) {
    this.#names = names;
  }

  /** Every point and state in a formula, what stands inside definitions included. */
  of(formula: Formula, bound: readonly string[] = []): readonly Occurrence[] {
    const own = this.#own(formula, bound);
    if (own !== null) return [own];
    if (formula.kind === 'quantity') {
      const definition = this.#names.definition(formula.name);
      if (definition !== undefined) return this.insideUse(formula, definition, bound);
    }
    const letters = boundLetters(formula);
    return children(formula).flatMap((child, at) => {
      if (formula.kind === 'derivative' && formula.asked?.by && at === formula.by.length) return [];
      const letter = letters[at] ?? null;
      return this.of(child, letter === null ? bound : [...bound, letter]);
    });
  }

  /** What the formula itself is: a component of a point, or of a state. */
  #own(formula: Formula, bound: readonly string[]): Occurrence | null {
    const key = this.keyOf(formula);
    const isState = formula.kind === 'quantity' && this.#names.isState(formula.name);
    if (key === null && !isState) return null;
    if (formula.kind === 'iterate') {
      const label = formula.label;
      // The letter of a derivative inside is no point of this one.
      if (label?.kind === 'index' && bound.includes(label.name) && label.name.startsWith(`#${POINT_LETTER}`))
        return null;
    }
    const labels = formula.kind === 'iterate' ? [formula.label] : formula.kind === 'quantity' ? formula.labels : [];
    const moves = labels.some(label => label !== null && bound.some(letter => mentionsFree(label, letter)));
    const vector = vectorWith(formula);
    if (key === null) return { kind: 'state', key: `state ${stateKey(formula)}`, vector, span: formula.span };
    return { kind: moves ? 'many' : 'point', key: moves ? `many ${key}` : key, vector, span: formula.span };
  }

  /** The key of a point of which the formula is a component; null where it is none. */
  keyOf(formula: Formula): string | null {
    if (formula.kind === 'iterate')
      return formula.label === null || offsetFromIteration(formula.label) === 0
        ? CURRENT_POINT
        : `θ ${labelKey(formula.label)}`;
    // With an argument it is a function of that point.
    if (formula.kind === 'quantity' && formula.at === null && this.#names.isPoint(formula.name))
      return `${formula.name} ${formula.labels.map(labelKey).join()}`;
    return null;
  }

  /** The points inside of a use of a definition. */
  insideUse(use: QuantityNode, definition: Definition, bound: readonly string[]): readonly Occurrence[] {
    const inside = this.insideDefinition(definition);
    if (inside.length === 0) return [];
    const labelled = inside
      .filter(({ vector }) => !isPointNow(vector))
      .flatMap(each => {
        const body = inlined({ ...use, at: null }, { ...definition, body: each.vector.body });
        const own = this.#own(body, bound);
        return own === null
          ? []
          : [{ ...own, kind: each.kind === 'many' ? each.kind : own.kind, span: use.span ?? own.span }];
      });
    if (labelled.length === inside.length) return labelled;
    const at = use.at?.body ?? currentPointAt(use.span);
    const here = this.of(at, use.at === null ? bound : [...bound, use.at.index]);
    return [...labelled, ...here.map(each => ({ ...each, span: each.span ?? use.span }))];
  }

  /** The points in a definition's body, with its formal letters in them. */
  insideDefinition(definition: Definition): readonly Occurrence[] {
    const known = this.#known.get(definition);
    if (known !== undefined) return known;
    // A definition in terms of itself is refused elsewhere.
    this.#known.set(definition, []);
    const found = distinctOccurrences(this.of(definition.body), ({ key, vector }) =>
      isPointNow(vector) ? 'current' : key,
    );
    this.#known.set(definition, found);
    return found;
  }
}

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

/** θ without a label. */
export const currentPointAt = (span: Span | null): Formula => ({
  kind: 'iterate',
  span,
  component: { kind: 'index', span: null, name: COMPONENT_OF_POINT },
  label: null,
});

/** Whether a vector is θ without a label. */
export const isPointNow = ({ body }: Vector): boolean => body.kind === 'iterate' && body.label === null;

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

/** Each key once. */
export function distinctOccurrences(
  found: readonly Occurrence[],
  keyOf = ({ key }: Occurrence): string => key,
): Occurrence[] {
  const seen = new Map<string, Occurrence>();
  for (const each of found) if (!seen.has(keyOf(each))) seen.set(keyOf(each), each);
  return [...seen.values()];
}
