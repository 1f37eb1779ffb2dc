/**
 * The real numbers of a sample that a formula reads and that can be set one at a time: scalars within their domains, values of
 * schedules, components of θ, and gradients of a loss, which are set by a linear term that is added to it.
 */
import { hasOneLoss } from '../../notation/settings.ts';
import { COMPONENT, type Formula, ITERATION, DIMENSION } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Domain } from '../../optimizer/model.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { formAt, integerFormOf } from '../stated/integer-form.ts';
import { partialAt } from './partial-at.ts';
import { sampleDimension, type Sample, type SampleSpace } from '../sample/sample.ts';

export interface Adjustable {
  readonly name: string;
  readonly domain: Domain;
  value(sample: Sample): Rational | null;
  set(sample: Sample, value: Rational): Sample;
}

const EVERYTHING: Domain = { lower: null, lowerOpen: true, upper: null, upperOpen: true };

/** The integers of a sample by their letters, for component `component`. */
export const lettersAt = (sample: Sample, component: number): ReadonlyMap<string, number> =>
  new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component], [DIMENSION, sampleDimension(sample)]]);

const integerAt = (formula: Formula, sample: Sample, component: number): number | null => {
  const form = integerFormOf(formula);
  const value = form && formAt(form, lettersAt(sample, component));
  return value?.isInteger() ? value.toNumber() : null;
};

function scalar(name: string, domain: Domain): Adjustable {
  return {
    name,
    domain,
    value: sample => sample.scalars.get(name) ?? null,
    set: (sample, value) => ({ ...sample, scalars: new Map([...sample.scalars, [name, value]]) }),
  };
}

/** With another value at one place; as they are where there is no such place, as a second component for p = 1. */
const withOne = (values: readonly Rational[], at: number, value: Rational): readonly Rational[] =>
  at in values ? values.with(at, value) : values;

export function adjustableSchedule(name: string, index: Formula, component: number): Adjustable {
  const at = (sample: Sample): number => integerAt(index, sample, component) ?? -1;
  return {
    name: `${name} at`,
    domain: EVERYTHING,
    value: sample => sample.schedules.get(name)?.[at(sample)] ?? null,
    set: (sample, value) => ({
      ...sample,
      schedules: new Map(
        [...sample.schedules].map(([own, values]) => [own, own === name ? withOne(values, at(sample), value) : values]),
      ),
    }),
  };
}

function coordinate(part: Formula, component: number): Adjustable {
  const at = (sample: Sample): number => (integerAt(part, sample, component) ?? 0) - 1;
  return {
    name: 'a component of the point',
    domain: EVERYTHING,
    value: sample => sample.theta[at(sample)] ?? null,
    set: (sample, value) => ({ ...sample, theta: withOne(sample.theta, at(sample), value) }),
  };
}

/** ∂_iE_k(θ) at the current point. */
export function adjustableGradient(batch: Formula | null, by: Formula, component: number): Adjustable {
  const place = (sample: Sample): { loss: PolynomialLoss; number: number; index: number } | null => {
    const number = batch === null ? 0 : integerAt(batch, sample, component);
    const index = integerAt(by, sample, component);
    const loss = number === null ? undefined : sample.losses[hasOneLoss(sample.setting) ? 0 : number];
    if (!loss || number === null || index === null || index < 1 || index > sample.theta.length) return null;
    return { loss, number: hasOneLoss(sample.setting) ? 0 : number, index };
  };
  return {
    name: 'a gradient',
    domain: EVERYTHING,
    value: sample => {
      const found = place(sample);
      return found && partialAt(found.loss, sample.theta, found.index);
    },
    set: (sample, value) => {
      const found = place(sample);
      if (!found) return sample;
      const { loss, number, index } = found;
      const missing = value.subtract(partialAt(loss, sample.theta, index));
      return { ...sample, losses: sample.losses.with(number, withSlope(loss, sample.theta.length, index, missing)) };
    },
  };
}

/** E(θ) at the current point, set by a constant that is added. */
function lossValue(batch: Formula | null, component: number): Adjustable {
  const numberAt = (sample: Sample): number | null =>
    hasOneLoss(sample.setting) ? 0 : batch === null ? null : integerAt(batch, sample, component);
  const found = (sample: Sample): PolynomialLoss | undefined => sample.losses[numberAt(sample) ?? -1];
  return {
    name: 'a loss',
    domain: EVERYTHING,
    value: sample => {
      const loss = found(sample);
      return loss ? adjustableLoss(loss, sample.theta) : null;
    },
    set: (sample, value) => {
      const [number, loss] = [numberAt(sample), found(sample)];
      if (number === null || !loss) return sample;
      const coefficient = value.subtract(adjustableLoss(loss, sample.theta));
      const constant = { coefficient, powers: sample.theta.map(() => 0) };
      return { ...sample, losses: sample.losses.with(number, new PolynomialLoss([...loss.monomials, constant])) };
    },
  };
}

export const adjustableLoss = ({ monomials }: PolynomialLoss, theta: readonly Rational[]): Rational =>
  monomials.reduce(
    (sum, { coefficient, powers }) =>
      sum.add(theta.reduce((product, value, at) => product.multiply(value.power(powers[at] ?? 0)), coefficient)),
    Rational.zero,
  );

/** The loss plus slope · x_index. */
function withSlope(loss: PolynomialLoss, dimension: number, index: number, slope: Rational): PolynomialLoss {
  const powers = Array.from({ length: dimension }, (_, at) => (at === index - 1 ? 1 : 0));
  const isLinear = (own: readonly number[]): boolean => powers.every((power, at) => (own[at] ?? 0) === power);
  const old = loss.monomials.find(monomial => isLinear(monomial.powers))?.coefficient ?? Rational.zero;
  const others = loss.monomials.filter(monomial => !isLinear(monomial.powers));
  return new PolynomialLoss([{ coefficient: old.add(slope), powers }, ...others]);
}

/** Everything that these formulas read and that can be set, each once. */
export function adjustablesOf(formulas: readonly Formula[], space: SampleSpace, component: number): Adjustable[] {
  const domains = new Map(
    space.declarations.flatMap((each): [string, Domain][] =>
      each.kind === 'scalar' ? [[each.name, each.domain]] : [],
    ),
  );
  const found = new Map<string, Adjustable>();
  const add = (key: string, made: Adjustable): void => {
    if (!found.has(key)) found.set(key, made);
  };
  const differentiated = new Set<Formula>();
  for (const formula of formulas)
    for (const node of nodes(formula)) {
      if (node.kind === 'derivative') differentiated.add(node.argument);
      if (node.kind === 'loss' && !differentiated.has(node) && isCurrent(node))
        add(`loss ${formulaKey(node.batch)}`, lossValue(node.batch, component));
      if (node.kind === 'parameter') {
        const domain = domains.get(node.name);
        if (domain) add(node.name, scalar(node.name, domain));
      } else if (node.kind === 'schedule' && integerFormOf(node.index))
        add(`${node.name} ${formulaKey(node.index)}`, adjustableSchedule(node.name, node.index, component));
      else if (node.kind === 'iterate' && node.label === null && !isFormal(node.component))
        add(`point ${formulaKey(node.component)}`, coordinate(node.component, component));
      else if (node.kind === 'derivative' && node.argument.kind === 'loss' && node.by.length === 1) {
        const [by] = node.by;
        const { batch } = node.argument;
        if (by && isCurrent(node.argument))
          add(`gradient ${formulaKey(by)} ${formulaKey(batch)}`, adjustableGradient(batch, by, component));
      }
    }
  return [...found.values()];
}

const isCurrent = ({ at }: Formula & { readonly kind: 'loss' }): boolean =>
  at.body.kind === 'iterate' && at.body.label === null;

/** The formal index of a point that stands as an argument. */
const isFormal = (formula: Formula): boolean => formula.kind === 'index' && formula.name.startsWith('#c');
