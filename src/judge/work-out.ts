/**
 * A counterexample worked out in numbers: both sides term by term, and what the named quantities are there. It takes the
 * formulas as they were read and as they were derived; it decides nothing.
 */
import { isAlongRuns, statesBound, statesMotion } from '../notation/kinds.ts';
import { Budget, BudgetSpent } from '../base/budget.ts';
import { attempt, orRefuse } from '../base/problem.ts';
import type { Claim, Statement } from '../document/model.ts';
import { addition, index, iterate, multiplication, negation } from '../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { type BigFloat, logarithmOfSize } from '../number/big-float.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { FloatRing, printFloat } from '../evaluate/ring/float-ring.ts';
import { Program } from '../evaluate/program/program.ts';
import { LaurentRing, withEnoughTerms } from '../evaluate/ring/laurent-ring.ts';
import type { RingSeries, SeriesRing } from '../evaluate/ring/series-ring.ts';
import type { Declaration } from '../optimizer/model.ts';
import { definitionsUsed } from '../optimizer/replace.ts';
import { statedFlow } from './stated/modified-loss.ts';
import { withValues } from './keys/at/numeric.ts';
import { withLoss } from './keys/loss/numeric.ts';
import { environmentOf } from './sample/sample-environment.ts';
import type { Sample } from './sample/sample.ts';
import { truncateStep } from './numeric/truncate-step.ts';
import type { RefutedAt } from './verdict.ts';

export interface WorkedTerm {
  /** Without its sign. */
  readonly formula: Formula;
  readonly negative: boolean;
  /** With its sign, a decimal. */
  readonly value: string;
  /** Whether a term of the other side has the same value: the sides part at the others. */
  readonly isShared: boolean;
}

export interface WorkedSide {
  readonly terms: readonly WorkedTerm[];
  readonly total: string;
}

export interface WorkedQuantity {
  readonly definition: Definition;
  /** Its value at the instance's n and component; null where that side has no such name, or no value. */
  readonly claimed: string | null;
  readonly derived: string | null;
  /** Whether both sides have it with the same value; null where one of them has none. */
  readonly agrees: boolean | null;
}

export interface WorkedExample {
  /** The power of h whose coefficients differ; null for statements without one. */
  readonly power: number | null;
  readonly n: number;
  /** From 1; null where the statement has none. */
  readonly component: number | null;
  readonly quantities: readonly WorkedQuantity[];
  /** What the claim says: its right side. */
  readonly claimed: WorkedSide;
  /** What it is compared with: the derived coefficient, or the left side; null where it is not a formula. */
  readonly derived: WorkedSide | null;
}

/** A derived equation, as far as it is looked at here. */
export interface DerivedPart {
  readonly coefficients: readonly Formula[];
  readonly definitions: readonly Definition[];
}

export interface WorkOutTask {
  /** With the definitions that it was given. */
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  /** The derived equation of the form that the statement has, where the statement is compared with it as it stands. */
  readonly derived: DerivedPart | null;
  readonly at: RefutedAt;
}

const DIGITS = 50;
const SHOWN = 10;
const STEPS = 5_000_000;

/** The example in numbers; null where a side has no value there by itself, or the work is too much. */
export function workOut(task: WorkOutTask): WorkedExample | null {
  try {
    const worked = attempt(() => work(task));
    return worked.ok ? worked.value : null;
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}

function work({ claim, statement, declarations, derived, at }: WorkOutTask): WorkedExample | null {
  // The covariance of a step has no terms of its own beside which those of the noise could stand.
  if (isAlongRuns(statement) || statesBound(statement) || statement.kind === 'noise') return null;
  const stated = statedFlow(claim, statement);
  const isEquation = statesMotion(stated.statement);
  const isMap = stated.statement.kind === 'map';
  const row = isEquation ? at.row : 0;
  const typed = claim.loss === null ? null : withLoss(at.sample, claim.loss);
  const fixed = withValues(typed?.ok ? typed.value : at.sample, isEquation ? claim.at : []);
  if (!fixed.ok) return null;
  const right = isMap ? addition(stated.statement.right, negation(iterate(index(COMPONENT)))) : stated.statement.right;
  const named = { definitions: stated.claim.definitions, declarations };
  const own = new Side(at.sample, named, at.component, isEquation);
  const other = comparedWith(stated.claim, statement, derived, declarations, fixed.value, at, isEquation, isMap);
  const claimed = own.terms(isEquation ? truncateStep(right, row + 1, named) : right, row);
  const compared = other?.side.terms(other.formula, 0) ?? null;
  const quantities = isEquation
    ? quantitiesOf(own, other?.side ?? null, [right], other ? [other.formula] : [])
    : quantitiesOf(own, null, [right, statement.left], []);
  return {
    power: isEquation ? row : null,
    n: at.sample.n,
    component: at.component + 1,
    quantities,
    claimed: printed(claimed, compared),
    derived: compared && printed(compared, claimed),
  };
}

function comparedWith(
  claim: Claim,
  statement: Statement,
  derived: DerivedPart | null,
  declarations: readonly Declaration[],
  sample: Sample,
  { row, component }: RefutedAt,
  isEquation: boolean,
  isMap: boolean,
): { readonly side: Side; readonly formula: Formula } | null {
  if (!isEquation) {
    const side = new Side(sample, { definitions: claim.definitions, declarations }, component, false);
    return { side, formula: statement.left };
  }
  const formula = derived?.coefficients[isMap ? row - 1 : row];
  if (!derived || !formula) return null;
  return {
    side: new Side(sample, { definitions: derived.definitions, declarations }, component, false),
    formula,
  };
}

interface Term {
  readonly formula: Formula;
  readonly negative: boolean;
  readonly value: BigFloat;
}

interface Names {
  readonly definitions: readonly Definition[];
  readonly declarations: readonly Declaration[];
}

/** Formulas of one side at the sample. */
class Side {
  readonly definitions: readonly Definition[];
  readonly #ring = new FloatRing(DIGITS);
  readonly #evaluate: (formula: Formula, power: number) => BigFloat;

  /** `isSeries`: h is the variable of a series, else a number. */
  constructor(sample: Sample, names: Names, component: number, isSeries: boolean) {
    this.definitions = names.definitions;
    const budget = new Budget(STEPS);
    const letters = new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component + 1]]);
    const program = new Program(names);
    const ring = this.#ring;
    if (!isSeries) {
      const evaluator = new Evaluator(program, environmentOf(sample, ring), budget);
      this.#evaluate = formula => evaluator.value(formula, letters);
      return;
    }
    const evaluators = new Map<number, { ring: SeriesRing<BigFloat>; evaluator: Evaluator<RingSeries<BigFloat>> }>();
    const evaluate = (formula: Formula, power: number, terms: number): BigFloat => {
      const series = new LaurentRing(ring, terms);
      const environment = environmentOf<RingSeries<BigFloat>>(sample, series, { step: series.monomial(ring.one, 1) });
      const known = evaluators.get(terms) ?? { ring: series, evaluator: new Evaluator(program, environment, budget) };
      evaluators.set(terms, known);
      return known.ring.coefficient(known.evaluator.value(formula, letters), power);
    };
    this.#evaluate = (formula, power) =>
      orRefuse(withEnoughTerms(power + 1, terms => attempt(() => evaluate(formula, power, terms))));
  }

  /** The summands that have a part of h^power, with what they contribute to it. */
  terms(formula: Formula, power: number): Term[] {
    return summands(formula)
      .map(({ formula: term, negative }): Term => {
        const value = this.#evaluate(term, power);
        return { formula: term, negative, value: negative ? this.#ring.subtract(this.#ring.zero, value) : value };
      })
      .filter(({ value }, _, all) => all.length === 1 || !this.#ring.isZero(value));
  }

  value({ name, indices, indexSorts, labels }: Definition): BigFloat | null {
    const letter = (sort: string): Formula => index(sort === 'coordinate' ? COMPONENT : ITERATION);
    const formula: Formula = {
      kind: 'quantity',
      span: null,
      name,
      indices: indices.map((_, place) => letter(indexSorts[place] ?? 'coordinate')),
      labels: labels.map(() => index(ITERATION)),
      at: null,
    };
    const found = attempt(() => this.#evaluate(formula, 0));
    return found.ok ? found.value : null;
  }
}

/** The terms of a sum, with products over sums multiplied out. */
function summands(formula: Formula): { readonly formula: Formula; readonly negative: boolean }[] {
  switch (formula.kind) {
    case 'add':
      return formula.terms.flatMap(summands);
    case 'negate':
      return summands(formula.argument).map(each => ({ ...each, negative: !each.negative }));
    case 'multiply': {
      const at = formula.factors.findIndex(({ kind }) => kind === 'add' || kind === 'negate' || kind === 'multiply');
      const inner = formula.factors[at];
      if (!inner) return [{ formula, negative: false }];
      return summands(inner).flatMap(({ formula: term, negative }) =>
        (term.kind === 'multiply'
          ? summandsOnce({ ...formula, factors: formula.factors.toSpliced(at, 1, ...term.factors) })
          : summands(multiplication(...formula.factors.with(at, term)))
        ).map(each => ({ ...each, negative: each.negative !== negative })),
      );
    }
    case 'divide':
      return summands(formula.numerator).map(({ formula: numerator, negative }) => ({
        formula: { ...formula, numerator },
        negative,
      }));
    default:
      return [{ formula, negative: false }];
  }
}

/** A product whose factors are no products. */
const summandsOnce = (formula: Formula): { readonly formula: Formula; readonly negative: boolean }[] =>
  formula.kind === 'multiply' && !formula.factors.some(({ kind }) => kind === 'add' || kind === 'negate')
    ? [{ formula, negative: false }]
    : summands(formula);

function printed(own: readonly Term[], other: readonly Term[] | null): WorkedSide {
  const ring = new FloatRing(DIGITS);
  const rest = [...(other ?? [])];
  const terms = own.map(({ formula, negative, value }): WorkedTerm => {
    const match = rest.findIndex(each => isClose(each.value, value));
    if (match >= 0) rest.splice(match, 1);
    return { formula, negative, value: printFloat(value, SHOWN), isShared: match >= 0 };
  });
  const total = own.reduce((sum, { value }) => ring.add(sum, value), ring.zero);
  return { terms, total: printFloat(total, SHOWN) };
}

function isClose(a: BigFloat, b: BigFloat): boolean {
  const ring = new FloatRing(DIGITS);
  const difference = logarithmOfSize(ring.subtract(a, b));
  return (
    difference === Number.NEGATIVE_INFINITY ||
    difference < Math.max(logarithmOfSize(a), logarithmOfSize(b)) - DIGITS / 2
  );
}

/** Every named quantity that a side uses, in the order in which it is defined. */
function quantitiesOf(
  own: Side,
  other: Side | null,
  claimed: readonly Formula[],
  derived: readonly Formula[],
): WorkedQuantity[] {
  const ours = definitionsUsed(claimed, own.definitions);
  const theirs = other === null ? [] : definitionsUsed(derived, other.definitions);
  const names = new Set([...ours, ...theirs].map(({ name }) => name));
  return [...names].flatMap((name): WorkedQuantity[] => {
    const [left, right] = [ours.find(each => each.name === name), theirs.find(each => each.name === name)];
    const definition = left ?? right;
    if (!definition) return [];
    const [a, b] = [left ? own.value(left) : null, right && other ? other.value(right) : null];
    return [
      {
        definition,
        claimed: a && printFloat(a, SHOWN),
        derived: b && printFloat(b, SHOWN),
        agrees: a && b && isClose(a, b),
      },
    ];
  });
}
