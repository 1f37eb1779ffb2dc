/**
 * Expansions: a gradient, state or quantity at an earlier time beside its claimed series in h at the current θ. The
 * optimizer is run as series in h from a random start; both sides read its history, and θ is its last point.
 */
import { attempt, refuse } from '../base/problem.ts';
import { COMPONENT, type Formula, ITERATION } from '../formula/formula.ts';
import type { BigFloat } from '../number/big-float.ts';
import type { Environment } from '../numeric/environment.ts';
import { Evaluator } from '../numeric/evaluator.ts';
import { FloatRing } from '../numeric/float-ring.ts';
import { Program } from '../numeric/program.ts';
import { runWithStates } from '../numeric/run-optimizer.ts';
import { type Series, SeriesRing } from '../numeric/series-ring.ts';
import { labelledQuantities, withoutCurrentLabel } from '../optimizer/current-points.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { writeFormula } from '../latex/write-formula.ts';
import { leastIteration } from './earlier-times.ts';
import { freeLetters } from './free-letters.ts';
import type { IdentitySides } from './identity-question.ts';
import type { Outcome, Question } from './question.ts';
import { environmentOf } from './sample-environment.ts';
import type { Sample } from './sample.ts';
import { truncateStep } from './truncate-step.ts';

/** A run of series is long work. */
const LARGEST_N = 5;

type Numbers = Series<BigFloat>;

/** The question for a statement that expands its left side about θ^{(n)}. */
export function expansionQuestion(
  { claim, statement, declarations, budget }: Omit<IdentitySides, 'left'>,
  optimizer: Optimizer,
): Question {
  const own = new Set(claim.definitions.map(({ name }) => name));
  const quantities = labelledQuantities(optimizer).filter(({ name }) => !own.has(name));
  const sorts = new Map([...claim.definitions, ...quantities].map(each => [each.name, each.indexSorts]));
  const states = new Map(optimizer.states.map(({ name, componentwise }) => [name, componentwise]));
  const sortsOf = (name: string) => sorts.get(name) ?? (states.get(name) === true ? ['coordinate' as const] : []);
  const letters = new Map([...freeLetters(statement.right, sortsOf), ...freeLetters(statement.left, sortsOf)]);
  const componentwise = letters.delete(COMPONENT);
  const past = new Program({
    definitions: [...claim.definitions, ...quantities],
    declarations,
    states,
  });
  const least = leastIteration(statement);
  const order = statement.order ?? claim.order;
  const right = truncateStep(withoutCurrentLabel(statement.right), order + 1);
  const runs = new WeakMap<Sample, Map<number, Environment<Numbers>>>();
  const history = (sample: Sample, digits: number): Environment<Numbers> => {
    const table = runs.get(sample) ?? new Map<number, Environment<Numbers>>();
    runs.set(sample, table);
    const known = table.get(digits);
    if (known) return known;
    const ring = new SeriesRing(new FloatRing(digits), order + 1);
    const environment = environmentOf<Numbers>(sample, ring, { step: ring.monomial(ring.base.one, 1) });
    const run = runWithStates(optimizer, environment, sample.n + 1, budget);
    const at = (label: number): readonly Numbers[] =>
      label < 0
        ? refuse('no-history', 'it speaks of a time before the first')
        : (run.iterates[label] ?? environment.iterate(label));
    const made = { ...environment, point: at(sample.n), iterate: at, state: run.state };
    table.set(digits, made);
    return made;
  };
  const side =
    (formula: Formula, name: string) =>
    (sample: Sample, digits: number): Outcome => {
      if (sample.n < least) return { kind: 'unusable', reason: 'the left side speaks of a time before the first' };
      const components = componentwise ? sample.theta.map((_, at) => at + 1) : [1];
      const values = attempt(() => {
        const evaluator = new Evaluator(past, history(sample, digits), budget);
        return components.map(component =>
          evaluator.value(formula, new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]])),
        );
      });
      if (!values.ok) return { kind: 'unusable', reason: `${name} side: ${values.problems[0]?.message ?? 'no value'}` };
      const powers = Array.from({ length: order + 1 }, (_, power) => power);
      return { kind: 'values', rows: powers.map(power => values.value.map(series => series[power] ?? failed())) };
    };
  return {
    space: {
      setting: claim.setting === 'full-batch' ? 'full-batch' : 'mini-batch',
      declarations,
      letters,
      largestN: LARGEST_N,
    },
    relation: '=',
    componentwise,
    costly: true,
    claimed: side(right, 'right'),
    derived: side(withoutCurrentLabel(statement.left), 'left'),
    quantity: row =>
      `coefficient of h^${row} in ${writeFormula(statement.left, claim.notation, 'latex')}, started at the given point`,
  };
}

const failed = (): never => {
  throw new Error('a series has all its terms');
};
