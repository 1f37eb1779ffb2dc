/**
 * An instance in general position that needs no library: what is printed is checked at such instances before it is printed. The same for
 * the same seed. It must stay free of the judge's samples, whose generator takes longer to load than the check itself.
 */
import { type StepSetting, lossesFor } from '../../notation/settings.ts';
import { Rational } from '../../number/rational.ts';
import type { Instance } from '../../evaluate/instance/instance.ts';
import type { Loss } from '../../evaluate/loss/loss.ts';
import { type LossMonomial, PolynomialLoss } from '../../evaluate/loss/polynomial-loss.ts';
import { genericValues } from '../../optimizer/generic/generic-values.ts';
import type { Optimizer } from '../../optimizer/model.ts';

const DIMENSION = 2;
/** Values of schedules and losses beyond n, for rules that look one step ahead. */
const AHEAD = 4;
/** Losses before the first, where they are functions of their own. */
const EARLIER = 8;
const EXACT = 1_000_000;

/** θ has two components; losses are cubic polynomials, abstract functions odd cubics. */
export function plainInstance(
  { declarations, beforeFirst }: Pick<Optimizer, 'declarations' | 'beforeFirst'>,
  n: number,
  setting: StepSetting,
  seed: number,
): Instance {
  const value = genericValues(declarations, seed);
  const exact = (key: string): Rational => Rational.of(Math.round(value(key) * EXACT), EXACT);
  // Few digits keep exact arithmetic short.
  const small = (key: string): Rational => Rational.of(Math.round(value(`#${key}`) * 20) - 10, 8);
  const of = <T>(kind: string, make: (name: string) => T): Map<string, T> =>
    new Map(declarations.filter(each => each.kind === kind).map(({ name }) => [name, make(name)] as const));
  const count = lossesFor(setting, n);
  return {
    n,
    theta: Array.from({ length: DIMENSION }, (_, i) => small(`theta ${i}`).add(Rational.of(1, 7))),
    setting,
    hyperparameters: of('scalar', exact),
    losses: Array.from({ length: count }, (_, k) => polynomial(small, `loss ${k}`)),
    ...(beforeFirst === undefined ? {} : { beforeFirst }),
    ...(beforeFirst === 'own'
      ? { earlier: Array.from({ length: EARLIER }, (_, k) => polynomial(small, `loss ${-1 - k}`)) }
      : {}),
    functions: new Map<string, readonly Loss[]>([
      ...of('function', name => [oddCubic(small(name))]),
      ...[...of('vector-function', name => name)].map(([name]): [string, Loss[]] => [
        name,
        Array.from({ length: DIMENSION }, (_, i) => polynomial(small, `${name} ${i}`)),
      ]),
    ]),
    schedules: of('schedule', name => Array.from({ length: n + AHEAD }, (_, k) => exact(`${name} ${k}`))),
  };
}

function polynomial(small: (key: string) => Rational, name: string): PolynomialLoss {
  const powers = [
    [1, 0],
    [0, 1],
    [2, 0],
    [1, 1],
    [0, 2],
    [2, 1],
    [0, 3],
  ];
  const monomials = powers.map((each, at): LossMonomial => {
    const coefficient = small(`${name} ${at}`);
    return { powers: each, coefficient: coefficient.isZero() ? Rational.of(1, 3) : coefficient };
  });
  return new PolynomialLoss(monomials);
}

const oddCubic = (coefficient: Rational): PolynomialLoss =>
  new PolynomialLoss([
    { coefficient: Rational.one, powers: [1] },
    { coefficient: coefficient.isZero() ? Rational.of(1, 3) : coefficient, powers: [3] },
  ]);
