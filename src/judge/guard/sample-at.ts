/** Samples at the places of the guard: drawn, brought to where the conditions hold, and made to vanish where that is asked. */
import { liesIn } from '../../formula/domain.ts';
import { Rational } from '../../number/rational.ts';
import { PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { MOST_BATCHES } from '../kinds/motion/reshuffled.ts';
import type { Question } from '../question.ts';
import { type Draw, drawSample } from '../sample/draw-sample.ts';
import type { Sample, SampleSpace } from '../sample/sample.ts';
import { nodes } from '../../optimizer/replace.ts';
import { corners } from '../sample/corners.ts';
import { adjustablesOf } from '../satisfy/adjustable.ts';
import { madeZero, signAt } from '../satisfy/make-zero.ts';
import type { Formula } from '../../formula/formula.ts';
import { partsOfSizes, partsOfZero } from '../satisfy/parts-of-zero.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import type { Place } from '../stated/place.ts';
import type { GuardTask } from './guard-task.ts';

type Asking = Pick<GuardTask, 'question' | 'satisfier' | 'claim' | 'holds'>;

/** Samples at which the sign of what could not be made zero is looked at. */
const SIGNS = 30;

/** Whether what should vanish has both signs at samples at which the conditions hold; along sequences also where it has none. */
export function mayVanish({ question, claim, holds }: Asking, { zeros = [], dimension }: Place, draw: Draw): boolean {
  const { decay: _, ...rest } = question.space;
  const space: SampleSpace = { ...rest, fine: true };
  const changesItsSign = (zero: Formula): boolean => {
    const signs = new Set<number | null>();
    for (let count = 0; count < SIGNS; count += 1) {
      const drawn = drawSample(space, draw, { n: 1 + (count % 3), dimension, letters: new Map() });
      const near = count % 3 === 0 ? cornered(drawn, [zero], { claim, space }, draw) : [];
      const sample = near[(count / 3) % near.length] ?? drawn;
      if (holds(sample)) signs.add(signAt(zero, { claim, space }, sample, draw.integer(1, dimension)));
    }
    const isUnknown = signs.size === 0 || (signs.size === 1 && signs.has(null));
    return signs.has(0) || (signs.has(1) && signs.has(-1)) || (isUnknown && question.along !== undefined);
  };
  /** Where all norms, bars and squares in it vanish no digits tell it from zero: √(‖θ‖² + 2) − √2. */
  const isUnknownAtItsLeast = (zero: Formula): boolean => {
    const sizes = partsOfSizes(zero, dimension);
    if (sizes.length === 0) return false;
    const component = draw.integer(1, dimension);
    const drawn = drawSample(space, draw, { n: 1, dimension, letters: new Map() });
    const least = madeZero(sizes, { claim, space }, drawn, component, draw);
    return least !== null && holds(least) && signAt(zero, { claim, space }, least, component) === null;
  };
  return zeros.some(
    zero =>
      changesItsSign(zero) ||
      (partsOfZero(zero, dimension)?.every(changesItsSign) ?? false) ||
      isUnknownAtItsLeast(zero),
  );
}

/** A sample at the place at which the conditions hold; null where none was found. */
export function sampleAt({ question, satisfier, claim, holds }: Asking, place: Place, draw: Draw): Sample | null {
  const { space } = question;
  const drawn = forEpoch(drawSample(space, draw, place), question);
  const flat = new PolynomialLoss([]);
  const usual = place.flat ? { ...drawn, losses: drawn.losses.map(() => flat) } : drawn;
  const first = holds(usual) ? usual : (satisfier?.satisfied(usual, draw) ?? null);
  if (!first || !place.zeros) return first;
  const component = draw.integer(1, first.theta.length);
  const starts = place.needed === 'always' ? [first, ...cornered(first, place.zeros, { claim, space }, draw)] : [first];
  for (const start of starts) {
    const zero = madeZero(place.zeros, { claim, space }, start, component, draw);
    if (zero && holds(zero)) return zero;
  }
  return null;
}

/** How near to the ends of their domains hyperparameters are where β + ρ = 1/1000 is looked for. */
const NEAR_ENDS = Rational.of(1, 10_000);

/** The sample with the scalars of these formulas near the ends of their domains. */
function cornered(
  sample: Sample,
  zeros: readonly Formula[],
  { claim, space }: { readonly claim: Asking['claim']; readonly space: SampleSpace },
  draw: Draw,
): Sample[] {
  const formulas = withDefinitions(zeros, claim.definitions);
  const names = new Set(
    formulas.flatMap(formula => [...nodes(formula)].flatMap(node => (node.kind === 'parameter' ? [node.name] : []))),
  );
  const declared = space.declarations.filter(({ name }) => names.has(name));
  if (names.size < 2) return [];
  return corners(declared, NEAR_ENDS, draw).map(scalars => ({
    ...sample,
    scalars: new Map([...sample.scalars, ...scalars]),
  }));
}

/** How far beside a zero, in parts of the number that is moved. */
const BESIDE = Rational.of(1, 16);
/** Numbers of a formula that are moved. */
const MOST_MOVED = 2;

/**
 * Samples a little to both sides of one at which a formula vanishes, by the numbers that it reads: on one side of ε = 10⁷ alone
 * \min(ε, 10⁷) is another formula than ε.
 */
export function samplesBeside({ question, claim, holds }: Asking, zeros: readonly Formula[], at: Sample): Sample[] {
  const formulas = withDefinitions(zeros, claim.definitions);
  const moved = adjustablesOf(formulas, question.space, 1).slice(0, MOST_MOVED);
  return moved.flatMap(adjustable => {
    const value = adjustable.value(at);
    if (value === null) return [];
    const step = value.isZero() ? BESIDE : value.multiply(BESIDE);
    return [value.add(step), value.subtract(step)]
      .filter(near => liesIn(near, adjustable.domain))
      .map(near => adjustable.set(at, near))
      .filter(holds);
  });
}

/** Beyond the batches whose orders can all be run, all but one batch are the same one: then there are as many orders as batches. */
function forEpoch(sample: Sample, { epoch }: Question): Sample {
  const [first, second] = sample.losses;
  if (!epoch || !first || !second || sample.n < MOST_BATCHES) return sample;
  return { ...sample, losses: sample.losses.map((_, at) => (at === 0 && sample.n < MOST_UNEQUAL ? first : second)) };
}
/** Up to here one of the batches is another one than the rest. */
const MOST_UNEQUAL = 12;
