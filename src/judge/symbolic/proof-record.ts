/**
 * What the prover of statements did, kept for whoever checks it again or shows it: the sides as it read or derived them, and
 * the proofs that it made of them. Nothing is kept unless a record is handed over.
 */
import type { Expression } from '../../expression/core/expression.ts';
import type { Letters } from '../../expression/core/index-form.ts';
import type { Declaration } from '../../optimizer/model.ts';
import type { Proof, ProofStep, StepRelation } from '../../prove/trace.ts';

/** A side of a statement in normal form, before anything is done to it. */
export interface ReadSide {
  /** What it is: `the coefficients of h^1`. */
  readonly what: string;
  readonly side: 'claimed' | 'derived';
  /** The row of the question of samples that holds the same values; null where there is none. */
  readonly row: number | null;
  readonly expression: Expression;
}

type SeriesRelation = Extract<StepRelation, { readonly kind: 'series' }>;

export class ProofRecord {
  readonly sides: ReadSide[] = [];
  readonly proofs: Proof[] = [];
  /** What the names in the expressions mean. */
  declarations: readonly Declaration[] = [];
  /** The free letters of the statement, as indices. */
  scope: Letters = new Map();

  /** The index variables of the letters, with their values. */
  letters(values: ReadonlyMap<string, number>): [number, number][] {
    return [...values].flatMap(([letter, value]): [number, number][] => {
      const [only] = this.scope.get(letter)?.terms ?? [];
      return only === undefined ? [] : [[only[0], value]];
    });
  }

  read(what: string, row: number | null, sides: { readonly derived: Expression; readonly claimed: Expression }): void {
    for (const side of ['derived', 'claimed'] as const) this.sides.push({ what, side, row, expression: sides[side] });
  }

  /** The expansion of one side in a regime. */
  expansion(what: string, before: Expression, relation: Omit<SeriesRelation, 'kind'>): void {
    const step: ProofStep = {
      rule: 'expansion in a regime',
      before,
      after: before,
      relation: { kind: 'series', ...relation },
      lemmas: [],
    };
    this.proofs.push({ goal: 'series', what, start: before, steps: [step] });
  }
}
