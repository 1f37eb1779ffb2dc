/**
 * Definitions one by one: the sums over times of a definition are carried out while the quantities that it uses keep their names, so that
 * nothing is inserted and little work is done. A quantity that is left as a derivative of the loss or a number is inserted everywhere, and
 * one that is the same at all times is written at the time n.
 */
import { RememberedOf } from '../base/work.ts';
import { index } from '../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { substituteLetters } from '../formula/substitute.ts';
import { children } from '../formula/walk.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import { pastOf, ScalarCloser } from './close-scalars.ts';
import { costOf } from './cost.ts';
import { allNodes, changed, partsOfProduct, isScalarFormula } from './factors.ts';
import { leastLabels } from './least-labels.ts';
import { Pot } from '../base/pot.ts';

/** Units of work of every kind, for one factor and for all. */
const WORK = { each: 150_000, all: 1_000_000 };

/** The equation with shorter definitions, each under its name; its right side has the same value. Made once for an equation. */
export const closeLayers = (equation: ModifiedEquation): ModifiedEquation =>
  layered.get(equation, '', () => new Layers(equation).closed());

/** The closed form, the limit and every regime of an equation start from it. */
const layered = new RememberedOf<ModifiedEquation, ModifiedEquation>();

/** The coefficients and the definitions without the names of quantities that are as short as a name for them. */
export function withoutPlain({
  coefficients,
  definitions,
}: ModifiedEquation): Pick<ModifiedEquation, 'coefficients' | 'definitions'> {
  const plain = new Map(definitions.filter(isPlainDefinition).map(each => [each.name, each]));
  return {
    coefficients: coefficients.map(each => insert(each, plain)),
    definitions: definitions
      .filter(({ name }) => !plain.has(name))
      .map(each => ({ ...each, body: insert(each.body, plain) })),
  };
}

/** Quantities with their definitions in their place. */
function insert(formula: Formula, plain: ReadonlyMap<string, Definition>): Formula {
  return changed(formula, node => {
    const own = node.kind === 'quantity' ? plain.get(node.name) : undefined;
    if (node.kind !== 'quantity' || own === undefined) return node;
    const [component] = node.indices;
    const [label] = node.labels;
    const given = new Map([
      ...(component === undefined ? [] : [[COMPONENT, component] as const]),
      ...(label === undefined ? [] : [[ITERATION, label] as const]),
    ]);
    return substituteLetters(own.body, given);
  });
}

/** The coefficients with every definition in its place; null where they would be too long to be looked at, or have none. */
export function inFull({ coefficients, definitions }: ModifiedEquation): readonly Formula[] | null {
  if (definitions.some(({ recursion }) => recursion !== undefined)) return null;
  const all = new Map(definitions.map(each => [each.name, each]));
  let full = coefficients;
  for (let layer = 0; layer < definitions.length; layer += 1) {
    full = full.map(each => insert(each, all));
    if (full.some(each => costOf(each) > MOST_IN_FULL)) return null;
  }
  return full;
}

const MOST_IN_FULL = 600;

class Layers {
  readonly #equation: ModifiedEquation;
  readonly #least: ReadonlyMap<string, number>;
  readonly #scalars: ScalarCloser;
  readonly #closed = new Map<string, Definition>();
  readonly #plain = new Map<string, Definition>();
  readonly #timeless = new Set<string>();

  constructor(equation: ModifiedEquation) {
    this.#equation = equation;
    this.#least = leastLabels(equation.coefficients, equation.definitions);
    this.#scalars = new ScalarCloser(equation.optimizer, new Pot(WORK.each, WORK.all));
  }

  closed(): ModifiedEquation {
    const { definitions, coefficients } = this.#equation;
    for (const each of definitions) this.#visit(each, new Set());
    return {
      ...this.#equation,
      coefficients: coefficients.map(each => this.#scalars.close(each, 0)),
      definitions: definitions.map(each => this.#closed.get(each.name) ?? each),
    };
  }

  #short(formula: Formula, least: number): Formula {
    return this.#scalars.close(this.#inserted(formula), least);
  }

  /** What a definition uses is closed before it. */
  #visit(definition: Definition, within: ReadonlySet<string>): void {
    const { name } = definition;
    if (this.#closed.has(name) || within.has(name)) return;
    const inside = new Set(within).add(name);
    for (const used of usedIn(definition.body))
      for (const each of this.#equation.definitions) if (each.name === used) this.#visit(each, inside);
    const least = definition.recursion === undefined ? (this.#least.get(name) ?? 0) : 1;
    const closed = { ...definition, body: this.#short(definition.body, least) };
    this.#closed.set(name, closed);
    if (closed.recursion !== undefined) return;
    if (isPlain(closed.body)) this.#plain.set(name, closed);
    else if (!this.#dependsOnTime(closed.body)) this.#timeless.add(name);
  }

  /** Plain quantities inserted, those of all times at n. */
  #inserted(formula: Formula): Formula {
    return changed(insert(formula, this.#plain), node =>
      node.kind === 'quantity' && this.#timeless.has(node.name) ? { ...node, labels: [index(ITERATION)] } : node,
    );
  }

  /** Whether the time n stands in a formula, in what it uses too. */
  #dependsOnTime(formula: Formula): boolean {
    if (formula.kind === 'index') return formula.name === ITERATION;
    if (formula.kind !== 'quantity') return children(formula).some(child => this.#dependsOnTime(child));
    return !this.#timeless.has(formula.name) && !this.#plain.has(formula.name);
  }
}

const usedIn = (formula: Formula): string[] =>
  allNodes(formula).flatMap(node => (node.kind === 'quantity' ? [node.name] : []));

const isPlainDefinition = ({ body, recursion }: Definition): boolean => recursion === undefined && isPlain(body);

/** A number, or ∇_jE times hyperparameters and their powers: as short as a name for it. */
function isPlain(body: Formula): boolean {
  if (body.kind === 'number') return true;
  const { above, below } = partsOfProduct(body);
  const gradients = above.filter(each => !isScalarFormula(each));
  const [gradient] = gradients;
  if (gradients.length !== 1 || gradient?.kind !== 'derivative' || gradient.argument.kind !== 'loss') return false;
  const isOwn = gradient.by.every(each => each.kind === 'index' && each.name === COMPONENT);
  return isOwn && below.length === 0 && pastOf(body) === 0 && costOf(body) <= costOf(gradient) + MOST_BESIDE;
}

/** ρ^{n+1} in front of a gradient, and no more. */
const MOST_BESIDE = 6;
