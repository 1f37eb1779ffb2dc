/** The pieces of an update with history: its rows, its factors, and the points and gradients of the past. */
import { factorExpression } from '../expression/core/expression.ts';
import { type FactorPower, factorForms } from '../expression/core/factor.ts';
import { COMPONENT_INDEX, isBound, openIndex } from '../expression/core/indices.ts';
import type { Series } from '../expression/calculus/series.ts';
import { substituteRaw } from '../expression/core/term.ts';
import * as build from '../formula/build.ts';
import { degreeInStep } from '../formula/degree-in-step.ts';
import { COMPONENT, type Definition, type Formula, type IndexSort, ITERATION } from '../formula/formula.ts';
import { nodes } from '../optimizer/replace.ts';
import { variableForm } from '../number/linear-form.ts';
import { Rational } from '../number/rational.ts';
import { offsetFromIteration } from '../optimizer/label.ts';
import { reachOf } from '../optimizer/checks/state-reach.ts';
import type { Optimizer } from '../optimizer/model.ts';
import type { EquationWriter } from './equation-writer.ts';
import type { OneStepMap } from './memory-out.ts';
import { hasLabel, isPast } from './reads-past.ts';

/** A quantity and the coefficients of h^0, h^1, … of what it is. */
export interface Expanded {
  readonly left: Formula;
  /** coefficients[q] belongs to h^q. */
  readonly coefficients: readonly Formula[];
}

/** The states and intermediate quantities of an optimizer at n+1, component j. */
export function rowsOf({ states, quantities }: Optimizer): Formula[] {
  const label = build.addition(build.index(ITERATION), build.number(1));
  const component = (yes: boolean): Formula[] => (yes ? [build.index(COMPONENT)] : []);
  return [
    ...states
      .filter(({ name }) => !name.startsWith('#'))
      .map(({ name, componentwise }) => build.quantity(name, component(componentwise), [label])),
    ...quantities.map((row: Definition) =>
      build.quantity(row.name, component(row.indices.length > 0), row.labels.length > 0 ? [label] : []),
    ),
  ];
}

/** The same at the labels that a step from θ^{(n)} makes: what is taken at θ^{(n)} or uses E_n has the label n. */
export function rowsOfStep(optimizer: Optimizer): Formula[] {
  const reach = reachOf(optimizer);
  return rowsOf(optimizer).map(row => {
    if (row.kind !== 'quantity' || row.labels.length === 0) return row;
    const most = reach.get(row.name) ?? Number.NEGATIVE_INFINITY;
    return most === 0 ? { ...row, labels: [build.index(ITERATION)] } : row;
  });
}

/** A factor, and the letters of the label and of the component that it has where a sum of the update runs over them. */
interface PastFactor {
  readonly power: FactorPower;
  readonly letters: ReadonlyMap<number, Formula>;
}

/**
 * The factors of the update that stay together and read points: numerators, denominators, functions; each once. One that sums over two
 * labels or two components run through is none: no display speaks of two free ones.
 */
export function pastFactors(update: Series, { pastLabel, pastComponent }: PastLetters): PastFactor[] {
  const [label, component] = [openIndex('history'), openIndex('coordinate')];
  const letters = new Map([
    [label, build.index(pastLabel)],
    [component, build.index(pastComponent)],
  ]);
  const found = new Map<string, PastFactor>();
  for (const { factors, sorts } of update.flatMap(({ terms }) => terms)) {
    for (const own of factors) {
      const { factor } = own;
      const stays = factor.kind === 'template' || factor.kind === 'function' || factor.kind === 'vector-function';
      if (!stays || !hasLabel(factor, isPast)) continue;
      const bound = boundIn(own);
      const isAlone = (sort: IndexSort): boolean => bound.filter(index => sorts[index] === sort).length < 2;
      if (!isAlone('history') || !isAlone('coordinate')) continue;
      const free = new Map(
        bound.map(index => [index, variableForm(sorts[index] === 'coordinate' ? component : label)] as const),
      );
      const term = { coefficient: Rational.one, factors: [own], sorts: [], constraints: [] };
      const [power = own] = substituteRaw(term, free).factors;
      const key = `${factor.kind} ${factor.template.id} ${factorForms(power.factor)
        .map(form => JSON.stringify(form))
        .join()} ${power.exponent.constant}`;
      if (!found.has(key)) found.set(key, { power, letters });
    }
  }
  return [...found.values()];
}

const boundIn = ({ factor, exponent }: FactorPower): number[] => [
  ...new Set(
    [...factorForms(factor), exponent.form].flatMap(({ terms }) => terms.map(([index]) => index)).filter(isBound),
  ),
];

/** Whether h stands in the update row alone, as a polynomial that the order does not cut. */
export function isExact({ states, quantities, update }: Optimizer, order: number): boolean {
  const elsewhere = [
    ...states.flatMap(({ right, initial }) => [right, initial]),
    ...quantities.map(({ body }) => body),
  ];
  const degree = degreeInStep(update, new Map());
  return (
    degree !== null &&
    degree <= order + 1 &&
    !elsewhere.some(formula => [...nodes(formula)].some(node => node.kind === 'step' || isOtherPoint(node, quantities)))
  );
}

/**
 * θ^{(n−1)} is θ^{(n)} plus h times the step before and θ^{(n+1)} is it less h times this one, known to the order of the step; so is a row that is
 * read a step back, with its point.
 */
const isOtherPoint = (node: Formula, rows: Optimizer['quantities']): boolean =>
  node.kind === 'iterate'
    ? node.label !== null && (offsetFromIteration(node.label) ?? 0) !== 0
    : node.kind === 'quantity' &&
      rows.some(({ name }) => name === node.name) &&
      node.labels.some(label => (offsetFromIteration(label) ?? 0) < 0);

export interface PastLetters {
  readonly pastLabel: string;
  readonly pastComponent: string;
}

export interface AboutThePast extends PastLetters {
  readonly displacement: readonly Formula[];
  readonly gradient: Expanded;
}

/** Letters for the label and the component of what lies in the past. */
export const pastLetters = (writer: EquationWriter): PastLetters => ({
  pastLabel: writer.freeLetter(['k', 'l', 'r', 'q', 'u']),
  pastComponent: writer.freeLetter(['i', 's', 'c', 'v', 'w']),
});

/** θ_i^{(k)} and ∇_j E_k(θ^{(k)}) about the current point. */
export function aboutThePast(
  map: OneStepMap,
  writer: EquationWriter,
  fullBatch: boolean,
  { pastLabel, pastComponent }: PastLetters,
): AboutThePast {
  const [label, component] = [openIndex('history'), openIndex('coordinate')];
  const letters = new Map([
    [label, build.index(pastLabel)],
    [component, build.index(pastComponent)],
  ]);
  const at = variableForm(label);
  const slope = factorExpression({
    kind: 'loss',
    batch: fullBatch ? null : at,
    coordinates: [variableForm(COMPONENT_INDEX)],
    at,
  });
  const point = build.point(build.index(pastLabel));
  return {
    pastLabel,
    pastComponent,
    displacement: map.displacement(at, variableForm(component)).map(value => writer.write(value, letters)),
    gradient: {
      left: build.gradient([build.index(COMPONENT)], fullBatch ? null : build.index(pastLabel), point),
      coefficients: map.expand([slope]).map(value => writer.write(value, letters)),
    },
  };
}
