/** The question whether two sides are equal, or in the stated order, at every sample: identities, quantities, signs. */
import { asCounted } from '../../../document/step-labels.ts';
import { declaredWith, settingWith } from '../../keys/same-as/other-statement.ts';
import type { QuestionTask } from '../../question-task.ts';
import { beforeFirstOf } from '../../../notation/before-first.ts';
import { isMean, stepSetting } from '../../../notation/settings.ts';
import type { Budget } from '../../../base/budget.ts';
import { attempt, type Result } from '../../../base/problem.ts';
import type { Claim, Statement } from '../../../document/model.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import { Rational } from '../../../number/rational.ts';
import type { Ball } from '../../../evaluate/ring/ball.ts';
import type { Environment } from '../../../evaluate/environment.ts';
import { enclose } from '../../../evaluate/ring/enclose.ts';
import type { EnclosingRing } from '../../../evaluate/ring/enclosure-ring.ts';
import { Evaluator } from '../../../evaluate/evaluator.ts';
import { Program } from '../../../evaluate/program/program.ts';
import { RationalRing } from '../../../evaluate/ring/rational-ring.ts';
import { LaurentRing, withEnoughTerms } from '../../../evaluate/ring/laurent-ring.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import { freeLetters } from '../../stated/free-letters.ts';
import type { SortsOf } from '../../stated/formula-places.ts';
import type { Outcome, Question, QuestionRelation } from '../../question.ts';
import { withValues } from '../../keys/at/numeric.ts';
import { environmentOf } from '../../sample/sample-environment.ts';
import { STEP_SCALAR, type Sample, type SampleSpace } from '../../sample/sample.ts';

export interface IdentitySides {
  readonly claim: Claim;
  readonly statement: Statement;
  readonly declarations: readonly Declaration[];
  /** What stands on the left in place of the statement's own left side. */
  readonly left?: {
    readonly formula: Formula;
    readonly definitions: readonly Definition[];
    readonly declarations: readonly Declaration[];
  };
  readonly budget: Budget;
}

/** Names that a statement reaches through definitions as well. */
function usesStep(formulas: readonly Formula[]): boolean {
  const waiting = [...formulas];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'step') return true;
    waiting.push(...children(node));
  }
  return false;
}

const stepDeclaration: Declaration = {
  kind: 'scalar',
  name: STEP_SCALAR,
  domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
  span: null,
};

interface Side {
  readonly name: 'left' | 'right';
  readonly formula: Formula;
  readonly program: Program;
  readonly componentwise: boolean;
  readonly budget: Budget;
}

/** A side at a sample, component by component; one entry where it has no component. */
function componentsAt<T>(
  { formula, program, componentwise, budget }: Side,
  sample: Sample,
  environment: Environment<T>,
): T[] {
  const evaluator = new Evaluator<T>(program, environment, budget);
  const components = componentwise ? sample.theta.map((_, at) => at + 1) : [1];
  return components.map(component =>
    evaluator.value(formula, new Map([...sample.letters, [ITERATION, sample.n], [COMPONENT, component]])),
  );
}

/** Row q holds the coefficients of h^q for q < `powers`; without that there is one row, with h as a number. */
function rowsAt<T>(side: Side, sample: Sample, base: EnclosingRing<T>, powers: number | null, terms = 0): Ball[][] {
  if (powers === null) return [componentsAt(side, sample, environmentOf(sample, base)).map(value => base.ball(value))];
  const ring = new LaurentRing(base, terms);
  const values = componentsAt(side, sample, environmentOf(sample, ring, { step: ring.monomial(base.one, 1) }));
  return Array.from({ length: powers }, (_, q) => values.map(each => base.ball(ring.coefficient(each, q))));
}

function outcomeAt(side: Side, sample: Sample, digits: number, powers: number | null): Outcome {
  const values: Result<Ball[][]> = withEnoughTerms(powers ?? 0, terms =>
    enclose(digits, ring => rowsAt(side, sample, ring, powers, terms)),
  );
  return values.ok
    ? { kind: 'values', rows: values.value }
    : { kind: 'unusable', reason: `${side.name} side: ${values.problems[0]?.message ?? 'no value'}` };
}

/** The question of a statement between two formulas. */
export function identityQuestion(
  { claim, statement, declarations, left: given, budget }: IdentitySides,
  relation: QuestionRelation,
): Question {
  const left = given ?? { formula: statement.left, definitions: claim.definitions, declarations };
  const definitions = given ? [...claim.definitions, ...given.definitions] : claim.definitions;
  const sorts = new Map(definitions.map(({ name, indexSorts }) => [name, indexSorts]));
  const sortsOf: SortsOf = name => sorts.get(name) ?? [];
  const letters = new Map([...freeLetters(statement.right, sortsOf), ...freeLetters(left.formula, sortsOf)]);
  const componentwise = letters.delete(COMPONENT);
  // Up to O(h^r): the coefficients below h^r.
  const powers = statement.remainder;
  const withStep = powers === null && usesStep([left.formula, statement.right, ...definitions.map(({ body }) => body)]);
  const space: SampleSpace = {
    setting: isMean(claim.setting) ? claim.setting : stepSetting(claim.setting),
    declarations: withStep ? [...declarations, stepDeclaration] : declarations,
    letters,
    ...beforeFirstOf(claim),
  };
  const program = new Program({ definitions: claim.definitions, declarations });
  const claimed: Side = { name: 'right', formula: statement.right, program, componentwise, budget };
  const derived: Side = {
    name: 'left',
    formula: left.formula,
    program: given ? new Program(given) : program,
    componentwise,
    budget,
  };
  return {
    space,
    relation,
    componentwise,
    claimed: (sample, digits) => outcomeAt(claimed, sample, digits, powers),
    order: sample => {
      const fixed = withValues(sample, claim.at);
      if (!fixed.ok) return null;
      const ring = new RationalRing();
      const orders = attempt(() => {
        const one = componentsAt(claimed, sample, environmentOf(sample, ring));
        const other = componentsAt(derived, fixed.value, environmentOf(fixed.value, ring));
        return one.map((value, at) => ring.compare(other[at] ?? value, value));
      });
      return orders.ok ? orders.value : null;
    },
    derived: (sample, digits) => {
      const fixed = withValues(sample, claim.at);
      if (!fixed.ok)
        return { kind: 'unusable', reason: fixed.problems[0]?.message ?? 'a value of at= is not a number' };
      return outcomeAt(derived, fixed.value, digits, powers);
    },
    quantity: row =>
      `${powers === null ? '' : `coefficient of ${claim.notation.step}^${row} in `}${writeFormula(asCounted(statement.left, statement), claim.notation, 'latex')}`,
  };
}

/** Two sides as typed; with same-as= the right side of the other claim stands on the left. */
export function identitySample({ claim, statement, declarations, other, budget }: QuestionTask): Question {
  const left = other && {
    formula: other.statement.right,
    definitions: other.claim.definitions,
    declarations: other.declarations,
  };
  const declared = declaredWith(declarations, other);
  const sides: IdentitySides = {
    claim: { ...claim, setting: settingWith(claim, other) },
    statement,
    declarations: declared,
    budget,
  };
  return identityQuestion(left ? { ...sides, left } : sides, relationOf(statement));
}

function relationOf(statement: Statement): QuestionRelation {
  switch (statement.relation) {
    case '<':
    case '>':
    case '\\le':
    case '\\ge':
      return statement.relation;
    default:
      return '=';
  }
}
