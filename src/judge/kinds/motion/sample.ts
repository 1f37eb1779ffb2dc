/** The question whether a claimed flow or one-step map has the derived coefficients, power of h by power of h. */
import { beforeFirstOf } from '../../../notation/before-first.ts';
import { isMean, type MeanOf } from '../../../notation/settings.ts';
import { type OtherStatement, declaredWith, settingWith } from '../../keys/same-as/other-statement.ts';
import { changedRows } from '../../keys/table.ts';
import type { QuestionTask } from '../../question-task.ts';
import { statedFlow } from '../../stated/modified-loss.ts';
import { motionOf, type ShownLetters, shownLetters, stepOf } from '../../../document/shown-letters.ts';
import type { Budget } from '../../../base/budget.ts';
import type { Result } from '../../../base/problem.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import { addition, iterate, index, negation } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { Ball } from '../../../evaluate/ring/ball.ts';
import { ballRing, enclose } from '../../../evaluate/ring/enclose.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { Program } from '../../../evaluate/program/program.ts';
import { LaurentRing, withEnoughTerms } from '../../../evaluate/ring/laurent-ring.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import type { Outcome, Question } from '../../question.ts';
import type { RowSource } from '../../numeric/row-source.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import type { Sample, SampleSpace } from '../../sample/sample.ts';
import { isRegularInStep, NO_SERIES } from '../../numeric/regular-in-step.ts';
import { atDeclaredSize } from './declared-size.ts';
import { truncateStep } from '../../numeric/truncate-step.ts';
import { WholeValue } from '../../numeric/whole-value.ts';

export interface FlowSides {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  readonly derived: RowSource;
  readonly space: SampleSpace;
  readonly budget: Budget;
  /** How the quantity is called. */
  readonly letters?: ShownLetters;
}

/** A side given by a formula that contains h. */
export interface StatedSide {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  /** The highest power of h of a flow; a map has one more. */
  readonly order: number;
  readonly budget: Budget;
}

/** The coefficients of h^0, h^1, … of a stated flow, or of a stated map less θ. */
class StatedRows {
  readonly #program: Program;
  readonly #cut: readonly Formula[];
  readonly #whole: Formula;
  readonly #unless: string;
  readonly #wholeValue = new WholeValue();
  readonly #offset: number;
  readonly #budget: Budget;

  constructor({ claim, statement, declarations, order, budget }: StatedSide) {
    const isMap = statement.kind === 'map';
    // A map says θ + h(…): less θ it has one power of h more than the rows of the derived side.
    const formula: Formula = isMap ? addition(statement.right, negation(iterate(index(COMPONENT)))) : statement.right;
    this.#offset = isMap ? 1 : 0;
    const named = { definitions: claim.definitions, declarations };
    this.#program = new Program(named);
    this.#cut = Array.from({ length: order + 1 }, (_, at) => truncateStep(formula, at + 1 + this.#offset, named));
    this.#whole = formula;
    this.#unless = isRegularInStep(formula, named) ? '' : `: ${NO_SERIES}`;
    this.#budget = budget;
  }

  /** All rows; fewer where the later ones have no value. */
  at(sample: Sample, digits: number): Outcome {
    const rows = this.#cut.length;
    const whole = this.#evaluate(sample, digits, rows);
    if (whole.kind === 'values')
      return this.#wholeValue.beside(whole, () =>
        this.#cut[rows - 1] === this.#whole
          ? { ok: true, value: whole }
          : this.#rowsOf(this.#whole, sample, digits, rows),
      );
    for (let count = rows - 1; count > 0; count--) {
      const partial = this.#evaluate(sample, digits, count);
      if (partial.kind === 'values') return { ...partial, missing: whole.reason };
    }
    return whole;
  }

  #rowsOf(right: Formula, sample: Sample, digits: number, count: number): Result<Ball[][]> {
    const powers = count + this.#offset;
    return withEnoughTerms(powers, terms =>
      enclose(digits, base => {
        const ring = new LaurentRing(base, terms);
        const environment = environmentOf(sample, ring, { step: ring.monomial(base.one, 1) });
        const evaluator = new Evaluator(this.#program, environment, this.#budget);
        const components = sample.theta.map((_, at) =>
          evaluator.value(right, new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, at + 1]])),
        );
        return Array.from({ length: powers }, (_, power) =>
          components.map(series => base.ball(ring.coefficient(series, power))),
        );
      }),
    );
  }

  #evaluate(sample: Sample, digits: number, count: number): Outcome {
    const right = this.#cut[count - 1];
    if (!right) throw new Error('no such truncation');
    const rows = this.#rowsOf(right, sample, digits, count);
    return rows.ok
      ? { kind: 'values', rows: rows.value }
      : { kind: 'unusable', reason: `claimed side: ${rows.problems[0]?.message ?? 'no value'}${this.#unless}` };
  }
}

/** What another claim states, in the place of the derived side: rows from the first power of h that a step can have. */
export function statedSource(stated: StatedSide): RowSource {
  const rows = new StatedRows(stated);
  const isMap = stated.statement.kind === 'map';
  return {
    at: (sample, digits) => {
      const outcome = rows.at(sample, digits);
      if (outcome.kind === 'unusable') return outcome;
      if (outcome.missing !== undefined) return { kind: 'unusable', reason: outcome.missing };
      return { kind: 'values', rows: isMap ? outcome.rows.slice(1) : outcome.rows };
    },
  };
}

/** A series in h by its coefficient formulas is compared to the order of the claim; what lies above is cut off. */
export function flowQuestion(sides: FlowSides): Question {
  const { claim, statement, declarations, derived, space, budget, letters = shownLetters(claim.notation) } = sides;
  const isMap = statement.kind === 'map';
  const stated = new StatedRows({ claim, statement, declarations, order: claim.order, budget });
  return {
    space,
    relation: '=',
    componentwise: true,
    // At most samples every sequence of batches is run.
    costly: isMean(claim.setting),
    claimed: (sample, digits) => stated.at(sample, digits),
    derived: (sample, digits) => {
      const outcome = derived.at(sample, digits, budget);
      if (!isMap || outcome.kind === 'unusable') return outcome;
      return { kind: 'values', rows: [sample.theta.map(() => ballRing(digits).zero), ...outcome.rows] };
    },
    quantity: row =>
      `coefficient of ${letters.step}^${row} in ${(claim.weak === undefined ? averaged(statement.mean, isMap, letters) : driftOf(letters)) ?? (isMap ? stepOf(letters) : motionOf(letters))}`,
  };
}

/** What is averaged, in the letters of the document; null where nothing is. */
function averaged(mean: MeanOf | undefined, isMap: boolean, letters: ShownLetters): string | null {
  if (mean === undefined) return null;
  if (isMap) return `\\mathbb{E}[${stepOf(letters)}]`;
  return mean === 'map' ? motionOf(letters).replace('\\tilde', '\\bar') : `\\mathbb{E} ${motionOf(letters)}`;
}

/** What stands before dt in a stochastic equation. */
const driftOf = ({ parameters, component }: ShownLetters): string =>
  `b_${component} of d${parameters} = b\\,dt + \\sigma\\,dW`;

/** A flow or one-step map beside the derived one, or beside that of another claim. */
export function motionSample({
  claim,
  statement,
  declarations,
  side,
  other,
  optimizer,
  budget,
}: QuestionTask): Question {
  const declared = declaredWith(declarations, other);
  const derived = other ? otherSide(claim, other, declared, budget) : side;
  if (!derived) throw new Error('a flow or map is judged against a derived equation');
  const setting = settingWith(claim, other);
  const space: SampleSpace = { setting, declarations: declared, letters: new Map(), ...beforeFirstOf(claim) };
  const letters = shownLetters(claim.notation, optimizer?.counting);
  const question = flowQuestion({ claim, statement, declarations, derived, space, budget, letters });
  return claim.weak?.noise === 0 ? atDeclaredSize(question, letters.step) : question;
}

/** The other claim's right side to the order of this claim, with this claim's values and step. */
function otherSide(
  claim: Claim,
  other: OtherStatement,
  declarations: readonly Declaration[],
  budget: Budget,
): RowSource {
  const flow = statedFlow(other.claim, other.statement);
  const stated = statedSource({ ...flow, declarations: other.declarations, order: claim.order, budget });
  const map = (): never => {
    throw new Error('of what another claim states there is no part');
  };
  return changedRows(stated, { claim: { ...claim, part: null }, declarations, map });
}
