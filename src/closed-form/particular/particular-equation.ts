/**
 * A modified equation with one loss that is written out: its right side component by component in factors, the function whose gradient it is,
 * its fixed points and the linearisation there.
 */
import { attempt } from '../../base/problem.ts';
import {
  commonMonomial,
  dividedByMonomial,
  multiplyPolynomials,
  type Polynomial,
  variablesOf,
} from '../../algebra/polynomial.ts';
import {
  divideFractions,
  type Fraction,
  isZeroFraction,
  multiplyFractions,
  subtractFractions,
} from '../../algebra/rational-function.ts';
import { beforeFirstOf } from '../../notation/before-first.ts';
import { NO_ASSUMPTIONS } from '../../expression/arithmetic/assumptions.ts';
import { power } from '../../expression/arithmetic/power.ts';
import { differentiate, partialRule } from '../../expression/calculus/differentiate.ts';
import { coefficient } from '../../expression/calculus/series.ts';
import { add, type Expression, factorExpression, isZero, multiply } from '../../expression/core/expression.ts';
import { exponentOf, integerExponent } from '../../expression/core/factor.ts';
import { FormulaReader } from '../../expression/read/from-formula.ts';
import { componentsWithLoss, lossExpression } from '../../expression/read/with-loss.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import * as build from '../../formula/build.ts';
import { children, withChildren } from '../../formula/walk.ts';
import type { TypedLoss } from '../../formula/typed-loss.ts';
import { constantForm } from '../../number/linear-form.ts';
import { Rational } from '../../number/rational.ts';
import type { Declaration, Optimizer } from '../../optimizer/model.ts';
import { mapWrittenOut } from '../../rewrite/map-deep.ts';
import { fractionExpression } from '../../rewrite/fraction-expression.ts';
import { closedOptions } from '../writing-options.ts';
import { LossAlgebra } from './factored.ts';
import { type FixedPoints, fixedPointsOf, type SolvedValue } from './fixed-points.ts';
import { potentialOfPolynomials } from './potential-of-polynomials.ts';
import { eigenvaluesOf, type Stability, stabilityOf } from './stability.ts';

/** The equation that is given: of the full batch, perhaps for n → ∞. */
export interface EquationOfLoss {
  readonly optimizer: Optimizer;
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

/** θ_i of a fixed point: a formula, ± a root, or free. */
export interface WrittenComponent {
  readonly component: number;
  readonly value: Formula | null;
  readonly isBothSigns: boolean;
}

export interface WrittenPoint {
  readonly components: readonly WrittenComponent[];
  /** What may not vanish. */
  readonly nonzero: readonly Formula[];
  /** Whether every coefficient that is printed vanishes there, not only the first. */
  readonly isExact: boolean;
  /** With multiplicities; null where they are not found. `root` is what stands behind ±. */
  readonly eigenvalues:
    | readonly { readonly value: Formula; readonly root: Formula | null; readonly count: number }[]
    | null;
  readonly stability: Stability;
}

export interface ParticularEquation {
  readonly loss: TypedLoss;
  readonly symbols: readonly Declaration[];
  /** components[i][q]: the coefficient of h^q in \dot\theta_{i+1}. */
  readonly components: readonly (readonly Formula[])[];
  /** potential[q]: the coefficient of h^q in the function whose gradient flow it is; null where it is none. */
  readonly potential: readonly Formula[] | null;
  /** null where the field is not algebraic. */
  readonly fixedPoints: { readonly points: readonly WrittenPoint[]; readonly complete: boolean } | null;
}

/** The variable of h in eigenvalues; no name in a document begins so. */
const STEP = '#h';

/** The equation with the loss put in. Refuses what is not written component by component. */
export function particularEquation(
  { optimizer, coefficients, definitions }: EquationOfLoss,
  loss: TypedLoss,
  symbols: readonly Declaration[],
): ParticularEquation {
  const declarations = [...optimizer.declarations, ...symbols];
  const options = closedOptions(new Set(declarations.map(({ name }) => name)), () => null);
  const meaning = { declarations, order: 0, fullBatch: true, ...beforeFirstOf(optimizer) };
  const reader = new FormulaReader({ ...meaning, definitions });
  const at = componentsWithLoss(loss, declarations);
  const own = Array.from({ length: loss.components }, (_, place) => place + 1);
  const read = coefficients.map(formula => coefficient(reader.read(formula), 0));
  const field = own.map(component => read.map(value => at(value, component)));
  const algebra = new LossAlgebra(loss.formula, new FormulaReader({ ...meaning, definitions: [] }), options);
  const ids = own.map(component => variableOf(component, algebra));
  const fractions = field.map(row => row.map(value => whole(() => algebra.fraction(value))));
  return {
    loss,
    symbols,
    components: field.map(row => row.map(value => algebra.write(value))),
    potential: potentialOfField(fractions, ids, algebra, lossExpression(loss, declarations)),
    fixedPoints: fixedPoints(field, fractions, ids, algebra, declarations),
  };
}

const whole = <T>(action: () => T | null): T | null => {
  const outcome = attempt(action);
  return outcome.ok ? outcome.value : null;
};

const pointOf = (component: number): Expression =>
  factorExpression({ kind: 'point', coordinate: constantForm(component), at: null });

function variableOf(component: number, algebra: LossAlgebra): number {
  const [id] = variablesOf(algebra.fraction(pointOf(component))?.above ?? []);
  if (id === undefined) throw new Error('a component is a variable');
  return id;
}

function potentialOfField(
  fractions: readonly (readonly (Fraction | null)[])[],
  ids: readonly number[],
  algebra: LossAlgebra,
  loss: Expression,
): Formula[] | null {
  const orders = fractions[0]?.length ?? 0;
  const found: Formula[] = [];
  for (let q = 0; q < orders; q += 1) {
    const row = fractions.flatMap(each => each[q] ?? []);
    if (row.length < ids.length || row.some(each => holdsOther(each, ids, algebra))) return null;
    const potential = potentialOfPolynomials(row, ids);
    if (potential === null) return null;
    found.push(algebra.writeFraction(q === 0 ? withConstantOf(loss, potential, ids, algebra) : potential));
  }
  return found;
}

/** A multiple of the loss, but for a constant, with that constant: ½(y − θ_1)² rather than ½θ_1² − yθ_1. */
function withConstantOf(loss: Expression, potential: Fraction, ids: readonly number[], algebra: LossAlgebra): Fraction {
  const whole = algebra.fraction(loss);
  if (whole === null || isZeroFraction(potential)) return potential;
  const constant = {
    ...whole,
    above: whole.above.filter(({ monomial }) => !monomial.some(([id]) => ids.includes(id))),
  };
  const scale = divideFractions(potential, subtractFractions(whole, constant), each => algebra.factors(each));
  return holdsComponent(scale, ids) ? potential : multiplyFractions(scale, whole);
}

const holdsComponent = ({ above, below }: Fraction, ids: readonly number[]): boolean =>
  [above, ...below.map(({ base }) => base)].some(each => variablesOf(each).some(id => ids.includes(id)));

/** Whether a root of something that depends on θ stands in the fraction. */
const holdsOther = ({ above, below }: Fraction, ids: readonly number[], algebra: LossAlgebra): boolean =>
  [...variablesOf(above), ...below.flatMap(({ base }) => variablesOf(base))].some(
    id => !ids.includes(id) && dependsOnPoint(id, algebra),
  );

function dependsOnPoint(id: number, algebra: LossAlgebra): boolean {
  const variable = algebra.variables.get(id);
  return variable.kind === 'local' && !['symbol', 'integer', 'index', 'schedule'].includes(variable.factor.kind);
}

function fixedPoints(
  field: readonly (readonly Expression[])[],
  fractions: readonly (readonly (Fraction | null)[])[],
  ids: readonly number[],
  algebra: LossAlgebra,
  declarations: readonly Declaration[],
): ParticularEquation['fixedPoints'] {
  const polynomials = fractions.map(([first]) => (first ? numerator(first, ids, algebra) : null));
  if (polynomials.some(each => each === null)) return null;
  const { points, complete } = fixedPointsOf(
    polynomials.flatMap(each => (each === null ? [] : [each])),
    ids,
    algebra,
  );
  const known = points.filter(each => vanishes(field, each, ids, algebra, row => row.slice(0, 1)));
  return {
    points: known.map(each => written(each, field, ids, algebra, declarations)),
    complete: complete && known.length === points.length,
  };
}

/** What vanishes where the fraction does; roots in front of it do not. */
function numerator(fraction: Fraction, ids: readonly number[], algebra: LossAlgebra): Polynomial | null {
  const roots = commonMonomial(fraction.above).filter(([id]) => !ids.includes(id) && dependsOnPoint(id, algebra));
  const above = dividedByMonomial(fraction.above, roots);
  return holdsOther({ above, below: [] }, ids, algebra) ? null : above;
}

/** The factors of a polynomial that depend on the components. */
function componentsIn(polynomial: Polynomial, ids: readonly number[], algebra: LossAlgebra): Polynomial {
  const { monomial, powers } = algebra.factors(polynomial);
  const isOfComponents = (base: Polynomial): boolean => variablesOf(base).some(id => ids.includes(id));
  const front = [{ coefficient: Rational.one, monomial: monomial.filter(([id]) => ids.includes(id)) }];
  return powers.flatMap(({ base }) => (isOfComponents(base) ? [base] : [])).reduce(multiplyPolynomials, front);
}

/** Whether those coefficients are zero at the point, which is asked anew of the field itself. */
const vanishes = (
  field: readonly (readonly Expression[])[],
  point: FixedPoints,
  ids: readonly number[],
  algebra: LossAlgebra,
  which: (row: readonly Expression[]) => readonly Expression[],
): boolean =>
  field.every(row =>
    which(row).every(value => whole(() => isNothing(atPoint(value, point, ids, algebra), algebra)) === true),
  );

function written(
  point: FixedPoints,
  field: readonly (readonly Expression[])[],
  ids: readonly number[],
  algebra: LossAlgebra,
  declarations: readonly Declaration[],
): WrittenPoint {
  const put = (value: Expression): Expression => atPoint(value, point, ids, algebra);
  const isExact = vanishes(field, point, ids, algebra, row => row);
  const matrix = field.map(row => ids.map((_, k) => whole(() => algebra.fraction(put(jacobian(row, k + 1))))));
  const entries = matrix.map(row => row.flatMap(entry => entry ?? []));
  const isWhole = entries.every(row => row.length === ids.length);
  const eigenvalues = isWhole && isExact ? whole(() => eigenvaluesOf(entries, algebra)) : null;
  const step = algebra.variables.symbol(STEP);
  return {
    components: ids.map((id, place) => writtenComponent(place + 1, point.values.get(id), algebra)),
    nonzero: point.nonzero.map(each => algebra.writeFraction({ above: componentsIn(each, ids, algebra), below: [] })),
    isExact,
    eigenvalues:
      eigenvalues?.map(({ centre, radicand, count }) => ({
        value: withStep(algebra.writeFraction(centre)),
        root: radicand && build.root(withStep(algebra.writeFraction(radicand))),
        count,
      })) ?? null,
    stability:
      eigenvalues === null
        ? 'open'
        : stabilityOf(eigenvalues, step, point.free.length, algebra, id => isPositive(id, algebra, declarations)),
  };
}

/** Σ_q h^q ∂_kf_q. */
const jacobian = (row: readonly Expression[], k: number): Expression =>
  add(
    ...row.map((value, q) =>
      multiply(
        differentiate(value, partialRule(constantForm(k))),
        ...(q === 0 ? [] : [factorExpression({ kind: 'symbol', name: STEP }, exponentOf(q))]),
      ),
    ),
  );

function isNothing(value: Expression, algebra: LossAlgebra): boolean {
  if (isZero(value)) return true;
  const fraction = algebra.fraction(value);
  return fraction !== null && isZeroFraction(fraction);
}

function atPoint(value: Expression, { values }: FixedPoints, ids: readonly number[], algebra: LossAlgebra): Expression {
  return mapWrittenOut(value, NO_ASSUMPTIONS, ({ factor, exponent }) => {
    if (factor.kind !== 'point') return null;
    const component = factor.coordinate.constant;
    const solved = values.get(ids[component - 1] ?? -1);
    const count = integerExponent(exponent);
    if (solved === undefined || count === null) return null;
    if (solved.kind === 'value') return raised(fractionExpression(solved.value, algebra.variables), count);
    const even = raised(fractionExpression(solved.square, algebra.variables), Math.floor(count / 2));
    return count % 2 === 0 ? even : multiply(even, pointOf(component));
  });
}

/** A whole power, multiplied out where it is positive, so that sums in it cancel. */
const raised = (base: Expression, count: number): Expression =>
  count > 0 ? multiply(...Array.from({ length: count }, () => base)) : power(base, Rational.of(count), NO_ASSUMPTIONS);

function writtenComponent(component: number, solved: SolvedValue | undefined, algebra: LossAlgebra): WrittenComponent {
  if (solved === undefined) return { component, value: null, isBothSigns: false };
  if (solved.kind === 'value') return { component, value: algebra.writeFraction(solved.value), isBothSigns: false };
  return { component, value: build.root(algebra.writeFraction(solved.square)), isBothSigns: true };
}

const withStep = (formula: Formula): Formula =>
  formula.kind === 'parameter' && formula.name === STEP
    ? build.step
    : withChildren(formula, children(formula).map(withStep));

function isPositive(id: number, algebra: LossAlgebra, declarations: readonly Declaration[]): boolean {
  const variable = algebra.variables.get(id);
  const name = variable.kind === 'symbol' || variable.kind === 'power' ? variable.name : null;
  const declared = declarations.find(each => each.name === name);
  return declared?.kind === 'scalar' && declared.domain.lower !== null && declared.domain.lower.sign() >= 0;
}
