/** What a left side defines or states. */
import type { Formula, IndexSort } from '../../../formula/formula.ts';
import type { FormalLetter } from '../scope.ts';

/** What a left side defines or states; `other` is read as a formula. */
export type LeftSide =
  | {
      readonly kind: 'name';
      /** Canonical; an accented loss such as `\tilde{E}` is a name too. */
      readonly name: string;
      /** Stored names of the subscripts: role names where a letter has a role. A number is kept as its digits. */
      readonly indices: readonly string[];
      /** `coordinate` unless the letter is known to count iterations; see readDefinition for letters that do not say. */
      readonly indexSorts: readonly IndexSort[];
      /** Labels as index formulas: n+1, 0, l. */
      readonly labels: readonly Formula[];
      readonly hasPoint: boolean;
      /** The canonical letter of the argument, `\theta` or another formal one; null without an argument. */
      readonly argument: string | null;
      /** Index letters as typed with the names that they are stored under. */
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  /** \theta_j^{(n+1)}; `component` is the letter as typed. */
  | {
      readonly kind: 'parameters-update';
      readonly label: Formula;
      readonly component: string | null;
      /** The number of the component where one alone is meant: \theta_1^{(n+1)}. */
      readonly only?: number;
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  /** \dot{\tilde\theta}_j(t), \frac{d\theta_j}{dt}, \dot\theta_1. */
  | {
      readonly kind: 'flow';
      readonly component: string | null;
      readonly only?: number;
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  | { readonly kind: 'norm-bound' }
  | { readonly kind: 'other' };

/** A left side that is no single name. */
export const OTHER: LeftSide = { kind: 'other' };
