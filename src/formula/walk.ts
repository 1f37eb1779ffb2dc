/**
 * The children of a node and its rebuilding from other children, so that walks need no switch of their own.
 *
 * Children come in the order of the text. The body of a {@link Vector} is a child of the node that holds the vector; its
 * formal index is bound there, as a Σ binds its own in the body (but not in the bounds).
 */
import type { Formula, Vector } from './formula.ts';

const bodyOf = (vector: Vector | null): Formula[] => (vector ? [vector.body] : []);
const optional = (formula: Formula | null): Formula[] => (formula ? [formula] : []);

export function children(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'parameter':
    case 'step':
    case 'index':
      return [];
    case 'add':
      return formula.terms;
    case 'multiply':
      return formula.factors;
    case 'extremum':
      return formula.arguments;
    case 'negate':
    case 'absolute':
    case 'call':
    case 'parameter-derivative':
      return [formula.argument];
    case 'divide':
      return [formula.numerator, formula.denominator];
    case 'power':
      return [formula.base, formula.exponent];
    case 'root':
      return [formula.radicand];
    case 'sum':
    case 'product':
      return [formula.lower, formula.upper, formula.body];
    case 'iterate':
      return [formula.component, ...optional(formula.label)];
    case 'loss':
      return [...optional(formula.batch), formula.at.body];
    case 'derivative':
      return [
        ...formula.by,
        ...bodyOf(formula.asked?.by ?? null),
        ...bodyOf(formula.point?.at ?? null),
        formula.argument,
      ];
    case 'quantity':
      return [...formula.indices, ...formula.labels, ...bodyOf(formula.at)];
    case 'vector-call':
      return [...optional(formula.component), ...formula.by, formula.argument.body];
    case 'schedule':
      return [formula.index];
    case 'norm':
      return [...optional(formula.perturbation), formula.argument.body];
  }
}

/** The node with `replaced` in place of its {@link children}, which must be as many. */
export function withChildren(formula: Formula, replaced: readonly Formula[]): Formula {
  const expected = children(formula).length;
  if (replaced.length !== expected) throw new Error(`${formula.kind} has ${expected} children, not ${replaced.length}`);
  let used = 0;
  const take = (): Formula => {
    const next = replaced[used++];
    if (!next) throw new Error('a child is missing');
    return next;
  };
  const takeAll = (old: readonly Formula[]): Formula[] => old.map(take);
  const takeIf = (old: Formula | null): Formula | null => (old ? take() : null);
  const takeBody = (vector: Vector): Vector => ({ index: vector.index, body: take() });
  switch (formula.kind) {
    case 'number':
    case 'parameter':
    case 'step':
    case 'index':
      return formula;
    case 'add':
      return { ...formula, terms: replaced };
    case 'multiply':
      return { ...formula, factors: replaced };
    case 'extremum':
      return { ...formula, arguments: replaced };
    case 'negate':
    case 'absolute':
    case 'call':
    case 'parameter-derivative':
      return { ...formula, argument: take() };
    case 'divide':
      return { ...formula, numerator: take(), denominator: take() };
    case 'power':
      return { ...formula, base: take(), exponent: take() };
    case 'root':
      return { ...formula, radicand: take() };
    case 'sum':
    case 'product':
      return { ...formula, lower: take(), upper: take(), body: take() };
    case 'iterate':
      return { ...formula, component: take(), label: takeIf(formula.label) };
    case 'loss':
      return { ...formula, batch: takeIf(formula.batch), at: takeBody(formula.at) };
    case 'derivative': {
      const { asked, point } = formula;
      return {
        ...formula,
        by: takeAll(formula.by),
        ...(asked === undefined ? {} : { asked: { by: asked.by && takeBody(asked.by) } }),
        ...(point === undefined ? {} : { point: { letter: point.letter, at: takeBody(point.at) } }),
        argument: take(),
      };
    }
    case 'quantity':
      return {
        ...formula,
        indices: takeAll(formula.indices),
        labels: takeAll(formula.labels),
        at: formula.at ? takeBody(formula.at) : null,
      };
    case 'vector-call':
      return {
        ...formula,
        component: takeIf(formula.component),
        by: takeAll(formula.by),
        argument: takeBody(formula.argument),
      };
    case 'schedule':
      return { ...formula, index: take() };
    case 'norm':
      return { ...formula, perturbation: takeIf(formula.perturbation), argument: takeBody(formula.argument) };
  }
}
