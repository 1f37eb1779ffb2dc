/** How quantities scale in a regime: ε = s^d ε₀, and the gradients of the other components with s. */
import { refuse } from '../../base/problem.ts';
import type { Regime } from '../../notation/regimes.ts';
import { regimeFacts } from '../../notation/regimes.ts';
import { type Factor, kindOf } from '../../expression/core/factors.ts';
import { Rational } from '../../number/rational.ts';

export interface RegimeScaling {
  /** The symbol that is s^d ε₀. */
  readonly small: string;
  /** d: 2 for ε beside g², 1 for ε beside g. */
  readonly dimension: Rational;
  /** 1 for s → 0, −1 for s → ∞ (then the expansion is in 1/s). */
  readonly direction: 1 | -1;
  /** Only component j keeps its gradient; the others scale with s. */
  readonly alone: boolean;
}

/** How quantities scale in a regime; the small parameter is `chosen`, else the symbol that is called ε or δ. */
export function scalingFor(
  regime: Regime,
  symbols: readonly string[],
  dimensionOf: (small: string) => Rational,
  chosen?: string,
): RegimeScaling {
  const small = chosen ?? symbols.find(name => /epsilon|delta/.test(name)) ?? null;
  if (small === null)
    return refuse('no-small-parameter', 'a regime needs a parameter such as ε to be compared with the gradient');
  return {
    small,
    dimension: dimensionOf(small),
    direction: regimeFacts(regime).size === 'large' ? 1 : -1,
    alone: regimeFacts(regime).components === 'own',
  };
}

/** The power of s that a factor is exactly; null for what is to be expanded. `own`: the indices of component j. */
export function weightOf(factor: Factor, scaling: RegimeScaling, own: ReadonlySet<number>): Rational | null {
  const { small, dimension, direction, alone } = scaling;
  const along = Rational.of(direction);
  return kindOf(factor).weight(factor, {
    symbol: name => (name === small ? dimension.multiply(along) : Rational.zero),
    gradient: ([only, ...more]) => {
      if (!alone || more.length > 0 || only === undefined) return Rational.zero;
      const isOwn = only.terms.length === 1 && own.has(only.terms[0]?.[0] ?? 0) && only.constant === 0;
      return isOwn ? Rational.zero : along;
    },
  });
}
