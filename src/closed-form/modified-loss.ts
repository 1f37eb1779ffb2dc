/** Right sides that are −scale · ∇_j(E + h c‖·‖ + …): the flow of a modified loss, up to a factor of its own per component. */
import { isMean, readingOf } from '../notation/settings.ts';
import { beforeFirstOf } from '../notation/before-first.ts';
import { Pot } from '../base/pot.ts';
import { withNorms } from '../derivation/norms.ts';
import { potentialOf } from '../derivation/potential.ts';
import { unfold } from '../rewrite/unfold.ts';
import { writeClosed } from './write-closed.ts';
import { Budget } from '../base/budget.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import { isZero, subtract } from '../expression/core/expression.ts';
import { FormulaReader } from '../expression/read/from-formula.ts';
import { coefficient } from '../expression/calculus/series.ts';
import type { WriterOptions } from '../expression/write/to-formula.ts';
import * as build from '../formula/build.ts';
import type { Formula } from '../formula/formula.ts';
import type { ModifiedEquation } from '../derivation/derive.ts';
import { Rational } from '../number/rational.ts';
import { multiplyMonomials, polynomialOf, variablesOf } from '../algebra/polynomial.ts';
import type { Variables } from '../rewrite/polynomial-variables.ts';
import { testZero } from '../prove/zero/zero-test.ts';
import { divideFractions, type Fraction, scaleFraction } from '../algebra/rational-function.ts';
import { type ClosedTerm, closedTerms } from './closed-terms.ts';
import { gradientOf } from './recognise.ts';
import { FractionWriter } from './write-fraction.ts';
import { inlineOptions } from './writing-options.ts';

/** A coefficient of the flow as it is written, with its terms where they are known. */
export interface WrittenCoefficient {
  readonly formula: Formula;
  readonly terms: readonly ClosedTerm[] | null;
}

/** Work for the proof that the gradient of the modified loss is the right side. */
const STEPS = 20_000;

/** The right side of a flow as the gradient of a modified loss, proved to be equal; null where it is none. */
export function modifiedLoss(
  { form, optimizer, setting }: ModifiedEquation,
  coefficients: readonly WrittenCoefficient[],
): Formula | null {
  if (form !== 'flow') return null;
  const terms = coefficients.flatMap(each => (each.terms === null ? [] : [each.terms]));
  const whole = terms.length === coefficients.length ? gradientOfLoss(terms, inlineOptions(optimizer)) : null;
  if (whole === null) return null;
  const meaning = {
    declarations: optimizer.declarations,
    definitions: [],
    order: coefficients.length - 1,
    ...readingOf(setting),
  };
  const read = new FormulaReader(meaning).read(whole);
  const assumptions = assumptionsOf(optimizer.declarations);
  const isRight = coefficients.every(({ formula }, q) => {
    const own = new FormulaReader({ ...meaning, order: 0 }).read(formula);
    return (
      testZero(subtract(coefficient(read, q), coefficient(own, 0)), assumptions, new Budget(STEPS)).kind === 'zero'
    );
  });
  return isRight ? whole : null;
}

function gradientOfLoss(coefficients: readonly (readonly ClosedTerm[])[], options: WriterOptions): Formula | null {
  const [zeroth = [], ...higher] = coefficients;
  const [first] = zeroth;
  if (zeroth.length !== 1 || first === undefined || higher.flat().length === 0) return null;
  const scale = scaleOf(first);
  if (scale === null) return null;
  const parts: Formula[] = [];
  for (const [q, terms] of higher.entries()) {
    for (const term of terms) {
      const part = correction(term, scale, first.variables, q + 1, options);
      if (part === null) return null;
      parts.push(part);
    }
  }
  const gradient = gradientOf(build.addition(build.loss(null), ...parts));
  return new FractionWriter(first.variables, options).formula(scaleFraction(scale, Rational.minusOne), [gradient]);
}

/** scale of −scale · ∇_jE. */
function scaleOf({ fraction, variables, potentials, sums }: ClosedTerm): Fraction | null {
  if (potentials.length + sums.length > 0) return null;
  const slope = variablesOf(fraction.above).find(id => isSlope(variables, id));
  if (slope === undefined) return null;
  const above = fraction.above.map(({ coefficient, monomial }) => ({
    coefficient: coefficient.negate(),
    monomial: multiplyMonomials(monomial, [[slope, 1]], -1),
  }));
  return { above, below: fraction.below };
}

function isSlope(variables: Variables, id: number): boolean {
  const variable = variables.get(id);
  return variable.kind === 'local' && variable.factor.kind === 'loss' && variable.factor.coordinates.length === 1;
}

/** h^q c‖·‖ of −scale · ∇_j(h^q c‖·‖), with c free of components. */
function correction(
  { fraction, variables, potentials, sums }: ClosedTerm,
  scale: Fraction,
  own: Variables,
  q: number,
  options: WriterOptions,
): Formula | null {
  const [potential] = potentials;
  const translated = translate(fraction, variables, own);
  if (potentials.length !== 1 || potential === undefined || sums.length > 0 || translated === null) return null;
  const ratio = scaleFraction(divideFractions(translated, scale, own.factor), Rational.minusOne);
  const ids = [...variablesOf(ratio.above), ...ratio.below.flatMap(({ base }) => variablesOf(base))];
  if (ids.some(id => !isScalarVariable(own, id))) return null;
  const step = q === 1 ? build.step : build.toPower(build.step, build.number(q));
  return new FractionWriter(own, options).scaledBy(ratio, step, [potential]);
}

/** Hyperparameters, indices, and roots of hyperparameters. */
function isScalarVariable(variables: Variables, id: number): boolean {
  const variable = variables.get(id);
  return variable.kind !== 'local' || variable.factor.kind === 'symbol' || variable.factor.kind === 'integer';
}

/** The fraction in the variables of another coefficient. */
function translate({ above, below }: Fraction, from: Variables, to: Variables): Fraction | null {
  const polynomial = (terms: Fraction['above']): Fraction['above'] | null => {
    const moved = terms.map(({ coefficient, monomial }) => ({
      coefficient,
      monomial: to.monomialOf(from.factorPowers(monomial)),
    }));
    return moved.every(({ monomial }) => monomial !== null)
      ? polynomialOf(moved.map(({ coefficient, monomial }) => ({ coefficient, monomial: monomial ?? [] })))
      : null;
  };
  const top = polynomial(above);
  const bottoms = below.map(({ base, count }) => ({ base: polynomial(base), count }));
  if (top === null || bottoms.some(({ base }) => base === null)) return null;
  return { above: top, below: bottoms.map(({ base, count }) => ({ base: base ?? [], count })) };
}

/** Units of work for a potential. */
const WORK = 400_000;

/** −∇_j(V_0 + hV_1 + …) for a flow whose coefficients have no names in them; null where no such function is found. */
export function potentialLoss(
  { form, optimizer, setting }: ModifiedEquation,
  formulas: readonly Formula[],
): Formula | null {
  if (form !== 'flow') return null;
  return new Pot(WORK, WORK).within(() => {
    const { declarations } = optimizer;
    const meaning = {
      declarations,
      definitions: [],
      order: formulas.length - 1,
      ...readingOf(setting),
      ...(isMean(setting) ? {} : beforeFirstOf(optimizer)),
    };
    const assumptions = assumptionsOf(declarations);
    const options = inlineOptions(optimizer);
    const values = formulas.map(formula => coefficient(new FormulaReader({ ...meaning, order: 0 }).read(formula), 0));
    if (values.slice(1).every(isZero)) return null;
    const parts: Formula[] = [];
    for (const [q, value] of values.entries()) {
      const potential = potentialOf(unfold(value, new Budget(STEPS), assumptions));
      const terms = potential && closedTerms(potential, options);
      if (!terms) return null;
      const written = withNorms(writeClosed(terms, options));
      if (!isNothing(written)) parts.push(timesStep(written, q));
    }
    const whole = build.negation(gradientOf(build.addition(...parts)));
    const read = new FormulaReader(meaning).read(whole);
    const isRight = values.every(
      (value, q) => testZero(subtract(coefficient(read, q), value), assumptions, new Budget(STEPS)).kind === 'zero',
    );
    return isRight ? whole : null;
  });
}

const isNothing = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();

/** h^q in front; a minus stays in front of it. */
function timesStep(formula: Formula, q: number): Formula {
  if (q === 0) return formula;
  if (formula.kind === 'negate') return build.negation(timesStep(formula.argument, q));
  return build.multiplication(q === 1 ? build.step : build.toPower(build.step, build.number(q)), formula);
}
