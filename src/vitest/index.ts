/**
 * `import 'modeq/vitest'` gives vitest's `expect` the matchers of this package: an optimizer's rule held against its modified equation, by
 * derivation and proof. The rule is LaTeX, or an optimizer or document of the library.
 */
import { expect } from 'vitest';
import type { ClaimOptions } from './claims.ts';
import { toFollowItsEquation, toHaveModifiedEquation, toMatchEquationSnapshot, toProve, toRefute } from './matchers.ts';

export type { ClaimOptions } from './claims.ts';
export { documentAt, optimizerAt, type Subject } from './subject.ts';

const matchers = { toFollowItsEquation, toHaveModifiedEquation, toMatchEquationSnapshot, toProve, toRefute };
expect.extend(matchers);

/** The matchers by their names; none needs to be awaited. */
export interface EquationMatchers {
  /**
   * The optimizer, run in power series of h beside its derived equation, agrees with it through h^{order+1} (order 1 where it is left out) in
   * three steps from each of five points, in `setting` (both where it is left out); with `limit` or `regime` that equation is checked beside the one that was followed.
   * Throws where the rule is refused or no point has a value.
   */
  toFollowItsEquation(options?: ClaimOptions): void;
  /**
   * Every statement of `latex`, an equation of motion among them, is proved about the rule on [nh, (n+1)h] for every n, in its letters; definitions
   * (`:=`) may follow. Fails with both sides and a counterexample; throws where neither is proved.
   */
  toHaveModifiedEquation(latex: string, options?: ClaimOptions): void;
  /** The claim, statements in LaTeX or the id of a claim of the document, is proved. Throws where it cannot be read. */
  toProve(claim: string, options?: ClaimOptions): void;
  /** The claim is refuted by an instance at which its sides differ. Throws where it cannot be read. */
  toRefute(claim: string, options?: ClaimOptions): void;
  /**
   * The equation of the rule (mini-batch, order 1 where nothing is said) is the one recorded in `__snapshots__/TEST.modeq.json`, by proof; it is
   * recorded where there is none, and with `vitest -u`.
   */
  toMatchEquationSnapshot(options?: ClaimOptions): void;
}

declare module 'vitest' {
  interface Matchers<T> extends EquationMatchers {}
}
