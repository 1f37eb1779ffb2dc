/** Losses, gradients and the points that they are taken at, as series in h. */
import { refuse } from '../../base/problem.ts';
import type { DerivativeNode, Formula, LossNode, Vector, IterateNode } from '../../formula/formula.ts';
import { type LinearForm, variableForm } from '../../number/linear-form.ts';
import { differentiate, partialRule } from '../calculus/differentiate.ts';
import { type Expression, factorExpression, substituteIndices } from '../core/expression.ts';
import { formOf, type Letters } from '../core/index-form.ts';
import { lossAt } from './loss-at.ts';
import { openIndex } from '../core/indices.ts';
import { coefficient, mapSeries, type Series } from '../calculus/series.ts';
import { expandAtShift, startOf } from '../calculus/shifted-point.ts';
import { type Displacement, displacedSeries } from '../calculus/taylor.ts';
import type { FormulaReader } from './from-formula.ts';

/** The partial derivatives by the current θ or by the point with the label. */
function derivativeBy(by: readonly LinearForm[], series: Series, label?: number): Series {
  return by.reduce((inner, coordinate) => {
    const rule = partialRule(coordinate, label);
    return mapSeries(inner, value => differentiate(value, rule));
  }, series);
}

/** θ_c, at its label where labels are known. */
export function readIterate(node: IterateNode, letters: Letters, reader: FormulaReader): Series {
  const coordinate = formOf(node.component, letters);
  const label = node.label === null ? null : formOf(node.label, letters);
  return (
    reader.meaning.iterate?.(coordinate, label, reader.order) ?? [
      factorExpression({ kind: 'point', coordinate, at: label }),
    ]
  );
}

/** The series of ∇ of a loss, of a quantity or of a group, at the point that it names. */
export function readDerivative(node: DerivativeNode, letters: Letters, reader: FormulaReader): Series {
  const by = node.by.map(index => formOf(index, letters));
  const { argument, point } = node;
  if (point === undefined) {
    if (argument.kind === 'loss' && node.asked === undefined) return readLoss(argument, by, letters, reader);
    return derivativeBy(by, reader.series(argument, letters));
  }
  // The point is a letter of its own while the derivative is taken; then it is inserted.
  const label = openIndex('history');
  const inner = reader.series(argument, new Map(letters).set(point.letter, variableForm(label)));
  return insertPoint(derivativeBy(by, inner, label), label, point.at, letters, node, reader);
}

/** ∇_{coordinates}E at a point that is θ^{(k)} plus O(h), by Taylor expansion in the O(h) part. */
export function readLoss(
  node: LossNode,
  coordinates: readonly LinearForm[],
  letters: Letters,
  reader: FormulaReader,
): Series {
  const { label, shift } = pointOf(node.at, letters, node, reader);
  return expandAtShift(
    lossAt(node, label, letters, reader.meaning, reader.assumptions.indices),
    coordinates,
    shift,
    reader.order,
  );
}

/** A point as θ^{(label)} + Σ_{q≥1} h^q shift_q. */
function pointOf(
  at: Vector,
  letters: Letters,
  node: Formula,
  reader: FormulaReader,
): { readonly label: LinearForm | null; readonly shift: (q: number, coordinate: LinearForm) => Expression } {
  const component = openIndex('coordinate');
  const read = (): Series => reader.series(at.body, new Map(letters).set(at.index, variableForm(component)));
  const grouped = read();
  // (1−α)θ + αθ is θ only when 1−α is multiplied out.
  const series = startOf(grouped, component) === null ? reader.multipliedOut(read) : grouped;
  const start =
    startOf(series, component) ??
    refuse(
      'shift-not-small',
      'the point of a gradient must be θ up to a shift of order h',
      node.span,
      'Of two sequences that feed each other make one a difference, a state of its own with the row that the two rows make, as d_t of z_t = x_t + d_t.',
    );
  return {
    label: start.at,
    shift: (q, coordinate) => substituteIndices(coefficient(series, q), new Map([[component, coordinate]])),
  };
}

/** The series with the points of the label taken to the point `at`, by Taylor's formula in what `at` has of order h. */
function insertPoint(
  series: Series,
  label: number,
  at: Vector,
  letters: Letters,
  node: Formula,
  reader: FormulaReader,
): Series {
  const to = pointOf(at, letters, node, reader);
  const displacement: Displacement = {
    only: { label, to: to.label },
    at: (q, _, coordinate) => to.shift(q, coordinate),
    assumptions: reader.assumptions,
    known: new Map(),
  };
  const { order } = reader;
  return mapSeries(displacedSeries(series, order, displacement), value => value);
}
