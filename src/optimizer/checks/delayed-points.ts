/**
 * Sequences of points beside the parameters, given by their small distance from them.
 *
 * Points that a later step reads again, as y^{(n)} beside y^{(n+1)} = θ^{(n)} − h∇E_n in Nesterov's rule with two sequences:
 * y^{(l)} = θ^{(l−1)} + d^{(l)}, where the state d^{(n+1)} = y^{(n+1)} − θ^{(n)} is O(h) and d^{(0)} = y^{(0)} − θ^{(0)}, since
 * θ^{(−1)} = θ^{(0)}.
 *
 * Averages and slow copies, which read their own earlier value, w^{(n+1)} = βw^{(n)} + (1−β)θ^{(n)}: a step starts from w^{(n)} =
 * θ^{(n)} + D^{(n)} with D^{(n+1)} = w^{(n+1)} − θ^{(n+1)} and D^{(0)} = w^{(0)} − θ^{(0)}; by induction D is O(h) where w stays θ + O(h).
 */
import {
  addition,
  divide,
  index,
  iterate,
  multiplication,
  negation,
  number,
  quantity,
  subtraction,
} from '../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { constantLabel, iterationPlus, offsetFromIteration } from '../label.ts';
import { degreeInState } from '../linear.ts';
import type { Optimizer, StateRow } from '../model.ts';
import { replaceIndex, rewrite } from '../replace.ts';
import { distanceFromParameters } from './distance.ts';
import { linearCoefficient } from './linear-coefficient.ts';
import { readsOwnNewValue, withoutOwnNewValue } from './own-new-value.ts';

/**
 * The optimizer with those of `points` that are states as quantities; `copies` are those that are the parameters up to O(h), not a
 * multiple of them; `later` are left alone.
 */
export function nameDelayedPoints(
  optimizer: Optimizer,
  points: ReadonlySet<string>,
  copies: ReadonlySet<string>,
  later: ReadonlySet<string>,
): Optimizer {
  const quantities = new Map(optimizer.quantities.map(each => [each.name, each]));
  const degree = (state: StateRow): number => degreeInState(withoutOwnNewValue(state), state.name, quantities);
  const isPoint = (state: StateRow): boolean => points.has(state.name) && !later.has(state.name) && state.componentwise;
  const delayed = optimizer.states.filter(state => isPoint(state) && degree(state) === 0);
  const followed = optimizer.states.filter(state => isPoint(state) && degree(state) === 1 && copies.has(state.name));
  const named = [...delayed, ...followed];
  if (named.length === 0) return optimizer;
  const names = new Set(followed.map(({ name }) => name));
  const bodies = new Map([...quantities].filter(([name]) => !names.has(name)));
  // The distance is made from the row itself, where the parameters made by the step are written out.
  const distance = (formula: Formula): Formula =>
    distanceFromParameters(withUpdate(formula, optimizer.update), {
      quantities: bodies,
      declarations: optimizer.declarations,
      distanceOf: (name, offset) => {
        if (!names.has(name)) return null;
        return offset === 0 ? lagName(name) : offset === 1 ? distanceName(name) : null;
      },
    });
  const start = (formula: Formula): Formula => fromStart(formula, names);
  const states = optimizer.states.filter(state => !named.includes(state));
  return {
    ...optimizer,
    states: [
      ...states.map(state => ({ ...state, right: start(state.right) })),
      ...named.map(state =>
        distanceState(
          state,
          names.has(state.name) ? start(distance(state.right)) : subtraction(start(state.right), here),
        ),
      ),
      ...followed.map(state => ({
        ...state,
        name: lagName(state.name),
        right: behind(start(distance(optimizer.update)), distanceName(state.name)),
        initial: fromStartOf(state),
      })),
    ],
    quantities: [
      ...optimizer.quantities.map(each => ({ ...each, body: fromStart(each.body, names, true) })),
      ...named.map(namedPoint),
    ],
    update: start(optimizer.update),
  };
}

/** No LaTeX name begins like these. */
/** Whether the name is that of a distance from the parameters. */
export const isDistanceName = (name: string): boolean => name.startsWith('#');
const distanceName = (name: string): string => `#${name}`;
const lagName = (name: string): string => `#lag:${name}`;
const component = index(COMPONENT);
const here = iterate(component, index(ITERATION));

/** The values from which a step starts, w^{(n)}, by their distance from θ^{(n)}; earlier ones too in rows that may be used at a later label. */
const fromStart = (formula: Formula, names: ReadonlySet<string>, earlier = false): Formula =>
  names.size === 0
    ? formula
    : rewrite(formula, node => {
        if (node.kind !== 'quantity' || !names.has(node.name)) return node;
        const [label] = node.labels;
        const [at] = node.indices;
        const offset = label === undefined ? null : offsetFromIteration(label);
        if (label === undefined || at === undefined || offset === null) return node;
        if (offset !== 0 && !(earlier && offset < 0)) return node;
        return addition(iterate(at, label), quantity(lagName(node.name), [at], [label]));
      });

/** The distance of the first value: nothing where it is θ^{(0)}. */
const fromStartOf = (state: StateRow): Formula => {
  const { initial } = state;
  const isNothing = initial.kind === 'number' && initial.value.isZero();
  // A value that is made of itself alone, y = θ − h∇R(y), has none before the first step.
  const isStart =
    (isNothing && readsOwnNewValue(state)) ||
    (initial.kind === 'iterate' &&
      initial.component.kind === 'index' &&
      initial.component.name === COMPONENT &&
      (initial.label === null || constantLabel(initial.label) === 0 || offsetFromIteration(initial.label) === 0));
  return isStart ? number(0) : subtraction(initial, here);
};

const distanceState = (state: StateRow, right: Formula): StateRow => ({
  ...state,
  name: distanceName(state.name),
  right,
  initial: fromStartOf(state),
});

/** d − step, where the step of the parameters contains c·d: (1 − c)d less the rest of the step. */
function behind(step: Formula, name: string): Formula {
  const own = quantity(name, [component], [iterationPlus(1)]);
  const isDistance = (node: Formula): boolean =>
    node.kind === 'quantity' &&
    node.name === name &&
    node.labels[0] !== undefined &&
    offsetFromIteration(node.labels[0]) === 1 &&
    node.indices[0]?.kind === 'index' &&
    node.indices[0].name === COMPONENT;
  const share = linearCoefficient(step, isDistance, new Map());
  if (share === null || share === 'nonlinear') return subtraction(own, step);
  const kept =
    share.kind === 'divide'
      ? divide(subtraction(share.denominator, share.numerator), share.denominator)
      : subtraction(number(1), share);
  const rest = withoutTerms(step, isDistance);
  return rest === null ? multiplication(kept, own) : subtraction(multiplication(kept, own), rest);
}

/** A formula that is linear in what is accepted, at its value zero; null where nothing is left. */
function withoutTerms(formula: Formula, is: (node: Formula) => boolean): Formula | null {
  if (is(formula)) return null;
  if (linearCoefficient(formula, is, new Map()) === null) return formula;
  switch (formula.kind) {
    case 'add': {
      const terms = formula.terms.map(term => withoutTerms(term, is)).filter(term => term !== null);
      return terms.length === 0 ? null : addition(...terms);
    }
    case 'negate': {
      const inner = withoutTerms(formula.argument, is);
      return inner && negation(inner);
    }
    case 'multiply': {
      const factors = formula.factors.map(factor => withoutTerms(factor, is));
      const kept = factors.filter(factor => factor !== null);
      return kept.length < factors.length ? null : multiplication(...kept);
    }
    case 'divide': {
      const inner = withoutTerms(formula.numerator, is);
      return inner && divide(inner, formula.denominator);
    }
    default:
      return formula;
  }
}

/** The formula with the parameters that the step makes written out. */
const withUpdate = (formula: Formula, update: Formula): Formula =>
  rewrite(formula, node => {
    if (node.kind !== 'iterate' || node.label === null || offsetFromIteration(node.label) !== 1) return node;
    return replaceIndex(update, COMPONENT, node.component);
  });

const namedPoint = (state: StateRow): Definition => ({
  name: state.name,
  indices: [COMPONENT],
  indexSorts: ['coordinate'],
  labels: [ITERATION],
  body: addition(
    iterate(component, iterationPlus(-1)),
    quantity(distanceName(state.name), [component], [index(ITERATION)]),
  ),
  span: state.span,
});
