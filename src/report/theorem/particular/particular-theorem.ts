/** The equation of an optimizer with one loss that is written out, derived, put in, and checked beside the optimizer before it is printed. */
import { Budget } from '../../../base/budget.ts';
import { attempt, orRefuse, refuse, type Result } from '../../../base/problem.ts';
import { type ParticularEquation, particularEquation } from '../../../closed-form/particular/particular-equation.ts';
import type { LossOption } from '../../../document/loss-option.ts';
import { evaluateCoefficients } from '../../../evaluate/evaluate-equation.ts';
import type { Instance } from '../../../evaluate/instance/instance.ts';
import { polynomialOfLoss } from '../../../evaluate/loss/typed-polynomial.ts';
import { followOptimizer } from '../../../evaluate/series/follow.ts';
import * as build from '../../../formula/build.ts';
import { COMPONENT, type Formula } from '../../../formula/formula.ts';
import { withLossWritten } from '../../../formula/typed-loss.ts';
import { plainInstance } from '../../../judge/check/plain-instance.ts';
import { PrintedWrongly } from '../../../judge/check/self-check.ts';
import { withinBudget } from '../../../judge/within-budget.ts';
import { hasOneLoss } from '../../../notation/settings.ts';
import { Rational } from '../../../number/rational.ts';
import type { Optimizer } from '../../../optimizer/model.ts';
import { deriveTheorem, type TheoremRequest } from '../derive-theorem.ts';
import type { Theorem } from '../theorem-parts.ts';

export interface ParticularTheorem {
  /** The equation for every loss that it was made of. */
  readonly theorem: Theorem;
  readonly particular: ParticularEquation;
}

/**
 * The flow of the full batch with the loss put in. Fails as {@link deriveTheorem} does, and where the loss is not covered; throws
 * {@link PrintedWrongly} where what is put in is not the equation with that loss, or does not follow the optimizer.
 */
export function deriveParticular(
  optimizer: Optimizer,
  request: TheoremRequest,
  { loss, symbols }: LossOption,
): Result<ParticularTheorem> {
  const outcome = attempt(() => {
    if (!hasOneLoss(request.setting))
      refuse('loss-needs-full-batch', 'a typed loss is that of the full batch', null, 'Add --setting full-batch.');
    if ((request.form ?? 'flow') !== 'flow' || (request.regime ?? null) !== null || request.style === 'operator')
      refuse('loss-not-covered', 'a typed loss is put into the flow alone; leave --form, --regime and --style out');
    const theorem = orRefuse(deriveTheorem(optimizer, request));
    const particular = particularEquation(theorem, loss, symbols);
    checkParticular(theorem, particular);
    return { theorem, particular };
  });
  return outcome;
}

const SEEDS = [1, 2, 3];
const DIGITS = 25;
/** Two values that are equal agree to far more. */
const SAME = 1e-15;
const MOST_STEPS = 2_000_000;
const STEPS = 3;

/** Throws {@link PrintedWrongly} where the values are not those of the equation at the loss, or do not follow the optimizer's iterates. */
export function checkParticular(theorem: Theorem, particular: ParticularEquation): void {
  const { loss, symbols, potential } = particular;
  const { optimizer, order, from = 0, limit = null } = theorem;
  const declarations = [...optimizer.declarations, ...symbols];
  const put = (formula: Formula): Formula => withLossWritten(formula, loss.formula);
  const definitions = theorem.definitions.map(each => ({ ...each, body: put(each.body) }));
  const sides = [{ what: 'the equation with the loss', coefficients: joined(particular) }];
  if (potential)
    sides.push({
      what: 'the gradient of the modified loss',
      coefficients: potential.map(value =>
        build.negation({ kind: 'derivative', span: null, by: [build.index(COMPONENT)], argument: value }),
      ),
    });
  for (const [place, seed] of SEEDS.entries()) {
    const instance = instanceWith(particular, { ...optimizer, declarations }, from + place, seed);
    const general = { coefficients: theorem.coefficients.map(put), definitions, declarations };
    const expected = evaluateCoefficients(general, instance, DIGITS, new Budget(MOST_STEPS));
    for (const { what, coefficients } of sides) {
      const found = evaluateCoefficients(
        { coefficients, definitions: [], declarations },
        instance,
        DIGITS,
        new Budget(MOST_STEPS),
      );
      if (expected.ok && found.ok && !isSame(expected.value.flat(), found.value.flat()))
        throw new PrintedWrongly(`${what} is not the derived one`);
    }
    if (limit !== null || from > 0) continue;
    const start = instanceWith(particular, { ...optimizer, declarations }, STEPS, seed);
    const equation = { coefficients: joined(particular), definitions: [], declarations };
    const followed = withinBudget(
      () =>
        followOptimizer(optimizer, equation, start, {
          steps: STEPS,
          terms: order + 2,
          digits: DIGITS,
          form: 'flow',
          budget: new Budget(MOST_STEPS),
        }),
      () => null,
    );
    if (followed?.ok && followed.value.some(({ power }) => power !== null && power <= order + 1))
      throw new PrintedWrongly('the equation with the loss does not follow the optimizer');
  }
}

const isSame = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length &&
  left.every((text, at) => {
    const [a, b] = [Number(text), Number(right[at])];
    return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));
  });

/** The components as one formula of j: Lagrange's polynomial through them. */
function joined({ components }: ParticularEquation): Formula[] {
  const orders = components[0]?.length ?? 0;
  const j = build.index(COMPONENT);
  return Array.from({ length: orders }, (_, q) =>
    build.addition(
      ...components.map((row, i) => {
        const others = components.flatMap((__, k) =>
          k === i ? [] : [build.divide(build.subtraction(j, build.number(k + 1)), build.number(i - k))],
        );
        return build.multiplication(...others, row[q] ?? build.number(0));
      }),
    ),
  );
}

function instanceWith(
  { loss }: ParticularEquation,
  optimizer: Pick<Optimizer, 'declarations' | 'beforeFirst'>,
  n: number,
  seed: number,
): Instance {
  const plain = plainInstance(optimizer, n, 'full-batch', seed);
  const [first = Rational.one, second = Rational.one] = plain.theta;
  const theta = Array.from({ length: loss.components }, (_, place) =>
    first.add(second.multiply(Rational.of(place * place + 1, place + 2))),
  );
  return { ...plain, theta, losses: [polynomialOfLoss(loss, plain.hyperparameters)] };
}
