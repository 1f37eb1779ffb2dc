/** A counterexample worked out in numbers, as plain data for reports: the named quantities, then both sides term by term. */
import type { WorkedExample, WorkedSide } from '../../judge/work-out.ts';
import { writeFormula, writeLeftSide } from '../../latex/write/write-formula.ts';
import type { Notation } from '../../optimizer/model.ts';

export interface WorkedTermPage {
  /** With its sign. */
  readonly latex: string;
  readonly value: string;
  /** Whether a term of the other side has the same value. */
  readonly isShared: boolean;
}

export interface WorkedSidePage {
  /** `claimed`, `derived`, `left side`, `right side`. */
  readonly name: string;
  readonly terms: readonly WorkedTermPage[];
  readonly total: string;
}

export interface WorkedQuantityPage {
  readonly latex: string;
  readonly claimed: string | null;
  readonly derived: string | null;
  readonly agrees: boolean | null;
}

export interface WorkedPage {
  /** LaTeX of the power of the step whose coefficients differ; null where there is none. */
  readonly power: string | null;
  readonly quantities: readonly WorkedQuantityPage[];
  readonly sides: readonly WorkedSidePage[];
}

export function workedPage(worked: WorkedExample, notation: Notation): WorkedPage {
  const { power, quantities, claimed, derived } = worked;
  const names =
    power === null ? { claimed: 'right side', derived: 'left side' } : { claimed: 'claimed', derived: 'derived' };
  const side = (name: string, { terms, total }: WorkedSide): WorkedSidePage => ({
    name,
    terms: terms.map(({ formula, negative, value, isShared }) => ({
      latex: `{} ${negative ? '-' : '+'} \\displaystyle ${writeFormula(formula, notation, 'latex')}`,
      value,
      isShared,
    })),
    total,
  });
  return {
    power: power === null ? null : `${notation.step}^{${power}}`,
    quantities: quantities.map(quantity => ({
      latex: writeLeftSide(quantity.definition, notation, 'latex').left.text,
      claimed: quantity.claimed,
      derived: quantity.derived,
      agrees: quantity.agrees,
    })),
    sides: [side(names.claimed, claimed), ...(derived === null ? [] : [side(names.derived, derived)])],
  };
}
