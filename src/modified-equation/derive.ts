/**
 * The modified equation of an optimizer, derived from its update rule alone: unroll, memory out, flow through the map.
 */
import { attempt, type Result } from '../base/problem.ts';
import { Budget } from '../base/budget.ts';
import { assumptionsOf } from '../expression/assumptions.ts';
import { type Expression, subtract } from '../expression/expression.ts';
import { FormulaReader } from '../expression/from-formula.ts';
import { spreadMean } from '../expression/epoch.ts';
import { ITERATION_INDEX, slot } from '../expression/indices.ts';
import { coefficient } from '../expression/series.ts';
import type { Template } from '../expression/template.ts';
import { writeExpression, type WriterOptions } from '../expression/to-formula.ts';
import * as build from '../formula/build.ts';
import { BATCHES, COMPONENT, type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import type { LinearForm } from '../number/linear-form.ts';
import type { Optimizer, Setting } from '../optimizer/model.ts';
import { isProbablyNonzero } from '../simplify/probe.ts';
import { deriveEpoch } from './derive-epoch.ts';
import { matchFlow } from './match-flow.ts';
import { removeMemory } from './memory-out.ts';
import { Names } from './names.ts';
import { withNorms } from './norms.ts';
import { potentialOf } from './potential.ts';
import { shiftToLabel } from './shift.ts';
import { History } from './unroll.ts';

export interface ModifiedEquation {
  readonly optimizer: Optimizer;
  readonly setting: Setting;
  readonly order: number;
  readonly form: 'flow' | 'map';
  /**
   * coefficients[q] is the coefficient of h^q in the ODE of component j on [nh, (n+1)h] (flow), or of h^{q+1} in
   * θ_j^{(n+1)} − θ_j^{(n)} (map), at the current θ.
   */
  readonly coefficients: readonly Formula[];
  /** What the coefficients use, in order of use. */
  readonly definitions: readonly Definition[];
  /** The same coefficients in normal form, as the formulas above read. */
  readonly expressions: readonly Expression[];
  /**
   * For an epoch: losses[q] is the coefficient of h^q in the modified loss whose gradient flow the equation is; absent where
   * it is none.
   */
  readonly losses?: readonly Formula[];
}

export interface DeriveOptions {
  /** The highest power of h in the equation, 0, 1, 2, …. */
  readonly order: number;
  readonly setting: Setting;
  readonly form?: 'flow' | 'map';
  /** Spent with every quantity that is made; a spent one is thrown as BudgetSpent. */
  readonly budget?: Budget;
}

/**
 * The modified equation to `order`. Fails with a problem where the optimizer is outside the class that is covered.
 * Source: backward error analysis, Hairer, Lubich, Wanner, Geometric Numerical Integration, chapter IX.
 */
export function deriveModifiedEquation(optimizer: Optimizer, options: DeriveOptions): Result<ModifiedEquation> {
  return attempt(() => derive(optimizer, options));
}

function derive(optimizer: Optimizer, { order, setting, form = 'flow', budget = Budget.unlimited() }: DeriveOptions): ModifiedEquation {
  if (setting === 'reshuffled') {
    const assumptions = assumptionsOf(optimizer.declarations);
    const expressions = deriveEpoch(optimizer, { order, form, assumptions, budget });
    const written = writeEquation(expressions, new Names(reservedNames(optimizer)), optimizer, LAST_BATCH);
    const spread = expressions.map(spreadMean);
    const potentials = form === 'map' ? [] : expressions.map(potentialOf);
    const known = potentials.filter((each) => each !== null);
    const losses = known.length === order + 1 ? { losses: known.map((each) => withNorms(writeExpression(each, { nameOf: () => null, reserved: reservedNames(optimizer) }, LAST_BATCH))) } : {};
    return { optimizer, setting, order, form, ...written, expressions: reread(spread, written, optimizer, setting), ...losses };
  }
  const names = new Names(reservedNames(optimizer));
  const history = new History(optimizer, order, {
    fullBatch: setting === 'full-batch',
    onDefinition: (definition, labels, value) => noteDefinition(names, definition, labels, value),
  });
  const update = history.update();
  names.noteUpdate(update);
  const assumptions = assumptionsOf(optimizer.declarations);
  const map = removeMemory(update, order, assumptions, (of, q, image) => {
    budget.spend(image.terms.length);
    names.noteExpansion(of, q, image);
  }, budget);
  const expressions = form === 'map' ? map.coefficients : matchFlow(map.coefficients, (of, along, image) => {
    budget.spend(image.terms.length);
    names.noteDerivative(of, along, image);
  }, budget);
  const written = writeEquation(expressions, names, optimizer);
  return { optimizer, setting, order, form, ...written, expressions: reread(expressions, written, optimizer, setting) };
}

/**
 * The written formulas as normal forms, so that what is proved is about what is printed. Where writing and reading would
 * change a value the program is at fault.
 */
function reread(expressions: readonly Expression[], { coefficients, definitions }: Written, optimizer: Optimizer, setting: Setting): Expression[] {
  const reader = new FormulaReader({ declarations: optimizer.declarations, definitions, order: 0, fullBatch: setting === 'full-batch', epoch: setting === 'reshuffled' });
  return coefficients.map((formula, q) => {
    const read = coefficient(reader.read(formula), 0);
    const original = expressions[q];
    if (original === undefined || isProbablyNonzero(subtract(read, original))) throw new Error(`the coefficient of h^${q} is not what is printed`);
    return read;
  });
}

/** Rows of the optimizer keep their names in the derived equation. */
function noteDefinition(names: Names, definition: Definition, labels: readonly LinearForm[], value: readonly Expression[]): void {
  const shifted = shiftToLabel(value[0], labels[0]);
  if (shifted !== null) names.give(shifted.template, definition.name, shifted.shift);
}

/** Every name and letter that the optimizer uses, so that no derived quantity takes it. */
function reservedNames(optimizer: Optimizer): Set<string> {
  const { notation } = optimizer;
  const reserved = new Set<string>([notation.loss, notation.parameters, notation.step, notation.iteration, notation.component, notation.dimension, notation.time, 'E', 'O']);
  for (const state of optimizer.states) reserved.add(state.name);
  for (const quantity of optimizer.quantities) reserved.add(quantity.name);
  for (const declaration of optimizer.declarations) reserved.add(declaration.name);
  return reserved;
}

interface Written {
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

/** In an epoch n is the last batch, m − 1. */
const LAST_BATCH: ReadonlyMap<number, Formula> = new Map([[ITERATION_INDEX, build.subtract(build.index(BATCHES), build.number(1))]]);

function writeEquation(expressions: readonly Expression[], names: Names, optimizer: Optimizer, letters: ReadonlyMap<number, Formula> = new Map()): Written {
  const templates = new Map<string, Template>();
  const options: WriterOptions = {
    reserved: reservedNames(optimizer),
    nameOf: (template, args) => {
      const name = names.nameOf(template, args);
      if (name !== null && !templates.has(name.name)) templates.set(name.name, template);
      return name;
    },
  };
  const coefficients = expressions.map((value) => writeExpression(value, options, letters));
  const definitions: Definition[] = [];
  const done = new Set<string>();
  const queue = coefficients.flatMap(quantityNames);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const template = templates.get(name);
    if (done.has(name) || template === undefined) continue;
    done.add(name);
    const definition = defineTemplate(name, template, names, options);
    definitions.push(definition);
    queue.push(...quantityNames(definition.body));
  }
  return { coefficients, definitions };
}

function quantityNames(formula: Formula): string[] {
  const own = formula.kind === 'quantity' ? [formula.name] : [];
  return [...own, ...children(formula).flatMap(quantityNames)];
}

function defineTemplate(name: string, template: Template, names: Names, options: WriterOptions): Definition {
  const known = names.knownName(template);
  if (known === null) throw new Error('a named template has a name');
  const componentwise = template.sorts.includes('coordinate');
  const label = build.index(ITERATION);
  const letters = new Map<number, Formula>();
  template.sorts.forEach((sort, position) => {
    letters.set(slot(position, sort), sort === 'coordinate' ? build.index(COMPONENT) : known.shift === 0 ? label : build.add(label, build.number(-known.shift)));
  });
  const radicand = writeExpression(template.body, options, letters);
  const body = known.power.isOne() ? radicand : build.root(radicand, Number(known.power.den));
  return { name, indices: componentwise ? [COMPONENT] : [], indexSorts: componentwise ? ['coordinate'] : [], labels: [ITERATION], body, span: null };
}
