/**
 * A term as nested sums: each factor and each constraint at the bound index after which all of its indices have values. The
 * order of the sums is that of the bound indices; nothing is simplified.
 */
import type { IndexSort } from '../formula/formula.ts';
import type { Constraint } from '../expression/core/domain.ts';
import { type FactorPower, factorForms } from '../expression/core/factor.ts';
import { isBound } from '../expression/core/indices.ts';
import type { Term } from '../expression/core/term.ts';

export interface TermLevels {
  /** Constraints without bound indices. */
  readonly conditions: readonly Constraint[];
  /** Factors without bound indices: they are looked at only where the domain has a point. */
  readonly outer: readonly FactorPower[];
  /** For each bound index, in order. */
  readonly levels: readonly {
    readonly sort: IndexSort;
    /** Between this index and earlier or free ones. */
    readonly constraints: readonly Constraint[];
    readonly factors: readonly FactorPower[];
  }[];
}

const boundOf = (index: number): number => (isBound(index) ? index : -1);

export function levelsOf(term: Term): TermLevels {
  const constraintLevel = ({ left, right }: Constraint): number => Math.max(boundOf(left), boundOf(right));
  const factorLevel = ({ factor, exponent }: FactorPower): number =>
    [exponent.form, ...factorForms(factor)]
      .flatMap(form => form.terms.map(([index]) => boundOf(index)))
      .reduce((last, each) => Math.max(last, each), -1);
  return {
    conditions: term.constraints.filter(constraint => constraintLevel(constraint) === -1),
    outer: term.factors.filter(power => factorLevel(power) === -1),
    levels: term.sorts.map((sort, at) => ({
      sort,
      constraints: term.constraints.filter(constraint => constraintLevel(constraint) === at),
      factors: term.factors.filter(power => factorLevel(power) === at),
    })),
  };
}
