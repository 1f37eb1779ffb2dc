/**
 * Expansions: a gradient, state or quantity at an earlier time beside its claimed series in h at the current θ. The
 * optimizer is run as series in h from a random start; both sides read its history, and θ is its last point.
 */
import { asCounted } from '../../../document/step-labels.ts';
import type { QuestionTask } from '../../question-task.ts';
import { beforeFirstOf } from '../../../notation/before-first.ts';
import { stepSetting } from '../../../notation/settings.ts';
import { refuse, type Result } from '../../../base/problem.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { Ball } from '../../../evaluate/ring/ball.ts';
import { enclose } from '../../../evaluate/ring/enclose.ts';
import type { EnclosingRing } from '../../../evaluate/ring/enclosure-ring.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { Program } from '../../../evaluate/program/program.ts';
import { runWithStates } from '../../../evaluate/series/run-optimizer.ts';
import { attemptWithTerms, LaurentRing, withEnoughTerms } from '../../../evaluate/ring/laurent-ring.ts';
import { labelledQuantities, withoutCurrentLabel } from '../../../optimizer/checks/current-points.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import { leastIteration } from '../../stated/earlier-times.ts';
import { freeLetters } from '../../stated/free-letters.ts';
import type { IdentitySides } from '../identity/sample.ts';
import type { Outcome, Question } from '../../question.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import type { Sample } from '../../sample/sample.ts';
import { truncateStep } from '../../numeric/truncate-step.ts';
import { WholeValue } from '../../numeric/whole-value.ts';

/** A run of series is long work. */
const LARGEST_N = 5;

type Rows = readonly (readonly Ball[])[];
/** Both sides after one run. */
interface Sides {
  readonly claimed: Result<Rows>;
  readonly derived: Result<Rows>;
  /** The claimed side with what is above its remainder; null where that has been seen to have a value. */
  readonly whole: Result<Rows> | null;
}

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
  const whole = withoutCurrentLabel(statement.right);
  const right = truncateStep(whole, order + 1, {
    definitions: [...claim.definitions, ...quantities],
    declarations,
  });
  const left = withoutCurrentLabel(statement.left);
  const wholeValue = new WholeValue();
  const sidesOver = <T>(sample: Sample, base: EnclosingRing<T>, terms: number): Sides => {
    const ring = new LaurentRing(base, terms);
    const environment = environmentOf(sample, ring, { step: ring.monomial(base.one, 1) });
    const run = runWithStates(optimizer, environment, sample.n + 1, budget);
    const at = (label: number): typeof environment.point =>
      label < 0
        ? refuse('no-history', 'it speaks of a time before the first')
        : (run.iterates[label] ?? environment.iterate(label));
    const history = { ...environment, point: at(sample.n), iterate: at, state: run.state };
    const evaluator = new Evaluator(past, history, budget);
    const components = componentwise ? sample.theta.map((_, place) => place + 1) : [1];
    const rowsOf = (formula: Formula): Result<Rows> =>
      attemptWithTerms(() => {
        const values = components.map(component =>
          evaluator.value(formula, new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]])),
        );
        return Array.from({ length: order + 1 }, (_, power) =>
          values.map(series => base.ball(ring.coefficient(series, power))),
        );
      });
    const claimed = rowsOf(right);
    const typed = (): Result<Rows> => (right === whole ? claimed : rowsOf(whole));
    return { claimed, derived: rowsOf(left), whole: wholeValue.isSeen ? null : typed() };
  };
  const known = new WeakMap<Sample, Map<number, Result<Sides>>>();
  const sidesAt = (sample: Sample, digits: number): Result<Sides> => {
    const table = known.get(sample) ?? new Map<number, Result<Sides>>();
    known.set(sample, table);
    const sides =
      table.get(digits) ?? withEnoughTerms(order + 1, terms => enclose(digits, base => sidesOver(sample, base, terms)));
    table.set(digits, sides);
    return sides;
  };
  const side =
    (which: 'claimed' | 'derived', name: string) =>
    (sample: Sample, digits: number): Outcome => {
      if (sample.n < least) return { kind: 'unusable', reason: 'the left side speaks of a time before the first' };
      const both = sidesAt(sample, digits);
      const rows = both.ok ? both.value[which] : both;
      if (!rows.ok) return { kind: 'unusable', reason: `${name} side: ${rows.problems[0]?.message ?? 'no value'}` };
      const values: Outcome = { kind: 'values', rows: rows.value };
      return which === 'claimed' && both.ok ? wholeValue.beside(values, () => both.value.whole) : values;
    };
  return {
    space: {
      setting: stepSetting(claim.setting),
      declarations,
      letters,
      largestN: LARGEST_N,
      ...beforeFirstOf(claim),
    },
    relation: '=',
    componentwise,
    costly: true,
    claimed: side('claimed', 'right'),
    derived: side('derived', 'left'),
    quantity: row =>
      `coefficient of ${claim.notation.step}^${row} in ${writeFormula(asCounted(statement.left, statement), claim.notation, 'latex')}, started at the given point`,
  };
}

/** An expansion along the optimizer of its claim. */
export function expansionSample({ claim, statement, declarations, optimizer, budget }: QuestionTask): Question {
  if (!optimizer) throw new Error('an expansion is one along an optimizer');
  return expansionQuestion({ claim, statement, declarations, budget }, optimizer);
}
