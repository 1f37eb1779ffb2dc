/**
 * Where the covariance of one batch is declared to be of size 1/h (noise-scale=0), in numbers: the batches E + c (E_k − E) for several c, and the
 * coefficients of the even powers of c, each of which counts half a power of h the other way. Odd powers belong to odd central moments, which are
 * declared to be smaller.
 */
import { ballRing } from '../../../evaluate/ring/enclose.ts';
import { type Ball, isApart, isExactZero } from '../../../evaluate/ring/ball.ts';
import { type LossMonomial, PolynomialLoss } from '../../../evaluate/loss/polynomial-loss.ts';
import { Rational } from '../../../number/rational.ts';
import type { Outcome, Question } from '../../question.ts';
import type { Sample } from '../../sample/sample.ts';

/** The sample with the batches E + c (E_k − E). */
function scaled(sample: Sample, scale: number): Sample {
  const [own, mean] = [Rational.of(scale), Rational.of(1 - scale, sample.losses.length)];
  const common = sample.losses.flatMap(({ monomials }) => monomials.map(each => times(each, mean)));
  const losses = sample.losses.map(
    ({ monomials }) => new PolynomialLoss([...monomials.map(each => times(each, own)), ...common]),
  );
  return { ...sample, losses };
}

const times = ({ coefficient, powers }: LossMonomial, by: Rational): LossMonomial => ({
  coefficient: coefficient.multiply(by),
  powers,
});

const SCALES = [0, 1, -1, 2, -2, 3, -3] as const;
/**
 * What is of size 1: the coefficient of h^0 c^0 and that of h^1 c^2, which are of other degrees in the moments. What is of size 1/h and has to vanish
 * counts with weights that nothing cancels by chance.
 */
const PARTS = [
  { step: 0, scale: 0, weight: Rational.one },
  { step: 1, scale: 2, weight: Rational.one },
  { step: 0, scale: 2, weight: Rational.of(1, 7919) },
  { step: 0, scale: 4, weight: Rational.of(1, 7927) },
  { step: 1, scale: 4, weight: Rational.of(1, 7933) },
] as const;

/** The question about the coefficients of h^0 and h^1 as one about what is of size 1 where the covariance is of size 1/h. */
export function atDeclaredSize(question: Question, step: string): Question {
  const asked = (side: Question['claimed']): Question['claimed'] => {
    return (sample, digits) => {
      const all = SCALES.map(scale => side(scaled(sample, scale), digits));
      const [first] = all;
      const failed = all.find(outcome => outcome.kind === 'unusable' || outcome.missing !== undefined);
      if (first === undefined || failed !== undefined)
        return failed?.kind === 'unusable' ? failed : { kind: 'unusable', reason: 'a coefficient has no value' };
      return evenPowers(all, digits);
    };
  };
  return {
    ...question,
    claimed: asked((sample, digits) => question.claimed(sample, digits)),
    derived: asked((sample, digits) => question.derived(sample, digits)),
    quantity: () =>
      question
        .quantity(0)
        .replace(/^coefficient of \S+ in /, `what is of size 1 for covariances of size 1/${step} in `),
  };
}

/** The coefficients of c^0, c^2 and c^4 of a polynomial of degree 5 at most, which the values at ±3 show it to be. */
function evenPowers(outcomes: readonly Outcome[], digits: number): Outcome {
  const ring = ballRing(digits);
  const part = (value: Ball, num: number, den = 1): Ball =>
    ring.multiply(value, ring.fromRational(Rational.of(num, den)));
  const entry = (at: number, row: number, component: number): Ball => {
    const outcome = outcomes[at];
    return (outcome?.kind === 'values' ? outcome.rows[row]?.[component] : undefined) ?? ring.zero;
  };
  const [first] = outcomes;
  if (first?.kind !== 'values') throw new Error('all sides have values');
  const entries = (first.rows[0] ?? []).map((_, component) => {
    const rests: Ball[] = [];
    const values = PARTS.map(({ step, scale, weight }) => {
      const at = (place: number): Ball => entry(place, step, component);
      const constant = at(0);
      const even = (place: number): Ball => ring.subtract(part(ring.add(at(place), at(place + 1)), 1, 2), constant);
      const [one, two, three] = [even(1), even(3), even(5)];
      const second = ring.subtract(part(one, 4, 3), part(two, 1, 12));
      const fourth = ring.subtract(part(two, 1, 12), part(one, 1, 3));
      rests.push(ring.subtract(three, ring.add(part(second, 9), part(fourth, 81))));
      return ring.multiply(ring.fromRational(weight), scale === 0 ? constant : scale === 2 ? second : fourth);
    });
    return { value: values.reduce((sum, value) => ring.add(sum, value)), rests };
  });
  if (entries.some(({ rests }) => rests.some(rest => !isExactZero(rest) && isApart(rest))))
    return { kind: 'unusable', reason: 'moments of more than four batches at once' };
  return { kind: 'values', rows: [entries.map(({ value }) => value)] };
}
