/** By which points the derivatives of a claim are taken: its own definitions and the rows of its optimizer are known. */
import type { Definition, Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { labelledQuantities } from '../../optimizer/checks/current-points.ts';
import { DerivativeDecision } from '../../optimizer/checks/decide-derivatives.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { stateDependence } from '../../optimizer/checks/state-reach.ts';
import type { Condition, Statement } from '../model.ts';

/** The decision for a claim with these definitions; a definition hides the optimizer's row of its name. */
export function derivativesOf(optimizer: Optimizer | null, definitions: readonly Definition[]): DerivativeDecision {
  const own = new Map(definitions.map(each => [each.name, each]));
  const rows = new Map((optimizer === null ? [] : labelledQuantities(optimizer)).map(each => [each.name, each]));
  const states = new Set(optimizer?.states.map(({ name }) => name));
  const points = new Set([...(optimizer?.points ?? [])].filter(name => !own.has(name)));
  for (const each of definitions) if (isShiftedPoint(each, points)) points.add(each.name);
  return new DerivativeDecision({
    definition: name => own.get(name) ?? rows.get(name),
    isPoint: name => points.has(name),
    isState: name => states.has(name) && !own.has(name),
    stateDependsOn: stateDependence(optimizer),
    hasCurrent: true,
  });
}

/** y := θ − h∇E(θ): a vector that is a point plus something. */
function isShiftedPoint({ indices, indexSorts, body }: Definition, points: ReadonlySet<string>): boolean {
  const [component] = indices;
  if (indices.length !== 1 || indexSorts[0] !== 'coordinate' || component === undefined) return false;
  const isPoint = (formula: Formula): boolean => {
    const own =
      formula.kind === 'iterate' ? formula.component : formula.kind === 'quantity' ? formula.indices[0] : null;
    const isNamed = formula.kind === 'iterate' || (formula.kind === 'quantity' && points.has(formula.name));
    return isNamed && own?.kind === 'index' && own.name === component;
  };
  return isPoint(body) || (body.kind === 'add' && body.terms.filter(isPoint).length === 1);
}

/** Vectors of a claim that are no points: behind \nabla^2E they could be what it is applied to. */
export function fieldsOf(definitions: readonly Definition[]): Set<string> {
  const points = new Set<string>();
  for (const each of definitions) if (isShiftedPoint(each, points)) points.add(each.name);
  return new Set(
    definitions
      .filter(({ name, indices, indexSorts, body }) => {
        const isVector = indices.length === 1 && indexSorts[0] === 'coordinate' && !points.has(name);
        return isVector && !showsPoint(body);
      })
      .map(({ name }) => name),
  );
}

/** Whether θ stands in the formula otherwise than as the point of a loss or a quantity. */
const showsPoint = (formula: Formula): boolean =>
  formula.kind === 'iterate' ||
  (formula.kind !== 'loss' &&
    formula.kind !== 'quantity' &&
    formula.kind !== 'vector-call' &&
    children(formula).some(showsPoint));

/** The statement with its derivatives decided. */
export const decideStatement = <S extends Statement>(statement: S, decision: DerivativeDecision): S => ({
  ...statement,
  left: decision.decide(statement.left),
  right: decision.decide(statement.right),
  condition: statement.condition && decideCondition(statement.condition, decision),
});

export const decideCondition = (condition: Condition, decision: DerivativeDecision): Condition => ({
  ...condition,
  comparisons: condition.comparisons.map(({ left, relation, right }) => ({
    left: decision.decide(left),
    relation,
    right: decision.decide(right),
  })),
});
