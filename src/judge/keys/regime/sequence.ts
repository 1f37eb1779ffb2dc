/**
 * The members of a regime's sequence at a sample: both sides with ε = s^d ε₀ and, for component j alone, ∇_iE = sγ_i for
 * i ≠ j, at s = 10^{∓k}. Nothing is judged here.
 */
import { type Regime, regimeFacts } from '../../../notation/regimes.ts';
import { RememberedOf } from '../../../base/work.ts';
import { attempt } from '../../../base/problem.ts';
import { type BigFloat, logarithmOfSize } from '../../../number/big-float.ts';
import { Rational } from '../../../number/rational.ts';
import type { FloatRing } from '../../../evaluate/ring/float-ring.ts';
import { PolynomialLoss } from '../../../evaluate/loss/polynomial-loss.ts';
import { samplesOf } from '../../sample/arbitrary-sample.ts';
import { partialAt } from '../../satisfy/partial-at.ts';
import type { Outcome, Question } from '../../question.ts';
import type { Sample, SampleSpace } from '../../sample/sample.ts';

/** Digits beyond those that are asked for: the rest is far smaller than the sides. */
export const GUARD_DIGITS = 24;
/** Where n → ∞ is meant: an n at which the powers r^n of the hyperparameters are below 10^{−40}, if it is no larger than this. */
const LATEST = 60;
const EARLIEST = 24;
const SETTLED = 40;
/** How much earlier the derived side is looked at again, to see what n leaves over. */
export const EARLIER = 6;

export interface RegimeParts {
  /** The question whose derived side is A. */
  readonly whole: Question;
  /** One question for each term shown; their claimed sides are T_1, …, T_m. */
  readonly terms: readonly Question[];
  readonly regime: Regime;
  /** The name of ε. */
  readonly small: string;
  /** Its dimension d in powers of the gradient: ε = s^d ε₀. */
  readonly dimension: Rational;
  readonly limit: boolean;
  /** The letter that goes to infinity where there is a limit as well. */
  readonly iteration?: string;
}

type Rows = readonly (readonly BigFloat[])[];
export interface Member {
  readonly sample: Sample;
  readonly text: string;
  readonly derived: Rows;
  /** Where n → ∞ is taken first: the derived side some steps earlier. */
  readonly earlier: Rows | null;
  readonly terms: readonly Rows[];
}

const signOf = (regime: Regime): 1 | -1 => (regimeFacts(regime).size === 'large' ? -1 : 1);

export type Unusable = Extract<Outcome, { readonly kind: 'unusable' }>;

/** ΣT. */
export function total(member: Member, row: number, component: number, ring: FloatRing): BigFloat {
  return member.terms.reduce((sum, term) => ring.add(sum, term[row]?.[component] ?? ring.zero), ring.zero);
}

/** Decades of s from one member to the next: ε changes by two decades, or by d where d is larger. */
export const decadesOf = ({ dimension }: RegimeParts): number => (dimension.isOne() ? 2 : 1);

/** Whether the component that a regime speaks of, or each of them, is large or small by a factor of ten beside ε^{1/d}. */
export function isInRegime({ small, dimension, regime }: RegimeParts, sample: Sample, component: number): boolean {
  const epsilon = sample.scalars.get(small);
  if (epsilon === undefined || !dimension.isInteger()) return false;
  const factor = Rational.of(10).power(Number(dimension.num));
  const components = regimeFacts(regime).components === 'all' ? sample.theta.map((_, at) => at) : [component];
  return sample.losses.every(loss =>
    components.every(at => {
      const size = partialAt(loss, sample.theta, at + 1)
        .abs()
        .power(Number(dimension.num));
      return regime.startsWith('large')
        ? size.compare(epsilon.multiply(factor)) >= 0
        : size.multiply(factor).compare(epsilon) <= 0;
    }),
  );
}

/** s of member number `decade`. */
function sizeAt(parts: RegimeParts, decade: number): Rational {
  const power = signOf(parts.regime) * decade * decadesOf(parts);
  return power >= 0 ? Rational.of(10n ** BigInt(power)) : Rational.of(1, 10n ** BigInt(-power));
}

/** Both sides at member number `decade`, where s = 10^{∓decade} or its square, or why one has no value. */
export function memberAt(
  parts: RegimeParts,
  sample: Sample,
  decade: number,
  component: number,
  digits: number,
): Member | Unusable {
  const s = sizeAt(parts, decade);
  const scaled = scaledSample(parts, sample, s, component);
  if ('kind' in scaled) return scaled;
  const working = digits + GUARD_DIGITS;
  const derived = parts.whole.derived(scaled, working);
  if (derived.kind === 'unusable') return derived;
  const earlier = parts.limit ? parts.whole.derived({ ...scaled, n: scaled.n - EARLIER }, working) : null;
  if (earlier?.kind === 'unusable') return earlier;
  const terms = termsAt(parts, scaled, working);
  if ('kind' in terms) return terms;
  return { sample: scaled, text: `s = ${s}`, derived: derived.rows, earlier: earlier?.rows ?? null, terms };
}

function termsAt(parts: RegimeParts, scaled: Sample, digits: number): readonly Rows[] | Unusable {
  const terms: Rows[] = [];
  for (const term of parts.terms) {
    const claimed = term.claimed(scaled, digits);
    if (claimed.kind === 'unusable') return claimed;
    if (claimed.missing !== undefined) return { kind: 'unusable', reason: claimed.missing };
    terms.push(claimed.rows);
  }
  return terms;
}

/** An n at which the n-th powers of hyperparameters between 0 and 1 are beyond the digits that the ratios need. */
function lateFor({ whole }: RegimeParts, sample: Sample): number {
  const sizes = whole.space.declarations.flatMap(each => {
    const value = each.kind === 'scalar' ? sample.scalars.get(each.name) : undefined;
    const isSmall = value !== undefined && value.sign() > 0 && value.compare(Rational.one) < 0;
    return each.kind === 'scalar' && each.domain.upper?.isOne() === true && isSmall ? [value.toNumber()] : [];
  });
  const slowest = Math.max(0.1, ...sizes);
  return Math.min(LATEST, Math.max(EARLIEST, Math.ceil(-SETTLED / Math.log10(slowest))));
}

function scaledSample(parts: RegimeParts, sample: Sample, s: Rational, component: number): Sample | Unusable {
  const { small, dimension, regime, limit } = parts;
  const epsilon = sample.scalars.get(small);
  if (!epsilon) return { kind: 'unusable', reason: `${small} has no value` };
  if (!dimension.isInteger()) return { kind: 'unusable', reason: `${small} has a fractional dimension` };
  const scaled: Sample = {
    ...sample,
    n: limit ? lateFor(parts, sample) : sample.n,
    scalars: new Map([...sample.scalars, [small, epsilon.multiply(s.power(Number(dimension.num)))]]),
  };
  if (regimeFacts(regime).components === 'all') return scaled;
  const losses = attempt(() => sample.losses.map(loss => withScaledGradient(loss, sample.theta, s, component)));
  return losses.ok ? { ...scaled, losses: losses.value } : { kind: 'unusable', reason: 'a gradient has no value' };
}

/** The loss plus Σ_{i≠j} (s − 1)γ_i (x_i − θ_i) with γ_i = ∂_iE(θ): its value and derivatives at θ are the same but for ∂_iE = sγ_i. */
function withScaledGradient(
  loss: PolynomialLoss,
  theta: readonly Rational[],
  s: Rational,
  component: number,
): PolynomialLoss {
  const linear = theta.flatMap((own, at) => {
    if (at === component) return [];
    const coefficient = partialAt(loss, theta, at + 1).multiply(s.subtract(Rational.one));
    return [
      { coefficient, powers: theta.map((_theta, other) => (other === at ? 1 : 0)) },
      { coefficient: coefficient.multiply(own).negate(), powers: theta.map(() => 0) },
    ];
  });
  return new PolynomialLoss([...loss.monomials, ...linear]);
}

const flatness = new RememberedOf<Sample, boolean>();

/** Regimes are about gradients whose components do not vanish. */
export function hasFlatComponent(sample: Sample): boolean {
  return flatness.get(sample, '', () =>
    sample.losses.some(loss => sample.theta.some((_, at) => partialAt(loss, sample.theta, at + 1).isZero())),
  );
}

/** Samples that tell a power of h at which nothing is shown from one whose coefficient vanishes by chance. */
const LOOKS = 10;
const FEWEST_LOOKS = 3;
const LOOKING_DIGITS = 20;
const LOOKING_DECADE = 6;

/** Terms that vanish at every sample, as `term|row`: of which nothing is shown at that power of h. */
export function vanishingTerms(parts: RegimeParts, space: SampleSpace): ReadonlySet<string> {
  const seen = new Set<string>();
  const alive = new Set<string>();
  for (const sample of samplesOf(space, 1, LOOKS)) {
    if (hasFlatComponent(sample)) continue;
    const scaled = scaledSample(parts, sample, Rational.of(1, 10), 0);
    const terms = 'kind' in scaled ? scaled : termsAt(parts, scaled, LOOKING_DIGITS);
    if ('kind' in terms) continue;
    for (const [at, rows] of terms.entries()) {
      for (const [row, values] of rows.entries()) {
        seen.add(`${at}|${row}`);
        if (values.some(({ mantissa }) => mantissa !== 0n)) alive.add(`${at}|${row}`);
      }
    }
  }
  return new Set([...seen].filter(key => !alive.has(key)));
}

/** log10 of how the terms grow from one decade to the next where no coefficient vanishes, as `term|row`: their greatest growth at samples. */
export function growthOfTerms(parts: RegimeParts, space: SampleSpace): ReadonlyMap<string, number> {
  const greatest = new Map<string, number>();
  for (const sample of samplesOf(space, 1, LOOKS)) {
    if (hasFlatComponent(sample)) continue;
    const [before, after] = [LOOKING_DECADE - 1, LOOKING_DECADE].map(decade => {
      const scaled = scaledSample(parts, sample, sizeAt(parts, decade), 0);
      return 'kind' in scaled ? scaled : termsAt(parts, scaled, LOOKING_DIGITS);
    });
    if (before === undefined || after === undefined || 'kind' in before || 'kind' in after) continue;
    for (const [at, rows] of after.entries()) {
      for (const row of rows.keys()) {
        const growth = growthBetween(before[at]?.[row]?.[0], rows[row]?.[0]);
        const key = `${at}|${row}`;
        if (Number.isFinite(growth)) greatest.set(key, Math.max(growth, greatest.get(key) ?? growth));
      }
    }
  }
  return greatest;
}

/** log10 of the ratio of two sizes; not finite where one of them is missing or zero. */
export const growthBetween = (before: BigFloat | undefined, after: BigFloat | undefined): number =>
  before === undefined || after === undefined ? Number.NaN : logarithmOfSize(after) - logarithmOfSize(before);

/** The powers of h at which the claim shows no term: a missing one counts as zero. */
export function rowsWithoutTerms(parts: RegimeParts, space: SampleSpace): ReadonlySet<number> {
  const zero = new Map<number, number>();
  let looks = 0;
  for (const sample of samplesOf(space, 1, LOOKS)) {
    if (hasFlatComponent(sample)) continue;
    const member = memberAt(parts, sample, LOOKING_DECADE, 0, LOOKING_DIGITS);
    if ('kind' in member) continue;
    looks += 1;
    for (const row of member.derived.keys()) {
      const isShown = member.terms.some(term => term[row]?.some(({ mantissa }) => mantissa !== 0n));
      if (!isShown) zero.set(row, (zero.get(row) ?? 0) + 1);
    }
  }
  return new Set([...zero].filter(([, count]) => looks >= FEWEST_LOOKS && count === looks).map(([row]) => row));
}
