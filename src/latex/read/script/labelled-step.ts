/**
 * A step with a label divided by the step: \eta_t/\eta = \sigma_t, \eta_t^2/(2\eta) = \eta\sigma_t^2/2. The step is taken out where the
 * quotient is read, since nothing later divides by it.
 */
import { number, toPower, productOfFactors } from '../../../formula/build.ts';
import type { DivideNode, Formula } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';

/** The quotient without the step that both sides have; as it is where there is none, or no label. */
export function withoutStep(quotient: DivideNode): Formula {
  const factors = factorsOf(quotient.numerator);
  const divisors = factorsOf(quotient.denominator);
  const at = factors.findIndex(factor => withStepTaken(factor) !== null);
  const step = divisors.findIndex(({ kind }) => kind === 'step');
  const labelled = factors[at];
  const taken = labelled && withStepTaken(labelled);
  if (!taken || step === -1) return quotient;
  const numerator = productOfFactors(factors.map((factor, place) => (place === at ? taken : factor)));
  const rest = divisors.filter((_, place) => place !== step);
  if (rest.length === 0) return { ...numerator, span: quotient.span };
  return { ...quotient, numerator, denominator: productOfFactors(rest) };
}

const factorsOf = (formula: Formula): readonly Formula[] =>
  formula.kind === 'multiply' && scheduleOf(formula) === null ? formula.factors : [formula];

/** σ_t of \eta_t = \eta \sigma_t. */
function scheduleOf(formula: Formula): Formula | null {
  const [step, schedule, ...more] = formula.kind === 'multiply' ? formula.factors : [];
  return step?.kind === 'step' && schedule?.kind === 'schedule' && more.length === 0 ? schedule : null;
}

/** \eta_t and its powers with one step less; null for anything else. */
function withStepTaken(formula: Formula): Formula | null {
  const schedule = scheduleOf(formula);
  if (schedule !== null) return schedule;
  if (formula.kind !== 'power' || formula.exponent.kind !== 'number') return null;
  const base = scheduleOf(formula.base);
  const times = formula.exponent.value;
  if (base === null || !times.isInteger() || times.sign() <= 0) return null;
  const less = times.add(Rational.of(-1));
  return productOfFactors([toPower({ kind: 'step', span: null }, number(less)), toPower(base, number(times))]);
}
