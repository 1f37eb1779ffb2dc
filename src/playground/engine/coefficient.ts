/**
 * How strongly the first-order term penalises the norm of the gradient, over the gradient and over the steps: λ_j of
 * figures/norm-coefficient.ts at the values of the sliders, read off the derived full-batch equation.
 */
import { type NormCoefficientValue, NormCoefficient } from '../../figures/norm-coefficient.ts';
import { dimensionOf } from '../../optimizer/checks/dimension-of.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { Curve, EngineReply, EngineRequest } from '../protocol.ts';

const EPSILON = '\\varepsilon';
/** |∇_jE| from 10^FROM to 10^TO. */
const FROM = -6;
const TO = 1;
const SAMPLES = 113;
/** n + 1 from 1 to 10^DECADES. */
const DECADES = 4;
const STEP_SAMPLES = 81;

const known = new WeakMap<Optimizer, NormCoefficient>();

/** The curves. Refuses what has no full-batch equation, or none for n → ∞. */
export function coefficientReply(
  optimizer: Optimizer,
  { values, n, gradient }: Extract<EngineRequest, { kind: 'coefficient' }>,
): EngineReply {
  const coefficient = known.get(optimizer) ?? new NormCoefficient(optimizer);
  known.set(optimizer, coefficient);
  const { [EPSILON]: epsilon, ...others } = values;
  const hyperparameters = new Map(Object.entries(others));
  // Only beside the squared gradient does λ depend on ε through ε/|∇_jE|².
  const isInside = epsilon !== undefined && dimensionOf(EPSILON, optimizer)?.toNumber() === 2;
  const ratioAt = (size: number): number => (isInside ? epsilon / size ** 2 : (epsilon ?? 0));
  const steps = [
    ...new Set(
      Array.from({ length: STEP_SAMPLES }, (_, k) => Math.round(10 ** ((DECADES * k) / (STEP_SAMPLES - 1))) - 1),
    ),
  ];
  const atSteps = coefficient.atSteps({ hyperparameters, ratio: ratioAt(gradient) }, steps);
  const overSteps = curvesOf(atSteps.map((value, at) => [(steps[at] ?? 0) + 1, value] as const));
  const sizes = Array.from({ length: SAMPLES }, (_, k) => 10 ** (FROM + ((TO - FROM) * k) / (SAMPLES - 1)));
  const limit = (size: number) => coefficient.atLargeN({ hyperparameters, ratio: ratioAt(size) });
  const atN = (size: number) => coefficient.atSteps({ hyperparameters, ratio: ratioAt(size) }, [n])[0]?.total ?? 0;
  const overGradient: Curve[] | null = isInside
    ? [
        ...curvesOf(sizes.map(size => [size, limit(size)] as const)).map(curve => ({
          ...curve,
          label: `${curve.label}, n → ∞`,
        })),
        { label: `both, n = ${n}`, points: sizes.map(size => [size, atN(size)] as const) },
      ]
    : null;
  return { kind: 'coefficient', isNorm: isInside, overGradient, overSteps };
}

const PARTS: readonly { readonly key: keyof NormCoefficientValue; readonly label: string }[] = [
  { key: 'total', label: 'both' },
  { key: 'discretization', label: 'nonzero steps' },
  { key: 'memory', label: 'memory' },
];

const curvesOf = (values: readonly (readonly [x: number, value: NormCoefficientValue])[]): Curve[] =>
  PARTS.map(({ key, label }) => ({ label, points: values.map(([x, value]) => [x, value[key]] as const) }));
